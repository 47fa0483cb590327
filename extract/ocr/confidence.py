"""A page as it was read, asked for pieces of print: how sure they are, and what else they may say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

import numpy as np

from extract.ocr.doubt import Reading
from extract.ocr.page_reader import ReadPage
from extract.pdf.model.glyph_array import Floats, to_columns
from extract.pdf.model.raw_page import UNMAPPED
from schemas.document import Fragment

_CERTAIN = 3
"""Decimals of a confidence: more would tell one processor from another."""

_AROUND = 3
"""So many letters on both sides of an unsure one are shown."""

_SHOWN = 3
"""So many places of one piece of print are shown."""


class TwoReadings(NamedTuple):
    """A text as it was read, and as it may be read too."""

    read: str
    other: str


@dataclass(frozen=True)
class SeenPage:
    """A page that was read from its picture."""

    read: ReadPage

    @cached_property
    def _middles(self) -> Floats:
        return to_columns(self.read.raw.glyphs).middles

    def readings_of(self, fragment: Fragment) -> tuple[Reading, ...]:
        """How the letters in a piece of print were read, in the order of the page's lines."""
        if fragment.box is None or not fragment.text.strip():
            return ()
        (xs, ys), box = self._middles, fragment.box
        inside = (box.x0 <= xs) & (xs <= box.x1) & (box.top <= ys) & (ys <= box.bottom)
        return tuple(self.read.readings[number] for number in np.flatnonzero(inside).tolist())

    def with_confidence(self, fragment: Fragment) -> Fragment:
        """A piece of print with the confidence of its least sure letter; an empty one as it is."""
        if fragment.box is None or not fragment.text.strip():
            return fragment
        sures = [reading.letter.sure for reading in self.readings_of(fragment)]
        return replace(fragment, confidence=round(min(sures), _CERTAIN) if sures else 0.0)


def open_numbers(readings: Sequence[Reading]) -> Iterator[TwoReadings]:
    """The numbers that are left open, as they were read and as they may be read too."""
    for is_open, group in groupby(readings, key=lambda reading: reading.letter.text == UNMAPPED):
        if is_open:
            yield _both([*group])


def unsure_words(readings: Sequence[Reading]) -> TwoReadings | None:
    """The words around letters that are not sure, as they were read and as they may be read too.

    >>> from extract.ocr.readings import Letter
    >>> pairs = [("離", "継"), ("続", "続"), ("す", "す"), ("る", "る")]
    >>> unsure_words([Reading(Letter(read, 0.5, 0.7), read, other) for read, other in pairs])
    TwoReadings(read='離続する', other='継続する')
    """
    unsure = [at for at, part in enumerate(readings) if part.read != part.other and part.letter.text != UNMAPPED]
    shown: list[range] = []
    for at in unsure:
        around = range(max(0, at - _AROUND), min(len(readings), at + _AROUND + 1))
        if shown and around.start <= shown[-1].stop:
            shown[-1] = range(shown[-1].start, around.stop)
        else:
            shown.append(around)
    if not shown:
        return None
    parts = [_both(readings[part.start : part.stop]) for part in shown[:_SHOWN]]
    more = "…" if len(shown) > _SHOWN else ""
    return TwoReadings(*(" … ".join(texts) + more for texts in zip(*parts, strict=True)))


def _both(readings: Sequence[Reading]) -> TwoReadings:
    return TwoReadings("".join(part.read for part in readings), "".join(part.other for part in readings))
