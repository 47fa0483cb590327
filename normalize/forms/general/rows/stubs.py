"""What stands beside the numbers of a row: names, a role, a year, a unit; and what a table inherits from around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from normalize.cells.amounts import is_absent
from normalize.cells.heads import Head, HeadRole, role_of
from normalize.cells.kinds import UNREAD, CellKind
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.heads.in_cells import Storeys, storeys_in
from normalize.forms.general.heads.meaning import Column, holds_remarks
from normalize.forms.general.rows.rows import Counted, Reading, units_of
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

    `over` are the year and the role that the heading of a block gives to those of its numbers that have none of
    their own, and that heading. `money` is what a title says that the amounts are. `storeys` are the roles of two
    numbers in one cell. `lists_rows` tells that another table of the document has the same heads over more rows,
    `tells_results` that the heading over this one says that its numbers were found.
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
    money: Excerpt | None = None
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
        if not cell or column is None or column.kind in _NO_STUBS or holds_remarks(reading.view, column):
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


def _column_at(reading: Reading, col: int) -> Column | None:
    return next((column for column in reading.columns if col in column.cols), None)


def _unit_of_heads(reading: Reading, first: int) -> tuple[str, Excerpt] | None:
    """The first unit that a head before the numbers names."""
    heads = (head for column in reading.columns if column.cols.start < first for head in column.path)
    return next(((unit, head.excerpt) for head in heads if (unit := reading.view.head(head).unit)), None)


@dataclass(frozen=True, slots=True)
class _Beside:
    """A cell beside the numbers of a row: its column, what it may head, what it can be, whether it is a head."""

    cell: GridCell
    column: Column
    head: Head
    kind: CellKind
    in_header: bool


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
        column = _column_at(self.reading, cell.cell.col)
        if column is None:
            return
        view = self.reading.view
        beside = _Beside(cell, column, view.head(cell), view.kind(cell), in_header=self._in_header(cell))
        self._take_year_of_head(beside)
        take = next((take for asks, take in _TAKEN if asks(self, beside)), None)
        if take is not None:
            take(self, beside)

    def _take_year_of_head(self, beside: _Beside) -> None:
        """Take the year and the role of a head beside amounts: H29年度事業費決算（千円） | 国庫支出金 | 一般財源."""
        head = beside.head
        if beside.in_header and head.year is not None and not head.is_period:
            self.year = self.year or (head.year, beside.cell)
            self.role = self.role or ((head.role, beside.cell) if head.role is not None else None)

    def says_unit(self, beside: _Beside) -> bool:
        """Whether a cell stands where units do."""
        kind, column = beside.kind, beside.column
        in_column = column.kind == "unit" and kind != "axis"
        is_unit = kind == "unit" and column.kind != "indicator"
        return in_column or is_unit or _is_behind_unit(self.reading.view, beside.cell)

    def take_unit(self, beside: _Beside) -> None:
        """Take a unit, where the cell prints one and is no head."""
        if not beside.in_header and beside.kind not in {"absent", "amount"} and UNREAD not in beside.cell.text:
            self.unit = beside.cell.excerpt

    def says_axis(self, beside: _Beside) -> bool:
        """Whether a cell says the year or the role of the numbers, and not when each was found."""
        is_axis = beside.kind == "axis" or (beside.kind == "year" and beside.column.field == "axis")
        return is_axis and beside.column.kind != "year-of-value"

    def take_axis(self, beside: _Beside) -> None:
        """Take a role, a year, a unit, or that the numbers are of a part of a year."""
        head, cell = beside.head, beside.cell
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

    def says_kind(self, beside: _Beside) -> bool:
        """Whether a cell says of what kind the numbers are (成果指標), and is no sum."""
        term = beside.head.term
        is_kind = term is not None and term.is_whole and term.kind in {"indicator", "group"}
        return is_kind and squeeze(beside.cell.text) not in SUMS

    def take_kind(self, beside: _Beside) -> None:
        """Take the kind of the indicators."""
        self.kinds.append(beside.cell.text)
        term = beside.head.term
        if term is not None and term.kind == "indicator" and not beside.in_header:
            self.kind_cell = beside.cell

    def says_ratio(self, beside: _Beside) -> bool:
        """Whether a cell says that the numbers tell how far a goal is reached."""
        is_achieved = _ACHIEVED.fullmatch(beside.head.words) is not None
        return is_achieved and (beside.head.unit == "%" or _holds_rates(self.reading, self.row))

    def take_ratio(self, _beside: _Beside) -> None:
        """Take that the numbers are ratios."""
        self.is_ratio = True

    def says_unit_alone(self, beside: _Beside) -> bool:
        """Whether a cell prints a unit in brackets beside the numbers, and no name of them: （千円）."""
        is_alone = _UNIT_ALONE.fullmatch(squeeze(beside.cell.text)) is not None
        return beside.kind == "words" and beside.head.unit is not None and is_alone

    def take_unit_alone(self, beside: _Beside) -> None:
        """Take the unit of the numbers."""
        if beside.head.unit is not None:
            self.axis_unit = (beside.head.unit, beside.cell.excerpt)

    def says_name(self, beside: _Beside) -> bool:
        """Whether a cell may name what is counted."""
        is_text = beside.kind in {"words", "label", "prose", "direction"} and not is_absent(beside.cell.text)
        return is_text and not storeys_in(beside.cell.excerpt)

    def take_name(self, beside: _Beside) -> None:
        """Take a name, and the role behind it where another row has the same name with another role."""
        cell, body = beside.cell, self.reading.block.body
        named = _with_role(cell)
        if named is not None:
            name, role = named
            others = [_with_role(other) for at in body if (other := self.reading.at(at, beside.column))]
            if any(one is not None and squeeze(one[0].text) == squeeze(name.text) and one[1] != role for one in others):
                self.role = (role, cell)
                self.names.append(GridCell(cell.cell, name))
                return
        self.names.append(cell)

    def says_code(self, beside: _Beside) -> bool:
        """Whether a cell prints the code or the number of a row."""
        is_code = beside.kind == "code" or re.fullmatch(r"\d{1,2}", squeeze(beside.cell.text)) is not None
        return is_code and not beside.in_header

    def take_code(self, beside: _Beside) -> None:
        """Take the code."""
        self.code_cell = beside.cell

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


_TAKEN: Final[tuple[tuple[Callable[[_Gathering, _Beside], bool], Callable[[_Gathering, _Beside], None]], ...]] = (
    (_Gathering.says_unit, _Gathering.take_unit),
    (_Gathering.says_axis, _Gathering.take_axis),
    (_Gathering.says_kind, _Gathering.take_kind),
    (_Gathering.says_ratio, _Gathering.take_ratio),
    (_Gathering.says_unit_alone, _Gathering.take_unit_alone),
    (_Gathering.says_name, _Gathering.take_name),
    (_Gathering.says_code, _Gathering.take_code),
)
"""What a cell is asked in turn, and what is taken where the first question holds."""
