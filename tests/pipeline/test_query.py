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
from pipeline.console import VisibleStream
from pipeline.query import query
from pipeline.sources import UsageError
from tests.pipeline.example import EAST, FORMULA, describe_anew, example_tables, write_example

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
    """Columns and tables that came later are null and empty; what no version lacked is asked for."""
    out = write_example(tmp_path)
    blocks = pq.read_table(out / "blocks.parquet", partitioning=None)
    pq.write_table(blocks.drop_columns(["place"]), out / "blocks.parquet")
    (out / "matches.parquet").unlink()
    describe_anew(out)
    assert query(out, "SELECT count(*), count(place) FROM blocks").rows == ((4, 0),)
    assert query(out, "FROM matches").rows == ()
    pq.write_table(blocks.drop_columns(["text"]), out / "blocks.parquet")
    describe_anew(out)
    with pytest.raises(UsageError, match="has no column text: another version of hyoka"):
        query(out, "SELECT 1")


def test_sql_in_the_folder_is_not_run(tmp_path: Path) -> None:
    out = write_example(tmp_path)
    (out / "views.sql").write_text("COPY (SELECT 1) TO 'written.csv';", encoding="utf-8")
    assert query(out, "SELECT text FROM passages WHERE text LIKE '=%' LIMIT 1").rows == ((FORMULA,),)
    assert not list(tmp_path.rglob("written.csv"))


def test_codes_are_text(snapshot: Path) -> None:
    assert (EAST,) in query(snapshot, "SELECT municipality_code FROM documents").rows


@pytest.mark.parametrize(
    "sql",
    [
        "FROM '{folder}/secret.csv'",
        "SELECT * FROM read_text('{folder}/secret.csv')",
        "SELECT * FROM glob('{folder}/*')",
        "COPY results TO '{folder}/written.csv'",
        "EXPORT DATABASE '{folder}/written'",
        "ATTACH '{folder}/written.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "FROM answer",  # a variable of the program
    ],
)
def test_a_question_reads_these_tables_and_nothing_else(tmp_path: Path, sql: str) -> None:
    out = write_example(tmp_path / "out")
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageError, match="the query cannot be answered"):
        query(out, sql.format(folder=tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "secret.csv"]


def test_unsafe_lifts_that(tmp_path: Path, capsys: Captured) -> None:
    out = write_example(tmp_path / "out")
    sql = f"COPY (SELECT 1 AS a) TO '{tmp_path / 'written.csv'}'"
    assert main(["query", str(out), sql]) == 2
    assert "--unsafe lifts that" in capsys.readouterr().err
    assert main(["query", str(out), sql, "--unsafe"]) == 0
    assert (tmp_path / "written.csv").read_text(encoding="utf-8") == "a\n1\n"


def test_a_question_may_come_from_standard_input(
    snapshot: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 1 AS one"))
    assert main(["query", str(snapshot), "-", "--format", "csv"]) == 0
    assert capsys.readouterr().out == "one\n1\n"


def test_an_answer_steers_no_terminal(snapshot: Path, capsys: Captured) -> None:
    """What a document prints may hold control characters; a file keeps them, a terminal shows them."""
    sql = "SELECT 'a' || chr(27) || '[2J' || chr(8238) AS text"
    assert main(["query", str(snapshot), sql]) == 0
    assert "a\\x1b[2J\\u202e" in capsys.readouterr().out
    assert main(["query", str(snapshot), sql, "--format", "csv"]) == 0
    assert "a\x1b[2J\u202e" in capsys.readouterr().out
    written = io.StringIO()
    written.isatty = lambda: True  # type: ignore[method-assign]
    VisibleStream(written).write("a\x1b[2J")
    assert written.getvalue() == "a\\x1b[2J"
