"""Corrections applied to the tables of one document: the last step of a conversion, with everything that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from normalize import (
    check_findings,
    derive,
    facts_again,
    findings_again,
    numbered_findings,
    recompute_grade,
    record_pages,
)
from pipeline.correcting_records import Refusal, is_same_print, with_added, without_removed
from pipeline.correction import Correction, column_of, text_to_value
from pipeline.printed import twin_column, value_to_text
from schemas.declare import declaration_of
from schemas.messages import say
from schemas.records import (
    Block,
    DocumentRow,
    Finding,
    Grade,
    Indicator,
    Observation,
    Provenance,
    Record,
    Token,
    record_id,
)
from schemas.rows import Tables, rows_of

_Key = tuple[str, str]


def corrected(tables: Tables, corrections: Iterable[Correction]) -> Tables:
    """The tables of one document with its corrections applied, and what is derived from the records derived anew.

    The provenance of a field that was accepted or corrected, and of a record that was added, says so. A correction
    whose record is gone, whose print is another now, or that accepted another value is not applied; a
    ``correction-stale`` finding says so.
    """
    (document,) = rows_of(tables, DocumentRow)
    own = tuple(corrections_of(document, corrections))
    if not own:
        return tables
    removals = [one for one in own if one.decision == "remove"]
    additions = [one for one in own if one.decision == "add"]
    prints = {(one.table, one.record): print_of(tables, one.table, one.record, "") for one in removals}
    left, refused = without_removed(tables, removals, {key: text for key, text in prints.items() if text is not None})
    whole, not_added = with_added(left, additions)
    gone = _records(tables) - _records(left)
    fields = [one for one in own if one.decision in ("accept", "correct") and (one.table, one.record) not in gone]
    applied, stale = _judged(whole, fields)
    rows = _regraded_where_touched(_replaced(whole, applied), applied)
    if any(rows[name] != tables[name] for name in ("indicators", "observations")):
        was = rows_of(tables, Indicator), rows_of(tables, Observation)
        rows["indicators"] = _kept_as_said(
            facts_again(was, (rows_of(rows, Indicator), rows_of(rows, Observation))), rows, applied
        )
    rows["provenance"] = tuple(_provenance(rows, whole, applied))
    rows["findings"] = _findings(
        rows, {**tables, "findings": whole["findings"]}, document.document_id, (*refused, *not_added, *stale)
    )
    same_texts = whole["passages"] == tables["passages"] and not any(
        (table, field) == ("passages", "text") for table, _, field in applied
    )
    return derive(rows, tokens=rows_of(tables, Token) if same_texts else None)


def _records(tables: Tables) -> set[_Key]:
    return {(name, record_id(row)) for name, rows in tables.items() for row in rows}


def _kept_as_said(
    again: Iterable[Indicator], rows: Tables, applied: Mapping[tuple[str, str, str], Correction]
) -> tuple[Indicator, ...]:
    """The indicators told anew, those fields aside that a person has accepted or corrected."""
    return tuple(
        replace(
            one,
            better=was.better if ("indicators", was.indicator_id, "better") in applied else one.better,
            cost_kind=was.cost_kind if ("indicators", was.indicator_id, "cost_kind") in applied else one.cost_kind,
        )
        for one, was in zip(again, rows_of(rows, Indicator), strict=True)
    )


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
                c,
                document_id=document.document_id,
                record=c.record.replace(c.document_id, document.document_id),
                block=c.block.replace(c.document_id, document.document_id),
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


def _judged(
    rows: Tables, corrections: Sequence[Correction]
) -> tuple[dict[tuple[str, str, str], Correction], list[Refusal]]:
    """The corrections that hold, by field, and the stale ones."""
    records = {(name, record_id(row)): row for name, group in rows.items() for row in group}
    applied = {}
    stale = []
    for correction in corrections:
        record = records.get((correction.table, correction.record))
        if record is None:
            stale.append(Refusal(correction, say("its record is not read any more")))
            continue
        printed = print_of(rows, correction.table, correction.record, correction.field) or ""
        value = value_to_text(getattr(record, correction.field))
        if not is_same_print(printed, correction.printed):
            stale.append(
                Refusal(correction, say("the printed text has changed since the correction was made"), printed)
            )
        elif correction.decision == "accept" and correction.value and correction.value != value:
            reason = say(
                "it accepted {value}, but now {other} is read", value=correction.value, other=value or say("nothing")
            )
            stale.append(Refusal(correction, reason, printed))
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
    return replace(changed, reading="corrected") if isinstance(changed, Observation | Grade) else changed


def _regraded_where_touched(
    rows: dict[str, Sequence[Record]], touched: Iterable[tuple[str, str, str]]
) -> dict[str, Sequence[Record]]:
    """The tables with the grades recomputed of which an observation was corrected."""
    values = {record for table, record, field in touched if (table, field) == ("observations", "value")}
    seen = rows_of(rows, Observation)
    indicators = {row.indicator_id for row in seen if row.observation_id in values}
    return {**rows, "grades": tuple(_regraded(grade, seen, indicators) for grade in rows_of(rows, Grade))}


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
    for row in rows_of(rows, Provenance):
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


def _findings(rows: Tables, before: Tables, document_id: str, stale: Iterable[Refusal]) -> tuple[Record, ...]:
    """The findings of the reading, those of the self-checks as they are now, and the corrections that do not hold."""
    found = findings_again(
        rows_of(before, Finding), check_findings(before, document_id), check_findings(rows, document_id)
    )
    pages = record_pages(rows_of(rows, Provenance))
    records = {(name, record_id(row)) for name, group in rows.items() for row in group}
    return numbered_findings(
        document_id, (*found, *(_stale_finding(one, document_id, records, pages) for one in stale))
    )


def _stale_finding(one: Refusal, document_id: str, records: Set[_Key], pages: Mapping[_Key, int]) -> Finding:
    correction = one.correction
    key = (correction.table, correction.record)
    message = say(
        "the correction of {field} of {record} was not applied: {why}. Look at the page, and make it anew or take it "
        "out of its file",
        field=f"{correction.table}.{correction.field}" if correction.field else correction.table,
        record=correction.record,
        why=one.reason,
    )
    return Finding(
        finding_id="",
        document_id=document_id,
        rule="correction-stale",
        severity="warning",
        table_name=correction.table,
        record_id=correction.record if key in records else None,
        field_name=correction.field or None,
        page=pages.get(key),
        message=message.en,
        expected=correction.printed or None,
        observed=one.printed or None,
        message_ja=message.ja,
    )
