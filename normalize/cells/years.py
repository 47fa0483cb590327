"""Years in a document's labels, also where the era is left out (20年度決算): only where one era alone can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from normalize.text.calendar import fiscal_year, fiscal_years
from normalize.text.folding import narrow, squeeze
from schemas.codes import eras
from schemas.edition import LATEST_REPORT

_FIRST: Final = 1996
"""Japanese municipalities evaluate their projects since 三重県 began in 1996 (事務事業評価システム)."""

_REACH: Final = 10
"""How far from the years that a document prints in full its other years can lie: the term of a long plan."""

FARTHEST_YEARS: Final = 20
"""How far the year of a column may be from the others: a plan and its baseline span fewer, 昭和5年度 and 令和 more."""

_WESTERN: Final = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,.])")


class YearSense(NamedTuple):
    """How a document's years are to be taken: of two eras that are possible, the one between `first` and `last`.

    Where `first` is behind `last`, the document tells no era at all.
    """

    first: int
    last: int

    def year_of(self, text: str) -> int | None:
        """The one fiscal year that a label names.

        None where it names none, or two, or where two eras are possible or none is.

        >>> YearSense(1996, 2035).year_of("20年度決算"), YearSense(1996, 2035).year_of("10年度決算")
        (2008, None)
        >>> YearSense(2014, 2034).year_of("10年度"), YearSense(1996, 2035).year_of("令和5～7年度")
        (2028, None)
        >>> YearSense(1996, 2010).year_of("26年度")  # a project begun in 平成12年度: no other 26年度 has been
        2014
        """
        printed = fiscal_year(text)
        if printed is not None or fiscal_years(text):
            return printed
        if self.first > self.last:
            return None
        readings = {fiscal_year(text, era.name) for era in eras()}
        possible = {year for year in readings if year is not None and _FIRST <= year <= LATEST_REPORT}
        near = {year for year in possible if self.first <= year <= self.last} or possible
        return near.pop() if len(near) == 1 else None


ANY_YEAR: Final = YearSense(_FIRST, LATEST_REPORT)
"""How a year is taken where only one text is at hand, and not the document that it stands in."""


def year_sense(texts: Iterable[str]) -> YearSense:
    """The sense of a document's years, from those that it prints in full; where it prints none, no era can be told.

    >>> year_sense(["平成28年1月からの制度", "行財政改革2015"])
    YearSense(first=2005, last=2026)
    >>> year_sense(["23年度実績"]).year_of("23年度実績") is None
    True
    """
    printed = [
        year
        for text in texts
        for year in (
            *(mention.year for mention in fiscal_years(text)),
            *(int(match[0]) for match in _WESTERN.finditer(narrow(text))),
        )
        if _FIRST <= year <= LATEST_REPORT
    ]
    if not printed:
        return YearSense(LATEST_REPORT, _FIRST)
    return YearSense(max(_FIRST, min(printed) - _REACH), min(LATEST_REPORT, max(printed) + _REACH))


def years_named(text: str) -> int:
    """How many years a text names, a year without an era included."""
    return len(fiscal_years(text, eras()[-1].name))


def without_years(text: str) -> str:
    """A squeezed text without the years in it.

    >>> without_years("令和５年度予算現額"), without_years("R５年度実　績"), without_years("20年度決算")
    ('予算現額', '実績', '決算')
    """
    squeezed = squeeze(text)
    for mention in reversed(fiscal_years(squeezed, eras()[-1].name)):
        squeezed = squeezed[: mention.start] + squeezed[mention.end :]
    return re.sub(r"^(?:年度|年)", "", squeezed)


def out_of_line(years: Sequence[int]) -> set[int]:
    """The years that are far from the middle one."""
    middle = sorted(years)[len(years) // 2] if years else 0
    return {year for year in years if abs(year - middle) > FARTHEST_YEARS}


def out_of_order(years: Sequence[int]) -> set[int]:
    """The one year without which the others run on or back: 令和17年度 between 令和6年度 and 令和8年度.

    Where that holds of two, it is the one without which the others lie closer together.
    """
    if _is_ordered(years):
        return set()
    fits = [year for at, year in enumerate(years) if _is_ordered([*years[:at], *years[at + 1 :]])]
    spans = {year: max(left) - min(left) for year in fits if (left := [other for other in years if other != year])}
    closest = [year for year in fits if spans.get(year) == min(spans.values(), default=0)]
    return set(closest) if len(closest) == 1 else set(fits)


def _is_ordered(years: Sequence[int]) -> bool:
    return list(years) in (sorted(years), sorted(years, reverse=True))
