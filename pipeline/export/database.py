"""DuckDB: one file with the tables themselves, their keys and comments, and the views for common questions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipeline.snapshot import TableFiles, read_table, snapshot_files
from pipeline.views import questions_sql, table_comments
from schemas.declare import ColumnType, TableDeclaration

_TYPES: dict[ColumnType, str] = {
    "string": "VARCHAR",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "float64": "DOUBLE",
    "bool": "BOOLEAN",
    "date32": "DATE",
}


def export_duckdb(out: Path, target: Path) -> Iterator[str]:
    """Write the snapshot in folder `out` as the database file `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".hyoka-", dir=target.parent) as folder:
        path = Path(folder, "tables.duckdb")
        with duckdb.connect(str(path)) as connection:
            for files in snapshot_files(out):
                _fill(connection, out, files)
            connection.execute(questions_sql()).fetchall()
            connection.execute("CHECKPOINT").fetchall()
        path.replace(target)
    yield from ()


def create_table(declaration: TableDeclaration) -> str:
    """The statement for a declared table. A key with columns that may be missing is no primary key in SQL.

    >>> from schemas.declare import declaration_of
    >>> from schemas.records import MeasureLink
    >>> print(create_table(declaration_of(MeasureLink)))
    CREATE TABLE measure_links (
      "measure_id" VARCHAR NOT NULL,
      "kind" VARCHAR NOT NULL,
      "target_text" VARCHAR NOT NULL,
      "target_measure_id" VARCHAR,
      PRIMARY KEY ("measure_id", "kind", "target_text")
    );
    """
    lines = [
        f'"{column.name}" {_TYPES[column.type]}{"" if column.nullable else " NOT NULL"}'
        for column in declaration.columns
    ]
    if not any(column.nullable for column in declaration.columns if column.name in declaration.key):
        key = ", ".join(f'"{name}"' for name in declaration.key)
        lines.append(f"PRIMARY KEY ({key})")
    return f"CREATE TABLE {declaration.name} (\n  " + ",\n  ".join(lines) + "\n);"


def _fill(connection: duckdb.DuckDBPyConnection, out: Path, files: TableFiles) -> None:
    name = files.declaration.name
    connection.execute(create_table(files.declaration)).fetchall()
    connection.register("rows_to_insert", read_table(out, files))
    connection.execute(f"INSERT INTO {name} SELECT * FROM rows_to_insert").fetchall()
    connection.unregister("rows_to_insert")
    connection.execute("\n".join(table_comments(files.declaration, "TABLE"))).fetchall()
