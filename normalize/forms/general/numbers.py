"""The numbers of a block: for each the one header path over and beside it, and what the path says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, cast

from normalize.cells.amounts import Amount, days_of, is_absent, read_amount, year_behind
from normalize.cells.years import YearSense
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Doubt, Fact, Number, RowKey, Text
from normalize.forms.general.in_cells import (
    Storeys,
    also_under,
    both_lines,
    both_sides,
    headed,
    pair_of,
    storeys_in,
    told_role,
)
from normalize.forms.general.meaning import PLANS_MONEY, Column, counts_no_money
from normalize.forms.general.names import kind_of_indicator
from normalize.forms.general.number_names import counted_name, cumulated
from normalize.forms.general.number_roles import (
    is_between_budgets,
    is_unknown_among_roles,
    role_beside,
    role_of_sources,
    role_of_year,
    role_over_sources,
    sources_head,
)
from normalize.forms.general.number_units import unit_of
from normalize.forms.general.rows import Counted, Reading
from normalize.forms.general.stubs import Setting, Stub, stub_of
from normalize.forms.general.view import View
from normalize.goals.goal_parser import parse_target
from normalize.text.folding import clean, squeeze
from normalize.text.periods import UNSETTLED
from normalize.text.quantities import counts_whole, has_doubtful_decimals, indicator_measure_of, unit_and_factor
from schemas.closed_sets import ObservationRole

_ROLES: Final = frozenset({"baseline", "target", "actual", "forecast", "difference"})


_EXPECTED: Final = re.compile("量の見込み?|見込み?量|確保(?:方策|の内容|量|提供量|体制)")
"""What the name of a row or column says of numbers without a role: of a plan for services, they are expected."""

_LONGEST_WORDS: Final = 24
"""Characters of an answer in words where a number is expected (策定, 全校で実施)."""


def numbers_of_row(
    reading: Reading, row: int, key: RowKey | None, indicators: dict[int, Counted], setting: Setting
) -> Iterator[Fact]:
    """The numbers of a row, with what their header paths say of them; or what it tells or judges year by year."""
    values = [c for c in reading.of("value", "cost") if not _is_beside(reading, row, c)]
    if not values:
        return
    stub = stub_of(reading, row, values)
    if not reading.of("name") and not indicators and not stub.is_ratio and (told := _told(reading, row, values, stub)):
        yield from told
        return
    for run in _runs(reading, row, values):
        stub = stub_of(reading, row, run)
        for column in run if not stub.is_ratio else ():
            cell = reading.at(row, column)
            if cell is None or id(cell) in reading.done or cell.cell.row in reading.block.header:
                continue
            reading.done.add(id(cell))
            if (other := also_under(row, cell, column, run)) is not None:
                if re.search(r"\d", squeeze(cell.text)):
                    yield Doubt(cell.excerpt, headed(column), headed(other))
                continue
            yield from _number(reading, row, column, cell, key, indicators, setting, stub)


def _runs(reading: Reading, row: int, values: list[Column]) -> list[list[Column]]:
    """The columns of numbers, parted where a role stands between them: 基準値 | 目標値 or 実績値 | H28 | H29."""
    roles = [
        column.cols.start
        for column in reading.of("stub")
        if (cell := reading.at(row, column)) is not None and reading.view.head(cell).is_axis
    ]
    runs: dict[int, list[Column]] = {}
    for column in values:
        runs.setdefault(sum(at < column.cols.start for at in roles), []).append(column)
    return list(runs.values())


def _is_beside(reading: Reading, row: int, column: Column) -> bool:
    """Whether a column's head goes on beside the row: it says of all its numbers when and in which unit they are."""
    cell = reading.view.grid.at(row, column.cols.start)
    return cell is not None and bool(cell) and cell.cell.row in reading.block.header


def _told(reading: Reading, row: int, values: list[Column], stub: Stub) -> list[Fact]:
    """The prose or the judgements of a row under its years: 取組実績 | 地図を作った。 | 案内所を開いた。"""
    view = reading.view
    term = view.whole(stub.names[-1]) if stub.names else None
    if term is None or term.kind not in {"passage", "grade", "direction"}:
        return []
    label = stub.names[-1].excerpt
    found: list[Fact] = []
    for column in values:
        cell = reading.at(row, column)
        if cell is None or id(cell) in reading.done:
            continue
        kind = view.kind(cell)
        year = column.year
        source = column.year_source.excerpt if column.year_source and year is not None else None
        if term.kind == "passage" and kind in {"prose", "words", "label", "direction"}:
            found.append(Text("passage", term.field, cell.excerpt, label, year=year, year_source=source))
        elif term.kind != "passage" and kind in {"mark", "direction", "words"}:
            found.append(Text(term.kind, term.field, cell.excerpt, label, None, (label,), year, source))
        elif kind not in {"absent", "blank", "arrow"}:
            return []
        reading.done.add(id(cell))
    return found


def _number(
    reading: Reading,
    row: int,
    column: Column,
    cell: GridCell,
    key: RowKey | None,
    indicators: dict[int, Counted],
    setting: Setting,
    stub: Stub,
) -> Iterator[Fact]:
    view = reading.view
    if (told := told_role(cell)) is not None:
        said, rest = told
        if (amount := read_amount(rest.text, view.sense)) is not None:
            beside = replace(stub, role=said, role_source=cell)
            bare = GridCell(replace(cell.cell, text=rest.text), rest)
            yield from _number(reading, row, replace(column, role=None), bare, key, indicators, setting, beside)
            return
    if (lines := both_lines(cell, view.sense)) is not None:
        yield from _in_storeys(reading, row, column, lines, cell, key, indicators, setting, stub)
        return
    if (sides := both_sides(cell, view.sense)) is not None and _storeys_of(reading, row, column, cell, setting):
        yield from _in_storeys(reading, row, column, sides, cell, key, indicators, setting, stub)
        return
    amount = read_amount(cell.text, view.sense) or days_of(cell.text)
    what = view.kind(cell)
    if amount is None and (is_absent(cell.text) or what in {"mark", "arrow", "options", "axis", "unit", "date"}):
        if what == "axis" and re.search(r"\d", squeeze(cell.text)) and not column.is_period:
            yield Doubt(cell.excerpt, "a number", "a year or a part of another number")
        return
    if column.odd_year and column.leaf is not None:
        if amount is not None:
            yield Doubt(column.leaf.excerpt, "the year that is printed", "one that runs on with the others")
        return
    if column.in_doubt:
        if amount is not None:
            yield Doubt(cell.excerpt, "actual", "target")
        return
    found = counted_name(reading, row, column, indicators, stub, setting)
    if found is None:
        return
    name, is_cost, name_unit, _ = found
    name = cumulated(reading, stub, name)
    if "。" in name.text:  # sentences count nothing
        if amount is not None:
            yield Doubt(cell.excerpt, "a row of the list", "numbers of something else")
        return
    year, year_source, in_doubt = _year(reading, row, column, cell, amount, stub)
    if year is None and not in_doubt and _is_under_heading(reading, column, is_money=is_cost or column.is_money):
        year, year_source = (setting.over[0], setting.over[2]) if setting.over is not None else (None, None)
    if in_doubt:
        if amount is not None:
            yield Doubt(cell.excerpt, "one year", "several years or a part of one")
        return
    role = role_beside(column, stub, cell, is_cost=is_cost)
    is_money = is_cost or column.is_money
    said_by = stub.role_source or column.role_source
    if role == "forecast" and not is_money and said_by is not None and "予定" in said_by.text and reading.is_measured():
        role = "target"
    if role is None and is_unknown_among_roles(reading, stub, name):
        if amount is not None:
            yield Doubt(cell.excerpt, "actual", "target")
        return
    if role is None and year is not None and setting.over is not None and year_source is setting.over[2]:
        role = setting.over[1]
    named = squeeze(name.text)
    if role is None and (_EXPECTED.search(named) or (is_money and PLANS_MONEY.search(named))):
        role = "forecast"
    if role is None and is_money:
        role = "forecast" if is_between_budgets(reading, row, stub) else role_of_sources(stub)
        role = role or role_over_sources(reading, column)
    if role is None:
        role = role_of_year(reading, column, year, setting, is_cost=is_money)
        if role is None:
            if amount is not None:
                yield Doubt(cell.excerpt, "actual", "target" if not is_money else "forecast")
            return
    if role == "ambiguous" or role not in _ROLES:
        if amount is not None and role == "ambiguous":
            yield Doubt(cell.excerpt, "actual", "target")
        return
    if amount is not None and amount.period in {"part", "total"} and role == "actual":
        yield Doubt(cell.excerpt, "one year", "several years or a part of one")
        return
    if amount is not None and amount.period == "forecast" and role == "actual":
        role = "forecast"
    ahead = year is not None and setting.known_until is not None and year > setting.known_until + 1
    if role == "actual" and ahead and amount is not None and year_source is not None:
        yield Doubt(year_source, "the year that is printed", "one that runs on with the others")
        return
    unit, unit_source = unit_of(reading, column, name, name_unit, stub, setting, is_money=is_money)
    if unit is None and is_cost and not counts_no_money(name.text) and (shared := reading.money_unit()) is not None:
        unit, unit_source = clean(shared.text), shared
    kind = kind_of_indicator(*stub.kinds, *(head.text for c in reading.of("indicator") for head in c.path))
    number = Number(
        name=name,
        printed=cell.excerpt.strip(),
        year=year,
        role=cast(ObservationRole, role),
        value=None,
        unit=unit_and_factor(unit)[0] if unit else None,
        comparator=None,
        is_cost=is_cost or (is_money and unit is not None and indicator_measure_of(unit) == "currency"),
        year_source=year_source,
        role_source=said_by.excerpt if said_by is not None else None,
        unit_source=unit_source,
        row=key,
        kind="input" if is_cost else kind,
        unsettled=_unsettled(view, column, stub, cell, role),
    )
    if amount is not None and not amount.has_year and (both := pair_of(number, cell, view.sense)) is not None:
        for one, value in both:
            yield from _valued(one, value, cell, unit, view.sense, is_money=is_money)
        return
    yield from _valued(number, amount, cell, unit, view.sense, is_money=is_money)


def _in_storeys(
    reading: Reading,
    row: int,
    column: Column,
    lines: tuple[Excerpt, Excerpt],
    cell: GridCell,
    key: RowKey | None,
    indicators: dict[int, Counted],
    setting: Setting,
    stub: Stub,
) -> Iterator[Fact]:
    """The two numbers of a cell, one above the other, each in its role; in doubt where nothing tells the roles."""
    storeys = _storeys_of(reading, row, column, cell, setting)
    if storeys is None:
        yield Doubt(cell.excerpt, lines[0].text, lines[1].text)
        return
    for line, role in zip(lines, (storeys.over, storeys.under), strict=True):
        one = GridCell(replace(cell.cell, text=line.text), line)
        said = GridCell(cell.cell, storeys.source)
        part = replace(stub, role=role, role_source=said)
        yield from _number(reading, row, replace(column, role=None), one, key, indicators, setting, part)


def _storeys_of(reading: Reading, row: int, column: Column, cell: GridCell, setting: Setting) -> Storeys | None:
    """What tells the roles of two numbers in one cell: a text beside it, over it, or over the table."""
    beside = [at for col in range(reading.view.grid.table.n_cols) if (at := reading.view.grid.at(row, col))]
    heads = [at for other in reading.columns for at in other.path]
    told = [storeys_in(at.excerpt) for at in (*beside, *column.path, *heads) if at is not cell]
    return next((storeys for storeys in told if storeys is not None), setting.storeys)


_CLOSED: Final = re.compile(r"[(（][^()（）]*[)）]\s*$")


def _unsettled(view: View, column: Column, stub: Stub, cell: GridCell, role: str) -> Excerpt | None:
    """What says of an actual that it is not final: 速報値 over it, beside it or behind it in brackets."""
    remark = _CLOSED.search(cell.text)
    if role == "actual" and remark is not None and UNSETTLED.search(squeeze(remark[0])):
        return cell.excerpt
    heads = [*column.path, *(cell for cell in (stub.role_source, stub.year_source) if cell is not None)]
    return next((cell.excerpt for cell in heads if view.head(cell).is_open), None) if role == "actual" else None


def _valued(
    number: Number, amount: Amount | None, cell: GridCell, unit: str | None, sense: YearSense, *, is_money: bool
) -> Iterator[Number]:
    """The number with its value; words keep their print."""
    doubtful = (
        amount is not None
        and not is_money
        and (has_doubtful_decimals(cell.text, amount.unit or unit) or _is_below_none(number, amount, unit))
    )
    if doubtful:
        yield replace(number, parsed=False)
        return
    if amount is not None:
        value, of = amount.within(unit)
        yield replace(
            number,
            value=value,
            unit=of,
            comparator=amount.comparator,
            unit_source=None if amount.unit is not None else number.unit_source,
        )
        return
    text, year = year_behind(cell.text.strip(), sense)
    goals = parse_target(text) if number.role in {"target", "actual", "baseline"} else []
    if len(goals) == 1 and goals[0].value is not None and goals[0].parsed and squeeze(text[: goals[0].start]) == "":
        goal = goals[0]
        if squeeze(text) == squeeze(text[goal.start : goal.end]) and (goal.frequency or goal.deadline_fy):
            yield replace(
                number,
                value=goal.value,
                unit=goal.unit,
                comparator=goal.comparator,
                frequency=goal.frequency,
                deadline_fy=goal.deadline_fy,
                year=goal.fiscal_year or year or number.year,
                year_source=cell.excerpt if goal.fiscal_year or year else number.year_source,
            )
            return
    words = squeeze(cell.text)
    if is_money or len(words) > _LONGEST_WORDS or "。" in words:
        return
    yield replace(number, unit=None, parsed=True)


_MAY_FALL: Final = re.compile("増減|差|収支|動態|転入.*転出|超過|変化|過不足|純増|伸び|比較|損益|残|減少|増加")


def _is_below_none(number: Number, amount: Amount, unit: str | None) -> bool:
    """Whether an amount is negative of what is counted one by one, and its name tells no difference: ▲20人."""
    counted = amount.unit or unit
    return (
        amount.value < 0
        and number.role != "difference"
        and counted is not None
        and counts_whole(counted)
        and _MAY_FALL.search(number.name.text) is None
    )


def _year(
    reading: Reading, row: int, column: Column, cell: GridCell, amount: Amount | None, stub: Stub
) -> tuple[int | None, Excerpt | None, bool]:
    """The year of a number: in the cell, else beside it, else over it; and whether that is in doubt."""
    if amount is not None and amount.has_year:
        return amount.year, cell.excerpt, False
    if stub.year is not None and stub.year_source is not None:
        return stub.year, stub.year_source.excerpt, False
    if stub.is_period or (column.is_period and column.year is None):
        return None, None, True
    if column.year is not None and column.year_source is not None:
        return column.year, column.year_source.excerpt, False
    if column.role == "difference":
        before = [c for c in reading.of("value") if c.cols.start < column.cols.start and c.year is not None]
        source = before[-1].year_source if before else None
        if source is not None and not _holds_between(reading, before[-1], column):
            return before[-1].year, source.excerpt, False
    if (over := sources_head(reading, column)) is not None:
        return reading.view.head(over).year, over.excerpt, False
    if column.role in {"target", "baseline", "actual"}:
        for other in reading.of("year-of-value"):
            at = reading.at(row, other)
            head = reading.view.head(at) if at else None
            wanted = next((role for over in reversed(other.path) if (role := reading.view.head(over).role)), None)
            if head is not None and head.year is not None and wanted == column.role:
                return head.year, at.excerpt if at else None, False
    return None, None, False


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
