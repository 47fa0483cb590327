"""Workbooks and Word files made by the libraries that people's programs use, as bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import xlsxwriter
from docx.document import Document as WordDocument
from openpyxl.styles import Border, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def workbook(fill: Callable[[Worksheet], None]) -> bytes:
    """A workbook of one sheet named 表."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    fill(sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows(sheet: Worksheet, at: str, values: list[list[object]], *, ruled: bool = True) -> None:
    """Write rows from a cell on, each cell in a box where they are ruled."""
    first = sheet[at]
    for down, row in enumerate(values):
        for right, value in enumerate(row):
            cell = sheet.cell(first.row + down, first.column + right, value)
            if ruled:
                cell.border = BOX


def frame(sheet: Worksheet, area: str) -> None:
    """A border around some cells, and none between them."""
    cells = sheet[area]
    for row_number, row in enumerate(cells):
        for col_number, cell in enumerate(row):
            cell.border = Border(
                left=THIN if col_number == 0 else None,
                right=THIN if col_number == len(row) - 1 else None,
                top=THIN if row_number == 0 else None,
                bottom=THIN if row_number == len(cells) - 1 else None,
            )


def word(fill: Callable[[WordDocument], None]) -> bytes:
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same package with one part changed, or added where it is not there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, change(old.read(name) if name in old.namelist() else b""))
    return out.getvalue()


def shared(text: str) -> bytes:
    """A workbook with one text, which stands among its shared strings as Excel writes it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("表").write("A1", text)
    return out.getvalue()
