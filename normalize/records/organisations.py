"""Organisations of a measure: one printed cell → one record per body."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.document.text_span import Excerpt
from normalize.records.passages import syntax
from normalize.statements.numbering import UNNUMBERED
from normalize.statements.statement import Statement, entry
from normalize.text.organisations import split_organisations
from schemas.closed_sets import OrgRole
from schemas.records import MeasureOrg


def orgs_to_statements(
    cell: Excerpt, measure_id: str, role: OrgRole, *, middle_dot: bool = False
) -> Iterator[Statement]:
    """The bodies that a cell names; `—` means none. `middle_dot` says whether ・ separates bodies in such a cell."""
    parts = []
    for name, start, end in split_organisations(cell.text, middle_dot=middle_dot):
        part = cell.slice(start, end)
        parts.append(part)
        record = MeasureOrg(
            measure_id=measure_id,
            role=role,
            org_name=name,
            org_name_text=part.printed,
            position=UNNUMBERED,
        )
        yield entry(record, org_name=part, org_name_text=part)
    yield from syntax(cell, parts)
