"""The wide table: what a BI tool opens first, derived from the records of one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from normalize.derived.findings import record_pages
from normalize.grades.schemes import scheme_rows
from schemas.closed_sets import ObservationRole
from schemas.declare import declaration_of
from schemas.records import (
    DocumentRow,
    Finding,
    Grade,
    Indicator,
    Measure,
    Observation,
    Provenance,
    Record,
    Result,
    Score,
    record_id,
)
from schemas.rows import Tables, rows_of


@dataclass(frozen=True, slots=True)
class Tree:
    """A document's measures by id."""

    nodes: Mapping[str, Measure]

    def chain(self, measure_id: str | None) -> Iterator[Measure]:
        """A node and its ancestors, from the node up."""
        node = self.nodes.get(measure_id or "")
        while node is not None:
            yield node
            node = self.nodes.get(node.parent_measure_id or "")


@dataclass(frozen=True, slots=True)
class _Trust:
    """Where each record of a document stands, and how many findings speak of it, by table and id; notes aside."""

    pages: Mapping[tuple[str, str], int]
    findings: Mapping[tuple[str, str], int]

    def told(self, row: Result, records: Iterable[Record], source_name: str) -> Result:
        """The row with what says how far it can be relied on. The first record is the one that it speaks of first."""
        keys = [(declaration_of(record).name, record_id(record)) for record in records]
        return replace(
            row,
            source_name=source_name,
            page=next((self.pages[key] for key in keys if key in self.pages), None),
            open_findings=sum(self.findings.get(key, 0) for key in keys),
        )


def _trust(tables: Tables) -> _Trust:
    told = Counter(
        (finding.table_name, finding.record_id)
        for finding in rows_of(tables, Finding)
        if finding.severity != "note" and finding.table_name and finding.record_id
    )
    findings = {(table, record): count for (table, record), count in told.items() if table and record}
    return _Trust(record_pages(rows_of(tables, Provenance)), findings)


def results(tables: Tables) -> Iterator[Result]:
    """One row per indicator and year with an observation, and one per grade or score without an indicator.

    Reprints are left out: the original's row says the same. So does the row of a second evaluator who agrees. A
    document that holds another's records in another form has no rows.
    """
    for document in rows_of(tables, DocumentRow):
        if document.same_as_document_id is None:
            yield from _results(document, tables)


def _results(document: DocumentRow, tables: Tables) -> Iterator[Result]:
    measures, indicators = rows_of(tables, Measure), rows_of(tables, Indicator)
    grades = rows_of(tables, Grade)
    tree = Tree({measure.measure_id: measure for measure in measures})
    trust = _trust(tables)
    name = document.source_name
    of_indicator: dict[str, dict[int | None, Grade]] = {}
    for grade in grades:
        if grade.indicator_id:
            of_indicator.setdefault(grade.indicator_id, {})[grade.fiscal_year] = grade
    by_indicator = _by_indicator(rows_of(tables, Observation))
    for indicator in indicators:
        if _is_reprint(tree, indicator.measure_id):
            continue
        years = by_indicator.get(indicator.indicator_id, {})
        judged = of_indicator.get(indicator.indicator_id, {})
        named = _of_indicator(document, tree, indicator)
        for year in sorted({*years, *judged}, key=lambda year: (year is None, year or 0)):
            values, found = years.get(year, {}), judged.get(year)
            row = _of_year(named, indicator, year, values)
            if found is not None:
                row = _graded(row, found)
            yield trust.told(row, (*_in_order(values), *((found,) if found else ()), indicator), name)
    for grade in _said_once(grades):
        if grade.indicator_id is None and not _is_reprint(tree, grade.measure_id):
            row = replace(_of_measure(document, tree, grade.measure_id), fiscal_year=grade.fiscal_year)
            yield trust.told(_graded(row, grade), (grade,), name)
    for score in rows_of(tables, Score):
        if not _is_reprint(tree, score.measure_id):
            row = _of_measure(document, tree, score.measure_id)
            yield trust.told(replace(row, fiscal_year=score.fiscal_year, score=_share(score)), (score,), name)


def _by_indicator(
    observations: Iterable[Observation],
) -> dict[str, dict[int | None, dict[ObservationRole, Observation]]]:
    """The observations by indicator, year and role.

    Several of one role that are of no printed year, and differ, are of years that only their place tells: none of them
    stands for the role, or the actual of one year would stand beside the target of another.
    """
    found: dict[str, dict[int | None, dict[ObservationRole, Observation]]] = {}
    open_years: set[tuple[str, ObservationRole]] = set()
    for seen in observations:
        first = found.setdefault(seen.indicator_id, {}).setdefault(seen.fiscal_year, {}).setdefault(seen.role, seen)
        undated = seen.fiscal_year is None and seen.deadline_fy is None and first.deadline_fy is None
        if undated and (first.value, first.value_text) != (seen.value, seen.value_text):
            open_years.add((seen.indicator_id, seen.role))
    for indicator_id, role in open_years:
        del found[indicator_id][None][role]
    return found


def _in_order(seen: Mapping[ObservationRole, Observation]) -> tuple[Observation, ...]:
    """The observations of one indicator and year, the actual first, then the target."""
    order: tuple[ObservationRole, ...] = ("actual", "target", "forecast", "baseline", "difference")
    return tuple(seen[role] for role in order if role in seen)


def _said_once(grades: Iterable[Grade]) -> Iterator[Grade]:
    said: set[tuple[str | int | None, ...]] = set()
    for grade in grades:
        key = (
            grade.measure_id, grade.indicator_id, grade.fiscal_year, grade.grade_scheme_id, grade.subject,
            grade.grade_text,
        )  # fmt: skip
        if key not in said:
            said.add(key)
            yield grade


def _is_reprint(tree: Tree, measure_id: str | None) -> bool:
    return any(node.reprint_of_measure_id for node in tree.chain(measure_id))


def _of_measure(document: DocumentRow, tree: Tree, measure_id: str | None) -> Result:
    """A row with what is said of the document and the measure alone; an action has its measure's name."""
    chain = list(tree.chain(measure_id))
    node = chain[0] if chain else None
    is_action = node is not None and node.measure_level == "action"
    named = next((step for step in chain if step.measure_name), None) if is_action else node
    policy = chain[-1] if chain and chain[-1].measure_level == "policy" else None
    parent = tree.nodes.get((named.parent_measure_id if named else None) or "")
    return Result(
        document_id=document.document_id,
        municipality_code=document.municipality_code,
        municipality_name=document.municipality_name,
        plan_name=document.plan_name,
        plan_phase=node.plan_phase if node else None,
        policy_name=policy.measure_name if policy else None,
        measure_id=measure_id,
        measure_level=node.measure_level if node else None,
        measure_code=node.measure_code if node else None,
        measure_name=named.measure_name if named else None,
        parent_name=parent.measure_name if parent else None,
    )


def _of_indicator(document: DocumentRow, tree: Tree, indicator: Indicator) -> Result:
    return replace(
        _of_measure(document, tree, indicator.measure_id),
        indicator_id=indicator.indicator_id,
        indicator_name=indicator.indicator_name,
        indicator_text=indicator.indicator_text,
        unit=indicator.unit,
    )


def _of_year(
    row: Result, indicator: Indicator, year: int | None, seen: Mapping[ObservationRole, Observation]
) -> Result:
    """An indicator's row with what is observed of one year."""
    target, actual, baseline, forecast = (seen.get(role) for role in ("target", "actual", "baseline", "forecast"))
    first = next(iter(_in_order(seen)), None)
    return replace(
        row,
        fiscal_year=year,
        baseline_value=baseline.value if baseline else None,
        target_value=target.value if target else None,
        target_text=target.value_text if target else None,
        target_comparator=target.comparator if target else None,
        target_frequency=target.frequency if target else None,
        target_deadline_fy=target.deadline_fy if target else None,
        actual_value=actual.value if actual else None,
        achievement_ratio=None if indicator.better == "down" else _ratio(target, actual.value if actual else None),
        forecast_value=forecast.value if forecast else None,
        observation_id=first.observation_id if first and first in (actual, target) else None,
        reading=first.reading if first else None,
        confirmed_by=first.confirmed_by if first else None,
    )


def _graded(row: Result, grade: Grade) -> Result:
    """A row with its grade, which says how the row was read where no number does."""
    is_first = row.reading is None
    return replace(
        row,
        grade_scheme_id=grade.grade_scheme_id,
        grade=grade.grade,
        grade_text=grade.grade_text,
        score=_scheme_score(grade),
        subject=grade.subject,
        reading=grade.reading if is_first else row.reading,
        confirmed_by=grade.confirmed_by if is_first else row.confirmed_by,
    )


def _ratio(target: Observation | None, actual: float | None) -> float | None:
    """Actual over target; null where less is better, where the target is no amount, or is nought."""
    if target is None or actual is None or not target.value or target.comparator not in ("=", ">=", ">", "~"):
        return None
    return actual / target.value


def _share(score: Score) -> float | None:
    return score.score / score.score_max if score.score_max else None


def _scheme_score(grade: Grade) -> float | None:
    wanted = (grade.grade_scheme_id, grade.grade)
    return next((row.score for row in scheme_rows() if (row.grade_scheme_id, row.grade) == wanted), None)
