"""The documents of an earlier snapshot as parts: what stands in a folder goes on to stand there, without its sources.

The rows of a document stand together in every file of a snapshot, in the order of the documents' names. So all files
are read side by side, document by document, and little of each is in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from normalize import results
from pipeline.across import is_across
from pipeline.run.parts import ID_LENGTH, SUFFIX, Outcome, tables_to_part, write_part
from pipeline.snapshot import TableFiles, every_table, open_table, whole_snapshot
from pipeline.sources import UsageError
from pipeline.summary import summarise_rows
from pipeline.versions import snapshot_metadata
from schemas.arrow import table_to_records
from schemas.declare import TableDeclaration, declaration_of
from schemas.records import TABLES, DocumentRow, Finding, GradeScheme, Match, Municipality, Series
from schemas.rows import Tables

_OF_NO_DOCUMENT = frozenset(declaration_of(kind).name for kind in (GradeScheme, Municipality, Series, Match))
_DECLARED = {declaration.name: declaration for declaration in TABLES}
_IDS = ("document_id", "measure_id", "passage_id", "indicator_id")
_BATCH = 8_192
_INPUTS = "hyoka.inputs_sha256"


def snapshot_keys(out: Path) -> tuple[str, ...]:
    """The keys of the Hive layout that a snapshot is written in; none where it is not."""
    return max((files.keys for files in whole_snapshot(out)), key=len)


def unpack(out: Path, folder: Path) -> Iterator[Outcome]:
    """Write a part for each document of the snapshot in `out`, in the order of their names, and tell its outcome.

    Rows that several documents tell together are left out: they are made anew. Raises UsageError where there is no
    snapshot, or where another version of hyoka or of what it needs wrote it: its rows would be of two kinds.
    """
    found = {files.declaration.name: files for files in every_table(whole_snapshot(out))}
    _refuse_other_versions(out, found["documents"])
    folder.mkdir(exist_ok=True)
    cursors = {
        declaration: [_Cursor.open(out, replace(files, paths=(path,))) for path in files.paths]
        for declaration in TABLES
        if declaration.name not in _OF_NO_DOCUMENT
        for files in (found[declaration.name],)
    }
    for document_id in _documents(out, found["documents"]):
        tables = {
            declaration: rows
            for declaration, own in cursors.items()
            if (rows := _joined([rows for cursor in own for rows in cursor.take(document_id)])) is not None
        }
        yield _write(document_id, tables, folder)


def _write(document_id: str, tables: Mapping[TableDeclaration, pa.Table], folder: Path) -> Outcome:
    own = {declaration.name: table for declaration, table in tables.items()}
    records = {
        kind: table_to_records(own[name], declaration_of(kind))
        for kind in (DocumentRow, Finding)
        if (name := declaration_of(kind).name) in own
    }
    findings = [row for row in records.get(Finding, ()) if isinstance(row, Finding) and not is_across(row.finding_id)]
    (row,) = (row for row in records[DocumentRow] if isinstance(row, DocumentRow))
    again: Tables = {}
    if row.same_as_document_id is not None:  # it may be an original now, and its results were left out
        row = replace(row, same_as_document_id=None)
        told = {name: table_to_records(table, _DECLARED[name]) for name, table in own.items()}
        again = {"results": tuple(results({**told, "documents": (row,), "findings": findings}))}
    counts = {name: table.num_rows for name, table in own.items()} | {"findings": len(findings)}
    counts |= {name: len(rows) for name, rows in again.items()}
    outcome = Outcome(f"{document_id}{SUFFIX}", summarise_rows(row, findings, counts))
    rest = {name: table for name, table in own.items() if name not in ("documents", "findings", *again)}
    write_part(
        tables_to_part({"documents": (row,), "findings": findings, **again}, outcome, rest), folder / outcome.part
    )
    return outcome


def _documents(out: Path, files: TableFiles) -> Sequence[str]:
    columns = ["source_name", "document_id"]
    rows = open_table(out, files).to_table(columns=columns).to_pydict()
    return [document_id for _, document_id in sorted(zip(*(rows[column] for column in columns), strict=True))]


def _joined(pieces: Sequence[pa.Table]) -> pa.Table | None:
    return pa.concat_tables(pieces) if pieces else None


@dataclass(slots=True)
class _Cursor:
    """A file that is read on: the batches that come, the last one, and the document of each of its rows."""

    batches: Iterator[pa.RecordBatch]
    rows: pa.Table | None = None
    ids: Sequence[str] = ()
    at: int = 0

    @classmethod
    def open(cls, out: Path, files: TableFiles) -> _Cursor:
        names = [column.name for column in files.declaration.columns]
        source = open_table(out, files)
        return cls(source.to_batches(columns=names, batch_size=_BATCH, batch_readahead=1, fragment_readahead=1))

    def take(self, document_id: str) -> Iterator[pa.Table]:
        """The rows of a document, where they are the next ones."""
        while self._is_loaded() and self.ids[self.at] == document_id:
            start = self.at
            while self.at < len(self.ids) and self.ids[self.at] == document_id:
                self.at += 1
            if self.rows is not None:
                yield self.rows.slice(start, self.at - start)

    def _is_loaded(self) -> bool:
        """Whether there is a row to look at; reads on where the last batch is used up."""
        while self.at >= len(self.ids):
            batch = next(self.batches, None)
            if batch is None:
                return False
            self.rows = pa.Table.from_batches([batch])
            name = next(name for name in _IDS if name in self.rows.column_names)
            import pyarrow.compute as pc  # it takes a tenth of a second to load

            self.ids = pc.utf8_slice_codeunits(self.rows.column(name), 0, ID_LENGTH).to_pylist()
            self.at = 0
        return True


def _refuse_other_versions(out: Path, files: TableFiles) -> None:
    with (out / files.paths[0]).open("rb") as file:
        written = {key.decode(): value.decode() for key, value in (pq.read_schema(file).metadata or {}).items()}
    own = snapshot_metadata(())
    other = [key for key in own if key != _INPUTS and written.get(key) != own[key]]
    if other or files.lacking:
        told = ", ".join(key.removeprefix("hyoka.") for key in other) or "columns"
        raise UsageError(
            f"the tables in “{out}” were written by another hyoka, or with other versions of what it needs ({told}). "
            "Rows of two kinds do not go into one table: convert its sources anew with --out"
        )
