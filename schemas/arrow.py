"""The Arrow form of the declared tables: one schema per table, and records to and from Arrow.

Every declared type has one Arrow type. Titles, units, keys and references go along as field metadata, so a Parquet file
explains itself; `PARQUET:field_id` numbers the columns in their declared order, which only ever grows at the end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import pyarrow as pa

from schemas.declare import Column, ColumnType, TableDeclaration
from schemas.description import CategoryRow, ColumnRow
from schemas.records import Record
from schemas.rows import values_of
from schemas.wording import description

Row = Record | ColumnRow | CategoryRow

_ARROW: dict[ColumnType, pa.DataType] = {
    "string": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "date32": pa.date32(),
}


def arrow_schema(declaration: TableDeclaration, metadata: Mapping[str, str] | None = None) -> pa.Schema:
    """The full schema of a declared table; `metadata` is added to what describes the table itself.

    >>> from schemas.records import Municipality
    >>> from schemas.declare import declaration_of
    >>> field = arrow_schema(declaration_of(Municipality)).field("area_code")
    >>> field.type, field.nullable, field.metadata[b"title.en"]
    (DataType(string), False, b'Area code')
    """
    schema = _schema(declaration)
    return schema.with_metadata({**schema.metadata, **metadata}) if metadata else schema


@cache
def _schema(declaration: TableDeclaration) -> pa.Schema:
    fields = [
        pa.field(
            column.name, _ARROW[column.type], nullable=column.nullable, metadata=dict(_column_notes(number, column))
        )
        for number, column in enumerate(declaration.columns, start=1)
    ]
    notes = {
        "table": declaration.name,
        "title.ja": declaration.title.ja,
        "title.en": declaration.title.en,
        **_description_notes(declaration.description),
        "primary_key": json.dumps(declaration.key),
    }
    return pa.schema(fields, metadata=notes)


@cache
def bare_schema(declaration: TableDeclaration) -> pa.Schema:
    """The names and types of a declared table, without what describes them."""
    return pa.schema([field.with_metadata(None) for field in _schema(declaration)])


def records_to_table(
    records: Iterable[Row], declaration: TableDeclaration, schema: pa.Schema | None = None
) -> pa.Table:
    """The records as an Arrow table with the declared schema or its bare form, rows in the given order.

    The records are taken as valid (`schemas.validate` tells whether they are). Raises pa.ArrowException or ValueError
    where Arrow cannot hold a value in its column's type.
    """
    rows = records if isinstance(records, Sequence) else tuple(records)
    schema = schema or arrow_schema(declaration)
    arrays = [pa.array(values_of(rows, field.name), type=field.type, from_pandas=False) for field in schema]
    return pa.table(arrays, schema=schema)


def table_to_records(table: pa.Table, declaration: TableDeclaration) -> tuple[Record, ...]:
    """The rows of an Arrow table as records of the declared class.

    A nullable column that the table lacks (an older schema) is null. Raises KeyError where a required one is missing.
    """
    present = set(table.column_names)
    if missing := [c.name for c in declaration.columns if c.name not in present and not c.nullable]:
        raise KeyError(f"table {declaration.name}: no column {', '.join(missing)}; found {', '.join(sorted(present))}")
    names = [c.name for c in declaration.columns if c.name in present]
    columns = [table.column(name).to_pylist() for name in names]
    rows: Iterator[tuple[object, ...]] = zip(*columns, strict=True)
    return tuple(declaration.record(**dict(zip(names, row, strict=True))) for row in rows)


def _column_notes(number: int, column: Column) -> Iterator[tuple[str, str]]:
    yield "PARQUET:field_id", str(number)
    yield "title.ja", column.title.ja
    yield "title.en", column.title.en
    yield from _description_notes(column.description).items()
    if column.unit:
        yield "unit", column.unit
    if column.references:
        yield "references", column.references
    if column.categories:
        yield "categories", json.dumps(column.categories, ensure_ascii=False)


def _description_notes(english: str) -> Mapping[str, str]:
    said = description(english)
    return {"description.ja": said.ja, "description.en": said.en} if said else {}
