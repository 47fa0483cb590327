"""Parts → snapshot: which documents stand in it, in which order, what they say together, and the tables of it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from normalize import GivenMatch
from pipeline.across import ACROSS, Families, across, note_family
from pipeline.given import given_to_digest
from pipeline.parquet import write_pieces
from pipeline.reference import reference_tables
from pipeline.run.kept import unpack
from pipeline.run.parts import part_tables, read_part_tables, read_parts
from pipeline.same import COMPARED, Candidate, MarkedDocuments, candidate, same_documents
from pipeline.summary import DocumentSummary, Repeated
from pipeline.versions import snapshot_metadata
from schemas.arrow import records_to_table
from schemas.records import TABLES


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the snapshot to be: its name, its id, and its part, as a path below the work folder. `is_new` says
    whether this run converted it."""

    name: str
    document_id: str
    part: str
    is_new: bool


def kept_entries(outs: Sequence[Path], work: Path) -> Iterator[Entry]:
    """The documents of earlier snapshots, unpacked into the work folder. Raises UsageError as `unpack`."""
    for number, out in enumerate(outs):
        folder = f"kept-{number}"
        for outcome in unpack(out, work / folder):
            row = outcome.summary.row
            yield Entry(row.source_name, row.document_id, f"{folder}/{outcome.part}", is_new=False)


def chosen(kept: Iterable[Entry], new: Sequence[Entry] = ()) -> tuple[list[Entry], list[Repeated]]:
    """The documents that stand in the snapshot, in the order of their names, and those that are another's bytes.

    What is new stands in the place of what was kept under its name, and of what was kept the last one. Of two with the
    same bytes the first name stands, as in one run over all of them.
    """
    names = {entry.name for entry in new}
    by_name = {entry.name: entry for entry in kept if entry.name not in names}
    first: dict[str, Entry] = {}
    repeated = [
        Repeated(entry.name, other.name)
        for entry in sorted((*by_name.values(), *new), key=lambda entry: entry.name)
        if (other := first.setdefault(entry.document_id, entry)) is not entry
    ]
    return [*first.values()], repeated


@dataclass(slots=True)
class Assembly:
    """The snapshot that is put together in a work folder. `read` are the names and digests of what went into it."""

    work: Path
    read: list[tuple[str, str]]
    holding: dict[str, list[str]] = field(default_factory=dict)
    families: Families = field(default_factory=dict)
    documents: list[Candidate] = field(default_factory=list)

    def take(self, entries: Sequence[Entry]) -> Iterator[DocumentSummary]:
        """Note the documents one by one, and pass on the summaries of the new ones.

        Noted are names and digests, which parts hold rows of a table, and which documents may be editions of each
        other. Raises OSError where a part is not there any more.
        """
        outcomes = read_parts(self.work, (entry.part for entry in entries))
        for entry, outcome in zip(entries, outcomes, strict=True):
            summary = outcome.summary
            row = summary.row
            note_family(self.families, row, entry.part)
            self.documents.append(candidate(row.document_id, row.source_name, row.media_type, summary.rows, entry.part))
            self.read.append((summary.row.source_name, summary.row.sha256))
            self.read.extend(given_to_digest(summary.row))
            for name, count in summary.rows.items():
                if count:
                    self.holding.setdefault(name, []).append(entry.part)
            if entry.is_new:
                yield summary

    def write(
        self, out: Path, keys: Sequence[str] = (), given: Sequence[GivenMatch] = (), *, apart: bool = False
    ) -> None:
        """Replace the snapshot in `out` by the documents that were taken. Raises OSError as `write_pieces`.

        `given` are the matches of measures and indicators that a user gives.
        `apart` says that processes may be started: one works out what many documents say together.

        Of documents that hold the same records in several forms, `results` has the original's.
        """
        same = same_documents(self.documents, lambda part: read_part_tables(self.work / part, COMPARED))
        copies = {one.part for one in self.documents if one.document_id in same}
        if "results" in self.holding:
            self.holding["results"] = [part for part in self.holding["results"] if part not in copies]
        for part, tables in across(self.work, self.families, same, given, apart=apart).items():
            for table in tables:
                self.holding.setdefault(table, []).append(f"{ACROSS}/{part}")
        write_pieces(_pieces(self.work, self.holding, same), out, self.work, snapshot_metadata(self.read), keys)


def _pieces(
    work: Path, holding: Mapping[str, Sequence[str]], same: Mapping[str, str]
) -> Mapping[str, Sequence[pa.Table]]:
    fixed = {
        declaration.name: [records_to_table(rows, declaration)]
        for declaration in TABLES
        if (rows := reference_tables().get(declaration.name))
    }
    tables: dict[str, Sequence[pa.Table]] = {**part_tables(work, holding), **fixed}
    return tables | {"documents": MarkedDocuments(tables["documents"], same)} if "documents" in tables else tables
