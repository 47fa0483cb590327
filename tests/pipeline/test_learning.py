"""`hyoka learn`, and `hyoka convert --forms`, as a user runs them."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.cli import main
from tests.normalize.profiles.test_profiles import NAMES, TOLD, sheet_text


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / f"minato-{number}.txt").write_text(sheet_text(name, number), encoding="utf-8")
    (folder / "letter.txt").write_text("港からの手紙。\n", encoding="utf-8")
    return folder


def test_a_city_is_added_by_learning_and_telling(
    sheets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forms, out = tmp_path / "forms", tmp_path / "out"
    assert main(["learn", str(sheets), "--out", str(forms)]) == 0
    said = capsys.readouterr().out
    assert "learnt from 8 sheets" in said
    assert "letter.txt: no 3 sheets are on its form" in said
    (path,) = forms.iterdir()
    text = path.read_text(encoding="utf-8").replace('municipality = ""', 'municipality = "港区"')
    for label, meaning in TOLD.items():
        text = text.replace(f'text = "{label}"\nmeaning = "?"', f'text = "{label}"\nmeaning = "{meaning}"')
    path.write_text(text.replace("港区", "武蔵野市"), encoding="utf-8")
    main(["convert", str(sheets), "--out", str(out), "--forms", str(forms), "--workers", "0"])
    documents = pq.read_table(out / "documents.parquet").to_pylist()
    read = [row for row in documents if row["source_name"].startswith("minato")]
    assert {row["layout"] for row in read} == {path.stem}
    assert {(row["municipality_name"], row["municipality_source"]) for row in read} == {("武蔵野市", "given")}
    assert set(NAMES) <= set(pq.read_table(out / "measures.parquet")["measure_name"].to_pylist())


def test_a_profile_that_cannot_be_used_ends_with_a_sentence(
    sheets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forms = tmp_path / "forms"
    forms.mkdir()
    (forms / "x.toml").write_text("schema = 9\n", encoding="utf-8")
    assert main(["convert", str(sheets), "--out", str(tmp_path / "out"), "--forms", str(forms)]) == 2
    assert "x.toml: line 1: expected schema = 1, met 9" in capsys.readouterr().err
    assert main(["learn", "--meanings"]) == 0
    assert re.search(r"^name.program +Name of a project$", capsys.readouterr().out, re.MULTILINE)
    assert main(["learn"]) == 2


def test_inspect_proposes_to_learn_where_it_sees_several_sheets(
    sheets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["inspect", str(sheets / "minato-0.txt")])
    assert f"`hyoka learn {sheets} --out forms`" in " ".join(capsys.readouterr().out.split())
    main(["inspect", str(sheets / "letter.txt")])
    assert "hyoka learn" not in capsys.readouterr().out
    whole = tmp_path / "all.txt"
    whole.write_text("\n".join(sheet_text(name, at) for at, name in enumerate(NAMES)), encoding="utf-8")
    main(["inspect", str(whole)])
    assert "8 sheets of one form stand in it" in capsys.readouterr().out


def test_resume_reads_again_what_another_profile_reads_otherwise(sheets: Path, tmp_path: Path) -> None:
    forms, out = tmp_path / "forms", tmp_path / "out"
    main(["learn", str(sheets), "--out", str(forms)])
    command = ["convert", str(sheets), "--out", str(out), "--forms", str(forms), "--workers", "0", "--resume"]
    digests = []
    for _ in range(2):
        main(command)
        digests.append((pq.read_schema(out / "documents.parquet").metadata or {})[b"hyoka.inputs_sha256"])
    assert digests[0] == digests[1]
    assert pq.read_table(out / "measures.parquet").num_rows == 0
    (path,) = forms.iterdir()
    told = 'text = "しごとの名まえ"\nmeaning = "name.program"'
    text = path.read_text(encoding="utf-8").replace('text = "しごとの名まえ"\nmeaning = "?"', told)
    path.write_text(text, encoding="utf-8")
    main(command)
    assert set(NAMES) <= set(pq.read_table(out / "measures.parquet")["measure_name"].to_pylist())
    digests.append((pq.read_schema(out / "documents.parquet").metadata or {})[b"hyoka.inputs_sha256"])
    assert digests[2] != digests[1]
