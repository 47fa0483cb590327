"""Axes of number tables: header cells that name a year, the role of the numbers under them, or both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from normalize.forms.general.vocabulary import term_of, unit_note
from normalize.forms.general.years import YearSense, without_years, years_named
from normalize.text.folding import squeeze

_FILLER: Final = re.compile(r"[()\[\]【】:、・/\s]|年度|時点|現在|末|まで|最終年|中間年|予定$|終了時")
_LONGEST: Final = 24


SECTIONS: Final = {"target": "target", "actual": "done", "forecast": "planned", "baseline": "state"}
"""The section of words that stand under a role instead of numbers: a goal, a report, a plan."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis cell says of the numbers in its column or row.

    `role` is ``target``, ``actual``, ``forecast``, ``baseline``, ``ratio``, ``difference``, or ``year`` for the word
    年度 itself; None where only a year is printed. `is_money` tells 決算 and 予算, which count money unless a unit is
    printed.
    """

    year: int | None
    role: str | None
    unit: str | None
    is_money: bool


def axis_of(text: str, years: YearSense) -> Axis | None:
    """The axis that a cell is: nothing but a year, a role, or both; else None.

    >>> sense = YearSense(1996, 2035)
    >>> axis = axis_of("令和５年度予算現額", sense)
    >>> axis.year, axis.role, axis.is_money
    (2023, 'forecast', True)
    >>> axis_of("令和６年度事業名", sense), axis_of("（目標値）", sense).role
    (None, 'target')
    """
    squeezed = squeeze(text)
    if not squeezed or len(squeezed) > _LONGEST:
        return None
    named = years_named(squeezed)
    rest = without_years(squeezed) if named else squeezed
    year = years.year_of(squeezed) if named else None
    if named and year is None:
        return None
    role = role_of(rest)
    if role is None and _FILLER.sub("", re.sub(r"\([^()]*\)", "", rest)):
        return None
    if role is None and not named:
        return None
    return Axis(year, role, unit_note(text), bool(re.search("決算|予算|執行|支出", rest)))


def role_of(text: str) -> str | None:
    """The role that a label without years is: 目標値, （実績）, 決算額(千円), 見込み; None for any other text.

    >>> role_of("数値目標値"), role_of("決　算"), role_of("担当課")
    ('target', 'actual', None)
    """
    squeezed = squeeze(text)
    for shape in (squeezed, re.sub(r"\([^()]*\)$", "", squeezed), re.sub(r"^\((.*)\)$", r"\1", squeezed)):
        term = term_of(shape) if shape else None
        if term is not None and term.is_whole and term.kind == "axis":
            return term.field
    return None
