"""Every character is accounted for or told, and every field of a record points at the blocks that it was read from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.document.text_span import Excerpt, Place
from normalize.records.measures import node_of
from normalize.statements.ledger import Ledger, account
from normalize.statements.merging import merged
from normalize.statements.statement import Entry, Furniture, Label, Statement, entry
from schemas.document import Box, Cell, Document, Fragment, Line, Page, Table
from schemas.records import Block, Measure

LINE, TABLE, FOOTER = "港の計画", "表", "3"


def cell(row: int, col: int, *parts: str, page: int = 1, rows: int = 1, cols: int = 1) -> Cell:
    """A cell whose parts stand on pages that follow each other."""
    fragments = tuple(
        Fragment(page + at, text, Box(10.0 * col, 20.0 * row, 10.0 * col + 9.0, 20.0 * row + 19.0), place=f"B{at}")
        for at, text in enumerate(parts)
    )
    return Cell(row, col, rows, cols, "\n".join(parts), fragments)


GRID = Table(2, 2, (cell(0, 0, "担当 課"), cell(0, 1, "港湾", "課"), cell(1, 0, ""), cell(1, 1, "12 隻", cols=2)))
REPEATED = replace(GRID, repeated=(cell(0, 0, "担当課", page=2),))


def document(*items: Line | Table, pages: tuple[Page, ...] = (Page(1, 300.0, 400.0, 0, 12), Page(2))) -> Document:
    return Document("5" * 64, "made.pdf", "application/pdf", 1, pages, items, reader="pdfium")


def line(text: str, **kind: str) -> Line:
    return Line(text, (Fragment(1, text, confidence=0.5),), **kind)  # type: ignore[arg-type]


def at(text: str, item: int, number: int | None = None, start: int = 0, end: int | None = None) -> Excerpt:
    return Excerpt(text, Place(item, number), start, len(text) if end is None else end)


def roles(ledger: Ledger) -> dict[str, str]:
    return {block.text: block.role for block in ledger.blocks}


def test_a_block_says_where_it_stands() -> None:
    whole = document(line(LINE), GRID, GRID)
    blocks = account(whole, ()).blocks
    own = whole.document_id
    assert [block.block_id.removeprefix(own) for block in blocks[:6]] == [
        "-b0", "-b1-c0", "-b1-c1", "-b1-c1-f1", "-b1-c2", "-b1-c3",
    ]  # fmt: skip
    assert blocks[3] == Block(
        block_id=f"{own}-b1-c1-f1", document_id=own, page=2, kind="cell", table_index=0, row=0, col=1, row_span=1,
        col_span=1, x0=10.0, top=0.0, x1=19.0, bottom=19.0, text="課", role="unclaimed", page_width=None,
        page_height=None, page_characters=None, confidence=None, place="B1",
    )  # fmt: skip
    first, last = blocks[0], blocks[-1]
    assert (first.kind, first.table_index, first.row, first.col, first.row_span, first.col_span) == (
        "line", None, None, None, None, None,
    )  # fmt: skip
    assert (first.page_width, first.page_height, first.page_characters, first.confidence) == (300.0, 400.0, 12, 0.5)
    assert (first.x0, first.top, first.x1, first.bottom) == (None,) * 4
    assert (last.table_index, last.row, last.col, last.col_span) == (1, 1, 1, 2)


def test_a_block_without_print_is_furniture_and_one_of_nobody_is_unclaimed() -> None:
    assert roles(account(document(line(LINE), GRID), ())) == {
        LINE: "unclaimed", "担当 課": "unclaimed", "港湾": "unclaimed", "課": "unclaimed", "": "furniture",
        "12 隻": "unclaimed",
    }  # fmt: skip


def test_the_strongest_role_that_is_claimed_holds() -> None:
    [node] = [node_of(document(), "measure", name=at(LINE, 0))]
    text = at(LINE, 0)
    for said, role in (
        ((Furniture(text),), "furniture"),
        ((Label(text), Furniture(text)), "label"),
        ((entry(node, measure_name=text), Label(text), Furniture(text)), "value"),
    ):
        assert roles(account(document(line(LINE)), said)) == {LINE: role}
        assert roles(account(document(line(LINE)), reversed(said))) == {LINE: role}


def test_what_the_reader_of_the_file_set_aside_is_furniture_by_itself() -> None:
    ledger = account(document(line(FOOTER, role="footer"), REPEATED), ())
    assert roles(ledger)[FOOTER] == "furniture"
    assert ledger.blocks[-1].text == "担当課"
    assert ledger.blocks[-1].role == "furniture"
    assert [left.text for left in ledger.unclaimed] == ["担当 課", "港湾\n課", "12 隻"]


def test_coverage_counts_characters_and_those_that_no_block_holds() -> None:
    whole = document(line("港の計画 2"), pages=(Page(1),))
    assert account(whole, ()).coverage == 0
    assert account(whole, (Label(at("港の計画 2", 0, end=4)),)).coverage == pytest.approx(4 / 5)
    assert account(whole, (Label(at("港の計画 2", 0)),)).coverage == 1
    printed = document(line("港の計画 2"), pages=(Page(1, characters=6), Page(2, characters=4)))
    assert account(printed, (Label(at("港の計画 2", 0)),)).coverage == pytest.approx(5 / 10)
    assert account(document(line("港の計画 2"), pages=(Page(1, characters=1),)), ()).coverage == 0
    assert account(document(pages=(Page(1),)), ()).coverage is None


@given(st.lists(st.sampled_from("港の 畑\n"), min_size=1, max_size=20).map("".join), st.data())
def test_each_character_is_claimed_or_left_and_blanks_count_for_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    ledger = account(document(line(text), pages=(Page(1),)), (Label(at(text, 0, start=start, end=end)),))
    left = "".join(part.text for part in ledger.unclaimed)
    assert "".join(left.split()) == "".join((text[:start] + text[end:]).split())
    assert all(part.text == part.text.strip() and part.text for part in ledger.unclaimed)
    ink = len("".join(text.split()))
    assert ledger.coverage == (None if not ink else pytest.approx(1 - len("".join(left.split())) / ink))


def test_a_run_that_is_left_keeps_its_blanks_and_ends_at_what_is_claimed() -> None:
    text = "漁 業と 港 の計画"
    ledger = account(document(line(text)), (Label(at(text, 0, start=3, end=4)),))
    assert [(left.start, left.end, left.text) for left in ledger.unclaimed] == [(0, 3, "漁 業"), (5, 10, "港 の計画")]


def test_a_field_points_at_the_fragments_that_it_touches() -> None:
    whole = document(line(LINE), GRID)
    text = "港湾\n課"
    node = node_of(whole, "measure", name=at(LINE, 0))
    said: list[Statement] = [
        entry(node, measure_name=(at(text, 1, 1, 0, 2), at(text, 1, 1, 1, 2)), level=at(text, 1, 1, 3)),
        entry(node, measure_code=at(text, 1, 1, 1, 4)),
    ]
    ledger = account(whole, said)
    found = [(row.field_name, row.block_id.split("-", 1)[1], row.page) for row in ledger.provenance]
    assert found == [
        ("measure_name", "b1-c1", 1), ("level", "b1-c1-f1", 2), ("measure_code", "b1-c1", 1),
        ("measure_code", "b1-c1-f1", 2),
    ]  # fmt: skip
    assert {(row.table_name, row.record_id, row.document_id) for row in ledger.provenance} == {
        ("measures", node.measure_id, whole.document_id)
    }
    assert ledger.pages[Place(1, 1)] == 1


def test_a_record_stands_on_the_page_of_its_first_evidence() -> None:
    whole = document(
        line(LINE), replace(GRID, cells=tuple(replace(c, fragments=(Fragment(2, c.text),)) for c in GRID.cells))
    )
    node = node_of(whole, "measure", name=at(LINE, 0))
    for first, second, page in ((at("12 隻", 1, 3), at(LINE, 0), 2), (at(LINE, 0), at("12 隻", 1, 3), 1)):
        ledger = account(whole, (entry(node, measure_name=first, level=second),))
        assert ledger.record_pages == {("measures", node.measure_id): page}
        assert ledger.pages == {Place(0): 1} | {Place(1, number): 2 for number in range(4)}


def test_equal_records_are_said_once_with_all_their_evidence() -> None:
    whole = document(line(LINE), line(TABLE))
    node = node_of(whole, "measure", name=at(LINE, 0))
    again = (entry(node, measure_name=at(LINE, 0)), Label(at(TABLE, 1)), entry(node, level=at(TABLE, 1)))
    first, label = merged(whole.document_id, (*again, again[0]))
    assert isinstance(first, Entry)
    assert [one.field_name for one in first.evidence] == ["measure_name", "level"]
    assert label == again[1]


def test_two_records_of_one_id_are_a_defect() -> None:
    whole = document(line(LINE))
    node = node_of(whole, "measure", name=at(LINE, 0))
    with pytest.raises(ValueError, match="two different records of measures have the id"):
        merged(whole.document_id, (entry(node), entry(replace(node, measure_code="2"))))


def test_empty_evidence_is_none() -> None:
    node: Measure = node_of(document(line(LINE)), "measure", name=at(LINE, 0))
    said = entry(node, measure_name=at(LINE, 0, end=0), level=None, measure_code=[at(LINE, 0), at(LINE, 0, end=0)])
    assert [one.field_name for one in said.evidence] == ["measure_code"]
