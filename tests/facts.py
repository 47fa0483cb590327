"""Facts: what a document says, written down by hand with natural keys, and records in the same terms."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from normalize.text.folding import without_bullet
from schemas.records import Indicator, Measure, Record
from schemas.rows import Tables as Records

Row = Mapping[str, str]

COMPARED = (
    "documents", "measures", "measure_orgs", "indicators", "observations", "grades", "grade_counts", "scores",
    "passages",
)  # fmt: skip
MATTERS_OF_TASTE = {"measure_name", "indicator_name", "indicator_text"}
"""Columns that are not compared where the fact leaves them empty."""


def read_facts(folder: Path, table: str) -> list[Row]:
    """The facts of one table, one row a line."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [{name: plain(text) for name, text in row.items()} for row in csv.DictReader(file)]


def as_facts(records: Records, table: str, columns: tuple[str, ...]) -> list[Row]:
    """The records of one table in the columns of the facts: codes and names in place of ids."""
    measures = {row.measure_id: row for row in records["measures"] if isinstance(row, Measure)}
    indicators = {row.indicator_id: row for row in records["indicators"] if isinstance(row, Indicator)}

    def row_of(record: Record) -> Row:
        indicator = indicators.get(getattr(record, "indicator_id", None) or "")
        owner = getattr(record, "measure_id", None) or (indicator.measure_id if indicator else None)
        measure = measures.get(owner or "")
        return {column: plain(_value(record, column, measure, indicator, measures)) for column in columns}

    return [row_of(record) for record in records[table]]


def _value(
    record: Record, column: str, measure: Measure | None, indicator: Indicator | None, measures: Mapping[str, Measure]
) -> object:
    derived: dict[str, Callable[[], object]] = {
        "parent_name": lambda: _of(
            measures.get((measure.parent_measure_id if measure else None) or ""), "measure_name"
        ),
        "is_reprint": lambda: measure is not None and measure.reprint_of_measure_id is not None,
        "reprint_of": lambda: _of(
            measures.get((measure.reprint_of_measure_id if measure else None) or ""), "measure_code"
        ),
        "is_new": lambda: bool(measure and measure.is_new),
    }
    if column in derived:
        return derived[column]()
    if column in ("measure_level", "measure_code", "measure_name"):
        return _of(measure, column)
    if column == "indicator_name":
        return _of(indicator, column)
    return getattr(record, column)


def _of(record: Record | None, column: str) -> object:
    return None if record is None else getattr(record, column)


def plain(value: object) -> str:
    """A cell as it is compared: NFKC, one tilde, no blanks or leading bullets; null is empty, numbers are numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = "".join(unicodedata.normalize("NFKC", without_bullet(str(value))).replace("〜", "~").split())
    try:
        return format(float(text), ".9g")
    except ValueError:
        return text


def differences(expected: list[Row], found: list[Row]) -> list[str]:
    """The facts that no record states and the records that no fact knows, as a text each."""
    left = Counter(tuple(row.items()) for row in found)
    missing = []
    for row in sorted(expected, key=lambda row: sum(not row[c] for c in MATTERS_OF_TASTE if c in row)):
        for other in left:
            if left[other] and all(
                value == there or (column in MATTERS_OF_TASTE and not value)
                for (column, value), (_, there) in zip(row.items(), other, strict=True)
            ):
                left[other] -= 1
                break
        else:
            missing.append(f"missing: {dict(row)}")
    return missing + [f"unexpected: {dict(row)}" for row in left.elements()]
