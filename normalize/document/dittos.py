"""Cells that say no more than that what stands above or left of them stands here too: 〃, 同上, 同左."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from normalize.document.table_grid import Grid, GridCell
from normalize.text.folding import squeeze

_DITTOS: Final = frozenset({"同上", "〃", "″", "々", "同", '"', "”", "//"})

_LEFT: Final = frozenset({"同左", "左に同じ"})


def is_ditto(text: str) -> bool:
    """Whether a cell says no more than that the one above it stands here too.

    >>> is_ditto("同上"), is_ditto("(〃)"), is_ditto("同窓会")
    (True, True, False)
    """
    return squeeze(text).strip("()") in _DITTOS


def with_dittos(grid: Grid, is_head: Callable[[GridCell], bool]) -> tuple[Grid, list[GridCell]]:
    """A grid whose dittos hold the text that they stand for, and those cells as they are printed.

    The text keeps the place of the cell that prints it. A ditto under a head, or under nothing, stands for nothing: its
    place is blank.
    """
    marks = [index for index, cell in enumerate(grid.cells) if cell and (is_ditto(cell.text) or _is_left(cell))]
    if not marks:
        return grid, []
    cells = list(grid.cells)
    for index in sorted(marks, key=lambda at: (cells[at].cell.row, cells[at].cell.col)):
        cell = cells[index]
        row, col = cell.cell.row, cell.cell.col
        above = grid.places.get((row, _left_of(grid, cell, is_head)) if _is_left(cell) else (row - 1, col))
        said = cells[above] if above is not None else None
        is_said = said is not None and bool(said) and not is_head(said)
        excerpt = said.excerpt if is_said and said is not None else cell.excerpt.slice(0, 0)
        cells[index] = GridCell(replace(cell.cell, text=excerpt.text), excerpt)
    return replace(grid, cells=tuple(cells), known_rows={}), [grid.cells[index] for index in marks]


def _left_of(grid: Grid, cell: GridCell, is_head: Callable[[GridCell], bool]) -> int:
    """The column that 同左 repeats: the nearest on its left under the same head (理由 | 評価 | 理由), else the next."""
    col = cell.cell.col
    for row in range(cell.cell.row - 1, -1, -1):
        head = grid.at(row, col)
        if head and is_head(head):
            heads = [(at, other) for at in range(col) if (other := grid.at(row, at))]
            same = [at for at, other in heads if squeeze(other.text) == squeeze(head.text)]
            return same[-1] if same else col - 1
    return col - 1


def _is_left(cell: GridCell) -> bool:
    return squeeze(cell.text).strip("()") in _LEFT
