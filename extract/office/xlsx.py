"""An Excel workbook (xlsx, xlsm, template) → its sheets, each cell with what it shows.

Formulas are not calculated: a cell shows the value that was stored with its formula. Macros are not looked at. Strict
and transitional files are read alike.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from extract.office.book import Area, Sheet, SheetCell, letters_to_column, reference_to_area
from extract.office.colours import theme_colours
from extract.office.conditions import FAILED, Change, Rule, Value, changed, icon_areas, read_changes, rules_of
from extract.office.covers import cover_problems
from extract.office.drawings import comment_problems, sheet_boxes
from extract.office.form_controls import sheet_controls, with_controls
from extract.office.number_format import number_text, text_text
from extract.office.package import (
    Node,
    OfficeError,
    Package,
    attribute,
    child,
    children,
    finite,
    is_set,
    local,
    refuse_declaration,
)  # fmt: skip
from extract.office.page_setup import header_footer_texts
from extract.office.remarks import conditions_remark, errors_remark, hidden_remark, icons_remark, uncalculated_remark
from extract.office.rich_text import Rich, rich_text, told
from extract.office.xlsx_styles import Look, read_looks
from schemas.limits import Limits, over_limit
from schemas.messages import say

WORKBOOK_PART = "xl/workbook.xml"

_POINTS_PER_CHARACTER = 5.25
"""The width of a digit of the default font at 11 points, in which the widths of columns are counted."""
_PADDING = 3.75
"""What a column is wider than its digits, in points."""
_LEAST_HEIGHT, _LEAST_WIDTH = 3.0, 3.0
"""A row or column that is smaller than this many points shows no text."""
_TEXTS = frozenset({"s", "inlineStr", "str"})
"""The types of cells that hold a text, as the standard names them."""

_AREA_NAME = re.compile(r"(?:'(?:[^']|'')*'|[^!,]+)!([$A-Z0-9:]+)", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    """What was met in a sheet's cells."""

    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    heights: dict[int, float] = field(default_factory=dict)
    errors: list[tuple[int, int]] = field(default_factory=list)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    unseen: list[tuple[int, int]] = field(default_factory=list)
    struck: dict[tuple[int, int], str] = field(default_factory=dict)
    zeros: list[tuple[int, int]] = field(default_factory=list)
    hides_zeros: bool = False
    values: dict[tuple[int, int], tuple[Value, Look]] | None = None
    """What each cell holds and how it is set, where conditions ask for it."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets of a workbook share."""

    package: Package
    limits: Limits
    strings: tuple[Rich, ...]
    theme: tuple[str, ...]
    looks: tuple[Look, ...]
    changes: tuple[Change, ...]
    from_1904: bool


def read_xlsx(package: Package, limits: Limits) -> Iterator[tuple[Sheet, str]]:
    """The sheets of a workbook in their order, each with its state: ``visible``, ``hidden`` or ``veryHidden``.

    Sheets that hold only a chart are left out. Raises OfficeError.
    """
    root = package.xml(WORKBOOK_PART)
    if root is None:
        raise OfficeError(say("The workbook has no list of its sheets; save it again from Excel."))
    part = _first(package, "theme")
    theme = theme_colours(package.xml(part) if part else None)
    part = _first(package, "styles")
    styles = package.xml(part) if part else None
    book = _Book(
        package=package,
        limits=limits,
        strings=tuple(_shared_strings(package, theme)),
        theme=theme,
        looks=read_looks(styles, theme),
        changes=read_changes(styles, theme),
        from_1904=any(is_set(node, "date1904") for node in children(root, "workbookPr")),
    )
    parts = package.by_relationship(WORKBOOK_PART)
    printed = _print_areas(root)
    cells = 0
    for number, node in enumerate(children(child(root, "sheets"), "sheet")):
        part = parts.get(_relationship_id(node), "")
        if part not in package or "/worksheets/" not in f"/{part.lower()}":
            continue
        sheet = _read_sheet(book, part, attribute(node, "name") or "", tuple(printed.get(number, ())))
        cells += len(sheet.cells)
        if cells > limits.text_cells:
            raise OfficeError(
                say("This file has {what}; nothing of it was read.", what=over_limit(limits, "text_cells"))
            )
        yield sheet, attribute(node, "state") or "visible"


def _relationship_id(node: Node) -> str:
    return next((str(value) for key, value in node.attrib.items() if str(key).endswith("}id")), "")


def _first(package: Package, kind: str) -> str | None:
    return next(iter(package.related(WORKBOOK_PART, kind)), None)


def _shared_strings(package: Package, theme: Sequence[str]) -> Iterator[Rich]:
    part = _first(package, "sharedStrings")
    root = package.xml(part) if part else None
    return (rich_text(node, theme) for node in children(root, "si"))


def _print_areas(root: Node) -> dict[int, list[Area]]:
    """The print areas of each sheet, by its number in the workbook."""
    areas: dict[int, list[Area]] = {}
    for node in children(child(root, "definedNames"), "definedName"):
        number = attribute(node, "localSheetId") or ""
        if attribute(node, "name") == "_xlnm.Print_Area" and number.isdecimal():
            found = (reference_to_area(match[1]) for match in _AREA_NAME.finditer(node.text or ""))
            areas.setdefault(int(number), []).extend(area for area in found if area)
    return areas


def _read_sheet(book: _Book, part: str, name: str, printed: tuple[Area, ...]) -> Sheet:
    data = book.package.read(part)
    refuse_declaration(data, part)
    found = _Found(values={} if book.changes and b"conditionalFormatting" in data else None)
    rules: list[Rule] = []
    icons: list[Area] = []
    merged: list[Area] = []
    hidden_cols: set[int] = set()
    widths: dict[int, float] = {}
    defaults: Node | None = None
    header_footer: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    row = -1
    reader = etree.iterparse(
        io.BytesIO(data), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for _, node in reader:
            match local(node):
                case "row":
                    row = _read_row(book, node, row + 1, found)
                    node.clear()
                case "sheetView":
                    found.hides_zeros = attribute(node, "showZeros") in ("0", "false")
                case "conditionalFormatting":
                    rules += rules_of(node, book.changes)
                    icons += icon_areas(node)
                case "cols":
                    _read_columns(node, widths, hidden_cols)
                case "sheetFormatPr":
                    defaults = node
                case "mergeCell":
                    if area := reference_to_area(attribute(node, "ref") or ""):
                        merged.append(area)
                case "headerFooter":
                    header_footer = header_footer_texts(node)
    except etree.XMLSyntaxError as error:
        raise OfficeError(
            say("The part {name} of the file is damaged ({why}); get it again from its source.", name=part, why=error)
        ) from error
    if len(found.cells) > book.limits.text_cells:
        raise OfficeError(
            say(
                "This file has {what}; nothing of it was read.",
                what=over_limit(book.limits, "text_cells", len(found.cells)),
            )
        )
    doubtful = _with_rules(book, found, sorted(rules, key=lambda rule: rule.priority))
    shown_as_icons = _without_icons(found, icons)
    boxes, marks = sheet_boxes(book.package, part, name, found.cells)
    sheet = Sheet(
        name=name,
        cells=with_controls(found.cells, merged, sheet_controls(book.package, part)),
        merged=tuple(merged),
        hidden_rows=frozenset(found.hidden_rows),
        hidden_cols=frozenset(hidden_cols),
        widths=widths,
        heights=found.heights,
        default_width=_width(_number(defaults, "defaultColWidth") or 8.38),
        default_height=_number(defaults, "defaultRowHeight") or 13.5,
        printed=printed,
        boxes=boxes,
        header=header_footer[0],
        footer=header_footer[1],
        unseen=tuple(found.unseen),
        struck=found.struck,
        problems=(
            *errors_remark(name, found.errors),
            *uncalculated_remark(name, found.uncalculated),
            *conditions_remark(name, doubtful),
            *icons_remark(name, shown_as_icons),
            *hidden_remark(name, "is a zero, which the sheet does not show", found.zeros),
            *marks,
            *comment_problems(book.package, part, name),
        ),
    )
    return replace(sheet, problems=(*sheet.problems, *cover_problems(book.package, part, sheet)))


def _without_icons(found: _Found, areas: Sequence[Area]) -> dict[tuple[int, int], str]:
    """Take out the numbers of cells that show an icon or a bar in their place; the numbers by their cells."""
    gone = {at: cell.text for at, cell in found.cells.items() if cell.text and any(area.holds(*at) for area in areas)}
    found.cells |= {at: replace(found.cells[at], text="") for at in gone}
    return gone


def _with_rules(book: _Book, found: _Found, rules: Sequence[Rule]) -> list[tuple[int, int]]:
    """Hide, strike out or format anew what rules of a sheet ask for; the cells of which a rule leaves that open."""
    doubtful: list[tuple[int, int]] = []
    held = found.values or {}
    values = {at: value for at, (value, _) in held.items()} if rules else {}
    for at in values:
        cell, (value, look) = found.cells.get(at), held[at]
        if cell is None or not cell.text:
            continue
        told = changed(rules, at, values, look.ground)
        change = told.change
        if told.is_doubtful:
            doubtful.append(at)
        if change.number_format is not None and isinstance(value, float):
            text = number_text(value, change.number_format, from_1904=book.from_1904)
            found.cells[at] = replace(cell, text=text if text.strip() else "")
        if change.ink is not None and change.ink == (change.ground or look.ground):
            found.cells[at] = replace(cell, text="")
            found.unseen.append(at)
        elif change.is_struck:
            found.cells[at] = replace(cell, text="")
            found.struck[at] = cell.text
    return doubtful


def _width(characters: float) -> float:
    return characters * _POINTS_PER_CHARACTER + _PADDING if characters > 0 else 0.0


def _number(node: Node | None, name: str) -> float | None:
    return finite(attribute(node, name) or "")


def _read_columns(node: Node, widths: dict[int, float], hidden: set[int]) -> None:
    for col in children(node, "col"):
        first, last = _number(col, "min"), _number(col, "max")
        if first is None or last is None:
            continue
        width = _number(col, "width")
        numbers = range(int(first) - 1, min(int(last), 16_384))
        if is_set(col, "hidden") or (width is not None and _width(width) < _LEAST_WIDTH):
            hidden.update(numbers)
        elif width is not None:
            widths.update(dict.fromkeys(numbers, _width(width)))


def _read_row(book: _Book, node: Node, expected: int, found: _Found) -> int:
    """Read the cells of a row; its number, from 0."""
    number = node.get("r")
    row = int(number) - 1 if number and number.isdecimal() else expected
    height = _number(node, "ht")
    if is_set(node, "hidden") or (height is not None and height < _LEAST_HEIGHT):
        found.hidden_rows.add(row)
    elif height is not None:
        found.heights[row] = height
    col = -1
    for cell in node:
        named = letters_to_column((cell.get("r") or "").rstrip("0123456789"))
        col = named if named >= 0 else col + 1
        _read_cell(book, cell, (row, col), found)
    return row


def _read_cell(book: _Book, node: Node, at: tuple[int, int], found: _Found) -> None:
    look = _look_of(book, node)
    if not len(node):
        if look.borders:
            found.cells[at] = SheetCell("", look.borders, look.style)
        return
    kind = node.get("t") or "n"
    value = next((part.text or "" for part in node if local(part) == "v"), None)
    number = finite(value or "") if kind == "n" else None
    text = _shown(book, node, kind, value, look, at, found)
    if found.hides_zeros and number == 0 and text.strip():
        found.zeros.append(at)
        text = ""
    if text.strip() or look.borders:
        found.cells[at] = SheetCell(text if text.strip() else "", look.borders, look.style)
    if found.values is not None and (text or value is not None):
        found.values[at] = (number if number is not None else FAILED if kind == "e" else text, look)


def _look_of(book: _Book, node: Node) -> Look:
    """How a cell is set: by the number of its style, or as the first style says."""
    style = node.get("s") or "0"
    number = int(style) if style.isdecimal() else 0
    return book.looks[number] if number < len(book.looks) else book.looks[0]


def _shown(
    book: _Book, node: Node, kind: str, value: str | None, look: Look, at: tuple[int, int], found: _Found
) -> str:
    """The text that a cell shows; what it does not show, or was not reckoned, is noted in `found`."""
    if kind == "e":
        found.errors.append(at)
        return ""
    if kind != "inlineStr" and (value is None or (kind == "n" and not value.strip())):
        if any(local(part) == "f" for part in node):
            found.uncalculated.append(at)
        return ""
    shown = told(
        _stored(book, kind, value or "", node, look),
        is_struck=look.is_struck,
        is_unseen=look.is_unseen,
        ground=look.ground,
    )
    if shown.unseen.strip():
        found.unseen.append(at)
    if shown.struck.strip():
        found.struck[at] = shown.struck.strip()
    return text_text(shown.text, look.number_format) if kind in _TEXTS else shown.text


def _stored(book: _Book, kind: str, value: str, node: Node, look: Look) -> Rich:
    """What a cell holds: a text as it is set, or what its number shows."""
    if kind == "s":
        number = int(value) if value.strip().isdecimal() else -1
        return book.strings[number] if 0 <= number < len(book.strings) else ""
    if kind == "inlineStr":
        return rich_text(child(node, "is"), book.theme)
    if kind == "b":
        is_true = value.strip() == "1"
        if look.is_checkbox:
            return "☑" if is_true else "□"
        return "TRUE" if is_true else "FALSE"
    if kind in ("str", "d"):
        return value
    try:
        return number_text(float(value), look.number_format, from_1904=book.from_1904)
    except (ValueError, OverflowError):
        return value
