"""What a second reader sees in each box of a PDF: never the reader whose characters are in the tables."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from extract.pdf.engines.checked import CheckedReader
from extract.pdf.engines.pdfplumber.reader import OpenedPdf, PdfplumberReader
from extract.pdf.model.glyph_array import to_columns
from extract.pdf.model.raw_page import RawPage
from extract.pdf.read_pdf import read_pdf
from extract.pdf.text.lines import runs_to_lines
from extract.pdf.text.runs import glyphs_to_runs
from pipeline.review.evidence import BlockView, DocumentView, PageView
from pipeline.review.pictures import PDFIUM, opened
from schemas.document import Box, Document, Fragment, Line

PDFIUM_NAME = CheckedReader.name
PDFPLUMBER_NAME = PdfplumberReader.name

_SAME = 0.7
"""The share of two boxes' common area from which they are one place: a line's box depends on how a reader knows its
font, a cell's hardly."""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second reader sees: its name by page, and by block number its text where that is another.

    `failed` says by page why it sees nothing.
    """

    readers: Mapping[int, str]
    texts: Mapping[int, str]
    failed: Mapping[int, str]


def second_reading(view: DocumentView, path: Path) -> SecondReading:
    """Read a document again: with pdfplumber what PDFium read, and the other way round. White space is not compared.

    Raises OSError where the file cannot be read.
    """
    data = path.read_bytes()
    pages = {page.number: page for page in view.pages if page.width}
    first = dict(_first_readers(view.row.reader, data, pages))
    by_pdfium = {number for number, name in first.items() if name == PDFIUM_NAME}
    failed: dict[int, str] = {}
    seen = {
        **_seen_by_pdfplumber(data, view, by_pdfium, failed),
        **_seen_by_pdfium(path, [pages[number] for number in first if number not in by_pdfium], failed),
    }
    printed = {block.number: block.block.text for page in pages.values() for block in page.blocks}
    return SecondReading(
        readers={number: PDFPLUMBER_NAME if number in by_pdfium else PDFIUM_NAME for number in first},
        texts={number: text for number, text in sorted(seen.items()) if _plain(text) != _plain(printed[number])},
        failed=failed,
    )


def to_script(reading: SecondReading) -> str:
    """The reading as a script that hands it to the page: also a page that was opened without a server may load one."""
    said = {"readers": reading.readers, "texts": reading.texts, "failed": reading.failed}
    return f"secondReading({json.dumps(said, sort_keys=True)});\n"


def _first_readers(name: str | None, data: bytes, pages: Collection[int]) -> Iterator[tuple[int, str]]:
    """Who read each page. Where both did, the pages are read as they were, and say it."""
    if name in (PDFIUM_NAME, PDFPLUMBER_NAME):
        yield from ((number, name) for number in pages)
        return
    with PDFIUM:
        yield from ((raw.page.number, raw.reader) for raw in CheckedReader()(data) if raw.page.number in pages)


class _Pages:
    """Some pages of a PDF, read with pdfplumber and kept: the boxes may be cut otherwise than the document's."""

    name = PDFPLUMBER_NAME

    def __init__(self, numbers: Collection[int]) -> None:
        self.raw: dict[int, RawPage] = {}
        self._numbers = numbers

    def __call__(self, data: bytes, password: str | None = None) -> Iterator[RawPage]:
        with OpenedPdf(data, password) as pdf:
            for number in sorted(self._numbers):
                if number <= pdf.page_count:
                    self.raw[number] = pdf.page(number)
                    yield self.raw[number]


def _seen_by_pdfplumber(
    data: bytes, view: DocumentView, numbers: Collection[int], failed: dict[int, str]
) -> Mapping[int, str]:
    if not numbers:
        return {}
    reader = _Pages(numbers)
    document = read_pdf(data, view.row.source_name, reader=reader)
    reason = "; ".join(problem.message.en for problem in document.problems if problem.rule == "unreadable")
    failed.update({number: reason for number in numbers if number not in reader.raw})
    failed.update({number: raw.damage for number, raw in reader.raw.items() if raw.damage})
    places: dict[int, list[Fragment]] = {}
    for fragment in _fragments(document):
        places.setdefault(fragment.page, []).append(fragment)
    return {
        block.number: _text_at(box, places.get(page.number, ()), reader.raw[page.number])
        for page in view.pages
        if page.number in reader.raw and page.number not in failed
        for block in page.blocks
        if (box := _box(block))
    }


def _fragments(document: Document) -> Iterator[Fragment]:
    for item in document.items:
        if isinstance(item, Line):
            yield from item.fragments
        else:
            for cell in (*item.cells, *item.repeated):
                yield from cell.fragments


def _text_at(box: Box, places: Iterable[Fragment], raw: RawPage) -> str:
    """The text of the place that is this one, else of the characters whose middle lies in it."""
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


def _seen_by_pdfium(path: Path, pages: Iterable[PageView], failed: dict[int, str]) -> Mapping[int, str]:
    found: dict[int, str] = {}
    for page in pages:
        with opened(path) as pdf:
            try:
                if pdf is None:
                    raise IndexError("PDFium does not open the file")
                numbers = {block.block.block_id: block.number for block in page.blocks}
                texts = pdf.texts([block.block for block in page.blocks])
                found.update({numbers[identity]: text for identity, text in texts.items()})
            except (pypdfium2.PdfiumError, IndexError) as error:
                failed[page.number] = str(error)
    return found


def _box(view: BlockView) -> Box | None:
    block = view.block
    if block.x0 is None or block.top is None or block.x1 is None or block.bottom is None:
        return None
    return Box(block.x0, block.top, block.x1, block.bottom)


def _plain(text: str) -> str:
    return "".join(text.split())
