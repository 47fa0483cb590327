"""Questions: the tables answer by their names, in three forms, and what cannot be answered is told."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.cli import main
from pipeline.query import query
from pipeline.sources import UsageError
from tests.pipeline.example import EAST, FORMULA, example_tables, write_example

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module", params=[(), ("fiscal_year",)], ids=["whole", "hive"])
def snapshot(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_example(tmp_path_factory.mktemp("a, [b]*'c' ✓") / "out", request.param)


@pytest.mark.parametrize("name", example_tables())
def test_every_table_answers_by_its_name(snapshot: Path, name: str) -> None:
    table = example_tables()[name]
    columns = ", ".join(f'"{column}"' for column in table.column_names)
    answer = query(snapshot, f"SELECT {columns} FROM {name}")
    assert list(answer.columns) == table.column_names
    assert sorted(map(repr, answer.rows)) == sorted(repr(tuple(row.values())) for row in table.to_pylist())


def test_a_question_in_the_readers_own_words(snapshot: Path) -> None:
    sql = "SELECT fiscal_year, count(grade) FROM results WHERE municipality_code = $$012025$$ GROUP BY ALL ORDER BY ALL"
    assert query(snapshot, sql).rows == ((2024, 1), (2025, 1), (None, 0))


def test_the_common_questions_are_there(snapshot: Path) -> None:
    assert query(snapshot, "SELECT municipality_name FROM missed_targets").rows == (("東町",),)


def test_a_table_prints_brackets_as_they_are(snapshot: Path, capsys: Captured) -> None:
    assert main(["query", str(snapshot), "SELECT '[bold]評価[/]' AS \"[x]\", NULL AS y"]) == 0
    printed = capsys.readouterr().out
    assert "[bold]評価[/]" in printed
    assert "[x]" in printed
    assert "None" not in printed


def test_rows_wider_than_the_terminal_are_printed_value_by_value(snapshot: Path, capsys: Captured) -> None:
    """A table of eighteen columns folded into a terminal cannot be read."""
    assert main(["query", str(snapshot), "FROM missed_targets"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "── 1 of 1"
    assert "measure_name       創業支援" in printed
    assert "policy_name" in printed
    assert len(printed) == 1 + len(query(snapshot, "FROM missed_targets").columns)


def test_no_row_is_an_answer(snapshot: Path, capsys: Captured) -> None:
    assert main(["query", str(snapshot), "FROM findings"]) == 0
    assert capsys.readouterr().out.strip()


def test_csv_and_json_can_be_read_again(snapshot: Path, capsys: Captured) -> None:
    sql = "SELECT set_on, measure_name, is_new FROM measures WHERE document_id LIKE 'd%' ORDER BY position"
    assert main(["query", str(snapshot), sql, "--format", "csv"]) == 0
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [
        ["set_on", "measure_name", "is_new"],
        ["2024-04-01", "産業", ""],
        ["", "創業支援", "True"],
    ]
    assert main(["query", str(snapshot), sql, "--format", "json"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"set_on": str(datetime.date(2024, 4, 1)), "measure_name": "産業", "is_new": None},
        {"set_on": None, "measure_name": "創業支援", "is_new": True},
    ]


@pytest.mark.parametrize(
    ("sql", "says"),
    [("FROM gradez", "Did you mean"), ("", "the query is empty"), ("SELEC 1", "syntax error"), (" ; ", "empty")],
)
def test_what_cannot_be_answered_is_told(snapshot: Path, capsys: Captured, sql: str, says: str) -> None:
    assert main(["query", str(snapshot), sql]) == 2
    printed = capsys.readouterr()
    assert says in printed.err
    assert printed.err.startswith("hyoka: the query ")
    assert printed.out == ""


def test_a_folder_without_tables_is_told(tmp_path: Path, capsys: Captured) -> None:
    assert main(["query", str(tmp_path), "SELECT 1"]) == 2
    assert "holds no tables of hyoka" in capsys.readouterr().err


def test_a_query_changes_no_file(tmp_path: Path) -> None:
    out = write_example(tmp_path)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(UsageError):
        query(out, "DELETE FROM results")
    query(out, "CREATE OR REPLACE TABLE mine AS FROM passages")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_an_older_snapshot_answers_with_what_it_has(tmp_path: Path) -> None:
    out = write_example(tmp_path)
    blocks = pq.read_table(out / "blocks.parquet", partitioning=None)
    pq.write_table(blocks.drop_columns(blocks.column_names[-1:]), out / "blocks.parquet")
    assert query(out, "SELECT count(*) FROM blocks").rows == ((4,),)
    results = pq.read_table(out / "results.parquet", partitioning=None)
    pq.write_table(results.drop_columns(["grade_text"]), out / "results.parquet")
    with pytest.raises(UsageError, match="another version of hyoka; convert anew"):
        query(out, "SELECT 1")


def test_sql_in_the_folder_is_not_run(tmp_path: Path) -> None:
    out = write_example(tmp_path)
    (out / "views.sql").write_text("COPY (SELECT 1) TO 'written.csv';", encoding="utf-8")
    assert query(out, "SELECT text FROM passages WHERE text LIKE '=%' LIMIT 1").rows == ((FORMULA,),)
    assert not list(tmp_path.rglob("written.csv"))


def test_codes_are_text(snapshot: Path) -> None:
    assert (EAST,) in query(snapshot, "SELECT municipality_code FROM documents").rows
