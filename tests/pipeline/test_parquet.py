"""The snapshot: what is in the files, and what becomes of the files of an earlier one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.columns import DECLARED
from pipeline.parquet import ROW_GROUP, write_pieces, write_snapshot
from schemas.arrow import arrow_schema, records_to_table
from schemas.declare import declaration_of
from schemas.records import Municipality

WRITTEN = {f"{declaration.name}.parquet" for declaration in DECLARED} | {"datapackage.json", "views.sql"}
NOTES = {"hyoka.schema_version": "1", "hyoka.inputs_sha256": "00"}


def towns(*names: str) -> dict[str, pa.Table]:
    rows = [
        Municipality(municipality_code=f"{n:06}", area_code=f"{n:05}", municipality_name=name, prefecture_iso="JP-13")
        for n, name in enumerate(names)
    ]
    return {"municipalities": records_to_table(rows, declaration_of(Municipality))}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_table_is_written_with_its_schema_and_the_metadata(tmp_path: Path) -> None:
    write_snapshot({}, tmp_path / "new" / "out", NOTES)
    assert set(files(tmp_path / "new" / "out")) == WRITTEN
    for declaration in DECLARED:
        schema = pq.read_schema(tmp_path / "new" / "out" / f"{declaration.name}.parquet")
        assert schema.equals(arrow_schema(declaration, NOTES), check_metadata=True)


def test_files_follow_the_rules_for_bi_tools(tmp_path: Path) -> None:
    write_snapshot(towns(*["町"] * (ROW_GROUP + 1)), tmp_path, NOTES)
    meta = pq.read_metadata(tmp_path / "municipalities.parquet")
    assert meta.format_version == "2.6"
    assert [meta.row_group(n).num_rows for n in range(meta.num_row_groups)] == [ROW_GROUP, 1]
    chunk = meta.row_group(0).column(2)
    assert chunk.compression == "ZSTD"
    assert "RLE_DICTIONARY" in chunk.encodings
    assert chunk.is_stats_set
    schema = pq.read_schema(tmp_path / "municipalities.parquet")
    assert [schema.field(n).metadata[b"PARQUET:field_id"] for n in range(2)] == [b"1", b"2"]
    assert schema.field("municipality_name").type == pa.string()


@pytest.mark.parametrize("most", [1, 700, 20_000])
def test_the_same_rows_give_the_same_bytes_however_they_came_together(tmp_path: Path, most: int) -> None:
    (name, whole), *_ = towns(*(f"{number % 977}町" for number in range(20_000))).items()
    ends = [0, *range(most, len(whole), most), len(whole)]
    parts = [whole.slice(start, end - start) for start, end in pairwise(ends)]
    write_snapshot({name: whole}, tmp_path / "a", NOTES)
    (tmp_path / "b").mkdir()
    write_pieces({name: parts}, tmp_path / "b", tmp_path, NOTES)
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_a_new_snapshot_replaces_the_old_one_and_leaves_other_files(tmp_path: Path) -> None:
    write_snapshot(towns("東町"), tmp_path, NOTES)
    (tmp_path / "retired.parquet").write_bytes((tmp_path / "municipalities.parquet").read_bytes())
    pq.write_table(pa.table({"x": [1]}), tmp_path / "theirs.parquet")
    (tmp_path / "notes.txt").write_text("keep")
    write_snapshot(towns("西町"), tmp_path, NOTES)
    assert pq.read_table(tmp_path / "municipalities.parquet")["municipality_name"].to_pylist() == ["西町"]
    assert sorted(set(files(tmp_path)) - WRITTEN) == ["notes.txt", "theirs.parquet"]


def test_a_failure_while_writing_leaves_the_old_snapshot_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_snapshot(towns("東町"), tmp_path, NOTES)
    before = files(tmp_path)
    real = pq.ParquetWriter

    def full_disk(file: Any, *rest: Any, **options: Any) -> Any:
        if Path(file.name).name == "municipalities.parquet":
            raise OSError("no space left")
        return real(file, *rest, **options)

    monkeypatch.setattr(pq, "ParquetWriter", full_disk)
    with pytest.raises(OSError, match="no space"):
        write_snapshot(towns("西町"), tmp_path, NOTES)
    assert files(tmp_path) == before


@pytest.mark.parametrize("failing", [0, 5, len(WRITTEN), 2 * len(WRITTEN) - 1])
def test_a_failure_while_renaming_leaves_the_old_snapshot_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    write_snapshot(towns("東町"), tmp_path, NOTES)
    before = files(tmp_path)
    real = Path.rename
    renames = iter(range(10_000))

    def held_open(self: Path, target: Path) -> Path:
        if next(renames) == failing:
            raise PermissionError("held open by another program")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", held_open)
    with pytest.raises(PermissionError):
        write_snapshot(towns("西町"), tmp_path, NOTES)
    assert files(tmp_path) == before
