"""Progress tables: columns found by the labels above them, whatever year groups there are and wherever they stand."""

from collections.abc import Sequence
from typing import TypeVar

import pytest

from extract import read_document
from extract.text import read_text
from normalize.document.table_grid import grids
from normalize.forms.progress.legend import Legend, legend_of
from normalize.forms.progress.reader import progress_to_statements
from normalize.municipalities.akiruno import PROGRESS_FORM
from normalize.reading import read_records
from normalize.statements.ledger import account
from normalize.statements.merging import merged
from normalize.statements.statement import Entry, Remark, Statement
from schemas.records import DocumentRow, Finding, Grade, Indicator, Measure, MeasureOrg, Observation, Passage, Record

R = TypeVar("R", bound=Record)

TAB = "\t"
TITLE = ("あきる野市商工業振興プラン 令和6年度～進捗状況まとめ", "")
HEADER = (
    "方向性\t個別施策\t実施事業\t実施主体\t目標とする姿(令和8年度)\t実施状況・課題(令和6年度)\t令和3年度\t令和6年度\t\t\t令和7年度\t\t",
    "\t\t\t\t\t\t実績値\t年間目標\t実績\t評価\t年間目標\t実績\t評価",
)
ROWS = (
    "港を開く\t桟橋の再生\t朝市【新規事業】(開催数) P.3\t商工会・市\t毎月開く。"
    "\t開いた。 課題：周知(SNS)、駐車場\t-\t4回\t2回\tC\t6回\t\t",
    "\t\t直売所(来客数) P.4\t市(環境部)\t客を増やす。\t増えた。 課題：なし\t90人\t100人\t120人\tS\t110人\t\t",
    "\t倉庫の活用\t講座(受講者数)\t市\t学ぶ。\t学んだ。\t5人\t10人\t9人\tA\t１２人\t\t",
)


def read(*lines: str) -> tuple[Statement, ...]:
    document = read_text("\n".join(lines).encode(), "made.txt")
    return merged(document.document_id, progress_to_statements(document, PROGRESS_FORM))


def records(statements: Sequence[Statement], kind: type[R]) -> list[R]:
    return [s.record for s in statements if isinstance(s, Entry) and isinstance(s.record, kind)]


def seen(statements: Sequence[Statement]) -> set[tuple[str | None, int | None, str, float | None, str | None]]:
    names = {i.indicator_id: i.indicator_name for i in records(statements, Indicator)}
    return {
        (names[o.indicator_id], o.fiscal_year, o.role, o.value, o.unit) for o in records(statements, Observation)
    }  # fmt: skip


EXPECTED = {
    ("開催数", 2024, "target", 4.0, "回"),
    ("開催数", 2024, "actual", 2.0, "回"),
    ("開催数", 2025, "target", 6.0, "回"),
    ("来客数", 2021, "baseline", 90.0, "人"),
    ("来客数", 2024, "target", 100.0, "人"),
    ("来客数", 2024, "actual", 120.0, "人"),
    ("来客数", 2025, "target", 110.0, "人"),
    ("受講者数", 2021, "baseline", 5.0, "人"),
    ("受講者数", 2024, "target", 10.0, "人"),
    ("受講者数", 2024, "actual", 9.0, "人"),
    ("受講者数", 2025, "target", 12.0, "人"),
}


def test_codes_are_the_ordinals_in_reading_order() -> None:
    found = records(read(*TITLE, *HEADER, *ROWS), Measure)
    assert [(m.measure_code, m.measure_name, m.is_new) for m in found] == [
        ("1", "港を開く", None),
        ("1-1", "桟橋の再生", None),
        ("1-1-1", "朝市", True),
        ("1-1-2", "直売所", False),
        ("1-2", "倉庫の活用", None),
        ("1-2-1", "講座", False),
    ]


def test_every_year_group_gives_its_observations() -> None:
    assert seen(read(*TITLE, *HEADER, *ROWS)) == EXPECTED


def test_the_columns_may_change_places() -> None:
    def moved(line: str) -> str:
        cells = line.split("\t")
        return "\t".join([*cells[6:10], *cells[:6], *cells[10:]])

    statements = read(*TITLE, *map(moved, HEADER), *map(moved, ROWS))
    assert seen(statements) == EXPECTED
    assert [m.measure_code for m in records(statements, Measure)] == ["1", "1-1", "1-1-1", "1-1-2", "1-2", "1-2-1"]


def test_a_year_group_more_needs_no_change() -> None:
    header = (HEADER[0] + "\t令和8年度\t\t", HEADER[1] + "\t目標値\t実績\t達成度")
    rows = tuple(row + "\t20人\t\t" for row in ROWS)
    assert {year for _, year, *_ in seen(read(*TITLE, *header, *rows))} == {2021, 2024, 2025, 2026}


def test_the_header_may_be_printed_again() -> None:
    assert seen(read(*TITLE, *HEADER, ROWS[0], *HEADER, *ROWS[1:])) == EXPECTED


def test_the_fiscal_year_is_the_last_one_graded() -> None:
    (document,) = records(read(*TITLE, *HEADER, *ROWS), DocumentRow)
    assert (document.fiscal_year, document.fiscal_year_text) == (2024, "令和6年度")
    assert document.plan_name == "あきる野市商工業振興プラン"


def test_grades_are_read_and_recomputed() -> None:
    found = records(read(*TITLE, *HEADER, *ROWS), Grade)
    assert [(g.grade, g.grade_recomputed) for g in found] == [("C", "C"), ("S", "S"), ("A", "A")]


def test_an_unknown_mark_is_kept_as_print_and_told() -> None:
    statements = read(*TITLE, *HEADER, ROWS[0].replace("\tC\t", "\tZ\t"))
    (grade,) = records(statements, Grade)
    assert (grade.grade, grade.grade_text) == (None, "Z")
    assert [(s.rule, s.observed) for s in statements if isinstance(s, Remark)] == [("grade-unknown", "Z")]


def test_issues_are_split_outside_brackets_and_none_is_none() -> None:
    found = [p.text for p in records(read(*TITLE, *HEADER, *ROWS), Passage) if p.section == "issue"]
    assert found == ["周知(SNS)", "駐車場"]


def test_a_middle_dot_parts_bodies_but_not_inside_brackets() -> None:
    found = [org.org_name for org in records(read(*TITLE, *HEADER, *ROWS), MeasureOrg)]
    assert found == ["商工会", "市", "市(環境部)", "市"]


def test_every_character_is_accounted_for() -> None:
    document = read_text("\n".join((*TITLE, *HEADER, *ROWS, "", "※注を足した。")).encode(), "made.txt")
    assert (
        account(document, merged(document.document_id, progress_to_statements(document, PROGRESS_FORM))).unclaimed == ()
    )


LEGEND = (
    "",
    "評価指標\t詳細",
    "S\t目標以上(120%~)",
    "A\tおおむね(80~120%)",
    "B\t遅れ(50~80%)",
    "C\t大幅な遅れ(~50%)",
    "D\t中止",
)


def test_the_printed_legend_wins_over_the_scheme_and_says_so() -> None:
    rows = (ROWS[0].replace("2回\tC", "1回\tD"), ROWS[1], ROWS[2].replace("9人\tA", "8人\tA"))
    statements = read(*TITLE, *HEADER, *rows, *LEGEND)
    assert [(g.grade, g.grade_recomputed) for g in records(statements, Grade)] == [("D", "C"), ("S", "S"), ("A", "A")]
    notes = [(s.rule, s.severity, s.expected, s.observed) for s in statements if isinstance(s, Remark)]
    assert notes == [
        ("grade-differs", "note", "90%~120%", "80%~120%"),
        ("grade-differs", "note", "50%~90%", "50%~80%"),
        ("grade-unknown", "note", None, "D"),
    ]


def test_a_legend_on_every_page_gives_each_band_once() -> None:
    def legend(copies: int) -> Legend:
        return legend_of(
            list(grids(read_text("\n".join(LEGEND * copies).encode(), "made.txt"))), "akiruno", PROGRESS_FORM.legend
        )

    assert legend(3) == legend(1)
    assert [band.grade for band in legend(3).bands] == ["S", "A", "B", "C"]


@pytest.mark.parametrize(
    "legend",
    [
        ("詳細\t評価指標", "目標以上(120%~)\tS", "おおむね(80~120%)\tA", "遅れ(50~80%)\tB", "大幅な遅れ(~50%)\tC"),
        ("評価指標\t\t", "S\t達成\t120%~", "A\t順調\t80~120%", "B\t要改善\t50~80%", "C\t要大幅改善\t~50%"),
        ("評価指標\tS\tA\tB\tC", "割合\t120%~\t80~120%\t50~80%\t~50%"),
        ("評価指標\t", "区分\t基準", "Ｓ\t120%~", "Ａ\t80~120%", "Ｂ\t50~80%", "Ｃ\t~50%"),
    ],
    ids=["explanations first", "a label between", "marks side by side", "a heading of its own"],
)
def test_a_legend_is_told_by_its_marks_wherever_they_stand(legend: tuple[str, ...]) -> None:
    rows = (ROWS[0].replace("2回", "1回"), ROWS[1], ROWS[2].replace("9人", "8人"))
    statements = read(*TITLE, *HEADER, *rows, "", *legend)
    assert [(g.grade, g.grade_recomputed) for g in records(statements, Grade)] == [("C", "C"), ("S", "S"), ("A", "A")]
    assert {s.rule for s in statements if isinstance(s, Remark)} == {"grade-differs"}


def test_a_title_inside_the_frame_is_no_header() -> None:
    inside = ("資料２" + "\t" * 11, *HEADER, *ROWS)
    assert seen(read(*TITLE, *inside)) == EXPECTED


def test_years_may_stand_below_their_leaves() -> None:
    header = (
        HEADER[0].replace(
            "令和3年度\t令和6年度\t\t\t令和7年度\t\t", "実績値\t年間目標\t実績\t評価\t年間目標\t実績\t評価"
        ),
        "\t\t\t\t\t\t令和3年度\t令和6年度\t令和6年度\t令和6年度\t令和7年度\t令和7年度\t令和7年度",
    )
    assert seen(read(*TITLE, *header, *ROWS)) == EXPECTED


def test_a_table_without_a_header_is_an_error_and_no_empty_success() -> None:
    assert [s.rule for s in read(*TITLE, *ROWS) if isinstance(s, Remark)] == ["label-missing"]


def test_an_unknown_heading_hides_no_other() -> None:
    header = (HEADER[0] + "\t備考", HEADER[1] + "\t")
    statements = read(*TITLE, *header, *(row + "\t雨天" for row in ROWS))
    assert seen(statements) == EXPECTED


def test_a_name_may_run_over_a_line_end() -> None:
    cell = "朝市の案内<br>と直売所【新規事業】<br>(来客数) P.3"
    row = f"港を開く\t桟橋の再生\t{cell}\t市\t開く。\t開いた。\t-\t4回\t2回\tC\t6回\t\t"
    (program,) = (m for m in records(read(*TITLE, *HEADER, row), Measure) if m.measure_level == "program")
    assert (program.measure_name, program.is_new) == ("朝市の案内と直売所", True)


def test_a_row_with_an_indicator_alone_is_of_the_programme_above() -> None:
    further = "\t\t（満足度）\t\t\t\t70%\t80%\t90%\tA\t85%\t\t"
    found = read(*TITLE, *HEADER, *ROWS, further)
    names = {measure.measure_id: measure.measure_name for measure in records(found, Measure)}
    assert {i.indicator_name: names[i.measure_id] for i in records(found, Indicator)}["満足度"] == "講座"
    assert ("満足度", 2024, "actual", 90.0, "%") in seen(found)


def test_the_number_in_front_of_a_name_is_no_part_of_it() -> None:
    numbered = [row.replace("港を開く", "① 港を開く").replace("講座(", "(1) 講座(") for row in ROWS]
    found = records(read(*TITLE, *HEADER, *numbered), Measure)
    assert {"港を開く", "講座"} <= {measure.measure_name for measure in found}


@pytest.mark.parametrize("caption", ["参考：隣の町の状況", "（参考）"])
def test_a_table_for_reference_is_not_of_the_plan(caption: str) -> None:
    other = [row.replace("講座", "教室").replace("人", "名") for row in ROWS]
    found = read(*TITLE, *HEADER, *ROWS, "", caption, "", *HEADER, *other)
    assert seen(found) == EXPECTED


def test_a_baseline_in_another_unit_than_the_targets_is_told() -> None:
    rows = [row.replace("90人", "90回") for row in ROWS]
    tables = read_records(read_text("\n".join((*TITLE, *HEADER, *rows)).encode(), "made.txt"))
    told = [row for row in tables["findings"] if isinstance(row, Finding) and row.rule == "unit-differs"]
    assert [row.observed for row in told] == ["回"]


def test_a_measure_that_reaches_over_the_end_of_its_policy_is_one_of_each() -> None:
    rows = [f"<tr><td>{line.replace(TAB, '<td>')}</tr>" for line in (*HEADER, ROWS[0])]
    rows[-1] = rows[-1].replace("<td>桟橋の再生", "<td rowspan=2>桟橋の再生")
    below = ROWS[1].removeprefix(TAB + TAB).replace(TAB, "<td>")
    rows.append(f"<tr><td>町を開く<td>{below}</tr>")
    page = f"<h1>{TITLE[0]}</h1><table border=1>{''.join(rows)}</table>"
    document = read_document(page.encode(), "made.html")
    statements = merged(document.document_id, progress_to_statements(document, PROGRESS_FORM))
    nodes = [(m.measure_code, m.measure_name) for m in records(statements, Measure) if m.measure_level == "measure"]
    assert nodes == [("1-1", "桟橋の再生"), ("2-1", "桟橋の再生")]
