"""Budgets by 款 and 項, plans with what is expected and found, effects planned and reached, counts of grades."""

from __future__ import annotations

from extract.text import read_text
from normalize.reading import read_records
from schemas.records import DocumentRow, Grade, Indicator, Measure, MeasureOrg
from schemas.rows import Tables, rows_of
from tests.normalize import said


def read(text: str) -> Tables:
    return read_records(read_text(text.encode(), "made.txt"))


def numbers(text: str) -> said.Said:
    return said.numbers(read(text), "measure indicator role value")


BUDGET = """令和6年度灯台町一般会計補正予算（第2号）

歳出\t\t\t\t（単位：千円）
款\t項\t補正前の額\t補正額\t計
２　総務費\t\t900\t20\t920
\t１　国庫負担金\t600\t△10\t590
歳出合計\t\t900\t20\t920
"""


def test_a_supplementary_budget_is_of_its_chapters_and_items_and_expects() -> None:
    assert numbers(BUDGET) == {
        ("総務費", "補正前の額", "forecast", 900_000), ("総務費", "補正額", "difference", 20_000),
        ("総務費", "計", "forecast", 920_000), ("国庫負担金", "補正前の額", "forecast", 600_000),
        ("国庫負担金", "補正額", "difference", -10_000), ("国庫負担金", "計", "forecast", 590_000),
    }  # fmt: skip
    tables = read(BUDGET)
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    assert {(row.measure_name, names.get(row.parent_measure_id or "")) for row in rows_of(tables, Measure)} == {
        ("総務費", None), ("国庫負担金", "総務費"),
    }  # fmt: skip
    assert rows_of(tables, DocumentRow)[0].fiscal_year == 2024


def test_chapters_and_items_stand_above_the_projects_behind_them() -> None:
    text = (
        "令和6年度灯台町一般会計補正予算（第2号）\n\n"
        "款\t項\t事業名\t金額（千円）\n8 土木費\t2 橋りょう費\t岬橋の補修事業\t84\n"
        "10 教育費\t2 小学校費\t空調更新事業\t26\n"
    )
    assert numbers(text) == {
        ("岬橋の補修事業", "金額", "forecast", 84_000), ("空調更新事業", "金額", "forecast", 26_000),
    }  # fmt: skip
    assert {row.measure_name for row in rows_of(read(text), Measure)} >= {"土木費", "橋りょう費", "小学校費"}


def test_an_effect_is_planned_and_reached_under_letters_that_others_reckon_with() -> None:
    text = (
        "灯台町行財政改革プラン（令和5年度実績）\n\n（単位：千円）\n\n"
        "取組項目\t所管課\t効果額\t\t\n\t\t計画額 a\t実績額 b\t差 b-a\n"
        "広告の掲載\t総務課\t15\t12\t△3\n灯油の節約\t財政課\t30\t31\t1\n"
    )
    found = {(node, name, role, value) for node, name, role, value in numbers(text) if role != "difference"}
    assert found == {
        ("広告の掲載", "効果額", "target", 15_000), ("広告の掲載", "効果額", "actual", 12_000),
        ("灯油の節約", "効果額", "target", 30_000), ("灯油の節約", "効果額", "actual", 31_000),
    }  # fmt: skip


SUPPLY = "区分\t令和4年度\t令和5年度\n見込量\t{0}\t{1}\n利用実績\t{2}\t{3}\n\n"


def test_headings_set_alike_name_services_and_who_is_in_charge_stands_between() -> None:
    text = (
        "灯台町子ども・子育て支援事業計画　進捗状況（令和5年度末現在）\n\n"
        f"(1) 延長保育\n\n担当課：こども課\n\n{SUPPLY.format(41, 42, 39, 37)}"
        f"(2) 病後児保育\n\n担当課：健康課\n\n{SUPPLY.format(21, 22, 18, 17)}"
        f"(3) 利用実績の多い一時預かり\n\n担当課：児童課\n\n{SUPPLY.format(61, 62, 58, 57)}"
    )
    assert {node for node, *_ in numbers(text)} == {"延長保育", "病後児保育", "利用実績の多い一時預かり"}
    tables = read(text)
    nodes = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    assert {(nodes[row.measure_id], row.org_name) for row in rows_of(tables, MeasureOrg)} == {
        ("延長保育", "こども課"), ("病後児保育", "健康課"), ("利用実績の多い一時預かり", "児童課"),
    }  # fmt: skip


def test_what_was_expected_and_found_of_a_service_in_one_year_says_something() -> None:
    text = (
        "灯台町障害福祉計画　進捗（令和5年度末現在）\n\n"
        "サービス名\t単位\t区分\t令和4年度\t令和5年度\n居宅介護\t時間/月\t見込量\t130\t135\n\t\t実績値\t127\t136\n"
    )
    assert {(name, role, value) for _, name, role, value in numbers(text)} == {
        ("居宅介護", "forecast", 130), ("居宅介護", "forecast", 135), ("居宅介護", "actual", 127),
        ("居宅介護", "actual", 136),
    }  # fmt: skip


def test_a_count_of_grades_judges_nothing() -> None:
    text = (
        "灯台町事務事業評価　評価結果一覧（令和5年度）\n\n"
        "事務事業名\t担当課\t総合評価\n霧笛の保守\t港湾課\tＡ\n岬の清掃\t環境課\tＢ\n\n"
        "総合評価\t件数\nＡ\t1\nＢ\t1\nＣ\t0\n計\t2\n"
    )
    assert sorted(row.grade_text or "" for row in rows_of(read(text), Grade)) == ["Ａ", "Ｂ"]


def test_accounts_are_named_where_nothing_else_is() -> None:
    text = (
        "灯台町特別会計決算の状況（令和4年度）\n\n（単位：円）\n\n会計名\t予算現額\t歳入決算額\t歳出決算額\n"
        "国民健康保険特別会計\t500\t480\t470\n介護保険特別会計\t300\t310\t290\n"
    )
    assert {(node, name) for node, name, *_ in numbers(text)} == {
        (node, name)
        for node in ("国民健康保険特別会計", "介護保険特別会計")
        for name in ("予算現額", "歳入決算額", "歳出決算額")
    }


GRANT = (
    "灯台町の交付金事業の効果検証（令和5年度）\n\n"
    "交付金対象事業\t担当課\t実績額（千円）\tKPI\t単位\t目標値\t実績値\t事業効果\n"
    "灯台公園整備事業\t港湾課\t180\t来園者数\t人\t900\t870\t効果があった\n"
    "\t\t\t売店の数\t\ufffd\t5\t6\t\n岬の道標事業\t農林課\t90\t道標の数\t基\t12\t12\t大いに効果があった\n"
)


def test_words_under_a_head_that_ends_as_a_level_does_name_the_rows() -> None:
    assert numbers(GRANT) == {
        ("灯台公園整備事業", "実績額", "actual", 180_000), ("灯台公園整備事業", "来園者数", "target", 900),
        ("灯台公園整備事業", "来園者数", "actual", 870), ("灯台公園整備事業", "売店の数", "target", 5),
        ("灯台公園整備事業", "売店の数", "actual", 6), ("岬の道標事業", "実績額", "actual", 90_000),
        ("岬の道標事業", "道標の数", "target", 12), ("岬の道標事業", "道標の数", "actual", 12),
    }  # fmt: skip


def test_a_unit_of_characters_without_meaning_is_not_known() -> None:
    units = {row.indicator_name: row.unit for row in rows_of(read(GRANT), Indicator)}
    assert units["売店の数"] is None
    assert units["来園者数"] == "人"


def test_money_before_the_indicators_of_unnamed_rows_is_no_number_of_theirs() -> None:
    found = {(name, role, value) for _, name, role, value in numbers(GRANT.replace("交付金対象事業", "計画の区分名"))}
    assert ("来園者数", "actual", 180_000) not in found


def test_years_down_the_rows_count_what_the_heads_name() -> None:
    table = "年度\t量の見込み\t確保方策\t実績\n令和5年度\t{0}\t{1}\t{2}\n令和6年度\t{3}\t{4}\t{5}\n\n"
    text = (
        "灯台町子ども・子育て支援事業計画（令和6年度実績）\n\n"
        f"○病児保育\n\n（単位：人日）\n\n{table.format(31, 30, 28, 32, 30, 29)}"
        f"○子育て短期支援\n\n（単位：人日）\n\n{table.format(11, 10, 8, 12, 10, 9)}"
    )
    assert {one for one in numbers(text) if one[0] == "病児保育"} == {
        ("病児保育", "量の見込み", "forecast", 31), ("病児保育", "量の見込み", "forecast", 32),
        ("病児保育", "確保方策", "forecast", 30), ("病児保育", "実績", "actual", 28),
        ("病児保育", "実績", "actual", 29),
    }  # fmt: skip


def test_a_line_that_explains_the_marks_of_a_scale_judges_nothing() -> None:
    text = (
        "灯台町行財政改革　取組状況一覧表（令和6年度）\n\n達成状況：◎計画を上回る　○計画どおり　△計画を下回る\n\n"
        "取組項目\t担当課\t達成状況\n霧笛の保守\t港湾課\t○\n岬の清掃\t環境課\t△\n"
    )
    assert [row.grade_text for row in rows_of(read(text), Grade)] == ["○", "△"]


def test_what_a_supplement_is_paid_from_is_expected() -> None:
    text = (
        "令和6年度灯台町一般会計補正予算（第5号）の概要\n\n（単位：千円）\n\n"
        "事業名\t担当課\t補正額\t財源内訳\t\n\t\t\t地方債\t一般財源\n除雪事業\t建設課\t35\t20\t15\n給付事業\t福祉課\t8\t0\t8\n"
    )
    found = numbers(text)
    assert ("除雪事業", "地方債", "forecast", 20_000) in found
    assert ("除雪事業", "一般財源", "forecast", 15_000) in found


def test_a_sum_of_two_columns_under_heads_that_nobody_knows_is_not_said() -> None:
    text = (
        "令和6年度灯台町一般会計補正予算（第2号）\n\n（単位：千円）\n\n"
        "款\t項\t補正前の額\t補正額\t計\n2 総務費\t1 管理費\t9\t1\t10\n\n"
        "（単位：千円）\n\n起債の目的\t限度額\t\t起債の方法\n\t補正前\t補正後\t\n"
        "灯台債\t30\t40\t証書借入\n霧笛債\t10\t20\t証書借入\n計\t40\t60\t\n"
    )
    assert {(name, role) for _, name, role, _ in numbers(text)} == {
        ("補正前の額", "forecast"), ("補正額", "difference"), ("計", "forecast"),
    }  # fmt: skip
    assert {node for node, *_ in numbers(text)} == {"管理費"}
