"""Boxes and rings to tick that are drawn before options (□拡充 ■継続), as the characters that look like them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

import numpy as np

from extract.pdf.model.glyph_array import Columns, to_columns
from extract.pdf.model.raw_page import Glyph, RawPage
from extract.pdf.page.outlines import outlines
from extract.pdf.page.rings import apart, frames_of
from schemas.document import Box

_SIDE = (0.45, 1.3)
"""How long the sides of a box are, in font sizes of the option behind it."""

_SQUARE = 0.25
"""The sides of a box differ by this share at most."""

_OVER = 0.1
"""By how much, in font sizes, a box may reach into the option behind it."""

_NEAR = 0.8
"""The option begins no further behind its box than this, in font sizes."""

_LEVEL = 0.5
"""The middle of a box lies no further off the middle of its option than this, in font sizes."""

_DARK = 0.4
"""A box that is filled as a mark is darker than this, of 1."""

_MIDDLE = 0.38
"""How far above the baseline the middle of a line lies, in font sizes."""

_MOST = 1_000
"""So many boxes of a page are looked at: each is held against all others."""

_ONE_LINE = 1.0
"""Boxes no further apart than this, in points, stand on one line or below each other."""

_BELOW = 2.5
"""Options below each other stand no further apart than this, in font sizes."""

_OPEN, _FILLED, _RING = "□■○"
_TICKED = {_OPEN: "☑", _RING: "●"}
"""What a box or ring looks like with a mark in it."""


class _Tick(NamedTuple):
    """A box, what it looks like, the first character of its option, and the places of its lines in the order of
    painting."""

    box: Box
    look: str
    option: int
    order: int


def with_drawn_boxes(raw: RawPage) -> RawPage:
    """The page with characters in place of the boxes that are drawn before options on one line, or below each other.

    One of them at least is drawn as lines and not filled: squares in colours before words are a legend.
    """
    glyphs = to_columns(raw.glyphs)
    found = [*islice(_ticks(raw, glyphs), _MOST)] if len(glyphs) else []
    rows = [[other for other in found if _are_of_one_choice(tick, other, glyphs)] for tick in found]
    ticks = [
        tick
        for tick, row in zip(found, rows, strict=True)
        if len(row) > 1 and any(other.look != _FILLED for other in row)
    ]
    if not ticks:
        return raw
    gone = {tick.order for tick in ticks}
    every = [*glyphs]
    marks = [_glyph(tick, every[tick.option]) for tick in ticks]
    placed = {tick.option: mark for tick, mark in zip(ticks, marks, strict=True)}
    printed = [part for at, glyph in enumerate(every) for part in ((placed[at], glyph) if at in placed else (glyph,))]
    return replace(
        raw,
        glyphs=to_columns(printed),
        strokes=tuple(line for line in raw.strokes if line.order not in gone),
        fills=tuple(fill for fill in raw.fills if fill.order not in gone),
        rings=tuple(ring for ring in raw.rings if ring.order not in gone),
    )


def _are_of_one_choice(one: _Tick, other: _Tick, glyphs: Columns) -> bool:
    """Whether two boxes stand on one line, or right below each other, and are alike."""
    size = float(glyphs.sizes[one.option])
    if abs(one.box.width - other.box.width) > _SQUARE * size:
        return False
    down = abs(float(glyphs.origin_y[one.option] - glyphs.origin_y[other.option]))
    return down < _ONE_LINE or (abs(one.box.x0 - other.box.x0) < _ONE_LINE and down <= _BELOW * size)


def _ticks(raw: RawPage, glyphs: Columns) -> Iterator[_Tick]:
    marks = [*outlines(raw), *raw.shapes]
    boxes = [(Box(*ring[:4]), _RING, ring.order) for ring in raw.rings]
    boxes += [(Box(*frame[:4]), _OPEN, frame.order) for frame in apart([*frames_of(raw.strokes)])]
    boxes += [
        (Box(*fill[:4]), _FILLED, fill.order)
        for fill in raw.fills
        if fill.lightness is not None and fill.lightness < _DARK
    ]
    printed = np.flatnonzero(~glyphs.blanks & (glyphs.directions == 0))
    if not boxes or not len(printed):
        return
    x0, sizes = glyphs.x0[printed], glyphs.sizes[printed]
    x, y = (part[printed] for part in glyphs.middles)
    middles = glyphs.origin_y[printed] - _MIDDLE * sizes
    for box, look, order in boxes:
        is_square = abs(box.width - box.height) <= _SQUARE * max(box.width, box.height)
        if not is_square or not _SIDE[0] * sizes.min() <= box.width <= _SIDE[1] * sizes.max():
            continue
        if ((box.x0 < x) & (x < box.x1) & (box.top < y) & (y < box.bottom)).any():
            continue
        behind = x0 - box.x1
        is_option = (behind >= -_OVER * sizes) & (behind <= _NEAR * sizes)
        is_option &= np.abs(middles - (box.top + box.bottom) / 2) <= _LEVEL * sizes
        is_option &= (box.width >= _SIDE[0] * sizes) & (box.width <= _SIDE[1] * sizes)
        if is_option.any():
            option = int(printed[np.flatnonzero(is_option)[np.argmin(behind[is_option])]])
            is_ticked = look in _TICKED and any(_lies_in(mark, box) for mark in marks)
            yield _Tick(box, _TICKED[look] if is_ticked else look, option, order)


def _lies_in(mark: Box, box: Box) -> bool:
    """Whether the middle of a mark, and not the whole of the box itself, lies in a box."""
    x, y = (mark.x0 + mark.x1) / 2, (mark.top + mark.bottom) / 2
    sides = zip((mark.x0, mark.top, mark.x1, mark.bottom), (box.x0, box.top, box.x1, box.bottom), strict=True)
    is_itself = all(abs(one - other) < _ONE_LINE / 2 for one, other in sides)
    return box.x0 < x < box.x1 and box.top < y < box.bottom and not is_itself


def _glyph(tick: _Tick, option: Glyph) -> Glyph:
    return option._replace(
        text=tick.look, x0=tick.box.x0, x1=min(tick.box.x1, option.x0), origin_x=tick.box.x0, order=option.order
    )
