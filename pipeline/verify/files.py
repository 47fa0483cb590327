"""The files of a snapshot: their schema, and that writing them again changes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.parquet import write_snapshot
from schemas.arrow import arrow_schema, records_to_table, table_to_records
from schemas.records import TABLES


def files_off_schema(out: Path) -> Iterator[str]:
    """The files whose columns or types are not the declared ones, with the first that differs."""
    for declaration in TABLES:
        found = pq.read_schema(out / f"{declaration.name}.parquet")
        for column, field in zip(arrow_schema(declaration), found, strict=False):
            if (column.name, column.type) != (field.name, field.type):
                yield f"{declaration.name}: expected {column.name} {column.type}, met {field.name} {field.type}"
                break
        else:
            if len(declaration.columns) != len(found):
                yield f"{declaration.name}: expected {len(declaration.columns)} columns, met {len(found)}"


def bytes_that_change(out: Path) -> tuple[str, ...]:
    """The tables whose file is another one when its records are written again."""
    tables, notes = {}, {}
    for declaration in TABLES:
        table = pq.read_table(out / f"{declaration.name}.parquet")
        tables[declaration.name] = records_to_table(table_to_records(table, declaration), declaration)
        notes.update({key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()})
    own = {key: value for key, value in notes.items() if key.startswith("hyoka.")}
    with tempfile.TemporaryDirectory() as folder:
        write_snapshot(tables, Path(folder), own)
        return tuple(
            declaration.name
            for declaration in TABLES
            if (out / f"{declaration.name}.parquet").read_bytes()
            != Path(folder, f"{declaration.name}.parquet").read_bytes()
        )
