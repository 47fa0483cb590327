"""The columns of a year: which is its target, its actual and its grade, by the labels and by what stands below them.

A label alone may mislead: 達成状況 is a grade on one form and a number on the next. Where two columns of a year claim
to be the same, what stands in them decides, numbers or marks; where that leaves it open, neither is read and a doubt
says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from normalize.cells.head_years import year_and_rest
from normalize.cells.heads import read_head
from normalize.cells.row_words import is_harmless, is_of_others, is_reference
from normalize.cells.years import YearSense, out_of_line, out_of_order
from normalize.document.footnotes import Sense, sense_of
from normalize.document.table_grid import Grid, GridCell
from normalize.forms.progress.numbers import name_and_unit
from normalize.grades.schemes import read_grade
from normalize.text.calendar import fiscal_year, without_year, year_ranges
from normalize.text.folding import fold_mark, squeeze
from normalize.text.labels import Labels
from normalize.text.periods import Period, period_of, without_period
from normalize.text.quantities import quantity
from normalize.text.text_cache import remembered

Role = Literal["target", "actual", "grade"]
Content = Literal["numbers", "marks", "open"]
Why = Literal[
    "claimed-twice", "by-content", "part-of-year", "calendar-year", "year-out-of-line", "noted", "other-thing",
    "other-year",
]  # fmt: skip

_MOSTLY: Final = 0.6
"""The share of printed cells that makes a column one of numbers or of marks."""

_LONGEST_YEAR: Final = 16
"""A cell that prints a year and hardly anything else is shorter: 令和元年度（2019年度）."""

_SAYS_NO_MORE: Final = re.compile(
    "(?:の|と|及び|・|/|進捗|状況|取り?組み?|実施|事業|活動|結果|評価|点検|分|目標|実績|値|前期|後期|計画)+"
)
"""Words behind a year that say nothing more of the numbers below it than their labels do."""

_CALENDAR: Final = re.compile(r"[0-9元]年(?!度)")


@dataclass(frozen=True, slots=True)
class YearColumns:
    """The columns of one year group. A column that the table does not print is None.

    `expected` is whether its actual is only a forecast (令和7年度（見込）, 実績見込), `unsettled` the heading that says
    that it is not final (実績（速報値）), `units` are those that its headings print (実績（千円）).
    """

    fiscal_year: int
    header: GridCell
    target: int | None = None
    actual: int | None = None
    grade: int | None = None
    expected: bool = False
    unsettled: GridCell | None = None
    units: Mapping[Role, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Columns that are not read, that only their content told, or that a note says more of: their headings and why."""

    why: Why
    heads: tuple[GridCell, ...]
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column below a year: the cells that print its year and its role, and what a note at one of them says."""

    col: int
    year: GridCell
    leaf: GridCell
    role: Role
    noted: Sense = "year"

    @property
    def fiscal_year(self) -> int:
        return fiscal_year_of(self.year)

    @property
    def period(self) -> Period:
        own = period_of(self.leaf.text)
        if own == "year" and self.noted != "other":
            own = self.noted
        return own if own != "year" else period_of(self.year.text)

    @property
    def is_partial(self) -> bool:
        """Whether it is of a part of the year, or of several: 上期目標, 実績（累計）, 中間評価 (by its label alone)."""
        return (period_of(self.leaf.text) if self.role == "grade" else self.period) in ("part", "total")

    @property
    def is_of_other_year(self) -> bool:
        """Whether its label prints another year than the heading over it: 実績（令和6年度） below 令和7年度."""
        label = squeeze(self.leaf.text)
        year, _, _ = year_and_rest(label, YearSense(self.fiscal_year, self.fiscal_year))
        is_other = year not in (None, self.fiscal_year) or bool(year_ranges(label))
        return is_other and self.leaf is not self.year

    @property
    def is_compared(self) -> bool:
        """Whether a remark makes its numbers those of a comparison or of others: 実績（前年度比）, 令和7年度 参考値."""
        return self.is_year_compared or (self.role != "grade" and is_of_others(self.leaf.text))

    @property
    def is_year_compared(self) -> bool:
        """The same of the year over it."""
        rest = without_year(squeeze(self.year.text))
        if is_of_others(self.year.text) or is_reference(rest):
            return True
        words = read_head(self.year.text, YearSense(self.fiscal_year, self.fiscal_year)).words
        return bool(words) and self.leaf is not self.year and not (_SAYS_NO_MORE.fullmatch(words) or is_harmless(rest))

    @property
    def is_planned(self) -> bool:
        """Whether it is an actual below a year that is called a plan: 実績 below 令和7年度（当初）."""
        if self.role != "actual" or self.leaf is self.year or self.period == "forecast":
            return False
        return read_head(self.year.text, YearSense(self.fiscal_year, self.fiscal_year)).role in {"target", "forecast"}

    @property
    def label(self) -> str:
        return without_year(squeeze(self.leaf.text))


def says(labels: Labels, text: str) -> bool:
    """Whether a heading is a label: alone, behind its year (令和7年度実績), or with a period (上半期実績)."""
    bare = without_year(squeeze(text))
    return any(labels.match(form) for form in (text, bare, without_period(bare)))


@remembered()
def is_year(text: str) -> bool:
    """Whether a header cell prints a year and hardly anything else."""
    return fiscal_year(squeeze(text)) is not None and len(squeeze(text)) < _LONGEST_YEAR


def year_groups(
    grid: Grid,
    columns: Sequence[ValueColumn],
    rows: Sequence[int],
    scheme: str,
    marks: frozenset[str],
    notes: Mapping[str, str],
) -> tuple[tuple[YearColumns, ...], tuple[Doubt, ...]]:
    """The year groups of value columns, from left to right, and what is in doubt.

    `rows` are the rows below the header, `marks` those that the document's legend explains, `notes` its footnotes.
    """
    columns = [replace(column, noted=_noted(column, notes)) for column in columns]
    contents = _contents(grid, columns, rows, scheme, marks)
    groups: dict[tuple[int, str], list[ValueColumn]] = {}
    for column in columns:
        half = squeeze(column.year.text) if period_of(column.year.text) in ("part", "total") else ""
        groups.setdefault((column.fiscal_year, half), []).append(column)
    planned = [year for (year, _), members in groups.items() if any(each.role != "actual" for each in members)]
    far = out_of_line([year for year, _ in groups]) | out_of_order(planned)
    fiscal = [head for head in {column.year for column in columns} if "年度" in squeeze(head.text)]
    found: list[YearColumns] = []
    doubts: list[Doubt] = []
    for (year, half), members in groups.items():
        if year in far:
            doubts.append(Doubt("year-out-of-line", (members[0].year,)))
        elif fiscal and _CALENDAR.search(squeeze(members[0].year.text)):
            doubts.append(Doubt("calendar-year", (members[0].year,)))
        elif half:
            doubts.append(Doubt("part-of-year", (members[0].year,)))
        else:
            group, open_ones = _group(year, members, contents)
            found.append(group)
            doubts += open_ones
    return tuple(found), tuple(doubts)


def _noted(column: ValueColumn, notes: Mapping[str, str]) -> Sense:
    """What the note of a column's heading says of its numbers; of its grades nothing is asked."""
    said = [sense_of(cell.text, notes)[0] for cell in (column.leaf, column.year)] if column.role != "grade" else []
    return next((sense for sense in said if sense != "year"), "year")


def _group(
    year: int, members: Sequence[ValueColumn], contents: Mapping[str, Content]
) -> tuple[YearColumns, list[Doubt]]:
    """One year's columns, solved together."""
    doubts = _of_other_things(members)
    left = [each for each in members if not _is_other(each)]
    told, more = _by_role(left, contents, is_sure=not doubts)
    doubts += more
    doubts += [Doubt("noted", (column.leaf,)) for column in left if column.noted == "other"]
    cols = {role: claimed[0].col for role, claimed in told.items() if len(claimed) == 1}
    expected = any(column.period == "forecast" for column in told["actual"])
    heads = [(role, cell.excerpt) for role in cols for cell in (told[role][0].leaf, told[role][0].year)]
    units = {role: unit for role, head in reversed(heads) if (unit := name_and_unit(head)[1]) is not None}
    by = _unsettled_by(told["actual"])
    return YearColumns(
        year, members[0].year, cols.get("target"), cols.get("actual"), cols.get("grade"), expected, by, units
    ), doubts


def _is_other(column: ValueColumn) -> bool:
    """Whether a column holds none of the year's own targets, actuals and grades."""
    return column.is_partial or column.is_compared or column.is_planned or column.is_of_other_year


def _of_other_things(members: Sequence[ValueColumn]) -> list[Doubt]:
    """The doubts about columns of a part of the year, of a comparison, of a plan and of another year."""
    compared = [column.year if column.is_year_compared else column.leaf for column in members if column.is_compared]
    return [
        *(Doubt("part-of-year", (column.leaf,)) for column in members if column.is_partial),
        *(Doubt("other-thing", (cell,)) for cell in dict.fromkeys(compared)),
        *(Doubt("other-thing", (column.year, column.leaf)) for column in members if column.is_planned),
        *(Doubt("other-year", (column.year, column.leaf)) for column in members if column.is_of_other_year),
    ]


def _by_role(
    columns: Sequence[ValueColumn], contents: Mapping[str, Content], *, is_sure: bool
) -> tuple[dict[Role, list[ValueColumn]], list[Doubt]]:
    """The columns of each role, and the doubts about those that two claim, or whose content is not of their role.

    A column of numbers under a heading of grades is the actual where no other is and, with `is_sure`, no column of the
    year was left out.
    """
    misfits = [column for column in columns if contents[column.label] == _UNLIKE[column.role]]
    told: dict[Role, list[ValueColumn]] = {"target": [], "actual": [], "grade": []}
    for column in columns:
        if column not in misfits:
            told[column.role].append(column)
    doubts: list[Doubt] = []
    numbers = [column for column in misfits if column.role == "grade"]
    if len(numbers) == 1 and not told["actual"] and told["target"] and is_sure:
        told["actual"] = numbers
        doubts.append(Doubt("by-content", (numbers[0].leaf,), "actual"))
        misfits = [column for column in misfits if column not in numbers]
    if misfits:
        doubts.append(Doubt("claimed-twice", tuple(column.leaf for column in misfits), misfits[0].role))
    twice = [(role, claimed) for role, claimed in told.items() if len(claimed) > 1]
    doubts += [Doubt("claimed-twice", tuple(column.leaf for column in claimed), role) for role, claimed in twice]
    return told, doubts


def _unsettled_by(actuals: Sequence[ValueColumn]) -> GridCell | None:
    """The heading that says that the actuals may change: that of the year, else their own."""
    unsettled = next((column for column in actuals if column.period == "unsettled"), None)
    if unsettled is None:
        return None
    return unsettled.year if period_of(unsettled.year.text) != "year" else unsettled.leaf


_UNLIKE: Final[Mapping[Role, Content]] = {"target": "marks", "actual": "marks", "grade": "numbers"}
"""What does not stand in a column of each role."""


def _contents(
    grid: Grid, columns: Sequence[ValueColumn], rows: Sequence[int], scheme: str, marks: frozenset[str]
) -> dict[str, Content]:
    """What stands below each label, in all its columns together: the years to come are empty."""
    printed: dict[str, list[str]] = {column.label: [] for column in columns}
    for column in columns:
        printed[column.label] += [cell.text for row in rows if (cell := grid.at(row, column.col)) and cell]
    return {label: _content(texts, scheme, marks) for label, texts in printed.items()}


def _content(texts: Sequence[str], scheme: str, marks: frozenset[str]) -> Content:
    said = [text for text in texts if fold_mark(text, "-") is None]
    graded = sum(read_grade(text, scheme).grade is not None or fold_mark(text, marks) is not None for text in said)
    counted = sum(quantity(text) is not None for text in said)
    if not said:
        return "open"
    return "marks" if graded >= _MOSTLY * len(said) else "numbers" if counted >= _MOSTLY * len(said) else "open"


def column_of(col: int, year: GridCell, path: Sequence[GridCell], roles: Mapping[Role, Labels]) -> ValueColumn | None:
    """The value column that a path of headings below a year makes; None where none of them names a role."""
    told = next(_roles(path, roles), None)
    return ValueColumn(col, year, *told) if told is not None else None


def fiscal_year_of(year: GridCell) -> int:
    """The year that a heading prints of which `is_year` holds."""
    found = fiscal_year(squeeze(year.text))
    assert found is not None, "only what prints a year heads a value column"
    return found


def _roles(path: Sequence[GridCell], roles: Mapping[Role, Labels]) -> Iterator[tuple[GridCell, Role]]:
    for role, labels in roles.items():
        for cell in path:
            if says(labels, cell.text):
                yield cell, role
