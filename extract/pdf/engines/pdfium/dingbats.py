"""Fonts of pictures by their codes: they have pictures in place of letters, and say nothing of what these are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_WINGDINGS: Final = {
    "l": "●", "m": "❍", "n": "■", "o": "□", "p": "❐", "q": "❑", "r": "❒", "s": "⬧", "t": "⧫", "u": "◆", "v": "❖",
    "w": "⬥", "x": "⌧", "\u009f": "•", "\u00a1": "○", "\u00a4": "◉", "\u00a5": "◎", "\u00a7": "▪", "\u00a8": "◻",
    "\u00d8": "➢", "\u00e0": "→", "\u00e8": "➔", "\u00f0": "⇨", "\u00fb": "✗", "\u00fc": "✓", "\u00fd": "☒",
    "\u00fe": "☑",
}  # fmt: skip
_WINGDINGS_2: Final = {
    "O": "✗", "P": "✓", "Q": "☒", "R": "☑", "S": "☒", "T": "☒", "U": "⊗", "V": "⊗", "\u0097": "●", "\u0098": "●",
    "\u0099": "◉", "\u009a": "◎", "\u009f": "■", "\u00a0": "■", "\u00a1": "■", "\u00a2": "■", "\u00a3": "□",
    "\u00a4": "□", "\u00ab": "★",
}  # fmt: skip
_WINGDINGS_3: Final = {
    "p": "▲",
    "q": "▼",
    "r": "△",
    "s": "▽",
    "t": "◀",
    "u": "▶",
    "f": "←",
    "g": "→",
    "h": "↑",
    "i": "↓",
}
_WEBDINGS: Final = {"a": "✔", "r": "✗", "c": "□", "g": "■", "n": "●", "Y": "♥"}
_FAMILIES: Final = {
    "wingdings": _WINGDINGS,
    "wingdings2": _WINGDINGS_2,
    "wingdings3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}
_LETTERS: Final = range(0x21, 0x100)
_SYMBOLS: Final = 0xF000
"""Fonts of symbols number their pictures from here on."""


def pictures_of(font: str) -> Mapping[int, int] | None:
    """The characters of a font's pictures by the codes of letters, 0 where nobody knows; None of other fonts.

    >>> pictures = pictures_of("Wingdings-Regular")
    >>> chr(pictures[ord("l")]), chr(pictures[0xF06C]), pictures[ord("J")], pictures_of("Gothic") is None
    ('●', '●', 0, True)
    """
    family = _FAMILIES.get(font.lower().replace(" ", "").partition("-")[0])
    if family is None:
        return None
    known = {code: ord(family[chr(code)]) if chr(code) in family else 0 for code in _LETTERS}
    return known | {code + _SYMBOLS: picture for code, picture in known.items()}
