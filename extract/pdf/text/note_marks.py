"""Marks of notes: small raised digits behind a text, told from the digits of a number by size and baseline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from extract.note_mark import NOTE_MARK, SUPERSCRIPTS
from extract.pdf.model.glyph_array import Bools, Columns, Floats, Ints
from extract.pdf.text.runs import course_of, glyphs_to_pieces
from extract.pdf.text.settings import LINES
from schemas.codes.signs import leading

_SMALL: Final = 0.86
"""A note mark is at most this part of the size of the text that it stands at."""

_RAISED: Final = (0.12, 0.8)
"""How far above the baseline of its text a mark stands, in sizes of the text."""

_LOWERED: Final = (0.05, 0.4)
"""How far below it a mark stands that is lowered. Behind letters that is an index (CO₂), and none of a note."""

_NEAR: Final = 0.6
"""How far behind its text a mark begins at most, in sizes of the text."""

_LETTER: Final = re.compile(r"[(（]?[a-e][)）]?")
"""A raised letter behind anything but a Latin letter is the mark of a note too."""

_LONGEST: Final = 12
"""Marks have fewer characters."""

_OF_MARKS: Final = frozenset(f"0123456789abcde注†‡{leading('note')}")
"""Each mark has one of these characters."""

_DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
_LEVEL: Final = 5
"""The row of a glyph's values that says where its baseline lies."""


def with_note_marks(glyphs: Columns) -> Columns:
    """The characters, raised small digits as the characters of their own that Unicode has for them (135¹), on the line
    that they belong to.

    >>> from extract.pdf.model.glyph_array import to_columns
    >>> from extract.pdf.model.raw_page import Glyph
    >>> number = [Glyph(c, x, 0, x + 5, 10, x, 9, 10, "F") for x, c in zip((0, 5, 10), "135")]
    >>> with_note_marks(to_columns([*number, Glyph("1", 15, 0, 18, 6, 15, 5, 6, "F")])).text
    '135¹'
    """
    printed = np.flatnonzero(~glyphs.blanks)
    if len(printed) < 2 or glyphs.sizes[printed].min() > _SMALL * glyphs.sizes[printed].max():
        return glyphs
    marks = dict((*_behind_their_texts(glyphs, printed), *_painted_apart(glyphs)))
    if not marks:
        return glyphs
    texts, values = list(glyphs.texts), glyphs.values.copy()
    for number, base in marks.items():
        texts[number] = texts[number].translate(SUPERSCRIPTS)
        if glyphs.directions[number] == 0:
            values[_LEVEL, number] = values[_LEVEL, base]
    return replace(glyphs, texts=texts, values=values)


def _behind_their_texts(glyphs: Columns, printed: Ints) -> Iterator[tuple[int, int]]:
    """Marks that were painted right after the text that they stand at, and its last character."""
    starts, ends, levels = course_of(glyphs)
    sizes, directions = glyphs.sizes, glyphs.directions
    bases, firsts = printed[:-1], printed[1:]
    raised, size = levels[bases] - levels[firsts], sizes[bases]
    gaps = starts[firsts] - ends[bases]
    begins = (
        (sizes[firsts] <= _SMALL * size)
        & (_is_between(raised, _RAISED, size) | _is_between(-raised, _LOWERED, size))
        & (gaps >= -LINES.overlapping * size)
        & (gaps <= _NEAR * size)
        & (directions[firsts] == directions[bases])
    )
    for place in np.flatnonzero(begins).tolist():
        mark = [int(firsts[place])]
        for number in firsts[place + 1 : place + _LONGEST].tolist():
            last = mark[-1]
            is_next = (
                abs(levels[number] - levels[last]) <= LINES.mark_level * sizes[last]
                and sizes[number] <= LINES.mark_grows * sizes[last]
            )
            if (
                not is_next
                or not -LINES.overlapping * sizes[last] <= starts[number] - ends[last] <= _NEAR * sizes[last]
            ):
                break
            mark.append(number)
        base = int(bases[place])
        text = "".join(glyphs.texts[number] for number in mark)
        if _is_mark(text, glyphs.texts[base], is_raised=bool(raised[place] > 0)):
            yield from ((number, base) for number in mark)


def _is_between(distances: Floats, limits: tuple[float, float], sizes: Floats) -> Bools:
    is_between: Bools = (distances >= limits[0] * sizes) & (distances <= limits[1] * sizes)
    return is_between


def _is_mark(text: str, base: str, *, is_raised: bool) -> bool:
    """Whether raised or lowered characters are the mark of a note; words in small print beside a large one are not."""
    is_of_number = base in _DIGITS
    if not is_raised:
        return is_of_number and bool(NOTE_MARK.fullmatch(text))
    return bool(NOTE_MARK.fullmatch(text)) or (
        not (base.isascii() and base.isalpha()) and bool(_LETTER.fullmatch(text))
    )


def _painted_apart(glyphs: Columns) -> Iterator[tuple[int, int]]:
    """Marks that were painted by themselves, before or after the text that they stand at, and its last character."""
    if not _may_have_marks(glyphs):
        return
    pieces = glyphs_to_pieces(glyphs)
    sizes, directions, levels, ends = pieces.sizes, pieces.directions, pieces.levels, pieces.ends
    for number in np.flatnonzero(sizes <= _SMALL * sizes.max()).tolist():
        first, stop = int(pieces.firsts[number]), int(pieces.stops[number])
        text = "".join(glyphs.texts[first:stop]).strip()
        if NOTE_MARK.fullmatch(text) or _LETTER.fullmatch(text):
            raised, gaps = levels - levels[number], pieces.starts[number] - ends
            is_base = (
                (sizes[number] <= _SMALL * sizes)
                & (directions == directions[number])
                & (_is_between(raised, _RAISED, sizes) | _is_between(-raised, _LOWERED, sizes))
                & (gaps >= -LINES.overlapping * sizes)
                & (gaps <= _NEAR * sizes)
            )
            for place in np.flatnonzero(is_base & pieces.inked).tolist():
                begin, end = int(pieces.firsts[place]), int(pieces.stops[place])
                base = begin + int(np.flatnonzero(~glyphs.blanks[begin:end])[-1])
                if _is_mark(text, glyphs.texts[base], is_raised=bool(raised[place] > 0)):
                    yield from ((mark, base) for mark in range(first, stop))
                    break


def _may_have_marks(glyphs: Columns) -> bool:
    """Whether some character of marks is so much smaller than the largest character of the page as marks are."""
    is_small = ~glyphs.blanks & (glyphs.sizes <= _SMALL * glyphs.sizes.max())
    return any(not _OF_MARKS.isdisjoint(glyphs.texts[number]) for number in np.flatnonzero(is_small).tolist())
