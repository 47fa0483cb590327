"""Bad files: said in words a user can act on, never a crash, and whatever can be read is read."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata
import zlib
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from extract.fresh import FreshProcessError, in_fresh_process
from extract.pdf.draw_page import draw_page
from extract.pdf.engines.pdfplumber.reader import PdfplumberReader
from extract.pdf.file.scan import file_facts
from extract.pdf.model.raw_page import UNMAPPED, Direction, Fill, Glyph, RawPage, Reader, Stroke
from extract.pdf.page.set_aside import set_aside
from extract.pdf.page.unseen import without_unseen
from extract.pdf.read_pdf import read_pdf
from extract.pdf.text.fake_bold import without_twins
from schemas.document import Document, Page
from tests.extract.pdf.pdf_making import Sheet, body, join_objects, make_pdf, pieces, raw_pdf
from tests.extract.pdf.pdf_scores import Replay


def write_latin(sheet: Sheet) -> None:
    sheet.canvas.setFont("Helvetica", 12)
    sheet.canvas.drawString(50, 400, "target 40")


def told(document: Document) -> list[tuple[str, str, int | None]]:
    return [(problem.rule, problem.severity, problem.page) for problem in document.problems]


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 8])
def test_what_is_no_pdf_is_unreadable(data: bytes) -> None:
    document = read_pdf(data, "bad.pdf")
    assert (document.items, document.pages) == ((), ())
    assert told(document) == [("unreadable", "error", None)]


def test_pages_without_a_character_are_no_success() -> None:
    def outline(sheet: Sheet) -> None:
        sheet.rule(50, 50, 60, 90)

    assert told(read_pdf(make_pdf(outline), "outlined.pdf")) == [("no-text-layer", "error", None)]


def test_a_file_that_was_cut_off_is_said_to_be() -> None:
    data = make_pdf(write_latin, write_latin)
    document = read_pdf(data[: len(data) // 2], "cut.pdf")
    assert told(document) == [("unreadable", "error", None)]
    assert "cut off" in document.problems[0].message.en


def test_a_page_that_only_one_engine_counts_is_said_to_be_missing() -> None:
    data = join_objects(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] >>",
        )
    )
    document = read_pdf(data, "broken.pdf")
    assert ("unreadable", "error", 2) in told(document)
    assert len(document.pages) == 2


@pytest.mark.parametrize(
    ("widths", "cmap", "says"),
    [
        (b"/W [1 2147483647 500]", b"1 beginbfchar <0001> <65BD> endbfchar", "施"),
        (b"/W [-2147483648 1 500]", b"1 beginbfrange <0001> <0009> <65BD> endbfrange", "施"),
        (b"/W2 [1 2147483647 500 500 500]", b"1 beginbfrange <00000000> <FFFFFFFF> <65BD> endbfrange", UNMAPPED),
    ],
)
def test_a_range_of_a_font_that_never_ends_is_cut_off(widths: bytes, cmap: bytes, says: str) -> None:
    cmap = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange " + cmap + b" endcmap"
    way = b"Identity-V" if b"/W2" in widths else b"Identity-H"
    data = raw_pdf(
        b"BT /F1 9 Tf 40 400 Td <0001> Tj ET",
        resources=b"<< /Font << /F1 5 0 R >> >>",
        more=(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /%s /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
            % way,
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1000 %s >>" % widths,
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
        ),
    )
    assert body(read_pdf(data, "endless.pdf", reader=PdfplumberReader())) == [says]
    assert read_pdf(data, "endless.pdf").pages


def test_a_witness_that_panics_over_a_map_to_unicode_is_not_heard_and_costs_no_other_file(tmp_path: Path) -> None:
    """pdf_oxide cut the last code within a character; what Rust calls a panic is no Exception in Python.

    In a script of its own, for it is heard no more where it has panicked; the script works as it is loaded.
    """
    asked = (
        "import sys; from extract import process_is_spent, read_document as read; "
        "from tests.extract.pdf.pdf_making import panicking_pdf, pieces; "
        "good = sys.stdin.buffer.read(); before = read(good, 'good.pdf'); "
        "broken = read(panicking_pdf(), 'broken.pdf'); "
        "print(broken.reader, len(pieces(broken)), process_is_spent(), read(good, 'good.pdf') == before)"
    )

    def draw(sheet: Sheet) -> None:
        sheet.lines(100, 100, ("41,000t-", "CO", "₂"))  # a sign alone, which the witness reads and PDFium does not
        sheet.text(300, 100, "676t-CO₂")

    script = tmp_path / "script.py"
    script.write_text(asked, encoding="utf-8")
    paths = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        [sys.executable, script], env=paths, input=make_pdf(draw), capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode().split() == ["pdfium", "1", "True", "True"]


def test_a_process_that_ends_before_it_answers_is_told() -> None:
    with pytest.raises(FreshProcessError, match="status 3"):
        in_fresh_process(os._exit, 3)


@pytest.mark.parametrize("times", [1, 200])
def test_forms_that_paint_each_other_without_end_are_left_to_the_reader_that_does_not_follow_them(times: int) -> None:
    """The inner form does not say which form it means: it is the outer one. PDFium paints that 200 to the 20 times."""
    inner = b"/Fm0 Do " * times
    data = raw_pdf(
        b"/Fm0 Do BT /F1 9 Tf 40 400 Td (A) Tj ET",
        resources=b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> "
        b"/XObject << /Fm0 5 0 R >> >>",
        more=(
            b"<< /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm0 6 0 R >> >> /Length 7 >>\nstream\n"
            b"/Fm0 Do\nendstream",
            b"<< /Subtype /Form /BBox [0 0 9 9] /Length %d >>\nstream\n%s\nendstream" % (len(inner), inner),
        ),
    )
    assert body(read_pdf(data, "bomb.pdf")) == ["A"]
    assert (file_facts(data).trouble is None) == (times == 1)


@pytest.mark.parametrize("descent", [b".", b"1.2.3", b"-", b"9" * 400])
def test_a_descent_that_is_no_number_is_not_told(descent: bytes) -> None:
    assert file_facts(b"<< /Type /FontDescriptor /FontName /A /Descent %s >>" % descent).descents == {}


def test_a_password_is_asked_for_and_taken() -> None:
    data = make_pdf(write_latin, encryption=StandardEncryption("open", "own"))
    assert told(read_pdf(data, "locked.pdf")) == [("unreadable", "error", None)]
    assert "password" in read_pdf(data, "locked.pdf").problems[0].message.en
    assert told(read_pdf(data, "locked.pdf", "wrong")) == [("unreadable", "error", None)]
    assert body(read_pdf(data, "locked.pdf", "open")) == ["target 40"]


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    data = make_pdf(write_latin, encryption=StandardEncryption("", "own", canModify=0))
    assert body(read_pdf(data, "owned.pdf")) == ["target 40"]


def picture(sheet: Sheet) -> None:
    image = Image.new("L", (40, 40), 128)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    sheet.canvas.drawImage(ImageReader(io.BytesIO(buffer.getvalue())), 50, 50, 300, 400)


def test_pages_of_pictures_have_no_text_layer() -> None:
    assert told(read_pdf(make_pdf(picture, picture), "scan.pdf")) == [
        ("no-text-layer", "error", None),
        ("no-text-layer", "warning", 1),
        ("no-text-layer", "warning", 2),
    ]


def test_one_page_of_pictures_among_others_is_a_warning() -> None:
    document = read_pdf(make_pdf(write_latin, picture), "mixed.pdf")
    assert told(document) == [("no-text-layer", "warning", 2)]
    assert body(document) == ["target 40"]


@pytest.mark.parametrize("height", [470, 400])
def test_a_picture_beside_text_or_under_a_stamp_is_noted_for_what_it_shows_was_not_read(height: int) -> None:
    def picture_and_stamp(sheet: Sheet) -> None:
        picture(sheet)
        sheet.canvas.setFont("Helvetica", 12)
        sheet.canvas.drawString(60, height, "target 40")

    document = read_pdf(make_pdf(picture_and_stamp), "pasted.pdf")
    assert told(document) == [("no-text-layer", "note", 1)]
    assert document.problems[0].observed == "60% of the page"
    assert body(document) == ["target 40"]


def test_a_picture_behind_text_is_a_background() -> None:
    def text_on_picture(sheet: Sheet) -> None:
        picture(sheet)
        sheet.canvas.setFont("Helvetica", 12)
        sheet.canvas.drawString(60, 400, "forty children in four nurseries")

    assert told(read_pdf(make_pdf(text_on_picture), "letterhead.pdf")) == []


def test_an_empty_page_is_no_problem() -> None:
    assert told(read_pdf(make_pdf(write_latin, lambda _: None), "empty.pdf")) == []


def page_tree(streams: list[bytes]) -> bytes:
    """A file whose pages have these compressed streams."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(streams)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Resources << /Font << /F 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (5 + 2 * number)
        )
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream)
        )  # fmt: skip
    return join_objects(objects)


@pytest.mark.parametrize("kind", ["cut", "broken"])
def test_one_damaged_page_is_said_and_the_others_are_read(kind: str) -> None:
    def stream(text: bytes) -> bytes:
        return zlib.compress(b"BT /F 12 Tf 50 400 Td (%s) Tj ET " % text + b"0 0 m 9 9 l S " * 400)

    good = stream(b"kept")
    bad = good[: len(good) // 2] if kind == "cut" else good[:20] + bytes(12) + good[32:]
    document = read_pdf(page_tree([stream(b"first"), bad, stream(b"last")]), "damaged.pdf")
    assert len(document.pages) == 3
    assert [line.text for line in document.lines if line.page != 2] == ["first", "last"]
    assert told(document) == [("unreadable", "error", 2)]


def unmapped_font() -> list[bytes]:
    """A font whose codes are glyphs and that says nothing of characters."""
    return [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Blind /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Blind /CIDSystemInfo << /Registry (Adobe) /Ordering "
        b"(Identity) /Supplement 0 >> /FontDescriptor 7 0 R /DW 1000 >>",
        b"<< /Type /FontDescriptor /FontName /Blind /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 "
        b"/Descent -200 /CapHeight 900 /StemV 80 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]


@pytest.mark.parametrize(
    ("latin", "expected"),
    [
        (b"", [("no-text-layer", "error", None), ("no-text-layer", "warning", 1)]),
        (b"(known words) Tj", [("unreadable", "warning", 1)]),
    ],
)
def test_characters_that_no_font_maps_are_counted(latin: bytes, expected: list[tuple[str, str, int | None]]) -> None:
    content = b"BT /B 12 Tf 50 400 Td <002100220023> Tj ET BT /L 12 Tf 50 300 Td %s ET" % latin
    data = raw_pdf(content, resources=b"<< /Font << /B 5 0 R /L 8 0 R >> >>", more=unmapped_font())
    document = read_pdf(data, "blind.pdf")
    assert told(document) == expected
    assert body(document)[0] == "\ufffd" * 3
    assert "3 of" in document.problems[-1].message.en


@pytest.mark.parametrize("reader", [None, PdfplumberReader()])
def test_white_text_is_not_read_and_said_to_be_hidden(reader: Reader | None) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(50, 100, "見える文字")
        sheet.canvas.setFillGray(1)
        sheet.text(50, 130, "見えない")
        sheet.fill(50, 160, 200, 190, 0.2)
        sheet.canvas.setFillGray(1)
        sheet.text(55, 180, "白抜き")

    document = read_pdf(make_pdf(draw), "white.pdf", reader=reader)
    assert sorted(body(document)) == sorted(["見える文字", "白抜き"])
    (problem,) = document.problems
    assert (problem.rule, problem.severity, problem.observed) == ("hidden-text", "note", "見えない")


def hostile_page(random: Random, number: int) -> RawPage:
    """A page with anything anywhere."""

    def near() -> float:
        return random.choice([50.0, 100.0, 100.5, 150.0, random.uniform(0, 400)])

    def anywhere() -> float:
        return random.choice([near(), random.uniform(-1e5, 1e5), 0.0, 20000.0])

    def glyph() -> Glyph:
        x, y, size = anywhere(), anywhere(), random.choice([0.5, 6.0, 10.0, 10.5, 300.0])
        right = x + size * random.choice([0, 0.5, 1])
        direction: Direction = random.choice((0, 0, 0, 90, 180, 270))
        text = random.choice(["あ", "A", " ", "\ufffd", "・", "(", "。", "1", "\u3000", "ﬁ"])
        light = random.choice([0.0, 1.0, None])
        return Glyph(text, x, y, right, y + size, x, y + size, size, "F", direction, light)

    def stroke() -> Stroke:
        width, light = random.choice([0.0, 1.0, 500.0]), random.choice([0.0, 1.0])
        return Stroke(near(), near(), near(), near(), width, light, random.randint(0, 9))

    def fill() -> Fill:
        x, y, light = near(), near(), random.choice([0.0, 0.5, 1.0, None])
        return Fill(x, y, x + near() - 50, y + near() - 50, light, random.randint(0, 9))

    return RawPage(
        Page(number, 400.0, random.choice([0.0, 500.0])),
        tuple(glyph() for _ in range(random.randint(0, 15))),
        tuple(stroke() for _ in range(random.randint(0, 15))),
        tuple(fill() for _ in range(random.randint(0, 15))),
    )


@settings(max_examples=200)
@given(st.integers(0, 10**9), st.integers(1, 3))
def test_nothing_on_a_page_stops_the_reading_and_no_character_is_lost(seed: int, n_pages: int) -> None:
    random = Random(seed)
    pages = [hostile_page(random, number) for number in range(1, n_pages + 1)]
    document = read_pdf(b"%PDF", "wild.pdf", reader=Replay(tuple(pages)))
    assert not [problem for problem in document.problems if "sorted out" in problem.message.en]
    printed = characters(g for raw in map(shown, pages) for g in without_spaces(raw))
    assert characters(piece.text for piece in pieces(document)) == printed
    assert characters(f.text for p in pieces(document) for f in p.fragments) == printed


def characters(texts: Iterable[str]) -> list[str]:
    """The characters of texts without white space, in order; a raised digit is the digit (¹ is 1)."""
    return sorted(unicodedata.normalize("NFKC", "".join("".join(text.split()) for text in texts)))


def shown(raw: RawPage) -> RawPage:
    """A page without what is told and not read."""
    return set_aside(without_unseen(raw))[0]


def without_spaces(raw: RawPage) -> list[str]:
    return ["".join(glyph.text.split()) for glyph in without_twins(raw.glyphs)]


@settings(max_examples=40)
@given(st.binary(max_size=40), st.integers(0, 2000))
def test_bytes_changed_anywhere_stop_nothing(noise: bytes, position: int) -> None:
    data = make_pdf(write_latin)
    start = position % len(data)
    document = read_pdf(data[:start] + noise + data[start + len(noise) :], "noise.pdf")
    assert document.size_bytes >= len(data) - len(noise)


def test_the_picture_of_a_page_shows_what_was_read() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid((50, 150, 350), (50, 100, 150))
        sheet.text(60, 70, "区分")
        sheet.text(60, 200, "本文")

    data = make_pdf(draw)
    document = read_pdf(data, "drawn.pdf")
    image = draw_page(data, document, 1)
    assert image.size == (800, 1000)
    colours = {colour for _, colour in image.getcolors(1 << 20) or ()}
    assert {(0, 90, 220), (0, 150, 0)} <= colours
    with pytest.raises(IndexError, match="page 2"):
        draw_page(data, document, 2)


@pytest.mark.filterwarnings("error")
def test_a_letter_too_large_for_a_number_leaves_the_others_their_places() -> None:
    def draw(sheet: Sheet) -> None:
        write_latin(sheet)
        sheet.canvas._code.append("9 9 9 rg BT /F1 340282346638528859811704183484516925440.0 Tf (lost) Tj ET")

    document = read_pdf(make_pdf(draw), "made.pdf")
    assert "target 40" in " ".join(map(str, body(document)))
