"""Cells without a text that show something all the same: a picture, letters drawn as curves, marks drawn as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from extract.pdf.model.glyph_array import Bools, Floats
from extract.pdf.model.raw_page import OF_PATTERNS, Fill, RawPage
from extract.pdf.page.outlines import outlines
from extract.pdf.tables.cell_assignment import Draft
from schemas.document import Box

_LEAST = 3.5
"""The least height, in points, of what may be a letter: less is the tip of an arrow or a dot of a rule."""

_GRAY = 24
"""The parts of a colour differ by this much at least, of 255."""

_MOST = 0.4
"""The share of a cell that a colour fills at least which tells something of it."""

_LEGEND = re.compile(r"[赤青黄緑橙紫白黒灰水桃茶]色?\s*(?:[：:＝=…は]|(?<=[●■○□◆][赤青黄緑橙紫白黒灰水桃茶])\s)")
"""A colour of a legend, before what it means."""

_APART = 1.0
"""An area that ends so far before all borders of its cell, in points, is no ground of it."""

_RIM = 0.5
"""How far, in points, a drawing may reach over the border of its cell."""


def drawn_cells(tables: Sequence[Draft], raw: RawPage) -> Iterator[str]:
    """What the rows of empty cells say that hold a picture, a curved area, a mark of lines, or a small area in a
    colour."""
    drawings = [box for box in (*raw.images, *raw.shapes) if box.height >= _LEAST]
    marks = [box for box in outlines(raw) if box.height >= _LEAST]
    areas = [Box(*fill[:4]) for fill in _coloured(raw.fills) if fill.bottom - fill.top >= _LEAST]
    patterns = [fill for fill in raw.fills if fill.lightness is None or fill.colour == OF_PATTERNS]
    areas += [Box(*fill[:4]) for fill in patterns if fill.bottom - fill.top >= _LEAST]
    small = [*areas, *marks]
    if not drawings and not small:
        return
    sides = np.array([(box.x0, box.top, box.x1, box.bottom) for box in (*drawings, *small)]).T
    for table in tables:
        for cell in table.cells:
            if cell.is_empty:
                box = cell.parts[0].box
                within = np.flatnonzero(_are_within(sides, box))
                if any(at < len(drawings) or _is_small(small[at - len(drawings)], box) for at in within.tolist()):
                    row = (other.plain for other in table.cells if other.row in cell.rows and not other.is_empty)
                    yield " ".join(row)


def coloured_cells(tables: Sequence[Draft], raw: RawPage, *, has_legend: bool) -> Iterator[str]:
    """What the rows of empty cells say that are told apart by their colours alone: in one column, below its head, cells
    without a text in two colours at least; where the page has a legend of colours (`has_legend`), in one."""
    fills = _coloured(raw.fills)
    least = 1 if has_legend else 2
    if len({fill.colour for fill in fills}) < least:
        return
    for table in tables:
        for col in range(table.n_cols):
            cells = [cell for cell in table.cells if cell.cols == range(col, col + 1) and cell.row > 0]
            bare = [cell for cell in cells if cell.is_empty]
            found = [(cell, colour) for cell in bare if (colour := _colour_under(cell.parts[0].box, fills))]
            if len({colour for _, colour in found}) >= least and len(found) * 2 >= len(cells):
                for cell, colour in found:
                    row = (other.plain for other in table.cells if other.row in cell.rows and not other.is_empty)
                    yield " ".join((*row, colour))


def is_legend(text: str) -> bool:
    """Whether a text says what colours mean.

    >>> is_legend("緑：達成　赤：未達成"), is_legend("緑は達成、赤は未達成"), is_legend("緑の基本計画")
    (True, True, False)
    """
    return len(_LEGEND.findall(text)) > 1


def _coloured(fills: Sequence[Fill]) -> list[Fill]:
    """The filled areas that have a colour and are no gray."""
    colours = {fill.colour for fill in fills}
    told = {colour for colour in colours if colour is not None and _is_colour(colour)}
    return [fill for fill in fills if fill.colour in told]


def _is_colour(name: str) -> bool:
    red, green, blue = (int(name[at : at + 2], 16) for at in (1, 3, 5))
    return max(red, green, blue) - min(red, green, blue) >= _GRAY


def _colour_under(cell: Box, fills: Sequence[Fill]) -> str | None:
    """The colour painted last over the middle of a cell, if it fills most of it."""
    x, y = (cell.x0 + cell.x1) / 2, (cell.top + cell.bottom) / 2
    found = [
        fill
        for fill in fills
        if fill.x0 <= x <= fill.x1
        and fill.top <= y <= fill.bottom
        and (min(fill.x1, cell.x1) - max(fill.x0, cell.x0)) * (min(fill.bottom, cell.bottom) - max(fill.top, cell.top))
        >= _MOST * cell.width * cell.height
    ]
    return max(found, key=lambda fill: fill.order).colour if found else None


def _is_small(area: Box, cell: Box) -> bool:
    """Whether an area is a mark within its cell, and no ground of it."""
    is_apart = min(area.x0 - cell.x0, area.top - cell.top, cell.x1 - area.x1, cell.bottom - area.bottom) >= _APART
    return (is_apart or area.width <= _MOST * cell.width) and min(area.width, area.height) >= _LEAST


def _are_within(drawings: Floats, cell: Box) -> Bools:
    """Which of some boxes, sides in rows, lie in a cell."""
    x0, top, x1, bottom = drawings
    within: Bools = (
        (cell.x0 - _RIM <= x0) & (x1 <= cell.x1 + _RIM) & (cell.top - _RIM <= top) & (bottom <= cell.bottom + _RIM)
    )
    return within
