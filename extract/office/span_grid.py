"""Cells with spans, as web pages and Word files write them row by row → a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.office.package import OfficeError
from schemas.document import Cell, CellStyle, Fragment, Table
from schemas.limits import Limits, over_limit
from schemas.messages import say


@dataclass(frozen=True, slots=True)
class SpanCell:
    """A cell as its source writes it: its text, and how many rows and columns it takes.

    `col` is its column where the source tells it; else it stands at the first free place of its row.
    """

    text: str
    row_span: int = 1
    col_span: int = 1
    style: CellStyle | None = None
    col: int | None = None


class CellBudget:
    """How many cells the tables of a document may still have. Raises OfficeError when there are more."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.text_cells

    def spend(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise OfficeError(
                say("This file has {what}; nothing of it was read.", what=over_limit(self._limits, "text_cells"))
            )


def spans_to_table(rows: Sequence[Sequence[SpanCell]], budget: CellBudget) -> Table | None:
    """The grid of rows of cells; None where it has none. Spans end at the last row, and never cover a cell.

    Borders that no cell has (a column that only spans take) are left out.

    >>> table = spans_to_table([[SpanCell("指標", row_span=2), SpanCell("年度", col_span=2)],
    ...                         [SpanCell("R5"), SpanCell("R6")]], CellBudget(Limits()))
    >>> [(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in table.cells]
    [(0, 0, 2, 1, '指標'), (0, 1, 1, 2, '年度'), (1, 1, 1, 1, 'R5'), (1, 2, 1, 1, 'R6')]
    """
    placed = [*_placed(rows, budget)]
    if not placed:
        return None
    row_numbers = _numbers([(row, row + rows_) for row, _, rows_, _, _ in placed])
    col_numbers = _numbers([(col, col + cols_) for _, col, _, cols_, _ in placed])
    n_rows, n_cols = max(row_numbers.values()), max(col_numbers.values())
    cells = [
        Cell(
            row=row_numbers[row],
            col=col_numbers[col],
            row_span=row_numbers[row + row_span] - row_numbers[row],
            col_span=col_numbers[col + col_span] - col_numbers[col],
            text=cell.text,
            fragments=(Fragment(1, cell.text),),
            style=cell.style,
        )
        for row, col, row_span, col_span, cell in placed
    ]
    return Table(n_rows, n_cols, tuple(sorted(cells, key=lambda each: (each.row, each.col))))


def _placed(rows: Sequence[Sequence[SpanCell]], budget: CellBudget) -> Iterator[tuple[int, int, int, int, SpanCell]]:
    """Each cell with its row, column and spans, none over another."""
    taken: dict[int, set[int]] = {}
    for row, cells in enumerate(rows):
        here = taken.pop(row, set())
        col = 0
        for cell in cells:
            col = cell.col if cell.col is not None else col
            while col in here:
                col += 1
            width = 1
            while width < cell.col_span and col + width not in here:
                width += 1
            height = min(cell.row_span, len(rows) - row)
            budget.spend(height * width)
            covered = range(col, col + width)
            here.update(covered)
            for below in range(row + 1, row + height):
                taken.setdefault(below, set()).update(covered)
            yield row, col, height, width, cell
            col += width


def _numbers(spans: Sequence[tuple[int, int]]) -> dict[int, int]:
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    used = sorted(starts | ends)
    numbers = {used[0]: 0}
    for before, line in pairwise(used):
        numbers[line] = numbers[before] + (0 if before not in starts and line not in ends else 1)
    return numbers
