"""Tables that are typed and not ruled, and tables whose columns go on on the next page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.extract.pdf.pdf_making import Sheet, body, only_table, read, texts

ROWS = (("指標", "目標", "実績"), ("相談件数", "120", "135"), ("来訪者数", "450", "391"))
XS, YS = (50.0, 150.0, 200.0, 250.0), (50.0, 80.0, 110.0, 140.0)


@pytest.mark.parametrize("character", ["-", "―", "=", "_"])
def test_lines_of_typed_characters_are_the_rules_of_a_table(character: str) -> None:
    def draw(sheet: Sheet) -> None:
        for number in range(4):
            sheet.text(50, 52 + 24 * number, character * 16)
        for number, row in enumerate(ROWS):
            for x, text in zip((50, 120, 160), row, strict=True):
                sheet.text(x, 64 + 24 * number, text)

    assert texts(only_table(read(draw))) == [[*row] for row in ROWS]


def test_typed_lines_around_text_without_columns_are_no_table() -> None:
    def draw(sheet: Sheet) -> None:
        for number in range(3):
            sheet.text(50, 52 + 24 * number, "-" * 40)
        sheet.text(50, 64, "問合せ先は企画課です。")
        sheet.text(50, 88, "受付は平日に限ります。")

    assert [*read(draw).tables] == []


def draw_columns(sheet: Sheet, columns: Sequence[int], rows: Sequence[Sequence[str]] = ROWS) -> None:
    xs = XS[: len(columns) + 1]
    sheet.grid(xs, YS)
    sheet.cells(xs, YS, [[row[column] for column in columns] for row in rows])


@pytest.mark.parametrize("second", [(1, 2), (0, 1, 2)])
def test_columns_that_go_on_on_the_next_page_belong_to_the_table_before(second: Sequence[int]) -> None:
    document = read(lambda sheet: draw_columns(sheet, (0,)), lambda sheet: draw_columns(sheet, second))
    table = only_table(document)
    assert texts(table) == [[*row] for row in ROWS]
    assert {cell.page for cell in table.cells} == {1, 2}
    assert len(table.repeated) == (3 if 0 in second else 0)
    assert document.problems == ()


def test_a_table_of_other_names_on_the_next_page_is_a_table_of_its_own() -> None:
    others = (("施策", "見込", "決算"), ("子育て支援", "12", "13"), ("道路の維持", "45", "39"))
    document = read(lambda sheet: draw_columns(sheet, (0,)), lambda sheet: draw_columns(sheet, (0, 1), others))
    assert [texts(table)[0] for table in document.tables] == [["指標"], ["施策", "見込"]]


def test_rows_that_go_on_on_the_next_page_are_no_columns() -> None:
    more = (("指標", "目標", "実績"), ("面積", "1", "2"), ("人口", "3", "4"))
    document = read(lambda sheet: draw_columns(sheet, (0, 1, 2)), lambda sheet: draw_columns(sheet, (0, 1, 2), more))
    assert all(len(row) == 3 for table in document.tables for row in texts(table))
    assert body(document) == []


def test_a_head_left_of_its_numbers_is_above_them() -> None:
    def draw(sheet: Sheet) -> None:
        for number in range(4):
            sheet.text(50, 52 + 24 * number, "-" * 40)
        for number, (name, value) in enumerate((("指標", "目標"), ("相談件数", "120"), ("来訪者数", "450"))):
            sheet.text(50, 64 + 24 * number, name)
            sheet.text(110 if number == 0 else 150, 64 + 24 * number, value)

    assert texts(only_table(read(draw))) == [["指標", "目標"], ["相談件数", "120"], ["来訪者数", "450"]]


def test_lines_of_a_band_without_rules_are_rows_where_all_columns_stand_on_them() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, (50, 80, 140))
        sheet.cells(XS, (50, 80), ROWS[:1])
        for number, row in enumerate(ROWS[1:]):
            for x, text in zip(XS, row, strict=False):
                sheet.text(x + 2, 96 + 26 * number, text)

    table = only_table(read(draw))
    assert texts(table) == [[*row] for row in ROWS]
    assert [cell.row_span for cell in table.cells] == [1] * 9


def test_two_storeys_of_a_row_are_none() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, (50, 80, 140))
        sheet.cells(XS, (50, 80), (ROWS[0], ("相談件数\n（延べ）", "120\n450", "135\n391")))

    assert texts(only_table(read(draw)))[1:] == [["相談件数\n（延べ）", "120\n450", "135\n391"]]


def test_texts_of_two_lines_that_are_no_numbers_are_one_row() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, (50, 80, 140))
        sheet.cells(XS, (50, 80), ROWS[:1])
        for x, number in zip(XS, (1, 3, 5), strict=False):
            for line in range(2):
                sheet.text(x + 2, 96 + 26 * line, f"{'港浜沖'[number // 2]}{number + line}")

    assert texts(only_table(read(draw)))[1:] == [["港1\n港2", "浜3\n浜4", "沖5\n沖6"]]
