"""The third engine, pdfplumber: asked for a page only where the other two leave something open."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.pdf.model.characters import count_unmapped
from extract.pdf.model.glyph_array import Columns, to_columns
from extract.pdf.model.raw_page import UNMAPPED, Dispute, RawPage, UnreadableError
from schemas.limits import Limits

if TYPE_CHECKING:
    from extract.pdf.engines.oxide import OtherText
    from extract.pdf.engines.pdfplumber.reader import OpenedPdf

_CONFIRMED = 0.5
"""The share of the characters that the witness alone reads from which on as many in pdfplumber's page confirm it."""

_TWIN = 0.5
"""Two characters whose starts lie no further apart, in font sizes, may be one that is printed twice."""

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

    def judged(self, raw: RawPage, witness: OtherText | None) -> RawPage:
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

    def _with_missing(self, raw: RawPage, witness: OtherText) -> RawPage:
        read = to_columns(raw.glyphs), to_columns(raw.hidden)
        own = _folded(read[0].text + read[1].text)
        theirs = _folded(witness.text)
        missing, more = theirs - own, own - theirs
        if missing and more and not _is_unmapped_by(missing, more):
            one, other = ("".join(sorted(part.elements()))[:_QUOTED] for part in (more, missing))
            return replace(raw, disputes=(*raw.disputes, Dispute(one, other, "note")))
        if not _lacks(read, witness, missing):
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


def _lacks(read: Iterable[Columns], witness: OtherText, missing: Collection[str]) -> bool:
    """Whether the witness reads one of the `missing` characters where PDFium reads no such character.

    What is printed twice in one place comes once from PDFium, and lacks nothing. PDFium leaves out a character that
    stands alone (the ₂ of t-CO₂ on a line of its own) where it takes it for such a twin.
    """
    places: dict[str, list[tuple[float, float, float]]] = {}
    for part in read:
        origins = zip(part.origin_x.tolist(), part.origin_y.tolist(), part.sizes.tolist(), strict=True)
        for text, place in zip(part.texts, origins, strict=True):
            places.setdefault(unicodedata.normalize("NFKC", text), []).append(place)
    for text, x, y in witness.characters():
        folded = unicodedata.normalize("NFKC", text)
        if any(character in missing for character in folded) and not any(
            abs(x - own_x) <= _TWIN * size and abs(y - own_y) <= _TWIN * size
            for own_x, own_y, size in places.get(folded, ())
        ):
            return True
    return False


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
