"""What a print can say, by arithmetic alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.verify.numerals import can_print, factors_of

NUMBERS = st.integers(10, 10**9)


@given(NUMBERS)
def test_a_number_is_in_its_print_whatever_the_commas(number: int) -> None:
    for text in (f"{number}", f"{number:,}", f"約{number:,}人", " ".join(str(number))):
        assert can_print(text, Decimal(number))


@given(NUMBERS, st.data())
def test_two_digits_exchanged_are_another_number(number: int, data: st.DataObject) -> None:
    digits = [*str(number)]
    at = data.draw(st.integers(0, len(digits) - 2))
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    other = int("".join(digits))
    assert other == number or not can_print(f"{other:,}人", Decimal(number))


@given(NUMBERS)
def test_a_part_of_a_number_is_another_number(number: int) -> None:
    assert not can_print(f"{number:,}", Decimal(str(number)[1:]))
    assert not can_print(f"{number:,}", Decimal(-number))
    assert can_print(f"△{number:,}", Decimal(-number))


@pytest.mark.parametrize(
    ("printed", "unit", "value"),
    [
        ("12", "（単位：千円）", 12_000),
        ("3割", "", 30),
        ("百二十", "", 120),
        ("2万3千", "", 23_000),
        ("1.5倍", "", 1.5),
    ],
)
def test_scales_and_units(printed: str, unit: str, value: float) -> None:
    assert can_print(printed, Decimal(str(value)), factors_of(unit + printed))


@pytest.mark.parametrize("printed", ["③20", "20²", "20⁽¹⁾", "2\u200b0"])
def test_marks_of_notes_and_items_are_no_digits(printed: str) -> None:
    assert can_print(printed, Decimal(20))
    assert not can_print(printed, Decimal(202))
