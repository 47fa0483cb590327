"""Arrangements of forms that were met on sheets nobody had read before: each in the smallest table that shows it."""

from __future__ import annotations

from functools import partial

import pytest

from extract import read_document
from normalize.reading import read_records
from schemas.records import Block, DocumentRow, Finding, Grade, Indicator, Measure, MeasureOrg, Observation, Passage
from schemas.rows import Tables, rows_of
from tests.normalize import said
from tests.normalize.made import html_rows as rows
from tests.normalize.said import numbers

HEAD = "<html><p>令和4年度 事務事業評価シート（令和3年度実績）<table><tr><td>事務事業名<td>灯台の管理</table>"


def read(body: str, head: str = HEAD) -> Tables:
    return read_records(read_document((head + body).encode(), "made.html"))


grades = partial(said.grades, columns="subject grade_text evaluator")


def test_heads_over_values_beside_a_pair_as_high_as_both_are_no_costs() -> None:
    tables = read(rows("会計|款|項|目|2:事業期間|2:■毎年　□令和4年度まで", "一般|03|01|03", "目的|1x5:船を守る。"))
    assert not rows_of(tables, Observation)
    assert {row.text for row in rows_of(tables, Passage)} == {"船を守る。"}


def test_a_number_in_a_box_over_the_form_is_no_title() -> None:
    head = "<html><table><tr><td>417</table>" + HEAD.removeprefix("<html>")
    roles = {row.text: row.role for row in rows_of(read(rows("目的|船を守る。"), head), Block)}
    assert roles["417"] == "unclaimed"


def test_two_labels_over_each_other_with_their_values_are_no_heads() -> None:
    tables = read(rows("2:一次評価|2:B|必要性|高い", "有効性|低い"))
    assert {(subject, text) for subject, text, _ in grades(tables)} >= {("必要性", "高い"), ("有効性", "低い")}


@pytest.mark.parametrize("said", ["向上|維持", "拡充|増加", "維持|縮小"])
def test_a_direction_says_something_of_each_of_its_parts(said: str) -> None:
    one, other = said.split("|")
    tables = read(rows(f"今後の方向性|成果|{one}|コスト|{other}"))
    assert {(subject, text) for subject, text, _ in grades(tables)} == {("成果", one), ("コスト", other)}


@pytest.mark.parametrize(
    "table",
    [
        rows("2:今後の方向性|成果|拡充", "コスト|縮小"),
        rows("1x2:今後の方向性", "成果|コスト", "拡充|縮小"),
        rows("2:今後の方向性|成果|コスト", "拡充|縮小"),
    ],
)
def test_the_parts_of_a_direction_stand_one_a_row_or_side_by_side(table: str) -> None:
    tables = read(table)
    assert {(subject, text) for subject, text, _ in grades(tables)} == {("成果", "拡充"), ("コスト", "縮小")}
    assert not rows_of(tables, Passage)


@pytest.mark.parametrize("head", ["チェック項目|結果", "No.|点検の内容|結果"])
def test_a_result_in_words_judges_what_is_checked(head: str) -> None:
    lines = ("鍵がある|はい", "油がある|いいえ")
    numbered = (f"{number}|{line}" for number, line in enumerate(lines, 1)) if head.startswith("No.") else lines
    tables = read(rows(head, *numbered))
    assert {(subject, text) for subject, text, _ in grades(tables)} == {("鍵がある", "はい"), ("油がある", "いいえ")}
    assert not rows_of(tables, Observation)
    assert not rows_of(tables, Passage)


def test_the_points_to_be_had_are_no_judgement_and_who_judges_himself_is_another_than_the_department() -> None:
    tables = read(rows("評価項目|配点|自己評価|所管課評価", "受付|10|8|7", "清掃|5|5|4"))
    assert grades(tables) == {
        ("受付", "8", "self"), ("受付", "7", "internal"), ("清掃", "5", "self"), ("清掃", "4", "internal")
    }  # fmt: skip


def test_money_behind_its_role_is_a_cost_of_that_name() -> None:
    tables = read(rows("令和3年度決算額|18,000円", "目的|船を守る。"))
    assert numbers(tables) == {("決算額", 2021, "actual", 18_000)}


def test_what_is_checked_twice_side_by_side_is_judged_for_each() -> None:
    head = "点検項目|判定|点検項目|判定"
    tables = read(rows(head, "灯りを年に一度は点検している|○|夜も見回る|×", "鍵がある|×|油がある|○"))
    assert {(subject, text) for subject, text, _ in grades(tables)} == {
        ("灯りを年に一度は点検している", "○"), ("夜も見回る", "×"), ("鍵がある", "×"), ("油がある", "○"),
    }  # fmt: skip
    assert not rows_of(tables, Passage)


def test_the_items_of_a_group_under_one_head_are_what_is_judged_and_each_judge_is_told() -> None:
    tables = read(
        rows(
            "1x2:評価項目|指定管理者自己評価|所管課評価|所見",
            "2:運営|受付|Ａ|Ａ|待つ人が減った。",
            "清掃|Ａ|Ｂ|落ち葉が残る。",
        ),
    )
    assert grades(tables) == {
        ("受付", "Ａ", "self"), ("受付", "Ａ", "internal"), ("清掃", "Ａ", "self"), ("清掃", "Ｂ", "internal")
    }  # fmt: skip


def test_a_row_of_options_under_a_row_of_labels_and_values_makes_no_header_of_it() -> None:
    tables = read(rows("事業期間|平成25年度～|部局名|港湾部", "事業の性質||■義務的　□任意的|"))
    assert [row.org_name for row in rows_of(tables, MeasureOrg)] == ["港湾部"]


def test_a_difference_among_costs_is_named_by_its_row() -> None:
    tables = read(
        "（単位：千円）"
        + rows("区分|令和2年度決算|令和3年度決算", "補助金|50|60", "人件費|30|35", "支出計|80|95", "差引|20|25")
    )
    assert {one for one in numbers(tables) if one[2] == "difference"} == {
        ("差引", 2020, "difference", 20_000), ("差引", 2021, "difference", 25_000)
    }  # fmt: skip


def test_years_under_a_cost_are_its_years_in_a_list_of_projects() -> None:
    heads = "2:事務事業名|1x2:事業費（千円）|2:方向性", "令和2年度|令和3年度"
    tables = read(
        rows(*heads, "灯りの補修|50|60|継続", "霧笛の補修|7|8|廃止"),
        "<html><p>令和3年度 施策評価シート<table><tr><td>施策名<td>海の安全</table>",
    )
    assert {one[:2] + one[3:] for one in numbers(tables)} == {
        ("事業費", 2020, 50_000), ("事業費", 2021, 60_000), ("事業費", 2020, 7_000), ("事業費", 2021, 8_000)
    }  # fmt: skip


def test_headings_alike_over_tables_of_costs_name_the_projects() -> None:
    def card(number: int, name: str, heads: str, values: str) -> str:
        account = f"<p>【８款　土木費】【{number}項　港湾費】　担当：港湾課</p><p>単位：千円</p>"
        told = rows("事業の目的|船を守る。", "今後の課題|古い。")
        return f"<p>（{number}）{name}</p>" + account + rows(heads, values) + told

    cards = [
        card(1, "灯台補修事業", "予算現額|決算額", "59|50"),
        card(2, "霧笛補修事業", "予算現額|決算額", "79|70"),
        card(3, "航路の清掃", "予算現額|補正額|決算額", "7|2|6"),
    ]
    tables = read("".join(cards), "<html><p>令和3年度 主要な施策の成果に関する報告書")
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    of = {row.indicator_id: names[row.measure_id] for row in rows_of(tables, Indicator)}
    assert {(of[row.indicator_id], row.value) for row in rows_of(tables, Observation)} == {
        ("灯台補修事業", 59_000), ("灯台補修事業", 50_000), ("霧笛補修事業", 79_000), ("霧笛補修事業", 70_000),
        ("航路の清掃", 7_000), ("航路の清掃", 2_000), ("航路の清掃", 6_000),
    }  # fmt: skip
    assert {(names[row.measure_id], row.org_name) for row in rows_of(tables, MeasureOrg)} == {
        ("灯台補修事業", "港湾課"), ("霧笛補修事業", "港湾課"), ("航路の清掃", "港湾課")
    }  # fmt: skip


def test_a_heading_may_end_in_who_is_in_charge() -> None:
    cards = [
        f"<p>{name}</p>" + rows("予算額（千円）|決算額（千円）", costs) + rows("今後の課題|古い。")
        for name, costs in (("１　灯台補修事業（港湾課）", "9|8"), ("２　霧笛補修事業（保安課）", "7|6"))
    ]
    tables = read("".join(cards), "<html><p>令和3年度 主要な施策の成果に関する報告書")
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    assert {(names[row.measure_id], row.org_name) for row in rows_of(tables, MeasureOrg)} == {
        ("灯台補修事業", "港湾課"), ("霧笛補修事業", "保安課")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "grade", "told"),
    [
        ("総合評価      Ｂ      手際を改める。", ("総合評価", "Ｂ", None), "手際を改める。"),
        ("二次評価      縮小      灯りを減らす。", (None, "縮小", "internal"), "灯りを減らす。"),
        ("外部評価      Ａ", (None, "Ａ", "external"), None),
    ],
)
def test_a_judgement_and_its_reasons_stand_in_one_line(
    line: str, grade: tuple[str | None, str, str | None], told: str | None
) -> None:
    text = f"令和3年度　事務事業評価表\n\n事務事業名      灯台の管理\n担当課      港湾課\n\n{line}\n課題      古い。\n"
    tables = read_records(read_document(text.encode(), "made.txt"))
    assert grades(tables) == {grade}
    assert {row.text for row in rows_of(tables, Passage)} == {"古い。", *([told] if told else [])}


def test_lines_of_numbers_that_are_no_sure_table_are_told() -> None:
    text = (
        "令和3年度　事務事業評価表\n事務事業名      灯台の管理\n目的      船を守る。\n\n"
        "      実績    計画\n見学者数（人）        12        14        15\n点検（回）      3      4      5      6\n"
    )
    tables = read_records(read_document(text.encode(), "made.txt"))
    assert not rows_of(tables, Observation)
    assert any(row.rule == "unclaimed-text" and "見学者数" in (row.observed or "") for row in rows_of(tables, Finding))


def test_two_groups_of_heads_beside_taller_heads_are_no_label_and_value() -> None:
    tables = read(
        rows(
            "2:事務事業名|1x2:事業費（千円）|1x4:主な指標|2:評価|2:今後の方向性",
            "R3決算|R4予算|指標名|単位|R3目標|R3実績",
            "灯りの補修|50|60|補修した灯り|基|3|4|Ａ|継続",
            "霧笛の補修|7|8|点検の回数|回|2|1|Ｂ|改善",
        ),
        "<html><p>令和3年度 事務事業評価結果一覧",
    )
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"灯りの補修", "霧笛の補修"}
    assert numbers(tables) >= {
        ("事業費", 2021, "actual", 50_000), ("事業費", 2022, "forecast", 60_000), ("補修した灯り", 2021, "actual", 4)
    }  # fmt: skip


def test_a_label_is_no_judgement() -> None:
    tables = read(rows("評価|今後の方向性", "目的|船を守る。"))
    assert not grades(tables)


def test_bodies_may_stand_before_the_label_of_their_level() -> None:
    levels = "基本目標|海の安全|政策|灯りの保守|施策|灯台|"
    tables = read(rows("担当|港湾部|部|灯台|課|保守|係", levels, "目的|1x6:船を守る。"))
    assert [row.org_name for row in rows_of(tables, MeasureOrg)] == ["港湾部", "灯台", "保守"]
    assert {row.measure_name for row in rows_of(tables, Measure)} >= {"海の安全", "灯りの保守"}


def test_labels_of_prose_under_one_head_stand_beside_indicators_that_are_called_by_letters() -> None:
    tables = read(
        rows(
            "1x2:手段と結果|区分|1x2:指標名|単位",
            "①手段（どうするか）|灯りを換える。|③活動指標|ア|クレーン船の出動|回",
            "②結果（どうなるか）|船が迷わない。|④成果指標|ア|事故の件数|件",
        )
        + rows("区分||令和2年度実績|令和3年度実績", "③活動指標|ア|5|6", "④成果指標|ア|2|1")
    )
    assert {row.text for row in rows_of(tables, Passage)} == {"灯りを換える。", "船が迷わない。"}
    assert numbers(tables) == {
        ("クレーン船の出動", 2020, "actual", 5), ("クレーン船の出動", 2021, "actual", 6),
        ("事故の件数", 2020, "actual", 2), ("事故の件数", 2021, "actual", 1),
    }  # fmt: skip


def test_a_label_may_ask_for_the_name_as_meisho_and_none_at_all_is_told() -> None:
    head = "<html><p>令和4年度 補助金評価シート"
    body = rows("補助金の名称|灯台守の補助", "補助の目的|船を守る。") + rows("評価項目|評価", "必要性|Ａ", "効果|Ｂ")
    assert [row.measure_name for row in rows_of(read(body, head), Measure)] == ["灯台守の補助"]
    nameless = read(body.replace("補助金の名称", "灯りの件"), head)
    assert any(row.rule == "label-missing" and row.severity == "warning" for row in rows_of(nameless, Finding))


def test_a_word_down_the_first_column_is_no_label_of_a_row() -> None:
    tables = read(
        rows("総|大柱|海の安全", "合|中柱|灯りの保守", "計|小柱|灯台", "画|施策|灯台の修繕", "目的|1x2:船を守る。"),
        "<html><p>令和4年度 事務事業評価シート" + rows("事業名|灯りの交換"),
    )
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    parents = {row.measure_name: names.get(row.parent_measure_id or "") for row in rows_of(tables, Measure)}
    assert parents["灯りの交換"] == "灯台の修繕"
    assert set(parents) == {"海の安全", "灯りの保守", "灯台", "灯台の修繕", "灯りの交換"}


def test_names_of_one_character_that_stand_beside_numbers_stay_names() -> None:
    tables = read(rows("区分|R2実績|R3実績", "東|5|6", "西|7|8", "南|1|2", "北|3|4"))
    assert ("東", 2021, "actual", 6) in numbers(tables)


def test_the_year_of_the_evaluation_over_numbers_is_their_year() -> None:
    tables = read(rows("指標名|単位|前年度（R2）|評価年度（R3）", "船の数|隻|5|6", "客の数|人|7|8"))
    assert ("船の数", 2021, "actual", 6) in numbers(tables)


def test_last_years_judgement_stands_beside_this_years_also_in_words() -> None:
    tables = read(
        rows(
            "項目|前年度評価|今年度評価|今年度評価の理由",
            "必要性|高い|普通|船が減った。",
            "効率性|低い|低い|高くつく。",
        )
    )
    judged = {(row.subject, row.grade_text, row.fiscal_year) for row in rows_of(tables, Grade)}
    assert judged == {
        ("必要性", "高い", 2020), ("必要性", "普通", 2021), ("効率性", "低い", 2020), ("効率性", "低い", 2021)
    }  # fmt: skip


def test_the_option_whose_number_is_in_a_circle_is_chosen() -> None:
    tables = read(rows("今後の方向性|１ 拡大|② 現状維持|３ 縮小", "目的|1x3:船を守る。"))
    assert {text for _, text, _ in grades(tables)} == {"現状維持"}


def test_two_marks_behind_one_label_are_told_and_not_said() -> None:
    tables = read(rows("総合評価|Ａ|Ｂ", "目的|1x2:船を守る。"))
    assert not grades(tables)
    assert any(row.rule == "ambiguous" and row.observed == "総合評価" for row in rows_of(tables, Finding))


@pytest.mark.parametrize(
    "lines",
    [
        ("船の数（隻）計画|5|6", "船の数（隻）実績|4|7"),
        ("船の数目標値|5|6", "船の数実績値|4|7"),
        ("船の数（見込）|5|6", "船の数（実績）|4|7"),
    ],
)
def test_the_role_behind_a_name_is_no_part_of_it_where_another_row_has_the_other(lines: tuple[str, str]) -> None:
    planned = "forecast" if "見込" in lines[0] else "target"
    assert numbers(read(rows("区分|令和2年度|令和3年度", *lines))) == {
        ("船の数", 2020, planned, 5), ("船の数", 2021, planned, 6),
        ("船の数", 2020, "actual", 4), ("船の数", 2021, "actual", 7),
    }  # fmt: skip


def test_a_cost_has_the_role_behind_its_name() -> None:
    tables = read(
        "（単位：千円）" + rows("区分|R2|R3", "事業費予算|10|11", "事業費決算|9|12", "人件費|3|4"),
    )
    assert numbers(tables) >= {
        ("事業費", 2020, "forecast", 10_000), ("事業費", 2021, "forecast", 11_000), ("事業費", 2021, "actual", 12_000)
    }  # fmt: skip


def test_names_on_one_line_stand_one_below_the_other() -> None:
    tables = read(rows("施策体系|３ 海の安全 ＞ ３－１ 灯りの保守 ＞ 灯台の修繕", "目的|船を守る。"))
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    parents = {row.measure_name: names.get(row.parent_measure_id or "") for row in rows_of(tables, Measure)}
    assert parents == {
        "海の安全": None, "灯りの保守": "海の安全", "灯台の修繕": "灯りの保守", "灯台の管理": "灯台の修繕"
    }  # fmt: skip


def test_points_may_be_printed_with_their_unit() -> None:
    tables = read(rows("項目|評点|理由", "必要性|４点|船が増えた。", "効率性|３点|高くつく。"))
    assert {(subject, text) for subject, text, _ in grades(tables)} == {("必要性", "４点"), ("効率性", "３点")}


def test_two_blocks_of_the_same_labels_side_by_side_are_two_indicators() -> None:
    tables = read(
        rows(
            "指標名|1x3:船の数|指標名|1x3:客の数",
            "算定方法|入港の数|単位|隻|算定方法|切符の数|単位|人",
            "|R2|R3|R4||R2|R3|R4",
            "目標|5|6|7|目標|50|60|70",
            "実績|4|7||実績|40|70|",
        )
    )
    assert numbers(tables) >= {
        ("船の数", 2021, "target", 6), ("船の数", 2021, "actual", 7), ("客の数", 2021, "actual", 70)
    }  # fmt: skip
    units = {(row.indicator_name, row.unit) for row in rows_of(tables, Indicator)}
    assert units == {("船の数", "隻"), ("客の数", "人")}


def test_a_heading_may_name_the_one_indicator_whose_course_a_table_tells() -> None:
    table = rows("区分|令和2年度|令和3年度", "目標（人）|50|60", "実績（人）|40|70")
    tables = read("<p>１　利用者数の推移</p>" + table)
    assert numbers(tables) == {
        ("利用者数", 2020, "target", 50), ("利用者数", 2021, "target", 60),
        ("利用者数", 2020, "actual", 40), ("利用者数", 2021, "actual", 70),
    }  # fmt: skip
    assert {row.unit for row in rows_of(tables, Observation)} == {"人"}


def test_numbers_of_what_nothing_names_are_told() -> None:
    nameless = rows("区分|令和2年度|令和3年度", "目標|50|60", "実績|40|71")
    tables = read(rows("目的|船を守る。") + "<p>このほか</p>" + nameless)
    assert not rows_of(tables, Observation)
    assert {"50", "71"} <= {row.observed for row in rows_of(tables, Finding) if row.rule == "ambiguous"}


def test_items_of_an_account_have_the_unit_of_their_table() -> None:
    tables = read("（単位：千円）" + rows("項目|R2決算|R3決算", "収入　売上|50|60", "支出　仕入れ|40|45"))
    assert {row.unit for row in rows_of(tables, Observation)} == {"円"}


def test_a_judgement_says_of_whom_it_is_where_its_label_says_more_than_that_it_judges() -> None:
    tables = read(rows("灯台守の評価|順調|船が増えた。", "船乗りの評価|順調|明るい。"))
    judged = {(subject, text) for subject, text, _ in grades(tables)}
    assert judged == {("灯台守の評価", "順調"), ("船乗りの評価", "順調")}


@pytest.mark.parametrize(
    "options",
    [("○|拡充", "|継続", "|縮小"), ("拡充|○", "継続|", "縮小|"), ("■|拡充", "□|継続", "□|縮小")],
)
def test_one_of_the_options_beside_their_label_is_marked_in_a_column_of_its_own(options: tuple[str, ...]) -> None:
    first, *others = options
    tables = read(rows(f"3:今後の方向性|{first}", *others, "目的|1x2:船を守る。"))
    assert {(subject, text) for subject, text, _ in grades(tables)} == {("今後の方向性", "拡充")}


@pytest.mark.parametrize("grade", ["Ａ|Ｂ|Ｃ", "高い|普通|低い"])
def test_options_beside_a_blank_corner_are_chosen_by_their_marks(grade: str) -> None:
    first, second, _ = grade.split("|")
    tables = read(rows(f"|{grade}|理由", "必要性|○|||船が増えた。", "効率性||○||高くつく。", "目的|1x4:船を守る。"))
    assert {(subject, text) for subject, text, _ in grades(tables)} == {("必要性", first), ("効率性", second)}


def test_a_limit_in_the_unit_of_its_row_is_read_though_the_unit_alone_may_be_a_time() -> None:
    tables = read(
        rows("指標名|単位|令和3年度目標|令和3年度実績", "霧笛までの時間|分|15分以内|12", "返事の日数|日|30日以下|28")
    )
    limits = {(row.value, row.comparator, row.unit) for row in rows_of(tables, Observation) if row.role == "target"}
    assert limits == {(15.0, "<=", "分"), (30.0, "<=", "日")}


def test_the_judgement_of_each_judge_behind_a_blank_row_is_one_more_row() -> None:
    tables = read(rows("評価項目|一次評価|二次評価", "必要性|Ａ|Ｂ", "効率性|Ｂ|Ｂ") + rows("総合評価|Ａ|Ｂ"))
    assert grades(tables) >= {("総合評価", "Ａ", "self"), ("総合評価", "Ｂ", "internal")}


def test_points_end_at_a_judgement_and_its_mark() -> None:
    tables = read(
        rows("評価項目|配点|得点", "施設の管理|20|18", "客の利用|40|34", "総合評価||Ａ", "総評|2:客が増えた。")
    )
    assert grades(tables) >= {("総合評価", "Ａ", None)}
    assert [row.text for row in rows_of(tables, Passage)] == ["客が増えた。"]


def test_weather_judges_each_indicator_of_a_name_on_several_rows() -> None:
    head = "<html><p>令和4年度 港湾計画 進捗状況"
    tables = read(
        rows("施策|指標|R3実績|R4実績|R7目標|天気", "2x1:港の振興|船の数（隻）|5|6|7|☀", "客の数（人）|8|9|20|☂"), head
    )
    assert said.grades(tables, "indicator grade_text") == {("船の数", "☀"), ("客の数", "☂")}


def test_directions_under_the_head_of_a_review() -> None:
    head = "<html><p>令和4年度 補助金見直し一覧"
    table = rows("補助金名|R3決算|R4予算|見直し区分|備考", "祭の補助|5|6|継続|", "船の補助|7|3|縮小|客が減った。")
    assert {text for _, text, _ in grades(read(table, head))} == {"継続", "縮小"}


@pytest.mark.parametrize("of", ["（令和5年度対象）", "（対象：令和5年度）", "（令和5年度事業）"])
def test_a_line_in_brackets_under_the_title_tells_the_year_of_the_projects(of: str) -> None:
    head = f"<html><p>令和6年度<p>港湾に関する事務の点検及び評価報告書<p>{of}"
    tables = read(rows("事業名|灯台の管理", "課題|道が狭い。", "自己評価|Ｂ"), head)
    assert rows_of(tables, DocumentRow)[0].fiscal_year == 2023


@pytest.mark.parametrize("heading", ["<h3>灯台の保全</h3>|<h3>船の案内</h3>", "<p>１　灯台の保全|<p>２　船の案内"])
def test_headings_over_forms_with_the_same_labels_are_their_names(heading: str) -> None:
    one, other = heading.split("|")
    first, second = (
        rows("担当課|港湾課", "課題|道が狭い。", "評価|Ａ"),
        rows("担当課|船舶課", "課題|人が少ない。", "評価|Ｂ"),
    )
    tables = read(one + first + other + second, "<html><p>令和4年度 港湾事業評価")
    assert said.grades(tables, "measure grade_text") == {("灯台の保全", "Ａ"), ("船の案内", "Ｂ")}


def test_headings_over_forms_with_other_labels_are_no_names() -> None:
    first, second = rows("担当課|港湾課", "課題|道が狭い。"), rows("評価|Ａ", "理由|船が増えた。")
    tables = read(f"<h3>概要の欄</h3>{first}<h3>判断の欄</h3>{second}")
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"灯台の管理"}
