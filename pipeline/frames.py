"""The door for researchers: hyoka's tables as pandas DataFrames.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     sheet = Path(folder, "notes.txt")
...     _ = sheet.write_text("市の記録", encoding="utf-8")
...     tables = convert(sheet)
>>> tables.documents[["source_name", "status"]].values.tolist()
[['notes.txt', 'unrecognised']]

Public are `read`, `ask`, `convert` and `Tables`. Columns have pandas' nullable types, so a year stays a whole number
beside a missing one: text is ``string``, years and counts ``Int32``, sizes ``Int64``, numbers ``Float64``, flags
``boolean``, dates ``datetime64[s]``. Missing is ``pd.NA`` (``pd.NaT`` for a date).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd
import pyarrow as pa

from pipeline import convert as batch
from pipeline.manifest import read_manifest
from pipeline.options import Options, usual_ocr
from pipeline.query import open_snapshot
from pipeline.snapshot import read_table, whole_snapshot
from pipeline.sources import UsageError

__all__ = ["Tables", "ask", "convert", "read"]

_DTYPES: Mapping[pa.DataType, pd.api.extensions.ExtensionDtype] = {
    pa.string(): pd.StringDtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of a snapshot by name: ``tables["results"]``, or ``tables.results`` for short.

    The names are those of the contract, and `columns` and `categories`, which describe the others.
    """

    __slots__ = ("_frames",)

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self._frames = dict(frames)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._frames[name]

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in self._frames:
            raise AttributeError(f"no table {name}; there are {', '.join(self)}")
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._frames]

    def __repr__(self) -> str:
        return "Tables\n" + "\n".join(f"  {name}: {len(frame):,} rows" for name, frame in self._frames.items())


def read(out: str | Path) -> Tables:
    """The tables that `hyoka convert` wrote into the folder `out`, whole or in Hive layout.

    Raises UsageError (a ValueError) where the folder holds none.
    """
    folder = Path(out)
    return Tables(
        {files.declaration.name: table_to_frame(read_table(folder, files)) for files in whole_snapshot(folder)}
    )


def ask(out: str | Path, sql: str) -> pd.DataFrame:
    """The answer to a question in DuckDB's SQL, which knows the tables and the views of `hyoka query`.

    Raises UsageError (a ValueError) where the folder holds no tables, or where the question cannot be answered.
    """
    with open_snapshot(Path(out)) as connection:
        try:
            return table_to_frame(connection.sql(sql).to_arrow_table())
        except duckdb.Error as error:
            raise UsageError(f"the query cannot be answered. {error}") from None


def convert(
    *inputs: str | Path,
    out: str | Path | None = None,
    second_opinion: bool = False,
    sources: str | Path | None = None,
) -> Tables:
    """Convert files and folders, and give the tables; with `out` they are written there as well.

    `sources` is a manifest, or a rule for folders, as the command's ``--sources`` takes them. What could not be
    converted has a row in `documents` and in `findings`, as in the command. Raises UsageError (a ValueError) where
    there is nothing to read, OSError where `out` cannot be written.
    """
    options = Options(second_opinion=second_opinion, ocr=usual_ocr())
    paths = [Path(path) for path in inputs]
    manifest = None if sources is None else read_manifest(str(sources))
    with TemporaryDirectory(prefix="hyoka-") as folder:
        target = Path(folder, "tables") if out is None else Path(out)
        batch.convert(paths, target, options, manifest=manifest)
        return read(target)


def table_to_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a DataFrame with nullable types. Numbers are not rounded, and no text becomes a category.

    >>> table_to_frame(pa.table({"fiscal_year": pa.array([2025, None], pa.int32())})).fiscal_year.tolist()
    [2025, <NA>]
    """
    frame: pd.DataFrame = table.to_pandas(types_mapper=_DTYPES.get, date_as_object=False)
    return frame.astype({field.name: "datetime64[s]" for field in table.schema if pa.types.is_date(field.type)})
