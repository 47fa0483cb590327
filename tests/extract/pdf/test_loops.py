"""The loops over PDFium give the same in C and in Python, and hyoka is whole without a compiler."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.pdf.engines.pdfium import loops
from extract.pdf.read_pdf import read_pdf
from tests.extract.pdf.pdf_making import Sheet, make_pdf

ROOT = Path(__file__).parents[3]
OWN = sorted((ROOT / "data" / "raw").glob("*.pdf"))

in_c = pytest.mark.skipif(not loops.are_in_c(), reason="no compiler built the loops")


@in_c
@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_both_ways_read_one_document(path: Path) -> None:
    data = path.read_bytes()
    fast = read_pdf(data, path.name)
    with loops.in_python():
        assert not loops.are_in_c()
        assert read_pdf(data, path.name) == fast


def clipped(sheet: Sheet) -> None:
    """Forms, curves, two clips and text that one of them cuts."""
    canvas: Canvas = sheet.canvas
    canvas.beginForm("form")
    sheet.text(50, 60, "様式")
    sheet.fill(50, 70, 90, 72)
    canvas.endForm()
    canvas.doForm("form")
    canvas.saveState()
    for side in (200.0, 120.0):
        path = canvas.beginPath()
        path.rect(40, 300, side, side)
        canvas.clipPath(path, stroke=0)
    sheet.text(100, 180, "切れる長い文字列です")
    canvas.restoreState()
    canvas.circle(300, 300, 20)
    canvas.translate(10, 10)
    canvas.doForm("form")


@in_c
def test_both_ways_read_forms_clips_and_curves() -> None:
    data = make_pdf(clipped)
    fast = read_pdf(data, "clipped.pdf")
    with loops.in_python():
        assert read_pdf(data, "clipped.pdf") == fast
    assert fast.items


def build(folder: Path, compiler: str) -> str:
    """What the build says of the loops in a copy of their source, with a compiler of some name."""
    source = folder / "extract" / "pdf" / "engines" / "pdfium"
    source.mkdir(parents=True)
    shutil.copy(loops.__file__.removesuffix("py") + "c", source)
    shutil.copy(ROOT / "build_backend.py", folder)
    code = "import build_backend as b; print(b._build_loops(), b._LOOPS.with_name('_loops.so').exists())"
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=folder, env={"PATH": "/usr/bin:/bin", "CC": compiler}, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize("compiler", ["no-such-compiler", "false"])
def test_without_a_compiler_nothing_fails(compiler: str, tmp_path: Path) -> None:
    assert build(tmp_path, compiler) == "False False"


@pytest.mark.skipif(shutil.which("cc", path="/usr/bin:/bin") is None, reason="no compiler here")
def test_a_compiler_builds_the_loops(tmp_path: Path) -> None:
    assert build(tmp_path, "cc") == "True True"
