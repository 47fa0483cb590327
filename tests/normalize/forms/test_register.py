"""A register of projects, as workbooks hold it: paths in the heads, groups of columns, boxes drawn over them."""

from __future__ import annotations

import pytest

from extract.office.book import Area, Sheet, SheetCell, TextBox
from extract.office.workbook import sheets_to_document
from normalize.derived.series.editions import Edition, Print
from normalize.derived.series.series import family_of, series_of
from normalize.reading import read_records
from schemas.document import Document
from schemas.records import DocumentRow, Finding, Grade, Indicator, Measure, MeasureOrg, Observation, Passage, Result
from schemas.rows import Tables, rows_of

PLACE = ["事務事業ID", "事務事業名", "政策番号\n十の位", "政策番号\n一の位", "政策名", "部課名", "年度", "電話"]
INDICATORS = [f"⑤ 活動指標（量を表す）\n{key}：{what}" for key in "アイ" for what in ("名称", "単位")]
GROUP = ["国庫支出金", "事業費計  （A）", "延べ業務時間", "⑤活動指標\nア", "⑤活動指標\nイ"]
JUDGED = ["① 公共関与の妥当性", "なぜ市が行うのか？", "(1) 改革改善の方向性", "４　課長等意見\n(1) 今後の方向性"]
HEADS = [*PLACE, *INDICATORS, *GROUP, *GROUP, *JUDGED]

ROWS = [
    ["0086", "不法投棄対策", "0", "6", "環境の保全", "市民部環境課", "7", "110", "啓発の回数", "回", "", "",
     "0", "3,089", "280", "11", "", "0", "2,948", "280", "23", "",
     "妥当である", "市民が安心して暮らすために市が行う必要がある。", "１　現状維持", "２　見直して再検討"],
    ["0581", "漁港の運営", "0", "1", "産業の振興", "水産部水産課", "7", "373", "委員会の回数", "回", "0", "0",
     "10", "89", "20", "1", "0", "0", "80", "20", "29（4）", "5",
     "妥当である", "漁業の振興のために市が行う必要がある。", "３　廃止", "３　廃止"],
]  # fmt: skip


def register(*, boxes: bool) -> Document:
    """The register as a sheet, in boxes from B2 on, with its year groups boxed or not."""
    cells = {
        (row + 1, col + 1): SheetCell(text, 15)
        for row, texts in enumerate([HEADS, *ROWS])
        for col, text in enumerate(texts)
    }
    first = 1 + len(PLACE) + len(INDICATORS)
    drawn = (
        TextBox(Area(1, first, 1, first + len(GROUP) - 1), "１年目（令和５年度実績）"),
        TextBox(Area(1, first + len(GROUP), 1, first + 2 * len(GROUP) - 1), "２年目（令和６年度目標）"),
    )
    laid = sheets_to_document([(Sheet("一覧", cells, boxes=drawn if boxes else ()), "visible")])
    return Document("0" * 64, "一覧.xlsx", "x", 1, laid.pages, laid.items, laid.problems, "office")


def observed(tables: Tables) -> set[tuple[str | None, str | None, int | None, str, float | None, str | None]]:
    projects = {measure.measure_id: measure.measure_name for measure in rows_of(tables, Measure)}
    names = {one.indicator_id: (projects[one.measure_id], one.indicator_name) for one in rows_of(tables, Indicator)}
    return {
        (*names[told.indicator_id], told.fiscal_year, told.role, told.value, told.value_text)
        for told in rows_of(tables, Observation)
    }


def test_each_row_is_a_project_in_its_place() -> None:
    tables = read_records(register(boxes=True))
    [document] = rows_of(tables, DocumentRow)
    assert (document.layout, document.fiscal_year, document.fiscal_year_text) == ("general.register", 2025, "7")
    nodes = {measure.measure_id: measure for measure in rows_of(tables, Measure)}
    told = [
        (m.measure_level, m.measure_code, m.measure_name, nodes.get(m.parent_measure_id or "")) for m in nodes.values()
    ]
    assert [(level, code, name, parent.measure_name if parent else None) for level, code, name, parent in told] == [
        ("policy", "06", "環境の保全", None),
        ("action", "0086", "不法投棄対策", "環境の保全"),
        ("policy", "01", "産業の振興", None),
        ("action", "0581", "漁港の運営", "産業の振興"),
    ]
    assert [org.org_name for org in rows_of(tables, MeasureOrg)] == ["市民部環境課", "水産部水産課"]


def test_boxes_over_groups_are_their_years_where_the_user_gives_the_documents_year() -> None:
    tables = read_records(register(boxes=True), given_year=2025)
    assert {
        ("不法投棄対策", "啓発の回数", 2023, "actual", 11.0, "11"),
        ("不法投棄対策", "啓発の回数", 2024, "target", 23.0, "23"),
        ("不法投棄対策", "事業費計（A）", 2023, "actual", 3089.0, "3,089"),
        ("不法投棄対策", "国庫支出金", 2024, "target", 0.0, "0"),
        ("漁港の運営", "延べ業務時間", 2024, "target", 20.0, "20"),
        ("漁港の運営", "委員会の回数", 2024, "target", None, "29（4）"),
    } <= observed(tables)
    assert [(f.severity, f.observed) for f in rows_of(tables, Finding) if "no year" in f.message] == [
        ("note", "１年目（令和５年度実績）、２年目（令和６年度目標）")
    ]


@pytest.mark.parametrize("given_year", [None, 2019])
def test_boxes_alone_or_beside_another_year_date_nothing_and_are_quoted(given_year: int | None) -> None:
    tables = read_records(register(boxes=True), given_year=given_year)
    told = observed(tables)
    assert {year for _, _, year, *_ in told} == {None}
    assert ("不法投棄対策", "啓発の回数", None, "target", 23.0, "23") in told
    assert [(f.severity, f.observed) for f in rows_of(tables, Finding) if "no year" in f.message] == [
        ("warning", "１年目（令和５年度実績）、２年目（令和６年度目標）")
    ]


def test_values_of_years_that_nothing_names_are_not_set_beside_each_other() -> None:
    tables = read_records(register(boxes=False))
    told = {
        (row.measure_name, row.indicator_text): (row.actual_value, row.target_value, row.achievement_ratio)
        for row in rows_of(tables, Result)
        if row.indicator_id
    }
    assert told["不法投棄対策", "啓発の回数"] == (None, None, None)  # 11 and 23 in two years
    assert told["不法投棄対策", "延べ業務時間"] == (280.0, None, None)  # 280 in both
    document = rows_of(tables, DocumentRow)[0]
    prints = [Print.of(seen) for seen in rows_of(tables, Observation)]
    edition = Edition(document, rows_of(tables, Measure), rows_of(tables, Indicator), prints, frozenset())
    rows = {
        (row.measure_name, row.indicator_name): row.value for row in series_of(family_of(document), [edition]).series
    }
    assert ("不法投棄対策", "啓発の回数") not in rows
    assert rows["不法投棄対策", "延べ業務時間"] == 280.0


def test_costs_of_the_whole_plan_are_planned_and_of_no_year() -> None:
    heads = ["全体計画\n（国庫支出金）", "全体計画\n（事業費計）", "全体計画\n（正規職員従事人数）", *HEADS]
    cells = {
        (row, col): SheetCell(text, 15)
        for row, texts in enumerate([heads, *(["-", "89,000", "3", *row] for row in ROWS)])
        for col, text in enumerate(texts)
    }
    laid = sheets_to_document([(Sheet("一覧", cells), "visible")])
    tables = read_records(Document("0" * 64, "a.xlsx", "x", 1, laid.pages, laid.items, laid.problems, "office"))
    whole = [told for told in observed(tables) if (told[1] or "").startswith("全体計画")]
    assert {told[1:] for told in whole} == {
        ("全体計画（事業費計）", None, "target", 89000.0, "89,000"),
        ("全体計画（正規職員従事人数）", None, "target", 3.0, "3"),
    }
    assert len(whole) == 2 * len(ROWS)
    assert len([1 for name, what, *_ in observed(tables) if (name, what) == ("不法投棄対策", "事業費計（A）")]) == 2


def test_groups_without_a_year_have_none_and_a_finding_says_so() -> None:
    tables = read_records(register(boxes=False))
    told = observed(tables)
    assert {year for _, _, year, *_ in told} == {None}
    assert len([1 for name, what, *_ in told if (name, what) == ("不法投棄対策", "啓発の回数")]) == 2
    warned = [finding for finding in rows_of(tables, Finding) if finding.rule == "label-missing"]
    assert [finding.severity for finding in warned] == ["warning", "warning"]
    assert "2 groups of columns print no year" in warned[0].message
    assert rows_of(tables, DocumentRow)[0].fiscal_year is None


def test_an_indicator_whose_name_is_an_empty_cell_is_none() -> None:
    tables = read_records(register(boxes=True))
    names = [(one.indicator_name, one.unit, one.indicator_kind) for one in rows_of(tables, Indicator)]
    assert ("啓発の回数", "回", "activity") in names
    assert not [name for name, *_ in names if name in (None, "", "0")]
    assert "1 values stand for indicators whose names are empty" in " ".join(
        f.message for f in rows_of(tables, Finding)
    )


def test_judgements_directions_and_reasons_stand_under_their_project() -> None:
    tables = read_records(register(boxes=True))
    projects = {measure.measure_id: measure.measure_name for measure in rows_of(tables, Measure)}
    grades = [
        (projects[grade.measure_id or ""], grade.subject, grade.grade_scheme_id, grade.grade, grade.evaluator)
        for grade in rows_of(tables, Grade)
    ]
    assert grades == [
        ("不法投棄対策", "公共関与の妥当性", "general", "妥当である", None),
        ("不法投棄対策", "改革改善の方向性", "general-direction", "continue", None),
        ("不法投棄対策", "今後の方向性", "general-direction", None, "internal"),
        ("漁港の運営", "公共関与の妥当性", "general", "妥当である", None),
        ("漁港の運営", "改革改善の方向性", "general-direction", "terminate", None),
        ("漁港の運営", "今後の方向性", "general-direction", "terminate", "internal"),
    ]
    told = [(passage.section, passage.text) for passage in rows_of(tables, Passage)]
    assert told[0] == ("finding", "市民が安心して暮らすために市が行う必要がある。")


def test_columns_of_which_nothing_was_read_are_named() -> None:
    findings = rows_of(read_records(register(boxes=True)), Finding)
    [told] = [finding.message for finding in findings if finding.rule == "layout-unknown"]
    assert told == "columns of which nothing was read: 電話"


def test_a_node_with_two_names_keeps_the_commoner_and_tells_the_other() -> None:
    document = register(boxes=True)
    rows = [[*ROWS[0]], [*ROWS[0]], [*ROWS[0]]]
    rows[2][4] = "環境の保護"
    cells = {
        (row, col): SheetCell(text, 15) for row, texts in enumerate([HEADS, *rows]) for col, text in enumerate(texts)
    }
    laid = sheets_to_document([(Sheet("一覧", cells), "visible")])
    tables = read_records(Document("0" * 64, "a.xlsx", "x", 1, laid.pages, laid.items, laid.problems, document.reader))
    assert [m.measure_name for m in rows_of(tables, Measure) if m.measure_level == "policy"] == ["環境の保全"]
    [told] = [finding for finding in rows_of(tables, Finding) if finding.rule == "reprint-differs"]
    assert (told.expected, told.observed) == ("環境の保全", "環境の保護")
