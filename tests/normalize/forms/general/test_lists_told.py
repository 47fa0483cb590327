"""Lists of indicators and projects whose names stand around them: in headings, in titles between rows, in dittos."""

from __future__ import annotations

import pytest

from extract import read_document
from extract.text import read_text
from normalize.reading import read_records
from schemas.records import DocumentRow, Finding, Grade, Indicator, Measure, MeasureOrg, Observation
from schemas.rows import Tables, rows_of
from tests.normalize import said

TITLE = "灯台町総合計画　進捗状況（令和6年度末現在）\n\n"


def read(text: str) -> Tables:
    return read_records(read_text(text.encode(), "made.txt"))


def numbers(text: str) -> said.Said:
    return said.numbers(read(text), "measure indicator unit year role value")


def parents(text: str) -> set[tuple[str | None, str | None]]:
    return said.parents(read(text))


def test_a_role_between_the_numbers_says_of_those_on_its_right_alone_what_they_are() -> None:
    rows = "12（R1）\t目標値\t15\t18\n\t\t\t実績値\t11\t17\n"
    text = f"{TITLE}施策\t指標（単位）\t基準値\t\tR4\tR5\n灯台の公開\t来訪者数（人）\t{rows}"
    assert {(year, role, value) for *_, year, role, value in numbers(text)} == {
        (2019, "baseline", 12), (2022, "target", 15), (2023, "target", 18), (2022, "actual", 11), (2023, "actual", 17),
    }  # fmt: skip


TABLE = "指標名\t単位\t令和5年度実績\t令和6年度実績\n{name}\t件\t{one}\t{two}\n\n"


def test_headings_set_alike_over_tables_of_one_kind_name_what_is_counted() -> None:
    first, second = TABLE.format(name="出前講座", one=3, two=4), TABLE.format(name="避難訓練", one=8, two=9)
    text = f"{TITLE}第１章　安らぎのまち\n\n１－１　岬の案内\n\n{first}１－２　港の備え\n\n{second}"
    assert {(node, name) for node, name, *_ in numbers(text)} == {("岬の案内", "出前講座"), ("港の備え", "避難訓練")}
    assert ("港の備え", "安らぎのまち") in parents(text)


def test_one_heading_over_one_table_names_nothing() -> None:
    table = "指標名\t単位\t令和5年度実績\t令和6年度目標\n出前講座\t件\t3\t4\n"
    text = f"{TITLE}１－１　岬の案内\n\n{table}"
    assert {node for node, *_ in numbers(text)} == {None}


def test_an_item_of_the_accounts_stands_under_its_chapter() -> None:
    table = "事業名\t予算額（千円）\t決算額（千円）\n灯台補修事業\t120\t110\n霧笛更新事業\t80\t70\n"
    text = f"令和5年度　主要施策の成果\n\n第２款　総務費\n\n第１項　管理費\n\n{table}"
    assert {("管理費", "総務費"), ("灯台補修事業", "管理費")} <= parents(text)


def test_a_ditto_stands_for_what_is_printed_above_it() -> None:
    table = "指標名\t単位\t令和5年度実績\t令和6年度実績\t担当課\n出前講座\t回\t3\t4\t港湾課\n避難訓練\t〃\t8\t9\t同上\n"
    text = f"施策名\t港の備え\n\n{TITLE}{table}"
    assert {(name, unit) for _, name, unit, *_ in numbers(text)} == {("出前講座", "回"), ("避難訓練", "回")}
    assert {row.org_name for row in rows_of(read(text), MeasureOrg)} == {"港湾課"}


HEAD = "事業名<br>（所管課）\t予算現額\t決算額\t国庫支出金\t一般財源\n"


def test_a_body_under_a_name_and_sentences_across_a_list_belong_to_its_row() -> None:
    rows = "灯台補修事業<br>（港湾課）\t120\t110\t10\t100\n霧笛更新事業<br>（観光課）\t80\t70\t\t70\n"
    rows += "項　計\t200\t180\t10\t170\n"
    tables = read(f"令和5年度　主要施策の成果\n\n（単位：千円）\n\n{HEAD}{rows}")
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    assert {(names[row.measure_id], row.org_name) for row in rows_of(tables, MeasureOrg)} == {
        ("灯台補修事業", "港湾課"), ("霧笛更新事業", "観光課")
    }  # fmt: skip


def test_a_service_counted_in_two_units_is_two_indicators() -> None:
    rows = "訪問介護\t時間\t計画\t640\t650\n\t\t実績\t588\t701\n\t人\t計画\t4\t5\n\t\t実績\t4\t6\n"
    found = numbers(f"{TITLE}施策名\t暮らしの支え\n\nサービス種別\t単位\t区分\tR5\tR6\n{rows}")
    assert {(unit, year, role) for _, _, unit, year, role, _ in found} == {
        (unit, year, role) for unit in ("時間", "人") for year in (2023, 2024) for role in ("target", "actual")
    }  # fmt: skip


def test_titles_between_the_rows_of_a_list_name_its_groups() -> None:
    rows = "【海辺】\t\t\t\n出前講座\t回\t3\t4\n【山里】\t\t\t\n避難訓練\t回\t8\t9\n"
    found = numbers(f"{TITLE}指標\t単位\t令和5年度実績\t令和6年度実績\n{rows}")
    assert {(node, name) for node, name, *_ in found} == {("海辺", "出前講座"), ("山里", "避難訓練")}


def test_a_blank_column_of_one_table_is_read_in_the_next() -> None:
    first, second = "灯台補修事業\t120\t20\t\t100\n", "霧笛更新事業\t80\t\t30\t50\n"
    head = "事業名\t決算額\t国庫支出金\t県支出金\t一般財源\n"
    text = f"令和5年度　主要施策の成果\n\n（単位：千円）\n\n{head}{first}\n■次の表\n\n（単位：千円）\n\n{head}{second}"
    assert ("霧笛更新事業", "県支出金", 30_000.0) in {(node, name, value) for node, name, *_, value in numbers(text)}


def test_sentences_where_the_names_stand_end_a_list() -> None:
    rows = "出前講座\t回\t3\t4\n岬の案内を続けている。\t\t\t\n"
    tables = read(f"{TITLE}施策名\t港の備え\n\n指標\t単位\t令和5年度実績\t令和6年度実績\n{rows}")
    assert [row.indicator_name for row in rows_of(tables, Indicator)] == ["出前講座"]


def test_this_year_and_the_last_are_counted_from_the_one_year_of_the_titles() -> None:
    table = "事業名\t本年度予算額\t前年度予算額\t比較\n灯台補修事業\t120\t100\t20\n霧笛更新事業\t80\t90\t△10\n"
    text = f"令和7年度当初予算　主要事業一覧\n\n（単位：千円）\n\n{table}"
    found = {(node, year, role, value) for node, _, _, year, role, value in numbers(text) if role == "forecast"}
    assert found == {
        ("灯台補修事業", 2025, "forecast", 120_000), ("灯台補修事業", 2024, "forecast", 100_000),
        ("霧笛更新事業", 2025, "forecast", 80_000), ("霧笛更新事業", 2024, "forecast", 90_000),
    }  # fmt: skip
    assert [row.fiscal_year for row in rows_of(read(text), DocumentRow)] == [2025]


def test_of_two_years_in_the_titles_none_is_this_year() -> None:
    table = "事業名\t本年度予算額\t前年度予算額\n灯台補修事業\t120\t100\n"
    text = f"令和7年度　事務事業評価シート（令和6年度実施事業）\n\n（単位：千円）\n\n{table}"
    assert {year for *_, year, _, _ in numbers(text)} <= {None}


def test_letters_under_heads_say_how_columns_are_reckoned_and_name_nothing() -> None:
    table = (
        "<table><tr><th rowspan=2>事業名</th><th>予算額</th><th>決算額</th><th>差引</th><th rowspan=2>担当課</th></tr>"
        "<tr><th>Ａ</th><th>Ｂ</th><th>Ａ－Ｂ</th></tr>"
        "<tr><td>灯台補修事業</td><td>120</td><td>110</td><td>10</td><td>港湾課</td></tr>"
        "<tr><td>霧笛更新事業</td><td>80</td><td>70</td><td>10</td><td>観光課</td></tr></table>"
    )
    page = f"<h1>令和5年度　主要施策の成果</h1><p>（単位：千円）</p>{table}"
    tables = read_records(read_document(page.encode(), "made.html"))
    assert {row.measure_name for row in rows_of(tables, Measure)} == {"灯台補修事業", "霧笛更新事業"}
    assert {(row.role, row.value) for row in rows_of(tables, Observation)} >= {
        ("forecast", 120_000),
        ("actual", 70_000),
    }


def test_what_is_done_each_year_ends_no_block_of_numbers() -> None:
    page = (
        "<h1>灯台町行財政改革　令和6年度　取組状況調書</h1><table>"
        "<tr><td>取組項目</td><td colspan=4>灯台の命名</td></tr>"
        "<tr><td rowspan=2 colspan=2>年次計画</td><td>令和4年度</td><td>令和5年度</td><td>令和6年度</td></tr>"
        "<tr><td>検討</td><td>実施</td><td>→</td></tr>"
        "<tr><td rowspan=2>効果額（千円）</td><td>目標</td><td>0</td><td>1,200</td><td>2,400</td></tr>"
        "<tr><td>実績</td><td>0</td><td>1,100</td><td>2,640</td></tr></table>"
    )
    tables = read_records(read_document(page.encode(), "made.html"))
    assert [row.indicator_name for row in rows_of(tables, Indicator)] == ["効果額"]
    assert {(row.fiscal_year, row.role, row.value) for row in rows_of(tables, Observation) if row.value} == {
        (2023, "target", 1_200_000), (2024, "target", 2_400_000),
        (2023, "actual", 1_100_000), (2024, "actual", 2_640_000),
    }  # fmt: skip


LIST = (
    "施策名\t指標名\t単位\t目標値（令和{year}年度）\t実績値（令和{year}年度）\t評価\n"
    "霧笛の更新\t基数\t基\t{target}\t{actual}\tA\n"
)


def test_a_table_of_another_year_has_heads_of_its_own() -> None:
    tables = LIST.format(year=6, target=8, actual=7) + "\n" + LIST.format(year=5, target=6, actual=4)
    assert {each[3:] for each in numbers(TITLE + tables)} == {
        (2024, "target", 8), (2024, "actual", 7), (2023, "target", 6), (2023, "actual", 4),
    }  # fmt: skip


def of_page(rows: str) -> Tables:
    heads = "<tr><th>施策名<th>指標名<th>単位<th>目標値（令和6年度）<th>実績値（令和6年度）<th>評価"
    page = f"<html><p>灯台町　施策評価<table>{heads}{rows}<tr><td>港の見学<td>来訪者数<td>人<td>50<td>40<td>B</table>"
    return read_records(read_document(page.encode(), "made.html"))


@pytest.mark.parametrize(("cell", "told"), [("280", 1), ("300 280", 1), ("－", 0), ("未実施", 0)])
def test_a_cell_over_two_columns_of_numbers_is_of_neither_and_ends_no_list(cell: str, told: int) -> None:
    tables = of_page(f"<tr><td>霧笛の更新<td>基数<td>基<td colspan=2>{cell}<td>A")
    assert {(row.role, row.value) for row in rows_of(tables, Observation)} == {("target", 50), ("actual", 40)}
    assert len([row for row in rows_of(tables, Finding) if row.rule == "ambiguous"]) == told


def test_grades_at_the_end_of_the_heads_are_chosen_by_a_mark() -> None:
    heads = "施策名\t指標名\t単位\t令和6年度目標\t令和6年度実績\tA\tB\tC\n"
    rows = "霧笛の更新\t基数\t基\t8\t7\t○\t\t\n港の見学\t来訪者数\t人\t50\t40\t\t\t○\n"
    tables = read(TITLE + heads + rows)
    names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
    assert {(names[row.measure_id or ""], row.grade) for row in rows_of(tables, Grade)} == {
        ("霧笛の更新", "A"), ("港の見学", "C"),
    }  # fmt: skip


def test_a_part_of_a_year_at_the_head_of_a_column_ends_no_table() -> None:
    heads = "指標名\t単位\t区分\t令和5年度\tR6.10.1現在\t令和7年度\n"
    text = f"{TITLE}{heads}来訪者数\t人\t目標値\t90\t95\t99\n\t\t実績値\t88\t40\t\n"
    assert {each[3:] for each in numbers(text)} >= {(2023, "target", 90), (2023, "actual", 88), (2025, "target", 99)}
    assert not [each for each in numbers(text) if each[-1] == 40 and each[3] is not None]


def test_the_months_of_a_whole_fiscal_year_are_the_year() -> None:
    text = f"{TITLE}指標名\t単位\t令和5年度目標\t令和6年度（4～3月）実績\n来訪者数\t人\t90\t95\n"
    assert {each[3:] for each in numbers(text)} == {(2023, "target", 90), (2024, "actual", 95)}


def test_the_mark_of_a_note_is_no_part_of_a_grade_or_a_name() -> None:
    rows = "施策名\t指標名\t単位\t令和6年度目標\t令和6年度実績\t評価\n霧笛の更新¹⁾\t基数²\t基\t8\t7\tB※¹\n"
    tables = read(TITLE + rows)
    assert [row.measure_name for row in rows_of(tables, Measure)] == ["霧笛の更新"]
    assert [row.indicator_name for row in rows_of(tables, Indicator)] == ["基数"]
    assert [row.grade for row in rows_of(tables, Grade)] == ["B"]


def test_grades_under_their_head_are_chosen_by_a_mark() -> None:
    heads = (
        "<tr><th rowspan=2>施策名<th rowspan=2>指標名<th rowspan=2>単位<th rowspan=2>令和6年度目標"
        "<th rowspan=2>令和6年度実績<th colspan=3>評価<tr><th>A<th>B<th>C"
    )
    rows = (
        "<tr><td>霧笛の更新<td>基数<td>基<td>8<td>7<td>○<td><td><tr><td>港の見学<td>人数<td>人<td>5<td>4<td><td>○<td>"
    )
    page = f"<html><p>灯台町　施策評価<table>{heads}{rows}</table>"
    tables = read_records(read_document(page.encode(), "made.html"))
    assert [row.grade for row in rows_of(tables, Grade)] == ["A", "B"]


def test_a_note_between_the_rows_of_a_list_does_not_end_it() -> None:
    heads = "施策名\t指標名\t単位\t令和5年度目標\t令和6年度実績\n"
    text = f"{TITLE}{heads}霧笛の更新\t基数\t基\t8\t7\n※基数は予備を含む。\n港の見学\t来訪者数\t人\t50\t40\n"
    assert {each[0] for each in numbers(text)} == {"霧笛の更新", "港の見学"}
    assert {each[5] for each in numbers(text)} == {8, 7, 50, 40}


@pytest.mark.parametrize(
    ("printed", "grade"), [("(B)", "B"), ("（前年度Ｂ）Ａ", "A"), ("SABC", None), ("AB", None), ("AA", "AA")]
)
def test_a_mark_in_or_behind_brackets_is_the_grade_and_a_run_of_marks_is_none(printed: str, grade: str | None) -> None:
    tables = read(
        f"{TITLE}事務事業名\t霧笛の更新\n指標名\t令和5年度目標\t令和6年度実績\n基数\t8\t7\n\n総合評価\t{printed}\n"
    )
    assert [row.grade for row in rows_of(tables, Grade)] == ([grade] if grade else [])
    assert any(row.rule == "ambiguous" for row in rows_of(tables, Finding)) == (grade is None)


@pytest.mark.parametrize("heading", ["4 構成する事務事業", "（４）対象となる事務事業", "4 関連する事業"])
def test_a_heading_that_says_what_the_rows_are_names_no_group(heading: str) -> None:
    text = (
        "令和5年度 施策評価シート\n\n施策名\t海の安全\t主管課\t港湾課\n評価\tＡ\n\n"
        f"{heading}\n\n事務事業名\t担当課\tR5決算額（千円）\n灯台の保守\t港湾課\t18,420\n霧笛の保守\t港湾課\t2,310\n"
    )
    found = rows_of(read_records(read_text(text.encode(), "made.txt")), Measure)
    names = {row.measure_id: row.measure_name for row in found}
    assert [(row.measure_name, names.get(row.parent_measure_id or "")) for row in found] == [
        ("海の安全", None), ("灯台の保守", "海の安全"), ("霧笛の保守", "海の安全")
    ]  # fmt: skip
