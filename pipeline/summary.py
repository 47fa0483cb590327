"""What a run did, per document: the values that decide the exit status, and the table that a user reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.sources import Ignored
from schemas.closed_sets import Severity
from schemas.records import DocumentRow, Finding
from schemas.tables import Tables

_EVIDENCE = ("documents", "findings", "tokens", "terms", "blocks", "provenance")
_MOST_NAMES = 8
_MOST_ERRORS = 5
MOST_DOCUMENTS = 200
"""So many documents are listed one by one; of a larger run, only so many of those that are not well."""
_COLOURS = {"converted": "green", "partial": "yellow", "unrecognised": "red", "unreadable": "red"}


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document: its row, the number of rows it has in each table, how many findings it has of each severity, and
    the first of its errors."""

    row: DocumentRow
    rows: Mapping[str, int]
    severities: Mapping[str, int]
    errors: tuple[Finding, ...]

    @property
    def is_well(self) -> bool:
        """Whether all of it was converted, and no finding is an error."""
        return self.row.status == "converted" and not self.severities.get("error")


@dataclass(frozen=True, slots=True)
class Repeated:
    """A file with the same bytes as one that was read before, so that its records would be the same ones."""

    name: str
    first: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole run, and the files that gave nothing.

    `documents` stand in the order of their names: all of them, or of a run of more than `MOST_DOCUMENTS` the first that
    are not well. `statuses` counts those of all, `unwell` all that are not well.
    """

    documents: tuple[DocumentSummary, ...]
    statuses: Mapping[str, int]
    unwell: int
    ignored: tuple[Ignored, ...] = ()
    repeated: tuple[Repeated, ...] = ()

    @property
    def exit_status(self) -> int:
        """0 when every document was converted as a whole, without an error finding; else 1."""
        return int(self.unwell > 0)


def summarise_run(
    documents: Iterable[DocumentSummary], ignored: Iterable[Ignored] = (), repeated: Iterable[Repeated] = ()
) -> Summary:
    """The summary of documents that come one by one; a large run keeps no more of them than it lists."""
    first: list[DocumentSummary] = []
    unwell: list[DocumentSummary] = []
    statuses = Counter[str]()
    well = 0
    for document in documents:
        statuses[document.row.status] += 1
        well += document.is_well
        if len(first) <= MOST_DOCUMENTS:
            first.append(document)
        if not document.is_well and len(unwell) < MOST_DOCUMENTS:
            unwell.append(document)
    listed = first if len(first) <= MOST_DOCUMENTS else unwell
    return Summary(tuple(listed), statuses, statuses.total() - well, tuple(ignored), tuple(repeated))


def summarise(tables: Tables) -> DocumentSummary:
    """The summary of one document's tables."""
    (row,) = (row for row in tables["documents"] if isinstance(row, DocumentRow))
    findings = [finding for finding in tables["findings"] if isinstance(finding, Finding)]
    errors = [finding for finding in findings if finding.severity == "error"]
    return DocumentSummary(
        row,
        {name: len(rows) for name, rows in tables.items()},
        dict(Counter(finding.severity for finding in findings)),
        tuple(errors[:_MOST_ERRORS]),
    )


def print_summary(summary: Summary, console: Console) -> None:
    """Print the closing table, the errors in full words, and what was not read."""
    table = Table("Document", "Layout", "Status", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Coverage", justify="right")
    table.add_column("Records")
    table.add_column("Findings")
    for document in summary.documents:
        status = document.row.status
        table.add_row(
            escape(document.row.source_name),
            document.row.layout or "-",
            f"[{_COLOURS[status]}]{status}[/]",
            share_to_text(document.row.coverage),
            _records_to_text(document.rows),
            _severities_to_text(document.severities),
        )
    console.print(table)
    for line in _lines(summary):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def share_to_text(share: float | None) -> str:
    """A share as a percentage that says 100 only where nothing is missing.

    >>> share_to_text(0.99996), share_to_text(1.0), share_to_text(None)
    ('99.9 %', '100.0 %', '-')
    """
    return "-" if share is None else f"{int(share * 1000) / 10:.1f} %"


def _records_to_text(rows: Mapping[str, int]) -> str:
    told = [f"{count} {name}" for name, count in rows.items() if count and name not in _EVIDENCE]
    return ", ".join(told) or "-"


def _severities_to_text(severities: Mapping[str, int]) -> str:
    told = [_count(severities[severity], severity) for severity in get_args(Severity) if severities.get(severity)]
    return ", ".join(told) or "-"


def _lines(summary: Summary) -> Iterator[str]:
    total = sum(summary.statuses.values())
    for document in summary.documents:
        yield from _error_lines(document)
    if len(summary.documents) < total:
        told = _count(summary.unwell, "document")
        yield f"Listed: {len(summary.documents)} of {told} with an error; all stand in the table documents"
    for repeated in summary.repeated[:MOST_DOCUMENTS]:
        yield f"{repeated.name}: the same bytes as {repeated.first}, so not converted a second time"
    if (more := len(summary.repeated) - MOST_DOCUMENTS) > 0:
        yield f"{_count(more, 'more file')} with the same bytes as another"
    by_reason = sorted(summary.ignored, key=lambda ignored: (ignored.reason, ignored.name))
    for reason, group in groupby(by_reason, key=lambda ignored: ignored.reason):
        yield f"Not read ({reason}): {_shortened([ignored.name for ignored in group])}"
    counts = summary.statuses
    told = ", ".join(f"{counts[status]} {status}" for status in _COLOURS if counts.get(status))
    yield f"{_count(total, 'document')}: {told}"


def _error_lines(document: DocumentSummary) -> Iterator[str]:
    for finding in document.errors:
        page = f", page {finding.page}" if finding.page and (document.row.page_count or 0) > 1 else ""
        observed = f" ({finding.observed})" if finding.observed and finding.observed not in finding.message else ""
        yield f"{document.row.source_name}{page}: {finding.rule}: {finding.message}{observed}"
    if (more := document.severities.get("error", 0) - len(document.errors)) > 0:
        yield f"{document.row.source_name}: {more} more errors stand in the table findings"


def _shortened(names: Iterable[str]) -> str:
    every = list(names)
    more = len(every) - _MOST_NAMES
    return ", ".join(every[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
