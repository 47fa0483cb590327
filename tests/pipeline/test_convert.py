"""The batch: what it reads, in which order, and that the same input gives the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extract import second_opinion
from pipeline import __version__
from pipeline.convert import convert
from pipeline.options import Options
from pipeline.sources import UsageError
from pipeline.summary import Repeated, Summary
from schemas.arrow import table_to_records
from schemas.declare import Text
from schemas.document import Document, Problem
from schemas.records import SCHEMA_VERSION, TABLES
from schemas.validate import violations
from tests.pipeline.made import SHEET, text_pdf


def convert_all(*inputs: Path, out: Path) -> Summary:
    return convert(inputs, out, Options())


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Two sheets that are known and a letter that is not."""
    folder = tmp_path / "raw"
    (folder / "r6").mkdir(parents=True)
    (folder / "z.txt").write_text(SHEET, encoding="utf-8")
    (folder / "r6" / "sheet.md").write_text(SHEET.replace("120人", "95人").replace("S\n", "A\n", 1), encoding="utf-8")
    (folder / "letter.pdf").write_bytes(text_pdf(["町内会だより"]))
    return folder


def test_two_runs_give_the_same_bytes(raw: Path, tmp_path: Path) -> None:
    convert_all(raw, out=tmp_path / "one")
    convert_all(raw, out=tmp_path / "deeper" / "two")
    assert files(tmp_path / "one") == files(tmp_path / "deeper" / "two")


def test_a_moved_input_folder_gives_the_same_bytes(raw: Path, tmp_path: Path) -> None:
    convert_all(raw, out=tmp_path / "one")
    raw.rename(tmp_path / "elsewhere")
    convert_all(tmp_path / "elsewhere", out=tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_no_path_of_the_machine_is_in_a_file(raw: Path, tmp_path: Path) -> None:
    convert_all(raw, out=tmp_path / "out")
    assert not [name for name, data in files(tmp_path / "out").items() if str(tmp_path).encode() in data]


def test_documents_stand_in_the_order_of_their_names(raw: Path, tmp_path: Path) -> None:
    summary = convert_all(raw / "z.txt", raw / "r6", raw / "letter.pdf", out=tmp_path / "out")
    names = [document.row.source_name for document in summary.documents]
    assert names == ["letter.pdf", "sheet.md", "z.txt"]
    assert pq.read_table(tmp_path / "out" / "documents.parquet")["source_name"].to_pylist() == names


def test_the_snapshot_keeps_the_contract_over_all_documents(raw: Path, tmp_path: Path) -> None:
    convert_all(raw, out=tmp_path / "out")
    tables = {d.name: table_to_records(pq.read_table(tmp_path / "out" / f"{d.name}.parquet"), d) for d in TABLES}
    assert list(violations(tables)) == []
    assert len(tables["grades"]) == 4
    assert {len(tables["grade_schemes"]), len(tables["municipalities"])} & {0} == set()


def test_the_summary_counts_rows_and_findings(raw: Path, tmp_path: Path) -> None:
    summary = convert_all(raw, out=tmp_path / "out")
    letter, _, sheet = summary.documents
    assert (letter.row.status, dict(letter.severities), letter.is_well) == ("unrecognised", {"error": 1}, False)
    assert (sheet.row.status, sheet.rows["grades"], sheet.is_well) == ("converted", 2, True)
    assert summary.exit_status == 1


def test_a_file_with_the_bytes_of_another_is_converted_once(raw: Path, tmp_path: Path) -> None:
    (raw / "copy.txt").write_text(SHEET, encoding="utf-8")
    summary = convert_all(raw, out=tmp_path / "out")
    assert summary.repeated == (Repeated("z.txt", "copy.txt"),)
    assert len(pq.read_table(tmp_path / "out" / "documents.parquet")) == 3


def test_metadata_says_what_went_in(raw: Path, tmp_path: Path) -> None:
    convert_all(raw, out=tmp_path / "out")
    notes = pq.read_schema(tmp_path / "out" / "results.parquet").metadata
    assert notes[b"hyoka.schema_version"].decode() == SCHEMA_VERSION
    assert notes[b"hyoka.pipeline_version"].decode() == __version__
    assert all(json.loads(notes[b"hyoka.parsers"]).values())
    assert set(json.loads(notes[b"hyoka.dictionaries"])) == {"sudachipy", "sudachidict-core"}
    assert len(notes[b"hyoka.inputs_sha256"]) == 64


def test_another_input_is_another_digest(raw: Path, tmp_path: Path) -> None:
    def digest(name: str) -> bytes:
        convert_all(raw, out=tmp_path / name)
        found: bytes = pq.read_schema(tmp_path / name / "results.parquet").metadata[b"hyoka.inputs_sha256"]
        return found

    before = digest("one")
    (raw / "z.txt").rename(raw / "y.txt")
    assert digest("two") != before


def test_a_later_run_leaves_nothing_of_an_earlier_one(raw: Path, tmp_path: Path) -> None:
    convert_all(raw, out=tmp_path / "out")
    convert_all(raw / "letter.pdf", out=tmp_path / "out")
    assert pq.read_table(tmp_path / "out" / "documents.parquet")["source_name"].to_pylist() == ["letter.pdf"]
    assert len(pq.read_table(tmp_path / "out" / "grades.parquet")) == 0


def test_a_second_opinion_becomes_findings_only_when_asked(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def differs(data: bytes, document: Document) -> tuple[Problem, ...]:
        return (
            Problem(
                "readers-disagree",
                "note",
                Text("差", f"{document.source_name}: {len(data)}"),
                1,
                expected="二回",
                observed="三回",
            ),
        )

    monkeypatch.setattr(second_opinion, "second_opinion", differs)
    convert([raw], tmp_path / "without", Options())
    convert([raw], tmp_path / "with", Options(second_opinion=True))

    def rules(folder: Path) -> list[str]:
        found: list[str] = pq.read_table(folder / "findings.parquet")["rule"].to_pylist()
        return found

    assert rules(tmp_path / "without").count("readers-disagree") == 0
    assert rules(tmp_path / "with").count("readers-disagree") == 3


def test_wrong_use_touches_nothing(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="is a file"):
        convert_all(raw, out=tmp_path / "file")
    with pytest.raises(UsageError, match="there is no"):
        convert_all(raw / "gone.pdf", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
