"""The styles of a Word file: what paragraphs and runs take from them, and which colour the ground of text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.office.package import Node, Package, attribute, child, children, is_on, local

DOCUMENT_PART = "word/document.xml"

_LEAST_SIZE = 4
"""Text of fewer half points is not seen, nor meant to be."""

_RAISED = 4
"""Text set so many half points above its line is raised."""

_HEADING = re.compile(r"(?:heading|見出し) ?([1-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its paragraphs: heading, list, whether they are hidden or struck out."""

    level: int = 0
    list_id: str | None = None
    list_level: int = 0
    is_hidden: bool = False
    is_struck: bool = False


def read_styles(package: Package) -> dict[str, Style]:
    """The styles of paragraphs by id: the level of a heading, the list that they belong to, whether they are hidden."""
    part = next(iter(package.related(DOCUMENT_PART, "styles")), None)
    nodes = {attribute(node, "styleId") or "": node for node in children(package.xml(part) if part else None, "style")}
    styles: dict[str, Style] = {}
    for name in nodes:
        chain, seen = [], set()
        node: Node | None = nodes[name]
        while node is not None and id(node) not in seen:
            seen.add(id(node))
            chain.append(node)
            node = nodes.get(attribute(child(node, "basedOn"), "val") or "")
        styles[name] = _style(chain)
    return styles


def _style(chain: list[Node]) -> Style:
    """A style with what it takes from those it is based on; its own first."""
    level, list_id, list_level, hidden, is_struck = 0, None, 0, False, False
    for node in reversed(chain):
        properties = child(node, "pPr")
        if match := _HEADING.search(attribute(child(node, "name"), "val") or ""):
            level = int(match[1])
        if (outline := attribute(child(properties, "outlineLvl"), "val")) and outline.isdecimal():
            level = int(outline) + 1 if int(outline) < 9 else 0
        if (numbering := child(properties, "numPr")) is not None:
            list_id = attribute(child(numbering, "numId"), "val") or list_id
            list_level = digits(child(numbering, "ilvl"), list_level)
        if (vanish := child(node, "rPr", "vanish")) is not None:
            hidden = is_on(vanish)
        is_struck = struck(child(node, "rPr"), is_struck)
    return Style(level, list_id, list_level, hidden, is_struck)


def shaded_styles(package: Package) -> frozenset[str]:
    """The ids of the styles that colour what lies under text, and of those that are based on any."""
    part = next(iter(package.related(DOCUMENT_PART, "styles")), None)
    nodes = [*children(package.xml(part) if part else None, "style")]
    found = {attribute(node, "styleId") or "" for node in nodes if any(_is_colour(each) for each in node.iter())}
    for _ in nodes:
        more = {attribute(n, "styleId") or "" for n in nodes if attribute(child(n, "basedOn"), "val") in found}
        if more <= found:
            break
        found |= more
    return frozenset(found)


def _is_colour(node: Node) -> bool:
    """Whether a node fills the ground with a colour other than white."""
    fill = (attribute(node, "fill") or "auto").lower()
    return local(node) == "shd" and fill not in ("auto", "ffffff")


def fills(properties: Node | None) -> bool:
    """Whether properties of a table, a cell, a paragraph or a run colour the ground of their text."""
    return any(_is_colour(node) for node in children(properties, "shd")) or (
        (attribute(child(properties, "highlight"), "val") or "none") not in ("none", "white")
    )


def struck(properties: Node | None, inherited: bool) -> bool:
    """Whether text is struck out: as its own properties say, else as those that it takes them from."""
    marks = [mark for name in ("strike", "dstrike") if (mark := child(properties, name)) is not None]
    return any(map(is_on, marks)) if marks else inherited


def digits(node: Node | None, default: int) -> int:
    """The number that an element holds; `default` where it holds none."""
    value = attribute(node, "val") or ""
    return int(value) if value.isdecimal() and len(value) < 6 else default


def is_tiny(properties: Node | None) -> bool:
    """Whether the properties of a run set a size at which nothing is seen."""
    size = attribute(child(properties, "sz"), "val") or ""
    return size.isdecimal() and int(size) < _LEAST_SIZE


def is_raised(properties: Node | None) -> bool:
    """Whether the properties of a run set it above its line, as superscript or by a distance."""
    if attribute(child(properties, "vertAlign"), "val") == "superscript":
        return True
    distance = attribute(child(properties, "position"), "val") or ""
    return distance.isdecimal() and int(distance) >= _RAISED


def ground_of(properties: Node | None) -> str | None:
    """The colour that the properties of a cell or a run set under text, as ``ffcc00``; None where they set none."""
    fill = (attribute(child(properties, "shd"), "fill") or "auto").lower()
    return None if fill == "auto" else fill
