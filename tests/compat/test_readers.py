"""Every reader gives back every value in its type: nulls, Japanese text, dates, codes with a nought before them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.convert import convert
from pipeline.options import Options
from pipeline.snapshot import TableFiles, read_table, snapshot_files
from schemas.declare import TableDeclaration
from schemas.records import TABLES
from tests.compat.readers import READERS, sorted_rows
from tests.pipeline.example import example_tables, write_example
from tests.pipeline.made import SHEET

readers = pytest.mark.parametrize("reader", READERS)
LAYOUTS: tuple[tuple[str, ...], ...] = ((), ("fiscal_year",), ("fiscal_year", "municipality"))


@pytest.fixture(scope="module", params=LAYOUTS, ids=["whole", "by year", "by year and place"])
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_example(tmp_path_factory.mktemp("example"), request.param)


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document as it is converted, every table of it."""
    folder = tmp_path_factory.mktemp("converted")
    (folder / "sheet.txt").write_text(SHEET, encoding="utf-8")
    convert([folder / "sheet.txt"], folder / "out", Options())
    return folder / "out"


def files_of(out: Path, declaration: TableDeclaration) -> TableFiles:
    return next(files for files in snapshot_files(out) if files.declaration is declaration)


def rows(table: pa.Table) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in table.to_pylist()]


@readers
def test_every_value_of_every_table_is_read(example: Path, reader: str) -> None:
    for declaration in TABLES:
        written = rows(example_tables()[declaration.name])
        read = READERS[reader](example, files_of(example, declaration))
        assert sorted_rows(read) == sorted_rows(written), declaration.name


@readers
def test_a_converted_document_is_read(converted: Path, reader: str) -> None:
    for declaration in TABLES:
        files = files_of(converted, declaration)
        assert sorted_rows(READERS[reader](converted, files)) == sorted_rows(rows(read_table(converted, files)))


@readers
def test_rows_per_municipality_and_year_are_equal(example: Path, reader: str) -> None:
    (results,) = (declaration for declaration in TABLES if declaration.name == "results")
    columns = [column.name for column in results.columns]
    code, year = columns.index("municipality_code"), columns.index("fiscal_year")
    read = READERS[reader](example, files_of(example, results))
    assert Counter((row[code], row[year]) for row in read) == {
        ("012025", 2024): 1,
        ("012025", 2025): 1,
        ("012025", None): 1,
        ("132039", 2025): 1,
    }


@readers
def test_an_empty_table_has_its_columns(example: Path, reader: str) -> None:
    (links,) = (declaration for declaration in TABLES if declaration.name == "measure_links")
    assert READERS[reader](example, files_of(example, links)) == []
