"""What stands in the folder of a snapshot: which files hold a table, and the table itself.

A table is one Parquet file, or, where the snapshot was partitioned, a folder of files in Hive layout
(``results/fiscal_year=2025/part-0.parquet``). Nothing else in this package needs to know which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.run.replace import refuse_half
from pipeline.sources import UsageError
from pipeline.whole import listed_files, refuse_missing, refuse_strangers
from schemas.arrow import arrow_schema
from schemas.declare import TableDeclaration
from schemas.description import DESCRIBING
from schemas.records import TABLES

if TYPE_CHECKING:
    import pyarrow.dataset as ds

_T = TypeVar("_T")

PARTITION_TYPES = {"fiscal_year": pa.int32(), "municipality": pa.string()}
"""The columns that may stand in the path of a file, and what they are: readers left alone would guess."""

NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__"
"""What Hive, Spark, DuckDB, Polars and pyarrow write and read in a path for a missing value."""


@dataclass(frozen=True, slots=True)
class TableFiles:
    """The files of one table, as paths below the snapshot's folder.

    `keys` are the columns that stand in the paths. `lacking` are declared columns that an older hyoka did not write.
    """

    declaration: TableDeclaration
    paths: tuple[str, ...]
    keys: tuple[str, ...] = ()
    lacking: frozenset[str] = frozenset()

    @property
    def pattern(self) -> str:
        """One path with wildcards for all files of the table."""
        name = self.declaration.name
        return f"{name}{'/*' * len(self.keys)}/*.parquet" if self.keys else f"{name}.parquet"


def snapshot_files(out: Path) -> tuple[TableFiles, ...]:
    """The tables of the snapshot in a folder, in the contract's order, then the tables that describe them.

    Raises UsageError where the folder holds none, where one that its descriptor lists is missing or damaged, where the
    descriptor is, or where the tables are being replaced.
    """
    refuse_half(out)
    found = tuple(files for declaration in (*TABLES, *DESCRIBING) for files in _files(out, declaration))
    if not found:
        raise UsageError(f"“{out}” holds no tables of hyoka. Give the OUT of `hyoka convert IN --out OUT`.")
    refuse_missing(out, listed_files(out))
    return found


def whole_snapshot(out: Path) -> tuple[TableFiles, ...]:
    """The same; raises UsageError also where a file is not the one that the descriptor lists."""
    found = snapshot_files(out)
    refuse_strangers(out, listed_files(out), (path for files in found for path in files.paths))
    return found


def every_table(found: Sequence[TableFiles]) -> Iterator[TableFiles]:
    """All declared tables; one that an older hyoka did not write yet has no file."""
    known = {files.declaration: files for files in found}
    return (known.get(declaration, TableFiles(declaration, ())) for declaration in (*TABLES, *DESCRIBING))


def open_table(out: Path, files: TableFiles) -> ds.Dataset:
    """A table to be read piece by piece, with its declared columns and types, whatever its layout.

    A nullable column that the files lack (an older snapshot) is null; a column that is not declared is left out. Raises
    UsageError where a required column is missing: the snapshot is of another version of hyoka.
    """
    import pyarrow.dataset as ds  # it loads pandas, which a conversion does not need

    schema = pa.schema([field.with_metadata(None) for field in arrow_schema(files.declaration)])
    if missing := [field.name for field in schema if field.name in files.lacking and not field.nullable]:
        raise UsageError(
            f"“{files.paths[0]}” has no column {', '.join(missing)}: another version of hyoka wrote it. Convert anew."
        )
    partitioning = ds.partitioning(
        pa.schema([(key, PARTITION_TYPES[key]) for key in files.keys]), flavor="hive"
    )  # fmt: skip
    return _unharmed(
        out,
        files,
        lambda: ds.dataset(
            [str(out / path) for path in files.paths],
            schema=_with_keys(schema, files),
            format="parquet",
            partitioning=partitioning if files.keys else None,
            partition_base_dir=str(out / files.declaration.name) if files.keys else None,
        ),
    )


def read_table(out: Path, files: TableFiles) -> pa.Table:
    """A table with its declared schema, whatever its layout. Raises UsageError as `open_table`, and for damage."""
    source = open_table(out, files)
    schema = arrow_schema(files.declaration)
    table: pa.Table = _unharmed(out, files, lambda: source.to_table(columns=schema.names).cast(schema))
    return table


def _with_keys(schema: pa.Schema, files: TableFiles) -> pa.Schema:
    """A schema with the columns that stand in the paths alone."""
    for key in files.keys:
        if key not in schema.names:
            schema = schema.append(pa.field(key, PARTITION_TYPES[key]))
    return schema


def _unharmed(out: Path, files: TableFiles, read: Callable[[], _T]) -> _T:
    try:
        return read()
    except (pa.ArrowException, OSError) as error:
        raise _damaged(out, files.paths[0] if len(files.paths) == 1 else files.declaration.name, error) from None


def _damaged(out: Path, path: str, error: Exception) -> UsageError:
    return UsageError(
        f"“{out / path}” is damaged or cut short ({str(error).splitlines()[0][:200]}). Convert anew, or bring it again."
    )


def _files(out: Path, declaration: TableDeclaration) -> Iterator[TableFiles]:
    if (out / f"{declaration.name}.parquet").is_file():
        paths = [out / f"{declaration.name}.parquet"]
    else:
        paths = sorted((out / declaration.name).glob("*=*/**/*.parquet"))
    if paths:
        keys = tuple(part.partition("=")[0] for part in paths[0].relative_to(out).parts[1:-1])
        try:
            with paths[0].open("rb") as file:
                written = {*pq.read_schema(file).names, *keys}
        except (pa.ArrowException, OSError) as error:
            raise _damaged(out, paths[0].relative_to(out).as_posix(), error) from None
        lacking = frozenset(column.name for column in declaration.columns if column.name not in written)
        yield TableFiles(declaration, tuple(path.relative_to(out).as_posix() for path in paths), keys, lacking)
