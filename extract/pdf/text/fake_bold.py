"""Fake bold: what is printed a second time, slightly moved, is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from extract.pdf.model.glyph_array import Columns, Ints, to_columns
from extract.pdf.model.raw_page import Glyph
from extract.pdf.text.runs import glyphs_to_pieces
from extract.pdf.text.settings import LINES, TWINS

_TWIN_SHIFT = 0.14
"""How far, in parts of the font size, fake bold moves its second print. Spacing of real doubles is 0.22 and more."""


_COPY = 0.45
"""How far, in font sizes, a text of several characters lies at most from its second print."""

_FINENESS = 16
"""Parts of a point by which characters are put in order from left to right: whole numbers are sorted sooner."""


def without_twins(glyphs: Iterable[Glyph]) -> Columns:
    """Leave out what was printed a second time, slightly moved, to look bold.

    The two prints are the same character of the same size, moved by less than a seventh of it and by less than half of
    the character's width, so that a real double (`ii`, `ーー`) is never taken for one.

    >>> first = Glyph("評", 10, 10, 20, 20, 10, 19, 10, "F")
    >>> twin = Glyph("評", 10.3, 10, 20.3, 20, 10.3, 19, 10, "F")
    >>> real = Glyph("評", 20, 10, 30, 20, 20, 19, 10, "F")
    >>> len(without_twins([first, twin, real]))
    2
    """
    every = to_columns(glyphs)
    near = _near_doubles(every)
    seconds = set(_second_prints(every, near.tolist())) if near.size else set[int]()
    seconds.update(_copies(every))
    return every.take([number for number in range(len(every)) if number not in seconds]) if seconds else every


def _copies(glyphs: Columns) -> Iterator[int]:
    """The characters of texts that are printed a second time so near that both prints lie over each other: a shadow, or
    a print that slipped. A single character tells nothing."""
    if not len(glyphs):
        return
    pieces = glyphs_to_pieces(glyphs)
    stops = pieces.stops
    long = np.flatnonzero((stops - pieces.firsts > 1) & pieces.inked)
    left, top, right = pieces.sides[:3, long]
    order = np.lexsort((left, np.round(top)))
    found: dict[str, list[int]] = {}
    for at in order.tolist():
        number = int(long[at])
        text = "".join(glyphs.texts[int(pieces.firsts[number]) : int(stops[number])])
        near = _COPY * float(pieces.sizes[number])
        for other in found.get(text, ()):
            if abs(left[other] - left[at]) <= near and abs(top[other] - top[at]) <= near and right[other] > left[at]:
                later = max(number, int(long[other]))
                yield from range(int(pieces.firsts[later]), int(stops[later]))
                break
        else:
            found.setdefault(text, []).append(at)


def _near_doubles(glyphs: Columns) -> Ints:
    """The characters that have the same one so near that it may be a twin: few pages have any, and it is soon told.

    Of points no further apart than half the height of a strip, both lie in one strip of the page, or of the page moved
    by half a strip. There the same characters are put in order from left to right, and neighbours compared. Where no
    two characters of any kind are near, no two of one kind are.
    """
    reach = TWINS.reach * _TWIN_SHIFT * max(glyphs.sizes.max(initial=0.0), 1.0)
    x = (_FINENESS * glyphs.x0).astype(np.int64)
    halves = np.floor(np.array([[0.0], [0.5]]) + glyphs.top / (2 * reach)).astype(np.int64) << 24
    if (np.diff(np.sort(halves + x)) > _FINENESS * reach + 1).all():
        return np.empty(0, np.int64)
    numbers: dict[str, int] = {}
    kinds = np.array([numbers.setdefault(text, len(numbers)) for text in glyphs.texts], np.int64) << 44
    found = np.zeros(len(glyphs), np.bool_)
    for half in halves:
        strips = kinds + half
        order = np.argsort(strips + x)
        near = (np.diff(strips[order]) == 0) & (np.diff(glyphs.x0[order]) <= reach)
        found[order[1:][near]] = True
        found[order[:-1][near]] = True
    return np.flatnonzero(found)


def _second_prints(glyphs: Columns, candidates: Iterable[int]) -> Iterator[int]:
    seen: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    for number in candidates:
        glyph = glyphs[number]
        if glyph.text.isspace():
            continue
        column, row = int(glyph.x0 // 4), int(glyph.top // 4)
        near = (
            other
            for right in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in seen.get((glyph.text, column + right, row + down), ())
        )
        if any(_is_twin(glyph, other) for other in near):
            yield number
        else:
            seen[glyph.text, column, row].append(glyph)


def _is_twin(one: Glyph, other: Glyph) -> bool:
    if one.direction != other.direction or abs(one.size - other.size) > LINES.same_size * one.size:
        return False
    limit = min(_TWIN_SHIFT * one.size, TWINS.of_box * (one.x1 - one.x0), TWINS.of_box * (one.bottom - one.top))
    return abs(one.x0 - other.x0) <= limit and abs(one.top - other.top) <= limit
