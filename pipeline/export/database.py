"""Databases: one file with the tables themselves, their keys, and in DuckDB comments and views for common questions.

The DuckDB file is of the storage version of DuckDB 1.0, which every later one opens. SQLite knows neither comments nor
the SQL of the views; what the columns are stands in its tables `columns` and `categories`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.export.place import beside
from pipeline.snapshot import TableFiles, every_table, read_table, whole_snapshot
from pipeline.views import questions_sql, quoted, table_comments
from schemas.arrow import arrow_schema
from schemas.declare import ColumnType, TableDeclaration

_STORAGE = "v1.0.0"
_BATCH = 10_000
_DUCKDB: dict[ColumnType, str] = {
    "string": "VARCHAR",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "float64": "DOUBLE",
    "bool": "BOOLEAN",
    "date32": "DATE",
}
_SQLITE: dict[ColumnType, str] = {
    "string": "TEXT",
    "int32": "INTEGER",
    "int64": "INTEGER",
    "float64": "REAL",
    "bool": "BOOLEAN",
    "date32": "DATE",
}


def export_duckdb(out: Path, target: Path) -> Iterator[str]:
    """Write the snapshot in folder `out` as the database file `target`."""
    tables = whole_snapshot(out)
    with beside(target) as folder:
        path = folder / "tables.duckdb"
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH {quoted(str(path))} AS tables (STORAGE_VERSION '{_STORAGE}')").fetchall()
            connection.execute("USE tables").fetchall()
            for files in every_table(tables):
                name = files.declaration.name
                connection.execute(create_table(files.declaration, _DUCKDB)).fetchall()
                connection.register("rows_to_insert", _rows(out, files))
                connection.execute(f"INSERT INTO {name} SELECT * FROM rows_to_insert").fetchall()
                connection.unregister("rows_to_insert")
                connection.execute("\n".join(table_comments(files.declaration, "TABLE"))).fetchall()
            connection.execute(questions_sql()).fetchall()
            connection.execute("USE memory").fetchall()
            connection.execute("DETACH tables").fetchall()
        path.replace(target)
    yield from ()


def export_sqlite(out: Path, target: Path) -> Iterator[str]:
    """Write the snapshot in folder `out` as the SQLite file `target`. Dates are text, as 2024-04-01; flags 0 and 1."""
    tables = whole_snapshot(out)
    with beside(target) as folder:
        path = folder / "tables.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            for files in every_table(tables):
                connection.execute(create_table(files.declaration, _SQLITE))
                places = ", ".join("?" for _ in files.declaration.columns)
                statement = f"INSERT INTO {files.declaration.name} VALUES ({places})"
                for batch in _rows(out, files).to_batches(max_chunksize=_BATCH):
                    columns = [column.cast(_storable(column.type)).to_pylist() for column in batch.columns]
                    connection.executemany(statement, zip(*columns, strict=True))
            connection.commit()
            connection.execute("VACUUM")
        path.replace(target)
    yield from ()


def create_table(declaration: TableDeclaration, types: dict[ColumnType, str]) -> str:
    """The statement for a declared table. A key with columns that may be missing is no primary key in SQL.

    >>> from schemas.declare import declaration_of
    >>> from schemas.records import MeasureLink
    >>> print(create_table(declaration_of(MeasureLink), _DUCKDB))
    CREATE TABLE measure_links (
      "measure_id" VARCHAR NOT NULL,
      "kind" VARCHAR NOT NULL,
      "target_text" VARCHAR NOT NULL,
      "target_measure_id" VARCHAR,
      PRIMARY KEY ("measure_id", "kind", "target_text")
    );
    """
    lines = [
        f'"{column.name}" {types[column.type]}{"" if column.nullable else " NOT NULL"}'
        for column in declaration.columns
    ]
    if not any(column.nullable for column in declaration.columns if column.name in declaration.key):
        key = ", ".join(f'"{name}"' for name in declaration.key)
        lines.append(f"PRIMARY KEY ({key})")
    return f"CREATE TABLE {declaration.name} (\n  " + ",\n  ".join(lines) + "\n);"


def _rows(out: Path, files: TableFiles) -> pa.Table:
    return read_table(out, files) if files.paths else arrow_schema(files.declaration).empty_table()


def _storable(kind: pa.DataType) -> pa.DataType:
    """The type in which Python's sqlite3 takes a value: it has none of its own for dates."""
    return pa.string() if pa.types.is_date(kind) else kind
