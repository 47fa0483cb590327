"""Bytes of a text file → the same Document as a PDF of the sheet gives."""

from __future__ import annotations

import hashlib

from extract.text.blocks import text_to_items
from schemas.document import Document, Page


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
