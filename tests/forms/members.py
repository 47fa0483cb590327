"""The list of projects below a measure, on its sheet: each with what it cost, its grade and its direction."""

from __future__ import annotations

from tests.forms.indicators import block_years
from tests.forms.judgements import DIRECTIONS
from tests.forms.model import Block, Drawing, Fact, Item, Line, shares
from tests.forms.sheet import Sheet
from tests.forms.words import SECTIONS, distinct


def members(sheet: Sheet) -> Block:
    """Projects as rows; amounts of one year or two, empty numbered rows at the end."""
    dice = sheet.dice
    names = distinct(sheet.values, "project", dice.randint(2, 5), [sheet.subject, *sheet.names])
    label = dice.choice(("事務事業名", "構成事務事業", "事業名", "事務事業の名称"))
    years = [sheet.year, *([sheet.year + 1] if sheet.chance(0.6) else [])]
    written = block_years(sheet, years, with_role=True)
    words = ("決算額", "予算額")
    numbered, with_org = sheet.chance(0.5), sheet.chance(0.4)
    graded, aimed = sheet.chance(0.6), sheet.chance(0.5)
    scale, directions = dice.choice(("ABC", "ＡＢＣ", "ABCD")), dice.choice(DIRECTIONS)
    unit_in_head = sheet.chance(0.5)
    heads = [*([""] if numbered else []), label, *(["担当課"] if with_org else [])]
    heads += [
        f"{written(year)}\n{word}{'（千円）' if unit_in_head else ''}" for year, word in zip(years, words, strict=False)
    ]
    heads += [*(["評価"] if graded else []), *(["今後の方向性"] if aimed else [])]
    sizes = {"": 0.6, label: 4.0}
    widths = shares([sizes.get(head, 1.6) for head in heads])
    drawing = Drawing()
    drawing.row((w, text, "hc") for w, text in zip(widths, heads, strict=True))
    facts: list[Fact] = []
    for at, name in enumerate(names, 1):
        facts.append(Fact("measure_name", label, text=name, measure=sheet.subject))
        cells = [*([str(at)] if numbered else []), name]
        if with_org:
            cells.append(sheet.values.choice(SECTIONS))
            facts.append(Fact("responsible_org", "担当課", text=cells[-1], measure=name))
        for year, word in zip(years, words, strict=False):
            amount = str(dice.randint(10, 60000))
            cells.append(sheet.shown(amount))
            facts.append(Fact("cost", word, year, amount, "千円", word[:2], name, printed=cells[-1]))
        if graded:
            cells.append(sheet.values.choice(scale))
            facts.append(Fact("grade", "評価", value=cells[-1], text=cells[-1], measure=name))
        if aimed:
            cells.append(dice.choice(directions))
            facts.append(Fact("direction", "今後の方向性", text=cells[-1], measure=name))
        looks = ["" if head == label else "r" if "額" in head else "c" for head in heads]
        drawing.row(zip(widths, cells, looks, strict=True))
    for at in range(len(names) + 1, len(names) + (dice.randint(1, 2) if numbered and sheet.chance(0.3) else 0) + 1):
        drawing.row(zip(widths, [str(at), *[""] * (len(heads) - 1)], ["c"] * len(heads), strict=True))
    items: list[Item] = [Line(dice.choice(("○施策を構成する事務事業", "■構成事務事業一覧", "【事務事業】")), level=2)]
    items += [] if unit_in_head else [Line("（単位：千円）")]
    return Block("members of a measure", (*items, drawing.grid(1)), tuple(facts))
