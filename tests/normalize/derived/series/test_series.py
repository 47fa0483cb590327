"""Editions of one plan: every thing that keeps its code or its name is one series, and no two things share one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from normalize.derived.series.series import family_of, series_of
from tests.normalize.derived.series.plans import Plan, courses, indicator_id, plan_to_edition


def _series_by_record(plans: list[Plan]) -> dict[str, str]:
    editions = [plan_to_edition(plan) for plan in plans]
    across = series_of(family_of(editions[0].document), editions)
    return {match.record_id: match.series_id for match in across.matches if match.table_name == "indicators"}


@given(courses())
def test_what_keeps_its_name_or_its_code_is_one_series_and_no_two_things_share_one(plans: list[Plan]) -> None:
    series = _series_by_record(plans)
    things: dict[str, set[int]] = {}
    for plan in plans:
        for row in plan.rows:
            things.setdefault(series[indicator_id(plan, row)], set()).add(row.thing)
    assert all(len(found) == 1 for found in things.values()), "two things in one series"
    for earlier, later in pairwise(plans):
        was = {row.thing: row for row in earlier.rows}
        for row in later.rows:
            keeps_its_name = row.thing not in later.renamed
            keeps_its_code = later.codes == "kept" and row.thing not in later.recounted
            if row.thing in was and (keeps_its_name or keeps_its_code):
                assert series[indicator_id(later, row)] == series[indicator_id(earlier, was[row.thing])]


@given(courses())
def test_a_renamed_row_is_found_by_its_values(plans: list[Plan]) -> None:
    series = _series_by_record(plans)
    for earlier, later in pairwise(plans):
        was = {row.thing: row for row in earlier.rows if len(row.values) > 1}
        for row in later.rows:
            if row.thing in was and row.parent == was[row.thing].parent and later.codes != "numbered":
                assert series[indicator_id(later, row)] == series[indicator_id(earlier, was[row.thing])]


@given(courses())
def test_a_revision_is_told_with_both_prints_and_the_later_one_stands(plans: list[Plan]) -> None:
    editions = [plan_to_edition(plan) for plan in plans]
    across = series_of(family_of(editions[0].document), editions)
    series = {match.record_id: match.series_id for match in across.matches}
    rows = {(row.series_id, row.fiscal_year): row for row in across.series}
    assert len(rows) == len(across.series), "a year stands twice in a series"
    told = {(finding.expected, finding.observed) for finding in across.findings if finding.rule == "revised"}
    for number, plan in enumerate(plans):
        for row in plan.rows:
            if row.thing in plan.revised and not any(row.thing in later.revised for later in plans[number + 1 :]):
                year, value = plan.revised[row.thing]
                if any(other.thing == row.thing and year in other.values for other in plans[number - 1].rows):
                    found = rows[series[indicator_id(plan, row)], year]
                    assert (found.revised, found.value, found.first_value) == (True, value, value - 1)
                    assert (f"{value - 1}{row.unit}", f"{value}{row.unit}") in told
    changed = {thing for plan in plans for thing in plan.revised}
    assert not changed or any(row.revised for row in across.series) or len(plans) < 2
    assert sum(row.revised for row in across.series) <= sum(len(plan.revised) for plan in plans)


@given(courses())
def test_the_same_documents_give_the_same_series_in_whatever_order_they_come(plans: list[Plan]) -> None:
    assert _series_by_record(plans) == _series_by_record(plans[::-1])


@given(courses())
def test_a_later_edition_changes_no_id(plans: list[Plan]) -> None:
    before, after = _series_by_record(plans[:-1]), _series_by_record(plans)
    assert before.items() <= after.items()
