"""Every declared table goes to Arrow, to Parquet and back without a change, and validation sees every breach."""

from __future__ import annotations

import datetime
import io
import itertools
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.arrow import arrow_schema, records_to_table, table_to_records
from schemas.declare import Column, TableDeclaration, declaration_of
from schemas.records import TABLES, DocumentRow, Finding, Measure, MeasureOrg, Municipality, Provenance, Record
from schemas.rows import ColumnRows, values_of
from schemas.validate import violations

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "string": TEXT,
    "int32": st.integers(-(2**31), 2**31 - 1),
    "int64": st.integers(-(2**63), 2**63 - 1),
    "float64": st.floats(allow_nan=False, allow_infinity=False),
    "bool": st.booleans(),
    "date32": st.dates(datetime.date(1868, 1, 1), datetime.date(2200, 1, 1)),
}


def values(column: Column) -> st.SearchStrategy[Any]:
    """What a column may hold, by its declaration."""
    present = st.sampled_from(column.categories) if column.categories else VALUES[column.type]
    return present | st.none() if column.nullable else present


def records(declaration: TableDeclaration) -> st.SearchStrategy[Any]:
    return st.builds(declaration.record, **{column.name: values(column) for column in declaration.columns})


tables = pytest.mark.parametrize("declaration", TABLES, ids=[declaration.name for declaration in TABLES])


@tables
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_records_survive_arrow_and_parquet(declaration: TableDeclaration, data: st.DataObject) -> None:
    rows = tuple(data.draw(st.lists(records(declaration), max_size=4)))
    file = io.BytesIO()
    pq.write_table(records_to_table(rows, declaration), file)
    assert table_to_records(pq.read_table(file), declaration) == rows


@tables
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_rows_held_by_column_are_the_same_rows(declaration: TableDeclaration, data: st.DataObject) -> None:
    rows = data.draw(st.lists(records(declaration), max_size=4))
    held: ColumnRows[Record] = ColumnRows(
        declaration.record, {column.name: values_of(rows, column.name) for column in declaration.columns}
    )
    assert list(held) == [held[index] for index in range(len(held))] == rows
    assert list(held[1:3]) == rows[1:3]
    assert records_to_table(held, declaration) == records_to_table(rows, declaration)
    assert [*violations({declaration.name: held})] == [*violations({declaration.name: rows})]


@pytest.mark.parametrize("left_out", ["role", "position"])
def test_rows_held_by_column_have_every_column_of_one_length(left_out: str) -> None:
    names = ("measure_id", "role", "org_name", "org_name_text", "position")
    with pytest.raises(ValueError, match="table measure_orgs: the columns are"):
        ColumnRows(MeasureOrg, {name: () for name in names if name != left_out})
    with pytest.raises(ValueError, match="not equally long"):
        ColumnRows(MeasureOrg, {name: ("a",) if name == left_out else () for name in names})


@tables
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_what_the_strategies_draw_keeps_types_nulls_and_categories(
    declaration: TableDeclaration, data: st.DataObject
) -> None:
    row = data.draw(records(declaration))
    own = [v.message for v in violations({declaration.name: [row]}) if v.table_name == declaration.name]
    assert all(
        message.startswith(("no row of", "the contract has no table")) or "no column" in message for message in own
    )


@tables
def test_a_table_without_a_row_has_the_full_schema(declaration: TableDeclaration) -> None:
    table = records_to_table([], declaration)
    assert table.schema.equals(arrow_schema(declaration), check_metadata=True)
    assert table.num_rows == 0


@tables
def test_every_column_is_a_scalar_with_titles_and_a_stable_number(declaration: TableDeclaration) -> None:
    for number, field in enumerate(arrow_schema(declaration), start=1):
        assert not pa.types.is_nested(field.type)
        assert not pa.types.is_dictionary(field.type)
        assert field.metadata[b"PARQUET:field_id"] == str(number).encode()
        assert field.metadata[b"title.ja"]
        assert field.metadata[b"title.en"]


def test_field_metadata_says_unit_reference_and_categories() -> None:
    size = arrow_schema(declaration_of(DocumentRow)).field("size_bytes")
    assert (size.type, size.metadata[b"unit"]) == (pa.int64(), b"byte")
    parent = arrow_schema(declaration_of(Measure)).field("parent_measure_id")
    assert parent.metadata[b"references"] == b"measures.measure_id"
    status = arrow_schema(declaration_of(DocumentRow)).field("status")
    assert b'"unreadable"' in status.metadata[b"categories"]


def test_schema_metadata_adds_to_the_table_s_own() -> None:
    metadata = arrow_schema(declaration_of(Measure), {"hyoka.schema_version": "1"}).metadata
    assert metadata[b"hyoka.schema_version"] == b"1"
    assert metadata[b"primary_key"] == b'["measure_id"]'


def test_a_file_of_an_older_schema_reads_with_nulls() -> None:
    declaration = declaration_of(Municipality)
    town = Municipality(municipality_code="132039", area_code="13203", municipality_name="町", prefecture_iso="JP-13")
    older = records_to_table([town], declaration).drop_columns(["municipality_name_en"])
    assert table_to_records(older, declaration) == (town,)
    with pytest.raises(KeyError, match="area_code"):
        table_to_records(older.drop_columns(["area_code"]), declaration)


def measure(name: str, **fields: Any) -> Measure:
    return Measure(measure_id=name, document_id="d", measure_level="measure", position=1, **fields)


def document(**fields: Any) -> DocumentRow:
    given: dict[str, Any] = {
        "document_id": "d", "sha256": "d", "source_name": "a.txt", "media_type": "text/plain", "size_bytes": 1,
        "status": "converted",
    }  # fmt: skip
    return DocumentRow(**(given | fields))


def test_whole_records_have_no_violation() -> None:
    pointer = Provenance(
        table_name="measures", record_id="m", field_name="measure_name", block_id="b", document_id="d", page=1
    )
    found = list(violations({"documents": [document()], "measures": [measure("m")], "provenance": [pointer]}))
    assert [str(v) for v in found] == [
        "provenance.block_id of 'measures|m|measure_name|b': no row of blocks has block_id 'b'"
    ]


@pytest.mark.parametrize(
    ("rows", "column", "message"),
    [
        ([document(status=None)], "status", "null"),
        ([document(status="done")], "status", "'done' is none of"),
        ([document(layout="")], "layout", "empty text"),
        ([document(page_count=2**31)], "page_count", "does not fit in int32"),
        ([document(page_count=True)], "page_count", "bool, not int32"),
        ([document(page_count=1.0)], "page_count", "float, not int32"),
        ([document(coverage=float("nan"))], "coverage", "missing is null"),
        ([document(title="\ud800")], "title", "surrogate"),
        ([document(), document()], None, "same document_id"),
        ([document(municipality_code="132039")], "municipality_code", "no row of municipalities"),
    ],
)
def test_a_breach_of_a_declaration_is_named(rows: list[Record], column: str | None, message: str) -> None:
    (found,) = violations({"documents": rows})
    assert (found.table_name, found.column) == ("documents", column)
    assert message in found.message


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"table_name": "sheets", "record_id": "m", "field_name": "measure_name"}, "table_name"),
        ({"table_name": "measures", "record_id": "x", "field_name": "measure_name"}, "record_id"),
        ({"table_name": "measures", "record_id": "m", "field_name": "colour"}, "field_name"),
    ],
)
def test_a_pointer_to_nothing_is_named(fields: dict[str, Any], column: str) -> None:
    finding = Finding(
        finding_id="f", document_id="d", rule="unit-differs", severity="note", message="単位が違う", **fields
    )
    (found,) = violations({"documents": [document()], "measures": [measure("m")], "findings": [finding]})
    assert (found.table_name, found.column) == ("findings", column)


def test_rows_beside_are_pointed_at_and_not_judged() -> None:
    town = Municipality(
        municipality_code="132039", area_code="13203", municipality_name="", prefecture_iso="JP-13"
    )  # fmt: skip
    given = {"documents": [document(municipality_code="132039")], "municipalities": []}
    assert list(violations(given, beside={"municipalities": [town]})) == []


def test_a_table_outside_the_contract_is_named() -> None:
    assert [v.message for v in violations({"sheets": []})] == ["the contract has no such table"]


@tables
def test_references_point_at_declared_columns_of_the_same_type(declaration: TableDeclaration) -> None:
    types = {
        (d.name, c.name): c.type for d, c in itertools.chain(*(zip(itertools.repeat(d), d.columns) for d in TABLES))
    }
    for column in declaration.references:
        table, _, name = (column.references or "").partition(".")
        assert types[table, name] == column.type
