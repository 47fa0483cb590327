"""Hive layout: every row is in one file, the path says what the rows say, and readers get back what was written."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.columns import DECLARED
from pipeline.parquet import write_snapshot
from pipeline.partition import partition, partition_keys
from pipeline.snapshot import NULL_PARTITION, TableFiles, read_table, snapshot_files
from pipeline.sources import UsageError
from schemas.arrow import records_to_table
from schemas.declare import declaration_of
from schemas.records import GradeCount
from tests.pipeline.example import NOTES, example_tables, write_example

YEARS = ("fiscal_year",)
YEARS_AND_PLACES = ("fiscal_year", "municipality")
KEYS = pytest.mark.parametrize(
    "keys", [(), YEARS, ("municipality",), YEARS_AND_PLACES, ("municipality", "fiscal_year")]
)


def files_of(out: Path, name: str) -> TableFiles:
    return next(files for files in snapshot_files(out) if files.declaration.name == name)


@KEYS
def test_what_is_read_back_is_what_was_written(tmp_path: Path, keys: tuple[str, ...]) -> None:
    out = write_example(tmp_path, keys)
    for name, table in example_tables().items():
        read = read_table(out, files_of(out, name))
        assert read.schema == table.schema
        assert sorted(read.to_pylist(), key=repr) == sorted(table.to_pylist(), key=repr)


def test_the_paths_name_years_and_places(tmp_path: Path) -> None:
    out = write_example(tmp_path, YEARS_AND_PLACES)
    assert files_of(out, "results").paths == (
        "results/fiscal_year=2024/municipality=jp-012025/part-0.parquet",
        "results/fiscal_year=2025/municipality=jp-012025/part-0.parquet",
        "results/fiscal_year=2025/municipality=jp-132039/part-0.parquet",
        "results/fiscal_year=__HIVE_DEFAULT_PARTITION__/municipality=jp-012025/part-0.parquet",
    )
    assert files_of(out, "blocks").keys == ("municipality",)
    assert files_of(out, "tokens").paths == ("tokens.parquet",)


@KEYS
def test_a_table_without_rows_keeps_its_schema(tmp_path: Path, keys: tuple[str, ...]) -> None:
    out = write_example(tmp_path, keys)
    for name in ("findings", "measure_links"):
        files = files_of(out, name)
        assert len(files.paths) == 1
        assert read_table(out, files).num_rows == 0


@pytest.mark.parametrize("keys", [YEARS, YEARS_AND_PLACES])
def test_years_are_numbers_to_readers_that_guess_where_no_year_is_known(tmp_path: Path, keys: tuple[str, ...]) -> None:
    results = example_tables()["results"]
    nulls = pa.nulls(results.num_rows, pa.int32())
    timeless = results.set_column(results.column_names.index("fiscal_year"), results.field("fiscal_year"), nulls)
    write_snapshot({**example_tables(), "results": timeless}, tmp_path, NOTES, keys)
    for name in ("results", "scores"):
        pattern = f"{tmp_path}/{name}/**/*.parquet"
        with duckdb.connect() as connection:
            found = connection.execute(f"DESCRIBE FROM read_parquet('{pattern}', hive_partitioning = true)")
            described = found.fetchall()
        assert {column: kind for column, kind, *_ in described}["fiscal_year"] == "BIGINT"
        assert pl.read_parquet(pattern, hive_partitioning=True).schema["fiscal_year"] == pl.Int64
    assert read_table(tmp_path, files_of(tmp_path, "results")).num_rows == results.num_rows


def test_a_snapshot_replaces_one_of_another_layout(tmp_path: Path) -> None:
    write_example(tmp_path)
    whole = {path.name for path in tmp_path.iterdir()}
    write_example(tmp_path, YEARS)
    assert not (tmp_path / "results.parquet").exists()
    assert files_of(tmp_path, "results").keys == YEARS
    (tmp_path / "results" / "fiscal_year=1999").mkdir()
    (tmp_path / "results" / "fiscal_year=1999" / "part-0.parquet").write_bytes(b"of an earlier run")
    (tmp_path / "fotos").mkdir()
    write_example(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == whole | {"fotos"}


def test_the_same_rows_give_the_same_files(tmp_path: Path) -> None:
    one, other = write_example(tmp_path / "a", YEARS_AND_PLACES), write_example(tmp_path / "b", YEARS_AND_PLACES)
    paths = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert paths == sorted(path.relative_to(other) for path in other.rglob("*") if path.is_file())
    assert all((one / path).read_bytes() == (other / path).read_bytes() for path in paths)


def test_every_file_has_the_metadata(tmp_path: Path) -> None:
    out = write_example(tmp_path, YEARS)
    for path in out.rglob("*.parquet"):
        assert {key.encode() for key in NOTES} <= pq.read_schema(path).metadata.keys()


counts = st.builds(
    GradeCount,
    document_id=st.sampled_from("ab"),
    fiscal_year=st.none() | st.integers(2019, 2022),
    grade_scheme_id=st.just("s"),
    grade=st.sampled_from("○×"),
    count=st.integers(0, 9),
)


@given(st.lists(st.lists(counts), min_size=1).filter(any))
def test_every_row_is_in_the_file_that_its_path_says_in_the_tables_order(pieces: list[list[GradeCount]]) -> None:
    rows = [row for piece in pieces for row in piece]
    expected: dict[str, list[int]] = {}
    for row in rows:
        year = NULL_PARTITION if row.fiscal_year is None else row.fiscal_year
        place = {"a": "jp-132039", "b": NULL_PARTITION}[row.document_id]
        path = f"grade_counts/fiscal_year={year}/municipality={place}/part-0.parquet"
        expected.setdefault(path, []).append(row.count)
    if all(row.fiscal_year is None for row in rows):  # what shows that years are numbers
        expected[f"grade_counts/fiscal_year=0/municipality={NULL_PARTITION}/part-0.parquet"] = []
    declaration = declaration_of(GradeCount)
    where = {"a": "132039", "b": None}
    tables = [records_to_table(piece, declaration) for piece in pieces]
    found = partition(tables, declaration, YEARS_AND_PLACES, where)
    parts = [(path, pa.concat_tables(part)) for path, part in found]
    assert {path: part.column("count").to_pylist() for path, part in parts} == expected
    assert len(parts) == len(expected)
    assert all("fiscal_year" not in part.column_names for _, part in parts)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("year", "--partition year: a key is one of"),
        ("fiscal_year,fiscal_year", "given twice"),
        ("", "a key is one of"),
    ],
)
def test_a_wrong_key_is_named(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        partition_keys(text)


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no tables of hyoka"):
        snapshot_files(tmp_path)


def test_columns_that_an_older_snapshot_lacks_are_null_or_told(tmp_path: Path) -> None:
    out = write_example(tmp_path)
    results = pq.read_table(out / "results.parquet", partitioning=None)
    pq.write_table(results.drop_columns(["subject"]), out / "results.parquet")
    assert read_table(out, files_of(out, "results")).column("subject").null_count == results.num_rows
    pq.write_table(results.drop_columns(["document_id"]), out / "results.parquet")
    with pytest.raises(UsageError, match="has no column document_id"):
        read_table(out, files_of(out, "results"))


def test_a_folder_whose_own_name_looks_like_a_partition_adds_no_column(tmp_path: Path) -> None:
    out = write_example(tmp_path / "fiscal_year=1999")
    years = read_table(out, files_of(out, "results")).column("fiscal_year").to_pylist()
    assert years == [2024, 2025, None, 2025]
    hive = write_example(tmp_path / "fiscal_year=1999" / "hive", YEARS)
    assert set(read_table(hive, files_of(hive, "results")).column("fiscal_year").to_pylist()) == {2024, 2025, None}


def test_all_declared_tables_are_found(tmp_path: Path) -> None:
    assert [files.declaration for files in snapshot_files(write_example(tmp_path))] == list(DECLARED)
    assert isinstance(read_table(tmp_path, files_of(tmp_path, "columns")), pa.Table)
