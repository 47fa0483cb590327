"""The role of a number: beside it, over it, or from its year where nothing says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from normalize.cells.heads import role_of
from normalize.cells.years import without_years
from normalize.document.table_grid import GridCell
from normalize.forms.general.facts import Name
from normalize.forms.general.heads.meaning import Column
from normalize.forms.general.rows.asked_once import asked_once
from normalize.forms.general.rows.rows import Reading
from normalize.forms.general.rows.stubs import Setting, Stub
from normalize.text.folding import squeeze

_SOURCES: Final = re.compile(r"(?P<of>.*?)の?(?:財源|財源内訳|内訳)")
"""What stands beside the sources of an amount: 決算額の財源."""


def role_beside(column: Column, stub: Stub, cell: GridCell, *, is_cost: bool) -> str | None:
    """The role of a number: beside it before over it. A planned column of a row of actuals is in doubt.

    A number that stands beside several rows has the role of none of them: the one goal of 計画 and 実績.
    """
    if stub.role is None or column.role == "difference":
        return column.role
    beside = stub.role_source
    if column.role is not None and beside is not None and cell.cell.row_span > beside.cell.row_span:
        return column.role
    if stub.role == "actual" and column.role == "forecast":
        return "forecast"
    if stub.role == "actual" and column.role == "target" and not is_cost:
        return "ambiguous"
    return stub.role


def role_of_sources(stub: Stub) -> str | None:
    """The role that the name of a group of sources tells: 決算額の財源 beside 国庫支出金, 一般財源."""
    for cell in stub.names[:-1]:
        sources = _SOURCES.fullmatch(squeeze(cell.text))
        if sources is not None and (role := role_of(sources["of"])) is not None:
            return role
    return None


def sources_head(reading: Reading, column: Column) -> GridCell | None:
    """The head before a row of sources that says of which year they all are: R3決算の財源 | 国庫支出金 | 一般財源."""
    first = reading.columns[0] if reading.columns else None
    if column.kind != "cost" or first is None or first.kind != "stub" or first.leaf is None:
        return None
    head = reading.view.head(first.leaf)
    bare = without_years(squeeze(first.leaf.text))
    return first.leaf if head.year is not None and _SOURCES.fullmatch(re.sub(r"[(（].*$", "", bare)) else None


def role_over_sources(reading: Reading, column: Column) -> str | None:
    """The role that the head before a row of sources tells, or the group over their columns: 決算額の財源内訳."""
    before = sources_head(reading, column)
    for head in (*((before,) if before is not None else ()), *reversed(column.path[:-1])):
        sources = _SOURCES.fullmatch(re.sub(r"[(（].*$", "", without_years(squeeze(head.text))))
        if sources is not None and (role := role_of(sources["of"])) is not None:
            return role
    return None


def is_between_budgets(reading: Reading, row: int, stub: Stub) -> bool:
    """Whether a row that says nothing of its role stands between two rows of one budget: 当初予算, 繰越額, 予算現額."""
    if not stub.names:
        return False
    column = next((c for c in reading.of("stub") if stub.names[-1].cell.col in c.cols), None)
    if column is None:
        return False
    planned, spent = _budgets_and_results(reading, column)
    between = range(min(planned, default=row), max(planned, default=row))
    return row in between and not any(at in between for at in spent)


@asked_once
def _budgets_and_results(reading: Reading, column: Column) -> tuple[Sequence[int], Sequence[int]]:
    """The rows that a column calls a budget, and those that it calls what was spent or reached."""
    rows = [(at, reading.at(at, column)) for at in reading.block.body]
    heads = [(at, head) for at, cell in rows if cell and (head := reading.view.head(cell)).is_axis]
    planned = [at for at, head in heads if head.is_money and head.role == "forecast"]
    return planned, [at for at, head in heads if head.role == "actual"]


def is_unknown_among_roles(reading: Reading, stub: Stub, name: Name) -> bool:
    """Whether what stands beside a row is no role that is known, where its column tells the roles of other rows.

    What is part of the row's `name` (単位コスト) is none of them.
    """
    for cell in stub.names:
        if cell.excerpt in name.sources or _SOURCES.fullmatch(squeeze(cell.text)):
            continue
        column = next((c for c in reading.of("stub", "aside") if cell.cell.col in c.cols), None)
        if column is not None and _tells_roles(reading, column):
            return True
    return False


@asked_once
def _tells_roles(reading: Reading, column: Column) -> bool:
    """Whether a column calls some row a goal or what was reached."""
    cells = (reading.at(row, column) for row in reading.block.body)
    heads = (reading.view.head(cell) for cell in cells if cell)
    return any(head.is_axis and head.role in {"target", "actual"} for head in heads)


def role_of_year(reading: Reading, column: Column, year: int | None, setting: Setting, *, is_cost: bool) -> str | None:
    """The role of a number that stands under a mere year: what is past was found, what lies ahead is planned.

    Without a year, a cost of a list is what was spent. None where the document does not tell which it is.
    """
    if year is None:
        if column.kind != "cost":
            return None
        return "forecast" if setting.plans_money else "actual"
    if is_cost and setting.plans_money:
        return "forecast"
    ahead = "forecast" if is_cost else "target"
    years = [c.year for c in reading.of("value") if c.year is not None]
    planned = [c.year for c in reading.of("value") if c.role in {"target", "forecast"} and c.year is not None]
    if planned and year < min(planned):
        return "actual"
    until = setting.known_until
    if until is None or setting.tells_results:
        return "actual"
    if year < until or (year == until and setting.until_is_known):
        return "actual"
    if year > until:
        return ahead
    return "actual" if year == max(years, default=year) else None
