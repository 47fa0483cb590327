"""Characters, runs and lines: what belongs to which cell, in which order, and where a line ends."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extract.pdf.engines.pdfplumber.reader import PdfplumberReader
from extract.pdf.model.glyph_array import to_columns
from extract.pdf.model.raw_page import Glyph
from extract.pdf.read_pdf import read_pdf
from extract.pdf.tables.cell_assignment import Part, goes_on
from extract.pdf.text.fake_bold import without_twins
from extract.pdf.text.line_breaks import Area, lines_to_text, text_area
from extract.pdf.text.lines import TextLine, runs_to_lines
from extract.pdf.text.runs import glyphs_to_runs
from extract.pdf.text.vertical import with_vertical
from schemas.document import Box
from tests.extract.pdf.pdf_making import HEIGHT, WIDTH, Sheet, body, make_pdf, only_table, raw_pdf, read, texts

XS, YS = (50.0, 150.0, 350.0), (50.0, 110.0, 170.0)


def test_fake_bold_is_read_once_and_real_doubles_twice() -> None:
    def draw(sheet: Sheet) -> None:
        for shift in (0, 0.3, 0.6):
            sheet.text(60 + shift, 60, "評価ーー11")

    assert body(read(draw)) == ["評価ーー11"]


@given(st.lists(st.tuples(st.sampled_from("ilー評１"), st.floats(0.02, 0.1)), min_size=1, max_size=8))
def test_twins_go_whatever_the_word(letters: list[tuple[str, float]]) -> None:
    glyphs, x = [], 10.0
    for text, shift in letters:
        width = 2.2 if text in "il" else 10.0
        starts = (x, x + min(shift * 10, 0.4 * width))
        glyphs += [Glyph(text, start, 10, start + width, 20, start, 19, 10, "F") for start in starts]
        x += width
    assert "".join(glyph.text for glyph in without_twins(glyphs)) == "".join(text for text, _ in letters)


def test_a_text_that_is_printed_again_over_itself_is_read_once() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(50, 60, "135")
        sheet.text(52, 62, "135")
        sheet.text(50, 100, "135")

    assert body(read(draw)) == ["135", "135"]


def test_digits_set_apart_evenly_are_one_number() -> None:
    def draw(sheet: Sheet) -> None:
        for number, character in enumerate("39,120"):
            sheet.text(50 + 9 * number, 60, character)

    assert body(read(draw)) == ["39,120"]


def test_no_space_is_invented_between_japanese_and_latin() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 60, "令和")
        sheet.text(82.5, 60, "8")
        sheet.text(90, 60, "年度")
        sheet.text(60, 90, "担　当 課")

    assert body(read(draw)) == ["令和8年度", "担　当 課"]


@pytest.mark.parametrize("painted", [(0, 1, 2, 3), (1, 3, 0, 2), (3, 1, 2, 0), (0, 2, 1, 3)])
def test_marks_that_another_font_paints_later_stand_before_their_options(painted: tuple[int, ...]) -> None:
    """An office program paints the text of one font in one go, and leaves a gap for each box of another font."""
    parts = ((10.0, "☐"), (20.0, "直営　"), (50.0, "☑"), (60.0, "委託"))
    order = [at for kind in (1, 0) for at in sorted(painted) if (at % 2 == 1) == bool(kind)]
    for numbers in (order, painted):
        glyphs = [
            Glyph(text, x + 10 * n, 10, x + 10 * n + 10, 20, x + 10 * n, 19, 10, "F")
            for at in numbers
            for x, word in (parts[at],)
            for n, text in enumerate(word)
        ]
        lines = runs_to_lines(glyphs_to_runs(to_columns(glyphs)), 1)
        assert [line.text for line in lines] == ["☐直営　☑委託"]


def test_a_mark_that_was_painted_into_a_space_stands_there() -> None:
    """The space before an option reaches over the room that was left for its box of another font."""
    letters = [
        ("□", 0, 10),
        ("高", 10, 20),
        (" ", 20, 35),
        ("低", 35, 45),
        (" ", 45, 50),
        ("無", 50, 60),
        ("☑", 25, 35),
    ]
    glyphs = [Glyph(text, x0, 10, x1, 20, x0, 19, 10, "F") for text, x0, x1 in letters]
    (line,) = runs_to_lines(glyphs_to_runs(to_columns(glyphs)), 1)
    assert line.text == "□高 ☑低 無"


def test_latin_words_stay_apart_and_a_wide_gap_is_a_space() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 350), (50, 80, 110))
        sheet.text(52, 64, "INDIE")
        sheet.text(90, 64, "GAMES")
        sheet.text(52, 94, "目標")
        sheet.text(90, 94, "実績")

    assert texts(only_table(read(draw))) == [["INDIE GAMES"], ["目標 実績"]]


def test_a_wrapped_line_is_joined_and_an_ended_one_kept() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid(XS, YS)
        sheet.lines(52, 62, ["商店会と連携", "した取組"])
        sheet.lines(152, 62, ["窓口での案内を続け、出店を望む人の声を聞", "き取る。", "相談は二十件。"])
        sheet.lines(152, 122, ["・講座", "・展示", "※新規"])

    table = only_table(read(draw))
    assert texts(table)[0] == [
        "商店会と連携\nした取組",
        "窓口での案内を続け、出店を望む人の声を聞き取る。\n相談は二十件。",
    ]
    assert texts(table)[1] == ["", "・講座\n・展示\n※新規"]


def test_a_mark_ends_a_full_line_only_where_items_begin_with_it() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 156, 350), YS)
        sheet.lines(52, 62, ["店の活用と人の集まり", "・交流を図る"])
        sheet.lines(52, 122, ["・店の活用と人が集い", "・交流を図る"])

    assert [row[0] for row in texts(only_table(read(draw)))] == [
        "店の活用と人の集まり・交流を図る",
        "・店の活用と人が集い\n・交流を図る",
    ]


def test_an_empty_line_parts_paragraphs() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 350), (50, 150, 170))
        for number, line in enumerate(("一つ目。", "", "二つ目。", "続き。")):
            sheet.text(52, 64 + 12 * number, line)

    assert texts(only_table(read(draw))) == [["一つ目。\n\n二つ目。\n続き。"], [""]]


@pytest.mark.parametrize("more", [(), ("一つ目の桟橋を直して次の月まで待ち", "続けた。")])
def test_an_empty_line_is_told_by_wrapped_lines_and_those_of_other_tables(more: tuple[str, ...]) -> None:
    """Most lines of the second table stand an empty line apart; one was wrapped, or none."""
    below = ("一つ目。", "", "二つ目。", "", "三つ目。", "", "四つ目。", "", "五つ目。", "", *more)

    def draw(sheet: Sheet) -> None:
        for top, lines in ((50, ("一つ目。",) * 6), (250, below)):
            sheet.grid((50, 178, 350), (top, top + 170))
            sheet.lines(180, top + 12, lines)

    found = [texts(table)[0][1] for table in read(draw).tables]
    assert found[0] == "\n".join(("一つ目。",) * 6)
    assert found[1].split("\n\n") == [*(line for line in below[:10] if line), *(["".join(more)] if more else [])]


def test_latin_words_that_wrap_get_their_space_back() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 156, 350), YS)
        sheet.lines(52, 62, ["展示会と TOKYO", "GAMES の支援"])

    assert texts(only_table(read(draw)))[0][0] == "展示会と TOKYO GAMES の支援"


def test_a_number_that_a_narrow_cell_cuts_is_one_number() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 80, 140), (50, 80, 110))
        sheet.lines(52, 62, ("27,00", "0部"))
        sheet.lines(82, 92, ("12", "15名"))

    assert texts(only_table(read(draw))) == [["27,000部", ""], ["", "12\n15名"]]


def test_the_text_that_a_browser_says_its_print_stands_for() -> None:
    """Its fonts know one character a glyph: here ‧ for ・. Two glyphs for three characters tell nothing.

    So pdfplumber reads it; PDFium reads what is said.
    """
    cmap = b"1 beginbfchar <01> <2027> endbfchar 1 beginbfchar <02> <0041> endbfchar"
    fonts = [
        b"<< /Type /Font /Subtype /TrueType /BaseFont /F /FirstChar 1 /LastChar 2 /Widths [1000 1000] /ToUnicode 6 0 R "
        b"/FontDescriptor << /Type /FontDescriptor /FontName /F /Flags 4 /Ascent 800 /Descent -200 >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
    ]
    content = (
        b"BT /F 10 Tf 50 400 Td <02> Tj /Span <</ActualText <FEFF30FB>>> BDC <01> Tj EMC "
        b"/Span <</ActualText (XYZ)>> BDC <0201> Tj EMC ET"
    )
    data = raw_pdf(content, resources=b"<< /Font << /F 5 0 R >> >>", more=fonts)
    assert body(read_pdf(data, "made.pdf", reader=PdfplumberReader())) == ["A・A‧"]


def test_centred_labels_break_where_the_next_word_had_room() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 150, 350), YS)
        for y, line in ((70, "報告事項"), (82, "(担当課)")):
            width = sheet.canvas.stringWidth(line, "HeiseiKakuGo-W5", 10)
            sheet.text(100 - width / 2, y, line)

    assert texts(only_table(read(draw)))[0][0] == "報告事項\n(担当課)"


KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねの"


def set_line(text: str, number: int, x: float = 0.0, size: float = 10.0) -> TextLine:
    glyphs = [
        Glyph(c, left, number * 12, left + size, number * 12 + size, left, number * 12 + 9, size, "F")
        for c, left in ((c, x + i * size) for i, c in enumerate(text))
    ]
    (line,) = runs_to_lines(glyphs_to_runs(to_columns(glyphs)), 1)
    return line


@given(st.lists(st.text(KANA, min_size=1, max_size=40), min_size=1, max_size=6), st.integers(5, 20))
def test_what_a_typesetter_wrapped_is_joined_again(paragraphs: list[str], per_line: int) -> None:
    """Any paragraphs at any width. A last line that all but fills the area cannot be told, so none does here."""
    printed = [text if 0 < len(text) % per_line < per_line - 1 else text + "のの" for text in paragraphs]
    pieces = [text[i : i + per_line] for text in printed for i in range(0, len(text), per_line)]
    assume(any(len(piece) > 1 for piece in pieces) or len(pieces) == 1)  # else it is a label written downwards
    lines = [set_line(text, number) for number, text in enumerate(pieces)]
    assert lines_to_text(lines, Area(0.0, 10.0 * per_line), 1.2).split("\n") == printed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("港の案内を続けた。", "（市）"),  # a bracket goes to the next line with what it opens
        ("港の案内を続けた。", "「海の日」"),
        ("港の案内は広がり", "ﾀｰﾐﾅﾙ"),  # nor does a half-width long vowel begin a line
        ("港を結ぶHARBOR ", "AB班"),  # the blank needs room too
        ("港を結ぶＷ", "ｉ-Ｆｉ"),  # no line begins with a hyphen
        ("参加者数は", "32 %未満"),  # a blank does not part a number from its unit
        ("漁船と海藻を引き続き、桟", "橋～屋台"),  # some programs let no line begin with a tilde
    ],
)
def test_what_finds_no_room_with_its_neighbour_was_wrapped(before: str, after: str) -> None:
    line = set_line(before, 0)
    widths = {
        "（市）": 2.0,
        "「海の日」": 2.0,
        "ﾀｰﾐﾅﾙ": 2.0,
        "AB班": 2.3,
        "ｉ-Ｆｉ": 2.0,
        "橋～屋台": 2.0,
        "32 %未満": 2.0,
    }
    room = 10 * widths[after] - 1
    assert lines_to_text([line, set_line(after, 1)], Area(0.0, line.end + room), 1.2) == before + after


@pytest.mark.parametrize(("before", "after"), [("来場者は７５６２９", "０ tを下回る"), ("見直しは６６０.", "９ MWh")])
def test_a_number_that_goes_on_begins_no_item(before: str, after: str) -> None:
    line = set_line(before, 0)
    assert lines_to_text([line, set_line(after, 1)], Area(0.0, line.end + 1), 1.2) == before + after


def test_a_word_wider_than_its_column_is_cut_also_where_its_letters_differ_in_width() -> None:
    """`m` is wide: of letters as wide as those before it, the column would have held one more."""
    narrow = [Glyph(c, 4.0 * i, 0, 4.0 * i + 4, 10, 4.0 * i, 9, 10, "F") for i, c in enumerate("692.7k")]
    wide = Glyph("m", 0, 12, 8, 22, 0, 21, 10, "F")
    lines = runs_to_lines(glyphs_to_runs(to_columns([*narrow, wide])), 1)
    assert lines_to_text(lines, Area(0.0, 29.0), 1.2) == "692.7km"


def test_the_blank_at_the_end_of_a_line_needs_the_room_that_it_is_wide() -> None:
    line, following = set_line("最低312.4 ", 0)._replace(space_after=5.0), set_line("リットル", 1)
    assert lines_to_text([line, following], Area(0.0, line.end + 24), 1.2) == "最低312.4 リットル"
    assert lines_to_text([line, following], Area(0.0, line.end + 28), 1.2) == "最低312.4\nリットル"


def test_a_number_that_wraps_is_no_number_of_an_item() -> None:
    lines = [set_line("目標５０４０", 0), set_line("２４ kg", 1)]
    assert lines_to_text(lines, Area(0.0, lines[0].end + 5), 1.2) == "目標５０４０２４ kg"


@pytest.mark.parametrize(("above", "below"), [("60", "38"), ("92,000", "51,220"), ("8,000", "12,345"), ("5", "△12")])
@pytest.mark.parametrize("width", [63.0, 95.0, 200.0])
def test_two_numbers_under_each_other_at_the_right_are_two(above: str, below: str, width: float) -> None:
    lines = [set_line(text, at, x=width - 3 - 10 * len(text)) for at, text in enumerate((above, below))]
    assert lines_to_text(lines, text_area(lines, 0.0, width), 1.2) == f"{above}\n{below}"


def test_a_blank_at_the_end_of_a_line_is_kept_before_wide_digits() -> None:
    lines = [set_line("相談件数: ", 0), set_line("８５３件", 1)]
    assert lines_to_text(lines, Area(0.0, lines[0].end + 5), 1.2) == "相談件数: ８５３件"


def test_an_item_that_fills_its_line_ends_with_its_page_where_the_next_page_begins_with_a_mark() -> None:
    last = set_line("・港の案内を続ける", 0)
    page = Part(1, Box(0.0, 0.0, last.end + 4, 12.0), (last,))
    assert not goes_on(page, replace(page, page=2, lines=(set_line("・朝市の案内", 0),)))
    assert goes_on(page, replace(page, page=2, lines=(set_line("ための地図", 0),)))


def test_items_that_end_alike_are_no_full_lines() -> None:
    items = ["桟橋の補修を進め、船着場の案内板を直した（市）", "灯台の公開を続け、見学の案内を刷り直した（関）"] * 2

    def draw(sheet: Sheet) -> None:
        sheet.text(50, 60, "港のまとめ", 14)
        for number, item in enumerate(items):
            sheet.text(50, 90 + 18 * number, item)

    assert body(read(draw)) == ["港のまとめ", *items]


def test_text_that_overflows_to_the_right_stays_in_its_cell() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 90, 200, 350), YS)
        sheet.text(52, 64, "枠を越えて右へはみ出す長い題名")
        sheet.text(52, 124, "短い")
        sheet.text(92, 124, "隣")

    assert texts(only_table(read(draw))) == [["枠を越えて右へはみ出す長い題名", "", ""], ["短い", "隣", ""]]


def test_a_closing_mark_that_hangs_over_the_border_stays_with_its_line() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 152, 350), YS)
        sheet.text(52, 64, "商工会と市の連携で、")
        sheet.text(152.5, 64, "、")
        sheet.lines(52, 76, ["進める"])
        sheet.text(160, 64, "隣の欄")

    assert texts(only_table(read(draw)))[0] == ["商工会と市の連携で、、進める", "隣の欄"]


def test_lines_cut_by_the_border_of_a_low_row_stay_in_their_cell() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 200, 350), (50, 84, 120))
        sheet.lines(52, 62, ["行の高さが足りず下に", "はみ出す文が続いて枠", "の線で切れる"], pitch=12)
        sheet.text(202, 104, "別の行")

    assert texts(only_table(read(draw))) == [
        ["行の高さが足りず下に\nはみ出す文が続いて枠\nの線で切れる", ""],
        ["", "別の行"],
    ]


def test_lines_set_solid_keep_their_order() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 154, 350), (50, 150))
        sheet.lines(52, 64, ["一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸", "子丑寅"], pitch=10)

    assert texts(only_table(read(draw)))[0][0] == "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅"


def test_a_label_written_downwards_is_one_line() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 80, 350), YS)
        sheet.lines(60, 62, list("取組内容"), pitch=11)
        sheet.lines(60, 130, list("○×"), pitch=14)

    assert [row[0] for row in texts(only_table(read(draw)))] == ["取組内容", "○\n×"]


def test_digits_that_lie_on_their_side_belong_to_the_label_written_downwards_around_them() -> None:
    """As browsers and office programs set Latin digits in vertical writing."""

    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 80, 350), YS)
        sheet.lines(60, 62, list("令和"), pitch=11)
        sheet.canvas.saveState()
        sheet.canvas.translate(62, sheet.height - 76)
        sheet.canvas.rotate(-90)
        sheet.canvas.setFont("Helvetica", 10)
        sheet.canvas.drawString(0, 0, "5")
        sheet.canvas.restoreState()
        sheet.lines(60, 91, list("年度"), pitch=11)

    assert texts(only_table(read(draw)))[0][0] == "令和5年度"


def test_a_column_of_characters_is_one_text_however_its_distances_are_rounded() -> None:
    """Lines of one character each, 1.4 font sizes apart: 14.7 points, give or take a hundredth."""
    tops = (0.0, 14.71, 29.4, 44.1, 58.81)
    glyphs = [
        Glyph(c, 10, top, 20.5, top + 10.5, 10, top + 9, 10.5, "F") for c, top in zip("目標設定日", tops, strict=True)
    ]
    (run,) = glyphs_to_runs(with_vertical(to_columns(glyphs), np.zeros(5, int)))
    assert run.text == "目標設定日"


def test_brackets_in_a_vertical_font_that_never_moves_on_stand_around_their_text() -> None:
    """As Distiller prints Excel's vertical cells: letters upright, brackets in a font of advance nought."""
    descendant = (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Gothic /DW 1000 %s /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Japan1) /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor /FontName /Gothic /Flags 4 "
        b"/FontBBox [0 -133 1000 862] /ItalicAngle 0 /Ascent 862 /Descent -133 /CapHeight 862 /StemV 80 >> >>"
    )
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /Gothic /Encoding /UniJIS-UCS2-%s /DescendantFonts [%d 0 R] >>"
    shown = ((b"V", 335.0, "（"), (b"H", 325.0, "内"), (b"H", 316.1, "訳"), (b"V", 308.4, "）"))
    content = b"".join(
        b"BT /%s 7.8 Tf 1 0 0 1 60 %f Tm <%s> Tj ET\n" % (name, y, text.encode("utf-16-be").hex().encode())
        for name, y, text in shown
    )
    data = raw_pdf(
        content,
        resources=b"<< /Font << /H 5 0 R /V 6 0 R >> >>",
        more=[font % (b"H", 7), font % (b"V", 8), descendant % b"", descendant % b"/DW2 [0 0] /W2 [7899 7900 0 0 0]"],
    )
    assert body(read_pdf(data, "brackets.pdf")) == ["（内訳）"]


def test_vertical_writing_is_read_from_right_to_left() -> None:
    def draw(sheet: Sheet) -> None:
        for column, text in enumerate(("市の産業", "商店と農家をつなぐ")):
            sheet.lines(300 - 20 * column, 60, list(text), pitch=10.5)

    assert body(read(draw)) == ["市の産業", "商店と農家をつなぐ"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_text_is_read_along_its_own_direction(angle: int) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.translate(200, 250)
        sheet.canvas.rotate(angle)
        sheet.text(-40, sheet.height, "実施状況と課題")

    (line,) = read(draw).lines
    assert line.text == "実施状況と課題"
    box = line.fragments[0].box
    assert box is not None
    assert (box.height > box.width) == (angle != 180)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_displayed(rotation: int) -> None:
    def draw(sheet: Sheet) -> None:
        # What the page turns by, its content turns back. reportlab's size is that of the page as displayed.
        shift = {0: (0, 0), 90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[rotation]
        sheet.canvas.translate(*shift)
        sheet.canvas.rotate(rotation)
        shown = Sheet(sheet.canvas)
        shown.grid(XS, YS)
        shown.cells(XS, YS, (("区分", "実績"), ("窓口", "二件")))

    document = read(draw, rotation=rotation)
    table = only_table(document)
    assert texts(table) == [["区分", "実績"], ["窓口", "二件"]]
    box = table.cells[0].fragments[0].box
    assert box is not None
    assert (round(box.x0), round(box.top)) == (50, 50)
    assert document.pages[0].rotation == rotation


def test_ruby_does_not_cut_the_sentence_that_it_explains() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 154, 350), (50, 150))
        sheet.text(52, 70, "山の上に建つ古い社を")
        sheet.text(102, 60.5, "ふるいやしろ", 5)
        sheet.text(52, 90, "守る")

    document = read(draw)
    assert texts(only_table(document))[0][0] == "山の上に建つ古い社を守る"
    (problem,) = document.problems
    assert (problem.rule, problem.severity, problem.observed) == ("unclaimed-text", "note", "ふるいやしろ")


def test_an_exponent_belongs_to_its_line() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(52, 70, "面積は五㎡ 注")
        sheet.text(115, 66, "1)", 6)

    assert body(read(draw)) == ["面積は五㎡ 注¹⁾"]


def test_blocks_side_by_side_in_a_cell_are_read_one_after_the_other() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 350), (50, 120, 140))
        sheet.text(52, 88, "企業を創る計画")
        sheet.lines(250, 80, ["【期間】", "三年間"], size=8, pitch=14)

    assert texts(only_table(read(draw))) == [["企業を創る計画\n【期間】\n三年間"], [""]]


def test_paragraphs_are_joined_and_headings_stand_alone() -> None:
    full = "市内の店を巡る催しを春と秋に開き、訪れた人の声を次の年に生かすよう"

    def draw(sheet: Sheet) -> None:
        sheet.text(50, 60, "はじめに", 14)
        sheet.lines(50, 80, [full[:30], full[:30], "努める。"], pitch=13)
        sheet.lines(50, 130, ["　" + full[:29], "努める。"], pitch=13)
        sheet.lines(60, 170, ["・" + full[:28]], pitch=13)
        sheet.text(70, 183, "続きの行。")

    assert body(read(draw)) == [
        "はじめに",
        full[:30] + full[:30] + "努める。",
        full[:29] + "努める。",
        "・" + full[:28] + "続きの行。",
    ]


@pytest.mark.parametrize("ended", ["。", "。（市・関）"])
def test_a_page_that_ends_with_a_sentence_ends_a_paragraph(ended: str) -> None:
    full = FULL[: 30 - len(ended)] + ended

    def first(sheet: Sheet) -> None:
        sheet.lines(50, 417, [FULL[:30], FULL[:30], FULL[:30], full], pitch=13)

    assert body(read(first, lambda sheet: sheet.text(50, 50, "灯台を開いた。"))) == [
        FULL[:30] * 3 + full,
        "灯台を開いた。",
    ]


FULL = "市内の店を巡る催しを春と秋に開き、訪れた人の声を次の年に生かす"


def test_a_full_line_that_ends_a_sentence_ends_a_paragraph_where_no_other_line_is_as_close() -> None:
    lines = ["朝市を開いた。", FULL[:29] + "。", "桟橋を直した。", "灯台を開いた。"]

    def draw(sheet: Sheet) -> None:
        sheet.lines(50, 60, lines, pitch=19)

    assert body(read(draw)) == lines


def test_lines_closer_than_paragraphs_are_of_one_also_behind_a_full_stop() -> None:
    """A long Latin word finds no room at the end of the first line; two characters would."""

    def draw(sheet: Sheet) -> None:
        sheet.lines(50, 60, [FULL[:26] + "る。", "HARBORFRONTを直した。"], pitch=12)
        for number in range(3):
            sheet.text(50, 92 + 20 * number, "灯台を開いた。")
        sheet.lines(50, 160, [FULL[:30], "つづき。"], pitch=12)

    assert body(read(draw))[0] == FULL[:26] + "る。HARBORFRONTを直した。"


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    full = "市内の店を巡る催しを春と秋に開き、訪れた人の声を次の年に生かすよ"

    def first(sheet: Sheet) -> None:
        sheet.lines(50, 430, [full[:30]] * 3, pitch=13)
        sheet.text(195, 485, "1")

    def second(sheet: Sheet) -> None:
        sheet.lines(50, 50, ["うに努める。", "次の段落。"], pitch=13)
        sheet.text(195, 485, "2")

    document = read(first, second)
    assert body(document) == [full[:30] * 3 + "うに努める。", "次の段落。"]
    paragraph = next(document.lines)
    assert [(fragment.page, fragment.text) for fragment in paragraph.fragments] == [
        (1, full[:30] * 3),
        (2, "うに努める。"),
    ]
    assert [line.role for line in document.lines] == ["body", "footer", "body", "footer"]


@pytest.mark.parametrize("sign", ["₂", "㎢"])
def test_a_sign_alone_on_its_line_is_read_where_it_is_printed_elsewhere_too(sign: str) -> None:
    """PDFium leaves it out and the witness reads it, in a process of its own: no other file broke the witness there."""

    def draw(sheet: Sheet) -> None:
        sheet.lines(100, 100, ("41,000t-", "CO", sign))
        sheet.text(300, 100, f"676t-CO{sign}")

    asked = (
        "import sys; from extract import read_document as read; "
        "print(*(line.text for line in read(sys.stdin.buffer.read(), 'a.pdf').lines))"
    )
    run = [sys.executable, "-X", "utf8", "-c", asked]
    told = subprocess.run(run, input=make_pdf(draw), capture_output=True, check=True, timeout=60)
    assert told.stdout.decode().count(sign) == 2
