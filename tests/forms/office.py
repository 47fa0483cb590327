"""A form as a workbook, and printed by LibreOffice where it is installed."""

from __future__ import annotations

import atexit
import io
import re
import shutil
import subprocess
import tempfile
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Place
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.model import WIDTH, Cell, Form, Grid, Line

_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+|-?\d+(?:\.\d+)?")
_POINTS_PER_LINE = 13.5
_LETTERS_PER_STEP = 1.0
"""How many half-width characters of a 9 point font a step of the width takes."""


def form_to_workbook(form: Form) -> bytes:
    """One sheet, its columns cut where any table's are; numbers as numbers with a format on some forms."""
    dice = Random(f"office {form.number}")
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    cuts = sorted({0, WIDTH, *(cut for item in form.items if isinstance(item, Grid) for cut in item.cuts)})
    for n, (before, after) in enumerate(pairwise(cuts), start=1):
        sheet.column_dimensions[get_column_letter(n)].width = max(1.2, (after - before) * _LETTERS_PER_STEP)
    look = _Look(dice.choice(("DDEBF7", "EEEEEE", "")), dice.random() < 0.5)
    row = 1
    for item in form.items:
        if isinstance(item, Line):
            place = sheet.cell(row, 1, item.text)
            place.font = Font(name="IPAGothic", size=12 if item.level == 1 else 9, bold=item.level > 0)
            row += 1
        else:
            _grid(sheet, item, cuts, row, look)
            if form.wide and item.heads and sheet.print_title_rows is None and dice.random() < 0.7:
                sheet.print_title_rows = f"{row}:{row + item.heads - 1}"  # printed again on every page
            row += item.n_rows + 1
    sheet.page_setup.orientation = "landscape" if form.wide else "portrait"
    sheet.page_setup.paperSize = 8 if form.wide and dice.random() < 0.5 else 9  # A3, A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class _Look:
    """How cells look: the ground of labels, whether numbers are numbers."""

    def __init__(self, shade: str, has_numbers: bool) -> None:
        side = Side(style="thin")
        self.border = Border(left=side, right=side, top=side, bottom=side)
        self.fill = PatternFill("solid", fgColor=shade) if shade else None
        self.has_numbers = has_numbers


def _grid(sheet: Worksheet, grid: Grid, cuts: list[int], top: int, look: _Look) -> None:
    column = {cut: n for n, cut in enumerate(cuts, start=1)}
    heights = [1] * grid.n_rows
    for cell in grid.cells:
        first, last = column[cell.x0], column[cell.x1] - 1
        row, bottom = top + cell.row, top + cell.row + cell.rows - 1
        for y in range(row, bottom + 1):
            for x in range(first, last + 1):
                sheet.cell(y, x).border = look.border
        place = sheet.cell(row, first)
        _write(place, cell, look)
        if (last, bottom) != (first, row):
            sheet.merge_cells(start_row=row, start_column=first, end_row=bottom, end_column=last)
        lines = _lines(cell)
        if cell.rows == 1:
            heights[cell.row] = max(heights[cell.row], lines)
        elif sum(heights[cell.row : cell.row + cell.rows]) < lines:
            heights[cell.row + cell.rows - 1] += lines - sum(heights[cell.row : cell.row + cell.rows])
    for n, height in enumerate(heights):
        sheet.row_dimensions[top + n].height = height * _POINTS_PER_LINE + 2


def _lines(cell: Cell) -> int:
    """How many lines a text takes in its cell."""
    room = max(2.0, (cell.x1 - cell.x0) * _LETTERS_PER_STEP - 1)
    wide = [sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in cell.text.split("\n")]
    return sum(max(1, -(-int(length) // int(room))) for length in wide)


def _write(place: Place, cell: Cell, look: _Look) -> None:
    place.font = Font(name="IPAGothic", size=9)
    place.alignment = Alignment(horizontal=cell.align, vertical="center", wrap_text=True)
    if cell.head and look.fill:
        place.fill = look.fill
    number = cell.text.removesuffix("%")
    if look.has_numbers and cell.align == "right" and _NUMBER.fullmatch(number):
        value = float(number.replace(",", ""))
        decimals = len(number.partition(".")[2])
        shown = ("#,##0" if "," in number or abs(value) < 1000 else "0") + ("." + "0" * decimals if decimals else "")
        if cell.text.endswith("%"):
            place.value, place.number_format = round(value / 100, 6), shown.replace("#,##", "") + "%"
        else:
            place.value, place.number_format = value if decimals else int(value), shown
    elif cell.text:
        place.value = cell.text
        place.data_type = "s"


def office_to_pdf(data: bytes) -> bytes:
    """The pages that LibreOffice prints of a workbook; FileNotFoundError where it is not installed."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise FileNotFoundError("soffice is not on the path: install LibreOffice Calc")
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "form.xlsx"
        book.write_bytes(data)
        profile = f"-env:UserInstallation=file://{_profile()}"
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(book)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return book.with_suffix(".pdf").read_bytes()


@cache
def _profile() -> str:
    """A folder of settings for this process alone, which LibreOffice takes seconds to make; removed at the end."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
