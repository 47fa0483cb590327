"""Lists of projects and items: reform plans, accounts, evaluations."""

from __future__ import annotations

from tests.forms.judgements import DIRECTIONS
from tests.forms.model import Block, Fact, Line
from tests.forms.sheet import Sheet, Years
from tests.forms.tables import (
    ITEM,
    ORG,
    Grouping,
    Head,
    Row,
    groups,
    laid_out,
    ranks_of,
    some_bodies,
    strange,
    table,
)
from tests.forms.words import FIELDS, SECTIONS, prose

SCALES: tuple[tuple[str, ...], ...] = (
    (*"ABCD",), (*"◎○△×",), (*"◎○△×",), ("順調", "概ね順調", "遅れ"), ("実施", "一部実施", "検討中", "未実施"),
    ("達成", "一部達成", "未達成"), (*"SABC",),
)  # fmt: skip
GRADE = ("評価", "達成状況", "進捗状況", "達成度", "進捗区分", "判定")


def reform(sheet: Sheet) -> Block:
    """Items of a reform or action plan: what is done, how far it is, what it saved."""
    dice = sheet.dice
    (group, subject), org = ranks_of(sheet, ITEM), dice.choice(ORG)
    grouping: Grouping = dice.choice(("merged", "repeated", "headings", "group rows"))
    what = dice.choice(("取組内容", "内容", "事業内容", "事業概要"))
    year = Years("era年度", is_wide=sheet.wide_digits)
    done = dice.choice(("実績", "取組実績", f"{year(sheet.year)}の取組実績", "実施状況"))
    planned = sheet.chance(0.25)
    ahead = [sheet.year + n for n in (-1, 0, 1)]
    issue = dice.choice(("", "課題", "課題・今後の取組"))
    grade = dice.choice(GRADE)
    two_years = sheet.chance(0.3)
    saved = sheet.chance(0.4)
    written = Years("era年度", is_wide=sheet.wide_digits)
    scale = dice.choice(SCALES)
    heads = [Head((what,), 4), Head((done,), 4)]
    judges = ("自己評価", dice.choice(("外部評価", "委員会評価"))) if not two_years and sheet.chance(0.2) else ()
    if judges:
        heads += [Head((judge,), 1.2, "center") for judge in judges]
    elif two_years:
        heads += [
            Head((grade, written(sheet.year - 1)), 1.3, "center"),
            Head(("^", written(sheet.year)), 1.3, "center"),
        ]
    else:
        heads.append(Head((grade,), 1.2, "center"))
    heads[1:1] = [
        Head(("年次計画" if n == 0 else "^", written(year)), 1.1, "center")
        for n, year in enumerate(ahead if planned else ())
    ]
    heads += [Head(("効果額\n（千円）",), 1.4, "right")] if saved else []
    heads += [Head((issue,), 4)] if issue else []
    rows: list[Row] = []
    facts: list[Fact] = []
    for name, subjects in groups(sheet, "project", 4):
        facts.append(Fact("policy_name", "" if grouping in ("headings", "group rows") else group, text=name))
        for own in subjects:
            (body, bodies), first, second = some_bodies(sheet), prose(dice, 2), prose(dice, 2)
            facts += [
                Fact("measure_name", subject, text=own, measure=name),
                *(Fact("responsible_org", org, text=each, measure=own) for each in bodies),
                Fact("passage", what, text=first, measure=own),
                Fact("passage", done, text=second, measure=own),
            ]
            steps = [dice.choice(("検討", "実施", "→", "継続")) for _ in ahead] if planned else []
            facts += [
                Fact("passage", "年次計画", year, text=step, measure=own, also=True)
                for year, step in zip(ahead, steps, strict=False)
            ]
            cells = [first, *steps, second]
            for judged in (sheet.year - 1, sheet.year) if two_years else (None,) * max(1, len(judges)):
                mark = dice.choice(scale)
                cells.append(mark)
                named = judges[len(cells) - len(steps) - 3] if judges else grade
                facts.append(Fact("grade", named, year=judged, value=mark, text=mark, measure=own))
            if saved:
                amount = dice.choice(("0", str(dice.randint(100, 30000))))
                cells.append(sheet.shown(amount))
                facts.append(Fact("cost", "効果額", value=amount, unit="千円", measure=own, printed=cells[-1]))
            if issue:
                text = prose(dice, 1)
                cells.append(text)
                facts.append(Fact("passage", issue, text=text, measure=own))
            rows.append(Row(name, own, body, tuple(cells)))
    if sheet.chance(0.25):
        heads, rows, more = strange(sheet, heads, rows)
        facts += more
    items = laid_out(sheet, group, subject, org, heads, rows, grouping)
    how = "grades by year" if two_years else "two judges" if judges else "one grade"
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
    summed = sheet.chance(0.35)
    for name, subjects in groups(sheet, "project", 4):
        facts.append(Fact("policy_name", "" if grouping in ("headings", "group rows") else group, text=name))
        sums = [0] * (2 + len(sources))
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
            sums = [each + amount for each, amount in zip(sums, (planned, spent, *parts), strict=True)]
        if summed:
            shown = [sheet.shown(str(amount)) for amount in sums]
            rows.append(Row(name, "小計", "－", (*shown, "－")))
            facts += [
                Fact("cost", "小計", value=str(amount), unit="千円", text="予算" if n == 0 else "決算", measure=name,
                     labels=(label,), also=True, printed=sheet.shown(str(amount)))
                for n, (label, amount) in enumerate(zip((first, second, *sources), sums, strict=True))
            ]  # fmt: skip
            facts += [
                Fact("cost", label, value=str(amount), unit="千円", text="予算" if n == 0 else "決算", measure=name,
                     also=True, printed=sheet.shown(str(amount)))
                for n, (label, amount) in enumerate(zip((first, second, *sources), sums, strict=True))
            ]  # fmt: skip
    items = (Line("（単位：千円）"), *laid_out(sheet, group, subject, org, heads, rows, grouping))
    return Block(f"budget list: {grouping}{', subtotals' if summed else ''}", items, tuple(facts))


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
    for _, subjects in groups(sheet, "project", 5):
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
    grid = table("", subject, org, heads, rows, "repeated", numbered=sheet.chance(0.5))
    return Block("evaluation list", (grid,), tuple(facts))


def facilities(sheet: Sheet) -> Block:
    """Facilities, who runs them, who answers for them, and one grade each."""
    dice = sheet.dice
    runner, org = dice.choice(("指定管理者", "指定管理者名", "管理者")), dice.choice(("所管課", "担当課"))
    grade = dice.choice(("総合評価", "評価", "評価結果"))
    scale = dice.choice(("SABC", "ABCD", "ＡＢＣ"))
    heads = [Head((runner,), 3), Head((grade,), 1.2, "center")]
    rows: list[Row] = []
    facts: list[Fact] = []
    for own in (f"{name}センター" for name in dice.sample(FIELDS, dice.randint(3, 8))):
        body, company = dice.choice(SECTIONS), f"（公財）{dice.choice(FIELDS)}振興公社"
        mark = dice.choice(scale)
        facts += [
            Fact("measure_name", "施設名", text=own),
            Fact("participating_org", runner, text=company, measure=own, also=True),
            Fact("responsible_org", org, text=body, measure=own),
            Fact("grade", grade, value=mark, text=mark, measure=own),
        ]
        rows.append(Row("", own, body, (company, mark)))
    grid = table("", "施設名", org, heads, rows, "repeated", numbered=sheet.chance(0.4))
    return Block("facility list", (grid,), tuple(facts))
