"""PDFium's text as the characters of a page: where each stands, and the blanks between them."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from extract.pdf.engines.pdfium.text import SLANTED, LoneBlanks, PrintedText
from extract.pdf.model.glyph_array import NO_CHARACTERS, Columns, Floats, Ints, from_codes, join_columns
from extract.pdf.model.raw_page import DECIMALS

_ALL = (-np.inf, -np.inf, np.inf, np.inf)
"""The window of a text that nothing clips."""

_X1 = 2
"""The row of a glyph's values that says where it ends."""

_NO_ROOM = 0.08
"""Where the next character begins no further ahead than this, in font sizes, a blank has no width."""

_SAME_LINE = 0.1
"""The baselines of what stands on one line lie no further apart than this, in font sizes."""

_ROUNDED = 0.01
"""More than what may be lost when places are added, in points."""

_BLANK = 0.25
"""How wide a blank is, in font sizes, of which nothing is known but its place."""


def text_to_glyphs(text: PrintedText) -> Columns:
    """The characters of a page where PDFium has them. To be asked while the page is open."""
    if not len(text.numbers):
        return NO_CHARACTERS
    owners = np.repeat(np.arange(len(text.starts)), text.counts)
    before = np.searchsorted(text.numbers, text.spaces) - 1
    is_behind = before >= 0
    numbers = np.concatenate([text.numbers, text.spaces[is_behind]])
    of = np.concatenate([owners, owners[before[is_behind]]])
    codes = np.concatenate([text.letters, text.blanks[is_behind]])
    blanks = np.arange(len(numbers)) >= len(text.numbers)
    order = np.lexsort((numbers, text.ranks[of]))
    numbers, of, blanks, codes = numbers[order], of[order], blanks[order], codes[order]
    x, y = text.origins(numbers)
    sides = _sides(text, numbers, of, x, y)
    if text.windows:
        sides = _within_windows(sides, text, of)
    places = np.round([*sides, x, y, text.size[of]], DECIMALS)
    values = np.concatenate([places, [text.light[of], text.ranks[of], text.slants[of]]])
    columns = Columns(from_codes(codes), values, text.directions[of], text.names[of], blanks)
    glyphs = _with_lone_blanks(columns, text)
    return _with_wide_blanks(glyphs)


def _within_windows(sides: Floats, text: PrintedText, of: Ints) -> Floats:
    """The boxes of characters, those whose middle is clipped away cut down to what is open: there they are seen.

    A cell that goes on over the end of a page is painted on both, and its text stands half under the head of the next.
    """
    open_parts = [text.windows.get(item, _ALL) for item in text.items.tolist()]
    x0, top, x1, bottom = np.array(open_parts).T[:, of]
    left, upper, right, lower = sides
    x, y = (left + right) / 2, (upper + lower) / 2
    is_outside = (x < x0) | (x > x1) | (y < top) | (y > bottom)
    cut = np.array([np.maximum(left, x0), np.maximum(upper, top), np.minimum(right, x1), np.minimum(lower, bottom)])
    has_rest = (cut[0] < cut[2]) & (cut[1] < cut[3])
    return np.where(is_outside & has_rest, cut, sides)


def _sides(text: PrintedText, numbers: Ints, of: Ints, x: Floats, y: Floats) -> Floats:
    """The boxes of characters: from their origins on, as wide as they are, as high as their font is large.

    Text that hangs is told from the foot of its characters, slanted text by the box around it.
    """
    sides = text.boxes(numbers)
    left, top, right, bottom = sides
    directions, size, descent, up = text.directions[of], text.size[of], text.descent[of], text.up[of]
    is_vertical, is_straight = text.is_vertical[of], text.slants[of] < SLANTED
    is_across = (directions == 0) | (directions == 180)
    ends = np.array([up * descent, up * (descent - size)])  # of a letter, downwards or to the left of its baseline
    low, high = ends.min(axis=0), ends.max(axis=0)
    at = is_straight & ~is_vertical & is_across
    rightwards, leftwards = directions == 0, directions == 180
    sides = np.where(
        at,
        [
            np.where(rightwards, np.minimum(x, right), left),
            y + low,
            np.where(leftwards, np.maximum(x, left), right),
            y + high,
        ],
        sides,
    )
    at = is_straight & ~is_vertical & ~is_across
    downwards, upwards = directions == 90, directions == 270
    sides = np.where(
        at,
        [
            x - high,
            np.where(downwards, np.minimum(y, bottom), top),
            x - low,
            np.where(upwards, np.maximum(y, top), bottom),
        ],
        sides,
    )
    at = is_straight & is_vertical & (directions == 90)
    return np.where(at, [x, y - size, x + size, y], sides)


def _with_lone_blanks(glyphs: Columns, text: PrintedText) -> Columns:
    """The characters with the blanks that stand alone, each where it was painted."""
    lone = _with_room(text.lone, glyphs)
    n = len(lone.x)
    if not n:
        return glyphs
    width = np.where(lone.is_vertical, 1.0, _BLANK) * lone.size
    dx = np.where(lone.directions == 0, width, np.where(lone.directions == 180, -width, 0.0))
    dy = np.where(lone.directions == 90, width, np.where(lone.directions == 270, -width, 0.0))
    x, half = lone.x, lone.is_vertical * lone.size / 2  # a column hangs from its middle
    xs, ys = np.sort([x - half, x + np.where(dx, dx, half)], axis=0), np.sort([lone.y, lone.y + dy], axis=0)
    places = np.round([xs[0], ys[0] - (dy == 0) * lone.size, xs[1], ys[1], x, lone.y, lone.size], DECIMALS)
    values = np.concatenate([places, [np.zeros(n), lone.ranks, np.zeros(n)]])
    blanks = Columns(" " * n, values, lone.directions, np.full(n, "", np.object_), np.ones(n, np.bool_))
    every = join_columns([glyphs, blanks])
    return every.take(np.argsort(every.orders, kind="stable"))


def _with_room(lone: LoneBlanks, glyphs: Columns) -> LoneBlanks:
    """The blanks that stand alone but for those without a width: the next character begins where they do."""
    is_wide = np.ones(len(lone.x), np.bool_)
    level = np.flatnonzero((lone.directions == 0) & ~lone.is_vertical)
    printed = np.flatnonzero(~glyphs.blanks)
    printed = printed[np.argsort(glyphs.origin_y[printed], kind="stable")]
    x, y = glyphs.x0[printed], glyphs.origin_y[printed]
    reach = _SAME_LINE * lone.size[level] + _ROUNDED
    firsts = np.searchsorted(y, lone.y[level] - reach).tolist()
    lasts = np.searchsorted(y, lone.y[level] + reach, side="right").tolist()
    for number, first, last in zip(level.tolist(), firsts, lasts, strict=True):
        size = lone.size[number]
        is_next = np.abs(y[first:last] - lone.y[number]) <= _SAME_LINE * size
        is_wide[number] = not (is_next & (np.abs(x[first:last] - lone.x[number]) <= _NO_ROOM * size)).any()
    return (
        lone
        if is_wide.all()
        else replace(lone, **{part.name: getattr(lone, part.name)[is_wide] for part in fields(lone)})
    )


def _with_wide_blanks(glyphs: Columns) -> Columns:
    """The characters, each blank reaching to the next one of its text: of several blanks PDFium keeps one."""
    if not glyphs.blanks.any():
        return glyphs
    ends, starts = glyphs.x1[:-1], glyphs.x0[1:]
    is_across = (glyphs.directions[:-1] == 0) & (glyphs.directions[1:] == 0)
    at = np.flatnonzero(glyphs.blanks[:-1] & is_across & (np.diff(glyphs.orders) == 0) & (starts > ends))
    values = glyphs.values.copy()
    values[_X1, at] = starts[at]
    return replace(glyphs, values=values)
