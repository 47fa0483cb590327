"""Years and dates: however a year is written, it is read; what only looks like a year is not."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.text.calendar import (
    date_of,
    era_of,
    fiscal_year,
    fiscal_year_of,
    fiscal_years,
    month_mentions,
    year_ranges,
)
from normalize.text.numerals import integer
from schemas.codes import Era, eras
from tests.normalize.text.kanji import kanji_numeral

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@st.composite
def era_years(draw: st.DrawFn) -> tuple[Era, int]:
    era = draw(st.sampled_from(eras()))
    last = era.end.year if era.end else era.first_year + 60
    return era, draw(st.integers(era.first_year, last))


@st.composite
def written_years(draw: st.DrawFn) -> tuple[str, int]:
    """A fiscal year in one of the forms that documents print, and the Western year that it means."""
    era, year = draw(era_years())
    number = year - era.first_year + 1
    forms = [str(number), str(number).translate(WIDE), kanji_numeral(number)] + (["元"] if number == 1 else [])
    numeral = draw(st.sampled_from(forms))
    initial = draw(st.sampled_from([era.initial, chr(ord(era.initial) + 0xFEE0)]))
    name = draw(st.sampled_from([era.name, era.squared] + ([initial] if numeral.isdigit() else [])))
    blank = draw(st.sampled_from(["", " ", "\u3000"]))
    form = draw(
        st.sampled_from(
            [
                f"{name}{numeral}年度",
                f"{name}{blank}{numeral}{blank}年度",
                f"{name}{numeral}（{year}）年度",
                f"{name}{numeral}年度({year}年度)",
                f"{year}年度",
                f"{year}({name}{numeral})年度".replace(str(year), str(year).translate(WIDE), 1),
            ]
        )
    )
    return form, year


@given(written_years(), st.sampled_from(["", "計画は", "（"]), st.sampled_from(["", "の実績", "）", "末", "までに"]))
def test_every_written_form_of_a_fiscal_year_is_read(written: tuple[str, int], before: str, after: str) -> None:
    form, year = written
    (mention,) = fiscal_years(before + form + after)
    assert (mention.year, mention.is_fiscal, mention.beyond_era) == (year, True, False)
    assert fiscal_year(before + form + after) == year


@given(st.lists(written_years(), min_size=1, max_size=4), st.sampled_from(["に実施し、後の", "の後、", "："]))
def test_mentions_stand_where_they_say(written: list[tuple[str, int]], between: str) -> None:
    text = between.join(form for form, _ in written)
    mentions = fiscal_years(text)
    assert [mention.year for mention in mentions] == [year for _, year in written]
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


@given(st.integers(1, 40), st.integers(1, 20), st.sampled_from(["～", "〜", "~", "－", "から", "より"]))
def test_a_range_leaves_its_second_era_out(first: int, length: int, to: str) -> None:
    (pair,) = year_ranges(f"令和{first}{to}{first + length}年度")
    assert (pair.first.year, pair.last.year) == (2018 + first, 2018 + first + length)
    assert pair.first.is_fiscal


@given(written_years(), written_years())
def test_a_range_of_two_written_years(first: tuple[str, int], last: tuple[str, int]) -> None:
    (pair,) = year_ranges(f"{first[0]}から{last[0]}まで")
    assert (pair.first.year, pair.last.year) == (first[1], last[1])
    assert pair.runs_backwards == (last[1] < first[1])


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("平成29年度・30年度", [2017, 2018]),
        ("平成30、31年度", [2018, 2019]),
        ("令和5・6・7年度", [2023, 2024, 2025]),
        ("H29～30", [2017, 2018]),
        ("令和6（2024）年度から令和15（2033）年度までの10年間", [2024, 2033]),
        ("2024～2033年度", [2024, 2033]),
        ("2024-26年度", [2024, 2026]),
        ("計画期間 2024～2033", [2024, 2033]),
        ("(～R5)と(R6～)", [2023, 2024]),
        ("令和5年4月～6年3月", [2023, 2024]),
        ("平成30年度から5年間", [2018]),
        ("令和4年度から3年で", [2022]),
        ("令和5年度、7件", [2023]),
        ("R3、115、33", [2021]),
        ("R3 / 33", [2021]),
        ("R3-33", [2021]),
        ("二〇二五年度", [2025]),
    ],
)
def test_runs_of_years(text: str, years: list[int]) -> None:
    assert [mention.year for mention in fiscal_years(text)] == years


@pytest.mark.parametrize(
    "text", ["7年度", "第4期", "20代", "1,2025年", "H2O", "M7クラス", "P.33", "2025人", "10年間", "2000～3000人", ""]
)
def test_what_is_no_year(text: str) -> None:
    assert fiscal_years(text) == []


def test_a_bare_year_needs_an_era() -> None:
    assert [m.year for m in fiscal_years("7年度、令和8年度、10年度", "令和")] == [2025, 2026, 2028]
    assert [m.year for m in fiscal_years("2025年度", "令和")] == [2025]
    assert fiscal_year("7年度") is None


@pytest.mark.parametrize(("text", "year"), [("平成31年度", 2019), ("平成35年度", 2023), ("昭和70年", 1995)])
def test_a_year_beyond_its_era_is_converted_and_flagged(text: str, year: int) -> None:
    (mention,) = fiscal_years(text)
    assert mention.year == year
    assert mention.beyond_era == (year != 2019)


def test_two_years_are_not_one() -> None:
    assert fiscal_year("令和5年度と令和6年度") is None
    assert fiscal_year("令和6年度実績(令和7年6月公表)") == 2024
    assert fiscal_year("2024年度(令和6年度)") == 2024


def test_an_unknown_era_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"慶応.*明治"):
        era_of("慶応")


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2070, 12, 31)),
    st.sampled_from(
        ["{y}/{m}/{d}", "{y}.{m}.{d}", "{y}-{m:02}-{d:02}", "{y}年{m}月{d}日", "{y} 年 {m} 月 {d} 日（木）"]
    ),
    st.booleans(),
)
def test_written_dates_are_read(day: datetime.date, form: str, wide: bool) -> None:
    text = form.format(y=day.year, m=day.month, d=day.day)
    assert date_of(text.translate(WIDE) if wide else text) == day


@given(
    st.dates(datetime.date(2019, 5, 1), datetime.date(2070, 12, 31)),
    st.sampled_from(["令和{}年", "令和 {} 年 ", "R{}年"]),
)
def test_japanese_dates_are_read(day: datetime.date, form: str) -> None:
    number = day.year - 2018
    assert date_of(f"{form.format(number)}{day.month}月{day.day}日") == day
    assert date_of(f"R{number}.{day.month}.{day.day}") == day
    assert date_of(f"令和{number}/{day.month}/{day.day}") == day


@pytest.mark.parametrize(
    "text", ["", "2025/2/30", "令和7年6月", "未定", "2025/6/19から2025/7/1", "締切2025/6/19", "12/21"]
)
def test_what_is_no_single_day(text: str) -> None:
    assert date_of(text) is None


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)))
def test_a_fiscal_year_starts_in_april(day: datetime.date) -> None:
    year = fiscal_year_of(day)
    assert datetime.date(year, 4, 1) <= day < datetime.date(year + 1, 4, 1)


def test_months_know_their_fiscal_year() -> None:
    mentions = month_mentions("令和7年1月末時点の件数。令和７年５月に開始し、同年11月3日に終えた。2026/1/10公表。")
    assert [(m.year, m.month, m.day, m.fiscal_year) for m in mentions] == [
        (2025, 1, None, 2024),
        (2025, 5, None, 2025),
        (2025, 11, 3, 2025),
        (2026, 1, 10, 2025),
    ]
    assert month_mentions("6月に開催、同年7月に終了、令和7年度6月") == []


@given(st.integers(0, 9999))
def test_numerals_are_read_back(number: int) -> None:
    assert integer(kanji_numeral(number)) == number
    assert integer(str(number).translate(WIDE)) == number


@pytest.mark.parametrize("text", ["", "十百", "百十百", "三つ", "-1", "1.5", "二十十", "零"])
def test_what_is_no_numeral(text: str) -> None:
    assert integer(text) is None
