"""Tables that evaluate nothing, though they have heads and numbers: what is read of them is false."""

from __future__ import annotations

from collections.abc import Callable

from tests.forms.model import Block, Drawing, Fact, Line, shares
from tests.forms.sheet import Sheet
from tests.forms.words import FIELDS


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


def bills(sheet: Sheet) -> Block:
    """Bills of an assembly and what became of them."""
    dice = sheet.dice
    drawing = Drawing()
    drawing.row(((20, "議案番号", "hc"), (70, "件名", "hc"), (30, "議決結果", "hc")))
    for at in range(dice.randint(4, 9)):
        name = f"{dice.choice(FIELDS)}条例の一部を改正する条例について"
        drawing.row(((20, f"第{at + 31}号", "c"), (70, name, ""), (30, dice.choice(("可決", "否決", "継続審査")), "c")))
    return Block("nothing: bills", (Line("定例会の議決結果", level=1), drawing.grid(1)))


def people(sheet: Sheet) -> Block:
    """How many people live where."""
    dice = sheet.dice
    drawing = Drawing()
    drawing.row((30, text, "hc") for text in ("地区", "世帯数", "男", "女"))
    for _ in range(dice.randint(3, 8)):
        numbers = [sheet.shown(str(dice.randint(50, 9000))) for _ in range(3)]
        drawing.row(((30, f"{dice.choice(FIELDS)}町", ""), *((30, text, "r") for text in numbers)))
    return Block("nothing: people", (Line("町丁別人口", level=1), drawing.grid(1)))


def survey(sheet: Sheet) -> Block:
    """Answers of a survey."""
    dice = sheet.dice
    drawing = Drawing()
    drawing.row(((60, "回答", "hc"), (30, "人数", "hc"), (30, "構成比（％）", "hc")))
    for answer in ("とても満足", "やや満足", "どちらともいえない", "やや不満", "不満", "無回答"):
        share = f"{dice.uniform(1, 40):.1f}"
        drawing.row(((60, answer, ""), (30, sheet.shown(str(dice.randint(3, 900))), "r"), (30, share, "r")))
    return Block(
        "nothing: survey",
        (Line(f"問{dice.randint(1, 30)}　{dice.choice(FIELDS)}についてどう思いますか。"), drawing.grid(1)),
    )


def accounts(sheet: Sheet) -> Block:
    """What a budget is made of, beside the year before: nothing is judged or measured, though an amount may be said."""
    dice = sheet.dice
    drawing = Drawing()
    heads = ("款", "本年度予算額", "前年度予算額", "比較", "増減率（％）")
    drawing.row((24, text, "hc") for text in heads)
    facts: list[Fact] = []
    for name in dice.sample(
        ("総務費", "民生費", "衛生費", "農林水産業費", "商工費", "土木費", "教育費"), dice.randint(3, 6)
    ):
        now, before = dice.randint(9000, 900000), dice.randint(9000, 900000)
        cells = [sheet.shown(str(number)) for number in (now, before, now - before)]
        rate = f"{100 * (now - before) / before:.1f}"
        drawing.row(((24, name, ""), *((24, text, "r") for text in (*cells, sheet.shown(rate)))))
        facts += [
            Fact("measure_name", "款", text=name, also=True),
            Fact("cost", heads[1], value=str(now), unit="千円", text="予算", measure=name, also=True, printed=cells[0]),
            Fact(
                "cost", heads[2], value=str(before), unit="千円", text="予算", measure=name, also=True, printed=cells[1]
            ),
            Fact(
                "difference", heads[3], value=str(now - before), unit="千円", measure=name, also=True, printed=cells[2]
            ),
        ]
    items = (Line("歳出予算款別内訳", level=1), Line("（単位：千円）"), drawing.grid(1))
    return Block("nothing: budget", items, tuple(facts))


KINDS: tuple[Callable[[Sheet], Block], ...] = (shops, votes, children, timetable, bills, people, survey, accounts)
