"""The document that extraction hands over: tables and lines in reading order, each with its place on the page.

A `Document` holds everything that is printed and nothing that is understood: no city, no measure, no grade. The
text form and the PDF of one sheet give the same items; only the boxes are missing from the text form.

Two conventions hold for every `text`:

- ``\\n`` stands where the print ends a line on purpose; a line that was only wrapped is joined again.
- an empty line (``\\n\\n``) stands between two paragraphs where the source tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from schemas.closed_sets import Rule, Severity
from schemas.declare import Text
from schemas.light import light

LineRole = Literal["body", "header", "footer"]
Alignment = Literal["left", "center", "right"]


@light
class Box:
    """A rectangle on a page, in points from the page's top left corner as it is displayed (after rotation)."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top


@light
class Fragment:
    """One piece of print on one page. What is cut by a page break has one fragment for each page.

    `text` keeps the characters of the page; `box` is the cell's rectangle, or the extent of a line's characters, and
    is None in a text document, whose only page is 1. `place` is the cell in a workbook (``Sheet1!B4``), or the title
    of a web page (``title``); `confidence` (0 to 1) is what character recognition gives. Both are None elsewhere.
    """

    page: int
    text: str
    box: Box | None = None
    place: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell is set, where its reader knows: the fill (``#rrggbb``, None for none or white), bold print, alignment.

    Told as a fact of the page; what it means (a shaded cell is often a label) is for normalisation to say.
    """

    fill: str | None = None
    bold: bool | None = None
    align: Alignment | None = None


@light
class Cell:
    """One cell of a table, at its first row and column (from 0). A covered place has no cell of its own.

    The non-space characters of `text` are those of its `fragments`, in order. `style` is None where its reader does
    not know it.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    fragments: tuple[Fragment, ...]
    style: CellStyle | None = None

    @property
    def rows(self) -> range:
        return range(self.row, self.row + self.row_span)

    @property
    def cols(self) -> range:
        return range(self.col, self.col + self.col_span)

    @property
    def page(self) -> int:
        return self.fragments[0].page


@light
class Line:
    """Text outside tables: one heading, bullet or paragraph, its wrapped lines joined.

    `role` tells page headers and footers (running titles, page numbers) from the body. `level` is the depth of a
    heading where the source marks it (Markdown ``#`` is 1), else 0.
    """

    text: str
    fragments: tuple[Fragment, ...]
    role: LineRole = "body"
    level: int = 0

    @property
    def page(self) -> int:
        return self.fragments[0].page


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells, in reading order (by row, then column). A table that runs over pages is one table.

    `repeated` holds the header cells printed again on a later page: they are print, but no part of the grid.
    """

    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    repeated: tuple[Cell, ...] = ()

    @property
    def page(self) -> int:
        return self.cells[0].page


@dataclass(frozen=True, slots=True)
class Page:
    """A page's number (from 1), size in points as displayed, and the rotation that its file asks for.

    `characters` counts what it prints other than white space, as its reader gave it and before anything was made of
    it; None in a text document.
    """

    number: int
    width: float | None = None
    height: float | None = None
    rotation: int = 0
    characters: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that reading met and could not do, in words a user can act on (see `schemas.messages`)."""

    rule: Rule
    severity: Severity
    message: Text
    page: int | None = None
    expected: str | None = None
    observed: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One input file as read: its identity, its pages, its tables and lines in reading order, and what went wrong.

    `reader` names the readers (`pdfium`, `pdfplumber`, `ocr`, several of them, `office` or `text`), `encoding` the text
    encoding that was read (None for a PDF).
    """

    sha256: str
    source_name: str
    media_type: str
    size_bytes: int
    pages: tuple[Page, ...]
    items: tuple[Line | Table, ...]
    problems: tuple[Problem, ...] = ()
    reader: str | None = None
    encoding: str | None = None

    @property
    def document_id(self) -> str:
        """The first 16 hexadecimal digits of the file's SHA-256: the same bytes have the same id everywhere."""
        return self.sha256[:16]

    @property
    def lines(self) -> Iterator[Line]:
        return (item for item in self.items if isinstance(item, Line))

    @property
    def tables(self) -> Iterator[Table]:
        return (item for item in self.items if isinstance(item, Table))
