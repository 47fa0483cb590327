"""A table → facts: its blocks by their headers, what lies between them by the labels of a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from normalize.cells.heads import HeadRole
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.around.captions import year_of_caption
from normalize.forms.general.cuts.blocks import Block, block_at, continued, resumed
from normalize.forms.general.facts import Doubt, Fact, Named, Node, RowKey, Text
from normalize.forms.general.form.beside_rows import parts_at
from normalize.forms.general.form.form_rows import form_facts
from normalize.forms.general.form.form_values import Heading
from normalize.forms.general.form.matrices import matrix_at
from normalize.forms.general.form.tallies import tally_at
from normalize.forms.general.heads.columns import columns_of
from normalize.forms.general.heads.meaning import Column, content
from normalize.forms.general.rows.rows import (
    Counted,
    ListRow,
    reading_of,
)
from normalize.forms.general.rows.stubs import Setting
from normalize.forms.general.tables.block_facts import BlockFacts, block_facts
from normalize.forms.general.tables.same_years import under_same_years
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

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
        if (matrix := tally_at(view, row) or matrix_at(view, row) or parts_at(view, row)) is not None:
            found.facts += (*form_facts(view, free, setting, heading), *matrix.facts)
            view.mark(*matrix.labels)
            free, row = [], matrix.stop
            continue
        block_here = block_at(view, row)
        if block_here is None and not free and found.last is not None and found.last.view is view:
            block_here = under_same_years(view, row, found.last.block)
        if block_here is None and free and (rest := _resumed(view, row, found.last)) is not None:
            found.facts += form_facts(view, free, setting, heading)
            free = []
            found.last = _read_block(view, rest, found.last, setting, found)
            row = rest.stop
            continue
        if block_here is None:
            free.append(row)
            row += 1
            continue
        forms = _judged_by_goal(list(form_facts(view, free, setting, heading)), free, found)
        found.facts += forms
        setting = replace(
            _titled(view, free, setting),
            declared=named_alone(forms) or named_over,
            referred=referred(found.facts, setting.referred),
        )
        here = replace(
            setting,
            over=_dated(view, free, setting),
            lists_rows=setting.lists_rows or _is_headed_again(view, block_here),
        )
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


def _resumed(view: View, row: int, last: Last | None) -> Block | None:
    """The rows of the list above that go on behind a row that is none of it."""
    return resumed(view, row, last.block) if last is not None and last.view is view else None


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


def _is_headed_again(view: View, block: Block) -> bool:
    """Whether the heads of a block stand in its table once more: its rows are some of one list."""
    heads = [(cell.cell.cols, squeeze(cell.text)) for cell in view.printed(block.header.start)]
    others = (row for row in range(view.grid.table.n_rows) if row not in block.header)
    return len(heads) > 1 and any(
        [(cell.cell.cols, squeeze(cell.text)) for cell in view.printed(row)] == heads for row in others
    )


def _leaves(block: Block) -> list[GridCell]:
    """The lowest heads of a block from left to right, each once."""
    return list({id(path[-1]): path[-1] for _, path in sorted(block.paths.items()) if path}.values())


def named_alone(facts: Iterable[Fact]) -> Counted | None:
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
    """The rows that go on from the table before: without a header, with numbers where it has.

    They stand on a later page, or, of a wide table, behind a note that stands between its rows, or right behind a blank
    row with the judgement of each judge.
    """
    is_later = view.grid.table.page > before.view.grid.table.page
    is_noted = before.noted and view.grid.table.n_cols >= _WIDE
    if not (is_later or is_noted or _judges_on(view, before)) or block_at(view, 0) is not None:
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


def _judges_on(view: View, before: Last) -> bool:
    """Whether a table right behind judgements is one more row of them: 総合評価 | Ａ | Ｂ under 一次評価 | 二次評価."""
    if view.grid.item != before.view.grid.item + 1 or view.grid.table.n_rows > 1:
        return False
    printed = view.printed(0)
    term, marks = view.whole(printed[0]) if printed else None, printed[1:]
    judged = [column.cols for column in before.columns if column.kind == "grade"]
    are_marks = len(marks) > 1 and all(view.kind(mark) == "mark" for mark in marks)
    return are_marks and term is not None and term.kind == "grade" and [mark.cell.cols for mark in marks] == judged


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
    """The year and the role that each head over a column names, the topmost first; without heads that name neither."""
    heads = [view.head(cell) for cell in path]
    return tuple((head.year, head.role) for head in heads if head.year is not None or head.role is not None)


def _read_block(view: View, block: Block, before: Last | None, setting: Setting, found: TableFacts) -> Last:
    """Read the rows of a block; `before` is the block that it goes on from."""
    reading = reading_of(view, block, _columns_with(view, block, before) if before is not None else None)
    view.mark(*(cell for path in block.paths.values() for cell in path))
    said = block_facts(reading, before.names if before is not None else (), setting)
    is_form = len(said.rows) == 1 and len(block.body) == 1 and not reading.of("indicator") and not setting.lists_rows
    if is_form:
        found.facts += _facts_of_form(said)
    else:
        found.rows.update(said.rows)
        found.facts += said.facts
        found.lists_rows = found.lists_rows or bool(said.rows)
        found.columns += reading.names()
    own = (view, block) if before is None else (before.view, before.block)
    return Last(*own, reading.columns, said.names, unit=_unit_of(setting))


def _facts_of_form(said: BlockFacts) -> list[Fact]:
    """What a list of one row says: it is a form, whose names are those of the row."""
    ((_, listed),) = said.rows.items()
    return [*(replace(node, own=None) for node in listed.nodes), *map(_of_form, said.facts)]


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


def _of_form(fact: Fact) -> Fact:
    return fact if isinstance(fact, Node | Doubt) else replace(fact, row=None)
