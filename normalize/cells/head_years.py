"""The year that a head names, and the head without it: 令和5年度末, FY22, 2022-23, R6.3, 3月末."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from normalize.cells.vocabulary import term_of
from normalize.cells.years import YearSense, without_years, years_named
from normalize.text.calendar import FIRST_MONTH, LAST_MONTH, fiscal_year, month_mentions

FILLER: Final = re.compile(
    r"^通年$|^値$|^確定値?$|3月(?:末日?|31日)(?:現在|時点)?|^参考(?=実績|目標|値)|年度末現在|年度末|年度|時点|現在|現況|末日|末(?=$|[のま])|までの?|における|に向けた|(?<=.)以降|各年|単年度?|^の|の$"
)

_WESTERN: Final = re.compile(r"\(?(?:19|20)\d\d(?:年度?)?\)?")

_WESTERN_CLOSED: Final = re.compile(
    r"[(\[](?P<year>(?:19|20)\d\d)[)\]]"
    r"|(?<=実績|目標|計画|見込|予定|予算|決算|基準)値?額?(?P<behind>(?:19|20)\d\d)$"
    r"|^(?P<before>(?:19|20)\d\d)(?=(?:[^\d()]{0,6}(?:決算|予算)|\(?(?:当初|中間|最終|策定|実績|目標|計画|見込|予定|推計|決算|予算|現状|現況|基準|数値|値|評価|判定)))"
)
"""A Western year without 年度, in brackets or in front of a role."""

_SHORT_YEAR: Final = re.compile(r"(?P<year>\d{2})(?P<rest>(?:実績|決算|予算|計画|目標|見込|評価|判定)(?:値|額|結果)?)")
"""A year without 年度 right in front of what its column holds: 19評価, 16実績."""

_FY: Final = re.compile(r"(?:FY|[\'’‘])(?P<year>[0-3][0-9])(?![0-9])(?:年度?)?", re.IGNORECASE)
"""A Western year by its last two digits: FY22, '22."""

_NO_SUFFIX: Final = re.compile(r"^((?:令和|平成|昭和)(?:元|[0-9]{1,2}))(?=$|[(（]|実績|目標|計画|決算|予算|見込|当初)")
"""A year of an era whose 年度 is left out: 令和4 over a column."""

_SPAN: Final = re.compile(r"(?P<first>20[0-9]{2})[-/](?P<second>[0-9]{2})(?:年度?)?(?=\D|$)")
"""A fiscal year by the two Western years that it reaches over: 2022-23."""

_YEAR_MONTH: Final = re.compile(
    r"(?<![A-Za-z0-9.,])(?:(?P<era>[RHS]|令和|平成)(?P<year>\d{1,2}|元)|(?P<western>(?:19|20)\d\d))"
    r"[./](?P<month>1[0-2]|0?[1-9])(?:月末|月|末)?(?![0-9./])"
)
"""A year and a month: R6.3, 2024/3."""

_AS_OF: Final = re.compile("現在$|時点$")

_ALL_MONTHS: Final = re.compile(r"\(?(?<![0-9])4月?(?:1日)?[~\-](?:翌年?)?3月(?:31日)?\)?")

_QUARTER: Final = re.compile(r"(?<=[0-9年度])(?:[1-4]Q|Q[1-4])$")

RELATIVE: Final = re.compile(
    r"(?:前々|前|一?昨|今|本|当|当該|次|翌|来|翌々|実施|評価|対象)年度|[1-9]年(?:度)?目|第[1-9]年度"
)
"""A year that is told from another, which the sheet may print or not: 前年度, 当該年度."""

_YEARS_LONG: Final = re.compile(r"\d+[ヵカかケヶ箇]年間?")

_PART: Final = re.compile(
    r"[1-4]Q|Q[1-4]|[前後][期半](?=$|[()]|実績|目標|計画値|見込)|中間(?:値|期|時点)?(?=$|[()]|評価|実績)|半期|四半期|上期|下期|暦年|年次途中|年度途中|途中経過|中間実績|累計|通算|合計|平均|期間"
)

MIDDLE: Final = re.compile(r"中間(?:値|年度?|時点)?")

_MIDDLE_OF: Final = re.compile(
    rf"(?:{MIDDLE.pattern})[(\[](?P<year>[^()\[\]]+)[)\]]|中間(?:評価)?(?:値|時点?)[(\[]?(?P<behind>[^()\[\]]+)[)\]]?"
    r"|(?P<before>.+)[(\[]中間年度?[)\]]"
)
"""The year in the middle of a plan, as it is named where a year stands behind it: 中間（令和7年度）, R7（中間年度）,
中間評価時 over 令和4年度.

令和7年度（中間） may be the middle of that year as well; what stands over it tells.
"""

_LAST_DAYS: Final = re.compile(r"^(?:末|末日|末現在|末時点|現在|時点)+")
_END_OF_YEAR: Final = re.compile(r"^(?:末|末日|末時点|末現在)(?=.)")
_OTHER_MONTH: Final = re.compile(r"(?<!\d)(?:[12456789]|1[0-2])月(?!\d)")
_MONTH: Final = re.compile(r"\d+月(?:末|現在)*")
_SURVEYED: Final = re.compile(r"^調査(?:値|結果|時)?$")
_FROM: Final = re.compile(r"^(?:から|より|~|-|→)+")
_OPEN_ENDED: Final = re.compile("以降|から|~$")

_END_OF_FISCAL_YEAR: Final = 3
"""March, whose end is that of the fiscal year."""

_CENTURY: Final = 2000

Dated = tuple[int | None, bool, str]
"""The one year that a label names, whether it names several or a part of one, and the label without years."""


def year_and_rest(label: str, sense: YearSense) -> Dated:
    """The year of a squeezed label, by the first of the ways to print one that it is.

    >>> sense = YearSense(1996, 2035)
    >>> year_and_rest("FY22実績", sense), year_and_rest("令和5年度第2四半期", sense)[:2], year_and_rest("担当課", sense)
    ((2022, False, '実績'), (None, True), (None, False, '担当課'))
    """
    if _YEARS_LONG.search(label):
        return None, True, _YEARS_LONG.sub("", label)
    bare = _NO_SUFFIX.sub(r"\1年度", _ALL_MONTHS.sub("", label))
    return next((found for way in _WAYS if (found := way(bare, sense)) is not None), None) or _named(bare, sense)


def _two_years(bare: str, _sense: YearSense) -> Dated | None:
    """A fiscal year by the two Western years that it reaches over: 2022-23."""
    span = _SPAN.match(bare)
    if span is None or (int(span["first"]) + 1) % 100 != int(span["second"]):
        return None
    return int(span["first"]), False, bare[span.end() :]


def _quarter(bare: str, _sense: YearSense) -> Dated | None:
    """A quarter of a year: R5年度Q1."""
    quarter = _QUARTER.search(bare)
    return (None, True, without_years(bare[: quarter.start()])) if quarter is not None else None


def _two_digits(bare: str, sense: YearSense) -> Dated | None:
    """A Western year by its last two digits: FY22, '22."""
    short = _FY.match(bare)
    year = _CENTURY + int(short["year"]) if short is not None else 0
    return (year, False, bare[short.end() :]) if short is not None and sense.first <= year <= sense.last else None


def _relative(bare: str, _sense: YearSense) -> Dated | None:
    """A year that is told from another: 前年度."""
    return (None, True, "") if RELATIVE.fullmatch(bare) and term_of(bare) is None else None


def _year_and_month(bare: str, sense: YearSense) -> Dated | None:
    """A year and a month: R6.3, which ends the fiscal year 2023, or another, which is a part of one."""
    dated = [*_YEAR_MONTH.finditer(bare)]
    if not dated:
        return None
    first, *more = dated
    year = int(first["western"]) if first["western"] else sense.year_of(f"{first['era']}{first['year']}年度")
    rest = _YEAR_MONTH.sub("", bare)
    ends = not more and int(first["month"]) == _END_OF_FISCAL_YEAR
    return (year - 1, False, rest) if ends and year is not None else (None, True, rest)


def _middle_of_plan(bare: str, sense: YearSense) -> Dated | None:
    """The year in the middle of a plan: 中間（令和7年度）."""
    middle = _MIDDLE_OF.fullmatch(bare)
    of = (middle["year"] or middle["behind"] or middle["before"]) if middle is not None else ""
    year = sense.year_of(of) if of and not without_years(of) else None
    return (year, False, "") if year is not None else None


def _western(bare: str, _sense: YearSense) -> Dated | None:
    """A Western year alone: 2018."""
    return (int(re.sub(r"\D", "", bare)), False, "") if _WESTERN.fullmatch(bare) else None


def _western_beside_role(bare: str, _sense: YearSense) -> Dated | None:
    """A Western year without 年度, in brackets or beside a role: 実績値(2022)."""
    closed = _WESTERN_CLOSED.search(bare)
    if closed is None or years_named(bare):
        return None
    year = int(closed["year"] or closed["behind"] or closed["before"])
    return year, False, bare[: closed.start()] + bare[closed.end() :]


def _month_of_year(bare: str, _sense: YearSense) -> Dated | None:
    """A month with its year: the end of March is that of its fiscal year, another is a part of one."""
    around = (LAST_MONTH, FIRST_MONTH)
    months = [m for m in month_mentions(bare) if m.day is None or m.month in around or _AS_OF.search(bare)]
    if not months:
        return None
    month, *more = months
    rest = _LAST_DAYS.sub("", bare[: month.start] + bare[month.end :])
    if more or month.month != _END_OF_FISCAL_YEAR:
        return None, True, rest
    is_repeated = fiscal_year(rest) == month.fiscal_year  # 令和6年度（R7.3.31）
    return month.fiscal_year, False, without_years(rest) if is_repeated else rest


def _month_alone(bare: str, _sense: YearSense) -> Dated | None:
    """A month that does not end a fiscal year: 9月末."""
    return (None, True, without_years(_MONTH.sub("", bare))) if _OTHER_MONTH.search(bare) else None


_WAYS: Final[tuple[Callable[[str, YearSense], Dated | None], ...]] = (
    _two_years,
    _quarter,
    _two_digits,
    _relative,
    _year_and_month,
    _middle_of_plan,
    _western,
    _western_beside_role,
    _month_of_year,
    _month_alone,
)


def _named(bare: str, sense: YearSense) -> Dated:
    """The year that a label names by its era or with 年度; several of them, or a part of one, are a period."""
    if short := _SHORT_YEAR.fullmatch(bare):
        bare = f"{short['year']}年度{short['rest']}"
    if not years_named(bare):
        return None, False, bare
    year = sense.year_of(bare)
    rest = _END_OF_YEAR.sub("", without_years(bare))
    if year is None:
        return None, True, _FROM.sub("", rest)
    rest = _SURVEYED.sub("", rest)
    is_period = _OPEN_ENDED.search(rest) or _PART.search(FILLER.sub("", rest))
    return (None, True, rest) if is_period else (year, False, rest)
