"""Marks drawn as lines and not filled: △, ✓, ×, ○."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from extract.pdf.model.raw_page import RawPage, Stroke
from schemas.document import Box

_SLANTED = 1.0
"""A line that is off both axes by more than this, in points, is slanted."""

_LARGEST = 40.0
"""Marks are no wider and no higher than this, in points."""


def outlines(raw: RawPage) -> Iterator[Box]:
    """The boxes around small rings, and around what is drawn in one go with slanted lines.

    >>> from schemas.document import Page
    >>> sides = (Stroke(0, 8, 8, 8, 1), Stroke(8, 8, 4, 0, 1), Stroke(4, 0, 0, 8, 1))
    >>> [*outlines(RawPage(Page(1), (), (*sides, Stroke(0, 90, 200, 90, 1, order=1))))]
    [Box(x0=0, top=0, x1=8, bottom=8)]
    """
    for ring in raw.rings:
        if max(ring.x1 - ring.x0, ring.bottom - ring.top) <= _LARGEST:
            yield Box(*ring[:4])
    for _, group in groupby(raw.strokes, key=lambda stroke: stroke.order):
        lines = [*group]
        if any(map(_is_slanted, lines)):
            xs = [x for line in lines for x in (line.x0, line.x1)]
            ys = [y for line in lines for y in (line.y0, line.y1)]
            box = Box(min(xs), min(ys), max(xs), max(ys))
            if max(box.width, box.height) <= _LARGEST:
                yield box


def _is_slanted(line: Stroke) -> bool:
    return min(abs(line.x1 - line.x0), abs(line.y1 - line.y0)) > _SLANTED
