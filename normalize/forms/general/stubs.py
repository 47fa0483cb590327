"""What stands beside the numbers of a row: names, a role, a year, a unit; and what a table inherits from around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from normalize.cells.amounts import is_absent
from normalize.cells.heads import Head, HeadRole, role_of
from normalize.cells.kinds import UNREAD
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.in_cells import Storeys, storeys_in
from normalize.forms.general.meaning import Column
from normalize.forms.general.rows import Counted, Reading, units_of
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from normalize.text.periods import period_of
from schemas.light import light

SUMS: Final = frozenset({"計", "合計", "小計", "その他", "その他特財", "総計", "内訳", "うち"})
"""Names of rows that say nothing without the group that they stand in."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table inherits: the unit over it, and the years up to which numbers without a role are actuals.

    `referred` are the indicators that were named before, by what tables may call them.

    `plans_money` tells a document of a budget, not of accounts. A year before `known_until` is past for the document;
    one after it lies ahead. None where the document tells neither.

    `over` are the year and the role that the heading of a block gives to those of its numbers that have none of their
    own, and that heading. `storeys` are the roles of two numbers in one cell. `lists_rows` tells that another table of
    the document has the same heads over more rows, `tells_results` that the heading over this one says that its numbers
    were found.
    """

    unit: str | None = None
    unit_source: Excerpt | None = None
    known_until: int | None = None
    until_is_known: bool = False
    plans_money: bool = False
    declared: Counted | None = None
    referred: Mapping[str, Counted] = field(default_factory=dict)
    over: tuple[int, HeadRole | None, Excerpt] | None = None
    storeys: Storeys | None = None
    lists_rows: bool = False
    tells_results: bool = False


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


_UNIT_ALONE: Final = re.compile(r"[(（\[〔](?:単位[:：])?[^()（）\[\]〔〕:：]{1,8}[)）\]〕]")

_ROLE_BEHIND: Final = re.compile(
    r"(?P<name>\S.+?)\s*[(（〔\[]?(?P<role>(?:計画|目標|実績|見込|予定)値?|見込み|(?:予算|決算)額?)[)）〕\]]?\s*",
    re.DOTALL,
)
"""A name with what a row holds of it behind."""

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
    first = min(column.cols.start for column in values)
    gathering = _Gathering(reading, row)
    units = units_of(reading, values[0])
    for cell in _cells_beside(reading, row, first, units):
        if not gathering.is_head_above(cell):
            gathering.take(cell)
    return gathering.stub(_unit_of_heads(reading, first))


_NO_STUBS: Final = frozenset({"org", "passage", "grade", "direction", "document", "code", "ratio", "part", "name"})
"""Kinds of columns that say nothing of what the numbers in a row count."""


def _cells_beside(reading: Reading, row: int, first: int, units: list[Column]) -> list[GridCell]:
    """The cells of a row, each once, that may say what its numbers count; `first` is the column of the first number.
    `units` are the columns of their units.

    A cell that began as a head may stand in a column of numbers; behind the first number only units and years do.
    """
    cells: list[GridCell] = []
    for col in range(reading.view.grid.table.n_cols):
        column = _column_at(reading, col)
        cell = reading.view.grid.at(row, col)
        if not cell or column is None or column.kind in _NO_STUBS or _holds_remarks(reading.view, column):
            continue
        is_before = col < first
        if column.kind == "unit" and column not in units:
            continue
        is_stub = column.kind in {"unit", "year-of-value"} or (
            is_before and (column.kind != "value" or cell.cell.row in reading.block.header)
        )
        if is_stub and not any(cell is other for other in cells):
            cells.append(cell)
    return cells


def _holds_remarks(view: View, column: Column) -> bool:
    """Whether a column tells of its rows what no kind of column is for: 備考 over numbers and words."""
    term = view.whole(column.leaf) if column.kind == "aside" and column.leaf is not None else None
    return term is not None and term.kind == "passage"


def _column_at(reading: Reading, col: int) -> Column | None:
    return next((column for column in reading.columns if col in column.cols), None)


def _unit_of_heads(reading: Reading, first: int) -> tuple[str, Excerpt] | None:
    """The first unit that a head before the numbers names."""
    heads = (head for column in reading.columns if column.cols.start < first for head in column.path)
    return next(((unit, head.excerpt) for head in heads if (unit := reading.view.head(head).unit)), None)


@dataclass(slots=True)
class _Gathering:
    """What the cells beside the numbers of a row have said so far."""

    reading: Reading
    row: int
    names: list[GridCell] = field(default_factory=list)
    role: tuple[str, GridCell] | None = None
    year: tuple[int, GridCell] | None = None
    unit: Excerpt | None = None
    kinds: list[str] = field(default_factory=list)
    kind_cell: GridCell | None = None
    code_cell: GridCell | None = None
    axis_unit: tuple[str, Excerpt] | None = None
    is_ratio: bool = False
    is_period: bool = False

    def is_head_above(self, cell: GridCell) -> bool:
        """Whether a cell of the header ends above the row."""
        return self._in_header(cell) and cell.cell.row + cell.cell.row_span <= self.row

    def _in_header(self, cell: GridCell) -> bool:
        return cell.cell.row in self.reading.block.header

    def take(self, cell: GridCell) -> None:
        """Take what a cell says: a unit, a year or role, the kind of an indicator, a ratio, a name, or a code."""
        view, column = self.reading.view, _column_at(self.reading, cell.cell.col)
        head, kind, in_header = view.head(cell), view.kind(cell), self._in_header(cell)
        if column is None:
            return
        if in_header and head.year is not None and not head.is_period:
            # Beside the heads and the amounts: H29年度事業費決算（千円） | 国庫支出金 | 一般財源.
            self.year = self.year or (head.year, cell)
            self.role = self.role or ((head.role, cell) if head.role is not None else None)
        if (
            (column.kind == "unit" and kind != "axis")
            or (kind == "unit" and column.kind != "indicator")
            or _is_behind_unit(view, cell)
        ):
            if not in_header and kind not in {"absent", "amount"} and UNREAD not in cell.text:
                self.unit = cell.excerpt
        elif (kind == "axis" or (kind == "year" and column.field == "axis")) and column.kind != "year-of-value":
            self._take_axis(cell, head)
        elif _is_kind_of_indicator(cell, head):
            self.kinds.append(cell.text)
            if head.term is not None and head.term.kind == "indicator" and not in_header:
                self.kind_cell = cell
        elif _ACHIEVED.fullmatch(head.words) and (head.unit == "%" or _holds_rates(self.reading, self.row)):
            self.is_ratio = True
        elif kind == "words" and head.unit is not None and _UNIT_ALONE.fullmatch(squeeze(cell.text)):
            self.axis_unit = (head.unit, cell.excerpt)  # （千円） beside the numbers, and no name of them
        elif (
            kind in {"words", "label", "prose", "direction"}
            and not is_absent(cell.text)
            and not storeys_in(cell.excerpt)
        ):
            self._take_name(cell, column)
        elif not in_header and (kind == "code" or re.fullmatch(r"\d{1,2}", squeeze(cell.text))):
            self.code_cell = cell

    def _take_name(self, cell: GridCell, column: Column) -> None:
        """Take a name, and the role behind it where another row has the same name with another role."""
        named = _with_role(cell)
        if named is not None:
            name, role = named
            others = [_with_role(other) for at in self.reading.block.body if (other := self.reading.at(at, column))]
            if any(one is not None and squeeze(one[0].text) == squeeze(name.text) and one[1] != role for one in others):
                self.role = (role, cell)
                self.names.append(GridCell(cell.cell, name))
                return
        self.names.append(cell)

    def _take_axis(self, cell: GridCell, head: Head) -> None:
        if head.role == "ratio":
            self.is_ratio = True
        elif head.role is not None:
            self.role = (head.role, cell)
        if head.year is not None:
            self.year = (head.year, cell)
        if head.unit is not None:
            self.axis_unit = (head.unit, cell.excerpt)
        of_part = head.role in {"target", "actual"} and period_of(cell.text) == "part"  # 実績値（上半期）
        self.is_period = self.is_period or (head.is_period and head.year is None) or of_part

    def stub(self, head_unit: tuple[str, Excerpt] | None) -> Stub:
        """All of it; a unit in the name of a group says more than one of a role, and that more than one of a head."""
        view = self.reading.view
        groups = ((unit, cell.excerpt) for cell in self.names[:-1] if (unit := view.head(cell).unit))
        return Stub(
            names=tuple(self.names),
            role=self.role[0] if self.role else None,
            role_source=self.role[1] if self.role else None,
            year=self.year[0] if self.year else None,
            year_source=self.year[1] if self.year else None,
            unit=self.unit,
            kinds=tuple(self.kinds),
            kind_cell=self.kind_cell,
            code_cell=self.code_cell,
            head_unit=next(groups, None) or self.axis_unit or head_unit,
            is_ratio=self.is_ratio,
            is_period=self.is_period,
        )


def _with_role(cell: GridCell) -> tuple[Excerpt, str] | None:
    """A name and the role that its text ends with: 診療日数（日）計画, 診療日数（日）実績."""
    text = cell.excerpt.strip()
    found = _ROLE_BEHIND.fullmatch(text.text)
    role = role_of(squeeze(found["role"])) if found is not None else None
    return (text.slice(*found.span("name")).strip(), role) if found is not None and role is not None else None


def _is_kind_of_indicator(cell: GridCell, head: Head) -> bool:
    """Whether a cell says of what kind the numbers are (成果指標), and is no sum."""
    is_kind = head.term is not None and head.term.is_whole and head.term.kind in {"indicator", "group"}
    return is_kind and squeeze(cell.text) not in SUMS
