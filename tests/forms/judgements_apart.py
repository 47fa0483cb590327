"""Blocks of judgements, continued: pairs in a row, sums of points, two years side by side, nothing chosen, a matrix."""

from __future__ import annotations

from tests.forms.heading import BOXES
from tests.forms.indicators import block_years
from tests.forms.judgements import (
    LETTERS,
    OPTIONS,
    columns,
    criteria,
    letters,
    mark_before,
    options,
    points,
    questions,
)
from tests.forms.model import Block, Drawing, Fact, Item, Line, shares
from tests.forms.prose import text_of
from tests.forms.sheet import Sheet

ASPECTS = (
    "公共関与の妥当性", "成果の向上余地", "事業費・人件費の削減余地", "受益と負担の適正化余地", "目的の妥当性",
    "類似事業との統合の可能性", "廃止・休止の影響", "民間活用の可能性",
)  # fmt: skip
SENTENCES = (
    ("上位施策への貢献度は", ("高い", "普通", "低い")),
    ("事業を実現するための手段は", ("十分である", "不十分である")),
    ("事業の成果は", ("上がっている", "変わらない", "下がっている")),
    ("市民の要望は", ("増えている", "変わらない", "減っている")),
)  # fmt: skip


def pairs(sheet: Sheet) -> Block:
    """Labels and points in turn: 必要性 | 5 | 有効性 | 4."""
    dice = sheet.dice
    names = criteria(sheet, 2, 4)
    scale = dice.choice(("12345", "ABC", "ＡＢＣＤ", "◎○△×"))
    marks = [sheet.values.choice(scale) for _ in names]
    drawing = Drawing()
    widths = shares([2, 1] * len(names))
    drawing.row(
        (w, text, "hc" if n % 2 == 0 else "c")
        for n, (w, text) in enumerate(zip(widths, (x for p in zip(names, marks, strict=True) for x in p), strict=True))
    )
    facts = [
        sheet.fact(field="grade", name=name, value=mark, text=mark) for name, mark in zip(names, marks, strict=True)
    ]
    items: list[Item] = [drawing.grid()]
    if sheet.chance(0.5):
        heading = dice.choice(("個別評価（５段階）", "評価の視点", "項目別評価"))
        items.insert(0, Line(f"○{heading}", level=2))
        facts = [
            Fact(f.field, f.name, None, f.value, text=f.text, measure=f.measure, labels=(f"({heading})",))
            for f in facts
        ]
    return Block("judgements: pairs in a row", tuple(items), tuple(facts))


def by_year(sheet: Sheet) -> Block:
    """Last year's grade beside this year's, each under its year."""
    dice = sheet.dice
    years = [sheet.year - 1, sheet.year]
    written = block_years(sheet, years, with_role=True)
    names = criteria(sheet, 1, 3)
    scale = dice.choice(LETTERS)
    word = dice.choice(("評価", "判定"))
    over = sheet.chance(0.5)
    drawing = Drawing()
    widths = [48, 36, 36]
    if over:
        drawing.put(0, 48, dice.choice(("評価項目", "項目")), rows=2, head=True, align="center")
        drawing.put(48, 120, word, head=True, align="center")
        drawing.put(48, 84, written(years[0]), head=True, align="center", row=1)
        drawing.put(84, 120, written(years[1]), head=True, align="center", row=1)
        drawing.at = 2
    else:
        drawing.row(
            (w, text, "hc")
            for w, text in zip(widths, ("評価項目", *(f"{written(year)}{word}" for year in years)), strict=True)
        )
    facts: list[Fact] = []
    for name in names:
        marks = [sheet.values.choice(scale) for _ in years]
        drawing.row(
            (w, text, "c" if n else "h") for n, (w, text) in enumerate(zip(widths, (name, *marks), strict=True))
        )
        facts += [
            sheet.fact(field="grade", name=name, year=year, value=mark, text=mark)
            for year, mark in zip(years, marks, strict=True)
        ]
    return Block("judgements: by year", (drawing.grid(2 if over else 1),), tuple(facts))


def none_chosen(sheet: Sheet) -> Block:
    """Options of which none is marked: nothing is judged, though there may be a reason."""
    dice = sheet.dice
    off, _ = dice.choice(BOXES)
    drawing = Drawing()
    facts: list[Fact] = []
    for name in criteria(sheet, 1, 3):
        choices = dice.choice(OPTIONS)
        reason = text_of(sheet)
        drawing.row(((28, name, "hc"), (40, "　".join(off + option for option in choices), ""), (52, reason, "")))
        facts.append(sheet.fact(field="passage", name=name, text=reason))
    return Block("judgements: none chosen", (drawing.grid(),), tuple(facts))


def summed(sheet: Sheet) -> Block:
    """Points for each criterion, of how many, and their sum."""
    dice = sheet.dice
    names = criteria(sheet, 2, 4)
    marks = [sheet.values.randint(1, 5) for _ in names]
    drawing = Drawing()
    drawing.row(
        (
            (40, "評価項目", "hc"),
            (20, dice.choice(("評価点", "点数")), "hc"),
            (20, "配点", "hc"),
            (40, "評価理由", "hc"),
        )
    )
    facts: list[Fact] = []
    for name, mark in zip(names, marks, strict=True):
        reason = text_of(sheet)
        drawing.row(((40, name, "h"), (20, str(mark), "c"), (20, "5", "c"), (40, reason, "")))
        facts.append(sheet.fact(field="grade", name=name, value=str(mark), text=str(mark)))
        facts.append(sheet.fact(field="passage", name=name, text=reason))
    total = str(sum(marks))
    drawing.row(((40, "合計", "hc"), (20, total, "c"), (20, str(5 * len(names)), "c"), (40, "", "")))
    facts.append(sheet.fact(field="grade", name="合計", value=total, text=total, also=True))
    return Block("judgements: summed points", (drawing.grid(1),), tuple(facts))


def stacked(sheet: Sheet) -> Block:
    """A criterion standing upright; beside it what is asked, the options with a mark before one, the reason."""
    dice = sheet.dice
    drawing = Drawing()
    facts: list[Fact] = []
    on = dice.choice(("○", "●"))
    asked = dice.sample(ASPECTS, 4)
    names = criteria(sheet, 1, 3)
    for name, aspect in zip(names, asked, strict=False):
        choices = dice.choice([each for each in OPTIONS if len(each) <= 3])
        chosen, reason = sheet.values.choice(choices), text_of(sheet)
        upright = "\n".join(name) if len(name) <= 5 else name
        drawing.put(0, 12, upright, rows=3, head=True, align="center")
        drawing.row(((108, aspect, "h"),), 12)
        widths = shares([1, 4] * len(choices), 108)
        cells = [text for option in choices for text in (on if option == chosen else "", option)]
        drawing.row(zip(widths, cells, ["c" if n % 2 == 0 else "" for n in range(len(cells))], strict=True), 12)
        drawing.row(((108, reason, ""),), 12)
        facts.append(sheet.fact(field="grade", name=aspect, value=chosen, text=chosen, labels=(name,)))
        facts.append(sheet.fact(field="passage", name=aspect, text=reason, labels=(name,)))
    return Block("judgements: stacked", (drawing.grid(),), tuple(facts))


def blanks(sheet: Sheet) -> Block:
    """A sentence to fill in: 施策の成果は | 上がっている。 | reason."""
    dice = sheet.dice
    drawing = Drawing()
    facts: list[Fact] = []
    for text, choices in dice.sample(SENTENCES, dice.randint(1, 3)):
        chosen, reason = sheet.values.choice(choices), text_of(sheet)
        drawing.row(((44, text, "h"), (20, f"{chosen}。", "c"), (56, reason, "")))
        facts.append(sheet.fact(field="grade", name=text, value=chosen, text=f"{chosen}。"))
        facts.append(sheet.fact(field="passage", name=text, text=reason))
    return Block("judgements: sentences to fill", (drawing.grid(),), tuple(facts))


KINDS = (
    options, options, options, mark_before, letters, letters, points, questions, questions, columns, pairs, by_year,
    none_chosen, summed, stacked, stacked, blanks,
)  # fmt: skip
