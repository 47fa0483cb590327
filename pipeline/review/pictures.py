"""Page pictures: where the sources of a snapshot are, and what their pages look like."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock

import pypdfium2

from extract import pages_of_picture
from extract.pdf import paint_annotations
from pipeline.sources import find_inputs
from schemas.records import Block, DocumentRow

LONGEST_SIDE = 1800
"""Pixels of a picture's longer side: an A4 page can be read at twice the width of half a screen."""

PDF = "application/pdf"

PDFIUM = Lock()
"""PDFium is not thread-safe: whoever calls it holds this."""

_SCALE = 2.0
_FINENESS = 8
"""Pixels to the point when a place on the page is told to PDFium."""


def find_sources(documents: Iterable[DocumentRow], inputs: Sequence[Path]) -> Mapping[str, Path]:
    """The files of the documents among files and folders, by document id: those whose SHA-256 is the document's.

    Raises UsageError where an input does not exist.
    """
    if not inputs:
        return {}
    wanted = {document.sha256: document.document_id for document in documents}
    found: dict[str, Path] = {}
    for source in find_inputs(inputs).sources:
        if source.trouble is None:
            digest = hashlib.sha256(source.path.read_bytes()).hexdigest()
            if digest in wanted:
                found.setdefault(wanted[digest], source.path)
    return found


@contextmanager
def opened(path: Path, media_type: str = PDF) -> Iterator[Pages | None]:
    """A PDF, or a picture file, open in PDFium for this thread alone; None where PDFium does not open it."""
    with PDFIUM:
        try:
            source = path if media_type == PDF else _pages_of(path, path.stat().st_mtime_ns)
            if source is None:
                yield None
                return
            pages = Pages(source)
        except (pypdfium2.PdfiumError, OSError):
            yield None
            return
        try:
            yield pages
        finally:
            pages.close()


@lru_cache(maxsize=1)
def _pages_of(path: Path, _changed: int) -> bytes | None:
    """The pages of a picture file, kept while they are drawn one after the other."""
    return pages_of_picture(path.read_bytes())


class Pages:
    """An open PDF."""

    def __init__(self, source: Path | bytes) -> None:
        self._pdf = pypdfium2.PdfDocument(source)
        self._pdf.init_forms()

    def close(self) -> None:
        """Free what PDFium holds."""
        self._pdf.close()

    def picture(self, number: int) -> bytes:
        """A page (from 1) as a WebP picture. Raises IndexError for a page that is not there."""
        page = self._page(number)
        scale = min(_SCALE, LONGEST_SIDE / max(page.get_size()))
        image = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
        target = io.BytesIO()
        image.save(target, "WEBP", quality=75, method=0)
        return target.getvalue()

    def has(self, number: int) -> bool:
        """Whether there is such a page (from 1) and PDFium knows its size."""
        try:
            return 1 <= number <= len(self._pdf) and min(self._pdf.get_page_size(number - 1)) > 0
        except pypdfium2.PdfiumError:
            return False

    def texts(self, blocks: Iterable[Block]) -> Mapping[str, str]:
        """What PDFium reads inside the boxes of one page's blocks, by block id.

        Raises IndexError for a page that is not there, and PdfiumError for one that cannot be read.
        """
        found: dict[str, str] = {}
        boxed = [block for block in blocks if None not in (block.x0, block.top, block.x1, block.bottom)]
        if not boxed:
            return found
        page = self._page(boxed[0].page)
        text = page.get_textpage()
        # PDFium's own conversion knows how the page is turned and where its corner is; it counts in whole pixels.
        width, height = (round(side * _FINENESS) for side in page.get_size())
        position = pypdfium2.PdfPosConv(page, (0, 0, width, height, 0))
        for block in boxed:
            x0, y0 = position.to_page(_fine(block.x0), _fine(block.top))
            x1, y1 = position.to_page(_fine(block.x1), _fine(block.bottom))
            seen = text.get_text_bounded(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            found[block.block_id] = seen.strip()
        page.close()
        return found

    def _page(self, number: int) -> pypdfium2.PdfPage:
        if not 1 <= number <= len(self._pdf):
            raise IndexError(f"page {number} of a document of {len(self._pdf)} pages")
        paint_annotations(self._pdf, number - 1)
        return self._pdf[number - 1]


def _fine(points: float | None) -> int:
    return round((points or 0.0) * _FINENESS)
