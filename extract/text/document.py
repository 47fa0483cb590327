"""Bytes of a text file → the same Document as a PDF of the sheet gives."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from extract.text.blocks import Rows, lines_to_blocks
from extract.text.cell import field_to_text
from extract.text.grid import rows_to_table
from extract.text.lines import sources_to_lines
from extract.text.source import text_to_source_lines
from schemas.document import Document, Line, Page, Table


def read_text(data: bytes, source_name: str) -> Document:
    """The tables and lines of a text file. Its only page is 1, and nothing has a box."""
    text = data.decode("utf-8-sig")
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        source_name=source_name,
        media_type="text/plain",
        size_bytes=len(data),
        pages=(Page(1),),
        items=tuple(text_to_items(text)),
        reader="text",
        encoding="utf-8",
    )


def text_to_items(text: str) -> Iterator[Line | Table]:
    """The tables and lines of a text, in reading order."""
    for block in lines_to_blocks(text_to_source_lines(text)):
        if isinstance(block, Rows):
            yield rows_to_table([[field_to_text(field) for field in row] for row in block.rows])
        else:
            yield from sources_to_lines(block.lines)
