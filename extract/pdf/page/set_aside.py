"""Print that is no cell's text: what is struck through, and large pale words laid over the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from extract.pdf.model.glyph_array import Bools, Columns, to_columns
from extract.pdf.model.raw_page import WHITE, Fill, RawPage, Stroke
from extract.pdf.page.scribbles import scribbled
from extract.pdf.page.settings import PAGES
from extract.pdf.text.runs import Pieces, glyphs_to_pieces

_STRUCK = (0.12, 0.62)
"""How far above the baseline, in font sizes, a line lies that strikes text through."""

_SEEN_ABOVE = 0.1
"""How much of a character that is struck through is seen above the line, in font sizes; a border cuts all of it off."""

_LEVEL = 0.5
"""A line that rises by no more than this, in points, is level."""

_HIGHEST, _FLAT, _SLANTED_BEYOND = 14.0, 1.2, 0.4
"""A line that slants through a text rises by so many points at most, is so many times as long as it rises, and reaches
so far beyond the text, in font sizes."""

_THICK = 2.0
"""A line that strikes text through is no thicker than this, in points."""

_COVERED = 0.6
"""The share of a character's width that a line covers which strikes it through."""

_BEYOND = 1.2
"""How far a line runs beyond the text that it strikes through, in font sizes."""

_ROW = 3
"""A line that strikes so many texts through, side by side, goes through a whole row."""

_LARGE, _LARGER = 1.8, 2.4
"""Text that is laid over the page is so many times as large as that of the page: where it is slanted, and else."""

_SLANTED = 10.0
"""Degrees from which on a text is slanted."""

_PALE = 0.45
"""The least lightness of a text laid over others."""


_Line = tuple[Stroke | Fill, float, float, float]
"""A line across the page: where it begins, ends and lies."""


def set_aside(raw: RawPage) -> tuple[RawPage, Columns, Columns]:
    """The page without the print that is struck through, and without what is laid over it; then both of these."""
    glyphs = to_columns(raw.glyphs)
    if not len(glyphs):
        return raw, glyphs, glyphs
    is_over = _laid_over(glyphs)
    is_struck, lines = _struck(glyphs, ~is_over & ~glyphs.blanks, raw)
    is_scribbled, scribbles = scribbled(glyphs, ~is_over & ~glyphs.blanks, raw)
    is_struck, lines = is_struck | is_scribbled, lines | scribbles
    if not is_over.any() and not is_struck.any():
        return raw, glyphs[:0], glyphs[:0]
    kept = glyphs.take(np.flatnonzero(~is_over & ~is_struck))
    rest = replace(
        raw,
        glyphs=kept,
        strokes=tuple(line for line in raw.strokes if id(line) not in lines),
        fills=tuple(line for line in raw.fills if id(line) not in lines),
    )
    return rest, glyphs.take(np.flatnonzero(is_struck)), glyphs.take(np.flatnonzero(is_over))


def _laid_over(glyphs: Columns) -> Bools:
    """Watermarks: slanted and pale, or much larger than the text of the page, and slanted or pale and printed over
    other text."""
    printed = ~glyphs.blanks
    is_slanted = glyphs.slants >= _SLANTED
    is_pale = (glyphs.lightness >= _PALE) & (glyphs.lightness < WHITE)
    if not (is_slanted | is_pale).any():
        return is_slanted
    usual = float(np.median(glyphs.sizes[printed])) if printed.any() else 0.0
    found = is_slanted & (is_pale | (glyphs.sizes >= _LARGE * usual))
    is_pale &= glyphs.sizes >= _LARGER * usual
    small = glyphs.take(np.flatnonzero(printed & (glyphs.sizes < _LARGE * usual)))
    for order in {*glyphs.orders[is_pale].tolist()}:
        of_one = is_pale & (glyphs.orders == order)
        if any(_is_over(glyphs, number, small) for number in np.flatnonzero(of_one).tolist()):
            found |= of_one
    return found


def _is_over(glyphs: Columns, number: int, others: Columns) -> bool:
    x, y = others.middles
    over = (glyphs.x0[number] < x) & (x < glyphs.x1[number]) & (glyphs.top[number] < y) & (y < glyphs.bottom[number])
    return bool(over.any())


def _struck(glyphs: Columns, may_be: Bools, raw: RawPage) -> tuple[Bools, set[int]]:
    """The characters that lines strike through, of those that `may_be`, and the lines by their `id`."""
    struck = np.zeros(len(glyphs), np.bool_)
    lines: set[int] = set()
    pieces: Pieces | None = None
    sizes = glyphs.sizes
    for line, x0, x1, y in _near_text(_thin_lines(raw), glyphs):
        above = glyphs.origin_y - y
        is_through = (
            (above >= _STRUCK[0] * sizes)
            & (above <= _STRUCK[1] * sizes)
            & (y - glyphs.top >= _SEEN_ABOVE * sizes)
            & (np.minimum(glyphs.x1, x1) - np.maximum(glyphs.x0, x0) >= _COVERED * (glyphs.x1 - glyphs.x0))
            & (glyphs.directions == 0)
            & may_be
        )
        if not is_through.any():
            continue
        size = float(sizes[is_through].max())
        left, right = float(glyphs.x0[is_through].min()), float(glyphs.x1[is_through].max())
        is_slanted = isinstance(line, Stroke) and abs(line.y1 - line.y0) > _LEVEL
        if is_slanted and (left - x0 > _SLANTED_BEYOND * size or x1 - right > _SLANTED_BEYOND * size):
            continue
        if left - x0 > _BEYOND * size or x1 - right > _BEYOND * size or not _fills(glyphs, is_through, left, right):
            pieces = glyphs_to_pieces(glyphs) if pieces is None else pieces
            through = int(np.count_nonzero(np.logical_or.reduceat(is_through, pieces.firsts)))
            level = int(((x0 < pieces.starts) & (pieces.ends < x1) & _are_across(pieces, y)).sum())
            if through < max(_ROW, level):
                continue
        struck |= is_through
        lines.add(id(line))
    return struck, lines


def _near_text(lines: Sequence[_Line], glyphs: Columns) -> Iterator[_Line]:
    """The lines that may strike some character through, by their heights alone: rules of tables do not."""
    levels = np.sort(glyphs.origin_y)
    ys = np.array([line[3] for line in lines])
    first = np.searchsorted(levels, ys + _STRUCK[0] * glyphs.sizes.min())
    last = np.searchsorted(levels, ys + _STRUCK[1] * glyphs.sizes.max(), side="right")
    return (lines[number] for number in np.flatnonzero(last > first).tolist())


def _fills(glyphs: Columns, is_through: Bools, left: float, right: float) -> bool:
    """Whether the characters struck through follow each other from one end of the line to the other."""
    width = float((glyphs.x1 - glyphs.x0)[is_through].sum())
    return width >= PAGES.struck * (right - left)


def _are_across(pieces: Pieces, y: float) -> Bools:
    """Which texts a line at a height cuts through in any way."""
    _, top, _, bottom = pieces.sides
    across: Bools = (top < y) & (y < bottom) & pieces.inked
    return across


def _is_across_text(width: float, height: float) -> bool:
    """Whether a line runs along text, or slants through no more of it than its height."""
    return height <= _LEVEL or (height <= _HIGHEST and width >= _FLAT * height)


def _thin_lines(raw: RawPage) -> Sequence[_Line]:
    """Lines across the page that are thin and drawn in ink: where each begins, ends and lies."""
    strokes = [
        (stroke, min(stroke.x0, stroke.x1), max(stroke.x0, stroke.x1), (stroke.y0 + stroke.y1) / 2)
        for stroke in raw.strokes
        if stroke.width <= _THICK and _is_across_text(abs(stroke.x1 - stroke.x0), abs(stroke.y1 - stroke.y0))
    ]
    fills = [
        (fill, fill.x0, fill.x1, (fill.top + fill.bottom) / 2)
        for fill in raw.fills
        if fill.bottom - fill.top <= _THICK and fill.x1 - fill.x0 > fill.bottom - fill.top
    ]
    return [*strokes, *fills]
