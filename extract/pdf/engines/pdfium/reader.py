"""PDFium's pages: the characters, paths and pictures of each, in a few milliseconds."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.engines.pdfium.annotations import struck_through
from extract.pdf.engines.pdfium.clips import Window
from extract.pdf.engines.pdfium.fonts import FontNotes, Fonts
from extract.pdf.engines.pdfium.glyphs import text_to_glyphs
from extract.pdf.engines.pdfium.objects import Matrix
from extract.pdf.engines.pdfium.paths import Painted, page_to_painted
from extract.pdf.engines.pdfium.recognised import layer_disputes
from extract.pdf.engines.pdfium.text import PrintedText, UnusualPageError, page_to_text
from extract.pdf.engines.pdfium.unnamed import unnamed_texts
from extract.pdf.engines.pdfium.visible import Unseen, find_unseen
from extract.pdf.file.scan import FileFacts
from extract.pdf.model.glyph_array import NO_CHARACTERS, Columns
from extract.pdf.model.raw_page import OF_PATTERNS, Direction, Fill, RawPage
from schemas.document import Box, Page

_SIDEWAYS = 0.6
"""From this share of turned characters on, a page is read turned."""

_COPIES = 3
"""So many copies of a text that nobody sees are looked for in one place: PDFium tells one when the other is away."""

_BOX = (ctypes.c_float * 4)()
_AT_BOX = ctypes.addressof(_BOX)

_MOST_OBJECTS = 500_000
"""Texts, paths, pictures and forms on a page itself, above every limit of what it may have. The careful reader counts
as it goes."""


@dataclass(frozen=True, slots=True)
class FastPage:
    """An open page, its printed text, and the names of its fonts. `raw` has no characters.

    `corner` is the top left corner of what is displayed of a page that is not turned, in PDF's coordinates.
    """

    raw: RawPage
    text: PrintedText
    corner: tuple[float, float]
    fonts: frozenset[str]


class PdfiumDocument:
    """A PDF opened with PDFium, its pages read one by one. Use it in a `with` block; after that it has no pages."""

    def __init__(self, data: bytes, facts: FileFacts) -> None:
        """`facts` are what the bytes of the file tell (see `file_facts`)."""
        self._data = data  # PDFium reads from it as long as the document is open
        raw.FPDF_InitLibrary()
        self._handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
        self._facts = facts
        self._notes = FontNotes()

    def __enter__(self) -> PdfiumDocument:
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle:
            raw.FPDF_CloseDocument(self._handle)
        self._handle = None  # what is freed must not be used again: that ends the process

    @property
    def is_sound(self) -> bool:
        """Whether it was opened as it stands, without repair."""
        return bool(self._handle) and bool(raw.FPDF_DocumentHasValidCrossReferenceTable(self._handle))

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
            if call.count_objects(call.address_of(page)) > _MOST_OBJECTS:
                raise UnusualPageError("it paints more than can be looked at")
            text_page = raw.FPDFText_LoadPage(page)
            if not text_page:
                raise UnusualPageError("PDFium cannot read its text")
            raw.FPDF_GetPageBoundingBox(page, ctypes.cast(_AT_BOX, ctypes.POINTER(raw.FS_RECTF)))
            left, top, right, bottom = _BOX
            quarters = raw.FPDFPage_GetRotation(page) % 4
            base = _as_displayed(quarters, left, top, right, bottom)
            painted = page_to_painted(call.address_of(page), base)
            fonts = Fonts(self._facts, self._handle, self._notes)
            text = page_to_text(text_page, base, painted.texts, fonts)
            sides = (top - bottom, right - left) if quarters % 2 else (right - left, top - bottom)
            hidden: Columns = NO_CHARACTERS
            windows: dict[int, Window] = {}
            unseen = self._unseen(page, text, painted, sides)
            disputes = text.disputes
            if len(unseen.recognised):
                disputes = (*disputes, *layer_disputes(page, text, unseen.recognised, sides))
            is_layer = bool(len(unseen.recognised))
            places: set[tuple[int, float, float]] = set()
            rest = painted
            for _ in range(_COPIES):
                windows |= unseen.windows
                if not len(unseen.numbers):
                    break
                hidden = hidden if len(hidden) else text_to_glyphs(text.only(unseen.numbers))
                places |= text.places(unseen.numbers)
                known = {*text.items.tolist()}
                raw.FPDFText_ClosePage(text_page)
                text_page = _text_without(page, unseen.objects)
                gone = np.array(unseen.objects, np.uintp)
                rest = replace(rest, texts=rest.texts.take(~np.isin(rest.texts.items, gone)))
                text = page_to_text(text_page, base, rest.texts, fonts)
                if known.issuperset(text.items.tolist()):
                    break
                unseen = self._unseen(page, text, rest, sides)
            if places:
                text = text.but(text.numbers[[place in places for place in text.placed()]])
            text = replace(text, windows=windows)
            info = Page(number, *sides, quarters * 90)
            bare = RawPage(
                info,
                (),
                (*painted.strokes, *struck_through(page, base)),
                painted.fills,
                painted.images,
                reader="pdfium",
                hidden=hidden,
                is_recognised=is_layer,
                disputes=disputes,
                shapes=(
                    *(Box(*shape[:4]) for shape in painted.shapes),
                    *unnamed_texts(text, rest.texts),
                    *(_patterned(painted.fills) if self._facts.has_text_patterns else ()),
                ),
                sideways=_sideways(text),
                rings=painted.rings,
            )
            yield FastPage(bare, text, (left, top), fonts.names)
        finally:
            if text_page:
                raw.FPDFText_ClosePage(text_page)
            raw.FPDF_ClosePage(page)

    def _unseen(self, page: Any, text: PrintedText, painted: Painted, size: tuple[float, float]) -> Unseen:
        facts = self._facts
        return find_unseen(page, text, painted, size, has_layers=facts.has_layers, has_masks=facts.has_masks)


def _patterned(fills: Iterable[Fill]) -> Iterator[Box]:
    """The areas that may be filled with a pattern."""
    yield from (Box(*fill[:4]) for fill in fills if fill.lightness is None or fill.colour == OF_PATTERNS)


def _text_without(page: Any, objects: Sequence[int]) -> Any:
    """The text of a page again, without some objects: of two characters that stand in one place PDFium keeps the one
    painted first, also where nobody sees it. Raises UnusualPageError."""
    for item in objects:
        call.set_active(item, 0)
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        raise UnusualPageError("PDFium cannot read its text")
    return text_page


def _sideways(text: PrintedText) -> Direction:
    """Where nearly all text runs if it was turned or stands upside down; text that is written downwards was not."""
    turned: tuple[Direction, ...] = (90, 180, 270)
    total = int(text.counts.sum())
    for direction in turned:
        at = (text.directions == direction) & ~text.is_vertical
        if total and int(text.counts[at].sum()) >= _SIDEWAYS * total:
            return direction
    return 0


def _as_displayed(quarters: int, left: float, top: float, right: float, bottom: float) -> Matrix:
    """What moves a point of PDF's coordinates to its place on the page as it is displayed, turned clockwise by so many
    quarters; the other numbers are the sides of what is displayed."""
    return (
        (1.0, 0.0, 0.0, -1.0, -left, top),
        (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        (0.0, -1.0, -1.0, 0.0, top, right),
    )[quarters]
