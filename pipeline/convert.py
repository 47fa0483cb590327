"""The main job: files in, one snapshot of the contract's tables out.

Whatever goes wrong inside one document stays there: it becomes a row and a finding, and the batch goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.corrections import corrections_to_digests
from pipeline.document import Options, convert_document, reference_tables
from pipeline.failure import failure_records
from pipeline.parquet import write_snapshot
from pipeline.sources import KINDS, Source, UsageError, find_inputs
from pipeline.summary import DocumentSummary, Repeated, Summary, summarise
from pipeline.versions import snapshot_metadata
from schemas.arrow import records_to_table
from schemas.records import TABLES
from schemas.validate import Tables

Watch = Callable[[Sequence[Source]], Iterable[Source]]
Parts = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Converted:
    """One document of a batch: its summary, and its rows in the form that is kept until the end."""

    summary: DocumentSummary
    parts: Parts


def convert(
    inputs: Sequence[Path], out: Path, options: Options, watch: Watch = iter, keys: Sequence[str] = ()
) -> Summary:
    """Convert files and folders into the snapshot in folder `out`, and say what happened to each document.

    `watch` passes the sources on one by one, to show progress; with `keys`, tables are written in Hive layout. Raises
    UsageError where there is nothing to start with, and OSError where `out` cannot be written; `out` is then as it was.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"“{out}” is a file. Give a folder for the tables; it is made where it does not exist.")
    found = find_inputs(inputs, out)
    outcomes = tuple(convert_sources(watch(found.sources), options))
    documents = [outcome for outcome in outcomes if isinstance(outcome, Converted)]
    rows = [document.summary.row for document in documents]
    write_snapshot(
        _joined([_tables_to_parts(reference_tables()), *(document.parts for document in documents)]),
        out,
        snapshot_metadata(
            [*((row.source_name, row.sha256) for row in rows), *corrections_to_digests(options.corrections)]
        ),
        keys,
    )
    return Summary(
        documents=tuple(document.summary for document in documents),
        ignored=found.ignored,
        repeated=tuple(outcome for outcome in outcomes if isinstance(outcome, Repeated)),
    )


def convert_sources(sources: Iterable[Source], options: Options) -> Iterator[Converted | Repeated]:
    """Convert sources one by one, in the given order.

    A file with the same bytes as an earlier one is not converted again: its id, and every id made of it, would be the
    same.
    """
    names: dict[str, str] = {}
    for source in sources:
        data, trouble = _load(source)
        # Where not a byte can be read, the name stands in for the bytes: a document needs an id.
        sha256 = hashlib.sha256(source.name.encode() if data is None else data).hexdigest()
        if first := names.get(sha256):
            yield Repeated(source.name, first)
            continue
        names[sha256] = source.name
        tables = (
            failure_records(source.name, sha256, trouble)
            if data is None
            else convert_document(data, source.name, options)
        )
        yield Converted(summarise(tables), _tables_to_parts(tables))


def _load(source: Source) -> tuple[bytes | None, str]:
    """The bytes of a source, or None and what is the matter with it."""
    if source.trouble is None:
        try:
            return source.path.read_bytes(), ""
        except OSError as error:
            return None, f"this file cannot be opened ({error.strerror}); see whether it is there and may be read"
    return None, f"this {source.trouble}; files of these kinds are read: {KINDS}"


def _tables_to_parts(tables: Tables) -> Parts:
    return {d.name: records_to_table(tables[d.name], d) for d in TABLES if tables.get(d.name)}


def _joined(parts: Sequence[Parts]) -> Parts:
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: pa.concat_tables(part[name] for part in parts if name in part) for name in names}
