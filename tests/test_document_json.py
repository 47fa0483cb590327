"""A document survives being written as JSON, and the JSON is made to be compared."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.document import Box, Cell, Document, Fragment, Line, Table
from tests.document_json import document_to_json, json_to_document
from tests.strategies import documents, text_document


@given(documents())
def test_reading_what_was_written_gives_the_document_back(document: Document) -> None:
    assert json_to_document(document_to_json(document)) == document


@given(documents())
def test_what_is_written_is_json_with_characters_as_they_are(document: Document) -> None:
    text = document_to_json(document)
    json.loads(text)
    assert all(json.dumps(item.text, ensure_ascii=False) in text for item in document.lines)


@given(*[st.floats(-1e4, 1e4)] * 4)
def test_boxes_are_kept_to_a_hundredth_of_a_point(x0: float, top: float, x1: float, bottom: float) -> None:
    document = text_document((Line("a", (Fragment(1, "a", Box(x0, top, x1, bottom)),)),))
    written = document_to_json(document)
    read = json_to_document(written)
    [line] = read.lines
    box = line.fragments[0].box
    assert box is not None
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((x0, top, x1, bottom), abs=0.00501)
    assert document_to_json(read) == written


def test_one_changed_cell_changes_one_line() -> None:
    cells = tuple(Cell(0, col, 1, 1, text, (Fragment(1, text),)) for col, text in enumerate(("施策", "評価", "A")))
    changed = (*cells[:2], Cell(0, 2, 1, 1, "B", (Fragment(1, "B"),)))
    before = document_to_json(text_document((Table(1, 3, cells),))).splitlines()
    after = document_to_json(text_document((Table(1, 3, changed),))).splitlines()
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        ('    {"at": [0, 2, 1, 1], "text": "A", "fragments": [[1, null]]}',
         '    {"at": [0, 2, 1, 1], "text": "B", "fragments": [[1, null]]}'),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["[]", "{}", '{"format": "hyoka.document/0"}', '{"format": "hyoka.document/1"}', "{"])
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|Expecting"):
        json_to_document(text)


def test_an_infinite_box_is_refused() -> None:
    document = text_document((Line("a", (Fragment(1, "a", Box(0, 0, float("inf"), 1)),)),))
    with pytest.raises(ValueError, match="JSON"):
        document_to_json(replace(document))
