"""The rows of a block: its columns as they are read, and the indicators that each row names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from normalize.cells.kinds import UNREAD, is_unit
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.names import (
    coded,
    kind_of_indicator,
    name_of,
    reference_of,
    without_definition,
)
from normalize.forms.general.cells.numbered_lines import numbered_lines
from normalize.forms.general.cuts.blocks import Block
from normalize.forms.general.entities import RANKS
from normalize.forms.general.facts import Fact, Name, Named, Node, RowKey
from normalize.forms.general.heads.columns import columns_of
from normalize.forms.general.heads.meaning import Column
from normalize.forms.general.view import View
from normalize.text.folding import clean, squeeze
from normalize.text.quantities import indicator_measure_of, known_unit

_PER_UNIT: Final = re.compile("当たり|あたり|単位コスト|単価")
"""What tells a cost of one piece, one head or one hour."""

_CODE: Final = re.compile(r"[0-9]{1,2}|[ア-コ①-⑩]")
"""The number or letter of an indicator among those of its kind."""

_SEVERAL: Final = 2
"""So many numbered lines of one cell are names."""

_SOME_COSTS: Final = 2
"""So many known costs make a table one of costs."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator that a row names, and the unit that stands in its name or its row."""

    name: Name
    unit: Excerpt | None


@dataclass(slots=True)
class ListRow:
    """A row of a list: its names from the top down. `key` is None where the block is no list of names.

    `reprint` is whether the row prints an earlier one again.
    """

    key: RowKey | None
    nodes: tuple[Node, ...] = ()
    reprint: bool = False


@dataclass(slots=True)
class Reading:
    """A block with its columns, and what was found in it."""

    view: View
    block: Block
    columns: tuple[Column, ...]
    facts: list[Fact] = field(default_factory=list)
    rows: dict[RowKey, ListRow] = field(default_factory=dict)
    named: dict[str, ListRow] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    counted: dict[int, Counted] = field(default_factory=dict)
    costs: bool | None = None
    measured: bool | None = None
    ordered: list[Column] | None = None
    told: dict[tuple[object, ...], tuple[object, object]] = field(default_factory=dict, repr=False)
    """What was asked of the block, or of a column, as a whole (see `asked_once`)."""

    def names(self) -> list[Column]:
        """The columns of names from the top down: the fewer names a column has, the higher they stand.

        Above them stand the 款, 項 and 目 of a budget, by their rank.
        """
        if self.ordered is None:
            columns = self.of("name")
            texts = [
                {squeeze(cell.text) for row in self.block.body if (cell := self.at(row, column))} for column in columns
            ]
            counts = [0 if self.is_account(column) else len(text) for column, text in zip(columns, texts, strict=True)]
            order = sorted(range(len(columns)), key=lambda at: (counts[at], RANKS[columns[at].field][0], at))
            self.ordered = [columns[at] for at in order]
        return self.ordered

    def is_account(self, column: Column) -> bool:
        """Whether a column of names holds the 款, 項 or 目 of a budget."""
        term = self.view.term(column.leaf) if column.kind == "name" and column.leaf is not None else None
        return term is not None and term.kind == "aside"

    def holds_costs(self) -> bool:
        """Whether most rows that the vocabulary knows are costs: then what it does not know among them is one too."""
        if self.costs is None:
            stubs = [cell for row in self.block.body for c in self.of("stub", "aside") if (cell := self.at(row, c))]
            terms = [(cell, term) for cell in _unique(stubs) if (term := self.view.whole(cell)) is not None]
            costs = [term for cell, term in terms if term.kind == "cost" or _is_sum_of_money(self.view, cell)]
            self.costs = len(costs) >= _SOME_COSTS and len(costs) * 2 >= len(terms)
        return self.costs

    def money_unit(self) -> Excerpt | None:
        """The unit that the costs of a block have which name theirs: 事業費（千円） over its sources without one.

        None where two of them differ. What is counted per head or per piece has a unit of its own.
        """
        named = [
            unit
            for row in self.block.body
            for column in self.of("stub", "aside")
            if (cell := self.at(row, column)) is not None and not _PER_UNIT.search(cell.text)
            and (term := self.view.term(cell)) is not None and term.kind == "cost"
            and (unit := name_of(cell.excerpt)[1]) is not None
            and indicator_measure_of(clean(unit.text)) == "currency"
        ]  # fmt: skip
        return named[0] if len({squeeze(unit.text) for unit in named}) == 1 else None

    def is_measured(self) -> bool:
        """Whether the rows say how far what was planned is reached: 予定, 実績, 達成率."""
        if self.measured is None:
            stubs = [cell for row in self.block.body for c in self.of("stub") if (cell := self.at(row, c))]
            self.measured = any(squeeze(cell.text).startswith("達成") for cell in stubs)
        return self.measured

    def of(self, *kinds: str) -> list[Column]:
        return [column for column in self.columns if column.kind in kinds]

    def at(self, row: int, column: Column) -> GridCell | None:
        """The printed cell of a row in a column; None where it is blank."""
        for col in column.cols:
            cell = self.view.grid.at(row, col)
            if cell:
                return cell
        return None


def _is_sum_of_money(view: View, cell: GridCell) -> bool:
    """Whether a cell beside numbers says that they are money, in its role: 当初予算額, 決算額."""
    head = view.head(cell)
    return head.is_axis and head.is_money and head.year is None


def reading_of(view: View, block: Block, columns: tuple[Column, ...] | None = None) -> Reading:
    """A block with its columns, before its rows are read; with the columns that it goes on from, where it does."""
    return Reading(view, block, columns if columns is not None else columns_of(view, block))


def _is_ditto(reading: Reading, row: int, column: Column) -> bool:
    """Whether a blank place for a name goes on from the row above: the row has a year or a role of its own."""
    cells = [cell for col in column.cols if (cell := reading.view.grid.at(row, col)) is not None]
    if any(cell for cell in cells) or any(cell.cell.row_span > 1 for cell in cells):
        return False
    stubs = [cell for other in reading.of("stub", "year-of-value") if (cell := reading.at(row, other)) is not None]
    return any(reading.view.kind(cell) == "axis" for cell in stubs)


def indicators_of_row(
    reading: Reading, row: int, key: RowKey | None, above: dict[int, Counted]
) -> tuple[dict[int, Counted], list[Fact]]:
    """The indicators that a row names, by the column of their names, and what is said of them.

    `above` are those of the row before.
    """
    found: dict[int, Counted] = {}
    facts: list[Fact] = []
    for column in reading.of("indicator"):
        printed = [cell for col in column.cols if (cell := reading.view.grid.at(row, col))]
        cells = [cell for cell in _unique(printed) if _may_name(reading, cell)]
        part = _part_of(reading, row, column)
        if not cells:
            if part is not None and column.cols.start in reading.counted:
                of_part = _of_part(reading.counted[column.cols.start], part)
                found[column.cols.start] = of_part
                facts.append(Named(of_part.name, of_part.unit, key))
            elif column.cols.start in above and _is_ditto(reading, row, column):
                found[column.cols.start] = above[column.cols.start]
            continue
        cell = cells[-1]
        if named := _numbered_names(reading, row, column, cell, key):
            facts += named
            continue
        unit = _unit_beside(reading, row, column)
        printed_name = without_definition(cell.excerpt, column.leaf.excerpt if column.leaf else None)
        name, unit_source = name_of(printed_name, heads_unit="単位" in (column.leaf.text if column.leaf else ""))
        if name is None:
            continue
        found[column.cols.start] = reading.counted[column.cols.start] = Counted(name, unit or unit_source)
        if part is not None:
            of_part = found[column.cols.start] = _of_part(found[column.cols.start], part)
            facts.append(Named(of_part.name, of_part.unit, key))
            continue
        left = _left(reading, row, column)
        kind = kind_of_indicator(column.leaf.text if column.leaf else "", *(c.text for c in left))
        before = above.get(column.cols.start)
        told_unit = before.unit.text if before is not None and before.unit is not None else None
        if id(cell) not in reading.done or (
            unit is not None
            and told_unit not in {None, unit.text}
            and _is_known(unit)
            and not (_costs_of_one(reading, row) or _holds_ratio(reading, row))
        ):
            reading.done.add(id(cell))
            called = _reference(reading, column, left, cell)
            facts.append(Named(name, unit or unit_source, key, kind, reference=called))
    return found, facts


def _numbered_names(reading: Reading, row: int, column: Column, cell: GridCell, key: RowKey | None) -> list[Named]:
    """The indicators that one cell of a block without numbers names, each on its line behind its letter or number.

    Their units stand on as many lines beside them; where they do not, none is told.
    """
    lines = numbered_lines(cell.excerpt) if not reading.of("value", "cost") and id(cell) not in reading.done else []
    if len(lines) < _SEVERAL:
        return []
    reading.done.add(id(cell))
    label = column.leaf.text if column.leaf else ""
    beside = _unit_beside(reading, row, column)
    units = [unit for unit in beside.lines() if unit] if beside is not None else []
    found: list[Named] = []
    for at, (code, text) in enumerate(lines):
        name, own = name_of(text)
        if name is not None:
            unit = units[at] if len(units) == len(lines) else own
            found.append(Named(name, unit, key, kind_of_indicator(label), reference=reference_of(label, code)))
    return found


def _costs_of_one(reading: Reading, row: int) -> bool:
    """Whether a row under an indicator says what one of it costs: its unit is not the indicator's."""
    return any((cell := reading.at(row, column)) and _PER_UNIT.search(cell.text) for column in reading.of("stub"))


def _holds_ratio(reading: Reading, row: int) -> bool:
    """Whether a row under an indicator says how far it was reached: its % is not the indicator's."""
    cells = [cell for column in reading.of("stub") if (cell := reading.at(row, column))]
    return any(reading.view.head(cell).role == "ratio" for cell in cells)


def _part_of(reading: Reading, row: int, column: Column) -> GridCell | None:
    """What a row says behind the name of its indicator: of whom it counts it."""
    part = next((other for other in reading.of("part") if other.cols.start == column.cols.stop), None)
    cell = reading.at(row, part) if part is not None else None
    if part is None or cell is None or cell.cell.col not in part.cols or reading.view.kind(cell) == "absent":
        return None  # the name is as wide as both, or none of its parts is meant
    return cell


def _of_part(whole: Counted, part: GridCell) -> Counted:
    """An indicator of a part of what its name counts: 運動習慣のある人の割合 男性."""
    name = Name(f"{whole.name.text} {clean(part.text)}", (*whole.name.sources, part.excerpt))
    return Counted(name, whole.unit)


def _reference(reading: Reading, column: Column, left: list[GridCell], name: GridCell) -> str | None:
    """What another table may call the indicator of a row by: the kind and the number that stand before its name."""
    view = reading.view
    heads = [column.leaf] if column.leaf is not None else []
    kinds = [cell for cell in (*heads, *left) if (term := view.whole(cell)) is not None and term.kind == "indicator"]
    own = re.match(r"\s*[(（]?([①-⑩]|(?:[ア-コ]|[0-9]{1,2})(?=[)）.．\s]))", name.text)
    if own and kinds:
        return reference_of(kinds[-1].text, own[1])
    beside = [view.grid.at(name.cell.row, col) for col in column.cols if col < name.cell.col]
    codes = [
        cell.text for cell in (*left, *filter(None, beside))
        if view.kind(cell) == "code" or _CODE.fullmatch(squeeze(cell.text))
    ]  # fmt: skip
    return reference_of(kinds[-1].text, codes[-1] if codes else "") if kinds else None


def _is_known(unit: Excerpt) -> bool:
    """Whether the unit list knows a unit, its base at least: 人日/月."""
    return known_unit(squeeze(unit.text).split("/")[0]) is not None


def _unique(cells: list[GridCell]) -> list[GridCell]:
    return list({id(cell): cell for cell in cells}.values())


def _left(reading: Reading, row: int, column: Column) -> list[GridCell]:
    return [
        cell for other in reading.columns if other.cols.start < column.cols.start and (cell := reading.at(row, other))
    ]


def _may_name(reading: Reading, cell: GridCell) -> bool:
    """Whether a cell in a column of names is one: no code, no unit, no number, no label of the column itself."""
    view = reading.view
    if cell.cell.row in reading.block.header and view.kind(cell) in {"label", "axis"}:
        return False
    kind = view.kind(cell)
    if kind == "prose" and "。" in cell.text:
        return False
    if kind in {"blank", "absent", "amount", "code", "axis", "unit", "mark", "arrow"}:
        return kind == "unit" and not is_unit(cell.text)
    term = view.whole(cell)
    if term is not None and term.kind == "indicator" and not _has_beside(view, cell):
        return False  # the kind of those below, in a row of its own: 成果指標
    is_label = term is not None and term.kind in {"passage", "aside"}
    return not is_label or bool(reading.of("value", "cost"))  # a label of the form below names nothing that is counted


def _has_beside(view: View, cell: GridCell) -> bool:
    """Whether anything is printed on the right of a cell in its rows."""
    return any(other for row in cell.cell.rows for other in view.grid.right_of(cell, row))


def units_of(reading: Reading, column: Column) -> list[Column]:
    """The columns that may hold the unit of what a column names or counts.

    Of several indicators side by side, each with its numbers (活動指標 | 単位 | 実績 | 成果指標 | 単位 | 実績), those
    between its name and the next. What a list tells of a row before its indicators (事業名 | 事業費 | 指標 | 単位) is
    in none of their units.
    """
    starts = [other.cols.start for other in reading.of("indicator")]
    units = reading.of("unit")
    if not starts:
        return units
    if column.cols.start < starts[0]:
        return [unit for unit in units if unit.cols.start < starts[0]] if reading.of("name") else units
    first = max(start for start in starts if start <= column.cols.start)
    behind = min((start for start in starts if start > first), default=None)
    own = [unit for unit in units if unit.cols.start > first and (behind is None or unit.cols.start < behind)]
    return own or (units if len(starts) == 1 else [])


def _unit_beside(reading: Reading, row: int, column: Column) -> Excerpt | None:
    """The unit in the row: from the unit column on the right of the name, else the only one."""
    units = units_of(reading, column)
    right = [unit for unit in units if unit.cols.start > column.cols.start] or units
    cell = reading.at(row, right[0]) if right else None
    if cell is None or cell.cell.row in reading.block.header:
        return None
    is_unit = reading.view.kind(cell) not in {"absent", "amount", "axis"} and UNREAD not in cell.text
    return cell.excerpt if is_unit else None


__all__ = ["ListRow", "Reading", "coded", "indicators_of_row", "reading_of"]
