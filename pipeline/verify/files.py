"""The files of a snapshot: their schema, and that writing them again changes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.parquet import write_snapshot
from pipeline.snapshot import read_table, snapshot_files
from pipeline.whole import listed_files, strangers
from schemas.arrow import arrow_schema, records_to_table, table_to_records
from schemas.records import TABLES
from schemas.rows import Tables


def files_off_schema(out: Path) -> Iterator[str]:
    """The tables without a file, and the files whose columns are not the declared ones, with the first that differs.

    A column that stands in the path of a file (Hive layout) does not stand in the file. Raises UsageError for a folder
    without tables.
    """
    found = {files.declaration.name: files for files in snapshot_files(out)}
    for declaration in TABLES:
        if declaration.name not in found:
            yield f"{declaration.name}: no file"
    for name, files in found.items():
        expected = [
            (field.name, field.type) for field in arrow_schema(files.declaration) if field.name not in files.keys
        ]
        for path in files.paths:
            met = [(field.name, field.type) for field in pq.read_schema(out / path)]
            if wrong := next((pair for pair in zip(expected, met, strict=False) if pair[0] != pair[1]), None):
                yield f"{path}: expected {' '.join(map(str, wrong[0]))}, met {' '.join(map(str, wrong[1]))}"
            elif len(expected) != len(met):
                yield f"{name}: expected {len(expected)} columns, met {len(met)} in {path}"


def read_tables(out: Path) -> Tables:
    """The records of a snapshot, table by table."""
    return {
        files.declaration.name: table_to_records(read_table(out, files), files.declaration)
        for files in snapshot_files(out)
        if files.declaration in TABLES
    }


def files_off_descriptor(out: Path) -> tuple[str, ...]:
    """The files that are not those that the descriptor lists, by size and digest."""
    return tuple(strangers(out, listed_files(out), (path for files in snapshot_files(out) for path in files.paths)))


def bytes_that_change(out: Path, tables: Tables) -> tuple[str, ...]:
    """The files of a snapshot that are others, or that there are not, when its records are written again."""
    found = snapshot_files(out)
    notes = pq.read_schema(out / found[0].paths[0]).metadata or {}
    own = {key.decode(): value.decode() for key, value in notes.items() if key.startswith(b"hyoka.")}
    keys = max((files.keys for files in found), key=len)
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder)
        write_snapshot({d.name: records_to_table(tables[d.name], d) for d in TABLES}, again, own, keys)
        written = {path.relative_to(again).as_posix() for path in again.rglob("*") if path.is_file()}
        present = {path for files in found for path in files.paths}
        return tuple(
            path
            for path in sorted(written | present)
            if not (out / path).is_file()
            or not (again / path).is_file()
            or (out / path).read_bytes() != (again / path).read_bytes()
        )
