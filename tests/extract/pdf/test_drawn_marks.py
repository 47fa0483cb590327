"""What is drawn beside numbers and in cells without a text, or seen of numbers in part, is told."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from extract.pdf.read_pdf import read_pdf
from schemas.document import Document, Problem
from tests.extract.pdf.pdf_making import FONT, Sheet, body, only_table, raw_pdf, read, texts

XS, YS = (50.0, 150.0, 250.0), (50.0, 80.0, 110.0)
LATIN = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def of_rule(document: Document, rule: str) -> list[Problem]:
    return [problem for problem in document.problems if problem.rule == rule]


def table(sheet: Sheet, actual: str = "") -> None:
    sheet.grid(XS, YS)
    sheet.cells(XS, YS, [["指標", "実績"], ["相談件数", actual]])


def triangle(sheet: Sheet, x: float, y: float) -> None:
    path = sheet.canvas.beginPath()
    path.moveTo(x, sheet.height - y)
    path.lineTo(x + 8, sheet.height - y)
    path.lineTo(x + 4, sheet.height - y + 7)
    path.close()
    sheet.canvas.drawPath(path, stroke=1, fill=0)


def test_a_digit_drawn_as_curves_behind_a_number_is_told() -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet)
        sheet.text(160, 98, "26")
        end = 160.5 + stringWidth("26", FONT, 10)
        sheet.canvas.ellipse(end, sheet.height - 98, end + 4.5, sheet.height - 91, stroke=0, fill=1)

    assert [problem.observed for problem in of_rule(read(draw), "ambiguous")] == ["26"]


def test_an_outlined_triangle_before_a_number_is_told() -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet)
        sheet.text(170, 98, "26")
        triangle(sheet, 161, 98)

    assert [problem.observed for problem in of_rule(read(draw), "ambiguous")] == ["26"]


@pytest.mark.parametrize("mark", ["ring", "triangle", "tick"])
def test_a_cell_that_holds_a_mark_drawn_as_lines_is_told(mark: str) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet)
        if mark == "ring":
            sheet.canvas.circle(200, sheet.height - 95, 5)
        elif mark == "triangle":
            triangle(sheet, 196, 98)
        else:
            sheet.canvas.lines([(195, 405, 199, 400), (199, 400, 206, 412)])

    (problem,) = of_rule(read(draw), "no-text-layer")
    assert (problem.severity, problem.observed) == ("note", "相談件数")


def test_a_line_through_an_empty_cell_is_no_mark() -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet)
        sheet.rule(150, 110, 250, 80)

    assert read(draw).problems == ()


def test_a_digit_that_is_cut_at_its_side_is_told() -> None:
    content = b"q 50 390 23 30 re W n BT /F 10 Tf 60 400 Td (135) Tj ET Q"
    document = read_pdf(raw_pdf(content, resources=b"<< %s >>" % LATIN), "cut.pdf")
    assert ("13", "135") in [(problem.expected, problem.observed) for problem in of_rule(document, "hidden-text")]


def test_digits_and_separators_in_boxes_are_one_number() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 150, 225), (50, 80, 110))
        for x in (165, 180, 195, 210):
            sheet.rule(x, 80, x, 110)
        sheet.cells((50, 150), (50, 80), [["指標", "実績"], ["相談件数", ""]])
        for x, digit in zip((153, 168, 183, 198, 213), "7,915", strict=True):
            sheet.text(x, 98, digit)

    assert texts(only_table(read(draw))) == [["指標", "実績"], ["相談件数", "7,915"]]


def test_a_marker_over_a_row_hides_no_rules() -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, "280")
        sheet.canvas.setFillAlpha(0.4)
        sheet.canvas.rect(50, sheet.height - 110, 200, 30, stroke=0, fill=1)

    assert texts(only_table(read(draw))) == [["指標", "実績"], ["相談件数", "280"]]


@pytest.mark.parametrize(("inks", "told"), [((0.1, 0.6), ["子育て", "防犯"]), ((0.1, 0.1), [])])
def test_one_mark_in_several_inks_is_told(inks: tuple[float, float], told: list[str]) -> None:
    def draw(sheet: Sheet) -> None:
        ys = (50.0, 80.0, 110.0, 140.0)
        sheet.grid(XS, ys)
        sheet.cells(XS, ys, [["施策", "評価"], ["子育て", ""], ["防犯", ""]])
        for top, ink in zip((80, 110), inks, strict=True):
            sheet.canvas.setFillGray(ink)
            sheet.text(160, top + 15, "●")

    found = of_rule(read(draw), "ambiguous")
    assert [problem.observed for problem in found] == told
    assert {problem.expected for problem in found} <= {"●"}


def test_stars_of_which_some_are_pale_are_told() -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet)
        sheet.text(160, 98, "★★★")
        sheet.canvas.setFillGray(0.85)
        sheet.text(190, 98, "★★")

    (problem,) = of_rule(read(draw), "ambiguous")
    assert (problem.expected, problem.observed) == ("★★★★★", "相談件数")


def test_letters_that_a_font_calls_blanks_are_told() -> None:
    """A font of drawn letters whose map says that each is a blank."""
    blank = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
    blank += b"1 beginbfrange <41> <42> <0020> endbfrange endcmap end"
    glyph = b"600 0 0 0 500 700 d1 0 0 500 700 re f"
    more = [
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 65 "
        b"/LastChar 65 /Widths [600] /CharProcs << /A 6 0 R >> /Encoding << /Differences [65 /A] >> "
        b"/ToUnicode 7 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(glyph), glyph),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(blank), blank),
    ]
    rules = b"50 350 m 250 350 l 250 450 l 50 450 l h 150 350 m 150 450 l S "
    texts_of_cells = b"BT /F 10 Tf 60 400 Td (actual) Tj /G 10 Tf 110 0 Td (A) Tj ET"
    resources = LATIN.replace(b"/F <<", b"/G 5 0 R /F <<")
    document = read_pdf(raw_pdf(rules + texts_of_cells, resources=b"<< %s >>" % resources, more=more), "blank.pdf")
    assert [problem.observed for problem in of_rule(document, "no-text-layer")] == ["actual"]


@pytest.mark.parametrize("how", ["filled", "ticked"])
def test_boxes_drawn_before_options_are_their_marks(how: str) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 150, 300), YS)
        sheet.cells((50, 150), YS, [["指標", "方向性"], ["相談件数", ""]])
        for x, word in ((160, "拡充"), (210, "継続")):
            sheet.canvas.rect(x, sheet.height - 98, 7, 7, fill=int(how == "filled" and word == "継続"))
            sheet.text(x + 9, 98, word)
        if how == "ticked":
            sheet.canvas.lines([(211, 405, 213, 403), (213, 403, 216, 408)])

    marks = {"filled": "■", "ticked": "☑"}
    assert texts(only_table(read(draw)))[1] == ["相談件数", f"□拡充 {marks[how]}継続"]


@pytest.mark.parametrize("shape", ["box", "ring"])
def test_boxes_below_each_other_and_rings_are_marks_too(shape: str) -> None:
    def draw(sheet: Sheet) -> None:
        ys = (50.0, 80.0, 130.0)
        sheet.grid((50, 150, 300), ys)
        sheet.cells((50, 150), ys, [["指標", "方向性"], ["相談件数", ""]])
        for y, word in ((98, "拡充"), (115, "継続")):
            if shape == "box":
                sheet.canvas.rect(160, sheet.height - y, 7, 7)
            else:
                sheet.canvas.circle(164, sheet.height - y + 3.5, 4)
            sheet.text(170, y, word)
        if shape == "box":
            sheet.canvas.lines([(161, 389, 163, 386), (163, 386, 169, 394)])
        else:
            sheet.canvas.circle(164, 388.5, 2, fill=1)

    unmarked, marked = {"box": ("□", "☑"), "ring": ("○", "●")}[shape]
    assert texts(only_table(read(draw)))[1] == ["相談件数", f"{unmarked}拡充\n{marked}継続"]


def test_coloured_squares_before_words_and_boxes_in_a_row_are_no_marks() -> None:
    def draw(sheet: Sheet) -> None:
        for x, gray, word in ((60, 0.1, "目標"), (110, 0.3, "実績")):
            sheet.fill(x, 91, x + 7, 98, gray)
            sheet.text(x + 9, 98, word)
        for x in (60, 68, 76):
            sheet.canvas.rect(x, sheet.height - 158, 8, 8)
        sheet.text(86, 158, "件")

    assert "".join(body(read(draw))) == "目標実績件"


def test_text_that_is_scribbled_over_is_struck_out() -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, "208")
        path = sheet.canvas.beginPath()
        path.moveTo(150, 406)
        for step in range(1, 8):
            path.lineTo(150 + 5 * step, 416 if step % 2 else 405)
        sheet.canvas.drawPath(path)

    document = read(draw)
    assert texts(only_table(document))[1] == ["相談件数", ""]
    assert [problem.observed for problem in of_rule(document, "struck-text")] == ["208"]


@pytest.mark.parametrize(("paints", "told"), [(b"BT /F 9 Tf 3 8 Td (58) Tj ET", ["actual"]), (b"0 0 m 5 5 l S", [])])
def test_a_cell_filled_with_a_pattern_that_prints_text_is_told(paints: bytes, told: list[str]) -> None:
    pattern = b"<< /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 100 50] /XStep 100 /YStep 50 /Resources "
    pattern += b"<< %s >> /Matrix [1 0 0 1 150 400] /Length %d >>\nstream\n%s\nendstream" % (LATIN, len(paints), paints)
    rules = b"50 350 m 250 350 l 250 450 l 50 450 l h 150 350 m 150 450 l S BT /F 10 Tf 60 400 Td (actual) Tj ET "
    resources = b"<< %s /Pattern << /P 5 0 R >> >>" % LATIN
    content = rules + b"/Pattern cs /P scn 150 350 100 100 re f"
    document = read_pdf(raw_pdf(content, resources=resources, more=[pattern]), "pattern.pdf")
    assert [problem.observed for problem in of_rule(document, "no-text-layer")] == told
