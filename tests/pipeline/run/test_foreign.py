"""What others wrote, and what is read, is not replaced unless somebody insists."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.cli import main
from tests.pipeline.made import SHEET

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "sheet.txt").write_text(SHEET, encoding="utf-8")
    return folder


def theirs(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"a": [1]}), path)


@pytest.mark.parametrize("name", ["results.parquet", "sales.parquet", "results/year=1/part-0.parquet"])
def test_tables_of_others_are_not_replaced(tmp_path: Path, raw: Path, capsys: Captured, name: str) -> None:
    out = tmp_path / "out"
    theirs(out / name)
    before = (out / name).read_bytes()
    arguments = ["convert", str(raw), "--out", str(out)]
    assert main(arguments) == 2
    assert f"holds {name.partition('/')[0]}, which hyoka did not write" in capsys.readouterr().err
    assert [path for path in out.rglob("*") if path.is_file()] == [out / name]
    assert (out / name).read_bytes() == before
    assert main([*arguments, "--force"]) == 0
    assert main(arguments) == 0  # it is hyoka's now


def test_a_descriptor_of_others_is_not_replaced(tmp_path: Path, raw: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "datapackage.json").write_text('{"name": "theirs", "generator": "other"}', encoding="utf-8")
    assert main(["convert", str(raw), "--out", str(out)]) == 2


def test_a_damaged_table_of_hyokas_own_is_replaced(tmp_path: Path, raw: Path) -> None:
    out = tmp_path / "out"
    arguments = ["convert", str(raw), "--out", str(out)]
    assert main(arguments) == 0
    (out / "results.parquet").write_bytes(b"PAR1")
    assert main(arguments) == 0
    assert main(["verify", str(out)]) == 0


def test_other_files_do_not_matter(tmp_path: Path, raw: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.md").write_text("a", encoding="utf-8")
    assert main(["convert", str(raw), "--out", str(out)]) == 0
    assert (out / "notes.md").is_file()


def test_the_folder_that_is_read_is_no_output(raw: Path, capsys: Captured) -> None:
    assert main(["convert", str(raw), "--out", f"{raw}/../raw"]) == 2
    assert "is the folder that is read" in capsys.readouterr().err
    assert [path.name for path in raw.iterdir()] == ["sheet.txt"]
    assert main(["convert", str(raw), "--out", str(raw), "--force"]) == 0
