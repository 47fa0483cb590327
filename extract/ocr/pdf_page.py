"""A page of an open PDF, drawn and read from its picture."""

from __future__ import annotations

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from extract.ocr.page_picture import Grey
from extract.ocr.page_reader import ReadPage, read_picture
from extract.ocr.rapid import rapid_reader
from extract.ocr.settings import OCR
from extract.ocr.turn import POINTS_PER_INCH
from extract.pdf.model.raw_page import RawPage

_RESOLUTIONS = (200.0, 300.0)
"""Dots to the inch: a page is looked at no less and no more finely than this."""

_MOST = 36_000_000
"""Pixels of one page: an A2 page at 300 dots to the inch. A larger one is looked at less finely."""


def read_pdf_page(raw: RawPage, page: pypdfium2.PdfPage) -> ReadPage:
    """What the picture of a page shows; `raw` is what the page holds of text and of lines."""
    cv2.setNumThreads(1)  # a batch runs on many processes
    scale = _scale(raw, page)
    return read_picture(_to_grey(page, scale), raw.page, scale, rapid_reader())


def _scale(raw: RawPage, page: pypdfium2.PdfPage) -> float:
    """Pixels to the point: as fine as the finest picture of the page, within limits."""
    finest = _RESOLUTIONS[0]
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        left, bottom, right, top = image.get_bounds()
        width, _ = image.get_px_size()
        if right - left > OCR.page_picture * (raw.page.width or 0.0) and top > bottom:
            finest = max(finest, width / (right - left) * POINTS_PER_INCH)
    scale = min(finest, _RESOLUTIONS[1]) / POINTS_PER_INCH
    area = (raw.page.width or 1.0) * (raw.page.height or 1.0)
    return float(min(scale, (_MOST / area) ** 0.5))


def _to_grey(page: pypdfium2.PdfPage, scale: float) -> Grey:
    picture = page.render(scale=scale, grayscale=True).to_numpy()
    return np.ascontiguousarray(picture[:, :, 0] if picture.ndim == 3 else picture)
