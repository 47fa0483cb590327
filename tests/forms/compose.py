"""A form from its number: which blocks, in which order, glued, apart or side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.forms import costs, heading, indicators_apart, judgements, judgements_apart, lists, nothing, prose, ranks
from tests.forms.members import members
from tests.forms.model import Block, Fact, Form, Grid, Item, Line, below, beside
from tests.forms.sheet import Sheet, Years
from tests.forms.words import distinct, project

SECTION_NAMES = {
    "hierarchy": ("基本情報", "事務事業の位置付け"),
    "tags": ("基本情報", "事業の概要"),
    "prose": ("事業の概要", "事務事業の現状把握", "検証"),
    "indicators": ("指標の推移", "実施結果"),
    "costs": ("投入コスト", "事業費の推移"),
    "judgements": ("評価", "検証"),
    "overall": ("評価", "総括"),
    "direction": ("今後の方向性",),
}
"""Headings of sections, by the first word of the kind of block that they stand over."""


def compose(number: int, seed: int = 0, copy: int | None = None) -> Form:
    """The form with a number. The same number and seed give the same form; each `copy` is another sheet of it, with
    the same labels and blocks and other names, texts, amounts and marks."""
    dice = Random(f"forms {seed} {number}")
    own = None if copy is None else Random(f"sheets {seed} {number} {copy}")
    sheet = Sheet(
        dice=dice,
        year=dice.randint(2010, 2024),
        subject=project(own or dice),
        years=Years("era年度"),
        wide_digits=dice.random() < 0.2,
        taken=set(),
        minus=dice.choice(("▲", "▲", "△", "-", "－")),
        own=own,
    )
    kind = dice.random()
    if kind < 0.62:
        return Form(number, *_sheets(sheet))
    if kind < 0.93:
        sheet.tells_year = True
        block = dice.choice(lists.KINDS)(sheet)
        blocks = [lists.heading(sheet), block]
        return Form(number, tuple(blocks), tuple(item for each in blocks for item in each.items), wide=True)
    blocks = [dice.choice(nothing.KINDS)(sheet)]
    return Form(number, tuple(blocks), blocks[0].items)


def _sheets(sheet: Sheet) -> tuple[tuple[Block, ...], tuple[Item, ...]]:
    """The blocks and items of one sheet, or of two projects one after the other in one file."""
    if sheet.chance(0.1):
        sheet.is_measure = True
        sheet.subject = distinct(sheet.values, "policy", 1)[0]
    blocks = _sheet_blocks(sheet)
    items = _arranged(sheet, blocks)
    if sheet.is_measure or not sheet.chance(0.12):
        return tuple(blocks), tuple(items)
    others, again = _same_form(sheet, blocks, items)
    return (*blocks, *others), (*items, *again)


def _same_form(sheet: Sheet, blocks: Sequence[Block], items: Sequence[Item]) -> tuple[list[Block], list[Item]]:
    """The sheet of another project on the same form: other names of the project and of what stands above it."""
    taken = [sheet.subject, *sheet.names]
    names = {sheet.subject: distinct(sheet.values, "project", 1, taken)[0]}
    names |= zip(
        sheet.names, distinct(sheet.values, "policy", len(sheet.names), [*taken, *names.values()]), strict=True
    )

    def renamed(text: str) -> str:
        for old, new in names.items():
            text = text.replace(old, new)
        return text

    def item(old: Item) -> Item:
        if isinstance(old, Line):
            return replace(old, text=renamed(old.text))
        return replace(old, cells=tuple(replace(cell, text=renamed(cell.text)) for cell in old.cells))

    def fact(old: Fact) -> Fact:
        return replace(old, text=renamed(old.text), measure=renamed(old.measure), printed=renamed(old.printed))

    others = [
        replace(block, items=tuple(map(item, block.items)), facts=() if at == 0 else tuple(map(fact, block.facts)))
        for at, block in enumerate(blocks)
    ]
    return others, [item(old) for old in items]


def _sheet_blocks(sheet: Sheet) -> list[Block]:
    """The blocks of an evaluation sheet of one project."""
    dice = sheet.dice
    taken: set[str] = set()
    blocks = [heading.title(sheet)]
    place: Callable[[Sheet], Block] = ranks.hierarchy if sheet.chance(0.8) else ranks.name_alone
    head = [place(sheet)]
    if sheet.chance(0.85):
        head.append(heading.tags(sheet))
    dice.shuffle(head)
    middle: list[Block] = []
    if sheet.chance(0.8):
        middle.append(prose.purpose(sheet, taken))
    middle += [dice.choice(indicators_apart.KINDS)(sheet) for _ in range(dice.choice((0, 1, 1, 1, 2)))]
    if sheet.chance(0.65):
        middle.append(dice.choice(costs.KINDS)(sheet))
    if sheet.is_measure:
        middle.append(members(sheet))
    if sheet.chance(0.3):
        dice.shuffle(middle)
    end = [dice.choice(judgements_apart.KINDS)(sheet) for _ in range(dice.choice((0, 1, 1)))]
    if sheet.chance(0.5):
        end.append(judgements.overall(sheet))
    if sheet.chance(0.5):
        end.append(judgements.direction(sheet))
    if sheet.chance(0.6):
        end.append(prose.ending(sheet, taken))
    if sheet.chance(0.1):
        end.append(prose.unknown(sheet, taken))
    if sheet.chance(0.15):
        end.append(prose.note(sheet))
    return [*blocks, *head, *middle, *end]


def _arranged(sheet: Sheet, blocks: Sequence[Block]) -> list[Item]:
    """The items of blocks: mostly apart, some glued to the table above, some two side by side, some under headings."""
    items: list[Item] = []
    glues = sheet.chance(0.35)
    heads = sheet.chance(0.35) and not glues
    number = 0
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if glues and _is_grid(block) and items and isinstance(items[-1], Grid) and sheet.chance(0.6):
            items[-1] = below(items[-1], block.items[0])  # type: ignore[arg-type]
        elif at + 1 < len(blocks) and at > 2 and _is_grid(block) and _is_grid(blocks[at + 1]) and sheet.chance(0.08):
            items.append(beside(block.items[0], blocks[at + 1].items[0]))  # type: ignore[arg-type]
            at += 1
        else:
            if heads and at > 1 and isinstance(block.items[0], Grid) and sheet.chance(0.7):
                number += 1
                names = SECTION_NAMES.get(block.kind.split(":")[0].split()[0], ("実施結果",))
                items.append(Line(f"{number}　{sheet.dice.choice(names)}", level=2))
            items += block.items
        at += 1
    return [_spaced(item) for item in items] if sheet.chance(0.12) else items


def _spaced(item: Item) -> Item:
    """A table with its short labels set wide: 課　題."""
    if isinstance(item, Line):
        return item
    cells = (
        replace(cell, text="　".join(cell.text))
        if cell.head and cell.text.isalpha() and 2 <= len(cell.text) <= 3
        else cell
        for cell in item.cells
    )
    return replace(item, cells=tuple(cells))


def _is_grid(block: Block) -> bool:
    return len(block.items) == 1 and isinstance(block.items[0], Grid)
