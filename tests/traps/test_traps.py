"""Wordings that are easily read wrongly: what is said of each, and whether a finding points at it.

``cases.csv`` has a line for each: the place in a small document (`tests.traps.forms`), the wording, and the one record
that is looked for. `value` is what it says (`5 回`, `>=80 %`, `A`), or empty where nothing may be said. `told` is
whether a warning is given: `yes`, `no`, or empty where either is right.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extract.text import read_text
from normalize.reading import read_records
from schemas.records import DocumentRow, Finding, Grade, Indicator, Measure, Observation
from schemas.rows import Tables, rows_of
from tests.traps.forms import FORMS

CASES = list(csv.DictReader((Path(__file__).parent / "cases.csv").open(encoding="utf-8", newline="")))


def said(tables: Tables, case: dict[str, str]) -> set[str]:
    """The values of the record that a case looks for."""
    year = int(case["year"]) if case["year"] else None
    if case["kind"] == "municipality":
        return {row.municipality_code or "" for row in rows_of(tables, DocumentRow)}
    if case["kind"] == "grade":
        names = {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}
        grades = [g for g in rows_of(tables, Grade) if names.get(g.measure_id or "") == case["about"]]
        return {grade.grade for grade in grades if grade.grade is not None and grade.fiscal_year == year}
    indicators = {row.indicator_id for row in rows_of(tables, Indicator) if row.indicator_name == case["about"]}
    if not case["about"]:
        indicators = {row.indicator_id for row in rows_of(tables, Indicator)}
    values = [
        row for row in rows_of(tables, Observation) if row.indicator_id in indicators and row.role == case["kind"]
    ]
    return {
        f"{'' if row.comparator == '=' else row.comparator}{row.value:g} {row.unit or ''}".strip()
        for row in values
        if row.value is not None and year in (row.fiscal_year or row.deadline_fy, None)
    }


def warnings(tables: Tables) -> list[Finding]:
    return [row for row in rows_of(tables, Finding) if row.severity != "note" and row.rule != "layout-unknown"]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['form']}: {case['wording']}" for case in CASES])
def test_a_wording_is_read_as_a_careful_reader_does(case: dict[str, str]) -> None:
    tables = read_records(read_text(FORMS[case["form"]](case["wording"]).encode(), "made.txt"))
    assert said(tables, case) == ({case["value"]} if case["value"] else set())
    if case["told"]:
        assert bool(warnings(tables)) == (case["told"] == "yes"), warnings(tables)


def test_in_every_place_some_wording_is_read_without_a_warning() -> None:
    assert {case["form"] for case in CASES if case["told"] == "no"} == set(FORMS)
