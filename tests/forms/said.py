"""What a reader said of a document: its records, with names in place of ids, and which of them findings name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from schemas.declare import declaration_of
from schemas.records import (
    Block,
    DocumentRow,
    Finding,
    Grade,
    Indicator,
    Measure,
    MeasureOrg,
    Observation,
    Passage,
    Provenance,
    record_id,
)
from schemas.rows import Tables
from tests.forms.comparing import fold

_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Said:
    """A record with what it says in words: the node it hangs on, its name, the texts of its evidence."""

    table: str
    identity: str
    node: str
    name: str
    row: object
    parents: tuple[str, ...] = ()
    unit: str = ""
    judged: str = ""
    texts: tuple[str, ...] = ()
    is_named: bool = False


def said(records: Tables) -> Iterator[Said]:
    """The records that are judged, with names in place of ids."""
    measures = {row.measure_id: row for row in rows(records, Measure)}
    indicators = {row.indicator_id: row for row in rows(records, Indicator)}
    evidence = _Evidence(records)

    def node(measure_id: str | None) -> str:
        found = measures.get(measure_id or "")
        return (found.measure_name or "") if found else ""

    def parents(row: Measure) -> tuple[str, ...]:
        names: list[str] = []
        above = measures.get(row.parent_measure_id or "")
        while above is not None and len(names) < 20:
            names.append(above.measure_name or "")
            above = measures.get(above.parent_measure_id or "")
        return tuple(filter(None, names))

    def name_of(indicator_id: str | None) -> str:
        found = indicators.get(indicator_id or "")
        return (found.indicator_name or found.indicator_text) if found else ""

    for document in rows(records, DocumentRow):
        for column in ("municipality_code", "fiscal_year"):
            value = getattr(document, column)
            if value is not None:
                yield Said("documents", document.document_id, "", column, value)
    for measure in rows(records, Measure):
        if measure.measure_name:
            yield evidence.of("measures", measure, "", measure.measure_name, parents=parents(measure))
    for org in rows(records, MeasureOrg):
        yield evidence.of("measure_orgs", org, node(org.measure_id), org.org_name)
    for row in indicators.values():
        yield evidence.of("indicators", row, node(row.measure_id), name_of(row.indicator_id), unit=row.unit or "")
    for seen in rows(records, Observation):
        of = indicators[seen.indicator_id]
        yield evidence.of(
            "observations", seen, node(of.measure_id), name_of(seen.indicator_id), unit=seen.unit or of.unit or ""
        )
    for grade in rows(records, Grade):
        own = indicators.get(grade.indicator_id or "")
        yield evidence.of(
            "grades", grade, node(grade.measure_id or (own.measure_id if own else None)), grade.subject or "",
            judged=name_of(grade.indicator_id),
        )  # fmt: skip
    for passage in rows(records, Passage):
        yield evidence.of("passages", passage, node(passage.measure_id), passage.text)


def rows(records: Tables, kind: type[_R]) -> list[_R]:
    return [row for row in records[declaration_of(kind).name] if isinstance(row, kind)]


class _Evidence:
    """The blocks that records come from, and which of either a specific finding names."""

    def __init__(self, records: Tables) -> None:
        blocks = {block.block_id: block for block in rows(records, Block)}
        self.texts: dict[tuple[str, str], list[str]] = {}
        self.blocks: dict[tuple[str, str], set[str]] = {}
        fields: dict[tuple[str, str, str], set[str]] = {}
        for row in rows(records, Provenance):
            ref = (row.table_name, row.record_id)
            self.blocks.setdefault(ref, set()).add(row.block_id)
            fields.setdefault((*ref, row.field_name), set()).add(row.block_id)
            if row.block_id in blocks:
                self.texts.setdefault(ref, []).append(blocks[row.block_id].text)
        self.named: set[tuple[str, str]] = set()
        self.named_blocks: set[str] = set()
        for finding in rows(records, Finding):
            if finding.severity == "note" or finding.rule == "layout-unknown":
                continue
            if finding.record_id:
                ref = (finding.table_name or "", finding.record_id)
                self.named.add(ref)
                self.named_blocks |= fields.get((*ref, finding.field_name or ""), set())
            elif finding.observed:
                self.named_blocks |= {
                    key
                    for key, block in blocks.items()
                    if finding.page in (None, block.page) and fold(block.text) == fold(finding.observed)
                }

    def of(
        self, table: str, row: object, node: str, name: str, *, parents: tuple[str, ...] = (), unit: str = "",
        judged: str = "",
    ) -> Said:  # fmt: skip
        identity = record_id(row)  # type: ignore[arg-type]
        ref = (table, identity)
        is_named = ref in self.named or bool(self.blocks.get(ref, set()) & self.named_blocks)
        return Said(table, identity, node, name, row, parents, unit, judged, tuple(self.texts.get(ref, ())), is_named)
