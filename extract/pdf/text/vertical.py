"""Vertical writing that a program painted character by character, each upright: told by where the characters stand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from unicodedata import category

import numpy as np

from extract.pdf.model.glyph_array import Bools, Columns, Ints
from extract.pdf.text.settings import LINES

_SAME_COLUMN = 0.25
_PITCH = (0.6, 1.47)
"""How far apart, in font sizes, the characters of a column follow each other. Neither is a usual leading, as 1.4 and
1.5 are: of lines exactly that far apart, rounding would part some from the others."""

_LEAST_TURNED = 0.2
"""The least of it where one of both lies on its side, as digits may: its width is its room."""

_LEAST = 3
"""A column of fewer characters may be anything."""


def with_vertical(glyphs: Columns, places: Ints) -> Columns:
    """The characters, those that are painted one below the other turned into text that runs down.

    `places` tells the cell of each character: values below each other in different cells are no column.

    >>> from extract.pdf.model.glyph_array import to_columns
    >>> from extract.pdf.model.raw_page import Glyph
    >>> column = [Glyph(text, 10, y, 20, y + 10, 10, y + 9, 10, "F") for y, text in zip((0, 11, 22), "取組名")]
    >>> with_vertical(to_columns(column), np.zeros(3, int)).directions.tolist()
    [90, 90, 90]
    >>> column = [Glyph(text, 10, y, 20, y + 10, 10, y + 9, 10, "F") for y, text in zip((0, 11, 22, 33), "番号Ａ２")]
    >>> with_vertical(to_columns(column), np.zeros(4, int)).directions.tolist()
    [90, 90, 90, 90]
    """
    below = np.flatnonzero(_goes_down(glyphs, places))
    if not len(below):
        return glyphs
    directions = glyphs.directions.copy()
    for part in np.split(below, np.flatnonzero(np.diff(below) > 1) + 1):
        column = slice(int(part[0]), int(part[-1]) + 2)
        if _is_text(glyphs[column]):
            directions[column] = 90
    return replace(glyphs, directions=directions)


def _goes_down(glyphs: Columns, places: Ints) -> Bools:
    """For each character but the last, whether the next one stands below it."""
    sizes, middles = glyphs.sizes, glyphs.x0 + glyphs.x1
    pitch = np.diff(glyphs.top)
    is_upright, is_turned = glyphs.directions == 0, glyphs.directions == 90
    is_one_turned = is_turned[:-1] | is_turned[1:]
    goes_down: Bools = (
        (pitch >= np.where(is_one_turned, _LEAST_TURNED, _PITCH[0]) * sizes[:-1])
        & (pitch <= _PITCH[1] * sizes[:-1])
        & (is_upright[:-1] | is_turned[:-1])
        & (is_upright[1:] | is_turned[1:])
        & (np.abs(np.diff(sizes)) <= LINES.same_size * sizes[:-1])
        & (np.abs(np.diff(middles)) / 2 <= _SAME_COLUMN * sizes[:-1])
        & (places[:-1] == places[1:])
    )
    return goes_down


def _is_text(column: Columns) -> bool:
    """Whether a column is text that runs down: long enough, of letters, and set as evenly as text is."""
    letters = [glyph for glyph in column if not glyph.text.isspace()]
    if len(letters) < _LEAST:
        return False
    if all(glyph.direction for glyph in letters):
        return False
    brackets = [bool(glyph.direction) or category(glyph.text[0]) in ("Ps", "Pe") for glyph in letters]
    pitches = [
        after.top - before.top
        for (before, after), beside in zip(pairwise(letters), pairwise(brackets), strict=True)
        if not any(beside)  # a bracket, and a digit on its side, take half the room of a letter
    ]
    japanese = sum(is_japanese_letter(glyph.text) for glyph in letters)
    wide = sum("０" <= glyph.text <= "９" or "Ａ" <= glyph.text <= "Ｚ" for glyph in letters)  # 号Ａ２０７の注
    is_japanese = japanese > 1 and 2 * japanese > len(letters) - wide - sum(brackets)
    return is_japanese and max(pitches, default=0.0) - min(pitches, default=0.0) <= 0.5 * letters[0].size


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
