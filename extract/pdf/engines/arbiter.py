"""The third engine, pdfplumber: asked for a page only where the other two leave something open."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.pdf.model.characters import count_unmapped
from extract.pdf.model.glyph_array import to_columns
from extract.pdf.model.raw_page import UNMAPPED, Dispute, RawPage, UnreadableError
from schemas.limits import Limits

if TYPE_CHECKING:
    from extract.pdf.engines.pdfplumber.reader import OpenedPdf

_CONFIRMED = 0.5
"""The share of the characters that the witness alone reads from which on as many in pdfplumber's page confirm it."""

_JAPANESE = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

_QUOTED = 40
"""So many characters of a difference are quoted."""


class Arbiter:
    """pdfplumber with a file, opened when it is first asked."""

    def __init__(
        self, data: bytes, password: str | None, limits: Limits, stack: ExitStack, hopeless: Collection[str] = ()
    ) -> None:
        """`hopeless` are fonts of which it would make characters up, by their names."""
        self._data, self._password, self._limits, self._stack = data, password, limits, stack
        self._pdf: OpenedPdf | None = None
        self._hopeless = {*hopeless}

    def page(self, number: int) -> RawPage:
        """A page as pdfplumber reads it. Raises UnreadableError."""
        if self._pdf is None:
            from extract.pdf.engines.pdfplumber.reader import OpenedPdf  # few files need it, and it takes long to load

            self._pdf = self._stack.enter_context(OpenedPdf(self._data, self._password, self._limits))
        return self._pdf.page(number)

    def judged(self, raw: RawPage, witness: str | None) -> RawPage:
        """A page as PDFium reads it, or pdfplumber's where the evidence is for that.

        It is where PDFium does not know characters of a font that pdfplumber knows; and where the witness, whose text
        is given unless it is the same, and pdfplumber both read characters that PDFium leaves out. Where the witness
        reads others in the place of PDFium's, the page says so.
        """
        if UNMAPPED in to_columns(raw.glyphs).text:
            return self._with_known(raw)
        return raw if witness is None else self._with_missing(raw, witness)

    def with_numbers_of_fonts(self, raw: RawPage) -> RawPage:
        """A page, or pdfplumber's where print is said to stand for other numbers than its fonts print: PDFium and the
        witness read what is said alone."""
        page = self._whole(raw.page.number)
        return page if page is not None and page.disputes else raw

    def _with_known(self, raw: RawPage) -> RawPage:
        """A page with unknown characters. Fonts of which pdfplumber knows no more are not asked for again."""
        glyphs = to_columns(raw.glyphs)
        unknown = {font for text, font in zip(glyphs.texts, glyphs.fonts, strict=True) if text == UNMAPPED}
        if unknown <= self._hopeless:
            return raw
        other = self._whole(raw.page.number)
        if other is not None and 2 * _unknown(other) <= _unknown(raw):
            return other
        self._hopeless |= unknown
        return raw

    def _with_missing(self, raw: RawPage, witness: str) -> RawPage:
        text = to_columns(raw.glyphs).text + to_columns(raw.hidden).text
        own = _folded(text)
        theirs = _folded(witness)
        missing, more = theirs - own, own - theirs
        if missing and more and not _is_unmapped_by(missing, more):
            read, other = ("".join(sorted(part.elements()))[:_QUOTED] for part in (more, missing))
            return replace(raw, disputes=(*raw.disputes, Dispute(read, other, "note")))
        # What is printed twice in one place comes once from PDFium.
        unread = {*witness}.difference(text)
        if not any(part in missing for character in unread for part in unicodedata.normalize("NFKC", character)):
            return raw
        page = self._whole(raw.page.number)
        if page is None:
            return raw
        confirmed = _folded(to_columns(page.glyphs).text) - own
        return page if _CONFIRMED * missing.total() <= confirmed.total() else raw

    def _whole(self, number: int) -> RawPage | None:
        """A page as pdfplumber reads it; None where it is damaged, too large or bare."""
        try:
            page = self.page(number)
        except UnreadableError:
            return None
        return page if page.damage is None and page.excess is None and len(page.glyphs) else None


def _is_unmapped_by(missing: Collection[str], more: Collection[str]) -> bool:
    """Whether a witness reads Latin letters and signs where Japanese characters are read and no number: it gives the
    codes of a font of which the file says the characters elsewhere (`/ActualText`).

    >>> _is_unmapped_by({"f", "¢", "ø"}, {"人", "水"}), _is_unmapped_by({"8"}, {"人"}), _is_unmapped_by({"入"}, {"人"})
    (True, False, False)
    """
    return all(_JAPANESE.fullmatch(text) for text in more) and not any(
        text.isdigit() or _JAPANESE.fullmatch(text) for text in missing
    )


def _folded(text: str) -> Counter[str]:
    """The characters of a text, each folded by itself: engines put them in different orders."""
    return Counter("".join("".join(unicodedata.normalize("NFKC", character) for character in text).split()))


def _unknown(raw: RawPage) -> int:
    return count_unmapped(to_columns(raw.glyphs).texts)
