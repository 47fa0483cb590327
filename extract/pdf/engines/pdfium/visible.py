"""Text that a page paints and nobody sees: told by what paints it, and where that is not enough, by a picture.

Most pages have nothing that could hide a text, and are not looked at twice. Where something could (a layer, a clipping
path, a box or a picture painted later, a colour like the ground's), the page is drawn with and without the text in
question: what makes no difference is not seen.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.engines.pdfium.clips import Window, are_clipped_oddly, windows_around
from extract.pdf.engines.pdfium.looking import Question, empty_fonts, lie_on, look, numbers_in
from extract.pdf.engines.pdfium.loops import fill_rows, numbers_of
from extract.pdf.engines.pdfium.objects import Objects, matrices_of, moved
from extract.pdf.engines.pdfium.paths import Painted
from extract.pdf.engines.pdfium.text import PrintedText
from extract.pdf.model.glyph_array import Bools, Floats, Ints
from extract.pdf.model.raw_page import Fill, Ring
from extract.pdf.model.wide_strokes import area_of
from schemas.document import Box

_T = TypeVar("_T")

_LAYER = "OC".encode("utf-16-le")
"""Marks content that can be switched off (ISO 32000-2, 8.11.3)."""

_STROKED, _INVISIBLE, _ONLY_CLIPS = 1, 3, 7
"""Modes in which text is painted (ISO 32000-2, table 104)."""

_SCAN = 0.5
"""A page is a scan where pictures cover so much of it."""

_LEAST_SIZE = 1.0
"""Text of fewer points is not seen, nor meant to be."""

_NARROWEST = 0.05
"""Text set narrower than this share of its width is a line, if anything."""

_FAINT = 0.12
"""Colours whose lightness differs by less than this, of 1, are hard to tell apart."""

_THIN = 3.0
"""A box as thin as a rule, in points, covers no text."""

_OPAQUE = 250
_SLACK = 0.5
"""How far a text may reach over the border of what clips it, in points, without losing any of its ink."""

_AGAIN = 0.1
"""How far apart, in points, the middles of a text lie that is painted twice in one place."""

_OUTLINED = 1.0
"""How far, in points, one of them may reach beyond the other: that is the width of an outline."""

_AT_ONCE = 500_000
"""So many comparisons are made at once: a few megabytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Unseen:
    """The numbers of the characters that are not seen, by PDFium's count, and the objects of which none is.

    `recognised` are those of invisible text over a picture, and of text under one that shows something in their place:
    characters that were recognised in a scan. They are what the picture shows, and not among the unseen. `windows` are,
    by object, what clipping paths leave open of those that reach over them: left, upper, right and lower side on the
    displayed page, in points.
    """

    numbers: Ints
    objects: tuple[int, ...]
    recognised: Ints
    windows: Mapping[int, Window]


def find_unseen(
    page: Any, text: PrintedText, painted: Painted, size: tuple[float, float], *, has_layers: bool, has_masks: bool
) -> Unseen:
    """The characters of an open page that nobody sees. `size` is that of the page as it is displayed.

    `has_layers` says that the file has parts that can be switched off, `has_masks` that it paints through masks or
    mixes colours with their ground.
    """
    places = painted.texts.places_of(text.items)
    known = np.flatnonzero(places >= 0)
    if not len(known):
        return Unseen(np.empty(0, np.int64), (), np.empty(0, np.int64), {})
    placed = painted.texts.take(places[known])
    boxes = _bounds(placed)
    modes = numbers_of(call.render_mode, placed.items)
    alpha = text.opacity[known]
    stroked = np.flatnonzero(modes == _STROKED)
    if len(stroked):
        alpha[stroked] = call.colours_of(call.stroke_colour, placed.items[stroked]).opacity
    windows = windows_around(placed)
    is_clipped = _is_clipped(boxes, windows)
    is_inked = (modes != _INVISIBLE) & (modes != _ONLY_CLIPS)
    is_layer = ~is_inked & lie_on(boxes, painted.images)
    empty = empty_fonts(text)
    never = (~is_inked & ~is_layer) | (alpha == 0) | (text.size[known] < _LEAST_SIZE) | _is_beside(boxes, size)
    never |= _is_squeezed(placed)
    asked = (
        is_inked
        & ~never
        & (
            placed.are_veiled
            | (_may_be_off(placed) if has_layers else False)
            | (numbers_of(call.has_transparency, placed.items) != 0 if has_masks else False)
            | _is_like_ground(boxes, text.light[known], text.ranks[known], painted.fills)
            | _is_covered(boxes, text.ranks[known], painted)
            | is_clipped
            | are_clipped_oddly(placed)
            | np.isin(text.fonts[known], empty)
        )
    )
    again = _are_printed_again(text, painted, placed, boxes, never | asked) if (never | asked).any() else never
    never, asked = never & ~again, asked & ~again & np.isfinite(boxes).all(axis=0)  # what has no size has no place
    hidden = known[never]
    unseen = [numbers_in(text, number) for number in hidden.tolist()]
    whole = {*text.items[hidden].tolist()}
    layer = [numbers_in(text, number) for number in known[is_layer].tolist()]
    if asked.any():
        question = Question(text, known, asked, boxes, windows, painted.images, empty)
        for number, parts, shown in look(page, size, question):
            unseen.append(parts)
            if len(parts) == text.counts[number]:
                whole.add(int(text.items[number]))
            if len(shown) and _share_of(painted.images, size) >= _SCAN:
                layer.append(shown)
    every = np.concatenate(unseen) if unseen else np.empty(0, np.int64)
    recognised = np.concatenate(layer) if layer else np.empty(0, np.int64)
    open_parts = {
        int(text.items[known[number]]): (left, top, right, bottom)
        for number in np.flatnonzero(is_clipped).tolist()
        for left, top, right, bottom in [windows[:, number].tolist()]
    }
    return Unseen(np.sort(every), tuple(sorted(whole)), recognised, open_parts)


def _are_printed_again(text: PrintedText, painted: Painted, placed: Objects, boxes: Floats, asked: Bools) -> Bools:
    """Which of the objects asked for are painted a second time in the same place, with nothing over them then.

    Of two such PDFium tells the first alone.
    """
    found = np.zeros(len(placed), np.bool_)
    rest = painted.texts.take(~np.isin(painted.texts.items, text.items))
    modes = numbers_of(call.render_mode, rest.items)
    rest = rest.take((modes != _INVISIBLE) & (modes != _ONLY_CLIPS) & ~rest.are_veiled)
    if not len(rest):
        return found
    others = _bounds(rest)
    opaque = call.colours_of(call.fill_colour, rest.items).opacity > 0
    shown = opaque & ~_is_covered(others, rest.orders, painted)
    for number in np.flatnonzero(asked).tolist():
        further = others - boxes[:, [number]]
        moved_by = np.abs(further[:2] + further[2:]) / 2
        is_same = (moved_by <= _AGAIN).all(axis=0) & (np.abs(further) <= _OUTLINED).all(axis=0) & shown
        found[number] = bool(is_same.any())
    return found


def _may_be_off(placed: Objects) -> Bools:
    """Whether each object belongs to a part of the page that can be switched off, or to a form, which may."""
    in_form = placed.are_in_forms
    marked = np.flatnonzero(~in_form & (numbers_of(call.count_marks, placed.items) > 0))
    in_form[marked] = [_is_in_layer(item) for item in placed.items[marked].tolist()]
    return in_form


def _is_in_layer(item: int) -> bool:
    name, size = ctypes.create_string_buffer(16), ctypes.c_ulong()
    for number in range(call.count_marks(item)):
        mark = call.mark(item, number)
        if call.mark_name(mark, ctypes.addressof(name), 16, ctypes.addressof(size)) and name.raw[:4] == _LAYER:
            return True
    return False


def _bounds(placed: Objects) -> Floats:
    """The boxes around the ink of text objects on the displayed page: left, upper, right and lower sides in rows."""
    sides = np.zeros((len(placed), 4), np.float32)
    fill_rows(call.object_bounds, placed.items, sides, parts=4)
    left, bottom, right, top = sides.astype(np.float64).T
    return moved(placed.within, np.array([left, top, right, bottom]))


def _share_of(images: Sequence[Box], size: tuple[float, float]) -> float:
    """The share of a page that pictures cover."""
    area = size[0] * size[1]
    return sum(image.width * image.height for image in images) / area if area else 0.0


def _is_beside(boxes: Floats, size: tuple[float, float]) -> Bools:
    left, top, right, bottom = boxes
    is_beside: Bools = (right <= 0) | (bottom <= 0) | (left >= size[0]) | (top >= size[1])
    return is_beside


def _is_squeezed(placed: Objects) -> Bools:
    """Whether each text is set so narrow that nothing is left of its letters."""
    a, b, c, d, _, _ = matrices_of(placed).T
    is_squeezed: Bools = np.hypot(a, b) < _NARROWEST * np.hypot(c, d)
    return is_squeezed


def _is_like_ground(boxes: Floats, light: Floats, ranks: Ints, fills: Sequence[Fill]) -> Bools:
    """Whether each text is nearly as light as what lies under its middle: the last box painted there before, or paper.

    Of a colour that is not known nothing is said.
    """
    x, y = (boxes[0] + boxes[2]) / 2, (boxes[1] + boxes[3]) / 2
    ground = np.ones(len(x))
    thick = [fill for fill in fills if min(fill.x1 - fill.x0, fill.bottom - fill.top) > _THIN]
    for part in _parts(thick, len(x)):
        x0, top, x1, bottom, order = _columns([(fill.x0, fill.top, fill.x1, fill.bottom, fill.order) for fill in part])
        lies_under = (x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom) & (order < ranks)
        tones = np.array([np.nan if fill.lightness is None else fill.lightness for fill in part])
        last = len(part) - 1 - lies_under[::-1].argmax(axis=0)
        ground = np.where(lies_under.any(axis=0), tones[last], ground)
    is_like: Bools = np.abs(ground - light) < _FAINT
    return is_like


def _is_covered(boxes: Floats, ranks: Ints, painted: Painted) -> Bools:
    """Whether an area or a picture was painted over some of each text later."""
    areas: tuple[Fill | Ring, ...] = (*painted.fills, *painted.shapes)
    covers = [
        (area.x0, area.top, area.x1, area.bottom, area.order)
        for area in areas
        if min(area.x1 - area.x0, area.bottom - area.top) > _THIN
    ]
    covers += [
        (image.x0, image.top, image.x1, image.bottom, order)
        for image, order in zip(painted.images, painted.image_orders, strict=True)
    ]
    covers += [
        (area.x0, area.top, area.x1, area.bottom, area.order)
        for area in map(area_of, (line for line in painted.strokes if line.width > _THIN))
        if area is not None
    ]
    is_covered = np.zeros(len(ranks), np.bool_)
    first = ranks.min(initial=0)
    left, top, right, bottom = boxes
    for part in _parts([cover for cover in covers if cover[-1] > first], len(ranks)):
        x0, upper, x1, lower, order = _columns(part)
        is_over = (
            (order > ranks)
            & (np.minimum(right, x1) - np.maximum(left, x0) > _SLACK)
            & (np.minimum(bottom, lower) - np.maximum(top, upper) > _SLACK)
        )
        is_covered |= is_over.any(axis=0)
    return is_covered


def _parts(every: Sequence[_T], beside: int) -> Iterator[Sequence[_T]]:
    """Some things in their order, as many at a time as can be held against so many others at once."""
    step = max(1, _AT_ONCE // max(beside, 1))
    return (every[start : start + step] for start in range(0, len(every), step))


def _columns(rows: Sequence[tuple[float, ...]]) -> Floats:
    """The numbers of rows by column, each a column of its own: to be held against a row of others."""
    return np.array(rows, np.float64).T[:, :, np.newaxis]


def _is_clipped(boxes: Floats, windows: Floats) -> Bools:
    """Whether a clipping path ends within the box of each text."""
    left, upper, right, lower = boxes
    x0, top, x1, bottom = windows
    is_clipped: Bools = (
        (left < x0 - _SLACK) | (right > x1 + _SLACK) | (upper < top - _SLACK) | (lower > bottom + _SLACK)
    )
    return is_clipped
