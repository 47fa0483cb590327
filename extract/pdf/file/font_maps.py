"""Which glyph an embedded TrueType font draws for a character, by its own `cmap` table (OpenType 1.9, format 4), and
which characters a map to Unicode calls glyphs."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

_UNICODE = {(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}
"""Platforms and encodings of tables whose codes are characters."""

_BF_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_BF_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>")
_TRIPLE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*(?:<([0-9A-Fa-f]{4})>|\[([^\]]*)\])")
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")

_MOST = 4096
"""A map that names more characters is of a whole font and made by no hand."""

_LETTERS = {"Lo", "Lu", "Ll", "Nd"}
"""Kinds of characters that no font exchanges for others: signs are drawn for each other."""


def own_glyphs(font: bytes, characters: Collection[str]) -> dict[str, int]:
    """The numbers of the glyphs of some characters, those aside that the font has none of; none of a font that is
    broken or does not know characters.

    >>> own_glyphs(b"no font", "1")
    {}
    """
    segments = _segments(font)
    if segments is None:
        return {}
    asked = [c for c in characters if ord(c) < 1 << 16]
    glyphs = _glyphs(segments, np.array([ord(c) for c in asked], np.int64))
    return {c: glyph for c, glyph in zip(asked, glyphs.tolist(), strict=True) if glyph}


def contradictions(font: bytes, to_unicode: bytes) -> dict[int, int]:
    """The characters that a map to Unicode calls glyphs, though these are other ones by the font's own table: those for
    each, as a negative number where only some of what the map calls so is another one. The codes of the font are the
    numbers of its glyphs.

    >>> contradictions(b"no font", b"beginbfchar <0001> <9928> endbfchar")
    {}
    """
    called = {code: text for code, text in _called(to_unicode) if unicodedata.category(text) in _LETTERS}
    own = own_glyphs(font, {*called.values()})
    if all(own.get(text) == code for code, text in called.items()):
        return {}
    characters = _characters(font)
    found: dict[str, set[str]] = {}
    for code, text in called.items():
        other = text if own.get(text) == code else characters.get(code, text)
        is_same = unicodedata.category(other) not in _LETTERS or _folded(other) == _folded(text)
        found.setdefault(text, set()).add(text if is_same else other)
    others = {ord(text): (sorted(map(ord, its - {text})), len(its)) for text, its in found.items()}
    return {text: its[0] if count == 1 else -its[0] for text, (its, count) in others.items() if its}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper()


def _called(cmap: bytes) -> Iterator[tuple[int, str]]:
    """The codes of a map to Unicode, and the character of each that is one."""
    left = _MOST
    for part in _BF_CHARS.findall(cmap):
        for code, text in _PAIR.findall(part)[:left]:
            left -= 1
            yield int(code, 16), chr(int(text, 16))
    for part in _BF_RANGES.findall(cmap):
        for first, last, text, listed in _TRIPLE.findall(part):
            codes = range(int(first, 16), min(int(last, 16) + 1, int(first, 16) + left))
            left -= len(codes)
            texts = _HEX.findall(listed) if listed else [b"%04x" % (int(text, 16) + step) for step in range(len(codes))]
            yield from (
                (code, chr(int(one, 16))) for code, one in zip(codes, texts, strict=False) if len(one) == len(first)
            )


_Segments = tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]
"""Where runs of characters end and begin, what is added to them, where their glyphs are listed, and the list."""


def _segments(font: bytes) -> _Segments | None:
    """The runs of characters of the first subtable whose codes are characters."""
    try:
        table = _cmap(font)
        if table is None:
            return None
        (twice,) = struct.unpack_from(">H", table, 6)
        count = twice // 2
        ends, starts, deltas, reaches = (
            np.frombuffer(table, ">u2", count, at).astype(np.int64)
            for at in (14, 16 + twice, 16 + 2 * twice, 16 + 3 * twice)
        )
        words = (len(table) - 16 - 3 * twice) // 2
        return ends, starts, deltas, reaches, np.frombuffer(table, ">u2", words, 16 + 3 * twice).astype(np.int64)
    except (struct.error, IndexError, ValueError):
        return None


def _glyphs(segments: _Segments, codes: NDArray[Any]) -> NDArray[Any]:
    """The glyph of each character, 0 for none."""
    ends, starts, deltas, reaches, listed = segments
    if not len(ends) or not len(listed):
        return np.zeros(len(codes), np.int64)
    at = np.minimum(np.searchsorted(ends, codes), len(ends) - 1)
    place = at + reaches[at] // 2 + codes - starts[at]
    within = (starts[at] <= codes) & (codes <= ends[at]) & ((reaches[at] == 0) | (place < len(listed)))
    glyphs = np.where(reaches[at] == 0, codes, listed[np.clip(place, 0, len(listed) - 1)])
    found: NDArray[Any] = np.where(within & (glyphs != 0), (glyphs + deltas[at]) & 0xFFFF, 0)
    return found


def _characters(font: bytes) -> Mapping[int, str]:
    """The characters of glyphs by their numbers, the first of each."""
    segments = _segments(font)
    if segments is None:
        return {}
    codes = np.arange(1, 0xFFFE)
    glyphs = _glyphs(segments, codes)
    numbers, firsts = np.unique(glyphs, return_index=True)
    pairs = zip(numbers.tolist(), codes[firsts].tolist(), strict=True)
    return {glyph: chr(code) for glyph, code in pairs if glyph and not 0xD800 <= code < 0xE000}


def _cmap(font: bytes) -> bytes | None:
    """The first subtable of format 4 whose codes are characters."""
    (n_tables,) = struct.unpack_from(">H", font, 4)
    for number in range(min(n_tables, 64)):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"cmap":
            cmap = font[offset : offset + length]
            (n_maps,) = struct.unpack_from(">H", cmap, 2)
            for entry in range(min(n_maps, 64)):
                platform, encoding, start = struct.unpack_from(">HHI", cmap, 4 + 8 * entry)
                if (platform, encoding) in _UNICODE and cmap[start : start + 2] == b"\0\4":
                    return cmap[start:]
    return None
