"""Pictures of pages become documents: their grids and texts, and nothing said that the picture does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extract import Ocr, read_document
from extract.ocr.confidence import open_numbers, unsure_words
from extract.ocr.doubt import settled
from extract.ocr.glyphs import ink_left_out
from extract.ocr.installed import ocr_is_installed
from extract.ocr.page_picture import Grey, to_page_picture
from extract.ocr.page_reader import read_picture
from extract.ocr.pieces import Piece
from extract.ocr.problems import as_seen
from extract.ocr.readings import Letter
from extract.ocr.rules import picture_to_strokes
from schemas.document import Box, Document, Fragment, Line, Page, Table
from tests.extract.ocr.drawing import SIZE, draw_table, scanned, to_file
from tests.extract.ocr.scores import compare

installed = pytest.mark.skipif(not ocr_is_installed(), reason="needs the extra: pip install hyoka[ocr]")

ROWS = (
    ("事業名", "単位", "令和5年度", "令和6年度", "評価"),
    ("創業セミナー", "人", "1,385", "1,402", "◎"),
    ("商店街の支援", "件", "97", "100", "○"),
    ("交流イベント", "回", "0", "12", "△"),
)


def texts(document: Document) -> list[list[str]]:
    [table] = document.tables
    return [["".join(cell.text.split()) for cell in table.cells if cell.row == row] for row in range(table.n_rows)]


@installed
@pytest.mark.parametrize(("turn", "grain"), [(0.0, 0.0), (0.7, 8.0), (-1.2, 4.0), (4.8, 4.0)])
def test_a_scanned_table_is_read_as_it_is_printed(turn: float, grain: float) -> None:
    document = read_document(to_file(scanned(draw_table(ROWS), turn, grain)), "scan.png", ocr="auto")
    assert texts(document) == [list(row) for row in ROWS]
    assert document.reader == "ocr"
    assert document.media_type == "image/png"
    [table] = document.tables
    assert all(0.5 < (cell.fragments[0].confidence or 0.0) <= 1.0 for cell in table.cells)


@pytest.fixture(scope="module")
def upright() -> Document:
    """The table as it is read from a page that lies as it should."""
    return read_document(to_file(draw_table(ROWS)), "scan.png", ocr="auto")


@installed
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_that_lies_on_its_side_or_head_is_read_and_its_places_are_where_it_lies(
    quarters: int, upright: Document
) -> None:
    turned = read_document(to_file(draw_table(ROWS).rotate(90 * quarters, expand=True)), "scan.png", ocr="auto")
    assert texts(turned) == texts(upright)
    width, height = upright.pages[0].width or 0.0, upright.pages[0].height or 0.0
    assert (turned.pages[0].width, turned.pages[0].height) == ((height, width) if quarters % 2 else (width, height))
    [first], [second] = ([table.cells[0].fragments[0].box for table in each.tables] for each in (upright, turned))
    assert first is not None
    assert second is not None
    wanted = {
        1: (first.top, width - first.x1),
        2: (width - first.x1, height - first.bottom),
        3: (height - first.bottom, first.x0),
    }
    assert (second.x0, second.top) == pytest.approx(wanted[quarters], abs=0.5)


@installed
def test_of_two_pages_on_one_picture_the_left_one_is_read_first_and_its_places_stay() -> None:
    """Read across both, the heading of the right page would stand over the table of the left one."""
    sheet = Image.new("L", (2 * 1169, SIZE[0]), 255)
    for number, title in enumerate(("左の頁", "右の頁")):
        page = draw_table([("事業", "件数"), (title, "12")], title).crop((0, 0, SIZE[0], 400)).resize((1169, 283))
        sheet.paste(page, (number * 1169, 700 * (1 - number)))
    document = read_document(to_file(sheet), "scan.png", ocr="auto")
    said = [item.text.strip() if isinstance(item, Line) else "table" for item in document.items]
    assert said == ["左の頁", "table", "右の頁", "table"]
    width = document.pages[0].width or 0.0
    lefts = [table.cells[0].fragments[0].box for table in document.tables]
    assert [box is not None and box.x0 > width / 2 for box in lefts] == [False, True]


@installed
@pytest.mark.parametrize(("level", "is_white"), [(30, True), (230, False)])
def test_print_on_a_fill_is_read_black_or_white(level: int, is_white: bool) -> None:
    grey = np.asarray(draw_table(ROWS)).copy()
    head = grey[150:220, 150:1500].astype(np.float64)
    filled = level + (255 - head) * (255 - level) / 255 if is_white else head * level / 255
    grey[150:220, 150:1500] = filled.astype(np.uint8)
    document = read_document(to_file(Image.fromarray(grey)), "scan.png", ocr="auto")
    assert texts(document) == [list(row) for row in ROWS]


@installed
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_every_kind_of_picture_is_read(kind: str) -> None:
    document = read_document(to_file(draw_table(ROWS[:2]), kind), "scan", ocr="auto")
    assert texts(document) == [list(row) for row in ROWS[:2]]
    assert round(document.pages[0].width or 0) == 595


@installed
def test_a_picture_in_a_pdf_is_read_where_it_is_asked_for() -> None:
    from extract.ocr.picture_file import picture_to_pdf
    from schemas.limits import Limits

    pdf = picture_to_pdf(to_file(draw_table(ROWS)), Limits())
    assert texts(read_document(pdf, "scan.pdf", ocr="auto")) == [list(row) for row in ROWS]
    unread = read_document(pdf, "scan.pdf", ocr="never")
    assert not unread.items
    assert {problem.rule for problem in unread.problems} == {"no-text-layer"}


@installed
def test_dust_of_a_fax_is_neither_a_dash_nor_a_letter() -> None:
    """Points two or three pixels wide, also beside each other, in a cell that is empty and around numbers."""
    dice = np.random.default_rng(3)
    table = np.asarray(draw_table([("件数", "1,385", ""), ("人数", "", "97")])).copy()
    for x, y in zip(dice.integers(140, 1500, 400), dice.integers(40, 320, 400), strict=True):
        if table[y - 12 : y + 14, x - 12 : x + 14].min() == 255:
            table[y : y + 2, x : x + 2] = 0
    assert texts(read_document(to_file(Image.fromarray(table)), "scan.png", ocr="auto")) == [
        ["件数", "1,385", ""],
        ["人数", "", "97"],
    ]


@installed
def test_a_number_that_the_picture_does_not_tell_is_not_said() -> None:
    """Faint, coarse print: what is read right may stand, what is not must not, and each open number is told."""
    image = draw_table([("件数", "3,868"), ("人数", "8,083")], points=5.0).crop((0, 100, SIZE[0], 340))
    coarse = image.resize((image.width // 3, image.height // 3), Image.Resampling.BILINEAR).resize(image.size)
    document = read_document(to_file(scanned(coarse, grain=18.0)), "scan.png", ocr="auto")
    printed = {"3,868", "8,083"}
    said = {"".join(cell.text.split()) for table in document.tables for cell in table.cells}
    numbers = {text for text in said if any(character.isdigit() for character in text)}
    assert numbers <= printed
    assert "ocr-uncertain" in {problem.rule for problem in document.problems} or numbers == printed


class TwoMinds:
    """A reader of lines that reads every line as a number, and otherwise the second time."""

    name = "two minds"

    def __init__(self) -> None:
        self._times = 0

    def read(self, lines: Sequence[Grey]) -> list[tuple[Letter, ...]]:
        self._times += 1
        return [tuple(Letter(text, at / 4, 0.99) for at, text in enumerate(f"138{self._times}", 1)) for _ in lines]


def test_two_readings_of_a_number_stay_open() -> None:
    grey = np.asarray(draw_table([("1381", "1381")]))
    page = Page(1, 595.0, 421.0)
    read = read_picture(grey, page, grey.shape[1] / 595.0, TwoMinds())
    assert {glyph.text for glyph in read.raw.glyphs} == {"\ufffd"}
    assert {(number.read, number.other) for number in open_numbers(read.readings[:4])} == {("1381", "1382")}


class OnceRead:
    """A reader of lines that reads a letter where it looks first, and none the second time."""

    name = "once read"

    def __init__(self) -> None:
        self._times = 0

    def read(self, lines: Sequence[Grey]) -> list[tuple[Letter, ...]]:
        self._times += 1
        return [(Letter("口", 0.5, 0.95),) if self._times == 1 else () for _ in lines]


def test_a_letter_that_may_be_none_is_told_without_an_empty_text() -> None:
    grey = np.asarray(draw_table([("口", "口")]))
    read = read_picture(grey, Page(1, 595.0, 421.0), grey.shape[1] / 595.0, OnceRead())
    [glyph, *_] = read.raw.glyphs
    line = Line("口", (Fragment(1, "口", Box(glyph.x0, glyph.top, glyph.x1, glyph.bottom)),))
    [_, doubt] = as_seen(Document("0" * 64, "scan.png", "image/png", 1, (), (line,)), {1: read}).problems
    assert doubt.message.en.startswith("page 1 prints 口 or no letter")
    assert doubt.expected is None


class Unsure:
    """A reader of lines that is sure of digits and of little else, as on a page that is too coarse."""

    name = "unsure"

    def read(self, lines: Sequence[Grey]) -> list[tuple[Letter, ...]]:
        return [(Letter("1", 0.2, 0.99), Letter("件", 0.5, 0.4), Letter("数", 0.8, 0.4)) for _ in lines]


def test_of_a_page_that_is_too_coarse_no_number_is_said() -> None:
    grey = np.asarray(draw_table([("1件数", "1件数")]))
    read = read_picture(grey, Page(1, 595.0, 421.0), grey.shape[1] / 595.0, Unsure())
    assert read.is_coarse
    assert {glyph.text for glyph in read.raw.glyphs} == {"\ufffd", "件", "数"}


def test_a_number_with_ink_between_its_digits_that_is_no_letter_stays_open() -> None:
    """年1～2回 without its ～ would be twelve times a year."""
    line = [Letter("1", 0.2, 0.99), Letter("2", 0.8, 0.99)]
    assert [*open_numbers(settled(line, line))] == []
    assert [*open_numbers(settled(line, line, frozenset({0})))] == [("12", "?2")]
    ink = np.zeros((20, 100), np.uint8)
    for first in (18, 48, 78):
        ink[4:16, first : first + 6] = 255
    piece = Piece(18, 4, 84, 16, 0)
    assert ink_left_out(line, piece, (0, 0, 100, 20), ink) == {0}
    ink[:, 40:60] = 0
    assert ink_left_out(line, piece, (0, 0, 100, 20), ink) == frozenset()


def line_of(text: str, sure: float = 0.99) -> list[Letter]:
    return [Letter(letter, at / 10, sure) for at, letter in enumerate(text)]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("離続", "継続", ("離続", "継続")),
        ("取組粗内容", "取組内容", ("取組粗内容", "取組内容")),
        ("市民会", "市民協会", ("市民会", "市民協会")),
        ("イべント・", "イベント", None),
        ("コース", "コ一ス", None),
    ],
)
def test_a_word_that_is_read_in_two_ways_is_told(first: str, second: str, told: tuple[str, str] | None) -> None:
    """Letters that print alike, and dots, make no other word."""
    readings = settled(line_of(first), line_of(second))
    assert unsure_words(readings) == told
    assert "".join(reading.letter.text for reading in readings) == first


def test_of_two_readings_of_a_word_the_likelier_is_said_and_of_a_number_none() -> None:
    first = [Letter("璟", 0.2, 0.6, (("環", 0.39),)), Letter("境", 0.4, 0.99), Letter("1", 0.8, 0.6, (("7", 0.39),))]
    second = [Letter("環", 0.2, 0.93), Letter("境", 0.4, 0.99), Letter("7", 0.8, 0.99)]
    readings = settled(first, second)
    assert "".join(reading.letter.text for reading in readings) == "環境\ufffd"
    assert readings[0].letter.sure <= 0.5
    assert unsure_words(readings[:2]) == ("環境", "璟境")


def test_a_letter_of_which_the_reader_is_not_sure_is_told() -> None:
    unsure = [Letter("離", 0.2, 0.7, (("継", 0.2),)), Letter("続", 0.6, 0.99)]
    assert unsure_words(settled(unsure, unsure)) == ("離続", "継続")


def test_a_one_that_may_be_a_minus_is_told() -> None:
    """A name 転入－転出 with a kanji in it is another one, and both readings may agree on it."""
    first = [Letter("入", 0.2, 0.99), Letter("一", 0.5, 0.98), Letter("転", 0.8, 0.99)]
    second = [first[0], Letter("一", 0.5, 0.96, (("－", 0.03),)), first[2]]
    assert unsure_words(settled(first, second)) == ("入一転", "入－転")
    assert unsure_words(settled(first, first)) is None


def test_letters_are_no_rules() -> None:
    """A row of large letters between two rules closes no cells."""
    grey = np.asarray(draw_table([("国個田目口", "一二三ーー")], points=18.0))
    strokes = picture_to_strokes(to_page_picture(grey, 200 / 72))
    assert sum(stroke.y0 == stroke.y1 for stroke in strokes) == 2
    assert sum(stroke.x0 == stroke.x1 for stroke in strokes) == 3


def test_a_turned_page_is_set_upright() -> None:
    turned = np.asarray(scanned(draw_table(ROWS), turn=1.5))
    upright = to_page_picture(turned, 200 / 72)
    assert abs(upright.turn) == pytest.approx(1.5, abs=0.05)
    assert to_page_picture(upright.grey, 200 / 72).turn == 0.0


def test_a_bad_picture_is_told() -> None:
    document = read_document(b"\x89PNG\r\n\x1a\nbroken", "scan.png", ocr="auto")
    [problem] = document.problems
    assert (problem.rule, problem.severity) == ("unreadable", "error")


@pytest.mark.parametrize("ocr", ["never", "auto"])
def test_a_file_with_text_reads_alike_with_and_without(corpus: Path, ocr: Ocr) -> None:
    data = (corpus / "pdf" / "akiruno-r7-progress.pdf").read_bytes()
    assert read_document(data, "a.pdf", ocr=ocr) == read_document(data, "a.pdf")


@installed
def test_real_scans_are_read_within_bounds(corpus: Path) -> None:
    """One page of each of two real scans, against the text layer they were made from."""
    scan = read_document((corpus / "scans" / "form-koriyama-1.scan300.pdf").read_bytes(), "k.pdf", ocr="auto")
    text = read_document((corpus / "unseen" / "documents" / "form-koriyama-1.pdf").read_bytes(), "k.pdf")
    score = compare(scan, text)
    assert score.error_rate <= 0.01
    assert score.tables_alike == score.tables


def test_the_scorer_sees_a_wrong_letter_and_a_wrong_grid() -> None:
    data = "| 事業 | 件数 |\n|---|---|\n| 支援 | 12 |\n".encode()
    document = read_document(data, "a.md")
    assert compare(document, document).error_rate == 0
    [table] = document.tables
    cells = [replace(cell, text=cell.text.replace("12", "17")) for cell in table.cells]
    other = replace(document, items=(replace(table, cells=tuple(cells)),))
    assert compare(other, document).errors == 1
    assert compare(replace(document, items=(Table(1, 2, table.cells[:2]),)), document).tables_alike == 0
