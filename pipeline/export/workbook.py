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
from itertools import accumulate
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

_A3, _A4 = 8, 9
_MOST_CHARACTERS = 32_767
_MOST_ROWS = 1_048_576
_CUT = "…（以下略。全文はParquetにあります）"
_NARROWEST, _WIDEST = 8, 60
_MEASURED_ROWS = 200
_FIRST = (
    "results", "documents", "findings", "measures", "indicators", "observations", "grades", "scores", "grade_counts",
    "passages", "measure_orgs", "measure_links", "series",
)  # fmt: skip
"""The sheets that people read, in this order. The others, by which programs follow a value to its place, come last."""

_KINDS = ("まず開く表", "読み取った記録", "技術的な表")
_FRONT = {
    "results": ("source_name", "page"),
    "findings": ("severity", "rule", "message_ja", "page"),
}
"""The columns that stand first on a sheet; on every other sheet of documents their file name does."""

_FILE = "ファイル名"
_RATIOS = frozenset({"achievement_ratio", "coverage", "lower_bound", "upper_bound", "similarity", "confidence"})
"""Columns of shares of 1, shown as percent."""

_PLAIN = ("year", "_fy", "position", "page", "_index")
"""Columns of whole numbers that no separator of thousands goes into: years, and what counts places."""

_PRINTED = 230
"""The width, in characters, of the columns that are printed: what a sheet of A3 holds in a size that can be read."""

_ABOUT = (
    "自治体の評価シートから読み取った値の一覧です。「結果一覧」を最初に開いてください（指標と年度ごとに1行、評価ごとに1行）。",
    "各値がどのファイルの何ページにあるかは、各シートの左の列にあります。読み取りに疑いのある箇所は「指摘」にあります。",
    "千円などの数値は円に直してあります（「単位」の列）。印字のままの値は「値（原文）」の列にあります。空欄は、印刷がないか、読み取れなかったことを示します。",
)
_NEVER = datetime.datetime(2000, 1, 1)
"""The workbook says no time of its making: the same tables give the same bytes."""


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Format
    text: Format
    marked: Format
    date: Format
    plain: Format
    whole: Format
    broken: Format
    percent: Format


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet to write: its name, its table, the rows that it takes of it, in the order of `columns`.

    A column that is None is the file's name, which the table itself does not have.
    """

    name: str
    files: TableFiles
    table: pa.Table
    columns: tuple[Column | None, ...]


def export_xlsx(out: Path, target: Path) -> Iterator[str]:
    """Write the snapshot in folder `out` as the workbook `target`, and tell what was cut."""
    tables = sorted(whole_snapshot(out), key=_order)
    with beside(target) as folder:
        path = folder / "tables.xlsx"
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(str(path), options) as book:
            book.set_properties({"created": _NEVER})
            formats = _formats(book)
            names = _file_names(out, tables)
            sheets = [sheet for files in tables for sheet in _sheets(files, read_table(out, files), names)]
            _write_contents(book, formats, sheets)
            cut = sum(_write_sheet(book, formats, sheet) for sheet in sheets)
        path.replace(target)
    if cut:
        yield f"{cut:,} texts are longer than a cell of Excel can hold and end with “{_CUT}”"


def _order(files: TableFiles) -> int:
    name = files.declaration.name
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)


def _file_names(out: Path, tables: Sequence[TableFiles]) -> Mapping[str, str]:
    """The name of each document's file, by its id."""
    documents = next((files for files in tables if files.declaration.name == "documents"), None)
    if documents is None:
        return {}
    table = read_table(out, documents)
    return dict(zip(table["document_id"].to_pylist(), table["source_name"].to_pylist(), strict=True))


def _formats(book: Workbook) -> _Formats:
    cell = {"valign": "top", "text_wrap": True}
    return _Formats(
        head=book.add_format({"bold": True, "bg_color": "#DDEBF7", "bottom": 1, "text_wrap": True, "valign": "top"}),
        text=book.add_format(cell),
        marked=book.add_format({**cell, "quote_prefix": True}),
        date=book.add_format({**cell, "num_format": "yyyy-mm-dd"}),
        plain=book.add_format({**cell, "num_format": "0"}),
        whole=book.add_format({**cell, "num_format": "#,##0"}),
        broken=book.add_format({**cell, "num_format": "#,##0.######"}),
        percent=book.add_format({**cell, "num_format": "0.0%"}),
    )


def _sheets(files: TableFiles, table: pa.Table, names: Mapping[str, str]) -> Iterator[_Sheet]:
    """The sheets of a table: one, or as many as its rows need."""
    rows = _MOST_ROWS - 1
    declaration = files.declaration
    columns = arranged(declaration)
    if None in columns:
        ids = table[_tells_document(declaration)].to_pylist()
        told = [names.get((identity or "").partition("-")[0]) for identity in ids]
        table = table.append_column(_FILE, pa.array(told, pa.string()))
    table = table.select([column.name if column else _FILE for column in columns])
    for number, start in enumerate(range(0, max(table.num_rows, 1), rows), start=1):
        name = declaration.title.ja if number == 1 else f"{declaration.title.ja} ({number})"
        yield _Sheet(name, files, table.slice(start, rows), columns)


def arranged(declaration: TableDeclaration) -> tuple[Column | None, ...]:
    """The columns of a sheet in their order; None is the file's name, for documents' rows that do not have it."""
    by_name = {column.name: column for column in declaration.columns}
    front = [by_name[name] for name in _FRONT.get(declaration.name, ()) if name in by_name]
    rest = [column for column in declaration.columns if column not in front]
    ids = [column for column in rest if _is_technical(column)]
    own: list[Column | None] = [None] if _tells_document(declaration) and "source_name" not in by_name else []
    return (*own, *front, *(column for column in rest if column not in ids), *ids)


def _tells_document(declaration: TableDeclaration) -> str | None:
    """The column by which a row's document is known: an id of it, or one that begins with it."""
    names = {column.name for column in declaration.columns}
    return next((name for name in ("document_id", "measure_id", "indicator_id", "passage_id") if name in names), None)


def _is_technical(column: Column) -> bool:
    """Whether a column is for programs: ids and digests."""
    return column.name.endswith("_id") or column.name == "sha256"


def _write_contents(book: Workbook, formats: _Formats, sheets: Sequence[_Sheet]) -> None:
    """The first sheet: what this is, what each sheet is, how many rows it has, and a link to it."""
    page = book.add_worksheet("目次")
    for row, line in enumerate(_ABOUT):
        page.write_string(row, 0, line)
    top = len(_ABOUT) + 1
    for column, (heading, width) in enumerate(
        (("シート", 20), ("行数", 10), ("内容", 80), ("種類", 16), ("表の名前", 20))
    ):
        page.set_column(column, column, width)
        page.write_string(top, column, heading, formats.head)
    for row, sheet in enumerate(sheets, start=top + 1):
        about = description(sheet.files.declaration.description)
        name = sheet.files.declaration.name
        kind = 0 if name == _FIRST[0] else 1 if name in _FIRST else 2
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", string=sheet.name)
        page.write_number(row, 1, sheet.table.num_rows, formats.whole)
        page.write_string(row, 2, about.ja if about else "", formats.text)
        page.write_string(row, 3, _KINDS[kind])
        page.write_string(row, 4, name)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)


def _write_sheet(book: Workbook, formats: _Formats, sheet: _Sheet) -> int:
    """Write a table's rows under its headings; give how many texts were cut."""
    page = book.add_worksheet(sheet.name)
    declaration = sheet.files.declaration
    widths = [*_widths(sheet)]
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, sheet.table.num_rows, len(sheet.columns) - 1)
    _set_print(page, sheet, widths)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for index, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        page.set_column(index, index, width)
        page.write_string(0, index, _heading(column), formats.head)
    labels = [labels_of(declaration, column) if column else {} for column in sheet.columns]
    rows = (row for batch in sheet.table.to_batches() for row in batch.to_pylist())
    return sum(
        _write_value(page, (number, index), sheet.columns[index], labels[index].get(value, value), formats)
        for number, row in enumerate(rows, start=1)
        for index, value in enumerate(row.values())
    )


def _set_print(page: Worksheet, sheet: _Sheet, widths: Sequence[int]) -> None:
    """Print as many columns as can be read on a page, its headings on each, and say which sheet and page it is."""
    printed = sum(1 for total in accumulate(widths) if total <= _PRINTED) or 1
    page.print_area(0, 0, sheet.table.num_rows, printed - 1)
    page.set_landscape()
    page.set_paper(_A3 if sum(widths[:printed]) > _PRINTED // 2 else _A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")


def _heading(column: Column | None) -> str:
    return heading(column) if column else _FILE


def heading(column: Column) -> str:
    """What stands above a column: its Japanese title, and its unit where it has one.

    >>> from schemas.declare import declaration_of
    >>> from schemas.records import DocumentRow
    >>> [heading(column) for column in declaration_of(DocumentRow).columns][:5]
    ['文書ID', 'SHA-256', 'ファイル名', 'メディアタイプ', 'サイズ（byte）']
    """
    return f"{column.title.ja}（{column.unit}）" if column.unit else column.title.ja


def labels_of(declaration: TableDeclaration, column: Column) -> Mapping[Value, str]:
    """What the workbook prints for each value of a column that has a closed set of them; empty for other columns.

    >>> from schemas.declare import declaration_of
    >>> from schemas.records import MeasureOrg
    >>> labels_of(declaration_of(MeasureOrg), declaration_of(MeasureOrg).columns[1])
    {'responsible': '担当', 'participating': '参加'}
    """
    return {category.value: category.label.ja for category in categories(declaration.name, column.name)}


def _write_value(
    page: Worksheet, place: tuple[int, int], column: Column | None, value: Value, formats: _Formats
) -> bool:
    """Write one value in its own type; missing values stay empty. Gives whether a text was cut."""
    if value is None:
        return False
    if isinstance(value, bool):
        page.write_boolean(*place, value, formats.text)
    elif isinstance(value, datetime.date):
        page.write_datetime(*place, datetime.datetime(value.year, value.month, value.day), formats.date)
    elif isinstance(value, int | float):
        page.write_number(*place, value, _number_format(column, value, formats))
    else:
        cut = len(value) > _MOST_CHARACTERS
        text = value[: _MOST_CHARACTERS - len(_CUT)] + _CUT if cut else value
        page.write_string(*place, text, formats.marked if is_risky(text) else formats.text)
        return cut
    return False


def _number_format(column: Column | None, value: float, formats: _Formats) -> Format:
    """How a number is shown: shares as percent, years as they are, all others with separators of thousands."""
    name = column.name if column else ""
    if name in _RATIOS:
        return formats.percent
    if any(part in name for part in _PLAIN):
        return formats.plain
    return formats.whole if float(value).is_integer() else formats.broken


def _widths(sheet: _Sheet) -> Iterator[int]:
    """A width for each column: that of its heading or of its longest line among the first rows, within limits."""
    for column, values in zip(sheet.columns, sheet.table.columns, strict=True):
        lines = (line for value in values.slice(0, _MEASURED_ROWS).to_pylist() for line in str(value or "").split("\n"))
        widest = max((_width(line) for line in (_heading(column), *lines)), default=0)
        yield min(max(widest + 2, _NARROWEST), _WIDEST)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
