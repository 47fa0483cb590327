"""Workbooks whose texts are set in part: struck out, raised, unseen; and the boxes to check that stand in them."""

from __future__ import annotations

import io

import openpyxl
import xlsxwriter
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.extract.office.making import rows, with_part, workbook
from tests.extract.office.showing import body, read

VML = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">{shapes}</xml>"""
SHAPE = """<v:shape id="_x0000_s{number}"><v:textbox><div>{text}<br></div></v:textbox><x:ClientData ObjectType="{kind}">
<x:Anchor>1, {offset}, 0, 2, 1, {end}, 0, 17</x:Anchor>{state}</x:ClientData></v:shape>"""


def written(fill: str, *parts: object, look: dict[str, object] | None = None) -> bytes:
    """A workbook whose cell B1 is set as `look` says, with the parts that `write_rich_string` takes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        box = book.add_format({"border": 1})
        looks = {
            "struck": book.add_format({"font_strikeout": True}),
            "raised": book.add_format({"font_script": 1}),
            "white": book.add_format({"font_color": "#FFFFFF"}),
            "plain": book.add_format({"font_color": "#000000"}),
        }
        sheet = book.add_worksheet("表")
        sheet.write("A1", fill, box)
        told = [looks[part] if isinstance(part, str) and part in looks else part for part in parts]
        sheet.write_rich_string("B1", *told, book.add_format({"border": 1, **(look or {})}))
    return out.getvalue()


def test_struck_parts_of_a_cell_are_not_read_and_told() -> None:
    document = read(written("参加者数", "struck", "120", "plain", "118"), "a.xlsx")
    assert body(document) == [[["参加者数", "118"]]]
    [problem] = document.problems
    assert (problem.rule, problem.severity, problem.observed) == ("struck-text", "note", "120")
    assert problem.message.en.startswith("表!B1: ")


def test_a_part_that_is_set_anew_in_a_struck_cell_is_read() -> None:
    document = read(written("参加者数", "120", "plain", "118", look={"font_strikeout": True}), "a.xlsx")
    assert body(document) == [[["参加者数", "118"]]]


def test_parts_in_the_colour_of_the_ground_are_not_read_and_told() -> None:
    document = read(written("参加者数", "white", "9", "plain", "118"), "a.xlsx")
    assert body(document) == [[["参加者数", "118"]]]
    assert [problem.rule for problem in document.problems] == ["hidden-text"]


def test_raised_digits_are_the_mark_of_a_note() -> None:
    document = read(written("参加者数", "plain", "118", "raised", "2)"), "a.xlsx")
    assert body(document) == [[["参加者数", "118²⁾"]]]
    assert document.problems == ()


def test_a_number_that_is_struck_out_is_no_value() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["目標", 120, 118]])
        sheet["B1"].font = Font(strike=True)

    document = read(workbook(fill), "a.xlsx")
    assert body(document) == [[["目標", "", "118"]]]
    assert [problem.observed for problem in document.problems] == ["120"]


def test_a_box_to_check_in_a_cell_shows_its_state() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        box = book.add_format({"border": 1})
        sheet = book.add_worksheet("表")
        sheet.write("A1", "継続", box)
        sheet.insert_checkbox("B1", True, box)
        sheet.write("A2", "廃止", box)
        sheet.insert_checkbox("B2", False, box)
    assert body(read(out.getvalue(), "a.xlsx")) == [[["継続", "☑"], ["廃止", "□"]]]


def test_controls_over_a_cell_are_part_of_what_it_says() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["方向性", None]])

    shapes = "".join(
        SHAPE.format(number=number, text=text, kind=kind, offset=offset, end=offset + 30, state=state)
        for number, text, kind, offset, state in (
            (1026, "廃止", "Checkbox", 90, "<x:Checked>0</x:Checked>"),
            (1025, "継続", "Checkbox", 10, "<x:Checked>1</x:Checked>"),
            (1027, "有", "Radio", 130, "<x:Checked/>"),
            (1028, "無", "Radio", 160, ""),
            (1029, "これは注記", "Note", 160, ""),
        )
    )
    data = workbook(fill)
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["表"]
    data = with_part(data, "xl/drawings/vmlDrawing1.vml", lambda _: VML.format(shapes=shapes).encode())
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing" '
        b'Target="/xl/drawings/vmlDrawing1.vml"/></Relationships>'
    )
    data = with_part(data, "xl/worksheets/_rels/sheet1.xml.rels", lambda _: relations)
    assert body(read(data, "a.xlsx")) == [[["方向性", "☑継続　□廃止　●有　○無"]]]
