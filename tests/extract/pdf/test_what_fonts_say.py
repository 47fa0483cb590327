"""What a file says of its fonts: maps to Unicode against the fonts' own tables, and what print is said to be."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest

from extract.pdf.file.font_maps import contradictions, own_glyphs
from extract.pdf.file.scan import file_facts


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
    pairs = b" ".join(b"<%04x> <%04x>" % (glyph, ord(one)) for glyph, one in enumerate(characters, start=1))
    return b"begincmap 1 beginbfchar %s endbfchar endcmap" % pairs


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
