"""Heads told by what stands below them, rows that say what is judged, and what is chosen or left open."""

from __future__ import annotations

from functools import partial

import pytest

from extract.read import read_document
from normalize.reading import read_records
from schemas.records import Finding, Grade, Indicator, Measure, MeasureOrg, Passage
from schemas.rows import Tables, rows_of
from tests.normalize import said

HEAD = "<html><p>令和4年度 事務事業評価シート（令和3年度実績）<table><tr><td>事務事業名<td>灯台の管理</table>"
Amount = tuple[str | None, int | None, str, float | None, str | None]


def read(body: str, head: str = HEAD) -> Tables:
    return read_records(read_document((head + body).encode(), "made.html"))


def table(*rows: str) -> str:
    """A table of rows whose cells are parted by |; `x2` behind a cell's text is its width, `y2` its height."""
    made = []
    for row in rows:
        cells = []
        for cell in row.split("|"):
            text, *spans = cell.strip().split("^")
            wide = "".join(f" {'colspan' if span[0] == 'x' else 'rowspan'}={span[1]}" for span in spans)
            cells.append(f"<td{wide}>{text}")
        made.append("<tr>" + "".join(cells))
    return f"<table>{''.join(made)}</table>"


amounts = partial(said.numbers, columns="indicator year role value unit")


grades = partial(said.grades, columns="subject grade_text evaluator")


def findings(tables: Tables) -> list[str | None]:
    return [row.observed for row in rows_of(tables, Finding) if row.rule == "ambiguous"]


def test_rows_of_years_count_what_their_heads_name_whatever_the_words() -> None:
    money = table("年度 | 補助対象経費 | 交付件数(件)", "令和3年度決算 | 3,600 | 2", "令和4年度予算 | 4,000 | 3")
    assert amounts(read("<p>単位：円" + money)) == {
        ("補助対象経費", 2021, "actual", 3600.0, "円"),
        ("補助対象経費", 2022, "forecast", 4000.0, "円"),
        ("交付件数", 2021, "actual", 2.0, "件"),
        ("交付件数", 2022, "forecast", 3.0, "件"),
    }
    counted = table("年度 | 見学者 | 貸出先", "令和2年度 | 18 | 5", "令和3年度 | 20 | 6")
    assert ("貸出先", 2021, "actual", 6.0, None) in amounts(read(counted))


def test_roles_under_what_rows_of_years_count() -> None:
    tables = read(
        table(
            "年度^y2 | 利用者数（人）^x2 | うち宿泊者数（人）",
            "目標 | 実績 | 実績",
            "令和2年度 | 620 | 487 | 185",
            "令和3年度 | 640 | 651 | 220",
        )
    )
    assert ("利用者数", 2020, "target", 620.0, "人") in amounts(tables)
    assert ("うち宿泊者数", 2021, "actual", 220.0, "人") in amounts(tables)
    assert len(amounts(tables)) == 6


def test_bodies_over_marks_judge_and_name_no_body_in_charge() -> None:
    tables = read(
        table(
            "基準 | 項目 | 所管課 | 会計課",
            "公益性^y2 | 多くの人のためになる | ○ | △",
            "相手が偏っていない | ○ | ○",
            "有効性 | 効き目が確かめられる | △ | ×",
        )
    )
    assert not rows_of(tables, MeasureOrg)
    assert grades(tables) == {
        ("多くの人のためになる", "○", "self"),
        ("多くの人のためになる", "△", None),
        ("相手が偏っていない", "○", "self"),
        ("相手が偏っていない", "○", None),
        ("効き目が確かめられる", "△", "self"),
        ("効き目が確かめられる", "×", None),
    }


def test_rows_between_two_of_a_budget_are_planned_and_sources_have_the_role_of_their_group() -> None:
    tables = read(
        table(
            "区分（千円）^x2 | R2 | R3",
            "当初予算額^x2 | 80 | 90",
            "補正予算額^x2 | ▲2 | 3",
            "繰越額^x2 | 0 | 0",
            "予算現額^x2 | 78 | 93",
            "決算額^x2 | 70 | 90",
            "決算額の財源^y2 | 国庫支出金 | 30 | 40",
            "一般財源 | 40 | 50",
        )
    )
    roles = {(name, role) for name, _, role, _, _ in amounts(tables)}
    assert {("補正予算額", "forecast"), ("繰越額", "forecast"), ("国庫支出金", "actual"), ("決算額", "actual")} <= roles
    assert {unit for *_, unit in amounts(tables)} == {"円"}
    assert len(amounts(tables)) == 14


def test_what_one_of_an_indicator_costs_is_no_indicator_of_its_name() -> None:
    tables = read(
        table(
            "指標名 | 単位 | 区分 | R2年度 | R3年度",
            "講座の回数^y3 | 回^y2 | 計画 | 40 | 44",
            "実績 | 40 | 38",
            "円 | 単位コスト | 81 | 84",
        )
    )
    named = [(row.indicator_name, row.unit) for row in rows_of(tables, Indicator)]
    assert sorted(named, key=str) == [("講座の回数", "回"), ("講座の回数単位コスト", "円")]


def test_a_matrix_whose_axis_begins_beside_the_names_of_its_columns() -> None:
    tables = read(
        table(
            "今後の方向性^x2 | コスト^x3",
            "成果^y4 |  | 縮小 | 維持 | 拡大",
            "向上 |  |  | ●",
            "維持 |  |  | ",
            "低下 |  |  | ",
        )
    )
    assert grades(tables) == {("成果", "向上", None), ("コスト", "拡大", None)}


@pytest.mark.parametrize("printed", ["有・無", "高い・普通・低い", "可／一部可／不可", "適切・不適切"])
def test_options_of_which_none_is_marked_are_no_judgement_and_a_finding_says_so(printed: str) -> None:
    tables = read(
        table("評価の観点 | 評価 | 評価の理由", f"必要性 | {printed} | 船が増えた。", "効率性 | Ａ | 委託した。")
    )
    assert grades(tables) == {("効率性", "Ａ", None)}
    assert findings(tables) == [printed]


@pytest.mark.parametrize("printed", ["１ 拡大　② 継続　３ 縮小", "・拡大　○継続　・縮小", "○継続　・拡大　・縮小"])
def test_the_option_with_a_ring_among_numbers_or_bullets_is_chosen(printed: str) -> None:
    assert grades(read(table(f"今後の方向性 | {printed}"))) == {("今後の方向性", "継続", None)}


def test_a_question_beside_options_is_what_is_judged_and_a_sum_over_them_judges_nothing() -> None:
    tables = read(
        table(
            "評価の視点 | 評価項目 | 選択 | 点数 | 小計",
            "必要性^y2 | 関与する必要があるか | ■ある □ない | 3 | 5^y2",
            "需要は増えているか | □いる ■横ばい | 2",
            "合計点数（6点満点）^x3 | 5^x2",
        )
    )
    said = grades(tables)
    assert {("関与する必要があるか", "ある", None), ("需要は増えているか", "横ばい", None)} <= said
    assert "合計点数（6点満点）" not in {text for _, text, _ in said}


def test_a_heading_that_says_what_the_rows_are_is_no_group_of_them() -> None:
    tables = read(
        "<p>５　構成する事務事業" + table("No. | 事務事業名 | 貢献度", "1 | 灯台の点検 | Ａ", "2 | 浮標の点検 | Ｂ")
    )
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"灯台の管理", "灯台の点検", "浮標の点検"}


def test_a_name_quoted_in_the_title_is_of_the_sheet() -> None:
    head = "<html><p>令和4年度　施策評価シート　施策12「港の安全」"
    tables = read(table("基本施策 | 海に強いまち", "目的 | 事故を減らす。"), head)
    names = {row.measure_id: row for row in rows_of(tables, Measure)}
    (told,) = rows_of(tables, Passage)
    assert told.measure_id is not None
    assert (names[told.measure_id].measure_name, names[told.measure_id].measure_code) == ("港の安全", "12")


def test_a_body_behind_its_label_and_a_wide_blank() -> None:
    tables = read("<p>所属　港湾部灯台課" + table("目的 | 船を守る。"))
    assert [row.org_name for row in rows_of(tables, MeasureOrg)] == ["港湾部灯台課"]


def test_the_year_at_the_end_of_the_line_over_a_table_is_that_of_its_numbers() -> None:
    tables = read(
        "<p>進捗の状況（令和3年度末）"
        + table("項目 | 計画 | 実績", "用地の面積（千㎡） | 84.0 | 79.8", "岸壁の長さ（ｍ） | 43 | 27")
    )
    assert {("用地の面積", 2021, "actual", 79.8, "千㎡"), ("岸壁の長さ", 2021, "actual", 27.0, "m")} <= amounts(tables)


def test_two_labels_over_sentences_of_their_own() -> None:
    tables = read(table("市民の役割 | 行政の役割", "灯台を大切にする。 | 灯台を直す。"))
    assert {row.text for row in rows_of(tables, Passage)} == {"灯台を大切にする。", "灯台を直す。"}


def test_costs_right_under_the_years_of_indicators_are_of_those_years() -> None:
    tables = read(
        table(
            "指標^x2 | 単位 | R2年度 | R3年度 | 元年度（計画） | 目標（R5）",
            "見学者の数^x2 | 人 | 182 | 194 | 200 | 250",
            "経費（千円）^y2 | 事業費^x2 | 41 | 43 | 46 | ",
            "人件費^x2 | 70 | 71 | 72 | ",
        )
    )
    assert {("事業費", 2020, "actual", 41_000.0, "円"), ("人件費", 2021, "actual", 71_000.0, "円")} <= amounts(tables)
    assert ("見学者の数", 2023, "target", 250.0, "人") in amounts(tables)


def test_a_year_that_is_told_from_another_before_its_role_and_itself_in_brackets() -> None:
    heads = "区分 | 前々年度決算（令和元年度） | 当該年度決算（令和3年度） | 次年度予算（令和4年度）"
    tables = read("<p>（単位：千円）" + table(heads, "事業費 | 10 | 12 | 13", "人件費 | 5 | 5 | 6"))
    assert ("事業費", 2019, "actual", 10_000.0, "円") in amounts(tables)
    assert ("人件費", 2022, "forecast", 6_000.0, "円") in amounts(tables)


def test_two_numbers_on_both_sides_of_a_stroke_have_the_roles_that_their_label_tells() -> None:
    tables = read(
        table("年度 | 令和2年度 | 令和3年度 | 備考", "目標／実績 | 60 ／ 52 | 65 ／ － | ").replace(
            "<table>", "<table><tr><td>活動指標１<td colspan=2>点検の回数<td>単位：回", 1
        )
    )
    said = {(name, year, role, value) for name, year, role, value, _ in amounts(tables)}
    assert said == {
        ("点検の回数", 2020, "target", 60.0),
        ("点検の回数", 2020, "actual", 52.0),
        ("点検の回数", 2021, "target", 65.0),
    }


def test_options_in_columns_behind_what_is_asked_of_each_quality() -> None:
    tables = read(
        table(
            "視点 | 評価項目 | はい | どちらともいえない | いいえ",
            "妥当性^y2 | 計画に合っているか | ○ |  | ",
            "求めは続いているか |  | ○ | ",
            "効率性 | 人に委ねられないか |  |  | ○",
        )
    )
    assert grades(tables) == {
        ("計画に合っているか", "はい", None),
        ("求めは続いているか", "どちらともいえない", None),
        ("人に委ねられないか", "いいえ", None),
    }


def test_a_row_of_reasons_under_those_who_judge_is_told() -> None:
    told = "意見・理由 | 人が増えた。 | 測り方を直すこと。"
    rows = ("必要性 | Ａ | Ｂ", "有効性 | Ａ | Ａ", "効率性 | Ａ | Ｃ")
    tables = read(table("評価の観点 | 一次評価 | 二次評価", *rows, told))
    assert ("効率性", "Ｃ", "internal") in grades(tables)
    assert len(grades(tables)) == 6
    assert {row.text for row in rows_of(tables, Passage)} == {"人が増えた。", "測り方を直すこと。"}


def test_a_direction_behind_the_body_that_chose_it() -> None:
    tables = read(table("今後の方向性^y2 | 所管課 | 継続", "行革本部 | 縮小"))
    assert {(row.grade_text, row.evaluator) for row in rows_of(tables, Grade)} == {("継続", "self"), ("縮小", None)}
    assert not rows_of(tables, MeasureOrg)


def test_a_level_in_the_places_of_two_names_is_the_sheet_itself() -> None:
    head = "<html><p>令和4年度 施策評価シート（令和3年度実績）<table><tr><td>施策名<td>海の安全</table>"
    tables = read(
        table(
            "区分^y2 | 基本事業名^y2 | 指標名^y2 | 単位^y2 | 令和2年度^x2 | 令和3年度^x2",
            "目標値 | 実績値 | 目標値 | 実績値",
            "施策^x2 | 安心の割合 | ％ | 70 | 71 | 72 | 74",
            "基本事業^y2 | 灯台の管理 | 点検回数 | 回 | 4 | 4 | 6 | 5",
            "浮標の管理 | 交換数 | 基 | 3 | 2 | 3 | 3",
        ),
        head,
    )
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    owners = {row.indicator_name: names[row.measure_id] for row in rows_of(tables, Indicator)}
    assert owners == {"安心の割合": "海の安全", "点検回数": "灯台の管理", "交換数": "浮標の管理"}
    assert len(amounts(tables)) == 12


def test_points_under_one_head_with_such_as_judge_and_amounts_under_that_of_money() -> None:
    tables = read(
        "<p>（単位：円）"
        + table(
            "補助金名^y2 | 交付額^x2 | 評価項目^x3",
            "R3決算 | R4予算 | 公益性 | 必要性 | 効果",
            "灯台の会補助金 | 1,240 | 1,400 | 3 | 2 | 2",
            "浮標の会補助金 | 860 | 800 | 3 | 3 | 1",
        )
    )
    assert {name for name, *_ in amounts(tables)} == {"交付額"}
    assert {(row.subject, row.grade_text) for row in rows_of(tables, Grade)} >= {("効果", "2"), ("効果", "1")}


def test_options_under_years_with_the_mark_of_one_are_no_numbers() -> None:
    head = "事務事業評価シート（令和3年度）\n\n事務事業名\t灯台の管理\n\n"
    form = (
        "指標名称\t\tR1年度実績\t\tR2年度実績\t\tR3年度実績\t\n点検の回数（回）\t\t4\t\t5\t\t6\t\n"
        "必要性\t\t要る\t\tふつう\t○\t要らない\t\n効率性\t○\t十分である\t\tふつう\t\t不十分である\t\n"
    )
    tables = read_records(read_document((head + form).encode(), "made.txt"))
    assert {name for name, *_ in amounts(tables)} == {"点検の回数"}
    assert {row.grade_text for row in rows_of(tables, Grade)} <= {"要らない", "十分である"}


def test_the_first_year_of_an_era_is_no_part_of_the_name_of_a_cost() -> None:
    tables = read(
        "<p>（単位：千円）"
        + table("事業名 | 評価 | R元決算額 | R2予算額", "港の朝市 | Ａ | 18 | 20", "灯台の絵 | Ｂ | 8 | 9")
    )
    assert ("決算額", 2019, "actual", 18_000.0, "円") in amounts(tables)


def test_a_block_beside_options_does_not_cut_them() -> None:
    head = "事務事業評価シート（令和3年度）\n\n事務事業名\t灯台の管理\n\n"
    options = "\t○\t十分である\t\tふつう\t\t不十分である\t\t\n\t灯台の需要は続く。\t\t\t\t\t\t\t\n"
    form = "効率性\t休止の影響\t\t\t\t\t\t今後の方向性\t拡充\n" + options
    tables = read_records(read_document((head + form).encode(), "made.txt"))
    assert ("拡充", None) in {(row.grade_text, row.evaluator) for row in rows_of(tables, Grade)}
    assert "○" not in {row.grade_text for row in rows_of(tables, Grade)}


def test_a_legend_of_points_judges_nothing() -> None:
    legend = table("評価 | 説明", "1 | よい（100%以上）", "2 | ふつう（50%以上100%未満）", "3 | 足りない（50%未満）")
    assert not rows_of(read(table("目的 | 船を守る。") + legend), Grade)


def test_a_role_in_the_column_of_units_is_no_unit() -> None:
    head = "事務事業評価シート（令和3年度）\n\n事務事業名\t灯台の管理\n\n"
    rows = ("指標\t単位\t\tR2\tR3", "点検の回数\t件\t実績\t4\t5", "\t\t計画\t6\t6", "\t\t達成度（％）\t67.0%\t83.0%")
    tables = read_records(read_document((head + "\n".join(rows)).encode(), "made.txt"))
    assert {unit for *_, unit in amounts(tables)} == {"件"}


def test_the_number_in_brackets_behind_options_chooses() -> None:
    tables = read(table("今後の方向性 | １．拡充　　２．継続　　３．縮小　　　　【　２　】"))
    assert grades(tables) == {("今後の方向性", "継続", None)}


def test_a_unit_alone_beside_numbers_names_none_and_what_heads_them_does() -> None:
    tables = read(
        table("事業費 | R2決算額 | R3予算額", "（千円） | 21 | 36")
        + table("R3決算の財源 | 国庫支出金 | 一般財源", "（千円） | 10 | 26")
        + table("R4予算の財源 | 国庫支出金 | 一般財源", "（千円） | 11 | 25")
    )
    assert amounts(tables) == {
        ("事業費", 2020, "actual", 21_000.0, "円"),
        ("事業費", 2021, "forecast", 36_000.0, "円"),
        ("国庫支出金", 2021, "actual", 10_000.0, "円"),
        ("一般財源", 2021, "actual", 26_000.0, "円"),
        ("国庫支出金", 2022, "forecast", 11_000.0, "円"),
        ("一般財源", 2022, "forecast", 25_000.0, "円"),
    }


def test_what_is_added_up_over_the_years_is_another_thing_than_that_of_a_year() -> None:
    tables = read(
        table(
            "指標 | 単位 | 区分 | R2 | R3",
            "新しい店の数^y3 | 店^y3 | 単年度実績 | 2 | 1",
            "累計目標 | 3 | 6",
            "累計実績 | 2 | 3",
        )
    )
    assert ("新しい店の数", 2021, "actual", 1.0, "店") in amounts(tables)
    assert ("新しい店の数（累計）", 2021, "actual", 3.0, "店") in amounts(tables)
    assert ("新しい店の数（累計）", 2021, "target", 6.0, "店") in amounts(tables)


def test_a_text_across_the_columns_of_costs_is_none_of_them() -> None:
    tables = read(
        table(
            "財源 | 国庫支出金 | 県支出金 | 一般財源", "（千円） | 1 | 2 | 3", "従事した職員^x1 | 0.3人（2,415千円）^x3"
        )
    )
    assert not any("職員" in str(name) and "支出金" in str(name) for name, *_ in amounts(tables))


def test_names_of_projects_with_their_places_are_the_rows_of_a_list() -> None:
    tables = read(
        table(
            "事業名・箇所名 | 対応方針 | 理由", "国道一号　灯台工区 | 継続 | 橋が残る。", "灯台川 | 見直し | 船が減る。"
        ),
        "<html><p>令和3年度 公共事業評価一覧",
    )
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"国道一号灯台工区", "灯台川"}


def test_equal_marks_of_last_year_and_of_this_are_two() -> None:
    tables = read(
        table(
            "評価項目 | 前年度評価 | 今年度評価 | 説明",
            "必要性 | Ａ | Ａ | 人が増えた。",
            "効率性 | Ｂ | Ｂ | 人が減った。",
        )
    )
    assert {(row.subject, row.fiscal_year) for row in rows_of(tables, Grade)} == {
        ("必要性", 2020),
        ("必要性", 2021),
        ("効率性", 2020),
        ("効率性", 2021),
    }


def test_sources_of_what_was_spent_are_actuals_under_the_title_of_a_plan() -> None:
    head = "<html><p>第4次みなと計画　成果指標一覧（令和5年度末現在）</p>"
    tables = read(
        table(
            "事業名^y2|予算額（千円）^y2|決算額（千円）^y2|決算額の財源内訳（千円）^x2",
            "地方債|一般財源",
            "灯台の管理|30|28|8|20",
            "桟橋の修繕|40|38|18|20",
        ),
        head,
    )
    assert {role for name, _, role, _, _ in amounts(tables) if name in {"地方債", "一般財源"}} == {"actual"}
