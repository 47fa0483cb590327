"""Document → text form: what `read_text` reads, laid out again.

A text document comes back item for item, so a reading can be kept, looked at and changed by hand as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from extract.text.document import text_to_items
from extract.text.markup import as_reference
from schemas.document import Document, Line, Table

_EVERY_SIGN = re.compile(r"[\t -/:-@\[-`{-~\xa0\u2028\u2029\ufeff]")
"""Whatever could be markup, a line end or a blank that is read as one: all of ASCII but letters and digits."""
_FIRST_QUOTE = re.compile(r'^"')


def document_to_text(document: Document) -> str:
    """Tables as tab-separated rows, lines as paragraphs, an empty line between two items.

    The fields that a cell covers are empty; so the items of a text document are read back as they were, while spans
    over columns, boxes and pages of a PDF are lost.

    >>> from extract.text import read_text
    >>> document_to_text(read_text("計画\\n\\n取組\\t予定\\n\\t実施 ・済".encode(), "計画.txt")).split("\\n\\n")
    ['計画', '取組\\t予定\\n\\t実施<br>・済\\n']
    """
    return "\n".join(_item_to_text(item) for item in document.items)


def _item_to_text(item: Line | Table) -> str:
    """The plainest way of writing an item that is read back as the item; the safest one where none is."""
    ways = (
        (_line_to_text(item, _plain), _line_to_text(item, _escaped))
        if isinstance(item, Line)
        else (_table_to_tabs(item, _plain), _table_to_tabs(item, _escaped), _table_to_pipes(item))
    )
    return next((way for way in ways if tuple(text_to_items(way)) == (item,)), ways[1])


def _line_to_text(line: Line, write: Callable[[str], str]) -> str:
    mark = f"{'#' * line.level} " if line.level else ""
    return f"{mark}{write(line.text)}\n"


def _table_to_tabs(table: Table, write: Callable[[str], str]) -> str:
    return "".join("\t".join(row) + "\n" for row in _rows(table, write))


def _table_to_pipes(table: Table) -> str:
    head, *body = _rows(table, _escaped)
    rows = [head, ["---"] * table.n_cols, *body]
    return "".join("|" + "|".join(row) + "|\n" for row in rows)


def _rows(table: Table, write: Callable[[str], str]) -> list[list[str]]:
    rows = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row][cell.col] = write(cell.text)
    return rows


def _plain(text: str) -> str:
    return as_reference(text, _FIRST_QUOTE).replace("\n", "<br>")


def _escaped(text: str) -> str:
    return as_reference(text, _EVERY_SIGN).replace("\n", "<br>")
