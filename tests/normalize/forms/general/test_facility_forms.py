"""Forms of facilities, accounts and boards: years down under two storeys of heads, options of each judge, 名称."""

from __future__ import annotations

import pytest

from extract import read_document
from extract.text import read_text
from normalize.reading import read_records
from schemas.records import DocumentRow, Grade, Indicator, Observation, Passage
from schemas.rows import Tables, rows_of
from tests.normalize.made import html_rows as rows
from tests.normalize.said import grades, numbers, parents

FORM = "<html><p>令和5年度 事務事業評価シート<table><tr><td>事務事業名<td>灯台の管理</table>"


def read(body: str, head: str = FORM) -> Tables:
    return read_records(read_document((head + body).encode(), "made.html"))


def year_of(text: str) -> int | None:
    tables = read_records(read_text(text.encode(), "made.txt"))
    return rows_of(tables, DocumentRow)[0].fiscal_year


def test_years_down_stand_under_two_storeys_of_heads() -> None:
    tables = read(
        rows(
            "2x1:年度|2x1:見学者数（人）|1x3:維持の費用（千円）|2x1:稼働率（％）", "人件費|油代|合計",
            "令和3年度|210|30|12|42|61.5", "令和4年度|230|31|11|42|63.0",
        )
    )  # fmt: skip
    found = numbers(tables, "indicator year value unit")
    assert {("見学者数", 2021, 210.0, "人"), ("油代", 2022, 11_000.0, "円"), ("稼働率", 2021, 61.5, "%")} <= found
    assert len(found) == 10


@pytest.mark.parametrize("last", ["廃止", "終了"])
def test_each_judge_marks_one_of_the_directions_over_the_marks(last: str) -> None:
    body = "<p>今後の方向性" + rows(f"|継続|移転|{last}", "一次評価||●|", "二次評価|●||")
    assert grades(read(body), "grade_text evaluator") == {("移転", "self"), ("継続", "internal")}


def test_the_title_of_one_side_is_no_judgement_of_the_other() -> None:
    table = rows("1x2:塔の評価|1x2:灯の評価", "老朽化の状況|2|利用の状況|3", "耐震性能|1|費用の効率|2")
    assert grades(read("<p>２　施設の評価" + table)) == {
        ("老朽化の状況", "2"), ("利用の状況", "3"), ("耐震性能", "1"), ("費用の効率", "2"),
    }  # fmt: skip


def test_names_stand_behind_what_counts_them() -> None:
    tables = read(
        rows(
            "2x1:指標|2x1:名称|1x2:令和4年度|令和5年度", "目標|実績|目標", "2x1:No.1～2|見学者数|20人|23人|25人",
            "点検の回数|4回|4回|5回", "評価|Ｂ|1x2:評価の理由|見学する人が増えた。",
        )
    )  # fmt: skip
    assert {row.indicator_name for row in rows_of(tables, Indicator)} == {"見学者数", "点検の回数"}
    assert [row.grade for row in rows_of(tables, Grade)] == ["B"]
    assert "見学する人が増えた。" in {row.text for row in rows_of(tables, Passage)}


def test_a_board_over_marks_judges_what_stands_beside_them() -> None:
    tables = read(rows("視点|自己評価|審議会|評価の内容", "安全|Ａ|Ｂ|灯が消えなかった。", "経営|Ｂ|Ｃ|油代が増えた。"))
    assert grades(tables, "subject grade_text evaluator") >= {
        ("安全", "Ａ", "self"), ("安全", "Ｂ", "council"), ("経営", "Ｃ", "council"),
    }  # fmt: skip


def test_a_heading_of_the_account_is_no_level_over_the_plan() -> None:
    head = "<html><p>令和4年度 主要施策の成果説明書<p>第８款　土木費"
    form = rows(
        "事業名|灯台の塗装|担当課|港湾課", "総合計画|政策５　安全なまち|施策14　海の守り", "課題|塗装が早くはがれる。"
    )
    found = parents(read(form, head))
    assert {("安全なまち", None), ("海の守り", "安全なまち"), ("灯台の塗装", "海の守り")} <= found
    assert ("海の守り", "土木費") not in found


def test_sentences_behind_circles_are_told() -> None:
    tables = read(
        "<p>"
        + rows(
            "事業の実績|○灯を二つ新しく替えて、点検も行った。<br>○塔を白く塗り直し、柵を一つ直した。",
            "課題|人が足りない。",
        )
    )
    assert {"灯を二つ新しく替えて、点検も行った。", "塔を白く塗り直し、柵を一つ直した。"} <= {
        row.text for row in rows_of(tables, Passage)
    }
    assert not rows_of(tables, Observation)


@pytest.mark.parametrize("second", ["令和6年度実施（令和5年度事業）", "（令和5年度対象）", "令和5年度分"])
def test_the_years_under_a_title_are_of_it(second: str) -> None:
    form = "令和6年度 行政評価結果票\n\n{}\n\n事務事業名    灯台の管理        開始    平成6年度\n\n課題    灯が暗い。\n"
    assert year_of(form.format(second)) == 2023


def test_labels_set_wide_and_a_department_with_its_section_are_read() -> None:
    text = (
        "令和5年度 事務事業評価票\n\n事務事業名    灯台の管理        担当部署    港湾部  灯台課\n\n１　概要\n"
        "目　　的      海を守る。\n対　　象      湾に出る船\n内　　容      灯を替える。\n"
    )
    tables = read_records(read_text(text.encode(), "made.txt"))
    assert {row.text for row in rows_of(tables, Passage)} == {"海を守る。", "湾に出る船", "灯を替える。"}


@pytest.mark.parametrize("heads", ["担当者|課長", "係長|部長"])
def test_those_over_marks_judge_what_stands_beside_them(heads: str) -> None:
    tables = read(rows(f"項目|{heads}|理由", "必要性|Ａ|Ｂ|船が通る。", "達成度|Ｂ|Ｃ|灯が暗い。"))
    assert grades(tables) == {("必要性", "Ａ"), ("必要性", "Ｂ"), ("達成度", "Ｂ"), ("達成度", "Ｃ")}


def test_small_letters_in_the_last_row_are_marks_and_no_units() -> None:
    table = rows(
        "観点|項目|一次評価|二次評価|評価の基準",
        "必要性|市の関与|b|a|2x1:a：適切<br>b：普通",
        "公平性|負担の適正化|a|a",
    )
    assert grades(read(table)) == {("市の関与", "b"), ("市の関与", "a"), ("負担の適正化", "a")}
    assert len(rows_of(read(table), Grade)) == 4


def test_names_with_labels_of_their_own_are_parted_by_a_stroke() -> None:
    head = "<html><p>令和4年度 事業評価" + rows(
        "総合計画|基本目標４　働けるまち／施策２　港の仕事", "事業名|灯台の管理"
    )
    assert parents(read(rows("目的|船を守る。"), head)) == {
        ("働けるまち", None), ("港の仕事", "働けるまち"), ("灯台の管理", "港の仕事"),
    }  # fmt: skip


@pytest.mark.parametrize(("before", "year"), [("前年度", 2022), ("前回", None)])
def test_what_was_judged_before_stands_beside_what_is_judged_now(before: str, year: int | None) -> None:
    rows_ = rows_of(read(rows(f"評価結果|Ａ|{before}|Ｂ|今後の方向性|継続", "理由|1x5:船が増えた。")), Grade)
    assert [(row.subject, row.fiscal_year) for row in rows_ if row.grade == "B"] == [(None, year)]


def test_behind_the_options_stands_what_was_chosen_before() -> None:
    table = rows("項目|高い|普通|低い|前年度", "効率性|○|||普通", "達成度||○||低い", "必要性|○|||高い")
    found = {(row.subject, row.grade, row.fiscal_year) for row in rows_of(read(table), Grade)}
    assert found == {
        ("効率性", "高い", 2023), ("効率性", "普通", 2022), ("達成度", "普通", 2023), ("達成度", "低い", 2022),
        ("必要性", "高い", 2023), ("必要性", "高い", 2022),
    }  # fmt: skip


def test_behind_the_options_stands_why() -> None:
    table = rows("項目|高い|普通|低い|理由", "効率性|○|||油代が減った。", "達成度||○||灯が暗い。")
    assert grades(read(table)) == {("効率性", "高い"), ("達成度", "普通")}


def test_a_sum_under_judgements_is_of_points() -> None:
    text = (
        "令和5年度 補助金評価票\n\n補助金名      灯台の補助\n\n（単位：千円）\n"
        "区分\t4年度決算\t5年度決算\n事業費\t30\t40\n\n"
        "公益性\t３\t船が通る。\n必要性\t２\t灯が要る。\n計\t５\t\n"
    )
    tables = read_records(read_text(text.encode(), "made.txt"))
    assert {name for name, *_ in numbers(tables)} == {"事業費"}


def test_words_count_their_years_from_the_year_that_is_evaluated() -> None:
    head = "<html><p>事務事業評価調書" + rows("対象年度|令和4年度", "事業名|灯台の管理")
    table = rows("区分|前年度（決算）|当年度（決算）|翌年度（予算）", "事業費（千円）|30|40|50", "人件費（千円）|3|4|5")
    found = {found[1:] for found in numbers(read(table, head)) if found[0] == "事業費"}
    assert found == {(2021, "actual", 30_000.0), (2022, "actual", 40_000.0), (2023, "forecast", 50_000.0)}
    assert not numbers(read(table, head.replace("対象年度", "整理番号").replace("令和4年度", "12")))


def test_a_circle_in_a_column_of_its_own_says_which_rows_are_meant() -> None:
    table = rows("事業名|担当課|重点|新規|評価", "朝市の開催|商工課|○||A", "灯台の管理|港湾課|○|○|B")
    assert grades(read(table, "<html><p>令和4年度 事業一覧"), "grade_text") == {("A",), ("B",)}
