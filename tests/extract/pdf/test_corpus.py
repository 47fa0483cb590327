"""The real documents: every cell and line as typed from the print, and no character lost or told twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from extract.pdf.text.fake_bold import without_twins
from extract.text.document import read_text
from schemas.document import Document, Table
from tests.extract.pdf.pdf_making import pieces
from tests.extract.pdf.pdf_scores import NAMES, cell_f1, plain, printed_lines, raw_pages, read_cached, read_truth

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
REAL = sorted(path.name for path in (CORPUS / "real").glob("*.pdf"))


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_cells_are_those_of_the_print(corpus: Path, name: str) -> None:
    document = read_cached(corpus / "pdf" / f"{name}.pdf")
    truth = read_truth(corpus / "truth" / f"{name}.json")
    assert len(list(document.tables)) == len(truth.tables)
    assert cell_f1(list(document.tables), truth.tables) == 1.0


def test_lines_in_cells_end_where_their_author_ended_them(corpus: Path, name: str) -> None:
    document = read_cached(corpus / "pdf" / f"{name}.pdf")
    truth = read_truth(corpus / "truth" / f"{name}.json")
    for table, typed in zip(document.tables, truth.tables, strict=True):
        assert [printed_lines(cell.text) for cell in table.cells] == [printed_lines(cell.text) for cell in typed]


def test_lines_outside_tables_are_the_paragraphs_of_the_print(corpus: Path, name: str) -> None:
    document = read_cached(corpus / "pdf" / f"{name}.pdf")
    truth = read_truth(corpus / "truth" / f"{name}.json")
    lines = [plain(line.text) for line in document.lines if line.role == "body"]
    assert lines == [plain(line) for line in truth.lines]


def test_a_review_table_over_three_pages_is_one(corpus: Path) -> None:
    review = next(read_cached(corpus / "pdf" / "akishima-r4-report.pdf").tables)
    assert (review.n_rows, review.n_cols) == (38, 3)
    assert {fragment.page for cell in review.cells for fragment in cell.fragments} == {3, 4, 5}
    assert {cell.page for cell in review.repeated} == {4, 5}
    assert sum(len(cell.fragments) > 1 and cell.row == 15 for cell in review.cells) == 3


def test_text_form_and_pdf_say_the_same(corpus: Path, name: str) -> None:
    """Markup and formulas aside: the text form drops bullets and the furniture of pages, and does not join tables."""
    pdf = read_cached(corpus / "pdf" / f"{name}.pdf")
    text = read_text((corpus / "text" / f"{name}.txt").read_bytes(), f"{name}.txt")
    missing = Counter(said(pdf)) - Counter(said(text))
    # Displayed formulas and slogans broken by hand are set differently; nothing else is.
    assert sum(missing.values()) <= 8
    assert sum(missing.values()) <= 0.06 * len(said(pdf))


def said(document: Document) -> list[str]:
    texts = [cell.text for table in document.tables for cell in table.cells]
    texts += [line.text for line in document.lines if line.role == "body"]
    return [key for text in texts if (key := plain(text).replace("・", "").replace("*", ""))]


@pytest.mark.parametrize("path", [*(f"pdf/{name}.pdf" for name in NAMES), *(f"real/{name}" for name in REAL)])
def test_every_character_is_told_exactly_once(corpus: Path, path: str) -> None:
    document = read_cached(corpus / path)
    told: dict[int, Counter[str]] = {page.number: Counter() for page in document.pages}
    for piece in pieces(document):
        for fragment in piece.fragments:
            told[fragment.page].update("".join(fragment.text.split()))
        assert "".join(piece.text.split()) == "".join("".join(f.text for f in piece.fragments).split())
    for raw in raw_pages(corpus / path):
        printed = "".join(glyph.text for glyph in without_twins(raw.glyphs))
        assert told[raw.page.number] == Counter("".join(printed.split())), f"page {raw.page.number}"


@pytest.mark.parametrize("path", [f"real/{name}" for name in REAL])
def test_every_cell_lies_on_its_table(corpus: Path, path: str) -> None:
    for table in read_cached(corpus / path).tables:
        squares = [(row, col) for cell in table.cells for row in cell.rows for col in cell.cols]
        assert len(squares) == len(set(squares))
        assert all(row < table.n_rows and col < table.n_cols for row, col in squares)


def test_a_text_layer_of_unknown_characters_is_no_text_layer(corpus: Path) -> None:
    problems = read_cached(corpus / "real" / "bid-mlit-1.pdf").problems
    assert ("no-text-layer", "error") in {(problem.rule, problem.severity) for problem in problems}
    assert sum(problem.page is not None and problem.rule == "no-text-layer" for problem in problems) == 24


def test_a_list_of_fifteen_pages_is_one_table_under_one_caption(corpus: Path) -> None:
    document = read_cached(corpus / "real" / "list-nishitokyo-1.pdf")
    (table,) = document.tables
    assert table.n_rows == 668
    captions = [line.role for line in document.lines if "一覧" in line.text]
    assert captions == ["body"] + ["header"] * 14


def test_pages_turned_by_the_file_are_read_as_displayed(corpus: Path) -> None:
    document = read_cached(corpus / "real" / "budget-nankoku-5.pdf")
    assert {page.rotation for page in document.pages} == {0, 90}
    assert all(isinstance(item, Table) or item.fragments[0].box for item in document.items)
    for piece in pieces(document):
        for fragment in piece.fragments:
            page = document.pages[fragment.page - 1]
            assert fragment.box is not None
            assert 0 <= fragment.box.x0 <= fragment.box.x1 <= (page.width or 0)
            assert 0 <= fragment.box.top <= fragment.box.bottom <= (page.height or 0)
