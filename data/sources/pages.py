"""Pages of a document: headings, paragraphs, bullets and tables, printed with one Japanese font."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from docx import Document
from docx.document import Document as Pages
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

BODY = 10.5
ALIGNMENT = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
Align = Literal["left", "center", "right"]


def new_pages(font: str, spacing: float = 1.25) -> Pages:
    """An empty A4 document in one font, page numbers at the foot. `spacing` is the pitch of lines over their height."""
    pages = Document()
    normal = pages.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(BODY)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.line_spacing = spacing
    section = pages.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add(foot.add_run()._r, "w:fldChar", fldCharType="begin")
    _add(foot.add_run()._r, "w:instrText").text = "PAGE"
    _add(foot.add_run()._r, "w:fldChar", fldCharType="end")
    return pages


def new_page(pages: Pages) -> None:
    """Go on with a new page."""
    pages.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def turn_page(pages: Pages) -> None:
    """Go on in landscape. A section that opens with a table would not be turned, so it opens with an empty line."""
    section = pages.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    add_line(pages, "", 6)


def add_line(
    pages: Pages, text: str, size: float = BODY, *, bold: bool = False, align: Align = "left",
    indent: float = 0, before: float = 0,
) -> Paragraph:  # fmt: skip
    """Add a heading, paragraph or bullet; a bullet's wrapped lines hang. `indent` in mm, `before` in points."""
    line = pages.add_paragraph()
    run = line.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    line.alignment = ALIGNMENT[align]
    form = line.paragraph_format
    form.space_before = Pt(before)
    form.keep_with_next = bold
    form.left_indent = Mm(indent)
    if text[:1] == "・":
        form.left_indent, form.first_line_indent = Mm(indent + 3.7), Mm(-3.7)
    return line


def frame(line: Paragraph) -> None:
    """Draw a frame around a line."""
    borders = _add(line._p.get_or_add_pPr(), "w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        _add(borders, f"w:{side}", val="single", sz="6", space="3", color="000000")


def add_table(
    pages: Pages, rows: Sequence[Sequence[str]], widths: Sequence[float], *, size: float = 9, heads: int = 1,
    spans: Sequence[tuple[int, int, int]] = (), centred: Sequence[int] = (),
) -> None:  # fmt: skip
    """Add a ruled table: widths in mm, shaded head rows that are printed again on every page.

    `spans` are cells that cover several columns, as row, column and number of columns; `centred` are columns.
    """
    table = pages.add_table(len(rows), len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            cell = table.cell(i, j)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _fill_cell(cell, text, size, "center" if i < heads or j in centred else "left")
            if i < heads:
                _add(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill="EDEDED")
    for i, j, count in spans:
        table.cell(i, j).merge(table.cell(i, j + count - 1))
    for i in range(heads):
        _add(table.rows[i]._tr.get_or_add_trPr(), "w:tblHeader", val="true")


def _fill_cell(cell: _Cell, text: str, size: float, align: Align) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(0)
    line.alignment = ALIGNMENT[align]
    for at, part in enumerate(text.split("\n")):
        run = line.add_run(part)
        run.font.size = Pt(size)
        if at < text.count("\n"):
            run.add_break()


def _add(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element
