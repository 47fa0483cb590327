"""Geometry: that cells keep to their grid, on the page and in the text form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from extract.layout_text import document_to_text
from extract.text import read_text
from schemas.document import Cell, Document, Fragment, Line, Page, Table
from schemas.records import Block, DocumentRow
from schemas.validate import Tables

NEAR = 3.0
"""Points by which the edges of one column or row may differ: doubled and thick rulings, and no more."""


def boxes_out_of_grid(tables: Tables) -> Iterator[str]:
    """The cells that overlap another of their table, or that start elsewhere than their column or row.

    Cells of one table on one page share the left edge of a column and the upper edge of a row; a page break starts a
    row anew, so only cells of one page are compared.
    """
    cells = [
        block for block in tables["blocks"]
        if isinstance(block, Block) and block.kind == "cell" and block.x0 is not None
    ]  # fmt: skip
    for block in cells:
        if _edge(block.x0) > _edge(block.x1) or _edge(block.top) > _edge(block.bottom):
            yield f"{block.block_id}: its box ends before it starts"
    cells.sort(key=lambda block: (block.table_index or 0, block.page))
    for _, group in groupby(cells, key=lambda block: (block.table_index, block.page)):
        own = list(group)
        yield from _stray(own, "column", lambda block: block.col, lambda block: _edge(block.x0))
        yield from _stray(own, "row", lambda block: block.row, lambda block: _edge(block.top))


def _edge(value: float | None) -> float:
    return value if value is not None else 0.0


def _stray(
    cells: list[Block], what: str, line_of: Callable[[Block], int | None], edge_of: Callable[[Block], float]
) -> Iterator[str]:
    """The cells that start away from the others of their column or row, or before those of an earlier one."""
    lines: dict[int, list[Block]] = {}
    for cell in cells:
        lines.setdefault(line_of(cell) or 0, []).append(cell)
    reached: float | None = None
    for number in sorted(lines):
        edges = sorted(edge_of(cell) for cell in lines[number])
        middle = edges[len(edges) // 2]
        for cell in lines[number]:
            if abs(edge_of(cell) - middle) > NEAR:
                yield f"{cell.block_id}: starts at {edge_of(cell):.1f}, the others of {what} {number} at {middle:.1f}"
        if reached is not None and middle < reached - NEAR:
            yield f"{lines[number][0].block_id}: {what} {number} starts at {middle:.1f}, before the one in front of it"
        reached = middle


def tables_that_change(tables: Tables) -> Iterator[str]:
    """The text documents whose tables, laid out from their blocks as text and read again, are other tables."""
    blocks = [block for block in tables["blocks"] if isinstance(block, Block)]
    for row in tables["documents"]:
        if isinstance(row, DocumentRow) and row.media_type.startswith("text/"):
            document = blocks_to_document(row, blocks)
            again = read_text(document_to_text(document).encode(), row.source_name)
            if list(document.tables) != list(again.tables):
                yield f"documents {row.document_id}: its tables are others when its blocks are laid out and read again"


def blocks_to_document(row: DocumentRow, blocks: Iterable[Block]) -> Document:
    """A text document as its blocks hold it: its tables and lines in reading order, without boxes."""
    items: list[Line | Table] = []
    for table_index, group in groupby(blocks, key=lambda block: block.table_index):
        if table_index is None:
            items += [Line(block.text, (Fragment(1, block.text),)) for block in group]
            continue
        cells = tuple(
            Cell(b.row or 0, b.col or 0, b.row_span or 1, b.col_span or 1, b.text, (Fragment(1, b.text),))
            for b in group
        )  # fmt: skip
        rows = max(cell.row + cell.row_span for cell in cells)
        cols = max(cell.col + cell.col_span for cell in cells)
        items.append(Table(rows, cols, cells))
    return Document(row.sha256, row.source_name, row.media_type, row.size_bytes, (Page(1),), tuple(items))
