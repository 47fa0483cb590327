"""Columns that judge, as their neighbours tell: points of a scale, words and marks among judgements, votes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from normalize.cells.amounts import read_amount
from normalize.cells.choices import MARKS
from normalize.document.table_grid import GridCell
from normalize.forms.general.cuts.blocks import Block
from normalize.forms.general.heads.meaning import Column, content, is_result, is_scale
from normalize.forms.general.view import View
from normalize.text.folding import fold_mark, squeeze

_SUM: Final = re.compile(r"(?:合計|小計|総計|総合計|総得?点|平均)(?:点|得点|評点|点数)?(?:\(.*\))?$")
"""What a row is called that adds up the points above it."""

_SAID: Final = frozenset({"words", "label", "direction", "mark", "options", "absent"})
"""Kinds of cells that say a result in a word or a mark."""

_MOST_POINTS: Final = re.compile(r"[(（](?P<points>[0-9]{1,3})点(?:満点|中)?[)）]$")
"""How many points a head gives at most."""

_MATRIX: Final = 3
_SIBLINGS: Final = 2
"""So many columns side by side tell of each other."""


def with_points(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Points of a scale under 前回, 今回 or a year are judgements where the rows ask or name qualities."""
    stubs = [cell for one in columns if one.kind == "stub" for cell in content(view, block, one.cols)]
    asked = [cell for cell in stubs if _asks(view, cell)]
    if len(asked) < _SIBLINGS or any(column.kind in {"indicator", "unit", "name"} for column in columns):
        return columns
    found = []
    for column in columns:
        cells = without_sums(view, content(view, block, column.cols))
        fits = column.kind == "value" and column.role in {None, "actual"} and not column.is_money and len(cells) > 1
        is_points = fits and all(view.kind(cell) == "amount" for cell in cells) and is_scale(view, cells)
        found.append(replace(column, kind="grade", field="grade") if is_points else column)
    return found


def with_full_points(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Points under heads that say how many there are at most are judgements: 施設の管理（20点） over 18."""
    return [
        replace(column, kind="grade", field="grade") if _holds_points(view, block, column) else column
        for column in columns
    ]


def _holds_points(view: View, block: Block, column: Column) -> bool:
    most = _MOST_POINTS.search(squeeze(column.leaf.text)) if column.leaf is not None else None
    if most is None or column.kind not in {"aside", "ratio", "cost"} or column.year is not None:
        return False
    cells = [cell for cell in content(view, block, column.cols) if view.kind(cell) != "absent"]
    amounts = [read_amount(cell.text, view.sense) for cell in cells]
    return bool(amounts) and all(one is not None and 0 <= one.value <= int(most["points"]) for one in amounts)


def without_votes(columns: list[Column]) -> list[Column]:
    """Numbers under the grades of a scale, one after the other, count those who voted for each: they judge nothing."""
    heads = [fold_mark(squeeze(c.leaf.text)[:1], MARKS) if c.leaf is not None else None for c in columns]
    marked = [mark for mark in heads if mark]
    if len(marked) < _MATRIX or len(set(marked)) < len(marked):
        return columns
    return [replace(c, kind="aside", field="none") if mark else c for c, mark in zip(columns, heads, strict=True)]


def _asks(view: View, cell: GridCell) -> bool:
    """Whether a cell names a quality, or asks for it."""
    term = view.whole(cell)
    return (term is not None and term.kind == "grade") or squeeze(cell.text).endswith(("か", "か?"))


def with_judged(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Words under labels of qualities, among columns of judgements alone, are judgements too."""
    grades = [column for column in columns if column.kind == "grade"]
    if len(grades) < _MATRIX or any(column.kind in {"name", "value", "cost"} for column in columns):
        return columns
    return [
        replace(column, kind="grade", field="grade") if _may_judge(view, block, column, grades[0]) else column
        for column in columns
    ]


def with_results(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Words and marks under 結果 beside what is checked judge it (チェック項目 | 結果); numbers there are counted."""
    if any(column.kind in {"name", "indicator", "unit"} for column in columns):
        return columns
    return [
        replace(column, kind="grade", field="result", role=None, role_source=None)
        if column.kind == "value" and column.year is None and column.leaf is not None and is_result(column.leaf.text)
        and {view.kind(cell) for cell in content(view, block, column.cols)} <= _SAID
        else column
        for column in columns
    ]  # fmt: skip


def with_criteria(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """The one column before judgements holds what is judged, also where that is told at length: 点検項目 | 判定.

    A head that is known to head prose, or sentences that end in a full stop, stay prose.
    """
    at = next((at for at, column in enumerate(columns) if column.kind == "grade"), 0)
    before = [column for column in columns[:at] if column.kind != "code"]
    if len(before) != 1 or before[0].kind != "passage" or before[0].leaf is None:
        return columns
    term, cells = view.whole(before[0].leaf), content(view, block, before[0].cols)
    told = (term is not None and term.kind == "passage") or any("。" in cell.text for cell in cells)
    leaf = columns[at].leaf
    if told or len(cells) < _SIBLINGS or leaf is None or not is_result(leaf.text):
        return columns
    return [replace(column, kind="stub", field="none") if column is before[0] else column for column in columns]


def _may_judge(view: View, block: Block, column: Column, first: Column) -> bool:
    """Whether a column behind the first one of judgements holds nothing but words."""
    if column.kind not in {"stub", "passage", "aside", "org"} or column.cols.start < first.cols.start:
        return False
    kinds = {view.kind(cell) for cell in content(view, block, column.cols)}
    return bool(column.words) and kinds <= {"words", "label", "direction", "mark", "absent"}


def with_scales(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Points under an unknown label are grades where the columns beside it hold grades in points."""
    points = [
        column for column in columns if column.kind == "grade" and is_scale(view, content(view, block, column.cols))
    ]
    if len(points) < _SIBLINGS:
        return columns
    return [
        replace(column, kind="grade", field="grade")
        if ((column.kind, column.field) == ("aside", "number") or _is_among(view, column, points))
        and is_scale(view, content(view, block, column.cols))
        else column
        for column in columns
    ]


def _is_among(view: View, column: Column, points: Sequence[Column]) -> bool:
    """Whether a column of another meaning stands under the head of such as judge: 評価項目 over 必要性, 効果."""
    is_under = len(column.path) > 1 and all(len(point.path) > 1 and point.path[0] is column.path[0] for point in points)
    term = view.whole(column.leaf) if column.leaf is not None else None
    return is_under and column.kind == "aside" and (term is None or term.kind != "aside")


def without_sums(view: View, cells: list[GridCell]) -> list[GridCell]:
    """The cells of a column but those of a row that adds the others up, which no longer are points of their scale."""
    kept = []
    for cell in cells:
        stubs = [other for other in view.grid.row(cell.cell.row) if other and other.cell.col < cell.cell.col]
        if not any(_SUM.match(squeeze(stub.text)) for stub in stubs):
            kept.append(cell)
    return kept or cells
