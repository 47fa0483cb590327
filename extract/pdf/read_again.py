"""Pages read once more, by an engine that one names: what each sees in the boxes of a document that was read before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extract.pdf.engines.checked import CheckedReader
from extract.pdf.model.glyph_array import to_columns
from extract.pdf.model.raw_page import RawPage
from extract.pdf.read_pdf import read_pdf
from extract.pdf.text.lines import runs_to_lines
from extract.pdf.text.runs import glyphs_to_runs
from schemas.document import Box, Document, Fragment, Line

PDFIUM_NAME: Final = CheckedReader.name
PDFPLUMBER_NAME: Final = "pdfplumber"

_SAME = 0.7
"""The share of two boxes' common area from which they are one place: a line's box depends on how a reader knows its
font, a cell's hardly."""


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """The text in each box, by page (from 1) and in the order of the boxes; by page why nothing was read of it."""

    texts: Mapping[int, tuple[str, ...]]
    failed: Mapping[int, str]


def readers_of_pages(data: bytes) -> dict[int, str]:
    """Which engine the usual reading takes for each page."""
    return {raw.page.number: raw.reader for raw in CheckedReader()(data)}


def read_boxes_with_pdfplumber(data: bytes, source_name: str, boxes: Mapping[int, Sequence[Box]]) -> ReadAgain:
    """The text of boxes (in points, from the page's top left corner), as pdfplumber's characters give it.

    A cell or line of its own document that is in the same place says its text, else the characters in the box do.
    """
    if not boxes:
        return ReadAgain({}, {})
    reader = _Pages(boxes.keys())
    document = read_pdf(data, source_name, reader=reader)
    reason = "; ".join(problem.message.en for problem in document.problems if problem.rule == "unreadable")
    failed = {number: reason for number in boxes if number not in reader.raw}
    failed.update({number: raw.damage for number, raw in reader.raw.items() if raw.damage})
    places: dict[int, list[Fragment]] = {}
    for fragment in _fragments(document):
        places.setdefault(fragment.page, []).append(fragment)
    texts = {
        number: tuple(_text_at(box, places.get(number, ()), reader.raw[number]) for box in of_page)
        for number, of_page in boxes.items()
        if number not in failed
    }
    return ReadAgain(texts, failed)


class _Pages:
    """Some pages of a PDF, read with pdfplumber and kept: the boxes may be cut otherwise than the document's."""

    name = PDFPLUMBER_NAME

    def __init__(self, numbers: Collection[int]) -> None:
        self.raw: dict[int, RawPage] = {}
        self._numbers = numbers

    def __call__(self, data: bytes, password: str | None = None) -> Iterator[RawPage]:
        from extract.pdf.engines.pdfplumber.reader import OpenedPdf

        with OpenedPdf(data, password) as pdf:
            for number in sorted(self._numbers):
                if number <= pdf.page_count:
                    self.raw[number] = pdf.page(number)
                    yield self.raw[number]


def _fragments(document: Document) -> Iterator[Fragment]:
    for item in document.items:
        if isinstance(item, Line):
            yield from item.fragments
        else:
            for cell in (*item.cells, *item.repeated):
                yield from cell.fragments


def _text_at(box: Box, places: Iterable[Fragment], raw: RawPage) -> str:
    """What a page read again prints in a box: the text of the cell or line with that box, else the characters in it."""
    shared = [(_common(box, place.box), place) for place in places if place.box]
    share, best = max(shared, key=lambda pair: pair[0], default=(0.0, None))
    if best is not None and share >= _SAME:
        return best.text
    inside = [
        glyph
        for glyph in raw.glyphs
        if box.x0 <= (glyph.x0 + glyph.x1) / 2 <= box.x1 and box.top <= (glyph.top + glyph.bottom) / 2 <= box.bottom
    ]
    lines = runs_to_lines(glyphs_to_runs(to_columns(inside)), raw.page.number)
    return "\n".join(line.text for line in lines)


def _common(one: Box, other: Box) -> float:
    """The area that two boxes share, of the area that they cover together."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / (one.width * one.height + other.width * other.height - width * height)
