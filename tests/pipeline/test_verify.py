"""Planted faults: whatever is dropped, exchanged, altered, doubled or moved in a snapshot is told."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pyarrow.parquet as pq
import pytest

from pipeline.cli import main
from pipeline.convert import convert
from pipeline.options import Options
from pipeline.parquet import write_snapshot
from pipeline.verify import verify
from pipeline.verify.files import read_tables
from schemas.arrow import records_to_table
from schemas.records import TABLES, Block, Observation, Passage, Provenance, Record, Result, Term
from schemas.rows import Tables
from tests.extract.pdf.pdf_making import Sheet, make_pdf

RAW = Path(__file__).parents[2] / "data" / "raw"
GENERAL = Path(__file__).parents[1] / "golden" / "general"
R = TypeVar("R", bound=Record)
Fault = Callable[[Tables], Tables]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own progress table in both forms."""
    out = tmp_path_factory.mktemp("out")
    convert(sorted(RAW.glob("akiruno*")), out, Options())
    return out


def broken(out: Path) -> set[str]:
    return {check.name for check in verify(out) if check.broken}


def planted(snapshot: Path, tmp_path: Path, fault: Fault) -> set[str]:
    """The checks that notice a fault, planted into a copy of the snapshot whose files are whole."""
    tables = fault(read_tables(snapshot))
    notes = pq.read_schema(snapshot / "documents.parquet").metadata
    own = {key.decode(): value.decode() for key, value in notes.items() if key.startswith(b"hyoka.")}
    write_snapshot({d.name: records_to_table(tables[d.name], d) for d in TABLES}, tmp_path, own)
    return broken(tmp_path)


def changed(tables: Tables, name: str, kind: type[R], wanted: Callable[[R], bool], change: Callable[[R], R]) -> Tables:
    """The tables with the first such row changed."""
    rows = list(tables[name])
    position = next(i for i, row in enumerate(rows) if isinstance(row, kind) and wanted(row))
    row = rows[position]
    assert isinstance(row, kind)
    rows[position] = change(row)
    return {**tables, name: rows}


def is_cell(block: Block, text: str) -> bool:
    return block.kind == "cell" and block.text == text


def test_a_whole_snapshot_holds(snapshot: Path) -> None:
    checks = list(verify(snapshot))
    assert {check.name: check.broken for check in checks if check.broken} == {}
    assert {check.name for check in checks if not check.examined} <= {"findings"}


def test_sheets_without_a_layout_hold_too(tmp_path: Path) -> None:
    """Their numbers are in the unit of a header (千円), their grades the words of an option."""
    convert([GENERAL], tmp_path, Options())
    assert {check.name: check.broken for check in verify(tmp_path) if check.broken} == {}


def test_a_dropped_text(snapshot: Path, tmp_path: Path) -> None:
    def fault(tables: Tables) -> Tables:
        return changed(tables, "blocks", Block, lambda b: is_cell(b, "118件"), lambda b: replace(b, text=""))

    assert {"print", "characters"} <= planted(snapshot, tmp_path, fault)


def test_a_dropped_label(snapshot: Path, tmp_path: Path) -> None:
    """No record points at it: only the count of the page's characters shows that it is gone."""

    def fault(tables: Tables) -> Tables:
        known = {row.block_id for row in tables["provenance"] if isinstance(row, Provenance)}

        def is_label(block: Block) -> bool:
            return block.role == "label" and block.page_characters is not None and block.block_id not in known

        return changed(tables, "blocks", Block, is_label, lambda b: replace(b, text=""))

    assert planted(snapshot, tmp_path, fault) == {"characters"}


def test_exchanged_cells(snapshot: Path, tmp_path: Path) -> None:
    def fault(tables: Tables) -> Tables:
        once = changed(tables, "blocks", Block, lambda b: is_cell(b, "118件"), lambda b: replace(b, text="147件"))
        return changed(
            once, "blocks", Block, lambda b: is_cell(b, "147件") and b.col == 11, lambda b: replace(b, text="118件")
        )  # fmt: skip

    assert "print" in planted(snapshot, tmp_path, fault)


def test_an_altered_digit(snapshot: Path, tmp_path: Path) -> None:
    """The print no longer says it, and the results are others. For a digit changed in a document, see `tests.drift`."""

    def fault(tables: Tables) -> Tables:
        def altered(seen: Observation) -> Observation:
            return replace(seen, value=17.0)

        return changed(
            tables, "observations", Observation, lambda o: o.role == "actual" and o.value == 118, altered
        )  # fmt: skip

    assert {"values", "results"} <= planted(snapshot, tmp_path, fault)


def test_an_altered_text(snapshot: Path, tmp_path: Path) -> None:
    def fault(tables: Tables) -> Tables:
        return changed(tables, "passages", Passage, lambda _: True, lambda p: replace(p, text=p.text + "。"))

    assert "tokens" in planted(snapshot, tmp_path, fault)


@pytest.mark.parametrize("name", ["measures", "observations", "grades", "blocks", "provenance"])
def test_a_doubled_row(snapshot: Path, tmp_path: Path, name: str) -> None:
    def fault(tables: Tables) -> Tables:
        return {**tables, name: [*tables[name], tables[name][-1]]}

    assert "contract" in planted(snapshot, tmp_path, fault)


def test_a_moved_box(snapshot: Path, tmp_path: Path) -> None:
    def fault(tables: Tables) -> Tables:
        def moved(block: Block) -> Block:
            assert block.x0 is not None
            assert block.x1 is not None
            return replace(block, x0=block.x0 + 40, x1=block.x1 + 40)

        return changed(tables, "blocks", Block, lambda b: is_cell(b, "118件") and b.x0 is not None, moved)

    assert "grid" in planted(snapshot, tmp_path, fault)


@pytest.mark.parametrize("turn", [90, 270])
def test_a_table_that_lies_on_its_side_keeps_to_its_grid(tmp_path: Path, turn: int) -> None:
    def draw(sheet: Sheet) -> None:
        xs, ys = (40.0, 140.0, 240.0), (60.0, 90.0, 120.0)
        sheet.grid(xs, ys)
        sheet.cells(xs, ys, [["指標名", "実績値"], ["参加者数", "98人"]])

    source = tmp_path / "turned.pdf"
    source.write_bytes(make_pdf(draw, rotation=turn))
    convert([source], tmp_path / "out", Options())
    assert "grid" not in broken(tmp_path / "out")


def test_a_line_moved_onto_the_table(snapshot: Path, tmp_path: Path) -> None:
    def fault(tables: Tables) -> Tables:
        def moved(block: Block) -> Block:
            assert block.top is not None
            assert block.bottom is not None
            return replace(block, top=block.top + 120, bottom=block.bottom + 120)

        return changed(tables, "blocks", Block, lambda b: b.kind == "line" and b.x0 is not None, moved)

    assert planted(snapshot, tmp_path, fault) == {"overlap"}


def test_lost_evidence(snapshot: Path, tmp_path: Path) -> None:
    def fault(tables: Tables) -> Tables:
        return {**tables, "provenance": tables["provenance"][:-1]}

    assert "provenance" in planted(snapshot, tmp_path, fault)


def test_a_lost_result(snapshot: Path, tmp_path: Path) -> None:
    def fault(tables: Tables) -> Tables:
        return {**tables, "results": [row for row in tables["results"] if isinstance(row, Result)][1:]}

    assert planted(snapshot, tmp_path, fault) == {"results"}


def test_a_term_that_no_passage_says(snapshot: Path, tmp_path: Path) -> None:
    def fault(tables: Tables) -> Tables:
        first, *rest = (row for row in tables["terms"] if isinstance(row, Term))
        return {**tables, "terms": [replace(first, count=first.count + 1), *rest]}

    assert planted(snapshot, tmp_path, fault) == {"terms"}


def test_an_altered_file(snapshot: Path, tmp_path: Path) -> None:
    for path in snapshot.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    table = pq.read_table(tmp_path / "scores.parquet")
    pq.write_table(table, tmp_path / "scores.parquet", compression="gzip")
    assert broken(tmp_path) == {"files", "round-trip"}


def test_what_cannot_be_read_is_told_in_a_sentence(
    snapshot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = {path.name: path.read_bytes() for path in snapshot.iterdir()}
    table = whole["results.parquet"]
    harms: dict[str, tuple[str, bytes | None]] = {
        "results.parquet” is damaged or cut short": ("results.parquet", b"no Parquet"),
        "results.parquet” is damaged or": ("results.parquet", table[:-200]),
        "results.parquet” is missing": ("results.parquet", None),
        "but no datapackage.json": ("datapackage.json", None),
        "datapackage.json” is damaged": ("datapackage.json", b'{"resources": [{'),
        "datapackage.json” is damaged, or": ("datapackage.json", b'{"version": "1", "resources": [1]}'),
        "are of schema version 2, and this hyoka": ("datapackage.json", b'{"version": "2", "resources": []}'),
    }
    for says, (name, data) in harms.items():
        out = Path(tmp_path, f"{len(says)}")
        out.mkdir()
        for other, content in whole.items():
            (out / other).write_bytes(content)
        (out / name).unlink()
        if data is not None:
            (out / name).write_bytes(data)
        places = sorted(tmp_path.iterdir())
        for arguments in (["verify"], ["query", "SELECT 1"], ["export", "--to", "xlsx"], ["review"]):
            assert main([arguments[0], str(out), *arguments[1:]]) == 2
            printed = capsys.readouterr()
            assert says in printed.err
            assert (printed.err.count("\n"), printed.out) == (1, "")
        assert sorted(tmp_path.iterdir()) == places


def test_damage_in_the_middle_of_a_table_is_told(
    snapshot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in snapshot.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    data = (tmp_path / "blocks.parquet").read_bytes()
    (tmp_path / "blocks.parquet").write_bytes(data[:4] + bytes(2000) + data[2004:])
    for arguments in (["verify"], ["query", "SELECT 1"], ["export", "--to", "csv"], ["review"]):
        assert main([arguments[0], str(tmp_path), *arguments[1:]]) == 2
        assert "blocks.parquet” is" in capsys.readouterr().err


def test_a_table_of_another_run_is_told(snapshot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in snapshot.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    table = pq.read_table(tmp_path / "scores.parquet")
    pq.write_table(table, tmp_path / "scores.parquet", compression="gzip")
    for arguments in (["query", "SELECT 1"], ["export", "--to", "csv"], ["review"]):
        assert main([arguments[0], str(tmp_path), *arguments[1:]]) == 2
        assert "scores.parquet” is not of the same run" in capsys.readouterr().err
