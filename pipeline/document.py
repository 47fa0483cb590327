"""One file's bytes → the contract's tables: a pure function, so that a batch can run it anywhere."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import islice

from extract import read_document
from normalize import LAYOUTS, read_records
from pipeline.correcting import corrected
from pipeline.failure import error_to_text, failure_records
from pipeline.given import Given, with_given
from pipeline.options import Options
from pipeline.reference import reference_tables
from schemas.document import Document
from schemas.messages import say
from schemas.rows import Tables
from schemas.validate import violations

STOPPED = say(
    "hyoka stopped in the middle of this file, so nothing of it is in the tables; the other files are. Please report "
    "it with the file: it is a defect of hyoka or a kind of file that it does not know yet"
)


class ContractError(Exception):
    """The records of a document break the contract: a defect of a reader, never of the document."""


def convert_document(data: bytes, source_name: str, options: Options, given: Given | None = None) -> Tables:
    """The contract's tables for one file, all but the reference tables. Raises nothing for what is in the file.

    `given` is what the user knows of it. What cannot be read has a `documents` row with status ``unreadable`` and a
    finding that says what to do.
    """
    try:
        document = read_file(data, source_name, options)
    except Exception as error:
        failed = failure_records(
            source_name,
            hashlib.sha256(data).hexdigest(),
            STOPPED,
            size_bytes=len(data),
            observed=error_to_text(error),
        )
        return with_given(failed, given)
    return document_to_tables(document, options, given)


def document_to_tables(document: Document, options: Options | None = None, given: Given | None = None) -> Tables:
    """The tables for a document that was read, held against the contract. Raises nothing, as `convert_document`."""
    options = options or Options()
    try:
        read = read_records(
            document,
            layouts=LAYOUTS if options.layouts else (),
            profiles=options.profiles,
            given_year=given.fiscal_year if given else None,
        )
        tables = corrected(with_given(read, given), options.corrections)
        if broken := list(islice(violations(tables, reference_tables()), 3)):
            raise ContractError("; ".join(map(str, broken)))
    except Exception as error:
        failed = failure_records(
            document.source_name,
            document.sha256,
            STOPPED,
            size_bytes=document.size_bytes,
            media_type=document.media_type,
            observed=error_to_text(error),
        )
        return with_given(failed, given)
    return tables


def read_file(data: bytes, source_name: str, options: Options) -> Document:
    """The document as extraction reads it, with what the second opinion, where asked for, reads otherwise."""
    document = read_document(data, source_name, options.limits, options.ocr)
    if not options.second_opinion:
        return document
    from extract.second_opinion import second_opinion  # camelot takes a second to load

    return replace(document, problems=(*document.problems, *second_opinion(data, document)))
