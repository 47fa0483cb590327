"""Years, units and amounts as documents print them, with what they mean."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

from schemas.codes import units
from tests.rendering.words import wide

UNITS = tuple(unit for unit in units() if unit.indicator_measure)
"""Every unit of measure, as often as it has spellings."""


class Amount(NamedTuple):
    """An amount as printed, and what it says. `value` is in `unit`."""

    printed: str
    value: Decimal
    unit: str
    comparator: str
    kind: str


@st.composite
def fiscal_years(draw: st.DrawFn, year: int) -> str:
    """A fiscal year in one of the forms that documents print."""
    era, number = ("令和", year - 2018) if year >= 2019 else ("平成", year - 1988)
    written = "元" if number == 1 else str(number)
    forms = [f"{era}{written}年度", f"{era}{written}（{year}）年度", f"{year}年度"]
    if number > 1:
        forms += [f"{era[0].translate(str.maketrans('令平', 'RH'))}{number}年度", wide(f"{era}{number}年度")]
    return draw(st.sampled_from(forms))


@st.composite
def numerals(draw: st.DrawFn, value: Decimal) -> str:
    """A number with or without separators, wide or not, in 万."""
    forms = [f"{value:,f}", f"{value:f}", wide(f"{value:f}")]
    if value == value.to_integral_value() and value >= 10_000 and value % 1000 == 0:
        forms.append(f"{(value / 10_000).normalize():f}万")
    return draw(st.sampled_from(forms))


@st.composite
def amounts(draw: st.DrawFn, spelling: int, least: int = 0) -> Amount:
    """An amount in the unit at a position of UNITS."""
    unit = UNITS[spelling]
    whole = st.integers(least, 3000).map(Decimal) | st.integers(1, 200).map(lambda thousands: Decimal(thousands * 1000))
    tenths = st.decimals("0.1", 900, places=1)
    number = draw(st.one_of(whole, whole, tenths) if unit.spelling != "割" else whole)
    about = draw(st.sampled_from(("", "", "", "約")))
    printed = f"{about}{draw(numerals(number))}{unit.spelling}"
    return Amount(printed, number * unit.factor, unit.unit, "~" if about else "=", unit.indicator_measure or "count")
