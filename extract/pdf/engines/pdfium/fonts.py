"""What the fonts of a page say of themselves: their names, how far they reach, which characters their glyphs are."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.engines.pdfium.loops import fill_rows, handles_at
from extract.pdf.engines.pdfium.shapes import TOLD, are_exchanged, count_lines
from extract.pdf.file.font_maps import contradictions, own_glyphs
from extract.pdf.file.scan import FileFacts

_DIGITS = "0123456789"
_BLANK = " "
_MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz○◎△▲×□■"
"""What judges besides digits: one for the other is another grade."""

_TRUE_TYPE = (b"\0\1\0\0", b"true")

_USUAL_DESCENT = -0.14
"""How far Japanese fonts reach below the baseline, in font sizes: taken where a font does not say."""

_LARGEST = 1 << 25
"""So many bytes of a font are looked into; whole Japanese fonts have some millions."""


@dataclass(frozen=True, slots=True)
class FontNotes:
    """What was found of the fonts of a file on its pages so far, by their names and sizes: for which characters they
    draw others, and with how many lines they draw some."""

    corrected: dict[tuple[str, int], Mapping[int, int]] = field(default_factory=dict)
    lines: dict[tuple[str, int], dict[str, int]] = field(default_factory=dict)


class Fonts:
    """What is asked of the fonts of one page. PDFium may give their handles to others when the page is closed."""

    def __init__(self, facts: FileFacts, document: Any, notes: FontNotes) -> None:
        """`facts` are what the bytes of the file tell, `document` is PDFium's; `notes` are kept from page to page."""
        self._facts = facts
        self._document = document
        self._notes = notes
        self._names: dict[int, str] = {}
        self._whole_names: dict[int, str] = {}
        self._descents: dict[int, float] = {}
        self._own: dict[int, Mapping[int, int]] = {}

    @property
    def names(self) -> frozenset[str]:
        """The names of the fonts that were asked for, without marks of subsets."""
        return frozenset(self._names.values())

    def name(self, font: int) -> str:
        """The name of a font without the mark of a subset."""
        if font not in self._names:
            buffer = ctypes.create_string_buffer(256)
            if font:
                call.base_font_name(font, ctypes.addressof(buffer), 256)
            name = buffer.value.decode("utf-8", "replace")
            self._whole_names[font] = name
            self._names[font] = name.partition("+")[2] or name
        return self._names[font]

    def is_silent(self, font: int) -> bool:
        """Whether a font does not say which characters its glyphs are."""
        return self.name(font) in self._facts.silent

    def is_nameless(self, font: int) -> bool:
        """Whether a font calls its glyphs by names that say nothing, and has no map."""
        return self.name(font) in self._facts.nameless

    def is_misnumbered(self, font: int) -> bool:
        """Whether a font numbers its glyphs in a way of its own and says it were that of a known collection."""
        return self.name(font) in self._facts.misnumbered

    def corrections(self, font: int) -> Mapping[int, int]:
        """Characters for which a font draws what is another by its own table, that one for each.

        Digits, marks and the blank are told by what is drawn, letters too by the numbers of their glyphs. A number is
        negative where only some of what the map calls so is another character.

        A map to Unicode may be shifted or made to mislead; then every engine reads the wrong number.
        """
        size = ctypes.c_size_t()
        if not font or call.is_embedded(font) != 1 or not call.font_data(font, 0, 0, ctypes.addressof(size)):
            return {}  # what stands in for a font that is not embedded has tables of its own
        key = (self.name(font), size.value)
        if key not in self._notes.corrected:
            data = font_file(font)
            map_of_glyphs = self._facts.maps.get(self._whole_names[font], b"")
            of_letters = contradictions(data, map_of_glyphs) if data.startswith(_TRUE_TYPE) and map_of_glyphs else {}
            self._notes.corrected[key] = {**self._contradictions(font, data), **of_letters}
        return self._notes.corrected[key]

    def exchanged(self, font: int, characters: Collection[str]) -> frozenset[str]:
        """Those of some digits and letters that a font draws as others, and all that are of one kind with them."""
        if not font or call.is_embedded(font) != 1:
            return frozenset()
        size = ctypes.c_size_t()
        call.font_data(font, 0, 0, ctypes.addressof(size))
        lines = self._notes.lines.setdefault((self.name(font), size.value), {})
        for character in characters:
            if character not in lines:
                lines[character] = count_lines(font, ord(character))
        kinds = ({c: lines[c] for c in kind if c in lines} for kind in TOLD)
        return frozenset(character for kind in kinds if are_exchanged(kind) for character in kind)

    def _contradictions(self, font: int, data: bytes) -> Mapping[int, int]:
        known = own_glyphs(data, _DIGITS + _MARKS) if data.startswith(_TRUE_TYPE) else {}
        if len(known) < 2:
            return {}
        bytes_of_font = ctypes.cast(ctypes.c_char_p(data), ctypes.POINTER(ctypes.c_ubyte))
        alone = raw.FPDFText_LoadFont(self._document, bytes_of_font, len(data), raw.FPDF_FONT_TRUETYPE, 1)
        if not alone:
            return {}
        try:
            shapes = {ord(character): outline(call.address_of(alone), ord(character)) for character in known}
        finally:
            raw.FPDFFont_Close(alone)
        own = {shape: code for code, shape in shapes.items() if shape}
        drawn = {ord(character): outline(font, ord(character)) for character in _DIGITS + _BLANK + _MARKS}
        # A mark that the font does not have itself may be drawn as one like it.
        asked = [code for code in drawn if code in shapes or chr(code) in _DIGITS + _BLANK]
        found = {code: own[drawn[code]] for code in asked if drawn[code] in own and drawn[code] != shapes.get(code)}
        return {code: other for code, other in found.items() if chr(other).upper() != chr(code).upper()}

    def descent(self, font: int) -> float:
        """How far a font reaches below the baseline, in font sizes, as negative."""
        if font not in self._descents:
            # PDFium gives a number of its own where the font's is nought.
            descent = self._facts.descents.get(self.name(font))
            self._descents[font] = self._own_descent(font) if descent is None else descent
        return self._descents[font]

    def _own_descent(self, font: int) -> float:
        depth = ctypes.c_float()
        is_known = bool(font) and call.font_descent(font, 1.0, ctypes.addressof(depth))
        return depth.value if is_known and -0.5 < depth.value < 0.0 else _USUAL_DESCENT

    def own_characters(self, font: int) -> Mapping[int, int]:
        """The characters of glyphs by their numbers, as the embedded font itself has them (its `cmap` table)."""
        if font not in self._own:
            self._own[font] = _characters_of(font_file(font))
        return self._own[font]


def outline(font: int, code: int) -> bytes:
    """What a font draws for a character, as something to compare; empty where it draws nothing."""
    path = call.glyph_path(font, code, 1000.0)
    count = call.count_glyph_segments(path) if path else 0
    if count <= 0:
        return b""
    segments = handles_at(call.glyph_segment, path, np.arange(count))
    points = np.zeros((count, 2), np.float32)
    fill_rows(call.segment_point, segments, points, parts=2)
    return np.round(points).tobytes()


def font_file(font: int) -> bytes:
    """The bytes of an embedded font; none where it is not embedded or too large."""
    size = ctypes.c_size_t()
    if not font or not call.font_data(font, 0, 0, ctypes.addressof(size)) or not 0 < size.value <= _LARGEST:
        return b""
    buffer = ctypes.create_string_buffer(size.value)
    call.font_data(font, ctypes.addressof(buffer), size.value, ctypes.addressof(size))
    return buffer.raw


def _characters_of(data: bytes) -> dict[int, int]:
    if not data:
        return {}
    from pdfminer.pdffont import TrueTypeFont

    try:
        found = TrueTypeFont("font", io.BytesIO(data)).create_unicode_map().cid2unichr
    except Exception:  # what a font file holds may be anything, and whatever fails says nothing of characters
        return {}
    return {glyph: ord(text) for glyph, text in found.items() if len(text) == 1}
