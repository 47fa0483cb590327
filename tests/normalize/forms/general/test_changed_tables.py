"""Tables into which something came that is none of their numbers: a remark, a note, half a year, their heads again."""

from __future__ import annotations

import pytest

from extract import read_document
from normalize.reading import read_records
from schemas.records import Finding, Indicator, Measure, Observation
from schemas.rows import Tables, rows_of

SHEET = "令和6年度 事務事業評価シート\n\n事務事業名\t港の案内\n\n"


def read(data: str, name: str = "made.txt") -> Tables:
    return read_records(read_document(data.encode(), name))


def numbers(tables: Tables) -> set[tuple[str | None, str | None, int | None, float | None, str | None]]:
    """What the numbers are of: the measure and the indicator, the year, the value, the unit."""
    of = {row.indicator_id: row for row in rows_of(tables, Indicator)}
    named = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    return {
        (named[of[o.indicator_id].measure_id], of[o.indicator_id].indicator_name, o.fiscal_year, o.value, o.unit)
        for o in rows_of(tables, Observation)
    }


def told(tables: Tables) -> set[str | None]:
    return {row.observed for row in rows_of(tables, Finding) if row.rule != "layout-unknown"}


TWO = "指標名\t単位\t令和5年度実績\t令和6年度実績\n見学者数\t人\t{}\t312\n"


@pytest.mark.parametrize("mark", ["※1", "＊２", "*1", "※1、※2"])
def test_the_mark_of_a_note_alone_is_no_number(mark: str) -> None:
    tables = read(SHEET + TWO.format(mark))
    assert {(year, value) for *_, year, value, _ in numbers(tables)} == {(2023, None), (2024, 312)}
    assert mark in told(tables)


@pytest.mark.parametrize("name", ["見学者数（上期）", "うち下半期", "第1四半期の見学者数"])
def test_what_is_counted_over_a_part_of_a_year_is_in_doubt(name: str) -> None:
    tables = read(f"{SHEET}{TWO.format(300)}{name}\t人\t145\t147\n")
    assert {value for *_, value, _ in numbers(tables)} == {300, 312}
    assert told(tables) == {"145", "147"}


def test_a_column_of_remarks_names_no_indicator() -> None:
    heads = "項目\t備考\t単位\t令和5年度\t\n\t\t\t目標\t実績\n"
    tables = read(f"{SHEET}{heads}見学者数\t前年度 1,234\t人\t300\t312\n相談件数\t統計による\t件\t45\t47\n")
    assert {name for _, name, *_ in numbers(tables)} == {"見学者数", "相談件数"}
    heads = "（単位：千円）\n\n項目\t備考\t令和5年度\t\n\t\t予算額\t決算額\n"
    tables = read(f"{SHEET}{heads}事業費\t見直し\t300\t312\n国支出金\t120\t45\t47\n一般財源\t120\t255\t265\n")
    assert {name for _, name, *_ in numbers(tables)} == {"事業費", "国支出金", "一般財源"}


def test_a_column_of_remarks_is_no_part_of_an_indicator() -> None:
    rows = "見学者数\t前年度 12\t目標\t3人\t4人\n\t港で数えた\t実績\t5人\t6人\n"
    tables = read(f"{SHEET}指標名\t特記事項\t年度\t令和5年度\t令和6年度\n{rows}")
    assert {name for _, name, *_ in numbers(tables)} == {"見学者数"}


def test_two_indicators_in_one_cell_are_in_doubt() -> None:
    heads = "指標名\t令和5年度実績\t令和6年度実績\n"
    tables = read(f"{SHEET}{heads}見学者数（人）<br>売上額（千円）\t\t610\n船の数（隻）\t4\t5\n")
    assert {value for *_, value, _ in numbers(tables)} == {4, 5}
    assert "610" in told(tables)


def test_a_note_between_the_rows_of_two_indicators_ends_no_table() -> None:
    def rows(name: str, *numbers: int) -> str:
        cells = ["<td>{}<td>{}".format(*numbers[at : at + 2]) for at in (0, 2)]
        return f"<tr><td rowspan=2>{name}<td rowspan=2>人<td>目標{cells[0]}<tr><td>実績{cells[1]}"

    heads = "<tr><th>指標名<th>単位<th><th>令和5年度<th>令和6年度"
    note = "<tr><td colspan=5>※実績は年度末の値"
    table = f"<table>{heads}{rows('見学者数', 1, 2, 3, 4)}{note}{rows('朝市の客', 5, 6, 7, 8)}</table>"
    tables = read(f"<h1>令和6年度 事務事業評価シート</h1><table><tr><th>事務事業名<td>港</table>{table}", "a.html")
    assert {(year, value) for *_, year, value, _ in numbers(tables)} == {
        (2023, 1), (2024, 2), (2023, 3), (2024, 4), (2023, 5), (2024, 6), (2023, 7), (2024, 8),
    }  # fmt: skip


@pytest.mark.parametrize("note", ["※集計の方法を変更", "（注）端数処理による"])
def test_a_note_between_rows_is_no_group_of_the_next_ones(note: str) -> None:
    heads = "<tr><th>指標名<th>単位<th>現状値（令和3年度）<th>目標値（令和8年度）<th>担当課"
    rows = (
        f"<tr><td>見学者数<td>人<td>300<td>312<td>港湾課<tr><td colspan=5>{note}<tr><td>船の数<td>隻<td>4<td>5<td>海課"
    )
    tables = read(f"<h1>港の計画　指標一覧</h1><h2>施策1　港を開く</h2><table>{heads}{rows}</table>", "a.html")
    assert {measure for measure, *_ in numbers(tables)} == {"港を開く"}


def test_heads_printed_again_make_no_form_of_the_one_row_below() -> None:
    heads = "事務事業の名称\t令和6年度<br>決算額（千円）\t今後の方向性\n"
    rows = f"{heads}灯台の公開\t5\t継続\n{heads}桟橋の補修\t7\t継続\n"
    costs = "区分\t令和6年度決算（千円）\n事業費\t90\n一般財源\t90\n"
    tables = read(f"令和6年度 施策評価シート\n\n施策名\t港を開く\n\n■構成事業\n\n{rows}\n{costs}")
    found = {(measure, value) for measure, *_, value, _ in numbers(tables)}
    assert found == {("灯台の公開", 5000), ("桟橋の補修", 7000), ("港を開く", 90000)}


def test_the_unit_over_a_later_table_is_not_that_of_an_earlier_one() -> None:
    costs = "区分\t令和5年度決算\t令和6年度決算\n事業費\t12\t34\n一般財源\t12\t34\n"
    members = "（単位：千円）\n\n事務事業名\t令和6年度決算額\t評価\n灯台の公開\t5\tA\n桟橋の補修\t7\tB\n"
    tables = read(f"令和6年度 施策評価シート\n\n施策名\t港を開く\n\n{costs}\n○構成事業\n\n{members}")
    assert {value for measure, *_, value, _ in numbers(tables) if measure == "港を開く"} == {12, 34}
    assert {value for measure, *_, value, _ in numbers(tables) if measure != "港を開く"} == {5000, 7000}
