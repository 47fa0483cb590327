"""impossible-year: a year that no document could mean, as 令和29年度."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.checks.impossible_years import ImpossibleYear, horizon_of, impossible_years
from normalize.statements.statement import Remark
from schemas.messages import say
from schemas.records import TABLES, Block, Passage, Provenance, Record, record_id
from schemas.rows import Tables, rows_of


def years_impossible(records: Tables) -> Iterator[Remark]:
    """One remark per occurrence in a passage, or else in a cell or line that something was read from."""
    passages, blocks = rows_of(records, Passage), rows_of(records, Block)
    read = [block for block in blocks if block.role in ("value", "label")]
    horizon = horizon_of([passage.text_raw for passage in passages] + [block.text for block in read])
    for passage in passages:
        for found in impossible_years(passage.text_raw, horizon):
            yield _remark(found, passage, "text_raw")
    sources: dict[str, list[Provenance]] = {}
    for row in rows_of(records, Provenance):
        sources.setdefault(row.block_id, []).append(row)
    for block in read:
        of_block = sources.get(block.block_id, [])
        if any(row.table_name == "passages" and row.field_name == "text_raw" for row in of_block):
            continue
        for found in impossible_years(block.text, horizon):
            record, field_name = _record(records, of_block[0]) if of_block else (block, "text")
            yield _remark(found, record, field_name)


def _remark(found: ImpossibleYear, record: Record | None, field_name: str) -> Remark:
    printed = found.mention.text
    said = say("{text} cannot be meant", text=printed)
    if found.suggestion:
        said = say("{said}; perhaps {other} was meant", said=said, other=found.suggestion)
    return Remark(
        "impossible-year", "error",
        said,
        record=record, field_name=field_name, expected=found.suggestion, observed=printed,
    )  # fmt: skip


def _record(records: Tables, source: Provenance) -> tuple[Record | None, str]:
    known = {declaration.name for declaration in TABLES}
    table = records.get(source.table_name, ()) if source.table_name in known else ()
    return next((row for row in table if record_id(row) == source.record_id), None), source.field_name
