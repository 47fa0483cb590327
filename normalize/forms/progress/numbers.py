"""A number of a progress table: the amount of its cell, in the unit that its name may give, and what period it is of.

A cell may say more than its number: what part of it was new (70人（うち新規12人）), what it is made of, that it is not
final. What leaves open which number is meant is not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from normalize.cells.beside_numbers import TAKEN
from normalize.document.footnotes import Sense, sense_of
from normalize.document.text_span import Excerpt
from normalize.text.folding import narrow, squeeze
from normalize.text.periods import period_of
from normalize.text.quantities import Quantity, count_alike, in_printed_unit, known_unit, quantities_in, quantity

_REMARK: Final = re.compile(r"(?P<number>[^()]+)\((?P<remark>[^()]+)\)\s*")
_OF_WHICH: Final = re.compile(r"うち|内(?:訳|[^容])")
_ADDED_UP: Final = re.compile(r"延べ?|のべ|実人数|合計|計")
_RATIO: Final = re.compile(r"(?:(?:目標)?(?:達成率|比)[:]?)?[0-9.,]+%")
_UNIT: Final = re.compile(
    r"(?P<name>.*?\S)\s*(?:[:/]\s*(?:単位\s*[:は]?)?\s*(?P<after>[^\s:/()]{1,6})"
    r"|\(\s*(?:単位\s*[:は]?)?\s*(?P<closed>[^\s:/()]{1,6})\s*\))\s*"
)


@dataclass(frozen=True, slots=True)
class CellNumber:
    """The amount of a cell, None where it prints no single number; what the cell or its note says of it.

    `other_unit` is the unit that its heading or name prints, where the cell's own is another one.
    """

    amount: Quantity | None
    sense: Sense = "year"
    note: str = ""
    other_unit: str | None = None


def read_number(text: str, unit: str | None, notes: Mapping[str, str]) -> CellNumber:
    """The number of a cell. `unit` is the one that the indicator's name gives; the cell's own comes first.

    >>> read = lambda text, unit=None: read_number(text, unit, {"※1": "12月末までの人数"})
    >>> [str(read(text).amount.value) for text in ("70人（うち新規12人）", "70人（会場58人、通信12人）")]
    ['70', '70']
    >>> read("70人（会場50人、通信12人）").amount, read("70人（12月末）").amount, read("70人※1").amount
    (None, None, None)
    >>> str(read("29", "千部").amount.value), read("70人（見込み）").sense
    ('29000', 'forecast')
    """
    sense, note = sense_of(text, notes)
    if sense in ("part", "total"):
        return CellNumber(None, sense, note)
    if amount := quantity(text):
        return CellNumber(_in_unit(amount, unit), sense, note, _other_unit(text, amount, unit))
    closed = _REMARK.fullmatch(narrow(text))
    whole = quantity(closed["number"]) if closed else None
    if closed is None or whole is None:
        return CellNumber(None, sense, note)
    said = squeeze(closed["remark"])
    period = period_of(f"({said})")
    if period in ("forecast", "unsettled"):
        return CellNumber(_in_unit(whole, unit), period, said)
    if whole.unit is None and known_unit(said):  # 70(人)
        return CellNumber(_in_unit(whole, said), sense, note)
    is_whole = _OF_WHICH.match(said) or (_RATIO.fullmatch(said) and whole.unit not in (None, "%"))
    is_whole = is_whole and TAKEN.search(said) is None
    is_whole = is_whole or _ADDED_UP.fullmatch(said) or _adds_up(whole, said)
    return CellNumber(_in_unit(whole, unit) if is_whole else None, sense, note)


def name_and_unit(name: Excerpt) -> tuple[Excerpt, str | None]:
    """The name of an indicator, and the known unit that it prints behind: 発行部数（千部）, 発行部数：千部.

    >>> from normalize.document.text_span import Place
    >>> read = [name_and_unit(Excerpt.of(text, Place(0))) for text in ("部数（千部）", "来場者数", "受講/修了")]
    >>> [(name.text, unit) for name, unit in read]
    [('部数', '千部'), ('来場者数', None), ('受講/修了', None)]
    """
    match = _UNIT.fullmatch(narrow(name.text))
    if match is None:
        return name, None
    unit = match["after"] or match["closed"]
    known = quantity(f"1{unit}")
    if known is None or known.unit is None or known_unit(known.unit) is None or known.comparator != "=":
        return name, None
    return name.slice(*match.span("name")), unit


def _in_unit(amount: Quantity, unit: str | None) -> Quantity:
    value, of = in_printed_unit(amount.value, amount.unit, unit)
    return replace(amount, value=value, unit=of)


def _other_unit(text: str, amount: Quantity, unit: str | None) -> str | None:
    """The unit of the heading where the cell's own is neither it nor its base: 5ポイント under ％, 70人 under 千人."""
    if unit is None or amount.unit is None or squeeze(unit) in squeeze(text):
        return None
    one = quantity(f"1{unit}")
    if one is None:
        return None
    is_same = one.value == 1 and count_alike(one.unit, amount.unit)
    return None if is_same else unit


def _adds_up(whole: Quantity, parts: str) -> bool:
    """Whether the numbers of a remark make up the whole: 会場58人、通信12人 of 70人."""
    amounts = quantities_in(parts)
    return (
        len(amounts) > 1
        and {part.unit for part in amounts} == {whole.unit}
        and sum(part.value for part in amounts) == whole.value
    )
