"""Tables whose rules are drawn in uncommon ways, and those that have no rules between their columns."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from extract.pdf.read_pdf import read_pdf
from tests.extract.pdf.pdf_making import FONT, Sheet, body, only_table, raw_pdf, read, texts

XS, YS = (50, 150, 250), (50, 80, 110)
CELLS = [["指標", "実績"], ["相談件数", "280"]]

HEADS = ["指標", "単位", "目標", "実績"]
ROWS = [["相談件数", "件", "120", "135"], ["来訪者数", "人", "45,000", "39,120"], ["植樹本数", "本", "500", "430"]]
COLUMNS = (52, 150, 200, 270)
LEVELS = (70, 100, 130, 160)


def wide(sheet: Sheet) -> None:
    """Rules down as strokes of a point, as wide as the table is high."""
    for y in YS:
        sheet.rule(XS[0], y, XS[-1], y)
    for x in XS:
        sheet.rule(x - 0.4, 80, x + 0.4, 80, 60)


def bent(sheet: Sheet) -> None:
    """Rules as curves that do not bend."""
    lines = [*((XS[0], y, XS[-1], y) for y in YS), *((x, YS[0], x, YS[-1]) for x in XS)]
    for x0, y0, x1, y1 in lines:
        dx, dy, h = (x1 - x0) / 3, (y1 - y0) / 3, sheet.height
        sheet.canvas.bezier(x0, h - y0, x0 + dx, h - y0 - dy, x1 - dx, h - y1 + dy, x1, h - y1)


@pytest.mark.parametrize("draw_rules", [wide, bent])
def test_rules_are_what_looks_like_rules(draw_rules: Callable[[Sheet], None]) -> None:
    def draw(sheet: Sheet) -> None:
        draw_rules(sheet)
        sheet.cells(XS, YS, CELLS)

    assert texts(only_table(read(draw))) == CELLS


def test_rules_that_change_their_colour_along_their_way_are_rules() -> None:
    boxes = [*((50, 500 - y, 200, 0.6) for y in YS), *((x, 390, 0.6, 60) for x in XS)]
    content = b"".join(b"q %g %g %g %g re W n /S sh Q\n" % box for box in boxes)
    places = ((55, 430, b"A"), (155, 430, b"B"), (55, 400, b"C"), (155, 400, b"280"))
    content += b"".join(b"BT /F 10 Tf %d %d Td (%s) Tj ET\n" % place for place in places)
    shading = (
        b"/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 400 0] /Extend [true true] "
        b"/Function << /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [0.2] /N 1 >> >> >>"
    )
    font = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    document = read_pdf(raw_pdf(content, resources=b"<< %s %s >>" % (shading, font)), "shaded.pdf")
    assert texts(only_table(document)) == [["A", "B"], ["C", "280"]]


def print_rows(sheet: Sheet, rows: list[list[str]]) -> None:
    """Texts on the left, numbers on the right of their columns."""
    for y, row in zip(LEVELS, rows, strict=True):
        for x, text in zip(COLUMNS, row, strict=True):
            is_number = text[:1].isdigit()
            sheet.text(x + 50 - 5 * len(text) if is_number else x, y, text)


@pytest.mark.parametrize("levels", [(55, 80, 110, 140, 170), (55, 80, 170)])
def test_columns_that_room_alone_parts_are_columns_where_they_count(levels: tuple[float, ...]) -> None:
    def draw(sheet: Sheet) -> None:
        for y in levels:
            sheet.rule(48, y, 330, y)
        print_rows(sheet, [HEADS, *ROWS])

    assert texts(only_table(read(draw))) == [HEADS, *ROWS]


def test_every_other_row_may_be_shaded() -> None:
    def draw(sheet: Sheet) -> None:
        for top in (55, 115):
            sheet.fill(48, top, 330, top + 30, 0.9)
        print_rows(sheet, [HEADS, *ROWS])

    assert texts(only_table(read(draw))) == [HEADS, *ROWS]


def test_a_head_may_stand_over_several_columns() -> None:
    def draw(sheet: Sheet) -> None:
        for y in (55, 80, 110, 140, 170):
            sheet.rule(48, y, 330, y)
        sheet.text(52, LEVELS[0], "指標")
        sheet.text(200, LEVELS[0], "目標値と実績値とその差")
        for level, row in zip(LEVELS[1:], ROWS, strict=True):
            for x, text in zip(COLUMNS, row, strict=True):
                sheet.text(x, level, text)

    table = only_table(read(draw))
    assert [(cell.text, cell.col, cell.col_span) for cell in table.cells if cell.row == 0][-1] == (
        "目標値と実績値とその差",
        2,
        2,
    )
    assert texts(table)[1:] == ROWS


def test_prose_between_rules_is_no_table() -> None:
    def draw(sheet: Sheet) -> None:
        for y in (55, 85, 115, 145):
            sheet.rule(48, y, 330, y)
        for y in (70, 100, 130):
            sheet.text(52, y, "相談は 令和5年度 に120件あり、前年度を上回った。")

    document = read(draw)
    assert not list(document.tables)
    assert len("".join(body(document))) > 60


def print_close_rows(sheet: Sheet, rows: list[list[str]], heads: list[str]) -> None:
    """Heads on the left of their columns, numbers on the right, close to the heads of the next ones, as browsers print
    them."""
    for y, row in zip(LEVELS, [heads, *rows], strict=True):
        for x, end, text in zip((52, 102, 152, 202), (96, 146, 196, 246), row, strict=True):
            sheet.text(end - stringWidth(text, FONT, 10) if text[0].isdigit() else x, y, text)


CLOSE = [["相談", "120", "135", "A"], ["来訪", "45,000", "39,120", "B"], ["植樹", "500", "430", "C"]]
CLOSE_HEADS = ["指標", "目標", "実績", "評価"]


def test_numbers_on_the_right_of_their_columns_stand_under_heads_on_their_left() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.fill(48, 55, 250, 82, 0.3)
        for y in (115, 145, 175):
            sheet.rule(48, y, 250, y)
        sheet.canvas.setFillGray(0)
        print_close_rows(sheet, CLOSE, CLOSE_HEADS)

    assert texts(only_table(read(draw))) == [CLOSE_HEADS, *CLOSE]


def test_a_head_may_stand_above_the_first_rule() -> None:
    def draw(sheet: Sheet) -> None:
        for y in (82, 112, 142, 170):
            sheet.rule(48, y, 250, y)
        print_close_rows(sheet, CLOSE, CLOSE_HEADS)

    assert texts(only_table(read(draw))) == [CLOSE_HEADS, *CLOSE]


def test_where_it_cannot_be_told_which_head_is_whose_there_is_no_table() -> None:
    def draw(sheet: Sheet) -> None:
        for y in (55, 82, 112, 142, 170):
            sheet.rule(48, y, 250, y)
        for y, row in zip(LEVELS[1:], CLOSE, strict=True):
            for x, text in zip((52, 110, 200), row[:3], strict=True):
                sheet.text(x, y, text)
        sheet.text(52, LEVELS[0], "指標")
        sheet.text(160, LEVELS[0], "実績")  # between two columns of numbers

    assert not list(read(draw).tables)


def test_rules_and_shades_that_are_clipped_away_bound_nothing() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS)
        sheet.cells(XS, YS, CELLS)
        sheet.canvas.saveState()
        path = sheet.canvas.beginPath()
        path.rect(300, 300, 20, 20)
        sheet.canvas.clipPath(path, stroke=0)
        for x in (100, 200):
            sheet.rule(x, YS[0], x, YS[-1])
        sheet.fill(60, 55, 240, 105, 0.5)
        sheet.canvas.restoreState()

    assert texts(only_table(read(draw))) == CELLS


def test_dashes_that_touch_a_longer_piece_of_their_line_go_on_with_it() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 150), YS)
        for y in YS:
            for x in range(150, 250, 7):
                sheet.rule(x, y, x + 4, y)
        sheet.rule(250, YS[0], 250, YS[-1])
        sheet.cells(XS, YS, CELLS)

    assert texts(only_table(read(draw))) == CELLS


def test_a_rule_that_parts_the_rows_of_some_columns_alone_leaves_the_name_beside_them_one() -> None:
    def draw(sheet: Sheet) -> None:
        for y in (55, 80, 140, 170):
            sheet.rule(48, y, 330, y)
        sheet.rule(148, 110, 330, 110)  # the name spans two rows
        sheet.text(52, LEVELS[0], HEADS[0])
        print_rows(sheet, [HEADS, ["相談件数", *ROWS[0][1:]], ["", *ROWS[1][1:]], ROWS[2]])

    table = only_table(read(draw))
    assert [(cell.text, cell.row_span) for cell in table.cells if cell.row == 1] == [
        ("相談件数", 2), ("件", 1), ("120", 1), ("135", 1)
    ]  # fmt: skip
    assert texts(table)[2] == ["人", "45,000", "39,120"]


@pytest.mark.parametrize(
    ("heads", "row"), [(["Ａ", "Ｂ", "Ｃ"], ["区", "2", "0", "1"]), (["千", "百", "十"], ["区", "201"])]
)
def test_one_digit_under_heads_of_its_own_is_a_number_and_under_the_values_of_digits_none(
    heads: list[str], row: list[str]
) -> None:
    xs = (50, 100, 120, 140, 160)

    def draw(sheet: Sheet) -> None:
        for y in (50, 70, 90, 110):
            sheet.rule(xs[0], y, xs[-1], y)
        for x in xs:
            sheet.rule(x, 50 if x in (50, 100, 160) else 70, x, 110)
        for x, y, text in ((105, 64, "計"), *zip(xs[1:], (84,) * 3, heads, strict=False)):
            sheet.text(x + 4, y, text)
        for x, text in zip(xs, ["区", "2", "0", "1"], strict=False):
            sheet.text(x + 4, 104, text)

    assert texts(only_table(read(draw)))[2] == row
