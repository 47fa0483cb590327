"""What tables say, as tests compare it: observations and judgements by their names instead of their ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.records import Grade, Indicator, Measure, Observation
from schemas.rows import Tables, rows_of

Said = set[tuple[Any, ...]]

NUMBER = "indicator year role value"


def numbers(tables: Tables, columns: str = NUMBER) -> Said:
    """The observations; each as the columns that are named, one behind the other: measure, indicator, year, role,
    value, unit."""
    named = {row.indicator_id: row for row in rows_of(tables, Indicator)}
    measures = _measures(tables)
    return {
        tuple(_value(row, column, measures, named[row.indicator_id]) for column in columns.split())
        for row in rows_of(tables, Observation)
    }


def grades(tables: Tables, columns: str = "subject grade_text") -> Said:
    """The judgements; each as the columns that are named: measure, indicator, subject, grade_text, evaluator."""
    named = {row.indicator_id: row for row in rows_of(tables, Indicator)}
    measures = _measures(tables)
    return {
        tuple(_value(row, column, measures, named.get(row.indicator_id or "")) for column in columns.split())
        for row in rows_of(tables, Grade)
    }


def parents(tables: Tables) -> set[tuple[str | None, str | None]]:
    """The names of the plan, each with the one above it."""
    measures = _measures(tables)
    return {(row.measure_name, measures.get(row.parent_measure_id)) for row in rows_of(tables, Measure)}


def _measures(tables: Tables) -> Mapping[str | None, str | None]:
    return {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}


def _value(
    row: Observation | Grade, column: str, measures: Mapping[str | None, str | None], indicator: Indicator | None
) -> object:
    if column == "indicator":
        return indicator.indicator_name if indicator is not None else None
    if column == "measure":
        return measures.get(row.measure_id if isinstance(row, Grade) else indicator.measure_id if indicator else None)
    return row.fiscal_year if column == "year" else getattr(row, column)
