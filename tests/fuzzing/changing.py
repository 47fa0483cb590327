"""What changes of forms have in common: where one can be made, and what it does to the facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from normalize.text.calendar import fiscal_year
from tests.forms.model import Block, Cell, Fact, Form, Grid
from tests.forms.press import How

AMOUNTS = ("target", "actual", "expected", "difference", "cost")
STRUCK, RAISED, WHITE, END = "\ue000", "\ue001", "\ue002", "\ue003"
"""Marks in a cell's text, of the private use area, that a printer takes as what they stand for."""

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
_LEAST_DIGITS = 3
_YEAR = re.compile(r"(?:令和|平成|[RH])\s*(?:元|\d+)(?:年度?)?|20\d\d(?:年度?)?")

Made = tuple[Form, Callable[[bytes], bytes | None]]
"""A changed form, and what is drawn over its print; None where that cannot be."""

Change = Callable[[Form, Random, How], Made | None]


def same(data: bytes) -> bytes:
    """What is drawn over the print where nothing is."""
    return data


def cells_of(form: Form) -> Iterator[Cell]:
    return (cell for item in form.items if isinstance(item, Grid) for cell in item.cells)


def with_cells(form: Form, changed: dict[int, Cell], facts: Callable[[Fact], Fact | None]) -> Form:
    """The form with other cells (by the identity of the old ones) and other facts; None drops one."""
    items = tuple(
        replace(item, cells=tuple(changed.get(id(cell), cell) for cell in item.cells))
        if isinstance(item, Grid)
        else item
        for item in form.items
    )
    return replace(form, items=items, blocks=tuple(with_facts(block, facts) for block in form.blocks))


def with_facts(block: Block, change: Callable[[Fact], Fact | None]) -> Block:
    return replace(block, facts=tuple(told for fact in block.facts if (told := change(fact)) is not None))


def stated_numbers(form: Form) -> list[tuple[Cell, Fact]]:
    """The cells that are one number, which stands nowhere else on the form, each with the one fact that it states."""
    texts = [cell.text for cell in cells_of(form)]
    every = "\n".join((*texts, *(item.text for item in form.items if not isinstance(item, Grid))))
    facts: dict[str, list[Fact]] = {}
    for _, fact in form.facts:
        if fact.field in AMOUNTS and not fact.text.strip("0123456789,."):
            facts.setdefault(fact.value, []).append(fact)
    found = []
    for cell in cells_of(form):
        if _NUMBER.fullmatch(cell.text) and len(re.sub(r"\D", "", cell.text)) >= _LEAST_DIGITS:
            own = facts.get(cell.text.replace(",", ""), [])
            if len(own) == 1 and every.count(cell.text) == 1:
                found.append((cell, own[0]))
    return found


def lone_number(form: Form, dice: Random) -> tuple[Cell, Fact] | None:
    """One of the cells that state a number alone."""
    found = stated_numbers(form)
    return dice.choice(found) if found else None


def dropped(gone: Fact) -> Callable[[Fact], Fact | None]:
    return lambda fact: None if fact is gone else fact


def optional(one: Fact) -> Callable[[Fact], Fact | None]:
    return lambda fact: replace(fact, also=True) if fact is one else fact


def other_number(text: str, dice: Random) -> str:
    """Another number of the same shape."""
    while True:
        told = "".join(dice.choice("123456789") if letter.isdigit() else letter for letter in text)
        if told != text:
            return told


def year_of(text: str) -> int | None:
    found = _YEAR.match(text)
    return fiscal_year(found[0] if found[0].endswith("度") else f"{found[0].removesuffix('年')}年度") if found else None


def year_heads(grid: Grid) -> Iterator[list[tuple[Cell, int]]]:
    """Rows of heads that print years: each with its year."""
    for row in range(grid.n_rows):
        told = [(cell, year) for cell in grid.cells
                if cell.row == row and cell.head and (year := year_of(cell.text)) is not None]  # fmt: skip
        years, rests = {year for _, year in told}, {_YEAR.sub("", cell.text) for cell, _ in told}
        if len(years) == len(told) > 1 and len(rests) == 1:
            yield told


def headed_block(form: Form, dice: Random) -> tuple[list[tuple[Cell, int]], Block] | None:
    """A row of year heads of a block that prints each of its years there alone."""
    found = []
    whole = {id(item) for item in form.items}
    for block in form.blocks:
        texts = "\n".join(block.texts)
        for item in block.items:
            if isinstance(item, Grid) and id(item) in whole:
                found += [
                    (heads, block) for heads in year_heads(item)
                    if all(texts.count(cell.text) == 1 for cell, _ in heads)
                    and all(fact.year is not None for fact in block.facts if fact.field in AMOUNTS)
                    and not any(fact.field == "difference" for fact in block.facts)  # of the later of two years
                ]  # fmt: skip
    return dice.choice(found) if found else None
