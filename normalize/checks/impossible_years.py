"""Years that cannot be meant: a slip of the era (令和29年度 for 平成29年度), a year that its era never had.

No clock is asked: whether a year lies too far ahead is judged by the other years of the same document, so the same
document gives the same findings in every year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from normalize.text.calendar import YearMention, YearRange, era_of, fiscal_years, year_ranges
from schemas.codes import eras
from schemas.edition import EDITION_YEAR

PLAUSIBLE_YEARS_AHEAD: Final = 20
"""How far a document may look ahead of the year that it is about; general plans reach 10 to 20 years."""

_LEAST_YEARS: Final = 3
"""Of fewer years one that is wrong may be the middle one."""

_LOOKS_AHEAD: Final = re.compile("推計|予測|将来|見通し|見込|長期的|カーボン|脱炭素|温室効果|ゼロ")
_SENTENCE_END: Final = re.compile(r"[。\n]")
_CENSUS_STEP: Final = 5

Reason = Literal["no-such-year", "range-backwards", "beyond-horizon"]


@dataclass(frozen=True, slots=True)
class Horizon:
    """What a document's years say about it: the latest plausible Western year, and the eras that it names."""

    latest: int
    eras: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ImpossibleYear:
    """A year that cannot be meant, why, and the year that may have been (`suggestion`, as one would print it)."""

    mention: YearMention
    reason: Reason
    suggestion: str | None


def horizon_of(texts: Iterable[str]) -> Horizon:
    """The horizon of a document: 20 years after the middle one of all the years that it prints.

    The middle one, because a wrong year cannot move it; a document that prints fewer than three years is taken to be
    of `EDITION_YEAR`, a constant, so that no clock can change what is found. No year up to that one lies too far
    ahead: a sheet can print when its project began more often than its own year.

    >>> horizon_of(["平成29年度", "令和元年度", "令和29年度", "2022年"]).latest
    2039
    """
    mentions = [mention for text in texts for mention in fiscal_years(text)]
    years = sorted(mention.year for mention in mentions)
    middle = years[(len(years) - 1) // 2] if len(years) >= _LEAST_YEARS else EDITION_YEAR
    latest = max(middle + PLAUSIBLE_YEARS_AHEAD, EDITION_YEAR)
    return Horizon(latest, frozenset(mention.era for mention in mentions if mention.era))


def impossible_years(text: str, horizon: Horizon) -> list[ImpossibleYear]:
    """The Japanese years of a text that cannot be meant. Western years are taken as they are printed, and an initial
    without 年 (R64) may be no year at all.

    - `no-such-year`: a year 0, a Western year beside it that is another one, or a year beyond its era in a document
      that knows the next era
    - `range-backwards`: the far end of a range that runs backwards
    - `beyond-horizon`: later than the document's horizon, and no year of a projection; neither is the Western year
      printed beside it, nor is it an end of a term of up to 20 years

    >>> [(y.mention.text, y.suggestion) for y in impossible_years("令和29年度～令和元年度", Horizon(2045))]
    [('令和29年度', '平成29年度')]
    """
    mentions = fiscal_years(text)
    if not mentions:
        return []
    ranges = year_ranges(text)
    backwards = {pair.first for pair in ranges if pair.runs_backwards}
    found = []
    for mention in mentions:
        if mention.era is None or (mention.text[0].isascii() and "年" not in mention.text):
            continue
        reason: Reason
        contradicted = mention.stated_year not in (None, mention.year)
        if mention.impossible or contradicted or (mention.beyond_era and _knows_next(mention.era, horizon)):
            reason = "no-such-year"
        elif mention.year > horizon.latest and not (_is_said_twice(mention, ranges) or _is_projection(text, mention)):
            reason = "beyond-horizon"
        elif mention in backwards:
            reason = "range-backwards"
        else:
            continue
        found.append(ImpossibleYear(mention, reason, suggested_year(mention, horizon)))
    return found


def _is_said_twice(mention: YearMention, ranges: Iterable[YearRange]) -> bool:
    """Whether the print itself bears a far year out: 令和25（2043）年度, 令和16年度～令和25年度."""
    return mention.stated_year is not None or any(
        mention in (pair.first, pair.last) and 0 < pair.last.year - pair.first.year <= PLAUSIBLE_YEARS_AHEAD
        for pair in ranges
    )


def suggested_year(mention: YearMention, horizon: Horizon) -> str | None:
    """What may have been meant by an impossible Japanese year, as one would print it; None where nothing is near.

    A year beyond its era is the same year of the next one (平成35年度: 令和5年度). Else the latest other era that had a
    year of that number, no later than the horizon (令和29年度: 平成29年度).
    """
    suffix = "年度" if mention.is_fiscal else "年"
    if mention.era is None or not mention.number:
        return None
    if mention.stated_year not in (None, mention.year):
        return f"{mention.stated_year}{suffix}"
    for era in reversed(eras()):
        if mention.beyond_era:
            if era.first_year <= mention.year:
                return f"{era.name}{_written(mention.year - era.first_year + 1)}{suffix}"
        elif era.name != mention.era and era.end is not None:
            year = era.first_year + mention.number - 1
            if year <= min(era.end.year, horizon.latest):
                return f"{era.name}{_written(mention.number)}{suffix}"
    return None


def _is_projection(text: str, mention: YearMention) -> bool:
    """Whether a far year is meant: its sentence looks far ahead (推計, 将来), or it is a census year, for which
    projections are made, of a number that the era before never had, so that no slip of the era gives it.
    """
    opening = max((match.end() for match in _SENTENCE_END.finditer(text, 0, mention.start)), default=0)
    closing = _SENTENCE_END.search(text, mention.end)
    if _LOOKS_AHEAD.search(text[opening : closing.start() if closing else len(text)]):
        return True
    first, last = next((era.first_year, era.end.year) for era in reversed(eras()) if era.end is not None)
    may_be_slip = first + (mention.number or 0) - 1 <= last
    return mention.year % _CENSUS_STEP == 0 and not mention.is_fiscal and not may_be_slip


def _written(number: int) -> str:
    return "元" if number == 1 else str(number)


def _knows_next(name: str, horizon: Horizon) -> bool:
    later = [era.name for era in eras() if era.first_year > era_of(name).first_year]
    return any(era in horizon.eras for era in later)
