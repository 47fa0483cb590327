"""A Word file (docx, docm, template) → its paragraphs and tables, as they read when every change is accepted.

What is deleted, moved away, hidden or struck out is not read, and told. Text boxes stand behind the paragraph that they
hang on, footnotes at the end, running titles as headers and footers. Word keeps no pages: everything is on page 1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, cast

from extract.note_mark import raised
from extract.office.docx_fields import Fields
from extract.office.docx_numbering import Lists, read_lists, symbol
from extract.office.docx_styles import (
    DOCUMENT_PART,
    Style,
    digits,
    fills,
    ground_of,
    is_raised,
    is_tiny,
    read_styles,
    shaded_styles,
    struck,
)  # fmt: skip
from extract.office.laid import Laid
from extract.office.package import Node, OfficeError, Package, attribute, child, children, is_on, local
from extract.office.span_grid import CellBudget, SpanCell, spans_to_table
from schemas.document import Alignment, CellStyle, Fragment, Line, Page, Problem, Table
from schemas.limits import Limits
from schemas.messages import say

_ALIGNED = {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right"}
_INLINE = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "dir", "bdo"}
)
_FEW_CHARACTERS = 20
"""A box of one cell with up to so many characters is a table, as a number or a mark in a box is."""
_DEEPEST = 50
"""So many tables and text boxes stand one inside the other at most."""


@dataclass(slots=True)
class _Reader:
    package: Package
    styles: dict[str, Style]
    lists: Lists
    budget: CellBudget
    unread: Counter[str] = field(default_factory=Counter)
    fields: Fields = field(default_factory=Fields)
    shaded_styles: frozenset[str] = frozenset()
    """The styles of tables that colour cells."""
    is_shaded: bool = False
    """Whether what is being read may stand on a colour; white text is hidden elsewhere."""
    ground: str | None = None
    """The colour of the cell that is being read, where it has one."""


@dataclass(slots=True)
class _Paragraph:
    """What was gathered of a paragraph: its text, whether all of it is bold, and the boxes that hang on it.

    `is_struck` says that its style strikes it out, `is_shaded` that it stands on a colour.
    """

    parts: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)
    is_struck: bool = False
    is_shaded: bool = False


def read_docx(package: Package, limits: Limits) -> Laid:
    """The items of a Word file. Raises OfficeError."""
    root = package.xml(DOCUMENT_PART)
    body = child(root, "body")
    if body is None:
        raise OfficeError(say("The Word file has no text part; save it again from Word."))
    numbering = next(iter(package.related(DOCUMENT_PART, "numbering")), None)
    reader = _Reader(
        package, read_styles(package), read_lists(package, numbering), CellBudget(limits),
        shaded_styles=shaded_styles(package), is_shaded=child(root, "background") is not None,
    )  # fmt: skip
    heads = [*_running(reader, "header")]
    items = [*_blocks(reader, body, 0)]
    items += _notes(reader)
    feet = [*_running(reader, "footer")]
    everything = (*heads, *items, *feet)
    return Laid((Page(1),) if everything else (), everything, tuple(_problems(reader.unread)))


def _problems(unread: Counter[str]) -> Iterator[Problem]:
    if count := unread["hidden"]:
        yield Problem("hidden-text", "note", say("{n} characters are set as hidden text; they were not read", n=count))
    if count := unread["white"]:
        yield Problem(
            "hidden-text", "warning",
            say("{n} characters are white on white ground; they were not read: look at the file", n=count),
        )  # fmt: skip
    if count := unread["ground"]:
        yield Problem(
            "hidden-text", "warning",
            say("{n} characters have the colour of their ground; they were not read: look at the file", n=count),
        )  # fmt: skip
    if count := unread["deleted"]:
        yield Problem(
            "struck-text",
            "note",
            say(
                "{n} characters are marked as deleted; the file was read as it is with all its changes accepted",
                n=count,
            ),
        )
    if count := unread["struck"]:
        yield Problem("struck-text", "note", say("{n} characters are struck out; they were not read", n=count))


def _blocks(reader: _Reader, node: Node, depth: int) -> Iterator[Line | Table]:
    """The paragraphs and tables inside an element, in order."""
    for block in node:
        match local(block):
            case "p":
                yield from _paragraph_items(reader, block, depth)
            case "tbl":
                yield from _table_items(reader, block, depth)
            case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "Choice":
                yield from _blocks(reader, block, depth)
            case "AlternateContent":
                yield from _blocks(reader, next(iter(block), block), depth)


def _paragraph_items(reader: _Reader, node: Node, depth: int) -> Iterator[Line | Table]:
    paragraph, text = _paragraph(reader, node)
    if text:
        style = reader.styles.get(attribute(child(node, "pPr", "pStyle"), "val") or "", Style())
        outline = child(node, "pPr", "outlineLvl")
        level = style.level if outline is None else (digits(outline, 9) + 1) % 10
        yield Line(text, (Fragment(1, text),), level=level)
    yield from _box_items(reader, paragraph.boxes, depth)


def _box_items(reader: _Reader, boxes: list[Node], depth: int) -> Iterator[Line | Table]:
    if depth < _DEEPEST:
        before, reader.is_shaded = reader.is_shaded, True  # a box may be filled
        for box in boxes:
            yield from _blocks(reader, box, depth + 1)
        reader.is_shaded = before


def _paragraph(reader: _Reader, node: Node) -> tuple[_Paragraph, str]:
    """A paragraph, and what it prints with its number or bullet."""
    style = reader.styles.get(attribute(child(node, "pPr", "pStyle"), "val") or "", Style())
    shaded = fills(child(node, "pPr")) or attribute(child(node, "pPr", "pStyle"), "val") in reader.shaded_styles
    paragraph = _Paragraph(is_struck=style.is_struck, is_shaded=shaded)
    _gather(reader, node, paragraph)
    text = "".join(paragraph.parts).replace("\t", " ")
    text = "\n".join(line.strip() for line in text.split("\n")).strip()
    label = _list_label(reader, node) if text else ""
    return paragraph, f"{label}{text}"


def _list_label(reader: _Reader, node: Node) -> str:
    style = reader.styles.get(attribute(child(node, "pPr", "pStyle"), "val") or "", Style())
    numbering = child(node, "pPr", "numPr")
    list_id = attribute(child(numbering, "numId"), "val") or style.list_id
    level = digits(child(numbering, "ilvl"), style.list_level)
    return reader.lists.label(list_id, level) if list_id and list_id != "0" else ""


def _gather(reader: _Reader, node: Node, paragraph: _Paragraph) -> None:
    """Gather the runs inside an element."""
    for part in node:
        name = local(part)
        if name == "r":
            _run(reader, part, paragraph)
        elif name in _INLINE:
            _gather(reader, part, paragraph)
        elif name in ("del", "moveFrom"):
            reader.unread["deleted"] += _length(part)
        elif name == "AlternateContent":
            _gather(reader, next(iter(part), part), paragraph)
        elif name == "oMath" or name == "oMathPara":
            paragraph.parts.append("".join(text.text or "" for text in part.iter() if local(text) == "t"))


def _length(node: Node) -> int:
    return sum(len((text.text or "").strip()) for text in node.iter() if local(text) in ("t", "delText"))


def _run(reader: _Reader, node: Node, paragraph: _Paragraph) -> None:
    properties = child(node, "rPr")
    style = reader.styles.get(attribute(child(properties, "rStyle"), "val") or "", Style())
    vanish = child(properties, "vanish")
    reason = None
    if is_on(vanish) or (vanish is None and style.is_hidden):
        reason = "hidden"
    elif struck(properties, style.is_struck or paragraph.is_struck):
        reason = "struck"
    elif is_tiny(properties):
        reason = "hidden"
    elif (ink := (attribute(child(properties, "color"), "val") or "").lower()) == "ffffff" and not (
        reader.is_shaded or paragraph.is_shaded or fills(properties)
    ):
        reason = "white"
    elif ink and ink == (ground_of(properties) or reader.ground):
        reason = "ground"
    before = len(paragraph.parts)
    for part in node:
        _run_part(reader, part, paragraph)
    told = "".join(paragraph.parts[before:])
    if reason:
        del paragraph.parts[before:]
        reader.unread[reason] += len(told.strip())
    elif told.strip():
        if is_raised(properties):
            paragraph.parts[before:] = [raised(told)]
        paragraph.bold.append(is_on(child(properties, "b")))


def _run_part(reader: _Reader, node: Node, paragraph: _Paragraph) -> None:
    name = local(node)
    if name == "fldChar":
        paragraph.parts.append(reader.fields.at(node))
    elif reader.fields.is_code:
        if name == "instrText":
            reader.fields.read(node.text or "")
    elif name == "t":
        paragraph.parts.append(node.text or "")
    elif name in ("tab", "ptab"):
        paragraph.parts.append("\t")
    elif name in ("br", "cr"):
        paragraph.parts.append("\n")
    elif name == "noBreakHyphen":
        paragraph.parts.append("-")
    elif name == "sym":
        code = attribute(node, "char") or ""
        paragraph.parts.append(symbol(chr(int(code, 16))) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else "")
    elif name == "ruby":
        for base in children(node, "rubyBase"):
            _gather(reader, base, paragraph)
    elif name == "AlternateContent":
        for part in next(iter(node), node):
            _run_part(reader, part, paragraph)
    elif name in ("drawing", "pict", "object"):
        paragraph.boxes += [box for box in node.iter() if local(box) == "txbxContent" and not _is_inner(box, node)]


def _stands_in_line(box: Node) -> bool:
    """Whether a text box of paragraphs alone stands in its line as a character does, and floats nowhere else."""
    return any(local(node) == "inline" for node in box.iterancestors()) and all(local(part) == "p" for part in box)


def _is_inner(box: Node, top: Node) -> bool:
    """Whether a text box stands in another one below the same drawing, or in the second rendering of a drawing."""
    parent = box.getparent()
    while parent is not None and parent is not top:
        if local(parent) in ("txbxContent", "Fallback"):
            return True
        parent = parent.getparent()
    return False


def _table_items(reader: _Reader, node: Node, depth: int) -> Iterator[Line | Table]:
    """A table, with what stands in its cells beside text behind it; the content alone of one that only frames."""
    rows = [*_rows(node)]
    cells = [[*_row_cells(row)] for row in rows]
    properties = child(node, "tblPr")
    before = reader.is_shaded
    styled = attribute(child(properties, "tblStyle"), "val") in reader.shaded_styles
    reader.is_shaded = before or styled or fills(properties)
    try:
        yield from _table_of(reader, cells, depth)
    finally:
        reader.is_shaded = before


def _table_of(reader: _Reader, cells: list[list[tuple[Node, int, int]]], depth: int) -> Iterator[Line | Table]:
    if len(cells) == 1 and len(cells[0]) == 1 and _is_frame(cells[0][0][0]):
        yield from _blocks(reader, cells[0][0][0], depth + 1)
        return
    behind: list[Line | Table] = []
    spans = [
        [
            _span_cell(reader, cell, col, width, _height(cells, number, col, width), behind, depth)
            for cell, col, width in row
            if not _continues(cell)
        ]
        for number, row in enumerate(cells)
    ]
    table = spans_to_table(spans, reader.budget)
    if table is not None and any(cell.text for cell in table.cells):
        yield table
    yield from behind


def _is_frame(cell: Node) -> bool:
    """Whether the only cell of a table frames text: more than a few words, several paragraphs, or tables."""
    blocks = [*_cell_blocks(cell)]
    return len(blocks) > 1 or any(local(block) == "tbl" for block in blocks) or _length(cell) > _FEW_CHARACTERS


def _rows(node: Node) -> Iterator[Node]:
    for part in node:
        if local(part) == "tr":
            properties = child(part, "trPr")
            if child(properties, "del") is None and not is_on(child(properties, "hidden")):
                yield part
        elif local(part) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _rows(part)


def _row_cells(row: Node) -> Iterator[tuple[Node, int, int]]:
    """The cells of a row with the columns of the table's grid that they begin at and take."""
    col = digits(child(row, "trPr", "gridBefore"), 0)
    for cell in _cells(row):
        width = max(digits(child(cell, "tcPr", "gridSpan"), 1), 1)
        yield cell, col, width
        col += width


def _cells(node: Node) -> Iterator[Node]:
    for part in node:
        if local(part) == "tc":
            yield part
        elif local(part) in ("sdt", "sdtContent", "customXml"):
            yield from _cells(part)


def _continues(cell: Node) -> bool:
    """Whether a cell is covered by the one above it."""
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and (attribute(merge, "val") or "continue") == "continue"


def _height(rows: list[list[tuple[Node, int, int]]], number: int, col: int, width: int) -> int:
    """How many rows a cell takes: its own, and those below that continue it."""
    below = number + 1
    while below < len(rows) and any(_continues(cell) and (at, wide) == (col, width) for cell, at, wide in rows[below]):
        below += 1
    return below - number


def _span_cell(
    reader: _Reader, cell: Node, col: int, width: int, height: int, behind: list[Line | Table], depth: int
) -> SpanCell:
    texts, bold, aligned = [], [], None
    before, reader.is_shaded = reader.is_shaded, reader.is_shaded or fills(child(cell, "tcPr"))
    around, reader.ground = reader.ground, ground_of(child(cell, "tcPr"))
    for block in _cell_blocks(cell):
        if local(block) == "tbl":
            inner = [*_table_items(reader, block, depth + 1)] if depth < _DEEPEST else []
            is_framed = len(inner) == 1 and isinstance(inner[0], Table) and len(inner[0].cells) == 1
            if is_framed:
                texts += [
                    text for item in inner if isinstance(item, Table) for cell in item.cells if (text := cell.text)
                ]
            else:
                behind += inner
            continue
        paragraph, text = _paragraph(reader, block)
        in_line = [] if text else [*filter(_stands_in_line, paragraph.boxes)]
        behind += _box_items(reader, [box for box in paragraph.boxes if box not in in_line], depth)
        texts += [line for box in in_line for each in children(box, "p") if (line := _paragraph(reader, each)[1])]
        if text:
            texts.append(text)
            bold += paragraph.bold
            aligned = aligned or _ALIGNED.get(attribute(child(block, "pPr", "jc"), "val") or "")
    reader.is_shaded, reader.ground = before, around
    fill = (attribute(child(cell, "tcPr", "shd"), "fill") or "auto").lower()
    style = CellStyle(
        fill=f"#{fill}" if re.fullmatch("[0-9a-f]{6}", fill) and fill != "ffffff" else None,
        bold=bool(bold) and all(bold),
        align=cast("Alignment | None", aligned),
    )
    return SpanCell("\n".join(texts), height, width, style if style != CellStyle(bold=False) else None, col)


def _cell_blocks(node: Node) -> Iterator[Node]:
    for block in node:
        if local(block) in ("p", "tbl"):
            yield block
        elif local(block) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _cell_blocks(block)


def _running(reader: _Reader, role: Literal["header", "footer"]) -> Iterator[Line]:
    """The lines of running titles, each once."""
    seen: set[str] = set()
    for part in sorted(set(reader.package.related(DOCUMENT_PART, role))):
        root = reader.package.xml(part)
        for item in _blocks(reader, root, 0) if root is not None else ():
            texts = [item.text] if isinstance(item, Line) else [cell.text for cell in item.cells]
            for text in texts:
                if text and text not in seen:
                    seen.add(text)
                    yield Line(text, (Fragment(1, text),), role=role)


def _notes(reader: _Reader) -> Iterator[Line | Table]:
    for kind in ("footnotes", "endnotes"):
        for part in reader.package.related(DOCUMENT_PART, kind):
            for note in children(reader.package.xml(part), kind.removesuffix("s")):
                if attribute(note, "type") in (None, "normal"):
                    yield from _blocks(reader, note, 0)
