"""Marks of notes: small raised digits behind a text, told from the digits of a number by size and baseline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from extract.note_mark import NOTE_MARK, SUPERSCRIPTS
from extract.pdf.model.glyph_array import Columns, Ints
from extract.pdf.text.runs import course_of, glyphs_to_runs

_SMALL: Final = 0.82
"""A note mark is at most this part of the size of the text that it stands at."""

_RAISED: Final = (0.12, 0.8)
"""How far above the baseline of its text a mark stands, in sizes of the text."""

_NEAR: Final = 0.6
"""How far behind its text a mark begins at most, in sizes of the text."""

_LONGEST: Final = 12
"""Marks have fewer characters."""


def with_note_marks(glyphs: Columns) -> Columns:
    """The characters, raised small digits as the characters of their own that Unicode has for them (135¹).

    >>> from extract.pdf.model.glyph_array import to_columns
    >>> from extract.pdf.model.raw_page import Glyph
    >>> number = [Glyph(c, x, 0, x + 5, 10, x, 9, 10, "F") for x, c in zip((0, 5, 10), "135")]
    >>> with_note_marks(to_columns([*number, Glyph("1", 15, 0, 18, 6, 15, 5, 6, "F")])).text
    '135¹'
    """
    printed = np.flatnonzero(~glyphs.blanks)
    if len(printed) < 2 or glyphs.sizes[printed].min() > _SMALL * glyphs.sizes[printed].max():
        return glyphs
    marks = [*_behind_their_texts(glyphs, printed), *_painted_apart(glyphs)]
    if not marks:
        return glyphs
    texts = list(glyphs.texts)
    for number in marks:
        texts[number] = texts[number].translate(SUPERSCRIPTS)
    return replace(glyphs, texts=texts)


def _behind_their_texts(glyphs: Columns, printed: Ints) -> Iterator[int]:
    """Marks that were painted right after the text that they stand at."""
    starts, ends, levels = course_of(glyphs)
    sizes, directions = glyphs.sizes, glyphs.directions
    bases, firsts = printed[:-1], printed[1:]
    raised, size = levels[bases] - levels[firsts], sizes[bases]
    gaps = starts[firsts] - ends[bases]
    begins = (
        (sizes[firsts] <= _SMALL * size)
        & (raised >= _RAISED[0] * size)
        & (raised <= _RAISED[1] * size)
        & (gaps >= -0.3 * size)
        & (gaps <= _NEAR * size)
        & (directions[firsts] == directions[bases])
    )
    for place in np.flatnonzero(begins).tolist():
        mark = [int(firsts[place])]
        for number in firsts[place + 1 : place + _LONGEST].tolist():
            last = mark[-1]
            is_next = abs(levels[number] - levels[last]) <= 0.1 * sizes[last] and sizes[number] <= 1.1 * sizes[last]
            if not is_next or not -0.3 * sizes[last] <= starts[number] - ends[last] <= _NEAR * sizes[last]:
                break
            mark.append(number)
        yield from _if_mark(glyphs, mark)


def _if_mark(glyphs: Columns, numbers: list[int]) -> list[int]:
    """Raised characters that are the mark of a note; words in small print beside a large one are not."""
    return numbers if NOTE_MARK.fullmatch("".join(glyphs.texts[number] for number in numbers)) else []


def _painted_apart(glyphs: Columns) -> Iterator[int]:
    """Marks that were painted by themselves, before or after the text that they stand at."""
    runs = glyphs_to_runs(glyphs)
    numbers = np.array([(run.size, run.direction, run.level, run.end) for run in runs])
    sizes, directions, levels, ends = numbers.T
    for run in runs:
        if NOTE_MARK.fullmatch(run.text.strip()):
            raised, gaps = levels - run.level, run.start - ends
            is_base = (
                (run.size <= _SMALL * sizes)
                & (directions == run.direction)
                & (raised >= _RAISED[0] * sizes)
                & (raised <= _RAISED[1] * sizes)
                & (gaps >= -0.3 * sizes)
                & (gaps <= _NEAR * sizes)
            )
            if is_base.any():
                yield from range(run.first, run.stop)
