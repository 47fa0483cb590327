"""Tables drawn at random, written by the libraries of other programs, come back cell by cell."""

from __future__ import annotations

import docx
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tests.extract.office.making import frame, saved, word, workbook
from tests.extract.office.showing import read

Rectangle = tuple[int, int, int, int]  # row, column, rows, columns

_WORDS = st.text(st.sampled_from("施策評価目標実績令和5年度Ａ1,234％△○（）・ー"), min_size=1, max_size=6).map(str.strip)


@st.composite
def grids(draw: st.DrawFn) -> dict[Rectangle, str]:
    """The cells of a table: a rectangle cut across and down again and again, each with a text of its own."""
    n_rows, n_cols = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    open_parts: list[Rectangle] = [(0, 0, n_rows, n_cols)]
    cells: dict[Rectangle, str] = {}
    while open_parts:
        row, col, rows, cols = open_parts.pop()
        kinds = ["whole"] if (rows, cols) == (1, 1) else [*["across"] * (rows > 1), *["down"] * (cols > 1)]
        if (rows, cols) != (n_rows, n_cols) and rows * cols <= 4:
            kinds.append("whole")
        match draw(st.sampled_from(kinds)):
            case "across":
                cut = draw(st.integers(1, rows - 1))
                open_parts += [(row, col, cut, cols), (row + cut, col, rows - cut, cols)]
            case "down":
                cut = draw(st.integers(1, cols - 1))
                open_parts += [(row, col, rows, cut), (row, col + cut, rows, cols - cut)]
            case _:
                cells[row, col, rows, cols] = f"{len(cells)}{draw(_WORDS)}"
    return dict(sorted(cells.items()))


def without_unused_borders(cells: dict[Rectangle, str]) -> dict[Rectangle, str]:
    """The same cells, rows and columns numbered by the borders that cells have."""
    rows = sorted({edge for row, _, height, _ in cells for edge in (row, row + height)})
    cols = sorted({edge for _, col, _, width in cells for edge in (col, col + width)})
    row_of, col_of = ({edge: number for number, edge in enumerate(edges)} for edges in (rows, cols))
    return {
        (row_of[row], col_of[col], row_of[row + height] - row_of[row], col_of[col + width] - col_of[col]): text
        for (row, col, height, width), text in cells.items()
    }


def found_cells(data: bytes, name: str) -> dict[Rectangle, str]:
    [table] = read(data, name).tables
    return {(cell.row, cell.col, cell.row_span, cell.col_span): cell.text for cell in table.cells}


@settings(max_examples=40, deadline=None)
@given(grids(), st.integers(0, 5), st.integers(0, 5))
def test_a_table_comes_back_from_a_workbook(cells: dict[Rectangle, str], down: int, right: int) -> None:
    def fill(sheet: Worksheet) -> None:
        for (row, col, rows, cols), text in cells.items():
            first = sheet.cell(down + row + 1, right + col + 1, text)
            last = sheet.cell(down + row + rows, right + col + cols)
            area = f"{first.coordinate}:{last.coordinate}"
            frame(sheet, area)
            if rows * cols > 1:
                sheet.merge_cells(area)

    assert found_cells(workbook(fill), "a.xlsx") == without_unused_borders(cells)


@settings(max_examples=25, deadline=None)
@given(grids())
def test_a_table_comes_back_from_a_word_file(cells: dict[Rectangle, str]) -> None:
    def fill(document: docx.document.Document) -> None:
        n_rows = max(row + rows for row, _, rows, _ in cells)
        n_cols = max(col + cols for _, col, _, cols in cells)
        table = document.add_table(n_rows, n_cols)
        for (row, col, rows, cols), text in cells.items():
            table.cell(row, col).merge(table.cell(row + rows - 1, col + cols - 1)).text = text

    assert found_cells(word(fill), "a.docx") == without_unused_borders(cells)


@settings(max_examples=25, deadline=None)
@given(grids())
def test_a_table_comes_back_from_a_web_page(cells: dict[Rectangle, str]) -> None:
    n_rows = max(row + rows for row, _, rows, _ in cells)
    lines = [
        "".join(f"<td rowspan={rows} colspan={cols}>{text}" for (at, _, rows, cols), text in cells.items() if at == row)
        for row in range(n_rows)
    ]
    page = f"<html><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
    assert found_cells(page.encode(), "a.html") == without_unused_borders(cells)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(_WORDS.filter(bool), min_size=3, max_size=3), min_size=2, max_size=6), st.booleans())
def test_a_list_comes_back_ruled_or_not(table: list[list[str]], ruled: bool) -> None:
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    if ruled:
        for number in range(1, len(table) + 1):
            for letter in "ABC":
                frame(book.active, f"{letter}{number}:{letter}{number}")
    assert [*found_cells(saved(book), "a.xlsx").values()] == [text for row in table for text in row]
