"""What passes between the rooms once a document is read: its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.records import Record

Tables = Mapping[str, Sequence[Record]]
"""The tables of one document, or of several: table name → rows in reading order. A table that is absent has no row."""
