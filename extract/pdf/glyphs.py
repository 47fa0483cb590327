"""Which painted characters count: twins of fake bold go, and what nobody can read is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from extract.pdf.reader import UNMAPPED, Glyph

_TWIN_SHIFT = 0.14
"""How far, in parts of the font size, fake bold moves its second print. Spacing of real doubles is 0.22 and more."""


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
    return tuple(_first_prints(glyphs))


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
