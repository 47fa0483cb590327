"""The styles of an Excel workbook: for each number that a cell names, its format, borders, fill and setting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from extract.office.book import BOTTOM, LEFT, RIGHT, TOP
from extract.office.colours import WHITE, colour
from extract.office.number_format import BUILT_IN
from extract.office.package import Node, attribute, below, child, children, finite, is_on, local
from schemas.document import Alignment, CellStyle

LEAST_SIZE = 2.0
"""Text of fewer points is not seen, nor meant to be."""

_SIDES = {"left": LEFT, "start": LEFT, "right": RIGHT, "end": RIGHT, "top": TOP, "bottom": BOTTOM}
_ALIGNED = {"left": "left", "center": "center", "centerContinuous": "center", "right": "right"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks: the format of its number, the sides with a border (bits), its style, whether text is unseen.

    `is_unseen` says that text has the colour of its `ground`, or no size to be seen, `is_struck` that it is struck out,
    `is_checkbox` that a truth value is shown as a box to check (MS-XLSX, §2.4.3, feature property bags).
    """

    number_format: str = "General"
    borders: int = 0
    style: CellStyle | None = None
    is_unseen: bool = False
    ground: str = WHITE
    is_struck: bool = False
    is_checkbox: bool = False


def read_looks(root: Node | None, colours: Sequence[str]) -> tuple[Look, ...]:
    """The looks by number; one plain look where a workbook has no styles."""
    if root is None:
        return (Look(),)
    formats = {
        attribute(node, "numFmtId") or "": attribute(node, "formatCode") or "General"
        for node in children(child(root, "numFmts"), "numFmt")
    }
    fonts = [_font(node, colours) for node in children(child(root, "fonts"), "font")]
    fills = [_fill(node, colours) for node in children(child(root, "fills"), "fill")]
    borders = [_borders(node) for node in children(child(root, "borders"), "border")]
    looks = tuple(_look(node, formats, fonts, fills, borders) for node in children(child(root, "cellXfs"), "xf"))
    return looks or (Look(),)


def _look(
    node: Node,
    formats: dict[str, str],
    fonts: Sequence[_Font],
    fills: Sequence[str | None],
    borders: Sequence[int],
) -> Look:
    number = attribute(node, "numFmtId") or "0"
    code = formats.get(number) or BUILT_IN.get(int(number) if number.isdecimal() else 0, "General")
    font = fonts[_index(node, "fontId", fonts)] if fonts else _Font()
    fill = fills[_index(node, "fillId", fills)] if fills else None
    align = _ALIGNED.get(attribute(child(node, "alignment"), "horizontal") or "")
    style = CellStyle(fill=None if fill == WHITE else fill, bold=font.bold, align=cast("Alignment | None", align))
    return Look(
        number_format=code,
        borders=borders[_index(node, "borderId", borders)] if borders else 0,
        style=style if style != CellStyle(bold=False) else None,
        is_unseen=font.is_tiny or (font.ink is not None and font.ink == (fill or WHITE)),
        ground=fill or WHITE,
        is_struck=font.is_struck,
        is_checkbox=next(below(child(node, "extLst"), "xfComplement"), None) is not None,
    )


def _index(node: Node, name: str, listed: Sequence[object]) -> int:
    value = attribute(node, name) or "0"
    number = int(value) if value.isdecimal() else 0
    return number if number < len(listed) else 0


@dataclass(frozen=True, slots=True)
class _Font:
    bold: bool = False
    ink: str | None = None
    is_struck: bool = False
    is_tiny: bool = False


def _font(node: Node, theme: Sequence[str]) -> _Font:
    size = finite(attribute(child(node, "sz"), "val") or "")
    return _Font(
        is_on(child(node, "b")),
        colour(child(node, "color"), theme),
        is_on(child(node, "strike")),
        size is not None and size < LEAST_SIZE,
    )


def _fill(node: Node, theme: Sequence[str]) -> str | None:
    pattern = child(node, "patternFill")
    if pattern is None or attribute(pattern, "patternType") in (None, "none"):
        return None
    if attribute(pattern, "patternType") != "solid":
        return colour(child(pattern, "bgColor"), theme)
    return colour(child(pattern, "fgColor"), theme)


def _borders(node: Node) -> int:
    sides = 0
    for side in node:
        if attribute(side, "style") not in (None, "none"):
            sides |= _SIDES.get(local(side), 0)
    return sides
