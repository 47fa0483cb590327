"""What documents say together: `series` and `matches`, and the findings of it, from the parts of a run.

Documents are taken family by family (one municipality, one plan), so that the rows of one family are in memory at a
time; what they say together goes into parts of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from normalize import Across, Edition, Family, GivenMatch, Print, family_of, series_of
from pipeline.run.parts import SUFFIX, read_part_tables, rows_to_part, write_part
from pipeline.run.pool import WorkerPool
from schemas.arrow import table_to_records
from schemas.declare import declaration_of
from schemas.limits import Limits
from schemas.records import DocumentRow, Finding, Indicator, Measure, Observation, Provenance
from schemas.rows import Tables

ACROSS = "across"
"""The folder within a run's work folder for what documents say together; no later run needs it."""

_ROWS = 50_000
"""Rows that wait until they are put into a part: as many as take some ten megabytes."""

_MANY = 500
"""From so many documents on, a process of its own, which takes a second to start, works out what they say together."""

_LONG, _LARGE = 7 * 24 * 3600, 2**62
"""Limits, in seconds and bytes, that this process does not meet: no stranger's file is read in it."""

_READ = (DocumentRow, Measure, Indicator, Observation, Provenance)

_MARK = "-x"
"""Stands between the document's id and the number in the id of a finding about several documents."""

_OF_MEASURES = (
    "measure_id", "document_id", "parent_measure_id", "measure_level", "measure_code", "measure_name", "position",
    "plan_phase", "reprint_of_measure_id",
)  # fmt: skip
_OF_INDICATORS = (
    "indicator_id", "measure_id", "indicator_name", "indicator_text", "unit", "indicator_measure", "position",
    "cost_kind", "indicator_kind",
)  # fmt: skip
_OF_OBSERVATIONS = tuple(field.name for field in fields(Print))

_R = TypeVar("_R")


Families = dict[Family, list[str]]
"""The parts of the documents of each family, in the order of the documents."""


def across(
    work: Path, families: Families, same: Mapping[str, str], given: Sequence[GivenMatch] = (), *, apart: bool
) -> Mapping[str, Sequence[str]]:
    """What `write_across` does: the tables of each part. `apart` lets a process of its own do it for many documents.

    What a family holds in memory is given back when it ends, so the process that leads stays as small as it was.
    Raises OSError as `write_across`.
    """
    if not apart or sum(map(len, families.values())) < _MANY:
        return dict(write_across(work, families, same, given))
    with WorkerPool(1, Limits(seconds=_LONG, memory=_LARGE)) as pool:
        told = pool.submit(_across_told, str(work), families, dict(same), [*given])
        found: Mapping[str, Sequence[str]] = json.loads(told.result())
        return found


def _across_told(work: str, families: Families, same: dict[str, str], given: list[GivenMatch]) -> str:
    return json.dumps(dict(write_across(Path(work), families, same, given)))


def write_across(
    work: Path, families: Families, same: Mapping[str, str], given: Sequence[GivenMatch]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Write what the documents of each family say together: the name of each part, and the tables it has rows of.

    `same` are the documents that hold another's records in another form, `given` the matches that a user gives. The
    parts of `families` are paths below the folder `work`; the new ones go into its folder `ACROSS`, which is made.
    Raises OSError where a part cannot be read or written.
    """
    folder = work / ACROSS
    folder.mkdir()
    numbers: dict[str, int] = {}
    waiting: list[Across] = []
    written = 0
    for family, own in families.items():
        once: dict[object, object] = {}
        waiting.append(series_of(family, [_edition(work / part, once, same) for part in own], given))
        if sum(len(across.series) + len(across.matches) for across in waiting) >= _ROWS:
            yield _write(folder, waiting, written, numbers)
            waiting, written = [], written + 1
    if waiting:
        yield _write(folder, waiting, written, numbers)


def note_family(families: Families, row: DocumentRow, part: str) -> None:
    """Put a document's part to its family."""
    families.setdefault(family_of(row), []).append(part)


def is_across(finding_id: str) -> bool:
    """Whether a finding is about several documents, and is made anew with them.

    >>> is_across("0f0f0f0f0f0f0f0f-x1"), is_across("0f0f0f0f0f0f0f0f-f1")
    (True, False)
    """
    return _MARK in finding_id


def _write(
    folder: Path, waiting: Sequence[Across], number: int, numbers: dict[str, int]
) -> tuple[str, tuple[str, ...]]:
    findings = [_numbered(finding, numbers) for across in waiting for finding in across.findings]
    rows: Tables = {
        "series": [row for across in waiting for row in across.series],
        "matches": [row for across in waiting for row in across.matches],
        "findings": findings,
    }
    name = f"{number}{SUFFIX}"
    write_part(rows_to_part(rows), folder / name)
    return name, tuple(table for table, found in rows.items() if found)


def _numbered(finding: Finding, numbers: dict[str, int]) -> Finding:
    number = numbers[finding.document_id] = numbers.get(finding.document_id, 0) + 1
    return replace(finding, finding_id=f"{finding.document_id}{_MARK}{number}")


def _edition(part: Path, once: dict[object, object], same: Mapping[str, str]) -> Edition:
    tables = read_part_tables(part, [declaration_of(kind).name for kind in _READ])
    (document,) = (row for row in _rows(tables, DocumentRow) if isinstance(row, DocumentRow))
    return Edition(
        document=replace(document, same_as_document_id=same.get(document.document_id)),
        measures=sorted(_told(tables, Measure, _OF_MEASURES, once), key=lambda measure: measure.position),
        indicators=_told(tables, Indicator, _OF_INDICATORS, once),
        observations=[Print(*values) for values in _values(tables, Observation, _OF_OBSERVATIONS, once)],
        printed_codes=frozenset(_printed_codes(tables.get(declaration_of(Provenance).name))),
    )


def _told(
    tables: Mapping[str, pa.Table], kind: type[_R], columns: Sequence[str], once: dict[object, object]
) -> list[_R]:
    """The records of a table, as far as series need them."""
    return [kind(**dict(zip(columns, values, strict=True))) for values in _values(tables, kind, columns, once)]


def _values(
    tables: Mapping[str, pa.Table], kind: type, columns: Sequence[str], once: dict[object, object]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a table by the values of some columns. A text that `once` has is held once; ids are no such texts."""

    def held(value: object) -> object:  # of texts alone: 1 and 1.0 are one key, and no one value
        return once.setdefault(value, value) if isinstance(value, str) else value

    if (table := tables.get(declaration_of(kind).name)) is not None:
        own = {name: table.column(name).to_pylist() for name in columns}
        yield from zip(*(own[name] if name.endswith("_id") else map(held, own[name]) for name in columns), strict=True)


def _rows(tables: Mapping[str, pa.Table], kind: type[_R]) -> Sequence[object]:
    declaration = declaration_of(kind)
    return table_to_records(tables[declaration.name], declaration) if declaration.name in tables else ()


def _printed_codes(provenance: pa.Table | None) -> Iterator[str]:
    """The measures whose code points at a place on the page."""
    if provenance is None:
        return
    # Arrow's own functions would take longer to be loaded than a hundred documents to be gone through.
    fields = provenance.column("field_name").to_pylist()
    if "measure_code" not in fields:
        return
    tables, records = (provenance.column(name).to_pylist() for name in ("table_name", "record_id"))
    for table, record, field in zip(tables, records, fields, strict=True):
        if table == "measures" and field == "measure_code":
            yield record
