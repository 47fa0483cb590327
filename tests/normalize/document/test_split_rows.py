"""Rows that a page break parts."""

from __future__ import annotations

import pytest

from normalize.document.split_rows import part_rows
from normalize.text.labels import Labels
from schemas.document import Cell, Document, Fragment, Page, Table

LABELS = Labels("次年度予定", "今後の方向性", "具体的な内容", "予定", "実施", "所見", "実施内容に関する所見")


def parted(*cut: tuple[str, str]) -> Table:
    """What becomes of a row whose cells two pages print, between two rows that one page prints."""
    rows = [
        [Cell(0, col, 1, 1, "前", (Fragment(1, "前"),)) for col in range(len(cut))],
        [
            Cell(1, col, 1, 1, "".join(texts).strip(), (Fragment(1, texts[0]), Fragment(2, texts[1])))
            for col, texts in enumerate(cut)
        ],
        [Cell(2, col, 1, 1, "後", (Fragment(2, "後"),)) for col in range(len(cut))],
    ]
    table = Table(3, len(cut), tuple(cell for row in rows for cell in row))
    (item,) = part_rows(Document("0", "a.pdf", "application/pdf", 0, (Page(1), Page(2)), (table,)), LABELS.match).items
    assert isinstance(item, Table)
    return item


def rows_of(table: Table) -> list[list[str]]:
    """The texts of the rows between the first and the last, from left to right."""
    cells = sorted(table.cells, key=lambda cell: cell.col)
    return [[cell.text for cell in cells if row in cell.rows] for row in range(1, table.n_rows - 1)]


def test_two_labels_are_two_rows_beside_what_is_printed_once() -> None:
    """The second row prints nothing but its label: nothing else tells it from the rest of the first."""
    table = parted(("次年度予定", ""), ("今後の方向性", "具体的な内容"), ("見直して継続", ""))
    assert rows_of(table) == [["次年度予定", "今後の方向性", "見直して継続"], ["次年度予定", "具体的な内容", ""]]
    assert [cell.page for cell in table.cells if cell.row == 2] == [2, 2]
    assert [cell.row_span for cell in table.cells if cell.text == "次年度予定"] == [2]
    assert [(cell.row, cell.text) for cell in table.cells[-3:]] == [(3, "後")] * 3


def test_a_value_that_filled_its_page_does_not_take_the_next_row_with_it() -> None:
    said, more = "朝市を月に開いた。", "地図を刷り、\n配った。"
    table = parted(("2", ""), ("予定", "実施"), (said, more))
    assert rows_of(table) == [["2", "予定", said], ["2", "実施", more]]


def test_what_only_the_second_page_prints_left_of_the_labels_is_of_the_second_row() -> None:
    table = parted(("", "2"), ("予定", "実施"), ("開く", "開いた"))
    assert rows_of(table) == [["", "予定", "開く"], ["2", "実施", "開いた"]]


def test_a_text_further_right_that_goes_on_stands_beside_both_rows() -> None:
    table = parted(("2", ""), ("予定", "実施"), ("開く", "開いた"), ("朝市を年", "12回"), ("3年\n", "4年"))
    assert rows_of(table)[1] == ["2", "実施", "開いた", "朝市を年12回", "4年"]


@pytest.mark.parametrize("cut", [("実施内容に関する", "所見"), ("予定", "(案)"), ("計画", "実施"), ("予定", "")])
def test_one_label_is_one_row(cut: tuple[str, str]) -> None:
    """Where the two halves are one label together, or not both a label."""
    assert rows_of(parted(("2", ""), cut, ("開く", ""))) == [["2", "".join(cut), "開く"]]


def test_rows_on_three_pages_are_parted_one_after_the_other() -> None:
    cells = (
        Cell(0, 0, 1, 1, "予定実施所見", (Fragment(1, "予定"), Fragment(2, "実施"), Fragment(3, "所見"))),
        Cell(0, 1, 1, 1, "開く\n開いた", (Fragment(1, "開く"), Fragment(2, "開いた"), Fragment(3, ""))),
    )
    document = Document("0", "a.pdf", "application/pdf", 0, (Page(1), Page(2), Page(3)), (Table(1, 2, cells),))
    (table,) = part_rows(document, LABELS.match).items
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["予定", "開く", "実施", "開いた", "所見", ""]
