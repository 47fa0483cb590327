"""pdfminer's fonts without ranges that never end: it writes out each, and a broken one names a billion characters."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, resolve1

_LAST = 65_535
"""The last character that a font can number (PDF 1.7, App. C)."""

_MOST_MAPPED = 8 * _LAST
"""Characters that the ranges of a map may hold together: some programs write a range twice, none eight times."""

_RANGES = re.compile(rb"begin(?:bf|cid)range(.*?)(?:end(?:bf|cid)range|\Z)", re.DOTALL)
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]{1,16})\s*>\s*<\s*([0-9A-Fa-f]{1,16})\s*>\s*(?:<[^<>]*>|[\[0-9])")
_ARRAY = re.compile(rb"\[[^\[\]]*\]")


class BoundedFonts(PDFResourceManager):
    """Makes fonts of their dictionaries as pdfminer does, the broken ranges in them cut off or left out."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """A font. `objid` is None for one within another; pdfminer asks for it here as well."""
        bounded = {key: _to_bounded(key, value) for key, value in spec.items()}
        return super().get_font(objid, {key: value for key, value in bounded.items() if value is not None})


def _to_bounded(key: str, value: object) -> object:
    """An entry of a font's dictionary; None for a map to Unicode that is of no use."""
    if key in ("W", "W2") and isinstance(widths := resolve1(value), list):
        return [max(-_LAST, min(_LAST, number)) if isinstance(number, int) else number for number in widths]
    if key == "ToUnicode" and isinstance(stream := resolve1(value), PDFStream) and _is_endless(stream.get_data()):
        return None
    return value


def _is_endless(cmap: bytes) -> bool:
    """Whether the ranges of a map to Unicode, taken together, hold many times the characters that a font has.

    >>> _is_endless(b"beginbfrange <0000> <FFFF> <0041>"), _is_endless(b"beginbfrange <00000000> <FFFFFFFF> <0041>")
    (False, True)
    >>> _is_endless(b"beginbfrange" + b" <0000> <FFFF> <0041>" * 9 + b" endbfrange")
    True
    >>> _is_endless(b"beginbfchar" + b" <0000> <FFFF>" * 900 + b" endbfchar")
    False
    """
    room = _MOST_MAPPED
    for section in _RANGES.finditer(cmap):
        for found in _RANGE.finditer(_ARRAY.sub(b"[", section[1])):
            room -= max(int(found[2], 16) - int(found[1], 16), 0)
            if room < 0:
                return True
    return False
