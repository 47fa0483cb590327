"""Tables that blanks set apart."""

from __future__ import annotations

import pytest

from extract.text import read_text
from extract.text.aligned import aligned_rows
from schemas.document import Line, Table


def test_columns_of_a_text_are_a_table_and_headings_stay_lines() -> None:
    text = (
        "第１項　港湾費\n事業名            予算額   決算額\n"
        "霧笛の保守         1,200    1,100\n岬の清掃              80       75\n"
    )
    line, table = read_text(text.encode(), "made.txt").items
    assert isinstance(line, Line)
    assert line.text == "第１項　港湾費"
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells if cell.row == 1] == ["霧笛の保守", "1,200", "1,100"]


def test_heads_that_one_blank_parts_are_heads_of_two_columns() -> None:
    lines = [
        "事業名        予算現額 決算額   成果",
        "霧笛の保守       1,200  1,100   点検した。",
        "岬の清掃            80     75   拾った。",
    ]
    rows = aligned_rows(lines)
    assert rows is not None
    assert rows[0] == ("事業名", "予算現額", "決算額", "成果")


TABLE = ["名称       R4     R5     R6", "霧笛       10     12     14", "清掃        8      9     10"]


def test_a_head_over_the_middle_of_several_columns_is_their_first() -> None:
    rows = aligned_rows(["            実績値      目標値", *TABLE])
    assert rows is not None
    assert rows[0] == ("", "実績値", "", "目標値")


def test_a_head_of_which_nobody_knows_over_how_many_columns_it_stands_leaves_the_lines_as_they_are() -> None:
    items = read_text("\n".join(["                目標値", *TABLE]).encode(), "made.txt").items
    assert all(isinstance(item, Line) for item in items)


def test_cells_that_go_on_over_lines_leave_the_lines_as_they_are() -> None:
    lines = ["名称       R4     R5", "霧笛の     10     12", "保守", "清掃        8      9"]
    assert aligned_rows([line for line in lines if line != "保守"]) is not None
    wrapped = [
        "名称        課       R4     R5",
        "霧笛の      港湾     10     12",
        "保守        課",
        "清掃        環境      8      9",
    ]
    assert aligned_rows(wrapped) is None


def test_a_cell_goes_on_below_where_it_was_wrapped() -> None:
    lines = [
        "名称          課    R4     R5",
        "岬の灯台の    港湾  10     12",
        "保守",
        "霧笛          港湾   3      4",
        "港の清掃と    環境   8      9",
        "見回り",
    ]
    rows = aligned_rows(lines)
    assert rows is not None
    assert [row[0] for row in rows] == ["名称", "岬の灯台の保守", "霧笛", "港の清掃と見回り"]
    items = read_text("\n".join(lines).encode(), "made.txt").items
    assert [type(item) for item in items] == [Table]


def test_one_line_between_the_rows_may_be_a_heading_and_leaves_the_lines_as_they_are() -> None:
    lines = ["名称          R4     R5", "岬の灯台の    10     12", "保守", "霧笛           3      4"]
    items = read_text("\n".join(lines).encode(), "made.txt").items
    assert all(isinstance(item, Line) for item in items)


def test_a_numbered_heading_between_rows_ends_a_table() -> None:
    lines = ["名称          R4     R5", "岬の灯台の    10     12", "第２項", "霧笛           3      4"]
    items = read_text("\n".join(lines).encode(), "made.txt").items
    assert isinstance(items[0], Table)


def test_sentences_with_blanks_are_no_table() -> None:
    assert aligned_rows(["港は  静かで  よい。", "岬は  風が  つよく、寒い。"]) is None


def test_a_rule_under_the_heads_parts_them_from_the_rows_and_is_no_row() -> None:
    ruled = [*TABLE[:1], "-" * 40, *TABLE[1:]]
    assert aligned_rows(ruled) == aligned_rows(TABLE)


@pytest.mark.parametrize("unit", ["（単位：千円）", "単位：千円"])
def test_a_title_with_the_unit_behind_it_is_no_row_of_the_table_under_it(unit: str) -> None:
    title = f"３　経費の推移             {unit}"
    line, table = read_text("\n".join([title, *TABLE]).encode(), "made.txt").items
    assert isinstance(line, Line)
    assert line.text == title
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells if cell.row == 0] == ["名称", "R4", "R5", "R6"]


STRADDLED = [
    "指標名                    単位      R5      R6",
    "港を訪れた人のうち道で",
    "                          人         3       4",
    "迷った人の数",
    "灯台のある岬の案内の数    件         5       6",
]


def test_a_cell_stands_around_the_line_of_its_row() -> None:
    text = "\n".join(STRADDLED)
    (table,) = read_text(text.encode(), "made.txt").items
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells if cell.row == 1] == [
        "港を訪れた人のうち道で迷った人の数",
        "人",
        "3",
        "4",
    ]
    assert [cell.text for cell in table.cells if cell.row == 2] == ["灯台のある岬の案内の数", "件", "5", "6"]


def test_a_line_between_two_rows_without_a_name_is_of_neither() -> None:
    shared = [*STRADDLED[:4], "                          人         7       8", "船に乗った人の数"]
    assert not any(isinstance(item, Table) for item in read_text("\n".join(shared).encode(), "made.txt").items)


def test_a_name_that_begins_over_its_row_is_no_head() -> None:
    lines = [*STRADDLED[:2], "迷った人の数              人         3       4", STRADDLED[4]]
    assert aligned_rows(lines) is None


def test_heads_off_the_middle_are_told_where_each_column_has_one() -> None:
    lines = [
        "                令和4年度    令和5年度    令和6年度",
        "事業費             1,200        1,300           1,350",
        "人件費               400          400             420",
    ]
    rows = aligned_rows(lines)
    assert rows is not None
    assert rows[0] == ("", "令和4年度", "令和5年度", "令和6年度")


def test_heads_off_the_middle_are_not_told_where_one_is_missing() -> None:
    lines = [
        "                          令和5年度    令和6年度",
        "事業費             1,200        1,300           1,350",
        "人件費               400          400             420",
    ]
    assert aligned_rows(lines) is None


def test_a_row_that_lacks_its_last_year_stands_under_heads_without_one_over_the_names() -> None:
    lines = [
        "            令和4年度   令和5年度   令和6年度",
        "  目標            120         130         140",
        "  実績            118         127",
    ]
    rows = aligned_rows(lines)
    assert rows == (
        ("", "令和4年度", "令和5年度", "令和6年度"),
        ("目標", "120", "130", "140"),
        ("実績", "118", "127", ""),
    )
