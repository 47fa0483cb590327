"""Whether the cells of a row keep to the columns of a header: each under a head of its own, numbers where years are."""

from __future__ import annotations

from normalize.cells.row_words import is_total
from normalize.document.table_grid import GridCell
from normalize.forms.general.cuts.frames import BlockRow
from normalize.forms.general.cuts.header_shapes import LEAST
from normalize.text.folding import squeeze


def keeps_to(at: BlockRow) -> bool:
    """Whether the cells of a row keep to the columns of a header."""
    if not at.frame.is_list and _is_across(at):
        return False
    cells = (cell for cell in at.view.grid.row(at.row) if cell)
    if at.frame.is_list:
        return all(_fits_list(at, cell) for cell in cells)
    is_scheduled = _is_scheduled(at)
    is_told = is_scheduled or tells(at)
    return all(_fits_form(at, cell, is_told=is_told, is_scheduled=is_scheduled) for cell in cells)


def tells(at: BlockRow) -> bool:
    """Whether a row tells or judges what its years count: its label says so."""
    stubs = [cell for cell in at.view.grid.row(at.row) if cell and at.frame.values.isdisjoint(cell.cell.cols)]
    terms = [term for cell in stubs if (term := at.view.whole(cell)) is not None]
    return any(term.kind in {"passage", "grade", "direction"} for term in terms)


def _fits_list(at: BlockRow, cell: GridCell) -> bool:
    """Whether a cell of a list stands under one head, or is one of those that may stand under more."""
    if len(at.frame.under(cell)) <= 1 or _is_year_of_stub(at, cell):
        return True
    if _names_judge(at, cell):
        return False
    return is_total(cell.text) or _is_over_numbers(at, cell) or _is_wide_name(at, cell)


def _fits_form(at: BlockRow, cell: GridCell, *, is_told: bool, is_scheduled: bool) -> bool:
    """Whether a cell of a table of numbers stands under one head, or may stand under more, and is no label or prose."""
    under = at.frame.under(cell)
    if len(under) > 1:
        if _is_year_of_stub(at, cell):
            return True
        if _names_judge(at, cell):
            return False
        if is_total(cell.text) or (is_told and _is_of_one_year(at, cell)):
            return True
        if _judges(at, cell) or under & at.frame.counted:
            return False
    if not _begins(at, cell) or at.frame.values.isdisjoint(cell.cell.cols):
        return True
    kind = at.view.kind(cell)
    if kind == "prose":
        return is_told
    return kind != "label" or is_scheduled or at.view.whole(cell) is None


def _begins(at: BlockRow, cell: GridCell) -> bool:
    return cell.cell.row == at.row


def _is_across(at: BlockRow) -> bool:
    """Whether a row is a label, and one text of a form across all columns but the first: 職員 | 0.35人（2,415千円）."""
    if len(at.printed) != LEAST:
        return False
    label, text = at.printed
    if label.cell.col or text.cell.cols.stop != at.view.grid.table.n_cols:
        return False
    under = at.frame.under(text)
    return len(under) > LEAST and not at.frame.under(label) & under and at.view.whole(label) is None


def _is_year_of_stub(at: BlockRow, cell: GridCell) -> bool:
    """Whether a cell is a year or a role as wide as the heads of the stub."""
    is_part = len(at.frame.under(cell)) < len({*at.frame.leaves.values()})
    return is_part and not cell.cell.col and at.view.head(cell).is_axis


def _names_judge(at: BlockRow, cell: GridCell) -> bool:
    """Whether a cell names who judges what stands in the next rows: 二次評価."""
    term = at.view.whole(cell)
    return term is not None and term.kind == "evaluator" and _begins(at, cell)


def _judges(at: BlockRow, cell: GridCell) -> bool:
    """Whether a cell is a judgement where the heads name costs, or options to choose from."""
    kind = at.view.kind(cell)
    return _begins(at, cell) and (kind == "options" or (kind in {"mark", "direction"} and _is_costs(at)))


def _is_costs(at: BlockRow) -> bool:
    """Whether the heads of a block name costs: nothing is judged under them."""
    terms = [at.view.term(path[-1]) for path in at.frame.paths.values() if path]
    return any(term is not None and term.kind == "cost" for term in terms)


def _is_wide_name(at: BlockRow, cell: GridCell) -> bool:
    """Whether a cell at the left of a list takes the places of two names, in a row of numbers like the others."""
    others = [other for other in at.printed if other is not cell]
    counted = [other for other in others if at.frame.values.issuperset(other.cell.cols)]
    return (
        cell.cell.col == 0
        and all(len(at.frame.under(other)) == 1 for other in others)
        and len([other for other in counted if at.view.kind(other) == "amount"]) >= LEAST
        and at.frame.values.isdisjoint(cell.cell.cols)
    )


def _is_over_numbers(at: BlockRow, cell: GridCell) -> bool:
    """Whether a cell reaches over columns of numbers in a row whose other cells keep to a column each."""
    if not _begins(at, cell) or not at.frame.values.issuperset(cell.cell.cols):
        return False
    others = [other for other in at.view.grid.row(at.row) if other and other is not cell]
    return len(others) >= LEAST and all(len(at.frame.under(other)) == 1 for other in others)


def _is_of_one_year(at: BlockRow, cell: GridCell) -> bool:
    """Whether all heads over a cell are of one year."""
    heads = [
        [at.view.head(head) for head in reversed(path)] for col in cell.cell.cols if (path := at.frame.paths.get(col))
    ]
    years = {next((head.year for head in path if head.year is not None), None) for path in heads}
    return len(years) == 1 and None not in years


def _is_scheduled(at: BlockRow) -> bool:
    """Whether a row says under its years what is done in each: 検討 | 実施 | → | →."""
    places = (at.view.grid.at(at.row, col) for col in sorted(at.frame.values))
    cells = [cell for cell in places if cell and _begins(at, cell)]
    kinds = [at.view.kind(cell) for cell in cells]
    if len(cells) < LEAST or not {*kinds} <= {"words", "label", "arrow", "direction", "absent", "mark"}:
        return False
    if any((term := at.view.whole(cell)) is not None and term.kind == "grade" for cell in cells):
        return False
    texts = {squeeze(cell.text) for cell in cells if at.view.kind(cell) in {"words", "label", "direction"}}
    return bool(texts) and ("arrow" in kinds or len(texts) < len(cells))
