"""Blocks side by side that a source without rules gives as one table, and rows glued under others of another kind."""

from __future__ import annotations

from functools import partial

import pytest

from extract.text import read_text
from normalize.reading import read_records
from schemas.records import Grade, Indicator, Measure, Passage
from schemas.rows import Tables, rows_of
from tests.normalize import said

HEAD = "令和4年度 事務事業評価シート（令和3年度実績）\n\n事務事業名\t灯台の管理\n担当課\t港湾課\n\n"
TOLD = "見学の案内を港に新しく立てた。"


def read(table: str, head: str = HEAD) -> Tables:
    return read_records(read_text((head + table).encode(), "made.txt"))


amounts = partial(said.numbers, columns="indicator year role value unit")


def grades(tables: Tables) -> set[tuple[str | None, str, str | None]]:
    return {(row.subject, row.grade_text, row.indicator_id) for row in rows_of(tables, Grade)}


def test_indicators_and_judgements_side_by_side_are_two_tables() -> None:
    tables = read(
        "指標名称\t単位\t令和3年度実績\t令和4年度目標\t\t評価項目\t評価\t理由\n"
        f"見学者数\t人\t120\t150\t\t有効性\tＢ\t{TOLD}\n点検回数\t回\t4\t6\t\t効率性\tＡ\t{TOLD}\n"
    )
    assert grades(tables) == {("有効性", "Ｂ", None), ("効率性", "Ａ", None)}
    assert len(amounts(tables)) == 4


def test_a_table_of_costs_beside_indicators_counts_none_of_them() -> None:
    tables = read(
        "指標名\t現状値\t目標値\t\t\t\t3年度決算\t4年度予算\n"
        "見学者数\t161件（R3）\t159件（R5）\t\t財源内訳\t国庫支出金\t10千円\t20千円\n"
        "点検回数\t4回（R3）\t6回（R5）\t\t\t一般財源\t7千円\t9千円\n"
    )
    assert {name for name, *_ in amounts(tables)} == {"見学者数", "点検回数", "国庫支出金", "一般財源"}


def test_numbers_beside_sentences_keep_their_years() -> None:
    tables = read(
        f"事業の目的\t{TOLD}\t\t成果指標1\t見学者数（人）\t区分\tR2\tR3\n"
        f"事業の概要\t{TOLD}\t\t\t\t目標\t77\t80\n\t\t\t\t\t実績\t54\t58\n"
    )
    assert {(year, role) for _, year, role, *_ in amounts(tables)} == {
        (2020, "target"), (2021, "target"), (2020, "actual"), (2021, "actual")
    }  # fmt: skip


def test_what_ends_first_goes_on_in_no_row_below() -> None:
    tables = read(
        f"評価項目\t評価\t理由\t\t今後の方向性\t一次評価\t統合\n有効性\tＢ\t{TOLD}\t\t\t二次評価\t縮小\n"
        f"効率性\tＡ\t{TOLD}\t\t\t\t\n"
    )
    assert {text for _, text, _ in grades(tables)} == {"Ｂ", "Ａ", "統合", "縮小"}


def test_a_blank_column_in_a_list_of_names_parts_nothing() -> None:
    tables = read("No\t事業名\t予算額（千円）\t\t指標名\t単位\tR3実績\n1\t朝市の開催\t10\t\t来場者数\t人\t5\n"
                  "2\t港の清掃\t20\t\t参加者数\t人\t6\n", "令和3年度 主な事業の一覧\n\n")  # fmt: skip
    owners = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    assert {(owners[row.measure_id], row.indicator_name) for row in rows_of(tables, Indicator)} >= {
        ("朝市の開催", "来場者数"), ("港の清掃", "参加者数")
    }  # fmt: skip


def test_a_year_in_brackets_is_no_second_amount() -> None:
    tables = read("項目\t基準値\t目標値\n見学者数（延べ）\t87件 (2020)\t97件 (2025)\n")
    assert {(name, year, value) for name, year, _, value, _ in amounts(tables)} == {
        ("見学者数（延べ）", 2020, 87.0), ("見学者数（延べ）", 2025, 97.0)
    }  # fmt: skip


def test_a_year_heads_all_roles_under_it_over_a_column_that_nothing_uses() -> None:
    tables = read(
        "（単位：千円）\n\n\t\t2021\t\t\t\n\t\t予算現額\t\t決算額\t差引\n一般財源\t\t7\t\t606\t599\n事業費\t\t9\t\t608\t599\n"
    )
    assert {year for _, year, *_ in amounts(tables)} == {2021}


def test_the_unit_of_a_block_is_that_of_all_its_rows() -> None:
    tables = read(
        "成果指標1\t港の売上額\t\t区分\tR2\tR3\n\t\t\t目標\t1,665\t1,725\n\t単位\t百万円\t実績\t1,637\t1,386\n"
        "\n(単位:千円)\n\n\tR2決算\tR3決算\n一般財源\t5\t6\n事業費\t5\t6\n"
    )
    assert {value for name, *_, value, _ in amounts(tables) if name == "港の売上額"} == {
        1_665e6, 1_725e6, 1_637e6, 1_386e6
    }  # fmt: skip


def test_the_kind_of_the_rows_below_is_no_indicator() -> None:
    tables = read("指標名称\t単位\t2020（実績）\t2021（実績）\n成果指標\t\t\t\n見学者数\t人\t5\t6\n")
    assert {row.indicator_name for row in rows_of(tables, Indicator)} == {"見学者数"}


@pytest.mark.parametrize("label", ["款", "章"])
def test_a_section_in_brackets_names_the_group_of_its_list(label: str) -> None:
    head = "事業名\t予算現額\t決算額\n"
    tables = read(
        f"【{label}1】港の振興\n\n{head}朝市の開催\t10\t9\n港の清掃\t5\t4\n\n【{label}2】海の保全\n\n{head}浜の清掃\t7\t6\n"
        "磯の調査\t2\t1\n", "令和3年度 主要事業の一覧\n\n（単位：千円）\n\n",
    )  # fmt: skip
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    parents = {row.measure_name: names.get(row.parent_measure_id or "") for row in rows_of(tables, Measure)}
    assert parents == {
        "港の振興": None, "朝市の開催": "港の振興", "港の清掃": "港の振興",
        "海の保全": None, "浜の清掃": "海の保全", "磯の調査": "海の保全",
    }  # fmt: skip


def test_sentences_under_the_last_row_of_a_list_tell_of_the_form() -> None:
    tables = read(
        "\t構成事務事業\t\t2021<br>決算額\t今後の方向性\n1\t朝市の開催\t\t5\t継続\n2\t港の清掃\t\t4\t継続\n"
        f"総合意見\t\t{TOLD}\t\t\n", "令和4年度 施策評価シート\n\n施策名\t港の振興\n\n（単位：千円）\n\n",
    )  # fmt: skip
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    assert [names[row.measure_id or ""] for row in rows_of(tables, Passage) if row.text == TOLD] == ["港の振興"]


def test_a_question_glued_under_indicators_is_none_of_them() -> None:
    tables = read(
        "指標\t\t\t単位\t2020策定時\t2025目標\n見学者数\t\t\t人\t5\t7\n有効性\t廃止の影響\t\t\t\t\n\t\tある\t\t○\tない\n"
    )
    assert {row.indicator_name for row in rows_of(tables, Indicator)} == {"見学者数"}


def test_a_column_of_reasons_behind_a_blank_one_is_of_its_table() -> None:
    tables = read(f"評価項目\t評価\t\t説明\n有効性\tＢ\t\t{TOLD}\n効率性\tＡ\t\t{TOLD}\n")
    assert grades(tables) == {("有効性", "Ｂ", None), ("効率性", "Ａ", None)}


def test_sentences_name_no_indicator() -> None:
    tables = read(f"成果指標\t単位\tR2実績\tR3実績\n{TOLD}\t人\t5\t6\n見学者数\t人\t5\t6\n")
    assert {row.indicator_name for row in rows_of(tables, Indicator)} == {"見学者数"}


def test_a_legend_in_words_and_counts_of_its_grades_say_nothing_of_a_row() -> None:
    tables = read(
        "評価\t説明\n順調\t目標値以上（100%以上）\n一部遅れ\t80%以上100%未満\n遅れ\t要改善（50%以上80%未満）\n\n"
        "評価\t順調\t一部遅れ\t遅れ\t合計\n件数\t18\t7\t12\t37\n"
    )
    assert (grades(tables), amounts(tables)) == (set(), set())


def test_two_marks_in_a_row_judge_one_thing_each() -> None:
    tables = read("有効性\t\t◎\t自　立　性\t\t\t×\t\t効率性\t○\n")
    assert {text for _, text, _ in grades(tables)} == {"◎", "×", "○"}


def test_a_role_beside_the_units_is_no_unit() -> None:
    tables = read(
        "\t指標名\t\t単位\t\tR2\tR3\n①\t見学者数\t\t人\t実績\t-\t5\n\t\t\t\t計画\t6\t7\n②\t点検回数\t\t回\t実績\t1\t2\n"
        "\t\t\t\t計画\t3\t4\n"
    )
    assert {(role, unit) for _, _, role, _, unit in amounts(tables)} <= {
        ("actual", "人"), ("target", "人"), ("baseline", "回"), ("actual", "回"), ("target", "回")
    }  # fmt: skip


def test_a_cost_of_nothing_is_in_the_money_of_its_table() -> None:
    tables = read("項目\tR3決算\n国庫支出金\t464千円\n手数料\t0\n事業費\t464千円\n")
    assert {unit for *_, unit in amounts(tables)} == {"円"}


def test_marks_in_one_and_the_same_place_still_choose_what_is_behind_them() -> None:
    tables = read("民間活用\t\t適切\t\t概ね適切\t○\t不適切\n妥当性\t\t十分である\t\t概ね十分\t○\t不十分である\n")
    assert grades(tables) == {("民間活用", "不適切", None), ("妥当性", "不十分である", None)}


def test_the_costs_of_one_year_beside_indicators_are_a_table_of_their_own() -> None:
    tables = read(
        "成果指標\t単位\t基準値<br>（R1）\t目標値<br>（R7）\t\tR3年度決算<br>（千円）\t国庫支出金\t一般財源\n"
        "見学者数\t人\t5\t7\t\t\t40\t60\n点検回数\t回\t1\t2\t\t\t\t\n"
    )
    assert amounts(tables) == {
        ("見学者数", 2019, "baseline", 5, "人"), ("見学者数", 2025, "target", 7, "人"),
        ("点検回数", 2019, "baseline", 1, "回"), ("点検回数", 2025, "target", 2, "回"),
        ("国庫支出金", 2021, "actual", 40_000, "円"), ("一般財源", 2021, "actual", 60_000, "円"),
    }  # fmt: skip


def test_a_table_whose_rows_are_counted_by_numerals_stands_beside_another() -> None:
    tables = read(
        "活動指標\t単位\tR2実績\tR3実績\t\t\t成果指標\t年度\tR2\tR3\n見学者数\t人\t5\t6\t\t①\t点検回数〔回〕\t目標\t1\t2\n"
        "\t\t\t\t\t\t\t実績値\t3\t4\n"
    )
    assert {row for row in amounts(tables) if row[0] == "点検回数"} == {
        ("点検回数", 2020, "target", 1, "回"), ("点検回数", 2021, "target", 2, "回"),
        ("点検回数", 2020, "actual", 3, "回"), ("点検回数", 2021, "actual", 4, "回"),
    }  # fmt: skip


def test_boxes_of_sentences_stand_beside_a_table_of_years() -> None:
    tables = read(
        f"事業費（単位：千円）\tR2年度\tR3年度\t\t事業概要\t課題\n事業費\t50\t60\t\t{TOLD}\t{TOLD}\n一般財源\t50\t60\t\t\t\n"
    )
    assert {(name, year) for name, year, *_ in amounts(tables)} == {
        ("事業費", 2020), ("事業費", 2021), ("一般財源", 2020), ("一般財源", 2021)
    }  # fmt: skip
    assert {row.section for row in rows_of(tables, Passage)} == {"description", "issue"}


def test_a_label_of_the_form_under_names_alone_is_no_name() -> None:
    tables = read(
        "政策\t施策\t事務事業名\n港の振興\t灯台の活用\t灯台の公開\n根拠法令等\t港湾条例\t\n", "令和4年度 評価シート\n\n"
    )
    assert [row.measure_name for row in rows_of(tables, Measure)] == ["港の振興", "灯台の活用", "灯台の公開"]


def test_the_names_of_indicators_stand_behind_the_label_of_their_kind() -> None:
    tables = read("対象指標\t項目\t単位\tR2実績\tR3実績\n\t見学者数\t人\t5\t6\n\t点検回数\t回\t1\t2\n")
    assert amounts(tables) == {
        ("見学者数", 2020, "actual", 5, "人"), ("見学者数", 2021, "actual", 6, "人"),
        ("点検回数", 2020, "actual", 1, "回"), ("点検回数", 2021, "actual", 2, "回"),
    }  # fmt: skip


def test_heads_of_years_under_numbers_begin_a_table_with_columns_of_its_own() -> None:
    tables = read(
        "指標名\t\t\t\t単位\t\t2020実績\t2021実績\n見学者数\t\t\t\t人\t\t5\t6\n"
        "指標\t\t単位\t\tR2\tR3\t\tR4\n点検回数\t\t回\t目標値\t1\t2\t\t\n\t\t\t実績\t3\t4\t\t\n"
    )
    assert {row for row in amounts(tables) if row[0] == "点検回数"} == {
        ("点検回数", 2020, "target", 1, "回"), ("点検回数", 2021, "target", 2, "回"),
        ("点検回数", 2020, "actual", 3, "回"), ("点検回数", 2021, "actual", 4, "回"),
    }  # fmt: skip


def test_the_year_of_a_goal_begins_no_table_of_its_own() -> None:
    tables = read("成果指標\t\t単位\t\t基準年度\t策定時\t\t目標年度\t目標値\n見学者数\t\t人\t\t2018\t5\t\t2025\t7\n")
    assert amounts(tables) == {("見学者数", 2018, "baseline", 5, "人"), ("見学者数", 2025, "target", 7, "人")}


def test_who_judges_ends_a_table_of_costs() -> None:
    tables = read("項目\t\tR2決算\tR3決算\n事業費（千円）\t\t5\t6\n総合評価\t一次評価\tＢ\t\n\t二次評価\tＡ\t\n")
    assert {text for _, text, _ in grades(tables)} == {"Ｂ", "Ａ"}


def test_what_stands_under_two_tables_side_by_side_does_not_go_on_from_the_left_one() -> None:
    tables = read(
        "\t項目\t年度\tR2\tR3\t\t指標名\t区分\tR2\tR3\n①\t見学者数（人）\t見込み\t5\t6\t\t点検回数（回）\t実績\t1\t2\n"
        "\t\t実績\t7\t8\t\t\t目標\t3\t4\n\t\t\t\t\t\t貸出数（冊）\t実績\t1\t2\n\t\t\t\t\tR2決算\t\tR3決算\t\t\n"
        "事業費（千円）\t\t\t\t\t9\t\t10\t\t\n"
    )
    assert {row for row in amounts(tables) if row[4] == "円"} == {
        ("事業費", 2020, "actual", 9_000, "円"), ("事業費", 2021, "actual", 10_000, "円")
    }  # fmt: skip


def test_a_first_column_of_costs_begins_a_table_beside_indicators() -> None:
    tables = read(
        "指標\t現状値\t目標値\t\t（千円）\tR2決算\tR3決算\n見学者数\t5人<br>（2020）\t7人<br>（2025）\t\t事業費\t40\t60\n"
        "点検回数\t1回<br>（2020）\t2回<br>（2025）\t\t一般財源\t40\t60\n"
    )
    assert {row for row in amounts(tables) if row[4] == "円"} == {
        ("事業費", 2020, "actual", 40_000, "円"), ("事業費", 2021, "actual", 60_000, "円"),
        ("一般財源", 2020, "actual", 40_000, "円"), ("一般財源", 2021, "actual", 60_000, "円"),
    }  # fmt: skip


def test_a_row_of_words_under_rows_of_years_is_judged_and_no_year() -> None:
    tables = read(
        "（単位：千円）\n\n年度\t事業費計\t\t正職員（人）\t\t人件費\n令和3年度決算\t70\t\t1.5\t\t12\n"
        f"令和4年度予算\t80\t\t2.5\t\t13\n事業の成果は\t上がっている。\t\t{TOLD}\t\t\n"
        f"市民の要望は\t変わらない。\t\t{TOLD}\t\t\n"
    )
    assert {one for one in amounts(tables) if one[4] == "円"} == {
        ("事業費計", 2021, "actual", 70_000.0, "円"), ("人件費", 2021, "actual", 12_000.0, "円"),
        ("事業費計", 2022, "forecast", 80_000.0, "円"), ("人件費", 2022, "forecast", 13_000.0, "円"),
    }  # fmt: skip


def test_an_indicator_named_over_its_years_beside_a_table_of_others() -> None:
    tables = read(
        "対象指標\t指標名\t実績（R2）\t実績（R3）\t\t活動指標\t点検回数\t\t\t単位\t回\n"
        "\t見学者数(人)\t80\t90\t\t年度\t\t目標\t実績値\t\t\n\t\t\t\t\t令和3年度\t\t4\t5\t\t\n"
        "\t\t\t\t\t令和4年度\t\t6\t-\t\t\n"
    )
    assert {row.indicator_name for row in rows_of(tables, Indicator)} == {"見学者数", "点検回数"}
    assert ("点検回数", 2021, "actual", 5.0, "回") in amounts(tables)


def test_a_named_indicator_beside_a_table_of_costs_with_a_part_of_them() -> None:
    tables = read(
        "活動指標\t点検回数\t単位\t回\t\t3年度決算<br>（千円）\t事業費\t（うち一般財源）\n"
        "年度\t目標\t実績\t\t\t\t70\t60\n令和3年度\t4\t5\t\t\t\t\t\n令和4年度\t6\t7\t\t\t\t\t\n"
    )
    assert ("点検回数", 2021, "actual", 5.0, "回") in amounts(tables)
    assert {one for one in amounts(tables) if one[4] == "円"} == {
        ("事業費", 2021, "actual", 70_000.0, "円"), ("（うち一般財源）", 2021, "actual", 60_000.0, "円")
    }  # fmt: skip


def test_a_box_beside_judgements_keeps_a_label_that_nobody_knows() -> None:
    tables = read(
        "評価項目\t評価\t\t\t港の着眼点\n\t令和3年度\t令和4年度\t\t"
        + TOLD
        + "\n有効性\tＡ\tＢ\t\t\n効率性\tＣ\tＢ\t\t\n"
    )
    assert {(subject, mark) for subject, mark, _ in grades(tables)} == {
        ("有効性", "Ａ"), ("有効性", "Ｂ"), ("効率性", "Ｃ"), ("効率性", "Ｂ")
    }  # fmt: skip


def test_a_box_with_several_labels_under_columns_of_sentences_tells_all_of_them() -> None:
    tables = read(
        "事業のねらい\t社会環境の変化\n港を守る。\t船が増えている。\n"
        "【成果】<br>港が広がった。<br>【課題】<br>道が狭い。<br>【今後の取組】<br>道を広げる。\t\n"
    )
    assert {row.text for row in rows_of(tables, Passage)} == {
        "港を守る。", "船が増えている。", "港が広がった。", "道が狭い。", "道を広げる。"
    }  # fmt: skip


def test_sentences_over_a_header_take_neither_its_corner_nor_its_last_year() -> None:
    tables = read(
        "事業の内容\t\t\t\t\t\t\n港を守る。\t\t\t\t\t\t\n\t指標名\t単位\t\t2年度\t3年度\t4年度\n"
        "活動指標①\t見学者数\t人\t計画値\t6\t7\t\n\t\t\t実績\t5\t8\t\n"
        "活動指標②\t点検回数\t回\t計画値\t3\t4\t5\n\t\t\t実績\t2\t1\t\n"
    )
    assert {one for one in amounts(tables) if one[0] == "見学者数"} == {
        ("見学者数", 2020, "target", 6.0, "人"), ("見学者数", 2021, "target", 7.0, "人"),
        ("見学者数", 2020, "actual", 5.0, "人"), ("見学者数", 2021, "actual", 8.0, "人"),
    }  # fmt: skip


def test_sentences_over_the_year_of_costs_end_before_it() -> None:
    tables = read(
        "【事業内容】<br>港を守る。\t\t\n\t\t3年度\n\t\t決算\n事業費合計（千円）\t\t74\n"
        "財源内訳\t国庫支出金（千円）\t20\n\t一般財源（千円）\t54\n"
    )
    assert {(name, year, value) for name, year, _, value, _ in amounts(tables)} == {
        ("事業費合計", 2021, 74_000.0), ("国庫支出金", 2021, 20_000.0), ("一般財源", 2021, 54_000.0)
    }  # fmt: skip
