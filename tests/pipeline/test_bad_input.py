"""What is wrong with one file stays with that file: it has a status, a finding and exit status 1; all others go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption

from normalize.reading import read_records
from pipeline import document as one_document
from pipeline.cli import main
from schemas.document import Document
from schemas.rows import Tables as Records
from tests.pipeline.made import SHEET, picture_pdf, text_pdf

Rows = list[dict[str, object]]
LINES = ["町内会だより", "夏祭りは八月に開きます。", "屋台の募集は七月までです。"]


def converted(raw: Path, out: Path) -> tuple[int, Mapping[str, Rows]]:
    """Convert a folder together with a good sheet: the exit status, the tables without the good sheet's findings.

    In this process, where a test may put a defect into a reader.
    """
    (raw / "good.txt").write_text(SHEET, encoding="utf-8")
    status = main(["convert", str(raw), "--out", str(out), "--workers", "0"])
    tables: dict[str, Rows] = {path.stem: pq.read_table(path).to_pylist() for path in out.glob("*.parquet")}
    rows = {str(row["source_name"]): row for row in tables["documents"]}
    good = rows["good.txt"]
    assert (good["status"], good["layout"]) == ("converted", "akiruno.progress")
    assert len([row for row in tables["grades"] if row["document_id"] == good["document_id"]]) == 2
    tables["findings"] = [row for row in tables["findings"] if row["document_id"] != good["document_id"]]
    return status, tables


def gif(path: Path) -> None:
    Image.new("L", (8, 8)).save(path, "GIF")


def folder(path: Path) -> None:
    path.mkdir()
    (path / "page.gif").write_bytes(b"")


UNREADABLE: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "empty text": ("a.txt", lambda path: path.write_bytes(b""), "empty"),
    "empty PDF": ("a.pdf", lambda path: path.write_bytes(b""), "empty"),
    "text of blanks only": ("a.txt", lambda path: path.write_bytes(b" \n\n\t\n"), "no printed character"),
    "PDF cut off in its head": ("a.pdf", lambda path: path.write_bytes(text_pdf(LINES)[:300]), "cut off"),
    "bytes of no encoding": ("a.txt", lambda path: path.write_bytes(bytes(range(256)) * 4), "UTF-8"),
    "a picture by the name of a PDF": ("a.pdf", gif, "GIF image"),
    "a needed password": (
        "a.pdf",
        lambda path: path.write_bytes(text_pdf(LINES, StandardEncryption("open", "own", strength=128))),
        "password",
    ),
    "a folder by the name of a PDF": ("a.pdf", folder, "is a folder"),
    "a link to nothing": ("a.pdf", lambda path: path.symlink_to(path.parent / "gone.pdf"), "cannot be opened"),
}


@pytest.mark.parametrize(("name", "make", "says"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, make: Callable[[Path], object], says: str) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    make(raw / name)
    status, tables = converted(raw, tmp_path / "out")
    assert status == 1
    (row,) = (row for row in tables["documents"] if row["source_name"] == name)
    assert row["status"] == "unreadable"
    assert row["coverage"] is None
    (finding,) = tables["findings"]
    assert (finding["rule"], finding["severity"], finding["document_id"]) == ("unreadable", "error", row["document_id"])
    assert says in str(finding["message"])


def test_pages_of_pictures_only_have_no_text_layer(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(picture_pdf(2))
    status, tables = converted(tmp_path, tmp_path / "out")
    assert status == 1
    assert status_of(tables, "scan.pdf") == "unreadable"
    errors = [row for row in tables["findings"] if row["severity"] == "error"]
    assert [row["rule"] for row in errors] == ["no-text-layer"]
    assert "character recognition" in str(errors[0]["message"])
    assert {row["page"] for row in tables["findings"] if row["severity"] == "warning"} == {1, 2}


def test_a_pdf_cut_in_two_is_never_a_silent_success(tmp_path: Path) -> None:
    whole = text_pdf(LINES * 5)
    (tmp_path / "half.pdf").write_bytes(whole[: len(whole) // 2])
    status, tables = converted(tmp_path, tmp_path / "out")
    assert status == 1
    assert status_of(tables, "half.pdf") in {"unreadable", "unrecognised"}
    assert "unreadable" in {row["rule"] for row in tables["findings"] if row["severity"] == "error"}


def test_a_pdf_with_only_an_owner_s_password_is_read(tmp_path: Path) -> None:
    lines = ["Town letter", "The summer fair is in August."]
    owned = StandardEncryption("", "own", canCopy=0, strength=128)
    (tmp_path / "a.pdf").write_bytes(text_pdf(lines, owned, font="Helvetica"))
    _, tables = converted(tmp_path, tmp_path / "out")
    assert status_of(tables, "a.pdf") == "unrecognised"
    assert texts(tables, "a.pdf") == "".join(lines)


def test_an_unrelated_pdf_keeps_its_blocks(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(text_pdf(LINES))
    status, tables = converted(tmp_path, tmp_path / "out")
    assert status == 1
    assert status_of(tables, "a.pdf") == "unrecognised"
    assert [(row["rule"], row["severity"]) for row in tables["findings"]] == [("layout-unknown", "error")]
    assert texts(tables, "a.pdf") == "".join(LINES)


@pytest.mark.parametrize("encoding", ["cp932", "utf-16", "utf-8-sig", "euc-jp"])
def test_a_sheet_in_another_encoding_gives_the_same_records(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(SHEET.replace("～", "から").encode(encoding))
    status, tables = converted(tmp_path, tmp_path / "out")
    assert status == 0
    assert status_of(tables, "a.txt") == "converted"
    values = [row["value"] for row in tables["observations"]]
    assert values[: len(values) // 2] == values[len(values) // 2 :]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("\tC\n", "\t≠\n", "grade-unknown"),
        ("令和3年度", "令和99年度", "impossible-year"),
        ("方向性\t", "\t", "label-missing"),
        ("実施主体\t", "\t", "unclaimed-text"),
    ],
)
def test_a_sheet_with_a_flaw_is_converted_and_the_flaw_is_said(tmp_path: Path, old: str, new: str, rule: str) -> None:
    assert old in SHEET
    (tmp_path / "a.txt").write_text(SHEET.replace(old, new), encoding="utf-8")
    status, tables = converted(tmp_path, tmp_path / "out")
    assert status == 1
    assert status_of(tables, "a.txt") in {"converted", "partial"}
    assert rule in {row["rule"] for row in tables["findings"]}


def test_a_file_of_another_kind_that_is_given_itself_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "sheet.docx").write_bytes(b"PK\x03\x04rest")
    assert main(["convert", str(tmp_path / "sheet.docx"), "--out", str(tmp_path / "out")]) == 1
    (finding,) = pq.read_table(tmp_path / "out" / "findings.parquet").to_pylist()
    assert "package is damaged" in finding["message"]


@pytest.mark.parametrize("step", ["read_document", "read_records"])
def test_a_defect_of_a_reader_costs_its_document_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, capsys: pytest.CaptureFixture[str]
) -> None:
    real = getattr(one_document, step)

    def fails(first: object, *rest: object, **named: object) -> object:
        if "bad.txt" in (getattr(first, "source_name", ""), *rest):
            raise RecursionError(f"too deep at {id(first):#x} in it")
        return real(first, *rest, **named)

    monkeypatch.setattr(one_document, step, fails)
    (tmp_path / "bad.txt").write_text("別の文書", encoding="utf-8")
    status, tables = converted(tmp_path, tmp_path / "out")
    assert status == 1
    assert status_of(tables, "bad.txt") == "unreadable"
    (finding,) = tables["findings"]
    assert str(finding["observed"]).startswith("RecursionError: too deep at 0x… in it (in pipeline/document.py")
    assert "bad.txt: unreadable: hyoka stopped" in capsys.readouterr().out


def test_records_that_break_the_contract_are_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def doubled(document: Document, **named: Any) -> Records:
        tables = dict(read_records(document, **named))
        if document.source_name == "bad.txt":
            tables["passages"] = (*tables["passages"], *tables["passages"])
        return tables

    monkeypatch.setattr(one_document, "read_records", doubled)
    (tmp_path / "bad.txt").write_text(SHEET.replace("朝市", "夕市"), encoding="utf-8")
    status, tables = converted(tmp_path, tmp_path / "out")
    assert status == 1
    (finding,) = tables["findings"]
    assert "another row has the same passage_id" in str(finding["observed"])


def status_of(tables: Mapping[str, Rows], name: str) -> object:
    (status,) = (row["status"] for row in tables["documents"] if row["source_name"] == name)
    return status


def texts(tables: Mapping[str, Rows], name: str) -> str:
    (identity,) = (row["document_id"] for row in tables["documents"] if row["source_name"] == name)
    return "".join(str(row["text"]) for row in tables["blocks"] if row["document_id"] == identity)
