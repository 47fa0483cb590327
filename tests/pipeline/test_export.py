"""Exports hold what the tables hold, open in the tools they are for, and run nothing of a document as a formula."""

from __future__ import annotations

import csv
import datetime
import errno
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.columns import DECLARED
from pipeline.export import export, workbook
from pipeline.export.cells import from_csv, is_risky, to_csv
from pipeline.export.place import beside
from pipeline.sources import UsageError
from schemas.declare import TableDeclaration
from schemas.records import TABLES
from tests.pipeline.example import FORMULA, example_records, example_tables, write_example

tables = pytest.mark.parametrize("declaration", TABLES, ids=[declaration.name for declaration in TABLES])


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_example(tmp_path_factory.mktemp("export") / "out")


@pytest.fixture(scope="module")
def book(snapshot: Path) -> Iterator[Any]:
    path, notes = export(snapshot, "xlsx")
    assert notes == ()
    opened = openpyxl.load_workbook(path)
    yield opened
    opened.close()


def values(declaration: TableDeclaration) -> list[tuple[Any, ...]]:
    records = example_records()[declaration.name]
    return [tuple(getattr(record, column.name) for column in declaration.columns) for record in records]


@tables
def test_a_sheet_holds_the_rows_in_their_types(book: Any, declaration: TableDeclaration) -> None:
    head, *rows = book[declaration.title.ja].iter_rows(values_only=True)
    columns = workbook.arranged(declaration)
    assert list(head) == [workbook.heading(column) if column else "ファイル名" for column in columns]
    dated = [tuple(value.date() if isinstance(value, datetime.datetime) else value for value in row) for row in rows]
    documents = {str(getattr(row, "document_id", "")): row for row in example_records()["documents"]}
    expected = []
    for record in example_records()[declaration.name]:
        known = [workbook.labels_of(declaration, column) if column else {} for column in columns]
        identity = next((key for key in documents if key in repr(record)), "")
        file = getattr(documents.get(identity), "source_name", None)
        own = [getattr(record, column.name) if column else file for column in columns]
        expected.append(tuple(labels.get(value, value) for labels, value in zip(known, own, strict=True)))
    assert dated == expected


def test_the_results_say_file_and_page_first_and_ids_last(book: Any) -> None:
    head = [cell.value for cell in book["結果一覧"][1]]
    assert head[:2] == ["ファイル名", "ページ"]
    assert all("ID" in name for name in head[-3:])
    assert [cell.value for cell in book["指摘"][1]][:4] == ["ファイル名", "重大度", "規則", "内容（日本語）"]
    assert book.sheetnames[:4] == ["目次", "結果一覧", "文書", "指摘"]
    assert book.sheetnames.index("ブロック") > book.sheetnames.index("文章")


def test_numbers_are_shown_as_a_person_writes_them(book: Any) -> None:
    page = book["結果一覧"]
    head = [cell.value for cell in page[1]]
    shown = {name: page.cell(2, column).number_format for column, name in enumerate(head, start=1)}
    assert (shown["年度"], shown["達成率"]) == ("0", "0.0%")
    assert shown["目標値"] == "#,##0"


def test_a_print_has_headings_on_each_page_and_no_more_columns_than_can_be_read(book: Any) -> None:
    for page in book.worksheets[1:]:
        assert page.print_title_rows == "$1:$1"
        setup = page.page_setup
        assert (setup.orientation, setup.fitToHeight) == ("landscape", 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
    results = book["結果一覧"]
    last = results.print_area.rpartition("$")[0].rpartition(":")[2].strip("$")
    number = openpyxl.utils.column_index_from_string(last)
    head = [cell.value for cell in results[1]]
    assert {"ファイル名", "施策名", "指標名"} <= set(head[:number]) < set(head)


def test_the_sheets_have_japanese_names_frozen_headings_and_filters(book: Any) -> None:
    assert book.sheetnames[:3] == ["目次", "結果一覧", "文書"]
    assert set(book.sheetnames) == {"目次"} | {declaration.title.ja for declaration in DECLARED}
    for name in book.sheetnames[1:]:
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref.startswith("A1:")
    widths = [column.width for column in book["文章"].column_dimensions.values()]
    assert widths
    assert all(8 <= width <= 61 for width in widths)


def test_the_contents_lead_to_every_sheet(book: Any) -> None:
    assert "結果一覧" in book["目次"]["A1"].value
    rows = list(book["目次"].iter_rows(min_row=6, max_col=2, values_only=True))
    assert [name for name, _ in rows] == book.sheetnames[1:]
    assert dict(rows)["結果一覧"] == 4
    assert book["目次"]["A6"].hyperlink.location == "'結果一覧'!A1"


def test_the_contents_say_the_unit_that_the_sheets_hold(book: Any) -> None:
    head, *rows = book["目標・実績"].iter_rows(values_only=True)
    money = [dict(zip(head, row, strict=True)) for row in rows if "5,000千円" in row]
    assert {(row["値"], row["単位"], row["値（原文）"]) for row in money} == {(5_000_000, "円", "5,000千円")}
    assert "千円などの数値は円に直してあります" in book["目次"]["A3"].value


def test_text_that_looks_like_a_formula_is_text(book: Any, snapshot: Path) -> None:
    cells = [cell for row in book["文章"].iter_rows() for cell in row if cell.value == FORMULA]
    assert len(cells) == 4
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}
    with zipfile.ZipFile(export(snapshot, "xlsx")[0]) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not [sheet for sheet in sheets if b"<f>" in sheet]


def test_the_same_tables_give_the_same_workbook(snapshot: Path, tmp_path: Path) -> None:
    one, other = (export(snapshot, "xlsx", tmp_path / name)[0].read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert one == other


def test_a_text_too_long_for_a_cell_is_cut_and_said(
    snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_MOST_CHARACTERS", len(workbook._CUT) + 1)
    path, notes = export(snapshot, "xlsx", tmp_path / "cut.xlsx")
    assert [re.sub(r"^\d+", "n", note)[:14] for note in notes] == ["n texts are lo"]
    opened = openpyxl.load_workbook(path)
    assert f"={workbook._CUT}" in {cell.value for row in opened["文章"].iter_rows() for cell in row}
    opened.close()


def test_a_table_too_long_for_a_sheet_goes_on_in_another(
    snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 4)
    opened = openpyxl.load_workbook(export(snapshot, "xlsx", tmp_path / "long.xlsx")[0])
    assert [opened[name].max_row for name in ("結果一覧", "結果一覧 (2)")] == [4, 2]
    opened.close()


@tables
def test_a_csv_file_gives_back_every_value(snapshot: Path, declaration: TableDeclaration) -> None:
    folder, notes = export(snapshot, "csv")
    assert notes == ("4 texts begin like a formula; an apostrophe stands before each",)
    data = (folder / f"{declaration.name}.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(data.decode("utf-8-sig").splitlines(keepends=True))
    assert head == [column.name for column in declaration.columns]
    written = [["" if value is None else str(value) for value in row] for row in values(declaration)]
    assert [[from_csv(value) for value in row] for row in rows] == written


def test_no_field_of_a_csv_file_runs_as_a_formula(snapshot: Path) -> None:
    folder, _ = export(snapshot, "csv")
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert not [field for row in csv.reader(file) for field in row if is_risky(field) and field[0] != "'"]


@given(st.text(st.sampled_from("=+-@\t\r\n＝＋－＠'a1評 "), max_size=5))
def test_the_apostrophe_is_put_and_taken_away(text: str) -> None:
    assert from_csv(to_csv(text)) == text
    assert not is_risky(to_csv(text)) or to_csv(text).startswith("'")


def test_other_files_in_the_folder_of_csv_files_stay(snapshot: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs.csv").write_text("a", encoding="utf-8")
    export(snapshot, "csv", tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == {declaration.name for declaration in DECLARED} | {"theirs"}


@pytest.fixture(scope="module")
def database(snapshot: Path) -> Iterator[Any]:
    path, _ = export(snapshot, "duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


@tables
def test_the_database_holds_the_tables(database: Any, declaration: TableDeclaration) -> None:
    assert database.execute(f"FROM {declaration.name}").fetchall() == values(declaration)


def test_the_database_has_keys_comments_and_questions(database: Any) -> None:
    keys = dict(
        database.execute(
            "SELECT table_name, constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
        ).fetchall()
    )
    assert keys["tokens"] == ["passage_id", "token_index"]
    assert "grade_counts" not in keys
    bare = database.execute("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL").fetchall()
    assert bare == []
    assert database.execute("SELECT fiscal_year, grade FROM grades_by_year").fetchall() == [(2024, "C"), (2025, "S")]


@pytest.mark.parametrize("form", ["xlsx", "csv", "duckdb", "sqlite"])
def test_an_export_of_a_partitioned_snapshot_is_the_same_table(tmp_path: Path, form: str) -> None:
    out = write_example(tmp_path / "hive", ("fiscal_year",))
    path, _ = export(out, form)
    assert path.exists()
    if form == "csv":
        rows = (path / "results.csv").read_text(encoding="utf-8-sig").splitlines()
        assert len(rows) == example_tables()["results"].num_rows + 1


def test_an_export_replaces_the_one_before(snapshot: Path, tmp_path: Path) -> None:
    for _ in range(2):
        assert export(snapshot, "duckdb", tmp_path / "a" / "t.duckdb")[0] == tmp_path / "a" / "t.duckdb"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["t.duckdb"]


def test_a_wrong_target_is_told(snapshot: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="is a folder"):
        export(snapshot, "xlsx", tmp_path)
    with pytest.raises(UsageError, match="is a file"):
        export(snapshot, "csv", tmp_path / "file")
    with pytest.raises(UsageError, match="holds no tables"):
        export(tmp_path, "xlsx", tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


def test_the_command_says_where_it_wrote(snapshot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(snapshot), "--to", "csv", "--out", str(tmp_path / "csv")]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"written: {tmp_path / 'csv'}"


def test_the_database_is_one_that_duckdb_1_opens(snapshot: Path) -> None:
    """Its header names the storage version 64, that of DuckDB 0.10 to 1.1; later ones read it too."""
    path, _ = export(snapshot, "duckdb")
    head = path.read_bytes()[:20]
    assert (head[8:12], int.from_bytes(head[12:20], "little")) == (b"DUCK", 64)


@tables
def test_sqlite_holds_the_tables(snapshot: Path, declaration: TableDeclaration) -> None:
    path, _ = export(snapshot, "sqlite")
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(f"SELECT * FROM {declaration.name}").fetchall()
    written = [
        tuple(value.isoformat() if isinstance(value, datetime.date) else value for value in row)
        for row in values(declaration)
    ]
    assert found == written


def test_the_same_tables_give_the_same_sqlite_file(snapshot: Path, tmp_path: Path) -> None:
    one, other = (export(snapshot, "sqlite", tmp_path / name)[0].read_bytes() for name in ("a", "b"))
    assert one == other


@pytest.mark.parametrize("form", ["xlsx", "csv", "duckdb", "sqlite"])
def test_an_export_that_fails_leaves_nothing_behind(
    snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    module = {"xlsx": "workbook", "csv": "csv_files"}.get(form, "database")
    monkeypatch.setattr(f"pipeline.export.{module}.read_table", full)
    with pytest.raises(OSError, match="No space"):
        export(snapshot, form, tmp_path / "deep" / "er" / "export")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_export_left_goes_with_the_next(snapshot: Path, tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom pipeline.export.place import beside\n"
        "with beside(Path(sys.argv[1])) as folder:\n    (folder / 'half').write_text('a')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "t.csv")], check=False)
    assert len(list(tmp_path.iterdir())) == 1
    with beside(tmp_path / "other") as held:
        export(snapshot, "sqlite", tmp_path / "t.sqlite")
        assert {path.name for path in tmp_path.iterdir()} == {held.name, "t.sqlite"}
    assert [path.name for path in tmp_path.iterdir()] == ["t.sqlite"]
