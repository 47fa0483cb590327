"""Which glyph an embedded TrueType font draws for a character, by its own `cmap` table (OpenType 1.9, format 4)."""

from __future__ import annotations

import struct

_UNICODE = {(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}
"""Platforms and encodings of tables whose codes are characters."""


def own_glyphs(font: bytes, characters: str) -> dict[str, int]:
    """The numbers of the glyphs of some characters, those aside that the font has none of; none of a font that is
    broken or does not know characters.

    >>> own_glyphs(b"no font", "1")
    {}
    """
    try:
        table = _cmap(font)
        return {c: glyph for c in characters if (glyph := _glyph(table, ord(c)))} if table else {}
    except (struct.error, IndexError):
        return {}


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


def _glyph(table: bytes, code: int) -> int:
    (twice,) = struct.unpack_from(">H", table, 6)
    for at in range(0, twice, 2):
        (end,) = struct.unpack_from(">H", table, 14 + at)
        if code > end:
            continue
        (start,) = struct.unpack_from(">H", table, 16 + twice + at)
        (delta,) = struct.unpack_from(">H", table, 16 + 2 * twice + at)
        here = 16 + 3 * twice + at
        (reach,) = struct.unpack_from(">H", table, here)
        if code < start:
            return 0
        glyph = code
        if reach:
            (glyph,) = struct.unpack_from(">H", table, here + reach + 2 * (code - start))
        return int(glyph + delta) & 0xFFFF if glyph else 0
    return 0
