"""How a table is declared: a frozen dataclass whose fields say what a column is.

The Arrow schema, the validation, the data dictionary, the Frictionless descriptor and the SQL comments all derive from
these declarations; nothing states a column a second time.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from dataclasses import dataclass
from typing import Any, Literal, dataclass_transform, get_args, get_type_hints

ColumnType = Literal["string", "int32", "int64", "float64", "bool", "date32"]
Value = str | int | float | bool | datetime.date | None
"""What a column may hold."""

_TYPES: dict[type, ColumnType] = {
    str: "string",
    int: "int32",
    float: "float64",
    bool: "bool",
    datetime.date: "date32",
}
_COLUMN = "hyoka.column"
_TABLE = "__hyoka_table__"


@dataclass(frozen=True, slots=True)
class Text:
    """A title or description in both languages."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the contract. `references` is ``table.column``; `categories` closes the set of values."""

    name: str
    type: ColumnType
    nullable: bool
    title: Text
    description: str
    unit: str | None
    references: str | None
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TableDeclaration:
    """One table of the contract: its record class, its columns in order, its primary key.

    There is one of each, which equals itself alone: what is kept by declaration is found without comparing columns.
    """

    name: str
    title: Text
    description: str
    record: type
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def references(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.references)


def column(
    ja: str,
    en: str,
    description: str = "",
    *,
    unit: str | None = None,
    references: str | None = None,
    wide: bool = False,
    default: Any = dataclasses.MISSING,
) -> Any:
    """Declare one column: its titles, what it holds, its unit, what it points at.

    `wide` asks for int64 (sizes). A column whose annotation allows None is nullable and defaults to None; one that is
    a `Literal` has its values as categories.
    """
    meta = {
        "title": Text(ja, en),
        "description": description,
        "unit": unit,
        "references": references,
        "wide": wide,
    }
    return dataclasses.field(default=default, metadata={_COLUMN: meta})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(column,))
def table(name: str, ja: str, en: str, *, key: tuple[str, ...]) -> Any:
    """Make a record class of the decorated one and attach its declaration.

    Raises TypeError when a field is no declared column or has a type that the contract does not know, and ValueError
    when the key names no column.

    >>> @table("towns", "町", "Towns", key=("code",))
    ... class Town:
    ...     code: str = column("コード", "Code")
    ...     people: int | None = column("人口", "Population", default=None)
    >>> [(c.name, c.type, c.nullable) for c in declaration_of(Town).columns]
    [('code', 'string', False), ('people', 'int32', True)]
    """

    def decorate(cls: type) -> type:
        record: type = dataclass(slots=True, kw_only=True, unsafe_hash=True)(cls)
        hints = get_type_hints(record)
        columns = tuple(_column_of(field, hints[field.name]) for field in dataclasses.fields(record))
        if missing := set(key) - {c.name for c in columns}:
            raise ValueError(f"table {name}: the key names no column {', '.join(sorted(missing))}")
        description = (cls.__doc__ or "").strip()
        setattr(record, _TABLE, TableDeclaration(name, Text(ja, en), description, record, columns, key))
        return record

    return decorate


def declaration_of(record: type | object) -> TableDeclaration:
    """The declaration of a record class or of a record."""
    declaration: TableDeclaration = getattr(record, _TABLE)
    return declaration


def _column_of(field: dataclasses.Field[Any], hint: Any) -> Column:
    if _COLUMN not in field.metadata:
        raise TypeError(f"{field.name} is not declared with column()")
    meta = field.metadata[_COLUMN]
    union = get_args(hint) if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union else (hint,)
    bare = [member for member in union if member is not type(None)]
    categories: tuple[str, ...] = get_args(bare[0]) if typing.get_origin(bare[0]) is Literal else ()
    kind: ColumnType | None = "string" if categories else "int64" if meta["wide"] else _TYPES.get(bare[0])
    if len(bare) != 1 or kind is None:
        raise TypeError(f"{field.name}: {hint} is no type of the contract")
    return Column(
        name=field.name,
        type=kind,
        nullable=len(union) > 1,
        title=meta["title"],
        description=meta["description"],
        unit=meta["unit"],
        references=meta["references"],
        categories=categories,
    )
