"""Which painted characters count: twins of fake bold go, and what nobody can read is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import attrgetter

from extract.pdf.reader import UNMAPPED, Glyph

_TWIN_SHIFT = 0.14
"""How far, in parts of the font size, fake bold moves its second print. Spacing of real doubles is 0.22 and more."""


_TOP_AND_LEFT = attrgetter("top", "x0")


def without_twins(glyphs: Iterable[Glyph]) -> tuple[Glyph, ...]:
    """Leave out what was printed a second time, slightly moved, to look bold.

    The two prints are the same character of the same size, moved by less than a seventh of it and by less than half of
    the character's width, so that a real double (`ii`, `ーー`) is never taken for one.

    >>> first = Glyph("評", 10, 10, 20, 20, 10, 19, 10, "F")
    >>> twin = Glyph("評", 10.3, 10, 20.3, 20, 10.3, 19, 10, "F")
    >>> real = Glyph("評", 20, 10, 30, 20, 20, 19, 10, "F")
    >>> len(without_twins([first, twin, real]))
    2
    """
    every = tuple(glyphs)
    return tuple(_first_prints(every)) if _may_have_twins(every) else every


def _may_have_twins(glyphs: Iterable[Glyph]) -> bool:
    """Whether two of the same character lie so close that they may be twins. Few pages have any; it is soon told."""
    same: dict[str, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        same[glyph.text].append(glyph)
    for group in same.values():
        if len(group) > 1:
            group.sort(key=_TOP_AND_LEFT)
            for number, glyph in enumerate(group):
                reach = _TWIN_SHIFT * glyph.size * 1.1
                for other in islice(group, number + 1, None):
                    if other.top - glyph.top > reach:
                        break
                    if abs(other.x0 - glyph.x0) <= reach and not glyph.text.isspace():
                        return True
    return False


def _first_prints(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    seen: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if glyph.text.isspace():
            yield glyph
            continue
        column, row = int(glyph.x0 // 4), int(glyph.top // 4)
        near = (
            other
            for right in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in seen.get((glyph.text, column + right, row + down), ())
        )
        if not any(_is_twin(glyph, other) for other in near):
            seen[(glyph.text, column, row)].append(glyph)
            yield glyph


def _is_twin(one: Glyph, other: Glyph) -> bool:
    if one.direction != other.direction or abs(one.size - other.size) > 0.05 * one.size:
        return False
    limit = min(_TWIN_SHIFT * one.size, 0.45 * (one.x1 - one.x0), 0.45 * (one.bottom - one.top))
    return abs(one.x0 - other.x0) <= limit and abs(one.top - other.top) <= limit


def is_unmapped(glyph: Glyph) -> bool:
    """Whether nobody can say which character this is: no map, or a code of private use.

    >>> [is_unmapped(Glyph(text, 0, 0, 1, 1, 0, 1, 1, "F")) for text in ("市", chr(0xE000), UNMAPPED)]
    [False, True, True]
    """
    return any(
        character == UNMAPPED or "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"
        for character in glyph.text
    )
