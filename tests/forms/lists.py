"""Tables of indicators: baseline, yearly actuals, targets, grades and bodies under every kind of head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.forms import items
from tests.forms.indicators import block_years
from tests.forms.items import GRADE
from tests.forms.model import Block, Drawing, Fact, Item, Line, shares
from tests.forms.sheet import Counted, Sheet, Years, wide
from tests.forms.tables import (
    MEASURE,
    ORG,
    POLICY,
    Grouping,
    Head,
    Row,
    groups,
    laid_out,
    ranks_of,
    some_bodies,
    strange,
)
from tests.forms.words import CITIES, SECTIONS, distinct

PLANS = (
    "総合計画",
    "総合戦略",
    "地域福祉計画",
    "産業振興計画",
    "行政改革大綱",
    "環境基本計画",
    "子ども計画",
    "男女共同参画計画",
)
INDICATOR = ("指標名", "指標", "成果指標", "KPI", "重要業績評価指標（KPI）", "目標指標", "評価指標", "指標内容")
SCALES: tuple[tuple[str, ...], ...] = (
    (*"ABCD",), (*"SABC",), (*"◎○△×",), (*"ＡＢＣ",), (*"ABC-",), (*"12345",), ("Ⅰ", "Ⅱ", "Ⅲ"), ("A", "B+", "B", "C"),
    ("順調", "おおむね順調", "やや遅れ", "遅れ"), ("達成", "一部達成", "未達成"), ("完了", "取組中", "未着手"),
    ("計画どおり", "一部遅れ", "遅れている"), ("☆☆☆", "☆☆", "☆"),
)  # fmt: skip
ABSENT = ("-", "－", "―", "未集計", "調査なし", "集計中", "隔年調査", "未実施")
GOALS = ("target", "middle")
ARROWS = ("↗", "→", "↘")


def heading(sheet: Sheet) -> Block:
    """The title of a list, with the year that it is of."""
    dice = sheet.dice
    year = Years("era年度", first=True, is_wide=sheet.wide_digits)(sheet.year)
    kind = dice.choice(("進捗状況一覧", "成果指標一覧", "進捗管理表", "実施状況"))
    name = f"第{dice.randint(2, 6)}次{dice.choice(PLANS)}　{kind}"
    text = dice.choice((f"{name}（{year}実績）", f"{year}　{name}", f"{name}（{year}末現在）", f"{name}（{year}）"))
    facts = [Fact("document_fiscal_year", value=str(sheet.year), text=year, printed=year)]
    if sheet.chance(0.3):
        city, code = dice.choice(CITIES)
        text = f"{city}{text}"
        facts.append(Fact("municipality_code", value=code, text=city, printed=city))
    return Block("list title", (Line(text, level=1),), tuple(facts))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list of indicators; a year where its head or its cells tell one."""

    kind: str
    year: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """How a list writes its heads, units and years in cells; whether the form is one of storeys."""

    unit: str
    in_cells: Years | None
    own_years: Years | None
    scale: tuple[str, ...]
    grade: str


def kpi(sheet: Sheet) -> Block:
    """One storey or two; the year in the head, in the cell, or in a column of its own."""
    dice = sheet.dice
    form = dice.choice(("storeys", "storeys", "fused", "in cells", "own columns"))
    years = [sheet.year] if form in ("in cells", "own columns") else sheet.span(dice.randint(0, 3), 0)
    base, goal = years[0] - dice.randint(1, 2), sheet.year + dice.randint(1, 3)
    columns = [Column("baseline", base), *(Column("actual", year) for year in years), Column("target", goal)]
    if form in ("storeys", "fused") and sheet.chance(0.25):
        columns.insert(-1, Column("middle", goal - 1 if goal - 1 > sheet.year else goal + 2))
    if form == "storeys" and sheet.chance(0.2):
        # Years to come, whose cells are empty yet.
        at = max(n for n, column in enumerate(columns) if column.kind == "actual") + 1
        columns[at:at] = [Column("actual", sheet.year + n) for n in range(1, dice.randint(2, 3))]
    order = dice.random()
    if order < 0.15:
        columns = [columns[0], columns[-1], *columns[1:-1]]
    elif order < 0.25:
        columns = columns[1:]
    written = block_years(sheet, [column.year for column in columns], with_role=True)
    word = {
        "baseline": dice.choice(("基準値", "策定時", "現状値", "計画策定時", "当初値")),
        "actual": dice.choice(("実績値", "実績")),
        "target": dice.choice(("目標値", "目標", "最終目標", "目標数値")),
        "middle": dice.choice(("中間目標", "中間目標値")),
    }
    fused = dice.choice(("{word}\n（{year}）", "{year}\n（{word}）", "{year}{word}", "{word}（{year}）"))
    heads: list[Head] = []
    for n, column in enumerate(columns):
        role = word[column.kind]
        if form == "storeys":
            heads.append(
                Head(("^" if n and columns[n - 1].kind == column.kind else role, written(column.year)), 1.5, "right")
            )
        elif form == "fused":
            heads.append(Head((fused.format(word=role, year=written(column.year)),), 1.6, "right"))
        elif form == "own columns":
            label = {"baseline": "基準年度", "actual": "実績年度", "target": "目標年度"}[column.kind]
            heads += [Head((label,), 1.4, "center"), Head((role,), 1.6, "right")]
        else:
            heads.append(Head((role,), 1.9, "right"))
    short = Years("letter", is_wide=False)
    look = _look(
        sheet,
        in_cells=short if form == "in cells" else None,
        own_years=written if form == "own columns" else None,
    )
    return _drawn(sheet, f"KPI list: {form}", columns, heads, look)


def bare(sheet: Sheet) -> Block:
    """Indicators of nobody: a table without subjects, or one under each heading, whose subject it is."""
    dice = sheet.dice
    base, goal = sheet.year - dice.randint(0, 3), sheet.year + dice.randint(1, 5)
    columns = [Column("baseline", base), Column("target", goal)]
    written = block_years(sheet, [base, goal], with_role=True)
    now, aim = dice.choice((("現状値", "目標値"), ("基準値", "目標値"), ("現状", "目標"), ("当初値", "目標数値")))
    heads = [
        dice.choice(INDICATOR),
        "単位",
        f"{now}\n（{written(base)}）",
        f"{aim}\n（{written(goal)}）",
        dice.choice(ORG),
    ]
    look = Look("column", None, None, (), "")
    under = sheet.chance(0.6)
    label = dice.choice(POLICY)
    printed: list[Item] = []
    facts: list[Fact] = []
    for at, name in enumerate(distinct(dice, "policy", dice.randint(2, 4) if under else 1), 1):
        own = name if under else ""
        drawing = Drawing()
        widths = shares([4, 1, 1.6, 1.6, 1.8])
        drawing.row((w, text, "hc") for w, text in zip(widths, heads, strict=True))
        for _ in range(dice.randint(1, 4)):
            counted = sheet.counted()
            cells, said = _amounts(sheet, counted, columns, own, look)
            facts += [Fact("indicator", counted.name, unit=counted.unit, measure=own), *said]
            body = dice.choice(SECTIONS)
            facts += [Fact("responsible_org", heads[-1], text=body, measure=own, also=True)]
            texts = (counted.name, counted.unit, *cells, body)
            drawing.row(zip(widths, texts, ("", "c", "r", "r", ""), strict=True))
        if under:
            facts.append(Fact("measure_name", label, text=name))
            number = wide(str(at)) if sheet.wide_digits else str(at)
            printed.append(Line(f"{label}{number}　{name}", level=2))
        printed.append(drawing.grid(1))
    return Block(f"KPI list: {'under headings' if under else 'without subjects'}", tuple(printed), tuple(facts))


def by_year(sheet: Sheet) -> Block:
    """Under each year a target, an actual, their ratio and a grade."""
    dice = sheet.dice
    years = sheet.span(dice.randint(0, 2), 0)
    with_ratio, with_grade = sheet.chance(0.5), sheet.chance(0.6)
    written = block_years(sheet, [years[0] - 1, *years])
    columns, heads = [], []
    if sheet.chance(0.6):
        columns.append(Column("baseline", years[0] - 1))
        heads.append(
            Head(
                (f"{dice.choice(('基準値', '現状値'))}\n（{written(years[0] - 1)}）".replace("\n（\n", "\n"),),
                1.7,
                "right",
            )
        )
        if written.form == "both":
            heads[-1] = Head((f"基準値\n{written(years[0] - 1)}",), 1.7, "right")
    for year in years:
        kinds = ["target", "actual", *(["ratio"] if with_ratio else []), *(["grade"] if with_grade else [])]
        names = {"target": "目標", "actual": "実績", "ratio": "達成率", "grade": "評価"}
        for n, kind in enumerate(kinds):
            columns.append(Column(kind, year))
            heads.append(
                Head((written(year) if n == 0 else "^", names[kind]), 1.4, "center" if kind == "grade" else "right")
            )
    look = _look(sheet, in_cells=None, own_years=None, grade="" if with_grade else None)
    return _drawn(sheet, "KPI list: by year", columns, heads, look)


def row_pairs(sheet: Sheet) -> Block:
    """Each indicator in two rows, its targets and its actuals, years across."""
    dice = sheet.dice
    (group, subject), org = ranks_of(sheet, MEASURE), dice.choice(ORG)
    grouping: Grouping = dice.choice(("merged", "headings", "group rows"))
    years = sheet.span(dice.randint(1, 3), dice.randint(0, 1))
    written = block_years(sheet, years)
    plan, done, role = dice.choice(
        (("目標", "実績", "target"), ("計画", "実績", "target"), ("見込量", "実績値", "expected"))
    )
    with_unit = sheet.chance(0.6)
    heads = [Head((dice.choice(INDICATOR),), 3.4), *([Head(("単位",), 1, "center")] if with_unit else [])]
    heads += [
        Head((dice.choice(("区分", "")),), 1.2, "center"),
        *(Head((written(year),), 1.4, "right") for year in years),
    ]
    rows: list[Row] = []
    facts: list[Fact] = []
    for name, subjects in groups(sheet, "policy", 2):
        facts.append(Fact("policy_name", "" if grouping != "merged" else group, text=name))
        for own in subjects:
            body = dice.choice(SECTIONS)
            facts += [
                Fact("measure_name", subject, text=own, measure=name),
                Fact("responsible_org", org, text=body, measure=own),
            ]
            for _ in range(dice.randint(1, 3)):
                counted = sheet.counted()
                shown = counted.name if with_unit else f"{counted.name}（{counted.unit}）"
                lead = (shown, *([counted.unit] if with_unit else []))
                facts.append(Fact("indicator", counted.name, unit=counted.unit, measure=own))
                amount = sheet.amount(counted)
                for n, (word, kind) in enumerate(((plan, role), (done, "actual"))):
                    cells = []
                    for year in years:
                        amount = sheet.near(counted, amount)
                        if kind == "actual" and year > sheet.year:
                            cells.append("－")
                            continue
                        cells.append(sheet.shown(amount))
                        facts.append(
                            Fact(kind, counted.name, year, amount, counted.unit, measure=own, printed=cells[-1])  # type: ignore[arg-type]
                        )
                    rows.append(Row(name, own, body, (*lead, word, *cells), lead=len(lead), over=2 if n == 0 else 0))
    printed = laid_out(sheet, group, subject, org, heads, rows, grouping)
    return Block(f"KPI list: pairs of rows, {grouping}", tuple(printed), tuple(facts))


def _look(sheet: Sheet, *, in_cells: Years | None, own_years: Years | None, grade: str | None = None) -> Look:
    dice = sheet.dice
    unit = "number" if in_cells else dice.choice(("name", "column", "bare column", "number"))
    drawn = dice.choice(GRADE) if sheet.chance(0.65) else ""
    return Look(unit, in_cells, own_years, dice.choice(SCALES), drawn if grade is None else grade)


def _drawn(sheet: Sheet, kind: str, columns: Sequence[Column], heads: Sequence[Head], look: Look) -> Block:
    """The list with its lead and tail columns: unit, change, grade; its rows and facts."""
    dice = sheet.dice
    (group, subject), org = ranks_of(sheet, MEASURE), dice.choice(ORG)
    grouping: Grouping = dice.choice(("merged", "merged", "repeated", "headings", "group rows"))
    with_unit = look.unit in ("column", "bare column")
    unit_head = [Head(("単位" if look.unit == "column" else "",), 1, "center")] if with_unit else []
    arrows = dice.choice(("前年度比", "推移", "動向", "性質")) if sheet.chance(0.15) else ""
    all_heads = [Head((dice.choice(INDICATOR),), 3.6), *unit_head, *heads]
    all_heads += [Head((arrows,), 1.2, "center")] if arrows else []
    all_heads += [Head((look.grade,), 1.2, "center")] if look.grade else []
    rows: list[Row] = []
    facts: list[Fact] = []
    named = "" if grouping in ("headings", "group rows") else group
    for name, subjects in groups(sheet, "policy", 3):
        facts.append(Fact("policy_name", named, text=name))
        for own in subjects:
            body, bodies = some_bodies(sheet)
            facts.append(Fact("measure_name", subject, text=own, measure=name))
            facts += [Fact("responsible_org", org, text=each, measure=own) for each in bodies]
            count = dice.randint(1, 3)
            for _ in range(count):
                counted = sheet.counted()
                cells, said = _amounts(sheet, counted, columns, own, look)
                facts += [Fact("indicator", counted.name, unit=counted.unit, measure=own), *said]
                shown = f"{counted.name}（{counted.unit}）" if look.unit == "name" else counted.name
                line = [shown, *([counted.unit] if with_unit else []), *cells]
                if arrows:
                    line.append(dice.choice(ARROWS))
                    facts.append(
                        Fact("grade", arrows, value=line[-1], unit=counted.name, text=line[-1], measure=own, also=True)
                    )
                if look.grade:
                    line.append(dice.choice(look.scale))
                    facts += _graded(look.grade, line[-1], counted, own, alone=count == 1)
                rows.append(Row(name, own, body, tuple(line)))
    if sheet.chance(0.2):
        all_heads, rows, more = strange(sheet, all_heads, rows)
        facts += more
    printed: list[Item] = [*laid_out(sheet, group, subject, org, all_heads, rows, grouping)]
    if look.grade and sheet.chance(0.2):
        legend, more = _legend(sheet, look)
        printed += legend
        facts += more
    elif look.grade and sheet.chance(0.7):
        words = ("目標を達成", "順調", "やや遅れ", "遅れ")
        meaning = f"{look.grade}　" + "　".join(f"{m}：{w}" for m, w in zip(look.scale, words, strict=False))
        printed.insert(dice.choice((0, len(printed))), Line(meaning))
        facts.append(Fact("passage", text=meaning, also=True))
    return Block(f"{kind}, {grouping}", tuple(printed), tuple(facts))


def _legend(sheet: Sheet, look: Look) -> tuple[list[Item], list[Fact]]:
    """What the grades mean, as a table; how many indicators got each, as another, on some."""
    dice = sheet.dice
    bounds = (
        "目標値以上（100%以上）",
        "おおむね目標どおり（80%以上100%未満）",
        "要改善（50%以上80%未満）",
        "要大幅改善（50%未満）",
    )
    heads = dice.choice((("評価区分", "基準"), ("区分", "内容"), ("評価", "説明"), ("評価指標", "詳細")))
    drawing = Drawing()
    drawing.row(((30, heads[0], "hc"), (90, heads[1], "hc")))
    facts: list[Fact] = []
    for mark, bound in zip(look.scale, bounds, strict=False):
        drawing.row(((30, mark, "c"), (90, bound, "")))
        facts.append(Fact("passage", text=bound, also=True))
    printed: list[Item] = [drawing.grid(1)]
    if sheet.chance(0.4):
        counts = Drawing()
        widths = shares([2.0, *[1.0] * (len(look.scale) + 1)])
        numbers = [dice.randint(0, 20) for _ in look.scale]
        counts.row((w, text, "hc") for w, text in zip(widths, (look.grade, *look.scale, "合計"), strict=True))
        cells = ("件数", *map(str, numbers), str(sum(numbers)))
        counts.row((w, text, "c") for w, text in zip(widths, cells, strict=True))
        printed.append(counts.grid(1))
    return printed, facts


def _graded(name: str, mark: str, counted: Counted, own: str, *, alone: bool, year: int | None = None) -> list[Fact]:
    """The grade of an indicator; that of its measure too where it has no other. A stroke may be one or none."""
    stroke = mark == "-"
    facts = [Fact("grade", name, year, mark, counted.name, mark, own, also=stroke)]
    if alone:
        facts.append(Fact("grade", name, year, mark, text=mark, measure=own, also=True))
    return facts


def _amounts(
    sheet: Sheet, counted: Counted, columns: Sequence[Column], own: str, look: Look
) -> tuple[list[str], list[Fact]]:
    """The cells of an indicator, and what they say."""
    dice = sheet.dice
    cells: list[str] = []
    facts: list[Fact] = []
    amount = sheet.amount(counted)
    said: dict[tuple[str, int], str] = {}
    for column in columns:
        if column.kind == "ratio":
            target, actual = said.get(("target", column.year)), said.get(("actual", column.year))
            ratio = f"{100 * float(actual) / float(target):.1f}" if target and actual and float(target) > 0 else ""
            cells.append(f"{ratio}%" if ratio else "－")
            if ratio:
                facts.append(
                    Fact("actual", "達成率", column.year, ratio, "%", measure=own, labels=(counted.name,), also=True)
                )
            continue
        if column.kind == "grade":
            cells.append(dice.choice(look.scale))
            facts += _graded("評価", cells[-1], counted, own, alone=False, year=column.year)
            continue
        amount = sheet.near(counted, amount)
        if look.own_years:
            cells.append(look.own_years(column.year))
        if column.kind == "actual" and column.year > sheet.year:
            cells.append("")
            continue
        if column.kind not in GOALS and sheet.chance(0.06):
            cells.append(dice.choice(ABSENT))
            continue
        role: Literal["target", "actual"] = "target" if column.kind in GOALS else "actual"
        if not look.in_cells and sheet.chance(0.02):
            cells.append(sheet.odd(counted, amount))
            facts.append(Fact(role, counted.name, column.year, "", counted.unit, cells[-1], own, also=True))
            continue
        said[column.kind, column.year] = amount
        text, more = _print(sheet, counted, column, amount, look)
        cells.append(text)
        facts.append(Fact(role, counted.name, column.year, amount, counted.unit, more, own, printed=text))
    return cells, facts


def _print(sheet: Sheet, counted: Counted, column: Column, amount: str, look: Look) -> tuple[str, str]:
    """The print of an amount, and that print again where it is more than a number."""
    dice = sheet.dice
    text = sheet.shown(amount) + (counted.unit if look.unit == "number" else "")
    more = ""
    if column.kind == "target" and sheet.chance(0.15):
        more = text = f"{text}{dice.choice(('以上', '以下', '未満'))}"
    elif column.kind == "target" and counted.unit == "回" and look.unit == "number" and sheet.chance(0.3):
        more = text = f"年{text}"
    elif sheet.chance(0.03):
        more = text = f"約{text}"
    if look.in_cells:
        more = text = f"{text}{dice.choice(('（{}）',)).format(look.in_cells(column.year))}"
    return text, more


KINDS: tuple[Callable[[Sheet], Block], ...] = (
    kpi, kpi, kpi, by_year, row_pairs, bare, items.reform, items.reform, items.budget, items.evaluations,
    items.facilities,
)  # fmt: skip
