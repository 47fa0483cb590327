"""The census: a stage that loses a character or tells it twice is told, whatever stage it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.pdf import contents_to_items as document
from extract.pdf.tables.cell_assignment import Draft, draft_to_table
from normalize.reading import read_records
from schemas.document import Cell, Document, Table
from schemas.records import Block, DocumentRow, Finding
from tests.extract.pdf.pdf_making import Sheet, read


def draw(sheet: Sheet) -> None:
    sheet.text(50, 40, "施策の一覧")
    sheet.grid((50, 150, 350), (50, 100, 150))
    sheet.cells((50, 150, 350), (50, 100, 150), (("区分", "実績"), ("朝市", "118件")))


def read_with(monkeypatch: pytest.MonkeyPatch, text: str, change: str) -> Document:
    """The drawn page, read by a stage that prints `change` where a cell has `text`."""

    def faulty(draft: Draft, leading: float) -> Table:
        table = draft_to_table(draft, leading)
        return replace(table, cells=tuple(exchanged(cell, text, change) for cell in table.cells))

    monkeypatch.setattr(document, "draft_to_table", faulty)
    return read(draw)


def exchanged(cell: Cell, text: str, change: str) -> Cell:
    if cell.text != text:
        return cell
    return replace(cell, text=change, fragments=tuple(replace(part, text=change) for part in cell.fragments))


def told(found: Document) -> list[tuple[str, str, int | None, str | None]]:
    return [(p.rule, p.severity, p.page, p.observed) for p in found.problems]


def test_a_page_that_is_read_as_a_whole_has_no_finding() -> None:
    found = read(draw)
    assert told(found) == []
    assert [page.characters for page in found.pages] == [15]


def test_a_cell_whose_text_a_stage_drops(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_with(monkeypatch, "118件", "")
    assert told(found) == [("unclaimed-text", "error", 1, "118件")]
    assert "4 of 15 characters that page 1 prints" in found.problems[0].message.en
    records = read_records(found)
    (row,) = records["documents"]
    assert isinstance(row, DocumentRow)
    assert row.status != "converted"
    assert row.coverage is not None
    assert row.coverage <= 11 / 15
    assert [f.rule for f in records["findings"] if isinstance(f, Finding) and f.severity == "error"][:1] == [
        "unclaimed-text"
    ]
    assert {b.page_characters for b in records["blocks"] if isinstance(b, Block)} == {15}


def test_a_cell_whose_text_a_stage_tells_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(read_with(monkeypatch, "朝市", "朝市朝市")) == [("unclaimed-text", "error", 1, "朝市")]


def test_a_digit_that_a_stage_alters(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_with(monkeypatch, "118件", "148件")
    assert told(found) == [("unclaimed-text", "error", 1, "1"), ("unclaimed-text", "error", 1, "4")]


def test_a_text_that_a_stage_reads_otherwise_than_its_blocks_print_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(draft: Draft, leading: float) -> Table:
        table = draft_to_table(draft, leading)
        return replace(table, cells=tuple(replace(cell, text=cell.text.replace("118", "18")) for cell in table.cells))

    monkeypatch.setattr(document, "draft_to_table", faulty)
    assert told(read(draw)) == [("unclaimed-text", "error", 1, "18件")]
