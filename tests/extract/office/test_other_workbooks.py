"""Old Excel workbooks (`old.xls`, written by xlwt 1.3) and OpenDocument spreadsheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.read import read_document
from schemas.document import CellStyle, Line
from schemas.limits import Limits
from tests.extract.office.showing import body, read, rules, spans
from tests.fuzzing.office_bases import ods

OLD = Path(__file__).with_name("old.xls")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

SHEET = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"><office:automatic-styles>
<style:style style:name="b"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:background-color="#DDEBF7"/>
<style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="h"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"""
TABLE = """<table:table table:name="表"><table:table-column table:number-columns-repeated="3"/><table:table-row>
<table:table-cell table:style-name="b" table:number-columns-spanned="2"><text:p>指標</text:p></table:table-cell>
<table:covered-table-cell table:style-name="b"/><table:table-cell table:style-name="b"><text:p>R5</text:p>
</table:table-cell></table:table-row><table:table-row><table:table-cell table:style-name="b"><text:p>窓口</text:p>
<text:p>の<text:s text:c="1"/>数</text:p></table:table-cell><table:table-cell table:style-name="b"><text:p>件</text:p>
</table:table-cell><table:table-cell table:style-name="b"><office:annotation><text:p>速報</text:p></office:annotation>
<text:p>1,234</text:p></table:table-cell></table:table-row><table:table-row table:visibility="collapse">
<table:table-cell><text:p>内部</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="1024"/>
</table:table-row></table:table>"""


def test_an_old_workbook_shows_what_it_shows_in_excel() -> None:
    document = read(OLD.read_bytes(), "a.xls")
    table, note = body(document)
    assert table == [
        ["指標名", "令和５年度", None],
        [None, "目標", "達成率"],
        ["窓口の数", "1,234件", "12.5%"],
        ["期日", "2024年4月1日", "隠"],
    ]
    assert note == "※速報"
    [found] = document.tables
    assert spans(found)["指標名"] == (2, 1)
    assert found.cells[0].style == CellStyle("#ccffff", True, "center")
    assert rules(document) == ["hidden-text", "hidden-text"]
    assert document.media_type == "application/vnd.ms-excel"


def test_an_open_document_shows_the_text_of_its_cells() -> None:
    hidden = TABLE.replace('table:name="表"', 'table:name="裏" table:style-name="h"')
    document = read(ods(SHEET.format(tables=TABLE + hidden)), "a.ods")
    assert body(document) == [[["指標", None, "R5"], ["窓口\nの 数", "件", "1,234"]]]
    [found] = document.tables
    assert spans(found)["指標"] == (1, 2)
    assert found.cells[0].style == CellStyle("#ddebf7", True, "center")
    assert sorted(problem.message.en.partition(":")[0] for problem in document.problems) == [
        "表!A3",
        "表!C2",
        "裏!A1, 裏!C1, 裏!A2, 裏!B2, 裏!C2 and 1 more",
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (COMPOUND + "Workbook".encode("utf-16-le") + b"\x00" * 600, "old Excel file is damaged"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "This is an old Word file"),
        (COMPOUND + "PowerPoint Document".encode("utf-16-le"), "This is an old PowerPoint file"),
        (OLD.read_bytes()[:2_000], "old"),
    ],
)
def test_a_compound_file_that_is_not_read_is_told_by_what_it_is(data: bytes, says: str) -> None:
    [problem] = read_document(data, "a.xls").problems
    assert says in problem.message.en


def test_more_cells_than_the_limit_are_not_read() -> None:
    rows = (
        "<table:table-row>"
        + "<table:table-cell table:number-columns-repeated='900'><text:p>a</text:p></table:table-cell>"
    )
    many = f"<table:table table:name='表'>{(rows + '</table:table-row>') * 30}</table:table>"
    [problem] = read_document(ods(SHEET.format(tables=many)), "a.ods", Limits(text_cells=10_000)).problems
    assert "--max-text-cells raises it" in problem.message.en


def test_what_an_old_workbook_strikes_out_is_not_read_and_raised_marks_are_told() -> None:
    document = read(OLD.with_name("struck.xls").read_bytes(), "a.xls")
    assert body(document) == [[["参加者数", ""], ["580¹⁾", "118"]]]
    assert [(problem.rule, problem.observed) for problem in document.problems] == [("struck-text", "120、120")]


def test_what_an_open_document_strikes_out_is_not_read_and_raised_marks_are_told() -> None:
    looks = (
        '<style:style style:name="s"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="n"><style:text-properties style:text-line-through-style="none"/></style:style>'
        '<style:style style:name="u"><style:text-properties style:text-position="super 58%"/></style:style>'
    )
    texts = (
        ("b", "580<text:span text:style-name='u'>1</text:span>"),
        ("b", "<text:span text:style-name='s'>120</text:span>118"),
        ("s", "7<text:span text:style-name='n'>8</text:span>"),
    )
    cells = "".join(
        f'<table:table-cell table:style-name="{look}"><text:p>{text}</text:p></table:table-cell>'
        for look, text in texts
    )
    table = f'<table:table table:name="表"><table:table-row>{cells}</table:table-row></table:table>'
    sheet = SHEET.replace("</office:automatic-styles>", f"{looks}</office:automatic-styles>")
    document = read(ods(sheet.format(tables=table)), "a.ods")
    assert [text for row in document.tables for text in [c.text for c in row.cells]] + [
        item.text for item in document.items if isinstance(item, Line) and item.role == "body"
    ] == ["580¹", "118", "8"]
    assert [(problem.rule, problem.observed) for problem in document.problems] == [("struck-text", "120、7")]
