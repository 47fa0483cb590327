"""Changes of tables: rows and columns that come in, years in another order, cells that moved, units that are gone.

What a row or a column that came in says is no amount of the others; all else says what it said before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from typing import Literal

from tests.forms.model import WIDTH, Block, Cell, Fact, Form, Grid, Line
from tests.forms.press import How
from tests.fuzzing.changing import (
    AMOUNTS,
    Change,
    Made,
    headed_block,
    other_number,
    same,
    stated_numbers,
    with_cells,
    with_facts,
)

_NOTES = (
    "※実績は年度末の値", "（注）端数処理のため合計が一致しないことがある。", "※2 1,234人は延べ人数である。",
    "出典：国勢調査（令和2年）", "※令和3年度から集計の方法を変更",
)  # fmt: skip
_REMARKS = ("", "", "", "国の統計による", "前年度 1,234", "うち新規 12", "120", "上位3市", "令和4年度に見直し")
_REMARK_HEADS = ("備考", "摘要", "特記事項")
_HALF_YEARS = ("{}（上期）", "{}（上半期）", "うち上期", "{}（第1四半期）")
_ABSENT = ("－", "調査中", "※1", "未集計", "＊", "n/a", "（集計中）", "", "未実施", "算出不可")
_TOTALS = ("計", "合計", "総計")
_TARGETS, _ACTUALS = ("目標値", "目標", "計画値", "計画"), ("実績値", "実績")
_AROUND_ROLE = re.compile(r"[（）()\s\d年度令和平成RHＲＨ元０-９]*")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table that one block prints alone, with its heads above it."""

    grid: Grid
    block: Block

    @property
    def left(self) -> int:
        return self.grid.cuts[0]

    @property
    def right(self) -> int:
        return self.grid.cuts[-1]

    def row(self, number: int) -> list[Cell]:
        """The cells of a row from left to right, those from rows above among them."""
        own = (cell for cell in self.grid.cells if cell.row <= number < cell.row + cell.rows)
        return sorted(own, key=lambda cell: cell.x0)

    def is_plain(self, number: int) -> bool:
        return all(cell.rows == 1 for cell in self.row(number))

    @property
    def rows(self) -> range:
        return range(self.grid.heads, self.grid.n_rows)

    def is_cut(self, at: int) -> bool:
        """Whether no cell goes on from above a row into it."""
        return not any(cell.row < at < cell.row + cell.rows for cell in self.grid.cells)


def _tables(form: Form) -> Iterator[_Table]:
    """Tables with heads and at least two rows of amounts."""
    whole = {id(item) for item in form.items}
    for block in form.blocks:
        for item in block.items:
            if not isinstance(item, Grid) or id(item) not in whole or not item.heads:
                continue
            table = _Table(item, block)
            has_amounts = any(fact.field in AMOUNTS for fact in block.facts)
            if has_amounts and len(table.rows) > 1 and table.is_cut(item.heads):
                yield table


def _table(form: Form, dice: Random) -> _Table | None:
    found = [*_tables(form)]
    return dice.choice(found) if found else None


def _with_grid(form: Form, old: Grid, cells: Sequence[Cell]) -> Form:
    new = replace(old, cells=tuple(cells))
    return replace(form, items=tuple(new if item is old else item for item in form.items))


def _with_rows(form: Form, table: _Table, at: int, added: Sequence[Cell]) -> Form:
    """The form with cells put in before a row, and all below them moved on. Rows of the added count from 0."""
    height = max(cell.row + cell.rows for cell in added)
    moved = [replace(cell, row=cell.row + height) if cell.row >= at else cell for cell in table.grid.cells]
    return _with_grid(form, table.grid, [*moved, *(replace(cell, row=cell.row + at) for cell in added)])


def _cut(table: _Table, dice: Random, first: int = 1, last: int = 0) -> int | None:
    """A place between two rows of amounts, or behind the last (`last`)."""
    found = [at for at in range(table.grid.heads + first, table.grid.n_rows + last) if table.is_cut(at)]
    return dice.choice(found) if found else None


# --- Rows


def repeated_heads(form: Form, dice: Random, _: How) -> Made | None:
    """The heads of a table stand there again in the middle of it, as at the top of a page."""
    table = _table(form, dice)
    at = _cut(table, dice) if table else None
    if table is None or at is None:
        return None
    heads = [cell for cell in table.grid.cells if cell.row < table.grid.heads]
    return _with_rows(form, table, at, heads), same


def blank_row(form: Form, dice: Random, _: How) -> Made | None:
    table = _table(form, dice)
    at = _cut(table, dice) if table else None
    if table is None or at is None:
        return None
    cuts = sorted({x for cell in table.row(at) for x in (cell.x0, cell.x1)})
    return _with_rows(form, table, at, [Cell(0, x0, x1) for x0, x1 in pairwise(cuts)]), same


def note_row(form: Form, dice: Random, _: How) -> Made | None:
    """A note stands in a row of its own, over all columns."""
    table = _table(form, dice)
    at = _cut(table, dice, last=1) if table else None
    if table is None or at is None:
        return None
    return _with_rows(form, table, at, [Cell(0, table.left, table.right, dice.choice(_NOTES))]), same


def half_year_row(form: Form, dice: Random, _: How) -> Made | None:
    """Below the numbers of an indicator stand those of half a year: they are not the year's."""
    found = [
        (table, number, names[0])
        for table in _tables(form)
        for number in table.rows
        if table.is_plain(number) and (names := _named(table, number, form))
    ]
    if not found:
        return None
    table, number, name = dice.choice(found)
    stated = {id(cell) for cell, _ in stated_numbers(form)}
    added = []
    for cell in table.row(number):
        text = cell.text
        if cell is name:
            text = dice.choice(_HALF_YEARS).format(cell.text)
        elif id(cell) in stated:
            text = other_number(cell.text, dice)
        elif any(letter.isdigit() for letter in text):
            text = ""
        added.append(replace(cell, row=0, text=text))
    return _with_rows(form, table, number + 1, added), same


def total_row(form: Form, dice: Random, _: How) -> Made | None:
    """The last row adds up those above it: it is of no indicator of the table, and of no project."""
    found = []
    for table in _tables(form):
        last = table.grid.n_rows - 1
        amounts = [fact for fact in table.block.facts if fact.field in AMOUNTS]
        if not table.is_plain(last) or len({fact.unit for fact in amounts}) != 1:
            continue
        if len({fact.measure for fact in amounts}) == 1 and all(fact.field != "cost" for fact in amounts):
            found += [(table, last, cell, "name") for cell in _named(table, last, form)[:1]]
        elif len({fact.name for fact in amounts}) < len({fact.measure for fact in amounts}):
            found += [(table, last, cell, "measure") for cell in _named(table, last, form, "measure")[:1]]
    if not found:
        return None
    table, last, name, what = dice.choice(found)
    numbers = {id(cell): fact for cell, fact in stated_numbers(form)}
    added, facts = [], []
    word = dice.choice(_TOTALS)
    for cell in table.row(last):
        fact = numbers.get(id(cell))
        text = word if cell is name else ""
        if fact is not None:
            text = other_number(cell.text, dice)
            own = replace(fact, value=text.replace(",", ""), also=True, printed=text)
            facts.append(replace(own, name=word) if what == "name" else replace(own, measure=word))
        added.append(replace(cell, row=0, text=text))
    changed = _with_rows(form, table, last + 1, added)
    blocks = (replace(b, facts=(*b.facts, *facts)) if b is table.block else b for b in changed.blocks)
    return replace(changed, blocks=tuple(blocks)), same


def merged_rows(form: Form, dice: Random, _: How) -> Made | None:
    """The rule between two rows is missing: what stood in two cells stands in the two lines of one."""
    stated = {id(cell) for cell, _ in stated_numbers(form)}
    found = [
        (table, number)
        for table in _tables(form)
        for number in table.rows[:-1]
        if all(table.is_plain(row) and any(id(c) in stated for c in table.row(row)) for row in (number, number + 1))
        and _cuts(table, number) == _cuts(table, number + 1)
    ]
    if not found:
        return None
    table, number = dice.choice(found)
    upper, lower = table.row(number), table.row(number + 1)
    gone = {id(cell) for cell in lower}
    joined = {
        id(one): replace(one, rows=2, text=one.text if one.text == other.text else f"{one.text}\n{other.text}")
        for one, other in zip(upper, lower, strict=True)
    }
    cells = [joined.get(id(cell), cell) for cell in table.grid.cells if id(cell) not in gone]
    return _where(_with_grid(form, table.grid, cells), table.block, lambda fact: replace(fact, also=True)), same


def _cuts(table: _Table, number: int) -> list[tuple[int, int]]:
    return [(cell.x0, cell.x1) for cell in table.row(number)]


def _named(table: _Table, number: int, form: Form, what: Literal["name", "measure"] = "name") -> list[Cell]:
    """The cells of a row that name the indicator, or the project, whose numbers stand in it."""
    facts = {id(cell): fact for cell, fact in stated_numbers(form)}
    names = {getattr(facts[id(cell)], what) for cell in table.row(number) if id(cell) in facts}
    name = next(iter(names)) if len(names) == 1 else ""
    return [cell for cell in table.row(number) if name and name in cell.text]


def _where(form: Form, block: Block, change: Callable[[Fact], Fact | None]) -> Form:
    """The form with the facts of one block changed."""
    return replace(form, blocks=tuple(with_facts(each, change) if each is block else each for each in form.blocks))


# --- Columns


def remark_column(form: Form, dice: Random, _: How) -> Made | None:
    """A column of remarks comes in: its numbers are none of the table's."""
    table = _table(form, dice)
    if table is None:
        return None
    at = dice.choice((table.right, table.right, *(cell.x1 for cell in table.row(table.grid.heads)[:-1])))
    wide = WIDTH // 10
    crossing = [
        cell for cell in table.grid.cells
        if cell.x0 < at < cell.x1 or (cell.x0, cell.x1) == (table.left, table.right)  # a title between the rows
    ]  # fmt: skip
    cells = [
        replace(cell, x0=cell.x0 + wide * (cell.x0 >= at), x1=cell.x1 + wide * (cell.x1 > at or cell in crossing))
        for cell in table.grid.cells
    ]
    crossed = {row for cell in crossing for row in range(cell.row, cell.row + cell.rows)}
    if any(row < table.grid.heads for row in crossed):
        return None
    cells.append(Cell(0, at, at + wide, dice.choice(_REMARK_HEADS), table.grid.heads, head=True, align="center"))
    cells += [Cell(row, at, at + wide, dice.choice(_REMARKS)) for row in table.rows if row not in crossed]
    return _with_grid(form, table.grid, cells), same


def descending_years(form: Form, dice: Random, _: How) -> Made | None:
    """The years run from the last to the first, each with what stands under it."""
    found = headed_block(form, dice)
    if found is None:
        return None
    heads, block = found
    grid = next(
        item for item in block.items if isinstance(item, Grid) and any(cell is heads[0][0] for cell in item.cells)
    )
    places = sorted((cell.x0, cell.x1) for cell, _ in heads)
    if len({x1 - x0 for x0, x1 in places}) > 1:
        return None
    mirrored = dict(zip(places, reversed(places), strict=True))
    cells = []
    for cell in grid.cells:
        over = [place for place in places if place[0] < cell.x1 and cell.x0 < place[1]]
        if len(over) == 1 and over[0][0] <= cell.x0 and cell.x1 <= over[0][1]:
            step = mirrored[over[0]][0] - over[0][0]
            cells.append(replace(cell, x0=cell.x0 + step, x1=cell.x1 + step))
        elif not over or (cell.x0 <= places[0][0] and cell.x1 >= places[-1][1]):
            cells.append(cell)
        else:
            return None
    return _with_grid(form, grid, cells), same


# --- Cells


def shifted_number(form: Form, dice: Random, _: How) -> Made | None:
    """A number stands a cell further right than it should: the page says it of what is over it there."""
    stated = {id(cell): fact for cell, fact in stated_numbers(form)}
    found = []
    for table in _tables(form):
        columns = _columns(table, stated)
        for number in table.rows:
            row = table.row(number)
            for one, two in pairwise(row):
                told = columns.get((two.x0, two.x1), set())
                if id(one) in stated and one.rows == two.rows == 1 and len(told) == 1 and _is_empty(two):
                    found.append((one, two, next(iter(told))))
    found = [(one, two, told) for one, two, told in found if told[0] == stated[id(one)].field]
    if not found:
        return None
    one, two, (_role, year) = dice.choice(found)
    fact = stated[id(one)]

    def told_there(each: Fact) -> Fact:
        return replace(fact, year=year, also=True) if each is fact else each

    cells = {id(one): replace(one, text=two.text), id(two): replace(two, text=one.text)}
    return with_cells(form, cells, told_there), same


def _columns(table: _Table, stated: dict[int, Fact]) -> dict[tuple[int, int], set[tuple[object, int | None]]]:
    """What the numbers of each column are: their roles and years."""
    found: dict[tuple[int, int], set[tuple[object, int | None]]] = {}
    for cell in table.grid.cells:
        if fact := stated.get(id(cell)):
            found.setdefault((cell.x0, cell.x1), set()).add((fact.field, fact.year))
    return found


def _is_empty(cell: Cell) -> bool:
    return cell.text.strip() in ("", "-", "－", "―", "…", "／") and not cell.head


def absent_number(form: Form, dice: Random, _: How) -> Made | None:
    """In place of a number stands that there is none, or the mark of a note."""
    found = stated_numbers(form)
    if not found:
        return None
    cell, fact = dice.choice(found)
    text = dice.choice(_ABSENT)

    def told(each: Fact) -> Fact:
        return replace(fact, value="", text=text, also=True, printed=text) if each is fact else each

    return with_cells(form, {id(cell): replace(cell, text=text)}, told), same


def dropped_unit(form: Form, dice: Random, _: How) -> Made | None:
    """The unit of a block's numbers stands nowhere in it: they are numbers of nothing."""
    whole = {id(item) for item in form.items}
    found = [
        (block, unit)
        for block in form.blocks
        if all(id(item) in whole for item in block.items)
        for unit in sorted({fact.unit for fact in block.facts if fact.field in AMOUNTS and fact.unit})
        if any(unit in text for text in block.texts) and not any(unit in _unitless(text, unit) for text in block.texts)
    ]
    if not found:
        return None
    block, unit = dice.choice(found)
    items = {
        id(item): replace(item, text=_unitless(item.text, unit))
        if isinstance(item, Line)
        else replace(item, cells=tuple(replace(cell, text=_unitless(cell.text, unit)) for cell in item.cells))
        for item in block.items
    }
    changed = replace(form, items=tuple(items.get(id(item), item) for item in form.items))
    return _where(changed, block, lambda fact: replace(fact, unit="") if fact.unit == unit else fact), same


def _unitless(text: str, unit: str) -> str:
    if text == unit:
        return ""
    return re.sub(rf"[（(【〔](?:単位[:：])?{re.escape(unit)}[)）】〕]", "", text)


def exchanged_roles(form: Form, dice: Random, _: How) -> Made | None:
    """Where a block said targets it says actuals, and the other way round."""
    whole = {id(item) for item in form.items}
    found = []
    for block in form.blocks:
        heads = [cell for item in block.items if isinstance(item, Grid) and id(item) in whole
                 for cell in item.cells if cell.head]  # fmt: skip
        target, actual = _word(heads, _TARGETS), _word(heads, _ACTUALS)
        others = "".join(_without(text, target, actual) for text in block.texts) if target and actual else "目標"
        fields = {fact.field for fact in block.facts if fact.field in AMOUNTS}
        if not re.search("目標|計画|実績|達成|見込|基準|現状|策定|当初", others) and fields == {"target", "actual"}:
            found.append((block, heads, target, actual))
    if not found:
        return None
    block, heads, target, actual = dice.choice(found)
    cells = {}
    for cell in heads:
        if _is_role(cell.text, target) or _is_role(cell.text, actual):
            text = cell.text.replace(target, "\0").replace(actual, target).replace("\0", actual)
            cells[id(cell)] = replace(cell, text=text)
    own = {id(fact) for fact in block.facts}

    def told(fact: Fact) -> Fact:
        if id(fact) not in own or fact.field not in ("target", "actual"):
            return fact
        return replace(fact, field="actual" if fact.field == "target" else "target", also=True)

    return with_cells(form, cells, told), same


def _word(heads: Sequence[Cell], words: Sequence[str]) -> str:
    return next((word for word in words if any(_is_role(cell.text, word) for cell in heads)), "")


def _is_role(text: str, word: str) -> bool:
    return word in text and bool(_AROUND_ROLE.fullmatch(text.replace(word, "", 1)))


def _without(text: str, *words: str) -> str:
    return "" if any(_is_role(text, word) for word in words) else text


def doubled_number(form: Form, dice: Random, _: How) -> Made | None:
    """A cell says two numbers, of which nothing tells which is meant."""
    found = stated_numbers(form)
    if not found:
        return None
    cell, fact = dice.choice(found)
    other = other_number(cell.text, dice)
    text = dice.choice((f"{cell.text}\n{other}", f"{cell.text} {other}", f"{cell.text}／{other}"))

    def told(each: Fact) -> Fact:
        return replace(fact, value="", text=text, also=True, printed=text) if each is fact else each

    return with_cells(form, {id(cell): replace(cell, text=text)}, told), same


TABLE_CHANGES: Sequence[Change] = (
    repeated_heads, blank_row, note_row, half_year_row, total_row, merged_rows, remark_column, descending_years,
    shifted_number, absent_number, dropped_unit, exchanged_roles, doubled_number,
)  # fmt: skip
