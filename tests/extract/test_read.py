"""A file is read by what it holds, then by its suffix; what is not read is named."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.read import read_document

SHEET = "計画\n\n施策\t評価\n相談\tA\n".encode()


def a_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "計画")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.txt", "text/plain"), ("b/a.tsv", "text/tab-separated-values"), ("a.MD", "text/markdown")],
)
def test_text_files_are_read(name: str, media_type: str) -> None:
    document = read_document(SHEET, name)
    assert (document.media_type, len(document.items), document.problems) == (media_type, 2, ())


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a"])
def test_a_pdf_is_told_by_its_content_also_behind_other_bytes(name: str) -> None:
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(72, 720, "Plan")
    canvas.save()
    document = read_document(b"\r\n" * 8 + file.getvalue(), name)
    assert (document.media_type, [line.text for line in document.lines]) == ("application/pdf", ["Plan"])


@pytest.mark.parametrize(
    ("data", "name", "met"),
    [
        (a_zip(), "a.docx", "ZIP archive"),
        (a_zip(), "a.txt", "ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00", "scan.png", "PNG image"),
        (b"\xff\xd8\xff\xe0", "scan.pdf", "JPEG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "an old office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.jtd", "an Ichitaro document"),
        (b"", "a.pdf", "empty"),
        (b"", "a.xlsx", "named .xlsx, but is empty"),
        (SHEET, "a.docx", "named .docx, but does not begin"),
        (SHEET, "a.pdf", "no PDF header"),
        (SHEET, "a.log", "named .log"),
        (SHEET, "a", "without a suffix"),
    ],
)
def test_other_files_are_named_with_what_would_be_read(data: bytes, name: str, met: str) -> None:
    document = read_document(data, name)
    [problem] = document.problems
    assert (problem.rule, problem.severity, document.items) == ("unreadable", "error", ())
    assert met in problem.message.en
    assert "pdf, xlsx, xlsm, xls, ods, docx, html, htm, csv, txt, tsv, md" in problem.message.en


def test_an_empty_text_file_is_said_to_be_empty() -> None:
    [problem] = read_document(b"", "a.txt").problems
    assert "empty (0 bytes)" in problem.message.en


def test_reading_text_loads_no_pdf_library() -> None:
    program = "import sys, extract.read as r; r.read_document(b'a', 'a.txt'); print('pdfplumber' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
