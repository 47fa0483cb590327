"""Documents added to an output, and outputs put together: the same bytes as one run over all."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import frames
from pipeline.cli import main
from pipeline.convert import Way, convert
from pipeline.manifest import parse_manifest
from pipeline.merge import merge
from pipeline.options import Options
from pipeline.run.replace import NOTE
from pipeline.sources import UsageError
from pipeline.verify import verify
from tests.drift.base import content_of, content_to_text
from tests.pipeline.made import SHEET
from tests.pipeline.run.killing import convert_killed
from tests.pipeline.run.made import everything, sheets
from tests.pipeline.test_editions import LAYOUT, next_edition

ADD = Way(adds=True)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders: an edition of a plan with sheets around it, and the next edition with others."""
    folder = tmp_path_factory.mktemp("parts")
    one, other = sheets(folder / "one", 9), folder / "other"
    other.mkdir()
    content = content_of(LAYOUT)
    (one / "m-r7.txt").write_text(content_to_text(LAYOUT, content), encoding="utf-8")
    (other / "a-r8.txt").write_text(content_to_text(LAYOUT, next_edition(content)), encoding="utf-8")
    (other / "z.txt").write_text(SHEET.replace("桟橋", "灯台"), encoding="utf-8")
    (other / "none.txt").write_text("", encoding="utf-8")
    return one, other


@pytest.fixture(scope="module")
def whole(parts: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One run over both."""
    out = tmp_path_factory.mktemp("whole")
    convert(parts, out, Options())
    assert not frames.read(out).findings.query("rule == 'revised'").empty
    return everything(out)


def test_what_is_added_gives_the_bytes_of_one_run(
    parts: tuple[Path, Path], whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    convert(parts[:1], out, Options())
    convert(parts[1:], out, Options(), way=ADD)
    assert everything(out) == whole
    assert [check.name for check in verify(out) if check.broken] == []


def test_the_order_of_adding_does_not_show(parts: tuple[Path, Path], whole: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    convert(parts[1:], out, Options())
    for path in sorted(parts[0].iterdir()):
        convert([path], out, Options(), way=ADD)
    assert everything(out) == whole


def test_the_summary_speaks_of_what_was_added(parts: tuple[Path, Path], tmp_path: Path) -> None:
    convert(parts[:1], tmp_path, Options())
    summary = convert(parts[1:], tmp_path, Options(), way=ADD)
    assert [document.row.source_name for document in summary.documents] == ["a-r8.txt", "none.txt", "z.txt"]


def test_documents_of_the_same_name_are_replaced(parts: tuple[Path, Path], tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "z.txt").write_text(SHEET, encoding="utf-8")
    convert([raw], tmp_path / "out", Options())
    convert([parts[1] / "z.txt"], tmp_path / "out", Options(), way=ADD)
    convert([parts[1] / "z.txt"], tmp_path / "alone", Options())
    assert everything(tmp_path / "out") == everything(tmp_path / "alone")


@pytest.mark.parametrize("names", [("a.txt", "b.txt"), ("b.txt", "a.txt")])
def test_of_the_same_bytes_the_first_name_stands(names: tuple[str, str], tmp_path: Path) -> None:
    for number, name in enumerate(names):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / name).write_text(SHEET, encoding="utf-8")
    convert([tmp_path / "0"], tmp_path / "out", Options())
    summary = convert([tmp_path / "1"], tmp_path / "out", Options(), way=ADD)
    convert([tmp_path / "0", tmp_path / "1"], tmp_path / "whole", Options())
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")
    assert [(repeated.name, repeated.first) for repeated in summary.repeated] == [("b.txt", "a.txt")]


@pytest.mark.parametrize("keys", [("fiscal_year",), ("fiscal_year", "municipality"), ("municipality",)])
def test_the_layout_of_the_output_stays(parts: tuple[Path, Path], keys: tuple[str, ...], tmp_path: Path) -> None:
    convert(parts, tmp_path / "whole", Options(), keys=keys)
    convert(parts[:1], tmp_path / "out", Options(), keys=keys)
    convert(parts[1:], tmp_path / "out", Options(), way=ADD)
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")
    with pytest.raises(UsageError, match="goes on in their layout"):
        convert(parts[1:], tmp_path / "out", Options(), keys=("fiscal_year", "municipality")[: 3 - len(keys)], way=ADD)


def test_what_was_given_stays(parts: tuple[Path, Path], tmp_path: Path) -> None:
    manifest = parse_manifest("path,municipality,date\n*,武蔵野市,2026-07-01\n".encode(), "sources.csv")
    convert(parts, tmp_path / "whole", Options(), manifest=manifest)
    convert(parts[:1], tmp_path / "out", Options(), manifest=manifest)
    convert(parts[1:], tmp_path / "out", Options(), way=ADD, manifest=manifest)
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")


def test_a_run_that_adds_is_killed_and_resumed(
    parts: tuple[Path, Path], whole: dict[str, bytes], tmp_path: Path
) -> None:
    chance = random.Random(4)
    out = tmp_path / "out"
    convert(parts[:1], out, Options())
    before = everything(out)
    arguments = [sys.executable, "-m", "pipeline", "convert", str(parts[1]), "--into", str(out), "--workers", "1"]
    for mark, longest in (("parts", 0.5), ("new", 0.2), (NOTE, 0.01)):
        convert_killed([*arguments, "--resume"], out, chance.uniform(0, longest), mark)
        kept = {name: data for name, data in everything(out).items() if not name.startswith(".hyoka/")}
        assert kept in (before, whole) or "datapackage.json" not in kept
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr  # none.txt is empty
    assert everything(out) == whole


def test_outputs_are_merged(parts: tuple[Path, Path], whole: dict[str, bytes], tmp_path: Path) -> None:
    for number, part in enumerate(parts):
        convert([part], tmp_path / str(number), Options())
    merged = merge([tmp_path / "1", tmp_path / "0"], tmp_path / "out")
    assert everything(tmp_path / "out") == whole
    assert (merged.documents, merged.left_out) == (len(frames.read(tmp_path / "out").documents), 0)
    again = merge([tmp_path / "0", tmp_path / "out"], tmp_path / "twice")
    assert everything(tmp_path / "twice") == whole
    assert again.left_out == len(frames.read(tmp_path / "0").documents)


def test_what_another_hyoka_wrote_is_not_added_to(
    parts: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    convert([parts[1]], tmp_path / "out", Options())
    before = everything(tmp_path / "out")
    monkeypatch.setattr("pipeline.versions.__version__", "99")
    with pytest.raises(UsageError, match="written by another hyoka"):
        convert([parts[1] / "z.txt"], tmp_path / "out", Options(), way=ADD)
    assert everything(tmp_path / "out") == before


def test_the_command_line(parts: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out")
    assert main(["convert", str(parts[1] / "z.txt"), "--into", out, "--workers", "0"]) == 2
    assert "holds no tables" in capsys.readouterr().err
    assert main(["convert", str(parts[1] / "z.txt"), "--out", out, "--workers", "0"]) == 0
    assert main(["convert", str(parts[1] / "a-r8.txt"), "--into", out, "--workers", "0", "--json"]) == 0
    capsys.readouterr()
    assert main(["merge", out, "--out", str(tmp_path / "copy")]) == 0
    assert capsys.readouterr().out == f"2 documents: {tmp_path / 'copy'}\n"
    assert main(["query", out, "SELECT count(*) AS n FROM documents", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"n": 2}
