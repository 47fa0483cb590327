"""The numbers and grades of a programme's row, year by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from normalize.cells.amounts import is_absent
from normalize.cells.beside_numbers import may_be_another
from normalize.document.footnotes import sense_of, without_note
from normalize.document.table_grid import Grid, GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.progress.columns import Doubt, YearColumns
from normalize.forms.progress.doubts import noted_remarks, unsettled_remarks
from normalize.forms.progress.header import Header, printed_cell
from normalize.forms.progress.legend import Legend
from normalize.forms.progress.numbers import CellNumber, name_and_unit, read_number
from normalize.records.grades import judgement
from normalize.records.odd_numbers import odd_number
from normalize.statements.numbering import UNNUMBERED, draft_id
from normalize.statements.statement import Label, Remark, Statement, entry
from normalize.text.folding import clean, fold_mark
from normalize.text.labels import Labels
from normalize.text.quantities import Quantity, indicator_measure_of
from schemas.closed_sets import ObservationRole
from schemas.document import Document
from schemas.messages import say
from schemas.records import Indicator, Measure, Observation


@dataclass(frozen=True, slots=True)
class Section:
    """A header of a table with the rows below it, what its columns of values are, and the notes of the document."""

    grid: Grid
    header: Header
    years: tuple[YearColumns, ...]
    doubts: tuple[Doubt, ...]
    notes: Mapping[str, str]

    def cell(self, row: int, labels: Labels) -> GridCell | None:
        """What a row prints in the column of a label."""
        return printed_cell(self.grid, row, self.header.columns.get(labels))


_COLUMNS: Final[tuple[Literal["target", "actual"], ...]] = ("target", "actual")

_Printed = dict[tuple[int, Literal["target", "actual"]], tuple[GridCell, CellNumber]]
"""The cells of targets and actuals that print something, by year and column, with the number that each is read as."""


def indicator_to_statements(
    document: Document,
    section: Section,
    row: int,
    legend: Legend,
    node: Measure,
    printed_name: Excerpt,
) -> Iterator[Statement]:
    """The indicator of a row: its observations and its grade, year by year."""
    grid, years = section.grid, section.years
    name, unit = name_and_unit(printed_name)
    read = _printed(section, row, unit)
    units = [amount.unit for _, number in read.values() if (amount := number.amount) is not None and amount.unit]
    indicator = Indicator(
        indicator_id=draft_id("indicator", name, node.measure_id),
        measure_id=node.measure_id,
        indicator_name=clean(name.text),
        indicator_text=clean(printed_name.text),
        unit=units[0] if units else None,
        indicator_measure=indicator_measure_of(units[0]) if units else "count" if read else "qualitative",
        position=UNNUMBERED,
    )
    yield entry(indicator, indicator_name=name, indicator_text=printed_name)
    first_target = _first_target(years, read)
    for group in years:
        for column, col in zip(_COLUMNS, (group.target, group.actual), strict=True):
            cell = printed_cell(grid, row, col)
            if cell is None:
                continue
            if (group.fiscal_year, column) not in read:
                yield Label(cell.excerpt)  # a dash: none
                continue
            number = read[group.fiscal_year, column][1]
            role = _actual_role(group, number, first_target) if column == "actual" else "target"
            yield from _observation(indicator, group, role, cell, number)
        mark = printed_cell(grid, row, group.grade)
        if mark is None:
            continue
        bare = mark.excerpt.slice(0, len(without_note(mark.text).rstrip()))
        target, actual = (
            found[1].amount if (found := read.get((group.fiscal_year, role))) else None for role in _COLUMNS
        )
        yield from _noted_grade(mark, section.notes)
        yield from judgement(
            document,
            bare,
            legend.scheme,
            measure_id=node.measure_id,
            indicator_id=indicator.indicator_id,
            fiscal_year=group.fiscal_year,
            grade_recomputed=_recomputed(target, actual, legend),
            explained=legend.marks,
        )


def _noted_grade(mark: GridCell, notes: Mapping[str, str]) -> Iterator[Statement]:
    """The mark of a note behind a grade; a finding where the note says that the grade is not the one of the year."""
    bare = without_note(mark.text).rstrip()
    if len(bare) == len(mark.text.rstrip()):
        return
    yield Label(mark.excerpt.slice(len(bare)))
    sense, note = sense_of(mark.text, notes)
    if sense != "year":
        yield Remark(
            "preliminary",
            "warning",
            say("{text} is not final yet: {note}", text=mark.excerpt.printed, note=note),
            mark.excerpt,
            observed=mark.excerpt.printed,
        )


def _printed(section: Section, row: int, unit: str | None) -> _Printed:
    """What the columns of targets and actuals print in a row; a dash prints nothing."""
    return {
        (group.fiscal_year, column): (cell, read_number(cell.text, unit or group.units.get(column), section.notes))
        for group in section.years
        for column, col in zip(_COLUMNS, (group.target, group.actual), strict=True)
        if (cell := printed_cell(section.grid, row, col)) and not _is_dash(cell.text)
    }


def _is_dash(text: str) -> bool:
    """Whether a cell prints nothing but a dash, a stroke or dots."""
    return fold_mark(text, "-") is not None or (is_absent(text) and not any(map(str.isalnum, text)))


def _first_target(years: Sequence[YearColumns], read: _Printed) -> int | None:
    """The first year with a target; without any, the first with a column for one, or for a grade."""
    printed = [year for year, column in read if column == "target"]
    columns = [group.fiscal_year for group in years if group.target is not None or group.grade is not None]
    return min(printed or columns, default=None)


def _actual_role(group: YearColumns, number: CellNumber, first_target: int | None) -> ObservationRole:
    """What a number under 実績 is: expected where head or cell says so, the baseline before the first target."""
    if group.expected or number.sense == "forecast":
        return "forecast"
    return "baseline" if first_target is not None and group.fiscal_year < first_target else "actual"


def _recomputed(target: Quantity | None, actual: Quantity | None, legend: Legend) -> str | None:
    if target is None or actual is None or not target.value:
        return None
    return legend.grade_of(target.value, actual.value)


def _observation(
    indicator: Indicator, group: YearColumns, role: ObservationRole, cell: GridCell, number: CellNumber
) -> Iterator[Statement]:
    amount = number.amount
    seen = Observation(
        observation_id=f"{indicator.indicator_id}-{role}-{group.fiscal_year}",
        indicator_id=indicator.indicator_id,
        fiscal_year=group.fiscal_year,
        role=role,
        value=float(amount.value) if amount else None,
        value_text=cell.excerpt.printed,
        unit=amount.unit if amount else None,
        comparator=amount.comparator if amount else None,
    )
    yield entry(
        seen,
        value=cell.excerpt if amount else None,
        value_text=cell.excerpt,
        fiscal_year=group.header.excerpt,
    )
    yield from unsettled_remarks(seen, group, cell, indicator.indicator_name or "")
    yield from noted_remarks(seen, cell, number.sense, number.note)
    if amount is not None and number.sense == "year" and may_be_another(cell.text, is_goal=role == "target"):
        yield odd_number(cell.excerpt, seen)
    if number.other_unit is not None:
        yield Remark(
            "unit-differs",
            "warning",
            say("{text} stands under the unit {unit}", text=cell.excerpt.printed, unit=number.other_unit),
            cell.excerpt,
            seen,
            "unit",
            expected=number.other_unit,
            observed=cell.excerpt.printed,
        )
    if amount is None and number.sense not in ("part", "total"):
        yield Remark(
            "target-unparsed",
            "warning",
            say("{text} is no number with a unit", text=cell.excerpt.printed),
            cell.excerpt,
            seen,
            "value",
            expected="a number with its unit, as 30人",
            observed=cell.excerpt.printed,
        )
