"""Progress tables that leave something open: drifted labels, periods, second headers, rows that are no programme."""

from collections.abc import Sequence

import pytest

from normalize.statements.statement import Remark, Statement
from schemas.records import Grade, Measure
from tests.normalize.forms.test_progress import HEADER, ROWS, TITLE, read, records, seen

YEARS = "\t".join(HEADER[0].split("\t")[:6])
PLAIN = read(*TITLE, *HEADER, *ROWS)


def header(years: str, leaves: str) -> tuple[str, str]:
    return f"{YEARS}\t令和3年度\t{years}", f"\t\t\t\t\t\t実績値\t{leaves}"


def remarks(statements: Sequence[Statement]) -> list[Remark]:
    return [each for each in statements if isinstance(each, Remark)]


def of_year(statements: Sequence[Statement], year: int) -> set[tuple[str | None, str, float | None]]:
    return {(name, role, value) for name, told, role, value, _ in seen(statements) if told == year}


def test_a_label_of_grades_over_numbers_is_the_actual_when_none_is() -> None:
    drifted = tuple(line.replace("年間目標\t実績\t評価", "年間目標\t達成状況\t評価") for line in HEADER)
    statements = read(*TITLE, *drifted, *ROWS)
    assert seen(statements) == seen(PLAIN)
    assert [g.grade for g in records(statements, Grade)] == [g.grade for g in records(PLAIN, Grade)]
    assert [(s.rule, s.severity) for s in remarks(statements)] == [("ambiguous", "note")] * 2


def test_two_columns_of_one_role_are_both_left_and_told() -> None:
    years = "令和6年度\t\t\t令和7年度\t\t"
    statements = read(*TITLE, *header(years, "年間目標\t実績\t実績値\t年間目標\t実績\t評価"), *ROWS[1:2])
    assert of_year(statements, 2024) == {("来客数", "target", 100.0)}
    (remark,) = [each for each in remarks(statements) if each.rule == "ambiguous"]
    assert (remark.severity, remark.observed) == ("warning", "実績 / 実績値")


@pytest.mark.parametrize(
    ("year", "leaf", "role"),
    [
        ("令和6年度", "実績（3月末）", "actual"),
        ("令和6年度", "年度末実績", "actual"),
        ("令和6年度（確定）", "実績", "actual"),
        ("令和6年度(見込)", "実績", "forecast"),
        ("令和6年度", "実績見込", "forecast"),
    ],
)
def test_a_period_of_a_whole_year_is_read(year: str, leaf: str, role: str) -> None:
    years = f"{year}\t\t\t令和7年度\t\t"
    statements = read(*TITLE, *header(years, f"年間目標\t{leaf}\t評価\t年間目標\t実績\t評価"), *ROWS)
    assert ("来客数", role, 120.0) in of_year(statements, 2024)
    assert not [each for each in remarks(statements) if each.rule == "part-year"]


@pytest.mark.parametrize(
    "leaf", ["実績（12月末）", "実績（通算）", "上半期実績", "中間実績", "実績（9月末現在）", "実績（暦年）"]
)
def test_the_actual_of_a_part_of_the_year_is_told_and_not_read(leaf: str) -> None:
    years = "令和6年度\t\t\t令和7年度\t\t"
    statements = read(*TITLE, *header(years, f"年間目標\t{leaf}\t評価\t年間目標\t実績\t評価"), *ROWS)
    assert {role for _, role, _ in of_year(statements, 2024)} == {"target"}
    (remark,) = [each for each in remarks(statements) if each.rule == "part-year"]
    assert (remark.severity, remark.observed) == ("warning", leaf)


def test_the_grade_of_a_part_of_the_year_is_told_and_not_read() -> None:
    years = "令和6年度\t\t\t令和7年度\t\t"
    statements = read(*TITLE, *header(years, "年間目標\t実績\t中間評価\t年間目標\t実績\t評価"), *ROWS)
    assert 2024 not in {grade.fiscal_year for grade in records(statements, Grade)}
    assert [each.observed for each in remarks(statements) if each.rule == "part-year"] == ["中間評価"]


@pytest.mark.parametrize("leaf", ["実績（令和5年度）", "R5実績", "実績（令和4～6年度）"])
def test_a_label_of_another_year_than_the_one_over_it_is_told_and_not_read(leaf: str) -> None:
    years = "令和6年度\t\t\t令和7年度\t\t"
    statements = read(*TITLE, *header(years, f"年間目標\t{leaf}\t評価\t年間目標\t実績\t評価"), *ROWS)
    assert {role for _, role, _ in of_year(statements, 2024)} == {"target"}
    assert [each.observed for each in remarks(statements)] == [f"令和6年度 / {leaf}"]


@pytest.mark.parametrize("leaf", ["実績（うち町内）", "実績（順位）", "実績（中間報告）", "実績（修正前）"])
def test_a_remark_that_makes_other_numbers_of_a_label_is_told_and_they_are_not_read(leaf: str) -> None:
    years = "令和6年度\t\t\t令和7年度\t\t"
    statements = read(*TITLE, *header(years, f"年間目標\t{leaf}\t評価\t年間目標\t実績\t評価"), *ROWS)
    assert {role for _, role, _ in of_year(statements, 2024)} == {"target"}
    assert [each.observed for each in remarks(statements)] == [leaf]


@pytest.mark.parametrize("year", ["令和6年度（上）", "令和6年度（他町）", "令和6年度（案）"])
def test_a_remark_that_makes_other_numbers_of_a_year_is_told_and_they_are_not_read(year: str) -> None:
    statements = read(
        *TITLE, *header(f"{year}\t\t\t令和7年度\t\t", "年間目標\t実績\t評価\t年間目標\t実績\t評価"), *ROWS
    )
    assert of_year(statements, 2024) == set()
    assert {each.rule for each in remarks(statements)} == {"ambiguous"}


def test_half_a_year_is_no_year() -> None:
    years = "令和6年度上半期\t\t\t令和7年度\t\t"
    statements = read(*TITLE, *header(years, "年間目標\t実績\t評価\t年間目標\t実績\t評価"), *ROWS)
    assert of_year(statements, 2024) == set()
    assert [each.observed for each in remarks(statements) if each.rule == "part-year"] == ["令和6年度上半期"]


@pytest.mark.parametrize(
    ("printed", "year", "rule"),
    [
        ("昭和6年度", 1931, "impossible-year"),
        ("平成6年度", 1994, "impossible-year"),
        ("令和6年", 2024, "ambiguous"),
        ("2024年", 2024, "ambiguous"),
        ("令和6年度前期", 2024, "part-year"),
        ("令和6年度(4～12月)", 2024, "part-year"),
    ],
)
def test_a_year_that_is_none_of_the_others_kind_is_told_and_not_read(printed: str, year: int, rule: str) -> None:
    years = f"{printed}\t\t\t令和7年度\t\t"
    statements = read(*TITLE, *header(years, "年間目標\t実績\t評価\t年間目標\t実績\t評価"), *ROWS)
    assert of_year(statements, year) == set()
    assert [(each.rule, each.observed) for each in remarks(statements)] == [(rule, printed)]


def test_a_year_out_of_order_is_told_and_not_read() -> None:
    years = "令和6年度\t\t令和17年度\t\t令和8年度\t"
    statements = read(*TITLE, *header(years, "年間目標\t実績\t年間目標\t実績\t年間目標\t実績"), *ROWS[1:2])
    assert of_year(statements, 2035) == set()
    assert [(each.rule, each.observed) for each in remarks(statements)] == [("impossible-year", "令和17年度")]


def test_a_second_header_heads_the_rows_below_it() -> None:
    later = (HEADER[0].replace("令和7年度", "令和8年度").replace("\t令和6年度", "\t令和7年度"), HEADER[1])
    statements = read(*TITLE, *HEADER, ROWS[0], *later, *ROWS[1:])
    assert of_year(statements, 2024) == {("開催数", "target", 4.0), ("開催数", "actual", 2.0)}
    assert ("来客数", "actual", 120.0) in of_year(statements, 2025)
    assert ("来客数", "target", 110.0) in of_year(statements, 2026)


def test_years_alone_head_the_rows_below_with_the_leaves_above() -> None:
    later = HEADER[0].replace("令和7年度", "令和5年度").replace("\t令和6年度", "\t令和4年度")
    statements = read(*TITLE, *HEADER, ROWS[0], later, *ROWS[1:])
    assert ("来客数", "actual", 120.0) in of_year(statements, 2022)
    assert ("来客数", "target", 110.0) in of_year(statements, 2023)


def test_sums_and_dittos_are_no_nodes() -> None:
    same = ROWS[1].replace("\t\t直売所", "〃\t同上\t直売所", 1)
    total = "\t\t合計\t\t\t\t95人\t114人\t131人\t\t128人\t\t"
    statements = read(*TITLE, *HEADER, ROWS[0], same, ROWS[2], total)
    assert seen(statements) == seen(PLAIN)
    assert [m.measure_name for m in records(statements, Measure)] == [m.measure_name for m in records(PLAIN, Measure)]


def test_a_programme_printed_again_with_another_value_is_told() -> None:
    again = ROWS[1].replace("\t120人\t", "\t121人\t")
    statements = read(*TITLE, *HEADER, *ROWS, again)
    (remark,) = [each for each in remarks(statements) if each.rule == "ambiguous"]
    assert (remark.expected, remark.observed) == ("120人", "121人")


def test_a_reprint_points_at_the_first_and_tells_what_differs() -> None:
    again = ROWS[1].replace("直売所(来客数)", "直売所(来客数)（再掲）").replace("\t120人\t", "\t121人\t")
    statements = read(*TITLE, *HEADER, *ROWS, again)
    reprint = records(statements, Measure)[-1]
    assert reprint.measure_name == "直売所"
    original = next(m for m in records(statements, Measure) if m.measure_name == "直売所")
    assert reprint.reprint_of_measure_id == original.measure_id != reprint.measure_id
    assert [each.observed for each in remarks(statements) if each.rule == "reprint-differs"] == ["121人"]


def test_a_corrected_row_is_held_against_the_one_that_it_replaces() -> None:
    again = "\t" + ROWS[1].split("\t", 1)[1].replace("直売所(", "（訂正）直売所(").replace("\t120人\t", "\t121人\t")
    doubts = [each for each in remarks(read(*TITLE, *HEADER, *ROWS, again)) if each.rule == "ambiguous"]
    assert [(each.expected, each.observed) for each in doubts] == [("120人", "121人")]
