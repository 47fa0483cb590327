"""pdfminer's fonts without ranges that never end: it writes out each, and a broken one names a billion characters."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, resolve1

_LAST = 65_535
"""The last character that a font can number (PDF 1.7, App. C)."""

_WIDE_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]{5,16})\s*>\s*<\s*([0-9A-Fa-f]{5,16})\s*>")


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
    """Whether a map to Unicode has a range of more characters than a font has. Codes of four digits have none.

    >>> _is_endless(b"<0000> <FFFF> <0041>"), _is_endless(b"<00000000> <FFFFFFFF> <0041>")
    (False, True)
    """
    return any(int(found[2], 16) - int(found[1], 16) > _LAST for found in _WIDE_RANGE.finditer(cmap))
