"""The kind of a column: from the words of its heads, and where they leave it open, from what stands in it.

The questions stand in their order: the first that has an answer tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from normalize.cells.heads import Head, HeadRole
from normalize.cells.kinds import CellKind
from normalize.cells.vocabulary import term_of
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.names import name_and_counted
from normalize.forms.general.heads.column_contents import (
    GENERIC,
    MOST,
    Headed,
    Meaning,
    by_content,
    headless,
    holds_units,
)
from normalize.forms.general.heads.column_terms import by_term
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

_LONGEST_DIRECTION: Final = 8
"""Characters of what is to become of one side of a project: 成果 拡充, コスト 維持."""

_SECTIONS: Final[dict[HeadRole | None, str]] = {
    "target": "target",
    "actual": "done",
    "forecast": "planned",
    "baseline": "state",
}
"""What sentences under a role tell."""


def kind_of_column(view: View, heads: Sequence[Head], cells: Sequence[GridCell], kinds: Counter[CellKind]) -> Meaning:
    """The kind and field of a column. `kinds` counts its cells by what they are."""
    said = sum(count for kind, count in kinds.items() if kind not in {"blank", "absent"})
    if not heads:
        return headless(view, cells, kinds, said)
    upper = tuple(term for head in reversed(heads[:-1]) if (term := head.term) is not None and term.is_whole)
    column = Headed(view, heads, upper, cells, kinds, said)
    return next((found for asks in _QUESTIONS if (found := asks(column)) is not None), None) or by_content(column)


def _units(column: Headed) -> Meaning | None:
    """Nothing but units under a label of indicators, or one that is not known; under a judgement they are marks."""
    own = column.leaf.term
    may_name = own is None or own.kind in {"group", "indicator", "aside"} or column.leaf.heads_years
    is_units = may_name and not column.is_under("grade") and holds_units(column.view, column.cells)
    return ("unit", "unit") if is_units else None


def _names_with_counted(column: Headed) -> Meaning | None:
    """Names, and in brackets under each what is counted of it, where the head says both: 事業名／指標."""
    if not column.cells or any(name_and_counted(cell.excerpt)[1] is None for cell in column.cells):
        return None
    words = column.leaf.words
    parts = ((term_of(words[:at]), term_of(words[at:])) for at in range(1, len(words)))
    levels = (
        name.field
        for name, counted in parts
        if name is not None and name.is_whole and name.kind == "name"
        and counted is not None and counted.is_whole and counted.kind == "indicator"
    )  # fmt: skip
    level = next(levels, None)
    return ("name", level) if level is not None else None


def _years(column: Headed) -> Meaning | None:
    """年度 over the years of the rows; with a role (目標年度) over the year of each row's value."""
    if not column.leaf.heads_years:
        return None
    if not any(head.role for head in column.heads):
        return "stub", "axis"
    view = column.view
    dated = [cell for cell in column.cells if view.kind(cell) == "date" or view.head(cell).year is not None]
    return ("year-of-value", "none") if len(dated) > MOST * max(column.said, 1) else ("stub", "axis")


def _rates(column: Headed) -> Meaning | None:
    """達成率 or 増減; a judgement by its rate is a judgement."""
    leaf = column.leaf
    if leaf.role not in {"ratio", "difference"} or (leaf.term is not None and leaf.term.kind == "grade"):
        return None
    return ("value", "difference") if leaf.role == "difference" and column.mostly("amount") else ("ratio", "none")


def _directions_of_sides(column: Headed) -> Meaning | None:
    """Short words under 今後の方向性 over 成果, コスト: what is to become of each side."""
    own = column.leaf.term
    if not column.cells or own is None or own.kind not in {"passage", "cost"} or not column.is_under("direction"):
        return None
    if not {column.view.kind(cell) for cell in column.cells} <= {"direction", "words", "label", "absent"}:
        return None
    is_short = all(len(squeeze(cell.text)) <= _LONGEST_DIRECTION for cell in column.cells)
    return ("direction", "direction") if is_short else None


def _of_group(column: Headed) -> Meaning | None:
    """内容 or 名称 is what the head over it says; so is a level of the plan under a judgement, which it judges."""
    own = column.leaf.term
    is_judged_level = own is not None and own.kind == "name" and column.is_under("direction", "grade")
    if not column.upper or not (GENERIC.fullmatch(column.leaf.words) or is_judged_level):
        return None
    group, *upper = column.upper
    return by_term(replace(column, upper=tuple(upper)), group)


def _of_label(column: Headed) -> Meaning | None:
    """What the label is, as a whole, or by its last words where they are of a kind that says enough."""
    own = column.leaf.term
    if own is None or not (own.is_whole or own.kind in {"passage", "name", "org", "direction", "grade", "evaluator"}):
        return None
    if own.kind == "document" and column.leaf.year is not None and column.mostly("amount"):
        return None  # 評価年度（令和3年度） over numbers
    return by_term(column, own)


def _of_axis(column: Headed) -> Meaning | None:
    """Under a year or a role; what names qualities under a role (基準 over 必要性, 有効性) says what is judged."""
    axis = next((head for head in reversed(column.heads) if head.is_axis or head.role), None)
    if axis is None:
        return None
    terms = [column.view.whole(cell) for cell in column.cells]
    if axis.year is None and any(term is not None and term.kind == "grade" for term in terms):
        return "stub", "none"
    return _under_axis(column, axis.role)


def _under_axis(column: Headed, role: HeadRole | None) -> Meaning:
    """Numbers under a year or a role; marks under one are grades, words a report or a plan."""
    if (judged := _judged(column)) is not None:
        return judged
    if not column.share("amount") and any(
        term.kind == "passage" and term.field in {"schedule", "planned"} for term in column.upper
    ):
        return "aside", "schedule"
    if column.mostly("prose"):
        return "passage", _SECTIONS.get(role, "background")
    is_arrows = column.mostly("arrow", "words", "label", "direction") and column.share("arrow")
    return ("aside", "schedule") if is_arrows and not column.share("amount") else ("value", "none")


def _judged(column: Headed) -> Meaning | None:
    """Marks under a year, and words under a year of a judgement."""
    graded = next((term for term in column.upper if term.kind in {"grade", "evaluator", "direction"}), None)
    judges = column.mostly("mark", "direction", "options") and (graded is not None or column.mostly("mark"))
    words = graded is not None and not column.share("amount") and column.mostly("words", "label", "direction")
    if not judges and not words:
        return None
    return ("direction", "direction") if graded is not None and graded.kind == "direction" else ("grade", "grade")


_QUESTIONS: Final[tuple[Callable[[Headed], Meaning | None], ...]] = (
    _units,
    _names_with_counted,
    _years,
    _rates,
    _directions_of_sides,
    _of_group,
    _of_label,
    _of_axis,
)
