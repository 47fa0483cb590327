"""The usual reader: PDFium's pages where a second engine agrees with it, pdfplumber's where it does not.

A page is read fast only where nothing speaks against it: the file is sound and its fonts say which characters they
print, the page is of the usual kind, and two engines that share no code read the same characters at the same places.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

from extract.pdf.engines.agreement import texts_to_glyphs
from extract.pdf.engines.oxide import OxideDocument
from extract.pdf.engines.pdfium.reader import PdfiumDocument
from extract.pdf.engines.pdfium.text import UnusualPageError
from extract.pdf.engines.pdfplumber.reader import OpenedPdf, PdfplumberReader
from extract.pdf.file.scan import file_facts
from extract.pdf.model.characters import count_unmapped
from extract.pdf.model.raw_page import RawPage
from schemas.limits import Limits


class CheckedReader:
    """Reads each page with PDFium and holds it against pdf_oxide; with pdfplumber where the two do not agree.

    `RawPage.reader` says who read a page.
    """

    name = "pdfium"

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def __call__(self, data: bytes, password: str | None = None) -> Iterator[RawPage]:
        """The pages in order. Raises UnreadableError for a file of which no page can be read."""
        with ExitStack() as stack:
            try:
                fast = _FastPages(data, password, stack, self._limits)
            except UnusualPageError:
                yield from PdfplumberReader(self._limits)(data, password)
                return
            careful: OpenedPdf | None = None
            for number in range(1, fast.page_count + 1):
                try:
                    yield fast.page(number)
                except UnusualPageError:
                    if careful is None:
                        careful = stack.enter_context(OpenedPdf(data, password, self._limits))
                    yield careful.page(number)


class _FastPages:
    """A sound file open in both engines. Raises UnusualPageError where it is not sound."""

    def __init__(self, data: bytes, password: str | None, stack: ExitStack, limits: Limits) -> None:
        facts = file_facts(data, limits.content)
        if password is not None or facts.trouble is not None:
            raise UnusualPageError(facts.trouble or "it is encrypted")
        self._pdfium = stack.enter_context(PdfiumDocument(data, facts.descents))
        if not self._pdfium.is_sound or not self._pdfium.page_count:
            raise UnusualPageError("PDFium opens it only after repair")
        self._oxide = OxideDocument(data)
        if self._oxide.page_count != self._pdfium.page_count:
            raise UnusualPageError("two engines count different pages")

    @property
    def page_count(self) -> int:
        return self._pdfium.page_count

    def page(self, number: int) -> RawPage:
        """A page that both engines read alike. Raises UnusualPageError."""
        with self._pdfium.page(number) as page:
            other = self._oxide.text(number, page.corner)
            glyphs = texts_to_glyphs(page.text, other, page.fonts)
            raw = page.raw
        if count_unmapped(glyphs.texts):
            raise UnusualPageError("a font does not know one of its characters")
        return replace(raw, glyphs=glyphs)
