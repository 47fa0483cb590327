"""The fast reader is the usual one, so it must give what the careful one gives, on every PDF that there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import pytest

from extract.pdf.checked_reader import CheckedReader
from extract.pdf.document import read_pdf
from extract.pdf.pdfplumber_reader import PdfplumberReader
from schemas.document import Box, Document, Fragment, Line

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "corpus"

PDFS = sorted(chain((ROOT / "data" / "raw").glob("*.pdf"), SHARED.glob("pdf/*.pdf"), SHARED.glob("real/*.pdf")))

TOLERANCE = 0.02
"""Points. Both readers round to 0.01, and may come to lie on both sides of a half."""

FAST = {
    "akiruno-progress", "akishima-report", "musashino-sheets-r7", "musashino-summary", "nishitokyo-outline",
}  # fmt: skip
"""Our own documents, printed by a browser and by an office suite: none of them may need the careful reader."""


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_the_fast_reader_gives_the_careful_readers_document(path: Path) -> None:
    data = path.read_bytes()
    fast, careful = read_pdf(data, path.name), read_pdf(data, path.name, reader=PdfplumberReader())
    assert [*_texts(fast)] == [*_texts(careful)]
    assert [problem.message for problem in fast.problems] == [problem.message for problem in careful.problems]
    assert _farthest(_boxes(fast), _boxes(careful)) <= TOLERANCE
    assert [(page.number, page.rotation) for page in fast.pages] == [
        (page.number, page.rotation) for page in careful.pages
    ]


@pytest.mark.parametrize("path", [path for path in PDFS if path.stem in FAST], ids=lambda path: path.stem)
def test_our_own_documents_are_read_fast(path: Path) -> None:
    assert {page.reader for page in CheckedReader()(path.read_bytes())} == {"pdfium"}


def _fragments(document: Document) -> Iterator[Fragment]:
    for item in document.items:
        for part in (item,) if isinstance(item, Line) else (*item.cells, *item.repeated):
            yield from part.fragments


def _texts(document: Document) -> Iterator[object]:
    for item in document.items:
        if isinstance(item, Line):
            yield item.text, item.role, item.page
        else:
            yield item.n_rows, item.n_cols
            yield from (
                (cell.row, cell.col, cell.row_span, cell.col_span, cell.text, cell.page)
                for cell in (*item.cells, *item.repeated)
            )


def _boxes(document: Document) -> list[Box]:
    return [fragment.box for fragment in _fragments(document) if fragment.box is not None]


def _farthest(ones: Sequence[Box], others: Sequence[Box]) -> float:
    return max(
        (
            abs(side - other)
            for one, two in zip(ones, others, strict=True)
            for side, other in zip(
                (one.x0, one.top, one.x1, one.bottom), (two.x0, two.top, two.x1, two.bottom), strict=True
            )
        ),
        default=0.0,
    )
