"""DataFrames: every value of the tables, in a type that holds it, and nothing guessed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas as pd
import pytest

from pipeline import frames
from pipeline.columns import DECLARED
from pipeline.sources import UsageError
from schemas.records import TABLES
from tests.pipeline.example import EAST, FORMULA, example_records, example_tables, write_example
from tests.pipeline.made import SHEET

DTYPES = {
    "string": "string",
    "int32": "Int32",
    "int64": "Int64",
    "float64": "Float64",
    "bool": "boolean",
    "date32": "datetime64[s]",
}


@pytest.fixture(scope="module", params=[(), ("fiscal_year", "municipality")], ids=["whole", "hive"])
def tables(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> frames.Tables:
    return frames.read(write_example(tmp_path_factory.mktemp("snapshot"), request.param))


def test_every_column_has_the_type_of_its_declaration(tables: frames.Tables) -> None:
    assert list(tables) == [declaration.name for declaration in DECLARED]
    for declaration in DECLARED:
        found = {name: str(dtype) for name, dtype in tables[declaration.name].dtypes.items()}
        assert found == {column.name: DTYPES[column.type] for column in declaration.columns}


def test_every_value_is_there(tables: frames.Tables) -> None:
    for declaration in TABLES:
        frame = tables[declaration.name].astype(object)
        values = [
            tuple(
                None if pd.isna(value) else value.date() if isinstance(value, datetime.datetime) else value
                for value in row
            )
            for row in frame.itertuples(index=False)
        ]
        expected = [
            tuple(getattr(record, column.name) for column in declaration.columns)
            for record in example_records()[declaration.name]
        ]
        assert sorted(map(repr, values)) == sorted(map(repr, expected))


def test_years_beside_missing_ones_are_whole_and_codes_keep_their_noughts(tables: frames.Tables) -> None:
    assert sorted(tables.results.fiscal_year.dropna().unique()) == [2024, 2025]
    assert tables.results.fiscal_year.isna().sum() == 1
    assert EAST in set(tables.documents.municipality_code)
    assert FORMULA in set(tables.passages.text)


def test_frames_add_up_and_plot_without_further_care(tables: frames.Tables) -> None:
    means = tables.results.groupby("fiscal_year", dropna=True)["achievement_ratio"].mean()
    assert means.to_dict() == {2024: 0.9, 2025: 1.2}
    assert tables.measures.set_on.dropna().dt.year.tolist() == [2024, 2024]


def test_tables_are_found_by_name(tables: frames.Tables) -> None:
    assert tables["grades"] is tables.grades
    assert "grades" in dir(tables)
    assert len(tables) == len(DECLARED)
    assert "results: 4 rows" in repr(tables)
    with pytest.raises(AttributeError, match="no table marks; there are documents, "):
        _ = tables.marks


def test_convert_gives_the_tables_and_writes_them_where_asked(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.txt"
    sheet.write_text(SHEET, encoding="utf-8")
    given = frames.convert(sheet, out=tmp_path / "out")
    for name, frame in frames.convert(str(sheet)).items():
        pd.testing.assert_frame_equal(frame, given[name])
        pd.testing.assert_frame_equal(frame, frames.read(tmp_path / "out")[name])
    assert given.grades.grade.tolist() == ["C", "S"]


def test_what_cannot_be_started_with_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no"):
        frames.convert(tmp_path / "gone.pdf")
    with pytest.raises(ValueError, match="holds no tables"):
        frames.read(tmp_path)


def test_the_arrow_tables_are_not_needed_again(tmp_path: Path) -> None:
    """A frame stays when the snapshot that it was read from is replaced or removed."""
    read = frames.read(write_example(tmp_path))
    for path in tmp_path.iterdir():
        path.unlink()
    assert len(read.passages) == example_tables()["passages"].num_rows


def test_a_question_is_answered_with_the_same_types(tmp_path: Path) -> None:
    write_example(tmp_path)
    found = frames.ask(tmp_path, "SELECT fiscal_year, actual_value FROM results ORDER BY fiscal_year NULLS LAST")
    assert [str(dtype) for dtype in found.dtypes] == ["Int32", "Float64"]
    assert found.fiscal_year.isna().tolist() == [False, False, False, True]
    assert len(frames.ask(tmp_path, "FROM missed_targets")) == 1
    with pytest.raises(UsageError, match="cannot be answered"):
        frames.ask(tmp_path, "FROM nothing_of_the_kind")
