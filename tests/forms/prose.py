"""Blocks of prose: the label left, above, as a heading over a box, inside the box, or over neighbouring columns."""

from __future__ import annotations

from tests.forms.model import Block, Drawing, Fact, Item, Line
from tests.forms.sheet import Sheet, wide
from tests.forms.words import FIELDS, MADE_UP, label, prose, sentence

HINTS = {
    "description": ("（具体的なやり方、手順）", "（何をするのか）"),
    "aim": ("（どのような状態にしたいのか）", "（何のために）"),
    "issue": ("（問題点・改善すべき点）",),
    "next": ("（次年度以降の取組）",),
    "state": (),
    "done": ("（どのような状態になったか）",),
    "finding": (),
}
PURPOSE = ("description", "aim", "description", "aim", "state")
ENDING = ("issue", "next", "done", "finding")


def text_of(sheet: Sheet) -> str:
    """A paragraph, or a list with bullets."""
    if sheet.chance(0.25):
        return "\n".join(f"・{sentence(sheet.values)}" for _ in range(sheet.values.randint(2, 3)))
    return prose(sheet.values)


def _labels(sheet: Sheet, slots: tuple[str, ...], taken: set[str]) -> list[tuple[str, str]]:
    """Labels, each with what stands below it in its own cell."""
    found: list[tuple[str, str]] = []
    for slot in slots:
        name = label(sheet.dice, slot, [*taken])
        taken.add(name)
        hints = HINTS[slot]
        found.append((name, sheet.dice.choice(hints) if hints and "(" not in name and sheet.chance(0.3) else ""))
    return found


def purpose(sheet: Sheet, taken: set[str]) -> Block:
    """What the project is for, and how."""
    slots = tuple(sheet.dice.choice(PURPOSE) for _ in range(sheet.dice.randint(1, 4)))
    return _drawn(sheet, "prose", _labels(sheet, slots, taken))


def ending(sheet: Sheet, taken: set[str]) -> Block:
    """What was found, and what comes next."""
    slots = tuple(sheet.dice.choice(ENDING) for _ in range(sheet.dice.randint(1, 3)))
    return _drawn(sheet, "prose", _labels(sheet, slots, taken))


def unknown(sheet: Sheet, taken: set[str]) -> Block:
    """Prose under a label that no vocabulary holds."""
    dice = sheet.dice
    name = f"{dice.choice(MADE_UP)}{dice.choice(FIELDS)}の{dice.choice(('工夫', '着眼点', '声', '広がり'))}"
    taken.add(name)
    return _drawn(sheet, "prose unknown label", [(name, "")])


def _drawn(sheet: Sheet, kind: str, named: list[tuple[str, str]]) -> Block:
    form = sheet.dice.choice(("left", "left", "above", "heading", "columns", "inside"))
    texts = [text_of(sheet) for _ in named]
    facts = tuple(
        sheet.fact(field="passage", name=name, text=text) for (name, _), text in zip(named, texts, strict=True)
    )
    drawing = Drawing()
    items: list[Item] = []
    if form == "heading":
        start = sheet.dice.randint(1, 5)
        for at, ((name, _), text) in enumerate(zip(named, texts, strict=True)):
            number = str(start + at)
            number = wide(number) if sheet.wide_digits else number
            box = Drawing()
            box.row(((120, text, ""),))
            mark = sheet.dice.choice((f"{number}　", f"{number}．", f"({number}) ", "○", "■"))
            items += [Line(f"{mark}{name}", level=2), box.grid()]
        return Block(f"{kind}: heading and box", tuple(items), facts)
    if form == "columns" and len(named) > 1:
        width = 120 // len(named)
        last = 120 - width * (len(named) - 1)
        widths = [width] * (len(named) - 1) + [last]
        drawing.row(
            (w, name + ("\n" + hint if hint else ""), "hc") for w, (name, hint) in zip(widths, named, strict=True)
        )
        drawing.row((w, text, "") for w, text in zip(widths, texts, strict=True))
        return Block(f"{kind}: columns", (drawing.grid(),), facts)
    if form == "inside" and len(named) > 1:
        whole = "\n".join(f"【{name}】\n{text}" for (name, _), text in zip(named, texts, strict=True))
        drawing.row(((120, whole, ""),))
        return Block(f"{kind}: all in one box", (drawing.grid(),), facts)
    for (name, hint), text in zip(named, texts, strict=True):
        shown = name + ("\n" + hint if hint else "")
        if form == "above":
            drawing.row(((120, shown.replace("\n", ""), "h"),))
            drawing.row(((120, text, ""),))
        elif form == "inside" and len(named) == 1:
            drawing.row(((120, f"【{name}】\n{text}", ""),))
        else:
            drawing.row(((28, shown, "hc"), (92, text, "")))
    how = form if form in ("above",) or (form == "inside" and len(named) == 1) else "left"
    return Block(f"{kind}: {how}", (drawing.grid(),), facts)


def note(sheet: Sheet) -> Block:
    """A remark below a table."""
    text = f"※ {sentence(sheet.values)}"
    return Block(
        "note",
        (Line(text),),
        (Fact("passage", text=text, also=True), sheet.fact(field="passage", text=text, also=True)),
    )
