"""The rows of tables, by their class; held by column where they are many: a record is made where somebody asks for one.

A document has ten times as many words as rows of all other kinds, and they are only ever looked at by column: to count
them, to hold them against the contract, to write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar, overload

from schemas.declare import Value, declaration_of
from schemas.records import Record

Tables = Mapping[str, Sequence[Record]]
"""The tables of one document, or of several: table name → rows in reading order. A table that is absent has no row."""

_R = TypeVar("_R", covariant=True)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ColumnRows(Sequence[_R]):
    """The rows of one table by column: every column of the record's declaration, in its order and equally long.

    Raises ValueError where columns are missing, are too many or differ in length.

    >>> from schemas.records import MeasureLink
    >>> links = {"measure_id": ("a", "b"), "kind": ("goal",) * 2, "target_text": ("①", "②")}
    >>> rows = ColumnRows(MeasureLink, {**links, "target_measure_id": (None, None)})
    >>> len(rows), rows[1].target_text, [row.measure_id for row in rows]
    (2, '②', ['a', 'b'])
    """

    record: type[_R]
    columns: Mapping[str, Sequence[Value]]

    def __post_init__(self) -> None:
        declaration = declaration_of(self.record)
        if (found := tuple(self.columns)) != (wanted := tuple(column.name for column in declaration.columns)):
            raise ValueError(f"table {declaration.name}: the columns are {', '.join(found)}, not {', '.join(wanted)}")
        if len({len(values) for values in self.columns.values()}) > 1:
            raise ValueError(f"table {declaration.name}: its columns are not equally long")

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __iter__(self) -> Iterator[_R]:
        for values in zip(*self.columns.values(), strict=True):
            yield self.record(**dict(zip(self.columns, values, strict=True)))

    @overload
    def __getitem__(self, index: int) -> _R: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[_R]: ...

    def __getitem__(self, index: int | slice) -> _R | Sequence[_R]:
        if isinstance(index, slice):
            return ColumnRows(self.record, {name: values[index] for name, values in self.columns.items()})
        return self.record(**{name: values[index] for name, values in self.columns.items()})


def rows_of(tables: Mapping[str, Sequence[object]], record: type[_T]) -> tuple[_T, ...]:
    """The rows of one table, by the class of its records; none where the table is absent.

    >>> from schemas.records import Municipality
    >>> rows_of({}, Municipality)
    ()
    """
    return tuple([row for row in tables.get(declaration_of(record).name, ()) if isinstance(row, record)])


def values_of(rows: Sequence[object], column: str) -> Sequence[Value]:
    """The values of one column, whichever way the rows are held.

    >>> from schemas.records import Municipality
    >>> values_of([], "area_code")
    []
    """
    return rows.columns[column] if isinstance(rows, ColumnRows) else list(map(attrgetter(column), rows))
