"""The characters of a page as columns of numbers: what is asked of each of thousands is computed for all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import overload

import numpy as np
from numpy.typing import NDArray

from extract.pdf.model.raw_page import Direction, Glyph
from schemas.document import Box

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Names = NDArray[np.object_]
"""Texts, in an array that some of them are taken out of as quickly as numbers are."""

_X0, _TOP, _X1, _BOTTOM, _ORIGIN_X, _ORIGIN_Y, _SIZE, _LIGHTNESS, _ORDER, _SLANT = range(10)

_FARTHEST = 1e6
"""No page reaches so far, in points."""


@dataclass(slots=True, eq=False)
class Columns(Sequence[Glyph]):
    """Characters in their order. Each becomes a `Glyph` when it is looked at.

    Nobody changes them once they are made; a frozen dataclass would take four times as long to make, for every line.

    `texts` may be one text where none of them has more than one character. `values` has a column for each, and ten
    rows: the numbers of a glyph in the order of its fields. An unknown lightness is NaN there. `blanks` tells which of
    them are white space.

    >>> shi, no = Glyph("市", 10, 0, 20, 10, 10, 9, 10, "F"), Glyph("の", 20, 0, 30, 10, 20, 9, 10, "F")
    >>> columns = to_columns([shi, no])
    >>> columns.text, columns.x0.tolist(), columns[1] == no
    ('市の', [10.0, 20.0], True)
    """

    texts: Sequence[str]
    values: Floats
    directions: Ints
    fonts: Names
    blanks: Bools

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Glyph: ...

    @overload
    def __getitem__(self, index: slice) -> Columns: ...

    def __getitem__(self, index: int | slice) -> Glyph | Columns:
        if isinstance(index, slice):
            return Columns(
                self.texts[index],
                self.values[:, index],
                self.directions[index],
                self.fonts[index],
                self.blanks[index],
            )
        x0, top, x1, bottom, origin_x, origin_y, size, light, order, slant = self.values[:, index].tolist()
        direction: Direction = self.directions[index].item()
        lightness = light if light == light else None
        text, font = self.texts[index], self.fonts[index]
        sides = (x0, top, x1, bottom, origin_x, origin_y)
        return Glyph(text, *sides, size, font, direction, lightness, int(order), slant)

    def __iter__(self) -> Iterator[Glyph]:
        return (self[number] for number in range(len(self)))

    def take(self, indexes: Sequence[int] | Ints) -> Columns:
        """The characters at some places, in the order of `indexes`."""
        at = np.asarray(indexes, np.int64)
        listed = at.tolist()
        texts = [*map(self.texts.__getitem__, listed)]
        return Columns(
            "".join(texts) if isinstance(self.texts, str) else texts,
            self.values[:, at],
            self.directions[at],
            self.fonts[at],
            self.blanks[at],
        )

    @property
    def text(self) -> str:
        return self.texts if isinstance(self.texts, str) else "".join(self.texts)

    @property
    def x0(self) -> Floats:
        return _row(self, _X0)

    @property
    def top(self) -> Floats:
        return _row(self, _TOP)

    @property
    def x1(self) -> Floats:
        return _row(self, _X1)

    @property
    def bottom(self) -> Floats:
        return _row(self, _BOTTOM)

    @property
    def origin_x(self) -> Floats:
        return _row(self, _ORIGIN_X)

    @property
    def origin_y(self) -> Floats:
        return _row(self, _ORIGIN_Y)

    @property
    def sizes(self) -> Floats:
        return _row(self, _SIZE)

    @property
    def lightness(self) -> Floats:
        return _row(self, _LIGHTNESS)

    @property
    def orders(self) -> Floats:
        """Where the object that printed each stands in the order of painting."""
        return _row(self, _ORDER)

    @property
    def slants(self) -> Floats:
        """How many degrees each runs off its direction."""
        return _row(self, _SLANT)

    @property
    def middles(self) -> Floats:
        """The middle of each, x in the first row and y in the second."""
        middles: Floats = (self.values[: _TOP + 1] + self.values[_X1 : _BOTTOM + 1]) / 2
        return middles

    @property
    def box(self) -> Box:
        """The box around them; there must be one at least."""
        return self.box_of(0, len(self))

    def box_of(self, first: int, stop: int) -> Box:
        """The box around the characters from a number up to another one; there must be one at least."""
        x0, top = self.values[: _TOP + 1, first:stop].min(axis=1).tolist()
        x1, bottom = self.values[_X1 : _BOTTOM + 1, first:stop].max(axis=1).tolist()
        return Box(x0, top, x1, bottom)


NO_CHARACTERS = Columns("", np.empty((10, 0)), np.empty(0, np.int64), np.empty(0, np.object_), np.empty(0, np.bool_))


def _row(columns: Columns, number: int) -> Floats:
    row: Floats = columns.values[number]
    return row


def to_columns(glyphs: Iterable[Glyph]) -> Columns:
    """Characters as columns; those that are columns already stay as they are."""
    if isinstance(glyphs, Columns):
        return glyphs
    every = list(glyphs)
    if not every:
        return NO_CHARACTERS
    texts, *numbers, fonts, directions, lightness, orders, slants = zip(*every, strict=True)
    light = [np.nan if value is None else value for value in lightness]
    values = np.array([*numbers, light, orders, slants], np.float64)
    return Columns(texts, values, np.array(directions, np.int64), np.array(fonts, np.object_), which_are_blank(texts))


def known_places(values: Floats) -> Floats:
    """Numbers of a page as they can be calculated with: places on a broken one may lie beyond all bounds.

    >>> known_places(np.array([float("nan"), float("inf"), 12.5])).tolist()
    [0.0, 1000000.0, 12.5]
    """
    if np.abs(values).max(initial=0.0) <= _FARTHEST:  # which is not so where some value is none
        return values
    return np.clip(np.nan_to_num(values), -_FARTHEST, _FARTHEST)


def which_are_blank(texts: Iterable[str]) -> Bools:
    """Which of some texts are white space."""
    return np.array([text.isspace() for text in texts], np.bool_)


_BLANKS: Bools = np.array([chr(code).isspace() for code in range(0x3002)])
"""No character behind these is white space."""


def to_codes(characters: str) -> Ints:
    """The code points of a text."""
    return np.frombuffer(characters.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)


def from_codes(codes: Ints) -> str:
    """The text of code points.

    >>> from_codes(to_codes("評価")[::-1])
    '価評'
    """
    return codes.astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass")


def are_codes_blank(codes: Ints) -> Bools:
    """Which code points are those of white space.

    >>> are_codes_blank(to_codes("A 　𠮟")).tolist()
    [False, True, True, False]
    """
    blanks: Bools = _BLANKS[np.minimum(codes, len(_BLANKS) - 1)]
    return blanks


def join_columns(parts: Sequence[Columns]) -> Columns:
    """The characters of several parts one after the other; there must be one part at least."""
    if len(parts) == 1:
        return parts[0]
    whole = [part.texts for part in parts if isinstance(part.texts, str)]
    return Columns(
        "".join(whole) if len(whole) == len(parts) else [*chain.from_iterable(part.texts for part in parts)],
        np.concatenate([part.values for part in parts], axis=1),
        np.concatenate([part.directions for part in parts]),
        np.concatenate([part.fonts for part in parts]),
        np.concatenate([part.blanks for part in parts]),
    )
