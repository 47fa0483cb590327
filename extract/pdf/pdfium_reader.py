"""The reader on PDFium: characters and paths of a page in a few milliseconds, for pages of the usual kind.

It reads pages that are not turned, with text along the axes. Of any other page it says why it does not
(`UnusualPageError`), and a careful reader is asked.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extract.pdf import pdfium_calls as call
from extract.pdf.columns import NO_CHARACTERS, Columns, Floats
from extract.pdf.pdfium_paths import page_to_painted
from extract.pdf.pdfplumber_reader import plain_text
from extract.pdf.reader import DECIMALS, RawPage
from schemas.document import Page

_FLAT = 1e-3
"""The part of a matrix that may be off its axis."""

_BEFORE = 0.2
"""How far before the place of its object, in font sizes, a text may begin. Text that is written downwards lies half a
size before it."""

_CHECKED_EVERY = 64

_BOX = (ctypes.c_float * 4)()
_AT_BOX = ctypes.addressof(_BOX)


class UnusualPageError(Exception):
    """A page that this reader does not read. The message says why."""


class _Fonts:
    """What is asked of the fonts of one page. PDFium may give their handles to others when the page is closed."""

    def __init__(self, descents: Mapping[str, float | None]) -> None:
        self._by_name = descents
        self._names: dict[int, str] = {}
        self._descents: dict[int, float] = {}

    def name(self, font: int) -> str:
        """The name of a font without the mark of a subset."""
        if font not in self._names:
            buffer = ctypes.create_string_buffer(256)
            call.base_font_name(font, ctypes.addressof(buffer), 256)
            name = buffer.value.decode("utf-8", "replace")
            self._names[font] = name.partition("+")[2] or name
        return self._names[font]

    def descent(self, font: int) -> float:
        """How far a font reaches below the baseline, in font sizes, as negative. Raises UnusualPageError."""
        if font not in self._descents:
            # PDFium gives a number of its own where the font's is nought.
            descent = self._by_name.get(self.name(font))
            if descent is None:
                raise UnusualPageError("a font does not say how far it reaches below the baseline")
            self._descents[font] = descent
        return self._descents[font]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The page's top left corner in PDF's coordinates, and its fonts."""

    left: float
    top: float
    fonts: _Fonts


@dataclass(frozen=True, slots=True)
class FastPage:
    """A page, its characters without white space, and the names of its fonts. `raw` has no characters.

    `corner` is the top left corner of what is displayed, in PDF's coordinates.
    """

    raw: RawPage
    glyphs: Columns
    corner: tuple[float, float]
    fonts: frozenset[str]


class PdfiumDocument:
    """A PDF opened with PDFium, its pages read one by one. Use it in a `with` block; after that it has no pages."""

    def __init__(self, data: bytes, descents: Mapping[str, float | None]) -> None:
        """`descents` is how far each font reaches below the baseline, by its name (see `file_facts`)."""
        self._data = data  # PDFium reads from it as long as the document is open
        raw.FPDF_InitLibrary()
        self._handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
        self._descents = descents

    def __enter__(self) -> PdfiumDocument:
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle:
            raw.FPDF_CloseDocument(self._handle)
        self._handle = None  # what is freed must not be used again: that ends the process

    @property
    def is_sound(self) -> bool:
        """Whether it was opened as it stands: not encrypted, nothing repaired."""
        return (
            bool(self._handle)
            and raw.FPDF_GetSecurityHandlerRevision(self._handle) < 0
            and bool(raw.FPDF_DocumentHasValidCrossReferenceTable(self._handle))
        )

    @property
    def page_count(self) -> int:
        return int(raw.FPDF_GetPageCount(self._handle)) if self._handle else 0

    def page(self, number: int) -> FastPage:
        """A page, counted from 1. Raises UnusualPageError."""
        page = raw.FPDF_LoadPage(self._handle, number - 1)
        if not page:
            raise UnusualPageError("PDFium cannot open it")
        try:
            if raw.FPDFPage_GetRotation(page):
                raise UnusualPageError("it is turned")
            raw.FPDF_GetPageBoundingBox(page, ctypes.cast(_AT_BOX, ctypes.POINTER(raw.FS_RECTF)))
            left, top, right, bottom = _BOX
            frame = _Frame(left, top, _Fonts(self._descents))
            painted = page_to_painted(call.address_of(page), left, top)
            glyphs = _page_to_glyphs(page, frame, painted.texts)
            names = frozenset(map(frame.fonts.name, set(map(call.font_of, painted.texts))))
        finally:
            raw.FPDF_ClosePage(page)
        info = Page(number, right - left, top - bottom)
        bare = RawPage(info, (), painted.strokes, painted.fills, painted.images, reader="pdfium")
        return FastPage(bare, glyphs, (left, top), names)


def _page_to_glyphs(page: Any, frame: _Frame, objects: Sequence[int]) -> Columns:
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        raise UnusualPageError("PDFium cannot read its text")
    try:
        return _text_to_glyphs(call.address_of(text_page), text_page, frame, objects)
    finally:
        raw.FPDFText_ClosePage(text_page)


def _text_to_glyphs(text: int, text_page: Any, frame: _Frame, objects: Sequence[int]) -> Columns:
    """The printed characters in the order of painting, without white space. `objects` are in that order."""
    characters = _page_text(text, text_page)
    numbers = [number for number, character in enumerate(characters) if not character.isspace()]
    if not numbers:
        return NO_CHARACTERS
    boxes = np.empty((len(numbers), 4), np.float32)
    call.fill_rows(call.loose_box, boxes, repeat(text), numbers)
    x0, x1 = boxes[:, 0] - np.float64(frame.left), boxes[:, 2] - np.float64(frame.left)
    letters = _letters([characters[number] for number in numbers])
    owners = [*map(call.text_object, repeat(text), numbers)]
    # The characters of one object stand together.
    first = np.append(0, np.flatnonzero(np.diff(np.array(owners, np.uint64))) + 1)
    count = np.diff(np.append(first, len(numbers)))
    starts = first.tolist()
    items = [owners[start] for start in starts]
    levels = _read_levels(text, [numbers[start] for start in starts], items, frame, x0[first])
    left, right = np.round(x0, DECIMALS), np.round(x1, DECIMALS)
    top, bottom, y, size, light = (np.repeat(column, count) for column in levels)
    # PDFium's text pages put the objects of a line from left to right.
    place = {item: position for position, item in enumerate(objects)}
    order = np.argsort(np.repeat([place[item] for item in items], count), kind="stable")
    values = np.array([left, top, right, bottom, left, y, size, light])[:, order]
    texts = [letters[at] for at in order.tolist()]
    n = len(texts)
    return Columns(texts, values, np.zeros(n, np.int64), ("",) * n, np.zeros(n, np.bool_))


def _letters(characters: list[str]) -> list[str]:
    """Characters as they can be passed on."""
    if "".join(characters).isprintable() and "\u0336" not in characters:
        return characters
    return [*map(plain_text, characters)]


def _read_levels(text: int, numbers: list[int], items: list[int], frame: _Frame, x0: Floats) -> tuple[Floats, ...]:
    """Where the text of each object stands: the upper and lower side of its boxes, its baseline, its size and its
    lightness (NaN where unknown). `numbers` are the first characters of the objects and `x0` their left sides."""
    matrices, points = np.empty((len(items), 6), np.float32), np.empty((len(items), 1), np.float32)
    call.fill_rows(call.text_matrix, matrices, repeat(text), numbers)
    call.fill_rows(call.font_size, points, items)
    fonts = [*map(call.font_of, items)]
    a, b, c, d, e, f = matrices.astype(np.float64).T
    if (a <= 0).any() or (d <= 0).any() or (abs(b) > _FLAT * a).any() or (abs(c) > _FLAT * d).any():
        raise UnusualPageError("it has text that does not run to the right")
    size = points[:, 0] * d
    if (x0 < e - frame.left - _BEFORE * size).any():
        raise UnusualPageError("it has text that is written downwards")
    y = frame.top - f
    bottom = y - np.array([frame.fonts.descent(font) for font in fonts]) * size
    top, bottom = np.round(bottom - size, DECIMALS), np.round(bottom, DECIMALS)
    light = call.lightness_of(call.fill_colour, items)
    return top, bottom, np.round(y, DECIMALS), np.round(bottom - top, DECIMALS), light


def _page_text(handle: int, text_page: Any) -> str:
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
