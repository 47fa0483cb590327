"""Marks of notes: small raised digits behind a text, written as the characters of their own that Unicode has for them.

Left as digits they would be read as part of the number that they stand at: 135 with note 1 is 135¹, and not 1351.
"""

from __future__ import annotations

import re
from typing import Final

from schemas.codes.signs import leading

_SIGN: Final = f"[{leading('note')}]"
_KIND: Final = f"(?:{_SIGN}|注)?"
_NUMBERED: Final = rf"{_KIND}[(（]?[0-9]{{1,2}}[)）]?(?:[,、]{_KIND}[0-9]{{1,2}}[)）]?)*"
NOTE_MARK: Final = re.compile(rf"{_NUMBERED}|[(（]{_KIND}[0-9]{{0,2}}[)）]|{_SIGN}{{1,3}}|[†‡]{{1,3}}|注[)）]?")
"""A whole mark: 1), ※2, （注1）, (注), ※, *, †."""

SUPERSCRIPTS: Final = str.maketrans("0123456789()（）abcde", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁽⁾ᵃᵇᶜᵈᵉ")


def raised(text: str) -> str:
    """A text that is set raised: the mark of a note in raised characters, other words as they stand.

    >>> raised("1"), raised("※2)"), raised("（注1）"), raised("新規")
    ('¹', '※²⁾', '⁽注¹⁾', '新規')
    """
    return text.translate(SUPERSCRIPTS) if NOTE_MARK.fullmatch(text.strip()) else text
