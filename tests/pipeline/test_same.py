"""One sheet in several forms is known as one, and counted once."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.cli import main
from pipeline.same import Candidate, same_documents
from tests.extract.office.making import rows, workbook

TABLE = [
    ["施策", "指標名", "単位", "令和４年度実績", "令和５年度実績", "令和６年度目標"],
    ["健康づくり", "受診率", "％", "41.2", "43.0", "50.0"],
    ["健康づくり", "教室の参加者数", "人", "356", "412", "500"],
    ["窓口", "相談件数", "件", "1,204", "1,310", "1,400"],
    ["窓口", "待ち時間", "分", "15", "12", "10"],
]


def written(folder: Path, name: str, table: list[list[str]]) -> None:
    text = "令和５年度　指標一覧\n\n" + "\n".join("\t".join(row) for row in table) + "\n"
    (folder / name).write_text(text, encoding="utf-8")


def as_workbook(table: list[list[str]]) -> bytes:
    return workbook(lambda sheet: rows(sheet, "A3", [[*row] for row in table]))


def converted(folder: Path, out: Path, *more: str) -> dict[str, str | None]:
    assert main(["convert", str(folder), "--out", str(out), *more, "--quiet", "--workers", "0"]) in (0, 1)
    documents = pq.read_table(out / "documents.parquet").to_pylist()
    names = {row["document_id"]: row["source_name"] for row in documents}
    return {row["source_name"]: names.get(row["same_as_document_id"]) for row in documents}


def of_results(out: Path) -> set[str]:
    return {row["source_name"] for row in pq.read_table(out / "results.parquet").to_pylist()}


def test_a_sheet_in_two_forms_is_one_and_its_results_stand_once(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    written(folder, "一覧.txt", TABLE)
    (folder / "一覧.xlsx").write_bytes(as_workbook(TABLE))
    (folder / "別名.xlsx").write_bytes(as_workbook([row[:-1] for row in TABLE]))
    told = converted(folder, tmp_path / "out")
    assert told == {"一覧.txt": "一覧.xlsx", "一覧.xlsx": None, "別名.xlsx": None}
    assert of_results(tmp_path / "out") == {"一覧.xlsx", "別名.xlsx"}
    assert main(["verify", str(tmp_path / "out")]) == 0


def test_forms_that_say_the_same_are_one_whatever_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    written(folder, "text.txt", TABLE)
    (folder / "book.xlsx").write_bytes(as_workbook(TABLE))
    assert converted(folder, tmp_path / "out") == {"text.txt": "book.xlsx", "book.xlsx": None}


def test_another_edition_is_another_document(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    written(folder, "一覧.txt", TABLE)
    other = [
        [cell.replace("4", "7").replace("1", "8") if row else cell for cell in cells] for row, cells in enumerate(TABLE)
    ]
    (folder / "一覧.xlsx").write_bytes(as_workbook(other))
    assert set(converted(folder, tmp_path / "out").values()) == {None}


def test_a_form_whose_original_goes_has_its_results_again(tmp_path: Path) -> None:
    folder, out = tmp_path / "raw", tmp_path / "out"
    folder.mkdir()
    written(folder, "一覧.txt", TABLE)
    book = folder / "一覧.xlsx"
    book.write_bytes(as_workbook(TABLE))
    converted(folder, out)
    assert of_results(out) == {"一覧.xlsx"}
    later = tmp_path / "later"
    later.mkdir()
    (later / "一覧.xlsx").write_bytes(as_workbook([row[:2] for row in TABLE]))
    assert main(["convert", str(later), "--into", str(out), "--quiet", "--workers", "0"]) in (0, 1)
    assert "一覧.txt" in of_results(out)


@pytest.mark.parametrize(
    ("counts", "original"), [(((1, 9, 9), (1, 9, 9)), "a.xlsx"), (((1, 9, 9), (1, 9, 10)), "a.pdf")]
)
def test_the_original_has_more_records_or_the_form_that_comes_first(
    counts: tuple[tuple[int, ...], tuple[int, ...]], original: str
) -> None:
    book = Candidate("b", "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", counts[0], "b")
    page = Candidate("p", "a.pdf", "application/pdf", counts[1], "p")
    [(copy, of)] = same_documents([book, page], lambda _: {}).items()
    assert {"b": "a.xlsx", "p": "a.pdf"}[of] == original
    assert copy != of
