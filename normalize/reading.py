"""Document → records: find the layout, run its reader, hold what it said against the print, check it.

`read_records` is the door to this room. It opens no file and raises no error about a document's content: what cannot
be read becomes a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Final

from normalize.cells.vocabulary import own_terms, term_of
from normalize.derived.derive import derive
from normalize.derived.findings import check_findings, numbered_findings, remark_to_finding
from normalize.derived.indicator_facts import with_facts
from normalize.document.split_rows import part_rows
from normalize.document.text_span import Place
from normalize.forms.general.reader import GeneralReading, general_reading
from normalize.forms.register.reader import RegisterReading, register_reading
from normalize.layout import Layout, Likeness, recognise
from normalize.municipalities import LAYOUTS
from normalize.profiles.fitting import Fit, fit_of
from normalize.profiles.profile import Profile
from normalize.records.document_row import about
from normalize.records.sums import with_confirmed
from normalize.statements.ledger import Ledger, account
from normalize.statements.merging import merged
from normalize.statements.statement import Entry, Remark, Statement
from schemas.closed_sets import DocumentStatus, Reading
from schemas.codes import municipality_name
from schemas.codes.signs import closing, opening
from schemas.declare import declaration_of
from schemas.document import Cell, Document, Line, Problem, Table
from schemas.messages import say
from schemas.records import (
    TABLES,
    DocumentRow,
    Finding,
    Grade,
    Indicator,
    Observation,
    Record,
    record_id,
)
from schemas.rows import Tables, rows_of

_ONLY_FRAME: Final = re.compile(rf"[\s{opening()}{closing()}・、。,.，．:：-]+")
"""What frames and parts words; alone it says nothing that could have been read."""


@dataclass(frozen=True, slots=True)
class _ProfileReading:
    """What was read by a learnt form. `given_code` says that the profile tells whose it is, and not the document."""

    layout: str
    municipality_code: str | None
    statements: tuple[Statement, ...]
    given_code: bool


_Reading = GeneralReading | RegisterReading | _ProfileReading

# What a finding says of the reading rather than of the document: with an error among these, the records are partial.
READING_RULES = frozenset({"label-missing", "grade-unknown", "target-unparsed", "unreadable", "no-text-layer"})

_NEAR: Final = 0.5
"""The share of a layout's signs that a document near to it shows."""


def read_records(
    document: Document,
    *,
    layouts: tuple[Layout, ...] = LAYOUTS,
    profiles: Sequence[Profile] = (),
    given_year: int | None = None,
) -> Tables:
    """Read one document into the tables of the contract: table name → rows in reading order.

    Every table of `schemas.records.TABLES` has its key, the reference tables (`grade_schemes`, `municipalities`) no
    row. The document's status is `unreadable` when nothing could be read, `unrecognised` when no layout fits
    and no label is known, `partial` when it was read by its labels alone, when a finding says that something of the
    form was not read, or when a value was read from a picture and nothing printed confirms it; else `converted`.

    A document is read by the one of the `layouts` that it fits, else by the one of the learnt `profiles`, else in
    general; a layout that accounts for little of it yields to a reading that accounts for much more, and a finding says
    so. `given_year` is the fiscal year that the user gives for it; it only settles years that the document names
    and does not tie to values.
    """
    likenesses = recognise(document, layouts) if document.items else ()
    fitting = likenesses[0] if likenesses and likenesses[0].fits else None
    rows = _read(document, likenesses, fitting, profiles, given_year)
    if fitting is None or fitting.share >= _SURE or not _is_doubted(rows):
        return rows
    others = _read(document, likenesses, None, profiles, given_year)
    return others if _is_better(others, rows) else rows


_SURE: Final = 0.75
"""The share of its signs, required or not, with which a document is of a layout whatever is understood of it: a sheet
of next year on a form that has drifted far is better left open than read otherwise."""

_DOUBTED: Final = 0.9
_MUCH: Final = 0.1
"""Shares of a document's characters. A layout that accounts for less than the first may be of another form with the
same signs; it yields where reading without it accounts for so much more."""


def _is_doubted(rows: Tables) -> bool:
    coverage = rows_of(rows, DocumentRow)[0].coverage
    return coverage is not None and coverage < _DOUBTED


def _is_better(others: Tables, rows: Tables) -> bool:
    """Whether a reading accounts for much more of a document, and no fewer findings are errors."""
    (other,), (own,) = rows_of(others, DocumentRow), rows_of(rows, DocumentRow)
    errors = [sum(found.severity == "error" for found in rows_of(each, Finding)) for each in (others, rows)]
    return (other.coverage or 0.0) >= (own.coverage or 0.0) + _MUCH and errors[0] <= errors[1]


def _read(
    document: Document,
    likenesses: Sequence[Likeness],
    fitting: Likeness | None,
    profiles: Sequence[Profile],
    given_year: int | None,
) -> Tables:
    """The tables of a document as one reading gives them: that of a layout, of a profile, or the general one."""
    fit = fit_of(document, profiles) if document.items and fitting is None else None
    with own_terms(fit.terms()) if fit else nullcontext():
        document = part_rows(document, fitting.layout.is_label if fitting else _is_term)
        general: _Reading | None = _without_layout(document, given_year) if document.items and fitting is None else None
    if fit is not None:
        general = _by_profile(document, fit, general)
    kind: Reading = "layout" if fitting else "profile" if fit else "general"
    said = _with_reading(_statements(document, fitting, general), kind, document)
    statements = merged(document.document_id, said)
    ledger = account(document, statements)
    rows = _collected(statements)
    rows["indicators"] = tuple(with_facts(rows_of(rows, Indicator), rows_of(rows, Observation)))
    rows["observations"] = tuple(with_confirmed(rows_of(rows, Indicator), rows_of(rows, Observation)))
    rows["blocks"] = ledger.blocks
    rows["provenance"] = ledger.provenance
    findings = numbered_findings(
        document.document_id, _findings(document, statements, ledger, rows, likenesses, fitting, general)
    )
    rows["documents"] = (_document_row(document, rows, fitting, general, findings, ledger),)
    rows["findings"] = findings
    return derive(rows)


def _by_profile(document: Document, fit: Fit, general: _Reading | None) -> _ProfileReading:
    """What was read by a learnt form: its labels are understood, and its name is the document's layout."""
    statements = general.statements if general else tuple(about(document))
    kept = (
        said
        for said in fit.without_labels(statements)
        if not (isinstance(said, Remark) and said.rule == "layout-unknown")
    )
    printed = general.municipality_code if general else None
    return _ProfileReading(
        fit.profile.name,
        printed or fit.profile.municipality_code,
        (*kept, *fit.statements(document)),
        printed is None and fit.profile.municipality_code is not None,
    )


def _without_layout(document: Document, given_year: int | None) -> _Reading | None:
    return register_reading(document, given_year) or general_reading(document)


def _is_term(text: str) -> bool:
    term = term_of(text)
    return term is not None and term.is_whole


def _with_reading(statements: Iterable[Statement], reading: Reading, document: Document) -> Iterator[Statement]:
    """The statements, their observations and grades marked with what kind of reading gave them.

    What stands on a picture was read by character recognition first, whatever made sense of it.
    """
    for statement in statements:
        if isinstance(statement, Entry) and isinstance(statement.record, Observation | Grade):
            is_seen = any(_is_on_picture(document, evidence.excerpt.place) for evidence in statement.evidence)
            own = "ocr" if is_seen else statement.record.reading or reading
            yield Entry(replace(statement.record, reading=own), statement.evidence)
        else:
            yield statement


def _is_on_picture(document: Document, place: Place) -> bool:
    """Whether a text was read from a picture: only then is it known how sure its letters are."""
    item = document.items[place.item]
    source = item if isinstance(item, Line) else _cell_at(item, place.cell or 0)
    return any(fragment.confidence is not None for fragment in source.fragments)


def _cell_at(table: Table, number: int) -> Cell:
    """A cell by its number, those that are printed again behind the others. A table may have a hundred thousand."""
    own = len(table.cells)
    return table.cells[number] if number < own else table.repeated[number - own]


def _collected(statements: Iterable[Statement]) -> dict[str, Sequence[Record]]:
    rows: dict[str, list[Record]] = {declaration.name: [] for declaration in TABLES}
    for statement in statements:
        if isinstance(statement, Entry):
            rows[declaration_of(statement.record).name].append(statement.record)
    return {name: tuple(records) for name, records in rows.items()}


def _document_row(
    document: Document,
    rows: Tables,
    fitting: Likeness | None,
    general: _Reading | None,
    findings: tuple[Finding, ...],
    ledger: Ledger,
) -> DocumentRow:
    said = rows_of(rows, DocumentRow)[0]
    layout: str | None = fitting.layout.name if fitting else general.layout if general else None
    code = fitting.layout.municipality_code if fitting else general.municipality_code if general else None
    return replace(
        said,
        layout=layout,
        municipality_code=code,
        municipality_name=municipality_name(code) if code else None,
        municipality_source=("given" if isinstance(general, _ProfileReading) and general.given_code else "printed")
        if code
        else None,
        fiscal_year_source="printed" if said.fiscal_year is not None else None,
        status=_status(document, fitting, general, findings, rows),
        coverage=ledger.coverage,
    )


def _statements(document: Document, fitting: Likeness | None, general: _Reading | None) -> Iterable[Statement]:
    if fitting is not None:
        return fitting.layout.read(document)
    return general.statements if general else about(document)


def _status(
    document: Document,
    fitting: Likeness | None,
    general: _Reading | None,
    findings: tuple[Finding, ...],
    rows: Tables,
) -> DocumentStatus:
    if not document.items:
        return "unreadable"
    if fitting is None and not isinstance(general, _ProfileReading):
        return "partial" if general else "unrecognised"
    missed = any(
        finding.rule == "unclaimed-text" or (finding.severity == "error" and finding.rule in READING_RULES)
        for finding in findings
    )
    read = [(record.reading, record.confirmed_by) for record in rows_of(rows, Observation)]
    read += [(record.reading, record.confirmed_by) for record in rows_of(rows, Grade)]
    is_open = any(reading == "ocr" and by is None for reading, by in read)
    return "partial" if missed or is_open else "converted"


def _findings(
    document: Document,
    statements: tuple[Statement, ...],
    ledger: Ledger,
    rows: Tables,
    likenesses: Sequence[Likeness],
    fitting: Likeness | None,
    general: _Reading | None,
) -> Iterator[Finding]:
    for problem in document.problems:
        yield _problem_finding(document, problem)
    if likenesses and not likenesses[0].fits and general is None:
        yield _layout_unknown(document, likenesses[0])
    if fitting is None and likenesses and likenesses[0].fits:
        yield _layout_yields(document, likenesses[0])
    for statement in statements:
        if isinstance(statement, Remark):
            yield remark_to_finding(statement, document.document_id, _page_of(statement, ledger))
    yield from check_findings(rows, document.document_id)
    if fitting is not None or isinstance(general, _ProfileReading):
        for left in ledger.unclaimed:
            if _ONLY_FRAME.fullmatch(left.text):
                continue
            remark = Remark(
                "unclaimed-text",
                "warning",
                say(
                    "nothing was read from {text}; check whether the form has a part that the layout lacks",
                    text=left.printed,
                ),
                observed=left.printed,
            )
            yield remark_to_finding(remark, document.document_id, ledger.pages[left.place])


def _problem_finding(document: Document, problem: Problem) -> Finding:
    remark = Remark(
        problem.rule, problem.severity, problem.message, expected=problem.expected, observed=problem.observed
    )
    return remark_to_finding(remark, document.document_id, problem.page)


def _layout_unknown(document: Document, nearest: Likeness) -> Finding:
    """No layout fits and no label is known. A layout is named where most of its signs are shown."""
    if nearest.share < _NEAR:
        told = say(
            "no layout fits, and no label that hyoka knows stands over or beside a value: this may be no evaluation "
            "sheet. Its cells and lines are in the table blocks; `hyoka inspect` shows the labels that it prints"
        )
        return remark_to_finding(Remark("layout-unknown", "error", told), document.document_id, None)
    missing = ", ".join(sign.name for sign in nearest.missing if sign.required)
    remark = Remark(
        "layout-unknown",
        "error",
        say(
            "no layout fits; the nearest is {layout}, but the document does not show: {signs}. "
            "Its blocks are written; `hyoka inspect` shows its labels",
            layout=nearest.layout.name,
            signs=missing,
        ),
        expected=nearest.layout.name,
    )
    return remark_to_finding(remark, document.document_id, None)


def _layout_yields(document: Document, likeness: Likeness) -> Finding:
    remark = Remark(
        "layout-unknown",
        "warning",
        say(
            "the document shows the signs of {layout}, but read without that layout much more of its print is "
            "accounted for: so it was; `hyoka inspect` shows its labels",
            layout=likeness.layout.name,
        ),
        expected=likeness.layout.name,
    )
    return remark_to_finding(remark, document.document_id, None)


def _page_of(remark: Remark, ledger: Ledger) -> int | None:
    """The page of what a remark speaks of: of its text, else of its record."""
    if remark.excerpt is not None:
        return ledger.pages[remark.excerpt.place]
    if remark.record is None:
        return None
    return ledger.record_pages.get((declaration_of(remark.record).name, record_id(remark.record)))
