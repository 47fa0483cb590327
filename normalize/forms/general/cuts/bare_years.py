"""Amounts of four digits that look like years: 2000, 2050 under 令和4年度決算, 令和5年度決算 head nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from normalize.cells.kinds import CellKind
from normalize.document.table_grid import GridCell
from normalize.forms.general.view import View
from normalize.text.folding import narrow

_DIGITS: Final = re.compile(r"\s*(?:19|20)\d\d\s*")
"""A year of the western calendar without 年, or an amount."""

_OF_ROWS: Final[frozenset[CellKind]] = frozenset({"words", "unit", "code", "prose"})
"""Kinds of cells that stand beside the numbers of a row, and beside no head."""


def are_amounts_under_heads(view: View, cells: Sequence[GridCell], over: Sequence[Sequence[GridCell]]) -> bool:
    """Whether the cells of a row that look like years are amounts. `over` are the heads over each cell, from the top.

    They stand under years, and neither repeat these nor run on from one year to the next; or under roles, beside the
    name or the unit of the row; or beside the year of the row, under 年度. A row that prints another year or role
    heads something.
    """
    bare = [at for at, cell in enumerate(cells) if _DIGITS.fullmatch(narrow(cell.text))]
    others = [at for at in range(len(cells)) if at not in bare]
    if not bare:
        return False
    if any(_is_year_of_row(view, cells[at], over[at]) for at in others):
        return True
    if any(view.kind(cells[at]) in {"axis", "year"} for at in others):
        return False
    years = [_year_over(view, over[at]) for at in bare]
    if all(years):
        return not _are_years([int(narrow(cells[at].text)) for at in bare], years)
    are_of_roles = all(any(view.head(head).role for head in over[at]) for at in bare)
    return are_of_roles and any(view.kind(cells[at]) in _OF_ROWS for at in others)


def _year_over(view: View, heads: Sequence[GridCell]) -> int | None:
    return next((year for head in reversed(heads) if (year := view.head(head).year)), None)


def _is_year_of_row(view: View, cell: GridCell, heads: Sequence[GridCell]) -> bool:
    """Whether a cell is the year of a row under 年度."""
    return view.head(cell).year is not None and any(view.head(head).heads_years for head in heads)


def _are_years(printed: Sequence[int], over: Sequence[int | None]) -> bool:
    """Whether numbers under years are years too: the same ones, or such as run on."""
    runs_on = len(printed) > 1 and all(abs(after - before) == 1 for before, after in pairwise(printed))
    return list(printed) == list(over) or runs_on
