"""`hyoka query OUT "SQL"`: one question to the tables of a snapshot, in DuckDB's SQL."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import duckdb
from rich.cells import cell_len, set_cell_size
from rich.table import Column, Table
from rich.text import Text

from pipeline.console import VisibleStream, stdout_console
from pipeline.snapshot import every_table, open_table, whole_snapshot
from pipeline.sources import UsageError
from pipeline.views import questions_sql, table_comments
from pipeline.visible import visible
from schemas.arrow import arrow_schema

Value = object
_UNLIMITED = 100_000
_SAFE = (
    "SET python_enable_replacements = false",  # a name that is no table is no variable of this program either
    "SET enable_external_access = false",  # files, other databases, extensions, the network
    "SET lock_configuration = true",
)
_UNSAFE = "\nA question reads the tables of OUT and nothing else; --unsafe lifts that."


class Sink(Protocol):
    """Where text is written."""

    def write(self, text: str, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: the names of its columns and its rows. Missing is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def query(out: Path, sql: str, unsafe: bool = False) -> Answer:
    """The answer of DuckDB to a question about the snapshot in folder `out`, whatever its layout.

    Raises UsageError with DuckDB's message where the question cannot be answered.
    """
    with open_snapshot(out, unsafe) as connection:
        try:
            found = connection.execute(sql)
            if found is None:
                raise UsageError('the query is empty. Give one in quotes, as "FROM results".')
            return Answer(tuple(name for name, *_ in found.description or ()), tuple(found.fetchall()))
        except duckdb.Error as error:
            hint = _UNSAFE if isinstance(error, duckdb.PermissionException) else ""
            raise UsageError(f"the query cannot be answered. {error}{hint}") from None


def open_snapshot(out: Path, unsafe: bool = False) -> duckdb.DuckDBPyConnection:
    """DuckDB in memory, with the tables of a snapshot, their comments, and the views for common questions.

    It sees these tables and no file: reading or writing any, extensions, other databases and changes of its settings
    are off, unless it is `unsafe`. The views are made from this version's declarations: no statement of a file in the
    folder is run. Raises UsageError where the folder holds no whole snapshot.
    """
    connection = duckdb.connect()
    try:
        for files in every_table(whole_snapshot(out)):
            name = files.declaration.name
            rows = open_table(out, files) if files.paths else arrow_schema(files.declaration).empty_table()
            connection.register(name, rows)
            connection.execute("\n".join(table_comments(files.declaration, "VIEW"))).fetchall()
        connection.execute(questions_sql()).fetchall()
        if not unsafe:
            for setting in _SAFE:
                connection.execute(setting).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def print_answer(answer: Answer, form: str) -> None:
    """Print an answer on standard output, as ``table``, ``csv`` or ``json``."""
    if form == "csv":
        write_csv(answer, VisibleStream(sys.stdout))
    elif form == "json":
        write_json(answer, VisibleStream(sys.stdout))
    else:
        console = stdout_console()
        table = answer_to_table(answer)
        fits = console.measure(table, options=console.options.update(max_width=_UNLIMITED)).maximum <= console.width
        console.print(table if fits else answer_to_records(answer), soft_wrap=not fits)


def answer_to_table(answer: Answer) -> Table:
    """The answer as a table for the terminal; missing values are empty."""
    table = Table(*(Column(header=Text(name)) for name in answer.columns))
    for row in answer.rows:
        table.add_row(*(Text("" if value is None else visible(str(value))) for value in row))
    return table


def answer_to_records(answer: Answer) -> Text:
    """The answer as one line per value, for rows that are wider than the terminal.

    >>> print(answer_to_records(Answer(("measure_name", "unit"), (("商店会の支援", None),))))
    ── 1 of 1
    measure_name  商店会の支援
    unit
    """
    widest = max(map(cell_len, answer.columns), default=0)
    lines = (
        line
        for number, row in enumerate(answer.rows, start=1)
        for line in (
            f"── {number} of {len(answer.rows)}",
            *(
                f"{set_cell_size(name, widest)}  {'' if value is None else visible(str(value))}".rstrip()
                for name, value in zip(answer.columns, row, strict=True)
            ),
        )
    )
    return Text("\n".join(lines) or "no row")


def write_csv(answer: Answer, file: Sink) -> None:
    """The answer as CSV with a line of names; missing values are empty."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(answer.rows)


def write_json(answer: Answer, file: Sink) -> None:
    """The answer as JSON, one object a line; what JSON has no type for (dates) is text."""
    for row in answer.rows:
        file.write(json.dumps(_named(answer.columns, row), ensure_ascii=False, default=str) + "\n")


def _named(columns: Sequence[str], row: Sequence[Value]) -> dict[str, Value]:
    return dict(zip(columns, row, strict=True))
