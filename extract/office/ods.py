"""An OpenDocument spreadsheet (ods) → its sheets. Its cells keep what they show as text (OpenDocument 1.3, §9.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from extract.kinds import ODS
from extract.note_mark import raised
from extract.office.book import BOTTOM, LEFT, RIGHT, TOP, Area, Sheet, SheetCell, place_name, reference_to_area
from extract.office.package import Node, OfficeError, Package, attribute, child, children, finite, local
from schemas.document import Alignment, CellStyle, Problem
from schemas.limits import Limits, over_limit
from schemas.messages import say

CONTENT_PART = "content.xml"
MIME_TYPE = ODS.encode()

_SIDES = {"border-left": LEFT, "border-right": RIGHT, "border-top": TOP, "border-bottom": BOTTOM}
_ALIGNED = {"start": "left", "left": "left", "center": "center", "end": "right", "right": "right"}
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75}
_MOST_REPEATED = 1_000
"""A row or cell with text that is repeated more often than this is read so many times."""


@dataclass(frozen=True, slots=True)
class _Look:
    borders: int = 0
    style: CellStyle | None = None
    size: float | None = None
    is_struck: bool | None = None
    is_raised: bool = False


@dataclass(slots=True)
class _Found:
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    comments: list[tuple[tuple[int, int], str]] = field(default_factory=list)
    struck: dict[tuple[int, int], str] = field(default_factory=dict)


def read_ods(package: Package, limits: Limits) -> Iterator[tuple[Sheet, str]]:
    """The sheets of a workbook with their states, as `read_xlsx` gives them. Raises OfficeError."""
    root = package.xml(CONTENT_PART)
    body = child(root, "body", "spreadsheet")
    if body is None:
        raise OfficeError(say("The workbook has no list of its sheets; save it again."))
    styles = child(root, "automatic-styles")
    looks = {attribute(node, "name") or "": _look(node) for node in children(styles, "style")}
    hidden = {
        attribute(node, "name") or ""
        for node in children(styles, "style")
        if attribute(child(node, "table-properties"), "display") == "false"
    }
    cells = 0
    for table in children(body, "table"):
        found = _Found()
        _read_columns(table, looks, found, 0)
        _read_rows(table, looks, found, 0, limits)
        cells += len(found.cells)
        if cells > limits.text_cells:
            raise OfficeError(
                say("This file has {what}; nothing of it was read.", what=over_limit(limits, "text_cells"))
            )
        name = attribute(table, "name") or ""
        ranges = (attribute(table, "print-ranges") or "").split(" ")
        areas = (reference_to_area(_plain_reference(each)) for each in ranges if each)
        yield (
            Sheet(
                name=name,
                cells=found.cells,
                merged=tuple(found.merged),
                hidden_rows=frozenset(found.hidden_rows),
                hidden_cols=frozenset(found.hidden_cols),
                widths=found.widths,
                heights=found.heights,
                default_width=64.0,
                default_height=12.8,
                printed=tuple(area for area in areas if area),
                struck=found.struck,
                problems=tuple(_comment_problems(name, found)),
            ),
            "hidden" if attribute(table, "style-name") in hidden else "visible",
        )


def _comment_problems(name: str, found: _Found) -> Iterator[Problem]:
    for at, text in found.comments[:50]:
        yield Problem(
            "hidden-text",
            "note",
            say("{place}: a comment stands on this cell; it was not read", place=place_name(name, *at)),
            observed=text,
        )


def _plain_reference(reference: str) -> str:
    """A range as other workbooks write it.

    >>> _plain_reference("$'表 1'.A1:$'表 1'.F20")
    'A1:F20'
    """
    return ":".join(part.rpartition(".")[2] for part in reference.split(":"))


def _look(node: Node) -> _Look:
    properties = child(node, "table-cell-properties")
    borders = 0
    if _is_border(attribute(properties, "border")):
        borders = LEFT | RIGHT | TOP | BOTTOM
    for name, side in _SIDES.items():
        value = attribute(properties, name)
        if value is not None:
            borders = borders | side if _is_border(value) else borders & ~side
    fill = attribute(properties, "background-color")
    align = _ALIGNED.get(attribute(child(node, "paragraph-properties"), "text-align") or "")
    letters = child(node, "text-properties")
    bold = attribute(letters, "font-weight") == "bold"
    through = attribute(letters, "text-line-through-style") or attribute(letters, "text-line-through-type")
    style = CellStyle(
        fill=fill.lower() if fill and fill.startswith("#") and fill.lower() != "#ffffff" else None,
        bold=bold,
        align=cast("Alignment | None", align),
    )
    size = attribute(child(node, "table-row-properties"), "row-height") or attribute(
        child(node, "table-column-properties"), "column-width"
    )
    return _Look(borders, style if style != CellStyle(bold=False) else None, _points(size),
                 None if through is None else through != "none",
                 (attribute(letters, "text-position") or "").startswith("super"))  # fmt: skip


def _is_border(value: str | None) -> bool:
    return value is not None and value not in ("none", "hidden", "")


def _points(length: str | None) -> float | None:
    size = finite(length[:-2]) if length else None
    return size * _POINTS.get(str(length)[-2:], 1.0) if size is not None else None


def _count(node: Node, name: str) -> int:
    value = attribute(node, name) or "1"
    return max(int(value), 1) if value.isdecimal() and len(value) < 9 else 1


def _read_columns(node: Node, looks: dict[str, _Look], found: _Found, col: int) -> int:
    for part in node:
        name = local(part)
        if name in ("table-columns", "table-header-columns", "table-column-group"):
            col = _read_columns(part, looks, found, col)
        elif name == "table-column":
            count = min(_count(part, "number-columns-repeated"), 16_384)
            look = looks.get(attribute(part, "style-name") or "", _Look())
            numbers = range(col, col + count)
            if attribute(part, "visibility") in ("collapse", "filter"):
                found.hidden_cols.update(numbers)
            elif look.size:
                found.widths.update(dict.fromkeys(numbers, look.size))
            col += count
    return col


def _read_rows(node: Node, looks: dict[str, _Look], found: _Found, row: int, limits: Limits) -> int:
    for part in node:
        name = local(part)
        if name in ("table-rows", "table-header-rows", "table-row-group"):
            row = _read_rows(part, looks, found, row, limits)
        elif name == "table-row":
            count = _count(part, "number-rows-repeated")
            look = looks.get(attribute(part, "style-name") or "", _Look())
            is_hidden = attribute(part, "visibility") in ("collapse", "filter")
            for number in range(row, row + min(count, _MOST_REPEATED)):
                before = len(found.cells)
                _read_cells(part, looks, found, number)
                if is_hidden:
                    found.hidden_rows.add(number)
                elif look.size:
                    found.heights[number] = look.size
                if len(found.cells) == before:
                    break  # an empty row: the others like it need no look
                if len(found.cells) > limits.text_cells:
                    raise OfficeError(
                        say("This file has {what}; nothing of it was read.", what=over_limit(limits, "text_cells"))
                    )
            row += count
    return row


def _read_cells(node: Node, looks: dict[str, _Look], found: _Found, row: int) -> None:
    col = 0
    for cell in node:
        if local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        count = _count(cell, "number-columns-repeated")
        look = looks.get(attribute(cell, "style-name") or "", _Look())
        struck: list[str] = []
        runs = ("".join(_paragraph_runs(part, looks, look, struck)) for part in children(cell, "p"))
        text = "\n".join(runs)
        if text.strip() or look.borders:
            for number in range(col, col + min(count, _MOST_REPEATED)):
                found.cells[row, number] = SheetCell(text if text.strip() else "", look.borders, look.style)
        if "".join(struck).strip():
            found.struck[row, col] = "".join(struck).strip()
        rows, cols = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if local(cell) == "table-cell" and (rows > 1 or cols > 1):
            found.merged.append(Area(row, col, row + rows - 1, col + cols - 1))
        for note in children(cell, "annotation"):
            said = "\n".join("".join(_paragraph_runs(part, {}, _Look(), [])) for part in children(note, "p")).strip()
            if said:
                found.comments.append(((row, col), said))
        col += count


def _paragraph_runs(node: Node, looks: Mapping[str, _Look], look: _Look, struck: list[str]) -> Iterator[str]:
    """What shows of a paragraph, its breaks and repeated blanks too, without readings and notes. `look` is how it is
    set; what is struck out goes to `struck`."""

    def shown(text: str | None) -> Iterator[str]:
        if text and look.is_struck:
            struck.append(text)
        elif text:
            yield raised(text) if look.is_raised else text

    yield from shown(node.text)
    for part in node:
        name = local(part)
        if name == "line-break":
            yield "\n"
        elif name == "s":
            value = attribute(part, "c") or "1"
            yield " " * (min(int(value), 1_000) if value.isdecimal() and len(value) < 7 else 1)
        elif name == "tab":
            yield " "
        elif name not in ("annotation", "note", "ruby-text"):
            own = looks.get(attribute(part, "style-name") or "", _Look())
            is_struck = look.is_struck if own.is_struck is None else own.is_struck
            inner = replace(own, is_struck=is_struck, is_raised=own.is_raised or look.is_raised)
            yield from _paragraph_runs(part, looks, inner, struck)
        yield from shown(part.tail)
