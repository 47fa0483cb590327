"""views.sql runs in DuckDB: the tables are what was written, everything has a comment, the questions get answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.columns import DECLARED
from pipeline.views import questions_sql
from tests.pipeline.example import EAST, WEST, example_tables, write_example

LAYOUTS: tuple[tuple[str, ...], ...] = ((), ("fiscal_year",), ("fiscal_year", "municipality"))


@pytest.fixture(scope="module", params=LAYOUTS, ids=["whole", "by year", "by year and place"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    out = write_example(tmp_path_factory.mktemp("it's a snapshot"), request.param)
    with duckdb.connect() as connection:
        connection.execute(f"SET file_search_path = '{str(out).replace(chr(39), chr(39) * 2)}'").fetchall()
        connection.execute((out / "views.sql").read_text(encoding="utf-8")).fetchall()
        yield connection


def rows(database: Any, query: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = database.execute(query).fetchall()
    return found


def questions() -> list[str]:
    words = questions_sql().split()
    return [words[n + 1] for n, word in enumerate(words) if word == "VIEW" and words[n - 1] == "REPLACE"]


@pytest.mark.parametrize("name", example_tables())
def test_a_view_is_the_table_that_was_written(database: Any, name: str) -> None:
    table = example_tables()[name]
    columns = ", ".join(f'"{column}"' for column in table.column_names)
    found = rows(database, f"SELECT {columns} FROM {name}")
    written = [tuple(row.values()) for row in table.to_pylist()]
    assert sorted(map(repr, found)) == sorted(map(repr, written))


def test_types_are_those_of_the_contract(database: Any) -> None:
    described = rows(database, "DESCRIBE results") + rows(database, "DESCRIBE measures")
    types = {name: kind for name, kind, *_ in described}
    assert (types["fiscal_year"], types["municipality_code"], types["set_on"]) == ("INTEGER", "VARCHAR", "DATE")
    assert (types["actual_value"], types["is_new"]) == ("DOUBLE", "BOOLEAN")


def test_everything_is_commented_in_both_languages(database: Any) -> None:
    comments = dict(rows(database, "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"))
    assert set(comments) == {declaration.name for declaration in DECLARED} | set(questions())
    assert not [name for name, comment in comments.items() if " / " not in (comment or "")]
    columns = rows(
        database,
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal "
        "AND column_name <> 'municipality'",
    )
    bare = {(table, column) for table, column, comment in columns if comment is None}
    assert {table for table, _ in bare} <= set(questions())
    declared = {(declaration.name, column.name) for declaration in DECLARED for column in declaration.columns}
    assert declared <= {(table, column) for table, column, _ in columns}


@pytest.mark.parametrize("name", questions())
def test_every_question_gets_an_answer_unless_nothing_was_found(database: Any, name: str) -> None:
    (count,) = rows(database, f"SELECT count(*) FROM {name}")[0]
    assert (count > 0) is (name != "open_findings")


def test_what_is_asked_of_the_example(database: Any) -> None:
    assert rows(database, "SELECT fiscal_year, grade, rank, number FROM grades_by_year") == [
        (2024, "C", 2, 1), (2025, "S", 1, 1),
    ]  # fmt: skip
    assert rows(database, "SELECT fiscal_year, achievement_ratio FROM missed_targets") == [(2024, 0.9)]
    assert rows(database, "SELECT fiscal_year, role, project, cost, cost_of FROM costs_by_year") == [
        (2024, "actual", 5e6, 5e6, "project"), (2024, "actual", 5e6, 5e6, "project"),
    ]  # fmt: skip
    assert rows(database, "SELECT municipality_name, value FROM series_by_year") == [("東町", 5e6), ("西市", 5e6)]
    assert rows(database, "SELECT fiscal_year, open_findings FROM doubtful_values") == [(None, 1)]
    assert rows(database, "SELECT DISTINCT normalized_form, municipalities FROM theme_measures") == [("創業支援", 2)]
    assert rows(database, "SELECT grade, share, share_by FROM grades_compared ORDER BY share") == [
        ("C", 0.0, "rank"), ("S", 1.0, "score"),
    ]  # fmt: skip
    assert rows(database, "SELECT path, responsible FROM measure_paths WHERE measure_level = 'measure'") == [
        ("産業 › 創業支援", "商工課"),
        ("産業 › 創業支援", "商工課"),
    ]
    assert rows(database, "SELECT DISTINCT page, printed FROM evidence") == [(2, "10人\n")]
    assert rows(database, "SELECT municipality_code, fiscal_year, results FROM rows_by_year") == [
        (EAST, 2024, 1), (EAST, 2025, 1), (EAST, None, 1), (WEST, 2025, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "comparator", "actual", "better", "reached"),
    [
        (10, "=", 12, "up", True),
        (10, "=", 12, "down", False),
        (10, "=", 8, "down", True),
        (10, "=", 12, None, None),
        (10, "=", 10, None, True),
        (10, "<=", 12, "up", False),
        (10, ">=", 10, "down", True),
        (10, None, None, "up", None),
    ],
)
def test_reached_is_told_by_the_comparator_else_by_which_way_is_better(
    target: float, comparator: str | None, actual: float | None, better: str | None, reached: bool | None
) -> None:
    columns = {
        "results": ["municipality_name", "plan_name", "policy_name", "measure_code", "measure_name", "indicator_text",
                    "indicator_name", "fiscal_year", "unit", "achievement_ratio", "grade_text", "source_name", "page",
                    "measure_id", "document_id"],
    }  # fmt: skip
    nulls = ", ".join(f"NULL AS {name}" for name in columns["results"])
    view = next(part for part in questions_sql().split(";") if "VIEW targets_and_actuals AS" in part)
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE TABLE results AS SELECT {nulls}, 'i' AS indicator_id, ?::DOUBLE AS target_value, "
            "?::VARCHAR AS target_comparator, ?::DOUBLE AS actual_value",
            [target, comparator, actual],
        )
        connection.execute("CREATE TABLE indicators AS SELECT 'i' AS indicator_id, ?::VARCHAR AS better", [better])
        connection.execute(view)
        assert connection.execute("SELECT reached FROM targets_and_actuals").fetchall() == [(reached,)]


def test_the_statements_may_be_run_again(tmp_path: Path) -> None:
    out = write_example(tmp_path)
    statements = (out / "views.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute(f"SET file_search_path = '{out}'").fetchall()
        for _ in range(2):
            connection.execute(statements).fetchall()
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(2,)]
