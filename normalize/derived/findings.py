"""Findings: what the reading remarked and what the self-checks say of the records, as rows of the contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from normalize.checks import ALL_CHECKS
from normalize.statements.statement import Remark
from schemas.declare import declaration_of
from schemas.records import Finding, Provenance, Record, record_id
from schemas.rows import Tables, rows_of

_Said = tuple[str, str, str]


def remark_to_finding(remark: Remark, document_id: str, page: int | None) -> Finding:
    """A remark as a row, without a number yet."""
    return Finding(
        finding_id="",
        document_id=document_id,
        rule=remark.rule,
        severity=remark.severity,
        table_name=declaration_of(remark.record).name if remark.record else None,
        record_id=record_id(remark.record) if remark.record else None,
        field_name=remark.field_name,
        page=page,
        message=remark.message.en,
        expected=remark.expected,
        observed=remark.observed,
        message_ja=remark.message.ja,
    )


def check_findings(tables: Tables, document_id: str) -> Iterator[Finding]:
    """What the self-checks say of the records of one document, each at the page of its record."""
    pages = record_pages(rows_of(tables, Provenance))
    for check in ALL_CHECKS:
        for remark in check(tables):
            yield remark_to_finding(remark, document_id, pages.get(_key(remark.record)) if remark.record else None)


def record_pages(provenance: Iterable[Provenance]) -> Mapping[tuple[str, str], int]:
    """The first page of each record, by table name and record id."""
    pages: dict[tuple[str, str], int] = {}
    for row in provenance:
        pages.setdefault((row.table_name, row.record_id), row.page)
    return pages


def findings_again(findings: Iterable[Finding], before: Iterable[Finding], now: Iterable[Finding]) -> Iterator[Finding]:
    """Findings after records have changed: without what the checks said before and say no more, with what is new.

    `before` and `now` are what the checks say of the records as they were and as they are.
    """
    now = tuple(now)
    said_before, said_now = Counter(map(_said, before)), Counter(map(_said, now))
    gone, new = said_before - said_now, said_now - said_before
    for finding in findings:
        if gone[_said(finding)]:
            gone[_said(finding)] -= 1
        else:
            yield finding
    for finding in now:
        if new[_said(finding)]:
            new[_said(finding)] -= 1
            yield finding


def numbered_findings(document_id: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of a document with their ids, in order."""
    return tuple(
        replace(finding, finding_id=f"{document_id}-f{number}") for number, finding in enumerate(findings, start=1)
    )


def _said(finding: Finding) -> _Said:
    return (finding.rule, finding.severity, finding.message)


def _key(record: Record) -> tuple[str, str]:
    return declaration_of(record).name, record_id(record)
