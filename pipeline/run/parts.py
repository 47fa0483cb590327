"""Parts: the rows of one document in a file of their own, until the tables are written.

A part begins with a line that has the checksum of all that follows, and one with the names and sizes of what it holds,
as JSON: the summary, and an Arrow IPC stream for each table that has rows. A ZIP file would say the same, but to open
one takes longer than to read a table from it, and each table of each document is read alone. A part is named by the
digest of the document and by everything its rows depend on, so a part that is there is right.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import io
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, overload

import pyarrow as pa

from pipeline.summary import DocumentSummary
from schemas.arrow import bare_schema, records_to_table
from schemas.records import TABLES, DocumentRow, Finding
from schemas.rows import Tables

SUFFIX = ".part"
ID_LENGTH = 16
"""Characters of the document's id, with which the name of its part begins."""
_SUMMARY = "summary"
# A part is small: handing it to threads takes longer than writing or reading it, and so do its schemas' descriptions.
_WRITING = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
_READING = pa.ipc.IpcReadOptions(use_threads=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its summary, and the name of the part that holds its rows.

    `is_final` says whether the same document would end so again; an accident of the machine is tried anew next time.
    `seconds` is the time that its conversion took; None where it was not converted now.
    """

    part: str
    summary: DocumentSummary
    is_final: bool = True
    seconds: float | None = field(default=None, compare=False)


def part_name(sha256: str, source_name: str, depends_on: Iterable[str]) -> str:
    """The name of a part: the document's id, and a digest of all that its rows depend on.

    >>> part_name("0f" * 32, "a.pdf", ["0.1.0"])
    '0f0f0f0f0f0f0f0f-a0c42f5aa27fb6ff.part'
    """
    said = json.dumps([sha256, source_name, *depends_on], ensure_ascii=True)
    return f"{sha256[:ID_LENGTH]}-{hashlib.sha256(said.encode()).hexdigest()[:16]}{SUFFIX}"


def tables_to_part(tables: Tables, outcome: Outcome, more: Mapping[str, pa.Table] | None = None) -> bytes:
    """The bytes of a document's part; `more` are tables that are Arrow's already."""
    streams = dict(_streams(tables)) | {name: _table_to_stream(_bare(table)) for name, table in (more or {}).items()}
    return _held_to_part({_SUMMARY: outcome_to_json(outcome).encode(), **streams})


def rows_to_part(tables: Tables) -> bytes:
    """The bytes of a part that is no document's: it has rows, and no outcome."""
    return _held_to_part(dict(_streams(tables)))


def _streams(tables: Tables) -> Iterator[tuple[str, bytes]]:
    for declaration in TABLES:
        if rows := tables.get(declaration.name):
            table = records_to_table(rows, declaration, bare_schema(declaration))
            yield declaration.name, _table_to_stream(table)


def _held_to_part(held: Mapping[str, bytes]) -> bytes:
    sizes = json.dumps({name: len(data) for name, data in held.items()})
    data = b"".join((sizes.encode(), b"\n", *held.values()))
    return b"%08x\n%s" % (zlib.crc32(data), data)


def write_part(data: bytes, path: Path) -> None:
    """Write a part so that it is there as a whole or not at all. Raises OSError."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def read_outcome(path: Path) -> Outcome | None:
    """The outcome that a part tells; None where there is no such part, or where it is damaged."""
    try:
        data = path.read_bytes()
        checksum, _, rest = data.partition(b"\n")
        if checksum != b"%08x" % zlib.crc32(rest):
            return None
        return text_to_outcome(_held(io.BytesIO(data), _SUMMARY).decode())
    except (OSError, KeyError, ValueError, TypeError, AttributeError):
        return None


def outcome_to_json(outcome: Outcome) -> str:
    """An outcome as text, to pass from process to process: nothing that a reader of hostile files says is unpickled."""
    return json.dumps(asdict(outcome), ensure_ascii=True, default=datetime.date.isoformat)


def text_to_outcome(text: str) -> Outcome | None:
    """The outcome that a text tells; None where it tells none.

    >>> text_to_outcome('{"part": 1}') is None
    True
    """
    try:
        said = json.loads(text)
        summary = said["summary"]
        row = summary["row"]
        return Outcome(
            str(said["part"]),
            DocumentSummary(
                DocumentRow(**{**row, "retrieved_on": _to_date(row["retrieved_on"])}),
                {name: int(count) for name, count in summary["rows"].items()},
                {name: int(count) for name, count in summary["severities"].items()},
                tuple(Finding(**finding) for finding in summary["errors"]),
                summary["why_partial"],
            ),
            bool(said["is_final"]),
            None if said["seconds"] is None else float(said["seconds"]),
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def _to_date(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


@dataclass(frozen=True, slots=True)
class PartTables(Sequence[pa.Table]):
    """One table's rows, a piece per document, read from its part in `folder` when they are asked for."""

    name: str
    folder: Path
    parts: tuple[str, ...]

    @overload
    def __getitem__(self, index: int) -> pa.Table: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[pa.Table]: ...

    def __getitem__(self, index: int | slice) -> pa.Table | Sequence[pa.Table]:
        if isinstance(index, slice):
            return dataclasses.replace(self, parts=self.parts[index])
        with Path(self.folder, self.parts[index]).open("rb") as part:
            return pa.ipc.open_stream(_held(part, self.name), options=_READING).read_all()

    def __len__(self) -> int:
        return len(self.parts)


def read_part_tables(path: Path, names: Iterable[str]) -> Mapping[str, pa.Table]:
    """The tables of a part that has rows of them. Raises OSError where it is not there."""
    with path.open("rb") as part:
        part.readline()
        sizes: dict[str, int] = json.loads(part.readline())
        start = part.tell()
        found = {}
        for name in names:
            if name in sizes:
                before = [*sizes][: [*sizes].index(name)]
                part.seek(start + sum(sizes[other] for other in before))
                found[name] = pa.ipc.open_stream(part.read(sizes[name]), options=_READING).read_all()
    return found


def read_parts(folder: Path, names: Iterable[str]) -> Iterator[Outcome]:
    """The outcomes of parts that were all there. Raises OSError where one is not any more."""
    for name in names:
        if (outcome := read_outcome(folder / name)) is None:
            raise OSError(f"“{folder / name}” was damaged or taken away while it was needed; start the run again")
        yield outcome


def part_tables(folder: Path, holding: Mapping[str, Sequence[str]]) -> Mapping[str, PartTables]:
    """The rows of every table. `holding` has the paths below `folder` of the parts that hold rows of each, in the order
    of the rows."""
    return {name: PartTables(name, folder, tuple(parts)) for name, parts in holding.items()}


def _held(part: IO[bytes], name: str) -> bytes:
    """The bytes of what a part holds under a name. Raises ValueError where it holds no such thing."""
    part.readline()
    sizes: dict[str, int] = json.loads(part.readline())
    names = [*sizes]
    part.seek(sum(sizes[before] for before in names[: names.index(name)]), os.SEEK_CUR)
    return part.read(sizes[name])


def _bare(table: pa.Table) -> pa.Table:
    """A table without what describes its columns."""
    return table.cast(pa.schema([field.remove_metadata() for field in table.schema])).combine_chunks()


def _table_to_stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=_WRITING) as writer:
        writer.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    return data
