"""Only what a person sees is read: hidden, struck and overlaid text is told, note marks are no digits, rules part."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from extract.pdf.read_pdf import read_pdf
from schemas.document import Document, Problem
from tests.extract.pdf.pdf_making import FONT, Sheet, body, make_pdf, only_table, raw_pdf, read, texts

XS, YS = (50.0, 150.0, 250.0), (50.0, 80.0, 110.0)


def table(sheet: Sheet, actual: str = "280") -> None:
    sheet.grid(XS, YS)
    sheet.cells(XS, YS, [["指標", "実績"], ["相談件数", actual]])


def of_rule(document: Document, rule: str) -> list[Problem]:
    return [problem for problem in document.problems if problem.rule == rule]


def render_mode(sheet: Sheet, mode: int) -> None:
    sheet.canvas.saveState()
    text = sheet.canvas.beginText(152, sheet.height - 92)
    text.setFont(FONT, 10)
    text.setTextRenderMode(mode)
    text.textOut("208")
    sheet.canvas.drawText(text)
    sheet.canvas.restoreState()


def transparent(sheet: Sheet) -> None:
    sheet.canvas.saveState()
    sheet.canvas.setFillAlpha(0)
    sheet.text(152, 92, "208")
    sheet.canvas.restoreState()


def clipped(sheet: Sheet) -> None:
    sheet.canvas.saveState()
    path = sheet.canvas.beginPath()
    path.rect(300, 300, 50, 50)
    sheet.canvas.clipPath(path, stroke=0)
    sheet.text(152, 92, "208")
    sheet.canvas.restoreState()


def covered(sheet: Sheet) -> None:
    sheet.text(152, 92, "208")
    sheet.fill(151, 82, 180, 96, 1.0)


def like_the_ground(sheet: Sheet) -> None:
    sheet.canvas.setFillGray(0.97)
    sheet.text(152, 92, "208")
    sheet.canvas.setFillGray(0)


def beside_the_page(sheet: Sheet) -> None:
    sheet.text(900, 92, "208")


HIDING: dict[str, Callable[[Sheet], None]] = {
    "mode 3": lambda sheet: render_mode(sheet, 3),
    "mode 7": lambda sheet: render_mode(sheet, 7),
    "transparent": transparent,
    "clipped": clipped,
    "covered": covered,
    "like the ground": like_the_ground,
    "beside the page": beside_the_page,
    "tiny": lambda sheet: sheet.text(152, 92, "208", 0.2),
}


@pytest.mark.parametrize("how", HIDING)
def test_text_that_nobody_sees_is_no_value_and_told(how: str) -> None:
    def draw(sheet: Sheet) -> None:
        HIDING[how](sheet)
        table(sheet)

    document = read(draw)
    assert texts(only_table(document)) == [["指標", "実績"], ["相談件数", "280"]]
    (problem,) = of_rule(document, "hidden-text")
    assert problem.observed == "208"
    assert problem.severity == ("note" if how == "beside the page" else "warning")


LATIN = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
NUMBER = b"BT /F 10 Tf 60 400 Td (208) Tj ET"


def form(content: bytes, head: bytes = b"") -> bytes:
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 400 500] /Resources << %s >> %s" % (LATIN, head)
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


MASK = b"<< /SMask << /S /Luminosity /G 5 0 R >> >>"
BLACK = form(b"0 g 0 0 400 500 re f", b"/Group << /S /Transparency /CS /DeviceGray >>")


@pytest.mark.parametrize(
    ("content", "resources", "more"),
    [
        (b"q /G gs " + NUMBER + b" Q", b"/ExtGState << /G %s >>" % MASK, [BLACK]),
        (b"q /G gs /X Do Q", b"/ExtGState << /G << /ca 0 >> >> /XObject << /X 5 0 R >>", [form(NUMBER)]),
        (
            b"/X Do",
            b"/XObject << /X 5 0 R >>",
            [form(NUMBER, b"/OC << /Type /OCMD /OCGs [6 0 R] /P /AllOff >>"), b"<< /Type /OCG /Name (old) >>"],
        ),
        (NUMBER + b" 11 w 55 404 m 90 404 l S", b"", []),
        (b"q 0 0 400 500 re 50 390 60 30 re W* n " + NUMBER + b" Q", b"", []),
        (
            b"q .7 .8 1 rg 50 390 60 30 re f /G gs 1 g " + NUMBER + b" Q",
            b"/ExtGState << /G << /BM /Multiply >> >>",
            [],
        ),
        (b"q 1 Tz " + NUMBER + b" Q", b"", []),
        (b"q 50 390 5 30 re W n 90 390 5 30 re W n " + NUMBER + b" Q", b"", []),
    ],
    ids=[
        "a mask", "a transparent form", "a layer of a form", "a marker", "a hole", "a mixture", "no width", "two paths",
    ],
)  # fmt: skip
def test_text_that_forms_masks_and_markers_hide_is_told(content: bytes, resources: bytes, more: list[bytes]) -> None:
    content += b" BT /F 10 Tf 60 300 Td (135) Tj ET"
    document = read_pdf(raw_pdf(content, resources=b"<< %s %s >>" % (LATIN, resources), more=more), "hidden.pdf")
    assert body(document) == ["135"]
    assert [problem.observed for problem in of_rule(document, "hidden-text")] == ["208"]


def test_both_copies_of_a_text_that_nobody_sees_are_left_out() -> None:
    content = b"q /G gs /X Do /X Do Q BT /F 10 Tf 60 300 Td (135) Tj ET"
    resources = b"<< %s /ExtGState << /G << /ca 0 >> >> /XObject << /X 5 0 R >> >>" % LATIN
    document = read_pdf(raw_pdf(content, resources=resources, more=[form(NUMBER)]), "copies.pdf")
    assert body(document) == ["135"]


def test_a_text_of_which_only_the_outline_is_painted_is_read() -> None:
    """A browser paints the letters transparent, then strokes them."""
    content = b"q /G gs %s Q 0.8 w BT 1 Tr /F 10 Tf 60 400 Td (208) Tj ET" % NUMBER
    resources = b"<< %s /ExtGState << /G << /ca 0 >> >> >>" % LATIN
    assert body(read_pdf(raw_pdf(content, resources=resources), "outline.pdf")) == ["208"]


def test_a_number_that_is_cut_is_told_as_a_whole() -> None:
    content = b"q 50 390 26.2 30 re W n BT /F 10 Tf 60 400 Td (1350) Tj ET Q"
    document = read_pdf(raw_pdf(content, resources=b"<< %s >>" % LATIN), "cut.pdf")
    assert body(document) == ["135"]
    told = [(p.severity, p.expected, p.observed) for p in of_rule(document, "hidden-text")]
    assert ("warning", "135", "1350") in told


@pytest.mark.parametrize("what", ["line", "triangle"])
def test_what_is_drawn_before_a_number_may_be_its_sign_and_is_told(what: str) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, "　　5")
        if what == "line":
            sheet.rule(165, 88.4, 170, 88.4, 0.7)
        else:
            path = sheet.canvas.beginPath()
            path.moveTo(162, sheet.height - 92)
            path.lineTo(170, sheet.height - 92)
            path.lineTo(166, sheet.height - 85)
            sheet.canvas.drawPath(path, stroke=0, fill=1)

    document = read(draw)
    assert [problem.observed for problem in of_rule(document, "ambiguous")] == ["5"]


def test_small_pale_words_that_slant_over_the_page_are_no_part_of_its_text() -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet)
        sheet.canvas.setFillGray(0.8)
        for x in (60, 160):
            sheet.canvas.saveState()
            sheet.canvas.translate(x, sheet.height - 100)
            sheet.canvas.rotate(30)
            sheet.canvas.drawString(0, 0, "写し")
            sheet.canvas.restoreState()

    document = read(draw)
    assert texts(only_table(document)) == [["指標", "実績"], ["相談件数", "280"]]


def test_text_half_clipped_at_a_rule_stands_where_it_is_seen_and_is_not_struck_through() -> None:
    """A cell that goes on over the end of a page is painted on both: what is left of it stands under the head."""

    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS)
        sheet.cells(XS, YS, [["指標", "実績"]])
        sheet.canvas.saveState()
        path = sheet.canvas.beginPath()
        path.rect(XS[0], sheet.height - YS[2], XS[-1] - XS[0], YS[2] - YS[1])
        sheet.canvas.clipPath(path, stroke=0)
        sheet.text(62, YS[1] + 2.5, "相談件数")
        sheet.text(162, YS[1] + 2.5, "280")
        sheet.canvas.restoreState()

    document = read(draw)
    assert texts(only_table(document)) == [["指標", "実績"], ["相談件数", "280"]]
    assert not of_rule(document, "struck-text")


def test_hidden_text_with_nothing_in_its_place_is_a_note() -> None:
    def draw(sheet: Sheet) -> None:
        render_mode(sheet, 3)
        table(sheet, "")

    (problem,) = of_rule(read(draw), "hidden-text")
    assert (problem.severity, problem.observed) == ("note", "208")


def test_white_titles_on_a_dark_ground_are_print() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.setFillGray(0.2)
        sheet.canvas.roundRect(50, sheet.height - 90, 200, 40, 10, stroke=0, fill=1)
        sheet.canvas.setFillGray(1)
        sheet.text(60, 75, "施策評価")

    document = read(draw)
    assert (body(document), document.problems) == (["施策評価"], ())


@pytest.mark.parametrize("kind", ["line", "bar"])
def test_what_is_struck_through_is_told_with_what_stands_beside_it(kind: str) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 60, "208")
        sheet.text(95, 60, "280")
        end = 60 + stringWidth("208", FONT, 10)
        if kind == "line":
            sheet.rule(60, 56.5, end, 56.5)
        else:
            sheet.fill(59, 56, end + 1, 57)

    document = read(draw)
    assert body(document) == ["280"]
    (problem,) = of_rule(document, "struck-text")
    assert (problem.severity, problem.observed, problem.expected) == ("warning", "208", "280")


def test_a_row_struck_through_is_not_read() -> None:
    def draw(sheet: Sheet) -> None:
        xs, ys = (50.0, 150.0, 250.0, 350.0), (50.0, 80.0, 110.0)
        sheet.grid(xs, ys)
        sheet.cells(xs, ys, [["指標", "目標", "実績"], ["相談件数", "300", "280"]])
        sheet.rule(50, 88.5, 350, 88.5)

    document = read(draw)
    assert texts(only_table(document))[1] == ["", "", ""]
    assert [problem.observed for problem in of_rule(document, "struck-text")] == ["相談件数", "300", "280"]


def test_underlined_text_is_read() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 60, "280")
        sheet.rule(60, 61.5, 77, 61.5)

    assert (body(read(draw)), read(draw).problems) == (["280"], ())


def test_a_pale_word_laid_over_a_table_is_no_cells_text() -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet)
        sheet.canvas.setFillGray(0.8)
        sheet.text(120, 105, "案", 60)

    document = read(draw)
    assert texts(only_table(document)) == [["指標", "実績"], ["相談件数", "280"]]
    assert [problem.observed for problem in of_rule(document, "unclaimed-text")] == ["案"]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_raised_small_digit_is_the_mark_of_a_note(is_first: bool) -> None:
    def draw(sheet: Sheet) -> None:
        base, mark = (60, 60, "135", 10), (60 + stringWidth("135", FONT, 10), 56, "1", 6)
        for part in (base, mark) if is_first else (mark, base):
            sheet.text(*part)

    assert body(read(draw)) == ["135¹"]


def test_digits_of_small_print_are_no_marks() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 60, "相談件数")
        sheet.text(102, 57, "令和5年度から算定した", 6)

    assert "5" in "".join(body(read(draw)))


@pytest.mark.parametrize("gap", [0.0, 0.5])
def test_a_rule_parts_two_texts_however_close(gap: float) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS)
        sheet.text(150 - stringWidth("120", FONT, 10) - gap, 70, "120")
        sheet.text(150 + gap, 70, "135")

    assert texts(only_table(read(draw)))[0] == ["120", "135"]


def test_a_cell_that_holds_curves_and_no_text_is_told() -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, "")
        for x in (160, 170):
            sheet.canvas.circle(x, sheet.height - 95, 4, stroke=0, fill=1)

    (problem,) = of_rule(read(draw), "no-text-layer")
    assert (problem.severity, problem.observed) == ("note", "相談件数")


def test_digits_in_boxes_of_their_own_are_one_number() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 150, 210), (50, 80, 110))
        for x in (165, 180, 195):
            sheet.rule(x, 80, x, 110)
        sheet.cells((50, 150), (50, 80), [["指標", "実績"], ["相談件数", ""]])
        for x, digit in zip((168, 183, 198), "135", strict=True):
            sheet.text(x, 98, digit)

    assert texts(only_table(read(draw))) == [["指標", "実績"], ["相談件数", "135"]]


def test_cells_told_apart_by_their_colours_alone_are_told() -> None:
    def draw(sheet: Sheet) -> None:
        ys = (50.0, 80.0, 110.0, 140.0)
        for top, colour in ((80, (0.2, 0.4, 0.9)), (110, (0.9, 0.2, 0.2))):
            sheet.canvas.setFillColorRGB(*colour)
            sheet.canvas.rect(150, sheet.height - top - 30, 100, 30, stroke=0, fill=1)
        sheet.canvas.setFillGray(0)
        sheet.grid(XS, ys)
        sheet.cells(XS, ys, [["施策", "評価"], ["子育て", ""], ["防犯", ""]])
        sheet.text(50, 170, "凡例 青：達成 赤：未達成")

    found = of_rule(read(draw), "unclaimed-text")
    assert [(problem.observed or "").split()[0] for problem in found] == ["子育て", "防犯"]
    assert {problem.expected for problem in found} == {"凡例 青：達成 赤：未達成"}


def test_a_row_painted_in_one_go_is_parted_where_blanks_reach_over_rules() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS)
        sheet.text(52, 70, "相談件数" + " " * 28 + "135")

    assert texts(only_table(read(draw)))[0] == ["相談件数", "135"]


@pytest.mark.parametrize("degrees", [90, -90, 180])
def test_a_table_drawn_sideways_or_upside_down_is_read_upright(degrees: int) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.translate(*{90: (sheet.height, 0), -90: (-100, sheet.height), 180: (400, sheet.height)}[degrees])
        sheet.canvas.rotate(degrees)
        table(sheet)

    document = read(draw)
    assert texts(only_table(document)) == [["指標", "実績"], ["相談件数", "280"]]
    (page,) = document.pages
    assert (page.width, page.height) == (400, 500)
    first = only_table(document).cells[0].fragments[0].box
    assert first is not None
    assert (round(first.width), round(first.height)) == ((100, 30) if degrees == 180 else (30, 100))


def test_a_table_whose_rules_are_characters_is_a_table() -> None:
    def draw(sheet: Sheet) -> None:
        rows = ("┌──┬──┐", "│指標│実績│", "├──┼──┤", "│件数│二八│", "└──┴──┘")
        sheet.lines(50, 60, rows, pitch=12)

    assert texts(only_table(read(draw))) == [["指標", "実績"], ["件数", "二八"]]


def test_a_number_that_begins_in_a_cell_with_a_text_of_its_own_belongs_to_the_empty_one() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 90, 130), (50, 80))
        sheet.text(52, 70, "C")
        sheet.text(128 - stringWidth("11,065人", FONT, 10), 70, "11,065人")

    assert texts(only_table(read(draw))) == [["C", "11,065人"]]


def test_pictures_in_place_of_letters_are_the_pictures() -> None:
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /Wingdings /Encoding /WinAnsiEncoding >>"
    data = raw_pdf(
        b"BT /F 10 Tf 50 400 Td (l) Tj 0 -20 Td (\xfc) Tj ET", resources=b"<< /Font << /F 5 0 R >> >>", more=[font]
    )
    assert body(read_pdf(data, "made.pdf")) == ["●", "✓"]


def test_a_page_that_has_nothing_to_hide_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.pdf.engines.pdfium.looking.PagePictures", None)
    assert read_pdf(make_pdf(table), "plain.pdf").problems == ()


def test_a_text_that_begins_where_its_column_does_is_one_of_its_own_behind_another_that_runs_over_the_border() -> None:
    rows = [["135（見込み）", "A"], ["280", "B"], ["430", "C"]]

    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 115, 160), (50, 80, 110, 140))
        for y, (number, grade) in zip((70, 100, 130), rows, strict=True):
            sheet.text(117 - stringWidth("135（見込み）", FONT, 10), y, number)
            sheet.text(118, y, grade)

    assert texts(only_table(read(draw))) == rows


def test_what_stands_behind_a_name_that_ran_over_its_border_is_another_text() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 110, 160, 210), (50, 80))
        sheet.text(52, 70, "子育て支援課")
        sheet.text(118, 70, "対象")
        sheet.text(162, 70, "全世帯")

    assert texts(only_table(read(draw))) == [["子育て支援課", "対象", "全世帯"]]
