"""Vertical writing that a program painted character by character, each upright: told by where the characters stand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import pairwise

from extract.pdf.reader import Glyph

_SAME_COLUMN = 0.25
_PITCH = (0.6, 1.4)
"""How far apart, in font sizes, the characters of a column follow each other."""

_LEAST = 3
"""A column of fewer characters may be anything."""


def with_vertical(glyphs: Sequence[Glyph], place_of: Callable[[Glyph], Hashable]) -> Iterator[Glyph]:
    """The characters, those that are painted one below the other turned into text that runs down.

    `place_of` tells the cell of a character: values below each other in different cells are no column.

    >>> column = [Glyph(text, 10, y, 20, y + 10, 10, y + 9, 10, "F") for y, text in zip((0, 11, 22), "取組名")]
    >>> [glyph.direction for glyph in with_vertical(column, lambda glyph: 0)]
    [90, 90, 90]
    """
    start = 0
    for number in range(1, len(glyphs) + 1):
        if number < len(glyphs) and _goes_down(glyphs[number - 1], glyphs[number], place_of):
            continue
        if number - start >= _LEAST:
            yield from _turned(glyphs[start:number])
        else:
            yield from glyphs[start:number]
        start = number


def _goes_down(before: Glyph, after: Glyph, place_of: Callable[[Glyph], Hashable]) -> bool:
    size = before.size
    # Most characters stand beside the one before, so this is asked first.
    if after.top - before.top < _PITCH[0] * size:
        return False
    if before.direction != 0 or after.direction != 0 or abs(size - after.size) > 0.05 * size:
        return False
    shift = abs((before.x0 + before.x1) - (after.x0 + after.x1)) / 2
    pitch = (after.top - before.top) / size
    return shift <= _SAME_COLUMN * size and _PITCH[0] <= pitch <= _PITCH[1] and place_of(before) == place_of(after)


def _turned(column: Sequence[Glyph]) -> Iterator[Glyph]:
    """A column as text that runs down; of letters, and set as evenly as text is."""
    letters = [glyph for glyph in column if not glyph.text.isspace()]
    pitches = [after.top - before.top for before, after in pairwise(letters)]
    is_text = sum(is_japanese_letter(glyph.text) for glyph in letters) * 2 > len(letters)
    if len(letters) >= _LEAST and is_text and max(pitches) - min(pitches) <= 0.5 * letters[0].size:
        yield from (glyph._replace(direction=90) for glyph in column)
    else:
        yield from column


def is_japanese_letter(text: str) -> bool:
    """Whether a character is a kanji (also one that its font calls a radical), a kana or the like, and no mark.

    >>> [is_japanese_letter(text) for text in "市のー⽇○A3"]
    [True, True, True, True, False, False, False]
    """
    return all(
        "\u3005" <= character <= "\u3007" or ("\u3041" <= character <= "\u30ff" and character != "・")
        or "\u3400" <= character <= "\u9fff" or "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
        for character in text
    )  # fmt: skip
