"""Goals as records: one indicator a target, what is told beside it, the actual of the report, and what is left open."""

from normalize.document.text_span import Excerpt, Place
from normalize.records.indicators import goal_to_statements
from normalize.statements.statement import Entry, Remark, Statement
from schemas.records import Indicator, Observation


def told(goal: str, report: str | None = None) -> list[Statement]:
    told_in = [Excerpt.of(report, Place(1))] if report else []
    return [*goal_to_statements(Excerpt.of(goal, Place(0)), "m1", fiscal_year=2025, reports=told_in)]


def observations(statements: list[Statement]) -> list[tuple[str, float | None, int | None]]:
    found = [each.record for each in statements if isinstance(each, Entry) and isinstance(each.record, Observation)]
    return [(row.role, row.value, row.fiscal_year) for row in found]


def test_a_baseline_is_told_of_the_target_s_indicator_and_has_no_year_of_its_own() -> None:
    statements = told("・商店数 現状20軒→目標40軒")
    (indicator,) = [s.record for s in statements if isinstance(s, Entry) and isinstance(s.record, Indicator)]
    assert indicator.indicator_name == "商店数"
    assert observations(statements) == [("target", 40.0, 2025), ("baseline", 20.0, None)]


def test_a_number_that_no_rule_reads_is_a_finding() -> None:
    statements = told("15軒または20軒")
    assert observations(statements) == [("target", None, 2025)]
    assert [(s.rule, s.observed) for s in statements if isinstance(s, Remark)] == [
        ("target-unparsed", "15軒または20軒")
    ]


def test_what_a_report_leaves_open_is_a_finding_and_no_actual() -> None:
    statements = told("・見学会の開催:9回", "職員が集まった。\n見学会9回のうち5回を終えた。")
    assert observations(statements) == [("target", 9.0, 2025)]
    (remark,) = [each for each in statements if isinstance(each, Remark)]
    assert (remark.rule, remark.severity, remark.observed) == ("ambiguous", "warning", "見学会9回のうち5回を終えた")
    assert remark.excerpt is not None
    assert remark.excerpt.place == Place(1)


def test_an_actual_up_to_a_day_of_the_year_is_noted() -> None:
    statements = told("・見学会の開催:9回", "見学会を5回開催した(令和8年1月9日時点)。")
    assert observations(statements) == [("target", 9.0, 2025), ("actual", 5.0, 2025)]
    assert [(s.rule, s.severity) for s in statements if isinstance(s, Remark)] == [("part-year", "note")]
