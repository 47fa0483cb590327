"""What is drawn around and over words: rings that choose, stamps that take back, boxes of digits, marks of notes."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from schemas.document import Document, Problem
from tests.extract.pdf.pdf_making import FONT, Sheet, body, only_table, read, texts

XS, YS = (50.0, 150.0, 250.0), (50.0, 80.0, 110.0)
OPTIONS = dict(zip("ABC", (165, 190, 215), strict=True))


def of_rule(document: Document, rule: str) -> list[Problem]:
    return [problem for problem in document.problems if problem.rule == rule]


def options(sheet: Sheet) -> None:
    sheet.grid(XS, YS)
    sheet.cells(XS, YS, [["指標", "評価"], ["相談件数", ""]])
    for letter, x in OPTIONS.items():
        sheet.text(x, 98, letter)


def around(sheet: Sheet, how: str) -> None:
    x, y = OPTIONS["B"], sheet.height - 98
    if how == "circle":
        sheet.canvas.circle(x + 3, y + 3.5, 7)
    elif how == "square":
        sheet.canvas.rect(x - 3, y - 3, 13, 13)
    elif how == "character":
        sheet.text(x - 3.5, 100, "○", 14)
    else:
        sheet.canvas.setFillColorRGB(1, 1, 0)
        sheet.canvas.rect(x - 3, y - 3, 13, 13, stroke=0, fill=1)
        sheet.canvas.setFillGray(0)
        sheet.text(x, 98, "B")


@pytest.mark.parametrize("how", ["circle", "square", "character", "colour"])
def test_of_letters_in_a_row_the_ringed_one_is_chosen(how: str) -> None:
    def draw(sheet: Sheet) -> None:
        options(sheet)
        around(sheet, how)

    document = read(draw)
    assert "".join(texts(only_table(document))[1][1].split()) == "AⒷC"
    assert document.problems == ()


def test_a_ring_around_a_word_among_others_is_told() -> None:
    def draw(sheet: Sheet) -> None:
        for x, word in ((60, "拡充"), (100, "継続"), (140, "縮小")):
            sheet.text(x, 60, word)
        sheet.canvas.ellipse(95, sheet.height - 64, 125, sheet.height - 48)

    document = read(draw)
    assert "".join("".join(body(document)).split()) == "拡充継続縮小"
    (problem,) = of_rule(document, "ambiguous")
    assert (problem.severity, problem.observed, problem.expected) == ("warning", "継続", "拡充 継続 縮小")


def test_a_letter_alone_in_its_ring_is_the_letter() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS)
        sheet.cells(XS, YS, [["指標", "評価"], ["相談件数", "B"]])
        sheet.canvas.circle(155, sheet.height - 88.5, 7)

    assert texts(only_table(read(draw)))[1] == ["相談件数", "B"]


def test_letters_of_several_columns_are_no_options() -> None:
    def draw(sheet: Sheet) -> None:
        xs = (50.0, 90.0, 130.0, 170.0)
        sheet.grid(xs, (50.0, 80.0))
        sheet.cells(xs, (50.0, 80.0), [["A", "B", "C"]])
        sheet.canvas.circle(96, sheet.height - 58.5, 7)

    assert texts(only_table(read(draw))) == [["A", "B", "C"]]


@pytest.mark.parametrize("box", [True, False])
def test_a_stamp_over_a_number_is_no_part_of_it_and_told(box: bool) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS)
        sheet.cells(XS, YS, [["指標", "実績"], ["相談件数", "280"]])
        sheet.canvas.setFillColorRGB(0.85, 0.1, 0.1)
        sheet.canvas.setStrokeColorRGB(0.85, 0.1, 0.1)
        if box:
            sheet.canvas.rect(147, sheet.height - 98, 30, 16)
        sheet.text(150, 93, "取消")

    document = read(draw)
    assert texts(only_table(document)) == [["指標", "実績"], ["相談件数", "280"]]
    (problem,) = of_rule(document, "unclaimed-text")
    assert (problem.severity, problem.observed, problem.expected) == ("warning", "取消", "280")


def test_a_red_number_beside_a_black_one_is_read() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 60, "相談件数")
        sheet.canvas.setFillColorRGB(0.85, 0.1, 0.1)
        sheet.text(105, 60, "280")

    document = read(draw)
    assert (body(document), document.problems) == (["相談件数280"], ())


@pytest.mark.parametrize("room", [0, 10])
def test_digits_in_boxes_within_a_cell_are_a_number_of_that_cell(room: int) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, (50.0, 80.0, 120.0))
        sheet.cells(XS, YS, [["指標", "実績"], ["相談件数", ""]])
        for at, digit in enumerate("135"):
            sheet.canvas.rect(170 + 15 * at, sheet.height - 118 + room, 15, 36 - 2 * room)
            sheet.text(175 + 15 * at, 103, digit)

    assert texts(only_table(read(draw))) == [["指標", "実績"], ["相談件数", "135"]]


def test_digits_far_apart_at_even_distances_are_one_number() -> None:
    def draw(sheet: Sheet) -> None:
        for at, digit in enumerate("7,915"):
            sheet.text(60 + 18 * at, 60, digit)

    assert body(read(draw)) == ["7,915"]


def test_a_text_painted_again_on_what_covers_it_is_print() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 60, "280")
        sheet.fill(58, 50, 90, 64, 0.8)
        sheet.text(60, 60, "280")

    document = read(draw)
    assert (body(document), document.problems) == (["280"], ())


def test_a_frame_around_a_word_of_a_cell_leaves_it_there() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS)
        sheet.cells(XS, YS, [["指標", "備考"], ["相談件数", "速報 令和5年"]])
        sheet.canvas.rect(150.5, sheet.height - 95, 22, 12.5)

    assert texts(only_table(read(draw)))[1] == ["相談件数", "速報 令和5年"]


@pytest.mark.parametrize(
    ("rise", "mark", "size", "expected"),
    [
        (-2, "1", 6, "135¹"),
        (4, "a", 6, "135ᵃ"),
        (3, "2", 8.4, "135²"),
        (4, "(1)", 6, "135⁽¹⁾"),
        (5, "（注1）", 5, "135⁽注¹⁾"),
        (4, "†", 6, "135†"),
        (4, "※", 6, "135※"),
    ],
)
def test_marks_of_notes_behind_a_number(rise: float, mark: str, size: float, expected: str) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 60, "135")
        sheet.text(60 + stringWidth("135", FONT, 10) + 1.5, 60 - rise, mark, size)

    assert body(read(draw)) == [expected]


def test_a_lowered_digit_behind_a_letter_is_an_index() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 60, "CO")
        sheet.text(60 + stringWidth("CO", FONT, 10), 62, "2", 6)

    assert "".join("".join(body(read(draw))).split()) == "CO2"


def test_cells_drawn_one_by_one_are_no_rings() -> None:
    def draw(sheet: Sheet) -> None:
        for row, words in enumerate((("令和3年度", "令和5年度の実績"), ("A", "B"))):
            for x, width, word in zip((50, 105), (55, 160), words, strict=True):
                sheet.canvas.rect(x, sheet.height - 80 - 20 * row, width, 20)
                sheet.text(x + 3, 74 + 20 * row, word)

    document = read(draw)
    assert texts(only_table(document)) == [["令和3年度", "令和5年度の実績"], ["A", "B"]]
    assert document.problems == ()


def test_the_frame_of_a_stamp_cuts_no_cells_that_are_drawn_one_by_one() -> None:
    def draw(sheet: Sheet) -> None:
        for row, words in enumerate((("指標", "実績"), ("相談件数", "280"))):
            for x, word in zip((50, 150), words, strict=True):
                sheet.canvas.rect(x, sheet.height - 70 - 20 * row, 100, 20)
                sheet.text(x + 3, 64 + 20 * row, word)
        sheet.canvas.setFillColorRGB(0.85, 0.1, 0.1)
        sheet.canvas.setStrokeColorRGB(0.85, 0.1, 0.1)
        sheet.canvas.rect(151, sheet.height - 88, 26, 15)
        sheet.text(153, 84, "取消")

    assert texts(only_table(read(draw))) == [["指標", "実績"], ["相談件数", "280"]]


@pytest.mark.parametrize("rise", [6, -6])
def test_a_line_that_slants_through_a_number_strikes_it_out(rise: float) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 60, "208")
        sheet.text(95, 60, "280")
        end = 60 + stringWidth("208", FONT, 10)
        sheet.rule(60, 57 + rise / 2, end, 57 - rise / 2)

    document = read(draw)
    assert body(document) == ["280"]
    assert [problem.observed for problem in of_rule(document, "struck-text")] == ["208"]


def test_a_text_under_a_rounded_area_is_not_seen() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 60, "208")
        sheet.canvas.setFillGray(1)
        sheet.canvas.roundRect(57, sheet.height - 64, 26, 15, 4, stroke=0, fill=1)
        sheet.canvas.setFillGray(0)
        sheet.text(62, 60, "280")

    document = read(draw)
    assert body(document) == ["280"]
    assert [problem.observed for problem in of_rule(document, "hidden-text")] == ["208"]


@pytest.mark.parametrize(("legend", "is_told"), [("緑は達成、赤は未達成を示す。", True), ("緑の基本計画", False)])
def test_cells_of_one_colour_are_told_where_a_legend_says_what_it_means(legend: str, is_told: bool) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.setFillColorRGB(0.5, 0.85, 0.5)
        sheet.canvas.rect(150, sheet.height - 110, 100, 30, stroke=0, fill=1)
        sheet.canvas.setFillGray(0)
        sheet.grid(XS, YS)
        sheet.cells(XS, YS, [["施策", "評価"], ["子育て", ""]])
        sheet.text(50, 140, legend)

    assert bool(of_rule(read(draw), "unclaimed-text")) == is_told


def test_a_cell_that_holds_one_drawn_area_and_no_text_is_told() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS)
        sheet.cells(XS, YS, [["施策", "評価"], ["子育て", ""]])
        sheet.canvas.circle(200, sheet.height - 95, 5, stroke=0, fill=1)

    assert [problem.observed for problem in of_rule(read(draw), "no-text-layer")] == ["子育て"]


def test_a_faint_word_of_a_strong_colour_is_laid_over_the_page() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS)
        sheet.cells(XS, YS, [["指標", "実績"], ["相談件数", "280"]])
        sheet.canvas.setFillColorRGB(1, 0, 0)
        sheet.canvas.setFillAlpha(0.15)
        sheet.text(120, 105, "写", 60)

    assert texts(only_table(read(draw))) == [["指標", "実績"], ["相談件数", "280"]]


def test_rounded_cells_are_no_rings() -> None:
    def draw(sheet: Sheet) -> None:
        for row, words in enumerate((("指標名", "件"), ("相談件数", "人"))):
            for x, width, word in zip((50, 150), (99, 30), words, strict=True):
                sheet.canvas.roundRect(x, sheet.height - 70 - 20 * row, width, 19, 2)
                sheet.text(x + 3, 64 + 20 * row, word)

    document = read(draw)
    assert texts(only_table(document)) == [["指標名", "件"], ["相談件数", "人"]]
    assert document.problems == ()


def test_of_letters_parted_by_strokes_the_one_in_a_rounded_box_is_chosen() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 60, "A / B / C")
        start = 60 + stringWidth("A / ", FONT, 10)
        sheet.canvas.roundRect(start - 2.5, sheet.height - 63, stringWidth("B", FONT, 10) + 5, 13, 2)

    assert body(read(draw)) == ["A / Ⓑ / C"]


def test_a_small_coloured_mark_in_an_empty_cell_is_told() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS)
        sheet.cells(XS, YS, [["施策", "評価"], ["子育て", ""]])
        sheet.canvas.setFillColorRGB(0.4, 0.75, 0.4)
        sheet.canvas.rect(190, sheet.height - 102, 12, 12, stroke=0, fill=1)
        sheet.canvas.setFillGray(0)

    assert [problem.observed for problem in of_rule(read(draw), "no-text-layer")] == ["子育て"]
