"""Characters that were recognised in a scan, held against its picture."""

from __future__ import annotations

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader

from schemas.document import Document
from tests.extract.pdf.pdf_making import HEIGHT, WIDTH, Sheet, make_pdf, read

ROWS = ("310 287 46", "520 493 18", "140 156 27", "485 582 38", "908 730 84")


def layer(sheet: Sheet, rows: tuple[str, ...], beside: float, mode: int = 3) -> None:
    for number, row in enumerate(rows):
        text = sheet.canvas.beginText(60 + beside, sheet.height - 60 - 20 * number - beside)
        text.setFont("Helvetica", 11)
        text.setTextRenderMode(mode)
        text.textOut(row)
        sheet.canvas.drawText(text)


def scanned(shown: tuple[str, ...], said: tuple[str, ...], beside: float = 0.0, *, is_behind: bool = False) -> Document:
    """A page that is a picture of some rows, with others laid over it unseen, or under it."""

    def print_rows(sheet: Sheet) -> None:
        sheet.canvas.setFont("Helvetica", 11)
        for number, row in enumerate(shown):
            sheet.canvas.drawString(60, sheet.height - 60 - 20 * number, row)

    with pypdfium2.PdfDocument(make_pdf(print_rows)) as pdf:
        picture = pdf[0].render(scale=2.5).to_pil()

    def draw(sheet: Sheet) -> None:
        if is_behind:
            layer(sheet, said, beside, mode=0)
        sheet.canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
        if not is_behind:
            layer(sheet, said, beside)

    return read(draw)


@pytest.mark.parametrize("beside", [0.0, 0.8])
def test_a_digit_that_looks_like_another_one_is_told(beside: float) -> None:
    said = ("310 237 46", *ROWS[1:])
    (problem,) = (p for p in scanned(ROWS, said, beside).problems if p.rule == "readers-disagree")
    assert (problem.severity, problem.expected, problem.observed) == ("warning", "237", "287")


@pytest.mark.parametrize("beside", [0.0, 0.8])
def test_of_a_layer_that_says_what_the_picture_shows_no_more_is_told_than_that_it_is_one(beside: float) -> None:
    assert [problem.rule for problem in scanned(ROWS, ROWS, beside).problems] == ["ocr-uncertain"]


def test_where_the_layer_stands_elsewhere_nothing_is_compared() -> None:
    assert [problem.rule for problem in scanned(ROWS, ROWS, 9.0).problems] == ["ocr-uncertain"]


def test_what_lies_under_the_picture_of_a_page_is_held_against_it_too() -> None:
    assert [problem.rule for problem in scanned(ROWS, ROWS, is_behind=True).problems] == ["ocr-uncertain"]
    found = scanned(ROWS, ("310 237 46", *ROWS[1:]), is_behind=True).problems
    assert [(p.severity, p.expected, p.observed) for p in found if p.rule == "readers-disagree"] == [
        ("warning", "237", "287")
    ]
