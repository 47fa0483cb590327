"""Bytes of a text file → the same Document as a PDF of the sheet gives."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from extract.kinds import TEXT_TYPES
from extract.text.blocks import Lines, Rows, lines_to_blocks
from extract.text.cell import field_to_text
from extract.text.encodings import decode, first_bad_byte
from extract.text.grid import rows_to_table
from extract.text.lines import sources_to_lines
from extract.text.source import text_to_source_lines
from schemas.declare import Text
from schemas.document import Document, Line, Page, Problem, Table
from schemas.limits import Limits, over_limit
from schemas.messages import say


def read_text(data: bytes, source_name: str, limits: Limits | None = None) -> Document:
    """The tables and lines of a text file. Its only page is 1, and nothing has a box.

    A file that no encoding makes text of, that prints nothing, or that goes beyond one of the `limits`, gives a
    document without pages and a problem `unreadable`; nothing is raised.

    >>> document = read_text("# 計画\\n\\n区分\\t数\\n窓口\\t2件\\n".encode("cp932"), "計画.txt")
    >>> document.encoding, [line.text for line in document.lines], [table.n_rows for table in document.tables]
    ('cp932', ['計画'], [2])
    """
    decoded = decode(data)
    limits = limits or Limits()
    excess = _excess(decoded.text, limits) if decoded else None
    blocks = list(lines_to_blocks(text_to_source_lines(decoded.text))) if decoded and not excess else []
    if excess := excess or _cells_excess(blocks, limits):
        blocks = []
    items = tuple(_blocks_to_items(blocks))
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        source_name=source_name,
        media_type=TEXT_TYPES.get(PurePosixPath(source_name).suffix.lower(), "text/plain"),
        size_bytes=len(data),
        pages=(Page(1),) if items else (),
        items=items,
        problems=() if items else (Problem("unreadable", "error", excess or _reason(data, decoded is not None)),),
        reader="text",
        encoding=decoded.encoding if decoded else None,
    )


def text_to_items(text: str) -> Iterator[Line | Table]:
    """The tables and lines of a text, in reading order."""
    yield from _blocks_to_items(lines_to_blocks(text_to_source_lines(text)))


def _blocks_to_items(blocks: Iterable[Rows | Table | Lines]) -> Iterator[Line | Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Rows):
            yield rows_to_table([[field_to_text(field) for field in row] for row in block.rows])
        else:
            yield from sources_to_lines(block.lines)


def _excess(text: str, limits: Limits) -> Text | None:
    """What a text has too much of."""
    if len(text) > limits.text_characters:
        return say(
            "This file has {what}; nothing of it was read.", what=over_limit(limits, "text_characters", len(text))
        )
    return None


def _cells_excess(blocks: Iterable[Rows | Table | Lines], limits: Limits) -> Text | None:
    """The same of its tables: one long row makes all the others of its table as long."""
    cells = sum(len(block.rows) * max(map(len, block.rows)) for block in blocks if isinstance(block, Rows))
    if cells > limits.text_cells:
        return say("This file has {what}; nothing of it was read.", what=over_limit(limits, "text_cells", cells))
    return None


def _reason(data: bytes, is_text: bool) -> Text:
    if not data:
        return say("The file is empty (0 bytes). Put the document's text into it, or leave it out.")
    if is_text:
        return say(
            "The file's {bytes} bytes hold no printed character, only white space or markup. Check its source.",
            bytes=len(data),
        )
    offset = first_bad_byte(data)
    where = (
        say("it holds control characters")
        if offset is None
        else say("byte {byte} at offset {offset} is not UTF-8", byte=f"{data[offset]:#04x}", offset=offset)
    )
    return say(
        "The file is no text in UTF-8, UTF-16, CP932 (Shift JIS) or EUC-JP: {where}, and read as one of the others "
        "it is not Japanese. Save it again as UTF-8, or give it the suffix of what it is.",
        where=where,
    )
