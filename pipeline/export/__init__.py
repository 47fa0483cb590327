"""`hyoka export OUT --to xlsx|csv|duckdb|sqlite`: a snapshot in the form that a tool or an office asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pipeline.export.csv_files import export_csv
from pipeline.export.database import export_duckdb, export_sqlite
from pipeline.export.workbook import export_xlsx
from pipeline.sources import UsageError

_EXPORTS: Mapping[str, tuple[str, Callable[[Path, Path], Iterator[str]]]] = {
    "xlsx": (".xlsx", export_xlsx),
    "csv": ("-csv", export_csv),
    "duckdb": (".duckdb", export_duckdb),
    "sqlite": (".sqlite", export_sqlite),
}


def export(out: Path, form: str, target: Path | None = None) -> tuple[Path, tuple[str, ...]]:
    """Write the snapshot in folder `out` as one of `_EXPORTS`; give the place and what to know of it.

    Without `target`, the export stands beside the snapshot and is named like it. It is written under another name and
    then put in its place, so that a failure leaves what was there. Raises UsageError where `out` holds no tables or
    the target cannot be what is written, OSError where it cannot be written.
    """
    ending, write = _EXPORTS[form]
    place = target or out.absolute().with_name(out.absolute().name + ending)
    if place.is_dir() and form != "csv":
        raise UsageError(f"“{place}” is a folder. Give a file for --out.")
    if place.is_file() and form == "csv":
        raise UsageError(f"“{place}” is a file. Give a folder for --out: CSV is one file per table.")
    return place, tuple(write(out, place))
