"""What the columns of a list are to each other: names behind groups, goals beside actuals, costs before indicators."""

from __future__ import annotations

import pytest

from extract import read_document
from normalize.cells.heads import read_head
from normalize.cells.years import YearSense
from normalize.reading import read_records
from schemas.records import Grade, Indicator, Measure, MeasureOrg, Observation
from schemas.rows import Tables, rows_of


def read(*rows: str, title: str = "令和5年度　点検・評価報告書") -> Tables:
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    return read_records(read_document(f"<h1>{title}</h1><table>{table}</table>".encode(), "made.html"))


def cells(*texts: str) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


def test_the_column_behind_merged_names_names_the_rows_whatever_its_label_is_taken_for() -> None:
    tables = read(
        cells("施策", "主な取組", "担当課", "取組内容", "評価"),
        "<td rowspan=2>海の守り</td>" + cells("灯台の補修", "港湾課", "灯台を塗り替え、明かりを替えた。", "Ａ"),
        cells("浜の清掃", "環境課", "清掃を６回行い、延べ90人が参加した。", "Ｂ"),
        cells("山の守り", "林道の点検", "農林課", "林道を点検し、３か所を直した。", "Ｃ"),
    )
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    assert {(names[str(row.measure_id)], row.grade_text) for row in rows_of(tables, Grade)} == {
        ("灯台の補修", "Ａ"), ("浜の清掃", "Ｂ"), ("林道の点検", "Ｃ"),
    }  # fmt: skip


def test_directions_over_columns_are_options_though_one_is_a_word_for_absence() -> None:
    tables = read(
        "".join(f"<td rowspan=2>{head}</td>" for head in ("課名", "事務事業名", "総合評価"))
        + "<td colspan=3>今後の方向性</td>",
        cells("拡充", "継続", "廃止"),
        cells("港湾課", "灯台補修事業", "Ａ", "", "○", ""),
        cells("観光課", "霧笛更新事業", "Ｄ", "", "", "○"),
    )
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    assert {(names[str(row.measure_id)], row.grade_text) for row in rows_of(tables, Grade)} == {
        ("灯台補修事業", "Ａ"), ("灯台補修事業", "継続"), ("霧笛更新事業", "Ｄ"), ("霧笛更新事業", "廃止"),
    }  # fmt: skip


def test_an_indicator_stands_over_its_definition_and_before_an_arrow() -> None:
    tables = read(
        cells("基本目標", "海の指標<br>（指標の説明）", "単位", "基準年度<br>（R2）", "R5実績", "目標値<br>（R12）"),
        "<td rowspan=2>海の守り</td>" + cells("藻場の面積<br>（海図による）", "ha", "12.4", "13.0↗", "20.0"),
        cells("浜のごみの量<br>（回収したもの）", "t", "8", "6↘", "4"),
        cells("山の守り", "間伐の面積<br>（補助の対象）", "ha", "30", "30→", "45"),
    )
    assert {row.indicator_name for row in rows_of(tables, Indicator)} == {"藻場の面積", "浜のごみの量", "間伐の面積"}
    assert {row.value for row in rows_of(tables, Observation) if row.fiscal_year == 2023} == {13.0, 6.0, 30.0}


def test_what_stands_before_the_indicators_of_a_list_is_what_its_project_cost() -> None:
    tables = read(
        "<td rowspan=2>事業名</td><td rowspan=2>実績額（千円）</td><td colspan=5>重要業績評価指標（KPI）</td>",
        cells("指標", "単位", "目標年月", "指標値", "実績値"),
        "<td rowspan=2>灯台公開事業</td><td rowspan=2>18,420</td>" + cells("来訪者数", "人", "R6.3", "120", "131"),
        cells("売店の売上", "百万円", "R6.3", "15", "12"),
    )
    names = {row.indicator_id: row.indicator_name for row in rows_of(tables, Indicator)}
    assert {(names[o.indicator_id], o.fiscal_year, o.role, o.value, o.unit) for o in rows_of(tables, Observation)} == {
        ("実績額", None, "actual", 18_420_000, "円"),
        ("来訪者数", 2023, "target", 120, "人"), ("来訪者数", None, "actual", 131, "人"),
        ("売店の売上", 2023, "target", 15_000_000, "円"), ("売店の売上", None, "actual", 12_000_000, "円"),
    }  # fmt: skip


@pytest.mark.parametrize(("label", "year"), [("R6.3", 2023), ("目標（H28.3）", 2015), ("2024.3", 2023), ("R6.9", None)])
def test_the_march_of_a_year_is_the_end_of_the_fiscal_year_before(label: str, year: int | None) -> None:
    assert read_head(label, YearSense(2010, 2034)).year == year


def test_an_indicator_of_several_groups_of_persons_is_one_for_each() -> None:
    tables = read(
        cells("分野", "目標項目", "対象", "単位", "策定時（H29年度）", "現状値（R4年度）", "判定"),
        "<td rowspan=3>海の守り</td><td rowspan=2>浜を歩く人の割合</td>" + cells("男性", "％", "31.2", "33.0", "Ｂ"),
        cells("女性", "％", "24.9", "24.6", "Ｃ"),
        cells("浜のごみの量", "", "％", "8", "6", "Ａ"),
    )
    names = {row.indicator_id: row.indicator_name for row in rows_of(tables, Indicator)}
    assert {(names[str(row.indicator_id)], row.grade_text) for row in rows_of(tables, Grade)} == {
        ("浜を歩く人の割合 男性", "Ｂ"), ("浜を歩く人の割合 女性", "Ｃ"), ("浜のごみの量", "Ａ"),
    }  # fmt: skip
    assert {(names[o.indicator_id], o.value) for o in rows_of(tables, Observation) if o.fiscal_year == 2022} == {
        ("浜を歩く人の割合 男性", 33.0), ("浜を歩く人の割合 女性", 24.6), ("浜のごみの量", 6.0),
    }  # fmt: skip


def test_a_table_of_counts_under_unknown_heads_is_no_form() -> None:
    tables = read(
        cells("取組", "満足", "やや満足", "不満", "無回答"),
        cells("道路の整備", "8.2%", "21.5%", "19.3%", "3.9%"),
        cells("ごみの収集", "22.7%", "33.1%", "7.2%", "2.8%"),
        title="令和6年度　市民意識調査報告書",
    )
    assert not rows_of(tables, Measure)
    assert not rows_of(tables, Indicator)


def test_a_project_that_is_counted_itself_has_plan_and_actual_in_rows() -> None:
    tables = read(
        cells("事業名", "区分", "令和4年度", "令和5年度"),
        "<td rowspan=2>浜の案内事業<br>（人）</td>" + cells("計画値", "310", "305"),
        cells("実績値", "288", "297"),
        title="令和5年度　実施状況",
    )
    assert {(o.fiscal_year, o.role, o.value, o.unit) for o in rows_of(tables, Observation)} == {
        (2022, "target", 310, "人"), (2023, "target", 305, "人"),
        (2022, "actual", 288, "人"), (2023, "actual", 297, "人"),
    }  # fmt: skip


def test_letters_that_heads_reckon_with_are_no_units() -> None:
    table = (
        cells("取組項目", "計画額(a)", "実績額(b)", "差(b-a)", "達成率(b/a)"),
        cells("遊休地の売却", "30,000", "8,410", "△21,590", "28.0"),
        cells("広告収入の拡大", "2,400", "2,650", "250", "110.4"),
    )
    rows = "".join(f"<tr>{row}</tr>" for row in table)
    page = f"<h1>令和5年度　行財政改革　効果額一覧</h1><p>（単位：千円、％）</p><table>{rows}</table>"
    tables = read_records(read_document(page.encode(), "made.html"))
    names = {row.indicator_id: row.indicator_name for row in rows_of(tables, Indicator)}
    said = [o for o in rows_of(tables, Observation) if o.role != "difference"]
    assert {(names[o.indicator_id], o.value, o.unit) for o in said} == {
        ("計画額", 30_000_000, "円"), ("実績額", 8_410_000, "円"),
        ("計画額", 2_400_000, "円"), ("実績額", 2_650_000, "円"),
    }  # fmt: skip


def test_a_body_merged_over_projects_is_in_charge_of_each() -> None:
    tables = read(
        cells("基本目標", "担当課", "事業名", "取組内容", "評価"),
        "<td rowspan=2>海の守り</td><td rowspan=2>港湾課</td>" + cells("灯台の補修", "灯台を塗り替えた。", "Ａ"),
        cells("浜の清掃", "清掃を６回行った。", "Ｂ"),
    )
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    assert {(names[row.measure_id], row.org_name) for row in rows_of(tables, MeasureOrg)} == {
        ("灯台の補修", "港湾課"), ("浜の清掃", "港湾課"),
    }  # fmt: skip
