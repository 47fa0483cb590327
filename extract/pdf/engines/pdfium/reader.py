"""The reader on PDFium: characters and paths of a page in a few milliseconds, for pages of the usual kind.

It reads pages that are not turned, with text along the axes. Of any other page it says why it does not
(`UnusualPageError`), and a careful reader is asked.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2.raw as raw

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.engines.pdfium.paths import page_to_painted
from extract.pdf.engines.pdfium.text import Fonts, PrintedText, UnusualPageError, page_to_text
from extract.pdf.model.raw_page import RawPage
from schemas.document import Page

_BOX = (ctypes.c_float * 4)()
_AT_BOX = ctypes.addressof(_BOX)

_MOST_OBJECTS = 500_000
"""Texts, paths, pictures and forms on a page itself, above every limit of what it may have. The careful reader counts
as it goes."""


@dataclass(frozen=True, slots=True)
class FastPage:
    """An open page, its printed text, and the names of its fonts. `raw` has no characters.

    `corner` is the top left corner of what is displayed, in PDF's coordinates.
    """

    raw: RawPage
    text: PrintedText
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

    @contextmanager
    def page(self, number: int) -> Iterator[FastPage]:
        """A page, counted from 1, open in a `with` block. Raises UnusualPageError."""
        page = raw.FPDF_LoadPage(self._handle, number - 1)
        if not page:
            raise UnusualPageError("PDFium cannot open it")
        text_page = None
        try:
            if raw.FPDFPage_GetRotation(page):
                raise UnusualPageError("it is turned")
            if call.count_objects(call.address_of(page)) > _MOST_OBJECTS:
                raise UnusualPageError("it paints more than can be looked at")
            text_page = raw.FPDFText_LoadPage(page)
            if not text_page:
                raise UnusualPageError("PDFium cannot read its text")
            raw.FPDF_GetPageBoundingBox(page, ctypes.cast(_AT_BOX, ctypes.POINTER(raw.FS_RECTF)))
            left, top, right, bottom = _BOX
            painted = page_to_painted(call.address_of(page), left, top)
            fonts = Fonts(self._descents)
            text = page_to_text(text_page, (left, top), painted.texts, fonts)
            info = Page(number, right - left, top - bottom)
            bare = RawPage(info, (), painted.strokes, painted.fills, painted.images, reader="pdfium")
            yield FastPage(bare, text, (left, top), fonts.names)
        finally:
            if text_page:
                raw.FPDFText_ClosePage(text_page)
            raw.FPDF_ClosePage(page)
