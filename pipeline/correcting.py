"""Corrections applied to the tables of one document: the last step of a conversion, with everything that follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from normalize.checks import ALL_CHECKS
from normalize.derived.results import results
from normalize.derived.terms import terms
from normalize.grades.schemes import recompute_grade
from normalize.language.tokens import tokenize
from normalize.statements.statement import Remark
from pipeline.corrections import Correction, column_of, text_to_value
from pipeline.printed import twin_column, value_to_text
from schemas.declare import declaration_of
from schemas.records import (
    Block,
    DocumentRow,
    Finding,
    Grade,
    Indicator,
    Measure,
    Observation,
    Passage,
    Provenance,
    Record,
    Score,
    record_id,
)
from schemas.validate import Tables

_R = TypeVar("_R")
_Key = tuple[str, str]
_Said = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Stale:
    """A correction that does not hold: why, and what is printed now (None where the record is gone)."""

    correction: Correction
    reason: str
    printed: str | None = None


def corrected(tables: Tables, corrections: Iterable[Correction]) -> Tables:
    """The tables of one document with its corrections applied, and what is derived from the records derived anew.

    The provenance of a field that was accepted or corrected says so. A correction whose record is gone, whose print is
    another now, or that accepted another value is not applied; a ``correction-stale`` finding says so.
    """
    (document,) = _of(tables, DocumentRow)
    own = tuple(corrections_of(document, corrections))
    if not own:
        return tables
    applied, stale = _judged(tables, own)
    said_before = _remarks(tables)
    rows = _derived(_replaced(tables, applied), {key for key, _ in applied.items()})
    rows["provenance"] = tuple(_provenance(rows, tables, applied))
    rows["findings"] = _findings(rows, document.document_id, said_before, stale)
    return rows


def corrections_of(document: DocumentRow, corrections: Iterable[Correction]) -> Iterator[Correction]:
    """The corrections of a document: made on these very bytes, or on an earlier file of the same name.

    Ids are made of the document's id, so those of an earlier file are told in the ids of this one; whether the print is
    the same is looked at later. What was made on these bytes wins.
    """
    every = tuple(corrections)
    exact = {c.key: c for c in every if c.document_id == document.document_id}
    for c in every:
        if c.document_id and c.document_id != document.document_id and c.source_name == document.source_name:
            moved = replace(
                c, document_id=document.document_id, record=c.record.replace(c.document_id, document.document_id)
            )
            exact.setdefault(moved.key, moved)
    yield from exact.values()


def print_of(tables: Tables, table: str, record: str, field: str) -> str | None:
    """The print that a field was read from: its verbatim column, else the text of its blocks, else of its record's.

    None where there is no such record.
    """
    found = next((row for row in tables.get(table, ()) if record_id(row) == record), None)
    if found is None:
        return None
    twin = twin_column(declaration_of(found), field)
    if twin and (printed := getattr(found, twin)) is not None:
        return str(printed)
    pointers = [
        row for row in tables["provenance"]
        if isinstance(row, Provenance) and (row.table_name, row.record_id) == (table, record)
    ]  # fmt: skip
    own = [row for row in pointers if row.field_name == field] or pointers
    wanted = dict.fromkeys(row.block_id for row in own)
    texts = {row.block_id: row.text for row in tables["blocks"] if isinstance(row, Block) and row.block_id in wanted}
    return "\n".join(texts[block] for block in wanted if block in texts)


def _of(rows: Tables, kind: type[_R]) -> tuple[_R, ...]:
    return tuple(row for row in rows.get(declaration_of(kind).name, ()) if isinstance(row, kind))


def _judged(
    rows: Tables, corrections: Sequence[Correction]
) -> tuple[dict[tuple[str, str, str], Correction], list[_Stale]]:
    """The corrections that hold, by field, and the stale ones."""
    records = {(name, record_id(row)): row for name, group in rows.items() for row in group}
    applied = {}
    stale = []
    for correction in corrections:
        record = records.get((correction.table, correction.record))
        if record is None:
            stale.append(_Stale(correction, "its record is not read any more"))
            continue
        printed = print_of(rows, correction.table, correction.record, correction.field) or ""
        value = value_to_text(getattr(record, correction.field))
        if "".join(printed.split()) != "".join(correction.printed.split()):
            stale.append(_Stale(correction, "the print has changed since it was made", printed))
        elif correction.decision == "accept" and correction.value and correction.value != value:
            reason = f"it accepted {correction.value}, but now {value or 'nothing'} is read"
            stale.append(_Stale(correction, reason, printed))
        else:
            applied[correction.key] = correction
    return applied, stale


def _replaced(rows: Tables, applied: Mapping[tuple[str, str, str], Correction]) -> dict[str, Sequence[Record]]:
    changes: dict[_Key, list[Correction]] = {}
    for correction in applied.values():
        if correction.decision == "correct":
            changes.setdefault((correction.table, correction.record), []).append(correction)
    touched = {table for table, _ in changes}
    return {
        name: tuple(_changed(row, changes.get((name, record_id(row)), ())) for row in group)
        if name in touched
        else group
        for name, group in rows.items()
    }


def _changed(record: Record, corrections: Iterable[Correction]) -> Record:
    fields = {c.field: text_to_value(c.value, column_of(c.table, c.field)) for c in corrections}
    if not fields:
        return record
    changed: Record = replace(record, **fields)  # type: ignore[arg-type]  # each value is of its column's type
    if isinstance(changed, Observation) and "value" in fields and "comparator" not in fields:
        # The contract: no comparator without a value, and `=` where none is printed.
        changed = replace(changed, comparator=None if changed.value is None else changed.comparator or "=")
    return changed


def _derived(rows: dict[str, Sequence[Record]], touched: set[tuple[str, str, str]]) -> dict[str, Sequence[Record]]:
    """What follows from the records: grades recomputed, tokens, terms, results."""
    (document,) = _of(rows, DocumentRow)
    indicators = {
        row.indicator_id for row in _of(rows, Observation) if ("observations", row.observation_id, "value") in touched
    }
    rows["grades"] = tuple(_regraded(grade, _of(rows, Observation), indicators) for grade in _of(rows, Grade))
    if any((table, field) == ("passages", "text") for table, _, field in touched):
        passages = _of(rows, Passage)
        tokens = tokenize((passage.passage_id, passage.text) for passage in passages)
        rows["tokens"] = tokens
        rows["terms"] = terms(_of(rows, Measure), passages, tokens)
    rows["results"] = tuple(
        results(
            document, _of(rows, Measure), _of(rows, Indicator), _of(rows, Observation), _of(rows, Grade),
            _of(rows, Score),
        )
    )  # fmt: skip
    return rows


def _regraded(grade: Grade, observations: Iterable[Observation], touched: set[str]) -> Grade:
    """A grade recomputed where its indicator's numbers were corrected; by the scheme, whose limits are known here."""
    if grade.grade_recomputed is None or grade.indicator_id not in touched:
        return grade
    values = {
        seen.role: seen.value
        for seen in observations
        if (seen.indicator_id, seen.fiscal_year) == (grade.indicator_id, grade.fiscal_year)
    }
    target, actual = values.get("target"), values.get("actual")
    if target is None or actual is None:
        return replace(grade, grade_recomputed=None)
    again = recompute_grade(Decimal(repr(target)), Decimal(repr(actual)), grade.grade_scheme_id)
    return replace(grade, grade_recomputed=again)


def _provenance(rows: Tables, before: Tables, applied: Mapping[tuple[str, str, str], Correction]) -> Iterator[Record]:
    """The provenance, with method and note on decided fields; one that had no place of its own gets its record's."""
    was = {(name, record_id(row)): row for name in {key[0] for key in applied} for row in before.get(name, ())}
    places: dict[_Key, dict[str, Provenance]] = {}
    met = set()
    for row in _of(rows, Provenance):
        key = (row.table_name, row.record_id, row.field_name)
        places.setdefault(key[:2], {}).setdefault(row.block_id, row)
        if correction := applied.get(key):
            met.add(key)
            yield _marked(row, correction, was[key[:2]])
        else:
            yield row
    for key, correction in applied.items():
        if key not in met:
            for row in places.get(key[:2], {}).values():
                yield _marked(replace(row, field_name=key[2]), correction, was[key[:2]])


def _marked(row: Provenance, correction: Correction, before: Record) -> Provenance:
    read = value_to_text(getattr(before, correction.field))
    said = correction.reason.strip() + (f" ({correction.reviewer.strip()})" if correction.reviewer.strip() else "")
    if correction.decision == "accept":
        return replace(row, method="accepted", note=said.strip() or None)
    return replace(row, method="corrected", note=f"read as {read or 'nothing'}: {said.strip()}")


def _remarks(rows: Tables) -> Counter[_Said]:
    return Counter(_said(remark) for check in ALL_CHECKS for remark in check(rows))


def _said(remark: Remark | Finding) -> _Said:
    return (remark.rule, remark.severity, remark.message)


def _findings(
    rows: Tables,
    document_id: str,
    said_before: Counter[_Said],
    stale: Iterable[_Stale],
) -> tuple[Record, ...]:
    """The findings of the reading, those of the self-checks as they are now, and the corrections that do not hold."""
    now = [remark for check in ALL_CHECKS for remark in check(rows)]
    gone = said_before - Counter(map(_said, now))
    found: list[Finding] = []
    for finding in _of(rows, Finding):
        key = _said(finding)
        if gone[key]:
            gone[key] -= 1
        else:
            found.append(finding)
    new = Counter(map(_said, now)) - said_before
    pages = {(row.table_name, row.record_id): row.page for row in reversed(_of(rows, Provenance))}
    for remark in now:
        key = _said(remark)
        if new[key]:
            new[key] -= 1
            found.append(_remark_finding(remark, document_id, pages))
    records = {(name, record_id(row)) for name, group in rows.items() for row in group}
    for one in stale:
        correction = one.correction
        there = (correction.table, correction.record) in records
        found.append(
            Finding(
                finding_id="", document_id=document_id, rule="correction-stale", severity="warning",
                table_name=correction.table, record_id=correction.record if there else None,
                field_name=correction.field, page=pages.get((correction.table, correction.record)),
                message=f"the correction of {correction.table}.{correction.field} of {correction.record} was not "
                f"applied: {one.reason}. Look at the page, and make it anew or take it out of its file",
                expected=correction.printed or None, observed=one.printed or None,
            )
        )  # fmt: skip
    return tuple(
        replace(finding, finding_id=f"{document_id}-f{number}") for number, finding in enumerate(found, start=1)
    )


def _remark_finding(remark: Remark, document_id: str, pages: Mapping[_Key, int]) -> Finding:
    key = (declaration_of(remark.record).name, record_id(remark.record)) if remark.record else None
    return Finding(
        finding_id="", document_id=document_id, rule=remark.rule, severity=remark.severity,
        table_name=key[0] if key else None, record_id=key[1] if key else None, field_name=remark.field_name,
        page=pages.get(key) if key else None, message=remark.message, expected=remark.expected,
        observed=remark.observed,
    )  # fmt: skip
