"""The head of a form: title and year, rows of tags."""

from __future__ import annotations

from tests.forms.model import Block, Drawing, Fact, Item, Line, shares
from tests.forms.sheet import Sheet, Years
from tests.forms.words import CITIES, DEPARTMENTS, FIELDS, SECTIONS, TEAMS, label

TITLES = (
    "事務事業評価シート", "事務事業評価調書", "事務事業評価表", "事務事業マネジメントシート", "事業評価シート",
    "行政評価シート", "事務事業総点検シート", "主要事業評価書", "事務事業評価票",
)  # fmt: skip

CHOICES = (
    ("会計区分", ("一般会計", "特別会計", "企業会計")), ("事業区分", ("自治事務", "法定受託事務")),
    ("実施方法", ("直営", "一部委託", "全部委託", "補助・助成", "指定管理")),
    ("事業の性質", ("義務的", "任意的", "内部管理")), ("新規・継続", ("新規", "継続")),
    ("実施主体", ("市", "民間", "協働")),
)  # fmt: skip
BOXES = (("□", "■"), ("○", "●"), ("□", "☑"), ("☐", "☑"))


def title(sheet: Sheet) -> Block:
    """A title with one year, two years, or none; the city's name on some."""
    dice = sheet.dice
    kind = dice.choice(("", "", "", "（事後評価）", "（継続）", "【事後評価】", "（一般事務事業用）"))
    years = Years(dice.choice(("era年度", "era年度", "western年度")), first=True, is_wide=sheet.wide_digits)
    name = ("施策評価シート" if sheet.is_measure else dice.choice(TITLES)) + kind
    city, code = dice.choice(CITIES)
    facts: list[Fact] = []
    form = dice.random()
    sheet.tells_year = form < 0.8
    after = dice.choice(("実施事業", "事業", "実施事務事業", "実績"))
    written = ""
    if form < 0.45:
        written = years(sheet.year)
        lead = dice.choice((f"{written}　", f"{written} ", written))
        text = f"{lead}{name}" if dice.random() < 0.8 else f"{name}（{written}）"
        facts.append(_year(sheet.year, written))
    elif form < 0.8:
        before = dice.choice(("（{}{}）", "（対象：{}{}）", "〈{}{}〉", "({}{})")).format(years(sheet.year), after)
        text = f"{years(sheet.year + 1)}　{name}{before}"
        facts += [
            _year(sheet.year, years(sheet.year), also=True),
            _year(sheet.year + 1, years(sheet.year + 1), also=True),
        ]
    else:
        text = name
        facts.append(_year(sheet.year, "", also=True))
    lines: list[Item] = [Line(text, level=1)]
    if sheet.chance(0.25):
        facts.append(Fact("municipality_code", value=code, text=city, printed=city))
        if sheet.chance(0.5):
            lines[0] = Line(f"{city}　{text}", level=1)
        else:
            lines.insert(dice.choice((0, 1)), Line(city))
    return Block("title", tuple(lines), tuple(facts))


def _year(year: int, printed: str, *, also: bool = False) -> Fact:
    return Fact("document_fiscal_year", value=str(year), text=printed, printed=printed, also=also)


def _org(sheet: Sheet) -> tuple[str, str, list[Fact]]:
    """Label, value and facts of the body in charge."""
    dice = sheet.dice
    name = label(dice, "org")
    part, section = sheet.values.choice(DEPARTMENTS), sheet.values.choice(SECTIONS)
    if "部" in name and ("課" in name or "室" in name):
        value = f"{part}{sheet.values.choice((' ', '　', ''))}{section}"
        extra = [part, section]
    elif name in ("所属部", "部名", "部局名", "担当部", "担当部名", "部", "担当部局", "担当部局名", "局名"):
        value, extra = part, []
    elif dice.random() < 0.2:
        team = sheet.values.choice(TEAMS)
        value, extra = f"{section}　{team}", [section, team]
    else:
        value, extra = section, []
    facts = [sheet.fact(field="responsible_org", name=name, text=value)]
    facts += [sheet.fact(field="responsible_org", name=name, text=each, also=True, printed=each) for each in extra]
    return name, value, facts


def _aside(sheet: Sheet, taken: set[str]) -> tuple[str, str, list[Fact]]:
    """Label, value and facts of a tag that says nothing of the evaluation."""
    dice = sheet.dice
    year = Years("era年度", is_wide=sheet.wide_digits)
    while True:
        kind = dice.choice(
            ("code", "term", "law", "choice", "choice", "start", "issued", "person", "partners", "phone", "aims")
        )
        facts: list[Fact] = []
        if kind == "code":
            name = label(dice, "code")
            value = dice.choice(
                (
                    f"{sheet.values.randint(1, 9999):04}",
                    f"{sheet.values.randint(1, 9)}-{sheet.values.randint(1, 30)}-{sheet.values.randint(1, 9)}",
                )
            )
        elif kind == "term":
            start = year(sheet.year - sheet.values.randint(3, 20))
            name, value = (
                "事業期間",
                dice.choice((f"{start}～", f"{start}　～　　　年度", f"{start}～{year(sheet.year + 5)}")),
            )
        elif kind == "law":
            name, value = (
                label(dice, "background"),
                f"{sheet.values.choice(FIELDS)}基本法、{sheet.values.choice(FIELDS)}条例",
            )
        elif kind == "start":
            name, value = dice.choice(("事業開始年度", "開始年度")), year(sheet.year - sheet.values.randint(3, 20))
        elif kind == "issued":
            name, value = (
                label(dice, "issued"),
                f"令和{sheet.values.randint(3, 7)}年{sheet.values.randint(4, 9)}月{sheet.values.randint(1, 28)}日",
            )
        elif kind == "partners":
            name, bodies = (
                dice.choice(("関係課", "関係部課名", "関係課名")),
                sheet.values.sample(SECTIONS, dice.randint(1, 2)),
            )
            value = "、".join(bodies)
            facts += [sheet.fact(field="participating_org", name=name, text=body) for body in bodies]
        elif kind == "phone":
            name = dice.choice(("内線", "電話番号", "連絡先"))
            value = (
                str(sheet.values.randint(1000, 9999))
                if name == "内線"
                else f"0123-{sheet.values.randint(10, 99)}-{sheet.values.randint(1000, 9999)}"
            )
        elif kind == "aims":
            name, value = (
                dice.choice(("SDGs目標", "SDGsのゴール")),
                f"{sheet.values.randint(1, 17)} {sheet.values.choice(FIELDS)}を広げよう",
            )
        elif kind == "person":
            name, value = (
                dice.choice(("課長名", "記入者", "担当者名", "評価者")),
                sheet.values.choice(("港 太郎", "磯野　はまこ", "灯 一郎")),
            )
        else:
            name, options = dice.choice(CHOICES)
            off, on = dice.choice(BOXES)
            chosen = sheet.values.choice(options)
            value = "　".join((on if option == chosen else off) + option for option in options)
            facts.append(sheet.fact(field="grade", name=name, value=chosen, text=chosen, also=True))
        if name not in taken:
            break
    taken.add(name)
    if kind != "partners":
        facts.append(sheet.fact(field="passage", name=name, text=value, also=True))
    return name, value, facts


def tags(sheet: Sheet) -> Block:
    """Rows of label and value, two to four pairs in each; the budget account in a row of its own."""
    dice = sheet.dice
    facts: list[Fact] = []
    taken: set[str] = set()
    pairs: list[tuple[str, str]] = []
    form = dice.random()
    if form < 0.7:
        name, value, own = _org(sheet)
        taken.add(name)
        pairs.append((name, value))
        facts += own
    elif form < 0.85:
        for name, value in zip(
            ("部", "課", "係"),
            (sheet.values.choice(DEPARTMENTS), sheet.values.choice(SECTIONS), sheet.values.choice(TEAMS)),
            strict=True,
        ):
            pairs.append((f"所属{name}" if sheet.numbering == "none" and form < 0.78 else f"{name}名", value))
            taken.add(pairs[-1][0])
            facts.append(sheet.fact(field="responsible_org", name=pairs[-1][0], text=value, also=name == "係"))
    for _ in range(dice.randint(1, 5)):
        name, value, own = _aside(sheet, taken)
        pairs.append((name, value))
        facts += own
    dice.shuffle(pairs)
    drawing = Drawing()
    while pairs:
        count = min(len(pairs), dice.choice((1, 2, 2, 3)))
        row, pairs = pairs[:count], pairs[count:]
        widths = shares([1, 2] * count)
        drawing.row(
            (width, text, "hc" if at % 2 == 0 else "")
            for at, (width, text) in enumerate(zip(widths, [text for pair in row for text in pair], strict=True))
        )
    if sheet.chance(0.35):
        facts += _account(sheet, drawing)
    return Block("tags", (drawing.grid(),), tuple(facts))


def _account(sheet: Sheet, drawing: Drawing) -> list[Fact]:
    """会計, 款, 項, 目: as heads over a row of values, as pairs, or in one cell."""
    dice = sheet.dice
    parts = ("会計", "款", "項", "目")
    values = (dice.choice(("01", "一般")), *(f"{sheet.values.randint(1, 14):02}" for _ in range(3)))
    form = dice.choice(("rows", "pairs", "cell"))
    if form == "rows":
        drawing.row((30, part, "hc") for part in parts)
        drawing.row((30, value, "c") for value in values)
    elif form == "pairs":
        drawing.row(
            (15, text, "hc" if at % 2 == 0 else "c")
            for at, text in enumerate(x for p in zip(parts, values, strict=True) for x in p)
        )
    else:
        drawing.row(((40, "予算科目", "hc"), (80, "-".join(values), "")))
        return [sheet.fact(field="passage", name="予算科目", text="-".join(values), also=True)]
    return [
        sheet.fact(field="passage", name=part, text=value, also=True) for part, value in zip(parts, values, strict=True)
    ]
