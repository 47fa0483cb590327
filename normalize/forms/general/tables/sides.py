"""Tables that were drawn as one and meant as two: halves side by side, each with a header of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from normalize.cells.heads import read_head
from normalize.cells.kinds import kind_of
from normalize.cells.row_words import is_total
from normalize.cells.vocabulary import Term
from normalize.cells.years import YearSense
from normalize.document.table_grid import Grid, GridCell
from normalize.forms.general.heads.meaning import is_result
from normalize.forms.general.tables.chains import chain_seam
from normalize.text.folding import squeeze

_LEAST_TWINS: Final = 3
"""So many rows with the same labels on both sides are two blocks."""

_LEAST_JUDGES: Final = 2
"""So many judges stand side by side, and so many rows tell what they say."""

_LEAST_HEADS: Final = 2
"""So many heads, printed twice in one row, head two tables."""


def halves(grid: Grid, sense: YearSense) -> Iterator[Grid]:
    """The grids that a table is read as, from top to bottom and left to right: mostly itself.

    A header that goes back from years to names, and on to years again, heads two tables, and so does one that is
    printed twice in its row. They part at a column that no cell crosses from there on. So do the texts of a chain and
    the indicators beside them.
    """
    if (chain := chain_seam(grid, sense)) is not None:
        seam, rows = chain
        yield from _with_twins(grid, rows.start, seam, rows.stop, sense)
        return
    for row in grid.rows:
        if (twins := _twins(grid, row, sense)) is not None:
            yield from _with_twins(grid, row, *twins, sense)
            return
        col = _seam(grid, row, sense)
        if col is None:
            continue
        first = row
        while first and _parts_labels(grid, first - 1, col, sense):
            first -= 1
        stop = row
        while stop < grid.table.n_rows and not _crosses(grid, stop, col):
            stop += 1
        if stop - row < 2:
            continue
        if first:
            yield part(grid, range(first), range(grid.table.n_cols))
        yield part(grid, range(first, stop), range(col))
        yield part(grid, range(first, stop), range(col, grid.table.n_cols))
        if stop < grid.table.n_rows:
            yield from halves(part(grid, range(stop, grid.table.n_rows), range(grid.table.n_cols)), sense)
        return
    yield grid


def _twins(grid: Grid, row: int, sense: YearSense) -> tuple[int, int] | None:
    """The column at which a second block begins whose rows have the labels of the first one, and the row behind both.

    指標名 | 来園者数 | 指標名 | 植樹の数 over 単位 | 人 | 単位 | 本 and 目標 | 5 | 目標 | 7.
    """
    cells = [cell for cell in grid.starting(row) if cell]
    if not cells or cells[0].cell.col or kind_of(cells[0].text, sense) != "label":
        return None
    again = [cell.cell.col for cell in cells[1:] if squeeze(cell.text) == squeeze(cells[0].text)]
    if len(again) != 1:
        return None
    (col,) = again
    stop = row
    while stop < grid.table.n_rows and not _crosses(grid, stop, col) and _are_labelled_alike(grid, stop, col):
        stop += 1
    return (col, stop) if stop - row >= _LEAST_TWINS else None


def _are_labelled_alike(grid: Grid, row: int, col: int) -> bool:
    left, right = grid.at(row, 0), grid.at(row, col)
    return left is not None and right is not None and squeeze(left.text) == squeeze(right.text)


def _with_twins(grid: Grid, row: int, col: int, stop: int, sense: YearSense) -> Iterator[Grid]:
    """The two blocks of some rows, with the labels over both, what stands over them, and what stands under them."""
    while row and _parts_labels(grid, row - 1, col, sense):
        row -= 1
    if row:
        yield part(grid, range(row), range(grid.table.n_cols))
    yield part(grid, range(row, stop), range(col))
    yield part(grid, range(row, stop), range(col, grid.table.n_cols))
    if stop < grid.table.n_rows:
        yield from halves(part(grid, range(stop, grid.table.n_rows), range(grid.table.n_cols)), sense)


def _seam(grid: Grid, row: int, sense: YearSense) -> int | None:
    """The column at which a second header begins in a row; None where one header stands in it, or none."""
    cells = [cell for cell in grid.starting(row) if cell]
    if any(kind_of(cell.text, sense) in {"amount", "prose", "options", "mark"} for cell in cells):
        return None
    if (again := _repeated(grid, cells, sense)) is not None:
        return again
    years = [cell for cell in cells if _is_year(cell, sense)]
    for at, cell in enumerate(cells):
        before, after = cells[:at], cells[at + 1 :]
        head = read_head(cell.text, sense)
        if not before or not _is_year(before[-1], sense):
            continue
        if head.heads_years and len([other for other in after if _is_year(other, sense)]) >= 2 and len(years) > 2:
            return cell.cell.col
        if kind_of(cell.text, sense) not in {"label", "words"}:
            continue
        names = head.term is not None and head.term.is_whole and head.term.kind in {"indicator", "group", "cost"}
        names = names and not is_total(cell.text) and not _is_of_rows(grid, row, cell.cell.col, sense)
        names = names and not _lists_names(grid, row, cell.cell.col, sense)
        more = [other for other in after if kind_of(other.text, sense) == "axis"]
        if len(years) >= 2 and names and more:
            return cell.cell.col
    return None


def _is_of_rows(grid: Grid, row: int, col: int, sense: YearSense) -> bool:
    """Whether a column holds nothing but roles, several beside one row on its left: 区分 over 目標, 実績.

    It heads no second table, but tells what the numbers of those rows are.
    """
    cells = [cell for at in grid.rows[row + 1 :] if (cell := grid.at(at, col)) and cell.cell.row == at]
    if len(cells) < _LEAST_HEADS or any(read_head(cell.text, sense).role is None for cell in cells):
        return False
    below = [
        cell for cell in cells if not any(other and other.cell.col < col for other in grid.starting(cell.cell.row))
    ]
    return len(below) * _LEAST_HEADS >= len(cells)


def _lists_names(grid: Grid, row: int, col: int, sense: YearSense) -> bool:
    """Whether a level of the plan heads a column on the left of another, in its row or merged into it from above.

    Each row is then about what it names there, and the indicators further right are of it: 事業名 | 事業費 | 活動指標.
    """
    heads = [read_head(cell.text, sense) for at in range(col) if (cell := grid.at(row, at))]
    return any(head.term is not None and head.term.is_whole and head.term.kind == "name" for head in heads)


def _repeated(grid: Grid, cells: list[GridCell], sense: YearSense) -> int | None:
    """The column at which a row prints its heads a second time: 視点 | 確認事項 | 判定 | 視点 | 確認事項 | 判定."""
    texts = [squeeze(cell.text) for cell in cells]
    half = len(cells) // 2
    if half < _LEAST_HEADS or texts[:half] != texts[half:] or len(set(texts)) < half or cells[0].cell.col != 0:
        return None
    kinds = [kind_of(cell.text, sense) for cell in cells[:half]]
    count = kinds.count("label") + kinds.count("axis")
    known = kinds[0] in {"label", "words"} and (
        count * 2 > half or (count * 2 == half and kinds[-1] in {"label", "axis"} and _keeps_to(grid, cells))
    )
    return cells[half].cell.col if known else None


def _keeps_to(grid: Grid, heads: list[GridCell]) -> bool:
    """Whether the row under some heads prints something under each: no row of a form, whose values stand beside."""
    below = grid.starting(heads[0].cell.row + 1) if heads[0].cell.row + 1 < grid.table.n_rows else []
    return [cell.cell.cols for cell in below if cell] == [head.cell.cols for head in heads]


def _is_year(cell: GridCell, sense: YearSense) -> bool:
    return read_head(cell.text, sense).year is not None


def _crosses(grid: Grid, row: int, col: int) -> bool:
    left, right = grid.at(row, col - 1), grid.at(row, col)
    return left is not None and left is right


def _parts_labels(grid: Grid, row: int, col: int, sense: YearSense) -> bool:
    """Whether a row of a form has a label in its first column and another one right behind a seam."""
    sides = grid.at(row, 0), grid.at(row, col)
    return not _crosses(grid, row, col) and all(
        cell is not None and cell.cell.row == row and kind_of(cell.text, sense) == "label" for cell in sides
    )


def part(grid: Grid, rows: range, cols: range) -> Grid:
    """The cells of a grid in some rows and columns, as a grid of its own. Their texts keep their place."""
    cells: list[GridCell] = []
    for cell in grid.cells:
        inside_rows = [row for row in cell.cell.rows if row in rows]
        inside_cols = [col for col in cell.cell.cols if col in cols]
        if inside_rows and inside_cols:
            moved = replace(
                cell.cell,
                row=inside_rows[0] - rows.start,
                col=inside_cols[0] - cols.start,
                row_span=len(inside_rows),
                col_span=len(inside_cols),
            )
            cells.append(GridCell(moved, cell.excerpt))
    table = replace(
        grid.table, n_rows=len(rows), n_cols=len(cols), cells=tuple(cell.cell for cell in cells), repeated=()
    )
    places = {(row, col): index for index, cell in enumerate(cells) for row in cell.cell.rows for col in cell.cell.cols}
    return Grid(grid.item, table, tuple(cells), places, {})


def turned(grid: Grid, sense: YearSense) -> Iterator[Grid]:
    """The grids of a table with those parts turned over whose indicators stand in a row: names above, years and roles
    on the left (指標名 | 来場者数 | 参加者数 over 目標, 実績), or who judges above. Turned, they read as other lists.
    """
    for row in grid.rows:
        stop = _names_across(grid, row, sense) or _judges_across(grid, row, sense)
        if stop is None:
            continue
        if row:
            yield part(grid, range(row), range(grid.table.n_cols))
        yield transposed(part(grid, range(row, stop), range(grid.table.n_cols)))
        if stop < grid.table.n_rows:
            yield from turned(part(grid, range(stop, grid.table.n_rows), range(grid.table.n_cols)), sense)
        return
    yield grid


def _judges_across(grid: Grid, row: int, sense: YearSense) -> int | None:
    """The row behind a part whose first row names who judges, and whose rows what each says; None where none begins.

    総合評価 | 一次評価 | 二次評価 over 評価, 方向性, コメント. Rows of qualities (必要性) are no such part.
    """
    cells = grid.starting(row)
    judges = cells[1:]
    terms = [read_head(cell.text, sense).term for cell in judges]
    if len(judges) < _LEAST_JUDGES or cells[0].cell.col or not all(_is_whole(term, "evaluator") for term in terms):
        return None
    kinds: list[str] = []
    stop = row + 1
    while stop < grid.table.n_rows and (term := _said_by(grid, stop, judges, sense)) is not None:
        kinds.append(term.kind)
        stop += 1
    return stop if len(kinds) >= _LEAST_JUDGES and {*kinds} > {"grade"} else None


def _said_by(grid: Grid, row: int, judges: list[GridCell], sense: YearSense) -> Term | None:
    """What the label of a row is, of which each judge has a place: a mere 評価, a direction, what is told."""
    label, *said = grid.starting(row)
    term = read_head(label.text, sense).term if label else None
    is_told = _is_whole(term, "direction", "passage") or (_is_whole(term, "grade") and is_result(label.text))
    return term if is_told and [cell.cell.cols for cell in said] == [judge.cell.cols for judge in judges] else None


def _is_whole(term: Term | None, *kinds: str) -> bool:
    return term is not None and term.is_whole and term.kind in kinds


def _names_across(grid: Grid, row: int, sense: YearSense) -> int | None:
    """The row behind a part whose first row names indicators from left to right; None where no such part begins."""
    cells = [cell for cell in grid.starting(row) if cell]
    if len(cells) <= 2 or cells[0].cell.col != 0:
        return None
    head = read_head(cells[0].text, sense)
    if head.term is None or not head.term.is_whole or (head.term.kind, head.term.field) != ("indicator", "name"):
        return None
    if any(kind_of(cell.text, sense) != "words" for cell in cells[1:]):
        return None
    stop, counted = row + 1, False
    while stop < grid.table.n_rows:
        own = [cell for cell in grid.starting(stop) if cell]
        if not own or own[0].cell.col != 0:
            break
        first = read_head(own[0].text, sense)
        is_unit = first.term is not None and first.term.is_whole and first.term.kind == "indicator"
        if not (first.is_axis or first.heads_years or is_unit):
            break
        numbers = [cell for cell in own[1:] if kind_of(cell.text, sense) in {"amount", "absent"}]
        counted = counted or (first.role is not None and len(numbers) >= 2)
        stop += 1
    return stop if counted else None


def transposed(grid: Grid) -> Grid:
    """A grid with its rows as columns. The texts of its cells keep their place."""
    cells = [
        GridCell(
            replace(
                cell.cell,
                row=cell.cell.col, col=cell.cell.row, row_span=cell.cell.col_span, col_span=cell.cell.row_span,
            ),
            cell.excerpt,
        )
        for cell in grid.cells
    ]  # fmt: skip
    cells.sort(key=lambda cell: (cell.cell.row, cell.cell.col))
    table = replace(
        grid.table,
        n_rows=grid.table.n_cols,
        n_cols=grid.table.n_rows,
        cells=tuple(cell.cell for cell in cells),
        repeated=(),
    )
    places = {(row, col): index for index, cell in enumerate(cells) for row in cell.cell.rows for col in cell.cell.cols}
    return Grid(grid.item, table, tuple(cells), places, {})
