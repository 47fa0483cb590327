"""The tables that describe the others, as rows: `columns` and `categories`, from the declarations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import pyarrow as pa

from schemas.arrow import records_to_table
from schemas.declare import TableDeclaration
from schemas.description import DESCRIBING, CategoryRow, ColumnRow
from schemas.records import TABLES
from schemas.wording import categories, description

DECLARED: tuple[TableDeclaration, ...] = (*TABLES, *DESCRIBING)
"""Every table of a snapshot: the contract's, then those that describe them."""


@cache
def describing_tables() -> Mapping[str, pa.Table]:
    """The rows of `columns` and `categories`, for every table of a snapshot, their own included."""
    columns, values = DESCRIBING
    return {
        columns.name: records_to_table((row for declaration in DECLARED for row in column_rows(declaration)), columns),
        values.name: records_to_table((row for declaration in DECLARED for row in category_rows(declaration)), values),
    }


def column_rows(declaration: TableDeclaration) -> Iterator[ColumnRow]:
    """One row per column of a table, in its order.

    >>> from schemas.declare import declaration_of
    >>> from schemas.records import Grade
    >>> [(row.column_name, row.title_ja, row.is_key) for row in column_rows(declaration_of(Grade))][:2]
    [('grade_id', '評価ID', True), ('document_id', '文書ID', False)]
    """
    for position, column in enumerate(declaration.columns, start=1):
        said = description(column.description)
        yield ColumnRow(
            table_name=declaration.name,
            column_name=column.name,
            position=position,
            type=column.type,
            nullable=column.nullable,
            is_key=column.name in declaration.key,
            table_title_ja=declaration.title.ja,
            table_title_en=declaration.title.en,
            title_ja=column.title.ja,
            title_en=column.title.en,
            description_ja=said.ja if said else None,
            description_en=said.en if said else None,
            unit=column.unit,
            references=column.references,
        )


def category_rows(declaration: TableDeclaration) -> Iterator[CategoryRow]:
    """One row per value of every closed set of values in a table."""
    for column in declaration.columns:
        for position, category in enumerate(categories(declaration.name, column.name), start=1):
            yield CategoryRow(
                table_name=declaration.name,
                column_name=column.name,
                position=position,
                value=category.value,
                label_ja=category.label.ja,
                label_en=category.label.en,
            )
