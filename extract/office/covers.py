"""Pictures and filled shapes that lie over numbers of a sheet, and hide them wholly or may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extract.office.book import Sheet, place_name
from extract.office.package import Node, Package, attribute, below, child, children, finite, is_set, local
from schemas.document import Problem
from schemas.messages import say

_POINT = 12_700.0
"""English metric units, in which drawings are placed, to a point."""

_RIM = 1.5
"""How much of a cell may stand out from under what lies over it, in points, all its sides together."""

_MOST = 50
"""So many columns or rows are looked at under one drawing, and so many cells are told."""

_ANCHORS = ("oneCellAnchor", "twoCellAnchor")


def cover_problems(package: Package, part: str, sheet: Sheet) -> Iterator[Problem]:
    """Each number of a sheet that lies under a picture, or under a filled shape without a text."""
    told = 0
    for drawing in package.related(part, "drawing"):
        root = package.xml(drawing)
        for anchor in root if root is not None else ():
            if local(anchor) not in _ANCHORS or not _covers(anchor):
                continue
            for at in _cells_under(anchor, sheet):
                cell = sheet.cells.get(at)
                if cell is not None and any(map(str.isdigit, cell.text)) and told < _MOST:
                    told += 1
                    yield Problem(
                        "ambiguous",
                        "warning",
                        say(
                            "{place}: a picture or a filled shape lies over this cell and may hide its text, which was "
                            "read: look at it",
                            place=place_name(sheet.name, *at),
                        ),
                        observed=cell.text,
                    )


def _covers(anchor: Node) -> bool:
    """Whether what is anchored is a picture, or a shape with a colour and no text, and shows."""
    for node in anchor:
        name = local(node)
        if name not in ("pic", "sp") or any(is_set(each, "hidden") for each in below(node, "cNvPr")):
            continue
        is_filled = child(node, "spPr", "solidFill") is not None
        if name == "pic" or (is_filled and not any((each.text or "").strip() for each in below(node, "t"))):
            return True
    return False


def _cells_under(anchor: Node, sheet: Sheet) -> Iterator[tuple[int, int]]:
    cols = _covered(anchor, "col", "cx", sheet.widths, sheet.default_width)
    rows = _covered(anchor, "row", "cy", sheet.heights, sheet.default_height)
    return ((row, col) for row in rows for col in cols)


def _covered(anchor: Node, name: str, extent: str, sizes: Mapping[int, float], usual: float) -> list[int]:
    """The columns, or the rows, that lie under what is anchored from one side to the other."""
    start, end = _corner(child(anchor, "from"), name), _corner(child(anchor, "to"), name)
    if start is None:
        return []
    number, begin = start
    if end is not None:
        stop = sum(sizes.get(at, usual) for at in range(number, min(end[0], number + _MOST))) + end[1]
    else:
        stop = begin + (finite(attribute(child(anchor, "ext"), extent) or "") or 0.0) / _POINT
    found: list[int] = []
    left = 0.0
    while left < stop and len(found) < _MOST:
        right = left + sizes.get(number, usual)
        if max(begin - left, 0.0) + max(right - stop, 0.0) <= _RIM < right - left:
            found.append(number)
        left, number = right, number + 1
    return found


def _corner(node: Node | None, name: str) -> tuple[int, float] | None:
    """The column or row of a corner, and how far in it the corner lies, in points."""
    number, offset = (next(iter(children(node, each)), None) for each in (name, f"{name}Off"))
    text = (number.text or "").strip() if number is not None else ""
    away = finite((offset.text or "").strip()) if offset is not None else None
    return (int(text), (away or 0.0) / _POINT) if text.isdecimal() and len(text) < 8 else None
