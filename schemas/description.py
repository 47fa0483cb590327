"""The two tables that describe the others, declared as they are; they stand beside the contract's tables."""

from __future__ import annotations

from schemas.declare import TableDeclaration, column, declaration_of, table


@table("columns", "列の説明", "Columns", key=("table_name", "column_name"))
class ColumnRow:
    """What the columns of all tables are."""

    table_name: str = column("表", "Table", "The file without .parquet")
    column_name: str = column("列", "Column", "The column in the file")
    position: int = column("順序", "Position", "Order in the table, from 1")
    type: str = column("型", "Type", "Of the column in Parquet")
    nullable: bool = column("空を許す", "Nullable", "Whether a value may be missing")
    is_key: bool = column("主キー", "Is key", "Whether it is part of the table's key")
    table_title_ja: str = column("表の名称", "Title of the table in Japanese", "In Japanese")
    table_title_en: str = column("表の英語名称", "Title of the table in English", "In English")
    title_ja: str = column("名称", "Title in Japanese", "In Japanese")
    title_en: str = column("英語名称", "Title in English", "In English")
    description_ja: str | None = column("説明", "Description in Japanese", "In Japanese", default=None)
    description_en: str | None = column("英語説明", "Description in English", "In English", default=None)
    unit: str | None = column("単位", "Unit", "Of the numbers in the column", default=None)
    references: str | None = column(
        "参照先", "References", "The table and column that the values are found in, as table.column", default=None
    )


@table("categories", "値の説明", "Categories", key=("table_name", "column_name", "value"))
class CategoryRow:
    """What the values of columns with a closed set of values are."""

    table_name: str = column("表", "Table", "The file without .parquet")
    column_name: str = column("列", "Column", "The column in the file")
    position: int = column("順序", "Position", "Order among the column's values, from 1")
    value: str = column("値", "Value", "The value in the column")
    label_ja: str = column("名称", "Label in Japanese", "In Japanese")
    label_en: str = column("英語名称", "Label in English", "In English")


DESCRIBING: tuple[TableDeclaration, ...] = (declaration_of(ColumnRow), declaration_of(CategoryRow))
"""The describing tables, in the order of their files' names in the documentation."""
