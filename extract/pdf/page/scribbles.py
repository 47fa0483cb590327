"""Text that is scribbled over: a line that goes up and down through it."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from extract.pdf.model.glyph_array import Bools, Columns
from extract.pdf.model.raw_page import RawPage, Stroke

_TURNS = 4
"""A scribble has so many slanted lines at least, drawn in one go."""

_SLANTED = 1.0
"""A line that is off both axes by more than this, in points, is slanted."""

_HIGH = (0.4, 2.5)
"""How high a scribble is, in font sizes of the text: a curve of a chart is higher."""

_COVERED = 0.4
"""The share of its width that text takes."""


def scribbled(glyphs: Columns, may_be: Bools, raw: RawPage) -> tuple[Bools, set[int]]:
    """The characters that are scribbled over, of those that `may_be`, and the lines by their `id`."""
    found, lines = np.zeros(len(glyphs), np.bool_), set[int]()
    x, y = glyphs.middles
    for _, group in groupby(raw.strokes, key=lambda stroke: stroke.order):
        drawn = [*group]
        if sum(map(_is_slanted, drawn)) < _TURNS:
            continue
        left, right = min(min(line.x0, line.x1) for line in drawn), max(max(line.x0, line.x1) for line in drawn)
        top, bottom = min(min(line.y0, line.y1) for line in drawn), max(max(line.y0, line.y1) for line in drawn)
        high = (bottom - top) / glyphs.sizes
        under = may_be & (left < x) & (x < right) & (top < y) & (y < bottom) & (high >= _HIGH[0]) & (high <= _HIGH[1])
        if float((glyphs.x1 - glyphs.x0)[under].sum()) >= _COVERED * (right - left):
            found |= under
            lines |= {*map(id, drawn)}
    return found, lines


def _is_slanted(line: Stroke) -> bool:
    return min(abs(line.x1 - line.x0), abs(line.y1 - line.y0)) > _SLANTED
