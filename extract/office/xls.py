"""An old Excel workbook (xls, BIFF) → its sheets, each cell with what it shows. Read by xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, cast

from extract.note_mark import raised
from extract.office.book import BOTTOM, LEFT, RIGHT, TOP, Area, Sheet, SheetCell
from extract.office.number_format import number_text, text_text
from extract.office.package import OfficeError
from extract.office.remarks import errors_remark
from schemas.document import Alignment, CellStyle
from schemas.limits import Limits, over_limit
from schemas.messages import say

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a compound file, in which old Office files and new ones with a password stand."""

_STATES = {0: "visible", 1: "hidden", 2: "veryHidden"}
_ALIGNED = {1: "left", 2: "center", 3: "right", 6: "center"}
_SOLID = 1
_POINTS_PER_CHARACTER, _PADDING = 5.25, 3.75
_TWIPS = 20
_RAISED = 1


def is_encrypted_package(data: bytes) -> bool:
    """Whether a compound file holds a new office file that is locked with a password (MS-OFFCRYPTO, §2.3)."""
    return "EncryptedPackage".encode("utf-16-le") in data


def holds_workbook(data: bytes) -> bool:
    """Whether a compound file holds an Excel workbook."""
    return any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))


def read_xls(data: bytes, limits: Limits) -> Iterator[tuple[Sheet, str]]:
    """The sheets of a workbook with their states, as `read_xlsx` gives them. Raises OfficeError."""
    import xlrd  # seldom needed

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO(), ragged_rows=True)
    except Exception as error:  # a damaged file fails in many ways
        if "encrypted" in str(error).lower():
            raise OfficeError(
                say("The file is locked with a password. Save it without one, and convert it again.")
            ) from error
        raise OfficeError(
            say("The old Excel file is damaged ({why}); save it as xlsx and convert that.", why=error)
        ) from error
    cells = 0
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        read = _read_sheet(book, sheet)
        cells += len(read.cells)
        if cells > limits.text_cells:
            raise OfficeError(
                say("This file has {what}; nothing of it was read.", what=over_limit(limits, "text_cells"))
            )
        yield read, _STATES.get(sheet.visibility, "visible")


def _read_sheet(book: Any, sheet: Any) -> Sheet:
    cells: dict[tuple[int, int], SheetCell] = {}
    errors: list[tuple[int, int]] = []
    struck: dict[tuple[int, int], str] = {}
    for row in range(sheet.nrows):
        for col in range(sheet.row_len(row)):
            cell = sheet.cell(row, col)
            look = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
            if cell.ctype == 5:
                errors.append((row, col))
            text, struck_out = _kept(book, sheet, (row, col), _shown(book, cell, look), look)
            if struck_out:
                struck[row, col] = struck_out
            borders = _borders(look)
            if text.strip() or borders:
                cells[row, col] = SheetCell(text if text.strip() else "", borders, _style(book, look))
    merged = tuple(Area(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
    rows, cols = sheet.rowinfo_map.items(), sheet.colinfo_map.items()
    return Sheet(
        name=sheet.name,
        cells=cells,
        merged=merged,
        hidden_rows=frozenset(number for number, info in rows if info.hidden or info.height == 0),
        hidden_cols=frozenset(number for number, info in cols if info.hidden or info.width == 0),
        widths={number: info.width / 256 * _POINTS_PER_CHARACTER + _PADDING for number, info in cols},
        heights={number: info.height / _TWIPS for number, info in rows},
        struck=struck,
        problems=tuple(errors_remark(sheet.name, errors)),
    )


def _shown(book: Any, cell: Any, look: Any) -> str:
    """What a cell shows. Kinds: 1 text, 2 number, 3 date, 4 truth value, 5 error."""
    code = book.format_map[look.format_key].format_str if look is not None else "General"
    if cell.ctype == 1:
        return text_text(str(cell.value).replace("\r\n", "\n").replace("\r", "\n"), code)
    if cell.ctype in (2, 3):
        return number_text(float(cell.value), code, from_1904=bool(book.datemode))
    if cell.ctype == 4:
        return "TRUE" if cell.value else "FALSE"
    return ""


def _kept(book: Any, sheet: Any, at: tuple[int, int], text: str, look: Any) -> tuple[str, str]:
    """What of a text shows, raised marks of notes told, and what of it is struck out: its runs are set in fonts."""
    if look is None or not text:
        return text, ""
    starts = [(0, look.font_index), *sheet.rich_text_runlist_map.get(at, ())]
    kept, struck = [], []
    for (start, number), end in zip(starts, [*(start for start, _ in starts[1:]), len(text)], strict=True):
        font = book.font_list[number] if number < len(book.font_list) else None
        part = text[start:end]
        if font is not None and font.struck_out:
            struck.append(part)
        else:
            kept.append(raised(part) if font is not None and font.escapement == _RAISED else part)
    return "".join(kept), "".join(struck).strip()


def _borders(look: Any) -> int:
    if look is None:
        return 0
    border = look.border
    return (
        (LEFT if border.left_line_style else 0)
        | (RIGHT if border.right_line_style else 0)
        | (TOP if border.top_line_style else 0)
        | (BOTTOM if border.bottom_line_style else 0)
    )


def _style(book: Any, look: Any) -> CellStyle | None:
    if look is None:
        return None
    ground = (
        book.colour_map.get(look.background.pattern_colour_index) if look.background.fill_pattern == _SOLID else None
    )
    fill = "#{:02x}{:02x}{:02x}".format(*ground) if ground else None
    align = cast("Alignment | None", _ALIGNED.get(look.alignment.hor_align))
    bold = bool(book.font_list[look.font_index].bold) if look.font_index < len(book.font_list) else False
    style = CellStyle(fill=None if fill == "#ffffff" else fill, bold=bold, align=align)
    return style if style != CellStyle(bold=False) else None
