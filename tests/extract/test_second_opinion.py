"""camelot's reading of a ruled table beside ours: agreement says nothing, a difference shows both."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import camelot.io
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table as PrintedTable

from extract.read import read_document
from extract.second_opinion.comparison import second_opinion
from schemas.document import Box, Cell, Document, Fragment, Table

FONT = "HeiseiKakuGo-W5"
ROWS = [["施策", "評価", "目標 20〜30"], ["相談", "A", "20件"], ["周知", "", "-"]]
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def a_pdf(
    rows: Sequence[Sequence[str]] = ROWS, *, rotation: int = 0, crop: tuple[float, ...] | None = None, pages: int = 1
) -> bytes:
    """A ruled table, its second column merged over the last two rows, upright on each page."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(400, 300))
    for _ in range(pages):
        style = [("GRID", (0, 0), (-1, -1), 1, "black"), ("FONT", (0, 0), (-1, -1), FONT, 10), ("SPAN", (1, 1), (1, 2))]
        printed = PrintedTable(rows, colWidths=70, rowHeights=20, style=style)
        if rotation == 90:
            canvas.translate(400, 0)
            canvas.rotate(90)
        printed.wrapOn(canvas, 300, 300)
        printed.drawOn(canvas, 60, 150)
        canvas.setPageRotation(rotation)
        if crop:
            canvas.setCropBox(crop)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def only_table(document: Document) -> Table:
    [table] = document.tables
    return table


def with_cells(document: Document, cells: Sequence[Cell]) -> Document:
    return replace(document, items=(replace(only_table(document), cells=tuple(cells)),))


def reworded(cell: Cell, text: str) -> Cell:
    return replace(cell, text=text, fragments=(replace(cell.fragments[0], text=text),))


@pytest.mark.parametrize(
    "data",
    [a_pdf(), a_pdf(rotation=90), a_pdf(crop=(40, 100, 380, 280)), a_pdf(pages=2)],
    ids=["plain", "turned page", "cropped page", "two pages"],
)
def test_agreement_says_nothing(data: bytes) -> None:
    document = read_document(data, "a.pdf")
    assert {cell.text for table in document.tables for cell in table.cells} == {
        text for row in ROWS for text in row
    } - {""}
    assert second_opinion(data, document) == ()


def test_a_cell_that_reads_differently_is_one_note_that_shows_both() -> None:
    data = a_pdf()
    document = read_document(data, "a.pdf")
    cells = [reworded(cell, "25件") if cell.text == "20件" else cell for cell in only_table(document).cells]
    [problem] = second_opinion(data, with_cells(document, cells))
    assert (problem.rule, problem.severity, problem.page) == ("readers-disagree", "note", 1)
    assert (problem.expected, problem.observed) == ("25件", "20件")
    assert "Table 0, row 1, column 2 on page 1 (x 200–270, y 110–130 pt)" in problem.message.en


def test_width_dashes_tildes_and_blanks_are_no_difference() -> None:
    data = a_pdf()
    document = read_document(data, "a.pdf")
    other = {"目標 20〜30": "目標\n２０～30", "-": "−"}
    cells = [reworded(cell, other.get(cell.text, cell.text)) for cell in only_table(document).cells]
    assert second_opinion(data, with_cells(document, cells)) == ()


def test_a_cell_that_camelot_cuts_is_shown_with_its_parts() -> None:
    data = a_pdf()
    document = read_document(data, "a.pdf")
    first, second, *rest = only_table(document).cells
    one, other = first.fragments[0].box, second.fragments[0].box
    assert one is not None
    assert other is not None
    joined = Fragment(1, first.text + second.text, Box(one.x0, one.top, other.x1, other.bottom))
    cells = [replace(first, col_span=2, text=joined.text, fragments=(joined,)), *rest]
    [problem] = second_opinion(data, with_cells(document, cells))
    assert (problem.expected, problem.observed) == ("施策評価", "施策 | 評価")
    assert "sees 2 cells" in problem.message.en


def test_a_cell_that_camelot_sees_whole_is_shown_with_the_whole() -> None:
    data = a_pdf()
    document = read_document(data, "a.pdf")
    merged = next(cell for cell in only_table(document).cells if cell.text == "A")
    box = merged.fragments[0].box
    assert box is not None
    upper = replace(merged, row_span=1, fragments=(Fragment(1, "A", replace(box, bottom=box.top + 15)),))
    cells = [upper if cell is merged else cell for cell in only_table(document).cells]
    [problem] = second_opinion(data, with_cells(document, cells))
    assert "reaches further" in problem.message.en


def test_tables_that_only_one_reader_sees_are_told() -> None:
    data = a_pdf()
    document = read_document(data, "a.pdf")
    [missed] = second_opinion(data, replace(document, items=()))
    assert (missed.expected, missed.observed) == ("no table", "3 rows × 3 columns")
    bare = io.BytesIO()
    canvas = Canvas(bare, pagesize=(400, 300))
    canvas.drawString(50, 50, "a")
    canvas.save()
    [unseen] = second_opinion(bare.getvalue(), document)
    assert (unseen.expected, unseen.observed) == ("3 rows × 3 columns", "no table")


def test_many_differing_cells_are_bounded_and_counted() -> None:
    rows = [[f"{row}{col}" for col in "abc"] for row in range(6)]
    data = a_pdf(rows)
    document = read_document(data, "a.pdf")
    problems = second_opinion(data, with_cells(document, [reworded(cell, "x") for cell in only_table(document).cells]))
    assert len(problems) == 11
    assert f"{len(only_table(document).cells) - 10} more cells" in problems[-1].message.en


def test_a_crash_of_camelot_is_a_note_and_the_next_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = a_pdf(pages=2)
    document = read_document(data, "a.pdf")
    calls: list[int] = []
    whole = camelot.io.read_pdf

    def fail_once(data: bytes, **options: bool) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("no such glyph")
        return whole(data, **options)

    monkeypatch.setattr(camelot.io, "read_pdf", fail_once)
    [problem] = second_opinion(data, document)
    assert (problem.rule, problem.severity, problem.page) == ("readers-disagree", "note", 1)
    assert "RuntimeError: no such glyph" in problem.message.en
    assert len(calls) == 2


def test_what_is_no_pdf_has_no_second_opinion() -> None:
    data = "施策\t評価\n".encode()
    assert second_opinion(data, read_document(data, "a.txt")) == ()


def test_camelot_is_loaded_only_when_it_is_asked() -> None:
    program = "import sys, extract.second_opinion.comparison; print('camelot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
