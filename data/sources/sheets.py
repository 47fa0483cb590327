"""The form of management and evaluation sheets: one page per measure, actions with 予定 and 実施, goals, findings.

A text in several lines is printed as it stands. `markup` says what the text form makes of it: `plain` joins the lines;
`list` puts 【取組】 heads into <p> and what follows into <ul>; `bare` does so without the bullets that the page prints;
`block` puts a head with what follows, or each line where there is no head, into one <p>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.page import PageMargins

from data.sources.facts import Content, Fact, Node, document, fact, measure, orgs, passages
from data.sources.grid import EMPHASIS, Print, Spot, print_line, print_spots, spots_to_text

WIDTHS = {7: (11, 5.5, 7, 9, 19, 5, 24), 8: (11, 5.5, 7, 9, 14, 6, 4.5, 24)}
FONT = "IPAGothic"
LIST = '<ul style="list-style-type: none"> '
SCHEME = "musashino-3-direction"
HEAD = re.compile(r"【取組([\d,]+)】")


def text(content: Content) -> str:
    """Every sheet as its title and a tab-separated table."""
    grids = (spots_to_text(list(table(content, sheet))) for sheet in content["sheet"])
    return "".join(f"\n{content['title']}\n\n{grid}" for grid in grids).join(("\n", ""))


def office(content: Content, path: Path) -> None:
    """One portrait A4 page per sheet, numbered at its foot."""
    book = Workbook()
    book.remove(book.active)
    for sheet in content["sheet"]:
        page = book.create_sheet(f"施策{sheet['number']}")
        form = Print(FONT, 8, WIDTHS[sheet["columns"]], "DDEBF7")
        print_line(content["title"], page, 1, (1, sheet["columns"]), Font(FONT, 12, bold=True), "center")
        print_spots(list(table(content, sheet)), page, form, 2)
        page.page_setup.paperSize = 9
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 1
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_options.horizontalCentered = True
        page.page_margins = PageMargins(0.4, 0.4, 0.5, 0.8)
        page.oddFooter.center.text = "&P / &N"
    book.save(path)


def table(content: Content, sheet: Content) -> Iterator[Spot]:
    """The cells of one sheet, from its head to the council's opinion."""
    end = sheet["columns"]
    yield from _head(content, sheet, end)
    count = len(sheet["action"])
    beside = sheet["goals_at"] == "action"
    goal_col = end if sheet["goals_at"] == "below" else end - 1
    text_end = goal_col - 1 if beside else goal_col
    yield Spot(5, 0, ["取組内容"], 2 * count, look="vertical")
    if beside:
        yield Spot(5, text_end, ["達成指標"], 2 * count, look="vertical")
    elif sheet["goals_at"] == "sheet":
        yield Spot(5, goal_col, ["達成指標", *_texts(sheet["goals"])], 2 * count)
    for at, action in enumerate(sheet["action"]):
        row = 5 + 2 * at
        yield Spot(row, 1, [f"{at + 1}"], 2, look="centre")
        for step, (label, key) in enumerate((("予定", "planned"), ("実施", "done"))):
            yield Spot(row + step, 2, [label], look="label")
            yield Spot(row + step, 3, [action[key]], cols=text_end - 3)
        if "goals" in action:
            slipped = ["達成指標"] * (sheet["goals_at"] == "slipped" and at == 1)
            yield Spot(row, goal_col, [*slipped, *_texts(action["goals"])], 2)
    yield from _below(sheet, 5 + 2 * count, end)


def _head(content: Content, sheet: Content, end: int) -> Iterator[Spot]:
    yield Spot(0, 0, ["対象年度"], 2, look="label")
    yield Spot(0, 1, [content["year"]], 2, 2, look="centre")
    for row, (label, names) in enumerate((("担当課", sheet["departments"]), ("関係機関", sheet["bodies"]))):
        yield Spot(row, 3, [label], look="label")
        yield Spot(row, 4, ["、".join(names) or "—"], cols=end - 4)
    yield Spot(2, 0, ["作成日"], look="label")
    for col, label, key in ((1, "目標設定", "set_on"), (3, "中間見直し", "reviewed_on"), (5, "評価時", "evaluated_on")):
        yield Spot(2, col, [label], look="label")
        yield Spot(2, col + 1, [content[key]], cols=end - 6 if col == 5 else 1, look="centre")
    names = (
        ("方針", sheet["policy"], content["policy"][str(sheet["policy"])]),
        ("施策", sheet["number"], sheet["name"]),
    )
    for row, (kind, number, name) in enumerate(names, 3):
        yield Spot(row, 0, [f"{kind}番号"], look="label")
        yield Spot(row, 1, [f"{number}"], look="centre")
        yield Spot(row, 2, [f"{kind}名"], look="label")
        yield Spot(row, 3, [name], cols=end - 3)


def _below(sheet: Content, row: int, end: int) -> Iterator[Spot]:
    if sheet["goals_at"] == "below":
        yield Spot(row, 0, ["達成指標"], 2, 2, look="label")
        lines = _texts(sheet["goals"])
        yield Spot(row, 2, lines, cols=end - 2, text=_marked({"markup": "bare", "lines": lines}))
        # The text form lost the cell that the label covers: the row opens with the goal.
        yield Spot(row + 1, 2, _texts(sheet["stray_goals"]), cols=end - 2, slips=True)
        row += 2
    wide = 2 if end == 8 else 1
    label = ("実施内容に関する", "所見・評価")
    yield Spot(row, 0, label, cols=wide, look="label", text="".join(label))
    yield _body(row, wide, sheet["finding"], end)
    yield Spot(row + 1, 0, ["次年度の予定"], 2, look="label")
    yield Spot(row + 1, 1, ["方向性"], look="label")
    yield Spot(row + 1, 2, [sheet["direction"]], cols=end - 2)
    yield Spot(row + 2, 1, ["内容"], look="label")
    yield _body(row + 2, 2, sheet["next"], end)
    yield Spot(row + 3, 0, re.split(r" ?(?=\()", sheet["council_label"]), look="label", text=sheet["council_label"])
    yield _body(row + 3, 1, sheet["council"], end)
    yield Spot(row + 4, 0, ["審議会意見"], look="label")
    yield Spot(row + 4, 1, [], cols=end - 1)


def _body(row: int, col: int, body: Content, end: int) -> Spot:
    lines = body["lines"]
    if body.get("markup") == "block" and not any(_opens(line) for line in lines):
        lines = "\n\n".join(lines).split("\n")  # paragraphs stand apart
    return Spot(row, col, lines, cols=end - col, text=_marked(body))


def _marked(body: Content) -> str:
    """A text in several lines as the text form marks it up."""
    lines = body["lines"]
    markup = body.get("markup", "plain")
    if markup == "plain":
        return EMPHASIS.sub(r" \1 ", " ".join(lines))
    lines = [EMPHASIS.sub(r"<u>\1</u>", line) for line in lines]
    if markup == "block":
        return " ".join(f"<p>{' '.join(part)}</p>" for part in _parts(lines))
    if markup == "bare":
        lines = [line.removeprefix("・") for line in lines]
    runs = ((head, " ".join(run)) for head, run in groupby(lines, lambda line: bool(HEAD.match(line))))
    return " ".join(f"<p>{run}</p>" if head else f"{LIST}{run}" for head, run in runs) + " "


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines under each head, the head first; without heads, each line alone."""
    headed = any(HEAD.match(line) for line in lines)
    part: list[str] = []
    for line in lines:
        if part and (HEAD.match(line) or not headed):
            yield part
            part = []
        part.append(line)
    yield part


def _opens(line: str) -> bool:
    return line[0] in "・。【"


def _texts(goals: Sequence[str | Content]) -> list[str]:
    return [goal if isinstance(goal, str) else goal["text"] for goal in goals]


def _rows(lines: Sequence[str], markup: str) -> list[str]:
    """The passages of some lines: one per bullet, else per paragraph; plain prose is one."""
    if markup == "block" and not any(_opens(line) for line in lines):
        return list(lines)
    return list(lines) if _opens(lines[0]) else ["".join(lines)]


def facts(content: Content) -> Iterator[Fact]:
    """What a perfect conversion holds. A policy printed on several sheets is one node."""
    yield document(content)
    for number, sheets in groupby(content["sheet"], lambda sheet: sheet["policy"]):
        policy = Node("policy", f"{number}", content["policy"][f"{number}"])
        yield measure(policy)
        for sheet in sheets:
            yield from _sheet_facts(content, sheet, policy)
    for finding in content["finding"]:
        yield fact("findings", **finding)


def _sheet_facts(content: Content, sheet: Content, policy: Node) -> Iterator[Fact]:
    node = Node("measure", f"{sheet['number']}", sheet["name"])
    yield measure(node, policy)
    yield from orgs(node, "responsible", sheet["departments"])
    yield from orgs(node, "participating", sheet["bodies"])
    code, printed, year = content["direction"][sheet["direction"]], sheet["direction"], content["fiscal_year"]
    yield fact("grades", node, fiscal_year=year, grade_scheme_id=SCHEME, grade=code, grade_text=printed)
    yield from _goals([*sheet.get("goals", []), *sheet.get("stray_goals", [])], node, year)
    actions = [Node("action", f"{policy.code}-{node.code}-{at}") for at in range(1, len(sheet["action"]) + 1)]
    for step, action in zip(actions, sheet["action"], strict=True):
        yield measure(step, node)
        yield from passages(step, "planned", [action["planned"]])
        yield from passages(step, "done", [action["done"]])
        yield from _goals(action.get("goals", []), step, year)
    yield from _findings(sheet["finding"], actions)
    for section, key in (("next_year", "next"), ("council_report", "council")):
        yield from passages(node, section, _rows(sheet[key]["lines"], sheet[key].get("markup", "plain")))


def _findings(body: Content, actions: Sequence[Node]) -> Iterator[Fact]:
    """Every finding under the actions that its head names; items are counted on where an action has two heads."""
    said: dict[int, list[str]] = {}
    for head, *lines in _parts(body["lines"]):
        named = HEAD.fullmatch(head)
        assert named, f"no head: {head}"
        for number in named[1].split(","):
            said.setdefault(int(number), []).extend(_rows(lines, body["markup"]))
    for number, texts in said.items():
        yield from passages(actions[number - 1], "finding", texts)


def _goals(goals: Sequence[str | Content], node: Node, year: int) -> Iterator[Fact]:
    """Each goal as passage, indicators and observations, with the reading that stands beside it."""
    yield from passages(node, "target", _texts(goals))
    for goal in goals:
        text, counts = (goal, [{}]) if isinstance(goal, str) else (goal["text"], goal["counts"])
        for count in counts:
            unit, value = count.get("unit"), count.get("value")
            kind = count.get("measure", "qualitative" if value is None else "count")
            text = text.removeprefix("・")
            yield fact("indicators", node, unit=unit, indicator_measure=kind, indicator_text=text)
            equal = None if value is None else count.get("comparator", "=")
            frequency = count.get("frequency")
            target = {"role": "target", "value": value, "comparator": equal, "frequency": frequency}
            yield fact("observations", node, fiscal_year=year, unit=unit, **target)
            if "actual" in count:
                actual = {"role": "actual", "value": count["actual"], "comparator": count.get("actual_comparator", "=")}
                yield fact("observations", node, fiscal_year=year, unit=unit, **actual)
