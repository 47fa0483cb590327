"""Rows that head judgements by what stands below them: words over a mark each, options of which a row marks one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from normalize.cells.kinds import CellKind
from normalize.cells.marks import direction_of
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.answers import is_mark
from normalize.forms.general.cuts.header_shapes import HEADS_OR_PROSE, LEAST, NAMES, Asked
from normalize.forms.general.view import View
from normalize.text.folding import squeeze


def heads_options(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether options head columns in which the next rows choose one each by a mark: 評価項目 | 高い | 普通 | 低い."""
    first, *options = cells
    if len(options) < LEAST or view.kind(first) != "label":
        return False
    if any(not _may_be_option(view, cell, "mark") for cell in options):
        return False
    below = view.printed(row + 1)
    marked = [cell for cell in below if cell.cell.col >= options[0].cell.col]
    if len(marked) != 1 or not is_mark(marked[0]):
        return False
    asked = any(view.kind(cell) in {"words", "label"} for cell in below)
    return asked and any(marked[0].cell.cols == option.cell.cols for option in options)


def _may_be_option(view: View, cell: GridCell, *others: CellKind) -> bool:
    """Whether a cell can be an option, or is of another kind that is asked for; 廃止 is a direction, and no absence."""
    return view.kind(cell) in {"words", "label", "direction", *others} or direction_of(cell.text) is not None


def heads_marks(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row ends in words over judgements: 視点 | 項目 | 所管課 | 財政課 over rows that end in a mark for each.

    Of options, one alone is marked in a row; here each column is filled.
    """
    if any(view.kind(cell) not in NAMES for cell in cells):
        return False
    n_rows, judged = 0, [*cells]
    for below in _rows_under(view, row, cells):
        n_rows += 1
        judged = [cell for cell in judged if (at := view.grid.at(below, cell.cell.col)) and view.kind(at) == "mark"]
        if len(judged) < LEAST:  # of a long table, the first row tells
            return False
    return n_rows >= LEAST and len(judged) < len(cells) and judged == [*cells[-len(judged) :]]


def heads_choices(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row ends in options, of which each row below marks one: 視点 | 項目 | はい | いいえ."""
    if len(cells) <= LEAST or any(not _may_be_option(view, cell, "axis") for cell in cells):
        return False
    cols = [cell.cell.cols for cell in cells]
    stop = len(cells) - _told_behind(view, cells)
    chosen: list[int] = []
    for below in range(row + 1, view.grid.table.n_rows):
        choice = _choice(view, below, cols, stop)
        if choice is None:
            break
        told, option = choice
        chosen.append(option)
        if told > min(chosen):
            return False
    return len(chosen) >= LEAST and len({*chosen}) >= LEAST and stop - min(chosen) >= LEAST


def _told_behind(view: View, cells: Sequence[GridCell]) -> int:
    """How many heads stand behind the options: 理由, and 前年度 over the option that was chosen then."""
    count = 0
    for cell in reversed(cells):
        term = view.whole(cell)
        if view.kind(cell) != "axis" and (term is None or term.kind not in {"passage", "aside"}):
            break
        count += 1
    return count


def _choice(view: View, row: int, cols: Sequence[range], stop: int) -> tuple[int, int] | None:
    """How many words a row prints before the one mark that it ends in, and which of these columns the mark is in.

    What stands behind the options, from the column `stop` on, is told of them.
    """
    whole = [cell for cell in view.grid.row(row) if cell]
    behind = [cell for cell in whole if cell.cell.cols in cols[stop:]]
    if any(view.kind(cell) not in {"words", "prose", "direction", "label"} for cell in behind):
        return None
    printed = [cell for cell in whole if cell not in behind]
    marks = [cell for cell in printed if cell.cell.row == row and is_mark(cell)]
    told = [cell for cell in printed if cell not in marks]
    if len(marks) != 1 or not told or marks[0] is not printed[-1]:
        return None
    if any(cell.cell.cols not in cols for cell in printed):
        return None
    if any(view.kind(cell) not in {"label", "words", "prose"} for cell in told):
        return None
    return len(told), cols.index(marks[0].cell.cols)


def options_over_marks(view: View, row: int, cells: Sequence[GridCell]) -> Sequence[GridCell]:
    """The grades at the end of a row of heads that the rows below choose among by a mark each: … | A | B | C."""
    grades = [cell for cell in cells if view.kind(cell) == "mark" and not is_mark(cell)]
    if len(grades) < LEAST or cells[-len(grades) :] != grades:
        return ()
    if len({squeeze(cell.text) for cell in grades}) < len(grades):
        return ()
    below = range(row + 1, view.grid.table.n_rows)
    marked = ([cell for grade in grades if (cell := view.grid.at(at, grade.cell.col))] for at in below)
    return grades if below and all(len(row) == 1 and is_mark(row[0]) for row in marked) else ()


def _rows_under(view: View, row: int, cells: Sequence[GridCell]) -> Iterator[int]:
    """The rows under a row whose cells keep to its columns."""
    cols = [cell.cell.cols for cell in cells]
    for below in range(row + 1, view.grid.table.n_rows):
        printed = [cell for cell in view.grid.row(below) if cell]
        if len(printed) != len(cols) or any(cell.cell.cols not in cols for cell in printed):
            return
        if any(cell.cell.row == below and view.kind(cell) not in {*HEADS_OR_PROSE, "mark"} for cell in printed):
            return
        yield below


def heads_beside_corner(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row beside a blank corner holds options, of which each row below marks one: | 高い | 普通 | 理由.

    What is told behind the options is prose; a column that has a mark in every row is no option, but is judged.
    """
    if cells[0].cell.col == 0 or any(not _may_be_option(view, cell, "mark") for cell in cells):
        return False
    lines = [*_marked_rows(view, row)]
    marks = [mark.cell.cols for mark, _ in lines]
    told = {cell.cell.cols for _, rest in lines for cell in rest}
    options = [cell.cell.cols for cell in cells if cell.cell.cols not in told]
    return len(lines) >= LEAST and len(options) >= LEAST and all(cols in options for cols in marks)


def _marked_rows(view: View, row: int) -> Iterator[tuple[GridCell, Sequence[GridCell]]]:
    """The mark and the prose of each row below that begins with what is judged and has one mark."""
    for below in range(row + 1, view.grid.table.n_rows):
        printed = view.printed(below)
        marks = [cell for cell in printed[1:] if is_mark(cell)]
        rest = [cell for cell in printed[1:] if cell not in marks]
        if len(marks) != 1 or printed[0].cell.col or view.kind(printed[0]) not in {"words", "label"}:
            return
        if any(view.kind(cell) != "prose" for cell in rest):
            return
        yield marks[0], rest


def heads_judgements(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether labels stand over columns with a mark in every row, beside what is told of some rows alone.

    評価項目 | 前回評価 | 今回評価 | 変更の理由 over 必要性 | Ａ | Ａ | and 有効性 | Ｂ | Ａ | 参加者が増えた。
    """
    first, *heads = cells
    if first.cell.col or len(heads) < LEAST or any(view.kind(cell) not in {"label", "words"} for cell in cells):
        return False
    cols = [head.cell.cols for head in heads]
    n_rows, marked = 0, frozenset[int]()
    for below in range(row + 1, view.grid.table.n_rows):
        n_rows += 1
        printed = view.printed(below)
        if not _is_judged(view, first, printed, cols):
            return False
        marks = frozenset(cell.cell.col for cell in printed[1:] if view.kind(cell) == "mark")
        if len(marks) < LEAST or marks != (marked or marks):  # of a long table, the first row tells
            return False
        marked = marks
    return n_rows >= LEAST


def _is_judged(view: View, first: GridCell, printed: Sequence[GridCell], cols: Sequence[range]) -> bool:
    """Whether a row names something, and has nothing but marks and prose behind it, each under a head."""
    if not printed or printed[0].cell.cols != first.cell.cols or view.kind(printed[0]) not in {"label", "words"}:
        return False
    kinds = {view.kind(cell) for cell in printed[1:]}
    return kinds <= {"mark", "prose", "words"} and all(cell.cell.cols in cols for cell in printed[1:])


CHOICES: Final[tuple[Asked, ...]] = (
    heads_options, heads_marks, heads_choices, heads_beside_corner, heads_judgements,
)  # fmt: skip
"""The questions that make a row of heads over judgements a header by themselves."""
