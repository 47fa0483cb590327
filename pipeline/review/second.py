"""What a second reader sees in each box of a PDF: never the reader whose characters are in the tables."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from extract.pdf import PDFIUM_NAME, PDFPLUMBER_NAME, read_boxes_with_pdfplumber, readers_of_pages
from pipeline.review.evidence import BlockView, DocumentView, PageView
from pipeline.review.pictures import PDFIUM, opened
from schemas.document import Box


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second reader sees: its name by page, and by block number its text where that is another.

    `failed` says by page why it sees nothing.
    """

    readers: Mapping[int, str]
    texts: Mapping[int, str]
    failed: Mapping[int, str]


def second_reading(view: DocumentView, path: Path) -> SecondReading:
    """Read each page with the other engine, and give the blocks whose text differs, white space aside.

    Pages that PDFium read are read by pdfplumber, and the other way round; those that were read from their pictures by
    neither. Raises OSError where the file cannot be read.
    """
    data = path.read_bytes()
    pages = {page.number: page for page in view.pages if page.width and not page.is_recognised}
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
        read = readers_of_pages(data)
    yield from ((number, name) for number, name in read.items() if number in pages)


def _seen_by_pdfplumber(
    data: bytes, view: DocumentView, numbers: Collection[int], failed: dict[int, str]
) -> Mapping[int, str]:
    blocks = {
        page.number: [(block.number, box) for block in page.blocks if (box := _box(block))]
        for page in view.pages
        if page.number in numbers
    }
    boxes = {page: [box for _, box in of_page] for page, of_page in blocks.items()}
    seen = read_boxes_with_pdfplumber(data, view.row.source_name, boxes)
    failed.update(seen.failed)
    return {
        number: text
        for page, texts in seen.texts.items()
        for (number, _), text in zip(blocks[page], texts, strict=True)
    }


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
