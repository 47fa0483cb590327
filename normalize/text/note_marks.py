"""The marks of notes, in one grammar for labels, numbers, names and the notes themselves: ※1, (注2), *, ¹.

The signs stand in `schemas/codes/bullets.csv`. A sign may stand without a number; the word 注 only in brackets, for
without them it may end a word (発注).
"""

from __future__ import annotations

from typing import Final

from schemas.codes.signs import leading

SIGNS: Final = leading("note")
"""The signs that a note begins with, for a class of characters: ※, * of either width."""

ONLY_SIGNS: Final = leading("note", never=("sign",))
"""The same without those that are a sign of reckoning, too."""

RECKONING: Final = "".join(sign for sign in SIGNS if sign not in ONLY_SIGNS)
"""Signs of notes between two numbers that may be a product: 3*2."""

WORD: Final = "注"
KIND: Final = f"[{SIGNS}]|(?<![発受外特別脚傾頭]){WORD}"
"""What kind of mark it is: a sign, or the word for a note; no end of 発注."""

RAISED: Final = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
"""Raised digits, for a class of characters. They are marks of notes by themselves."""

RAISED_TO_DIGITS: Final = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")

_DIGIT: Final = "[0-9０-９]"
BEHIND: Final = (
    rf"(?:[(（](?:{KIND})\s*{_DIGIT}{{0,2}}[)）]|[{SIGNS}]\s*{_DIGIT}{{0,2}}|{WORD}\s*{_DIGIT}{{1,2}}[)）]?)"
)
"""A mark behind what it is a note of, its number on the line: 実績※1, 44人(注2), 達成率*."""

CIRCLED: Final = "[①-⒇⒜-⓿❶-➓㋐-㋾]"
"""A number or letter in a circle or bracket of its own; behind a number it marks a note, behind a label an item."""

BEGINS: Final = rf"\s*[(（]?(?:[{ONLY_SIGNS}]|{WORD}(?=[0-9０-９:：.．、)）\s]|$))"
"""How the line of a note begins: ※, (注, 注1; no 注目される点."""
