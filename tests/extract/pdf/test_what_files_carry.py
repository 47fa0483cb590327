"""What a file holds beside its pages, what a reader marked on them, and where its statements contradict each other."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from extract.pdf.read_pdf import read_pdf
from schemas.document import Document, Problem
from tests.extract.pdf.pdf_making import body, join_objects, raw_pdf

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
TEXT = b"BT /F 10 Tf 50 400 Td (280) Tj ET"
RESOURCES = b"<< /Font << /F 5 0 R >> >>"


def stream(content: bytes, head: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), head, content)


def file_of(catalog: bytes = b"", page: bytes = b"", more: Sequence[bytes] = ()) -> Document:
    """A page that prints 280, with entries in the catalogue and in the page, and objects from number 6 on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents 4 0 R /Resources %s %s >>" % (RESOURCES, page),
        stream(TEXT),
        HELVETICA,
        *more,
    ]
    return read_pdf(join_objects(objects), "made.pdf")


def of_rule(document: Document, rule: str) -> list[Problem]:
    return [problem for problem in document.problems if problem.rule == rule]


def test_files_that_are_attached_to_the_file_are_named() -> None:
    document = file_of(
        b"/Names << /EmbeddedFiles << /Names [(data.csv) 7 0 R] >> >>",
        more=[
            stream(b"1,2", b"/Type /EmbeddedFile"),
            b"<< /Type /Filespec /F (data.csv) /UF (data.csv) /EF << /F 6 0 R >> >>",
        ],
    )
    assert body(document) == ["280"]
    (problem,) = of_rule(document, "unclaimed-text")
    assert (problem.severity, problem.observed) == ("note", "data.csv")


def test_a_file_that_is_attached_to_a_place_of_a_page_is_named() -> None:
    document = file_of(
        page=b"/Annots [8 0 R]",
        more=[
            stream(b"1,2", b"/Type /EmbeddedFile"),
            b"<< /Type /Filespec /F (moto.xlsx) /EF << /F 6 0 R >> >>",
            b"<< /Type /Annot /Subtype /FileAttachment /Rect [300 400 320 420] /FS 7 0 R >>",
        ],
    )
    (problem,) = of_rule(document, "unclaimed-text")
    assert (problem.severity, problem.observed) == ("note", "moto.xlsx")


@pytest.mark.parametrize(("needs", "is_told"), [(b"/NeedsRendering true", True), (b"", False)])
def test_a_dynamic_form_is_told(needs: bytes, is_told: bool) -> None:
    xfa = b"/AcroForm << /Fields [] /XFA [(template) 6 0 R] >> " + needs
    document = file_of(xfa, more=[stream(b"<template xmlns='http://www.xfa.org/schema/xfa-template/3.0/'/>")])
    assert [problem.severity for problem in of_rule(document, "unreadable")] == (["warning"] if is_told else [])


@pytest.mark.parametrize(("kind", "is_read"), [(b"StrikeOut", False), (b"Highlight", True), (b"Underline", True)])
def test_an_annotation_that_strikes_text_out_takes_it_back(kind: bytes, is_read: bool) -> None:
    points = b"50 408 66.7 408 50 398 66.7 398"
    annotation = b"<< /Type /Annot /Subtype /%s /F 4 /Rect [50 398 67 408] /QuadPoints [%s] /C [1 0 0] >>" % (
        kind,
        points,
    )
    document = file_of(page=b"/Annots [6 0 R]", more=[annotation])
    assert body(document) == (["280"] if is_read else [])
    assert [problem.observed for problem in of_rule(document, "struck-text")] == ([] if is_read else ["280"])


FONT_FILE = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def without_outlines(font: bytes) -> bytes:
    """A font whose glyphs are all empty: each begins where it ends."""
    for number in range(int.from_bytes(font[4:6])):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"loca":
            return font[:offset] + bytes(length) + font[offset + length :]
    return font


def embedded(
    text: bytes,
    said: bytes = b"",
    shift: int = 0,
    blank: int | None = None,
    swapped: bytes = b"",
    *,
    is_empty: bool = False,
) -> Document:
    """A text in an embedded font whose map to Unicode names digits so many further, said to stand for another text;
    one digit may be called a blank there, and two characters `swapped`."""
    if not FONT_FILE.exists():
        pytest.skip("DejaVu Sans is not installed")
    pairs = [(code, 0x30 + (code - 0x30 + shift) % 10 if 0x30 <= code <= 0x39 else code) for code in range(0x30, 0x5B)]
    pairs = [(code, 0x20 if code == blank else text_of) for code, text_of in pairs]
    others = dict(zip(swapped, reversed(swapped), strict=True))
    pairs = [(code, others.get(text_of, text_of)) for code, text_of in pairs]
    cmap = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange %d beginbfchar %s endbfchar endcmap" % (
        len(pairs),
        b" ".join(b"<%02x> <%04x>" % pair for pair in pairs),
    )
    font = without_outlines(FONT_FILE.read_bytes()) if is_empty else FONT_FILE.read_bytes()
    more = [
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Sans /FirstChar 32 /LastChar 126 /Widths [%s] /ToUnicode 8 0 R "
        b"/Encoding /WinAnsiEncoding /FontDescriptor 6 0 R >>" % (b"636 " * 95),
        b"<< /Type /FontDescriptor /FontName /Sans /Flags 32 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 760 "
        b"/Descent -240 /CapHeight 730 /StemV 80 /FontFile2 7 0 R >>",
        stream(font, b"/Length1 %d" % len(font)),
        stream(cmap),
    ]
    span = b"/Span << /ActualText (%s) >> BDC (%s) Tj EMC" % (said, text) if said else b"(%s) Tj" % text
    content = b"BT /F 10 Tf 50 400 Td %s 0 -20 Td (0123456789) Tj ET" % span
    return read_pdf(raw_pdf(content, resources=RESOURCES, more=more), "made.pdf")


def test_a_line_that_is_drawn_over_text_as_a_note_takes_it_back() -> None:
    drawing = stream(b"1 w 45 403 m 72 403 l S", b"/Type /XObject /Subtype /Form /BBox [40 390 80 410]")
    note = b"<< /Type /Annot /Subtype /Line /F 4 /Rect [40 390 80 410] /L [45 403 72 403] /AP << /N 6 0 R >> >>"
    document = file_of(page=b"/Annots [7 0 R]", more=[drawing, note])
    assert body(document) == []
    assert [problem.observed for problem in of_rule(document, "struck-text")] == ["280"]


def test_a_strike_without_a_drawing_counts_beside_a_note_that_has_one() -> None:
    drawing = stream(b"BT /F 10 Tf 2 2 Td (ok) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 40 20]")
    note = b"<< /Type /Annot /Subtype /FreeText /F 4 /Rect [200 300 240 320] /AP << /N 6 0 R >> >>"
    strike = (
        b"<< /Type /Annot /Subtype /StrikeOut /F 4 /Rect [48 398 70 412] /QuadPoints [48 412 70 412 48 398 70 398] >>"
    )
    document = file_of(page=b"/Annots [7 0 R 8 0 R]", more=[drawing, note, strike])
    assert "280" not in body(document)
    assert [problem.observed for problem in of_rule(document, "struck-text")] == ["280"]


def test_an_opaque_marker_hides_what_lies_under_it() -> None:
    drawing = stream(b"0 g 40 390 60 30 re f", b"/Type /XObject /Subtype /Form /BBox [40 390 100 420]")
    note = (
        b"<< /Type /Annot /Subtype /Highlight /F 4 /Rect [40 390 100 420] "
        b"/QuadPoints [40 420 100 420 40 390 100 390] /AP << /N 6 0 R >> >>"
    )
    document = file_of(page=b"/Annots [7 0 R]", more=[drawing, note])
    assert body(document) == []
    assert [problem.observed for problem in of_rule(document, "hidden-text")] == ["280"]


@pytest.mark.parametrize(("state", "shown"), [(b"/OFF [8 0 R]", False), (b"/BaseState /OFF", False), (b"", True)])
def test_a_typed_note_in_a_layer_that_is_off_is_not_read(state: bytes, shown: bool) -> None:
    drawing = stream(
        b"BT /F 10 Tf 2 2 Td (135) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 40 20] /Resources %s" % RESOURCES
    )
    note = (
        b"<< /Type /Annot /Subtype /FreeText /F 4 /OC 8 0 R /Rect [200 390 240 410] /Contents (135) "
        b"/AP << /N 6 0 R >> >>"
    )
    layer = b"<< /Type /OCG /Name (a) >>"
    catalog = b"/OCProperties << /OCGs [8 0 R] /D << %s >> >>" % state
    document = file_of(catalog=catalog, page=b"/Annots [7 0 R]", more=[drawing, note, layer])
    assert ("135" in "".join(body(document))) is shown
    told = [(problem.severity, problem.observed) for problem in of_rule(document, "hidden-text")]
    assert told == ([] if shown else [("note", "135")])


@pytest.mark.parametrize(("flags", "is_told"), [(4, True), (6, False)])
def test_a_typed_note_that_the_file_has_no_drawing_of_is_told(flags: int, is_told: bool) -> None:
    note = b"<< /Type /Annot /Subtype /FreeText /F %d /Rect [200 390 240 410] /Contents (135) >>" % flags
    document = file_of(page=b"/Annots [6 0 R]", more=[note])
    told = [(problem.severity, problem.observed) for problem in of_rule(document, "unclaimed-text")]
    assert told == ([("warning", "135")] if is_told else [])


def test_digits_are_those_that_the_font_draws_and_not_those_of_its_map() -> None:
    assert embedded(b"280").problems == ()
    document = embedded(b"280", shift=3)
    assert body(document)[0] == "280"
    assert ("280", "513") in {(p.expected, p.observed) for p in of_rule(document, "readers-disagree")}


def test_text_in_a_font_that_draws_nothing_is_not_seen() -> None:
    document = embedded(b"280", is_empty=True)
    assert body(document) == []
    assert [problem.rule for problem in document.problems if problem.rule != "no-text-layer"] == ["hidden-text"]


def test_letters_are_those_that_the_font_draws_and_not_those_of_its_map() -> None:
    document = embedded(b"A", swapped=b"AB")
    assert body(document)[0] == "A"
    assert ("A", "B") in {(p.expected, p.observed) for p in of_rule(document, "readers-disagree")}


def test_numbers_of_a_font_whose_map_calls_a_digit_a_blank_are_told() -> None:
    document = embedded(b"300", blank=0x33)
    assert "00" in {problem.expected for problem in of_rule(document, "readers-disagree")}


@pytest.mark.parametrize(("names", "is_known"), [(b"/g17 /g18 /g19", False), (b"/two /eight /zero", True)])
def test_a_font_that_calls_its_characters_by_numbers_does_not_say_which_they_are(names: bytes, is_known: bool) -> None:
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Odd /FirstChar 49 /LastChar 51 /Widths [556 556 556] "
        b"/Encoding << /Type /Encoding /Differences [49 %s] >> /FontDescriptor 6 0 R >>" % names
    )
    descriptor = (
        b"<< /Type /FontDescriptor /FontName /Odd /Flags 4 /FontBBox [0 0 600 700] /ItalicAngle 0 /Ascent 700 "
        b"/Descent 0 /CapHeight 700 /StemV 80 >>"
    )
    content = b"BT /F 10 Tf 50 400 Td (123) Tj ET BT /H 10 Tf 50 300 Td (4567) Tj ET"
    resources = b"<< /Font << /F 5 0 R /H 7 0 R >> >>"
    document = read_pdf(raw_pdf(content, resources=resources, more=[font, descriptor, HELVETICA]), "made.pdf")
    assert body(document)[0] == ("280" if is_known else "\ufffd\ufffd\ufffd")
    assert bool(of_rule(document, "unreadable")) is not is_known


@pytest.mark.parametrize(("text", "said"), [("280", "208"), ("A", "B")])
def test_a_text_that_is_said_to_be_another_one_is_told(text: str, said: str) -> None:
    document = embedded(text.encode(), said.encode())
    assert body(document)[0] == text
    (problem,) = of_rule(document, "readers-disagree")
    assert (problem.severity, problem.expected, problem.observed) == ("warning", text, said)


def test_a_text_that_is_said_to_be_itself_is_read_as_it_stands() -> None:
    document = embedded(b"280", b"280")
    assert (body(document)[0], document.problems) == ("280", ())


BIG = b"9" * 39
BROKEN = {
    "place": b"BT /F 10 Tf 1 0 0 1 %s 0 Tm (abc) Tj ET" % BIG,
    "size": b"BT /F %s Tf 1 0 0 1 10 20 Tm (abc) Tj ET" % BIG,
    "no size": b"BT /F 0 Tf 10 40 Td (abc) Tj 0 -20 Td (def) Tj ET",
    "room": b"BT /F 10 Tf %s Tc 10 20 Td (abc) Tj ET" % BIG,
    "matrix": b"BT /F 10 Tf %s 0 0 %s 10 20 Tm (abc) Tj ET" % (BIG, BIG),
    "none": b"BT /F 10 Tf 0 0 0 0 10 20 Tm (abc) Tj 1 0 0 1 20 20 Tm (def) Tj ET",
    "lines": b"%s 0 m 10 10 l S 0 0 %s %s re f BT /F 10 Tf 10 20 Td (abc) Tj ET" % (BIG, BIG, BIG),
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("what", BROKEN)
def test_a_page_with_impossible_numbers_is_read_without_a_warning_of_the_program(what: str) -> None:
    with np.errstate(all="warn"):
        document = read_pdf(raw_pdf(BROKEN[what] + b" " + TEXT, resources=RESOURCES, more=[HELVETICA]), "made.pdf")
    assert "280" in "".join("".join(body(document)).split())
