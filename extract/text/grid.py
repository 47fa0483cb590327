"""Rows of fields → a table with row spans."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.document import Cell, Fragment, Table


def rows_to_table(rows: Sequence[Sequence[str]]) -> Table:
    """The grid of a block of rows, short rows padded with empty cells.

    An empty field at the left of a row continues the cell above it, as merged cells of a sheet are written; so a row
    that is empty throughout continues all of them. Any other empty field, and each of the first row, is an empty cell.

    >>> table = rows_to_table([["取組", "1", "予定"], ["", "", "実施"]])
    >>> [(cell.row, cell.col, cell.row_span, cell.text) for cell in table.cells]
    [(0, 0, 2, '取組'), (0, 1, 2, '1'), (0, 2, 1, '予定'), (1, 2, 1, '実施')]
    """
    width = max(len(row) for row in rows)
    begins = [_covered(row) if number else 0 for number, row in enumerate(rows)]
    cells = [
        Cell(
            row=number,
            col=col,
            row_span=_row_span(begins, number, col),
            col_span=1,
            text=text,
            fragments=(Fragment(1, text),),
        )
        for number, row in enumerate(rows)
        for col, text in enumerate([*row, *[""] * (width - len(row))])
        if col >= begins[number]
    ]
    return Table(len(rows), width, tuple(cells))


def _covered(row: Sequence[str]) -> int:
    """How many fields at the left of a row continue the cells above."""
    return next((col for col, text in enumerate(row) if text), len(row))


def _row_span(begins: Sequence[int], row: int, col: int) -> int:
    """Rows from `row` on that the cell at `col` takes: its own, and those below that leave the column to it."""
    below = row + 1
    while below < len(begins) and begins[below] > col:
        below += 1
    return below - row
