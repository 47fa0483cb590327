"""Writing a snapshot: every table of the contract as a Parquet file, and what describes them; all of it or nothing.

The rules are those that BI tools and lakes need: scalars only, plain strings, zstd, format 2.6 with data page 1.0,
field ids, large row groups. Nothing of the clock or the machine goes in, so the same tables give the same bytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.columns import DECLARED, describing_tables
from pipeline.descriptor import data_package
from pipeline.partition import partition, places
from pipeline.snapshot import snapshot_files
from pipeline.views import views_sql
from schemas.arrow import arrow_schema

ROW_GROUP = 122_880
"""Rows in a row group: as many as DuckDB puts into one of its own."""

_OWN = b"hyoka.schema_version"
"""The file metadata key that marks a Parquet file as one of ours, which a later snapshot may replace."""

_DESCRIPTIONS = ("datapackage.json", "views.sql")


def write_snapshot(
    tables: Mapping[str, pa.Table], out: Path, metadata: Mapping[str, str], keys: Sequence[str] = ()
) -> None:
    """Replace the snapshot in folder `out`: a file per table of the contract, with its full schema even without a row.

    Beside them stand the tables `columns` and `categories`, `datapackage.json` and `views.sql`, which describe them.
    With `keys` (see `pipeline.partition`), a table that knows them is a folder of files in Hive layout.

    `metadata` goes into every file and must hold ``hyoka.schema_version``. All files are written beside the old ones
    before the first is replaced; a failure puts the old ones back. A file of an earlier snapshot that this one lacks is
    removed, other files in `out` stay. Raises OSError where the folder cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".hyoka-", dir=out) as folder:
        new, old = Path(folder, "new"), Path(folder, "old")
        new.mkdir()
        old.mkdir()
        _write_tables({**tables, **describing_tables()}, new, metadata, keys)
        files = snapshot_files(new)
        (new / "datapackage.json").write_text(data_package(new, files), encoding="utf-8", newline="\n")
        (new / "views.sql").write_text(views_sql(files), encoding="utf-8", newline="\n")
        _rename(
            [(path, old / path.name) for path in _snapshot(out)]
            + [(path, out / path.name) for path in sorted(new.iterdir())]
        )


def _write_tables(
    tables: Mapping[str, pa.Table], folder: Path, metadata: Mapping[str, str], keys: Sequence[str]
) -> None:
    where = places(tables["documents"]) if keys and "documents" in tables else {}
    for declaration in DECLARED:
        schema = arrow_schema(declaration, metadata)
        table = tables.get(declaration.name, schema.empty_table()).cast(schema)
        for path, part in partition(table, declaration, keys, where):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            # One chunk: how the rows came together must not show in the bytes.
            _write(part.combine_chunks(), folder / path)


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(
        table,
        path,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=3,
        row_group_size=ROW_GROUP,
        use_dictionary=True,
        write_statistics=True,
    )


def _snapshot(out: Path) -> Iterator[Path]:
    """The files and folders of an earlier snapshot, and whatever stands where a table or a description goes."""
    names = {f"{declaration.name}.parquet" for declaration in DECLARED} | set(_DESCRIPTIONS)
    return (path for path in sorted(out.iterdir()) if path.name in names or _is_ours(path))


def _is_ours(path: Path) -> bool:
    """Whether a Parquet file, or a folder of them in Hive layout, is of an earlier snapshot."""
    if path.is_dir():
        return any(_is_ours(part) for part in path.glob("*=*/**/*.parquet"))
    if path.suffix != ".parquet":
        return False
    try:
        return _OWN in (pq.read_schema(path).metadata or {})
    except (OSError, pa.ArrowException):
        return False


def _rename(moves: Iterable[tuple[Path, Path]]) -> None:
    """Rename all of them or, where one fails (Windows holds a file that is open elsewhere), none."""
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            source.rename(target)
            done.append((source, target))
    except BaseException:
        for source, target in reversed(done):
            target.rename(source)
        raise
