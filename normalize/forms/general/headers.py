"""Rows that head others: which row of a grid can be the first of a header, by what its cells are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from normalize.cells.heads import Head
from normalize.cells.kinds import CellKind
from normalize.cells.marks import direction_of
from normalize.document.table_grid import GridCell
from normalize.forms.general.answers import is_mark
from normalize.forms.general.header_shapes import (
    LEAST,
    heads_choices,
    heads_marks,
    heads_roles_by_year,
    heads_years_down,
)
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

HEADS: Final[frozenset[CellKind]] = frozenset({"label", "axis", "year", "words", "unit", "code", "direction"})

KNOWN: Final[frozenset[CellKind]] = frozenset({"label", "axis", "year"})

_LETTER: Final = re.compile(r"\(?[A-Za-z①-⑳ア-オ]\)?")
_FORMULA: Final = re.compile(r"[A-Za-z①-⑳ア-オ0-9()+/÷×*=%-]*[A-Za-z①-⑳ア-オ]\)?[+/÷×*-][A-Za-z①-⑳ア-オ0-9()+/÷×*=%-]*")

_MANY: Final = 4
"""A row of so many cells, two of them known labels, is a header if the row below holds values."""


def may_head(view: View, cell: GridCell) -> bool:
    """Whether a cell can be one of a header by what it is; 廃止 is a direction there, and no absence of a number."""
    return view.kind(cell) in HEADS or direction_of(cell.text) is not None


def is_header(view: View, row: int) -> bool:
    """Whether a row can be the first of a header."""
    if is_group(view, row) or _heads_one_year(view, row) or heads_options(view, row) or _heads_years_down(view, row):
        return True
    starting = view.grid.starting(row)
    cells = [cell for cell in starting if cell]
    if cells and (_heads_roles(view, row, cells) or heads_alike(view, row, cells) or heads_prose(view, row, cells)):
        return True
    if heads_years_down(view, row, cells) or heads_roles_by_year(view, row, cells) or heads_marks(view, row, cells):
        return True
    if heads_choices(view, row, cells):
        return True
    chosen = options_over_marks(view, row, cells)
    cells = [cell for cell in cells if cell not in chosen]
    if len(cells) < LEAST or any(view.is_full(cell) for cell in cells) or _stands_over_forms(view, row, cells):
        return False
    if _is_over_form(view, row, cells):
        return False
    # Heads of one storey; a head of more rows beside them is merged over the storeys.
    least = min(cell.cell.row_span for cell in cells)
    lowest = [cell for cell in cells if cell.cell.row_span == least]
    taller = [cell for cell in cells if cell.cell.row_span > least]
    if any(view.kind(cell) == "code" and cell.text.strip().isdigit() for cell in cells):
        return False
    stands_among = any(cell.cell.col > lowest[0].cell.col for cell in taller)
    stands_among = stands_among or (len(lowest) == 1 and _is_over_heads(view, row, lowest[0]))
    if (len(lowest) < LEAST and not stands_among) or any(view.kind(cell) not in HEADS for cell in lowest):
        return False
    merged = [cell for cell in taller if view.kind(cell) not in HEADS]
    if any(view.kind(cell) not in {"prose", "absent"} for cell in merged):
        return False
    axes = [cell for cell in cells if view.kind(cell) in {"axis", "year"}]
    known = [cell for cell in cells if view.kind(cell) in KNOWN]
    if len(known) >= LEAST and _is_counted_below(view, lowest):
        return True
    if _alternates(view, cells) or (len(lowest) >= LEAST and _alternates(view, lowest)):
        return False
    if len(axes) >= LEAST:
        return len(axes) * 2 >= len(lowest) - 2 or len(known) * 2 >= len(cells)
    if axes and any(not cell for cell in starting[:1]) and len(known) == len(cells):
        return True
    if not axes and len(starting) > 2 * len(cells) and not _is_under_each(view, row, cells):
        return False  # a form whose spans are not printed
    whole = [cell for cell in known if cell in axes or view.whole(cell)]
    if len(whole) >= LEAST and cells[0] in whole and _is_typed_below(view, row, cells):
        return True
    return len(known) >= LEAST and len(known) * 2 >= len(cells) and len(whole) * 3 >= len(cells)


def _stands_over_forms(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether the titles of a row stand over rows of a form side by side: each over a known label and its value."""
    if row + 1 >= view.grid.table.n_rows or any(view.head(cell).is_axis for cell in cells):
        return False
    below = [cell for cell in view.grid.starting(row + 1) if cell]
    for cell in cells:
        under = [other for other in below if set(other.cell.cols) <= set(cell.cell.cols)]
        if len(under) < LEAST or (term := view.whole(under[0])) is None or term.kind in {"cost", "group", "name"}:
            return False
        if view.whole(under[1]) is not None or view.kind(under[1]) in {"axis", "amount"}:
            return False
    return True


def _is_over_heads(view: View, row: int, group: GridCell) -> bool:
    """Whether the next row holds nothing but two heads or more under one cell: 最終目標 over 年度, 数値."""
    below = [cell for cell in view.grid.starting(row + 1) if cell] if row + 1 < view.grid.table.n_rows else []
    chosen = options_over_marks(view, row + 1, below)
    return len(below) >= LEAST and all(
        set(cell.cell.cols) <= set(group.cell.cols) and (may_head(view, cell) or cell in chosen) for cell in below
    )


def _is_over_form(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row ends in words, and the row under it is a label of the hierarchy with its name: two rows of a form.

    施策体系 | 施策 | 生涯学習の推進 over 事務事業名 | 移住支援事業.
    """
    if row + 1 >= view.grid.table.n_rows or view.kind(cells[-1]) != "words" or view.term(cells[-1]) is not None:
        return False
    below = [cell for cell in view.grid.starting(row + 1) if cell]
    if len(below) != LEAST or view.kind(below[1]) not in {"words", "prose"}:
        return False
    term = view.whole(below[0])
    return term is not None and term.kind == "name" and view.whole(below[1]) is None


def is_group(view: View, row: int) -> bool:
    """Whether a row holds one year or role over several heads of the next row: 令和3年度 over 計画額, 実績額."""
    cells = [cell for cell in view.grid.starting(row) if cell]
    if not cells or view.is_full(cells[-1]) or row + 1 >= view.grid.table.n_rows:
        return False
    *stubs, group = cells
    judged = (term := view.whole(group)) is not None and term.kind == "grade"
    if (not view.head(group).is_axis and not judged) or any(
        view.kind(cell) not in {"label", "words", "axis"} for cell in stubs
    ):
        return False
    below = [cell for cell in view.grid.starting(row + 1) if cell]
    under = [cell for cell in below if set(cell.cell.cols) <= set(group.cell.cols)]
    heads = [view.head(cell) for cell in below]
    return (
        len(under) >= LEAST
        and len(under) == len(below)
        and all(head.year is not None if judged else head.is_axis or _is_cost(head) for head in heads)
    )


def _heads_years_down(view: View, row: int) -> bool:
    """Whether a row heads years one below the other and what is counted in each: 年度 | 人口（人） | 世帯数（世帯）."""
    cells = [cell for cell in view.grid.starting(row) if cell]
    if len(cells) < LEAST or row + LEAST >= view.grid.table.n_rows or not view.head(cells[0]).heads_years:
        return False
    if cells[0].cell.col or any(view.kind(cell) not in {"words", "label", "axis"} for cell in cells[1:]):
        return False
    counted = [cell.cell.cols for cell in cells[1:]]
    for at in range(row + 1, row + 1 + LEAST):
        below = [cell for cell in view.grid.starting(at) if cell]
        if not below or view.head(below[0]).year is None or [cell.cell.cols for cell in below[1:]] != counted:
            return False
        kinds = {view.kind(cell) for cell in below[1:]}
        if not kinds <= {"amount", "absent"} or "amount" not in kinds:
            return False
    return True


def _is_cost(head: Head) -> bool:
    return head.term is not None and head.term.kind == "cost" and (head.term.is_whole or head.unit is not None)


def _heads_one_year(view: View, row: int) -> bool:
    """Whether a row holds what is counted and the one year that it is counted for: 事業費(千円) | 令和6年度決算."""
    cells = [cell for cell in view.grid.starting(row) if cell]
    if cells and _is_storeyed(view, row, cells):
        return True
    if len(cells) > LEAST or not cells or row + 1 >= view.grid.table.n_rows or view.is_full(cells[0]):
        return False
    stub, year = cells[0], cells[-1]
    head = view.head(stub)
    term = head.term
    counts = head.unit is not None or (term is not None and term.kind in {"cost", "axis"})
    if len(cells) == 1:  # over the stub the place is blank
        counts = year.cell.col > 0 and head.role is not None
    below = [cell for cell in view.grid.starting(row + 1) if cell]
    over = view.term(below[0]) if below else None
    counts = counts or (over is not None and over.kind == "cost" and (term is None or term.kind == "group"))
    return (
        counts and view.head(year).year is not None and view.head(year).is_axis and len(below) > 1
        and below[-1].cell.cols == year.cell.cols and view.kind(below[-1]) == "amount"
        and all(view.kind(cell) in {"label", "words", "axis"} for cell in below[:-1])
    )  # fmt: skip


def _is_storeyed(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row ends in the one year of its table, and the next one is the role under it: 令和元年度 over 決算."""
    *stubs, year = cells
    head = view.head(year)
    if row + 2 >= view.grid.table.n_rows or year.cell.col == 0 or not head.is_axis or head.year is None:
        return False
    if any(view.kind(cell) not in {"label", "words", "unit"} and not view.head(cell).heads_years for cell in stubs):
        return False
    below = [cell for cell in view.grid.starting(row + 1) if cell]
    number = view.grid.at(row + 2, year.cell.col)
    return (
        len(below) == 1
        and below[0].cell.cols == year.cell.cols
        and view.head(below[0]).is_axis
        and view.head(below[0]).role is not None
        and number is not None
        and view.kind(number) == "amount"
    )


def heads_prose(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether labels stand each over sentences of their own: 取組の成果 | 成果の要因 over what is told of them."""
    if len(cells) < LEAST or row + 1 >= view.grid.table.n_rows or not any(view.whole(cell) for cell in cells):
        return False
    below = [cell for cell in view.grid.starting(row + 1) if cell]
    return (
        [cell.cell.cols for cell in below] == [cell.cell.cols for cell in cells]
        and all(view.kind(cell) in {"label", "words", "axis"} and cell.cell.row_span == 1 for cell in cells)
        and all(view.kind(cell) == "prose" and "。" in cell.text for cell in below)
    )


def heads_no_numbers(view: View, row: int) -> bool:
    """Whether a row heads sentences or marks, so that a year or a role in it says nothing of numbers: 基準 | 所管課."""
    cells = [cell for cell in view.grid.starting(row) if cell]
    return heads_prose(view, row, cells) or heads_marks(view, row, cells)


def heads_options(view: View, row: int) -> bool:
    """Whether options head columns in which the next rows choose one each by a mark: 評価項目 | 高い | 普通 | 低い."""
    cells = [cell for cell in view.grid.starting(row) if cell]
    options = cells[1:]
    if len(options) < LEAST or view.kind(cells[0]) != "label":
        return False
    if any(view.kind(cell) not in {"words", "label", "direction", "mark"} for cell in options):
        return False
    below = view.grid.starting(row + 1) if row + 1 < view.grid.table.n_rows else []
    marked = [cell for cell in below if cell and cell.cell.col >= options[0].cell.col]
    return (
        len(marked) == 1
        and is_mark(marked[0])
        and any(cell and view.kind(cell) in {"words", "label"} for cell in below)
        and any(marked[0].cell.cols == option.cell.cols for option in options)
    )


def options_over_marks(view: View, row: int, cells: Sequence[GridCell]) -> Sequence[GridCell]:
    """The grades at the end of a row of heads that the rows below choose among by a mark each: … | A | B | C."""
    grades = [cell for cell in cells if view.kind(cell) == "mark" and not is_mark(cell)]
    if (
        len(grades) < LEAST
        or cells[-len(grades) :] != grades
        or len({squeeze(cell.text) for cell in grades}) < len(grades)
    ):
        return ()
    below = range(row + 1, view.grid.table.n_rows)
    marked = [[cell for grade in grades if (cell := view.grid.at(at, grade.cell.col))] for at in below]
    return grades if marked and all(len(row) == 1 and is_mark(row[0]) for row in marked) else ()


def _is_under_each(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether the next row prints something under each head of a row, but one of them."""
    if row + 1 >= view.grid.table.n_rows:
        return False
    printed = {cell.cell.col for cell in view.grid.starting(row + 1) if cell}
    return len([cell for cell in cells if cell.cell.col in printed]) >= len(cells) - 1


def _is_counted_below(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether a number, or the mark for none, stands right under each of two cells or more."""
    below = [view.grid.at(cell.cell.row + cell.cell.row_span, cell.cell.col) for cell in cells]
    aligned = [cell for cell, over in zip(below, cells, strict=True) if cell and cell.cell.cols == over.cell.cols]
    kinds = [view.kind(cell) for cell in aligned]
    return len(kinds) == len(cells) >= LEAST and {*kinds} <= {"amount", "absent"} and "amount" in kinds


def heads_alike(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether groups of a row stand each over the same heads: 一次評価, 二次評価 over 評価, 理由, 評価, 理由."""
    if row + 1 >= view.grid.table.n_rows or any(view.kind(cell) not in HEADS for cell in cells):
        return False
    below = [cell for cell in view.grid.starting(row + 1) if cell]
    groups = [cell for cell in cells if cell.cell.col_span >= LEAST and cell.cell.row_span == 1]
    under = [
        [squeeze(other.text) for other in below if set(other.cell.cols) <= set(group.cell.cols)] for group in groups
    ]
    if len(groups) < LEAST or len(under[0]) < LEAST or any(texts != under[0] for texts in under):
        return False
    return len(below) == sum(map(len, under)) and all(view.kind(other) in HEADS for other in below)


def _heads_roles(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether two roles or more stand under one year of a row of heads: 令和5年度 over 予算額, 決算額.

    The text form prints no spans: a year heads the columns up to the next printed cell.
    """
    if row + 1 >= view.grid.table.n_rows or any(view.kind(cell) not in HEADS for cell in cells):
        return False
    below = [cell for cell in view.grid.starting(row + 1) if cell]
    for at, cell in enumerate(cells):
        head = view.head(cell)
        if head.year is None or not head.is_axis or head.role is not None:
            continue
        stop = cells[at + 1].cell.col if at + 1 < len(cells) else view.grid.table.n_cols
        under = [other for other in below if cell.cell.col <= other.cell.col < stop]
        roles = [other for other in under if view.head(other).role is not None and view.head(other).year is None]
        if len(roles) >= LEAST and len(roles) == len(under):
            return True
    return False


def _is_typed_below(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether the next row keeps to the cells of this one and holds marks, numbers or sentences."""
    if row + 1 >= view.grid.table.n_rows or len(cells) < _MANY:
        return False
    below = view.grid.starting(row + 1)
    aligned = [cell for cell in below if any(cell.cell.cols == over.cell.cols for over in cells)]
    kinds = [view.kind(cell) for cell in aligned if cell]
    typed = [kind for kind in kinds if kind in {"mark", "amount", "prose", "options"}]
    return len(aligned) >= len(cells) - 1 and len(typed) >= LEAST


def _alternates(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether a row reads label, value, label, value: a row of a form. Its years and words are values."""
    if len(cells) % 2:
        return False
    labels, values = cells[::2], cells[1::2]
    if not all(view.kind(cell) == "label" for cell in labels):
        return False
    said = [cell for cell in values if view.kind(cell) not in {"label"} or _is_plain_value(view, cell)]
    if len(said) != len(values):
        return False
    return not all(view.head(cell).role for cell in values)


def _is_plain_value(view: View, cell: GridCell) -> bool:
    term = view.term(cell)
    return term is not None and not term.is_whole


def formulas(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a row that say by letters how its columns are reckoned: Ａ | Ｂ | Ａ－Ｂ.

    The letters stand in the order of the alphabet, each once, and a formula uses those that stand alone; marks do not.
    """
    letters = [cell for cell in cells if _LETTER.fullmatch(squeeze(cell.text))]
    reckoned = [cell for cell in cells if cell not in letters and _FORMULA.fullmatch(squeeze(cell.text))]
    named = [re.sub(r"[()]", "", squeeze(cell.text)) for cell in letters]
    used = {letter for cell in reckoned for letter in re.findall(r"[A-Za-z①-⑳ア-オ]", squeeze(cell.text))}
    in_order = all(ord(after) == ord(before) + 1 for before, after in pairwise(named))
    if len(named) < LEAST or not in_order or not used <= set(named) or (not reckoned and len(named) < len(cells)):
        return []
    return [*letters, *reckoned]
