"""The reader of PDFs for pages that are pictures, and for pages whose text says not which characters it prints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from extract.pdf.model.characters import count_unmapped
from extract.pdf.model.raw_page import RawPage, Reader

if TYPE_CHECKING:
    from extract.ocr.page_reader import ReadPage

_MOSTLY = 0.5
"""From this share of unmapped characters on, and of a page under pictures, what a page shows is not in its text."""

_STAMP = 20
"""No more characters than these on a picture are a page number or a stamp, and not what the picture shows."""


class OcrReader:
    """Reads scanned pages from their pictures, and leaves pages that have a text of their own to another reader.

    With `always`, every page is read from its picture. `pages` holds what was read from pictures, by page number.
    """

    def __init__(self, other: Reader, always: bool = False) -> None:
        self._other = other
        self._always = always
        self.pages: dict[int, ReadPage] = {}

    @property
    def name(self) -> str:
        return self._other.name

    def __call__(self, data: bytes, password: str | None = None) -> Iterator[RawPage]:
        """The pages in order. Raises UnreadableError for a file of which no page can be read."""
        with ExitStack() as stack:
            pdf: pypdfium2.PdfDocument | None = None
            for raw in self._other(data, password):
                if raw.excess is not None or not (self._always or _may_be_picture(raw)):
                    yield raw
                    continue
                pdf = pdf or stack.enter_context(pypdfium2.PdfDocument(data, password=password))
                page = pdf[raw.page.number - 1]
                try:
                    read = _read(raw, page) if self._always or _is_picture(raw, page) else None
                finally:
                    page.close()
                # A picture without a letter stays what it is: a picture, and no text that could be read.
                if read is not None and read.raw.glyphs:
                    self.pages[raw.page.number] = read
                    yield read.raw
                else:
                    yield raw


def _read(raw: RawPage, page: pypdfium2.PdfPage) -> ReadPage:
    from extract.ocr.pdf_page import read_pdf_page  # OpenCV and the model take a second to load, and 250 MB

    return read_pdf_page(raw, page)


def _may_be_picture(raw: RawPage) -> bool:
    printed = sum(not glyph.text.isspace() for glyph in raw.glyphs)
    return (
        printed <= _STAMP
        or count_unmapped([glyph.text for glyph in raw.glyphs]) > _MOSTLY * printed
        or raw.image_share >= _MOSTLY
    )


def _is_picture(raw: RawPage, page: pypdfium2.PdfPage) -> bool:
    """Whether what a page shows is not in its text: there is none, it is unmapped, or it lies unseen over a picture."""
    printed = sum(not glyph.text.isspace() for glyph in raw.glyphs)
    if count_unmapped([glyph.text for glyph in raw.glyphs]) > _MOSTLY * printed or not printed:
        return True
    if raw.image_share < _MOSTLY:
        return False
    return printed <= _STAMP or _is_unseen(page, raw)


def _is_unseen(page: pypdfium2.PdfPage, raw: RawPage) -> bool:
    """Whether no text of a page is seen: it is painted with nothing, or lies under the page's picture. It is what some
    other reader of pictures laid over the page, or under it."""
    objects = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5))
    texts = [number for number, item in enumerate(objects) if item.type == pdfium.FPDF_PAGEOBJ_TEXT]
    images = [number for number, item in enumerate(objects) if item.type == pdfium.FPDF_PAGEOBJ_IMAGE]
    last = max(images, default=-1) if raw.is_recognised else -1
    return bool(texts) and all(
        number < last
        or pdfium.FPDFTextObj_GetTextRenderMode(objects[number].raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        for number in texts
    )
