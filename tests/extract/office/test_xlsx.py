from __future__ import annotations

import datetime
import io
from math import isfinite

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from extract.read import read_document
from schemas.document import Box, CellStyle, Line
from schemas.limits import Limits
from tests.extract.office.making import BOX, frame, rows, saved, shared, with_part, workbook
from tests.extract.office.showing import body, grid, read, rules, spans


def test_a_ruled_table_is_read_with_its_title_and_its_merged_cells() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "事務事業評価シート"
        sheet.merge_cells("A1:D1")
        rows(
            sheet,
            "A3",
            [["指標名", "単位", "令和５年度", None], [None, None, "目標", "実績"], ["窓口の数", "件", 3, 4]],
        )
        sheet.merge_cells("A3:A4")
        sheet.merge_cells("B3:B4")
        sheet.merge_cells("C3:D3")

    document = read(workbook(fill), "評価.xlsx")
    assert document.reader == "office"
    assert [page.number for page in document.pages] == [1]
    title, table = body(document)
    assert title == "事務事業評価シート"
    assert table == [["指標名", "単位", "令和５年度", None], [None, None, "目標", "実績"], ["窓口の数", "件", "3", "4"]]
    [found] = document.tables
    assert spans(found)["指標名"] == (2, 1)
    assert spans(found)["令和５年度"] == (1, 2)


def test_a_cell_tells_its_place_its_box_and_how_it_is_set() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "B4", [["成果指標", 12]])
        sheet["B4"].fill = PatternFill("solid", fgColor="FFDDEBF7")
        sheet["B4"].font = Font(bold=True)
        sheet["B4"].alignment = Alignment(horizontal="center")

    [table] = read(workbook(fill), "a.xlsx").tables
    label, value = table.cells
    assert label.style == CellStyle("#ddebf7", True, "center")
    assert value.style is None
    assert [fragment.place for fragment in (*label.fragments, *value.fragments)] == ["表!B4", "表!C4"]
    box = label.fragments[0].box
    assert isinstance(box, Box)
    assert value.fragments[0].box == Box(box.x1, box.top, box.x1 + box.width, box.bottom)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234567, "#,##0", "1,234,567"),
        (0.125, "0.0%", "12.5%"),
        (-1234, '#,##0;"△ "#,##0', "△ 1,234"),
        (12, '0"人"', "12人"),
        (datetime.date(2019, 5, 1), 'ggge"年"m"月"d"日"', "令和元年5月1日"),
        (datetime.date(2024, 4, 1), "yyyy/m/d", "2024/4/1"),
        (2024, "General", "2024"),
        (0.1 + 0.2, "General", "0.3"),
        (24.156, "0.0_ ", "24.2"),
        (0, "#,##0;-#,##0;", ""),
        ("0412", "@", "0412"),
        (True, "General", "TRUE"),
    ],
)
def test_a_value_is_what_its_format_shows(value: object, code: str, shown: str) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["件数", value]])
        sheet["B1"].number_format = code

    assert body(read(workbook(fill), "a.xlsx")) == [[["件数", shown]]]


def test_text_in_a_frame_over_several_rows_is_one_cell() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["課題"]])
        sheet.merge_cells("A1:A3")
        frame(sheet, "B1:D3")
        sheet["B1"], sheet["B2"], sheet["B3"] = "利用者が減っている。", "　周知が足りない。", "見直す。"

    [table] = body(read(workbook(fill), "a.xlsx"))
    assert table == [["課題", "利用者が減っている。\n周知が足りない。\n見直す。"]]


def test_a_box_of_rows_and_columns_without_rules_is_read_by_its_cells() -> None:
    def fill(sheet: Worksheet) -> None:
        frame(sheet, "A1:C3")
        rows(sheet, "A1", [["委託料", None, 180], ["修繕料", None, 23], ["需用費", None, 4]], ruled=False)
        frame(sheet, "A1:C3")

    assert body(read(workbook(fill), "a.xlsx")) == [[["委託料", "180"], ["修繕料", "23"], ["需用費", "4"]]]


def test_such_a_box_inside_a_table_is_one_cell_unless_several_heads_stand_over_it() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["国", 1], ["県", 2], ["計", 3]])
        rows(sheet, "C1", [["委託料", 180], ["修繕料", 23], ["需用費", 4]], ruled=False)
        frame(sheet, "C1:D3")
        rows(sheet, "A6", [["指標", "目標", "実績"]])
        rows(sheet, "A7", [["窓口", 3, 4], ["相談", 5, 6]], ruled=False)
        frame(sheet, "A7:C8")

    assert body(read(workbook(fill), "a.xlsx")) == [
        [["国", "1", "委託料　180\n修繕料　23\n需用費　4"], ["県", "2", None], ["計", "3", None]],
        [["指標", "目標", "実績"], ["窓口", "3", "4"], ["相談", "5", "6"]],
    ]


def test_rows_that_only_rules_across_part_have_the_columns_of_their_cells() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["区分", "R4", "R5"], ["事業費", 10, 12], ["人件費", 3, 4], ["計", 13, 16]])
        for row in sheet["A1:C4"]:
            for cell in row:
                cell.border = openpyxl.styles.Border(top=BOX.top, bottom=BOX.bottom)

    assert body(read(workbook(fill), "a.xlsx")) == [
        [["区分", "R4", "R5"], ["事業費", "10", "12"], ["人件費", "3", "4"], ["計", "13", "16"]]
    ]


def test_a_row_of_one_text_between_rows_that_only_rules_across_part_is_a_title_across_them() -> None:
    def fill(sheet: Worksheet) -> None:
        listed: list[list[object]] = [
            ["指標", "R5", "R6"],
            ["目標１　海を知る"],
            ["見学者数", 3, 4],
            ["案内板", 5, 6],
            ["目標２"],
            ["船", 7, 8],
        ]
        rows(sheet, "A1", listed)
        for row in sheet["A1:C6"]:
            for cell in row:
                cell.border = openpyxl.styles.Border(top=BOX.top, bottom=BOX.bottom)

    assert body(read(workbook(fill), "a.xlsx")) == [
        [
            ["指標", "R5", "R6"], ["目標１　海を知る", None, None], ["見学者数", "3", "4"], ["案内板", "5", "6"],
            ["目標２", None, None], ["船", "7", "8"],
        ]
    ]  # fmt: skip


def test_the_lines_of_a_cell_outside_of_tables_lie_below_each_other() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "港の案内\n灯台の公開"
        sheet.row_dimensions[1].height = 30

    lines = [item for item in read(workbook(fill), "a.xlsx").items if isinstance(item, Line)]
    boxes = [fragment.box for line in lines for fragment in line.fragments if fragment.box]
    assert [(box.top, box.bottom) for box in boxes] == [(0.0, 15.0), (15.0, 30.0)]


def test_a_table_without_rules_stands_between_its_title_and_its_note() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["令和５年度　指標一覧"]], ruled=False)
        rows(sheet, "A2", [["指標", "目標", "実績"], ["窓口", 3, 4], ["相談", 10, None]], ruled=False)
        rows(sheet, "A5", [["※実績は速報値"]], ruled=False)
        rows(sheet, "A7", [["担当課"]], ruled=False)

    assert body(read(workbook(fill), "a.xlsx")) == [
        "令和５年度　指標一覧",
        [["指標", "目標", "実績"], ["窓口", "3", "4"], ["相談", "10", ""]],
        "※実績は速報値",
        "担当課",
    ]


def test_heads_under_merged_heads_are_rows_of_a_table_without_rules() -> None:
    def fill(sheet: Worksheet) -> None:
        heads: list[object] = ["項目", "担当課", "年度計画", None, None, "効果額", None, "進捗"]
        rows(sheet, "A1", [heads, [None, None, "R4", "R5", "R6", "目標", "実績", None]], ruled=False)
        rows(sheet, "A3", [["共用化", "管財課", "検討", "実施", "実施", 12, 0, "△"]], ruled=False)
        for area in ("A1:A2", "B1:B2", "C1:E1", "F1:G1", "H1:H2"):
            sheet.merge_cells(area)

    (table,) = body(read(workbook(fill), "a.xlsx"))
    assert table[-1] == ["共用化", "管財課", "検討", "実施", "実施", "12", "0", "△"]


def test_a_label_and_its_value_end_a_table_without_rules() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["評価項目", "配点", "得点"], ["管理", 20, 18], ["利用", 20, 17]], ruled=False)
        rows(sheet, "A4", [["総合評価", None, "Ａ"], ["総評", "客が増えた。"]], ruled=False)

    (table,) = body(read(workbook(fill), "a.xlsx"))
    assert table[-2:] == [["総合評価", "", "Ａ"], ["総評", "客が増えた。", ""]]


def test_tables_side_by_side_stay_apart() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["区分", "R5"], ["事業費", 10]])
        rows(sheet, "D1", [["一次評価", "Ａ"], ["二次評価", "Ｂ"]])

    assert body(read(workbook(fill), "a.xlsx")) == [
        [["区分", "R5"], ["事業費", "10"]],
        [["一次評価", "Ａ"], ["二次評価", "Ｂ"]],
    ]


def test_columns_of_graph_paper_are_taken_together() -> None:
    def fill(sheet: Worksheet) -> None:
        for area, value in (
            ("A1:H1", "事務事業名"),
            ("I1:Z1", "図書館の運営"),
            ("A2:H2", "担当課"),
            ("I2:Z2", "社会教育課"),
        ):
            sheet[area.split(":")[0]] = value
            frame(sheet, area)
            sheet.merge_cells(area)

    assert body(read(workbook(fill), "a.xlsx")) == [[["事務事業名", "図書館の運営"], ["担当課", "社会教育課"]]]


def test_what_is_hidden_is_told_and_not_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    rows(sheet, "A1", [["区分", "内訳", "R5"], ["事業費", "x", 10], ["控除", "y", 2], ["計", "z", 12]])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["A6"] = "白い字"
    sheet["A6"].font = Font(color="FFFFFFFF")
    secret = book.create_sheet("リスト")
    secret["A1"] = "選択肢"
    secret.sheet_state = "hidden"
    document = read(saved(book), "a.xlsx")
    assert body(document) == [[["区分", "R5"], ["事業費", "10"], ["計", "12"]]]
    said = " ".join(problem.message.en for problem in document.problems)
    assert rules(document) == ["hidden-text"] * 4
    for part in (
        "hidden rows",
        "hidden columns",
        "hidden sheet",
        "colour of its ground",
        "表!A3, 表!B3, 表!C3",
        "表!B1",
    ):
        assert part in said


def test_what_lies_outside_of_the_print_area_is_told_and_not_read() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["区分", "R5"], ["事業費", 10]])
        rows(sheet, "H1", [["Ａ"], ["Ｂ"]], ruled=False)
        sheet.print_area = "A1:F20"

    document = read(workbook(fill), "a.xlsx")
    assert body(document) == [[["区分", "R5"], ["事業費", "10"]]]
    assert ["outside of the print area" in problem.message.en for problem in document.problems] == [True]


def test_a_table_that_runs_over_the_print_area_is_read_whole() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["事業名", "課", "決算"], ["図書館", "社会教育課", 10]])
        sheet.print_area = "A1:B2"

    assert body(read(workbook(fill), "a.xlsx")) == [[["事業名", "課", "決算"], ["図書館", "社会教育課", "10"]]]


def test_formulas_without_a_result_and_errors_are_told() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["計", "=1+2", "#REF!"]])
        sheet["C1"].data_type = "e"

    document = read(workbook(fill), "a.xlsx")
    assert body(document) == [[["計", "", ""]]]
    said = [problem.message.en for problem in document.problems]
    assert rules(document) == ["cell-unread", "cell-unread"]
    assert "表!C1" in said[0]
    assert "error of their formula" in said[0]
    assert "表!B1" in said[1]
    assert "without its result" in said[1]


def test_a_stored_result_is_read_under_its_format() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["達成率", "=3/4"]])
        sheet["B1"].number_format = "0.0%"

    stored = with_part(workbook(fill), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v></v>", b"<v>0.75</v>"))
    stored = with_part(stored, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v />", b"<v>0.75</v>"))
    assert body(read(stored, "a.xlsx")) == [[["達成率", "75.0%"]]]


def test_a_comment_is_a_note_and_no_print() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["実績", 5]])
        sheet["B1"].comment = Comment("速報値です", "担当")

    document = read(workbook(fill), "a.xlsx")
    assert body(document) == [[["実績", "5"]]]
    [problem] = document.problems
    assert (problem.rule, problem.severity, problem.observed) == ("hidden-text", "note", "速報値です")


DRAWING = """<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>
<xdr:from><xdr:col>1</xdr:col><xdr:row>0</xdr:row></xdr:from><xdr:to><xdr:col>2</xdr:col><xdr:row>0</xdr:row></xdr:to>
<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="a"/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="{shape}"/></xdr:spPr>
<xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"""
RELATIONSHIP = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
    'Target="../drawings/drawing1.xml"/></Relationships>'
)


def with_drawing(data: bytes, shape: str, text: str) -> bytes:
    data = with_part(data, "xl/worksheets/_rels/sheet1.xml.rels", lambda _: RELATIONSHIP.encode())
    return with_part(data, "xl/drawings/drawing1.xml", lambda _: DRAWING.format(shape=shape, text=text).encode())


def test_a_text_box_is_a_line_where_it_lies() -> None:
    data = with_drawing(workbook(lambda sheet: rows(sheet, "A3", [["区分", "R5"]])), "rect", "１年目（令和２年度実績）")
    document = read(data, "a.xlsx")
    assert body(document) == ["１年目（令和２年度実績）", [["区分", "R5"]]]
    assert [line.fragments[0].place for line in document.lines if line.role == "body"] == ["表!B1:C1"]


def test_an_oval_around_a_choice_is_told() -> None:
    data = with_drawing(workbook(lambda sheet: rows(sheet, "A1", [["方向性", "拡充", "継続"]])), "ellipse", "")
    document = read(data, "a.xlsx")
    assert rules(document) == ["ambiguous"]
    assert document.problems[0].message.en.startswith("表!B1: an oval is drawn here")
    assert document.problems[0].observed == "拡充、継続"


@pytest.mark.parametrize(("height", "told"), [(100, ["12"]), (4, [])])
def test_a_picture_over_a_number_is_told(height: int, told: list[str]) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["区分", "R5"], ["件数", 12]])
        content = io.BytesIO()
        Picture.new("RGB", (100, height), "white").save(content, "PNG")
        content.seek(0)
        sheet.add_image(Image(content), "B2")

    problems = read(workbook(fill), "a.xlsx").problems
    assert [problem.observed for problem in problems if problem.rule == "ambiguous"] == told


def test_the_name_of_a_sheet_and_its_running_titles_are_no_body() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["実績", 5]])
        sheet.oddHeader.left.text = "資料１"
        sheet.oddFooter.center.text = "&P / &N ページ"

    lines = [item for item in read(workbook(fill), "a.xlsx").items if isinstance(item, Line)]
    assert [(line.text, line.role, line.level) for line in lines] == [("表", "header", 0), ("資料１", "header", 0)]


def test_readings_of_characters_are_no_text() -> None:
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>\xe8\xa9\x95</t></r>'
        b"<r><t>\xe4\xbe\xa1</t></r><rPh sb='0' eb='1'><t>\xe3\x83\x92\xe3\x83\xa7\xe3\x82\xa6</t></rPh></si></sst>"
    )
    data = with_part(shared("評価"), "xl/sharedStrings.xml", lambda _: strings)
    assert body(read(data, "a.xlsx")) == ["評価"]


def test_a_stray_cell_at_the_end_of_a_sheet_costs_nothing() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["区分", "R5"], ["事業費", 10]])
        sheet["XFD1048576"] = "終"

    assert body(read(workbook(fill), "a.xlsx")) == [[["区分", "R5"], ["事業費", "10"]], "終"]


def test_each_sheet_is_a_page() -> None:
    book = openpyxl.Workbook()
    for number in (1, 2):
        sheet = book.active if number == 1 else book.create_sheet()
        rows(sheet, "A1", [["番号", number]])
    document = read(saved(book), "a.xlsx")
    assert [page.number for page in document.pages] == [1, 2]
    assert [grid(table)[0][1] for table in document.tables] == ["1", "2"]
    assert [table.page for table in document.tables] == [1, 2]


def test_a_package_that_unpacks_to_more_than_the_limit_is_not_read() -> None:
    data = workbook(lambda sheet: rows(sheet, "A1", [["実績"]]))
    [problem] = read_document(data, "a.xlsx", Limits(unpacked=1_000)).problems
    assert problem.rule == "unreadable"
    assert "--max-unpacked raises it" in problem.message.en


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_not_read(encoding: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'

    def declared(xml: bytes) -> bytes:
        return xml.decode().replace("<worksheet", bomb, 1).encode(encoding)

    data = workbook(lambda sheet: rows(sheet, "A1", [["実績"]]))
    [problem] = read_document(with_part(data, "xl/worksheets/sheet1.xml", declared), "a.xlsx").problems
    assert "declares entities" in problem.message.en


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_a_damaged_part_is_named(part: str) -> None:
    data = with_part(shared("実績"), part, lambda xml: xml[: len(xml) // 2])
    [problem] = read_document(data, "a.xlsx").problems
    assert problem.message.en.startswith(f"The part {part} of the file is damaged")


def test_a_workbook_is_told_by_its_content() -> None:
    data = workbook(lambda sheet: rows(sheet, "A1", [["実績", 5]]))
    assert body(read(data, "評価")) == [[["実績", "5"]]]
    assert read(data, "評価.txt").media_type.endswith("spreadsheetml.sheet")


def test_an_empty_workbook_says_so() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    [problem] = read_document(out.getvalue(), "a.xlsx").problems
    assert problem.message.en.startswith("The file shows no text")


@pytest.mark.parametrize("height", ["1e999", "nan", "1e300"])
def test_a_row_of_no_real_height_has_a_place_all_the_same(height: str) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["指標名", "実績"], ["窓口の数", 3]])
        frame(sheet, "A1:B2")

    def change(part: bytes) -> bytes:
        broken = part.replace(b'<row r="2"', f'<row r="2" ht="{height}" customHeight="1"'.encode())
        assert broken != part
        return broken

    document = read(with_part(workbook(fill), "xl/worksheets/sheet1.xml", change), "評価.xlsx")
    boxes = [part.box for table in document.tables for cell in table.cells for part in cell.fragments]
    assert boxes
    assert all(box is not None and isfinite(box.top) and isfinite(box.bottom) for box in boxes)


def test_text_of_no_size_to_be_seen_is_told() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, "A1", [["件数", 12]])
        sheet["B1"].font = Font(size=1)

    document = read(workbook(fill), "a.xlsx")
    assert (body(document), rules(document)) == ([[["件数", ""]]], ["hidden-text"])
