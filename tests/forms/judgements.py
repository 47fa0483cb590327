"""Blocks of judgements: options among which one is marked, letters, points, questions, marks in columns, directions."""

from __future__ import annotations

from dataclasses import dataclass

from tests.forms.heading import BOXES
from tests.forms.model import Block, Drawing, Fact, Item, Line, shares
from tests.forms.prose import text_of
from tests.forms.sheet import Sheet
from tests.forms.words import label, sentence

OPTIONS = (
    ("高い", "普通", "低い"), ("高い", "やや高い", "やや低い", "低い"),
    ("妥当である", "見直しの余地がある", "妥当でない"), ("適切", "概ね適切", "不適切"), ("余地がある", "余地がない"),
    ("上がっている", "変わらない", "下がっている"), ("ある", "ない"),
    ("十分である", "概ね十分である", "不十分である"),
)  # fmt: skip
LETTERS = ("ABC", "ABCD", "ＡＢＣ", "SABC", "abc")
MARKS = ("◎○△×", "○△×")
DIRECTIONS = (
    ("拡充", "継続", "改善", "縮小", "廃止"), ("拡大", "現状維持", "見直し", "縮小", "休止・廃止"),
    ("継続", "改善", "統合", "終了"), ("拡充", "現状のまま継続", "見直しのうえ継続", "縮小", "廃止", "完了"),
    ("重点化", "継続", "改善", "廃止"),
)  # fmt: skip
OVERALL = ("総合評価", "評価", "総合判定", "事務事業評価")
QUESTIONS = (
    "市が実施する必要があるか", "対象は適切か", "市民のニーズは高いか", "成果は上がっているか",
    "コストを削減できないか", "手段は最適か", "受益者負担は適正か", "類似の事業はないか",
    "成果を向上させる余地はないか", "目的は上位施策に結び付いているか",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """What is judged, by which options, and which was chosen."""

    name: str
    options: tuple[str, ...]
    chosen: str
    reason: str


def criteria(sheet: Sheet, least: int, most: int) -> list[str]:
    found: list[str] = []
    for _ in range(sheet.dice.randint(least, most)):
        name = label(sheet.dice, "criterion", [*found, *sheet.taken])
        if not any(name in other or other in name for other in found):
            found.append(name)
    sheet.taken.update(found)
    return found


def _facts(sheet: Sheet, judged: Judged, text: str = "", labels: tuple[str, ...] = ()) -> list[Fact]:
    facts = [
        sheet.fact(field="grade", name=judged.name, value=judged.chosen, text=text or judged.chosen, labels=labels)
    ]
    if judged.reason:
        facts.append(sheet.fact(field="passage", name=judged.name, text=judged.reason, labels=labels))
    return facts


def options(sheet: Sheet) -> Block:
    """criterion | □A ■B □C | reason, the options in one cell."""
    dice = sheet.dice
    off, on = dice.choice(BOXES)
    gap = dice.choice(("　", " ", "\n"))
    with_reason = sheet.chance(0.7)
    drawing = Drawing()
    heads = sheet.chance(0.5)
    reasons = dice.choice(("理由", "評価の理由", "説明"))
    widths = [26, 40, 54] if with_reason else [30, 90]
    if heads:
        drawing.row((w, text, "hc") for w, text in zip(widths, ("評価項目", "評価", reasons), strict=False))
    facts: list[Fact] = []
    for name in criteria(sheet, 2, 4):
        choices = dice.choice(OPTIONS)
        judged = Judged(name, choices, sheet.values.choice(choices), text_of(sheet) if with_reason else "")
        cell = gap.join((on if option == judged.chosen else off) + option for option in choices)
        drawing.row(zip(widths, (name, cell, judged.reason)[: len(widths)], ("hc", "", "")[: len(widths)], strict=True))
        facts += _facts(sheet, judged, f"{on}{judged.chosen}")
    return Block("judgements: options in a cell", (drawing.grid(int(heads)),), tuple(facts))


def mark_before(sheet: Sheet) -> Block:
    """The mark in a cell of its own before each option."""
    dice = sheet.dice
    on = dice.choice(("○", "●", "✓", "レ"))
    on = "○" if on in ("✓", "レ") else on
    drawing = Drawing()
    facts: list[Fact] = []
    for name in criteria(sheet, 2, 3):
        choices = dice.choice([each for each in OPTIONS if len(each) <= 3])
        judged = Judged(name, choices, sheet.values.choice(choices), "")
        widths = shares([1, 4] * len(choices), 90)
        cells = [text for option in choices for text in (on if option == judged.chosen else "", option)]
        drawing.row(
            [(30, name, "hc"), *zip(widths, cells, ["c" if n % 2 == 0 else "" for n in range(len(cells))], strict=True)]
        )
        facts += _facts(sheet, judged)
    return Block("judgements: mark before option", (drawing.grid(),), tuple(facts))


def letters(sheet: Sheet) -> Block:
    """criterion | letter | reason, with a legend below or above."""
    dice = sheet.dice
    scale = dice.choice((*LETTERS, *MARKS))
    words = ("十分である", "概ね十分である", "やや不十分である", "不十分である")
    drawing = Drawing()
    heads = sheet.chance(0.7)
    widths = [30, 14, 76]
    if heads:
        drawing.row(
            (w, text, "hc")
            for w, text in zip(
                widths,
                (
                    dice.choice(("評価項目", "評価の視点", "項目")),
                    dice.choice(("評価", "判定")),
                    dice.choice(("理由", "説明", "評価の理由")),
                ),
                strict=True,
            )
        )
    facts: list[Fact] = []
    for name in criteria(sheet, 2, 4):
        judged = Judged(name, (*scale,), sheet.values.choice(scale), text_of(sheet))
        drawing.row(zip(widths, (name, judged.chosen, judged.reason), ("hc", "c", ""), strict=True))
        facts += _facts(sheet, judged)
    legend = "　".join(f"{mark}：{word}" for mark, word in zip(scale, words, strict=False))
    items: list[Item] = [drawing.grid(int(heads))]
    if sheet.chance(0.6):
        items.insert(dice.choice((0, 1)), Line(f"※{legend}"))
        facts.append(Fact("passage", text=f"※{legend}", also=True))
    return Block("judgements: letters", tuple(items), tuple(facts))


def points(sheet: Sheet) -> Block:
    """Criteria across, evaluators down, points in the cells."""
    dice = sheet.dice
    names = criteria(sheet, 3, 4)
    who = dice.choice((("一次評価", "二次評価"), ("自己評価",), ("一次評価",), ("１次評価", "２次評価")))
    heading = dice.choice(("事業手法評価", "個別評価", "評価の視点", "項目別評価"))
    widths = shares([1.2, *[1.0] * len(names)])
    drawing = Drawing()
    drawing.row((w, text, "hc") for w, text in zip(widths, ["項目", *names], strict=True))
    facts: list[Fact] = []
    for evaluator in who:
        marks = [str(sheet.values.randint(1, 5)) for _ in names]
        drawing.row(
            (w, text, "c" if n else "hc") for n, (w, text) in enumerate(zip(widths, [evaluator, *marks], strict=True))
        )
        facts += [
            sheet.fact(
                field="grade", name=name, value=mark, text=mark, labels=(f"({heading})", evaluator), printed=mark
            )
            for name, mark in zip(names, marks, strict=True)
        ]
    note = "※５：高い～１：低い"
    facts.append(Fact("passage", text=note, also=True))
    return Block("judgements: points", (Line(f"○{heading}", level=2), drawing.grid(1), Line(note)), tuple(facts))


def questions(sheet: Sheet) -> Block:
    """criterion | question | answer | reason; the criterion is merged over its questions."""
    dice = sheet.dice
    asked = dice.sample(QUESTIONS, dice.randint(2, 5))
    names = criteria(sheet, 1, 2)
    numbered = sheet.chance(0.4)
    off, on = dice.choice(BOXES)
    boxed = sheet.chance(0.5)
    widths = [16, 36, 24, 44]
    drawing = Drawing()
    heads = sheet.chance(0.5)
    if heads:
        drawing.row(
            (w, text, "hc") for w, text in zip(widths, ("評価の視点", "チェック項目", "評価", "理由"), strict=True)
        )
    facts: list[Fact] = []
    cut = len(asked) if len(names) == 1 else dice.randint(1, len(asked) - 1)
    for name, own in zip(names, (asked[:cut], asked[cut:]), strict=False):
        drawing.put(0, 16, name, rows=len(own), head=True, align="center")
        for question in own:
            text = f"{'①②③④⑤⑥'[asked.index(question)]}{question}" if numbered else question
            choices = dice.choice(OPTIONS)
            judged = Judged(text, choices, sheet.values.choice(choices), sentence(sheet.values))
            cell = "\n".join((on if o == judged.chosen else off) + o for o in choices) if boxed else judged.chosen
            drawing.row(zip(widths[1:], (text, cell, judged.reason), ("", "", ""), strict=True), 16)
            facts += _facts(sheet, judged, f"{on}{judged.chosen}" if boxed else "", (name,))
    return Block("judgements: questions", (drawing.grid(int(heads)),), tuple(facts))


def columns(sheet: Sheet) -> Block:
    """Options across, one marked in each row."""
    dice = sheet.dice
    choices = dice.choice([each for each in OPTIONS if len(each) > 2])
    on = dice.choice(("○", "●", "◯"))
    names = criteria(sheet, 2, 4)
    widths = shares([2, *[1.0] * len(choices)])
    drawing = Drawing()
    drawing.row((w, text, "hc") for w, text in zip(widths, ["評価項目", *choices], strict=True))
    facts: list[Fact] = []
    for name in names:
        chosen = sheet.values.choice(choices)
        cells = [name, *(on if option == chosen else "" for option in choices)]
        drawing.row((w, text, "c" if n else "h") for n, (w, text) in enumerate(zip(widths, cells, strict=True)))
        facts.append(sheet.fact(field="grade", name=name, value=chosen, text=chosen))
    return Block("judgements: marks in columns", (drawing.grid(1),), tuple(facts))


def direction(sheet: Sheet) -> Block:
    """What is to become of the project: one word, options, or a word of each evaluator with its reason."""
    dice = sheet.dice
    name = label(dice, "direction")
    choices = dice.choice(DIRECTIONS)
    off, on = dice.choice(BOXES)
    form = dice.choice(("word", "options", "evaluators", "reason"))
    drawing = Drawing()
    facts: list[Fact] = []

    def say(key: str, chosen: str, labels: tuple[str, ...] = ()) -> None:
        facts.append(sheet.fact(field="direction", name=key, text=chosen, labels=labels))

    if form == "evaluators":
        who = dice.choice((("一次評価", "二次評価"), ("一次評価（担当課）", "二次評価（委員会）")))
        drawing.put(0, 24, name, rows=len(who), head=True, align="center")
        for evaluator in who:
            chosen, reason = sheet.values.choice(choices), text_of(sheet)
            drawing.row(((24, evaluator, "hc"), (20, chosen, "c"), (52, reason, "")), 24)
            say(evaluator, chosen, (name,))
            facts.append(sheet.fact(field="passage", name=evaluator, text=reason, labels=(name,)))
    else:
        chosen = sheet.values.choice(choices)
        cell = chosen if form != "options" else "　".join((on if o == chosen else off) + o for o in choices)
        drawing.row(((28, name, "hc"), (92, cell, "" if form == "options" else "c")))
        say(name, chosen)
        if form == "reason":
            why = dice.choice(("理由", "判断理由", "方向性の理由"))
            text = text_of(sheet)
            drawing.row(((28, why, "hc"), (92, text, "")))
            facts.append(sheet.fact(field="passage", name=why, text=text, labels=(name,)))
    return Block(f"direction: {form}", (drawing.grid(),), tuple(facts))


def overall(sheet: Sheet) -> Block:
    """One grade for all: alone, or by first and second evaluator."""
    dice = sheet.dice
    name = dice.choice(OVERALL)
    scale = dice.choice(LETTERS)
    drawing = Drawing()
    facts: list[Fact] = []
    form = dice.choice(("alone", "stacked", "beside"))
    who = ("一次評価", "二次評価")
    marks = [sheet.values.choice(scale) for _ in who]
    if form == "alone":
        reason = text_of(sheet) if sheet.chance(0.4) else ""
        drawing.row([(28, name, "hc"), *([(20, marks[0], "c"), (72, reason, "")] if reason else [(92, marks[0], "c")])])
        if reason:
            facts.append(sheet.fact(field="passage", name=name, text=reason))
        facts.append(sheet.fact(field="grade", name=name, value=marks[0], text=marks[0]))
    elif form == "stacked":
        drawing.put(0, 24, name, rows=2, head=True, align="center")
        for evaluator, mark in zip(who, marks, strict=True):
            drawing.row(((30, evaluator, "hc"), (66, mark, "c")), 24)
            facts.append(sheet.fact(field="grade", name=evaluator, value=mark, text=mark, labels=(name,)))
    else:
        cells = [(name, "hc"), (who[0], "hc"), (marks[0], "c"), (who[1], "hc"), (marks[1], "c")]
        drawing.row((24, text, look) for text, look in cells)
        facts += [
            sheet.fact(field="grade", name=evaluator, value=mark, text=mark, labels=(name,))
            for evaluator, mark in zip(who, marks, strict=True)
        ]
    items: tuple[Item, ...] = (drawing.grid(),)
    if sheet.chance(0.4):
        legend = "　".join(
            f"{mark}：{word}" for mark, word in zip(scale, ("優れている", "良好", "普通", "要改善"), strict=False)
        )
        items = (*items, Line(f"※{legend}"))
        facts.append(Fact("passage", text=f"※{legend}", also=True))
    return Block(f"overall: {form}", items, tuple(facts))
