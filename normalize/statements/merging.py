"""The statements of a document put together: numbered, and each record said once."""

from __future__ import annotations

from collections.abc import Iterable

from normalize.statements.numbering import numbered
from normalize.statements.statement import Entry, Evidence, Statement
from schemas.declare import declaration_of
from schemas.records import Record, record_id


def merged(document_id: str, statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements, numbered; equal records said once, with all their evidence, at the place of the first.

    Raises ValueError when two different records have one id: a defect of the layout's reader.
    """
    entries: dict[tuple[str, str], tuple[Record, dict[Evidence, None]]] = {}
    order: list[Statement | tuple[str, str]] = []
    for statement in numbered(document_id, statements):
        if not isinstance(statement, Entry):
            order.append(statement)
            continue
        key = (declaration_of(statement.record).name, record_id(statement.record))
        if key not in entries:
            order.append(key)
        record, evidence = entries.setdefault(key, (statement.record, {}))
        if record != statement.record:
            raise ValueError(f"two different records of {key[0]} have the id {key[1]}")
        evidence |= dict.fromkeys(statement.evidence)
    return tuple(
        Entry(entries[part][0], tuple(entries[part][1])) if isinstance(part, tuple) else part for part in order
    )
