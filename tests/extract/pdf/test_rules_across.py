"""Tables that rules across alone keep apart: their columns stand where their texts leave the same places blank."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.document import Document
from tests.extract.pdf.pdf_making import Sheet, body, only_table, read, spans, texts

LEFT, RIGHT = 40, 360
STARTS = (42, 180, 240, 300)


def across(sheet: Sheet, *tops: float) -> None:
    for y in tops:
        sheet.rule(LEFT, y, RIGHT, y)


def row(sheet: Sheet, top: float, *cells: str, starts: Sequence[float] = STARTS) -> None:
    for x, text in zip(starts, cells, strict=False):
        sheet.text(x, top + 14, text)


def table(sheet: Sheet) -> None:
    across(sheet, 40, 60, 80, 100, 120, 140)
    row(sheet, 40, "指標", "単位", "実績", "目標")
    row(sheet, 60, "基本目標１ 海を知り、海を守り続ける人の輪を広げる")
    row(sheet, 80, "見学者数", "人", "58", "60")
    row(sheet, 100, "清掃の回数", "回", "9", "12")
    row(sheet, 120, "補修した延長", "km", "1.5", "―")


def test_texts_tell_the_columns_and_a_row_of_one_text_is_a_title_across() -> None:
    found = only_table(read(table))
    assert texts(found) == [
        ["指標", "単位", "実績", "目標"],
        ["基本目標１ 海を知り、海を守り続ける人の輪を広げる"],
        ["見学者数", "人", "58", "60"],
        ["清掃の回数", "回", "9", "12"],
        ["補修した延長", "km", "1.5", "―"],
    ]
    assert (1, 0, 1, 4) in spans(found)


def test_a_head_over_several_columns_is_not_parted_where_a_rule_under_it_ends_the_storey() -> None:
    def draw(sheet: Sheet) -> None:
        across(sheet, 20, 60, 80, 100, 120)
        sheet.rule(202, 40, RIGHT, 40)
        sheet.text(266, 34, "実績値")
        row(sheet, 32, "指標", "単位")
        row(sheet, 40, "R5", "R6", starts=(240, 300))
        row(sheet, 60, "見学者数", "人", "58", "60")
        row(sheet, 80, "清掃の回数", "回", "9", "12")
        row(sheet, 100, "補修した延長", "km", "1", "2")

    found = only_table(read(draw))
    assert texts(found)[:2] == [["指標", "単位", "実績値"], ["R5", "R6"]]
    assert (0, 2, 1, 2) in spans(found)


def test_a_short_head_over_the_middle_of_several_columns_heads_them_all() -> None:
    def draw(sheet: Sheet) -> None:
        across(sheet, 20, 60, 80, 100, 120)
        sheet.rule(160, 40, RIGHT, 40)
        sheet.text(250, 34, "目標")
        row(sheet, 32, "指標")
        row(sheet, 40, "R5", "R6", "R7", starts=(170, 235, 330))
        for number, name in enumerate(("見学者数", "清掃の回数", "補修した延長")):
            row(sheet, 60 + 20 * number, name, "58", "60", "61", starts=(42, 170, 235, 330))

    found = only_table(read(draw))
    assert texts(found)[0] == ["指標", "目標"]
    assert (0, 1, 1, 3) in spans(found)


def test_what_stands_between_two_tables_stays_outside_of_both() -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet)
        sheet.lines(42, 156, ["・浜を三度清掃した。", "・灯台を秋に公開した。", "施策２ 港の案内"])
        across(sheet, 200, 220, 240, 260)
        row(sheet, 200, "指標", "単位", "実績", "目標")
        row(sheet, 220, "案内板の数", "基", "3", "5")
        row(sheet, 240, "案内した船", "隻", "20", "18")

    document = read(draw)
    assert len([*document.tables]) == 2
    assert [line for line in body(document) if "施策" in line] == ["施策２ 港の案内"]


def test_a_shaded_heading_and_the_line_over_a_table_stay_outside() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.fill(LEFT, 2, RIGHT, 14, gray=0.8)
        row(sheet, -3, "目標１", "海を知り、守る")
        row(sheet, 18, "施策１", "港の案内")
        across(sheet, 40, 53, 66, 79, 92)
        for top, cells in ((37, ("指標", "単位", "実績", "目標")), (50, ("見学者数", "人", "58", "60"))):
            row(sheet, top, *cells)
        row(sheet, 63, "清掃の回数", "回", "9", "12")
        row(sheet, 76, "補修した延長", "km", "1.5", "2")

    document = read(draw)
    assert body(document) == ["目標１", "海を知り、守る", "施策１", "港の案内"]
    assert texts(only_table(document))[0] == ["指標", "単位", "実績", "目標"]


def lines_of(*drawn: tuple[str, ...]) -> Document:
    def draw(sheet: Sheet) -> None:
        across(sheet, *(20 + 20 * number for number in range(len(drawn) + 1)))
        for number, cells in enumerate(drawn):
            row(sheet, 20 + 20 * number, *cells, starts=(42, 180))

    return read(draw)


def test_labels_with_one_text_each_between_rules_are_no_table() -> None:
    document = lines_of(("会議の名", "港湾審議会"), ("開いた日", "五月二日"), ("場所", "港の会館"), ("傍聴", "三人"))
    assert not [*document.tables]


def test_rules_between_paragraphs_are_no_table() -> None:
    document = lines_of(("浜を歩く人が増えた。",), ("灯台を公開した。",), ("港を直した。",), ("船が来た。",))
    assert not [*document.tables]
