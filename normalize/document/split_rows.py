"""Rows that a page break parts: two labels one above the other are two rows, not one label that goes on.

Geometry alone does not tell a label that is cut by the end of a page from two labels that fill their cells, with
nothing below the second row's label to say otherwise. Who knows the labels does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from schemas.document import Cell, Document, Table


def part_rows(document: Document, is_label: Callable[[str], bool]) -> Document:
    """The document with each row parted that holds one label before a page break and another one after it.

    A label that only both pages together print stays whole. On the left of the labels, what has nothing below the
    break stands beside both rows; on their right, what goes on in the middle of a sentence does, unless it is the
    value of one of them.
    """
    items = tuple(_part_rows(item, is_label) if isinstance(item, Table) else item for item in document.items)
    return document if items == document.items else replace(document, items=items)


def _part_rows(table: Table, is_label: Callable[[str], bool]) -> Table:
    while (found := next(_torn_labels(table, is_label), None)) is not None:
        table = _part_row(table, *found, is_label)
    return table


def _torn_labels(table: Table, is_label: Callable[[str], bool]) -> Iterator[tuple[Cell, int]]:
    """Cells of one row that are two labels, the leftmost of a row first, with the page that the second stands on."""
    for cell in table.cells:
        if len(cell.fragments) < 2 or cell.row_span > 1 or is_label(cell.text):
            continue
        for before, after in pairwise(cell.fragments):
            if is_label(before.text) and is_label(after.text) and _is_cut(table, cell.row, after.page):
                yield cell, after.page


def _is_cut(table: Table, row: int, page: int) -> bool:
    """Whether every cell of a row stands on this page and on one before it."""
    return all(0 < _before(cell, page) < len(cell.fragments) for cell in table.cells if row in cell.rows)


def _before(cell: Cell, page: int) -> int:
    """How many of a cell's fragments stand before a page."""
    return sum(fragment.page < page for fragment in cell.fragments)


def _part_row(table: Table, label: Cell, page: int, is_label: Callable[[str], bool]) -> Table:
    cells: list[Cell] = []
    for cell in table.cells:
        if cell.row > label.row:
            cells.append(replace(cell, row=cell.row + 1))
        elif label.row not in cell.rows:
            cells.append(cell)
        elif cell.row_span > 1 or (cell != label and _is_beside_both(cell, label, page, is_label)):
            cells.append(replace(cell, row_span=cell.row_span + 1))
        else:
            cells += _halves(cell, page)
    return replace(table, n_rows=table.n_rows + 1, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))))


def _is_beside_both(cell: Cell, label: Cell, page: int, is_label: Callable[[str], bool]) -> bool:
    upper, lower = _halves(cell, page)
    if cell.col < label.col:
        return bool(upper.text) and not (is_label(upper.text) and is_label(lower.text))
    goes_on = upper.text + lower.text == cell.text and not upper.text.endswith("。")
    return cell.col > label.cols.stop and bool(upper.text and lower.text) and goes_on


def _halves(cell: Cell, page: int) -> tuple[Cell, Cell]:
    """What stands before a page and what stands on it and after, as cells of two rows."""
    count = _before(cell, page)
    left = sum(len("".join(fragment.text.split())) for fragment in cell.fragments[:count])
    end = 0
    while left:
        left -= not cell.text[end].isspace()
        end += 1
    return (
        replace(cell, text=cell.text[:end].strip(), fragments=cell.fragments[:count]),
        replace(cell, row=cell.row + 1, text=cell.text[end:].strip(), fragments=cell.fragments[count:]),
    )
