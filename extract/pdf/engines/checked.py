"""The usual reader: PDFium's pages, with a second engine as a witness; pdfplumber's where PDFium has none.

PDFium says what stands on a page and where. Where a second engine that shares no code with it reads the same
characters at the same places, its finer widths and its blanks are taken over.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

from extract.pdf.engines.agreement import texts_to_glyphs
from extract.pdf.engines.arbiter import Arbiter
from extract.pdf.engines.oxide import OtherText, OxideDocument
from extract.pdf.engines.pdfium.glyphs import text_to_glyphs
from extract.pdf.engines.pdfium.reader import FastPage, PdfiumDocument
from extract.pdf.engines.pdfium.text import UnusualPageError
from extract.pdf.file.decrypt import without_encryption
from extract.pdf.file.scan import file_facts
from extract.pdf.model.glyph_array import Columns, to_columns
from extract.pdf.model.raw_page import RawPage
from schemas.limits import Limits

_SAME = 0.25
"""A character that is printed again no further away than this, in font sizes, is printed in one place."""


class CheckedReader:
    """Reads each page with PDFium, beside pdf_oxide; with pdfplumber those that PDFium cannot load.

    `RawPage.reader` says who read a page.
    """

    name = "pdfium"

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def __call__(self, data: bytes, password: str | None = None) -> Iterator[RawPage]:
        """The pages in order. Raises UnreadableError for a file of which no page can be read."""
        with ExitStack() as stack:
            try:
                fast = _FastPages(without_encryption(data, password), stack, self._limits)
            except UnusualPageError:
                from extract.pdf.engines.pdfplumber.reader import PdfplumberReader

                yield from PdfplumberReader(self._limits)(data, password)
                return
            arbiter = Arbiter(
                data, password, self._limits, stack, fast.facts.misnumbered | fast.facts.silent | fast.facts.nameless
            )
            for number in range(1, fast.page_count + 1):
                try:
                    raw = arbiter.judged(*fast.page(number))
                    yield arbiter.with_numbers_of_fonts(raw) if fast.facts.is_contested else raw
                except UnusualPageError:
                    yield arbiter.page(number)


class _FastPages:
    """A file open in both engines. Raises UnusualPageError where its streams are not sound or PDFium cannot open it."""

    def __init__(self, data: bytes, stack: ExitStack, limits: Limits) -> None:
        facts = file_facts(data, limits.content)
        self.facts = facts
        if facts.trouble is not None:
            raise UnusualPageError(facts.trouble)
        self._pdfium = stack.enter_context(PdfiumDocument(data, facts))
        if not self._pdfium.page_count:
            raise UnusualPageError("PDFium cannot open it")
        if not self._pdfium.is_sound and b"%%EOF" not in data[-2048:]:
            raise UnusualPageError("the file was cut off")
        self._witness = _witness(data, self._pdfium.page_count)

    @property
    def page_count(self) -> int:
        return self._pdfium.page_count

    def page(self, number: int) -> tuple[RawPage, OtherText | None]:
        """A page, and what the witness reads of it where that is not the same.

        Raises UnusualPageError where PDFium cannot load it.
        """
        with self._pdfium.page(number) as page:
            glyphs, other = self._glyphs(number, page)
            raw = replace(page.raw, glyphs=glyphs, hidden=_without_shown(to_columns(page.raw.hidden), glyphs))
            return raw, other

    def _glyphs(self, number: int, page: FastPage) -> tuple[Columns, OtherText | None]:
        """The characters of a page, as both engines know them, or as PDFium does beside those of the witness."""
        other: OtherText | None = None
        try:
            if self._witness is not None:
                other = self._witness.text(number, page.corner)
                return texts_to_glyphs(page.text, other, page.fonts), None
        except UnusualPageError:
            pass
        return text_to_glyphs(page.text), other


def _without_shown(hidden: Columns, shown: Columns) -> Columns:
    """The hidden characters but for texts that are printed in the same place too, as the outlines of letters are."""
    if not len(hidden) or not len(shown):
        return hidden
    places: dict[str, list[tuple[float, float]]] = {}
    for text, x, y in zip(shown.texts, shown.origin_x.tolist(), shown.origin_y.tolist(), strict=True):
        places.setdefault(text, []).append((x, y))
    lost = {
        glyph.order
        for glyph in hidden
        if not any(
            abs(x - glyph.origin_x) <= _SAME * glyph.size and abs(y - glyph.origin_y) <= _SAME * glyph.size
            for x, y in places.get(glyph.text, ())
        )
    }
    return hidden.take([number for number, order in enumerate(hidden.orders.tolist()) if order in lost])


def _witness(data: bytes, page_count: int) -> OxideDocument | None:
    """The second engine, where it can open the file and counts the same pages."""
    try:
        witness = OxideDocument(data)
    except UnusualPageError:
        return None
    return witness if witness.page_count == page_count else None
