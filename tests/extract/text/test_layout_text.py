"""A text document laid out again as text is read as the same items."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given

from extract.text import read_text
from extract.text.layout_text import document_to_text
from schemas.document import Line, Table
from tests.strategies import text_document, text_items


@given(text_items())
def test_items_laid_out_again_are_read_back(items: tuple[Line | Table, ...]) -> None:
    text = document_to_text(text_document(items))
    assert read_text(text.encode(), "a.txt").items == items


@given(text_items())
def test_laying_out_what_was_laid_out_changes_nothing(items: tuple[Line | Table, ...]) -> None:
    text = document_to_text(text_document(items))
    assert document_to_text(read_text(text.encode(), "a.txt")) == text


def test_the_real_sheets_laid_out_again_are_read_back(corpus: Path) -> None:
    sources = sorted((corpus / "text").glob("*.txt"))
    assert sources
    for source in sources:
        document = read_text(source.read_bytes(), source.name)
        again = read_text(document_to_text(document).encode(), source.name)
        assert again.items == document.items, source.name
