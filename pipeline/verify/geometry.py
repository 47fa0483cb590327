"""Geometry: that cells keep to their grid, on the page and in the text form."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from statistics import median_low

from extract import document_to_text, read_text
from schemas.document import Box, Cell, Document, Fragment, Line, Page, Table
from schemas.records import Block, DocumentRow
from schemas.rows import Tables

NEAR = 3.0
"""Points by which the edges of one column or row may differ: doubled and thick rulings, and no more."""

HALF = 0.5
"""The part of a box that another may cover: lines set tightly touch, and print runs over a border."""


def boxes_out_of_grid(tables: Tables) -> Iterator[str]:
    """The cells that begin or end elsewhere than the others of their column or row.

    Cells of one table on one page share the edges of their columns and rows; a page break starts a row anew, so only
    cells of one page are compared. A table may lie on its side: what is told is how it would be upright.
    """
    cells = [placed for placed in _placed(tables) if placed.block.kind == "cell"]
    for _, group in groupby(sorted(cells, key=_table_and_page), key=_table_and_page):
        own = list(group)
        astray = [*_out_of_grid(own)]
        lies = any(
            not [*_out_of_grid([_Placed(cell.block, turn(cell.box)) for cell in own])]
            for turn in (_turned_left, _turned_right) if astray
        )  # fmt: skip
        yield from () if lies else astray


def _out_of_grid(cells: list[_Placed]) -> Iterator[str]:
    yield from _stray(cells, "column", "begins", lambda cell: cell.block.col or 0, lambda cell: cell.box.x0)
    yield from _stray(cells, "column", "ends", lambda cell: cell.last_col, lambda cell: cell.box.x1)
    yield from _stray(cells, "row", "begins", lambda cell: cell.block.row or 0, lambda cell: cell.box.top)
    yield from _stray(cells, "row", "ends", lambda cell: cell.last_row, lambda cell: cell.box.bottom)


def _turned_left(box: Box) -> Box:
    """A box of a table that was set a quarter turn to the right, as it would be upright."""
    return Box(box.top, -box.x1, box.bottom, -box.x0)


def _turned_right(box: Box) -> Box:
    return Box(-box.bottom, box.x0, -box.top, box.x1)


def boxes_off_page(tables: Tables) -> Iterator[str]:
    """The boxes that end before they begin, that lie beside their page, or whose page is none of the file.

    Spreadsheets print cells beside the page too, where nobody sees them; but what a record was read from can be seen.
    """
    pages = {row.document_id: row.page_count for row in tables["documents"] if isinstance(row, DocumentRow)}
    for placed in _placed(tables):
        block, box = placed.block, placed.box
        if box.width < 0 or box.height < 0:
            yield f"{block.block_id}: its box ends before it begins"
        elif block.role in ("value", "label") and not (
            0 <= box.x0 + box.x1 <= 2 * (block.page_width or math.inf)
            and 0 <= box.top + box.bottom <= 2 * (block.page_height or math.inf)
        ):
            yield f"{block.block_id}: its box lies beside page {block.page}"
        if not 1 <= block.page <= (pages.get(block.document_id) or block.page):
            yield f"{block.block_id}: its document has no page {block.page}"


def boxes_over_others(tables: Tables) -> Iterator[str]:
    """The lines that lie on cells or on another line of their page, in documents that were read.

    Lines set tightly touch; one that lies by half on cells, or by half on another line, was put there by mistake.
    """
    read = {row.document_id for row in tables["documents"] if isinstance(row, DocumentRow) and row.layout}
    placed = [place for place in _placed(tables) if place.block.document_id in read]
    placed.sort(key=lambda place: place.block.page)
    for _, group in groupby(placed, key=lambda place: place.block.page):
        own = list(group)
        cells = [other.box for other in own if other.block.kind == "cell"]
        lines = [other for other in own if other.block.kind == "line"]
        for number, line in enumerate(lines):
            if sum(_common(line.box, cell) for cell in cells) > HALF * _area(line.box) > 0.0:
                yield f"{line.block.block_id}: its box lies on the cells of a table"
            yield from (
                f"{line.block.block_id}: its box lies on that of {other.block.block_id}"
                for other in lines[number + 1 :]
                if _shared(line.box, other.box) > HALF
            )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A block that has a place on its page."""

    block: Block
    box: Box

    @property
    def last_col(self) -> int:
        return (self.block.col or 0) + (self.block.col_span or 1) - 1

    @property
    def last_row(self) -> int:
        return (self.block.row or 0) + (self.block.row_span or 1) - 1


def _placed(tables: Tables) -> Iterator[_Placed]:
    for block in tables["blocks"]:
        if isinstance(block, Block) and (box := _box(block)) is not None:
            yield _Placed(block, box)


def _box(block: Block) -> Box | None:
    if block.x0 is None or block.top is None or block.x1 is None or block.bottom is None:
        return None
    return Box(block.x0, block.top, block.x1, block.bottom)


def _table_and_page(cell: _Placed) -> tuple[int, int]:
    return cell.block.table_index or 0, cell.block.page


def _stray(
    cells: list[_Placed], what: str, does: str, line_of: Callable[[_Placed], int], edge_of: Callable[[_Placed], float]
) -> Iterator[str]:
    """The cells whose edge is away from that of the others of their column or row, or before that of an earlier one."""
    lines: dict[int, list[_Placed]] = {}
    for cell in cells:
        lines.setdefault(line_of(cell), []).append(cell)
    reached: float | None = None
    for number in sorted(lines):
        middle = median_low(edge_of(cell) for cell in lines[number])
        for cell in lines[number]:
            if abs((edge := edge_of(cell)) - middle) > NEAR:
                yield f"{cell.block.block_id}: {does} at {edge:.1f}, the others of {what} {number} at {middle:.1f}"
        if reached is not None and middle < reached - NEAR:
            first = lines[number][0].block.block_id
            yield f"{first}: {what} {number} {does} at {middle:.1f}, before the one in front of it"
        reached = middle


def _shared(one: Box, other: Box) -> float:
    """The part of the smaller of two boxes that both cover."""
    smaller = min(_area(one), _area(other))
    return _common(one, other) / smaller if smaller > 0 else 0.0


def _common(one: Box, other: Box) -> float:
    """The area, in square points, that two boxes share."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(width, 0.0) * max(height, 0.0)


def _area(box: Box) -> float:
    return box.width * box.height


def tables_that_change(tables: Tables) -> Iterator[str]:
    """The text documents whose tables, laid out from their blocks as text and read again, are other tables."""
    blocks = [block for block in tables["blocks"] if isinstance(block, Block)]
    for row in tables["documents"]:
        if isinstance(row, DocumentRow) and row.reader == "text":
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
