"""What a base prints, as lines and tables: for pages of any look, by any producer."""

from __future__ import annotations

from collections.abc import Iterator

from data.sources import progress, sheets
from data.sources.facts import Content
from data.sources.grid import EMPHASIS, Spot
from extract.read import read_document
from schemas.document import Document
from schemas.document import Line as ReadLine
from tests.drift.base import content_to_text
from tests.rendering.printed import Cell, Item, Line, NewPage, Print, Table, texts


def content_to_print(layout: str, content: Content) -> Print:
    """The lines and tables of a document; each sheet begins a page."""
    if layout == "akiruno.progress":
        return tuple(_progress(content))
    if layout == "musashino.sheet":
        return tuple(_sheets(content))
    text = content_to_text(layout, content)
    return tuple(_document(read_document(text.encode(), "made.txt")))


def _progress(content: Content) -> Iterator[Item]:
    yield Line(content["title"], level=1)
    yield Line(content["tag"])
    yield _table(list(progress.table(content)), progress.FORM.widths, header_rows=2)
    yield _table(list(progress.legend(content)), (10, 11, 15, 8, 30, 46))
    yield Line(content["note"])


def _sheets(content: Content) -> Iterator[Item]:
    for sheet in content["sheet"]:
        yield NewPage()
        yield Line(content["title"], level=1)
        yield _table(list(sheets.table(content, sheet)), sheets.WIDTHS[sheet["columns"]])


def _table(spots: list[Spot], widths: tuple[float, ...], header_rows: int = 0) -> Table:
    cells = tuple(
        Cell(
            spot.row,
            spot.col,
            texts(*(EMPHASIS.sub(r"\1", line) for line in spot.lines)),
            spot.rows,
            spot.cols,
            centred=spot.look in ("label", "heading", "vertical"),
        )
        for spot in sorted(spots, key=lambda spot: (spot.row, spot.col))
    )
    return Table(tuple(widths), cells, header_rows)


def _document(document: Document) -> Iterator[Item]:
    for item in document.items:
        if isinstance(item, ReadLine):
            yield from (Line(text, item.level) for text in item.text.split("\n") if text.strip())
        else:
            heads = 1 if item.n_cols < 5 else 2
            cells = (
                Cell(cell.row, cell.col, texts(*cell.text.split("\n")), cell.row_span, cell.col_span)
                for cell in item.cells
            )
            yield Table((1.0,) * item.n_cols, tuple(cells), heads)
