"""Columns that name what their rows are about although no head says so: accounts, projects, services by year."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from normalize.cells.vocabulary import term_of
from normalize.forms.general.blocks import Block
from normalize.forms.general.entities import RANKS
from normalize.forms.general.meaning import Column, content, counts_money
from normalize.forms.general.view import View

_LEVELS: Final = ("事業", "取組", "施策")
"""The levels as which the head of a column of names ends that the vocabulary does not know."""

_LONGEST_LEVEL: Final = 12


def with_accounts(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """The columns of a budget's 款, 項 and 目 name what its money is for, or the groups of the projects behind them."""
    if any(column.kind == "indicator" for column in columns):
        return columns
    named = [RANKS[column.field][0] for column in columns if column.kind == "name"]
    lowest = min(named, default=len(RANKS))
    if not any(column.kind == "cost" or (column.is_money and column.kind == "value") for column in columns):
        return columns
    found = list(columns)
    for at, column in enumerate(columns):
        term = view.whole(column.path[-1]) if column.path else None
        cells = content(view, block, column.cols)
        words = sum(view.kind(cell) in {"words", "label", "prose"} for cell in cells)
        is_account = term is not None and term.kind == "aside" and RANKS.get(term.field, (lowest,))[0] < lowest
        if term is not None and term.field == "goal" and named:
            continue  # of which account a project is, is no name of a group
        if term is not None and is_account and words * 2 > len(cells):
            found[at] = replace(column, kind="name", field=term.field)
    return found


def with_projects(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Words under a head that ends as a level of the plan does name what the row is about, where nothing else does.

    交付金対象事業 | 担当課 | 指標 | …: who is in charge, or what is judged, stands beside it.
    """
    if any(column.kind == "name" for column in columns) or not {"org", "grade", "direction"} & {
        c.kind for c in columns
    }:
        return columns
    for at, column in enumerate(columns):
        level = next((term_of(ending) for ending in _LEVELS if column.words.endswith(ending)), None)
        cells = content(view, block, column.cols)
        if column.kind not in {"stub", "passage"} or level is None or len(column.words) > _LONGEST_LEVEL:
            continue
        if len(cells) > 1 and all(view.kind(cell) in {"words", "label"} for cell in cells):
            return [*columns[:at], replace(column, kind="name", field=level.field), *columns[at + 1 :]]
    return columns


def with_years_down(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Numbers under the names of indicators are their values where the rows are years: 年度 | 量の見込み | 実績."""
    if any(column.kind in {"name", "indicator"} for column in columns):
        return columns
    years = [column for column in columns if column.kind == "stub" and column.field == "axis"]
    if not any(view.head(cell).year is not None for one in years for cell in content(view, block, one.cols)):
        return columns
    found = [
        replace(column, kind="cost", field="cost")
        if _is_free(view, block, column) and counts_money(column.words)
        else column
        for column in columns
    ]
    has_costs = any(column.kind == "cost" for column in found)
    return [
        replace(column, kind="value", field="none")
        if _names_indicator(view, column)
        or (_is_free(view, block, column) and (column.unit is not None or not has_costs))
        else column
        for column in found
    ]


def _names_indicator(view: View, column: Column) -> bool:
    """Whether a column of numbers is headed by what the vocabulary knows as the name of an indicator."""
    term = view.whole(column.leaf) if column.leaf is not None else None
    is_name = term is not None and (term.kind, term.field) == ("indicator", "name")
    return is_name and (column.kind, column.field) == ("aside", "number")


def _is_free(view: View, block: Block, column: Column) -> bool:
    """Whether a column holds nothing but numbers under words that nobody knows."""
    cells = content(view, block, column.cols)
    is_unknown = column.kind == "aside" and bool(column.words) and column.leaf is not None
    is_unknown = is_unknown and column.leaf is not None and view.term(column.leaf) is None
    return is_unknown and all(view.kind(cell) in {"amount", "absent"} for cell in cells)
