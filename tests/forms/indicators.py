"""Blocks of indicators: years, targets and actuals in every arrangement, units wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tests.forms.model import Block, Drawing, Fact, shares
from tests.forms.sheet import Counted, Sheet, YearForm, Years, one_era

Role = Literal["target", "actual", "expected"]
UnitPlace = Literal["column", "bare column", "name", "number", "caption"]

WORDS: dict[Role, tuple[str, ...]] = {
    "actual": ("実績", "実績値"),
    "target": ("目標", "目標値", "計画", "計画値"),
    "expected": ("見込", "見込み"),
}
GROUPS = ("活動指標", "成果指標", "対象指標", "アウトプット指標", "アウトカム指標")
NAMES = ("指標名", "指標", "指標名称", "成果指標", "活動指標", "評価指標", "項目")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of amounts: a year and what its numbers are."""

    year: int
    role: Role


@dataclass(frozen=True, slots=True)
class Made:
    """An indicator with its amounts: (year, role) → plain digits."""

    counted: Counted
    amounts: dict[tuple[int, Role], str]
    odd: dict[tuple[int, Role], str]


def block_years(sheet: Sheet, years: Sequence[int], *, with_role: bool = False) -> Years:
    """How a block writes its years; without an era only where the years are of one and the form's title has it."""
    forms: list[YearForm] = ["era年度", "letter", "letter年度", "western年度", "western"]
    if sheet.tells_year and one_era([*years, sheet.year]):
        forms.append("bare年度")
    if not with_role:
        forms.append("both")
    return Years(sheet.dice.choice(forms), first=sheet.chance(0.5), is_wide=sheet.wide_digits and sheet.chance(0.7))


def make(sheet: Sheet, columns: Sequence[Column], *, blanks: float = 0.0, whole: bool = False) -> Made:
    """An indicator with an amount for most of the columns (`whole`: for all); actuals are near their targets."""
    counted = sheet.counted()
    amounts: dict[tuple[int, Role], str] = {}
    odd: dict[tuple[int, Role], str] = {}
    base = sheet.amount(counted)
    for column in columns:
        base = sheet.near(counted, base)
        if not whole and sheet.chance(0.02):
            odd[column.year, column.role] = sheet.odd(counted, base)
        elif not sheet.chance(blanks):
            amounts[column.year, column.role] = base
    if not amounts:
        odd.pop((columns[0].year, columns[0].role), None)
        amounts[columns[0].year, columns[0].role] = base
    return Made(counted, amounts, odd)


def facts_of(sheet: Sheet, made: Made, measure: str = "") -> list[Fact]:
    """The indicator and its amounts."""
    of = measure or sheet.subject
    unit = made.counted.unit
    facts = [Fact("indicator", made.counted.name, unit=unit, measure=of)]
    for (year, role), amount in made.amounts.items():
        facts.append(Fact(role, made.counted.name, year, amount, unit, measure=of, printed=sheet.shown(amount)))
    facts += [
        Fact(role, made.counted.name, year, "", unit, text, of, also=True) for (year, role), text in made.odd.items()
    ]
    return facts


def head_of(sheet: Sheet, column: Column, years: Years, style: str) -> str:
    """Year and role in one head."""
    role, year = word(sheet, column.role), years(column.year)
    if style == "fused":
        return f"{year}{role}"
    if style == "bracket":
        return f"{role}（{year}）"
    return f"{year}\n（{role}）" if style == "below" else f"{role}\n{year}"


def word(sheet: Sheet, role: Role) -> str:
    """The form's word for a role: one and the same in a block."""
    return sheet.words[role]


def unit_place(sheet: Sheet) -> UnitPlace:
    return sheet.dice.choice(("column", "column", "column", "bare column", "name", "name", "number"))


def name_of(sheet: Sheet, made: Made, place: UnitPlace) -> str:
    """The print of an indicator's name, with its unit in brackets where it stands there."""
    return made.counted.name + (sheet.brackets.format(made.counted.unit) if place == "name" else "")


def cell(sheet: Sheet, made: Made, year: int, role: Role, place: UnitPlace) -> str:
    amount = made.amounts.get((year, role))
    if amount is None:
        return made.odd.get((year, role), sheet.absent)
    return sheet.shown(amount) + (made.counted.unit if place == "number" else "")


def begin(sheet: Sheet) -> None:
    sheet.words = {role: sheet.dice.choice(words) for role, words in WORDS.items()}
    sheet.absent = sheet.dice.choice(("", "-", "－", "―", "", "…", "／"))
    sheet.brackets = sheet.dice.choice(("（{}）", "（{}）", "({})", "【{}】", "〔{}〕", "（単位：{}）"))


def _numbered(sheet: Sheet, group: str, at: int) -> str:
    return {"circle": "①②③④⑤"[at], "group": f"{group}{'①②③④⑤'[at]}", "none": ""}[sheet.numbering]


def rows_by_year(sheet: Sheet) -> Block:
    """A: one indicator a row, years as columns, year and role in one head."""
    begin(sheet)
    dice = sheet.dice
    years = sheet.span(dice.randint(1, 3), dice.randint(0, 2))
    columns = [Column(year, "actual" if year <= sheet.year else "target") for year in years]
    if sheet.chance(0.3):
        columns.insert(0 if sheet.chance(0.3) else len(columns), Column(years[-1] + dice.randint(2, 4), "target"))
    written = block_years(sheet, [c.year for c in columns], with_role=True)
    style = dice.choice(("fused", "below", "above", "bracket", "storeys"))
    place = unit_place(sheet)
    made = [make(sheet, columns, blanks=0.08) for _ in range(dice.randint(1, 4))]
    group = dice.choice(("", *GROUPS))
    across = bool(group) and sheet.chance(0.25)
    with_unit = place in ("column", "bare column")
    left = 12 if group and not across else 0
    widths = shares([4, *([1.2] if with_unit else []), *[1.6] * len(columns)], 120 - left)
    drawing = Drawing()
    storeys = 2 if style == "storeys" else 1
    lead = [(dice.choice(NAMES), "hc"), *([("単位" if place == "column" else "", "hc")] if with_unit else [])]
    if left:
        drawing.put(0, left, group, rows=len(made) + storeys, head=True, align="center")
    x = left
    for (text, _), width in zip(lead, widths, strict=False):
        drawing.put(x, x + width, text, rows=storeys, head=True, align="center")
        x += width
    for column, width in zip(columns, widths[len(lead) :], strict=True):
        if storeys == 2:
            drawing.put(x, x + width, written(column.year), head=True, align="center")
            drawing.put(x, x + width, word(sheet, column.role), head=True, align="center", row=1)
        else:
            drawing.put(x, x + width, head_of(sheet, column, written, style), head=True, align="center")
        x += width
    drawing.at = storeys
    others = [name for name in GROUPS if name != group]
    for at, each in enumerate(made):
        if across and at in (0, len(made) - 1):
            drawing.row(((120, group if at == 0 else dice.choice(others), "h"),))
        cells = [(name_of(sheet, each, place), "")]
        cells += [(each.counted.unit, "c")] if with_unit else []
        cells += [(cell(sheet, each, c.year, c.role, place), "r") for c in columns]
        drawing.row(((w, text, look) for w, (text, look) in zip(widths, cells, strict=True)), left)
    facts = [fact for each in made for fact in facts_of(sheet, each)]
    style = f"{style}, groups across" if across else style
    return Block(f"indicators A: {style}, unit {place}", (drawing.grid(storeys),), tuple(facts))


def pairs_of_rows(sheet: Sheet) -> Block:
    """B: rows of targets and actuals below each other, years as columns without a word for their role."""
    begin(sheet)
    dice = sheet.dice
    years = sheet.span(dice.randint(1, 2), dice.randint(0, 2))
    plan: Role = "expected" if sheet.chance(0.15) else "target"
    with_ratio = sheet.chance(0.35)
    columns = [Column(year, plan) for year in years] + [Column(y, "actual") for y in years if y <= sheet.year]
    written = block_years(sheet, years)
    place: UnitPlace = dice.choice(("column", "column", "bare column", "name", "number"))
    made = [make(sheet, columns, blanks=0.04) for _ in range(dice.randint(1, 3))]
    sheet.numbering = dice.choice(("circle", "none", "group", "none"))
    group = dice.choice(GROUPS)
    empty = dice.randint(0, 2) if sheet.numbering != "none" and len(made) < 3 else 0
    with_unit = place in ("column", "bare column")
    roles: list[tuple[str, Role | None]] = [(word(sheet, plan), plan), (word(sheet, "actual"), "actual")]
    if sheet.chance(0.15):
        roles.reverse()
    if with_ratio:
        roles.append((dice.choice(("達成率", "達成率(%)", "達成度（％）")), None))
    number = 1 if sheet.numbering != "none" else 0
    widths = shares([*[1.2] * number, 4, *([1.2] if with_unit else []), 1.4, *[1.5] * len(years)])
    drawing = Drawing()
    heads = [*[""] * number, dice.choice(NAMES) if sheet.numbering != "group" else "指標名"]
    heads += ["単位" if place == "column" else ""] if with_unit else []
    heads += [dice.choice(("区分", "", "年度"))]
    drawing.row((w, text, "hc") for w, text in zip(widths, [*heads, *map(written, years)], strict=True))
    facts: list[Fact] = []
    for at in range(len(made) + empty):
        each = made[at] if at < len(made) else None
        texts = [*[_numbered(sheet, group, at)] * number, name_of(sheet, each, place) if each else ""]
        texts += [each.counted.unit if each else ""] if with_unit else []
        x = 0
        for text, width in zip(texts, widths, strict=False):
            drawing.put(x, x + width, text, rows=len(roles), align="center" if text != texts[number] else "left")
            x += width
        unused = "0" if each is None and sheet.chance(0.3) else ""
        for text_of_role, role in roles:
            cells = [
                _ratio(each, year, plan) if role is None else cell(sheet, each, year, role, place) if each else unused
                for year in years
            ]
            drawing.row(
                (
                    (w, text, "r" if n else "hc")
                    for n, (w, text) in enumerate(zip(widths[len(texts) :], [text_of_role, *cells], strict=True))
                ),
                x,
            )
        if each:
            facts += facts_of(sheet, each)
            for year in years:
                if with_ratio and _ratio(each, year, plan):
                    facts.append(
                        sheet.fact(field="actual", name=roles[-1][0], labels=(each.counted.name,), year=year,
                                   value=_ratio(each, year, plan).rstrip("%"), unit="%", also=True)
                    )  # fmt: skip
    how = "with ratio" if with_ratio else "two rows"
    return Block(f"indicators B: {how}, unit {place}", (drawing.grid(1),), tuple(facts))


def _ratio(made: Made | None, year: int, plan: Role) -> str:
    """実績 ÷ 目標 in per cent."""
    if made is None:
        return ""
    target, actual = made.amounts.get((year, plan)), made.amounts.get((year, "actual"))
    return f"{100 * float(actual) / float(target):.1f}%" if target and actual and float(target) > 0 else ""


def pairs_of_columns(sheet: Sheet) -> Block:
    """C: under each year a column of targets and one of actuals."""
    begin(sheet)
    dice = sheet.dice
    years = sheet.span(dice.randint(1, 2), 0)
    columns = [Column(year, role) for year in years for role in ("target", "actual")]
    last = [Column(sheet.year + 1, "target")] if sheet.chance(0.4) else []
    written = block_years(sheet, [*years, sheet.year + 1])
    place = unit_place(sheet)
    made = [make(sheet, [*columns, *last], blanks=0.05) for _ in range(dice.randint(1, 4))]
    with_unit = place in ("column", "bare column")
    widths = shares([4, *([1.2] if with_unit else []), *[1.3] * len(columns), *[1.4] * len(last)])
    drawing = Drawing()
    drawing.put(0, widths[0], dice.choice(NAMES), rows=2, head=True, align="center")
    x = widths[0]
    if with_unit:
        drawing.put(x, x + widths[1], "単位" if place == "column" else "", rows=2, head=True, align="center")
        x += widths[1]
    at = 1 + with_unit
    for n, year in enumerate(years):
        first, second = widths[at + 2 * n], widths[at + 2 * n + 1]
        drawing.put(x, x + first + second, written(year), head=True, align="center")
        drawing.put(x, x + first, word(sheet, "target"), head=True, align="center", row=1)
        drawing.put(x + first, x + first + second, word(sheet, "actual"), head=True, align="center", row=1)
        x += first + second
    for column, width in zip(last, widths[at + len(columns) :], strict=True):
        drawing.put(x, x + width, written(column.year), head=True, align="center")
        drawing.put(x, x + width, word(sheet, "target"), head=True, align="center", row=1)
    drawing.at = 2
    for each in made:
        cells = [(name_of(sheet, each, place), "")]
        cells += [(each.counted.unit, "c")] if with_unit else []
        cells += [(cell(sheet, each, c.year, c.role, place), "r") for c in [*columns, *last]]
        drawing.row((w, text, look) for w, (text, look) in zip(widths, cells, strict=True))
    facts = [fact for each in made for fact in facts_of(sheet, each)]
    return Block(f"indicators C: unit {place}", (drawing.grid(2),), tuple(facts))
