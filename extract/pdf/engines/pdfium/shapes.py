"""Digits and letters by how many closed lines draw them: an 8 has three, and what a 1 is drawn with is no 8.

The map to Unicode of a font may call its digits by others, and the font itself may not say which they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.engines.pdfium.loops import handles_at, numbers_of

_LINES_OF_DIGITS: Final = {
    "0": "23",
    "1": "1",
    "2": "1",
    "3": "1",
    "4": "12",
    "5": "1",
    "6": "2",
    "7": "1",
    "8": "3",
    "9": "2",
}
_LINES_OF_LETTERS: Final = {"A": "2", "B": "3", "C": "1", "D": "2", "E": "1", "S": "1"}
"""How many closed lines draw a character, in any font that draws it once: a 0 may have a dot, a 4 be open."""

TOLD: Final = (_LINES_OF_DIGITS, _LINES_OF_LETTERS)
"""The kinds of characters that are told so. Within one kind a map exchanges them."""

_MOST: Final = 3
"""No character has more lines; a font of which one has is drawn twice, of dots or of pieces, and tells nothing."""

_LEAST: Final = 2
"""So many characters that are drawn as others contradict a map."""

_BEGINS: Final = 2
"""What PDFium calls the beginning of a line."""


def count_lines(font: int, code: int) -> int:
    """How many closed lines draw a character of a font; 0 where nothing is known of them."""
    path = call.glyph_path(font, code, 1000.0)
    count = call.count_glyph_segments(path) if path else 0
    if count <= 0:
        return 0
    kinds = numbers_of(call.segment_type, handles_at(call.glyph_segment, path, np.arange(count)))
    return int(np.count_nonzero(kinds == _BEGINS))


def are_exchanged(lines: Mapping[str, int]) -> bool:
    """Whether characters of one kind are drawn with so many lines that they must be others of it.

    >>> are_exchanged({"0": 2, "1": 1, "8": 3, "7": 1}), are_exchanged({"1": 3, "8": 1, "7": 1})
    (False, True)
    """
    expected = next((kind for kind in TOLD if lines.keys() <= kind.keys()), {})
    known = {character: count for character, count in lines.items() if count and character in expected}
    if not known or max(known.values()) > _MOST:
        return False
    return sum(str(count) not in expected[character] for character, count in known.items()) >= _LEAST
