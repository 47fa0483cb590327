"""The printed text of a page as PDFium has it: its characters, and where each text object stands.

PDFium is asked per character only for what cannot be told from its text object: the fewer calls, the faster.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.model.characters import plain_text
from extract.pdf.model.glyph_array import Floats, Ints, are_codes_blank, from_codes, to_codes
from extract.pdf.model.raw_page import DECIMALS

_FLAT = 1e-3
"""The part of a matrix that may be off its axis."""

_BEFORE = 0.2
"""How far before the place of its object, in font sizes, a text may begin. Text that is written downwards lies half a
size before it."""

_CHECKED_EVERY = 64


class UnusualPageError(Exception):
    """A page that the fast reader does not read. The message says why."""


class Fonts:
    """What is asked of the fonts of one page. PDFium may give their handles to others when the page is closed."""

    def __init__(self, descents: Mapping[str, float | None]) -> None:
        self._by_name = descents
        self._names: dict[int, str] = {}
        self._descents: dict[int, float] = {}

    @property
    def names(self) -> frozenset[str]:
        """The names of the fonts that were asked for, without marks of subsets."""
        return frozenset(self._names.values())

    def descent(self, font: int) -> float:
        """How far a font reaches below the baseline, in font sizes, as negative. Raises UnusualPageError."""
        if font not in self._descents:
            # PDFium gives a number of its own where the font's is nought.
            descent = self._by_name.get(self._name(font))
            if descent is None:
                raise UnusualPageError("a font does not say how far it reaches below the baseline")
            self._descents[font] = descent
        return self._descents[font]

    def _name(self, font: int) -> str:
        if font not in self._names:
            buffer = ctypes.create_string_buffer(256)
            call.base_font_name(font, ctypes.addressof(buffer), 256)
            name = buffer.value.decode("utf-8", "replace")
            self._names[font] = name.partition("+")[2] or name
        return self._names[font]


@dataclass(frozen=True, slots=True, eq=False)
class PrintedText:
    """The characters of a page without white space, in PDFium's order, which goes along each line from left to right.

    `letters` are their code points. The characters of one text object follow each other: of the objects, `starts` are
    the numbers of their first characters, `counts` how many they have, `ranks` tell which was painted first. `x` is
    where an object stands, which is where its first character begins unless a space comes before it; `top` and `bottom`
    are the sides of its characters, `y` is its baseline, in points from the top left corner; `size` is the height of
    its characters, `light` their lightness (NaN where unknown). `kinds` has the number of one object of each font.
    """

    letters: Ints
    starts: Ints
    counts: Ints
    ranks: Ints
    x: Floats
    top: Floats
    bottom: Floats
    y: Floats
    size: Floats
    light: Floats
    kinds: Sequence[int]
    _handle: int
    _numbers: Ints
    _left: float

    def left_sides(self, characters: Ints) -> Floats:
        """The left sides of some characters, by their numbers: where they begin, or their ink does if that is before.

        To be asked while the page is open. Raises UnusualPageError.
        """
        boxes = np.empty((len(characters), 4), np.float32)
        call.fill_rows(call.loose_box, boxes, repeat(self._handle), self._numbers[characters].tolist())
        return boxes[:, 0] - np.float64(self._left)

    def check_direction(self, objects: Sequence[int] | Ints, left_sides: Floats) -> None:
        """Raise UnusualPageError if some objects are written downwards, by the left sides of their first characters."""
        if (left_sides < self.x[objects] - _BEFORE * self.size[objects]).any():
            raise UnusualPageError("it has text that is written downwards")


def page_to_text(text_page: Any, corner: tuple[float, float], objects: Sequence[int], fonts: Fonts) -> PrintedText:
    """The text of an open page. `corner` is its top left one in PDF's coordinates, `objects` are PDFium's handles of
    its text objects in the order of painting. Raises UnusualPageError."""
    handle, (left, top) = call.address_of(text_page), corner
    characters = _page_characters(handle, text_page)
    codes = to_codes(characters)
    numbers = np.flatnonzero(~are_codes_blank(codes))
    owners = np.fromiter(map(call.text_object, repeat(handle), numbers.tolist()), np.uint64, len(numbers))
    starts = np.flatnonzero(np.diff(owners, prepend=np.uint64(0)))
    items = owners[starts].tolist()
    rank = {item: number for number, item in enumerate(objects)}
    if not rank.keys() >= {*items}:
        raise UnusualPageError("PDFium does not say which object printed a character")
    matrices, points = np.empty((len(items), 6), np.float32), np.empty((len(items), 1), np.float32)
    call.fill_rows(call.text_matrix, matrices, repeat(handle), numbers[starts].tolist())
    call.fill_rows(call.font_size, points, items)
    of_font = [*map(call.font_of, items)]
    a, b, c, d, e, f = matrices.astype(np.float64).T
    if (a <= 0).any() or (d <= 0).any() or (abs(b) > _FLAT * a).any() or (abs(c) > _FLAT * d).any():
        raise UnusualPageError("it has text that does not run to the right")
    size, y = points[:, 0] * d, top - f
    lowest = y - np.array([*map(fonts.descent, of_font)]) * size
    upper, lower = np.round(lowest - size, DECIMALS), np.round(lowest, DECIMALS)
    return PrintedText(
        letters=_letters(codes[numbers]),
        starts=starts,
        counts=np.diff(starts, append=len(numbers)),
        ranks=np.array([rank[item] for item in items], np.int64),
        x=e - left,
        top=upper,
        bottom=lower,
        y=np.round(y, DECIMALS),
        size=np.round(lower - upper, DECIMALS),
        light=call.lightness_of(call.fill_colour, items),
        kinds=[*{font: number for number, font in enumerate(of_font)}.values()],
        _handle=handle,
        _numbers=numbers,
        _left=left,
    )


def _letters(codes: Ints) -> Ints:
    """Characters as they can be passed on."""
    characters = from_codes(codes)
    if characters.isprintable() and "\u0336" not in characters:
        return codes
    return to_codes("".join(map(plain_text, characters)))


def _page_characters(handle: int, text_page: Any) -> str:
    """The characters of a page, one for each number that PDFium counts."""
    count = raw.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    raw.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[:-2].decode("utf-16-le", "replace")
    if len(text) == count and all(
        ord(text[number]) == call.unicode_of(handle, number) for number in range(0, count, _CHECKED_EVERY)
    ):
        return text
    return "".join(chr(call.unicode_of(handle, number)) for number in range(count))
