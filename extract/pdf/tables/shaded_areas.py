"""Filled areas that bound text where no rule does: cells of shaded tables, header rows, panels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.pdf.model.raw_page import SHADED, Fill, RawPage
from extract.pdf.tables.grid import Grid
from extract.pdf.tables.rulings import REACH, Edges, page_to_shades
from extract.pdf.tables.settings import GRIDS

_PAGE_SHARE = 0.6
"""An area larger than this share of the page is its background."""

_REACHING = 2
"""So many rules at least run through an area from side to side that closes their table."""

NO_EDGES = Edges((), ())

_LEAST = 6.0
"""The least width and height, in points, of an area that holds text."""


def bounding_shades(page: RawPage, grids: Sequence[Grid], edges: Edges = NO_EDGES) -> list[Fill]:
    """The filled areas outside of ruled grids that can hold text, neighbours of one colour taken together; and areas
    around a grid, where the rules of the page (`edges`) run from side to side of the area and not only of the grid."""
    size = (page.page.width or 0.0) * (page.page.height or 0.0)
    candidates = [
        shade
        for shade in page_to_shades(page)
        if shade.x1 - shade.x0 >= _LEAST
        and shade.bottom - shade.top >= _LEAST
        and (shade.x1 - shade.x0) * (shade.bottom - shade.top) <= _PAGE_SHARE * size
        and (shade.lightness is None or shade.lightness < SHADED)
        and not any(_overlaps(shade, grid) and not _closes(shade, grid, edges) for grid in grids)
    ]
    return list(_merged(list(_merged(candidates, is_across=True)), is_across=False))


def _overlaps(shade: Fill, grid: Grid) -> bool:
    box = grid.box
    return (
        min(shade.x1, box.x1) - max(shade.x0, box.x0) > REACH
        and min(shade.bottom, box.bottom) - max(shade.top, box.top) > REACH
    )


def _closes(shade: Fill, grid: Grid, edges: Edges) -> bool:
    """Whether an area closes the outer cells of a grid that lies in it, whose rules go on to the sides of the area."""
    box = grid.box
    room = (box.x0 - shade.x0, box.top - shade.top, shade.x1 - box.x1, shade.bottom - box.bottom)
    if min(room) < -REACH:
        return False
    across = (edge for edge in edges.across if shade.top < edge.at < shade.bottom)
    down = (edge for edge in edges.down if shade.x0 < edge.at < shade.x1)
    reaching = [abs(e.start - shade.x0) <= REACH and abs(e.end - shade.x1) <= REACH for e in across]
    reaching += [abs(e.start - shade.top) <= REACH and abs(e.end - shade.bottom) <= REACH for e in down]
    return sum(reaching) >= _REACHING


def _merged(shades: list[Fill], *, is_across: bool) -> Iterator[Fill]:
    """Areas of one colour that share a whole side are one."""
    ordered = sorted(shades, key=lambda f: (f.top, f.bottom, f.x0) if is_across else (f.x0, f.x1, f.top))
    pending: Fill | None = None
    for shade in ordered:
        if pending is not None and _continues(pending, shade, is_across=is_across):
            pending = pending._replace(x1=max(pending.x1, shade.x1), bottom=max(pending.bottom, shade.bottom))
        else:
            if pending is not None:
                yield pending
            pending = shade
    if pending is not None:
        yield pending


def _continues(before: Fill, after: Fill, *, is_across: bool) -> bool:
    if before.lightness != after.lightness:
        return False
    if is_across:
        sides = abs(before.top - after.top), abs(before.bottom - after.bottom)
        return max(sides) <= GRIDS.touching and before.x1 - after.x0 >= -GRIDS.touching
    sides = abs(before.x0 - after.x0), abs(before.x1 - after.x1)
    return max(sides) <= GRIDS.touching and before.bottom - after.top >= -GRIDS.touching
