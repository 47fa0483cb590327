"""Goal times: the fiscal year or the deadline that the words around a number of a goal, or a whole clause, give it."""

from __future__ import annotations

import re
from typing import Final

from lark import Token, Tree

from normalize.goals.clause_endings import is_verbal_noun, qualifies_a_noun
from normalize.goals.goal_clauses import Clause, span_of
from normalize.text.calendar import fiscal_years, month_mentions

_OVER_YEARS: Final = re.compile(
    r"(?<![0-9])(?:[2-9]|[1-9][0-9])\s*(?:年間?|[かヶカヵケ箇]年間?)(?:の?(?:累計|合計|累積|延べ|通算))?で(?!きる)"
    r"|\(\s*(?:[2-9]|[1-9][0-9])\s*(?:年間|[かヶカヵケ箇]年)(?:の?(?:累計|合計|計|累積|延べ|通算))?\s*\)"
    r"|計画期間(?:中|内|全体)?(?:に|で|を通じて)"
)
"""A number of several years together: 3年間で10本, 延べ10本（3か年）."""


def is_over_years(text: str) -> bool:
    """Whether a narrow text of a goal sets a number for several years together, and so for no one of them.

    >>> [is_over_years(text) for text in ("3年間で10本", "延べ10本(3か年)", "1年間で10本", "10本/年")]
    [True, True, False, False]
    """
    return _OVER_YEARS.search(text) is not None


def time_in_remark(plain: str, tree: Tree[Token]) -> tuple[int | None, int | None] | None:
    """The fiscal year or the deadline in a bracket behind a number, without a number: 20社（令和8年度まで）."""
    for remark in tree.find_data("remark"):
        times = [*remark.find_data("time")]
        if len(times) != 1 or [*remark.find_data("goal"), *remark.find_data("unread")]:
            continue
        start, end = span_of(times[0])
        year, deadline = _meant(plain, times[0], adjoining=not plain[span_of(remark)[0] + 1 : start].strip())
        if year and plain[end:].lstrip().startswith("末"):
            return None, year
        return (year, deadline) if year or deadline else None
    return None


def times_of(plain: str, times: list[Tree[Token]], at: int) -> tuple[int | None, int | None]:
    """The fiscal year and the deadline of a number: of the last time before it, else of the first behind it."""
    before = [time for time in times if span_of(time)[0] < at]
    nearest = before[-1:] or times[:1]
    if not nearest:
        return None, None
    (time,) = nearest
    between = plain[span_of(time)[1] : at]
    return (None, None) if qualifies_a_noun(between) else _meant(plain, time, adjoining=not between.strip())


def clause_times(plain: str, clauses: list[Clause]) -> tuple[int | None, int | None]:
    """The fiscal year and the deadline of a qualitative goal; a time inside a relative clause is not the goal's."""
    found = []
    for clause in clauses:
        for time in clause.trees("time"):
            behind = plain[span_of(time)[1] : clauses[-1].end]
            if not qualifies_a_noun(behind):
                alone = not plain[clauses[0].start : span_of(time)[0]].strip()
                found.append(_meant(plain, time, adjoining=alone and (is_verbal_noun(behind) or not behind.strip())))
    years = {year for year, _ in found if year}
    deadlines = {deadline for _, deadline in found if deadline}
    return (years.pop() if len(years) == 1 else None), (deadlines.pop() if len(deadlines) == 1 else None)


def _meant(plain: str, time: Tree[Token], *, adjoining: bool) -> tuple[int | None, int | None]:
    """A time as fiscal year (に, は) or deadline (までに). より is neither; a bare year counts where it adjoins."""
    printed, *words = (child for child in time.children if isinstance(child, Token))
    # By its place, for what is printed there may lean on what stands before it: 同年11月.
    years = {mention.start: mention.year for mention in fiscal_years(plain)}
    years |= {mention.start: mention.fiscal_year for mention in month_mentions(plain)}
    year = years.get(printed.start_pos or 0)
    kind = words[0].type if words else ("IN" if adjoining else None)
    return (year if kind == "IN" else None), (year if kind == "UNTIL" else None)
