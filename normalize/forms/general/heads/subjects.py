"""What the columns of a list are to each other: who its rows are about, which numbers are an indicator's.

A label alone may mislead: 主な取組 over short names that all differ is the name of each row where the names before it
are merged; 方針 under 今後の方針 is what is to come of a project, no level of a plan.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from normalize.cells.kinds import kind_of
from normalize.cells.marks import direction_of
from normalize.cells.vocabulary import term_of
from normalize.document.table_grid import GridCell
from normalize.forms.general.cuts.blocks import Block
from normalize.forms.general.heads.meaning import LONGEST_PART, Column, content, holds_remarks
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from schemas.codes.vocabulary import level_pattern

_BELOW: Final = {"goal": "measure", "policy": "measure", "measure-group": "measure", "measure": "program"}
"""The level of the rows of a list whose groups have a level, where their own label tells none."""

_VALUE_WORDS: Final = frozenset({"指標値"})
"""Heads that are the goal beside an actual, and may be anything alone."""

_OUTLINED: Final = re.compile(
    f"(?P<level>{level_pattern('measure-group', 'measure', 'program', 'action')})(?:の?概要|の?内容)"
)
"""What heads a short description of each row, by the level of what is described."""

_POINTS: Final = re.compile(r"[①-⑳⑴-⒇Ⅰ-Ⅹ、,・\s]+")
"""Marks that say which of the names above is meant."""

_LEAST_ROWS: Final = 3
_MOST_DIFFER: Final = 0.8
"""Share of names that differ, of all names of a column: one project may stand in two groups."""

_LONGEST_NAME: Final = 40
"""Characters of the rows of a list, and of a name."""

_PARTS: Final = frozenset({"words", "label", "amount", "unit"})
"""What may say of whom or of which part a row counts; 事業所 is a unit alone, and a part beside 住宅."""

_EFFECTS: Final = re.compile(r"(?:地方創生に)?(?:非常に|相当程度)?(?:効果的であった|効果があった|効果がなかった)")
"""The scale of the checks of grants for regional revitalisation (地方創生関係交付金の効果検証)."""


def with_subjects(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """The columns of a list, each with what it is to the others."""
    columns = _with_titles(view, block, _with_groups(view, block, columns))
    columns = _with_names(view, block, _with_effects(view, block, _with_goals(columns)))
    return _with_parts(view, block, _with_names_behind_kind(view, block, columns))


def _with_groups(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Words of a direction's head over merged names before all others are groups: 方向性 | 個別施策 | 実施事業.

    Names that are no more than marks (①, ②③) point at others, and name nothing.
    """
    found = list(columns)
    for at, column in enumerate(columns):
        cells = content(view, block, column.cols)
        if column.kind == "direction" and any(other.kind == "name" for other in columns[at + 1 :]):
            is_before = all(other.kind in {"name", "code", "stub"} for other in columns[:at])
            merged = any(cell.cell.row_span > 1 for cell in cells)
            if cells and is_before and merged and not any(direction_of(cell.text) for cell in cells):
                found[at] = replace(column, kind="name", field="policy")
        elif column.kind == "name" and cells and all(_POINTS.fullmatch(cell.text) for cell in cells):
            found[at] = replace(column, kind="aside", field="none")
    return found


def _with_titles(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """The first column names the rows of a list without names where its label is what they are (施策概要).

    All that stands in it are short names that differ.
    """
    if any(column.kind in {"name", "indicator"} for column in columns):
        return columns
    first = next((column for column in columns if column.kind != "code"), None)
    outlined = _OUTLINED.fullmatch(first.words) if first is not None else None
    level = term_of(outlined["level"]) if outlined else None
    if first is None or level is None or first.kind != "passage":
        return columns
    cells = content(view, block, first.cols)
    texts = {squeeze(cell.text) for cell in cells}
    if len(texts) < _MOST_DIFFER * len(cells) or not cells or not all(_may_name(view, cell) for cell in cells):
        return columns
    return [replace(column, kind="name", field=level.field) if column is first else column for column in columns]


def _with_names(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """The column right behind merged names that names each row, whatever its label says, or what its numbers count."""
    names = [column for column in columns if column.kind == "name"]
    if not names or any(column.kind == "indicator" for column in columns) or len(block.body) < _LEAST_ROWS:
        return columns
    last = names[-1]
    groups = content(view, block, last.cols)
    at = columns.index(last) + 1
    while at < len(columns) and columns[at].kind == "code":
        at += 1
    if not any(cell.cell.row_span > 1 for cell in groups) or at == len(columns) or last.field not in _BELOW:
        return columns
    own = columns[at]
    cells = content(view, block, own.cols)
    covered = sum(cell.cell.row_span for cell in cells)
    if own.kind not in {"passage", "stub", "aside"} or own.role is not None or covered != len(block.body):
        return columns
    texts = {squeeze(cell.text) for cell in cells}
    is_tall = any(cell.cell.row_span > 1 for cell in cells) and not any(c.kind == "org" for c in columns[at + 1 :])
    if is_tall or len(texts) < len(cells) or not all(_is_name(view, cell) for cell in cells):
        return columns
    counts = any(column.kind == "value" and not column.is_money for column in columns)
    if counts:
        named = replace(own, kind="indicator", field="name") if own.kind != "passage" else own
    else:
        named = replace(own, kind="name", field=_BELOW[last.field])
    return [*columns[:at], named, *columns[at + 1 :]]


def _may_name(view: View, cell: GridCell) -> bool:
    return cell.cell.row_span == 1 and _is_name(view, cell)


def _is_name(view: View, cell: GridCell) -> bool:
    text = squeeze(cell.text)
    return (
        kind_of(cell.text, view.sense) in {"words", "label"}
        and "。" not in text
        and not text.startswith("・")
        and len(text) <= _LONGEST_NAME
    )


def _with_effects(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """Columns of prose that hold nothing but grades in words."""
    return [
        replace(column, kind="grade", field="grade")
        if column.kind == "passage"
        and (cells := content(view, block, column.cols))
        and all(_EFFECTS.fullmatch(squeeze(cell.text)) for cell in cells)
        else column
        for column in columns
    ]


def _with_goals(columns: list[Column]) -> list[Column]:
    """指標値 beside an actual under the same head is its goal."""
    actual = [column for column in columns if column.kind == "value" and column.role == "actual" and column.path]
    return [
        replace(column, kind="value", field="none", role="target", role_source=column.leaf)
        if (column.kind, column.field) == ("aside", "number")
        and column.words in _VALUE_WORDS
        and any(other.path[0] is column.path[0] or len(other.path) == len(column.path) == 1 for other in actual)
        else column
        for column in columns
    ]


def _with_names_behind_kind(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """The column that names the indicators, behind a label of their kind that nothing stands under: 成果指標 | 項目."""
    for at, (before, own) in enumerate(pairwise(columns), start=1):
        if before.kind != "indicator" or own.kind not in {"passage", "stub", "aside"} or own.role or own.year:
            continue
        if holds_remarks(view, own):
            continue
        cells = content(view, block, own.cols)
        is_everywhere = all(view.grid.at(row, own.cols.start) for row in block.body)
        if content(view, block, before.cols) or not is_everywhere:
            continue
        if any(not _may_name(view, cell) or view.whole(cell) is not None for cell in cells):
            continue
        return [*columns[:at], replace(own, kind="indicator", field="name"), *columns[at + 1 :]]
    return columns


def _with_parts(view: View, block: Block, columns: list[Column]) -> list[Column]:
    """The column behind the names of indicators that says of whom or of which part each row counts: 男性, 女性."""
    for before, own in pairwise(columns):
        kinds = {"passage", "stub", "aside", *(["indicator"] if own.path == before.path else [])}
        if before.kind != "indicator" or own.kind not in kinds or own.role or own.year or holds_remarks(view, own):
            continue
        printed = [cell for cell in content(view, block, own.cols) if cell.cell.col in own.cols]
        cells = [cell for cell in printed if view.kind(cell) != "absent"]
        short = [cell for cell in cells if view.kind(cell) in _PARTS and _is_short(cell)]
        are_units = all(view.kind(cell) == "unit" for cell in cells)
        if cells and len(short) == len(cells) and not are_units and _shares_names(view, block, before, own):
            return [replace(column, kind="part") if column is own else column for column in columns]
    return columns


def _is_short(cell: GridCell) -> bool:
    return len(squeeze(cell.text)) <= LONGEST_PART and "。" not in cell.text and cell.cell.row_span == 1


def _shares_names(view: View, block: Block, names: Column, parts: Column) -> bool:
    """Whether one name goes on over rows of several parts, and over no row without one."""
    found: dict[int, list[str]] = {}
    last: int | None = None
    for row in block.body:
        name = view.grid.at(row, names.cols.start)
        part = view.grid.at(row, parts.cols.start)
        if name:
            last = id(name)
        if last is not None:
            found.setdefault(last, []).append(squeeze(part.text) if part and part.cell.col in parts.cols else "")
    shared = [texts for texts in found.values() if len(texts) > 1]
    return bool(shared) and all(all(texts) and len(set(texts)) == len(texts) for texts in shared)
