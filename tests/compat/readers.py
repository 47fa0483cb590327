"""One function per reader: the rows of a table's Parquet files as Python values, columns in the declared order.

A reader that is not installed skips its tests and says so. Tableau's Hyper API and Spark come with the extra `compat`;
Spark also wants Java 17.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from pipeline.snapshot import PARTITION_TYPES, TableFiles

Rows = list[tuple[Any, ...]]
Reader = Callable[[Path, TableFiles], Rows]


def names(files: TableFiles) -> list[str]:
    return [column.name for column in files.declaration.columns]


def root(out: Path, files: TableFiles) -> Path:
    """What a reader is pointed at: the file, or the folder of a table in Hive layout."""
    return out / (files.declaration.name if files.keys else files.paths[0])


def with_duckdb(out: Path, files: TableFiles) -> Rows:
    columns = ", ".join(f'"{name}"' for name in names(files))
    with duckdb.connect() as connection:
        found: Rows = connection.execute(
            f"SELECT {columns} FROM read_parquet($1)", [str(out / files.pattern)]
        ).fetchall()
    return found


def hive(files: TableFiles) -> ds.Partitioning | None:
    """What stands in the paths, for readers built on pyarrow: left alone they guess, and fail without a year."""
    types = pa.schema([(key, PARTITION_TYPES[key]) for key in files.keys])
    return ds.partitioning(types, flavor="hive") if files.keys else None


def with_pyarrow(out: Path, files: TableFiles) -> Rows:
    source = ds.dataset(root(out, files), format="parquet", partitioning=hive(files))
    return [tuple(row.values()) for row in source.to_table(columns=names(files)).to_pylist()]


def with_pandas(out: Path, files: TableFiles) -> Rows:
    frame = pd.read_parquet(root(out, files), dtype_backend="pyarrow", partitioning=hive(files))
    return [
        tuple(None if pd.isna(value) else value for value in row)
        for row in frame[names(files)].astype(object).itertuples(index=False)
    ]


def with_polars(out: Path, files: TableFiles) -> Rows:
    polars = pytest.importorskip("polars", reason="Polars is not installed (pip install polars)")
    frame = polars.read_parquet(out / files.pattern, hive_partitioning=bool(files.keys))
    rows: Rows = frame.select(names(files)).rows()
    return rows


def with_hyper(out: Path, files: TableFiles) -> Rows:
    """Tableau opens files, not Hive layouts: a table in several files is read file by file, without the years."""
    hyper = pytest.importorskip("tableauhyperapi", reason="Tableau's Hyper API is not installed (extra: compat)")
    if files.keys:
        pytest.skip("Tableau reads single Parquet files; partitions are for engines that know Hive's layout")
    columns = ", ".join(f'"{name}"' for name in names(files))
    with _hyper_connection() as connection:
        path = hyper.escape_string_literal(str(root(out, files)))
        found = connection.execute_list_query(f"SELECT {columns} FROM external({path}, FORMAT => 'parquet')")
    return [tuple(_from_hyper(value) for value in row) for row in found]


def with_spark(out: Path, files: TableFiles) -> Rows:
    rows = _spark().read.parquet(str(root(out, files))).select(*names(files)).collect()
    return [tuple(row) for row in rows]


READERS: Mapping[str, Reader] = {
    "DuckDB": with_duckdb,
    "pyarrow": with_pyarrow,
    "pandas": with_pandas,
    "Polars": with_polars,
    "Hyper": with_hyper,
    "Spark": with_spark,
}


def sorted_rows(rows: Sequence[Sequence[Any]]) -> list[str]:
    """Rows in an order that does not depend on the reader's. Types count: 1 is not 1.0, and a code is no number."""
    return sorted(repr(tuple(row)) for row in rows)


@contextmanager
def _hyper_connection() -> Iterator[Any]:
    hyper = import_module("tableauhyperapi")
    quiet = {"log_config": "", "log_file_max_count": "1"}
    telemetry = hyper.Telemetry.DO_NOT_SEND_USAGE_DATA_TO_TABLEAU
    with hyper.HyperProcess(telemetry, parameters=quiet) as process, hyper.Connection(process.endpoint) as connection:
        yield connection


def _from_hyper(value: Any) -> Any:
    """Hyper gives a date of its own."""
    return value.to_date() if hasattr(value, "to_date") and not isinstance(value, datetime.date) else value


@cache
def _spark() -> Any:
    pyspark = pytest.importorskip("pyspark.sql", reason="Spark is not installed (extra: compat)")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17, which is not installed")
    builder = pyspark.SparkSession.builder.master("local[1]").appName("hyoka")
    options = {"spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC", "spark.driver.host": "127.0.0.1"}
    for name, value in options.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
