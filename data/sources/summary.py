"""The form of a plan's closing summary: a legend with its formula; counts, score, good points and issues by goal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from data.sources.facts import Content, Fact, Node, document, fact, measure, unquoted
from data.sources.pages import add_line, frame, new_page, new_pages

SCHEME = "musashino-2"
PARTS = (("good_points", "【良い点】", "good_point"), ("issues", "【課題】", "issue"))
LATEX = {"÷": r"\div", "×": r"\times", "≒": r"\doteq"}


def text(content: Content) -> str:
    """Paragraphs, one blank line between them; formulas as LaTeX, three blank lines between goals."""
    legend = "\n\n".join(_legend(content, text_form=True))
    goals = ("\n\n".join(line for line, _ in _goal(at, goal, content)) for at, goal in enumerate(content["goal"], 1))
    return f"\n\n{legend}\n\n" + "\n\n\n\n".join(goals) + "\n"


def office(content: Content, path: Path) -> None:
    """The legend's page, then one A4 page per goal."""
    pages = new_pages("IPAMincho")
    for at, line in enumerate(_legend(content, text_form=False)):
        if line == _line(content["goal"][content["legend_goal"] - 1]):
            frame(add_line(pages, line.replace("**", ""), 12, bold=True))
        else:
            for part in line.split("\n"):
                size = {0: 16, 1: 13}.get(at, 10.5)
                add_line(pages, part, size, bold=at < 2, align="left" if at else "center")
    for at, goal in enumerate(content["goal"], 1):
        new_page(pages)
        for line, look in _goal(at, goal, content):
            if look == "point":
                add_line(pages, f"・{line}", indent=5)
            elif look == "score":
                frame(add_line(pages, line.replace("**", ""), 12, bold=True))
            else:
                add_line(pages, line, {"goal": 15, "measure": 12}.get(look, 10.5), bold=look != "note", before=4)
    pages.save(str(path))


def _legend(content: Content, *, text_form: bool) -> Iterator[str]:
    first, last = content["formulas"]
    yield from (content["title"], content["legend_title"], content["judged_by"])
    yield _line(content["goal"][content["legend_goal"] - 1])
    yield "\n".join(content["legend_note"])
    yield _latex(first) if text_form else first
    yield from content["weights"]
    yield _latex(last) if text_form else last


def _latex(formula: str) -> str:
    r"""A formula as the text form writes it, its last step on a new line where there are several.

    >>> print(_latex("100点 ÷ 30施策"))
    $$100\text{点} \div 30\text{施策}$$
    """
    words = re.sub(r"[点施策]+", lambda word: rf"\text{{{word[0]}}}", formula)
    if "=" in words:
        words = words.replace("≒", r"\\ ≒")
    return f"$${''.join(LATEX.get(char, char) for char in words)}$$"


def _goal(at: int, goal: Content, content: Content) -> Iterator[tuple[str, str]]:
    """A goal's lines, each with what it is."""
    yield f"目標 {at} {goal['name']}", "goal"
    yield from ((f"基本施策{name}", "measure") for name in goal["measures"])
    yield content["judged_by"], "note"
    yield _line(goal), "score"
    for key, label, _ in PARTS:
        yield label, "label"
        yield from (("".join(point), "point") for point in goal[key])


def _line(goal: Content) -> str:
    counts = " ".join(f"{mark}{count}" for mark, count in goal["counts"].items())
    return f"{sum(goal['counts'].values())}施策中 {counts} → {goal['score_text']}"


def facts(content: Content) -> Iterator[Fact]:
    """What a perfect conversion holds. The legend repeats a goal's line, which is no record of its own."""
    yield document(content)
    for at, goal in enumerate(content["goal"], 1):
        node = Node("policy", f"{at}", goal["name"])
        yield measure(node)
        for step, name in enumerate(goal["measures"], 1):
            bare = unquoted(re.sub(r"^ ?[（(]\d[）)] ?", "", name))
            yield measure(Node("measure", f"{at}-{step}", bare), node)
        for mark, count in goal["counts"].items():
            yield fact("grade_counts", node, grade_scheme_id=SCHEME, grade=mark, count=count)
        yield fact("scores", node, score=goal["score"], score_max=content["score_max"])
        earlier = content["earlier_year"]
        yield fact("scores", node, fiscal_year=earlier, score=goal["earlier"], score_max=content["score_max"])
        for key, _, section in PARTS:
            for item, (words, by) in enumerate(goal[key], 1):
                who = by.strip(" （）()").replace("関係", "関") or None
                yield fact("passages", node, section=section, item=item, attribution=who, text=words)
    for finding in content["finding"]:
        yield fact("findings", **finding)
