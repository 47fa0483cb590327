"""Excel: a workbook that a city's office opens, with a sheet per table and Japanese headings.

The first sheet says what the others are, the sheet 列の説明 what their columns are. Texts are written as texts, never
as formulas; one that begins like a formula is also marked as text, so that it stays one when its cell is edited. A
value of a closed set reads as its Japanese label, which 値の説明 explains. A sheet holds 1,048,576 rows, so a longer
table goes on in another; a cell holds 32,767 characters, so a longer text is cut, which is said.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.export.cells import is_risky
from pipeline.export.place import beside
from pipeline.snapshot import TableFiles, read_table, whole_snapshot
from schemas.declare import Column, TableDeclaration
from schemas.wording import categories, description

Value = str | int | float | bool | datetime.date | None

_A4 = 9
_MOST_CHARACTERS = 32_767
_MOST_ROWS = 1_048_576
_CUT = "…（以下略。全文はParquetにあります）"
_NARROWEST, _WIDEST = 8, 60
_MEASURED_ROWS = 200
_FIRST = ("results", "documents")
_NEVER = datetime.datetime(2000, 1, 1)
"""The workbook says no time of its making: the same tables give the same bytes."""


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Format
    text: Format
    marked: Format
    date: Format


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet to write: its name, its table, the rows that it takes of it."""

    name: str
    files: TableFiles
    table: pa.Table


def export_xlsx(out: Path, target: Path) -> Iterator[str]:
    """Write the snapshot in folder `out` as the workbook `target`, and tell what was cut."""
    tables = sorted(whole_snapshot(out), key=_order)
    with beside(target) as folder:
        path = folder / "tables.xlsx"
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(str(path), options) as book:
            book.set_properties({"created": _NEVER})
            formats = _formats(book)
            sheets = [sheet for files in tables for sheet in _sheets(files, read_table(out, files))]
            _write_contents(book, formats, sheets)
            cut = sum(_write_sheet(book, formats, sheet) for sheet in sheets)
        path.replace(target)
    if cut:
        yield f"{cut:,} texts are longer than a cell of Excel can hold and end with “{_CUT}”"


def _order(files: TableFiles) -> int:
    name = files.declaration.name
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)


def _formats(book: Workbook) -> _Formats:
    cell = {"valign": "top", "text_wrap": True}
    return _Formats(
        head=book.add_format({"bold": True, "bg_color": "#DDEBF7", "bottom": 1, "text_wrap": True, "valign": "top"}),
        text=book.add_format(cell),
        marked=book.add_format({**cell, "quote_prefix": True}),
        date=book.add_format({**cell, "num_format": "yyyy-mm-dd"}),
    )


def _sheets(files: TableFiles, table: pa.Table) -> Iterator[_Sheet]:
    """The sheets of a table: one, or as many as its rows need."""
    rows = _MOST_ROWS - 1
    for number, start in enumerate(range(0, max(table.num_rows, 1), rows), start=1):
        name = files.declaration.title.ja if number == 1 else f"{files.declaration.title.ja} ({number})"
        yield _Sheet(name, files, table.slice(start, rows))


def _write_contents(book: Workbook, formats: _Formats, sheets: Sequence[_Sheet]) -> None:
    """The first sheet: what each sheet is, how many rows it has, and a link to it."""
    page = book.add_worksheet("目次")
    page.freeze_panes(1, 0)
    for column, (heading, width) in enumerate((("シート", 20), ("行数", 10), ("内容", 80), ("表の名前", 20))):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, formats.head)
    for row, sheet in enumerate(sheets, start=1):
        about = description(sheet.files.declaration.description)
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", string=sheet.name)
        page.write_number(row, 1, sheet.table.num_rows)
        page.write_string(row, 2, about.ja if about else "", formats.text)
        page.write_string(row, 3, sheet.files.declaration.name)


def _write_sheet(book: Workbook, formats: _Formats, sheet: _Sheet) -> int:
    """Write a table's rows under its headings; give how many texts were cut."""
    page = book.add_worksheet(sheet.name)
    declaration = sheet.files.declaration
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, sheet.table.num_rows, len(declaration.columns) - 1)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for index, (column, width) in enumerate(zip(declaration.columns, _widths(sheet), strict=True)):
        page.set_column(index, index, width)
        page.write_string(0, index, heading(column), formats.head)
    labels = [labels_of(declaration, column) for column in declaration.columns]
    rows = (row for batch in sheet.table.to_batches() for row in batch.to_pylist())
    return sum(
        _write_value(page, number, index, labels[index].get(value, value), formats)
        for number, row in enumerate(rows, start=1)
        for index, value in enumerate(row.values())
    )


def heading(column: Column) -> str:
    """What stands above a column: its Japanese title, and its unit where it has one.

    >>> from schemas.declare import declaration_of
    >>> from schemas.records import DocumentRow
    >>> [heading(column) for column in declaration_of(DocumentRow).columns][:5]
    ['文書ID', 'SHA-256', 'ファイル名', 'メディアタイプ', 'サイズ（byte）']
    """
    return f"{column.title.ja}（{column.unit}）" if column.unit else column.title.ja


def labels_of(declaration: TableDeclaration, column: Column) -> Mapping[Value, str]:
    """The Japanese labels of a column's values, where it has a closed set of them.

    >>> from schemas.declare import declaration_of
    >>> from schemas.records import MeasureOrg
    >>> labels_of(declaration_of(MeasureOrg), declaration_of(MeasureOrg).columns[1])
    {'responsible': '担当', 'participating': '参加'}
    """
    return {category.value: category.label.ja for category in categories(declaration.name, column.name)}


def _write_value(page: Worksheet, row: int, column: int, value: Value, formats: _Formats) -> bool:
    """Write one value in its own type; missing values stay empty. Gives whether a text was cut."""
    if value is None:
        return False
    if isinstance(value, bool):
        page.write_boolean(row, column, value, formats.text)
    elif isinstance(value, datetime.date):
        page.write_datetime(row, column, datetime.datetime(value.year, value.month, value.day), formats.date)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, formats.text)
    else:
        cut = len(value) > _MOST_CHARACTERS
        text = value[: _MOST_CHARACTERS - len(_CUT)] + _CUT if cut else value
        page.write_string(row, column, text, formats.marked if is_risky(text) else formats.text)
        return cut
    return False


def _widths(sheet: _Sheet) -> Iterator[int]:
    """A width for each column: that of its heading or of its longest line among the first rows, within limits."""
    for column, values in zip(sheet.files.declaration.columns, sheet.table.columns, strict=True):
        lines = (line for value in values.slice(0, _MEASURED_ROWS).to_pylist() for line in str(value or "").split("\n"))
        widest = max((_width(line) for line in (heading(column), *lines)), default=0)
        yield min(max(widest + 2, _NARROWEST), _WIDEST)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
