"""Numerals: digits of either width and Japanese numerals as integers."""

from __future__ import annotations

from typing import Final

from normalize.text.folding import narrow

KANJI_DIGITS: Final = "〇一二三四五六七八九"
KANJI_NUMERALS: Final = KANJI_DIGITS + "十百千"

_TENS: Final = {"十": 10, "百": 100, "千": 1000}


def integer(text: str) -> int | None:
    """The integer that a numeral below 10,000 writes: digits, 二十九, 二九, 百二; None for anything else.

    >>> integer("２９"), integer("二十九"), integer("二〇二五"), integer("千五百"), integer("三つ")
    (29, 29, 2025, 1500, None)
    """
    numeral = narrow(text).strip()
    if numeral.isascii():
        return int(numeral) if numeral.isdecimal() else None
    if not set(numeral) <= set(KANJI_NUMERALS):
        return None
    if set(numeral) <= set(KANJI_DIGITS):
        return int("".join(str(KANJI_DIGITS.index(digit)) for digit in numeral))
    return _positional(numeral)


def _positional(numeral: str) -> int | None:
    """百二十三 by its tens; None where a size stands twice or out of order (十百), or a digit beside a digit."""
    total, digit, below = 0, None, 10_000
    for mark in numeral:
        if size := _TENS.get(mark):
            if size >= below or digit == 0:
                return None
            total, digit, below = total + (1 if digit is None else digit) * size, None, size
        elif digit is not None:
            return None
        else:
            digit = KANJI_DIGITS.index(mark)
    return None if digit is not None and below == 10_000 else total + (digit or 0)
