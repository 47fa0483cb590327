"""Hive partitions: one file per fiscal year, and per municipality where that is asked for.

A place is written ``municipality=jp-132039``: a bare code in a path is read as a number by pandas and Polars, which
turns 012025 into 12025. Below about 100 MB a table is better left whole, so partitions are made on request only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from pipeline.snapshot import NULL_PARTITION, PARTITION_TYPES
from pipeline.sources import UsageError
from schemas.declare import TableDeclaration

Places = Mapping[str, str | None]


def partition_keys(text: str) -> tuple[str, ...]:
    """The keys of ``--partition``: names with commas between them, the outer folder first.

    Raises UsageError for a name that is no key, and for one that is given twice.

    >>> partition_keys("fiscal_year,municipality")
    ('fiscal_year', 'municipality')
    """
    keys = tuple(name.strip() for name in text.split(","))
    if unknown := [key for key in keys if key not in PARTITION_TYPES]:
        raise UsageError(f"--partition {unknown[0]}: a key is one of {', '.join(PARTITION_TYPES)}")
    if len(set(keys)) < len(keys):
        raise UsageError(f"--partition {text}: a key is given twice")
    return keys


def places(documents: pa.Table) -> Places:
    """The municipality code of each document, by its id."""
    return dict(
        zip(documents.column("document_id").to_pylist(), documents.column("municipality_code").to_pylist(), strict=True)
    )


def partition(
    table: pa.Table, declaration: TableDeclaration, keys: Sequence[str], where: Places
) -> Iterator[tuple[str, pa.Table]]:
    """The files of a table: their paths below the snapshot's folder, and their rows in the order of the table.

    A table that knows nothing of the keys is one file. A key's own column goes into the path and out of the file; rows
    without a value stand under ``__HIVE_DEFAULT_PARTITION__``, and so does the file of a table without rows.
    """
    values = {key: found for key in keys if (found := _values(table, key, where)) is not None}
    if not values:
        yield f"{declaration.name}.parquet", table
        return
    rows: dict[tuple[str, ...], list[int]] = {}
    for index, parts in enumerate(zip(*values.values(), strict=True)):
        rows.setdefault(parts, []).append(index)
    kept = table.drop_columns([key for key in values if key in table.column_names])
    for parts in sorted(rows) or [(NULL_PARTITION,) * len(values)]:
        path = "/".join(f"{key}={value}" for key, value in zip(values, parts, strict=True))
        yield f"{declaration.name}/{path}/part-0.parquet", kept.take(pa.array(rows.get(parts, []), pa.int64()))


def _values(table: pa.Table, key: str, where: Places) -> list[str] | None:
    """What the path says for each row; None where the table knows nothing of the key."""
    column = {"fiscal_year": "fiscal_year", "municipality": "document_id"}[key]
    if column not in table.column_names:
        return None
    found = table.column(column).to_pylist()
    if key == "municipality":
        return [f"jp-{code}" if (code := where.get(document)) else NULL_PARTITION for document in found]
    return [NULL_PARTITION if value is None else str(value) for value in found]
