"""One value of a record as it is checked: which columns are shown, what a value is called, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from normalize import scheme_rows
from pipeline.printed import is_correctable, is_verbatim, twin_column, value_to_text
from schemas.declare import Column, TableDeclaration, Text, Value
from schemas.records import DocumentRow, Grade, GradeCount, Observation, Provenance, Record, record_id
from schemas.wording import categories

_HIDDEN = frozenset(
    {
        "position", "item", "measure_level", "sha256", "size_bytes", "media_type", "page_count", "status", "reader",
        "source_name", "layout", "coverage",
    }
)  # fmt: skip
_ASKED: Mapping[type, frozenset[str]] = {
    DocumentRow: frozenset({"fiscal_year", "plan_name"}),
    Observation: frozenset({"fiscal_year"}),
    Grade: frozenset({"fiscal_year"}),
}
"""What is shown also where no record knows it: a reviewer may."""

_LONGEST_MARK = 3
"""How many characters a bullet may take, with its spaces, for a print that differs by nothing else."""
_LEAST_TEXT = 8
"""From how many characters on a text is prose: before a number, every printed character counts."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One value: its text in both languages, its print where that differs, and the numbers of its blocks.

    A value without blocks of its own has those of its record. `raw` is the value as a correction would write it;
    `method` and `note` tell of a correction. `is_print_seen` is false where the print would only say the value again.
    """

    name: str
    title: Text
    shown: Text
    raw: str
    printed: str | None
    is_print_seen: bool
    blocks: tuple[int, ...]
    has_own_blocks: bool
    is_correctable: bool
    method: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Pointers:
    """Where the fields of records stand: block numbers and what a correction left, by (table, record, field)."""

    blocks: Mapping[tuple[str, str, str], tuple[int, ...]]
    of_record: Mapping[tuple[str, str], tuple[int, ...]]
    method: Mapping[tuple[str, str, str], tuple[str, str | None]]


def category_text(table_name: str, column_name: str, value: str) -> Text:
    """The label of a value of a closed set, in both languages; the value itself where it has none."""
    found = (c.label for c in categories(table_name, column_name) if c.value == value)
    return next(found, Text(value, value))


def pointers_of(rows: Iterable[Provenance], numbers: Mapping[str, int]) -> Pointers:
    """Where the provenance of one document points, with the blocks' numbers by their ids."""
    fields: dict[tuple[str, str, str], list[int]] = {}
    records: dict[tuple[str, str], dict[int, None]] = {}
    methods: dict[tuple[str, str, str], tuple[str, str | None]] = {}
    for row in rows:
        key = (row.table_name, row.record_id, row.field_name)
        if row.block_id in numbers:
            fields.setdefault(key, []).append(numbers[row.block_id])
            records.setdefault(key[:2], {})[numbers[row.block_id]] = None
        if method := row.method:
            methods[key] = (method, row.note)
    return Pointers(
        {key: tuple(found) for key, found in fields.items()},
        {key: tuple(found) for key, found in records.items()},
        methods,
    )


def shown_columns(declaration: TableDeclaration, records: Sequence[Record]) -> Iterator[Column]:
    """The columns worth showing: no id, no print that stands beside its clean value, none that is empty throughout but
    those of a document that a person may fill."""
    names = {column.name for column in declaration.columns}
    for column in declaration.columns:
        name = column.name
        clean = name.removesuffix("_text").removesuffix("_raw")
        if column.references or name.endswith("_id") or name in _HIDDEN or (is_verbatim(name) and clean in names):
            continue
        twin = twin_column(declaration, name)
        is_asked = name in _ASKED.get(declaration.record, frozenset())
        if is_asked or any(getattr(record, part) is not None for record in records for part in (name, twin) if part):
            yield column


def field_view(declaration: TableDeclaration, record: Record, column: Column, pointers: Pointers) -> FieldView:
    """One field of a record as it is shown."""
    value: Value = getattr(record, column.name)
    raw = value_to_text(value)
    twin = twin_column(declaration, column.name)
    printed = getattr(record, twin) if twin else None
    identity = (declaration.name, record_id(record))
    own = [number for name in (column.name, twin) if name for number in pointers.blocks.get((*identity, name), ())]
    method, note = pointers.method.get((*identity, column.name), (None, None))
    return FieldView(
        name=column.name,
        title=column.title,
        shown=_shown(declaration, record, column, raw),
        raw=raw,
        printed=printed if printed != raw else None,
        is_print_seen=printed is not None and not _only_adds_a_mark(raw, printed),
        blocks=tuple(dict.fromkeys(own or pointers.of_record.get(identity, ()))),
        has_own_blocks=bool(own),
        is_correctable=is_correctable(declaration, column.name),
        method=method,
        note=note,
    )


def _shown(declaration: TableDeclaration, record: Record, column: Column, raw: str) -> Text:
    """A value as people say it: labels instead of codes."""
    value = getattr(record, column.name)
    if column.categories:
        return category_text(declaration.name, column.name, raw)
    if column.type == "float64":
        return Text(number_text(value), number_text(value)) if isinstance(value, float) else Text(raw, raw)
    if column.name == "grade" and isinstance(record, Grade | GradeCount):
        return _directions().get((record.grade_scheme_id, raw), Text(raw, raw))
    return Text(raw, raw)


def number_text(value: float) -> str:
    """A number as people write it, with separators of thousands.

    >>> [number_text(value) for value in (20000.0, 0.5, -1234.25, -0.5, 1e-07)]
    ['20,000', '0.5', '-1,234.25', '-0.5', '1e-07']
    """
    text = value_to_text(value)
    whole, point, part = text.removeprefix("-").partition(".")
    if not whole.isdigit():
        return text
    return f"{'-' if text.startswith('-') else ''}{int(whole):,}{point}{part}"


@cache
def _directions() -> Mapping[tuple[str, str], Text]:
    return {
        (row.grade_scheme_id, row.grade): Text(row.label_ja, row.label_en)
        for row in scheme_rows()
        if row.kind == "direction" and row.label_ja and row.label_en
    }


def _only_adds_a_mark(raw: str, printed: str) -> bool:
    """Whether a print is the text with a bullet before it.

    >>> _only_adds_a_mark("朝市を毎月開いている。", "・ 朝市を毎月開いている。"), _only_adds_a_mark("20", "約20")
    (True, False)
    """
    return len(raw) >= _LEAST_TEXT and printed.endswith(raw) and len(printed) - len(raw) <= _LONGEST_MARK
