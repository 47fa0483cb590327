"""A form as a grid of cells, described once: its text form (tabs) and its print (a worksheet) derive from it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

EMPHASIS = re.compile(r"\*\*(.+?)\*\*")
ALIGNMENT = {"label": "center", "heading": "center", "vertical": "center", "centre": "center", "right": "right"}


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell: its place and reach, the lines printed in it, how they stand.

    `text` is the text form, where it is not just the lines with blanks between them. A cell that `slips` opens its row
    there. Words in ``**`` are emphasised.
    """

    row: int
    col: int
    lines: Sequence[str]
    rows: int = 1
    cols: int = 1
    look: Literal["value", "label", "heading", "vertical", "centre", "right"] = "value"
    text: str | None = None
    slips: bool = False


@dataclass(frozen=True, slots=True)
class Print:
    """How a grid is printed: font and its size in points, column widths in worksheet characters, fill of the labels."""

    font: str
    size: float
    widths: Sequence[float]
    fill: str


def spots_to_text(spots: Sequence[Spot]) -> str:
    """The rows of a grid, cells apart by tabs; what a cell covers is empty."""
    n_rows = max(spot.row + spot.rows for spot in spots)
    n_cols = max(spot.col + spot.cols for spot in spots)
    rows = [[""] * n_cols for _ in range(n_rows)]
    for spot in spots:
        rows[spot.row][0 if spot.slips else spot.col] = (
            EMPHASIS.sub(r" \1 ", " ".join(spot.lines)) if spot.text is None else spot.text
        )
    return "".join("\t".join(row) + "\n" for row in rows)


def print_spots(spots: Sequence[Spot], sheet: Worksheet, form: Print, top: int = 1) -> int:
    """Print a grid on a worksheet from row `top` on: thin lines inside, a medium one around. Returns the next row."""
    n_rows = max(spot.row + spot.rows for spot in spots)
    n_cols = max(spot.col + spot.cols for spot in spots)
    for spot in spots:
        first, last = (top + spot.row, 1 + spot.col), (top + spot.row + spot.rows - 1, spot.col + spot.cols)
        cell = sheet.cell(*first)
        cell.value = _printed("\n".join(spot.lines), form)
        cell.border = Border(
            left=_side(first[1] == 1), right=_side(last[1] == n_cols),
            top=_side(first[0] == top), bottom=_side(last[0] == top + n_rows - 1),
        )  # fmt: skip
        sheet.merge_cells(start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1])
        cell.font = Font(name=form.font, size=form.size, bold=spot.look == "heading")
        cell.alignment = Alignment(
            horizontal=ALIGNMENT.get(spot.look, "left"), vertical="center", wrap_text=True,
            text_rotation=255 if spot.look == "vertical" else 0,
        )  # fmt: skip
        if spot.look in {"label", "heading", "vertical"}:
            cell.fill = PatternFill("solid", start_color=form.fill)
    for row, height in enumerate(_heights(spots, n_rows, form), top):
        sheet.row_dimensions[row].height = height
    for col, width in enumerate(form.widths, 1):
        sheet.column_dimensions[get_column_letter(col)].width = width
    return top + n_rows


def print_line(text: str, sheet: Worksheet, row: int, cols: tuple[int, int], font: Font, align: str = "left") -> None:
    """Print a line outside any grid, over columns `cols`."""
    sheet.merge_cells(start_row=row, start_column=cols[0], end_row=row, end_column=cols[1])
    cell = sheet.cell(row, cols[0], text)
    cell.font = font
    cell.alignment = Alignment(horizontal=align, vertical="center")
    sheet.row_dimensions[row].height = font.size * 2


def box_line(sheet: Worksheet, row: int, cols: tuple[int, int]) -> None:
    """Draw a medium border around a line."""
    for col in range(cols[0], cols[1] + 1):
        ends = _side(col == cols[0]), _side(col == cols[1])
        sheet.cell(row, col).border = Border(*ends, top=_side(True), bottom=_side(True))


def _side(outer: bool) -> Side:
    return Side("medium" if outer else "thin")


def _printed(text: str, form: Print) -> str | CellRichText:
    """A cell's value: rich text where words are emphasised."""
    if not EMPHASIS.search(text):
        return text
    strong = InlineFont(rFont=form.font, sz=form.size, b=True, u="single")
    plain = InlineFont(rFont=form.font, sz=form.size)
    parts = (TextBlock(strong if at % 2 else plain, part) for at, part in enumerate(EMPHASIS.split(text)) if part)
    return CellRichText(*parts)


def _heights(spots: Sequence[Spot], n_rows: int, form: Print) -> Iterator[float]:
    """Rows as high as their cells just need; what a merged cell needs beyond its rows goes to the last of them."""
    heights = [form.size * 2.2] * n_rows
    for spot in sorted(spots, key=lambda spot: spot.rows):
        if spot.look == "vertical":
            continue
        across = sum(form.widths[spot.col : spot.col + spot.cols]) * 10 / form.size * 0.52
        needed = sum(max(1, math.ceil(_ems(line) / across)) for line in spot.lines) * form.size * 1.12 + form.size / 2
        last = spot.row + spot.rows - 1
        heights[last] += max(0.0, needed - sum(heights[spot.row : last + 1]))
    yield from heights


def _ems(line: str) -> float:
    """About how wide a line is, in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55 for char in line)
