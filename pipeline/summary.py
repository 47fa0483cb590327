"""What a run did, per document: the values that decide the exit status, and the table that a user reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, get_args

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.console import Language, message_of
from pipeline.sources import Ignored
from pipeline.visible import on_one_line
from schemas.closed_sets import Rule, Severity
from schemas.records import DocumentRow, Finding
from schemas.rows import Tables

_NO_RECORDS = ("documents", "findings", "tokens", "terms", "blocks", "provenance", "results")
"""Tables whose rows are not counted as records: evidence of them, or the same again in another form."""

_UNLIMITED = 100_000
_MOST_NAMES = 8
_MOST_ERRORS = 5
MOST_DOCUMENTS = 200
"""So many documents are listed one by one; of a larger run, only so many of those that are not well."""
_NOT_CONVERTED = ("unrecognised", "unreadable")
_COLOURS = {"converted": "green", "partial": "yellow", "unrecognised": "red", "unreadable": "red"}


_WHY: Mapping[Rule, str] = {
    "unclaimed-text": "text of which nothing was read",
    "label-missing": "labels that the form should have are missing",
    "grade-unknown": "grades that its scheme does not know",
    "target-unparsed": "numbers that no rule reads",
    "unreadable": "parts that cannot be read",
    "no-text-layer": "pages without text",
    "ocr-uncertain": "characters that were recognised uncertainly",
    "ambiguous": "places that can be read in two ways, of which neither is said",
}
"""What findings of these rules say of a document that was converted in part."""

_TO_DO = (
    "What was read and what was not: `hyoka review OUT --in IN`. "
    "Where several of these are on one form: `hyoka learn IN --out forms`, then `hyoka convert … --forms forms`"
)
"""What a person does next about documents whose form nothing describes."""

Trouble = Literal["error", "partial", "warning"]
"""What is the matter with a document, the worst first: it was not converted at all or has an error; it was converted in
part; it has a warning."""


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document: its row, the number of rows it has in each table, how many findings it has of each severity, and
    the first of its errors; of one that was converted in part, why."""

    row: DocumentRow
    rows: Mapping[str, int]
    severities: Mapping[str, int]
    errors: tuple[Finding, ...]
    why_partial: str | None = None

    @property
    def is_well(self) -> bool:
        """Whether all of it was converted, and no finding is an error."""
        return self.trouble not in ("error", "partial")

    @property
    def trouble(self) -> Trouble | None:
        """The worst that is the matter with it."""
        if self.row.status in _NOT_CONVERTED or self.severities.get("error"):
            return "error"
        if self.row.status != "converted":
            return "partial"
        return "warning" if self.severities.get("warning") else None


@dataclass(frozen=True, slots=True)
class Repeated:
    """A file with the same bytes as one that was read before, so that its records would be the same ones."""

    name: str
    first: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole run, and the files that gave nothing.

    `documents` stand in the order of their names: all of them, or of a run of more than `MOST_DOCUMENTS` the first that
    are not well. `statuses` and `troubles` count those of all. `unmatched` are the lines of a manifest that speak of no
    file, `unused` says what corrections are for documents that were not read.
    """

    documents: tuple[DocumentSummary, ...]
    statuses: Mapping[str, int]
    troubles: Mapping[Trouble, int]
    ignored: tuple[Ignored, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    unmatched: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def unwell(self) -> int:
        """How many documents are not well."""
        return self.troubles.get("error", 0) + self.troubles.get("partial", 0)

    @property
    def exit_status(self) -> int:
        """0 when every document was converted as a whole, without an error finding; else 1."""
        return exit_status(self, "partial")


def exit_status(summary: Summary, fail_on: str) -> int:
    """1 where some document has the trouble that a run is told to fail on, or a worse one; ``never`` is none.

    >>> run = Summary((), {"partial": 1}, {"partial": 1})
    >>> [exit_status(run, fail_on) for fail_on in ("error", "partial", "warning", "never")]
    [0, 1, 1, 0]
    """
    grave = get_args(Trouble)
    counted = grave[: grave.index(fail_on) + 1] if fail_on in grave else ()
    return int(any(summary.troubles.get(trouble) for trouble in counted))


def summarise_run(
    documents: Iterable[DocumentSummary],
    ignored: Iterable[Ignored] = (),
    repeated: Iterable[Repeated] = (),
    unmatched: Iterable[str] = (),
    unused: Iterable[str] = (),
) -> Summary:
    """The summary of documents that come one by one; a large run keeps no more of them than it lists."""
    first: list[DocumentSummary] = []
    unwell: list[DocumentSummary] = []
    statuses = Counter[str]()
    troubles = Counter[Trouble]()
    for document in documents:
        statuses[document.row.status] += 1
        if document.trouble:
            troubles[document.trouble] += 1
        if len(first) <= MOST_DOCUMENTS:
            first.append(document)
        if not document.is_well and len(unwell) < MOST_DOCUMENTS:
            unwell.append(document)
    listed = first if len(first) <= MOST_DOCUMENTS else unwell
    return Summary(tuple(listed), statuses, troubles, tuple(ignored), tuple(repeated), tuple(unmatched), tuple(unused))


def summarise(tables: Tables) -> DocumentSummary:
    """The summary of one document's tables."""
    (row,) = (row for row in tables["documents"] if isinstance(row, DocumentRow))
    findings = [finding for finding in tables["findings"] if isinstance(finding, Finding)]
    return summarise_rows(row, findings, {name: len(rows) for name, rows in tables.items()})


def summarise_rows(row: DocumentRow, findings: Sequence[Finding], counts: Mapping[str, int]) -> DocumentSummary:
    """The summary of a document from its row, its findings and the numbers of rows in its tables."""
    errors = [finding for finding in findings if finding.severity == "error"]
    return DocumentSummary(
        row,
        counts,
        dict(Counter(finding.severity for finding in findings)),
        tuple(errors[:_MOST_ERRORS]),
        _why_partial(row, findings),
    )


def _why_partial(row: DocumentRow, findings: Iterable[Finding]) -> str | None:
    """Why a document was converted in part, in words."""
    if row.status != "partial":
        return None
    rules = Counter(finding.rule for finding in findings if finding.severity != "note")
    told = [f"{words} ({_count(rules[rule], 'place')})" for rule, words in _WHY.items() if rules.get(rule)]
    if _is_undescribed(row):
        told.insert(0, "no layout describes its form, so it was read by its labels alone")
    return "; ".join(told) or "see its findings"


def _is_undescribed(row: DocumentRow) -> bool:
    """Whether neither a layout nor a profile describes the form of a document that could be opened."""
    return row.status in ("partial", "unrecognised") and (row.layout is None or row.layout.startswith("general"))


def print_summary(summary: Summary, console: Console, language: Language = "en") -> None:
    """Print each document, the errors in full words, and what was not read.

    Where a line of a table would not hold a document, its name has a line of its own, uncut.
    """
    table = _table(summary)
    if console.measure(table, options=console.options.update(max_width=_UNLIMITED)).maximum <= console.width:
        console.print(table)
    else:
        for document in summary.documents:
            console.print(Text(on_one_line(document.row.source_name)), soft_wrap=True)
            console.print(_second_line(document), soft_wrap=True)
    for line in _lines(summary, language):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def summary_to_json(summary: Summary, status: int) -> str:
    """The same for programs: the documents that are listed, and counts of all. `status` is that of the exit."""
    said = {
        "total": sum(summary.statuses.values()),
        "statuses": dict(summary.statuses),
        "exit_status": status,
        "documents": [
            {
                "document": document.row.source_name,
                "document_id": document.row.document_id,
                "status": document.row.status,
                "layout": document.row.layout,
                "reader": document.row.reader,
                "coverage": document.row.coverage,
                "findings": dict(document.severities),
                "rows": {name: count for name, count in document.rows.items() if count},
            }
            for document in summary.documents
        ],
        "repeated": [{"document": repeated.name, "same_as": repeated.first} for repeated in summary.repeated],
        "ignored": [{"name": ignored.name, "reason": ignored.reason} for ignored in summary.ignored],
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def _table(summary: Summary) -> Table:
    table = Table("Document", "Layout", "Status", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Coverage", justify="right")
    table.add_column("Records")
    table.add_column("Findings")
    for document in summary.documents:
        status = document.row.status
        table.add_row(
            Text(on_one_line(document.row.source_name)),
            document.row.layout or "-",
            f"[{_COLOURS[status]}]{status}[/]",
            share_to_text(document.row.coverage),
            _records_to_text(document.rows),
            _severities_to_text(document.severities),
        )
    return table


def _second_line(document: DocumentSummary) -> Text:
    """What is said of a document below its name, in few words."""
    row = document.row
    told = (
        row.layout or "no layout",
        share_to_text(row.coverage),
        _count(sum(count for name, count in document.rows.items() if name not in _NO_RECORDS), "record"),
        _severities_to_text(document.severities, "no finding"),
    )
    return Text.assemble("  ", (row.status, _COLOURS[row.status]), ", ", ", ".join(told))


def share_to_text(share: float | None) -> str:
    """A share as a percentage that says 100 only where nothing is missing.

    >>> share_to_text(0.99996), share_to_text(1.0), share_to_text(None)
    ('99.9 %', '100.0 %', '-')
    """
    return "-" if share is None else f"{int(share * 1000) / 10:.1f} %"


def _records_to_text(rows: Mapping[str, int]) -> str:
    told = [
        f"{count:,} {name if count > 1 else _singular(name)}"
        for name, count in rows.items()
        if count and name not in _NO_RECORDS
    ]
    return ", ".join(told) or "-"


def _singular(name: str) -> str:
    """The name of a table for one of its rows.

    >>> [_singular(name) for name in ("measures", "matches", "series", "grade_counts")]
    ['measure', 'match', 'series', 'grade_count']
    """
    if name == "series":
        return name
    return name.removesuffix("es") if name.endswith("ches") else name.removesuffix("s")


def _severities_to_text(severities: Mapping[str, int], none: str = "-") -> str:
    told = [_count(severities[severity], severity) for severity in get_args(Severity) if severities.get(severity)]
    return ", ".join(told) or none


def _lines(summary: Summary, language: Language) -> Iterator[str]:
    total = sum(summary.statuses.values())
    for document in summary.documents:
        yield from _error_lines(document, language)
    partial = sorted(
        (document.why_partial, document.row.source_name) for document in summary.documents if document.why_partial
    )
    for why, same in groupby(partial, key=lambda pair: pair[0]):
        yield f"Partial ({why}): {_shortened([on_one_line(name) for _, name in same])}"
    if any(_is_undescribed(document.row) for document in summary.documents):
        yield _TO_DO
    if len(summary.documents) < total:
        told = _count(summary.unwell, "document")
        yield f"Listed: {len(summary.documents)} of {told} not read as a whole; all stand in the table documents"
    for repeated in summary.repeated[:MOST_DOCUMENTS]:
        name, first = on_one_line(repeated.name), on_one_line(repeated.first)
        yield f"{name}: the same bytes as {first}, so not converted a second time"
    if (more := len(summary.repeated) - MOST_DOCUMENTS) > 0:
        yield f"{_count(more, 'more file')} with the same bytes as another"
    by_reason = sorted(summary.ignored, key=lambda ignored: (ignored.reason, ignored.name))
    for reason, group in groupby(by_reason, key=lambda ignored: ignored.reason):
        yield f"Not converted ({reason}): {_shortened([on_one_line(ignored.name) for ignored in group])}"
    if summary.unmatched:
        yield f"No file for these lines of the manifest: {_shortened(map(on_one_line, summary.unmatched))}"
    for line in summary.unused[:MOST_DOCUMENTS]:
        yield on_one_line(line)
    counts = summary.statuses
    told = ", ".join(f"{counts[status]:,} {status}" for status in _COLOURS if counts.get(status))
    yield f"{_count(total, 'document')}: {told}"


def _error_lines(document: DocumentSummary, language: Language) -> Iterator[str]:
    for finding in document.errors:
        page = f", page {finding.page}" if finding.page and (document.row.page_count or 0) > 1 else ""
        observed = f" ({finding.observed})" if finding.observed and finding.observed not in finding.message else ""
        name = on_one_line(document.row.source_name)
        yield f"{name}{page}: {finding.rule}: {message_of(finding, language)}{observed}"
    if (more := document.severities.get("error", 0) - len(document.errors)) > 0:
        yield f"{on_one_line(document.row.source_name)}: {_count(more, 'more error')} in the table findings"


def _shortened(names: Iterable[str]) -> str:
    every = list(names)
    more = len(every) - _MOST_NAMES
    return ", ".join(every[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
