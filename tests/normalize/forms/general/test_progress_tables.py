"""Progress tables of plans as cities print them: several indicators a row, parts of a name, counts of judgements."""

from __future__ import annotations

from functools import partial

from extract import read_document
from normalize.reading import read_records
from schemas.records import Finding, Grade, Indicator, Measure, Observation, Passage
from schemas.rows import Tables, rows_of
from tests.normalize import said

TITLE = "令和6年度 浜風市 港湾プラン 進捗状況"


def read(*parts: str, title: str = TITLE) -> Tables:
    return read_records(read_document(f"<h1>{title}</h1>{''.join(parts)}".encode(), "made.html"))


def table(*rows: str) -> str:
    """A table of rows of cells parted by bars; `a<3` is three columns wide, `a^2` two rows high, `a~b` two lines."""
    return "<table>" + "".join("<tr>" + "".join(map(_cell, row.split("|"))) for row in rows) + "</table>"


def _cell(text: str) -> str:
    words, _, rows = text.strip().partition("^")
    words, _, cols = words.partition("<")
    return f'<td rowspan="{rows or 1}" colspan="{cols or 1}">{words.strip().replace("~", "<br>")}</td>'


numbers = partial(said.numbers, columns="measure indicator year role value unit")


def grades(tables: Tables) -> set[tuple[str | None, str | None, str | None, str | None]]:
    measures = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    named = {row.indicator_id: row.indicator_name for row in rows_of(tables, Indicator)}
    return {
        (
            measures[row.measure_id or ""],
            named.get(row.indicator_id or "") or row.subject,
            row.evaluator,
            row.grade_text,
        )
        for row in rows_of(tables, Grade)
    }


TWO_INDICATORS = (
    "事業名^2|事業費<2|活動指標<3|成果指標<4|評価^2",
    "5年度決算|6年度予算|指標名|単位|6年度実績|指標名|単位|6年度目標|6年度実績",
    "灯台の管理|120|150|点検回数|回|4|見学者数|人|90|88|Ａ",
    "朝市の開催|300|310|出店数|店|14|来場者数|千人|5|6|Ｂ",
)


def test_indicators_side_by_side_are_of_the_project_of_their_row_each_in_its_own_unit() -> None:
    tables = read("<p>（単位：千円）</p>", table(*TWO_INDICATORS))
    assert {number for number in numbers(tables) if number[0] == "灯台の管理"} == {
        ("灯台の管理", "事業費", 2023, "actual", 120_000.0, "円"),
        ("灯台の管理", "事業費", 2024, "forecast", 150_000.0, "円"),
        ("灯台の管理", "点検回数", 2024, "actual", 4.0, "回"),
        ("灯台の管理", "見学者数", 2024, "target", 90.0, "人"),
        ("灯台の管理", "見学者数", 2024, "actual", 88.0, "人"),
    }


def test_equal_judgements_of_several_viewpoints_of_one_judge_are_all_said() -> None:
    tables = read(
        table(
            "施策名^2|一次評価<3|二次評価<2",
            "達成度|効率性|総合|総合|意見",
            "港の防災|Ｂ|Ｂ|Ｂ|Ａ|案内を増やすこと。",
            "海の環境|Ａ|Ｃ|Ｂ|Ｂ|調査を続けること。",
        )
    )
    assert {grade for grade in grades(tables) if grade[0] == "港の防災"} == {
        ("港の防災", "達成度", "self", "Ｂ"),
        ("港の防災", "効率性", "self", "Ｂ"),
        ("港の防災", "総合", "self", "Ｂ"),
        ("港の防災", None, "internal", "Ａ"),
    }


def test_a_table_that_counts_how_often_each_mark_judges_holds_no_judgement() -> None:
    counts = table("区分|Ａ|Ｂ|Ｃ|計", "一次評価（件）|2|4|3|9", "二次評価（件）|1|5|3|9")
    assert grades(read(table("施策名|担当課|評価", "港の防災|港湾課|Ａ", "海の環境|環境課|Ｂ"), counts)) == {
        ("港の防災", None, None, "Ａ"), ("海の環境", None, None, "Ｂ"),
    }  # fmt: skip


def test_the_middle_of_a_plan_is_a_year_and_no_part_of_one() -> None:
    heads = "実績値|目標値<2"
    for middle, last in (("中間（令和7年度）", "最終（令和12年度）"), ("令和7年度（中間）", "令和12年度（最終）")):
        tables = read(table(f"施策名^2|指標名^2|単位^2|{heads}", f"令和6年度|{middle}|{last}",
                            "港の防災|訓練の回数|回|4|6|8", "海の環境|清掃の回数|回|9|10|12"))  # fmt: skip
        assert {(year, value) for name, _, year, role, value, _ in numbers(tables) if role == "target"} == {
            (2025, 6.0), (2030, 8.0), (2025, 10.0), (2030, 12.0)
        }  # fmt: skip


def test_a_head_over_names_and_their_parts_names_each_part() -> None:
    tables = read(
        "<p>基本目標1 海をきれいにする</p>",
        table(
            "環境指標<2|単位|基準値（年度）|現状値（年度）|目標値（年度）|評価",
            "港のごみの量^2|家庭系|ｔ^2|56（H30）|54（R6）|50（R12）|横ばい",
            "事業所|18（H30）|20（R6）|17（R12）|遅れ",
            "清掃の回数<2|回|3（H30）|5（R6）|7（R12）|順調",
        ),
    )
    assert {(name, year, value) for _, name, year, role, value, _ in numbers(tables) if role == "actual"} == {
        ("港のごみの量 家庭系", 2024, 54.0), ("港のごみの量 事業所", 2024, 20.0), ("清掃の回数", 2024, 5.0)
    }  # fmt: skip
    assert {(name, text) for _, name, _, text in grades(tables)} == {
        ("港のごみの量 家庭系", "横ばい"), ("港のごみの量 事業所", "遅れ"), ("清掃の回数", "順調")
    }  # fmt: skip


def test_the_roles_beside_merged_rows_are_of_what_the_head_over_the_years_counts() -> None:
    tables = read(
        "<p>（単位：千円）</p>",
        table(
            "番号^2|取組項目^2|区分^2|財政効果額<2",
            "令和5年度|令和6年度",
            "1-1^3|港の広告^3|計画額|90|120",
            "実績額|86|121",
            "差引|▲4|1",
            "1-2^3|船の売却^3|計画額|15|10",
            "実績額|0|12",
            "差引|▲15|2",
        ),
    )
    assert {(name, year, role, value) for of, name, year, role, value, _ in numbers(tables) if of == "港の広告"} == {
        ("財政効果額", 2023, "forecast", 90_000.0),
        ("財政効果額", 2024, "forecast", 120_000.0),
        ("財政効果額", 2023, "actual", 86_000.0),
        ("財政効果額", 2024, "actual", 121_000.0),
        ("財政効果額", 2023, "difference", -4_000.0),
        ("財政効果額", 2024, "difference", 1_000.0),
    }


def plan(tables: Tables) -> set[tuple[str | None, str | None]]:
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    return {(row.measure_name, names.get(row.parent_measure_id or "")) for row in rows_of(tables, Measure)}


def test_a_list_printed_again_under_the_next_number_is_of_the_same_projects() -> None:
    heads, told = "番号|取組項目|担当課|令和6年度の実績（件）", "番号|取組項目|令和6年度の実施内容|評価"
    tables = read(
        "<p>1 取組の数</p><p>重点項目1 収入を増やす</p>",
        table(heads, "1-1|港の広告|港湾課|4", "1-2|船の売却|財務課|5"),
        "<p>重点項目2 支出を減らす</p>",
        table(heads, "2-1|灯台の点検|港湾課|6", "2-2|庁舎の清掃|財務課|7"),
        "<p>2 取組の内容と評価</p>",
        table(told, "1-1|港の広告|岸壁に広告を出した。|Ａ", "1-2|船の売却|古い船を売った。|Ｂ",
              "2-1|灯台の点検|点検を二度行った。|Ａ", "2-2|庁舎の清掃|清掃を委託した。|Ｂ"),
    )  # fmt: skip
    assert len(rows_of(tables, Measure)) == 6
    assert plan(tables) >= {("港の広告", "収入を増やす"), ("庁舎の清掃", "支出を減らす")}
    assert {name for name, *_ in grades(tables)} == {"港の広告", "船の売却", "灯台の点検", "庁舎の清掃"}


def test_what_stands_under_the_next_number_is_of_no_group_of_the_section_before() -> None:
    heads = "サービス名|単位|令和6年度見込量|令和6年度実績"
    tables = read(
        "<p>1 サービスの実績</p><p>（1）訪問のサービス</p>",
        table(heads, "家の訪問|人|40|41", "船の訪問|人|20|18"),
        "<p>（2）港のサービス</p>",
        table(heads, "港の案内|回|12|14", "港の清掃|回|8|9"),
        "<p>2 令和6年度の課題</p><p>案内する人が足りない。</p>",
    )
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    assert [(row.text, names.get(row.measure_id or "")) for row in rows_of(tables, Passage)] == [
        ("案内する人が足りない。", None)
    ]


def test_a_summary_in_brackets_before_its_sentence_is_told() -> None:
    tables = read(
        "<p>基本目標1 海をきれいにする</p><p>【総括】清掃の回数が増えた。</p>",
        table("指標名|単位|基準値（令和3年度）|令和6年度実績|目標値（令和8年度）", "清掃の回数|回|3|5|7"),
        "<p>基本目標2 港を守る</p><p>【総括】訓練に来る人が減った。</p>",
        table("指標名|単位|基準値（令和3年度）|令和6年度実績|目標値（令和8年度）", "訓練の回数|回|2|2|4"),
    )
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    assert {(row.text, row.section, names[row.measure_id or ""]) for row in rows_of(tables, Passage)} == {
        ("清掃の回数が増えた。", "finding", "海をきれいにする"), ("訓練に来る人が減った。", "finding", "港を守る")
    }  # fmt: skip


def test_numbers_one_below_the_other_are_no_year() -> None:
    tables = read(
        "<p>（上段：目標値　下段：実績値）</p>",
        table(
            "施策|指標|単位|令和5年度|令和6年度",
            "港の防災|訓練の参加者|人|20~14|20~18",
            "海の環境|清掃の回数|回|18~16|19~17",
        ),
    )
    assert {(name, year, role, value) for _, name, year, role, value, _ in numbers(tables)} == {
        ("訓練の参加者", 2023, "target", 20.0), ("訓練の参加者", 2023, "actual", 14.0),
        ("訓練の参加者", 2024, "target", 20.0), ("訓練の参加者", 2024, "actual", 18.0),
        ("清掃の回数", 2023, "target", 18.0), ("清掃の回数", 2023, "actual", 16.0),
        ("清掃の回数", 2024, "target", 19.0), ("清掃の回数", 2024, "actual", 17.0),
    }  # fmt: skip


def test_points_under_heads_that_give_the_most_are_judgements_and_their_sum_is_no_cost() -> None:
    tables = read(
        table(
            "施設名^2|指定管理者^2|評価項目（点）<2|合計^2|総合評価^2",
            "施設の管理（20点）|収支の状況（30点）",
            "灯台の公園|浜風公社|18|25|43|Ａ",
            "港の会館|浜風商会|12|16|28|Ｂ",
        )
    )
    assert numbers(tables) == set()
    assert {(name, text) for of, name, _, text in grades(tables) if of == "灯台の公園"} == {
        ("施設の管理（20点）", "18"), ("収支の状況（30点）", "25"), (None, "Ａ")
    }  # fmt: skip


def test_sentences_across_the_table_under_an_indicator_are_told() -> None:
    tables = read(
        table(
            "指標名|単位|基準値（R3）|R6実績|目標値（R9）|進捗",
            "訓練の回数|回|2|9|8|◎",
            "≪成果と見直し≫　案内を出し、回数が増えた。<6",
            "清掃の回数|回|3|4|6|△",
            "≪成果と見直し≫　人手が足りない。<6",
        )
    )
    assert {row.text for row in rows_of(tables, Passage)} == {"案内を出し、回数が増えた。", "人手が足りない。"}
    assert {name for _, name, *_ in numbers(tables)} == {"訓練の回数", "清掃の回数"}


def test_a_count_of_marks_behind_the_tables_judges_nothing_and_names_nobody() -> None:
    heads = "成果指標|単位|計画策定時（R2）|現状値（R6）|目標値（R11）|判定"
    tables = read(
        "<p>政策1 港を守る</p>", table(heads, "訓練の回数|回|2|5|6|Ｂ", "見張りの人数|人|3|2|4|Ｃ"),
        "<p>政策2 海をきれいにする</p>", table(heads, "清掃の回数|回|2|8|6|Ａ", "ごみの量|ｔ|9|8|5|Ｂ"),
        table("判定|R5|R6|構成比", "Ａ|2|1|25%", "Ｂ|1|2|50%", "Ｃ|1|1|25%"),
        table("政策|指標数|Ａ|Ｂ|Ｃ", "港を守る|2|0|1|1", "海をきれいにする|2|1|1|0"),
    )  # fmt: skip
    assert {of for of, *_ in numbers(tables)} == {"港を守る", "海をきれいにする"}
    assert len(grades(tables)) == 4


def test_of_several_indicators_with_goals_beside_a_judgement_none_is_judged_alone() -> None:
    tables = read(
        table(
            "事業名^2|活動指標<3|成果指標<3|評価^2",
            "指標|目標|実績|指標|目標|実績",
            "灯台の管理|点検回数（回）|4|4|見学者数（人）|90|88|Ａ",
            "朝市の開催|出店数（店）|14|15|来場者数（人）|500|610|Ｂ",
        )
    )
    assert grades(tables) == {("灯台の管理", None, None, "Ａ"), ("朝市の開催", None, None, "Ｂ")}


def test_a_sign_for_none_beside_a_name_is_no_part_of_it() -> None:
    tables = read(
        table(
            "指標名|区分|単位|R6実績|R8目標",
            "健診を受ける人の割合^2|男性|％|42.6|50.0",
            "女性|％|45.0|55.0",
            "教室の参加者数|－|人|903|900",
        )
    )
    assert {name for _, name, *_ in numbers(tables)} == {
        "健診を受ける人の割合 男性", "健診を受ける人の割合 女性", "教室の参加者数"
    }  # fmt: skip


def test_a_part_of_a_year_under_the_year_is_no_actual_of_it() -> None:
    for part in ("実績（9月末）", "上半期実績", "累計"):
        tables = read(
            table(
                "事業名^2|担当課^2|指標^2|単位^2|令和5年度<2|令和6年度<3",
                f"目標|実績|目標|{part}|年度末見込",
                "灯台の管理|港湾課|点検回数|回|40|44|50|21|38",
                "朝市の開催|商工課|出店数|店|60|52|60|35|58",
            )
        )
        assert {(year, role, value) for of, _, year, role, value, _ in numbers(tables) if of == "灯台の管理"} == {
            (2023, "target", 40.0), (2023, "actual", 44.0), (2024, "target", 50.0), (2024, "forecast", 38.0)
        }  # fmt: skip
        assert {row.observed for row in rows_of(tables, Finding) if row.rule == "ambiguous"} >= {"21", "35"}


def test_items_with_goals_that_are_judged_are_indicators_whatever_their_head_says() -> None:
    tables = read(
        "<p>評価対象年度：令和6年度</p>",
        table(
            "項目|単位|前年度実績値|当該年度実績値|目標値（令和10年度）|進捗",
            "清掃の回数|回|18|20|25|順調",
            "訓練の回数|回|9|8|12|遅れ",
            "職員数|人|11|10|9|順調",
        ),
        title="浜風市 港湾プラン 進捗管理表",
    )
    assert {(name, text) for _, name, _, text in grades(tables)} == {
        ("清掃の回数", "順調"), ("訓練の回数", "遅れ"), ("職員数", "順調")
    }  # fmt: skip
    assert {(year, value) for _, name, year, role, value, _ in numbers(tables) if name == "清掃の回数"} == {
        (2023, 18.0), (2024, 20.0), (2028, 25.0)
    }  # fmt: skip


def test_words_that_come_again_under_a_state_judge_the_indicators_of_their_rows() -> None:
    tables = read(
        table(
            "指標|単位|R6実績|目標値（R8）|状況",
            "清掃の回数|回|20|25|順調",
            "訓練の回数|回|8|12|遅れ",
            "見学者数|人|90|80|順調",
        )
    )
    assert {(name, text) for _, name, _, text in grades(tables)} == {
        ("清掃の回数", "順調"), ("訓練の回数", "遅れ"), ("見学者数", "順調")
    }  # fmt: skip


def test_sums_of_columns_that_nothing_names_in_their_table_are_in_doubt() -> None:
    heads = "番号^2|取組項目^2|区分^2|財政効果額<2"
    sums = table("合計^2|計画額|105|130", "実績額|86|133")
    tables = read(
        "<p>（単位：千円）</p>",
        table(heads, "令和5年度|令和6年度", "1-1^2|港の広告^2|計画額|90|120", "実績額|86|121",
              "1-2^2|船の売却^2|計画額|15|10", "実績額|0|12"),
        sums,
    )  # fmt: skip
    assert {name for _, name, *_ in numbers(tables)} == {"財政効果額"}
    assert len(rows_of(tables, Observation)) == 8
    assert {row.observed for row in rows_of(tables, Finding) if row.rule == "ambiguous"} >= {"105", "86"}


def test_what_is_needed_provided_and_used_is_said_of_the_service_in_the_heading() -> None:
    rows = ("①量の見込み|420|430|440", "②確保方策|450|450|460", "②－①|30|20|20", "③実績|431|452|")
    heads = "区分|令和5年度|令和6年度|令和7年度"
    tables = read(
        "<h3>（1）港の見守り（単位：人）</h3>", table(heads, *rows),
        "<h3>（2）船の送迎（単位：回）</h3>", table(heads, *rows),
    )  # fmt: skip
    assert {number for number in numbers(tables) if number[0] == "船の送迎" and number[2] == 2024} == {
        ("船の送迎", "量の見込み", 2024, "forecast", 430.0, "回"),
        ("船の送迎", "確保方策", 2024, "forecast", 450.0, "回"),
        ("船の送迎", "実績", 2024, "actual", 452.0, "回"),
    }


def test_a_letter_behind_a_year_names_nothing_and_the_difference_is_of_the_later_year() -> None:
    tables = read(
        table(
            "指標名|単位|令和6年度（Ａ）|令和5年度（Ｂ）|増減（Ａ－Ｂ）|前年度比（Ａ／Ｂ）",
            "清掃の回数|回|20|18|2|111.1%",
            "訓練の回数|回|8|9|△1|88.9%",
        )
    )
    assert {(year, role, value) for _, name, year, role, value, _ in numbers(tables) if name == "清掃の回数"} == {
        (2024, "actual", 20.0), (2023, "actual", 18.0), (2024, "difference", 2.0)
    }  # fmt: skip


def test_the_sum_of_the_halves_of_a_year_is_the_number_of_the_year() -> None:
    def found(total: str) -> set[tuple[int | None, str, float | None]]:
        tables = read(
            table(
                "指標^3|単位^3|令和6年度<4",
                "実績<3|目標^2",
                "上半期|下半期|計",
                f"清掃の回数|回|8|7|{total}|17",
                "訓練の回数|回|2|2|4|4",
            )
        )
        return {(year, role, value) for _, name, year, role, value, _ in numbers(tables) if name == "清掃の回数"}

    assert found("15") == {(2024, "actual", 15.0), (2024, "target", 17.0)}
    assert not found("10")


def test_a_goal_merged_over_the_parts_of_a_name_is_that_of_each() -> None:
    tables = read(
        "<p>（単位：％）</p>",
        table(
            "指標|学年|令和6年度|令和10年度目標",
            "むし歯のない児童の割合^2|1年生|73.0|80.0以上^2",
            "6年生|74.8",
            "朝食を食べる児童の割合^2|1年生|96.1|98.0以上^2",
            "6年生|92.0",
        ),
    )
    assert {(name, value) for _, name, _, role, value, _ in numbers(tables) if role == "target"} == {
        ("むし歯のない児童の割合 1年生", 80.0), ("むし歯のない児童の割合 6年生", 80.0),
        ("朝食を食べる児童の割合 1年生", 98.0), ("朝食を食べる児童の割合 6年生", 98.0),
    }  # fmt: skip


def test_rows_of_one_project_count_what_stands_beside_them() -> None:
    tables = read(
        table(
            "事業名|担当課|区分|単位|R5実績|R6実績|R7計画|評価",
            "灯台の管理^2|港湾課^2|見学者数|人|310|342|400|Ａ^2",
            "事業費|千円|42|43|45",
            "朝市の開催^2|商工課^2|出店数|店|6|8|9|Ｂ^2",
            "事業費|千円|18|17|19",
        )
    )
    assert {(name, year, value, unit) for of, name, year, _, value, unit in numbers(tables) if of == "朝市の開催"} == {
        ("出店数", 2023, 6.0, "店"), ("出店数", 2024, 8.0, "店"), ("出店数", 2025, 9.0, "店"),
        ("事業費", 2023, 18_000.0, "円"), ("事業費", 2024, 17_000.0, "円"), ("事業費", 2025, 19_000.0, "円"),
    }  # fmt: skip


def read_text_of(*rows: str) -> Tables:
    """A text, whose tables tell no spans: a blank stands for what goes on."""
    return read_records(read_document(f"{TITLE}\n\n{chr(10).join(rows)}\n".replace("|", "\t").encode(), "made.tsv"))


def test_a_name_of_the_plan_alone_in_a_row_of_a_text_is_a_title() -> None:
    tables = read_text_of(
        "番号|指標（単位）|区分|令和5年度|令和6年度",
        "基本目標Ⅰ　港を守る||||",
        "1|訓練の回数（回）|目標|5|6",
        "||実績|4|6",
        "基本目標Ⅱ　海をきれいにする||||",
        "1|清掃の回数（回）|目標|8|9",
        "||実績|8|7",
    )
    assert {(of, name) for of, name, *_ in numbers(tables)} == {
        ("港を守る", "訓練の回数"), ("海をきれいにする", "清掃の回数")
    }  # fmt: skip


def test_a_judgement_in_the_first_row_of_each_project_of_a_text_judges_the_project() -> None:
    tables = read_text_of(
        "事業名|指標|指標値|単位|実績値|外部評価|意見",
        "灯台の管理|①見学者数|80|人|74|有効であった|案内を増やすこと。",
        "|②点検回数|4|回|4||",
        "朝市の開催|①出店数|12|店|15|有効であった|場所を広げること。",
        "|②来場者数|400|人|295||",
    )
    assert {(row.measure_id is not None, row.indicator_id) for row in rows_of(tables, Grade)} == {(True, None)}
    assert {(of, text) for of, _, _, text in grades(tables)} == {
        ("灯台の管理", "有効であった"), ("朝市の開催", "有効であった")
    }  # fmt: skip


def test_words_that_differ_beside_who_is_in_charge_name_the_rows_whatever_their_head_says() -> None:
    tables = read(
        table(
            "ともしびの名|担当課|予算額（千円）|決算額（千円）|評価",
            "灯台の管理|港湾課|12|11|Ａ",
            "朝市の開催|商工課|30|28|Ｂ",
            "小計<2|42|39|",
        )
    )
    assert {name for name, *_ in grades(tables)} == {"灯台の管理", "朝市の開催"}
    grouped = read(
        table(
            "担当課|みちすじ|指標名|単位|R6実績|R8目標",
            "港湾課|港の防災|訓練の回数|回|4|6",
            "港湾課|港の防災|見張りの人数|人|3|4",
            "環境課|海の環境|清掃の回数|回|9|12",
        )
    )
    assert {(of, name) for of, name, *_ in numbers(grouped)} == {
        ("港の防災", "訓練の回数"), ("港の防災", "見張りの人数"), ("海の環境", "清掃の回数")
    }  # fmt: skip


def test_numbers_of_an_unknown_word_beside_a_role_under_one_year_are_in_doubt() -> None:
    tables = read(
        table(
            "事業名^2|担当課^2|指標^2|単位^2|令和5年度<2|令和6年度<2",
            "あかりの値|実績|あかりの値|実績",
            "灯台の管理|港湾課|点検回数|回|40|44|50|48",
            "朝市の開催|商工課|出店数|店|60|52|61|58",
        )
    )
    assert {(year, role, value) for of, _, year, role, value, _ in numbers(tables) if of == "灯台の管理"} == {
        (2023, "actual", 44.0), (2024, "actual", 48.0)
    }  # fmt: skip
    assert {row.observed for row in rows_of(tables, Finding) if row.rule == "ambiguous"} >= {"40", "50", "60", "61"}


def test_items_that_are_judged_are_indicators_though_no_head_tells_their_goal() -> None:
    tables = read(
        table(
            "ものの名|単位|R5実績|R6実績|あかりの値（令和10年度）|進捗",
            "清掃の回数|回|18|20|25|順調",
            "訓練の回数|回|9|8|12|遅れ",
        )
    )
    assert {(name, text) for _, name, _, text in grades(tables)} == {("清掃の回数", "順調"), ("訓練の回数", "遅れ")}
