"""The numbers of a block: for each the one header path over and beside it, and what the path says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from normalize.cells.amounts import Amount, days_of, is_absent, read_amount, year_behind
from normalize.cells.beside_numbers import is_signed
from normalize.cells.years import YearSense
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.dating_rows import dates_above, dates_below
from normalize.forms.general.facts import Doubt, Fact, Number, RowKey, Text
from normalize.forms.general.heads.in_cells import (
    Storeys,
    also_under,
    both_lines,
    both_sides,
    headed,
    pair_of,
    storeys_in,
    told_role,
)
from normalize.forms.general.heads.meaning import Column
from normalize.forms.general.rows.number_meaning import Meaning, NumberCell, meaning_of
from normalize.forms.general.rows.rows import Counted, Reading
from normalize.forms.general.rows.stubs import Setting, Stub, stub_of
from normalize.goals.goal_parser import parse_target
from normalize.text.folding import squeeze
from normalize.text.quantities import counts_whole, has_doubtful_decimals

_LIMIT: Final = re.compile(
    r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>[^0-9.,]{1,4}?)(?P<limit>以内|以下|以上|未満|超)"
)
"""A number, its unit and a word that makes it a limit."""

_LONGEST_WORDS: Final = 24
"""Characters of an answer in words where a number is expected (策定, 全校で実施)."""


def numbers_of_row(
    reading: Reading, row: int, key: RowKey | None, indicators: dict[int, Counted], setting: Setting
) -> Iterator[Fact]:
    """The numbers of a row, with what their header paths say of them; or what it tells or judges year by year."""
    if dated := dates_above(reading.view, row) or dates_below(reading.view, row):
        reading.view.mark(*(cell for cell in reading.view.printed(row) if cell.cell.row_span == 1), *dated.values())
        return
    values = [c for c in reading.of("value", "cost") if not _is_beside(reading, row, c)]
    if not values:
        return
    stub = stub_of(reading, row, values)
    if not reading.of("name") and not indicators and not stub.is_ratio and (told := _told(reading, row, values, stub)):
        yield from told
        return
    if not (reading.of("name") or indicators or setting.declared) and _is_unused(reading, row, values, stub):
        return
    for run in _runs(reading, row, values):
        stub = stub_of(reading, row, run)
        for column in run if not stub.is_ratio else ():
            cell = reading.at(row, column)
            if cell is None or cell.cell.row in reading.block.header:
                continue
            if id(cell) in reading.done and not _is_of_parts(reading, row, cell):
                continue
            reading.done.add(id(cell))
            if (other := also_under(row, cell, column, run)) is not None:
                if re.search(r"\d", squeeze(cell.text)):
                    yield Doubt(cell.excerpt, headed(column), headed(other))
                continue
            yield from _number(NumberCell(reading, row, column, cell, key, indicators, setting, stub))


def _is_unused(reading: Reading, row: int, values: list[Column], stub: Stub) -> bool:
    """Whether a row that nothing names holds no number but 0: a place of the form that was left, ② | 目標 | 0 | 0."""
    if stub.names or row in reading.block.captions:
        return False
    cells = [cell for column in values if (cell := reading.at(row, column)) and not is_absent(cell.text)]
    amounts = [read_amount(cell.text, reading.view.sense) for cell in cells]
    return len(cells) > 1 and all(amount is not None and amount.value == 0 for amount in amounts)


def _is_of_parts(reading: Reading, row: int, cell: GridCell) -> bool:
    """Whether a number is merged over rows that count the parts of one name: one goal for 1年生, 3年生 and 6年生."""
    names = [name for column in reading.of("indicator") if (name := reading.at(row, column)) is not None]
    parts = [part for column in reading.of("part") if (part := reading.at(row, column)) is not None]
    is_within = any({*cell.cell.rows} <= {*name.cell.rows} for name in names)
    return cell.cell.row_span > 1 and is_within and any(part.cell.row == row for part in parts)


def _runs(reading: Reading, row: int, values: list[Column]) -> list[list[Column]]:
    """The columns of numbers, parted where a role or the name of another indicator stands between them.

    基準値 | 目標値 or 実績値 | H28 | H29; 活動指標 | 単位 | 実績 | 成果指標 | 単位 | 実績.
    """
    seams = [
        column.cols.start
        for column in reading.of("stub")
        if (cell := reading.at(row, column)) is not None and reading.view.head(cell).is_axis
    ]
    seams += [column.cols.start for column in reading.of("indicator")]
    runs: dict[int, list[Column]] = {}
    for column in values:
        runs.setdefault(sum(at < column.cols.start for at in seams), []).append(column)
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


def _number(at: NumberCell) -> Iterator[Fact]:
    """The numbers of a cell, or what is in doubt about them."""
    if (parts := _parts(at)) is not None:
        yield from parts
        return
    view, cell = at.reading.view, at.cell
    amount = read_amount(cell.text, view.sense) or days_of(cell.text) or _limit_of(at) or _year_of(at)
    what = view.kind(cell)
    if amount is None and (is_absent(cell.text) or what in {"mark", "arrow", "options", "axis", "unit", "date"}):
        if what == "axis" and re.search(r"\d", squeeze(cell.text)) and not at.column.is_period:
            yield Doubt(cell.excerpt, "a number", "a year or a part of another number")
        return
    meant = meaning_of(at, amount)
    if not isinstance(meant, Meaning):
        if meant is not None and amount is not None:
            yield meant
        return
    both = pair_of(meant.number, cell, view.sense) if amount is not None and not amount.has_year else None
    for one, value in both or ((meant.number, amount),):
        yield from _valued(one, value, cell, meant.unit, view.sense, is_money=meant.is_money)


def _year_of(at: NumberCell) -> Amount | None:
    """The year that an indicator counted in years is given as: 年 | 令和5年. A fiscal year is none."""
    units = {squeeze(counted.unit.text) for counted in at.indicators.values() if counted.unit is not None}
    text = squeeze(at.cell.text)
    year = at.reading.view.sense.year_of(text) if units == {"年"} and text.endswith("年") else None
    return Amount(Decimal(year), None, "=") if year is not None else None


def _limit_of(at: NumberCell) -> Amount | None:
    """A limit in the unit of its row, which alone may be a time of day or a date: 15分以内 beside 分."""
    unit = squeeze(at.stub.unit.text) if at.stub.unit is not None else ""
    limit = _LIMIT.fullmatch(squeeze(at.cell.text))
    if limit is None or not unit or limit["unit"] != unit:
        return None
    return read_amount(limit["number"] + limit["limit"], at.reading.view.sense)


def _parts(at: NumberCell) -> Iterator[Fact] | None:
    """The numbers of a cell that says its role itself, or prints one number over or beside another; None for others."""
    sense = at.reading.view.sense
    if (told := told_role(at.cell)) is not None and read_amount(told[1].text, sense) is not None:
        role, rest = told
        bare = GridCell(replace(at.cell.cell, text=rest.text), rest)
        return _number(_in_role(at, bare, role, at.cell))
    if (lines := both_lines(at.cell, sense)) is not None:
        return _in_storeys(at, lines)
    if (sides := both_sides(at.cell, sense)) is not None and _storeys_of(at) is not None:
        return _in_storeys(at, sides)
    return None


def _in_role(at: NumberCell, cell: GridCell, role: str, source: GridCell) -> NumberCell:
    """A part of a cell, whose role was told."""
    stub = replace(at.stub, role=role, role_source=source)
    return replace(at, cell=cell, column=replace(at.column, role=None), stub=stub)


def _in_storeys(at: NumberCell, lines: tuple[Excerpt, Excerpt]) -> Iterator[Fact]:
    """The two numbers of a cell, one above the other, each in its role; in doubt where nothing tells the roles."""
    storeys = _storeys_of(at)
    if storeys is None:
        yield Doubt(at.cell.excerpt, lines[0].text, lines[1].text)
        return
    for line, role in zip(lines, (storeys.over, storeys.under), strict=True):
        one = GridCell(replace(at.cell.cell, text=line.text), line)
        yield from _number(_in_role(at, one, role, GridCell(at.cell.cell, storeys.source)))


def _storeys_of(at: NumberCell) -> Storeys | None:
    """What tells the roles of two numbers in one cell: a text beside it, over it, or over the table."""
    grid = at.reading.view.grid
    beside = [cell for col in range(grid.table.n_cols) if (cell := grid.at(at.row, col))]
    heads = [cell for other in at.reading.columns for cell in other.path]
    told = [storeys_in(cell.excerpt) for cell in (*beside, *at.column.path, *heads) if cell is not at.cell]
    return next((storeys for storeys in told if storeys is not None), at.setting.storeys)


def _valued(
    number: Number, amount: Amount | None, cell: GridCell, unit: str | None, sense: YearSense, *, is_money: bool
) -> Iterator[Number]:
    """The number with its value; words keep their print."""
    doubtful = (
        amount is not None
        and not is_money
        and (has_doubtful_decimals(cell.text, amount.unit or unit) or _is_a_change(number, cell, amount, unit))
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


def _is_a_change(number: Number, cell: GridCell, amount: Amount, unit: str | None) -> bool:
    """Whether an amount has a sign though it is counted one by one, and its name tells no difference: ▲20人, +20人."""
    counted = amount.unit or unit
    return (
        (amount.value < 0 or is_signed(cell.text))
        and number.role != "difference"
        and counted is not None
        and counts_whole(counted)
        and _MAY_FALL.search(number.name.text) is None
    )
