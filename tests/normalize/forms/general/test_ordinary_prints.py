"""Prints of ordinary forms and tables that were met at first sight: each in the smallest document that shows it."""

from __future__ import annotations

import pytest

from extract import read_document
from normalize.reading import read_records
from schemas.records import Grade, Indicator, Measure, Passage
from schemas.rows import Tables, rows_of
from tests.normalize.made import html_rows
from tests.normalize.said import numbers, parents

FORM = "<html><p>令和4年度 事務事業評価シート<table><tr><td>事務事業名<td>灯台の管理<td>担当課<td>港湾課</table>"
LIST = "<html><p>令和4年度 実施状況<p>（単位：千円）"


def read(body: str, head: str = FORM) -> Tables:
    return read_records(read_document((head + body).encode(), "made.html"))


def rows(*lines: str) -> str:
    """A table by its rows, / for a new line in a cell."""
    return html_rows(*(line.replace("/", "<br>") for line in lines))


@pytest.mark.parametrize(
    ("printed", "chosen"),
    [
        ("○ある/　ない", "ある"),
        ("　ある/○ない", "ない"),
        ("○上がっている/上がっていない", "上がっている"),
        ("必要/○不要", "不要"),
        ("○十分である/不十分である", "十分である"),
        ("ある　○ない", "ない"),
        ("Ａ/○Ｂ/Ｃ", "Ｂ"),
        ("順調/○やや遅れている/遅れている", "やや遅れている"),
        ("○順調/概ね順調/遅れている", "順調"),
    ],
)
def test_the_one_option_with_a_mark_is_chosen(printed: str, chosen: str) -> None:
    tables = read(rows("視点|設問|評価|理由", f"必要性|関わる理由があるか|{printed}|法に基づく。"))
    assert [row.grade_text for row in rows_of(tables, Grade)] == [chosen]


def test_a_judgement_that_goes_on_in_the_next_line_is_no_list_of_options() -> None:
    tables = read(rows("視点|設問|評価|理由", "必要性|関わる理由があるか|○概ね達成/している|法に基づく。"))
    assert [row.grade_text for row in rows_of(tables, Grade)] == ["○概ね達成している"]


@pytest.mark.parametrize(
    "over",
    [
        (rows("指標１|指標名|灯火の数|単位|基"),),
        (rows("指標①|名称|灯火の数|単位|基"),),
        ("", "活動指標|指標名|1x3:灯火の数", "単位|1x4:基"),
    ],
)
def test_each_indicator_has_a_block_with_its_name_behind_two_labels(over: tuple[str, ...]) -> None:
    lines = ("1x2:|令和3年度|令和4年度|令和5年度", "1x2:目標値|5|6|7", "1x2:実績値|4|6|")
    alone, *same = over
    tables = read(alone + rows(*same, *lines))
    assert numbers(tables) == {
        ("灯火の数", 2021, "target", 5), ("灯火の数", 2022, "target", 6), ("灯火の数", 2023, "target", 7),
        ("灯火の数", 2021, "actual", 4), ("灯火の数", 2022, "actual", 6),
    }  # fmt: skip
    assert {row.unit for row in rows_of(tables, Indicator)} == {"基"}


@pytest.mark.parametrize(
    ("caption", "year", "role"),
    [
        ("令和３年度決算の財源内訳（単位：千円）", 2021, "actual"),
        ("令和４年度予算の財源内訳（単位：千円）", 2022, "forecast"),
        ("財源内訳（令和３年度決算額）　（単位：千円）", 2021, "actual"),
        ("令和３年度の財源内訳（単位：千円）", 2021, "actual"),
    ],
)
def test_a_line_between_two_tables_dates_the_costs_below_it(caption: str, year: int, role: str) -> None:
    tables = read(f"<p>{caption}" + rows("国庫支出金|県支出金|一般財源", "600|300|900"))
    assert {(y, r) for _, y, r, _ in numbers(tables)} == {(year, role)}


def test_names_that_one_cell_counts_by_letters_are_one_indicator_each() -> None:
    tables = read(
        rows("手段|灯火を直す。|活動指標|ア　灯火の数/イ　講習を/受けた人")
        + rows("指標|単位|令和3年度実績|令和4年度実績", "活動指標ア|基|4|6", "活動指標イ|人|10|12")
    )
    assert numbers(tables) == {
        ("灯火の数", 2021, "actual", 4), ("灯火の数", 2022, "actual", 6),
        ("講習を受けた人", 2021, "actual", 10), ("講習を受けた人", 2022, "actual", 12),
    }  # fmt: skip


@pytest.mark.parametrize("heads", ["計画額/a|実績額/b|差/b-a", "計画額　Ａ|実績額　Ｂ|差　Ｂ－Ａ"])
def test_the_letter_that_heads_reckon_with_is_no_part_of_a_name(heads: str) -> None:
    tables = read(
        rows(f"取組項目|{heads}|所管課", "船の売却|500|400|▲100|港湾課", "桟橋の貸付|300|330|30|港湾課"), LIST
    )
    assert {name for name, *_ in numbers(tables)} == {"計画額", "実績額"}


@pytest.mark.parametrize(
    "lines",
    [
        ("2:船を知る|広報|Ａ", "講座|Ｂ", "2:港の仕事|相談|Ｂ", "見学|Ａ"),
        ("船を知る|広報|Ａ", "船を知る|講座|Ｂ", "港の仕事|相談|Ｂ", "港の仕事|見学|Ａ"),
        ("船を知る|広報|Ａ", "|講座|Ｂ", "港の仕事|相談|Ｂ", "|見学|Ａ"),
    ],
)
def test_what_stands_over_several_names_under_the_head_of_prose_is_their_group(lines: tuple[str, ...]) -> None:
    tables = read(rows("課題|事業|評価", *lines), "<html><p>令和4年度 実施状況")
    assert parents(tables) == {
        ("船を知る", None), ("広報", "船を知る"), ("講座", "船を知る"),
        ("港の仕事", None), ("相談", "港の仕事"), ("見学", "港の仕事"),
    }  # fmt: skip
    assert not rows_of(tables, Passage)


TEXT = "令和4年度 事務事業評価シート\n\n事務事業名：灯台の管理\n担当課：港湾課\n\n"


def said(lines: str) -> tuple[set[tuple[str | None, str]], set[str]]:
    """The judgements of lines of text, each with what it judges, and the passages."""
    tables = read_records(read_document((TEXT + lines).encode(), "made.txt"))
    grades = {(row.subject, row.grade_text) for row in rows_of(tables, Grade)}
    return grades, {row.text for row in rows_of(tables, Passage)}


@pytest.mark.parametrize(
    ("line", "judged"),
    [
        ("必要性：Ａ　船が通る。", ("必要性", "Ａ")),
        ("必要性　Ａ　船が通る。", ("必要性", "Ａ")),
        ("・必要性：高い（船が通る。）", ("必要性", "高い")),
        ("【今後の方向性】\n継続　船が通る。", ("今後の方向性", "継続")),
    ],
)
def test_the_reasons_behind_a_judgement_in_its_line_are_prose(line: str, judged: tuple[str, str]) -> None:
    assert said(line) == ({judged}, {"船が通る。"})


def test_a_wide_blank_inside_sentences_parts_no_judgement_from_them() -> None:
    grades, texts = said("必要性：船が　この港を朝から晩まで通る。")
    assert not grades
    assert texts == {"船がこの港を朝から晩まで通る。"}


def test_what_an_indicator_is_called_by_before_its_name_is_no_part_of_it() -> None:
    tables = read(
        rows("事業|指標|目標値|単位|実績値|今後の方針", "船の案内|指標①　案内の回数|20|回|17|事業の継続"),
        "<html><p>令和4年度 効果検証",
    )
    assert {name for name, *_ in numbers(tables)} == {"案内の回数"}
    assert [row.grade for row in rows_of(tables, Grade)] == ["continue"]


def test_what_adds_up_to_a_planned_amount_with_planned_ones_is_planned() -> None:
    heads = "年度|当初予算額|補正予算額|前年度繰越額|予算現額（計）|決算額"
    lines = ("令和3年度|500|40|0|540|530", "令和4年度|520|▲10|20|530|525")
    tables = read("<p>（単位：千円）" + rows(heads, *lines))
    roles = {name: role for name, _, role, _ in numbers(tables)}
    assert roles["前年度繰越額"] == "forecast"
    assert roles["決算額"] == "actual"


def test_marks_of_two_times_stand_under_their_heads_beside_reasons_of_some_rows() -> None:
    tables = read(
        rows("評価項目|前回評価|今回評価|変更の理由", "必要性|Ａ|Ａ|", "有効性|Ｂ|Ａ|船が増えた。", "効率性|Ｂ|Ｂ|")
    )
    now = {(row.subject, row.grade_text) for row in rows_of(tables, Grade) if row.fiscal_year is not None}
    assert now == {("必要性", "Ａ"), ("有効性", "Ａ"), ("効率性", "Ｂ")}
    assert len(rows_of(tables, Grade)) == 6


@pytest.mark.parametrize("corner", ["総合評価", "区分", ""])
def test_who_judges_stands_over_what_each_says(corner: str) -> None:
    lines = ("評価|Ｂ|Ｃ", "方向性|継続|見直し", "コメント|船を増やす。|波を調べる。")
    tables = read(rows(f"{corner}|一次評価|二次評価", *lines))
    judged = {(row.grade_text, row.evaluator) for row in rows_of(tables, Grade)}
    assert judged == {("Ｂ", "self"), ("継続", "self"), ("Ｃ", "internal"), ("見直し", "internal")}
    assert {row.text for row in rows_of(tables, Passage)} == {"船を増やす。", "波を調べる。"}


def test_the_unit_of_a_rate_under_an_indicator_is_not_its_own() -> None:
    lines = ("3:船の数|2:隻|目標|5|6", "実績|4|6", "％|達成率|80.0|100.0")
    tables = read(rows("指標名|単位||令和3年度|令和4年度", *lines))
    assert [(row.indicator_name, row.unit) for row in rows_of(tables, Indicator)] == [("船の数", "隻")]


def test_the_time_beside_a_number_is_its_year() -> None:
    lines = ("2:項目|1x2:現状|1x2:目標", "数値|時点|数値|時点", "船の数|5隻|H26|9隻|H30", "波の高さ|2ｍ|H26|1ｍ|H30")
    tables = read(rows(*lines), "<html><p>灯台の計画 数値目標")
    assert numbers(tables) == {
        ("船の数", 2014, "baseline", 5), ("船の数", 2018, "target", 9),
        ("波の高さ", 2014, "baseline", 2), ("波の高さ", 2018, "target", 1),
    }  # fmt: skip


def test_a_label_that_counts_on_begins_the_sheet_of_the_next_name() -> None:
    tables = read(
        rows("基本目標１|船を守る", "施策①|灯台の管理")
        + rows("指標|令和3年度|令和4年度", "灯火の数|4|6")
        + rows("取組内容|灯火を直した。")
        + rows("施策②|桟橋の管理")
        + rows("指標|令和3年度|令和4年度", "杭の数|9|12")
        + rows("取組内容|杭を替えた。"),
        "<html><p>令和4年度 検証シート",
    )
    assert parents(tables) == {("船を守る", None), ("灯台の管理", "船を守る"), ("桟橋の管理", "船を守る")}
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    told = {(names[row.measure_id or ""], row.text) for row in rows_of(tables, Passage)}
    assert told == {("灯台の管理", "灯火を直した。"), ("桟橋の管理", "杭を替えた。")}
    counted = {(names[row.measure_id], row.indicator_name) for row in rows_of(tables, Indicator)}
    assert counted == {("灯台の管理", "灯火の数"), ("桟橋の管理", "杭の数")}


def test_a_judgement_or_direction_alone_in_brackets_is_one() -> None:
    tables = read(rows("評価|［　Ａ　］|評価の理由|船が増えた。", "今後の方向性|（　継続　）|内容|船を増やす。"))
    assert [row.grade for row in rows_of(tables, Grade)] == ["A", "continue"]


def test_the_day_of_a_judgement_beside_who_judges_is_no_part_of_what_is_judged() -> None:
    lines = ("一次評価（課長）/令和4年5月10日|Ａ|船が増えた。", "二次評価（部長）/R4.6.3|Ｂ|波を調べる。")
    tables = read(rows("区分|評価|コメント", *lines))
    judged = {(row.subject, row.grade_text, row.evaluator) for row in rows_of(tables, Grade)}
    assert judged == {(None, "Ａ", "self"), (None, "Ｂ", "internal")}


def test_a_year_behind_its_label_heads_nothing() -> None:
    tables = read(rows("交付先|港の会|開始年度|平成20年度", "根拠要綱|灯の要綱|終期|設定なし"))
    assert "終期" not in {row.text for row in rows_of(tables, Passage)}
    assert not numbers(tables)


def test_a_direction_of_each_judge_is_no_header() -> None:
    tables = read(
        rows(
            "|一次評価（課長）|二次評価（会議）",
            "達成度|Ａ|Ｂ",
            "方向性|重点化|継続",
            "評価の理由|灯が増えた。|続けること。",
        )
    )
    said = {(row.subject, row.grade_text, row.evaluator) for row in rows_of(tables, Grade)}
    assert said >= {("方向性", "重点化", "self"), ("方向性", "継続", "internal")}
    assert {row.grade_scheme_id for row in rows_of(tables, Grade) if row.subject == "方向性"} == {"general-direction"}


def test_a_planned_amount_beside_a_cost_that_was_spent_is_of_that_cost() -> None:
    table = rows(
        "2x1:番号|2x1:事務事業名|1x2:事業費（決算）|予算", "令和3年度|令和4年度|令和5年度", "1|灯台の塗装|20|30|40"
    )
    found = numbers(read(table, LIST))
    assert {(name, year, role) for name, year, role, _ in found} == {
        ("事業費", 2021, "actual"), ("事業費", 2022, "actual"), ("事業費", 2023, "forecast"),
    }  # fmt: skip


def test_which_way_is_better_is_no_part_of_a_name() -> None:
    found = numbers(read(rows("指標名|令和3年度実績|令和4年度実績", "事故の割合↓（％）|4|3")))
    assert {name for name, *_ in found} == {"事故の割合"}


def test_the_sections_of_a_plan_in_one_cell_are_names_one_below_the_other() -> None:
    head = "<html><p>令和4年度 事業評価" + html_rows(
        "総合計画|第３章　安全なまち　／　第１節　海の守り", "事業名|灯台の管理"
    )
    assert parents(read(rows("目的|船を守る。"), head)) == {
        ("安全なまち", None), ("海の守り", "安全なまち"), ("灯台の管理", "海の守り"),
    }  # fmt: skip


def test_a_label_set_wide_before_its_colon_names_a_level() -> None:
    head = "<html><p>令和4年度 事業評価<table><tr><td rowspan=2>計画の位置付け<td>分　　野：海の暮らし"
    head += "<tr><td>施　　策：港の守り<tr><td>事業名<td>灯台の管理</table>"
    assert ("港の守り", "海の暮らし") in parents(read(rows("目的|船を守る。"), head))
