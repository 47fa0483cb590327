"""The reader of PDFs for pages that are pictures, and for pages whose text says not which characters it prints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from extract.ocr.page_picture import POINTS_PER_INCH, Grey
from extract.ocr.page_reader import ReadPage, read_picture
from extract.ocr.readings import LineReader
from extract.pdf.model.characters import count_unmapped
from extract.pdf.model.raw_page import RawPage, Reader

_RESOLUTIONS = (200.0, 300.0)
"""Dots to the inch: a page is looked at no less and no more finely than this."""

_MOST = 36_000_000
"""Pixels of one page: an A2 page at 300 dots to the inch. A larger one is looked at less finely."""

_MOSTLY = 0.5
"""From this share of unmapped characters on, and of a page under pictures, what a page shows is not in its text."""

_STAMP = 20
"""No more characters than these on a picture are a page number or a stamp, and not what the picture shows."""


class OcrReader:
    """Reads the pages that need it from their pictures, the others with another reader. With `always`, every page.

    `pages` are those that were read from their pictures, by number.
    """

    def __init__(self, other: Reader, lines: LineReader, always: bool = False) -> None:
        self._other = other
        self._lines = lines
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
                    read = self._read(raw, page) if self._always or _is_picture(raw, page) else None
                finally:
                    page.close()
                # A picture without a letter stays what it is: a picture, and no text that could be read.
                if read is not None and read.raw.glyphs:
                    self.pages[raw.page.number] = read
                    yield read.raw
                else:
                    yield raw

    def _read(self, raw: RawPage, page: pypdfium2.PdfPage) -> ReadPage:
        scale = _scale(raw, page)
        return read_picture(_to_grey(page, scale), raw.page, scale, self._lines)


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
    return printed <= _STAMP or _is_unseen(page)


def _is_unseen(page: pypdfium2.PdfPage) -> bool:
    """Whether all text of a page is painted with nothing: what some other reader of pictures laid over it."""
    texts = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=5))
    return bool(texts) and all(
        pdfium.FPDFTextObj_GetTextRenderMode(text.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE for text in texts
    )


def _scale(raw: RawPage, page: pypdfium2.PdfPage) -> float:
    """Pixels to the point: as fine as the finest picture of the page, within limits."""
    finest = _RESOLUTIONS[0]
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        left, bottom, right, top = image.get_bounds()
        width, _ = image.get_px_size()
        if right - left > 0.3 * (raw.page.width or 0.0) and top > bottom:
            finest = max(finest, width / (right - left) * POINTS_PER_INCH)
    scale = min(finest, _RESOLUTIONS[1]) / POINTS_PER_INCH
    area = (raw.page.width or 1.0) * (raw.page.height or 1.0)
    return float(min(scale, (_MOST / area) ** 0.5))


def _to_grey(page: pypdfium2.PdfPage, scale: float) -> Grey:
    picture = page.render(scale=scale, grayscale=True).to_numpy()
    return np.ascontiguousarray(picture[:, :, 0] if picture.ndim == 3 else picture)
