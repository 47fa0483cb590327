"""The command line: what it prints, where, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from tests.pipeline.made import SHEET, picture_pdf, text_pdf

Captured = pytest.CaptureFixture[str]


def sheet(folder: Path, name: str = "sheet.txt") -> Path:
    (folder / name).write_text(SHEET, encoding="utf-8")
    return folder / name


def test_convert_prints_one_line_per_document_and_ends_with_0(tmp_path: Path, capsys: Captured) -> None:
    assert main(["convert", str(sheet(tmp_path)), "--out", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr()
    assert "sheet.txt akiruno.progress converted 100.0 % 4 measures, " in " ".join(printed.out.split())
    assert printed.out.rstrip().endswith("1 document: 1 converted")
    assert printed.err == ""


def test_convert_says_what_went_wrong_and_what_was_passed_over(tmp_path: Path, capsys: Captured) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    sheet(raw, "a.txt")
    sheet(raw, "b.txt")
    (raw / "empty[1].pdf").write_bytes(b"")
    (raw / "book.xlsx").write_bytes(b"")
    assert main(["convert", str(raw), "--out", str(tmp_path / "out")]) == 1
    printed = capsys.readouterr().out
    assert "empty[1].pdf: unreadable: " in printed
    assert "b.txt: the same bytes as a.txt, so not converted a second time" in printed
    assert "Not read (another kind of file): book.xlsx" in printed


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["convert", "gone.pdf", "--out", "out"], "there is no “gone.pdf”"),
        (["convert", "empty", "--out", "out"], "nothing to read in “empty”"),
        (["convert", "sheet.txt", "--out", "sheet.txt"], "“sheet.txt” is a file"),
        (["convert", "sheet.txt", "--out", "sheet.txt/deeper"], "sheet.txt"),
        (["inspect", "empty"], "“empty” is a folder"),
        (["inspect", "gone.pdf"], "“gone.pdf” is not there"),
    ],
)
def test_wrong_use_ends_with_2_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    sheet(tmp_path)
    (tmp_path / "empty").mkdir()
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("hyoka: ")
    assert says in printed.err
    assert printed.out == ""


@pytest.mark.parametrize("arguments", [[], ["convert"], ["convert", "a.txt"], ["turn"], ["convert", "a", "--ou", "b"]])
def test_argparse_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_inspect_shows_layout_tables_and_labels(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "sheet.txt"
    path.write_bytes(f"{SHEET}\n\n区分\t担当\n総括\tえらい人".replace("～", "から").encode("cp932"))
    assert main(["inspect", str(path)]) == 1
    printed = capsys.readouterr().out
    assert "text in cp932" in printed
    assert "akiruno.progress" in printed
    assert "あきる野市, 実施事業" in printed
    known, _, unknown = printed.partition("Not understood")
    assert "個別施策" in known
    assert "えらい人" in unknown


def test_inspect_draws_each_page(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "letter.pdf").write_bytes(text_pdf(["町内会だより"]))
    assert main(["inspect", str(tmp_path / "letter.pdf"), "--images", str(tmp_path / "pages")]) == 1
    assert "layout-unknown" in capsys.readouterr().out
    (page,) = (tmp_path / "pages").iterdir()
    assert (page.name, page.read_bytes()[:4]) == ("letter-p1.png", b"\x89PNG")


def test_inspect_draws_pages_without_text_too(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(picture_pdf(10))
    assert main(["inspect", str(tmp_path / "scan.pdf"), "--images", str(tmp_path / "pages")]) == 1
    assert sorted(path.name for path in (tmp_path / "pages").iterdir())[::9] == ["scan-p01.png", "scan-p10.png"]


def test_inspect_of_a_long_unknown_text_stays_short(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"第{n}号の便り。" for n in range(500)), encoding="utf-8")
    assert main(["inspect", str(path)]) == 1
    printed = capsys.readouterr().out
    assert "第99号の便り。" in printed
    assert "第100号の便り。" not in printed
    assert "and 400 more" in printed


def test_inspect_says_that_a_text_has_no_page_to_draw(tmp_path: Path, capsys: Captured) -> None:
    assert main(["inspect", str(sheet(tmp_path)), "--images", str(tmp_path / "pages")]) == 0
    assert "no page to draw" in capsys.readouterr().out


def test_help_imports_no_reader() -> None:
    code = (
        "import sys\nfrom pipeline.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'pyarrow', 'pdfplumber', 'rich', 'lark', 'sudachipy', 'numpy', 'normalize', 'extract'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
