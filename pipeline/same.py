"""Which documents of a run hold the same records in another form: the PDF, the workbook and the text of one sheet.

Records are compared by what they say, their ids and evidence aside. Documents of one name but for the suffix are one
where nearly all of their records agree, others where all do. The original is the one with more records, then by form.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import overload

import pyarrow as pa

COMPARED = ("measures", "indicators", "observations", "grades", "passages")
_LEAST = 8
"""So many records two documents have at least that are one: fewer may agree by chance."""
_AGREE = 0.9
"""The share of their records that two documents of one name have in common at least."""
_FORMS = (
    r"spreadsheet|ms-excel", r"wordprocessing|msword", r"text/html", r"application/pdf", r"text/",
)  # fmt: skip
"""The kinds of form, the likeliest original first: workbook, Word file, web page, PDF, text."""

Records = Counter[tuple[object, ...]]
Reader = Callable[[str], Mapping[str, pa.Table]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document as far as it is compared: its id, name and form, how many records it has, and its part."""

    document_id: str
    source_name: str
    media_type: str
    counts: tuple[int, ...]
    part: str

    @property
    def stem(self) -> str:
        """The name without its suffix."""
        return str(PurePosixPath(self.source_name).with_suffix(""))

    @property
    def rank(self) -> tuple[int, int, str]:
        """By which the original is chosen: the first in this order."""
        form = next((number for number, kind in enumerate(_FORMS) if re.search(kind, self.media_type)), len(_FORMS))
        return -sum(self.counts), form, self.source_name


def candidate(document_id: str, source_name: str, media_type: str, rows: Mapping[str, int], part: str) -> Candidate:
    """A document with the numbers of its rows by table."""
    return Candidate(document_id, source_name, media_type, tuple(rows.get(name, 0) for name in COMPARED), part)


def same_documents(documents: Sequence[Candidate], read: Reader) -> dict[str, str]:
    """The documents that are not the original, each with the id of the original. `read` gives a part's tables.

    Only documents that have as many records as others, or another's name with another suffix, are read.
    """
    told: dict[str, Records] = {}

    def records(one: Candidate) -> Records:
        if one.document_id not in told:
            told[one.document_id] = records_of(read(one.part))
        return told[one.document_id]

    parent = {one.document_id: one.document_id for one in documents}
    for group in _groups(documents, lambda one: one.stem):
        for number, one in enumerate(group):
            for other in group[:number]:
                if one.media_type != other.media_type and _agree(records(one), records(other)):
                    parent[_root(parent, one.document_id)] = _root(parent, other.document_id)
        told.clear()
    for group in _groups(documents, lambda one: one.counts):
        by_content: dict[str, Candidate] = {}
        for one in group:
            first = by_content.setdefault(_digest(records_of(read(one.part))), one)
            if first is not one and first.media_type != one.media_type:
                parent[_root(parent, one.document_id)] = _root(parent, first.document_id)
    families: dict[str, list[Candidate]] = {}
    for one in documents:
        families.setdefault(_root(parent, one.document_id), []).append(one)
    return {
        one.document_id: original.document_id
        for family in families.values()
        if len(family) > 1 and (original := min(family, key=lambda each: each.rank))
        for one in family
        if one is not original
    }


def _groups(documents: Iterable[Candidate], key: Callable[[Candidate], object]) -> Iterator[list[Candidate]]:
    """Documents with one key, where there are several of several forms with records enough."""
    groups: dict[object, list[Candidate]] = {}
    for one in documents:
        if sum(one.counts) >= _LEAST:
            groups.setdefault(key(one), []).append(one)
    return (group for group in groups.values() if len({one.media_type for one in group}) > 1)


def _root(parent: dict[str, str], one: str) -> str:
    while parent[one] != one:
        one = parent[one]
    return one


def _agree(one: Records, other: Records) -> bool:
    shared = (one & other).total()
    return shared >= _AGREE * max(one.total(), other.total())


def _digest(records: Records) -> str:
    return hashlib.sha256(repr(sorted(records.items(), key=repr)).encode()).hexdigest()


def records_of(tables: Mapping[str, pa.Table]) -> Records:
    """What the records of a document say, each without ids, evidence and the white space of its print."""
    names = {row["indicator_id"]: (row["indicator_name"], row["unit"]) for row in _rows(tables, "indicators")}
    told: Records = Counter()
    for row in _rows(tables, "measures"):
        told[_key("measure", row["measure_level"], row["measure_code"], row["measure_name"])] += 1
    for row in _rows(tables, "observations"):
        name, unit = names.get(row["indicator_id"], (None, None))
        told[_key("observation", name, unit, row["fiscal_year"], row["role"], row["value"], row["value_text"])] += 1
    for row in _rows(tables, "grades"):
        told[_key("grade", row["subject"], row["fiscal_year"], row["grade"], row["grade_text"], row["evaluator"])] += 1
    for row in _rows(tables, "passages"):
        told[_key("passage", row["section"], row["text"])] += 1
    return told


def _key(*fields: object) -> tuple[object, ...]:
    return tuple("".join(field.split()) if isinstance(field, str) else field for field in fields)


def _rows(tables: Mapping[str, pa.Table], name: str) -> list[dict[str, object]]:
    return tables[name].to_pylist() if name in tables else []


@dataclass(frozen=True, slots=True)
class MarkedDocuments(Sequence[pa.Table]):
    """The rows of documents, piece by piece, with the originals of those that are another's form."""

    pieces: Sequence[pa.Table]
    same: Mapping[str, str]

    @overload
    def __getitem__(self, index: int) -> pa.Table: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[pa.Table]: ...

    def __getitem__(self, index: int | slice) -> pa.Table | Sequence[pa.Table]:
        if isinstance(index, slice):
            return MarkedDocuments(self.pieces[index], self.same)
        table = self.pieces[index]
        ids = table.column("document_id").to_pylist()
        if not any(document_id in self.same for document_id in ids):
            return table
        place = table.schema.get_field_index("same_as_document_id")
        field = table.schema.field(place)
        return table.set_column(place, field, pa.array([self.same.get(each) for each in ids], field.type))

    def __len__(self) -> int:
        return len(self.pieces)
