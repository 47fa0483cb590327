"""Blocks of indicators, continued: one by one, bare years, years down, a goal beside what is, changes and remarks."""

from __future__ import annotations

from tests.forms.indicators import (
    GROUPS,
    NAMES,
    Column,
    begin,
    block_years,
    cell,
    facts_of,
    make,
    name_of,
    pairs_of_columns,
    pairs_of_rows,
    rows_by_year,
    word,
)
from tests.forms.model import Block, Drawing, Fact, Item, Line, shares
from tests.forms.sheet import Sheet, Years, wide


def one_by_one(sheet: Sheet) -> Block:
    """D: a small table for each indicator: its name and unit left, years over targets and actuals right."""
    begin(sheet)
    dice = sheet.dice
    years = sheet.span(2, dice.randint(0, 1))
    written = block_years(sheet, years)
    group = dice.choice(GROUPS)
    columns = [Column(year, "target") for year in years] + [Column(y, "actual") for y in years if y <= sheet.year]
    made = [make(sheet, columns) for _ in range(dice.randint(1, 3))]
    where = dice.choice(("cell", "row", "name"))
    drawing = Drawing()
    facts: list[Fact] = []
    widths = shares([1.0] * len(years), 48)
    for at in range(len(made) + (1 if sheet.chance(0.3) else 0)):
        each = made[at] if at < len(made) else None
        name = each.counted.name if each else ""
        unit = each.counted.unit if each else ""
        number = wide(str(at + 1)) if sheet.wide_digits else str(at + 1)
        drawing.put(0, 16, f"{group}{number}", rows=3, head=True, align="center")
        if where == "cell":
            drawing.put(16, 60, f"{name}\n単位：{unit}", rows=3)
        elif where == "name":
            drawing.put(16, 60, f"{name}（{unit}）" if name else "", rows=3)
        else:
            drawing.put(16, 60, name, rows=2)
            drawing.put(16, 30, "単位", row=drawing.at + 2, head=True)
            drawing.put(30, 60, unit, row=drawing.at + 2)
        drawing.row(
            ((12, "区分", "hc"), *((w, written(year), "hc") for w, year in zip(widths, years, strict=True))), 60
        )
        for role in ("target", "actual"):
            cells = [cell(sheet, each, year, role, "column") if each else "" for year in years]
            drawing.row(
                ((12, word(sheet, role), "hc"), *((w, text, "r") for w, text in zip(widths, cells, strict=True))), 60
            )
        facts += facts_of(sheet, each) if each else []
    return Block(f"indicators D: unit in {where}", (drawing.grid(),), tuple(facts))


def years_only(sheet: Sheet) -> Block:
    """Bare years that are over, with no word for what the numbers are."""
    begin(sheet)
    dice = sheet.dice
    years = sheet.span(dice.randint(2, 4), 0)
    written = block_years(sheet, years)
    columns = [Column(year, "actual") for year in years]
    made = [make(sheet, columns) for _ in range(dice.randint(1, 3))]
    widths = shares([4, *[1.3] * len(years)])
    drawing = Drawing()
    drawing.row(
        (w, text, "hc")
        for w, text in zip(widths, [dice.choice(("年度", "区分", "項目")), *map(written, years)], strict=True)
    )
    for each in made:
        cells = [name_of(sheet, each, "name"), *(cell(sheet, each, c.year, c.role, "name") for c in columns)]
        drawing.row((w, text, "r" if n else "") for n, (w, text) in enumerate(zip(widths, cells, strict=True)))
    facts = [fact for each in made for fact in facts_of(sheet, each)]
    items: tuple[Item, ...] = (
        Line(dice.choice(("○利用状況", "■実績の推移", "【実績の推移】")), level=2),
        drawing.grid(1),
    )
    return Block("indicators: bare years", items, tuple(facts))


def years_down(sheet: Sheet) -> Block:
    """One indicator in the heading, years down, target and actual across."""
    begin(sheet)
    dice = sheet.dice
    years = sheet.span(dice.randint(1, 3), 1)
    written = block_years(sheet, years)
    columns = [Column(year, "target") for year in years] + [Column(y, "actual") for y in years if y <= sheet.year]
    made = make(sheet, columns)
    name, unit = made.counted.name, made.counted.unit
    drawing = Drawing()
    group = dice.choice(GROUPS)
    as_row = sheet.chance(0.5)
    if as_row:
        drawing.row(((30, group, "hc"), (60, name, ""), (15, "単位", "hc"), (15, unit, "c")))
    drawing.row(((40, "年度", "hc"), (40, word(sheet, "target"), "hc"), (40, word(sheet, "actual"), "hc")))
    for year in years:
        cells = [
            written(year),
            cell(sheet, made, year, "target", "column"),
            cell(sheet, made, year, "actual", "column"),
        ]
        drawing.row((40, text, "r" if n else "hc") for n, text in enumerate(cells))
    line = Line(f"{group}：{name}（{unit}）", level=2)
    items: tuple[Item, ...] = (drawing.grid(),) if as_row else (line, drawing.grid(1))
    return Block(
        f"indicators: years down, {'name in a row' if as_row else 'name in a heading'}",
        items,
        tuple(facts_of(sheet, made)),
    )


def now_and_goal(sheet: Sheet) -> Block:
    """What is now and what is aimed at, each with its year in its head or in a column of its own."""
    begin(sheet)
    dice = sheet.dice
    base, goal = sheet.year - dice.randint(0, 3), sheet.year + dice.randint(1, 5)
    columns = [Column(base, "actual"), Column(goal, "target")]
    written = block_years(sheet, [base, goal], with_role=True)
    now = dice.choice(("現状値", "基準値", "現状", "策定時"))
    aim = dice.choice(("目標値", "最終目標", "目標"))
    made = [make(sheet, columns) for _ in range(dice.randint(1, 4))]
    apart = sheet.chance(0.4)
    drawing = Drawing()
    if apart:
        widths = shares([4, 1.2, 1.6, 1.6, 1.6, 1.6])
        heads = [dice.choice(NAMES), "単位", "基準年度", now, "目標年度", aim]
    else:
        widths = shares([4, 1.2, 2, 2])
        pattern = dice.choice(("{word}（{year}）", "{word}\n（{year}）", "{year}{word}"))
        heads = [
            dice.choice(NAMES),
            "単位",
            *(pattern.format(word=w, year=written(y)) for w, y in ((now, base), (aim, goal))),
        ]
    drawing.row((w, text, "hc") for w, text in zip(widths, heads, strict=True))
    facts: list[Fact] = []
    for each in made:
        amounts = [cell(sheet, each, c.year, c.role, "column") for c in columns]
        cells = [each.counted.name, each.counted.unit]
        cells += [written(base), amounts[0], written(goal), amounts[1]] if apart else amounts
        drawing.row(
            (w, text, "" if n == 0 else "c" if n == 1 else "r")
            for n, (w, text) in enumerate(zip(widths, cells, strict=True))
        )
        facts += facts_of(sheet, each)
    return Block(f"indicators: now and goal{', years apart' if apart else ''}", (drawing.grid(1),), tuple(facts))


def with_change(sheet: Sheet) -> Block:
    """Actuals of years that are over, and a column of what changed; a definition of each indicator on some."""
    begin(sheet)
    dice = sheet.dice
    years = sheet.span(dice.randint(1, 2), 0)
    columns = [Column(year, "actual") for year in years]
    written = block_years(sheet, years, with_role=True)
    change = dice.choice(("増減", "前年度比", "差引", "対前年度増減"))
    made = [make(sheet, columns) for _ in range(dice.randint(1, 3))]
    defined = sheet.chance(0.5)
    widths = shares([4, 1.2, *[1.5] * len(years), 1.5, *([4] if defined else [])])
    drawing = Drawing()
    heads = [dice.choice(NAMES), "単位", *(f"{written(year)}{word(sheet, 'actual')}" for year in years), change]
    heads += [dice.choice(("説明・算定式", "算式", "指標の説明"))] if defined else []
    drawing.row((w, text, "hc") for w, text in zip(widths, heads, strict=True))
    facts: list[Fact] = []
    for each in made:
        last, before = each.amounts.get((years[-1], "actual")), each.amounts.get((years[-2], "actual"))
        moved = float(last) - float(before) if last and before else 0.0
        text = f"{moved:.{each.counted.decimals}f}"
        shown = "－" if not last or not before else sheet.shown(text) if moved else "0"
        cells = [
            each.counted.name,
            each.counted.unit,
            *(cell(sheet, each, c.year, c.role, "column") for c in columns),
            shown,
        ]
        facts += facts_of(sheet, each)
        if last and before:
            facts.append(
                sheet.fact(
                    field="difference", name=each.counted.name, labels=(change,), year=years[-1], also=True,
                    value=text if moved else "0", unit=each.counted.unit, printed=shown,
                )
            )  # fmt: skip
        if defined:
            cells.append(dice.choice(("年度末の集計", "延べ人数", "アンケートによる", "実施数÷計画数")))
            facts.append(sheet.fact(field="passage", name=heads[-1], text=cells[-1], also=True))
        drawing.row(
            (w, t, "" if n in (0, len(years) + 3) else "c" if n == 1 else "r")
            for n, (w, t) in enumerate(zip(widths, cells, strict=True))
        )
    return Block("indicators: with change", (drawing.grid(1),), tuple(facts))


def year_in_cell(sheet: Sheet) -> Block:
    """Numbers with their unit and year in the cell: 580人（2018）."""
    begin(sheet)
    dice = sheet.dice
    base, goal = sheet.year - dice.randint(0, 3), sheet.year + dice.randint(1, 5)
    columns = [Column(base, "actual"), Column(goal, "target")]
    written = Years(dice.choice(("letter", "letter年度", "western", "western年度", "era年度")))
    frame = dice.choice(("{}（{}）", "{} ({})", "{}\n（{}）"))
    made = [make(sheet, columns, whole=True) for _ in range(dice.randint(1, 4))]
    drawing = Drawing()
    now, aim = dice.choice((("現状値", "目標値"), ("基準値", "目標値"), ("実績値", "目標")))
    drawing.row(((60, dice.choice(NAMES), "hc"), (30, now, "hc"), (30, aim, "hc")))
    facts: list[Fact] = []
    for each in made:
        cells = [frame.format(cell(sheet, each, c.year, c.role, "number"), written(c.year)) for c in columns]
        drawing.row(((60, each.counted.name, ""), *((30, text, "r") for text in cells)))
        name, unit = each.counted.name, each.counted.unit
        facts.append(sheet.fact(field="indicator", name=name, unit=unit))
        facts += [
            sheet.fact(field=c.role, name=name, year=c.year, value=each.amounts[c.year, c.role], unit=unit, text=text)
            for c, text in zip(columns, cells, strict=True)
        ]
    return Block("indicators: year in the cell", (drawing.grid(1),), tuple(facts))


KINDS = (
    rows_by_year, rows_by_year, rows_by_year, pairs_of_rows, pairs_of_rows, pairs_of_rows, pairs_of_columns,
    one_by_one, one_by_one, years_only, years_down, now_and_goal, with_change, year_in_cell,
)  # fmt: skip
