"""Where a form's subject stands in its plan: ranks as rows, as heads, as pairs, with codes or without."""

from __future__ import annotations

from tests.forms.model import Block, Drawing, Fact, Grid, shares
from tests.forms.sheet import Sheet, wide
from tests.forms.words import distinct, label

# Ranks from the top down, as plans name them; the last is the project's own label, where a chain has one.
CHAINS = (
    ("基本目標", "政策", "施策"), ("政策", "施策", "基本事業"), ("章", "節", "項"), ("分野", "政策", "施策"),
    ("基本方針", "基本施策"), ("大項目", "中項目", "小項目"), ("政策の柱", "施策の柱", "施策"),
    ("まちづくり方針", "施策の柱", "施策"), ("大柱", "中柱", "小柱"), ("基本目標(政策)", "個別目標(施策)"),
    ("章(基本施策)", "節(施策)"), ("施策名(大分類)", "施策名(中分類)", "施策名(小分類)"),
    ("大施策", "中施策", "小施策"), ("政策", "施策"), ("基本目標", "施策", "主要施策"), ("基本方向", "取組"),
    ("政策名", "施策名"), ("基本政策", "基本施策", "施策"), ("大綱(政策)", "施策"), ("施策",), ("基本目標",),
)  # fmt: skip
PLACES = ("総合計画体系", "総合計画での位置付け", "総合計画", "政策体系", "位置づけ", "計画体系")
_OTHER = ("基本事業", "基本事業名")
"""Labels of projects that are those of a rank above one elsewhere."""


def _code(sheet: Sheet, at: int) -> str:
    """A printed code of a node at a depth."""
    numbers = [str(sheet.values.randint(1, 9)) for _ in range(at + 1)]
    form = sheet.dice.choice(("one", "path", "dots"))
    code = numbers[-1] if form == "one" else "-".join(numbers) if form == "path" else ".".join(numbers)
    return wide(code) if sheet.wide_digits else code


def hierarchy(sheet: Sheet) -> Block:
    """The nodes above the subject and the subject, with codes or without, in the order of their ranks or not."""
    dice = sheet.dice
    ranks = list(dice.choice(CHAINS))
    own = dice.choice(("施策名", "施策", "施策の名称")) if sheet.is_measure else label(dice, "project", _OTHER)
    if sheet.is_measure:
        ranks = [rank for rank in ranks if "施策" not in rank and rank not in ("基本事業", "項", "取組")] or ["政策"]
    above_it = distinct(sheet.values, "policy", len(ranks), [sheet.subject, *sheet.names])
    sheet.names += above_it
    names = [*above_it, sheet.subject]
    levels = list(zip([*ranks, own], names, strict=True))
    coded = dice.choice(("none", "cell", "inside"))
    rows = [(name, text, _code(sheet, at) if at < len(ranks) else "") for at, (name, text) in enumerate(levels)]
    facts = [
        Fact("policy_name" if at < len(ranks) else "measure_name", name, text=text, measure=names[at - 1] if at else "")
        for at, (name, text) in enumerate(levels)
    ]
    form = dice.random()
    if form < 0.12:
        return Block("hierarchy: across", (_across(sheet, levels),), tuple(facts))
    if form < 0.24 and len(rows) <= 4:
        return Block("hierarchy: pairs in a row", (_pairs(rows),), tuple(facts))
    return Block("hierarchy: rows", (_rows(sheet, rows, coded),), tuple(facts))


def _across(sheet: Sheet, levels: list[tuple[str, str]]) -> Grid:
    """The ranks as heads over one row of names."""
    drawing = Drawing()
    widths = shares([1.0] * len(levels))
    coded = sheet.chance(0.4)
    drawing.row((w, name, "hc") for w, (name, _) in zip(widths, levels, strict=True))
    texts = [
        f"{_code(sheet, 0)} {text}" if coded and at < len(levels) - 1 else text for at, (_, text) in enumerate(levels)
    ]
    drawing.row((w, text, "") for w, text in zip(widths, texts, strict=True))
    return drawing.grid(1)


def _pairs(rows: list[tuple[str, str, str]]) -> Grid:
    """Two ranks a row, each with its code between label and name; the subject in a row of its own."""
    drawing = Drawing()
    *above, (own, subject, _) = rows
    for at in range(0, len(above), 2):
        two = above[at : at + 2]
        width = 120 // len(two)
        drawing.row(
            cell for name, text, code in two for cell in ((14, name, "hc"), (8, code, "c"), (width - 22, text, ""))
        )
    drawing.row(((14, own, "hc"), (106, subject, "")))
    return drawing.grid()


def _rows(sheet: Sheet, rows: list[tuple[str, str, str]], coded: str) -> Grid:
    """A rank a row, in the order of the ranks or with the subject first; what they are ranks of on their left."""
    dice = sheet.dice
    order = dice.random()
    if order < 0.35:
        rows = [rows[-1], *rows[:-1]]
    elif order < 0.45:
        rows = [rows[0], rows[-1], *rows[1:-1]] if len(rows) > 2 else rows
    drawing = Drawing()
    place = dice.choice(PLACES) if sheet.chance(0.45) else ""
    above = [row for row in rows if row[2]]
    left = 16 if place else 0
    for name, text, code in rows:
        if not code:
            drawing.row(((24, name, "hc"), (96, text, "")))
            continue
        if place and (name, text, code) == above[0] and _adjoin(rows):
            drawing.put(
                0,
                left,
                _broken(sheet, place),
                rows=len(above),
                head=True,
                align="center",
            )
        shift = left if place and _adjoin(rows) else 0
        if coded == "cell":
            drawing.row(((24, name, "hc"), (10, code, "c"), (86 - shift, text, "")), shift)
        else:
            printed = f"{code}{dice.choice((' ', '　'))}{text}" if coded == "inside" else text
            drawing.row(((24, name, "hc"), (96 - shift, printed, "")), shift)
    return drawing.grid()


def _broken(sheet: Sheet, text: str) -> str:
    """A label in a narrow cell: as it is, two characters a line, or one."""
    step = sheet.dice.choice((len(text), 2, 1))
    return "\n".join(text[at : at + step] for at in range(0, len(text), step))


def _adjoin(rows: list[tuple[str, str, str]]) -> bool:
    """Whether the coded rows stand together."""
    at = [n for n, row in enumerate(rows) if row[2]]
    return at[-1] - at[0] == len(at) - 1


def name_alone(sheet: Sheet) -> Block:
    """The subject without a place in a plan."""
    own = "施策名" if sheet.is_measure else label(sheet.dice, "project", _OTHER)
    drawing = Drawing()
    drawing.row(((24, own, "hc"), (96, sheet.subject, "")))
    return Block("name", (drawing.grid(),), (Fact("measure_name", own, text=sheet.subject),))
