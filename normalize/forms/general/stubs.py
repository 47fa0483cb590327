"""What stands beside the numbers of a row: names, a role, a year, a unit; and what a table inherits from around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from normalize.cells.amounts import is_absent
from normalize.cells.heads import HeadRole
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.meaning import Column
from normalize.forms.general.rows import Counted, Reading
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from schemas.light import light

SUMS: Final = frozenset({"計", "合計", "小計", "その他", "その他特財", "総計", "内訳", "うち"})
"""Names of rows that say nothing without the group that they stand in."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table inherits: the unit over it, and the years up to which numbers without a role are actuals.

    `referred` are the indicators that were named before, by what tables may call them.

    `plans_money` tells a document of a budget, not of accounts. A year before `known_until` is past for the document;
    one after it lies ahead. None where the document tells neither. `over` are the year and the role that the heading
    of a block gives to those of its numbers that have none of their own, and that heading.
    """

    unit: str | None = None
    unit_source: Excerpt | None = None
    known_until: int | None = None
    until_is_known: bool = False
    plans_money: bool = False
    declared: Counted | None = None
    referred: Mapping[str, Counted] = field(default_factory=dict)
    over: tuple[int, HeadRole | None, Excerpt] | None = None


@light
class Stub:
    """What stands beside the numbers of a row: names, the role and the year, the kind of the indicators."""

    names: tuple[GridCell, ...]
    role: str | None
    role_source: GridCell | None
    year: int | None
    year_source: GridCell | None
    unit: Excerpt | None
    kinds: tuple[str, ...]
    kind_cell: GridCell | None
    code_cell: GridCell | None
    head_unit: tuple[str, Excerpt] | None
    is_ratio: bool
    is_period: bool


_ACHIEVED: Final = re.compile(r"(?:目標)?(?:達成|進捗|到達)(?:度合?い?|割合)")


def _holds_rates(reading: Reading, row: int) -> bool:
    """Whether a row holds percentages."""
    return any((cell := reading.at(row, column)) and "%" in squeeze(cell.text) for column in reading.of("value"))


def _is_behind_unit(view: View, cell: GridCell) -> bool:
    """Whether a cell stands right behind the label 単位 in its row."""
    before = view.grid.left_of(cell)
    term = view.whole(before[0]) if before and before[0].cell.row == cell.cell.row else None
    return term is not None and (term.kind, term.field) == ("indicator", "unit")


def stub_of(reading: Reading, row: int, values: list[Column]) -> Stub:
    """What stands beside the numbers of a row, in the columns that hold none."""
    view = reading.view
    first = min(column.cols.start for column in values)
    cells: dict[int, GridCell] = {}
    for col in range(reading.view.grid.table.n_cols):
        column = next((c for c in reading.columns if col in c.cols), None)
        if column is None or column.kind in {
            "org",
            "passage",
            "grade",
            "direction",
            "document",
            "code",
            "ratio",
            "part",
        }:
            continue
        cell = view.grid.at(row, col)
        is_beside = cell is not None and cell.cell.row in reading.block.header  # it began as a head
        if column.kind in {"value", "cost"} and not (col < first):
            continue
        if column.kind == "name" or (column.kind == "value" and not is_beside):
            continue
        if cell and (col < first or column.kind in {"unit", "year-of-value"}):
            cells[id(cell)] = cell
    names: list[GridCell] = []
    role = year = None
    unit: Excerpt | None = None
    kinds: list[str] = []
    is_ratio = is_period = False
    kind_cell: GridCell | None = None
    code_cell: GridCell | None = None
    axis_unit: tuple[str, Excerpt] | None = None
    for cell in cells.values():
        column = next(c for c in reading.columns if cell.cell.col in c.cols)
        head = view.head(cell)
        kind = view.kind(cell)
        in_header = cell.cell.row in reading.block.header
        if in_header and cell.cell.row + cell.cell.row_span <= row:
            continue
        if in_header and head.year is not None and not head.is_period:
            # Beside the heads and the amounts: H29年度事業費決算（千円） | 国庫支出金 | 一般財源.
            year = year or (head.year, cell)
            role = role or ((head.role, cell) if head.role is not None else None)
        if column.kind == "unit" or (kind == "unit" and column.kind != "indicator") or _is_behind_unit(view, cell):
            if not in_header and kind not in {"absent", "amount"}:
                unit = cell.excerpt
        elif (kind == "axis" or (kind == "year" and column.field == "axis")) and column.kind != "year-of-value":
            if head.role == "ratio":
                is_ratio = True
            elif head.role is not None:
                role = (head.role, cell)
            if head.year is not None:
                year = (head.year, cell)
            if head.unit is not None:
                axis_unit = (head.unit, cell.excerpt)
            is_period = is_period or (head.is_period and head.year is None)
        elif (
            head.term is not None
            and head.term.is_whole
            and head.term.kind in {"indicator", "group"}
            and (squeeze(cell.text) not in SUMS)
        ):
            kinds.append(cell.text)
            if not in_header and head.term.kind == "indicator":
                kind_cell = cell
            if in_header and head.term.kind == "indicator" and column.kind == "indicator":
                continue
        elif _ACHIEVED.fullmatch(head.words) and (head.unit == "%" or _holds_rates(reading, row)):
            is_ratio = True
        elif kind in {"words", "label", "prose", "direction"} and not is_absent(cell.text):
            names.append(cell)
        elif not in_header and (kind == "code" or re.fullmatch(r"\d{1,2}", squeeze(cell.text))):
            code_cell = cell
    head_unit = next(
        (
            (noted, head.excerpt)
            for c in reading.columns
            if c.cols.start < first
            for head in c.path
            if (noted := view.head(head).unit)
        ),
        None,
    )
    group_unit = next(((noted, c.excerpt) for c in names[:-1] if (noted := view.head(c).unit)), None)
    head_unit = group_unit or axis_unit or head_unit
    return Stub(
        tuple(names),
        role[0] if role else None,
        role[1] if role else None,
        year[0] if year else None,
        year[1] if year else None,
        unit,
        tuple(kinds),
        kind_cell,
        code_cell,
        head_unit,
        is_ratio,
        is_period,
    )
