"""Where a block ends: the row under its rows that is one of the form again, with a label and a value of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.document.table_grid import GridCell
from normalize.forms.general.answers import is_mark
from normalize.forms.general.header_shapes import LEAST
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from normalize.text.quantities import MONEY


def is_name_row(view: View, row: int, paths: dict[int, tuple[GridCell, ...]]) -> bool:
    """Whether a row is a label of the hierarchy and its name, under heads of which none is a name: 施策 | 港の振興."""
    printed = [cell for cell in view.grid.starting(row) if cell]
    if not LEAST <= len(printed) <= LEAST + 1 or view.kind(printed[-1]) not in {"words", "prose"}:
        return False
    term = view.whole(printed[-2])
    if term is None or term.kind != "name" or view.whole(printed[-1]) is not None:
        return False
    heads = [view.whole(path[-1]) for path in paths.values() if path]
    return all(head is None or head.kind != "name" for head in heads)


def is_across(view: View, row: int, leaves: dict[int, int]) -> bool:
    """Whether a row is a label, and one text of a form across all columns but the first: 職員 | 0.35人（2,415千円）."""
    printed = [cell for cell in view.grid.starting(row) if cell]
    if len(printed) != LEAST or printed[0].cell.col or printed[1].cell.cols.stop != view.grid.table.n_cols:
        return False
    under = {leaves[col] for col in printed[1].cell.cols if col in leaves}
    own = {leaves[col] for col in printed[0].cell.cols if col in leaves}
    return len(under) > LEAST and not own & under and view.whole(printed[0]) is None


def is_wide_name(view: View, row: int, cell: GridCell, leaves: dict[int, int], values: set[int]) -> bool:
    """Whether a cell at the left of a list takes the places of two names, in a row of numbers like the others."""
    printed = [other for other in view.grid.starting(row) if other and other is not cell]
    apart = [other for other in printed if len({leaves[col] for col in other.cell.cols if col in leaves}) == 1]
    counted = [other for other in printed if set(other.cell.cols) <= values and view.kind(other) == "amount"]
    return (
        cell.cell.col == 0 and len(apart) == len(printed) and len(counted) >= LEAST and not values & {*cell.cell.cols}
    )


def is_over_numbers(view: View, row: int, cell: GridCell, leaves: dict[int, int], values: set[int]) -> bool:
    """Whether a cell reaches over columns of numbers in a row whose other cells keep to a column each."""
    if cell.cell.row != row or not set(cell.cell.cols) <= values:
        return False
    others = [other for other in view.grid.row(row) if other and other is not cell]
    apart = [other for other in others if len({leaves[col] for col in other.cell.cols if col in leaves}) == 1]
    return len(apart) == len(others) >= LEAST


def is_form_again(view: View, row: int, body: Sequence[int]) -> bool:
    """Whether a known label stands where the rows before it had sentences: they told, this is a row of a form."""
    printed = [cell for cell in view.grid.starting(row) if cell]
    first = printed[0] if len(printed) >= LEAST else None
    if first is None or first.cell.col != 0 or view.kind(first) != "label":
        return False
    above = [view.grid.at(other, 0) for other in body]
    return all(cell is not None and view.kind(cell) == "prose" for cell in above)


def opens_box(view: View, row: int) -> bool:
    """Whether a row is a label alone, and the next one the sentences under it: a box of the form, no row of numbers."""
    printed = [cell for cell in view.grid.starting(row) if cell]
    if len(printed) != 1 or row + 1 >= view.grid.table.n_rows or view.kind(printed[0]) != "label":
        return False
    below = [cell for cell in view.grid.starting(row + 1) if cell]
    return len(below) == 1 and below[0].cell.col == printed[0].cell.col and view.kind(below[0]) == "prose"


def is_of_form(view: View, row: int, paths: dict[int, tuple[GridCell, ...]]) -> bool:
    """Whether a row under names is a row of the form again: a known label in columns of its own."""
    printed = [cell for cell in view.grid.starting(row) if cell]
    first = view.whole(paths[0][-1]) if paths.get(0) else None
    if len(printed) >= LEAST and first is not None and first.kind == "grade" and not printed[0].cell.col:
        label = view.whole(printed[0])  # under judgements from the first column on: 今後の方向性 | 継続
        if label is not None and label.kind in {"direction", "passage", "grade"} and first.field != "result":
            return True
    leaves = [path[-1].cell.cols for path in paths.values() if path]
    if len(printed) < LEAST or (printed[0].cell.cols in leaves and not _is_tag(view, printed)):
        return False
    if not any((t := view.whole(path[-1])) is not None and t.kind == "name" for path in paths.values() if path):
        return False
    term = view.whole(printed[0])
    return term is not None and term.kind in {"org", "aside", "document", "code", "passage"}


def _is_tag(view: View, printed: Sequence[GridCell]) -> bool:
    """Whether a row is a label of a form with what it is for: 開始年度 | 平成27年度."""
    term = view.whole(printed[0])
    if term is None or view.kind(printed[0]) != "label" or view.whole(printed[1]) is not None:
        return False
    told = term.kind in {"aside", "passage"} and view.kind(printed[1]) in {"axis", "date", "code", "options"}
    return told or term.kind in {"org", "document", "code"}


def is_form_row(view: View, row: int, values: set[int]) -> bool:
    """Whether a row is a label with its prose beside it, in columns that hold no numbers."""
    printed = [cell for cell in view.grid.starting(row) if cell]
    if len(printed) != LEAST or set(printed[1].cell.cols) & values:
        return False
    if not values and printed[0].cell.col == 0 and _is_listing(printed[1].text):
        return True
    term = view.whole(printed[0])
    return term is not None and term.kind in {"passage", "aside"} and view.kind(printed[1]) == "prose"


def _is_listing(text: str) -> bool:
    """Whether a text lists costs, each with its amount: 委託料 6,300千円　需用費 220千円."""
    return len(re.findall(rf"[0-9０-９]{MONEY}", text)) >= LEAST


def told_of(view: View, printed: Sequence[GridCell]) -> tuple[GridCell, GridCell] | None:
    """A label and the sentences that stand across the rest of a row: 事業の成果 | 新庁舎の工事を進めた。"""
    if len(printed) != LEAST:
        return None
    label, text = printed
    term = view.whole(label)
    is_across = label.cell.col == 0 and text.cell.cols.stop == view.grid.table.n_cols and text.cell.col_span > LEAST
    is_told = term is not None and term.kind == "passage" and view.kind(text) in {"prose", "words"}
    return (label, text) if is_across and is_told else None


def is_options_row(view: View, row: int, values: set[int], *, is_list: bool) -> bool:
    """Whether a row under years holds no number at all but words side by side: the options of the next part.

    In a list, where words can be answers, the row is called by a quality: 必要性.
    """
    if is_list and not ((first := view.grid.at(row, 0)) and (term := view.whole(first)) and term.kind == "grade"):
        return False
    cells = [cell for col in sorted(values) if (cell := view.grid.at(row, col)) and cell.cell.row == row]
    kinds = [view.kind(cell) for cell in cells if not is_mark(cell)]  # the mark stands before the one that is chosen
    texts = {squeeze(cell.text) for cell in cells if cell}
    words = (
        len(kinds) >= LEAST
        and all(kind in {"words", "direction"} for kind in kinds)
        and any(len(text) > 1 for text in texts)
    )
    words = words and not all(any(character.isdigit() for character in text) for text in texts)
    return len(texts) >= LEAST and len(texts) == len(cells) and words


def is_judged(view: View, cell: GridCell) -> bool:
    """Whether a cell is the label of a judgement, or of who judges."""
    term = view.term(cell)
    return term is not None and term.kind in {"grade", "evaluator"}
