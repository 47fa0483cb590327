"""Characters as an engine gives them: which can be passed on, and which nobody can tell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from extract.pdf.model.raw_page import UNMAPPED

_UNMAPPED = re.compile(f"[{UNMAPPED}\ue000-\uf8ff\U000f0000-\U0010ffff]")


def plain_text(text: str) -> str:
    """Text as it can be passed on: control characters and lone surrogates are characters nobody knows."""
    if text.startswith("(cid:"):
        return UNMAPPED
    if text == "\u0336":
        # pdfminer's table of Adobe-Japan1 takes the dash for a stroke laid over the character before it.
        return "—"
    if text.isprintable():
        return text
    return "".join(_plain_character(character) for character in text)


def _plain_character(character: str) -> str:
    if character in "\t\n\r\f\v\x85\u2028\u2029":
        return " "
    return UNMAPPED if unicodedata.category(character) in ("Cc", "Cs", "Cn") else character


def count_unmapped(texts: Iterable[str]) -> int:
    """How many of some characters nobody can tell: they have no map, or a code of private use.

    >>> count_unmapped(["市", chr(0xE000), UNMAPPED])
    2
    """
    every = texts if isinstance(texts, str) else tuple(texts)
    whole = every if isinstance(every, str) else "".join(every)
    return sum(map(is_unmapped, every)) if _UNMAPPED.search(whole) else 0


def is_unmapped(text: str) -> bool:
    """Whether nobody can tell which character this is."""
    return _UNMAPPED.search(text) is not None
