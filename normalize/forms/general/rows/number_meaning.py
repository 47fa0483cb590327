"""What a number of a block is: its name, year, role and unit, from what stands over, beside and before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple, cast

from normalize.cells.amounts import Amount
from normalize.cells.beside_numbers import may_be_another
from normalize.cells.row_words import is_of_others
from normalize.cells.vocabulary import unit_note
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.dating_rows import dates_above, dates_below
from normalize.forms.general.cells.names import kind_of_indicator
from normalize.forms.general.facts import Doubt, Name, Number, RowKey
from normalize.forms.general.heads.meaning import PLANS_MONEY, Column, counts_no_money
from normalize.forms.general.rows.number_names import counted_name, cumulated, is_added_up, is_sum_alone
from normalize.forms.general.rows.number_roles import (
    is_between_budgets,
    is_unknown_among_roles,
    role_beside,
    role_of_sources,
    role_of_year,
    role_over_sources,
    sources_head,
)
from normalize.forms.general.rows.number_units import unit_of
from normalize.forms.general.rows.rows import Counted, Reading
from normalize.forms.general.rows.stubs import Setting, Stub
from normalize.forms.general.view import View
from normalize.text.folding import clean, squeeze
from normalize.text.periods import UNSETTLED, counts_part
from normalize.text.quantities import indicator_measure_of, unit_and_factor
from schemas.closed_sets import ObservationRole

_ROLES: Final = frozenset({"baseline", "target", "actual", "forecast", "difference"})

_EXPECTED: Final = re.compile("量の見込み?|見込み?量|確保(?:方策|の内容|量|提供量|体制)")
"""What the name of a row or column says of numbers without a role: of a plan for services, they are expected."""

_TWO: Final = 2
"""A difference is that of two columns."""

_UNIT_ENDS_LINE: Final = re.compile(r"[(（]([^()（）\n]{1,10})[)）]\s*\n\s*[^\s(（※]")

_CLOSED: Final = re.compile(r"[(（][^()（）]*[)）]\s*$")


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A cell that may hold a number, and what the reading knows around it."""

    reading: Reading
    row: int
    column: Column
    cell: GridCell
    key: RowKey | None
    indicators: dict[int, Counted]
    setting: Setting
    stub: Stub


class _When(NamedTuple):
    """The year of a number and where it is printed; `is_open` where several years or a part of one are meant."""

    year: int | None = None
    source: Excerpt | None = None
    is_open: bool = False


class Meaning(NamedTuple):
    """A number without its value, the unit as it is printed, and whether it counts money."""

    number: Number
    unit: str | None
    is_money: bool


def meaning_of(at: NumberCell, amount: Amount | None) -> Meaning | Doubt | None:
    """What the number of a cell is, what is in doubt about it, or None where nothing names it.

    A doubt is worth saying only where the cell holds an amount.
    """
    if (doubt := _doubt_of_column(at)) is not None:
        return doubt
    found = counted_name(at.reading, at.row, at.column, at.indicators, at.stub, at.setting)
    if found is None:
        is_told = at.column.kind == "value" and (at.column.year is not None or at.column.role is not None)
        return Doubt(at.cell.excerpt, "what its row counts", "what stands over its table") if is_told else None
    name = cumulated(at.reading, at.stub, found.name)
    if "。" in name.text or _is_of_others(at):  # sentences count nothing
        return Doubt(at.cell.excerpt, "a row of the list", "numbers of something else")
    if _names_two(name):
        return Doubt(at.cell.excerpt, "one indicator", "another one in the same cell")
    if is_sum_alone(at.stub, name) or counts_part(name.text):
        return Doubt(at.cell.excerpt, "one year", "several years or a part of one")
    is_money = found.is_cost or at.column.is_money
    when = _when(at, amount, is_money=is_money)
    if when.is_open:
        return Doubt(at.cell.excerpt, "one year", "several years or a part of one")
    role = _role(at, name, when, is_cost=found.is_cost, is_money=is_money)
    if not isinstance(role, str):
        return role
    if amount is not None and amount.period == "forecast" and role == "actual":
        role = "forecast"
    if amount is not None and (doubt := _misfit(at, name, role, when, amount)) is not None:
        return doubt
    unit, unit_source = _unit(at, name, found.unit, is_cost=found.is_cost, is_money=is_money)
    heads = (head.text for column in at.reading.of("indicator") for head in column.path)
    said_by = _said_by(at)
    number = Number(
        name=name,
        printed=at.cell.excerpt.strip(),
        year=when.year,
        role=cast(ObservationRole, role),
        value=None,
        unit=unit_and_factor(unit)[0] if unit else None,
        comparator=None,
        is_cost=found.is_cost or (is_money and unit is not None and indicator_measure_of(unit) == "currency"),
        year_source=when.source,
        role_source=said_by.excerpt if said_by is not None else None,
        unit_source=unit_source,
        row=at.key,
        kind="input" if found.is_cost else kind_of_indicator(*at.stub.kinds, *heads),
        unsettled=_unsettled(at.reading.view, at.column, at.stub, at.cell, role),
        is_odd=amount is not None and may_be_another(at.cell.text, is_goal=role == "target"),
    )
    return Meaning(number, unit, is_money)


def _doubt_of_column(at: NumberCell) -> Doubt | None:
    """What makes every number of a column doubtful: a year out of line, two roles."""
    if at.column.odd_year and at.column.leaf is not None:
        return Doubt(at.column.leaf.excerpt, "the year that is printed", "one that runs on with the others")
    return Doubt(at.cell.excerpt, "actual", "target") if at.column.in_doubt else None


def _is_of_others(at: NumberCell) -> bool:
    """Whether the label that gives a number its role says that it is no own result, but one to compare with: 県平均."""
    said_by = _said_by(at)
    if said_by is None or at.reading.view.head(said_by).role not in {"target", "actual", "forecast"}:
        return False
    return is_of_others(said_by.text)


def _names_two(name: Name) -> bool:
    """Whether a name goes on in the next line behind a unit: 見学者数（人）, and below it 売上額（千円）."""
    ends = (_UNIT_ENDS_LINE.search(source.text) for source in name.sources)
    return any(end is not None and unit_note(f"({end[1]})") is not None for end in ends)


def _said_by(at: NumberCell) -> GridCell | None:
    """The cell that tells the role of a number: beside it before over it."""
    return at.stub.role_source or at.column.role_source


def _role(at: NumberCell, name: Name, when: _When, *, is_cost: bool, is_money: bool) -> str | Doubt | None:
    """The role of a number: beside or over it, else from its heading, its name, its budget, its year."""
    reading, setting = at.reading, at.setting
    role = role_beside(at.column, at.stub, at.cell, is_cost=is_cost)
    said_by = _said_by(at)
    if role == "forecast" and not is_money and said_by is not None and "予定" in said_by.text and reading.is_measured():
        role = "target"
    if role is None and is_unknown_among_roles(reading, at.stub, name):
        return Doubt(at.cell.excerpt, "actual", "target")
    if role is None and when.year is not None and setting.over is not None and when.source is setting.over[2]:
        role = setting.over[1]
    named = squeeze(name.text)
    if role is None and (_EXPECTED.search(named) or (is_money and PLANS_MONEY.search(named))):
        role = "forecast"
    if role is None and is_money:
        role = "forecast" if is_between_budgets(reading, at.row, at.stub) else role_of_sources(at.stub)
        role = role or role_over_sources(reading, at.column)
    if role is None:
        role = role_of_year(reading, at.column, when.year, setting, is_cost=is_money)
    if role is None:
        return Doubt(at.cell.excerpt, "actual", "forecast" if is_money else "target")
    if role == "ambiguous":
        return Doubt(at.cell.excerpt, "actual", "target")
    return role if role in _ROLES else None


def _misfit(at: NumberCell, name: Name, role: str, when: _When, amount: Amount) -> Doubt | None:
    """What an actual cannot be: of several years or a part of one, or of a year that is yet to come."""
    if role != "actual":
        return None
    if amount.period == "part" or (amount.period == "total" and not is_added_up(name)):
        return Doubt(at.cell.excerpt, "one year", "several years or a part of one")
    until = at.setting.known_until
    if when.year is not None and until is not None and when.year > until + 1 and when.source is not None:
        return Doubt(when.source, "the year that is printed", "one that runs on with the others")
    return None


def _unit(
    at: NumberCell, name: Name, named: Excerpt | None, *, is_cost: bool, is_money: bool
) -> tuple[str | None, Excerpt | None]:
    """The unit of a number and where it is printed; a cost without one has that of the costs beside it."""
    unit, source = unit_of(at.reading, at.column, name, named, at.stub, at.setting, is_money=is_money)
    if unit is None and is_cost and not counts_no_money(name.text) and (shared := at.reading.money_unit()) is not None:
        return clean(shared.text), shared
    return unit, source


def _when(at: NumberCell, amount: Amount | None, *, is_money: bool) -> _When:
    """The year of a number, else that of its heading."""
    when = _year(at, amount)
    over = at.setting.over if when.year is None and not when.is_open else None
    if over is None or not _is_under_heading(at.reading, at.column, is_money=is_money):
        return when
    return _When(over[0], over[2])


def _year(at: NumberCell, amount: Amount | None) -> _When:
    """The year of a number: in the cell, else beside it, else over it; and whether that is in doubt."""
    if amount is not None and amount.has_year:
        return _When(amount.year, at.cell.excerpt)
    return (
        _in_row_of_years(at)
        or _beside_or_over(at)
        or _of_difference(at)
        or _of_sources(at)
        or _in_column_of_years(at)
        or _When(is_open=_is_counted_from_a_year(at))
    )


def _in_row_of_years(at: NumberCell) -> _When | None:
    """The year that a row of years directly under or over a number prints; open where its head names another."""
    cell, view = at.cell.cell, at.reading.view
    dated = dates_above(view, at.row + cell.row_span).get(cell.col)
    if dated is None and cell.row in at.reading.block.body:
        dated = dates_below(view, cell.row - 1).get(cell.col)
    if dated is None:
        return None
    year = view.head(dated).year
    return _When(year, dated.excerpt, is_open=at.column.year not in {None, year})


def _beside_or_over(at: NumberCell) -> _When | None:
    """The year beside a number before the one over it; open where they differ, or where a period is printed."""
    stub, column = at.stub, at.column
    if _print_two_years(at.reading.view, column, stub):
        return _When(is_open=True)
    if stub.year is not None and stub.year_source is not None:
        return _When(stub.year, stub.year_source.excerpt)
    if stub.is_period or (column.is_period and column.year is None):
        return _When(is_open=True)
    if column.year is not None and column.year_source is not None:
        return _When(column.year, column.year_source.excerpt)
    return None


def _of_difference(at: NumberCell) -> _When | None:
    """The year of a difference: the later one of the two columns before it: 令和6年度 | 令和5年度 | 増減."""
    if at.column.role != "difference":
        return None
    values = at.reading.of("value")
    before = [other for other in values if other.cols.start < at.column.cols.start and other.year is not None]
    latest = max(before[-_TWO:], key=lambda other: other.year or 0, default=None)
    if latest is None or latest.year_source is None or _holds_between(at.reading, before[-1], at.column):
        return None
    return _When(latest.year, latest.year_source.excerpt)


def _of_sources(at: NumberCell) -> _When | None:
    """The year of the head over the sources of money that a column is one of."""
    over = sources_head(at.reading, at.column)
    return _When(at.reading.view.head(over).year, over.excerpt) if over is not None else None


def _in_column_of_years(at: NumberCell) -> _When | None:
    """The year in the same row in a column of its own, under a head with the role of the number: 目標年度 | 目標値."""
    if at.column.role not in {"target", "baseline", "actual"}:
        return None
    view = at.reading.view
    for column in at.reading.of("year-of-value"):
        printed = at.reading.at(at.row, column)
        roles = (role for over in reversed(column.path) if (role := view.head(over).role))
        if printed is None or next(roles, None) != at.column.role:
            continue
        if (year := view.head(printed).year) is not None:
            return _When(year, printed.excerpt)
    return None


def _is_counted_from_a_year(at: NumberCell) -> bool:
    """Whether a head counts from a year that nothing tells: 翌年度."""
    return any(at.reading.view.head(over).relative is not None for over in at.column.path)


def _print_two_years(view: View, column: Column, stub: Stub) -> bool:
    """Whether the year over a number is not the one beside it: 前年度実績 below 令和6年度."""
    if column.year is None:
        return False
    if stub.role_source is not None and view.head(stub.role_source).relative not in (None, 0):
        return True
    return stub.year is not None and stub.year != column.year


def _is_under_heading(reading: Reading, column: Column, *, is_money: bool) -> bool:
    """Whether a number without a year is of that of its heading: no goal to be reached some day, unless beside an
    actual."""
    if is_money or column.role not in {"target", "baseline"}:
        return column.kind in {"value", "cost"}
    return column.role == "target" and any(
        other.role == "actual" and other.year is None for other in reading.of("value")
    )


def _holds_between(reading: Reading, left: Column, right: Column) -> bool:
    """Whether a column of numbers without a head stands between two: a difference is then of no year that is known."""
    between = [
        cell
        for row in reading.block.body
        for col in range(left.cols.stop, right.cols.start)
        if not reading.block.paths.get(col) and (cell := reading.view.grid.at(row, col))
    ]
    return any(reading.view.kind(cell) == "amount" for cell in between)


def _unsettled(view: View, column: Column, stub: Stub, cell: GridCell, role: str) -> Excerpt | None:
    """What says of an actual that it is not final: 速報値 over it, beside it or behind it in brackets."""
    remark = _CLOSED.search(cell.text)
    if role == "actual" and remark is not None and UNSETTLED.search(squeeze(remark[0])):
        return cell.excerpt
    heads = [*column.path, *(cell for cell in (stub.role_source, stub.year_source) if cell is not None)]
    return next((cell.excerpt for cell in heads if view.head(cell).is_open), None) if role == "actual" else None
