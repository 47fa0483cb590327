"""Facts: the records of a document with codes and names in place of ids, to hold against what a generator meant.

A fact is a table's name and some columns. Null columns are left out; white space in verbatim columns does not count,
for where a line ends is the page's matter; dashes and tildes of one kind are one, for fonts exchange them.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from schemas.declare import declaration_of
from schemas.records import (
    DocumentRow,
    Finding,
    Grade,
    GradeCount,
    Indicator,
    Measure,
    MeasureLink,
    MeasureOrg,
    Observation,
    Passage,
    Score,
)
from schemas.rows import Tables as Records

Value = str | int | float | bool | datetime.date | None
_R = TypeVar("_R")
_CLASSES = str.maketrans(dict.fromkeys("‐‑‒–—―−－ｰ", "-") | dict.fromkeys("〜～∼˜", "~"))


class Fact(NamedTuple):
    """Columns of one record. `table` is the table that has it."""

    table: str
    columns: tuple[tuple[str, Value], ...]

    def __str__(self) -> str:
        return f"{self.table}: " + ", ".join(f"{name}={value!r}" for name, value in self.columns)


def fact(table: str, **columns: Value) -> Fact:
    """A fact; columns that are None are left out, texts are folded."""
    kept = {name: fold(name, value) for name, value in columns.items() if value is not None}
    return Fact(table, tuple(sorted(kept.items())))


def fold(name: str, value: Value) -> Value:
    """A value as it is compared."""
    if not isinstance(value, str):
        return value
    text = value.translate(_CLASSES)
    return "".join(text.split()) if name.endswith("_text") or name == "text_raw" else text


def called(level: str, code: str | None, name: str | None) -> str:
    """The natural key of a node."""
    return "/".join((level, code or "", name or ""))


def differences(records: Records, expected: Iterable[Fact]) -> list[str]:
    """What was expected and is not there, and what is there unexpectedly, one line each."""
    wanted, found = Counter(expected), Counter(records_to_facts(records))
    return [f"- {missing}" for missing in sorted((wanted - found).elements(), key=str)] + [
        f"+ {extra}" for extra in sorted((found - wanted).elements(), key=str)
    ]


def records_to_facts(records: Records) -> Iterator[Fact]:
    """The facts that a document's records state, as far as a generator can know them."""
    nodes = {row.measure_id: row for row in _rows(records, Measure)}
    keys = {key: called(row.measure_level, row.measure_code, row.measure_name) for key, row in nodes.items()}
    indicators = {row.indicator_id: f"{keys[row.measure_id]}#{row.position}" for row in _rows(records, Indicator)}
    yield from _document(records)
    yield from _measures(records, keys)
    yield from _goals(records, keys, indicators)
    yield from _judgements(records, keys, indicators)
    for passage in _rows(records, Passage):
        yield fact(
            "passages", measure=_of(keys, passage.measure_id), section=passage.section, item=passage.item,
            fiscal_year=passage.fiscal_year, attribution=passage.attribution, text=passage.text,
        )  # fmt: skip
    for finding in _rows(records, Finding):
        if finding.severity != "note":
            yield fact("findings", rule=finding.rule, severity=finding.severity)


def _rows(records: Records, kind: type[_R]) -> list[_R]:
    return [row for row in records[declaration_of(kind).name] if isinstance(row, kind)]


def _of(keys: Mapping[str, Value], identity: str | None) -> Value:
    return None if identity is None else keys[identity]


def _document(records: Records) -> Iterator[Fact]:
    for row in _rows(records, DocumentRow):
        yield fact(
            "documents", layout=row.layout, municipality_code=row.municipality_code, plan_name=row.plan_name,
            title=row.title, fiscal_year=row.fiscal_year, plan_start_fy=row.plan_start_fy, plan_end_fy=row.plan_end_fy,
            issued_text=row.issued_text, status=row.status, coverage=row.coverage,
        )  # fmt: skip


def _measures(records: Records, keys: Mapping[str, Value]) -> Iterator[Fact]:
    for row in _rows(records, Measure):
        yield fact(
            "measures", measure=_of(keys, row.measure_id), parent=_of(keys, row.parent_measure_id),
            name_text=row.measure_name_text, position=row.position, fiscal_year=row.fiscal_year,
            plan_phase=row.plan_phase, is_new=row.is_new, reprint_of=_of(keys, row.reprint_of_measure_id),
            set_on=row.set_on, reviewed_on=row.reviewed_on, evaluated_on=row.evaluated_on,
        )  # fmt: skip
    for org in _rows(records, MeasureOrg):
        yield fact(
            "measure_orgs", measure=_of(keys, org.measure_id), role=org.role, org_name=org.org_name,
            org_name_text=org.org_name_text, position=org.position,
        )  # fmt: skip
    for link in _rows(records, MeasureLink):
        yield fact(
            "measure_links", measure=_of(keys, link.measure_id), kind=link.kind, target_text=link.target_text,
            target=_of(keys, link.target_measure_id),
        )  # fmt: skip


def _goals(records: Records, keys: Mapping[str, Value], indicators: Mapping[str, Value]) -> Iterator[Fact]:
    for row in _rows(records, Indicator):
        yield fact(
            "indicators", measure=_of(keys, row.measure_id), position=row.position, name=row.indicator_name,
            indicator_text=row.indicator_text, unit=row.unit, indicator_measure=row.indicator_measure,
        )  # fmt: skip
    for seen in _rows(records, Observation):
        yield fact(
            "observations", indicator=_of(indicators, seen.indicator_id), role=seen.role, fiscal_year=seen.fiscal_year,
            value=seen.value, unit=seen.unit, comparator=seen.comparator, frequency=seen.frequency,
            deadline_fy=seen.deadline_fy, value_text=seen.value_text,
        )  # fmt: skip


def _judgements(records: Records, keys: Mapping[str, Value], indicators: Mapping[str, Value]) -> Iterator[Fact]:
    for row in _rows(records, Grade):
        yield fact(
            "grades", measure=_of(keys, row.measure_id), indicator=_of(indicators, row.indicator_id),
            fiscal_year=row.fiscal_year, scheme=row.grade_scheme_id, grade=row.grade, grade_text=row.grade_text,
            recomputed=row.grade_recomputed,
        )  # fmt: skip
    for count in _rows(records, GradeCount):
        yield fact(
            "grade_counts", measure=_of(keys, count.measure_id), fiscal_year=count.fiscal_year,
            scheme=count.grade_scheme_id, grade=count.grade, count=count.count,
        )  # fmt: skip
    for score in _rows(records, Score):
        yield fact(
            "scores", measure=_of(keys, score.measure_id), fiscal_year=score.fiscal_year, score=score.score,
            score_max=score.score_max, score_text=score.score_text,
            recomputed=None if score.score_recomputed is None else round(score.score_recomputed, 9),
        )  # fmt: skip
