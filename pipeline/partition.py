"""Hive partitions: one file per fiscal year, and per municipality where that is asked for.

A place is written ``municipality=jp-132039``: a bare code in a path is read as a number by pandas and Polars, which
turns 012025 into 12025. Below about 100 MB a table is better left whole, so partitions are made on request only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa

from pipeline.snapshot import NULL_PARTITION, PARTITION_TYPES
from pipeline.sources import UsageError
from schemas.declare import TableDeclaration

_NO_YEAR = "0"
"""A year that is none, for the path of a file without rows."""

Places = Mapping[str, str | None]

_COLUMNS = {"fiscal_year": "fiscal_year", "municipality": "document_id"}
"""The column that tells a row's value of each key."""


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


def places(documents: Iterable[pa.Table]) -> Places:
    """The municipality code of each document, by its id."""
    columns = ("document_id", "municipality_code")
    return dict(
        pair for piece in documents for pair in zip(*(piece.column(name).to_pylist() for name in columns), strict=True)
    )


def partition(
    pieces: Sequence[pa.Table], declaration: TableDeclaration, keys: Sequence[str], where: Places
) -> Iterator[tuple[str, Iterator[pa.Table]]]:
    """The files of a table: their paths below the snapshot's folder, and their rows in the order of the table.

    `pieces` are the table's rows, at least one piece; they are looked through once to tell the files, and then piece by
    piece for each file, so that they need not be in memory together. A table that knows nothing of the keys is one
    file. A key's own column goes into the path and out of the file; rows without a value stand under
    ``__HIVE_DEFAULT_PARTITION__``. Where no row has a year, a file without rows stands under ``fiscal_year=0``: from
    paths without a number, readers take years for text.
    """
    known = [key for key in keys if _COLUMNS[key] in pieces[0].column_names]
    if not known:
        yield f"{declaration.name}.parquet", iter(pieces)
        return
    holding: dict[tuple[str, ...], list[int]] = {}
    for index, piece in enumerate(pieces):
        for parts in dict.fromkeys(_values(piece, known, where)):
            holding.setdefault(parts, []).append(index)
    if not any(_shows_types(parts, known) for parts in holding):
        holding[tuple(_NO_YEAR if key == "fiscal_year" else NULL_PARTITION for key in known)] = []
    for parts in sorted(holding):
        path = "/".join(f"{key}={value}" for key, value in zip(known, parts, strict=True))
        rows = (_rows(pieces[index], parts, known, where) for index in holding[parts] or [0])
        yield f"{declaration.name}/{path}/part-0.parquet", rows


def _shows_types(parts: tuple[str, ...], keys: Sequence[str]) -> bool:
    """Whether a reader that guesses from a path takes each key for what it is."""
    return all(key != "fiscal_year" or part != NULL_PARTITION for key, part in zip(keys, parts, strict=True))


def _rows(piece: pa.Table, parts: tuple[str, ...], keys: Sequence[str], where: Places) -> pa.Table:
    indices = [index for index, found in enumerate(_values(piece, keys, where)) if found == parts]
    kept = piece.drop_columns([key for key in keys if key in piece.column_names])
    return kept.take(pa.array(indices, pa.int64()))


def _values(piece: pa.Table, keys: Sequence[str], where: Places) -> Iterator[tuple[str, ...]]:
    """What the path says for each row."""
    return zip(*(_texts(key, piece.column(_COLUMNS[key]).to_pylist(), where) for key in keys), strict=True)


def _texts(key: str, found: Sequence[str | int | None], where: Places) -> list[str]:
    if key == "municipality":
        return [f"jp-{code}" if (code := where.get(str(document))) else NULL_PARTITION for document in found]
    return [NULL_PARTITION if value is None else str(value) for value in found]
