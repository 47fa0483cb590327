"""The command line: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.cli import main
from tests.extract.office.making import rows, workbook
from tests.pipeline.example import write_example
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
    (raw / "book.pptx").write_bytes(b"")
    assert main(["convert", str(raw), "--out", str(tmp_path / "out")]) == 1
    printed = capsys.readouterr().out
    assert "empty[1].pdf: unreadable: " in printed
    assert "b.txt: the same bytes as a.txt, so not converted a second time" in printed
    assert "Not converted (another kind of file: save it as pdf): book.pptx" in printed


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


def test_the_bare_command_prints_its_help(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main([])
    assert "convert files and folders" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["convert", "a.txt", "--out", "b", "--worker", "2"], "--workers"),
        (["convert", "a.txt", "--out", "b", "--max-second=2"], "--max-seconds"),
        (["covnert", "a.txt"], "convert"),
        (["export", "a", "--to", "exel"], "xlsx"),
    ],
)
def test_what_may_have_been_meant_is_said(capsys: Captured, arguments: list[str], meant: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert f"Did you mean {meant}?" in capsys.readouterr().err


def test_both_ways_to_ask_for_the_version(capsys: Captured) -> None:
    for option in ("-V", "--version"):
        with pytest.raises(SystemExit):
            main([option])
    one, other = capsys.readouterr().out.splitlines()
    assert one == other


def test_a_reader_that_has_had_enough_ends_a_question_silently(tmp_path: Path) -> None:
    out = write_example(tmp_path)
    asked = [sys.executable, "-m", "pipeline", "query", str(out), "SELECT * FROM range(200000)", "--format", "csv"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"range\n"
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize(
    ("text", "fail_on", "status"),
    [
        (SHEET, "warning", 0),
        (f"{SHEET}\n\n区分\t担当\n総括\tえらい人", "error", 0),
        (f"{SHEET}\n\n区分\t担当\n総括\tえらい人", "partial", 1),
        ("町内会だより", "error", 1),
        ("町内会だより", "never", 0),
    ],
)
def test_fail_on_says_what_a_run_ends_with_1_for(tmp_path: Path, text: str, fail_on: str, status: int) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    arguments = ["convert", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--workers", "0"]
    assert main([*arguments, "--fail-on", fail_on]) == status


def test_a_run_speaks_to_programs(tmp_path: Path, capsys: Captured) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    sheet(raw, "a.txt")
    sheet(raw, "b.txt")
    (raw / "letter.txt").write_text("町内会だより", encoding="utf-8")
    (raw / "book.zip").write_bytes(b"")
    arguments = [
        "convert",
        str(raw),
        "--out",
        str(tmp_path / "out"),
        "--json",
        "--log",
        str(tmp_path / "log" / "a.jsonl"),
    ]
    assert main(arguments) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["total"], said["statuses"], said["exit_status"]) == (2, {"converted": 1, "unrecognised": 1}, 1)
    assert [document["document"] for document in said["documents"]] == ["a.txt", "letter.txt"]
    assert said["repeated"] == [{"document": "b.txt", "same_as": "a.txt"}]
    assert said["ignored"] == [{"name": "book.zip", "reason": "another kind of file"}]
    lines = [json.loads(line) for line in (tmp_path / "log" / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    by_name = {line["document"]: line for line in lines}
    assert (by_name["a.txt"]["status"], by_name["a.txt"]["reader"]) == ("converted", "text")
    assert by_name["a.txt"]["seconds"] > 0
    assert by_name["letter.txt"]["findings"]["error"] == 1
    assert by_name["b.txt"] == {"document": "b.txt", "status": "repeated", "same_as": "a.txt"}


def test_a_quiet_run_says_nothing_where_all_is_well(tmp_path: Path, capsys: Captured) -> None:
    assert main(["convert", str(sheet(tmp_path)), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")


@pytest.mark.parametrize("name", ["短い.txt", f"{'とても長い名前の評価シート' * 6}.txt"])
def test_in_80_columns_a_document_takes_two_lines_and_its_name_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["convert", str(sheet(tmp_path, name)), "--out", str(tmp_path / "out")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == name
    assert re.fullmatch(r"  converted, akiruno.progress, 100.0 %, [\d,]+ records, no finding", lines[1])
    assert len(lines[1]) <= 80
    assert len(lines) == 3


def test_findings_are_in_the_language_of_the_locale_or_the_one_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-")
    arguments = ["convert", str(tmp_path / "letter.pdf"), "--out", str(tmp_path / "out"), "--workers", "0"]
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    main(arguments)
    japanese = capsys.readouterr().out
    main([*arguments, "--lang", "en"])
    assert "ん" in japanese or "ない" in japanese
    assert "ん" not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["a\x1b[2J.txt", "a\x07\x9b\u202e.txt", "a\nhyoka: well.txt"])
def test_the_name_of_a_file_steers_no_terminal(tmp_path: Path, capsys: Captured, name: str) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / name).write_text("町内会だより", encoding="utf-8")
    sheet(raw, f"{name}.zip")
    main(["convert", str(raw), "--out", str(tmp_path / "out")])
    main(["inspect", str(raw / name)])
    main(["query", str(tmp_path / "out"), "SELECT source_name FROM documents"])
    printed = capsys.readouterr()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]|^hyoka: well", printed.out + printed.err, re.MULTILINE)
    rows = pq.read_table(tmp_path / "out" / "documents.parquet")["source_name"].to_pylist()
    assert rows == [name]


def test_a_defect_of_hyoka_is_called_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("at s3://key:secret@bucket/ \x1b[2J")

    monkeypatch.setattr("pipeline.query.query", fail)
    assert main(["query", str(tmp_path), "SELECT 1"]) == 3
    said = capsys.readouterr().err
    assert said.startswith("hyoka: this is a defect of hyoka")
    assert "RuntimeError: at s3://…@bucket/ \\x1b[2J" in said


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
    asked = ["inspect", str(tmp_path / "scan.pdf"), "--ocr", "never", "--images", str(tmp_path / "pages")]
    assert main(asked) == 1
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
    (tmp_path / "book.xlsx").write_bytes(workbook(lambda page: rows(page, "A1", [["区分", "数"], ["窓口", 2]])))
    assert main(["inspect", str(tmp_path / "book.xlsx"), "--images", str(tmp_path / "pages")]) in (0, 1)
    assert "no page to draw" in capsys.readouterr().out


def test_help_imports_no_reader() -> None:
    code = (
        "import sys\nfrom pipeline.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'pyarrow', 'pdfplumber', 'rich', 'lark', 'sudachipy', 'numpy', 'normalize', 'extract'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_a_conversion_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(text_pdf(["評価 A"]))
    code = (
        "import sys\nfrom pipeline.cli import main\n"
        f"main(['convert', {str(tmp_path / 'a.pdf')!r}, '--out', {str(tmp_path / 'out')!r}, '--workers', '0'])\n"
        "heavy = {'pandas', 'pdfplumber', 'pdfminer', 'duckdb', 'camelot', 'cv2', 'onnxruntime'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
