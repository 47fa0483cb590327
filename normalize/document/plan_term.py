"""A plan's term: the years from which and to which a document says that its plan runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from normalize.document.text_span import Excerpt
from normalize.text.calendar import year_ranges
from normalize.text.folding import squeeze

_LONGEST_LABEL = 30
"""The line before a term that names it is shorter: 計画の期間."""

_NAMED = re.compile(r"計画(?:全体)?の?期間|対象期間")
_SPAN = re.compile(r"^(?:まで)?の?(?P<years>\d+)(?:か年|カ年|ヵ年|ヶ年|箇年|年間)")

_STATED = re.compile(r"^(?:まで)?を(?:計画)?期間と")


@dataclass(frozen=True, slots=True)
class Term:
    """The first and last fiscal year of a plan, and the text that states them."""

    start_fy: int
    end_fy: int
    source: Excerpt

    @property
    def length(self) -> int:
        return self.end_fy - self.start_fy + 1


def plan_term(texts: Iterable[Excerpt]) -> Term | None:
    """The term that a document states: a range of years beside 計画期間, or with its length or 期間 behind it.

    >>> from normalize.document.text_span import Place
    >>> term = plan_term([Excerpt.of("令和3年度から令和12年度までの10年間を定める港町計画", Place(0))])
    >>> (term.start_fy, term.end_fy) if term else None
    (2021, 2030)
    >>> plan_term([Excerpt.of("令和3年度から令和5年度まで補助した", Place(0))])
    """
    return next((term for term, length in stated_terms(texts) if length in (None, term.length)), None)


def stated_terms(texts: Iterable[Excerpt]) -> Iterator[tuple[Term, int | None]]:
    """The terms that a document states, with the length that stands behind them."""
    named: str = ""
    for text in texts:
        for years in year_ranges(text.text):
            first, last = years.first, years.last
            if years.runs_backwards or not last.is_fiscal:
                continue
            behind = squeeze(text.text[last.end :])
            span = _SPAN.match(behind)
            told = "計画" in text.text and (span or _STATED.match(behind)) is not None
            if told or _NAMED.search(squeeze(named + text.text[: first.start])):
                yield (
                    Term(first.year, last.year, text.slice(first.start, last.end)),
                    int(span["years"]) if span else None,
                )
        named = text.text if len(text.text) < _LONGEST_LABEL else ""
