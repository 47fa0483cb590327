"""Whether records keep the contract: types, nulls, closed sets, keys and references."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.declare import Column, ColumnType, TableDeclaration, Value
from schemas.records import TABLES, Record, record_id
from schemas.rows import Tables, values_of

_PYTHON: dict[ColumnType, type] = {
    "string": str,
    "int32": int,
    "int64": int,
    "float64": float,
    "bool": bool,
    "date32": datetime.date,
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOUNDS: dict[ColumnType, range] = {"int32": range(-(2**31), 2**31), "int64": range(-(2**63), 2**63)}
# Tables whose rows name another table, a record of it and a field, in columns of these names.
_POINTING = ("provenance", "findings")


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a record breaks the contract: its table, its id, its column (None for the whole row)."""

    table_name: str
    record_id: str
    column: str | None
    message: str

    def __str__(self) -> str:
        place = f"{self.table_name}.{self.column}" if self.column else self.table_name
        return f"{place} of {self.record_id!r}: {self.message}"


def violations(tables: Tables, beside: Tables | None = None) -> Iterator[Violation]:
    """Everything in which the tables break their declarations, table by table in the contract's order.

    `tables` maps table names to rows; a table that is missing has no rows, and references to it do not resolve.
    `beside` holds further rows that references may point at, and which are taken as valid.

    >>> from schemas.records import Indicator
    >>> rows = [Indicator(indicator_id="i", measure_id="m", indicator_text="4社", indicator_measure="many", position=1)]
    >>> for violation in violations({"indicators": rows}):
    ...     print(violation)
    indicators.indicator_measure of 'i': 'many' is none of count, percentage, currency, weight, qualitative
    indicators.measure_id of 'i': no row of measures has measure_id 'm'
    """
    for name in tables.keys() - {declaration.name for declaration in TABLES}:
        yield Violation(name, "", None, "the contract has no such table")
    known = {**tables, **{name: (*tables.get(name, ()), *rows) for name, rows in (beside or {}).items()}}
    for declaration in TABLES:
        rows = tables.get(declaration.name, ())
        if not all(_is_sound(values_of(rows, column.name), column) for column in declaration.columns):
            yield from _unsound(rows, declaration)
        yield from _repeated_keys(rows, declaration)
        for column in declaration.references:
            yield from _dangling(rows, declaration, column, known)
        if declaration.name in _POINTING:
            yield from _misdirected(rows, declaration, known)


def _is_sound(values: Sequence[Value], column: Column) -> bool:
    """Whether all values of a column keep its declaration: told for all at once, as almost always they do."""
    kinds = set(map(type, values))
    if column.nullable:
        kinds.discard(type(None))
    if not kinds <= {_PYTHON[column.type]}:
        return False
    distinct = set(values)
    if column.type == "string":
        return _are_sound_texts({value for value in distinct if isinstance(value, str)}, column)
    if column.type in _BOUNDS:
        return all(value in _BOUNDS[column.type] for value in distinct if value is not None)
    return all(math.isfinite(value) for value in distinct if isinstance(value, float))


def _are_sound_texts(texts: set[str], column: Column) -> bool:
    if column.categories:
        return texts.issubset(column.categories)
    return not (column.nullable and "" in texts) and not _SURROGATE.search("".join(texts))


def _unsound(rows: Sequence[Record], declaration: TableDeclaration) -> Iterator[Violation]:
    for row in rows:
        for column in declaration.columns:
            if message := _value_problem(getattr(row, column.name), column):
                yield Violation(declaration.name, record_id(row), column.name, message)


def _value_problem(value: Value, column: Column) -> str | None:
    if value is None:
        return None if column.nullable else "is null, but may not be"
    wanted = _PYTHON[column.type]
    # bool is an int to Python, and datetime a date; neither is to the contract.
    if type(value) is not wanted and not (wanted is float and type(value) is int):
        return f"{value!r} is {type(value).__name__}, not {column.type}"
    if isinstance(value, str):
        if column.categories and value not in column.categories:
            return f"{value!r} is none of {', '.join(column.categories)}"
        if column.nullable and not value:
            return "is an empty text; missing is null"
        if not value.isascii() and _SURROGATE.search(value):
            return f"{value!r} holds half a surrogate pair, which is no character"
    elif isinstance(value, float) and not math.isfinite(value):
        return f"is {value}; missing is null"
    elif isinstance(value, int) and column.type in _BOUNDS and value not in _BOUNDS[column.type]:
        return f"{value} does not fit in {column.type}"
    return None


def _repeated_keys(rows: Sequence[Record], declaration: TableDeclaration) -> Iterator[Violation]:
    keys = list(zip(*(values_of(rows, column) for column in declaration.key), strict=True))
    if len(set(keys)) == len(keys):
        return
    seen: set[object] = set()
    for row, key in zip(rows, keys, strict=True):
        if key in seen:
            yield Violation(
                declaration.name, record_id(row), None, f"another row has the same {', '.join(declaration.key)}"
            )
        seen.add(key)


def _dangling(
    rows: Sequence[Record], declaration: TableDeclaration, column: Column, tables: Tables
) -> Iterator[Violation]:
    target_table, target_column = (column.references or "").split(".")
    known = {*values_of(tables.get(target_table, ()), target_column), None}
    if known.issuperset(values_of(rows, column.name)):
        return
    for row in rows:
        value = getattr(row, column.name)
        if value not in known:
            message = f"no row of {target_table} has {target_column} {value!r}"
            yield Violation(declaration.name, record_id(row), column.name, message)


def _misdirected(rows: Sequence[Record], declaration: TableDeclaration, tables: Tables) -> Iterator[Violation]:
    pointed_at = set(values_of(rows, "table_name"))
    ids = {d.name: set(map(record_id, tables.get(d.name, ()))) for d in TABLES if d.name in pointed_at}
    columns = {d.name: {column.name for column in d.columns} for d in TABLES}
    pointers = (values_of(rows, name) for name in ("table_name", "record_id", "field_name"))
    for row, table, target, field in zip(rows, *pointers, strict=True):
        if table is None:
            continue
        if table not in columns:
            yield Violation(declaration.name, record_id(row), "table_name", f"the contract has no table {table!r}")
            continue
        if target is not None and target not in ids[table]:
            yield Violation(declaration.name, record_id(row), "record_id", f"no row of {table} has the id {target!r}")
        if field is not None and field not in columns[table]:
            yield Violation(declaration.name, record_id(row), "field_name", f"{table} has no column {field!r}")
