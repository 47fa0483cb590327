"""One column by its heads: where it is cut, and the year, the role, the unit and the judge that they tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from normalize.cells.heads import Head, HeadRole
from normalize.cells.kinds import CellKind
from normalize.cells.vocabulary import Term, term_of
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.answers import is_said
from normalize.forms.general.cuts.blocks import Block
from normalize.forms.general.heads.column_kinds import kind_of_column
from normalize.forms.general.heads.judging_columns import without_sums
from normalize.forms.general.heads.meaning import (
    LONGEST_PART,
    PLANS_MONEY,
    Column,
    content,
    heads_indicators,
    is_scale,
)
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from normalize.text.periods import period_of

_UNTOLD: Final = (None, None)
"""What no head tells, and no cell."""


def column_of(view: View, block: Block, cols: range, path: tuple[GridCell, ...]) -> Column:
    """A column by the heads over it and the cells under it, as far as its neighbours do not tell otherwise."""
    heads = _with_middle([view.head(cell) for cell in path])
    cells = without_sums(view, content(view, block, cols))
    kind, field = kind_of_column(view, heads, cells, _kinds_of(view, heads, cells))
    if (kind, field) == ("grade", "grade") and _judge_called(heads, path) is not None:
        field = "result"  # 審議会 over marks: it judges what stands beside them
    if not cells and heads and heads[-1].is_axis and _reaches_below(path[-1], block):
        kind, field = "stub", "axis"
    of_part = _tells_part(heads, path)
    dated = ((head.year, cell) for head, cell in _from_leaf(heads, path) if head.year is not None and not of_part)
    year = next(dated, _UNTOLD)
    role = _role_of(heads, path)
    unit = next(((head.unit, cell) for head, cell in _from_leaf(heads, path) if head.unit), _UNTOLD)
    return Column(
        cols=cols,
        path=path,
        kind=kind,
        field=field,
        year=year[0],
        is_period=of_part or (any(head.is_period for head in heads) and not (heads and heads[-1].year is not None)),
        role=role[0],
        role_source=role[1],
        year_source=year[1],
        unit=unit[0],
        unit_source=unit[1],
        is_money=any(head.is_money for head in heads),
        evaluator=_evaluator_of(heads, path),
        words=heads[-1].words if heads else "",
    )


def _with_middle(heads: list[Head]) -> list[Head]:
    """Under a target the middle is that of the plan: 目標値 over 令和7年度（中間）, 令和12年度（最終）."""
    if not any(head.role == "target" for head in heads):
        return heads
    return [replace(h, year=h.middle, is_period=False, middle=None) if h.middle is not None else h for h in heads]


def _from_leaf(heads: Sequence[Head], path: Sequence[GridCell]) -> Iterator[tuple[Head, GridCell]]:
    """The heads of a column with their cells, the lowest first."""
    return zip(reversed(heads), reversed(path), strict=True)


def _tells_part(heads: Sequence[Head], path: Sequence[GridCell]) -> bool:
    """Whether a head under that of a year says that the numbers are of a part of it, or of several years together.

    令和6年度 over 実績（9月末）, 上半期, 累計.
    """
    dated = max((at for at, head in enumerate(heads) if head.year is not None), default=len(heads))
    below = [*zip(heads, path, strict=True)][dated + 1 :]
    return any(
        head.relative is None and (head.is_period or period_of(cell.text) in {"part", "total"}) for head, cell in below
    )


def _role_of(heads: Sequence[Head], path: Sequence[GridCell]) -> tuple[HeadRole | None, GridCell | None]:
    """The role of a column. What is expected under a target is the target; what a group of costs plans is expected."""
    nearest = next(((head.role, cell) for head, cell in _from_leaf(heads, path) if head.role is not None), None)
    if nearest is None:
        return _planned(heads, path)
    is_expected_target = nearest[0] == "forecast" and any(head.role == "target" for head in heads)
    return ("target", nearest[1]) if is_expected_target else nearest


def _planned(heads: Sequence[Head], path: Sequence[GridCell]) -> tuple[HeadRole | None, GridCell | None]:
    """The role that the name of a group of costs tells where no head is one: 予算計 over 補正, 繰越, 計."""
    for head, cell in zip(heads, path, strict=True):
        if len(path) > 1 and PLANS_MONEY.match(head.words) and head.is_money:
            return "forecast", cell
    return None, None


def _evaluator_of(heads: Sequence[Head], path: Sequence[GridCell]) -> str | None:
    """Who judges in a column: a head says so, or the lowest is a body that judges, as 所管課 in 所管課評価."""
    terms = [head.term for head in reversed(heads) if head.term is not None]
    evaluator = next((term for term in terms if term.kind == "evaluator"), None) or _judge_called(heads, path)
    return evaluator.field if evaluator is not None else None


def _judge_called(heads: Sequence[Head], path: Sequence[GridCell]) -> Term | None:
    """Who judges where the lowest head is called as a body that does: 所管課 as in 所管課評価, 審議会."""
    if not heads or not (heads[-1].term is None or _is_of(heads[-1].term, "org", "aside")):
        return None
    judge = term_of(squeeze(path[-1].text) + "評価")
    return judge if judge is not None and judge.is_whole and judge.kind == "evaluator" else None


def _kinds_of(view: View, heads: Sequence[Head], cells: Sequence[GridCell]) -> Counter[CellKind]:
    """How many cells are of each kind. Under a judgement a is a mark, where it is said; else it is a unit of area."""
    kinds = Counter(view.kind(cell) for cell in cells)
    units = [cell for cell in cells if view.kind(cell) == "unit"]
    judges = any(_is_of(head.term, "grade", "evaluator") for head in heads)
    if units and judges and all(is_said(view, cell) for cell in units):
        kinds["mark"] += kinds.pop("unit")
    return kinds


def _reaches_below(head: GridCell, block: Block) -> bool:
    """Whether a head is merged over rows under its header."""
    return head.cell.row + head.cell.row_span > block.header.stop


def _is_of(term: Term | None, *kinds: str) -> bool:
    return term is not None and term.kind in kinds


def parts_of(view: View, block: Block, leaf: range, path: tuple[GridCell, ...]) -> list[range]:
    """The columns under one head: two where it heads a judgement and, in a column of its own, what is said of it."""
    is_pair = _pair_under(view, path[-1]) if path and len(leaf) >= 2 else None
    seam = _seam(view, block, leaf) if is_pair is not None else None
    if is_pair is None or seam is None:
        return [leaf]
    parts = [range(leaf.start, seam), range(seam, leaf.stop)]
    first, second = (
        [cell for cell in content(view, block, part) if set(cell.cell.cols) <= set(part)] for part in parts
    )
    return parts if first and second and is_pair(view, path[-1], first, second) else [leaf]


def _seam(view: View, block: Block, leaf: range) -> int | None:
    """The column under a head in which most cells begin beside others; None where all begin with it."""
    starts = Counter(
        cell.cell.col for row in block.body for cell in view.printed(row) if leaf.start < cell.cell.col < leaf.stop
    )
    return starts.most_common(1)[0][0] if starts else None


_Cells = Sequence[GridCell]


def _pair_under(view: View, cell: GridCell) -> Callable[[View, GridCell, _Cells, _Cells], bool] | None:
    """The question whether what stands under a head are two columns; None under a head that has but one."""
    head = view.term(cell)
    if heads_indicators(view, cell):
        return _are_names_and_parts
    if head is None:
        return None
    if (head.kind, head.field) == ("indicator", "unit"):
        return _are_units_and_roles
    if head.kind == "cost":
        return _are_amounts
    return _are_judged_and_told if head.kind in {"evaluator", "grade"} else None


def _are_names_and_parts(view: View, _head: GridCell, names: _Cells, parts: _Cells) -> bool:
    """Whether each name goes on over rows of several parts: ごみ排出量 over the rows 家庭系, 事業系."""
    words: set[CellKind] = {"words", "prose", "label"}
    if any(view.kind(name) not in words for name in names) or any(len(squeeze(p.text)) > LONGEST_PART for p in parts):
        return False
    of_each = [[part for part in parts if part.cell.row in name.cell.rows] for name in names]
    return sum(map(len, of_each)) == len(parts) and min(map(len, of_each)) >= 2


def _are_units_and_roles(view: View, _head: GridCell, _units: _Cells, roles: _Cells) -> bool:
    return all(view.kind(cell) == "axis" for cell in roles)


def _are_amounts(view: View, _head: GridCell, first: _Cells, second: _Cells) -> bool:
    cells = [*first, *second]
    return len([cell for cell in cells if view.kind(cell) == "amount"]) * 2 > len(cells)


def _are_judged_and_told(view: View, head: GridCell, first: _Cells, second: _Cells) -> bool:
    """Whether marks or points, or the words of who judges, stand before what is said of them."""
    kinds = Counter(view.kind(cell) for cell in first)
    judging: set[CellKind] = {"mark", "direction"}
    if is_scale(view, first):
        judging.add("amount")
    if _is_of(view.term(head), "evaluator") and not kinds["prose"]:
        judging |= {"words", "options"}
    told = [cell for cell in second if view.kind(cell) in {"prose", "words"}]
    return sum(kinds[kind] for kind in judging) * 2 > len(first) and len(told) * 2 > len(second)
