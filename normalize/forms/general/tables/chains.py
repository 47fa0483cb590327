"""Forms that set the chain of a purpose beside its indicators: ①手段, ②対象 at the left, ⑤活動指標 at the right.

Each label at the left has its text beside it, and stands as high as the head of an indicator with the names under it.
No column heads both sides, so they are two grids.
"""

from __future__ import annotations

from typing import Final

from normalize.cells.heads import read_head
from normalize.cells.kinds import kind_of
from normalize.cells.years import YearSense
from normalize.document.table_grid import Grid, GridCell

_LEAST_HEADS: Final = 2
"""So many heads of indicators under each other, each beside a label, make a chain."""


def chain_seam(grid: Grid, sense: YearSense) -> tuple[int, range] | None:
    """The column at which the indicators of a chain begin, and its rows; None where a grid holds no chain."""
    for col in range(1, grid.table.n_cols):
        at_seam = (cell for cell in grid.cells if cell.cell.col == col and _is_of_indicators(cell, sense))
        heads = [cell for cell in at_seam if _is_beside_label(grid, cell, sense)]
        if len(heads) < _LEAST_HEADS:
            continue
        rows = range(heads[0].cell.row, _stop(grid, heads[-1].cell.row, col))
        if all(_is_parted(grid, row, col, sense) for row in rows):
            return col, rows
    return None


def _stop(grid: Grid, last: int, col: int) -> int:
    """The row behind a chain: as far as the label beside its last head reaches."""
    label = grid.at(last, 0)
    beside = grid.at(last, col)
    ends = [cell.cell.row + cell.cell.row_span for cell in (label, beside) if cell is not None]
    return max(ends, default=last + 1)


def _is_of_indicators(cell: GridCell, sense: YearSense) -> bool:
    """Whether a cell is a label of indicators, and not of their names or units alone: 活動指標."""
    term = read_head(cell.text, sense).term if cell else None
    return term is not None and term.is_whole and (term.kind, term.field) == ("indicator", "name")


def _is_beside_label(grid: Grid, head: GridCell, sense: YearSense) -> bool:
    """Whether a known label that counts nothing begins the row of a head, or is merged over it: ②対象."""
    label = grid.at(head.cell.row, 0)
    if not label or label is head:
        return False
    read = read_head(label.text, sense)
    is_text = read.term is not None and read.term.is_whole and read.term.kind not in {"indicator", "cost", "name"}
    return is_text and label.cell.row == head.cell.row and label.cell.row_span > head.cell.row_span


def _is_parted(grid: Grid, row: int, col: int, sense: YearSense) -> bool:
    """Whether no cell of a row goes over the seam, and none at its left is a number."""
    left, right = grid.at(row, col - 1), grid.at(row, col)
    if left is None or left is right:
        return False
    cells = (grid.at(row, at) for at in range(col))
    return not any(cell and kind_of(cell.text, sense) == "amount" for cell in cells)
