"""Cells of number tables: a number, two numbers (26,200(16,100)), or words where a number is expected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalize.document.text_span import Excerpt
from normalize.text.folding import narrow
from normalize.text.quantities import quantity, unit_and_factor
from schemas.closed_sets import Comparator

_MINUS = re.compile(r"\s*(?:[△▲]\s*|-)(?=[0-9])")
"""A sign in front of a number that is all of a cell; elsewhere △ can be a mark and - a bullet."""

_PAIR = re.compile(r"(?P<first>[^()]*[^()\s])\s*+\((?P<second>[^()]+)\)\s*+")


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in its unit; None and without a comparator for words. `has_unit` says that the cell prints the unit."""

    printed: Excerpt
    value: Decimal | None
    unit: str | None
    comparator: Comparator | None
    has_unit: bool


def amount_of(cell: Excerpt, unit: str | None, *, money: bool) -> Amount:
    """The amount that a cell prints, in the printed unit, else in the unit of its row, column or table.

    >>> from normalize.document.text_span import Place
    >>> amount = amount_of(Excerpt.of("△ 3,625", Place(0)), "千円", money=True)
    >>> amount.value, amount.unit
    (Decimal('-3625000'), '円')
    """
    printed = cell.strip()
    read = quantity(printed.text, money=money or _MINUS.match(narrow(printed.text)) is not None)
    if read is None or not re.search("[0-9]", narrow(printed.text)):  # 一部委託 counts nothing
        return Amount(printed, None, unit_and_factor(unit)[0] if unit else None, None, has_unit=False)
    if read.unit is not None or unit is None:
        return Amount(printed, read.value, read.unit, read.comparator, has_unit=read.unit is not None)
    base, factor = unit_and_factor(unit)
    return Amount(printed, read.value * factor, base, read.comparator, has_unit=False)


def is_pair(text: str) -> bool:
    """Whether a cell prints two numbers, one in brackets behind the other."""
    match = _PAIR.fullmatch(narrow(text).strip())
    return match is not None and quantity(match["first"]) is not None and quantity(match["second"]) is not None


def pair_of(cell: Excerpt) -> tuple[Excerpt, Excerpt] | None:
    """The two numbers of a cell that prints one in brackets behind the other; None for any other cell.

    >>> from normalize.document.text_span import Place
    >>> [part.text for part in pair_of(Excerpt.of("26,200（16,100）", Place(0)))]
    ['26,200', '16,100']
    """
    plain = narrow(cell.text)
    match = _PAIR.fullmatch(plain.strip())
    if match is None or not is_pair(cell.text):
        return None
    start = len(plain) - len(plain.lstrip())
    return (
        cell.slice(start + match.start("first"), start + match.end("first")),
        cell.slice(start + match.start("second"), start + match.end("second")),
    )
