"""Cells that print a label and its value, paths of names in one cell, and units behind a colon."""

from __future__ import annotations

from functools import partial

from extract import read_document
from extract.text import read_text
from normalize.reading import read_records
from schemas.records import Measure, MeasureOrg, Passage
from schemas.rows import Tables, rows_of
from tests.normalize import said
from tests.normalize.said import parents

HEAD = "令和5年度 事務事業評価調書\n\n事務事業名\t灯台の管理\n\n"


def read(table: str, head: str = HEAD) -> Tables:
    return read_records(read_text((head + table).encode(), "made.txt"))


amounts = partial(said.numbers, columns="indicator year role value unit")
grades = partial(said.grades, columns="subject grade_text evaluator")


def test_each_cell_of_a_form_may_print_its_label_and_its_value() -> None:
    page = (
        "<h1>令和6年度 補助金評価シート</h1><table><tr><td>補助金名：商店街の補助<td>所管課：商工観光課"
        "<tr><td colspan=2>目的：店の並ぶ通りに人を呼び戻す。<tr><td>1次評価：Ｂ<td>2次評価：Ｃ"
        "<tr><td>今後の方向性：見直し<td>理由：来る人が減っている。</table>"
    )
    tables = read_records(read_document(page.encode(), "made.html"))
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"商店街の補助"}
    assert {row.org_name for row in rows_of(tables, MeasureOrg)} == {"商工観光課"}
    assert grades(tables) == {
        (None, "Ｂ", "self"), (None, "Ｃ", "internal"), ("今後の方向性", "見直し", None)
    }  # fmt: skip
    assert {(row.section, row.text) for row in rows_of(tables, Passage)} == {
        ("aim", "店の並ぶ通りに人を呼び戻す。"), ("finding", "来る人が減っている。")
    }  # fmt: skip


def test_a_cell_answers_its_labels_line_by_line() -> None:
    tables = read("総合評価：Ａ<br>今後の方向性：拡充\t担当課：港湾課\n")
    assert grades(tables) == {("総合評価", "Ａ", None), ("今後の方向性", "拡充", None)}


def test_behind_a_label_a_cell_is_a_value_as_a_whole() -> None:
    tables = read("事業の内容\t目的：港を守る。\n")
    assert [row.text for row in rows_of(tables, Passage)] == ["目的：港を守る。"]


def test_a_direction_under_the_head_of_reasons_is_no_reason() -> None:
    tables = read("視点\t判定\t判定の理由\n必要性\tＡ\t船が増えた。\n総合評価\tＢ\t今後の方向性：継続\n")
    assert grades(tables) == {("必要性", "Ａ", None), ("総合評価", "Ｂ", None), ("今後の方向性", "継続", None)}
    assert {row.text for row in rows_of(tables, Passage)} == {"船が増えた。"}


def test_a_path_of_labelled_names_in_one_cell() -> None:
    tables = read("総合計画での位置づけ\t基本目標３　学びあうまち　＞　施策3-2　港の振興\n総合評価\tＡ\n")
    assert parents(tables) == {("学びあうまち", None), ("港の振興", "学びあうまち"), ("灯台の管理", "港の振興")}


def test_a_unit_behind_a_colon_is_not_that_of_the_table() -> None:
    tables = read(
        "（単位：千円）\n\n区分\tR4決算\tR5決算\n直接事業費\t6,412\t6,980\n（従事職員数：人）\t1.2\t1.3\n見学者数：人\t30\t40\n"
    )
    assert ("従事職員数", 2022, "actual", 1.2, "人") in amounts(tables)
    assert ("見学者数", 2023, "actual", 40.0, "人") in amounts(tables)


def test_a_part_of_the_amount_on_its_left_is_of_its_year() -> None:
    tables = read(
        "令和5年度 事務事業評価結果一覧\n\n事業名\tR4決算額（千円）\tR5決算額（千円）\tうち一般財源（千円）\t一次評価\n"
        "灯台の管理\t15,230\t14,877\t14,000\tＡ\n桟橋の管理\t3,300\t3,200\t3,200\tＢ\n",
        "",
    )
    assert ("うち一般財源", 2023, "actual", 14_000_000.0, "円") in amounts(tables)


def test_what_is_more_than_the_amount_on_its_left_is_no_part_of_it() -> None:
    tables = read(
        "令和5年度 事務事業評価結果一覧\n\n事業名\tR5決算額（千円）\tうち一般財源（千円）\n"
        "灯台の管理\t14,877\t15,000\n桟橋の管理\t3,300\t3,200\n",
        "",
    )
    assert {year for name, year, *_ in amounts(tables) if name == "うち一般財源"} == {None}
