"""The rows that a check looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from schemas.declare import declaration_of
from schemas.records import Record

Records = Mapping[str, Sequence[Record]]
"""The tables of one document: table name → rows in reading order. A table that is absent has no row."""

_R = TypeVar("_R")


def rows(records: Records, record: type[_R]) -> tuple[_R, ...]:
    """The rows of one table, by the class of its records."""
    return tuple(row for row in records.get(declaration_of(record).name, ()) if isinstance(row, record))
