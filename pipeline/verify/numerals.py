"""Numbers of a print by plain arithmetic, apart from the reader's grammar: what verification holds values against.

A reader that takes a number wrongly would find itself right if verification asked it again. Here only the characters
count: runs of digits, the characters for powers of ten beside them, and a sign in front.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import product
from math import prod
from typing import Final

_POWERS: Final = {"十": 1, "百": 2, "千": 3, "万": 4, "億": 8, "兆": 12}
"""The power of ten that each character multiplies by."""

_PARTS: Final = {"割": Decimal(10), "分": Decimal(1), "半": Decimal("0.5")}
"""What one of a part counts for, in per cent; 半 is half of one."""

_MINUS: Final = frozenset("-−‐–—ー△▲Δマ")
"""Signs of a negative number, マ of マイナス."""

_DIGITS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_SPREAD: Final = re.compile(r"[0-9](?: +[0-9])+")
_KANJI: Final = "〇零一二三四五六七八九"
_WRITTEN: Final = re.compile(rf"[0-9][0-9,.]*|[{_KANJI}]|[{''.join(_POWERS)}]|\s+")


def can_print(text: str, value: Decimal, factors: Iterable[Decimal] = (Decimal(1),)) -> bool:
    """Whether a print can say a value, up to one of the factors of its unit, and a negative one only with a sign.

    >>> can_print("1億2,000万円", Decimal(120_000_000)), can_print("約８割５分", Decimal(85))
    (True, True)
    >>> can_print("12人", Decimal(-12)), can_print("1,234", Decimal(1243)), can_print("13件", Decimal(3))
    (False, False, False)
    """
    printed = _plain(text)
    if value < 0 and not _MINUS & set(printed):
        return False
    size = float(abs(value))
    return any(float(number * factor) == size for number, factor in product({*_numbers(printed)}, {*factors}))


def _plain(text: str) -> str:
    """Half-width characters, without what has no glyph, marks of notes (¹) and of items (①)."""
    seen = (" " if unicodedata.category(character) == "No" else character for character in text)
    return unicodedata.normalize("NFKC", "".join(one for one in seen if unicodedata.category(one) not in {"Cf", "Mn"}))


def _numbers(printed: str) -> Iterator[Decimal]:
    """Each run of digits as it stands, with the power of ten behind it, and sums of such runs (1億2,000万, 8割5分)."""
    for digits in (*_DIGITS.findall(printed), *_SPREAD.findall(printed)):
        yield Decimal(re.sub("[, ]", "", digits))
    for run in _runs(printed):
        yield from _sums(run)
    parts = re.findall(r"([0-9]+(?:\.[0-9]+)?)\s*割(?:\s*([0-9])\s*分)?", printed)
    yield from (Decimal(tenths) * _PARTS["割"] + Decimal(rest or 0) * _PARTS["分"] for tenths, rest in parts)
    yield from (Decimal(whole) + _PARTS["半"] for whole in re.findall(r"([0-9]+)\D{1,3}半", printed))


def _runs(printed: str) -> Iterator[list[str]]:
    """Runs of digits and of characters for digits and powers of ten that stand together."""
    run: list[str] = []
    end = 0
    for match in _WRITTEN.finditer(printed):
        if match.start() != end and run:
            yield run
            run = []
        end = match.end()
        if match[0].strip():
            run.append(match[0])
    if run:
        yield run


def _sums(run: list[str]) -> Iterator[Decimal]:
    """What a run adds up to from each of its places on: (1, 億, 2,000, 万) is 120,000,000, or 20,000,000."""
    for start in range(len(run)):
        total, section, number = Decimal(0), Decimal(0), None
        for sign in run[start:]:
            if sign in _POWERS and _POWERS[sign] >= _POWERS["万"]:
                total += (section + (number or 0) or 1) * 10 ** _POWERS[sign]
                section, number = Decimal(0), None
            elif sign in _POWERS:
                section += (1 if number is None else number) * 10 ** _POWERS[sign]
                number = None
            else:
                digit = Decimal(_KANJI.index(sign) - 1 if sign in _KANJI else sign.replace(",", "").rstrip(".") or 0)
                number = digit if number is None else number * 10 + digit
            yield total + section + (number or 0)


def factors_of(unit_print: str) -> set[Decimal]:
    """What a number may be multiplied by as the print of its unit says: 千円, 百万円, 割.

    >>> sorted(factors_of("（単位：百万円）"))
    [Decimal('1'), Decimal('1000000')]
    """
    printed = _plain(unit_print)
    found = {Decimal(1)}
    for scale in re.findall(rf"[{''.join(_POWERS)}]+", printed):
        found.add(prod((Decimal(10) ** _POWERS[sign] for sign in scale), start=Decimal(1)))
    return found | ({_PARTS["割"]} if "割" in printed else set())
