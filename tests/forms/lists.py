"""Tables of many subjects: indicators of a plan, reform items, budgets, lists of evaluations, and tables of none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.forms.indicators import block_years
from tests.forms.judgements import DIRECTIONS
from tests.forms.model import Align, Block, Drawing, Fact, Grid, Item, Line, shares
from tests.forms.sheet import Counted, Sheet, Years, wide
from tests.forms.words import CITIES, FIELDS, SECTIONS, distinct, prose

Grouping = Literal["merged", "repeated", "headings", "group rows"]
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
POLICY = ("政策", "基本目標", "分野", "基本方針", "大項目", "プロジェクト名", "政策分野")
MEASURE = ("施策", "施策名", "取組", "取組項目", "個別施策", "中項目")
ITEM = ("取組項目", "取組名", "個別施策", "事業名", "項目名", "実施事業")
ORG = ("担当課", "所管課", "主管課", "担当部署", "所属")
GRADE = ("評価", "達成状況", "進捗状況", "達成度", "進捗区分", "判定")


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its heads from the top down (`^`: the head left of it goes on over it), its share of the width."""

    texts: tuple[str, ...]
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: its group, its subject, then a text for each other column. `subject` is merged over its rows."""

    group: str
    subject: str
    org: str
    cells: tuple[str, ...]


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


def _tables(
    sheet: Sheet, group: str, subject: str, org: str, heads: Sequence[Head], rows: Sequence[Row], grouping: Grouping
) -> tuple[Item, ...]:
    """The rows as one table, or one for each group under a heading."""
    groups = list(dict.fromkeys(row.group for row in rows))
    codes = {name: str(at + 1) for at, name in enumerate(groups)}
    if grouping == "headings":
        items: list[Item] = []
        pattern = sheet.dice.choice(("{label}{code}　{name}", "{code}　{name}", "【{label}{code}】{name}", "■{name}"))
        for name in groups:
            code = wide(codes[name]) if sheet.wide_digits else codes[name]
            items.append(Line(pattern.format(label=group, code=code, name=name), level=2))
            items.append(_table("", subject, org, heads, [row for row in rows if row.group == name], "repeated"))
        return tuple(items)
    return (_table(group, subject, org, heads, rows, grouping),)


def _table(group: str, subject: str, org: str, heads: Sequence[Head], rows: Sequence[Row], grouping: Grouping) -> Grid:
    storeys = max(len(head.texts) for head in heads)
    lead = [Head((group,), 2.2)] if group and grouping in ("merged", "repeated") else []
    lead.append(Head((subject,), 2.6))
    tail = [Head((org,), 1.6)] if org else []
    all_heads = [*lead, *heads, *tail]
    widths = shares([head.width for head in all_heads])
    cuts = [sum(widths[:n]) for n in range(len(widths) + 1)]
    drawing = Drawing()
    for n, head in enumerate(all_heads):
        for level, text in enumerate(head.texts):
            if text == "^":
                continue
            end = n + 1
            while (
                level + 1 < len(head.texts)
                and end < len(all_heads)
                and all_heads[end].texts[level : level + 1] == ("^",)
            ):
                end += 1
            deep = 1 if level + 1 < len(head.texts) else storeys - level
            drawing.put(cuts[n], cuts[end], text, rows=deep, head=True, align="center", row=level)
    drawing.at = storeys
    last_group = ""
    for at, row in enumerate(rows):
        if grouping == "group rows" and row.group != last_group:
            drawing.row(((120, row.group, "h"),))
        texts = [row.subject, *row.cells, *([row.org] if org else [])]
        if lead[0].texts == (group,) and group:
            texts.insert(0, row.group)
        opens = at == 0 or rows[at - 1].subject != row.subject
        spans = sum(1 for other in rows[at:] if other.subject == row.subject)
        new_group = row.group != last_group
        group_spans = sum(1 for other in rows[at:] if other.group == row.group)
        for n, text in enumerate(texts):
            is_group = len(texts) == len(all_heads) and n == 0 and len(lead) == 2
            is_subject = n == len(lead) - 1
            is_org = bool(org) and n == len(texts) - 1
            if is_group and grouping == "merged":
                if new_group:
                    drawing.put(cuts[n], cuts[n + 1], text, rows=group_spans)
                continue
            if is_subject or (is_org and spans > 1):
                if opens:
                    drawing.put(cuts[n], cuts[n + 1], text, rows=spans)
                continue
            if is_org and not opens:
                continue
            drawing.put(cuts[n], cuts[n + 1], text, align=all_heads[n].align)
        last_group = row.group
        drawing.at += 1
    return drawing.grid(storeys)


def _groups(sheet: Sheet, make: str, most: int) -> list[tuple[str, list[str]]]:
    """Groups with their subjects, all names apart from each other."""
    count = sheet.dice.randint(1, 3)
    groups = distinct(sheet.dice, "policy", count)
    taken = [*groups]
    found = []
    for name in groups:
        own = distinct(sheet.dice, make, sheet.dice.randint(1, most), taken)
        taken += own
        found.append((name, own))
    return found


def kpi(sheet: Sheet) -> Block:
    """Indicators of a plan: baseline, yearly actuals, target, grade and body."""
    dice = sheet.dice
    group, subject, org = dice.choice(POLICY), dice.choice(MEASURE), dice.choice(ORG)
    grouping: Grouping = dice.choice(("merged", "merged", "repeated", "headings", "group rows"))
    years = sheet.span(dice.randint(0, 3), 0)
    base, goal = years[0] - dice.randint(1, 2), sheet.year + dice.randint(1, 3)
    written = block_years(sheet, [base, *years, goal], with_role=True)
    form = dice.choice(("storeys", "fused", "in cells", "storeys"))
    unit_at = "number" if form == "in cells" else dice.choice(("name", "column", "bare column", "number"))
    word = {
        "baseline": dice.choice(("基準値", "策定時", "現状値", "計画策定時")),
        "actual": dice.choice(("実績値", "実績")),
        "target": dice.choice(("目標値", "目標", "最終目標")),
    }
    with_grade, grade = sheet.chance(0.7), dice.choice(GRADE)
    scale = dice.choice(("ABCD", "SABC", "◎○△×", "ＡＢＣ"))
    indicator = dice.choice(("指標名", "指標", "成果指標", "KPI", "重要業績評価指標（KPI）", "目標指標"))
    if form == "in cells":
        years = [sheet.year]
    columns = [("baseline", base), *(("actual", year) for year in years), ("target", goal)]
    heads = [Head((indicator,), 3.6)]
    heads += (
        [Head(("単位" if unit_at == "column" else "",), 1, "center")] if unit_at in ("column", "bare column") else []
    )
    for n, (role, year) in enumerate(columns):
        if form == "storeys":
            above = "^" if n and columns[n - 1][0] == role else word[role]
            heads.append(Head((above, written(year)), 1.5, "right"))
        elif form == "fused":
            heads.append(Head((dice.choice((f"{word[role]}\n（{written(year)}）",)),), 1.5, "right"))
        else:
            heads.append(Head((word[role],), 1.9, "right"))
    heads += [Head((grade,), 1, "center")] if with_grade else []
    rows: list[Row] = []
    facts: list[Fact] = []
    short = Years("letter", is_wide=False)
    for name, subjects in _groups(sheet, "policy", 3):
        facts.append(Fact("policy_name", "" if grouping in ("headings", "group rows") else group, text=name))
        for own in subjects:
            body = dice.choice(SECTIONS)
            facts.append(Fact("measure_name", subject, text=own, measure=name))
            facts.append(Fact("responsible_org", org, text=body, measure=own))
            count = dice.randint(1, 3)
            for _ in range(count):
                counted = sheet.counted()
                cells, said = _amounts(sheet, counted, columns, own, unit_at, short if form == "in cells" else None)
                facts += [Fact("indicator", counted.name, unit=counted.unit, measure=own), *said]
                shown = counted.name + (dice.choice(("（{}）",)).format(counted.unit) if unit_at == "name" else "")
                line = [shown, *([counted.unit] if unit_at in ("column", "bare column") else []), *cells]
                if with_grade:
                    mark = dice.choice(scale)
                    line.append(mark)
                    facts.append(Fact("grade", grade, value=mark, unit=counted.name, text=mark, measure=own))
                    if count == 1:
                        facts.append(Fact("grade", grade, value=mark, text=mark, measure=own, also=True))
                rows.append(Row(name, own, body, tuple(line)))
    items: list[Item] = [*_tables(sheet, group, subject, org, heads, rows, grouping)]
    if with_grade:
        legend = f"{grade}　" + "　".join(
            f"{m}：{w}" for m, w in zip(scale, ("目標を達成", "順調", "やや遅れ", "遅れ"), strict=False)
        )
        items.insert(dice.choice((0, len(items))), Line(legend))
        facts.append(Fact("passage", text=legend, also=True))
    return Block(f"KPI list: {form}, {grouping}", tuple(items), tuple(facts))


def _amounts(
    sheet: Sheet, counted: Counted, columns: Sequence[tuple[str, int]], own: str, unit_at: str, short: Years | None
) -> tuple[list[str], list[Fact]]:
    """The cells of an indicator under baseline, actual and target, and what they say."""
    dice = sheet.dice
    cells, facts = [], []
    amount = sheet.amount(counted)
    for role, year in columns:
        amount = sheet.near(counted, amount)
        if role != "target" and sheet.chance(0.06):
            cells.append(dice.choice(("-", "－", "―", "未集計", "調査なし")))
            continue
        text = sheet.shown(amount) + (counted.unit if unit_at == "number" else "")
        more = ""
        if role == "target" and sheet.chance(0.15):
            more = text = f"{text}{dice.choice(('以上', '以下') if not counted.decimals else ('以上',))}"
        if short is not None:
            text = f"{text}（{short(year)}）"
            more = text
        cells.append(text)
        kind: Literal["target", "actual"] = "target" if role == "target" else "actual"
        facts.append(Fact(kind, counted.name, year, amount, counted.unit, more, own, printed=text))
    return cells, facts


def reform(sheet: Sheet) -> Block:
    """Items of a reform or action plan: what is done, how far it is, what it saved."""
    dice = sheet.dice
    group, subject, org = dice.choice(POLICY), dice.choice(ITEM), dice.choice(ORG)
    grouping: Grouping = dice.choice(("merged", "repeated", "headings", "group rows"))
    what = dice.choice(("取組内容", "内容", "事業内容", "事業概要"))
    year = Years("era年度", is_wide=sheet.wide_digits)
    done = dice.choice(("実績", "取組実績", f"{year(sheet.year)}の取組実績", "実施状況"))
    issue = dice.choice(("", "課題", "課題・今後の取組"))
    grade = dice.choice(GRADE)
    two_years = sheet.chance(0.3)
    saved = sheet.chance(0.4)
    written = Years("era年度", is_wide=sheet.wide_digits)
    scale = dice.choice(("ABCD", "◎○△×"))
    heads = [Head((what,), 4), Head((done,), 4)]
    if two_years:
        heads += [
            Head((grade, written(sheet.year - 1)), 1.3, "center"),
            Head(("^", written(sheet.year)), 1.3, "center"),
        ]
    else:
        heads.append(Head((grade,), 1.2, "center"))
    heads += [Head(("効果額\n（千円）",), 1.4, "right")] if saved else []
    heads += [Head((issue,), 4)] if issue else []
    rows: list[Row] = []
    facts: list[Fact] = []
    for name, subjects in _groups(sheet, "project", 4):
        facts.append(Fact("policy_name", "" if grouping in ("headings", "group rows") else group, text=name))
        for own in subjects:
            body, first, second = dice.choice(SECTIONS), prose(dice, 2), prose(dice, 2)
            facts += [
                Fact("measure_name", subject, text=own, measure=name),
                Fact("responsible_org", org, text=body, measure=own),
                Fact("passage", what, text=first, measure=own),
                Fact("passage", done, text=second, measure=own),
            ]
            cells = [first, second]
            for judged in (sheet.year - 1, sheet.year) if two_years else (None,):
                mark = dice.choice(scale)
                cells.append(mark)
                facts.append(Fact("grade", grade, year=judged, value=mark, text=mark, measure=own))
            if saved:
                amount = dice.choice(("0", str(dice.randint(100, 30000))))
                cells.append(sheet.shown(amount))
                facts.append(Fact("cost", "効果額", value=amount, unit="千円", measure=own, printed=cells[-1]))
            if issue:
                text = prose(dice, 1)
                cells.append(text)
                facts.append(Fact("passage", issue, text=text, measure=own))
            rows.append(Row(name, own, body, tuple(cells)))
    items = _tables(sheet, group, subject, org, heads, rows, grouping)
    how = "grades by year" if two_years else "one grade"
    return Block(f"reform list: {how}, {grouping}", items, tuple(facts))


def budget(sheet: Sheet) -> Block:
    """Projects with budget, accounts and sources of funds; subtotals of the groups."""
    dice = sheet.dice
    group, subject, org = dice.choice(("款", "政策", "分野")), dice.choice(("事業名", "事務事業名")), dice.choice(ORG)
    grouping: Grouping = dice.choice(("headings", "group rows", "merged"))
    first, second = dice.choice((("予算現額", "決算額"), ("当初予算額", "決算額"), ("予算額", "決算額")))
    over = dice.choice(("決算額の財源内訳", "財源内訳"))
    sources = ("国・県支出金", "地方債", "その他", "一般財源")
    heads = [Head((first,), 1.5, "right"), Head((second,), 1.5, "right")]
    heads += [Head((over if n == 0 else "^", name), 1.4, "right") for n, name in enumerate(sources)]
    heads.append(Head(("事業の成果",), 5))
    rows: list[Row] = []
    facts: list[Fact] = []
    for name, subjects in _groups(sheet, "project", 4):
        facts.append(Fact("policy_name", "" if grouping in ("headings", "group rows") else group, text=name))
        for own in subjects:
            body, text = dice.choice(SECTIONS), prose(dice, 2)
            parts = [dice.choice((0, dice.randint(50, 9000))) for _ in sources]
            parts[-1] = max(1, parts[-1])
            spent = sum(parts)
            planned = spent + dice.randint(0, 900)
            facts += [
                Fact("measure_name", subject, text=own, measure=name),
                Fact("responsible_org", org, text=body, measure=own),
                Fact(
                    "cost",
                    first,
                    value=str(planned),
                    unit="千円",
                    text="予算",
                    measure=own,
                    printed=sheet.shown(str(planned)),
                ),
                Fact(
                    "cost",
                    second,
                    value=str(spent),
                    unit="千円",
                    text="決算",
                    measure=own,
                    printed=sheet.shown(str(spent)),
                ),
                Fact("passage", "事業の成果", text=text, measure=own),
            ]
            facts += [
                Fact("cost", source, value=str(part), unit="千円", text="決算", measure=own, labels=(over,),
                     printed=sheet.shown(str(part)))
                for source, part in zip(sources, parts, strict=True)
            ]  # fmt: skip
            amounts = [sheet.shown(str(amount)) for amount in (planned, spent, *parts)]
            rows.append(Row(name, own, body, (*amounts, text)))
    items = (Line("（単位：千円）"), *_tables(sheet, group, subject, org, heads, rows, grouping))
    return Block(f"budget list: {grouping}", items, tuple(facts))


def evaluations(sheet: Sheet) -> Block:
    """Projects with an indicator, graded viewpoints, a direction and its reason."""
    dice = sheet.dice
    subject, org = dice.choice(("事業名", "事務事業名", "事業名称")), dice.choice(ORG)
    over = dice.choice(("評価の視点", "評価", "項目別評価"))
    views = dice.sample(("必要性", "効率性", "有効性", "公平性", "妥当性"), 3)
    ahead = dice.choice(("方向性", "今後の方向性"))
    why = dice.choice(("評価の理由", "理由", "判断理由"))
    words = dice.choice(DIRECTIONS)
    scale = dice.choice(("ABC", "1234"))
    heads = [Head((over if n == 0 else "^", view), 1.2, "center") for n, view in enumerate(views)]
    heads += [Head((ahead,), 1.8, "center"), Head((why,), 5)]
    rows: list[Row] = []
    facts: list[Fact] = []
    for _, subjects in _groups(sheet, "project", 5):
        for own in subjects:
            body, chosen, text = dice.choice(SECTIONS), dice.choice(words), prose(dice, 1)
            marks = [dice.choice(scale) for _ in views]
            facts += [Fact("measure_name", subject, text=own), Fact("responsible_org", org, text=body, measure=own)]
            facts += [
                Fact("grade", view, value=mark, text=mark, measure=own, labels=(f"({over})",))
                for view, mark in zip(views, marks, strict=True)
            ]
            facts += [
                Fact("direction", ahead, text=chosen, measure=own),
                Fact("passage", why, text=text, measure=own),
            ]
            rows.append(Row("", own, body, (*marks, chosen, text)))
    grid = _table("", subject, org, heads, rows, "repeated")
    return Block("evaluation list", (grid,), tuple(facts))


# --- Tables that evaluate nothing


def shops(sheet: Sheet) -> Block:
    """Shops of a street: what they sell and when they close."""
    dice = sheet.dice
    drawing = Drawing()
    drawing.row(((12, "番号", "hc"), (40, "店名", "hc"), (40, "所在地", "hc"), (28, "電話番号", "hc")))
    for at in range(dice.randint(4, 9)):
        name = f"{dice.choice(FIELDS)}{dice.choice(('屋', '堂', '商店', '食堂'))}"
        drawing.row(
            (
                (12, str(at + 1), "c"),
                (40, name, ""),
                (40, f"浜町{dice.randint(1, 9)}-{dice.randint(1, 30)}", ""),
                (28, f"0120-{dice.randint(10, 99)}-{dice.randint(1000, 9999)}", ""),
            )
        )
    return Block("nothing: shops", (Line("加盟店一覧", level=1), drawing.grid(1)))


def votes(sheet: Sheet) -> Block:
    """Votes for candidates."""
    dice = sheet.dice
    drawing = Drawing()
    drawing.row(((50, "候補者氏名", "hc"), (40, "党派", "hc"), (30, "得票数", "hc")))
    for name in dice.sample(
        ("港 太郎", "磯野 はまこ", "灯 一郎", "波多野 渚", "帆足 岬", "沖 みなと"), dice.randint(3, 6)
    ):
        drawing.row(
            (
                (50, name, ""),
                (40, dice.choice(("無所属", "みなとの会")), "c"),
                (30, sheet.shown(str(dice.randint(100, 20000))), "r"),
            )
        )
    drawing.row(((90, "計", "c"), (30, sheet.shown(str(dice.randint(20000, 60000))), "r")))
    return Block("nothing: votes", (Line("開票結果", level=1), drawing.grid(1)))


def children(sheet: Sheet) -> Block:
    """How many children of each age a nursery takes."""
    dice = sheet.dice
    ages = ("0歳児", "1歳児", "2歳児", "3歳児", "4歳児", "5歳児")
    drawing = Drawing()
    widths = shares([3, *[1.0] * len(ages)])
    drawing.row((w, text, "hc") for w, text in zip(widths, ["保育所名", *ages], strict=True))
    for _ in range(dice.randint(3, 7)):
        cells = [f"{dice.choice(FIELDS)}保育所", *(str(dice.randint(0, 20)) for _ in ages)]
        drawing.row((w, text, "r" if n else "") for n, (w, text) in enumerate(zip(widths, cells, strict=True)))
    return Block("nothing: children", (Line("保育所別の受入可能人数", level=1), drawing.grid(1)))


def timetable(sheet: Sheet) -> Block:
    """When a bus leaves."""
    dice = sheet.dice
    stops = dice.sample(FIELDS, 5)
    drawing = Drawing()
    drawing.row((24, f"{stop}前", "hc") for stop in stops)
    for hour in range(7, 7 + dice.randint(3, 8)):
        drawing.row((24, f"{hour}:{dice.randint(0, 59):02}", "c") for _ in stops)
    return Block("nothing: timetable", (Line(f"{dice.choice(FIELDS)}バス時刻表", level=1), drawing.grid(1)))


KINDS: tuple[Callable[[Sheet], Block], ...] = (kpi, kpi, kpi, reform, reform, budget, evaluations)
NOTHING: tuple[Callable[[Sheet], Block], ...] = (shops, votes, children, timetable)
