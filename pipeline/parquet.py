"""Writing a snapshot: every table of the contract as a Parquet file, and what describes them; all of it or nothing.

The rules are those that BI tools and lakes need: scalars only, plain strings, zstd, format 2.6 with data page 1.0,
field ids, large row groups. Nothing of the clock or the machine goes in, so the same tables give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.columns import DECLARED, describing_tables
from pipeline.descriptor import data_package
from pipeline.partition import partition, places
from pipeline.run.folder import work_folder
from pipeline.run.foreign import bears_mark
from pipeline.run.replace import MANIFEST, NEW, replace_files
from pipeline.snapshot import TableFiles
from pipeline.views import views_sql
from schemas.arrow import arrow_schema

ROW_GROUP = 65_536
"""Rows in a row group: half of what DuckDB puts into one of its own, so that the process that writes 10,000 documents
stays below 250 MiB."""

_CHUNK = 8_192
"""Rows that are put together at a time; a row group is so many of them. A piece of Parquet's own, a page, ends where a
chunk ends, so chunks are the same however the rows came together."""

_MOST_PIECES = 256
"""Pieces that wait side by side. The buffers of a small piece are many times as large as its rows."""

Pieces = Mapping[str, Sequence[pa.Table]]
"""The rows of each table, piece by piece, as they follow on each other. A piece is read when it is asked for."""


def write_snapshot(
    tables: Mapping[str, pa.Table], out: Path, metadata: Mapping[str, str], keys: Sequence[str] = ()
) -> None:
    """Replace the snapshot in folder `out` by tables that are in memory; see `write_pieces`.

    Raises OSError where the folder cannot be written, and UsageError where another run writes into it.
    """
    with work_folder(out) as work:
        write_pieces({name: [table] for name, table in tables.items()}, out, work, metadata, keys)


def write_pieces(pieces: Pieces, out: Path, work: Path, metadata: Mapping[str, str], keys: Sequence[str] = ()) -> None:
    """Replace the snapshot in folder `out`: a file per table of the contract, with its full schema even without a row.

    Beside them stand the tables `columns` and `categories`, `datapackage.json` and `views.sql`, which describe them.
    With `keys` (see `pipeline.partition`), a table that knows them is a folder of files in Hive layout.

    `work` is the folder that this run holds. `metadata` goes into every file and must hold ``hyoka.schema_version``.
    All files are written beside the old ones before the first is replaced; a failure puts the old ones back. A file of
    an earlier snapshot that this one lacks is removed, other files in `out` stay. However many pieces there are, the
    rows of one row group are in memory at a time. Raises OSError where the folder cannot be written.
    """
    new = work / NEW
    new.mkdir()
    described = {name: [table] for name, table in describing_tables().items()}
    files = tuple(_write_tables({**pieces, **described}, new, metadata, keys))
    (new / MANIFEST).write_text(data_package(new, files), encoding="utf-8", newline="\n")
    (new / "views.sql").write_text(views_sql(files), encoding="utf-8", newline="\n")
    replace_files(out, work, _snapshot(out))


def _write_tables(
    pieces: Pieces, folder: Path, metadata: Mapping[str, str], keys: Sequence[str]
) -> Iterator[TableFiles]:
    where = places(pieces.get("documents", ())) if keys else {}
    for declaration in DECLARED:
        schema = arrow_schema(declaration, metadata)
        paths: list[PurePosixPath] = []
        in_path: tuple[str, ...] = ()
        for path, rows in partition(pieces.get(declaration.name) or [schema.empty_table()], declaration, keys, where):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            paths.append(PurePosixPath(path))
            in_path = tuple(part.partition("=")[0] for part in paths[-1].parts[1:-1])
            _write(rows, _without(schema, in_path), folder / path)
        yield TableFiles(declaration, tuple(map(str, sorted(paths))), in_path)


def _without(schema: pa.Schema, names: Sequence[str]) -> pa.Schema:
    if not names:
        return schema
    return pa.schema([field for field in schema if field.name not in names], schema.metadata)


def _write(pieces: Iterable[pa.Table], schema: pa.Schema, path: Path) -> None:
    # Files are opened here, for Arrow takes no path that is not UTF-8.
    with (
        path.open("wb") as file,
        pq.ParquetWriter(
            file,
            schema,
            version="2.6",
            data_page_version="1.0",
            compression="zstd",
            compression_level=3,
            use_dictionary=True,
            write_statistics=True,
        ) as writer,
    ):
        for group in _row_groups(pieces, schema):
            writer.write_table(group, row_group_size=ROW_GROUP)
            del group  # before the next one is put together
            pa.default_memory_pool().release_unused()


def _row_groups(pieces: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows in tables of `ROW_GROUP` rows, the last one shorter; at least one table."""
    chunks = _chunks(pieces)
    group = [*islice(chunks, ROW_GROUP // _CHUNK)] or [schema.empty_table()]
    while group:
        rows = [pa.concat_tables(group)]
        group = []
        yield rows.pop()  # nothing holds it here while the next ones are put together
        group = [*islice(chunks, ROW_GROUP // _CHUNK)]


def _chunks(pieces: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The rows in tables of one chunk of `_CHUNK` rows, the last one shorter: how they came together does not show."""
    waiting: list[pa.Table] = []
    count = 0
    for piece in pieces:
        waiting.append(piece)
        count += piece.num_rows
        if count >= _CHUNK or len(waiting) > _MOST_PIECES:
            rows = pa.concat_tables(waiting)
            whole = count - count % _CHUNK
            for start in range(0, whole, _CHUNK):
                yield rows.slice(start, _CHUNK).combine_chunks()
            waiting = [rows.slice(whole).combine_chunks()]
            count -= whole
    if count:
        yield pa.concat_tables(waiting).combine_chunks()


def _snapshot(out: Path) -> Iterator[Path]:
    """The files and folders of an earlier snapshot, and whatever stands where a table or a description goes."""
    names = {f"{declaration.name}.parquet" for declaration in DECLARED} | {MANIFEST, "views.sql"}
    return (path for path in sorted(out.iterdir()) if path.name in names or bears_mark(path))
