"""A table on pages: how high its rows are, where it breaks, which part of each cell stands on which page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from reportlab.pdfbase import pdfmetrics

from tests.rendering.printed import Cell, Table
from tests.rendering.typesetting import Row, paragraphs_to_rows


@dataclass(frozen=True, slots=True)
class Shape:
    """How text is set in cells; `leading` in font sizes."""

    font: str
    size: float
    leading: float
    padding: float
    hanging: bool

    @property
    def pitch(self) -> float:
        return self.size * self.leading

    def height(self, rows: Sequence[Row]) -> float:
        return sum(1 + row.above for row in rows) * self.pitch + 2 * self.padding


@dataclass(frozen=True, slots=True)
class Room:
    """The text area of every page, and how far down the first page is used; in points from the top left."""

    x0: float
    x1: float
    top: float
    bottom: float
    y: float


@dataclass(frozen=True, slots=True)
class Rule:
    """Whether rows are cut at the end of a page, whether the header comes again, whether text stands in the middle."""

    cuts_rows: bool
    repeats_header: bool
    middle: bool


@dataclass(frozen=True, slots=True)
class SetRow:
    """A line of type at its place."""

    x: float
    baseline: float
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one page (from 0) holds of a cell. It is cut where its row goes on, on the page before or after.

    It is torn where the page does not say so unless no rule closes it there: see `_is_torn`.
    """

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    rows: tuple[SetRow, ...]
    is_cut_above: bool = False
    is_cut_below: bool = False
    is_torn: bool = False
    is_shaded: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """What one page holds of a row of the table."""

    page: int
    row: int
    top: float
    bottom: float
    is_first: bool = True
    is_last: bool = True


def table_to_parts(table: Table, shape: Shape, room: Room, rule: Rule) -> Iterator[Part]:
    """The parts of a table's cells, page by page."""
    xs = _columns(table, room)
    rows = {cell: _rows(cell, xs, shape) for cell in table.cells}
    heights = _heights(table, rows, shape)
    header = sum(heights[: table.header_rows]) if rule.repeats_header else 0.0
    while True:
        bands = list(_bands(heights, room, shape, rule, header))
        lacking = _lacking(table, rows, bands, shape)
        if lacking is None:
            break
        heights[lacking] += shape.pitch
    repeated = _repeated_bands(heights[: table.header_rows] if header else [], bands, room)
    heads = _heads(table)
    parts = [
        *(part for cell in table.cells for part in _cell_to_parts(cell, rows[cell], bands, xs, shape, rule, heads)),
        *(
            part
            for own in repeated
            for cell in table.cells
            if cell.row < table.header_rows
            for part in _cell_to_parts(cell, rows[cell], own, xs, shape, rule, heads)
        ),
    ]
    is_torn = any(part.is_torn for part in parts)
    yield from sorted(
        (replace(part, is_torn=is_torn) for part in parts), key=lambda part: (part.page, part.top, part.x0)
    )


def _heads(table: Table) -> set[Cell]:
    """What heads each row: its first cell that spans no rows."""
    first: dict[int, Cell] = {}
    for cell in sorted(table.cells, key=lambda cell: cell.col):
        if cell.row_span == 1:
            first.setdefault(cell.row, cell)
    return set(first.values())


def _columns(table: Table, room: Room) -> list[float]:
    xs = [room.x0]
    for share in table.widths:
        xs.append(xs[-1] + share / sum(table.widths) * (room.x1 - room.x0))
    return xs


def _rows(cell: Cell, xs: Sequence[float], shape: Shape) -> list[Row]:
    width = xs[cell.col + cell.col_span] - xs[cell.col] - 2 * shape.padding
    hanging = shape.size if shape.hanging else 0.0
    return paragraphs_to_rows(
        cell.paragraphs, width, lambda text: pdfmetrics.stringWidth(text, shape.font, shape.size), hanging
    )


def _heights(table: Table, rows: dict[Cell, list[Row]], shape: Shape) -> list[float]:
    heights = [shape.pitch + 2 * shape.padding] * table.n_rows
    for cell in sorted(table.cells, key=lambda cell: cell.row_span):
        span = range(cell.row, cell.row + cell.row_span)
        lacking = shape.height(rows[cell]) - sum(heights[row] for row in span)
        heights[span[-1]] += max(0.0, lacking)
    return heights


def _bands(heights: Sequence[float], room: Room, shape: Shape, rule: Rule, header: float) -> Iterator[Band]:
    """Place the rows. One that does not fit is cut, or goes to the next page if it fits there as a whole."""
    least = 2 * shape.pitch + 2 * shape.padding
    # A header that comes again stands whole, and not without a row below it.
    page, y = (1, room.top) if header and room.bottom - room.y < header + least else (0, room.y)
    for row, height in enumerate(heights):
        left, is_first = height, True
        while left > room.bottom - y + 1e-6:
            fits_next = left <= room.bottom - room.top - header
            if room.bottom - y >= least and (rule.cuts_rows or not fits_next) and left - (room.bottom - y) > 0:
                # A whole number of lines stays; what is cut needs its padding twice.
                lines = int((room.bottom - y - 2 * shape.padding) / shape.pitch)
                here = lines * shape.pitch + 2 * shape.padding
                yield Band(page, row, y, y + here, is_first, is_last=False)
                left, is_first = max(left - here + 2 * shape.padding, least), False
            page, y = page + 1, room.top + header
        yield Band(page, row, y, y + left, is_first, is_last=True)
        y += left


def _repeated_bands(heights: Sequence[float], bands: Sequence[Band], room: Room) -> Iterator[list[Band]]:
    """The header's rows again on every page but the table's first."""
    for page in range(bands[0].page + 1, bands[-1].page + 1 if heights else 1):
        own, y = [], room.top
        for row, height in enumerate(heights):
            own.append(Band(page, row, y, y + height))
            y += height
        yield own


def _capacity(top: float, bottom: float, shape: Shape) -> float:
    return (bottom - top - 2 * shape.padding) / shape.pitch + 1e-6


def _lacking(table: Table, rows: dict[Cell, list[Row]], bands: Sequence[Band], shape: Shape) -> int | None:
    """The last row of a cell whose lines find no room, because a page's end takes some of it."""
    for cell in table.cells:
        left = list(rows[cell])
        for _, own in groupby(_bands_of(cell, bands), key=lambda band: band.page):
            group = list(own)
            left = left[_fitting(left, _capacity(group[0].top, group[-1].bottom, shape)) :]
        if left:
            return cell.row + cell.row_span - 1
    return None


def _bands_of(cell: Cell, bands: Sequence[Band]) -> list[Band]:
    return [band for band in bands if cell.row <= band.row < cell.row + cell.row_span]


def _fitting(rows: Sequence[Row], capacity: float) -> int:
    """How many lines fit. The space above the first of them is kept, so that a paragraph shows as one."""
    used, count = 0.0, 0
    for row in rows:
        used += 1 + row.above
        if used > capacity:
            break
        count += 1
    return count


def _cell_to_parts(
    cell: Cell,
    rows: Sequence[Row],
    bands: Sequence[Band],
    xs: Sequence[float],
    shape: Shape,
    rule: Rule,
    heads: Collection[Cell],
) -> Iterator[Part]:
    left = list(rows)
    own = _bands_of(cell, bands)
    pages = [list(group) for _, group in groupby(own, key=lambda band: band.page)]
    for group in pages:
        top, bottom = group[0].top, group[-1].bottom
        count = _fitting(left, _capacity(top, bottom, shape))
        here, left = left[:count], left[count:]
        spare = bottom - top - shape.height(here)
        start = top + (spare / 2 if rule.middle and len(pages) == 1 else 0.0)
        yield Part(
            group[0].page,
            xs[cell.col],
            xs[cell.col + cell.col_span],
            top,
            bottom,
            tuple(_set(cell, here, start, xs, shape)),
            is_cut_above=not group[0].is_first or (group is not pages[0]),
            is_cut_below=not group[-1].is_last or (group is not pages[-1]),
            is_torn=bool(here and left) and (cell in heads or _is_torn(cell, here, left[0], group, own)),
            is_shaded=cell.shaded,
        )


def _is_torn(cell: Cell, here: Sequence[Row], rest: Row, group: Sequence[Band], own: Sequence[Band]) -> bool:
    """Whether two closed cells on two pages, with these lines, could be two cells of two rows as well as one of both.

    The two halves of a label could be two labels, and those of what heads a row could head two rows. Where a page
    breaks between two rows, a cell beside both could be one for each, unless it breaks off in the middle of a sentence,
    and it spans rows on one page at least.
    """
    if cell.centred:
        return True
    if not group[-1].is_last:
        return False
    text = "".join(row.text for row in here).rstrip()
    goes_on = not rest.is_first and text[-1] not in "。．.」）)】" and len(text) >= 10 and not here[-1].text.isascii()
    return not goes_on or max(len(group), len(own) - len(group)) == 1


def _set(cell: Cell, rows: Sequence[Row], top: float, xs: Sequence[float], shape: Shape) -> Iterator[SetRow]:
    y = top + shape.padding
    for row in rows:
        y += row.above * shape.pitch
        x = xs[cell.col] + shape.padding + row.indent
        room = xs[cell.col + cell.col_span] - xs[cell.col] - pdfmetrics.stringWidth(row.text, shape.font, shape.size)
        if cell.centred:
            x = xs[cell.col] + room / 2
        elif cell.right:
            x = xs[cell.col] + room - shape.padding
        yield SetRow(x, y + shape.size * (0.9 + (shape.leading - 1) / 2), row.text)
        y += shape.pitch
