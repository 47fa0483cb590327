"""Lines as long as a document may have them, of characters that a rule could try again and again.

Each rule here once took the square or the cube of a line's length, or of a table's width: up to hours.
"""

from __future__ import annotations

import pytest

from extract.text import read_text
from normalize.cells.amounts import read_amount
from normalize.cells.vocabulary import term_of, without_unit_note
from normalize.cells.years import YearSense
from normalize.document.sections import is_contents
from normalize.document.table_grid import grids, header_paths
from normalize.document.text_span import Excerpt, Place
from normalize.forms.summary.grade_counts import legend_weights
from normalize.goals.goal_parser import parse_target
from normalize.grades.thresholds import parse_legend
from normalize.municipalities.akiruno import PROGRESS_FORM
from normalize.municipalities.akishima import CARD_FORM
from schemas.limits import Limits

LONG = Limits().line_characters
BLANKS = " " * (LONG - 2)


def excerpt(text: str) -> Excerpt:
    return Excerpt.of(text, Place(0))


@pytest.mark.parametrize(("behind", "expected"), [("1", True), ("件", False)])
def test_leaders_without_end_are_contents_where_a_page_follows(behind: str, expected: bool) -> None:
    assert is_contents(excerpt("." * (LONG - 1) + behind)) is expected


def test_blanks_without_end_are_no_band() -> None:
    assert parse_legend([("A", f"1{BLANKS}"), ("B", f"~{BLANKS}1")]) == ()


def test_marks_without_end_are_worth_nothing() -> None:
    assert legend_weights([excerpt("・" * LONG), excerpt(f"◎{BLANKS}点")], "musashino-2") == {}


def test_blanks_without_end_are_no_pair() -> None:
    assert read_amount(f"1{BLANKS}2", YearSense(1996, 2035)) is None
    assert read_amount(f"1{BLANKS[:-2]}(2)", YearSense(1996, 2035)) is None


@pytest.mark.parametrize("text", ["何" * LONG, f"({BLANKS}", f"({BLANKS})"])
def test_no_label_is_seen_in_what_has_no_end(text: str) -> None:
    assert term_of(text) is None
    assert without_unit_note(text) == text.strip()


def test_a_number_without_end_takes_no_longer_than_its_length() -> None:
    """The whole of it was tried for each of its digits, in each of four ways."""
    assert parse_target(f"毎年{'2万' * (LONG // 2 - 1)}")


def test_a_programme_without_end_is_its_name() -> None:
    match = PROGRESS_FORM.programme.fullmatch(f"相談{BLANKS[:-2]}会")
    assert match is not None
    assert match["name"].startswith("相談")


def test_blanks_without_end_are_no_new_measure() -> None:
    assert CARD_FORM.new.search(BLANKS) is None
    assert CARD_FORM.reprint.search(BLANKS) is None


def test_a_header_of_thousands_of_columns_is_read_once() -> None:
    (grid,) = grids(read_text(f"区分\t実績{chr(9) * 3_000}\n窓口\t2件{chr(9) * 3_000}\n".encode(), "wide.tsv"))
    first, *others = header_paths(grid, range(2)).values()
    assert [cell.text for cell in first] == ["区分", "窓口"]
    assert len(others) > 3_000
    assert {tuple(cell.text for cell in path) for path in others} == {("実績", "2件"), ("実績",)}


def test_a_header_of_thousands_of_rows_is_read_once() -> None:
    (grid,) = grids(read_text(("実績\t値\n" * 3_000).encode(), "long.tsv"))
    assert [len(path) for path in header_paths(grid, grid.rows).values()] == [3_000, 3_000]
