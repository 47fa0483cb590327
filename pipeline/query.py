"""`hyoka query OUT "SQL"`: one question to the tables of a snapshot, in DuckDB's SQL."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import duckdb
from rich.cells import cell_len, set_cell_size
from rich.table import Column, Table
from rich.text import Text

from pipeline.console import stdout_console
from pipeline.snapshot import snapshot_files
from pipeline.sources import UsageError
from pipeline.views import views_sql

Value = object
_UNLIMITED = 100_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: the names of its columns and its rows. Missing is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def query(out: Path, sql: str) -> Answer:
    """The answer of DuckDB to a question about the snapshot in folder `out`, whatever its layout.

    Raises UsageError with DuckDB's message where the question cannot be answered.
    """
    with open_snapshot(out) as connection:
        try:
            found = connection.execute(sql)
            if found is None:
                raise UsageError('the query is empty. Give one in quotes, as "FROM results".')
            return Answer(tuple(name for name, *_ in found.description or ()), tuple(found.fetchall()))
        except duckdb.Error as error:
            raise UsageError(f"the query cannot be answered. {error}") from None


def open_snapshot(out: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB in memory, with the tables of a snapshot and the views of `views.sql` over its files.

    The views are made from this version's declarations: no statement of a file in the folder is run.
    """
    statements = views_sql(snapshot_files(out), out)
    connection = duckdb.connect()
    try:
        connection.execute(statements).fetchall()
    except duckdb.Error as error:
        connection.close()
        raise UsageError(f"“{out}” is of another version of hyoka; convert anew. {error}") from None
    return connection


def print_answer(answer: Answer, form: str) -> None:
    """Print an answer on standard output, as ``table``, ``csv`` or ``json``."""
    if form == "csv":
        write_csv(answer, sys.stdout)
    elif form == "json":
        write_json(answer, sys.stdout)
    else:
        console = stdout_console()
        table = answer_to_table(answer)
        fits = console.measure(table, options=console.options.update(max_width=_UNLIMITED)).maximum <= console.width
        console.print(table if fits else answer_to_records(answer), soft_wrap=not fits)


def answer_to_table(answer: Answer) -> Table:
    """The answer as a table for the terminal; missing values are empty."""
    table = Table(*(Column(header=Text(name)) for name in answer.columns))
    for row in answer.rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
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
                f"{set_cell_size(name, widest)}  {'' if value is None else value}".rstrip()
                for name, value in zip(answer.columns, row, strict=True)
            ),
        )
    )
    return Text("\n".join(lines) or "no row")


def write_csv(answer: Answer, file: TextIO) -> None:
    """The answer as CSV with a line of names; missing values are empty."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(answer.rows)


def write_json(answer: Answer, file: TextIO) -> None:
    """The answer as JSON, one object a line; what JSON has no type for (dates) is text."""
    for row in answer.rows:
        file.write(json.dumps(_named(answer.columns, row), ensure_ascii=False, default=str) + "\n")


def _named(columns: Sequence[str], row: Sequence[Value]) -> dict[str, Value]:
    return dict(zip(columns, row, strict=True))
