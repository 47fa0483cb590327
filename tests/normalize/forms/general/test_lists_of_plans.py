"""Lists of plans as cities design them: roles beside merged rows, titles between rows, what a group head counts."""

from __future__ import annotations

from functools import partial

from extract import read_document
from normalize.reading import read_records
from schemas.records import DocumentRow, Measure, MeasureOrg, Passage
from schemas.rows import Tables, rows_of
from tests.normalize import said
from tests.normalize.said import parents


def read(html: str, title: str = "浜風市 港湾プラン 進捗状況（令和6年度）") -> Tables:
    return read_records(read_document(f"<h1>{title}</h1>{html}".encode(), "made.html"))


def rows(*each: str) -> str:
    return "<table>" + "".join(f"<tr>{row}" for row in each) + "</table>"


def cells(*texts: str) -> str:
    return "".join(f"<td>{text}" for text in texts)


def tall(height: int, *texts: str) -> str:
    return "".join(f"<td rowspan={height}>{text}" for text in texts)


def names_of(tables: Tables) -> dict[str | None, str | None]:
    return {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}


numbers = partial(said.numbers, columns="measure indicator year role value unit")


grades = partial(said.grades, columns="measure indicator subject grade_text")


def test_roles_one_below_the_other_beside_a_merged_row_head_no_second_table() -> None:
    tables = read(
        rows(
            cells("施策", "指標名", "単位", "基準値（令和3年度）", "区分", "令和5年度", "令和6年度", "判定"),
            tall(2, "灯台の公開", "見学者数", "人", "50") + cells("目標", "60", "70") + tall(2, "○"),
            cells("実績", "58", "72"),
            tall(2, "浜の清掃", "参加者数", "人", "20") + cells("目標", "30", "40") + tall(2, "×"),
            cells("実績", "28", "集計中"),
        )
    )
    assert {fact for fact in numbers(tables) if fact[4] is not None} == {
        ("灯台の公開", "見学者数", 2021, "baseline", 50.0, "人"),
        ("浜の清掃", "参加者数", 2021, "baseline", 20.0, "人"),
        ("灯台の公開", "見学者数", 2023, "target", 60.0, "人"), ("灯台の公開", "見学者数", 2024, "target", 70.0, "人"),
        ("灯台の公開", "見学者数", 2023, "actual", 58.0, "人"), ("灯台の公開", "見学者数", 2024, "actual", 72.0, "人"),
        ("浜の清掃", "参加者数", 2023, "target", 30.0, "人"), ("浜の清掃", "参加者数", 2024, "target", 40.0, "人"),
        ("浜の清掃", "参加者数", 2023, "actual", 28.0, "人"),
    }  # fmt: skip
    assert {(node, of, mark) for node, of, _, mark in grades(tables)} == {
        ("灯台の公開", "見学者数", "○"),
        ("浜の清掃", "参加者数", "×"),
    }


def test_titles_of_two_levels_between_the_rows_hold_until_the_next_of_their_rank() -> None:
    wide = "<td colspan=5>"
    tables = read(
        rows(
            cells("番号", "具体的な事業", "担当課", "令和6年度の取組実績", "評価"),
            wide + "基本目標１　海を知る",
            wide + "施策の方向１　学びの場",
            cells("1", "灯台の公開", "港湾課", "春と秋に公開した。", "A"),
            wide + "施策の方向２　案内",
            tall(2, "2", "磯の観察会") + cells("水産課", "観察会を6回開いた。", "A"),
            cells("図書館", "磯の本を並べた。", "B"),
            wide + "基本目標２　海を守る",
            wide + "施策の方向３　清掃",
            cells("3", "浜の清掃", "港湾課", "延べ90人が参加した。", "B"),
        )
    )
    assert parents(tables) >= {
        ("灯台の公開", "学びの場"), ("学びの場", "海を知る"), ("磯の観察会", "案内"), ("案内", "海を知る"),
        ("浜の清掃", "清掃"), ("清掃", "海を守る"), ("海を知る", None), ("海を守る", None),
    }  # fmt: skip
    nodes = names_of(tables)
    assert {(nodes[row.measure_id], row.org_name) for row in rows_of(tables, MeasureOrg)} == {
        ("灯台の公開", "港湾課"), ("磯の観察会", "水産課"), ("磯の観察会", "図書館"), ("浜の清掃", "港湾課"),
    }  # fmt: skip
    assert len(grades(tables)) == 4
    assert len(rows_of(tables, Passage)) == 4


def test_a_group_over_plan_and_actual_says_what_the_rows_of_a_list_count() -> None:
    tables = read(
        "<p>（単位：千円）　効果額は前の年度と比べた額である。"
        + rows(
            tall(2, "取組項目", "担当課")
            + "<td colspan=2>令和6年度効果額<td colspan=2>来場者数（人）"
            + tall(2, "進捗状況"),
            cells("計画", "実績", "目標", "実績"),
            cells("倉庫の貸出", "港湾課", "400", "▲30", "10", "12", "やや遅れ"),
            cells("広告の募集", "総務課", "80", "95", "20", "18", "順調"),
        )
    )
    assert {(node, of, role, value) for node, of, _, role, value, _ in numbers(tables)} == {
        ("倉庫の貸出", "効果額", "target", 400_000.0), ("倉庫の貸出", "効果額", "actual", -30_000.0),
        ("広告の募集", "効果額", "target", 80_000.0), ("広告の募集", "効果額", "actual", 95_000.0),
        ("倉庫の貸出", "来場者数", "target", 10.0), ("倉庫の貸出", "来場者数", "actual", 12.0),
        ("広告の募集", "来場者数", "target", 20.0), ("広告の募集", "来場者数", "actual", 18.0),
    }  # fmt: skip


def test_indicators_printed_for_each_row_group_are_of_what_the_group_names() -> None:
    tables = read(
        rows(
            cells("系統", "運行事業者", "評価項目", "単位", "令和5年度", "令和6年度", "令和6年度目標", "達成"),
            cells("港循環線", "浜風交通", "利用者数", "人", "410", "430", "420", "○"),
            cells("", "", "収支率", "％", "18.4", "19.9", "20.0", "×"),
            cells("岬線", "岬タクシー", "利用者数", "人", "58", "51", "60", "×"),
            cells("", "", "収支率", "％", "9.2", "8.1", "9.0", "×"),
        )
    )
    assert {(node, of, value) for node, of, _, role, value, _ in numbers(tables) if role == "target"} == {
        ("港循環線", "利用者数", 420.0), ("港循環線", "収支率", 20.0),
        ("岬線", "利用者数", 60.0), ("岬線", "収支率", 9.0),
    }  # fmt: skip
    assert {(node, of, mark) for node, of, _, mark in grades(tables)} == {
        ("港循環線", "利用者数", "○"), ("港循環線", "収支率", "×"), ("岬線", "利用者数", "×"), ("岬線", "収支率", "×"),
    }  # fmt: skip


def test_groups_of_indicators_that_differ_are_no_names() -> None:
    tables = read(
        rows(
            cells("種類", "評価項目", "単位", "令和5年度", "令和6年度"),
            cells("海", "利用者数", "人", "410", "430"),
            cells("山", "収支率", "％", "18.4", "19.9"),
        )
    )
    assert names_of(tables).keys() <= {row.measure_id for row in rows_of(tables, Measure) if row.measure_name is None}


def service(number: int, name: str, body: str, unit: str, *values: str) -> str:
    first, second, third = (values[at : at + 2] for at in (0, 2, 4))
    return f"<p>（{number}）{name}　【担当：{body}】<p>単位：{unit}" + rows(
        "<td>" + cells("令和5年度", "令和6年度", "評価"),
        cells("①量の見込み", *first) + tall(3, "A"),
        cells("②確保方策", *second),
        cells("③実績", *third),
    )


def test_a_heading_names_the_service_of_its_table_and_who_is_in_charge() -> None:
    tables = read(
        service(1, "艇の貸出", "港湾課", "隻", "42", "41", "40", "40", "38", "39")
        + service(2, "磯の案内", "水産課", "人日", "10", "12", "9", "9", "8", "7"),
        "浜風市 第2期海の計画　令和6年度実施状況",
    )
    assert {(node, of, value, unit) for node, of, year, _, value, unit in numbers(tables) if year == 2024} == {
        ("艇の貸出", "量の見込み", 41.0, "隻"), ("艇の貸出", "確保方策", 40.0, "隻"), ("艇の貸出", "実績", 39.0, "隻"),
        ("磯の案内", "量の見込み", 12.0, "人日"), ("磯の案内", "確保方策", 9.0, "人日"),
        ("磯の案内", "実績", 7.0, "人日"),
    }  # fmt: skip
    nodes = names_of(tables)
    assert {(nodes[row.measure_id], row.org_name) for row in rows_of(tables, MeasureOrg)} == {
        ("艇の貸出", "港湾課"),
        ("磯の案内", "水産課"),
    }
    assert grades(tables) == {("艇の貸出", None, None, "A"), ("磯の案内", None, None, "A")}  # of no row alone


def test_years_one_below_the_other_stand_beside_what_is_counted_in_each() -> None:
    tables = read(
        "<h2>基本方針１　浜を守る</h2>"
        + rows(
            cells("年度", "漂着物の量（ｔ）", "清掃の回数（回）"),
            cells("令和5年度", "15.2", "8"),
            cells("令和6年度", "14.9", "9"),
            cells("令和8年度目標", "12.0", "10"),
        )
    )
    assert numbers(tables) == {
        ("浜を守る", "漂着物の量", 2023, "actual", 15.2, "t"), ("浜を守る", "清掃の回数", 2023, "actual", 8.0, "回"),
        ("浜を守る", "漂着物の量", 2024, "actual", 14.9, "t"), ("浜を守る", "清掃の回数", 2024, "actual", 9.0, "回"),
        ("浜を守る", "漂着物の量", 2026, "target", 12.0, "t"), ("浜を守る", "清掃の回数", 2026, "target", 10.0, "回"),
    }  # fmt: skip


def test_a_line_in_brackets_under_a_title_tells_the_year_of_its_results() -> None:
    table = rows(cells("施策", "担当課", "評価"), cells("灯台の公開", "港湾課", "A"), cells("浜の清掃", "水産課", "B"))
    (row,) = rows_of(read(f"<p>（令和5年度実績）{table}", "浜風市環境基本計画　年次報告書"), DocumentRow)
    assert row.fiscal_year == 2023


def form(name: str, body: str, done: str) -> str:
    return rows(cells("会計", "一般会計", "担当課", body), cells("事業名", name), cells("事業の成果", done))


def test_who_is_in_charge_before_the_name_is_of_the_form_that_its_table_begins() -> None:
    tables = read(
        form("灯台の公開", "港湾課", "春と秋に公開した。") + form("浜の清掃", "水産課", "延べ90人が参加した。"),
        "浜風市　主要施策の成果に関する説明書",
    )
    nodes = names_of(tables)
    assert {(nodes[row.measure_id], row.org_name) for row in rows_of(tables, MeasureOrg)} == {
        ("灯台の公開", "港湾課"),
        ("浜の清掃", "水産課"),
    }


def test_a_judgement_beside_several_indicators_is_of_the_name_that_has_them() -> None:
    tables = read(
        rows(
            tall(2, "施策名", "成果指標") + "<td colspan=2>令和6年度<td colspan=2>事業費（千円）" + tall(2, "達成度"),
            cells("目標値", "実績値", "予算額", "決算額"),
            tall(2, "灯台の公開") + cells("見学者数（人）", "60", "58") + tall(2, "40", "38", "B"),
            cells("公開日数（日）", "20", "22"),
            cells("浜の清掃", "参加者数（人）", "30", "33", "9", "8", "A"),
        )
    )
    assert {(node, of, mark) for node, of, _, mark in grades(tables)} == {
        ("灯台の公開", None, "B"),
        ("浜の清掃", None, "A"),
    }
    assert {(node, of, role, value) for node, of, _, role, value, _ in numbers(tables) if of == "事業費"} == {
        ("灯台の公開", "事業費", "forecast", 40_000.0), ("灯台の公開", "事業費", "actual", 38_000.0),
        ("浜の清掃", "事業費", "forecast", 9_000.0), ("浜の清掃", "事業費", "actual", 8_000.0),
    }  # fmt: skip


def test_merged_words_under_an_unknown_head_name_the_groups_of_indicators() -> None:
    head = cells("起きてはならない事態", "重要業績指標", "基準値", "現状値", "目標値", "担当課")
    tables = read(
        "<h2>目標１　浜の暮らしを守り続けること</h2>"
        + rows(
            head,
            tall(2, "高波による被害を防ぐ") + cells("護岸の補修率", "41%(R2)", "52%(R6)", "80%(R10)", "港湾課"),
            cells("避難訓練の回数", "2回(R2)", "4回(R6)", "6回(R10)", "港湾課"),
        )
        + "<h2>目標２　港の働きを早く取り戻すこと</h2>"
        + rows(
            head,
            tall(2, "航路の閉塞を防ぐ") + cells("浚渫した延長", "1km(R2)", "3km(R6)", "5km(R10)", "港湾課"),
            cells("灯標の点検数", "8基(R2)", "9基(R6)", "12基(R10)", "水産課"),
        )
    )
    assert parents(tables) == {
        ("浜の暮らしを守り続けること", None), ("高波による被害を防ぐ", "浜の暮らしを守り続けること"),
        ("港の働きを早く取り戻すこと", None), ("航路の閉塞を防ぐ", "港の働きを早く取り戻すこと"),
    }  # fmt: skip
    assert {(node, of, value) for node, of, year, _, value, _ in numbers(tables) if year == 2024} == {
        ("高波による被害を防ぐ", "護岸の補修率", 52.0), ("高波による被害を防ぐ", "避難訓練の回数", 4.0),
        ("航路の閉塞を防ぐ", "浚渫した延長", 3.0), ("航路の閉塞を防ぐ", "灯標の点検数", 9.0),
    }  # fmt: skip


def test_a_goal_before_each_bare_year_is_of_that_year() -> None:
    tables = read(
        rows(
            cells("指標", "単位", "策定時（H30）", "目標", "R5年度", "目標", "R6年度", "最終目標（R10）"),
            cells("見学者数", "人", "50", "60", "58", "70", "72", "90"),
            cells("参加者数", "人", "20", "30", "28", "40", "集計中", "60"),
        )
    )
    assert {(of, year, role, value) for _, of, year, role, value, _ in numbers(tables) if of == "見学者数"} == {
        ("見学者数", 2018, "baseline", 50.0), ("見学者数", 2023, "target", 60.0), ("見学者数", 2023, "actual", 58.0),
        ("見学者数", 2024, "target", 70.0), ("見学者数", 2024, "actual", 72.0), ("見学者数", 2028, "target", 90.0),
    }  # fmt: skip


def test_a_judgement_behind_the_parts_of_an_indicator_is_of_the_part_and_has_no_other_subject() -> None:
    tables = read(
        rows(
            cells(
                "指標", "対象", "単位", "策定時（令和元年度）", "実績値（令和6年度）", "目標値（令和11年度）", "評価"
            ),
            "<td colspan=7>浜の暮らし",
            tall(2, "潮干狩りをする人の割合") + cells("20～64歳", "％", "21.0", "24.6", "30.0", "B"),
            cells("65歳以上", "％", "41.2", "47.9", "50.0", "C"),
        )
    )
    assert grades(tables) == {
        ("浜の暮らし", "潮干狩りをする人の割合 20～64歳", None, "B"),
        ("浜の暮らし", "潮干狩りをする人の割合 65歳以上", None, "C"),
    }


def test_a_line_over_a_table_tells_the_roles_of_two_numbers_in_each_cell() -> None:
    tables = read(
        "<p>各年度の欄は、上段が目標値、下段が実績値"
        + rows(
            cells("指標", "単位", "令和5年度", "令和6年度"),
            cells("見学者数", "人", "60<br>58", "70<br>72"),
            cells("参加者数", "人", "30<br>28", "40<br>―"),
        )
    )
    assert {(of, year, role, value) for _, of, year, role, value, _ in numbers(tables)} == {
        ("見学者数", 2023, "target", 60.0), ("見学者数", 2023, "actual", 58.0),
        ("見学者数", 2024, "target", 70.0), ("見学者数", 2024, "actual", 72.0),
        ("参加者数", 2023, "target", 30.0), ("参加者数", 2023, "actual", 28.0), ("参加者数", 2024, "target", 40.0),
    }  # fmt: skip


def test_sentences_under_a_level_and_a_year_tell_what_was_done_and_name_nothing() -> None:
    tables = read(
        rows(
            cells("取組項目", "実施部署", "令和6年度の取組", "進捗", "次年度の取組"),
            cells("灯台の公開", "港湾課", "春と秋に公開した。", "計画どおり", "夏にも公開する。"),
            cells("浜の清掃", "水産課", "三度清掃した。", "やや遅れ", "回数を増やす。"),
        )
    )
    nodes = names_of(tables)
    assert {(nodes[row.measure_id], row.section, row.text) for row in rows_of(tables, Passage)} == {
        ("灯台の公開", "done", "春と秋に公開した。"), ("灯台の公開", "next_year", "夏にも公開する。"),
        ("浜の清掃", "done", "三度清掃した。"), ("浜の清掃", "next_year", "回数を増やす。"),
    }  # fmt: skip
    assert set(nodes.values()) == {"灯台の公開", "浜の清掃"}
