"""Whose a folder is: tables that others wrote, and inputs, are not replaced unless somebody insists.

A folder is hyoka's where its `datapackage.json` says so, or where a run of hyoka was stopped in it. There, tables are
replaced whatever they hold; elsewhere only files that bear hyoka's mark.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.run.folder import WORK
from pipeline.run.replace import MANIFEST
from pipeline.sources import Input, UsageError, printable

MARK = b"hyoka.schema_version"
"""The file metadata key that marks a Parquet file as one of hyoka's, which a later snapshot may replace."""

_FORCE = "Give another folder for --out, or --force to write there all the same."


def refuse_foreign(out: Path) -> None:
    """Raises UsageError where a folder holds tables or a descriptor that are not hyoka's."""
    if not out.is_dir() or (out / WORK).is_dir() or _is_hyokas(out / MANIFEST):
        return
    if found := [path.name for path in sorted(out.iterdir()) if _is_foreign(path)]:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise UsageError(f"“{printable(str(out))}” holds {found[0]}{more}, which hyoka did not write. {_FORCE}")


def refuse_inputs_as_output(inputs: Sequence[Input], out: Path) -> None:
    """Raises UsageError where the output is a folder that is read."""
    here = os.path.realpath(out)
    for path in inputs:
        if isinstance(path, Path) and os.path.realpath(path) == here and out.is_dir():
            raise UsageError(
                f"“{printable(str(out))}” is the folder that is read: tables would lie among its sources. {_FORCE}"
            )


def bears_mark(path: Path) -> bool:
    """Whether a Parquet file, or a folder of them in Hive layout, is of an earlier snapshot."""
    if path.is_dir():
        return any(bears_mark(part) for part in path.glob("*=*/**/*.parquet"))
    if path.suffix != ".parquet":
        return False
    try:
        with path.open("rb") as file:
            return MARK in (pq.read_schema(file).metadata or {})
    except (OSError, pa.ArrowException):
        return False


def _is_foreign(path: Path) -> bool:
    if path.name == MANIFEST:
        return True
    if path.is_dir():
        return any(path.glob("*=*/**/*.parquet")) and not bears_mark(path)
    return path.suffix == ".parquet" and not bears_mark(path)


def _is_hyokas(descriptor: Path) -> bool:
    try:
        said = json.loads(descriptor.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(said, dict) and str(said.get("generator", "")).startswith("hyoka ")
