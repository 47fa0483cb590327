"""The text that a file says a piece of print stands for (`/ActualText`), where its font tells another character.

Browsers write fonts whose map knows one character a glyph: ・ then reads as ‧, 月 as the radical ⽉. The right one
stands beside the print, in the properties of its marked content (ISO 32000-2, 14.9.4).
"""

from __future__ import annotations

import re
import unicodedata

from pdfminer.layout import LTChar
from pdfminer.utils import decode_text


class ActualText:
    """The marked content that a page is in, and the characters painted there."""

    def __init__(self) -> None:
        self._open: list[tuple[str | None, list[LTChar]]] = []
        self.contested: list[tuple[str, str]] = []
        """Numbers that are printed by their font, and the others that they are said to stand for."""

    def begin(self, properties: object) -> None:
        """Enter a piece of marked content."""
        said = properties.get("ActualText") if isinstance(properties, dict) else None
        self._open.append((decode_text(said) if isinstance(said, bytes) else None, []))

    def paint(self, character: LTChar) -> None:
        """Note the character that was painted last; it may be told again when nothing was painted since."""
        for said, characters in self._open:
            if said is not None and (not characters or characters[-1] is not character):
                characters.append(character)

    def end(self) -> None:
        """Leave the innermost piece and give its characters the text that they stand for.

        A number stands for itself: where the font prints another one than is said, its characters stay and both are
        noted. One glyph stands for the whole text; several do, one for one, where they are as many as its characters.
        Of any other text nobody can say which glyph prints what, so the font's characters stay.
        """
        if not self._open:
            return
        said, characters = self._open.pop()
        if not said or not said.strip():
            return
        printed = "".join(character.get_text() for character in characters)
        if _other_number(printed, said) or _other_grade(printed, said):
            self.contested.append((printed, said))
            return
        if len(characters) == 1:
            characters[0]._text = said
        elif len(characters) == len(said):
            for character, text in zip(characters, said, strict=True):
                character._text = text


def _other_number(printed: str, said: str) -> bool:
    """Whether two texts have different digits.

    >>> _other_number("135", "153"), _other_number("①", "1"), _other_number("1/2", "½")
    (True, False, False)
    """
    ours, theirs = (re.sub(r"\D", "", unicodedata.normalize("NFKC", text)) for text in (printed, said))
    return ours != theirs and len(ours) == len(theirs)


def _other_grade(printed: str, said: str) -> bool:
    """Whether two texts are different letters.

    >>> _other_grade("A", "B"), _other_grade("Ａ", "A"), _other_grade("⽉", "月")
    (True, False, False)
    """
    ours, theirs = (unicodedata.normalize("NFKC", text).strip() for text in (printed, said))
    return ours != theirs and all(len(text) == 1 and text in "SABCDE" for text in (ours, theirs))
