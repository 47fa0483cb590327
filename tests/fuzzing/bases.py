"""The sound documents that are broken: our own, page by page and part by part, so that a campaign gets far."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium

from tests.extract.pdf_making import Sheet, make_pdf

RAW = Path(__file__).parents[2] / "data" / "raw"
_LINES_OF_A_PART = 60


@cache
def pdf_bases() -> tuple[bytes, ...]:
    """Single pages of `data/raw`, and small plain PDFs whose structure is not hidden in compressed streams."""
    return (*_small_pdfs(), *(page for path in sorted(RAW.glob("*.pdf")) for page in _pages(path)))


@cache
def text_bases() -> tuple[bytes, ...]:
    """Parts of the texts of `data/raw`, each whole form, in UTF-8."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(RAW.glob("*.txt"))]
    return tuple(part.encode() for text in texts for part in _parts(text))


def _pages(path: Path) -> Iterator[bytes]:
    with pdfium.PdfDocument(path) as whole:
        for number in range(len(whole)):
            with pdfium.PdfDocument.new() as one:
                one.import_pages(whole, [number])
                buffer = io.BytesIO()
                one.save(buffer)
                yield buffer.getvalue()


def _parts(text: str) -> Iterator[str]:
    lines = text.split("\n")
    yield from ("\n".join(lines[at : at + _LINES_OF_A_PART]) for at in range(0, len(lines), _LINES_OF_A_PART))


def _small_pdfs() -> Iterator[bytes]:
    def table(sheet: Sheet) -> None:
        xs, ys = (40.0, 140.0, 260.0, 360.0), (60.0, 90.0, 120.0, 150.0)
        sheet.text(40, 40, "令和7年度 施策評価シート", 12)
        sheet.grid(xs, ys)
        sheet.cells(xs, ys, [["指標名", "目標値", "実績値"], ["参加者数", "120人", "98人"], ["開催回数", "4回", "5回"]])

    def prose(sheet: Sheet) -> None:
        sheet.lines(40, 60, ["港の案内を続け、", "桟橋の補修を終えた。", "・灯台の公開", "・船着場の見直し"])
        sheet.fill(40, 200, 300, 230, 0.8)

    for data in (make_pdf(table), make_pdf(prose), make_pdf(table, prose, rotation=90)):
        yield data
        # Said not to be compressed, its operators can be changed one by one.
        yield re.sub(rb" ?/ASCII85Decode", b"", data)
