"""What is drawn over a sheet: boxes with text, marks around choices, and the comments of cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extract.office.book import Area, SheetCell, TextBox, place_name
from extract.office.package import Node, Package, attribute, below, child, children, is_set, local
from schemas.document import Problem
from schemas.messages import say

_MARKS = frozenset({"ellipse", "donut", "flowChartConnector"})
"""Shapes that are drawn around a word to choose it."""
_MOST_COMMENTS = 50


def sheet_boxes(
    package: Package, part: str, sheet: str, cells: Mapping[tuple[int, int], SheetCell]
) -> tuple[tuple[TextBox, ...], tuple[Problem, ...]]:
    """The boxes with text over a sheet of cells, and a problem where ovals without text may mark choices."""
    boxes: list[TextBox] = []
    marked: list[Area] = []
    for drawing in package.related(part, "drawing"):
        root = package.xml(drawing)
        for anchor in root if root is not None else ():
            area = _area(anchor)
            if area is None:
                continue
            for shape in _shapes(anchor):
                if any(is_set(node, "hidden") for node in below(child(shape, "nvSpPr"), "cNvPr")):
                    continue
                text = shape_text(shape)
                if text:
                    boxes.append(TextBox(area, text))
                elif attribute(child(shape, "spPr", "prstGeom"), "prst") in _MARKS:
                    marked.append(area)
    return tuple(boxes), tuple(_mark_problems(sheet, marked, cells))


def shape_text(shape: Node) -> str:
    """The paragraphs of a shape, one a line."""
    lines = []
    for paragraph in children(child(shape, "txBody"), "p"):
        parts = []
        for node in paragraph.iter():
            if local(node) == "t":
                parts.append(node.text or "")
            elif local(node) == "br":
                parts.append("\n")
        lines.append("".join(parts))
    return "\n".join(lines).strip()


def _shapes(anchor: Node) -> Iterator[Node]:
    """The shapes of an anchor, those of groups too; of two renderings of one thing the first."""
    for node in anchor:
        name = local(node)
        if name == "sp":
            yield node
        elif name == "grpSp":
            yield from _shapes(node)
        elif name == "AlternateContent":
            yield from _shapes(next(iter(node), node))


def _area(anchor: Node) -> Area | None:
    """The cells that an anchor lies over; None where it stands on no cell."""
    start, end = _corner(child(anchor, "from")), _corner(child(anchor, "to"))
    if start is None:
        return None
    end = end or start
    return Area(start[0], start[1], max(start[0], end[0]), max(start[1], end[1]))


def _corner(node: Node | None) -> tuple[int, int] | None:
    row, col = child(node, "row"), child(node, "col")
    texts = [(each.text or "").strip() for each in (row, col) if each is not None]
    return (int(texts[0]), int(texts[1])) if len(texts) == 2 and all(map(str.isdigit, texts)) else None


def _mark_problems(sheet: str, marked: list[Area], cells: Mapping[tuple[int, int], SheetCell]) -> Iterator[Problem]:
    for area in marked[:_MOST_COMMENTS]:
        under = [cells[at].text for at in sorted(cells) if area.holds(*at) and cells[at].text]
        yield Problem(
            "ambiguous",
            "warning",
            say(
                "{place}: an oval is drawn here; if it marks a choice, that was not read",
                place=place_name(sheet, area.top, area.left),
            ),
            observed="、".join(under) or None,
        )


def comment_problems(package: Package, part: str, sheet: str) -> Iterator[Problem]:
    """The comments of a sheet's cells, each as a note: they are no print."""
    count = 0
    for comments in package.related(part, "comments"):
        for node in children(child(package.xml(comments), "commentList"), "comment"):
            text = "".join(part.text or "" for part in below(child(node, "text"), "t")).strip()
            if text and count < _MOST_COMMENTS:
                count += 1
                yield Problem(
                    "hidden-text", "note",
                    say(
                        "{place}: a comment stands on this cell; it was not read",
                        place=f"{sheet}!{attribute(node, 'ref') or ''}",
                    ),
                    observed=text,
                )  # fmt: skip
