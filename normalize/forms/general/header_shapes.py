"""Rows that head others by what stands below them, whatever their own words are: years down, roles by year, marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from normalize.cells.kinds import CellKind
from normalize.document.table_grid import GridCell
from normalize.forms.general.answers import is_mark
from normalize.forms.general.view import View

LEAST: Final = 2
"""The least number of cells, groups, options or letters that makes a pattern."""

_WORDS: Final[frozenset[CellKind]] = frozenset({"label", "axis", "words", "unit", "prose"})
"""What a head over numbers or marks can be, and what can stand before them."""


def heads_years_down(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row begins with 年度, and each row below it with a year before its numbers: 年度 | 補助金額 | 件数."""
    if len(cells) < LEAST or not _leads_years(view, cells[0]):
        return False
    if any(view.kind(cell) not in _WORDS for cell in cells[1:]):
        return False
    cols = [cell.cell.cols for cell in cells]
    return _dated_rows(view, range(row + 1, view.grid.table.n_rows), cols) >= LEAST


def heads_roles_by_year(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row begins with 年度, and names what the roles under it count: 利用者数（人） over 目標, 実績."""
    if len(cells) < LEAST or not _leads_years(view, cells[0]) or row + 2 >= view.grid.table.n_rows:
        return False
    below = [cell for cell in view.grid.starting(row + 1) if cell]
    if len(below) < LEAST or any(view.head(cell).role is None or not view.head(cell).is_axis for cell in below):
        return False
    under = [[cell for cell in below if set(cell.cell.cols) <= set(over.cell.cols)] for over in cells[1:]]
    if sum(map(len, under)) != len(below) or any(not found for found in under):
        return False
    cols = [cells[0].cell.cols, *(cell.cell.cols for cell in below)]
    return _dated_rows(view, range(row + 2, view.grid.table.n_rows), cols) >= LEAST


def heads_marks(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row ends in words over judgements: 視点 | 項目 | 所管課 | 財政課 over rows that end in a mark for each.

    Of options, one alone is marked in a row; here each column is filled.
    """
    rows = [*_rows_under(view, row, cells)]
    if len(rows) < LEAST or any(view.kind(cell) not in {"label", "words", "axis"} for cell in cells):
        return False
    judged = [
        cell for cell in cells
        if all((at := view.grid.at(below, cell.cell.col)) is not None and view.kind(at) == "mark" for below in rows)
    ]  # fmt: skip
    return LEAST <= len(judged) < len(cells) and judged == [*cells[-len(judged) :]]


def heads_choices(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row ends in options, of which each row below marks one: 視点 | 項目 | はい | いいえ."""
    if len(cells) <= LEAST or any(view.kind(cell) not in {"label", "words", "direction", "axis"} for cell in cells):
        return False
    cols = [cell.cell.cols for cell in cells]
    chosen: list[int] = []
    for below in range(row + 1, view.grid.table.n_rows):
        printed = [cell for cell in view.grid.row(below) if cell]
        marks = [cell for cell in printed if cell.cell.row == below and is_mark(cell)]
        told = [cell for cell in printed if cell not in marks]
        if len(marks) != 1 or any(cell.cell.cols not in cols for cell in printed) or marks[0] is not printed[-1]:
            break
        if not told or any(view.kind(cell) not in {"label", "words", "prose"} for cell in told):
            break
        chosen.append(cols.index(marks[0].cell.cols))
        if len(told) > min(chosen):
            return False
    return len(chosen) >= LEAST and len({*chosen}) >= LEAST and len(cells) - min(chosen) >= LEAST


def _leads_years(view: View, cell: GridCell) -> bool:
    head = view.head(cell)
    return cell.cell.col == 0 and head.heads_years and head.role is None


def _dated_rows(view: View, rows: range, cols: Sequence[range]) -> int:
    """How many rows in a row hold a year and then numbers in these columns, or the mark for none."""
    found = 0
    for row in rows:
        printed = [cell for cell in view.grid.starting(row) if cell]
        if not printed:
            break
        first, *numbers = printed
        if first.cell.cols != cols[0] or not view.head(first).is_axis or not view.head(first).year:
            break
        kinds = {view.kind(cell) for cell in numbers}
        if "amount" not in kinds or not kinds <= {"amount", "absent"}:
            break
        if any(cell.cell.cols not in cols for cell in numbers):
            break
        found += 1
    return found


def _rows_under(view: View, row: int, cells: Sequence[GridCell]) -> Iterator[int]:
    """The rows under a row whose cells keep to its columns."""
    cols = [cell.cell.cols for cell in cells]
    for below in range(row + 1, view.grid.table.n_rows):
        printed = [cell for cell in view.grid.row(below) if cell]
        if len(printed) != len(cols) or any(cell.cell.cols not in cols for cell in printed):
            return
        if any(cell.cell.row == below and view.kind(cell) not in {*_WORDS, "mark"} for cell in printed):
            return
        yield below
