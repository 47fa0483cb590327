"""Blocks of costs: items over years, sources of funds, staff, totals; units over, in or beside the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.forms.indicators import block_years
from tests.forms.model import Block, Drawing, Fact, Item, Line, shares
from tests.forms.sheet import Sheet

SOURCES = (
    ("国庫支出金", "国支出金"), ("県支出金", "都道府県支出金", "府支出金"), ("地方債", "市債"),
    ("受益者負担", "使用料・手数料"), ("その他", "その他特財", "その他財源"), ("一般財源",),
)  # fmt: skip
FUNDS = ("財源内訳", "財源", "内訳", "事業の財源内訳")
PROJECT = ("事業費", "事業費(A)", "直接事業費", "事業費計", "事業費合計")
STAFF = ("人件費", "人件費(B)", "人件費計(B)", "職員人件費")
TOTAL = ("総事業費", "総事業費(A+B)", "トータルコスト(A+B)", "トータルコスト", "フルコスト")
PEOPLE = (("職員数", "人"), ("従事人員", "人"), ("正職員", "人"), ("延べ業務時間", "時間"), ("投入人員", "人"))
UNITS = ("千円", "千円", "千円", "円")


@dataclass(slots=True)
class Row:
    """A row of costs: its label, the heading over it, its unit, year → plain digits."""

    name: str
    unit: str
    amounts: dict[int, str] = field(default_factory=dict)
    heading: str = ""


def _amount(sheet: Sheet, unit: str) -> int:
    amount = sheet.values.choice((0, sheet.values.randint(40, 900), sheet.values.randint(900, 60000)))
    return amount * (1000 if unit == "円" else 1) + (sheet.values.randint(1, 999) if unit == "円" and amount else 0)


def _rows(sheet: Sheet, years: Sequence[int], unit: str) -> list[Row]:
    """The project's costs by source, staff, and the totals that hold."""
    dice = sheet.dice
    sources = [Row(dice.choice(names), unit) for names in SOURCES if names[0] == "一般財源" or sheet.chance(0.7)]
    general = sources[-1]
    for row in sources:
        if row is not general and sheet.chance(0.15):
            continue  # a source that the project never had: printed, and empty
        for year in years:
            row.amounts[year] = str(_amount(sheet, unit))
    for year in years:
        general.amounts[year] = str(max(7, int(general.amounts[year])))
    project = Row(dice.choice(PROJECT), unit)
    for year in years:
        project.amounts[year] = str(sum(int(row.amounts.get(year, "0")) for row in sources))
    heading = dice.choice(FUNDS)
    with_sources = sheet.chance(0.8)
    if with_sources:
        for row in sources:
            row.heading = heading
    rows = [project, *sources] if sheet.chance(0.6) else [*sources, project]
    if not with_sources:
        part = Row(dice.choice(("うち一般財源", "（うち一般財源）")), unit)
        part.amounts = {
            year: str(max(1, int(int(project.amounts[year]) * sheet.values.uniform(0.2, 0.9)))) for year in years
        }
        rows = [project, part] if sheet.chance(0.4) else [project]
    if sheet.chance(0.7):
        staff = Row(dice.choice(STAFF), unit, {year: str(max(9, _amount(sheet, unit))) for year in years})
        rows += _people(sheet, years) if sheet.chance(0.5) else []
        rows.append(staff)
        if sheet.chance(0.8):
            total = {year: str(int(project.amounts[year]) + int(staff.amounts[year])) for year in years}
            rows.append(Row(dice.choice(TOTAL), unit, total))
            if sheet.chance(0.2):
                each = {year: str(int(total[year]) // sheet.values.randint(3, 400) + 1) for year in years}
                name, one = dice.choice(
                    (("単位当たりコスト", unit), ("市民１人当たりコスト", "円"), ("利用者1人当たりコスト", "円"))
                )
                rows.append(Row(name, one, each))
    return rows


def _people(sheet: Sheet, years: Sequence[int]) -> list[Row]:
    if sheet.chance(0.25):
        classes = sheet.dice.choice((("正規職員", "会計年度任用職員"), ("正職員", "嘱託職員"), ("正規", "臨時")))
        return [Row(name, "人", {year: f"{sheet.values.uniform(0.1, 9):.2f}" for year in years}) for name in classes]
    name, unit = sheet.dice.choice(PEOPLE)
    if unit == "人":
        return [Row(name, unit, {year: f"{sheet.values.uniform(0.1, 9):.2f}" for year in years})]
    return [Row(name, unit, {year: str(sheet.values.randint(20, 4000)) for year in years})]


def by_year(sheet: Sheet) -> Block:
    """Items down, years across; 決算 and 予算 in the heads, or the years alone."""
    dice = sheet.dice
    years = sheet.span(dice.randint(0, 2), dice.randint(0, 1))
    unit = dice.choice(UNITS)
    place = dice.choice(("caption", "caption", "corner", "column", "label", "number", "row", "head"))
    style = dice.choice(("fused", "below", "below", "storeys", "bare"))
    written = block_years(sheet, years, with_role=style != "bare")
    past, coming = dice.choice((("決算", "予算"), ("決算額", "予算額"), ("決算", "当初予算"), ("実績", "予算")))
    rows = _rows(sheet, years, unit)
    heads = [_head(written(year), past if year <= sheet.year else coming, style) for year in years]
    if place == "head":
        heads = [f"{head}{'' if style == 'below' else chr(10)}（{unit}）" for head in heads]
        style = "below" if style == "storeys" else style
    with_column = place == "column"
    widths = shares([12, 28, *([10] if with_column else []), *[60 / len(years)] * len(years)])
    corner = {"corner": f"事業費（単位：{unit}）"}.get(place, dice.choice(("区分", "項目", "", "年度")))
    drawing = Drawing()
    storeys = 2 if style == "storeys" else 1
    lead = widths[0] + widths[1]
    drawing.put(0, lead, corner, rows=storeys, head=True, align="center")
    if with_column:
        drawing.put(lead, lead + widths[2], "単位", rows=storeys, head=True, align="center")
        lead += widths[2]
    x = lead
    for year, head, width in zip(years, heads, widths[2 + with_column :], strict=True):
        drawing.put(x, x + width, written(year) if storeys == 2 else head, head=True, align="center")
        if storeys == 2:
            drawing.put(x, x + width, past if year <= sheet.year else coming, head=True, align="center", row=1)
        x += width
    drawing.at = storeys
    facts: list[Fact] = []
    blank = dice.choice(("", "-", "0"))
    grouped = [row for row in rows if row.heading]
    for row in rows:
        _stub(sheet, drawing, row, grouped, widths, unit, place)
        x = lead
        for year, width in zip(years, widths[2 + with_column :], strict=True):
            amount = row.amounts.get(year)
            # An empty source is blank, a stroke or a zero; a printed zero is said.
            text = blank if amount is None else sheet.shown(amount) + (row.unit if place == "number" else "")
            drawing.put(x, x + width, text, align="right")
            x += width
            if amount is not None or text == "0":
                facts.append(
                    sheet.fact(
                        field="cost", name=row.name, labels=(row.heading,) if row.heading else (), year=year,
                        value=amount or "0", unit=row.unit, also=amount is None, printed=text,
                        text="" if style == "bare" else past if year <= sheet.year else coming,
                    )
                )  # fmt: skip
        drawing.at += 1
    items: tuple[Item, ...] = (drawing.grid(storeys),)
    if place == "caption":
        caption = dice.choice((f"（単位：{unit}）", f"単位：{unit}", f"(単位:{unit})"))
        items = (Line(caption), *items)
    return Block(f"costs: {style}, unit {place}", items, tuple(facts))


def _head(year: str, word: str, style: str) -> str:
    return {"fused": f"{year}{word}", "below": f"{year}\n（{word}）", "storeys": year, "bare": year}[style]


def _stub(
    sheet: Sheet, drawing: Drawing, row: Row, grouped: Sequence[Row], widths: Sequence[int], unit: str, place: str
) -> None:
    """The label of a row, behind the heading over its group; other units than the block's stand in the label."""
    name = row.name
    if place in ("label", "row") or (row.unit != unit and place not in ("number", "column")):
        name = f"{row.name}（{row.unit}）"
    first = 0
    if row.heading:
        if row is grouped[0]:
            tall = len(grouped) >= len(row.heading) and sheet.chance(0.5)
            text = "\n".join(row.heading) if tall else row.heading
            drawing.put(0, widths[0], text, rows=len(grouped), head=True, align="center")
        first = widths[0]
    drawing.put(first, widths[0] + widths[1], name, head=sheet.numbering == "none")
    if place == "column":
        end = widths[0] + widths[1]
        drawing.put(end, end + widths[2], row.unit, align="center")


def across(sheet: Sheet) -> Block:
    """Items across, years down."""
    dice = sheet.dice
    years = sheet.span(dice.randint(1, 2), dice.randint(0, 1))
    written = block_years(sheet, years, with_role=True)
    rows = [row for row in _rows(sheet, years, "千円") if row.amounts]
    past, coming = dice.choice((("決算", "予算"), ("決算額", "予算額")))
    drawing = Drawing()
    widths = shares([20, *[100 / len(rows)] * len(rows)])
    drawing.row(
        (w, text, "hc")
        for w, text in zip(
            widths,
            ["年度", *(row.name if row.unit == "千円" else f"{row.name}（{row.unit}）" for row in rows)],
            strict=True,
        )
    )
    facts = []
    for year in years:
        word = past if year <= sheet.year else coming
        cells = [f"{written(year)}{word}", *(sheet.shown(row.amounts[year]) for row in rows)]
        drawing.row((w, text, "r" if n else "hc") for n, (w, text) in enumerate(zip(widths, cells, strict=True)))
        facts += [
            sheet.fact(field="cost", name=row.name, year=year, value=row.amounts[year], unit=row.unit, text=word,
                       printed=sheet.shown(row.amounts[year]), labels=(row.heading,) if row.heading else ())
            for row in rows
        ]  # fmt: skip
    return Block("costs: years down", (Line("（単位：千円）"), drawing.grid(1)), tuple(facts))


def planned_and_spent(sheet: Sheet) -> Block:
    """Under each year its budget and its accounts; a difference behind them on some."""
    dice = sheet.dice
    years = sheet.span(dice.randint(0, 1), 0)
    written = block_years(sheet, years)
    unit = "千円"
    plan, spent = dice.choice((("予算額", "決算額"), ("予算", "決算"), ("予算現額", "決算額"), ("計画額", "実績額")))
    change = dice.choice(("差引", "差額", "増減")) if sheet.chance(0.4) else ""
    # The budget of a year stands beside its accounts under the negative of the year, so that both have sums that hold.
    rows = [row for row in _rows(sheet, [*years, *(-year for year in years)], unit) if row.amounts and row.unit == unit]
    for row in rows:
        row.heading = ""
    per_year = 3 if change else 2
    widths = shares([3, *[1.2] * per_year * len(years)])
    drawing = Drawing()
    drawing.put(0, widths[0], dice.choice(("区分", "項目", "")), rows=2, head=True, align="center")
    x = widths[0]
    for n, year in enumerate(years):
        own = widths[1 + n * per_year : 1 + (n + 1) * per_year]
        drawing.put(x, x + sum(own), written(year), head=True, align="center")
        for width, text in zip(own, (plan, spent, change), strict=False):
            drawing.put(x, x + width, text, head=True, align="center", row=1)
            x += width
    drawing.at = 2
    facts: list[Fact] = []
    for row in rows:
        cells = [row.name]
        for year in years:
            done, meant = int(row.amounts[year]), int(row.amounts[-year])
            cells += [sheet.shown(str(meant)), sheet.shown(str(done))]
            for amount, kind in ((meant, "計画" if "計画" in plan else "予算"), (done, "決算")):
                facts.append(
                    sheet.fact(field="cost", name=row.name, year=year, value=str(amount), unit=unit, text=kind,
                               printed=sheet.shown(str(amount)))
                )  # fmt: skip
            if change:
                cells.append(sheet.shown(str(done - meant)))
                facts.append(
                    sheet.fact(field="difference", name=row.name, labels=(change,), year=year, value=str(done - meant),
                               unit=unit, also=True, printed=cells[-1])
                )  # fmt: skip
        drawing.row((w, text, "r" if n else "h") for n, (w, text) in enumerate(zip(widths, cells, strict=True)))
    items: tuple[Item, ...] = (Line(f"（単位：{unit}）"), drawing.grid(2))
    return Block(f"costs: planned and spent{', difference' if change else ''}", items, tuple(facts))


def one_year(sheet: Sheet) -> Block:
    """One year's funds: a row of labels over a row of amounts, the unit in a label before them."""
    dice = sheet.dice
    rows = [row for row in _rows(sheet, [sheet.year], "千円") if row.amounts and row.unit == "千円"][:6]
    year = block_years(sheet, [sheet.year], with_role=True)(sheet.year)
    word = dice.choice(("決算額", "決算", "事業費決算"))
    widths = shares([1.6, *[1.0] * len(rows)])
    drawing = Drawing()
    label = f"{year}{word}\n（千円）"
    drawing.put(0, widths[0], label, rows=2, head=True, align="center")
    x = widths[0]
    for row, width in zip(rows, widths[1:], strict=True):
        drawing.put(x, x + width, row.name, head=True, align="center")
        drawing.put(x, x + width, sheet.shown(row.amounts[sheet.year]), align="right", row=1)
        x += width
    drawing.at = 2
    facts = [
        sheet.fact(
            field="cost", name=row.name, year=sheet.year, value=row.amounts[sheet.year], unit="千円", text="決算",
            printed=sheet.shown(row.amounts[sheet.year]), labels=(row.heading,) if row.heading else (),
        )
        for row in rows
    ]  # fmt: skip
    return Block("costs: one year", (drawing.grid(),), tuple(facts))


KINDS = (by_year, by_year, by_year, by_year, across, planned_and_spent, one_year)
