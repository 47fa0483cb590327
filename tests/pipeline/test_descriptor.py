"""datapackage.json says what the declarations say, and frictionless finds the snapshot to be what it says."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.columns import DECLARED
from schemas.declare import TableDeclaration
from tests.pipeline.example import write_example


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_example(tmp_path_factory.mktemp("snapshot"))


def package(out: Path) -> Any:
    return json.loads((out / "datapackage.json").read_text(encoding="utf-8"))


def resource(out: Path, name: str) -> Any:
    (found,) = (resource for resource in package(out)["resources"] if resource["name"] == name)
    return found


def test_every_file_is_a_resource_with_its_digest(snapshot: Path) -> None:
    resources = package(snapshot)["resources"]
    assert [resource["path"] for resource in resources] == [f"{declaration.name}.parquet" for declaration in DECLARED]
    for found in resources:
        assert found["sha256"] == hashlib.sha256((snapshot / found["path"]).read_bytes()).hexdigest()


@pytest.mark.parametrize("declaration", DECLARED, ids=[declaration.name for declaration in DECLARED])
def test_fields_are_the_columns_in_both_languages(snapshot: Path, declaration: TableDeclaration) -> None:
    fields = resource(snapshot, declaration.name)["schema"]["fields"]
    assert [field["name"] for field in fields] == pq.read_schema(snapshot / f"{declaration.name}.parquet").names
    for field, column in zip(fields, declaration.columns, strict=True):
        assert field["titles"] == {"ja": column.title.ja, "en": column.title.en}
        assert set(field["descriptions"]) == {"ja", "en"}
        assert field.get("constraints", {}).get("required", False) is not column.nullable
        assert [category["value"] for category in field.get("categories", [])] == list(column.categories)


def test_keys_and_references_are_said(snapshot: Path) -> None:
    schema = resource(snapshot, "measures")["schema"]
    assert schema["primaryKey"] == ["measure_id"]
    assert {"fields": ["parent_measure_id"], "reference": {"resource": "measures", "fields": ["measure_id"]}} in (
        schema["foreignKeys"]
    )


def test_a_key_with_missing_values_is_unique_but_not_primary(snapshot: Path) -> None:
    schema = resource(snapshot, "grade_counts")["schema"]
    assert "primaryKey" not in schema
    assert schema["uniqueKeys"] == [["document_id", "measure_id", "fiscal_year", "grade"]]


def test_a_partitioned_table_is_a_resource_per_file_without_what_stands_in_the_path(tmp_path: Path) -> None:
    write_example(tmp_path, ("fiscal_year",))
    part = resource(tmp_path, "results.fiscal_year-2024")
    assert part["path"] == "results/fiscal_year=2024/part-0.parquet"
    assert "fiscal_year" not in {field["name"] for field in part["schema"]["fields"]}
    assert "foreignKeys" not in part["schema"]
    references = resource(tmp_path, "measure_orgs")["schema"].get("foreignKeys", [])
    assert references == []  # measures is partitioned as well


@pytest.mark.parametrize("keys", [(), ("fiscal_year",)])
def test_frictionless_finds_the_snapshot_valid(tmp_path: Path, keys: tuple[str, ...]) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is installed with the extra 'compat'")
    report = frictionless.validate(str(write_example(tmp_path, keys) / "datapackage.json"))
    assert report.flatten(["name", "type", "note"]) == []
    assert report.stats["tasks"] == len(package(tmp_path)["resources"])


def test_frictionless_sees_a_reference_that_leads_nowhere(tmp_path: Path) -> None:
    """So that the test above can fail: the keys that are declared are keys that are checked."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is installed with the extra 'compat'")
    out = write_example(tmp_path)
    measures = pq.read_table(out / "measures.parquet", partitioning=None)
    pq.write_table(measures.slice(0, 1), out / "measures.parquet")
    report = frictionless.validate(str(out / "datapackage.json"))
    assert {"foreign-key"} == {kind for (kind,) in report.flatten(["type"])}
