"""PDFium is the one source of pages: what pdfplumber gives where that is right, and PDFium's characters everywhere."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import pypdfium2.raw as raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pdf.engines.checked import CheckedReader
from extract.pdf.engines.pdfium.reader import PdfiumDocument
from extract.pdf.engines.pdfium.text import UnusualPageError
from extract.pdf.engines.pdfplumber.reader import PdfplumberReader
from extract.pdf.file.scan import FileFacts
from extract.pdf.model.characters import is_unmapped
from extract.pdf.model.glyph_array import from_codes, to_columns
from extract.pdf.read_pdf import read_pdf
from schemas.document import Box, Document, Fragment, Line
from tests.extract.pdf.pdf_making import raw_pdf
from tests.rendering.layouts import Printed, printed_documents

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "corpus"

OWN = sorted(chain((ROOT / "data" / "raw").glob("*.pdf"), SHARED.glob("pdf/*.pdf")))
REAL = sorted(chain(SHARED.glob("real/*.pdf"), SHARED.glob("real-more/*.pdf"), SHARED.glob("unseen/documents/*.pdf")))

TOLERANCE = 0.02
"""Points. Both readers round to 0.01, and may come to lie on both sides of a half."""

FAST = {
    "akiruno-progress", "akishima-report", "musashino-sheets-r7", "musashino-summary", "nishitokyo-outline",
}  # fmt: skip
"""Our own documents, printed by a browser and by an office suite: none of them may need the careful reader."""


ROUNDED = 1.0
"""The same where PDFium alone knows a font, and cuts the fractions off its widths."""


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_the_fast_reader_gives_the_careful_readers_document(path: Path) -> None:
    _assert_alike(path.read_bytes(), path.name)


def _assert_alike(data: bytes, name: str, tolerance: float = TOLERANCE) -> None:
    """That the fast reader and the careful one give one document, all tildes and minus signs being one."""
    fast, careful = read_pdf(data, name), read_pdf(data, name, reader=PdfplumberReader())
    assert [*_texts(fast)] == [*_texts(careful)]
    assert [problem.message.en for problem in fast.problems] == [problem.message.en for problem in careful.problems]
    assert _farthest(_boxes(fast), _boxes(careful)) <= tolerance
    assert [(page.number, page.rotation) for page in fast.pages] == [
        (page.number, page.rotation) for page in careful.pages
    ]


@pytest.mark.parametrize("path", [path for path in OWN if path.stem in FAST], ids=lambda path: path.stem)
def test_our_own_documents_are_read_fast(path: Path) -> None:
    assert {page.reader for page in CheckedReader()(path.read_bytes())} == {"pdfium"}


@settings(max_examples=12)
@given(st.sampled_from(("summary", "sheet", "progress")).flatmap(lambda layout: printed_documents(layout, "pdf")))
def test_both_readers_give_one_document_of_whatever_is_printed(printed: Printed) -> None:
    """In fonts that the file holds or does not, with fake bold, with rules drawn as lines, boxes or fills."""
    _assert_alike(printed.data, "printed.pdf", ROUNDED)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_pages_hold_what_pdfium_says_they_print(path: Path) -> None:
    """Blocks and hidden text together, after folding; where fonts say nothing of their characters, as many."""
    data = path.read_bytes()
    pages = [*CheckedReader()(data)]
    for page, theirs in zip(pages, _pdfium_texts(data), strict=True):
        assert page.reader == "pdfium"
        own = "".join(glyph.text for glyph in chain(to_columns(page.glyphs), to_columns(page.hidden)))
        unknown = sum(map(is_unmapped, own))
        if unknown > len(own) / 2:
            assert len("".join(own.split())) == pytest.approx(len("".join(theirs.split())), rel=0.05)
            continue
        lost = _folded(theirs) - _folded(own)
        more = _folded(own) - _folded(theirs)
        assert lost.total() <= unknown, f"page {page.page.number} lost {lost}"
        assert more.total() <= unknown, f"page {page.page.number} has {more} more"


def _folded(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFKC", text).split()))


def _pdfium_texts(data: bytes) -> Iterator[str]:
    """The text of each page, as PDFium gives it in one go. A hyphen at the end of a line is U+0002 there."""
    raw.FPDF_InitLibrary()
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    for number in range(raw.FPDF_GetPageCount(document)):
        page = raw.FPDF_LoadPage(document, number)
        text = raw.FPDFText_LoadPage(page)
        count = raw.FPDFText_CountChars(text)
        buffer = (ctypes.c_ushort * (count + 1))()
        raw.FPDFText_GetText(text, 0, count, buffer)
        yield bytes(buffer)[:-2].decode("utf-16-le", "replace").replace("\x02", "-")
        raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)
    raw.FPDF_CloseDocument(document)


def in_font(content: bytes, width: float) -> bytes:
    """A page in a font all of whose characters are as wide."""
    font = (
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Fine /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 126 "
        b"/Widths [%s] /FontDescriptor 6 0 R >>" % b" ".join([b"%.4f" % width] * 95)
    )
    descriptor = (
        b"<< /Type /FontDescriptor /FontName /Fine /Flags 32 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 "
        b"/Descent -200 /CapHeight 900 /StemV 80 >>"
    )
    return raw_pdf(content, resources=b"<< /Font << /F 5 0 R >> >>", more=[font, descriptor])


@given(st.text("Aij1 ", min_size=1, max_size=60), st.floats(400, 1000))
def test_widths_with_fractions_add_up_along_a_line(text: str, width: float) -> None:
    """PDFium cuts the fractions off, and is ever further behind. 60 characters of 6 points stand within the page."""
    _assert_alike(in_font(b"BT /F 6 Tf 20 400 Td (%s) Tj ET" % text.encode(), width), "fine.pdf")


@pytest.mark.parametrize("box", [b"/MediaBox [9 9 409 499]", b"/MediaBox [0 -9 99 499]"])
def test_a_page_that_begins_elsewhere_is_read_fast(box: bytes) -> None:
    whole = in_font(b"BT /F 10 Tf 20 400 Td (A j1) Tj ET", 500)
    assert len(box) == len(b"/MediaBox [0 0 400 500]")  # what follows keeps its place in the file
    data = whole.replace(b"/MediaBox [0 0 400 500]", box)
    assert [page.reader for page in CheckedReader()(data)] == ["pdfium"]
    _assert_alike(data, "elsewhere.pdf")


@pytest.mark.parametrize("twin", [b"20.3 400 Td (Aj1)", b"22 400 Td (1jA)"])
def test_lines_of_text_that_overlap_are_read_fast(twin: bytes) -> None:
    """Where an object begins, the next characters along the line are not its own, but of both."""
    data = in_font(b"BT /F 10 Tf 20 400 Td (Aj1) Tj ET BT /F 10 Tf " + twin + b" Tj ET", 500)
    assert [page.reader for page in CheckedReader()(data)] == ["pdfium"]
    _assert_alike(data, "overlapping.pdf")


def test_a_pdf_that_was_closed_has_no_pages() -> None:
    """What PDFium has freed must not be asked for: that would end the process."""
    with PdfiumDocument(in_font(b"BT /F 10 Tf 20 400 Td (A) Tj ET", 500), FileFacts({"Fine": -0.2})) as document:
        assert document.page_count == 1
        with document.page(1) as page:
            assert from_codes(page.text.letters) == "A"
    assert document.page_count == 0
    assert not document.is_sound
    with pytest.raises(UnusualPageError), document.page(1):
        pass


def _fragments(document: Document) -> Iterator[Fragment]:
    for item in document.items:
        for part in (item,) if isinstance(item, Line) else (*item.cells, *item.repeated):
            yield from part.fragments


def _texts(document: Document) -> Iterator[object]:
    for item in document.items:
        if isinstance(item, Line):
            yield _folded_marks(item.text), item.role, item.page
        else:
            yield item.n_rows, item.n_cols
            yield from (
                (cell.row, cell.col, cell.row_span, cell.col_span, _folded_marks(cell.text), cell.page)
                for cell in (*item.cells, *item.repeated)
            )


def _folded_marks(text: str) -> str:
    return re.sub(" +", " ", text.translate(str.maketrans("〜−˜", "～－~")))


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
