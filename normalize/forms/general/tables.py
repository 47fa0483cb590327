"""A table → facts: its blocks by their headers, what lies between them by the labels of a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from normalize.cells.heads import HeadRole
from normalize.cells.vocabulary import term_of
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.blocks import Block, block_at, continued
from normalize.forms.general.captions import year_of_caption
from normalize.forms.general.columns import columns_of
from normalize.forms.general.entities import RANKS, rank_of
from normalize.forms.general.facts import Doubt, Fact, Named, Node, Number, RowKey, Text
from normalize.forms.general.form_rows import form_facts
from normalize.forms.general.form_values import Heading
from normalize.forms.general.headings import NAMES_GROUP, name_in
from normalize.forms.general.listed import listed_costs
from normalize.forms.general.matrices import matrix_at
from normalize.forms.general.meaning import Column, content, counts_no_money
from normalize.forms.general.names import labelled_name, node_name
from normalize.forms.general.numbers import numbers_of_row
from normalize.forms.general.row_names import compared_to, is_total, names_of_row
from normalize.forms.general.row_options import options_of_row, stacked_options_of_row
from normalize.forms.general.row_texts import texts_of_row
from normalize.forms.general.rows import (
    Counted,
    ListRow,
    Reading,
    indicators_of_row,
    reading_of,
)
from normalize.forms.general.same_years import under_same_years
from normalize.forms.general.stubs import Setting
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from normalize.text.quantities import indicator_measure_of

_WIDE: Final = 4
"""A table of so many columns may go on behind a note on the same page."""

_ALIKE: Final = 0.6
"""The share of the columns whose heads must be those of the table before."""


_OF_GOAL: Final = re.compile(r"(?:目標|指標)?の?(?:達成(?:状況|度合?い?|区分|判定|評価)?|進捗(?:状況|度)?)")
"""What is called so under the numbers of one indicator judges them."""

_UNIT_ALONE: Final = re.compile(r"\(?単位[:は]?[^()]{1,8}\)?")
"""A squeezed cell that says nothing but the unit of its table."""


@dataclass(frozen=True, slots=True)
class Last:
    """The last block of a table, its columns, the names of its last row, and the unit that was noted for it.

    `noted`: a note alone stands behind it.
    """

    view: View
    block: Block
    columns: tuple[Column, ...]
    names: tuple[Node, ...]
    noted: bool = False
    unit: tuple[str, Excerpt] | None = None


@dataclass(slots=True)
class TableFacts:
    """What a table says, in reading order, its rows if it is a list, and its last block, which may go on behind it."""

    facts: list[Fact] = field(default_factory=list)
    rows: dict[RowKey, ListRow] = field(default_factory=dict)
    last: Last | None = None
    lists_rows: bool = False
    columns: list[Column] = field(default_factory=list)
    declared: Counted | None = None


def table_facts(view: View, setting: Setting, heading: Heading | None, before: Last | None) -> TableFacts:
    """Read a table. `before` is the last block of the table before it, with the names of its last row."""
    found = TableFacts()
    named_over = setting.declared
    row = 0
    free: list[int] = []
    if before is not None and (block := _continued(view, before)) is not None:
        found.last = _read_block(view, block, before, setting, found)
        row = block.stop
    while row < view.grid.table.n_rows:
        if (matrix := matrix_at(view, row)) is not None:
            found.facts += (*form_facts(view, free, setting, heading), *matrix.facts)
            view.mark(*matrix.labels)
            free, row = [], matrix.stop
            continue
        block_here = block_at(view, row)
        if block_here is None and not free and found.last is not None and found.last.view is view:
            block_here = under_same_years(view, row, found.last.block)
        if block_here is None:
            free.append(row)
            row += 1
            continue
        forms = _judged_by_goal(list(form_facts(view, free, setting, heading)), free, found)
        found.facts += forms
        setting = replace(
            _titled(view, free, setting),
            declared=_declared(forms) or named_over,
            referred=referred(found.facts, setting.referred),
        )
        here = replace(setting, over=_dated(view, free, setting))
        setting = replace(setting, over=None)
        free, named_over = [], None
        goes_on = before if before is not None and _is_like(view, block_here, before.view, before.block) else None
        if before is not None:
            here = _with_unit_of(view, block_here, before, here)
        found.last = _read_block(view, block_here, goes_on, here, found)
        found.declared = here.declared
        row = block_here.stop
    found.facts += _judged_by_goal(list(form_facts(view, free, setting, heading)), free, found)
    if free and found.last is not None and free[-1] > found.last.block.stop - 1:
        found.last = None
    return found


def _titled(view: View, rows: list[int], setting: Setting) -> Setting:
    """The unit that the title across the table names, right over a block, or a note in a cell of that row.

    ３　経費（千円）; 歳出 | （単位：千円）.
    """
    printed = [cell for cell in view.grid.starting(rows[-1]) if cell] if rows else []
    noted = [cell for cell in printed if _UNIT_ALONE.fullmatch(squeeze(cell.text))]
    if len(noted) == 1 and (unit := view.head(noted[0]).unit) is not None:
        view.mark(noted[0])
        return replace(setting, unit=unit, unit_source=noted[0].excerpt)
    if len(printed) != 1 or not view.is_full(printed[0]) or (unit := view.head(printed[0]).unit) is None:
        return setting
    return replace(setting, unit=unit, unit_source=printed[0].excerpt)


def _dated(view: View, rows: list[int], setting: Setting) -> tuple[int, HeadRole | None, Excerpt] | None:
    """The year of the title across the table right over a block; else that of the heading over the table."""
    printed = [cell for cell in view.grid.starting(rows[-1]) if cell] if rows else []
    if len(printed) == 1 and view.is_full(printed[0]):
        return year_of_caption(printed[0].excerpt, view.sense)
    return setting.over if not rows else None


def _judged_by_goal(facts: list[Fact], rows: list[int], found: TableFacts) -> list[Fact]:
    """The facts of a form right under the numbers of one indicator: how far its goal is reached is said of it."""
    if found.declared is None or found.last is None or not rows or rows[0] != found.last.block.stop:
        return facts
    named = next((at for at, fact in enumerate(facts) if isinstance(fact, Named | Node)), len(facts))
    return [
        replace(fact, indicator=found.declared.name)
        if at < named and isinstance(fact, Text) and fact.kind == "grade" and fact.label is not None
        and _OF_GOAL.fullmatch(squeeze(fact.label.text))
        else fact
        for at, fact in enumerate(facts)
    ]  # fmt: skip


def _unit_of(setting: Setting) -> tuple[str, Excerpt] | None:
    return (setting.unit, setting.unit_source) if setting.unit is not None and setting.unit_source is not None else None


def _with_unit_of(view: View, block: Block, before: Last, setting: Setting) -> Setting:
    """The unit of the table before, where the same heads stand over the numbers on a later page without a note."""
    if setting.unit is not None or before.unit is None or view.grid.table.page <= before.view.grid.table.page:
        return setting
    heads = [squeeze(cell.text) for cell in _leaves(block)]
    others = [squeeze(c.leaf.text) for c in before.columns if c.kind in {"value", "cost"} and c.leaf is not None]
    if not others or heads[-len(others) :] != others:
        return setting
    return replace(setting, unit=before.unit[0], unit_source=before.unit[1])


def _leaves(block: Block) -> list[GridCell]:
    """The lowest heads of a block from left to right, each once."""
    return list({id(path[-1]): path[-1] for _, path in sorted(block.paths.items()) if path}.values())


def _declared(facts: Iterable[Fact]) -> Counted | None:
    """The indicator that a form names in front of its numbers; none where it names several."""
    named = [fact for fact in facts if isinstance(fact, Named)]
    return Counted(named[-1].name, named[-1].unit) if len({fact.name for fact in named}) == 1 else None


def referred(facts: Iterable[Fact], before: Mapping[str, Counted]) -> Mapping[str, Counted]:
    """The indicators that facts name, by what tables behind them may call them; a later one replaces an earlier."""
    named = {
        fact.reference: Counted(fact.name, fact.unit)
        for fact in facts
        if isinstance(fact, Named) and fact.reference is not None
    }
    return {**before, **named} if named else before


def _continued(view: View, before: Last) -> Block | None:
    """The rows that go on from the table before: without a header, with numbers where it has; on a later page, or, of a
    wide table, behind a note that stands between its rows."""
    is_later = view.grid.table.page > before.view.grid.table.page
    if not (is_later or (before.noted and view.grid.table.n_cols >= _WIDE)) or block_at(view, 0) is not None:
        return None
    block = continued(view, before.view, before.block)
    if block is None:
        return None
    reading = reading_of(view, block, before.columns)
    kinds = [
        view.kind(cell)
        for column in reading.of("value", "cost", "grade", "ratio")
        for row in block.body
        if (cell := reading.at(row, column))
    ]
    fitting = sum(kind in {"amount", "absent", "mark", "direction"} for kind in kinds)
    return block if kinds and fitting * 2 > len(kinds) else None


def _is_like(view: View, block: Block, before: View, other: Block) -> bool:
    """Whether a header is that of the table before, printed again: most of its cells, in the same columns.

    A name that goes on over the page may be printed into the header, so not all texts need agree; years and roles do.
    """
    if view.grid.table.n_cols != before.grid.table.n_cols or block.header.start != 0:
        return False
    pairs = [(path[-1].text if path else "", other.paths[col][-1].text if other.paths.get(col) else "")
             for col, path in block.paths.items()]  # fmt: skip
    equal = sum("".join(one.split()) == "".join(two.split()) for one, two in pairs)
    return equal >= _ALIKE * len(pairs) and all(
        _meant(view, path) == _meant(before, other.paths.get(col, ())) for col, path in block.paths.items()
    )


def _meant(view: View, path: Iterable[GridCell]) -> tuple[tuple[int | None, str | None], ...]:
    """The years and roles that the heads of a column name, from the top to the leaf."""
    heads = [view.head(cell) for cell in path]
    return tuple((head.year, head.role) for head in heads if head.year is not None or head.role is not None)


def _read_block(view: View, block: Block, before: Last | None, setting: Setting, found: TableFacts) -> Last:
    """Read the rows of a block; `before` is the block that it goes on from."""
    names = before.names if before is not None else ()
    reading = reading_of(view, block, _columns_with(view, block, before) if before is not None else None)
    view.mark(*(cell for path in block.paths.values() for cell in path))
    facts: list[Fact] = []
    rows: dict[RowKey, ListRow] = {}
    indicators: dict[int, Counted] = {}
    over: tuple[Node, ...] = ()
    for row in block.body:
        if is_total(reading, row):
            continue
        for section in block.sections.get(row, ()):
            view.mark(section)
            over = _with_section(over, section_node(section.excerpt, reading.names()))
            names = ()
            if not reading.of("name") and (title := _title_node(section.excerpt)) is not None:
                facts.append(title)
        if (costs := _costs_of_form(reading, row, setting)) is not None:
            facts += costs
            continue
        listed, doubtful = names_of_row(reading, row, names)
        if listed is not None and over and listed.nodes:
            listed = ListRow(listed.key, (*over, *(node for node in listed.nodes if node not in over)))
        key = listed.key if listed else None
        if listed is not None and listed.nodes:
            names = listed.nodes
            if key is not None:
                rows.setdefault(key, listed)
        if (head := compared_to(reading, row)) is not None:
            facts.append(Doubt(head.excerpt, "a row of the list", "numbers for comparison"))
            continue
        indicators, named = indicators_of_row(reading, row, key, indicators)
        of_row: list[Fact] = [*named, *numbers_of_row(reading, row, key, indicators, setting)]
        of_row += listed_costs(reading, row, key, setting)
        of_row += options_of_row(reading, row, key)
        of_row += stacked_options_of_row(reading, row, key)
        of_row += texts_of_row(reading, row, key, indicators)
        if doubtful or (reading.of("name") and listed is None):
            facts += _doubts(of_row)
            continue
        reprinted = listed is not None and listed.reprint
        facts += [replace(f, reprint=True) if reprinted and isinstance(f, Named | Number) else f for f in of_row]
    facts = _with_units_of_none(facts)
    if len(rows) == 1 and len(block.body) == 1 and not reading.of("indicator") and not setting.lists_rows:
        ((key, listed),) = rows.items()
        nodes: Iterable[Node] = (replace(node, own=None) for node in listed.nodes)
        found.facts += [*nodes, *(_of_form(fact) for fact in facts)]
    else:
        found.rows.update(rows)
        found.facts += facts
        found.lists_rows = found.lists_rows or bool(rows)
        found.columns += reading.names()
    found.facts += _unread_years(reading)
    _mark_understood(view, reading, block)
    if before is not None:
        return Last(before.view, before.block, reading.columns, names, unit=_unit_of(setting))
    return Last(view, block, reading.columns, names, unit=_unit_of(setting))


def _with_units_of_none(facts: list[Fact]) -> list[Fact]:
    """The facts with the money that all other costs are in as the unit of a cost of nothing: 0 beside 464千円."""
    costs = [
        fact for fact in facts if isinstance(fact, Number) and fact.is_cost and not counts_no_money(fact.name.text)
    ]
    units = {fact.unit for fact in costs if fact.unit is not None}
    if len(units) != 1 or indicator_measure_of(next(iter(units))) != "currency":
        return facts
    bare = {id(fact) for fact in costs if fact.unit is None and fact.value == 0}
    return [replace(f, unit=next(iter(units))) if id(f) in bare and isinstance(f, Number) else f for f in facts]


def _costs_of_form(reading: Reading, row: int, setting: Setting) -> list[Fact] | None:
    """The numbers of a row of a list of names that is a cost of the form and no name: 従事職員（人）."""
    name = reading.at(row, reading.names()[-1]) if reading.of("name") else None
    if name is not None and reading.is_account(reading.names()[-1]):
        return None  # 国庫負担金 is a name among the 款 and 項 of a budget
    term = reading.view.whole(name) if name is not None else None
    if term is None or term.kind != "cost" or reading.of("indicator"):
        return None
    columns = tuple(replace(c, kind="stub", field="none") if c.kind == "name" else c for c in reading.columns)
    return list(numbers_of_row(Reading(reading.view, reading.block, columns), row, None, {}, setting))


def _columns_with(view: View, block: Block, before: Last) -> tuple[Column, ...]:
    """The columns of the block before; where one of them is blank, what this block's own cells make of it."""
    if not block.header:
        return before.columns
    own = {column.cols: column for column in columns_of(view, block)}
    return tuple(
        own[column.cols]
        if column.cols in own
        and not content(before.view, before.block, column.cols)
        and content(view, block, column.cols)
        else column
        for column in before.columns
    )


def _unread_years(reading: Reading) -> Iterator[Doubt]:
    """The heads that name a year, and more that nobody knows, over numbers that were not read: 令和6年度（参考）."""
    for column in reading.of("aside"):
        leaf = column.leaf
        if leaf is not None and column.field == "number" and (column.year is not None or column.is_period):
            yield Doubt(leaf.excerpt, "the numbers of that year", "numbers of something else")


def _mark_understood(view: View, reading: Reading, block: Block) -> None:
    for row in block.body:
        for column in reading.columns:
            if column.kind in {"stub", "unit", "code", "aside", "ratio", "year-of-value"}:
                cell = reading.at(row, column)
                if cell is not None and view.kind(cell) in {"label", "axis", "unit", "code"}:
                    view.mark(cell)


def section_node(text: Excerpt, columns: list[Column]) -> Node | None:
    """The group that a title between the rows of a list, or over it, names; None for a level below its rows."""
    top = min((RANKS[column.field][0] for column in columns), default=0)
    if labelled := labelled_name(text):
        term = term_of(labelled[0].text)
        code, name = node_name(labelled[1], labelled[0])
        field = term.field if term is not None and term.kind == "name" else "policy"
        return Node(field, name, code, labelled[0]) if name is not None and RANKS[field][0] < top else None
    code, name = node_name(text)
    term = term_of(name.text) if name is not None else None
    if name is None or term is not None or top <= RANKS["policy"][0] or not NAMES_GROUP.fullmatch(squeeze(name.text)):
        return None
    return Node("policy", name, code)


def _with_section(over: tuple[Node, ...], section: Node | None) -> tuple[Node, ...]:
    """The groups that hold from a title on: those above it by their rank, and its own; none where it names none."""
    if section is None:
        return ()
    return (*(node for node in over if rank_of(node) < rank_of(section)), section)


def _title_node(text: Excerpt) -> Node | None:
    """What a title between the rows of a list of indicators names."""
    node = name_in(text, "measure")
    if node is None or term_of(node.value.text) is not None or NAMES_GROUP.fullmatch(squeeze(node.value.text)) is None:
        return None
    return node


def _of_form(fact: Fact) -> Fact:
    return fact if isinstance(fact, Node | Doubt) else replace(fact, row=None)


def _doubts(facts: Iterable[Fact]) -> list[Fact]:
    """What cannot be said because nobody knows whom it is about."""
    found: list[Fact] = []
    for fact in facts:
        value = fact.printed if isinstance(fact, Number) else fact.value if isinstance(fact, Text) else None
        if value is not None:
            found.append(Doubt(value, "the group above", "a group whose name is not in its cell"))
    return found[:1]


__all__ = ["GridCell", "TableFacts", "table_facts"]
