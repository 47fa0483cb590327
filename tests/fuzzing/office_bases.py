"""Sound workbooks, Word files, web pages and lists of values, each with something that the others have not."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import openpyxl
import xlsxwriter
from docx.document import Document as WordDocument
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.extract.office.making import rows, saved, word, workbook

_TABLE: list[list[object]] = [["指標", "R5", "R6"], ["窓口（件）", 1234, 0.5], ["計", "=1+2", -3]]

_ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"><office:automatic-styles>
<style:style style:name="ce1"><style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="表" table:print-ranges="表.A1:表.C9">
<table:table-column table:number-columns-repeated="3"/><table:table-row>
<table:table-cell table:style-name="ce1" table:number-columns-spanned="2"><text:p>指標</text:p></table:table-cell>
<table:covered-table-cell/><table:table-cell table:style-name="ce1"><text:p>R5</text:p></table:table-cell>
</table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell table:style-name="ce1"
 table:number-columns-repeated="3"><text:p>3<text:s text:c="2"/>件</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""

_HTML = (
    "<!doctype html><html><head><meta charset=utf-8><style>.x{display:none}</style></head><body><h1>評価</h1>"
    "<p>令和５年度<br>実績 <ruby>値<rt>ち</rt></ruby></p><table><caption>指標</caption><tr><th rowspan=2>名称"
    "<th colspan=2 style='background:#ddeeff'>R5<tr><td>3<td class=x>4</table><ul><li>周知</li></ul></body></html>"
)


@cache
def packages() -> tuple[tuple[str, bytes], ...]:
    """The names and bytes of files that are ZIP packages."""
    return (
        ("a.xlsx", _merged()),
        ("a.xlsx", _plain()),
        ("a.xlsx", _written()),
        ("a.docx", _word()),
        ("a.ods", ods(_ODS)),
    )


@cache
def texts() -> tuple[tuple[str, bytes], ...]:
    """Those that are texts."""
    values = '施策,指標,目標\n健康,受診率,"60,0"\n,歩数,"8千\n歩"\n\n※速報\n'
    return (("a.html", _HTML.encode()), ("a.csv", values.encode()))


def ods(content: str) -> bytes:
    """A spreadsheet of OpenDocument with this content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return out.getvalue()


def _merged() -> bytes:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "事務事業評価"
        sheet.merge_cells("A1:C1")
        rows(sheet, "A3", _TABLE)
        sheet.merge_cells("A3:A4")
        sheet["B4"].number_format = 'ggge"年"m"月"d"日";"△"#,##0'
        sheet["C5"].comment = Comment("注", "担当")
        sheet.print_area = "A1:C9"
        sheet.row_dimensions[5].hidden = True

    return workbook(fill)


def _plain() -> bytes:
    book = openpyxl.Workbook()
    for number, sheet in enumerate((book.active, book.create_sheet("二"))):
        rows(sheet, "B2", _TABLE, ruled=number == 0)
    book.active.sheet_state = "visible"
    return saved(book)


def _written() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("表")
        boxed = book.add_format({"border": 1, "num_format": "0.0%", "bg_color": "#DDEBF7"})
        sheet.merge_range("A1:C1", "総合計画", boxed)
        for row, values in enumerate(_TABLE, start=1):
            for col, value in enumerate(values):
                sheet.write(row, col, value, boxed)
        sheet.insert_textbox("E2", "１年目（令和２年度実績）")
    return out.getvalue()


def _word() -> bytes:
    def fill(document: WordDocument) -> None:
        document.add_heading("施策評価票", level=1)
        document.add_paragraph("課題", style="List Number")
        table = document.add_table(3, 3)
        for row, values in zip(table.rows, _TABLE, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = str(value)
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(2, 2).add_table(1, 2)
        document.sections[0].header.paragraphs[0].text = "別紙"

    return word(fill)
