"""`views.sql`: the snapshot in DuckDB, with comments in both languages, and views for the common questions.

``cd OUT && duckdb -init views.sql`` opens it: paths are taken from where DuckDB was started, or from its setting
``file_search_path``. The views over the tables derive from the declarations; the questions stand in `questions.sql`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files as package_files
from typing import Literal

from pipeline.snapshot import PARTITION_TYPES, TableFiles
from schemas.declare import TableDeclaration, Text
from schemas.wording import categories, description

_HEAD = """\
-- The tables of this folder as views of DuckDB, and views for common questions.
-- このフォルダーの表を DuckDB のビューとして開く。よくある問いのためのビューも含む。
--   cd OUT && duckdb -init views.sql
"""
_SQL_TYPES = {"int32": "INTEGER", "string": "VARCHAR"}


def views_sql(tables: Sequence[TableFiles]) -> str:
    """The statements for the given tables. They may be run again: what exists is replaced."""
    return "\n".join((_HEAD, *(_view(files) for files in tables), questions_sql()))


@lru_cache(maxsize=64)
def _view(files: TableFiles) -> str:
    return "\n".join(table_view(files))


def table_view(files: TableFiles) -> Iterator[str]:
    """The view over a table's files, and the comments on it and on its columns.

    >>> from schemas.records import Municipality
    >>> from schemas.declare import declaration_of
    >>> print(next(table_view(TableFiles(declaration_of(Municipality), ("municipalities.parquet",)))))
    CREATE OR REPLACE VIEW municipalities AS SELECT * FROM read_parquet('municipalities.parquet');
    """
    yield f"CREATE OR REPLACE VIEW {files.declaration.name} AS {select(files)};"
    yield from table_comments(files.declaration, "VIEW")
    yield ""


def table_comments(declaration: TableDeclaration, kind: Literal["TABLE", "VIEW"]) -> Iterator[str]:
    """The comments on a table, or on a view over it, and on its columns: titles and descriptions in both languages.

    A column with a closed set of values has them in its comment, with their Japanese labels.
    """
    yield f"COMMENT ON {kind} {declaration.name} IS {quoted(_said(declaration.title, declaration.description))};"
    for column in declaration.columns:
        said = _said(column.title, column.description)
        closed = ", ".join(f"{c.value} {c.label.ja}" for c in categories(declaration.name, column.name))
        text = f"{said} [{closed}]" if closed else said
        yield f'COMMENT ON COLUMN {declaration.name}."{column.name}" IS {quoted(text)};'


def select(files: TableFiles) -> str:
    """The query for a table's files, with the declared columns in their order and what else stands in the paths."""
    path = quoted(files.pattern)
    if not files.keys:
        return f"SELECT * FROM read_parquet({path})"
    declared = [column.name for column in files.declaration.columns]
    columns = ", ".join(f'"{name}"' for name in (*declared, *(key for key in files.keys if key not in declared)))
    types = ", ".join(f"{key}: {_SQL_TYPES[str(PARTITION_TYPES[key])]}" for key in files.keys)
    options = f"hive_partitioning = true, hive_types = {{{types}}}"
    return f"SELECT {columns} FROM read_parquet({path}, {options})"


@cache
def questions_sql() -> str:
    """The views for common questions, each with its comment."""
    return package_files("pipeline").joinpath("questions.sql").read_text(encoding="utf-8")


def _said(title: Text, about: str) -> str:
    names = title.ja if title.ja == title.en else f"{title.ja} / {title.en}"
    said = description(about)
    return f"{names}: {said.ja} / {said.en}" if said else names


def quoted(text: str) -> str:
    """A text as SQL has it.

    >>> quoted("O'Hara")
    "'O''Hara'"
    """
    return "'" + text.replace("'", "''") + "'"
