"""Rows that hold several numbered things, each on lines of its own in several cells: one row each.

①来訪者数（人） ②売上額（千円） | ①12 ②340 | ①15 ②352 in three cells are two rows of an indicator each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from normalize.cells.amounts import is_absent, read_amount
from normalize.cells.years import YearSense
from normalize.document.table_grid import Grid, GridCell
from normalize.document.text_span import Excerpt

_MARK: Final = re.compile(r"(?:^|\n)[^\S\n]*(?P<mark>[①-⑳⑴-⒇])[^\S\n]*")
_FIRST: Final = ("①", "⑴")
"""What things are counted by, and where the counting begins."""

_LEAST: Final = 2
"""So many things in a cell part its row."""


def with_item_rows(grid: Grid, sense: YearSense) -> Grid:
    """The grid with each row parted that holds several numbered things, and the number of each, in its cells."""
    parts = {row: found for row in grid.rows if (found := _parts_of_row(grid, row, sense))}
    if not parts:
        return grid
    added = 0
    moved: dict[int, int] = {}
    for row in grid.rows:
        moved[row] = row + added
        added += len(next(iter(parts[row].values()))) - 1 if row in parts else 0
    last = grid.table.n_rows + added
    moved[grid.table.n_rows] = last
    cells = [one for cell in grid.cells for one in _placed(cell, moved, parts)]
    places = {(row, col): at for at, cell in enumerate(cells) for row in cell.cell.rows for col in cell.cell.cols}
    return Grid(
        grid.item, replace(grid.table, n_rows=last, cells=tuple(c.cell for c in cells)), tuple(cells), places, {}
    )


def _placed(cell: GridCell, moved: dict[int, int], parts: dict[int, dict[int, list[Excerpt]]]) -> list[GridCell]:
    """A cell in the rows that its own have become, or one for each of the things in it."""
    row, stop = moved[cell.cell.row], moved[cell.cell.row + cell.cell.row_span]
    things = parts.get(cell.cell.row, {}).get(cell.cell.col)
    if things is None:
        return [GridCell(replace(cell.cell, row=row, row_span=stop - row), cell.excerpt)]
    return [GridCell(replace(cell.cell, row=row + at, text=one.text), one) for at, one in enumerate(things)]


def _parts_of_row(grid: Grid, row: int, sense: YearSense) -> dict[int, list[Excerpt]]:
    """The things of each cell of a row that holds as many as the others, by its column; none where no numbers do."""
    cells = [cell for cell in grid.starting(row) if cell]
    numbered = {cell.cell.col: things for cell in cells if (things := _things(cell)) is not None}
    if not numbered or any(cell.cell.row < row or cell.cell.row_span > 1 for cell in grid.row(row)):
        return {}
    numbers = {len(things) for things in numbered.values() if _are_numbers(things, sense)}
    counts = numbers or {len(things) for things in numbered.values()}
    if len(counts) > 1:
        return {}
    (count,) = counts
    lines = {cell.cell.col: parted for cell in cells if (parted := _number_lines(cell, count, sense)) is not None}
    if len(lines) < _LEAST or any("。" in one.text for things in numbered.values() for one in things):
        lines = {}  # one cost over another, beside what was done
    found = {col: things for col, things in {**lines, **numbered}.items() if len(things) == count}
    counted = [col for col, things in found.items() if _are_numbers(things, sense)]
    return found if counted and len(counted) < len(found) else {}


def _things(cell: GridCell) -> list[Excerpt] | None:
    """The numbered things of a cell, without their numbers: they count from the first on, at the beginning of lines."""
    text = cell.excerpt.text
    marks = [*_MARK.finditer(text)]
    if len(marks) < _LEAST or text[: marks[0].start("mark")].strip() or marks[0]["mark"] not in _FIRST:
        return None
    if any(ord(mark["mark"]) != ord(marks[0]["mark"]) + at for at, mark in enumerate(marks)):
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [cell.excerpt.slice(mark.end(), end).strip() for mark, end in zip(marks, ends, strict=True)]


def _number_lines(cell: GridCell, count: int, sense: YearSense) -> list[Excerpt] | None:
    """The numbers of a cell, one in each of as many lines."""
    lines = [line for line in cell.excerpt.split(re.compile(r"\n+")) if line.text.strip()]
    return lines if len(lines) == count >= _LEAST and _are_numbers(lines, sense) else None


def _are_numbers(things: Sequence[Excerpt], sense: YearSense) -> bool:
    """Whether each of some texts is a number, or says that there is none; one of them is a number."""
    numbers = [read_amount(one.text, sense) is not None for one in things]
    return any(numbers) and all(number or is_absent(one.text) for number, one in zip(numbers, things, strict=True))
