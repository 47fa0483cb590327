"""How a list is laid out: storeys of heads, groups as columns, headings or rows, columns that nobody asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tests.forms.model import Align, Drawing, Fact, Grid, Item, Line, shares
from tests.forms.sheet import Sheet, wide
from tests.forms.words import FIELDS, MADE_UP, SECTIONS, distinct, sentence

Grouping = Literal["merged", "repeated", "headings", "group rows"]
PROJECT, STEPS = "プロジェクト名", ("取組", "取組名", "取組項目", "具体的取組")
POLICY = ("政策", "基本目標", "分野", "基本方針", "大項目", "プロジェクト名", "政策分野", "施策の柱")
MEASURE = ("施策", "施策名", "取組", "取組項目", "個別施策", "中項目", "基本施策")
ITEM = ("取組項目", "取組名", "個別施策", "事業名", "項目名", "実施事業", "具体的取組")
ORG = ("担当課", "所管課", "主管課", "担当部署", "所属", "担当課名")


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its heads from the top down (`^`: the head left of it goes on over it), its share of the width."""

    texts: tuple[str, ...]
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: its group, its subject, its body, then a text for each other column.

    The first `lead` cells stand over `over` rows; in the rows below the first they are not put again (`over` 0).
    """

    group: str
    subject: str
    org: str
    cells: tuple[str, ...]
    lead: int = 0
    over: int = 1


def ranks_of(sheet: Sheet, lower: Sequence[str]) -> tuple[str, str]:
    """The labels of groups and subjects. A project is above steps, but below what a measure is."""
    group = sheet.dice.choice(POLICY)
    return group, sheet.dice.choice(STEPS if group == PROJECT else lower)


def some_bodies(sheet: Sheet) -> tuple[str, list[str]]:
    """The text of a cell of bodies, and the bodies: one, seldom two."""
    if sheet.chance(0.9):
        body = sheet.dice.choice(SECTIONS)
        return body, [body]
    bodies = sheet.dice.sample(SECTIONS, 2)
    return sheet.dice.choice(("、", "\n")).join(bodies), bodies


def strange(sheet: Sheet, heads: Sequence[Head], rows: Sequence[Row]) -> tuple[list[Head], list[Row], list[Fact]]:
    """The list with one more column, whose head no vocabulary holds or which holds remarks; its texts may be said."""
    dice = sheet.dice
    made_up = f"{dice.choice(MADE_UP)}{dice.choice(FIELDS)}{dice.choice(('の位置', '欄', 'メモ', 'の目安'))}"
    name = dice.choice(("備考", "特記事項", made_up, made_up))
    singles = [n for n in range(len(heads) + 1) if n == len(heads) or heads[n].texts[0] != "^"]
    at = dice.choice(singles)
    texts = [dice.choice((sentence(dice), "－", f"{dice.choice(FIELDS)}会議で報告", "継続中")) for _ in rows]
    new = [replace(row, cells=(*row.cells[:at], text, *row.cells[at:])) for row, text in zip(rows, texts, strict=True)]
    facts = [
        Fact("passage", name, text=text, measure=row.subject, also=True) for row, text in zip(rows, texts, strict=True)
    ]
    return [*heads[:at], Head((name,), 2.5), *heads[at:]], new, facts


def laid_out(
    sheet: Sheet, group: str, subject: str, org: str, heads: Sequence[Head], rows: Sequence[Row], grouping: Grouping
) -> tuple[Item, ...]:
    """The rows as one table, or one for each group under a heading."""
    groups = list(dict.fromkeys(row.group for row in rows))
    codes = {name: str(at + 1) for at, name in enumerate(groups)}
    numbered = sheet.chance(0.3)
    if grouping != "headings" and sheet.chance(0.35):
        rows = _coded(rows, codes)
    if grouping == "headings":
        items: list[Item] = []
        pattern = sheet.dice.choice(("{label}{code}　{name}", "{code}　{name}", "【{label}{code}】{name}", "■{name}"))
        for name in groups:
            code = wide(codes[name]) if sheet.wide_digits else codes[name]
            items.append(Line(pattern.format(label=group, code=code, name=name), level=2))
            own = [row for row in rows if row.group == name]
            items.append(table("", subject, org, heads, own, "repeated", numbered=numbered))
        return tuple(items)
    return (table(group, subject, org, heads, rows, grouping, numbered=numbered),)


def _coded(rows: Sequence[Row], codes: dict[str, str]) -> list[Row]:
    """The rows with a code before each group and subject: 1 …, 1-1 …"""
    own: dict[str, str] = {}
    for row in rows:
        if row.subject not in own:
            before = sum(1 for code in own.values() if code.startswith(f"{codes[row.group]}-"))
            own[row.subject] = f"{codes[row.group]}-{before + 1}"
    return [
        replace(row, group=f"{codes[row.group]} {row.group}", subject=f"{own[row.subject]} {row.subject}")
        for row in rows
    ]


def table(
    group: str, subject: str, org: str, heads: Sequence[Head], rows: Sequence[Row], grouping: Grouping,
    *, numbered: bool = False,
) -> Grid:  # fmt: skip
    """One table: a number where asked for, the group, the subject merged over its rows, the columns, the body."""
    lead = [Head(("No",), 0.7, "center")] if numbered else []
    lead += [Head((group,), 2.2)] if group and grouping in ("merged", "repeated") else []
    at_group = len(lead) - 1 if group and grouping in ("merged", "repeated") else -1
    lead.append(Head((subject,), 2.6))
    all_heads = [*lead, *heads, *([Head((org,), 1.6)] if org else [])]
    widths = shares([head.width for head in all_heads])
    cuts = [sum(widths[:n]) for n in range(len(widths) + 1)]
    drawing = Drawing()
    storeys = _heads(drawing, all_heads, cuts)
    last_group, number = "", 0
    for at, row in enumerate(rows):
        if grouping == "group rows" and row.group != last_group:
            drawing.row(((120, row.group, "h"),))
        opens = at == 0 or (rows[at - 1].group, rows[at - 1].subject) != (row.group, row.subject)
        number += opens
        spans = sum(1 for other in rows[at:] if (other.group, other.subject) == (row.group, row.subject))
        texts = [*([str(number)] if numbered else []), *([row.group] if at_group >= 0 else []), row.subject]
        for n, text in enumerate(texts):
            if n == at_group and grouping == "merged":
                if row.group != last_group:
                    over = sum(1 for other in rows[at:] if other.group == row.group)
                    drawing.put(cuts[n], cuts[n + 1], text, rows=over)
            elif n == at_group or opens:
                drawing.put(cuts[n], cuts[n + 1], text, rows=1 if n == at_group else spans, align=all_heads[n].align)
        for n, text in enumerate(row.cells, len(texts)):
            if n - len(texts) >= row.lead:
                drawing.put(cuts[n], cuts[n + 1], text, align=all_heads[n].align)
            elif row.over:
                drawing.put(cuts[n], cuts[n + 1], text, align=all_heads[n].align, rows=row.over)
        if org and opens:
            drawing.put(cuts[-2], cuts[-1], row.org, rows=spans)
        last_group = row.group
        drawing.at += 1
    return drawing.grid(storeys)


def _heads(drawing: Drawing, heads: Sequence[Head], cuts: Sequence[int]) -> int:
    """Put the heads; how many storeys they have."""
    storeys = max(len(head.texts) for head in heads)
    for n, head in enumerate(heads):
        for level, text in enumerate(head.texts):
            if text == "^":
                continue
            end = n + 1
            while level + 1 < len(head.texts) and end < len(heads) and heads[end].texts[level : level + 1] == ("^",):
                end += 1
            deep = 1 if level + 1 < len(head.texts) else storeys - level
            drawing.put(cuts[n], cuts[end], text, rows=deep, head=True, align="center", row=level)
    drawing.at = storeys
    return storeys


def groups(sheet: Sheet, make: str, most: int) -> list[tuple[str, list[str]]]:
    """Groups with their subjects, all names apart from each other; seldom many."""
    dice = sheet.dice
    most = most * 3 if sheet.chance(0.08) else most
    names = distinct(dice, "policy", dice.randint(1, 3))
    taken = [*names]
    found = []
    for name in names:
        own = distinct(dice, make, dice.randint(1, most), taken)
        taken += own
        found.append((name, own))
    return found
