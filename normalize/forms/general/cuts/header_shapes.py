"""Rows that head numbers or sentences by what stands below them, not by their own words: years down, roles by year.

Each question is asked of a row and its printed cells; `SHAPES` has those that make the row a header by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from normalize.cells.heads import Head
from normalize.cells.kinds import CellKind
from normalize.cells.marks import direction_of
from normalize.document.table_grid import GridCell
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

LEAST: Final = 2
"""The least number of cells, groups, options or letters that makes a pattern."""

HEADS: Final[frozenset[CellKind]] = frozenset({"label", "axis", "year", "words", "unit", "code", "direction"})

HEADS_OR_PROSE: Final[frozenset[CellKind]] = frozenset({"label", "axis", "words", "unit", "prose"})
"""What a head over numbers or marks can be, and what can stand before them."""

NAMES: Final[frozenset[CellKind]] = frozenset({"label", "words", "axis"})
"""What a head that names something can be."""

NAMES_BEHIND: Final = frozenset({"名称", "名", "名前", "指標名", "指標の名称"})
"""Heads over the names of what the head before them says."""

Asked = Callable[[View, int, Sequence[GridCell]], bool]
"""A question that is asked of a row and of printed cells that begin in it."""


def may_head(view: View, cell: GridCell) -> bool:
    """Whether a cell can be one of a header by what it is; 廃止 is a direction there, and no absence of a number."""
    return view.kind(cell) in HEADS or direction_of(cell.text) is not None


def heads_group(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row holds one year or role over several heads of the next row: 令和3年度 over 計画額, 実績額."""
    *stubs, group = cells
    judged = (term := view.whole(group)) is not None and term.kind == "grade"
    if view.is_full(group) or (not view.head(group).is_axis and not judged):
        return False
    if any(view.kind(cell) not in NAMES for cell in stubs):
        return False
    below = view.printed(row + 1)
    if len(below) < LEAST or len(_under(group, below)) < len(below):
        return False
    heads = [view.head(cell) for cell in below]
    return all(head.year is not None if judged else head.is_axis or _is_cost(head) for head in heads)


def _is_cost(head: Head) -> bool:
    return head.term is not None and head.term.kind == "cost" and (head.term.is_whole or head.unit is not None)


def heads_role_of_year(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row ends in the one year of its table, and the next one is the role under it: 令和元年度 over 決算."""
    *stubs, year = cells
    head = view.head(year)
    if year.cell.col == 0 or not head.is_axis or head.year is None:
        return False
    if any(view.kind(cell) not in {"label", "words", "unit"} and not view.head(cell).heads_years for cell in stubs):
        return False
    below = view.printed(row + 1)
    if len(below) != 1 or below[0].cell.cols != year.cell.cols:
        return False
    role = view.head(below[0])
    number = view.grid.at(row + 2, year.cell.col)
    return role.is_axis and role.role is not None and number is not None and view.kind(number) == "amount"


def heads_one_year(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row holds what is counted and the one year that it is counted for: 事業費(千円) | 令和6年度決算."""
    if len(cells) > LEAST or view.is_full(cells[0]):
        return False
    year, below = cells[-1], view.printed(row + 1)
    head = view.head(year)
    if head.year is None or not head.is_axis or len(below) < LEAST:
        return False
    *stubs, number = below
    if number.cell.cols != year.cell.cols or view.kind(number) != "amount":
        return False
    if any(view.kind(cell) not in NAMES for cell in stubs):
        return False
    return _counts_in_year(view, cells) or _lists_costs(view, cells[0], stubs[0])


def _counts_in_year(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether a row of one year says what is counted: its stub does by unit or term, else the role of the year."""
    head = view.head(cells[0])
    if len(cells) == 1:  # over the stub the place is blank
        return cells[0].cell.col > 0 and head.role is not None
    return head.unit is not None or (head.term is not None and head.term.kind in {"cost", "axis"})


def _lists_costs(view: View, stub: GridCell, first: GridCell) -> bool:
    """Whether the first label under a stub that says nothing of its own names a cost: 財源内訳 over 国庫支出金."""
    term, below = view.term(stub), view.term(first)
    return below is not None and below.kind == "cost" and (term is None or term.kind == "group")


def heads_costs_of_one_year(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row holds a label of money and costs over their amounts: 6年度決算額(千円) | 国支出金 | 一般財源.

    The label tells the year, or the role, and the unit of the amounts; no amount stands under it.
    """
    corner, *costs = cells
    head = view.head(corner)
    if not costs or corner.cell.col or (head.year is None and head.role is None):
        return False
    if not (head.is_money or head.unit is not None) or not all(names_cost(view, cell) for cell in costs):
        return False
    amounts = view.printed(row + 1)
    if not amounts or any(cell.cell.col < corner.cell.cols.stop for cell in amounts):
        return False
    return are_numbers(view, amounts)


def names_cost(view: View, cell: GridCell) -> bool:
    """Whether a cell is the label of a cost, and of nothing else."""
    term = view.whole(cell)
    return term is not None and term.kind == "cost"


def heads_years_beside_counts(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row heads years one below the other and what is counted in each: 年度 | 人口（人） | 世帯数（世帯）.

    The next rows print a number, or the mark for none, under each of its heads.
    """
    first, *counted = cells
    if not counted or first.cell.col or not view.head(first).heads_years:
        return False
    if any(view.kind(cell) not in NAMES for cell in counted):
        return False
    cols = [cell.cell.cols for cell in counted]
    return all(_counts_a_year(view, at, cols) for at in range(row + 1, row + 1 + LEAST))


def _counts_a_year(view: View, row: int, cols: Sequence[range]) -> bool:
    """Whether a row is a year and a number, or the mark for none, in each of these columns."""
    below = view.printed(row)
    if not below or view.head(below[0]).year is None or [cell.cell.cols for cell in below[1:]] != cols:
        return False
    return are_numbers(view, below[1:])


def heads_years_down(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row begins with 年度, and each row below it with a year before its numbers: 年度 | 補助金額 | 件数."""
    if len(cells) < LEAST or not _leads_years(view, cells[0]):
        return False
    if any(view.kind(cell) not in HEADS_OR_PROSE for cell in cells[1:]):
        return False
    if (leaves := _leaves_of(view, row, cells)) is None:
        return False
    cols = [cell.cell.cols for cell in leaves]
    first = row + cells[0].cell.row_span
    return _dated_rows(view, range(first, view.grid.table.n_rows), cols) >= LEAST


def _leaves_of(view: View, row: int, cells: Sequence[GridCell]) -> Sequence[GridCell] | None:
    """The lowest heads of a row: its own, and those of the next row under groups where 年度 is as high as both.

    年度 | 利用者数 | 費用 over 人件費, 物件費, 計; None where a head stands otherwise.
    """
    height = cells[0].cell.row_span
    if height > LEAST or any(cell.cell.row_span > height for cell in cells):
        return None
    below = view.printed(row + 1) if height == LEAST else []
    leaves: list[GridCell] = []
    for cell in cells:
        under = _under(cell, below) if cell.cell.row_span < height else [cell]
        if not under or any(view.kind(head) not in HEADS for head in under):
            return None
        leaves += under
    return leaves


def heads_roles_by_year(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row begins with 年度, and names what the roles under it count: 利用者数（人） over 目標, 実績."""
    if len(cells) < LEAST or not _leads_years(view, cells[0]):
        return False
    below = view.printed(row + 1)
    if len(below) < LEAST or any(view.head(cell).role is None or not view.head(cell).is_axis for cell in below):
        return False
    under = [_under(over, below) for over in cells[1:]]
    if sum(map(len, under)) != len(below) or any(not found for found in under):
        return False
    cols = [cells[0].cell.cols, *(cell.cell.cols for cell in below)]
    return _dated_rows(view, range(row + 2, view.grid.table.n_rows), cols) >= LEAST


def heads_roles(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether two roles or more stand under one year of a row of heads: 令和5年度 over 予算額, 決算額."""
    if any(view.kind(cell) not in HEADS for cell in cells):
        return False
    below = view.printed(row + 1)
    stops = [*(cell.cell.col for cell in cells[1:]), view.grid.table.n_cols]
    return any(_heads_own_roles(view, cell, below, stop) for cell, stop in zip(cells, stops, strict=True))


def _heads_own_roles(view: View, year: GridCell, below: Sequence[GridCell], stop: int) -> bool:
    """Whether a year heads nothing but roles up to a column. The text form prints no spans: it reaches as far."""
    head = view.head(year)
    if head.year is None or not head.is_axis or head.role is not None:
        return False
    under = [view.head(other) for other in below if year.cell.col <= other.cell.col < stop]
    return len(under) >= LEAST and all(role.role is not None and role.year is None for role in under)


def heads_alike(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether groups of a row stand each over the same heads: 一次評価, 二次評価 over 評価, 理由, 評価, 理由."""
    groups = [cell for cell in cells if cell.cell.col_span >= LEAST and cell.cell.row_span == 1]
    if len(groups) < LEAST or any(view.kind(cell) not in HEADS for cell in cells):
        return False
    below = view.printed(row + 1)
    under = [[squeeze(other.text) for other in _under(group, below)] for group in groups]
    if len(under[0]) < LEAST or any(texts != under[0] for texts in under):
        return False
    return len(below) == sum(map(len, under)) and all(view.kind(other) in HEADS for other in below)


def heads_prose(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether labels stand each over sentences of their own: 取組の成果 | 成果の要因 over what is told of them."""
    if len(cells) < LEAST or not any(view.whole(cell) for cell in cells):
        return False
    below = view.printed(row + 1)
    return (
        [cell.cell.cols for cell in below] == [cell.cell.cols for cell in cells]
        and all(view.kind(cell) in NAMES and cell.cell.row_span == 1 for cell in cells)
        and all(view.kind(cell) == "prose" and "。" in cell.text for cell in below)
    )


SHAPES: Final[tuple[Asked, ...]] = (
    heads_group,
    heads_role_of_year,
    heads_one_year,
    heads_costs_of_one_year,
    heads_years_beside_counts,
    heads_roles,
    heads_alike,
    heads_prose,
    heads_years_down,
    heads_roles_by_year,
)


def _under(over: GridCell, below: Sequence[GridCell]) -> list[GridCell]:
    """The cells that stand under one and reach no further."""
    return [cell for cell in below if set(cell.cell.cols) <= set(over.cell.cols)]


def are_numbers(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether cells are numbers, and some the mark for none."""
    kinds = {view.kind(cell) for cell in cells}
    return "amount" in kinds and kinds <= {"amount", "absent"}


def _leads_years(view: View, cell: GridCell) -> bool:
    head = view.head(cell)
    return cell.cell.col == 0 and head.heads_years and head.role is None


def _dated_rows(view: View, rows: range, cols: Sequence[range]) -> int:
    """How many rows in a row hold a year and then numbers in these columns, or the mark for none."""
    found = 0
    for row in rows:
        printed = view.printed(row)
        if not printed:
            break
        first, *numbers = printed
        if first.cell.cols != cols[0] or not view.head(first).is_axis or not view.head(first).year:
            break
        if not are_numbers(view, numbers) or any(cell.cell.cols not in cols for cell in numbers):
            break
        found += 1
    return found
