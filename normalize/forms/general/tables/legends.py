"""Legends: tables that say what the marks mean, from which share on a word judges, or how often each judges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from normalize.cells.amounts import is_absent
from normalize.cells.choices import MARKS
from normalize.cells.row_words import is_total
from normalize.document.table_grid import GridCell
from normalize.forms.general.settings import FORMS
from normalize.forms.general.view import View
from normalize.text.folding import fold_mark, squeeze
from schemas.codes.vocabulary import level_pattern

_LEAST_LEGEND: Final = 3
"""So many marks or words one below the other are a scale."""

_BOUND: Final = re.compile(r"\d[%割]?(?:以上|以下|未満|超)")
_BOUNDS: Final = re.compile(r"\d[%割]?以上、?\d+(?:\.\d+)?[%割]?(?:未満|以下)")
"""A bound of a judgement, and a pair of them."""

_DIGITS: Final = frozenset("0123456789")
"""Points that a legend explains."""

_COUNT: Final = re.compile(rf"(?:件|個|項目|指標|目標|{level_pattern()})?数|割合|構成比|比率")


def is_legend(view: View) -> bool:
    """Whether a table says what the marks mean: it is headed so, or its first column holds nothing but marks."""
    first = next((cell for cell in view.grid.cells if cell), None)
    term = view.term(first) if first is not None else None
    if term is not None and (term.kind, term.field) == ("grade", "scheme"):
        return True
    return _tells_bounds(view) or _counts_grades(view) or _lists_marks(view)


def _lists_marks(view: View) -> bool:
    """Whether the first of two or three columns holds nothing but marks, under one head."""
    column = [cell for cell in view.grid.cells if cell and cell.cell.col == 0 and not is_total(cell.text)]
    marks = [cell for cell in column if fold_mark(cell.text, MARKS) or is_absent(cell.text)]
    has_width = view.grid.table.n_cols in FORMS.legend_columns
    return has_width and len(marks) >= _LEAST_LEGEND and len(column) - len(marks) <= 1


def _tells_bounds(view: View) -> bool:
    """Whether a table says from which share on each word judges: 順調 | 80%以上100%未満."""
    rows = [view.printed(row) for row in view.grid.rows]
    if view.grid.table.n_cols not in FORMS.legend_columns or len(rows) < _LEAST_LEGEND:
        return False
    if any(len(row) < 2 for row in rows):
        return False
    words, bounds = [row[0] for row in rows[1:]], [squeeze(row[-1].text) for row in rows[1:]]
    if not all(map(_BOUND.search, bounds)) or not any(map(_BOUNDS.search, bounds)):
        return False
    return len({squeeze(word.text) for word in words}) == len(words) and all(_may_judge(view, word) for word in words)


def _may_judge(view: View, cell: GridCell) -> bool:
    """Whether a cell can be a judgement: a word, a mark, a numeral (Ⅰ), or points."""
    return view.kind(cell) in {"words", "label", "mark", "code", "direction", "absent"} or squeeze(cell.text) in _DIGITS


def _counts_grades(view: View) -> bool:
    """Whether a table counts how often each word or mark judges.

    評価 | 順調 | 遅れ | 合計 over 件数 | 7 | 3 | 10; 区分 | A | B | C over 一次評価 | 2 | 4 | 3; or a mark in each row.
    """
    heads = view.printed(0)
    rows = [view.printed(row) for row in view.grid.rows[1:]]
    if len(heads) < _LEAST_LEGEND or not rows:
        return False
    if any(len(row) < 2 or not all(_is_count(view, cell) for cell in row[1:]) for row in rows):
        return False
    if _are_grades(view, [row[0] for row in rows]):
        return True
    if len(heads) == _LEAST_LEGEND or any(view.head(cell).is_axis for cell in heads[1:]):
        return False
    counts = is_total(heads[-1].text) and all(_COUNT.fullmatch(squeeze(row[0].text)) for row in rows)
    return counts or _are_grades(view, heads[1:])


def _are_grades(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether cells are marks or words that judge, but for what they add up to: 指標数 | A | B | C | 計."""
    judging = [cell for cell in cells if not is_total(cell.text) and not _COUNT.fullmatch(squeeze(cell.text))]
    return len(judging) >= 2 and all(view.kind(cell) in {"mark", "direction"} for cell in judging)


def _is_count(view: View, cell: GridCell) -> bool:
    return view.kind(cell) in {"amount", "absent"}
