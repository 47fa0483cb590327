"""Limits: each is kept, said in words with the option that raises it, and met by no document of ours."""

from __future__ import annotations

import io
import zlib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from extract.read import read_document
from pipeline.cli import main
from pipeline.document import convert_document
from pipeline.grammar import parser
from pipeline.options import Options
from schemas.document import Document
from schemas.limits import Limits, limit_meanings, limit_option, limit_to_text, text_to_limit
from schemas.records import DocumentRow
from tests.extract.pdf.pdf_making import raw_pdf
from tests.pipeline.made import SHEET, text_pdf

RAW = Path(__file__).parents[3] / "data" / "raw"


def grids(pages: int, rows: int) -> bytes:
    """Pages with a grid of three columns each, a word in every cell."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True)
    for _ in range(pages):
        canvas.grid([72, 172, 272, 372], [700 - 20 * row for row in range(rows + 1)])
        for row in range(rows):
            for column in range(3):
                canvas.drawString(80 + 100 * column, 706 - 20 * (row + 1), f"r{row}c{column}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def messages(document: Document) -> list[tuple[int | None, str]]:
    return [(problem.page, problem.message.en) for problem in document.problems]


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (replace(Limits(), characters=59), "60 characters, more than the limit of 59 (--max-characters raises it)"),
        (replace(Limits(), rulings=9), "10 lines and areas drawn, more than the limit of 9 (--max-rulings raises it)"),
        (replace(Limits(), cells=14), "15 table cells, more than the limit of 14 (--max-cells raises it)"),
    ],
)
def test_a_page_with_too_much_is_left_out_and_said_and_the_others_are_read(limits: Limits, says: str) -> None:
    small, large = grids(1, 2), grids(2, 5)
    assert messages(read_document(small, "small.pdf", limits)) == []
    document = read_document(large, "large.pdf", limits)
    assert messages(document)[-2:] == [(n, f"page {n} has {says}; nothing of it was read") for n in (1, 2)]
    assert (len(document.pages), document.items) == (2, ())


def test_a_document_with_a_page_left_out_is_not_converted_as_a_whole() -> None:
    limits = replace(Limits(), characters=2000)
    tables = convert_document((RAW / "akiruno-progress.pdf").read_bytes(), "a.pdf", Options(limits=limits))
    (row,) = tables["documents"]
    assert isinstance(row, DocumentRow)
    assert row.status != "converted"


def test_a_pdf_with_too_many_pages_is_not_read() -> None:
    document = read_document(grids(3, 1), "a.pdf", replace(Limits(), pages=2))
    assert (document.items, document.pages) == ((), ())
    assert messages(document) == [
        (None, "this file has more pages than the limit of 2 (--max-pages raises it); nothing of it was read")
    ]
    assert len(read_document(grids(3, 1), "a.pdf", replace(Limits(), pages=3)).pages) == 3


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("is_in_a_form", [False, True])
def test_a_page_with_too_much_content_is_not_read(is_in_a_form: bool, is_packed: bool) -> None:
    """Each byte of it can take hundreds: a bracket that never closes, a state that is saved and never restored."""
    limits = replace(Limits(), content=4_000)
    saves = zlib.compress(b"q " * 3_000) if is_packed else b"q " * 3_000
    form = b"<< /Subtype /Form /BBox [0 0 9 9] %s /Length %d >>\nstream\n%s\nendstream" % (
        b"/Filter /FlateDecode" if is_packed else b"",
        len(saves),
        saves,
    )
    page = form.replace(b"/Subtype /Form /BBox [0 0 9 9]", b"")
    data = raw_pdf(b"/Fm0 Do", resources=b"<< /XObject << /Fm0 5 0 R >> >>", more=[form])
    if not is_in_a_form:
        data = raw_pdf(b"", more=[page]).replace(b"/Contents 4 0 R", b"/Contents 5 0 R")
    assert messages(read_document(data, "a.pdf", limits))[0] == (
        1,
        "page 1 has more bytes of content than the limit of 4,000 (--max-content raises it); nothing of it was read",
    )
    assert "limit" not in messages(read_document(data, "a.pdf"))[0][1]


def test_a_text_that_is_too_long_is_not_read() -> None:
    document = read_document(SHEET.encode(), "a.txt", replace(Limits(), text_characters=len(SHEET) - 1))
    assert document.items == ()
    assert "(--max-text-characters raises it); nothing of it was read" in document.problems[0].message.en


def test_one_long_row_does_not_make_all_others_as_long() -> None:
    limits = replace(Limits(), text_cells=20_000)
    rows = "\n".join(["窓口\t2件"] * 20)
    document = read_document(f"{rows}\n数{chr(9) * 1_000}\n".encode(), "a.txt", limits)
    assert messages(document) == [
        (
            None,
            "This file has 21,021 table cells, more than the limit of 20,000 (--max-text-cells raises it); "
            "nothing of it was read.",
        )
    ]
    assert read_document(f"{rows}\n数{chr(9) * 900}\n".encode(), "a.txt", limits).tables


@pytest.mark.parametrize("text", ["# 計画\n\n{}\n", "区分\t数\n{}\t2件\n"])
def test_a_document_with_a_line_that_is_too_long_is_not_read(text: str) -> None:
    """What is looked for in a line may take as long as the square of its length."""
    limits = replace(Limits(), line_characters=400)
    assert messages(read_document(text.format("あ" * 401).encode(), "a.txt", limits)) == [
        (
            None,
            "This file has 401 characters in a line, more than the limit of 400 (--max-line-characters raises it); "
            "nothing of it was read.",
        )
    ]
    assert read_document(text.format("あ" * 400).encode(), "a.txt", limits).items


def test_a_file_that_is_too_large_is_not_opened_and_the_others_are_converted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "large.pdf").write_bytes(text_pdf(["長い"]) + b"\n" * 4096)
    (tmp_path / "small.txt").write_text(SHEET, encoding="utf-8")
    assert main(["convert", str(tmp_path), "--out", str(tmp_path / "out"), "--max-bytes", "4K", "--workers", "0"]) == 1
    printed = capsys.readouterr().out
    assert "bytes, more than the limit of 4K (--max-bytes raises it); nothing of it was read" in printed
    assert "1 converted, 1 unreadable" in printed


def test_no_document_of_ours_comes_near_a_limit() -> None:
    tenth = Limits(**{limit.name: getattr(Limits(), limit.name) // 10 for limit in fields(Limits)})
    for path in sorted(RAW.iterdir()):
        assert not [said for said in messages(read_document(path.read_bytes(), path.name, tenth)) if "limit" in said[1]]


def test_every_limit_has_an_option_with_its_default() -> None:
    arguments = parser().parse_args(["convert", "in", "--out", "out"])
    for name, (meaning, default) in limit_meanings().items():
        assert (getattr(arguments, f"limit_{name}"), bool(meaning)) == (default, True)
        again = parser().parse_args(["convert", "in", "--out", "out", limit_option(name), "7"])
        assert getattr(again, f"limit_{name}") == 7


@given(st.integers(1, 2**40))
def test_a_limit_that_is_said_can_be_typed(limit: int) -> None:
    assert text_to_limit(limit_to_text(limit).replace(",", "")) == limit


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "K", "1T", "٣", "0G"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a whole number"):
        text_to_limit(text)
    with pytest.raises(SystemExit):
        main(["convert", "in", "--out", "out", "--max-pages", text])
