"""What a file says of its fonts: maps to Unicode against the fonts' own tables, and what print is said to be."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence

import pytest

from extract.pdf.file.font_maps import contradictions, own_glyphs
from extract.pdf.file.scan import file_facts
from extract.pdf.read_pdf import read_pdf
from tests.extract.pdf.pdf_making import raw_pdf


def font_of(characters: str) -> bytes:
    """A font that is a `cmap` table alone: its glyphs, from 1 on, are those of the characters, in their order."""
    pairs = sorted((ord(character), glyph) for glyph, character in enumerate(characters, start=1))
    codes = [code for code, _ in pairs] + [0xFFFF]
    deltas = [(glyph - code) & 0xFFFF for code, glyph in pairs] + [1]
    count = len(codes)
    table = struct.pack(">7H", 4, 16 + 8 * count, 0, 2 * count, 0, 0, 0)
    table += struct.pack(f">{count}H", *codes) + b"\0\0" + struct.pack(f">{count}H", *codes)
    table += struct.pack(f">{count}H", *deltas) + bytes(2 * count)
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table
    return b"\0\1\0\0" + struct.pack(">4H", 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, 28, len(cmap)) + cmap


def map_of(characters: str) -> bytes:
    """A map to Unicode that calls the glyphs from 1 on so."""
    pairs = b"\n".join(b"<%04x> <%04x>" % (glyph, ord(one)) for glyph, one in enumerate(characters, start=1))
    space = b"1 begincodespacerange <0000> <FFFF> endcodespacerange"
    return b"begincmap\n%s\n%d beginbfchar\n%s\nendbfchar\nendcmap" % (space, len(characters), pairs)


def test_a_font_knows_the_glyphs_of_its_characters() -> None:
    assert own_glyphs(font_of("図書館"), "書館園") == {"書": 2, "館": 3}


@pytest.mark.parametrize(
    ("called", "told"),
    [
        ("図書館公園", {}),
        ("図書園公館", {"園": "館", "館": "園"}),
        ("図書駅公園", {"駅": "館"}),
        ("図書園公園", {"園": "-館"}),  # one of both is what it is called
    ],
)
def test_a_map_that_calls_a_glyph_another_character_than_the_font_does_is_contradicted(
    called: str, told: dict[str, str]
) -> None:
    found = contradictions(font_of("図書館公園"), map_of(called))
    assert {chr(text): "-" * (other < 0) + chr(abs(other)) for text, other in found.items()} == told


def test_glyphs_that_are_no_characters_signs_and_lookalikes_contradict_nothing() -> None:
    assert contradictions(font_of("－一"), map_of("−⼀辻")) == {}


def test_ranges_of_a_map_call_glyphs_one_after_the_other_or_one_by_one() -> None:
    ranges = b"begincmap 2 beginbfrange <0001> <0002> <0042> <0003> <0003> [<0043>] endbfrange endcmap"
    assert contradictions(font_of("ABC"), ranges) == {ord("B"): ord("A"), ord("C"): -ord("B")}


def test_numbers_said_in_streams_written_in_letters_are_held_against_the_print() -> None:
    content = b"BT /F1 9 Tf /Span <</ActualText (15)>> BDC <01> Tj EMC ET"
    written = base64.a85encode(zlib.compress(content)) + b"~>"
    data = b"4 0 obj\n<< /Filter [ /ASCII85Decode /FlateDecode ] /Length %d >>\nstream\n%s\nendstream\nendobj\n"
    assert file_facts(data % (len(written), written)).is_contested


def drawn_font(lines: Sequence[int]) -> bytes:
    """A font whose glyphs from 1 on are drawn with so many squares each, and that does not say which characters they
    are."""
    glyphs = [b"", *map(_squares, lines)]
    offsets = [sum(map(len, glyphs[:number])) for number in range(len(glyphs) + 1)]
    count = len(glyphs)
    tables = {
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(">IIIIHHQQ4h4Hh", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 900, 900, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, 900, -100, 0, 1000, *bytes(11), count),
        b"hmtx": struct.pack(">HH", 1000, 0) * count,
        b"loca": struct.pack(f">{count + 1}I", *offsets),
        b"maxp": struct.pack(">I14H", 0x10000, count, 64, 8, *bytes(11)),
    }
    head, body, at = struct.pack(">I4H", 0x10000, len(tables), 0, 0, 0), b"", 12 + 16 * len(tables)
    for tag, table in tables.items():
        head += struct.pack(">4sIII", tag, 0, at + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return head + body


def _squares(count: int) -> bytes:
    ends = struct.pack(f">{count}H", *range(3, 4 * count, 4))
    steps = [(100, 100), (0, 100), (100, 0), (0, -100)] + [(100, 0), (0, 100), (100, 0), (0, -100)] * (count - 1)
    points = [struct.pack(f">{len(steps)}h", *(step[axis] for step in steps)) for axis in (0, 1)]
    glyph = struct.pack(">5h", count, 100, 0, 900, 900) + ends + b"\0\0" + b"\1" * len(steps) + b"".join(points)
    return glyph + bytes(-len(glyph) % 4)


def pdf_of(font: bytes, called: str) -> bytes:
    """A PDF that prints all glyphs of a font side by side, which its map calls so."""
    cmap = map_of(called)
    more = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+D /Encoding /Identity-H /DescendantFonts [6 0 R] "
        b"/ToUnicode 9 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+D /CIDToGIDMap /Identity /DW 1000 /FontDescriptor "
        b"7 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Type /FontDescriptor /FontName /AAAAAA+D /Flags 4 /FontBBox [0 -100 1000 900] /Ascent 900 /Descent -100 "
        b"/ItalicAngle 0 /CapHeight 700 /StemV 80 /FontFile2 8 0 R >>",
        b"<< /Length %d /Length1 %d >>\nstream\n%s\nendstream" % (len(font), len(font), font),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
    )
    codes = b"".join(b"%04x" % glyph for glyph in range(1, len(called) + 1))
    return raw_pdf(b"BT /D 9 Tf 40 400 Td <%s> Tj ET" % codes, resources=b"<< /Font << /D 5 0 R >> >>", more=more)


@pytest.mark.parametrize(
    ("lines", "called", "told"),
    [
        ((1, 3, 1), "187", []),
        ((3, 1, 1), "187", ["???"]),
        ((1, 2), "AC", ["??"]),
        ((2, 1), "AC", []),
        ((2, 6, 2), "187", []),  # each drawn twice
        ((1, 2), "18", []),  # one alone may be a way to draw it
    ],
)
def test_digits_and_letters_drawn_with_the_lines_of_others_are_told(
    lines: Sequence[int], called: str, told: list[str]
) -> None:
    document = read_pdf(pdf_of(drawn_font(lines), called), "drawn.pdf")
    assert [line.text for line in document.lines] == [called]
    assert [one.observed for one in document.problems if one.rule == "readers-disagree"] == told
