"""Faults that generated forms showed: each with the smallest document that shows it."""

from __future__ import annotations

from functools import partial

from extract import read_document
from extract.text import read_text
from normalize.reading import read_records
from schemas.records import Grade, Measure, MeasureOrg, Observation, Passage
from schemas.rows import Tables, rows_of
from tests.normalize import said

HEAD = "令和4年度 事務事業評価シート\n\n事務事業名\t灯台の管理\n\n"


COUNTS = "<table><tr><td>指標名<td>R3実績<td>R4実績<tr><td>見学者数（人）<td>5<td>6</table>"


def read(table: str, head: str = HEAD) -> Tables:
    return read_records(read_text((head + table).encode(), "made.txt"))


def page(body: str) -> Tables:
    text = f"<p>令和4年度 事務事業評価シート</p><table><tr><td>事務事業名<td>灯台の管理</table>{body}"
    return read_records(read_document(text.encode(), "made.html"))


numbers = partial(said.numbers, columns="indicator year role value unit")


grades = partial(said.grades, columns="subject grade_text evaluator")


def names(tables: Tables) -> set[str | None]:
    return {row.measure_name for row in rows_of(tables, Measure)}


def passages(tables: Tables) -> set[tuple[str, str]]:
    return {(row.section, row.text) for row in rows_of(tables, Passage)}


def test_blanks_of_glued_blocks_in_text_are_the_rest_of_merged_cells() -> None:
    tables = read(
        "事業名\t\t灯台の管理\t\t\t\t\n担当課\t\t港湾課\t\t内線\t\t12\n"
        "指標名\t単位\t\tR3実績\t\tR4実績\t\n見学者数\t人\t\t50\t\t60\t\n点検回数\t回\t\t4\t\t\t\n",
        "令和4年度 事務事業評価シート\n\n",
    )
    assert names(tables) == {"灯台の管理"}
    assert {row.org_name for row in rows_of(tables, MeasureOrg)} == {"港湾課"}
    assert numbers(tables) == {
        ("見学者数", 2021, "actual", 50.0, "人"), ("見学者数", 2022, "actual", 60.0, "人"),
        ("点検回数", 2021, "actual", 4.0, "回"),
    }  # fmt: skip


def test_a_label_over_a_label_and_its_name_heads_no_list() -> None:
    tables = page(
        "<table><tr><td>政策体系<td>施策<td>港の振興<tr><td>基本事業名<td colspan=2>航路の維持</table>" + COUNTS
    )
    assert names(tables) == {"港の振興", "航路の維持", "灯台の管理"}


def test_a_budget_header_ends_at_the_names_of_the_form() -> None:
    tables = read(
        "会計\t款\t項\t目\n一般\t08\t04\t01\n施策\t\t港の振興\t\n事務事業名\t\t灯台の管理\t\n\n指標\tR4実績\n見学者数（人）\t6\n",
        "令和4年度 評価調書\n\n",
    )
    assert names(tables) == {"港の振興", "灯台の管理"}


def test_a_line_over_a_table_names_what_it_counts() -> None:
    tables = read("成果指標：見学者数（人）\n\n年度\t目標\t実績\n2021\t55\t50\n2022\t60\t58\n")
    assert numbers(tables) == {
        ("見学者数", 2021, "target", 55.0, "人"), ("見学者数", 2022, "target", 60.0, "人"),
        ("見学者数", 2021, "actual", 50.0, "人"), ("見学者数", 2022, "actual", 58.0, "人"),
    }  # fmt: skip


def test_the_one_year_over_costs_is_that_of_each() -> None:
    tables = page("<table><tr><td><td>2022年度（決算額）（円）<tr><td>事業費<td>900<tr><td>人件費<td>100</table>")
    assert numbers(tables) == {("事業費", 2022, "actual", 900.0, "円"), ("人件費", 2022, "actual", 100.0, "円")}


def test_a_western_year_before_a_cost_is_its_year() -> None:
    tables = page("<table><tr><td rowspan=2>2022事業費決算（千円）<td>直接事業費<td>人件費<tr><td>32<td>7</table>")
    assert numbers(tables) == {
        ("直接事業費", 2022, "actual", 32000.0, "円"), ("人件費", 2022, "actual", 7000.0, "円"),
    }  # fmt: skip


def test_a_unit_in_a_row_below_counts_the_numbers_above_it_too() -> None:
    tables = page(
        "<table><tr><td rowspan=3>活動指標1<td colspan=2 rowspan=2>売上額<td>区分<td>R3年度<td>R4年度"
        "<tr><td>目標<td>12<td>13<tr><td>単位<td>百万円<td>実績<td>11<td>12</table>"
    )
    assert numbers(tables) == {
        ("売上額", 2021, "target", 12e6, "円"), ("売上額", 2022, "target", 13e6, "円"),
        ("売上額", 2021, "actual", 11e6, "円"), ("売上額", 2022, "actual", 12e6, "円"),
    }  # fmt: skip


def test_days_and_years_behind_a_frequency_are_read() -> None:
    tables = page(
        "<table><tr><td>指標名<td>基準値<td>目標値<tr><td>点検の回数<td>4回/年（2019）<td>6回/年（2024）"
        "<tr><td>修理の日数<td>6日 (2019)<td>5日 (2024)</table>"
    )
    assert numbers(tables) == {
        ("点検の回数", 2019, "baseline", 4.0, "回"), ("点検の回数", 2024, "target", 6.0, "回"),
        ("修理の日数", 2019, "baseline", 6.0, "日"), ("修理の日数", 2024, "target", 5.0, "日"),
    }  # fmt: skip


def test_the_end_of_a_project_is_a_direction() -> None:
    tables = page(
        "<table><tr><td rowspan=2>今後の方向性<td>一次評価（担当課）<td>継続<td>来館者が増えているため、続ける。"
        "<tr><td>二次評価（委員会）<td>廃止<td>役目を終えたため、やめる。</table>"
    )
    assert grades(tables) == {("今後の方向性", "継続", "self"), ("今後の方向性", "廃止", "internal")}
    assert passages(tables) == {
        ("next_year", "来館者が増えているため、続ける。"), ("next_year", "役目を終えたため、やめる。"),
    }  # fmt: skip


def test_a_small_letter_is_a_grade_beside_its_judge() -> None:
    tables = page("<table><tr><td>総合評価<td>一次評価<td>c<td>二次評価<td>a</table>")
    assert grades(tables) == {("総合評価", "c", "self"), ("総合評価", "a", "internal")}


def test_a_box_holds_several_labels_with_their_sentences() -> None:
    tables = page(
        "<table><tr><td>【現状】<br>・見学者が減っている。<br>・桟橋が古い。<br>【まちの声】<br>冬も開いてほしい。</table>"
    )
    assert passages(tables) == {
        ("state", "見学者が減っている。"), ("state", "桟橋が古い。"), ("background", "冬も開いてほしい。"),
    }  # fmt: skip


def test_the_answer_to_a_question_that_ends_in_a_quality_is_no_label() -> None:
    tables = page(
        "<table><tr><td rowspan=2>効率性<td>①手段は最適か<td>余地がない<td>見回りを減らした。"
        "<tr><td>②負担は適正か<td>概ね適正<td>料金を見直した。</table>"
    )
    assert grades(tables) == {("①手段は最適か", "余地がない", None), ("②負担は適正か", "概ね適正", None)}


def test_a_title_between_rows_of_numbers_ends_no_block() -> None:
    tables = page(
        "<table><tr><td>指標名<td><td>R3（実績）<td>R4（実績）<tr><td colspan=4>成果指標"
        "<tr><td>見学者数<td>人<td>50<td>60<tr><td colspan=4>活動指標<tr><td>点検回数<td>回<td>4<td>5</table>"
    )
    assert numbers(tables) == {
        ("見学者数", 2021, "actual", 50.0, "人"), ("見学者数", 2022, "actual", 60.0, "人"),
        ("点検回数", 2021, "actual", 4.0, "回"), ("点検回数", 2022, "actual", 5.0, "回"),
    }  # fmt: skip


def test_years_without_an_era_are_of_the_one_that_can_be_meant() -> None:
    tables = page(
        "<table><tr><td>開始年度<td>平成12年度</table><table><tr><td>指標名<td>26年度実績<td>27年度実績"
        "<tr><td>見学者数（人）<td>50<td>60</table>".replace("令和4年度 ", "")
    )
    assert {row[1] for row in numbers(tables)} == {2014, 2015}


def test_a_western_year_and_a_goal_under_way_head_a_column() -> None:
    tables = read("指標\t2021<br>（実績）\t2026<br>（中間目標）\n見学者数（人）\t5\t9\n")
    assert {row[1:4] for row in numbers(tables)} == {(2021, "baseline", 5.0), (2026, "target", 9.0)}


def test_marks_behind_qualities_side_by_side_grade_them() -> None:
    tables = page("<table><tr><td>効率性<td>○<td>有効性<td>○<td>必要性<td>△</table>")
    assert grades(tables) == {("効率性", "○", None), ("有効性", "○", None), ("必要性", "△", None)}


def test_a_year_group_of_a_text_table_takes_the_heads_under_it() -> None:
    tables = read(
        "項目\t\tR3年度\t\t\tR4年度\t\t\n\t\t計画額\t\t実績額\t計画額\t実績額\t\n事業費（千円）\t\t5\t\t6\t7\t8\t\n"
        "人件費（千円）\t\t1\t\t2\t3\t4\t\n"
    )
    assert {row[1:4] for row in numbers(tables) if row[0] == "事業費"} == {
        (2021, "forecast", 5000.0), (2021, "actual", 6000.0), (2022, "forecast", 7000.0), (2022, "actual", 8000.0),
    }  # fmt: skip


def test_the_place_for_a_mark_before_the_first_option_of_a_text_is_not_covered() -> None:
    tables = read("必要性\t民間活用の余地\t\t\t\t\t\n\t\t高い\t\t普通\t○\t低い\n\t船を貸せる会社がある。\t\t\t\t\t\n")
    assert {row.grade_text for row in rows_of(tables, Grade)} == {"低い"}


def test_a_label_of_the_form_ends_a_list_of_names() -> None:
    tables = read(
        "大綱\t施策\t事業名\n港\t航路の維持\t灯台の管理\n開始年度\t平成27年度\t\n\n指標\tR4実績\n見学者数（人）\t6\n",
        "令和4年度 事務事業評価シート\n\n",
    )
    assert names(tables) == {"港", "航路の維持", "灯台の管理"}


def test_a_word_that_is_a_label_elsewhere_is_what_a_judge_says() -> None:
    tables = page(
        "<table><tr><td rowspan=2>方向性<td>一次評価<td>重点化<td>来館者が増えた。"
        "<tr><td>二次評価<td>継続<td>続ける。</table>"
    )
    assert {(row.grade_text, row.evaluator) for row in rows_of(tables, Grade)} == {
        ("重点化", "self"),
        ("継続", "internal"),
    }


def test_words_longer_than_an_answer_are_no_observation() -> None:
    long = "市内のすべての地区で説明会を開くことを目指して準備を続ける"
    tables = page(f"<table><tr><td>指標名<td>R3実績<td>R4目標<tr><td>見学者数（人）<td>5<td>{long}</table>")
    assert {row.value_text for row in rows_of(tables, Observation)} == {"5"}
