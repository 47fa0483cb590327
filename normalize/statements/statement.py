"""What a layout's reader says about a document: records with their evidence, labels, furniture, findings.

Readers are generators of statements. They share no state: whoever runs them collects the statements, derives blocks,
provenance and coverage from them, and sees what nobody spoke of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from normalize.document.text_span import Excerpt
from schemas.closed_sets import Rule, Severity
from schemas.declare import Text
from schemas.light import light
from schemas.records import Record


@light
class Evidence:
    """A field of a record and a text it was read from. A field read from several texts has several."""

    field_name: str
    excerpt: Excerpt


@light
class Entry:
    """A record and the evidence for its fields."""

    record: Record
    evidence: tuple[Evidence, ...]


@light
class Label:
    """A known label, heading or legend: understood, but no value of a record."""

    excerpt: Excerpt


@light
class Furniture:
    """Page headers and footers, page numbers, repeated headers, decoration."""

    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding in the making: its id, page and record id are filled in by whoever collects it."""

    rule: Rule
    severity: Severity
    message: Text
    excerpt: Excerpt | None = None
    record: Record | None = None
    field_name: str | None = None
    expected: str | None = None
    observed: str | None = None


Statement = Entry | Label | Furniture | Remark


def entry(record: Record, **fields: Excerpt | tuple[Excerpt, ...] | list[Excerpt] | None) -> Entry:
    """An entry whose evidence is given by field name; None and empty excerpts are left out."""

    def evidence() -> Iterator[Evidence]:
        for name, source in fields.items():
            for excerpt in (source,) if isinstance(source, Excerpt) else source or ():
                if excerpt:
                    yield Evidence(name, excerpt)

    return Entry(record, tuple(evidence()))
