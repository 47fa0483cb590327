"""What a user knows of a document and it does not print: put into its rows, and held against what it prints."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from normalize import numbered_findings, results
from schemas.codes import municipality_name
from schemas.declare import Text
from schemas.messages import say
from schemas.records import DocumentRow, Finding
from schemas.rows import Tables, rows_of


@dataclass(frozen=True, slots=True)
class Given:
    """What a manifest says of one document. `complaints` are what it says and cannot be meant, for the document's
    findings: the value, and what it is no name of."""

    municipality_code: str | None = None
    plan_name: str | None = None
    fiscal_year: int | None = None
    source_url: str | None = None
    retrieved_on: datetime.date | None = None
    complaints: tuple[tuple[str, str], ...] = ()

    def over(self, other: Given | None) -> Given:
        """This, and what another says where this says nothing."""
        if other is None:
            return self
        return Given(
            self.municipality_code or other.municipality_code,
            self.plan_name or other.plan_name,
            self.fiscal_year or other.fiscal_year,
            self.source_url or other.source_url,
            self.retrieved_on or other.retrieved_on,
            tuple(dict.fromkeys((*self.complaints, *other.complaints))),
        )


def with_given(tables: Tables, given: Given | None) -> Tables:
    """The tables of one document with what is given where nothing is printed; the print stays where both stand.

    A given value that differs from the print ends in a ``given-differs`` finding. `results` follow.
    """
    if given is None:
        return tables
    (document,) = rows_of(tables, DocumentRow)
    code = document.municipality_code or given.municipality_code
    year = document.fiscal_year if document.fiscal_year is not None else given.fiscal_year
    filled = replace(
        document,
        municipality_code=code,
        municipality_name=municipality_name(code) if code else None,
        municipality_source=document.municipality_source or ("given" if given.municipality_code else None),
        plan_name=document.plan_name or given.plan_name,
        fiscal_year=year,
        fiscal_year_source=document.fiscal_year_source or ("given" if given.fiscal_year is not None else None),
        source_url=given.source_url,
        retrieved_on=given.retrieved_on,
    )
    findings = (*rows_of(tables, Finding), *_differences(document, given))
    told = {
        **tables,
        "documents": (filled,),
        "findings": numbered_findings(document.document_id, findings),
    }
    return {**told, "results": tuple(results(told))} if "results" in tables else told


def given_to_digest(document: DocumentRow) -> Iterator[tuple[str, str]]:
    """What goes into the digest of a conversion's inputs for what was given of a document, if anything was."""
    said = (
        document.municipality_code if document.municipality_source == "given" else None,
        document.fiscal_year if document.fiscal_year_source == "given" else None,
        document.source_url,
        document.retrieved_on,
    )
    if any(value is not None for value in said):
        yield f"{document.source_name} (given)", hashlib.sha256(repr(said).encode()).hexdigest()


def _differences(document: DocumentRow, given: Given) -> Iterator[Finding]:
    for field, printed, said, to_text in (
        ("municipality_code", document.municipality_code, given.municipality_code, _place),
        ("plan_name", document.plan_name, given.plan_name, str),
        ("fiscal_year", document.fiscal_year, given.fiscal_year, str),
    ):
        if printed is not None and said is not None and not _is_same(printed, said):
            yield _finding(document, field, to_text, said, printed)
    for value, kind in given.complaints:
        yield _noted(
            document,
            say(
                "the manifest says “{value}”, which is no {kind}; nothing was filled in from it", value=value, kind=kind
            ),
            None,
            value,
            None,
        )


def _finding(
    document: DocumentRow, field: str, to_text: Callable[[object], str], said: object, printed: object
) -> Finding:
    given, print_ = to_text(said), to_text(printed)
    message = say(
        "the manifest gives {given}, and the document prints {print}; the print stands. Look which is right",
        given=given,
        print=print_,
    )
    return _noted(document, message, field, given, print_)


def _noted(
    document: DocumentRow, message: Text, field: str | None, expected: str | None, observed: str | None
) -> Finding:
    return Finding(
        finding_id="", document_id=document.document_id, rule="given-differs", severity="warning",
        table_name="documents" if field else None, record_id=document.document_id if field else None, field_name=field,
        message=message.en, expected=expected, observed=observed, message_ja=message.ja,
    )  # fmt: skip


def _place(code: object) -> str:
    return municipality_name(str(code)) or str(code)


def _is_same(printed: object, said: object) -> bool:
    """Whether two values are one; blanks within a text do not count."""
    return "".join(str(printed).split()) == "".join(str(said).split())
