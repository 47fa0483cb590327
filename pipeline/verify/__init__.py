"""Verification: whether a snapshot holds together, told from its files alone.

Each check is a function from a snapshot's records to the places that break it. Together they notice a text that was
dropped, cells that changed places, a digit that was altered, a row that stands twice, a box that moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.verify.across import series_that_differ
from pipeline.verify.evidence import (
    characters_lost,
    fields_without_print,
    pointers_astray,
    records_without_evidence,
    roles_without_coverage,
)
from pipeline.verify.files import bytes_that_change, files_off_descriptor, files_off_schema, read_tables
from pipeline.verify.geometry import boxes_off_page, boxes_out_of_grid, boxes_over_others, tables_that_change
from pipeline.verify.meaning import (
    contradictions_untold,
    results_that_differ,
    terms_that_differ,
    tokens_off_text,
    twins_off_print,
    values_off_print,
)
from pipeline.whole import listed_files
from schemas.records import TABLES, Record
from schemas.rows import Tables
from schemas.validate import violations


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a snapshot: what it holds, how many things it looked at, and each place that breaks it."""

    name: str
    statement: str
    examined: int
    broken: tuple[str, ...]


def verify(out: Path) -> Iterator[Check]:
    """Check the snapshot in folder `out`, also one in Hive layout.

    Raises UsageError where the folder holds no tables of hyoka, or one that is missing or damaged.
    """
    changed = files_off_descriptor(out)
    yield Check("files", "every file is the one that the descriptor lists", len(listed_files(out)), changed)
    off_schema = tuple(files_off_schema(out))
    yield Check("schema", "every table's file has the declared columns and types", len(TABLES), off_schema)
    if off_schema:
        return  # what follows reads the columns
    tables = read_tables(out)
    rows = sum(map(len, tables.values()))
    found = tuple(map(str, violations(tables)))
    yield Check("contract", "types, categories, keys and references hold", rows, found)
    changed = bytes_that_change(out, tables)
    yield Check("round-trip", "Parquet → records → Parquet gives the same bytes", len(TABLES), changed)
    documents = list(by_document(tables))
    for name, statement, table, check in PER_DOCUMENT:
        broken = tuple(place for document in documents for place in check(document))
        yield Check(name, statement, len(tables[table]), broken)
    apart = tuple(series_that_differ(tables))
    yield Check("series", "the series follow from the records of all documents", len(tables["series"]), apart)


PER_DOCUMENT: Sequence[tuple[str, str, str, Callable[[Tables], Iterator[str]]]] = (
    ("provenance", "every record points at the blocks it was read from", "provenance", records_without_evidence),
    ("pointers", "what a record points at is of its document and page", "provenance", pointers_astray),
    ("print", "every verbatim field is printed in the blocks it points at", "provenance", fields_without_print),
    ("values", "every number is the one its print says", "observations", values_off_print),
    ("twins", "every clean text, grade and score is that of its print", "passages", twins_off_print),
    ("coverage", "the coverage follows from the blocks", "documents", roles_without_coverage),
    ("characters", "the blocks of a page hold as many characters as it prints", "blocks", characters_lost),
    ("page", "every box lies on its page", "blocks", boxes_off_page),
    ("grid", "the cells of a table keep to its columns and rows", "blocks", boxes_out_of_grid),
    ("overlap", "no line lies on another block", "blocks", boxes_over_others),
    ("layout", "a text document laid out again gives its tables back", "documents", tables_that_change),
    ("tokens", "the tokens of a passage, joined, are its text", "tokens", tokens_off_text),
    ("terms", "the terms follow from the tokens", "terms", terms_that_differ),
    ("findings", "the self-checks say what the findings say", "findings", contradictions_untold),
    ("results", "the results follow from the records", "results", results_that_differ),
)


def by_document(tables: Tables) -> Iterator[Tables]:
    """The tables of each document by itself; the reference tables are left out.

    A row belongs to the document that it names, or to the one that its ids begin with.
    """
    parts: dict[str, dict[str, list[Record]]] = {}
    for name, rows in tables.items():
        for row in rows:
            if (document_id := _document_id(row)) is not None:
                parts.setdefault(document_id, {}).setdefault(name, []).append(row)
    for own in parts.values():
        yield {declaration.name: own.get(declaration.name, ()) for declaration in TABLES}


def _document_id(row: Record) -> str | None:
    for name in ("document_id", "measure_id", "passage_id", "indicator_id"):
        identity = getattr(row, name, None)
        if isinstance(identity, str):
            return identity.split("-", 1)[0]
    return None
