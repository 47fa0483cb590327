"""A document in short, for tests to compare."""

from __future__ import annotations

from extract.read import read_document
from schemas.document import Document, Line, Table


def read(data: bytes, name: str) -> Document:
    document = read_document(data, name)
    assert not [problem for problem in document.problems if problem.severity == "error"], document.problems
    return document


def grid(table: Table) -> list[list[str | None]]:
    """The texts of a table by row and column; None where a cell covers the place or there is none."""
    out: list[list[str | None]] = [[None] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        out[cell.row][cell.col] = cell.text
    return out


def spans(table: Table) -> dict[str, tuple[int, int]]:
    return {cell.text: (cell.row_span, cell.col_span) for cell in table.cells if cell.text}


def body(document: Document) -> list[str | list[list[str | None]]]:
    """The items that a person reads: lines as text, tables as grids."""
    return [
        item.text if isinstance(item, Line) else grid(item)
        for item in document.items
        if not isinstance(item, Line) or item.role == "body"
    ]


def rules(document: Document) -> list[str]:
    return [problem.rule for problem in document.problems]
