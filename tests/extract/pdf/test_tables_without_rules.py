"""Tables without any rule, heads of two storeys above the first rule, and pages a little askew."""

from __future__ import annotations

from math import cos, radians, sin

import pytest

from tests.extract.pdf.pdf_making import Sheet, body, only_table, read, spans, texts

XS = (50.0, 130.0, 200.0, 270.0)
HEADS = ["指標", "目標", "実績", "評価"]
ROWS = [["相談", "120", "135", "A"], ["来訪", "45,000", "39,120", "B"], ["植樹", "500", "430", "C"]]


def print_rows(sheet: Sheet, rows: list[list[str]], first: float = 70) -> None:
    for number, row in enumerate(rows):
        for x, text in zip(XS, row, strict=True):
            sheet.text(x, first + 22 * number, text)


def test_texts_in_columns_under_heads_are_a_table() -> None:
    document = read(lambda sheet: print_rows(sheet, [HEADS, *ROWS]))
    assert texts(only_table(document)) == [HEADS, *ROWS]


def test_a_storey_of_heads_above_such_a_table_stands_over_its_columns() -> None:
    def draw(sheet: Sheet) -> None:
        print_rows(sheet, [HEADS, *ROWS])
        sheet.text(144, 58, "令和5年度")

    table = only_table(read(draw))
    assert [cell.text for cell in table.cells][:6] == ["指標", "令和5年度", "評価", "目標", "実績", "相談"]
    assert spans(table)[1] == (0, 1, 1, 2)


def test_a_unit_above_a_table_is_no_head() -> None:
    def draw(sheet: Sheet) -> None:
        print_rows(sheet, [HEADS, *ROWS])
        sheet.text(144, 58, "（単位：件）")

    assert texts(only_table(read(draw))) == [HEADS, *ROWS]


@pytest.mark.parametrize(
    "rows",
    [
        [HEADS, *ROWS[:2]],
        [["相談員", "は年度", "の初め", "に会う"]] * 5,
        [["1", "2", "3", "4"], *ROWS],
    ],
    ids=["few rows", "no numbers", "no heads"],
)
def test_other_texts_side_by_side_are_no_table(rows: list[list[str]]) -> None:
    document = read(lambda sheet: print_rows(sheet, rows))
    assert not list(document.tables)
    assert body(document)


def test_heads_of_two_storeys_may_stand_above_the_first_rule() -> None:
    def draw(sheet: Sheet) -> None:
        print_rows(sheet, [HEADS, *ROWS])
        for y in (77, 99, 121, 143):
            sheet.rule(48, y, 300, y)
        sheet.text(144, 58, "令和5年度")

    assert spans(only_table(read(draw)))[:3] == [(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 2, 1)]


@pytest.mark.parametrize("degrees", [-1.5, 0.4, 1.0])
def test_a_page_a_little_askew_is_read_straight(degrees: float) -> None:
    ys = (50.0, 80.0, 110.0, 140.0, 170.0)

    def draw(sheet: Sheet) -> None:
        sheet.canvas.translate(0, 20)
        sheet.canvas.rotate(degrees)
        sheet.grid((*XS, 330), ys)
        sheet.cells(XS, ys, [HEADS, *ROWS])

    table = only_table(read(draw))
    assert texts(table) == [HEADS, *ROWS]
    box = table.cells[-1].fragments[0].box
    assert box is not None
    turn = radians(degrees)
    x, y = 300 * cos(turn) - 345 * sin(turn), 300 * sin(turn) + 345 * cos(turn) + 20
    assert abs((box.x0 + box.x1) / 2 - x) < 1
    assert abs((box.top + box.bottom) / 2 - (500 - y)) < 1


def test_rules_drawn_as_areas_on_a_page_askew_are_rules() -> None:
    ys = (50.0, 80.0, 110.0, 140.0, 170.0)

    def draw(sheet: Sheet) -> None:
        sheet.canvas.translate(0, 20)
        sheet.canvas.rotate(2)
        for y in ys:
            sheet.fill(XS[0], y - 0.3, 330, y + 0.3)
        for x in (*XS, 330):
            sheet.fill(x - 0.3, ys[0], x + 0.3, ys[-1])
        sheet.cells(XS, ys, [HEADS, *ROWS])

    assert texts(only_table(read(draw))) == [HEADS, *ROWS]


def test_an_area_closes_the_table_whose_rules_run_through_it() -> None:
    ys = (50.0, 80.0, 110.0, 140.0, 170.0)

    def draw(sheet: Sheet) -> None:
        sheet.fill(50, 50, 330, 170, 0.85)
        sheet.canvas.setStrokeGray(1)
        for y in ys[1:-1]:
            sheet.rule(50, y, 330, y, 1)
        for x in XS[1:]:
            sheet.rule(x, 50, x, 170, 1)
        sheet.cells(XS, ys, [HEADS, *ROWS])

    assert texts(only_table(read(draw))) == [HEADS, *ROWS]
