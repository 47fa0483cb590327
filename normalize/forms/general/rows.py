"""The rows of a block → facts: whom a row is about, its indicators and their numbers, its judgements and its prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from normalize.cells.kinds import is_unit
from normalize.cells.marks import direction_of
from normalize.cells.vocabulary import term_of
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.blocks import Block
from normalize.forms.general.columns import columns_of
from normalize.forms.general.entities import RANKS
from normalize.forms.general.facts import Fact, Name, Named, Node, RowKey, Text
from normalize.forms.general.meaning import UNREAD, Column, is_of_judges, is_result
from normalize.forms.general.names import (
    coded,
    kind_of_indicator,
    name_and_counted,
    name_and_org,
    name_of,
    reference_of,
    without_arrow,
    without_definition,
)
from normalize.forms.general.view import View
from normalize.text.folding import clean, squeeze
from normalize.text.quantities import indicator_measure_of, known_unit

_PER_UNIT: Final = re.compile("当たり|あたり|単位コスト|単価")
"""What tells a cost of one piece, one head or one hour."""

_SOME_COSTS: Final = 2
"""So many known costs make a table one of costs."""

_MATRIX: Final = 3
"""So many columns of judgements side by side have each a subject of its own, also 判定 or ランク."""

_TITLED: Final = re.compile(r"[（(].+[)）]\s*$|^\s*[①-⑳]")
"""What a title of the form has that an answer has not: its number, or what it asks for."""

_BY_GOAL: Final = re.compile("達成|進捗|KPI|ＫＰＩ|KGI|^評価$|^判定$|^区分$|前年|^評価区分$|^評定$")
"""Labels of judgements that hold an actual against its goal."""


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
            terms = [term for cell in stubs if (term := self.view.whole(cell)) is not None]
            costs = [term for term in terms if term.kind == "cost"]
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


def reading_of(view: View, block: Block, columns: tuple[Column, ...] | None = None) -> Reading:
    """A block with its columns, before its rows are read; with the columns that it goes on from, where it does."""
    return Reading(view, block, columns if columns is not None else columns_of(view, block))


def texts_of_row(reading: Reading, row: int, key: RowKey | None, indicators: dict[int, Counted]) -> Iterator[Fact]:
    """The organisations, prose and judgements of a row, each cell once."""
    for column in reading.of("name"):
        cell = reading.at(row, column)
        if cell is not None and column.leaf is not None and cell.cell.row == row:
            _, org = name_and_org(cell.excerpt, column.leaf.excerpt)
            if org is not None:
                yield Text("org", "responsible", org, column.leaf.excerpt, key)
    for label, text in reading.block.told.get(row, ()):
        term = reading.view.whole(label)
        reading.view.mark(label)
        if term is not None:
            yield Text("passage", term.field, text.excerpt, label.excerpt, key)
    for column in reading.columns:
        if column.kind not in {"org", "passage", "grade", "direction", "document"}:
            continue
        cell = reading.at(row, column)
        is_shared = column.kind == "org" and key is not None and cell is not None and cell.cell.row_span > 1
        if cell is None or (id(cell) in reading.done and not is_shared) or cell.cell.row in reading.block.header:
            continue
        reading.done.add(id(cell))
        yield from _text(reading, row, column, cell, key, indicators)


def _text(
    reading: Reading, row: int, column: Column, cell: GridCell, key: RowKey | None, indicators: dict[int, Counted]
) -> Iterator[Fact]:
    view, label = reading.view, column.leaf.excerpt if column.leaf else None
    kind = view.kind(cell)
    is_end = column.kind == "direction" and direction_of(cell.text) is not None  # 廃止 is no number, but a direction
    if kind == "blank" or (kind == "absent" and column.kind != "grade" and not is_end):
        return
    if column.kind in {"org", "document"}:
        yield Text(column.kind, column.field, cell.excerpt, label, key)
        return
    if column.kind == "passage":
        if kind == "label" and view.whole(cell) is not None and _TITLED.search(cell.text):
            view.mark(cell)  # a title inside the column: ③意図（対象をどう変えるのか）
            return
        if kind in {"amount", "code", "arrow"} or (kind in {"axis", "date"} and column.field != "schedule"):
            return
        yield Text("passage", column.field, cell.excerpt, label, key)
        return
    judge = column.evaluator
    subject: tuple[Excerpt, ...] = (label,) if label is not None else ()
    stubs = stubs_left(reading, row, column)
    evaluators = [stub for stub in stubs if (term := view.term(stub)) is not None and term.kind == "evaluator"]
    judges = next((c for c in reading.of("stub", "aside", "evaluator") if is_of_judges(c.words)), None)
    stubs = [stub for stub in stubs if squeeze(stub.text) not in {"評価", "判定", "評定"}]
    if evaluators:
        term = view.term(evaluators[0])
        judge = term.field if term else judge
        stubs = [stub for stub in stubs if stub not in evaluators]
    elif judges is not None and (who := reading.at(row, judges)) is not None and who in stubs:
        term = term_of(squeeze(who.text) + "評価")
        judge = term.field if term is not None and term.kind == "evaluator" else judge
        stubs = [stub for stub in stubs if stub is not who]
    elif key is None and stubs and (is_result(column.words) or column.field == "result"):
        subject = (without_arrow(stubs[0].excerpt),)
    if column.path and view.head(column.path[-1]).is_axis:
        group = next((head for head in reversed(column.path[:-1]) if not view.head(head).is_axis), None)
        subject = (group.excerpt,) if group is not None else subject
        if key is None and stubs and (group is None or is_result(group.text)):
            subject = (without_arrow(stubs[0].excerpt),)
    if column.evaluator is not None and column.kind != "direction" and key is not None:
        subject = ()
    if subject == (label,) and is_result(column.words) and (key is not None or len(reading.of("grade")) < _MATRIX):
        subject = ()
    judged = _judged(reading, row, column, indicators)
    yield Text(
        "direction" if column.kind == "direction" else "grade",
        column.field,
        cell.excerpt,
        label,
        key,
        subject,
        year=column.year,
        year_source=column.year_source.excerpt if column.year_source and column.year is not None else None,
        evaluator=judge,
        indicator=judged,
    )


def stubs_left(reading: Reading, row: int, column: Column) -> list[GridCell]:
    """The texts of a row on the left of a column that are no values of it, the nearest first."""
    found = []
    for other in reversed(reading.columns):
        if other.cols.start >= column.cols.start or other.kind not in {
            "stub",
            "evaluator",
            "aside",
            "grade",
            "indicator",
        }:
            continue
        if other.kind == "grade" and not is_result(other.words):
            continue  # a judgement of its own, which a word may tell
        cell = reading.at(row, other)
        if cell and reading.view.kind(cell) in {"words", "label", "prose"} and cell not in found:
            found.append(cell)
    return found


def _judged(reading: Reading, row: int, column: Column, indicators: dict[int, Counted]) -> Name | None:
    """The indicator that a judgement of a list is about: that of its row, judged by its goal or beside its numbers."""
    if column.kind == "direction":
        return None
    if not indicators:
        return _counted_of_row(reading, row, column)
    left = [at for at in indicators if at < column.cols.start]
    name = (indicators[max(left)] if left else next(iter(indicators.values()))).name
    others = [c for c in reading.of("value", "ratio", "indicator") if c.path and column.path]
    group = column.path[0] if len(column.path) > 1 else None
    if group is not None and any(other.path[0] is group for other in others):
        return name
    words = squeeze(column.words or (column.leaf.text if column.leaf else ""))
    if column.path and len(column.path) > 1:
        words = squeeze(column.path[0].text)
    if not _BY_GOAL.search(words) and column.evaluator is None:
        return None
    if column.evaluator is not None and reading.of("name") and not _by_indicator(reading):
        return None
    return name if _by_indicator(reading) or (_BY_GOAL.search(words) and not _many(reading, row)) else None


def _counted_of_row(reading: Reading, row: int, column: Column) -> Name | None:
    """What the name of a row says is counted (創業塾 over 参加者数), where the judgement stands among its numbers."""
    names = reading.of("name")
    cell = reading.at(row, names[-1]) if names and not reading.of("indicator") else None
    counted = name_and_counted(cell.excerpt)[1] if cell is not None else None
    numbers = [other for other in reading.of("value") if other.path and column.path and other.path[0] is column.path[0]]
    return name_of(counted)[0] if counted is not None and numbers else None


def _by_indicator(reading: Reading) -> bool:
    """Whether the rows of a list are its indicators, and its names groups of them."""
    names = reading.of("name")
    if not names:
        return True
    rows = [id(cell) for row in reading.block.body if (cell := reading.at(row, names[-1]))]
    return len(set(rows)) < len(rows)


def _many(reading: Reading, row: int) -> bool:
    names = reading.of("name")
    cell = reading.at(row, names[-1]) if names else None
    return cell is not None and cell.cell.row_span > 1


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
            unit is not None and told_unit not in {None, unit.text} and _is_known(unit)
        ):
            reading.done.add(id(cell))
            called = _reference(reading, column, left, cell)
            facts.append(Named(name, unit or unit_source, key, kind, reference=called))
    return found, facts


def _part_of(reading: Reading, row: int, column: Column) -> GridCell | None:
    """What a row says behind the name of its indicator: of whom it counts it."""
    part = next((other for other in reading.of("part") if other.cols.start == column.cols.stop), None)
    return reading.at(row, part) if part is not None else None


def _of_part(whole: Counted, part: GridCell) -> Counted:
    """An indicator of a part of what its name counts: 運動習慣のある人の割合 男性."""
    name = Name(f"{whole.name.text} {clean(part.text)}", (*whole.name.sources, part.excerpt))
    return Counted(name, whole.unit)


def _reference(reading: Reading, column: Column, left: list[GridCell], name: GridCell) -> str | None:
    """What another table may call the indicator of a row by: the kind and the number that stand before its name."""
    view = reading.view
    heads = [column.leaf] if column.leaf is not None else []
    kinds = [cell for cell in (*heads, *left) if (term := view.whole(cell)) is not None and term.kind == "indicator"]
    own = re.match(r"\s*[(（]?([ア-コ①-⑩]|[0-9]{1,2}(?=[)）.．\s]))", name.text)
    if own and kinds:
        return reference_of(kinds[-1].text, own[1])
    codes = [cell.text for cell in left if view.kind(cell) == "code" or re.fullmatch(r"\d{1,2}", squeeze(cell.text))]
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


def _unit_beside(reading: Reading, row: int, column: Column) -> Excerpt | None:
    """The unit in the row: from the unit column on the right of the name, else the only one."""
    units = reading.of("unit")
    right = [unit for unit in units if unit.cols.start > column.cols.start] or units
    cell = reading.at(row, right[0]) if right else None
    if cell is None or cell.cell.row in reading.block.header:
        return None
    is_unit = reading.view.kind(cell) not in {"absent", "amount", "axis"} and UNREAD not in cell.text
    return cell.excerpt if is_unit else None


__all__ = ["ListRow", "Reading", "coded", "indicators_of_row", "reading_of", "texts_of_row"]
