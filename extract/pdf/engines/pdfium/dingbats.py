"""Wingdings by its codes: a font of pictures in place of letters, that says nothing of what they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_PICTURES: Final = {
    "l": "●", "m": "❍", "n": "■", "o": "□", "p": "❐", "q": "❑", "r": "❒", "s": "⬧", "t": "⧫", "u": "◆", "v": "❖",
    "w": "⬥", "x": "⌧", "\u009f": "•", "\u00a1": "○", "\u00a4": "◉", "\u00a5": "◎", "\u00a7": "▪", "\u00a8": "◻",
    "\u00d8": "➢", "\u00e0": "→", "\u00e8": "➔", "\u00f0": "⇨", "\u00fb": "✗", "\u00fc": "✓", "\u00fd": "☒",
    "\u00fe": "☑",
}  # fmt: skip

WINGDINGS: Final[Mapping[int, int]] = {
    code + base: ord(picture)
    for letter, picture in _PICTURES.items()
    for code, base in ((ord(letter), 0), (ord(letter), 0xF000))
}
"""The characters of the pictures by their codes, as they are and as fonts of symbols number them (U+F020 on)."""


def is_wingdings(font: str) -> bool:
    """Whether a font, by its name, is the first one of the family.

    >>> is_wingdings("Wingdings-Regular"), is_wingdings("Wingdings2")
    (True, False)
    """
    return font.lower().replace(" ", "").partition("-")[0] == "wingdings"
