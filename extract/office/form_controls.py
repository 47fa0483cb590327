"""Controls of a form on a sheet: check boxes and option buttons, as the marks that they show (ECMA-376 part 4, §19.4).

Excel draws them in a part of VML beside the sheet. A control that stands in a cell is read as part of what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from extract.office.book import Area, SheetCell
from extract.office.package import Node, Package, child, refuse_declaration

_MARKS = {"Checkbox": ("□", "☑"), "Radio": ("○", "●")}
"""What a control shows that is not chosen, and one that is."""
_OPEN_BREAK = re.compile(rb"<br\s*>", re.IGNORECASE)
"""VML is nearly XML: a caption may hold a line break that is never closed."""
_ANCHOR = 8
"""An anchor has so many numbers: column, offset, row, offset of its first corner, then of its last."""


@dataclass(frozen=True, slots=True)
class Control:
    """A control: the cells that it lies over, how far right it begins in the first, and what it shows."""

    area: Area
    offset: int
    text: str


def sheet_controls(package: Package, part: str) -> tuple[Control, ...]:
    """The check boxes and option buttons of a sheet. Raises OfficeError where a part declares entities."""
    return tuple(
        control
        for drawing in package.related(part, "vmlDrawing")
        for control in _controls(package.read(drawing), drawing)
    )


def _controls(data: bytes, name: str) -> Iterator[Control]:
    refuse_declaration(data, name)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(_OPEN_BREAK.sub(b"<br/>", data), parser) if data.strip() else None
    for shape in root if root is not None else ():
        said = child(shape, "ClientData")
        kind = said.get("ObjectType") if said is not None else None
        place = _place(said)
        if kind not in _MARKS or place is None:
            continue
        checked = child(said, "Checked")
        mark = _MARKS[kind][checked is not None and (checked.text or "1").strip() not in ("", "0")]
        yield Control(place[0], place[1], f"{mark}{_caption(shape)}")


def _caption(shape: Node) -> str:
    box = child(shape, "textbox")
    return " ".join("".join(str(text) for text in box.itertext()).split()) if box is not None else ""


def _place(said: Node | None) -> tuple[Area, int] | None:
    anchor = child(said, "Anchor")
    numbers = [part.strip() for part in (anchor.text or "").split(",")] if anchor is not None else []
    if len(numbers) != _ANCHOR or not all(number.isdecimal() and len(number) < 8 for number in numbers):
        return None
    left, offset, top, _, right, _, bottom, _ = map(int, numbers)
    return Area(top, left, max(top, bottom), max(left, right)), offset


def with_controls(
    cells: Mapping[tuple[int, int], SheetCell], merged: Sequence[Area], controls: Sequence[Control]
) -> dict[tuple[int, int], SheetCell]:
    """The cells of a sheet with what their controls show, from left to right, behind their own text."""
    told = dict(cells)
    for control in sorted(controls, key=lambda each: (each.area.top, each.area.left, each.offset)):
        row, col = (control.area.top + control.area.bottom) // 2, control.area.left
        at = next(((area.top, area.left) for area in merged if area.holds(row, col)), (row, col))
        cell = told.get(at, SheetCell())
        told[at] = replace(cell, text=f"{cell.text}　{control.text}" if cell.text else control.text)
    return told
