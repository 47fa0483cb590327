"""Rules, fills and gaps: which cells a page draws."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pdf.read_pdf import read_pdf
from extract.pdf.tables.grid import edges_to_grids
from extract.pdf.tables.rulings import Edge, Edges, merge_edges
from tests.extract.pdf.pdf_making import Sheet, make_pdf, only_table, raw_pdf, read, spans, texts

XS, YS = (50.0, 150.0, 250.0, 350.0), (50.0, 80.0, 110.0)
LABELS = (("区分", "目標", "実績"), ("窓口", "2件", "3件"))


@pytest.mark.parametrize("width", [0.0, 0.25, 1.5])
def test_rules_of_any_width_bound_cells(width: float) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS, width)
        sheet.cells(XS, YS, LABELS)

    assert texts(only_table(read(draw))) == [list(row) for row in LABELS]


def test_merged_cells_have_spans_and_covered_places_have_no_cell() -> None:
    def draw(sheet: Sheet) -> None:
        for y in (50, 110, 140):
            sheet.rule(50, y, 350, y)
        sheet.rule(150, 80, 350, 80)
        for x, top in ((50, 50), (150, 50), (250, 80), (350, 50)):
            sheet.rule(x, top, x, 140)
        sheet.text(52, 64, "年度")
        sheet.text(152, 64, "令和七年度")
        sheet.text(152, 94, "目標")

    table = only_table(read(draw))
    assert spans(table)[:3] == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1)]
    assert (table.n_rows, table.n_cols) == (3, 3)
    assert [cell.text for cell in table.cells if cell.row == 2] == ["", "", ""]


def test_doubled_rules_draw_one_border() -> None:
    def draw(sheet: Sheet) -> None:
        for shift in (0.0, 1.8):
            sheet.grid([x + shift for x in XS], [y + shift for y in YS], 0.4)
        sheet.cells(XS, YS, LABELS)

    table = only_table(read(draw))
    assert (table.n_rows, table.n_cols) == (2, 3)


def test_boxes_of_neighbouring_cells_draw_one_border() -> None:
    def draw(sheet: Sheet) -> None:
        for left, right in pairwise(XS):
            for top, bottom in pairwise(YS):
                sheet.grid((left + 1.2, right - 1.2), (top + 1.2, bottom - 1.2))
        sheet.cells(XS, YS, LABELS)

    assert texts(only_table(read(draw))) == [list(row) for row in LABELS]


@pytest.mark.parametrize(("dash", "gap"), [(3.0, 2.0), (0.8, 0.8), (6.0, 3.0)])
def test_dashes_and_dots_are_a_rule(dash: float, gap: float) -> None:
    def draw(sheet: Sheet) -> None:
        for y in YS:
            x = XS[0]
            while x < XS[-1]:
                sheet.fill(x, y - 0.4, min(x + dash, XS[-1]), y + 0.4)
                x += dash + gap
        for x in XS:
            y = YS[0]
            while y < YS[-1]:
                sheet.fill(x - 0.4, y, x + 0.4, min(y + dash, YS[-1]))
                y += dash + gap
        sheet.cells(XS, YS, LABELS)

    assert texts(only_table(read(draw))) == [list(row) for row in LABELS]


def test_cells_that_only_their_shades_bound_are_cells() -> None:
    def draw(sheet: Sheet) -> None:
        for left, right in pairwise(XS):
            for number, (top, bottom) in enumerate(pairwise(YS)):
                sheet.fill(left + 1, top + 1, right - 1, bottom - 1, 0.8 + 0.1 * number)
        sheet.cells(XS, YS, LABELS)

    assert texts(only_table(read(draw))) == [list(row) for row in LABELS]


@pytest.mark.parametrize(("shade", "n_tables"), [(None, 0), (0.8, 1)])
def test_white_rules_show_on_a_shade_and_not_on_paper(shade: float | None, n_tables: int) -> None:
    def draw(sheet: Sheet) -> None:
        if shade is not None:
            sheet.fill(50, 50, 350, 110, shade)
        sheet.canvas.setStrokeGray(1)
        sheet.grid(XS, YS, 1.0)
        sheet.cells(XS, YS, LABELS)

    found = [texts(table) for table in read(draw).tables]
    assert found == [[list(row) for row in LABELS]] * n_tables


def test_a_full_tint_of_an_ink_is_dark() -> None:
    rules = b"".join(b"50 %d m 350 %d l S " % (y, y) for y in (390, 420, 450))
    rules += b"".join(b"%d 390 m %d 450 l S " % (x, x) for x in (50, 150, 350))
    space = b"[/Separation /Black /DeviceGray << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>]"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    data = raw_pdf(
        b"/Ink CS 1 SCN 0.5 w " + rules + b"BT /F 10 Tf 60 430 Td (A) Tj ET",
        resources=b"<< /ColorSpace << /Ink %s >> /Font << /F 5 0 R >> >>" % space,
        more=[font],
    )
    assert texts(only_table(read_pdf(data, "ink.pdf"))) == [["A", ""], ["", ""]]


def test_a_rule_under_a_box_painted_later_is_hidden() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.rule(50, 60, 350, 60)
        sheet.rule(200, 40, 200, 120)
        sheet.fill(60, 45, 340, 115, 1.0)
        sheet.grid((60, 340), (45, 80, 115))
        sheet.text(64, 60, "本部")
        sheet.text(64, 95, "部会")

    assert spans(only_table(read(draw))) == [(0, 0, 1, 1), (1, 0, 1, 1)]


def test_an_underline_is_no_rule() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS)
        sheet.text(52, 64, "周知を強化した")
        sheet.rule(52, 65.5, 122, 65.5, 0.3)
        sheet.text(151, 70, "拡充する取組を行う状")
        sheet.rule(151, 71, 251, 71, 0.3)

    table = only_table(read(draw))
    assert (table.n_rows, table.n_cols) == (2, 3)
    assert table.cells[1].text == "拡充する取組を行う状"


def test_a_rule_that_ends_at_no_other_bounds_nothing() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.rule(50, 100, 350, 100)
        sheet.text(60, 90, "署名")

    assert not list(read(draw).tables)


def test_a_table_may_be_open_at_its_sides() -> None:
    def draw(sheet: Sheet) -> None:
        for y in (50, 80, 110, 140):
            sheet.rule(50, y, 350, y)
        for x in (150, 250):
            sheet.rule(x, 50, x, 140)
        sheet.cells(XS, YS, LABELS)

    table = only_table(read(draw))
    assert (table.n_rows, table.n_cols) == (3, 3)
    assert texts(table)[:2] == [list(row) for row in LABELS]


def test_an_open_side_is_closed_where_text_stands_in_its_rows() -> None:
    """As in a form whose columns change from row to row, so that no rule crosses all of it."""

    def draw(sheet: Sheet) -> None:
        for y in (50, 80, 110, 140, 170):
            sheet.rule(50, y, 350, y)
        for x, top, bottom in ((150, 50, 80), (120, 80, 110), (200, 110, 140), (90, 140, 170)):
            sheet.rule(x, top, x, bottom)
            sheet.text(52, top + 14, "名")
            sheet.text(x + 4, top + 14, "内容の文")

    assert texts(only_table(read(draw))) == [["名", "内容の文"]] * 4


def test_a_small_box_is_a_cell_and_a_frame_around_a_paragraph_is_none() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((300, 350), (20, 40))
        sheet.text(305, 34, "資料二")
        sheet.grid((50, 350), (60, 80))
        sheet.text(55, 74, "三施策中 ○一 △二")

    document = read(draw)
    assert texts(only_table(document)) == [["資料二"]]
    assert [line.text for line in document.lines] == ["三施策中 ○一 △二"]


@pytest.mark.parametrize(
    ("last", "kept"),
    [("計", False), ("この行に書ききれないほど長く続く説明の文で右の罫線まで", True)],
    ids=["heading", "rest"],
)
def test_what_stands_right_below_a_table_goes_on_from_a_full_line_alone(last: str, kept: bool) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 330), (20, 40, 52))
        sheet.text(52, 34, "事業名")
        sheet.text(52, 50, last)
        sheet.text(52, 60.5, "次の表の見出し")

    document = read(draw)
    assert bool([*document.lines]) is not kept
    assert texts(only_table(document))[1][0] == last + ("次の表の見出し" if kept else "")


def test_a_table_within_a_cell_keeps_its_own_text() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 350), (50, 150, 200))
        sheet.text(52, 64, "外")
        sheet.grid((100, 200, 300), (80, 100, 120))
        sheet.cells((100, 200, 300), (80, 100, 120), (("一", "二"), ("三", "四")))

    outer, inner = read(draw).tables
    assert texts(outer) == [["外"], [""]]
    assert texts(inner) == [["一", "二"], ["三", "四"]]


@st.composite
def tilings(draw: st.DrawFn) -> list[tuple[int, int, int, int]]:
    """A grid of rows and columns with cells (row, col, rows, cols) that cover it; every border is some cell's."""
    n_rows, n_cols = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    free = {(row, col) for row in range(n_rows) for col in range(n_cols)}
    cells = []
    while free:
        row, col = min(free)
        wide = 1
        while (row, col + wide) in free and draw(st.integers(0, 3)) == 0:
            wide += 1
        high = 1
        while all((row + high, col + step) in free for step in range(wide)) and draw(st.integers(0, 3)) == 0:
            high += 1
        free -= {(row + down, col + right) for down in range(high) for right in range(wide)}
        cells.append((row, col, high, wide))
    return cells


@given(tilings(), st.floats(0.0, 0.5))
def test_any_tiling_is_found_from_its_edges(cells: list[tuple[int, int, int, int]], jitter: float) -> None:
    across, down = [], []
    for number, (row, col, high, wide) in enumerate(cells):
        shift = jitter if number % 2 else 0.0
        x0, x1, top, bottom = 30.0 * col, 30.0 * (col + wide), 20.0 * row, 20.0 * (row + high)
        across += [Edge(top + shift, x0, x1), Edge(bottom, x0, x1)]
        down += [Edge(x0, top, bottom), Edge(x1 + shift, top, bottom)]
    (grid,) = edges_to_grids(Edges(tuple(merge_edges(across)), tuple(merge_edges(down))))
    rows = sorted({line for row, _, high, _ in cells for line in (row, row + high)})
    cols = sorted({line for _, col, _, wide in cells for line in (col, col + wide)})
    expected = sorted(
        (rows.index(r), cols.index(c), rows.index(r + h) - rows.index(r), cols.index(c + w) - cols.index(c))
        for r, c, h, w in cells
    )
    assert [(place.row, place.col, place.row_span, place.col_span) for place in grid.places] == expected


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)), max_size=12))
def test_merging_edges_keeps_what_they_cover(pieces: list[tuple[int, int, int]]) -> None:
    edges = [Edge(10.0 * at, 4.0 * min(a, b), 4.0 * max(a, b)) for at, a, b in pieces if a != b]
    merged = list(merge_edges(edges))
    for edge in edges:
        assert any(other.at == edge.at and other.start <= edge.start and edge.end <= other.end for other in merged)
    assert sum(edge.length for edge in merged) <= sum(edge.length for edge in edges) + 8.0 * len(edges)


@settings(max_examples=15)
@given(tilings())
def test_any_drawn_table_is_read_back(cells: list[tuple[int, int, int, int]]) -> None:
    def draw(sheet: Sheet) -> None:
        for number, (row, col, high, wide) in enumerate(cells):
            x0, x1, top, bottom = 40 + 50 * col, 40 + 50 * (col + wide), 40 + 30 * row, 40 + 30 * (row + high)
            sheet.grid((x0, x1), (top, bottom))
            sheet.text(x0 + 3, top + 15, chr(ord("あ") + number))

    data = make_pdf(draw)
    found = {cell.text for table in read_pdf(data, "t.pdf").tables for cell in table.cells}
    lines = {line.text for line in read_pdf(data, "t.pdf").lines}
    assert found | lines == {chr(ord("あ") + number) for number in range(len(cells))}
    if len(cells) > 1:
        assert not lines


def test_boxes_of_a_chart_keep_their_own_edges() -> None:
    """Only a gap that all boxes leave is one: in a chart, one box ends where others have their gap."""

    def draw(sheet: Sheet) -> None:
        sheet.grid((100, 172), (50, 80))
        sheet.grid((100, 160), (100, 130))
        sheet.grid((172, 272), (100, 130))
        sheet.rule(130, 80, 130, 100)
        sheet.rule(160, 115, 172, 115)
        for x, y, text in ((102, 62, "本部"), (102, 112, "港湾課"), (174, 112, "商工課")):
            sheet.text(x, y, text)

    table = only_table(read(draw))
    assert spans(table) == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 2, 1, 1)]
