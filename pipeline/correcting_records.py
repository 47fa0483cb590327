"""Whole records that a person removed or added: before the fields of the others are corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import cast

from normalize import scheme_rows
from pipeline.amounts import in_unit_of_tables
from pipeline.correction import Correction, column_of, text_to_value
from schemas.closed_sets import (
    IndicatorMeasure,
    Level,
    ObservationRole,
    OrgRole,
    Section,
)
from schemas.declare import Text, Value, declaration_of
from schemas.messages import say
from schemas.records import (
    Block,
    DocumentRow,
    Finding,
    Grade,
    Indicator,
    Measure,
    MeasureLink,
    MeasureOrg,
    Observation,
    Passage,
    Provenance,
    Record,
    record_id,
)
from schemas.rows import Tables, rows_of

_OWNERS_FIRST = ("measures", "indicators")

_GENERAL = "general"
"""The scheme of a grade that no scheme of the document knows."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A correction that does not hold: why, and what is printed now (None where the record is gone)."""

    correction: Correction
    reason: Text
    printed: str | None = None


def is_same_print(printed: str, seen: str) -> bool:
    """Whether two prints are one but for white space."""
    return "".join(printed.split()) == "".join(seen.split())


def without_removed(
    tables: Tables, removals: Iterable[Correction], prints: Mapping[tuple[str, str], str]
) -> tuple[Tables, tuple[Refusal, ...]]:
    """The tables without the records that were removed, what hangs on them and where they were read from.

    `prints` has the print of each record now, by table and id.
    """
    gone: set[tuple[str, str]] = set()
    refused = []
    for one in removals:
        printed = prints.get((one.table, one.record))
        if printed is None:
            refused.append(Refusal(one, say("its record is not read any more")))
        elif not is_same_print(printed, one.printed):
            refused.append(Refusal(one, say("the printed text has changed since the correction was made"), printed))
        else:
            gone.add((one.table, one.record))
    if not gone:
        return tables, tuple(refused)
    gone.update(tuple(_hanging_on(tables, gone)))
    kept: dict[str, Sequence[Record]] = {
        name: tuple(row for row in rows if (name, record_id(row)) not in gone) for name, rows in tables.items()
    }
    kept["measures"] = _without_links(
        rows_of(tables, Measure), {record for table, record in gone if table == "measures"}
    )
    kept["measure_links"] = tuple(
        replace(row, target_measure_id=None) if ("measures", row.target_measure_id) in gone else row
        for row in kept.get("measure_links", ())
        if isinstance(row, MeasureLink)
    )
    kept["provenance"] = tuple(
        row for row in rows_of(tables, Provenance) if (row.table_name, row.record_id) not in gone
    )
    kept["findings"] = tuple(
        row for row in rows_of(tables, Finding) if (row.table_name or "", row.record_id or "") not in gone
    )
    return kept, tuple(refused)


def _hanging_on(tables: Tables, gone: Set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The records whose measure or indicator is among the removed ones, with those that hang on these in turn."""
    measures = {record for table, record in gone if table == "measures"}
    indicators = {record for table, record in gone if table == "indicators"}
    indicators |= {row.indicator_id for row in rows_of(tables, Indicator) if row.measure_id in measures}
    for name, rows in tables.items():
        for row in rows:
            owners = getattr(row, "measure_id", None), getattr(row, "indicator_id", None)
            if owners[0] in measures or owners[1] in indicators:
                yield name, record_id(row)


def _without_links(measures: Sequence[Measure], gone: Set[str]) -> tuple[Measure, ...]:
    """The measures that stay; those under a removed one hang on the one above it, and none is a reprint of it."""
    above = {row.measure_id: row.parent_measure_id for row in measures}

    def parent_of(row: Measure) -> str | None:
        parent = row.parent_measure_id
        while parent is not None and parent in gone:
            parent = above[parent]
        return parent

    return tuple(
        replace(
            row,
            parent_measure_id=parent_of(row),
            reprint_of_measure_id=None if row.reprint_of_measure_id in gone else row.reprint_of_measure_id,
        )
        for row in measures
        if row.measure_id not in gone
    )


def with_added(tables: Tables, additions: Iterable[Correction]) -> tuple[Tables, tuple[Refusal, ...]]:
    """The tables with the records that were added, each pointing at the block that prints it."""
    rows = dict(tables)
    refused: list[Refusal] = []
    counts: Counter[tuple[str, str]] = Counter()
    for one in sorted(additions, key=_rank_of):
        block = next((row for row in rows_of(rows, Block) if row.block_id == one.block), None)
        if block is None:
            refused.append(Refusal(one, say("its record is not read any more")))
            continue
        if not is_same_print(block.text, one.printed):
            refused.append(Refusal(one, say("the printed text has changed since the correction was made"), block.text))
            continue
        counts[one.table, block.block_id] += 1
        made = _made(rows, one, block, _numbered(block, counts[one.table, block.block_id]))
        if isinstance(made, Text):
            refused.append(Refusal(one, made, block.text))
            continue
        rows[one.table] = (*rows.get(one.table, ()), made)
        rows["provenance"] = (*rows["provenance"], *_pointers(made, one, block))
        shown = replace(block, role="value")
        rows["blocks"] = tuple(shown if row is block else row for row in rows["blocks"])
        rows["findings"] = tuple(row for row in rows_of(rows, Finding) if not _is_answered(row, block))
    return rows, tuple(refused)


def _is_answered(finding: Finding, block: Block) -> bool:
    """Whether a finding only said that nothing was read of what now gives a record."""
    return finding.rule == "unclaimed-text" and is_same_print(finding.observed or "", block.text)


def _rank_of(addition: Correction) -> int:
    """Measures come before indicators, and these before their numbers: what is added may hang on what is added."""
    return _OWNERS_FIRST.index(addition.table) if addition.table in _OWNERS_FIRST else len(_OWNERS_FIRST)


def _numbered(block: Block, count: int) -> str:
    """What tells the record that a block prints from others that were added: the same, whatever else is added."""
    own = block.block_id.removeprefix(f"{block.document_id}-")
    return own if count == 1 else f"{own}.{count}"


def _made(rows: Tables, one: Correction, block: Block, tail: str) -> Record | Text:
    """The record that a correction adds, or why it cannot be. `tail` ends its id."""
    (document,) = rows_of(rows, DocumentRow)
    values = dict(one.values)
    if one.table == "observations":
        values["value"], values["unit"] = in_unit_of_tables(values.get("value", ""), values.get("unit", ""))
    value = {name: text_to_value(text, column_of(one.table, name)) for name, text in values.items()}
    owners: Sequence[Record] = rows_of(rows, Indicator) if one.table == "observations" else rows_of(rows, Measure)
    if one.table == "measures":
        owners = (document, *owners)
    if one.record not in {record_id(owner) for owner in owners}:
        return say("what it hangs on is not read any more")
    printed = " ".join(block.text.split())
    made = _record(rows, one, document, value, printed, tail)
    if record_id(made) in {record_id(row) for row in rows.get(one.table, ())}:
        return say("the same record exists already; nothing was added")
    return made


def _record(
    rows: Tables, one: Correction, document: DocumentRow, value: Mapping[str, Value], printed: str, tail: str
) -> Record:
    year = cast("int | None", value.get("fiscal_year"))
    match one.table:
        case "passages":
            section = cast("Section", value["section"])
            own = [row for row in rows_of(rows, Passage) if (row.measure_id, row.section) == (one.record, section)]
            return Passage(
                passage_id=f"{one.record}-{section}-{tail}", document_id=document.document_id,
                measure_id=one.record, section=section, item=1 + max((row.item for row in own), default=0),
                fiscal_year=year, text=str(value.get("text") or printed), text_raw=printed,
            )  # fmt: skip
        case "observations":
            role = cast("ObservationRole", value["role"])
            return Observation(
                observation_id=f"{one.record}-{role}-{year or tail}", indicator_id=one.record,
                fiscal_year=year, role=role, value=cast("float", value["value"]), value_text=printed,
                unit=cast("str | None", value.get("unit")), comparator="=", reading="corrected",
            )  # fmt: skip
        case "grades":
            grade = str(value["grade"])
            known = {(row.grade_scheme_id, row.grade) for row in scheme_rows()}
            used = [row.grade_scheme_id for row in rows_of(rows, Grade)]
            return Grade(
                grade_id=f"{document.document_id}-g-{tail}", document_id=document.document_id,
                measure_id=one.record, fiscal_year=year, grade=grade, grade_text=printed,
                grade_scheme_id=next((scheme for scheme in used if (scheme, grade) in known), _GENERAL),
                subject=cast("str | None", value.get("subject")), reading="corrected",
            )  # fmt: skip
        case "measure_orgs":
            role_of = cast("OrgRole", value["role"])
            bodies = [row for row in rows_of(rows, MeasureOrg) if (row.measure_id, row.role) == (one.record, role_of)]
            return MeasureOrg(
                measure_id=one.record, role=role_of, org_name=str(value["org_name"]), org_name_text=printed,
                position=1 + max((row.position for row in bodies), default=0),
            )  # fmt: skip
        case "measures":
            return Measure(
                measure_id=f"{document.document_id}-m-{tail}", document_id=document.document_id,
                parent_measure_id=None if one.record == document.document_id else one.record,
                measure_level=cast("Level", value["measure_level"]), measure_name=str(value["measure_name"]),
                measure_code=cast("str | None", value.get("measure_code")), measure_name_text=printed,
                position=1 + max((row.position for row in rows_of(rows, Measure)), default=0),
            )  # fmt: skip
        case _:
            named = [row for row in rows_of(rows, Indicator) if row.measure_id == one.record]
            return Indicator(
                indicator_id=f"{one.record}-i-{tail}", measure_id=one.record, indicator_text=printed,
                indicator_name=str(value["indicator_name"]),
                indicator_measure=cast("IndicatorMeasure", value["indicator_measure"]),
                position=1 + max((row.position for row in named), default=0),
            )  # fmt: skip


def _pointers(made: Record, one: Correction, block: Block) -> Iterator[Provenance]:
    """Each field that was said, and its print, points at the block, and says who added it and why."""
    said = one.reason.strip() + (f" ({one.reviewer.strip()})" if one.reviewer.strip() else "")
    verbatim = [
        column.name for column in declaration_of(made).columns
        if column.name.endswith(("_text", "_raw")) and getattr(made, column.name) is not None
    ]  # fmt: skip
    for name in dict.fromkeys((*(name for name, text in one.values if text), *verbatim)):
        yield Provenance(
            table_name=one.table, record_id=record_id(made), field_name=name, block_id=block.block_id,
            document_id=block.document_id, page=block.page, method="corrected", note=f"added: {said}",
        )  # fmt: skip
