"""Plans of years to come, several numbered things in a cell, names with what is counted, and levels of one rank."""

from __future__ import annotations

import pytest

from extract import read_document
from normalize.reading import read_records
from schemas.records import Finding, Grade, Observation
from schemas.rows import Tables, rows_of
from tests.normalize.made import html_rows
from tests.normalize.said import numbers, parents

SAID = "measure indicator year role value"
PROJECTS = (
    "事業名|担当課|財源区分|令和7年度|令和8年度|２か年合計",
    "4x1:灯台補修事業|4x1:港湾課|事業費|50|30|80", "国県支出金|20|10|30", "地方債|20|15|35", "一般財源|10|5|15",
    "4x1:霧笛更新事業|4x1:港湾課|事業費|9|7|16", "国県支出金|4|3|7", "地方債|3|3|6", "一般財源|2|1|3",
)  # fmt: skip


def read(title: str, *tables: tuple[str, ...]) -> Tables:
    body = "".join(html_rows(*(line.replace("/", "<br>") for line in lines)) for lines in tables)
    return read_records(read_document(f"<html><p>{title}{body}".encode(), "made.html"))


@pytest.mark.parametrize("title", ["実施計画書（令和7年度～令和9年度）", "第2次実施計画（R7～R9）"])
def test_a_plan_for_years_to_come_plans_its_costs(title: str) -> None:
    tables = read(f"{title}<p>（単位：千円）", PROJECTS)
    assert {row.role for row in rows_of(tables, Observation)} == {"forecast"}
    assert ("灯台補修事業", "国県支出金", 2026, "forecast", 10_000) in numbers(tables, SAID)


def test_a_report_on_a_plan_tells_what_was_spent() -> None:
    tables = read("実施計画の進捗状況（令和7年度～令和8年度）<p>（単位：千円）", PROJECTS)
    assert {row.role for row in rows_of(tables, Observation)} == {"actual"}


def test_sources_of_state_and_prefecture_together_are_part_of_the_sum() -> None:
    tables = read("実施計画書（令和7年度～令和9年度）<p>（単位：千円）", PROJECTS)
    assert {row.confirmed_by for row in rows_of(tables, Observation)} == {"sum"}
    assert not [row for row in rows_of(tables, Finding) if row.rule in {"sum-differs", "ambiguous"}]


ITEMS = "灯台の公開|港湾課|①見学者数（人）/②売上額（千円）|{}|{}|Ａ|"


@pytest.mark.parametrize("values", [("①5/②40", "①6/②52"), ("5/40", "6/52"), ("① 5/② 40", "①6/②52")])
def test_numbered_things_in_cells_are_a_row_each(values: tuple[str, str]) -> None:
    heads = "事業名|担当課|指標|R5目標値|R5実績値|評価|所見"
    tables = read("令和5年度 進捗管理表", (heads, ITEMS.format(*values), "霧笛の更新|観光課|更新数（台）|2|3|Ｂ|"))
    assert numbers(tables, SAID) == {
        ("灯台の公開", "見学者数", 2023, "target", 5), ("灯台の公開", "見学者数", 2023, "actual", 6),
        ("灯台の公開", "売上額", 2023, "target", 40_000), ("灯台の公開", "売上額", 2023, "actual", 52_000),
        ("霧笛の更新", "更新数", 2023, "target", 2), ("霧笛の更新", "更新数", 2023, "actual", 3),
    }  # fmt: skip
    assert [row.grade_text for row in rows_of(tables, Grade)] == ["Ａ", "Ｂ"]


def test_as_many_numbers_as_names_are_needed() -> None:
    heads = "事業名|担当課|指標|R5目標値|R5実績値|評価|所見"
    tables = read("令和5年度 進捗管理表", (heads, ITEMS.format("①5/②40", "①6/②52/③7"), ITEMS.format("①1/②2", "①3/②4")))
    assert not any(value in {52, 7, 52_000} for *_, value in numbers(tables, SAID))


def test_one_number_over_another_beside_numbered_sentences_is_no_row_of_its_own() -> None:
    heads = "事業名|担当課|取組内容|R5事業費（千円）|評価"
    rows = ("灯台の公開|港湾課|①案内を出した。/②船を呼んだ。|120/(100)|Ａ", "霧笛の更新|港湾課|①笛を替えた。|80|Ｂ")
    assert not {value for *_, value in numbers(read("令和5年度 評価", (heads, *rows)), SAID)} & {100, 100_000}


def test_names_with_what_is_counted_stand_under_a_head_of_both() -> None:
    heads = ("事業名／指標|単位|区分|R4|R5|担当課",)
    rows = ("2x1:灯台の公開/（見学者数）|2x1:人|計画|5|6|2x1:港湾課", "実績|4|7")
    others = ("2x1:霧笛の更新/（更新数）|2x1:台|計画|1|2|2x1:港湾課", "実績|0|2")
    tables = read("令和5年度 進捗状況", (*heads, *rows, *others))
    assert ("灯台の公開", "見学者数", 2023, "actual", 7) in numbers(tables, SAID)
    assert ("霧笛の更新", "更新数", 2022, "target", 1) in numbers(tables, SAID)


def test_a_numbered_level_over_a_list_of_the_same_rank_stands_over_its_rows() -> None:
    table = html_rows("番号|具体的施策|担当課|評価", "1|灯台の公開|港湾課|Ａ", "2|霧笛の更新|港湾課|Ｂ")
    text = f"<html><p>令和5年度 実施報告<p>基本目標Ⅰ 安らぎのまち<p>施策の方向1 港の備え{table}"
    tables = read_records(read_document(text.encode(), "made.html"))
    assert {("灯台の公開", "港の備え"), ("港の備え", "安らぎのまち")} <= parents(tables)


AMOUNTS = (
    "改革項目|担当課|R4実績|R5実績|R6計画|状況", "1x6:Ⅰ　歳入の増加", "徴収の強化|税務課|5|6|7|○",
    "広告の掲載|財政課|1|2|3|◎",
)  # fmt: skip


def test_a_title_says_what_the_amounts_of_a_list_are() -> None:
    tables = read("行政改革大綱　効果額一覧（令和5年度末現在）<p>単位：千円", AMOUNTS)
    assert ("徴収の強化", "効果額", 2023, "actual", 6_000) in numbers(tables, SAID)
    assert ("広告の掲載", "歳入の増加") in parents(tables)


def test_amounts_of_a_list_that_nothing_names_are_in_doubt() -> None:
    tables = read("行政改革大綱　一覧（令和5年度末現在）<p>単位：千円", AMOUNTS)
    assert numbers(tables, SAID) == set()
    assert "ambiguous" in {row.rule for row in rows_of(tables, Finding)}
