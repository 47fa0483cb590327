from __future__ import annotations

import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

from schemas.document import Line
from tests.extract.office.making import with_part, word
from tests.extract.office.showing import body, read, rules, spans


def test_headings_paragraphs_and_tables_stand_in_order() -> None:
    def fill(document: WordDocument) -> None:
        document.add_heading("施策評価票", level=1)
        document.add_paragraph("１．施策の概要")
        table = document.add_table(3, 3)
        for row, texts in zip(
            table.rows, (["指標名", "令和５年度", ""], ["", "目標", "実績"], ["窓口", "3", "4"]), strict=True
        ):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(0, 1).merge(table.cell(0, 2))
        document.add_paragraph("（理由）")

    document = read(word(fill), "票.docx")
    title, lead, table, reason = body(document)
    assert (title, lead, reason) == ("施策評価票", "１．施策の概要", "（理由）")
    assert table == [["指標名", "令和５年度", None], [None, "目標", "実績"], ["窓口", "3", "4"]]
    [found] = document.tables
    assert spans(found)["指標名"] == (2, 1)
    assert spans(found)["令和５年度"] == (1, 2)
    assert [item.level for item in document.items if isinstance(item, Line)] == [1, 0, 0]


def test_paragraphs_and_breaks_of_a_cell_are_its_lines() -> None:
    def fill(document: WordDocument) -> None:
        cell = document.add_table(1, 2).cell(0, 1)
        run = cell.paragraphs[0].add_run("周知した。")
        run.add_break(WD_BREAK.LINE)
        run.add_text("見直した。")
        cell.add_paragraph("続ける。")

    assert body(read(word(fill), "a.docx")) == [[["", "周知した。\n見直した。\n続ける。"]]]


def test_a_box_of_one_cell_frames_its_paragraphs() -> None:
    def fill(document: WordDocument) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "課題"
        inner = cell.add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "一次評価", "Ａ"

    assert body(read(word(fill), "a.docx")) == ["課題", [["一次評価", "Ａ"]]]


def test_a_table_in_a_cell_beside_others_stands_behind_its_table() -> None:
    def fill(document: WordDocument) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "財源"
        inner = table.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "国", "10"

    assert body(read(word(fill), "a.docx")) == [[["財源", ""]], [["国", "10"]]]


def test_a_frame_in_a_cell_beside_others_is_the_text_of_that_cell() -> None:
    def fill(document: WordDocument) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "実績"
        table.cell(0, 1).add_table(1, 1).cell(0, 0).text = "28件"

    assert body(read(word(fill), "a.docx")) == [[["実績", "28件"]]]


@pytest.mark.parametrize("fill_of_cell", [None, "1F3864"])
def test_white_text_is_read_where_it_stands_on_a_colour(fill_of_cell: str | None) -> None:
    def fill(document: WordDocument) -> None:
        table = document.add_table(1, 2)
        cell, table.cell(0, 1).text = table.cell(0, 0), "実績"
        cell.text = "28件"
        cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
        if fill_of_cell:
            cell._tc.get_or_add_tcPr().append(
                parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill_of_cell}"/>')
            )

    document = read(word(fill), "a.docx")
    assert (body(document), rules(document)) == (
        ([[["28件", "実績"]]], []) if fill_of_cell else ([[["", "実績"]]], ["hidden-text"])
    )


def paragraph(inside: str) -> str:
    return f"<w:p {nsdecls('w')}>{inside}</w:p>"


def add(document: WordDocument, inside: str) -> None:
    document.element.body.insert(0, parse_xml(paragraph(inside)))


def test_changes_are_accepted_and_told() -> None:
    data = word(
        lambda document: add(
            document,
            "<w:r><w:t>実績は</w:t></w:r><w:del><w:r><w:delText>３件</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>５件</w:t></w:r></w:ins>",
        )
    )
    document = read(data, "a.docx")
    assert body(document) == ["実績は５件"]
    [problem] = document.problems
    assert (problem.rule, problem.message.en.split()[0]) == ("struck-text", "2")


def test_hidden_and_struck_runs_are_not_read() -> None:
    data = word(
        lambda document: add(
            document,
            "<w:r><w:t>実績</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r>"
            "<w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r>"
            "<w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t>５件</w:t></w:r>",
        )
    )
    document = read(data, "a.docx")
    assert body(document) == ["実績５件"]
    assert rules(document) == ["hidden-text", "struck-text"]


def test_a_field_shows_its_result_and_ruby_its_base() -> None:
    data = word(
        lambda document: add(
            document,
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
            "<w:r><w:t>x</w:t></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>令和６年</w:t></w:r>"
            "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
            "<w:r><w:ruby><w:rt><w:r><w:t>ひょうか</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>評価</w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r>",
        )
    )
    assert body(read(data, "a.docx")) == ["令和６年評価"]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>資料２</w:t></w:r></w:p></w:txbxContent>"
    inside = (
        "<w:r><w:t>評価シート</w:t></w:r><w:r><mc:AlternateContent "
        "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert body(read(word(lambda document: add(document, inside)), "a.docx")) == ["評価シート", "資料２"]


@pytest.mark.parametrize(("place", "cell", "behind"), [("inline", "５件", []), ("anchor", "", ["５件"])])
def test_a_text_box_that_stands_in_the_line_of_a_cell_is_the_text_of_that_cell(
    place: str, cell: str, behind: list[str]
) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>５件</w:t></w:r></w:p></w:txbxContent>"
    drawn = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"

    def fill(document: WordDocument) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "実績"
        inside = f"<w:r><w:drawing><p:{place} xmlns:p='{drawn}'>{box}</p:{place}></w:drawing></w:r>"
        table.cell(0, 1).paragraphs[0]._p.append(parse_xml(inside.replace("<w:r>", f"<w:r {nsdecls('w')}>", 1)))

    assert body(read(word(fill), "a.docx")) == [[["実績", cell]], *behind]


@pytest.mark.parametrize(("code", "shown"), [("eq \\o\\ac(○,B)", "Ⓑ"), ("EQ \\o(□,レ)", "☑"), ("PAGE", "")])
def test_a_field_that_lays_characters_over_each_other_shows_them(code: str, shown: str) -> None:
    inside = (
        "<w:r><w:t>評価</w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        f"<w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    assert body(read(word(lambda document: add(document, inside)), "a.docx")) == [f"評価{shown}"]


NUMBERING = f"""<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalFullWidth"/><w:lvlText w:val="%1．"/>
<w:suff w:val="nothing"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%2"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def test_the_numbers_of_a_list_are_print() -> None:
    def fill(document: WordDocument) -> None:
        for text, level in reversed((("概要", 0), ("目的", 1), ("対象", 1), ("指標", 0), ("活動", 1))):
            add(
                document,
                f"<w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='7'/></w:numPr></w:pPr>"
                f"<w:r><w:t>{text}</w:t></w:r>",
            )

    data = with_part(word(fill), "word/numbering.xml", lambda _: NUMBERING.encode())
    assert body(read(data, "a.docx")) == ["１．概要", "① 目的", "② 対象", "２．指標", "① 活動"]


def test_running_titles_are_headers_and_footers() -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("本文")
        document.sections[0].header.paragraphs[0].text = "別紙１"
        document.sections[0].footer.paragraphs[0].text = "企画課"

    lines = [item for item in read(word(fill), "a.docx").items if isinstance(item, Line)]
    assert [(line.text, line.role) for line in lines] == [("別紙１", "header"), ("本文", "body"), ("企画課", "footer")]


def test_tables_far_inside_each_other_end() -> None:
    deep = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p>" * 60 + "</w:tc></w:tr></w:tbl>" * 60
    data = word(
        lambda document: document.element.body.insert(0, parse_xml(deep.replace("<w:tbl", f"<w:tbl {nsdecls('w')}", 1)))
    )
    assert len(body(read(data, "a.docx"))) > 10


def test_text_that_a_style_strikes_out_is_not_read_and_raised_marks_are_told() -> None:
    styles = (
        "<w:style {} w:type='paragraph' w:styleId='old'><w:name w:val='old'/><w:rPr><w:strike/></w:rPr></w:style>",
        "<w:style {} w:type='character' w:styleId='gone'><w:name w:val='gone'/><w:rPr><w:dstrike/></w:rPr></w:style>",
    )

    def fill(document: WordDocument) -> None:
        for style in styles:
            document.styles.element.append(parse_xml(style.format(nsdecls("w"))))
        add(document, "<w:pPr><w:pStyle w:val='old'/></w:pPr><w:r><w:t>120人</w:t></w:r>")
        add(
            document,
            "<w:r><w:rPr><w:rStyle w:val='gone'/></w:rPr><w:t>95</w:t></w:r><w:r><w:t>580</w:t></w:r>"
            "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>人</w:t></w:r>",
        )

    document = read(word(fill), "a.docx")
    assert body(document) == ["580¹人"]
    [problem] = document.problems
    assert (problem.rule, problem.message.en) == ("struck-text", "6 characters are struck out; they were not read")


def test_form_fields_show_what_was_chosen() -> None:
    def check(inside: str) -> str:
        return (
            f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{inside}</w:ffData></w:fldChar></w:r>"
            "<w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )

    def fill(document: WordDocument) -> None:
        add(
            document,
            check("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>") + "<w:r><w:t>継続</w:t></w:r>"
            + check("<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>")
            + "<w:r><w:t>廃止</w:t></w:r>"
            + check("<w:ddList><w:result w:val='1'/><w:listEntry w:val='Ａ'/><w:listEntry w:val='Ｂ'/></w:ddList>"),
        )  # fmt: skip

    assert body(read(word(fill), "a.docx")) == ["☑継続□廃止Ｂ"]


@pytest.mark.parametrize(
    ("properties", "shown", "told"),
    [
        ("<w:sz w:val='2'/>", "76", ["hidden-text"]),
        ("<w:color w:val='FFCC00'/><w:shd w:val='clear' w:fill='FFCC00'/>", "76", ["hidden-text"]),
        ("<w:color w:val='FF0000'/><w:shd w:val='clear' w:fill='FFCC00'/>", "762", []),
        ("<w:position w:val='8'/>", "76²", []),
    ],
)
def test_text_that_nobody_sees_is_told_and_raised_digits_are_marks(
    properties: str, shown: str, told: list[str]
) -> None:
    inside = f"<w:r><w:t>76</w:t></w:r><w:r><w:rPr>{properties}</w:rPr><w:t>2</w:t></w:r>"
    document = read(word(lambda document: add(document, inside)), "a.docx")
    assert (body(document), rules(document)) == ([shown], told)
