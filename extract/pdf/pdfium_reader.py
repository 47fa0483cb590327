"""The reader on PDFium: characters and paths of a page in a few milliseconds, for pages of the usual kind.

It reads pages that are not turned, with text along the axes. Of any other page it says why it does not
(`UnusualPageError`), and a careful reader is asked.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extract.pdf import pdfium_calls as call
from extract.pdf.pdfium_paths import page_to_painted
from extract.pdf.pdfplumber_reader import plain_text
from extract.pdf.reader import DECIMALS, Glyph, RawPage
from schemas.document import Page

_LEVEL = 1e-3
"""Characters whose boxes begin and end at the same height, to so many points, share font, size and baseline."""

_FLAT = 1e-3
"""The part of a matrix that may be off its axis."""

_RAISED = 0.02
"""How far, in font sizes, text may stand off the place of its object: writing downwards shifts it, and a rise does."""

_CHECKED_EVERY = 64

_BOX = (ctypes.c_float * 4)()
_MATRIX = (ctypes.c_float * 6)()
_POINT = (ctypes.c_double * 2)()
_AT_BOX, _AT_MATRIX, _AT_POINT = ctypes.addressof(_BOX), ctypes.addressof(_MATRIX), ctypes.addressof(_POINT)


class UnusualPageError(Exception):
    """A page that this reader does not read. The message says why."""


class _Fonts:
    """What is asked of the fonts of one page. PDFium may give their handles to others when the page is closed."""

    def __init__(self, descents: Mapping[str, float | None]) -> None:
        self._by_name = descents
        self._names: dict[int, str] = {}
        self._widths: dict[tuple[int, str], float] = {}

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
        # PDFium gives a number of its own where the font's is nought.
        descent = self._by_name.get(self.name(font))
        if descent is None:
            raise UnusualPageError("a font does not say how far it reaches below the baseline")
        return descent

    def width(self, font: int, character: str) -> float:
        """The width of a character in font sizes."""
        key = font, character
        if key not in self._widths:
            known = len(character) == 1 and call.glyph_width(font, ord(character), 1.0, _AT_BOX)
            self._widths[key] = _BOX[0] if known else math.inf
        return self._widths[key]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The page's top left corner in PDF's coordinates, and its fonts."""

    left: float
    top: float
    fonts: _Fonts


@dataclass(frozen=True, slots=True)
class FastPage:
    """A page without its white space, and the names of its fonts."""

    raw: RawPage
    fonts: frozenset[str]


class PdfiumDocument:
    """A PDF opened with PDFium, its pages read one by one. Use it in a `with` block."""

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
            painted = page_to_painted(_address(page), left, top)
            glyphs = tuple(_page_to_glyphs(page, frame, painted.text_lightness))
            names = frozenset(map(frame.fonts.name, set(map(call.font_of, painted.text_lightness))))
        finally:
            raw.FPDF_ClosePage(page)
        info = Page(number, right - left, top - bottom)
        return FastPage(RawPage(info, glyphs, painted.strokes, painted.fills, painted.images, reader="pdfium"), names)


def _page_to_glyphs(page: Any, frame: _Frame, inks: Mapping[int, float | None]) -> list[Glyph]:
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        raise UnusualPageError("PDFium cannot read its text")
    try:
        return _text_to_glyphs(_address(text_page), text_page, frame, inks)
    finally:
        raw.FPDFText_ClosePage(text_page)


def _text_to_glyphs(text: int, text_page: Any, frame: _Frame, inks: Mapping[int, float | None]) -> list[Glyph]:
    """The printed characters in the order of painting, without white space."""
    characters = _page_text(text, text_page)
    numbers = [number for number, character in enumerate(characters) if not character.isspace()]
    if not numbers:
        return []
    boxes = np.empty((len(numbers), 4), np.float32)
    start = boxes.ctypes.data
    for _ in map(call.loose_box, repeat(text), numbers, range(start, start + boxes.nbytes, 16)):
        pass
    starts, tops, ends, bottoms = boxes.astype(np.float64).T
    x0, x1 = (np.round(column - frame.left, DECIMALS).tolist() for column in (starts, ends))
    is_new = (np.abs(np.diff(tops)) > _LEVEL) | (np.abs(np.diff(bottoms)) > _LEVEL)
    edges = [0, *(np.flatnonzero(is_new) + 1).tolist(), len(numbers)]
    letters = [plain_text(characters[number]) for number in numbers]
    order = {item: position for position, item in enumerate(inks)}
    pieces = [
        (order[item], first, last, item)
        for level_start, level_end in pairwise(edges)
        for first, last, item in _by_object(text, numbers, level_start, level_end)
    ]
    glyphs: list[Glyph] = []
    # Of one object, pieces keep their order; PDFium itself puts the objects of a line from left to right.
    for _, first, last, item in sorted(pieces, key=lambda piece: piece[0]):
        level = _read_level(text, numbers[first], item, frame)
        # PDFium's box reaches as far as the ink, where that is further than the width of the character.
        x1[first : last - 1] = map(min, x1[first : last - 1], x0[first + 1 : last])
        width = frame.fonts.width(level.font, letters[last - 1]) * level.stretch
        x1[last - 1] = min(x1[last - 1], round(x0[last - 1] + width, DECIMALS) if width < math.inf else math.inf)
        part = slice(first, last)
        upper, lower = repeat(level.top), repeat(level.bottom)
        common = (repeat(level.y), repeat(level.size), repeat(""), repeat(0), repeat(inks[item]))
        columns = (letters[part], x0[part], upper, x1[part], lower, x0[part], *common)
        glyphs += map(tuple.__new__, repeat(Glyph), zip(*columns, strict=False))
    return glyphs


def _by_object(text: int, numbers: list[int], first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Cut a stretch of characters where another text object begins: start, end, and the object.

    Where a stretch begins and ends with one object, all of it is that object's.
    """
    item = call.text_object(text, numbers[first])
    if last - first == 1 or call.text_object(text, numbers[last - 1]) == item:
        yield first, last, item
        return
    middle = (first + last) // 2
    yield from _by_object(text, numbers, first, middle)
    yield from _by_object(text, numbers, middle, last)


@dataclass(frozen=True, slots=True)
class _Level:
    """Where text stands: its baseline, its size, and the upper and lower side of its boxes. Widths of its font times
    `stretch` are points."""

    y: float
    size: float
    top: float
    bottom: float
    font: int
    stretch: float


def _read_level(text: int, number: int, item: int, frame: _Frame) -> _Level:
    call.origin(text, number, _AT_POINT, _AT_POINT + 8)
    call.text_matrix(text, number, _AT_MATRIX)
    call.font_size(item, _AT_BOX)
    a, b, c, d, _, f = _MATRIX
    if max(abs(b), abs(c)) > _FLAT * max(abs(a), abs(d)) or a <= 0 or d <= 0:
        raise UnusualPageError("it has text that does not run to the right")
    font, size, stretch = call.font_of(item), _BOX[0] * d, _BOX[0] * a
    if abs(_POINT[1] - f) > _RAISED * size:
        raise UnusualPageError("it has text that is raised or written downwards")
    y = frame.top - _POINT[1]
    bottom = y - frame.fonts.descent(font) * size
    top, bottom = round(bottom - size, DECIMALS), round(bottom, DECIMALS)
    return _Level(round(y, DECIMALS), round(bottom - top, DECIMALS), top, bottom, font, stretch)


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


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
