"""The cell grammar, stated as properties: what a printed amount, its year and its unit give, however it is spelt."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from normalize.cells.amounts import days_of, is_absent, read_amount, year_behind
from normalize.cells.kinds import kind_of
from normalize.cells.years import YearSense

SENSE = YearSense(1996, 2035)
WIDE = {code: chr(code + 0xFEE0) for code in range(0x30, 0x3A)}
UNITS = st.sampled_from(["人", "件", "回", "千円", "％", "箇所", "団体", "ha"])
NUMBERS = st.builds(
    lambda whole, part: (
        Decimal(f"{whole}.{part}") if part else Decimal(whole),
        f"{whole:,}" + (f".{part}" if part else ""),
    ),
    st.integers(0, 9_999_999),
    st.sampled_from(["", "5", "25"]),
)


@given(NUMBERS, UNITS, st.sampled_from(["", "▲", "△", "－"]))
def test_a_number_reads_alike_in_either_width(number: tuple[Decimal, str], unit: str, sign: str) -> None:
    value, shown = number
    narrow, wide = (
        read_amount(f"{sign}{shown}{unit}", SENSE),
        read_amount(f"{sign}{shown}{unit}".translate(WIDE), SENSE),
    )
    assert narrow is not None
    assert narrow == wide
    scale = 1000 if unit == "千円" else 1
    assert narrow.value == (-value if sign else value) * scale
    assert kind_of(f"{sign}{shown}{unit}", SENSE) == "amount"


@given(NUMBERS, UNITS, st.integers(2019, 2030), st.sampled_from(["（R{}）", "(令和{}年度)", "（令和{}年度末）"]))
def test_a_year_behind_an_amount_changes_nothing_but_the_year(
    number: tuple[Decimal, str], unit: str, year: int, shape: str
) -> None:
    shown = f"{number[1]}{unit}"
    closed = shape.format(year - 2018)
    alone, dated = read_amount(shown, SENSE), read_amount(shown + closed, SENSE)
    assert alone is not None
    assert dated is not None
    assert (dated.value, dated.unit, dated.year) == (alone.value, alone.unit, year)
    assert year_behind(shown + closed, SENSE) == (shown, year)


@given(NUMBERS, NUMBERS, UNITS, st.sampled_from(["～", "から", "／", "、"]))
def test_two_numbers_are_no_amount(one: tuple[Decimal, str], two: tuple[Decimal, str], unit: str, between: str) -> None:
    assert read_amount(f"{one[1]}{unit}{between}{two[1]}{unit}", SENSE) is None


@given(st.integers(1, 31), st.integers(1, 12))
def test_days_alone_are_days_and_a_date_is_none(day: int, month: int) -> None:
    counted = days_of(f"{day}日")
    assert counted is not None
    assert (counted.value, counted.unit) == (Decimal(day), "日")
    assert days_of(f"{month}月{day}日") is None


@given(st.text(max_size=20))
def test_what_is_absent_is_no_amount(text: str) -> None:
    assert not (is_absent(text) and read_amount(text, SENSE) is not None)


@given(st.integers(1, 60), st.integers(1996, 2035), st.integers(0, 20))
def test_a_year_with_its_era_does_not_depend_on_the_document(number: int, first: int, reach: int) -> None:
    sense = YearSense(first, first + reach)
    for text in (f"令和{number}年度", f"平成{number}年度", f"{1990 + number}年度"):
        assert sense.year_of(text) == SENSE.year_of(text)
    bare = sense.year_of(f"{number}年度")
    assert bare is None or bare in {1988 + number, 2018 + number}
