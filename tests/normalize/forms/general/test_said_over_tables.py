"""What stands over, under or inside a table of a form and holds for its numbers: a year, a role, whose goal it is."""

from __future__ import annotations

import pytest

from extract import read_document
from normalize.reading import read_records
from schemas.records import Finding, Grade, Indicator, MeasureOrg, Passage
from schemas.rows import Tables, rows_of
from tests.normalize.said import grades, numbers

HEAD = "<p>令和5年度 施策評価シート</p><table><tr><td>施策名<td>港の整備</table>"


def page(html: str) -> Tables:
    return read_records(read_document((HEAD + html).encode(), "made.html"))


def test_the_heading_over_a_list_tells_the_year_of_its_costs() -> None:
    tables = page(
        "<p>■ 構成する事務事業（令和4年度）　単位：千円</p><table><tr><td>事務事業名<td>予算額<td>決算額"
        "<tr><td>灯台の管理<td>30<td>28<tr><td>港の清掃<td>5<td>4</table>"
    )
    assert numbers(tables) == {
        ("予算額", 2022, "forecast", 30_000.0), ("決算額", 2022, "actual", 28_000.0),
        ("予算額", 2022, "forecast", 5_000.0), ("決算額", 2022, "actual", 4_000.0),
    }  # fmt: skip


def test_the_title_across_a_table_tells_the_year_of_the_amounts_below() -> None:
    tables = page(
        "<table><tr><td>コスト（千円）<td>R4決算<td>R5予算<tr><td>事業費<td>24<td>26<tr><td>合計<td>27<td>28</table>"
        "<table><tr><td colspan=3>令和4年度決算の財源内訳（千円）<tr><td>国庫支出金<td>市債<td>一般財源"
        "<tr><td>3<td>0<td>21</table>"
    )
    assert numbers(tables) >= {("国庫支出金", 2022, "actual", 3_000.0), ("一般財源", 2022, "actual", 21_000.0)}


def test_parts_of_a_budget_are_no_actuals() -> None:
    tables = page(
        "<p>（単位：千円）</p><table><tr><td rowspan=2>年度<td colspan=3>予算計<td rowspan=2>決算額"
        "<tr><td>当初予算<td>繰越<td>計<tr><td>令和4年度<td>50<td>5<td>55<td>54</table>"
    )
    assert numbers(tables) >= {("繰越", 2022, "forecast", 5_000.0), ("計", 2022, "forecast", 55_000.0)}
    assert ("決算額", 2022, "actual", 54_000.0) in numbers(tables)


def test_how_far_a_goal_is_reached_is_said_of_the_indicator_above() -> None:
    block = (
        "<table><tr><td>指標<td colspan=2>{}<td>単位<td>人<tr><td><td>基準値<td>令和3年度<td>令和4年度<td>令和5年度"
        "<tr><td>目標<td rowspan=2>（令和元年度）<br>40<td>50<td>60<td>70<tr><td>実績<td>51<td>58<td>66"
        "<tr><td>達成状況<td>{}<td>理由<td colspan=2>催しを増やした。</table><p>※</p>"
    )
    tables = page(block.format("見学者数", "達成") + block.format("参加者数", "未達成"))
    names = {row.indicator_id: row.indicator_name for row in rows_of(tables, Indicator)}
    said = {(names.get(row.indicator_id or ""), row.grade_text) for row in rows_of(tables, Grade)}
    assert said == {("見学者数", "達成"), ("参加者数", "未達成")}
    assert ("見学者数", 2019, "baseline", 40.0) in numbers(tables)


def test_labels_over_sentences_side_by_side_head_them() -> None:
    tables = page(
        "<table><tr><td>取組の成果<td>その要因<tr><td>見学者が増えた。<td>催しを開いた。"
        "<tr><td>課題<td>今後の取組方針<tr><td>人手が足りない。<td>募集を続ける。</table>"
    )
    said = {row.text for row in rows_of(tables, Passage)}
    assert said == {"見学者が増えた。", "催しを開いた。", "人手が足りない。", "募集を続ける。"}


def test_an_arrow_behind_a_name_is_no_part_of_what_is_judged() -> None:
    tables = page(
        "<table><tr><td>指標名<td>単位<td>R4<td>R5<td>評価<tr><td>見学者数 ⇧<td>人<td>50<td>60<td>ａ"
        "<tr><td>苦情の数 ⇩<td>件<td>5<td>6<td>ｃ</table>"
    )
    assert {row.subject for row in rows_of(tables, Grade)} <= {None, "見学者数", "苦情の数"}


def test_options_in_one_line_under_their_heading_are_the_answer() -> None:
    tables = page("<p>■今後の方向性</p><p>☑成果の向上　☐現状維持　☐休止</p><p>次の取組</p><p>二つの島を巡る。</p>")
    assert [row.grade_text for row in rows_of(tables, Grade)] == ["成果の向上"]


def test_names_over_roles_are_counted_in_rows_of_years() -> None:
    tables = page(
        "<table><tr><td rowspan=2>年度<td colspan=2>見学者数（人）<td colspan=2>整備した岸（ｍ）"
        "<tr><td>目標<td>実績<td>目標<td>実績<tr><td>令和3年度<td>50<td>51<td>120<td>110"
        "<tr><td>令和4年度<td>60<td>58<td>130<td>140<tr><td>分析<td colspan=4>天気に恵まれた。</table>"
    )
    assert numbers(tables) >= {("見学者数", 2021, "target", 50.0), ("整備した岸", 2022, "actual", 140.0)}
    assert {row.indicator_name: row.unit for row in rows_of(tables, Indicator)} == {"見学者数": "人", "整備した岸": "m"}


_MATRIX = (
    "<tr><td rowspan=3>成果<td>拡充<td><td>●<td><tr><td>維持<td><td><td><tr><td>縮小<td><td><td>",
    "<tr><td colspan=2><td>削減<td>現状維持<td>増加",
    "<tr><td colspan=2><td colspan=3>コスト",
)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_a_matrix_says_what_was_chosen_of_each_side(order: tuple[int, ...]) -> None:
    tables = page("<p>今後の方向性</p><table>" + "".join(_MATRIX[at] for at in order) + "</table>")
    assert grades(tables) == {("成果", "拡充"), ("コスト", "現状維持")}
    assert not rows_of(tables, Passage)


def test_two_marks_in_a_matrix_choose_nothing() -> None:
    both = _MATRIX[0].replace("<tr><td>維持<td>", "<tr><td>維持<td>●")
    tables = page("<table><tr><td>目的<td>港を守る。</table><table>" + both + _MATRIX[1] + _MATRIX[2] + "</table>")
    assert not grades(tables)
    assert "ambiguous" in {row.rule for row in rows_of(tables, Finding)}


@pytest.mark.parametrize(
    ("over", "head"), [("指標（上段：目標　下段：実績）", ""), ("指標", "<br>（上段：目標／下段：実績）")]
)
def test_two_numbers_in_a_cell_have_the_roles_that_are_told(over: str, head: str) -> None:
    tables = page(
        f"<p>{over}</p><table><tr><td>指標名{head}<td>単位<td>R4<td>R5<tr><td>見学者数<td>人<td>50<br>48<td>60<br>66</table>"
    )
    assert numbers(tables) == {
        ("見学者数", 2022, "target", 50.0), ("見学者数", 2022, "actual", 48.0),
        ("見学者数", 2023, "target", 60.0), ("見学者数", 2023, "actual", 66.0),
    }  # fmt: skip


def test_two_numbers_in_a_cell_are_in_doubt_where_nothing_tells_them_apart() -> None:
    tables = page("<table><tr><td>指標名<td>単位<td>R4実績<td>R5実績<tr><td>見学者数<td>人<td>50<br>48<td>60</table>")
    assert numbers(tables) == {("見学者数", 2023, "actual", 60.0)}
    assert "ambiguous" in {row.rule for row in rows_of(tables, Finding)}


def test_persons_and_their_pay_are_named_by_row_and_column() -> None:
    tables = page(
        "<table><tr><td rowspan=2>職員の区分<td colspan=2>令和4年度決算<tr><td>人数（人）<td>人件費（千円）"
        "<tr><td>正規職員<td>2.5<td>20<tr><td>会計年度任用職員<td>1.0<td>4</table>"
    )
    assert numbers(tables) == {
        ("正規職員人数", 2022, "actual", 2.5), ("正規職員人件費", 2022, "actual", 20_000.0),
        ("会計年度任用職員人数", 2022, "actual", 1.0), ("会計年度任用職員人件費", 2022, "actual", 4_000.0),
    }  # fmt: skip


def test_a_row_that_adds_points_up_and_judges_is_of_the_form_again() -> None:
    tables = page(
        "<table><tr><td>視点<td>評価項目<td>評点<td>理由<tr><td>必要性<td>要望はあるか<td>３<td>多くの声がある。"
        "<tr><td>有効性<td>成果はあるか<td>２<td>少し遅れた。<tr><td>合計点<td>５<td>総合判定<td>Ｂ</table>"
    )
    assert {(row.subject, row.grade_text) for row in rows_of(tables, Grade)} >= {
        ("要望はあるか", "３"), ("成果はあるか", "２"), ("総合判定", "Ｂ"),
    }  # fmt: skip
    assert {row.text for row in rows_of(tables, Passage)} == {"多くの声がある。", "少し遅れた。"}


def test_options_across_the_columns_of_codes_are_not_under_their_heads() -> None:
    tables = page(
        "<table><tr><td rowspan=2>予算科目<td>会計<td>款<td>項<td>担当者<td>中村<tr><td>一般<td>3<td>2<td colspan=2>"
        "<tr><td>事業期間<td colspan=5>□単年度のみ　■毎年度<tr><td>事業の概要<td colspan=5>岸を直す。</table>"
    )
    assert {row.subject for row in rows_of(tables, Grade)} <= {"事業期間"}


def test_a_label_in_brackets_tells_who_is_in_charge_and_no_legend_is_a_judgement() -> None:
    tables = page(
        "<p>【担当課】港湾課</p><p>【進捗状況】◎：計画を上回って進んでいる</p><p>【課題】傷みが進んでいる。</p>"
    )
    assert {row.org_name for row in rows_of(tables, MeasureOrg)} == {"港湾課"}
    assert {row.text for row in rows_of(tables, Passage)} == {"傷みが進んでいる。"}
    assert not grades(tables)


def test_columns_of_options_of_which_each_row_marks_one_are_no_matrix() -> None:
    tables = page(
        "<table><tr><td>評価項目<td>高い<td>普通<td>低い<tr><td>必要性<td>○<td><td><tr><td>有効性<td><td>○<td>"
        "<tr><td>効率性<td><td><td>○</table>"
    )
    assert grades(tables) == {("必要性", "高い"), ("有効性", "普通"), ("効率性", "低い")}
