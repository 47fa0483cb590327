"""The columns of a block from left to right: the path of each, and what its neighbours tell of it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from normalize.cells.amounts import read_amount
from normalize.cells.kinds import CHOSEN
from normalize.cells.row_words import is_total
from normalize.cells.years import out_of_line, out_of_order
from normalize.document.table_grid import GridCell
from normalize.forms.general.cuts.blocks import Block
from normalize.forms.general.heads.column_heads import column_of, parts_of
from normalize.forms.general.heads.judging_columns import (
    with_criteria,
    with_full_points,
    with_judged,
    with_points,
    with_results,
    with_scales,
    without_votes,
)
from normalize.forms.general.heads.levels import (
    with_accounts,
    with_codes_before_names,
    with_groups,
    with_issues,
    with_named,
    with_pairs,
    with_projects,
    with_repeated,
    with_row_names,
    with_years_down,
)
from normalize.forms.general.heads.meaning import Column, content, counts_no_money
from normalize.forms.general.heads.subjects import with_subjects
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from normalize.text.quantities import indicator_measure_of

_LATEST: Final = re.compile("現状|現況|現在|最新|直近")


_YEARS_ADDED: Final = re.compile("(?P<years>[2-9])[ヵカかケヶ箇]年(?:間|度)?の?(?:合計|総額|計)")
"""A head over the sum of several years: ３か年合計."""

_MATRIX: Final = 3


_SIBLINGS: Final = 2


def columns_of(view: View, block: Block) -> tuple[Column, ...]:
    """The columns of a block, from left to right, one for each leaf of its header."""
    found: list[Column] = []
    cols = sorted(block.paths)
    start = 0
    while start < len(cols):
        path = block.paths[cols[start]]
        stop = start + 1
        while stop < len(cols) and path and block.paths[cols[stop]] == path and path[-1].cell.col_span > stop - start:
            stop += 1
        leaf = range(cols[start], cols[stop - 1] + 1)
        found += [column_of(view, block, part, path) for part in parts_of(view, block, leaf, path)]
        start = stop
    found = _with_untold_roles(_with_sums_of_parts(view, block, found))
    found = with_results(view, block, with_full_points(view, block, found))
    found = with_scales(view, block, _with_unheaded(view, block, _with_odd_years(_without_expenses(found))))
    found = with_criteria(view, block, with_judged(view, block, found))
    found = with_projects(
        view, block, with_accounts(view, block, with_named(view, block, with_codes_before_names(found)))
    )
    found = with_row_names(view, block, found)
    found = with_issues(view, block, with_groups(view, block, with_repeated(view, block, found)))
    found = with_years_down(view, block, without_votes(_without_sums_beside(view, block, with_pairs(found))))
    found = with_subjects(view, block, _with_money(view, block, with_points(view, block, found)))
    found = _with_units(_with_costs(_with_latest(found)))
    found = _with_of_which(view, block, _with_totals(view, block, found))
    return tuple(_with_former_choices(view, block, _with_options(view, block, _with_planned(view, block, found))))


def _without_expenses(columns: list[Column]) -> list[Column]:
    """The columns of a budget's 節 (区分 | 金額) list kinds of expense, which are neither measures nor their costs."""
    return [
        replace(column, kind="aside", field="none")
        if any(squeeze(cell.text) == "節" and cell.cell.col_span > 1 for cell in column.path)
        else column
        for column in columns
    ]


def _with_sums_of_parts(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """The sum of the parts of a year is the number of that year: 令和6年度 over 上半期, 下半期, 計.

    Where a row does not add up, nobody knows what it is the sum of.
    """
    found = list(columns)
    for at, column in enumerate(columns):
        parts = [c for c in columns[:at] if len(c.path) > 1 and c.path[:-1] == column.path[:-1]]
        if column.kind != "cost" or not is_total(column.words) or column.year is None or len(parts) < _SIBLINGS:
            continue
        if not all(part.is_period and part.kind == "value" for part in parts):
            continue
        adds_up = _adds_up(view, block, parts, column)
        found[at] = replace(
            column, kind="value" if adds_up else "aside", field="none" if adds_up else "number", words=""
        )
    return found


def _with_untold_roles(columns: list[Column]) -> list[Column]:
    """Under a year, numbers of an unknown word beside those of a role are in doubt: 令和6年度 over めざす値, 実績."""
    found = list(columns)
    for at, column in enumerate(columns):
        if column.kind != "value" or column.role is not None or not column.words or len(column.path) < _SIBLINGS:
            continue
        beside = [c for c in columns if c is not column and c.path[:-1] == column.path[:-1]]
        if column.year is not None and any(c.kind == "value" and c.role is not None for c in beside):
            found[at] = replace(column, in_doubt=True)
    return found


def _with_odd_years(columns: list[Column]) -> list[Column]:
    """Years alone that run on, but for one that does not: 令和4年度, 令和5年度, 令和16年度, 令和7年度."""
    bare = [c for c in columns if c.kind == "value" and c.year is not None and c.role is None and len(c.path) == 1]
    years = [column.year for column in bare if column.year is not None]
    odd = out_of_line(years) | out_of_order(years) if len(set(years)) >= _MATRIX else set()
    return [replace(column, odd_year=True) if column in bare and column.year in odd else column for column in columns]


def _with_unheaded(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """A year alone, with numbers in its column and in the next one, which has no head: nobody knows their roles."""
    found = list(columns)
    for at, column in enumerate(columns):
        if column.kind != "value" or column.year is None or column.role is not None or len(column.path) != 1:
            continue
        behind = at + 1
        while behind < len(columns) and not columns[behind].path and _counts(view, block, columns[behind]):
            found[behind] = replace(columns[behind], kind="value", field="none", in_doubt=True)
            found[at] = replace(column, in_doubt=True)
            behind += 1
    return found


def _counts(view: View, block: Block, column: Column) -> bool:
    """Whether most of what stands in a column are numbers."""
    kinds = [view.kind(cell) for cell in content(view, block, column.cols)]
    return bool(kinds) and kinds.count("amount") * 2 > len(kinds)


def _with_money(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Of two columns under one cost, persons beside their yen, the one of the yen is the cost."""
    found = list(columns)
    for at, (one, other) in enumerate(pairwise(columns)):
        if one.kind == other.kind == "cost" and one.path and one.path == other.path:
            amounts = [
                sum(float(amount.value) for cell in content(view, block, column.cols)
                    if (amount := read_amount(cell.text, view.sense)) is not None and not amount.has_year)
                for column in (one, other)
            ]  # fmt: skip
            less = at if amounts[0] < amounts[1] else at + 1
            found[less] = replace(found[less], kind="aside", field="none")
    return found


def _without_sums_beside(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """A sum among judgements in points, or behind the years of a plan, is no cost: 必要性 | 計, R5 | R6 | 合計.

    One of as many years as stand before it says nothing new where every row adds up: R7 | R8 | R9 | ３か年合計.
    """
    grades = sum(column.kind == "grade" for column in columns)
    found = list(columns)
    for at, column in enumerate(columns):
        if _sums_years(view, block, columns[:at], column):
            found[at] = replace(column, kind="aside", field="none")
        if column.kind != "cost" or not is_total(column.words) or column.year is not None:
            continue
        before = columns[at - 1] if at else None
        is_of_years = (
            before is not None
            and before.kind == "value"
            and before.year is not None
            and bool(content(view, block, before.cols))
        )
        if is_of_years or (
            grades >= _SIBLINGS and not any(c.kind in {"cost", "value"} and c is not column for c in columns)
        ):
            found[at] = replace(column, kind="aside", field="none")
    return found


def _sums_years(view: View, block: Block, before: list[Column], column: Column) -> bool:
    """Whether a column of several years adds up the years right before it, in every row."""
    if column.kind not in {"value", "cost"} or not column.is_period or column.leaf is None:
        return False
    count = _YEARS_ADDED.search(squeeze(column.leaf.text))
    years = before[-int(count["years"]) :] if count is not None else []
    are_years = len(years) >= _SIBLINGS and all(c.kind in {"value", "cost"} and c.year is not None for c in years)
    return are_years and _adds_up(view, block, years, column) is True


def _with_options(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Columns side by side that hold nothing but a mark that chooses, one in a row: their heads are the options."""
    run: list[Column] = []
    found: list[Column] = []
    for column in (*columns, None):
        cells = content(view, block, column.cols) if column is not None else []
        fits = column is not None and _may_be_option(view, column)
        if column is not None and fits and all(_chooses(cell) for cell in cells):
            run.append(column)
            continue
        marks = [cell for one in run for cell in content(view, block, one.cols)]
        rows = [cell.cell.row for cell in marks]
        is_choice = len(run) >= _SIBLINGS and marks and len(set(rows)) == len(rows)
        found += [replace(one, kind="option") for one in run] if is_choice else run
        run = []
        if column is not None:
            found.append(column)
    return found


def _with_former_choices(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Behind options, words under an earlier time say which of them was chosen then: 高い | 普通 | 低い | 前年度."""
    options = {column.words for column in columns if column.kind == "option"}
    return [
        replace(column, kind="grade", field="grade")
        if options and column.kind == "value" and _says_options(view, block, column, options)
        else column
        for column in columns
    ]


def _says_options(view: View, block: Block, column: Column, options: set[str]) -> bool:
    cells = content(view, block, column.cols)
    return bool(cells) and all(squeeze(cell.text) in options for cell in cells)


def _may_be_option(view: View, column: Column) -> bool:
    """Whether a column can be that of an option: its head says something else than a year or a role, or is a mark."""
    is_mark = column.leaf is not None and view.kind(column.leaf) == "mark"
    return column.kind in {"grade", "stub", "aside", "direction", "passage"} and (bool(column.words) or is_mark)


def _chooses(cell: GridCell) -> bool:
    squeezed = squeeze(cell.text)
    return len(squeezed) == 1 and squeezed in CHOSEN


def _with_costs(columns: list[Column]) -> list[Column]:
    """Numbers under an unknown label among columns of costs are a cost too, and so are those whose head names a unit:
    正規（人） | 臨時（人）."""
    known = sum(column.kind == "cost" for column in columns)
    return [
        replace(column, kind="cost", field="cost")
        if column.kind == "aside"
        and (column.field == "number" or column.unit is not None)
        and (known >= _SIBLINGS or (known and column.words.startswith("うち")))
        else column
        for column in columns
    ]


def _with_units(columns: list[Column]) -> list[Column]:
    """The sources of a cost are in its unit, which stands in the head of the cost alone: 事業費（千円） | 国 | 県."""
    costs = [column for column in columns if column.kind == "cost" or (column.kind == "value" and column.is_money)]
    units = {column.unit for column in costs if column.unit is not None}
    if len(units) != 1 or indicator_measure_of(next(iter(units))) != "currency":
        return columns
    (unit,) = units
    first = next(column for column in costs if column.unit == unit)
    return [
        replace(column, unit=unit, unit_source=first.unit_source)
        if column.kind == "cost"
        and column.unit is None
        and column.cols.start > first.cols.start
        and not counts_no_money(column.words)
        else column
        for column in columns
    ]


def _with_totals(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """The sources of funds have the year and role of the amount that they add up to: R4年度予算額 | 国 | 県 | 一般財源.

    Of one amount they are the sources as far as a row says; of several, of the one that every row adds up to.
    """
    parts = [
        column for column in columns
        if column.kind == "cost" and column.year is None and column.role is None
        and any((term := view.whole(cell)) is not None and term.field == "caption" for cell in column.path)
    ]  # fmt: skip
    totals = [column for column in columns if column.is_money and column.kind in {"value", "cost"} and column.role]
    sums = [total for total in totals if _adds_up(view, block, parts, total) is True]
    found = sums if len(totals) > 1 else [one for one in totals if _adds_up(view, block, parts, one) is not False]
    if not parts or len(found) != 1:
        return columns
    (of,) = found
    role = "forecast" if of.role == "difference" else of.role  # what a 補正額 is paid from is planned
    return [
        replace(column, year=of.year, year_source=of.year_source, role=role, role_source=of.role_source)
        if column in parts
        else column
        for column in columns
    ]


def _with_of_which(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """A part of the amount on its left has the year and the role of it: R5決算額 | うち一般財源. It is never more."""
    found = list(columns)
    of: Column | None = None
    for at, column in enumerate(columns):
        is_part = column.kind == "cost" and column.words.startswith("うち")
        if not is_part:
            of = column if column.is_money and column.year is not None and column.kind in {"value", "cost"} else None
        elif of is not None and column.year is None and column.role is None and _is_within(view, block, column, of):
            found[at] = replace(
                column, year=of.year, year_source=of.year_source, role=of.role, role_source=of.role_source
            )
    return found


def _is_within(view: View, block: Block, part: Column, whole: Column) -> bool:
    """Whether a part is at most the whole in every row that prints both."""
    amounts = ((_amount_at(view, row, part), _amount_at(view, row, whole)) for row in block.body)
    return all(one is None or all_ is None or abs(one) <= abs(all_) for one, all_ in amounts)


def _with_planned(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """What adds up to a planned amount on its right, with amounts that are planned, is planned too.

    当初予算額 | 補正予算額 | 前年度繰越額 | 予算現額: what was carried over is a part of the budget.
    """
    for at, total in enumerate(columns):
        start = at
        while start and columns[start - 1].kind in {"value", "cost"} and columns[start - 1].role in {None, "forecast"}:
            start -= 1
        parts = columns[start:at]
        if total.role != "forecast" or len(parts) < _MATRIX - 1 or not any(one.role is None for one in parts):
            continue
        is_of_plan = any(one.role == "forecast" and one.is_money for one in parts)
        if is_of_plan and _adds_up(view, block, parts, total) is True:
            planned = [
                replace(one, role="forecast", role_source=total.role_source) if one.role is None else one
                for one in parts
            ]
            return [*columns[:start], *planned, *columns[at:]]
    return columns


def _adds_up(view: View, block: Block, parts: list[Column], total: Column) -> bool | None:
    """Whether the parts of each row are its total; None where no row prints both."""
    said: list[bool] = []
    for row in block.body:
        whole = _amount_at(view, row, total)
        amounts = [amount for part in parts if (amount := _amount_at(view, row, part)) is not None]
        if whole is not None and amounts:
            said.append(abs(sum(amounts) - whole) <= len(amounts))  # each may be rounded
    return all(said) if said else None


def _amount_at(view: View, row: int, column: Column) -> Decimal | None:
    cell = view.grid.at(row, column.cols.start)
    amount = read_amount(cell.text, view.sense) if cell else None
    return amount.value if amount is not None else None


def _with_latest(columns: list[Column]) -> list[Column]:
    """Of two baselines in one table, the one that says 現状 or 現況 is the latest actual."""
    bases = [column for column in columns if column.kind == "value" and column.role == "baseline"]
    latest = [column for column in bases if column.leaf is not None and _LATEST.search(squeeze(column.leaf.text))]
    if len(bases) < _SIBLINGS or not latest or len(latest) == len(bases):
        return columns
    return [replace(column, role="actual") if column in latest else column for column in columns]
