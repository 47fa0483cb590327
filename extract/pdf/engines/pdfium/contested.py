"""Characters that a font draws otherwise than its map to Unicode calls them: read as they are drawn, or told."""

from __future__ import annotations

import numpy as np

from extract.pdf.engines.pdfium.fonts import Fonts
from extract.pdf.engines.pdfium.loops import Handles
from extract.pdf.engines.pdfium.shapes import TOLD
from extract.pdf.model.glyph_array import Ints, from_codes
from extract.pdf.model.raw_page import Dispute

_BLANK = 0x20

_TOLD = [ord(character) for kind in TOLD for character in kind]
_DOUBTED = "?"
"""Stands for a character that is not what its font's map says."""


def corrected(letters: Ints, starts: Ints, font_of: Handles, fonts: Fonts) -> tuple[Ints, tuple[Dispute, ...]]:
    """The characters, digits read as the fonts draw them where their maps say others, and both readings of these.

    A font that draws a digit for a blank may have more of them in each number than PDFium tells.
    """
    wrong = {font: changes for font in {*font_of.tolist()} if (changes := fonts.corrections(font))}
    if not wrong:
        return letters, ()
    right = letters.copy()
    disputes: dict[Dispute, None] = {}
    for start, stop, font in zip(starts.tolist(), [*starts[1:].tolist(), len(letters)], font_of.tolist(), strict=True):
        if font in wrong:
            printed = from_codes(letters[start:stop])
            if (hidden := wrong[font].get(_BLANK)) and any(map(str.isdigit, printed)):
                disputes[Dispute(printed, f"{printed} + {chr(hidden)}")] = None
            codes = letters[start:stop].tolist()
            if in_part := [code for code in codes if wrong[font].get(code, 0) < 0]:
                other = printed.translate({code: -wrong[font][code] for code in in_part})
                disputes[Dispute(printed, other)] = None
            part = [max(wrong[font].get(code, code), 0) or code for code in codes]
            if part != codes:
                right[start:stop] = part
                disputes[Dispute("".join(map(chr, part)), printed)] = None
    return right, tuple(disputes)


def doubted(letters: Ints, starts: Ints, font_of: Handles, fonts: Fonts) -> list[Dispute]:
    """The texts of which some digits or letters are drawn as others, with a mark in place of each."""
    owners = np.repeat(font_of, np.diff(starts, append=len(letters)))
    at = np.flatnonzero(np.isin(letters, _TOLD))
    used: dict[int, set[str]] = {}
    for font, code in {*zip(owners[at].tolist(), letters[at].tolist(), strict=True)}:
        used.setdefault(font, set()).add(chr(code))
    doubted = {
        font: dict.fromkeys(map(ord, found), _DOUBTED)
        for font, its in used.items()
        if not fonts.corrections(font) and (found := fonts.exchanged(font, sorted(its)))
    }
    if not doubted:
        return []
    disputes: dict[Dispute, None] = {}
    for start, stop, font in zip(starts.tolist(), [*starts[1:].tolist(), len(letters)], font_of.tolist(), strict=True):
        if font in doubted and (printed := from_codes(letters[start:stop])) != printed.translate(doubted[font]):
            disputes[Dispute(printed, printed.translate(doubted[font]))] = None
    return [*disputes]
