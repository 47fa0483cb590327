"""Formats of numbers and dates: the kinds that Japanese workbooks use, and any other without harm."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.office.date_format import serial_to_datetime
from extract.office.number_format import general_text, number_text, text_text

_PIECES = st.sampled_from(
    ["0", "#", "?", ",", ".", "%", "/", "E+00", '"人"', "\\-", "_)", "* ", "[Red]", "[>=100]", "[$¥-411]", "[DBNum3]",
     ";", "yyyy", "m", "d", "h", "mm", "ss.0", "ggg", "e", "aaa", "AM/PM", "[h]", "@", "General", "△", "年",
     '"', "[", "\\"]
)  # fmt: skip


@given(st.floats(), st.lists(_PIECES, max_size=12).map("".join))
def test_any_number_under_any_format_is_some_text(value: float, code: str) -> None:
    assert isinstance(number_text(value, code), str)
    assert isinstance(text_text("窓口", code), str)


@given(st.integers(-(10**14), 10**14), st.integers(0, 4))
def test_a_grouped_number_reads_as_the_number(value: int, places: int) -> None:
    code = "#,##0" + ("." + "0" * places if places else "")
    assert number_text(value, code) == f"{value:,.{places}f}"


@given(st.decimals(-(10**8), 10**8, places=3).map(float))
def test_general_shows_a_number_as_near_as_its_width_lets_it(value: float) -> None:
    shown = general_text(value)
    assert len(shown.lstrip("-")) <= 12
    assert float(shown) == pytest.approx(value, abs=10 ** -(9 - len(str(abs(int(value))))))


@given(st.dates(datetime.date(1900, 3, 1), datetime.date(2100, 12, 31)))
def test_a_day_comes_back_from_its_count(day: datetime.date) -> None:
    count = (day - datetime.date(1899, 12, 30)).days
    assert number_text(count, "yyyy/mm/dd") == f"{day:%Y/%m/%d}"
    found = serial_to_datetime(count)
    assert found is not None
    assert found.date() == day


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (43586, 'ggge"年"', "令和元年"),
        (43585, 'ggge"年"m"月"d"日"', "平成31年4月30日"),
        (45383, "[$-411]ge.m.d", "R6.4.1"),
        (45383, 'm"月"d"日"(aaa)', "4月1日(月)"),
        (0.75, 'h"時"mm"分"', "18時00分"),
        (1.5, "[h]:mm", "36:00"),
        (-1234.5, "#,##0;[赤]▲#,##0", "▲1,235"),
        (0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (1234567, '#,##0,"千円"', "1,235千円"),
        (99.5, "[>=100]0;0.0", "99.5"),
        (5, '"令和"0"年度"', "令和5年度"),
        (0.5, "# ?/?", "1/2"),
        (1.25, "# ?/?", "1 1/4"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (12345, "[DBNum3]0", "１２３４５"),
        (1234567, "000-0000", "123-4567"),
        (1e300, "0.00", f"{1e300:.15g}".partition("e")[0].replace(".", "").ljust(301, "0") + ".00"),
    ],
)
def test_formats_of_japanese_workbooks(value: float, code: str, shown: str) -> None:
    assert number_text(value, code) == shown
