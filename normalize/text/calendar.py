"""Calendar: Japanese and Western years, fiscal years and dates in running text.

A fiscal year is named by the Western year of its 1 April. Years that cannot be meant are the matter of
`normalize.checks.impossible_years`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Final

from normalize.text.folding import narrow
from normalize.text.numerals import KANJI_NUMERALS, integer
from normalize.text.text_cache import remembered
from schemas.codes import Era, eras

FIRST_MONTH: Final = 4
LAST_MONTH: Final = 3
"""A fiscal year runs from April to March."""

_CENTURY: Final = 100
_LEAST_WHOLE: Final = 1000
"""A year that is a smaller number leaves out its century."""


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year as printed at `start` to `end` of a text. `year` is Western; `is_fiscal` says that 年度 is printed.

    `era` and `number` are None for a year that is printed in Western style only. `stated_year` is the Western year that
    is printed beside a Japanese one. `beyond_era` tells a year after the era's last (平成35年度): it can be converted,
    and occurs in documents that are older than the change of era.
    """

    text: str
    start: int
    end: int
    year: int
    is_fiscal: bool
    era: str | None = None
    number: int | None = None
    stated_year: int | None = None
    beyond_era: bool = False

    @property
    def impossible(self) -> bool:
        """Whether no document could mean it: an era has no year 0."""
        return self.number == 0


@dataclass(frozen=True, slots=True)
class YearRange:
    """Two years with から or ～ between them, or of a list."""

    first: YearMention
    last: YearMention

    @property
    def runs_backwards(self) -> bool:
        return self.last.year < self.first.year


@dataclass(frozen=True, slots=True)
class MonthMention:
    """A month of a year, or a day where `day` is printed (令和7年1月末時点, 2025/6/19, 同年11月)."""

    text: str
    start: int
    end: int
    year: int
    month: int
    day: int | None

    @property
    def fiscal_year(self) -> int:
        return self.year if self.month >= FIRST_MONTH else self.year - 1


PLAN_YEARS: Final = 20
"""The longest run of years that an initial and two bare numbers may mean: R3-33 is a code, H29～30 two years."""

_NUMBER: Final = rf"(?:元|[0-9]{{1,3}}|[{KANJI_NUMERALS}]{{1,4}})"
_NUMERAL: Final = re.compile(rf"[0-9元{KANJI_NUMERALS}]")
"""Each year has one; most labels have none, and need not be searched for years of every era."""

_SUFFIX: Final = r"(?:年度|年(?![間目生代次後前度]|以[上内]|ごと|毎|連続))"
_WESTERN: Final = (
    r"(?:(?<![0-9])(?<!(?<![A-Za-z])[0-9][.,])(?:18|19|20)[0-9]{2}(?!,?[0-9])|(?:一九|二〇)[〇一二三四五六七八九]{2})"
)
_TO: Final = r"\s*(?:~|-|→|から|より)\s*"
_MONTH_GAP: Final = r"(?:\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?末?)?"
_BETWEEN: Final = re.compile(rf"{_MONTH_GAP}{_TO}")
_AND: Final = r"\s*(?:・|、|,|及び|および|並びに|と|/)\s*"
_LISTED: Final = re.compile(_AND)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The head of a run of years, and what may follow it in the run."""
    names = "|".join(name for era in eras() for name in (era.name, era.squared))
    initials = "".join(era.initial for era in eras())
    era = rf"(?P<era>{names}|(?<![A-Za-z0-9])[{initials}](?=\.?\s*[0-9]|元(?![素気本々])))"
    japanese = rf"{era}\.?\s*(?P<number>{_NUMBER})(?![0-9A-Za-z])"
    in_brackets = rf"\s*\(\s*(?:西暦)?(?P<stated>{_WESTERN})\s*(?:年度|年)?\s*\)"
    head = (
        rf"{japanese}(?:\s*(?P<suffix>{_SUFFIX}))?(?:{in_brackets}(?:\s*(?P<late>{_SUFFIX}))?)?"
        rf"|(?:FY\s*)?(?P<western>{_WESTERN})(?:\s*(?P<western_suffix>{_SUFFIX}))?"
        rf"(?:\s*\(\s*{era.replace('?P<era>', '?P<era_in>')}\.?\s*(?P<number_in>{_NUMBER})\s*(?:年度|年)?\s*\)"
        rf"(?:\s*(?P<western_late>{_SUFFIX}))?)?"
    )
    more = (
        rf"(?:(?P<month>{_MONTH_GAP}){_TO}|{_AND})"
        rf"(?P<more>{_WESTERN}|{_NUMBER}(?![0-9]))(?:\s*(?P<more_suffix>{_SUFFIX}))?"
    )
    return re.compile(head), re.compile(more)


_BARE: Final = re.compile(rf"(?<![0-9.,{KANJI_NUMERALS}第])(?P<number>{_NUMBER})\s*年度")
_MONTH: Final = re.compile(
    r"""(?: \s* (?: (?<=年) | [./-] ) \s* (?P<month> 1[0-2] | 0?[1-9] )
            (?: \s* (?: 月 \s* (?P<day> 3[01] | [12][0-9] | 0?[1-9] ) \s* 日
                      | (?<! 月 ) [./-] \s* (?P<day2> 3[01] | [12][0-9] | 0?[1-9] ) (?![0-9])
                      | 月 ) ) )""",
    re.VERBOSE,
)
_SAME_YEAR: Final = re.compile(r"同年\s*(?P<month>1[0-2]|0?[1-9])\s*月(?:\s*(?P<day>3[01]|[12][0-9]|0?[1-9])\s*日)?")
_AFTER_DATE: Final = re.compile(r"\s*+(?:\([日月火水木金土](?:曜日?)?(?:・祝)?\))?\s*+(?:現在|付け?|時点)?\s*+")


def fiscal_years(text: str, era: str | None = None) -> list[YearMention]:
    """Every year that a text prints, in its order: 令和6（2024）年度, R7, 2025年, 令和５～７年度, 平成29年度・30年度.

    With `era`, a year of one or two digits before 年度 counts too and is of that era (7年度).

    >>> [(m.text, m.year, m.is_fiscal) for m in fiscal_years("令和５～７年度、平成31年4月")]
    [('令和５', 2023, True), ('７年度', 2025, True), ('平成31年', 2019, False)]
    """
    found = list(_years(text))
    if era is not None:
        plain = narrow(text)
        taken = [range(mention.start, mention.end) for mention in found]
        for match in _BARE.finditer(plain) if "年度" in plain else ():
            number = _era_number(match["number"])
            if number is not None and not any(match.start() in span or match.end() - 1 in span for span in taken):
                found.append(_japanese(text, *match.span(), era_of(era), number, is_fiscal=True))
    return sorted(found, key=lambda mention: mention.start)


def fiscal_year(text: str, era: str | None = None) -> int | None:
    """The one fiscal year that a text names: a year with 年度, else one with neither 年度 nor a month behind it.

    None where it names none, or two that differ.

    >>> fiscal_year("令和７年度"), fiscal_year("Ｒ７"), fiscal_year("令和7年6月19日"), fiscal_year("令和5～7年度")
    (2025, 2025, None, None)
    """
    mentions = fiscal_years(text, era)
    dated = {mention.start for mention in month_mentions(text)}
    undated = [mention for mention in mentions if mention.start not in dated]
    years = {mention.year for mention in undated if mention.is_fiscal} or {mention.year for mention in undated}
    return years.pop() if len(years) == 1 else None


def without_year(text: str) -> str:
    """A text without the year that it begins with: a heading's own words.

    >>> without_year("令和7年度実績"), without_year("令和8年度の目標とする姿"), without_year("実績")
    ('実績', '目標とする姿', '実績')
    """
    mentions = fiscal_years(text)
    return text[mentions[0].end :].removeprefix("の") if mentions and mentions[0].start == 0 else text


def year_ranges(text: str) -> list[YearRange]:
    """The pairs of years with から, より, ～ or → between them.

    >>> [(r.first.year, r.last.year) for r in year_ranges("令和6（2024）年度から令和15（2033）年度まで")]
    [(2024, 2033)]
    """
    mentions = fiscal_years(text)
    plain = narrow(text)
    return [
        YearRange(first, last) for first, last in pairwise(mentions) if _BETWEEN.fullmatch(plain, first.end, last.start)
    ]


def year_lists(text: str) -> list[YearRange]:
    """The pairs of years that follow each other in a list: ・, 、, 及び and the like between them.

    >>> [(r.first.year, r.last.year) for r in year_lists("令和3・4年度に実施")], year_lists("R3に2回、R4に3回")
    ([(2021, 2022)], [])
    """
    mentions = fiscal_years(text)
    plain = narrow(text)
    return [
        YearRange(first, last) for first, last in pairwise(mentions) if _LISTED.fullmatch(plain, first.end, last.start)
    ]


def date_of(text: str) -> datetime.date | None:
    """The day that a whole text prints: 2025/6/19, 2025.6.19, 令和7年6月19日（木）, R7.6.19. None for anything else.

    >>> date_of("２０２５／６／１９"), date_of("R7.6.19") == date_of("令和七年6月19日"), date_of("2025/2/30")
    (datetime.date(2025, 6, 19), True, None)
    """
    mentions = month_mentions(text)
    if len(mentions) != 1 or mentions[0].day is None:
        return None
    (mention,) = mentions
    plain = narrow(text)
    if plain[: mention.start].strip() or not _AFTER_DATE.fullmatch(plain[mention.end :]):
        return None
    try:
        return datetime.date(mention.year, mention.month, mention.day or 1)
    except ValueError:
        return None


def fiscal_year_of(day: datetime.date) -> int:
    """The fiscal year of a day: that of the last 1 April.

    >>> fiscal_year_of(datetime.date(2025, 3, 31)), fiscal_year_of(datetime.date(2025, 4, 1))
    (2024, 2025)
    """
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def month_mentions(text: str) -> list[MonthMention]:
    """Every month that a text prints with its year, with the day where it prints one; 同年 takes the year before it.

    >>> [(m.text, m.fiscal_year) for m in month_mentions("令和7年1月末時点で、同年11月に開始")]
    [('令和7年1月', 2024), ('同年11月', 2025)]
    """
    return list(_months(text))


@remembered()
def _years(text: str) -> tuple[YearMention, ...]:
    return tuple(_mentions(text, narrow(text)))


@remembered()
def _months(text: str) -> tuple[MonthMention, ...]:
    plain = narrow(text)
    years = list(_mentions(text, plain, dated=True))
    found: list[MonthMention] = []
    for mention in years:
        match = _MONTH.match(plain, mention.end)
        if match and not mention.is_fiscal:
            day = match["day"] or match["day2"]
            printed = text[mention.start : match.end()]
            month = MonthMention(
                printed, mention.start, match.end(), mention.year, int(match["month"]), int(day) if day else None
            )
            found.append(month)
    for match in _SAME_YEAR.finditer(plain):
        before = [mention.year for mention in years if mention.end <= match.start()]
        if before:
            day = match["day"]
            found.append(
                MonthMention(
                    text[match.start() : match.end()],
                    *match.span(),
                    before[-1],
                    int(match["month"]),
                    int(day) if day else None,
                )
            )
    return tuple(sorted(found, key=lambda mention: mention.start))


def _mentions(text: str, plain: str, *, dated: bool = False) -> Iterator[YearMention]:
    """The years of a text. With `dated`, bare years in front of a month (2025/6/19, S60.4.1) count too."""
    if not _NUMERAL.search(plain):
        return
    head, more = _patterns()
    done = 0
    while match := head.search(plain, done):
        done = match.end()
        run = [_head(text, match)]
        suffixes = [match["suffix"] or match["late"] or match["western_suffix"] or match["western_late"]]
        while follower := more.match(plain, done):
            mention = _follower(text, follower, run[-1])
            if mention is None or (follower["month"] and not _MONTH.match(plain, follower.end())):
                break
            if suffixes[-1] == "年度" and follower["more_suffix"] == "年":  # 令和4年度から3年: a duration
                break
            run.append(mention)
            suffixes.append(follower["more_suffix"])
            done = follower.end()
        while len(run) > 1 and suffixes[-1] is None and not _may_end_bare(plain, run):
            run.pop()
            suffixes.pop()
            done = run[-1].end
        bare = _may_be_bare(match) or (len(run) > 1 and suffixes[-1] is None)
        yield from _complete(run, suffixes, bare=bare or (dated and bool(_MONTH.match(plain, done))))


def _complete(run: list[YearMention], suffixes: list[str | None], *, bare: bool) -> Iterator[YearMention]:
    """The run with 年度 carried back to the years that leave it out (令和5～7年度); nothing where none has a suffix."""
    if not bare and not any(suffixes):
        return
    suffix: str | None = None
    carried = []
    for mention, own in zip(reversed(run), reversed(suffixes), strict=True):
        suffix = own or suffix
        carried.append(replace(mention, is_fiscal=suffix == "年度" or mention.text.startswith("FY")))
    yield from reversed(carried)


def _head(text: str, match: re.Match[str]) -> YearMention:
    start, end = match.span()
    name = match["era"] or match["era_in"]
    if name is None:
        return YearMention(text[start:end], start, end, integer(match["western"]) or 0, is_fiscal=False)
    number = _era_number(match["number"] or match["number_in"])
    stated = match["stated"] or match["western"]
    mention = _japanese(text, start, end, era_of(name), number or 0, is_fiscal=False)
    return replace(mention, stated_year=integer(stated)) if stated else mention


def _follower(text: str, match: re.Match[str], before: YearMention) -> YearMention | None:
    """A later year that leaves out its era (平成29年度・30年度), its century (2024～26年度) or nothing."""
    start, end = match.span("more")[0], match.end()
    number = _era_number(match["more"])
    if number is None:
        return None
    if before.era is not None and number < _CENTURY:
        mention = _japanese(text, start, end, era_of(before.era), number, is_fiscal=False)
    elif before.era is None:
        year = number if number >= _LEAST_WHOLE else before.year // _CENTURY * _CENTURY + number
        mention = YearMention(text[start:end], start, end, year, is_fiscal=False)
    else:
        return None
    return mention if mention.year > before.year else None


def _japanese(text: str, start: int, end: int, era: Era, number: int, *, is_fiscal: bool) -> YearMention:
    year = era.first_year + number - 1
    beyond = era.end is not None and year > era.end.year
    return YearMention(text[start:end], start, end, year, is_fiscal, era.name, number, None, beyond)


def _may_be_bare(match: re.Match[str]) -> bool:
    """Whether 年 may be left out: after R and H, after FY, and where both styles stand together (令和6（2024）)."""
    return bool(
        (match["era"] and match["era"] in "RH")
        or match[0].startswith("FY")
        or (match["stated"] or match["era_in"])
        or match["number"] == "元"
    )


def _may_end_bare(plain: str, run: list[YearMention]) -> bool:
    """Whether the last year of a run needs no 年: H29～30 set solid, 2024～2033 where nothing counts on behind it."""
    last, before = run[-1], run[-2]
    solid = plain[before.end : last.start] in ("~", "-", "・", "→")
    if last.era is not None:
        return solid and plain[run[0].start].isascii() and last.year - before.year < PLAN_YEARS
    return len(str(last.year)) == last.end - last.start and (last.end == len(plain) or plain[last.end] in " )、。,")


def _era_number(numeral: str) -> int | None:
    return 1 if numeral == "元" else integer(numeral)


def era_of(name: str) -> Era:
    """The era of a name, an initial or a squared name. Raises ValueError for another word."""
    for era in eras():
        if name in (era.name, era.initial, era.squared):
            return era
    raise ValueError(f"{name!r} is no era; expected one of {', '.join(era.name for era in eras())}")
