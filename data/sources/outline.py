"""The form of a plan's outline: Markdown headings and nested lists; themes with directions, state, issues, survey."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from data.sources.facts import NOWHERE, Content, Fact, Node, document, measure, passages, unquoted
from data.sources.pages import add_line, new_pages

CIRCLED = "①②③④⑤⑥⑦⑧⑨"
SIZES = {1: 16, 2: 14, 3: 11.5, 4: 10.5}
Line = tuple[str, str]  # what a line is ("#" to "####" a heading, "-", "  -" a bullet, "" prose) and what it says


def text(content: Content) -> str:
    """Markdown: blank lines around headings and between lists and prose."""
    lines = [""]
    before = ""
    for kind, words in _lines(content):
        lines += [""] * ("-" not in kind or "-" not in before)
        lines.append(f"{kind} {words}".lstrip(" ") if kind.strip() != "-" else f"{kind} {words}")
        before = kind
    return "\n".join(lines) + "\n"


def office(content: Content, path: Path) -> None:
    """A few A4 pages."""
    pages = new_pages("Noto Serif CJK JP", 0.9)
    for kind, words in _lines(content):
        if "#" in kind:
            add_line(pages, words, SIZES[len(kind)], bold=True, align="center" if kind == "#" else "left", before=6)
        elif "-" in kind:
            own = words[0] in CIRCLED or words[0] in "・⇒"
            add_line(pages, words if own else f"・{words}", indent=5 + 3 * kind.index("-"))
        else:
            for line in words.split("  \n"):
                add_line(pages, line, indent=5 if line[0] == "・" else 0)
    pages.save(str(path))


def _lines(content: Content) -> Iterator[Line]:
    yield "#", content["title"]
    yield from _parts(content["before"])
    state = content["state"]
    yield "##", state["heading"]
    yield "###", state["subheading"]
    for at, theme in enumerate(content["theme"], 1):
        yield "####", f"({at}) 「{theme['name']}」の現状と課題"
        for mark, direction in zip(CIRCLED, theme["direction"], strict=False):
            yield "-", f"{mark} {direction['name']}"
            yield from (("  -", f"・{item}") for item in direction["state"])
        yield "####", "【課題】"
        yield from (("-", f"{mark}{issue}") for mark, issue in zip(CIRCLED, theme["issues"], strict=False))
    yield "###", state["survey"]
    surveys = [(f"「{theme['name']}」に対する意識", theme["survey"]) for theme in content["theme"]]
    for at, (heading, items) in enumerate([*surveys, (content["other"]["heading"], content["other"]["survey"])], 1):
        yield "####", f"({at}) {heading}"
        yield from (("-", item) for item in items)
    yield from _parts(content["after"])
    vision = content["vision"]
    yield "###", vision["analysis"]
    yield "##", vision["heading"]
    yield "###", vision["aim_heading"]
    yield "", "  \n".join(vision["aim"])
    yield "###", vision["effects_heading"]
    yield from (("-", effect) for effect in vision["effects"])
    yield "", "  \n".join(vision["slogan"])


def _parts(parts: list[Content]) -> Iterator[Line]:
    for part in parts:
        yield "##", part["heading"]
        yield from (("  -" if item[0] == "⇒" else "-", item) for item in part["bullets"])
        if "prose" in part:
            yield "", part["prose"]


def facts(content: Content) -> Iterator[Fact]:
    """What a perfect conversion holds: a hierarchy and passages, no indicator and no grade."""
    yield document(content)
    vision = content["vision"]
    prose = [words for part in (*content["before"], *content["after"]) for words in _prose(part)]
    yield from passages(NOWHERE, "background", [*prose, *vision["effects"], "".join(vision["slogan"])])
    yield from passages(NOWHERE, "aim", ["".join(vision["aim"])])
    yield from passages(NOWHERE, "survey", content["other"]["survey"])
    for at, theme in enumerate(content["theme"], 1):
        policy = Node("policy", f"{at}", theme["name"])
        yield measure(policy)
        for step, direction in enumerate(theme["direction"], 1):
            node = Node("measure", f"{at}-{step}", unquoted(direction["name"]))
            yield measure(node, policy)
            yield from passages(node, "state", direction["state"])
        yield from passages(policy, "issue", theme["issues"])
        yield from passages(policy, "survey", theme["survey"])


def _prose(part: Content) -> Iterator[str]:
    yield from part["bullets"]
    if "prose" in part:
        yield part["prose"]
