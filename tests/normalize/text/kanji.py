"""Numerals in kanji, as tests write them."""

from __future__ import annotations

from normalize.text.numerals import KANJI_DIGITS

_TENS = {"十": 10, "百": 100, "千": 1000}


def kanji_numeral(number: int) -> str:
    """The numeral that `integer` reads back, for 0 to 9999.

    >>> kanji_numeral(10), kanji_numeral(29), kanji_numeral(1500)
    ('十', '二十九', '千五百')
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"a number from 0 to 9999 is expected, not {number}")
    if number < 10:
        return KANJI_DIGITS[number]
    written = ""
    for mark, size in reversed(_TENS.items()):
        count, number = divmod(number, size)
        written += ("" if count == 1 else KANJI_DIGITS[count]) + mark if count else ""
    return written + (KANJI_DIGITS[number] if number else "")
