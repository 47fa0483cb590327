"""The tools that are measured, each as one function from a file to the tables in it.

A worker process imports what one tool needs and nothing else: its memory is the tool's own.
"""

from __future__ import annotations

import atexit
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.grids import Grid, Placed, placed_to_grid

Run = Callable[..., list[Grid]]
"""Read a PDF, or several where the tool takes all at once, and give the tables; none where it looks for none."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool, what is asked of it, and how to set it up: `start` imports it and gives the function to measure."""

    name: str
    asked: str
    start: Callable[[], Run]
    has_tables: bool = True
    at_once: bool = False
    """Whether it is asked for all documents together, as who has a folder of them asks."""
    environment: str | None = None
    """The environment of peers that it is installed in, of those in `benchmarks/peers`; none: hyoka's own."""


def _floor() -> Run:
    import numpy as np
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    from extract.pdf.engines.pdfium import bindings as call
    from extract.pdf.engines.pdfium.loops import fill_rows, fill_rows_at, numbers_at, numbers_of, parts_of

    def read(path: Path) -> list[Grid]:
        document = pdfium.PdfDocument(path)
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            owner, characters = call.address_of(text.raw), np.arange(text.count_chars())
            numbers_at(call.unicode_of, owner, characters)
            fill_rows_at(call.ink_box, owner, characters, np.zeros((len(characters), 4)), parts=4)
            paths = np.array([call.address_of(one.raw) for one in page.get_objects([raw.FPDF_PAGEOBJ_PATH])], np.uintp)
            segments = parts_of(call.segment, paths, numbers_of(call.count_segments, paths).astype(np.int64))
            fill_rows(call.segment_point, segments, np.zeros((len(segments), 2), np.float32), parts=2)
            text.close()
            page.close()
        document.close()
        return []

    return read


def _extract() -> Run:
    from extract import read_document

    def read(path: Path) -> list[Grid]:
        document = read_document(path.read_bytes(), path.name)
        return [placed_to_grid(Placed(c.row, c.col, c.text) for c in table.cells) for table in document.tables]

    return read


def _whole() -> Run:
    from normalize import forget
    from pipeline.convert import convert
    from pipeline.options import Options

    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)

    def read(*paths: Path) -> list[Grid]:
        forget()  # the words and labels of these very documents, from the round before
        convert(paths, Path(tempfile.mkdtemp(dir=folder.name)), Options())
        return []

    return read


def _pdfplumber() -> Run:
    import pdfplumber

    def read(path: Path) -> list[Grid]:
        with pdfplumber.open(path) as pdf:
            return [table for page in pdf.pages for table in page.extract_tables()]

    return read


def _pdfspine() -> Run:
    import pdfspine

    def read(path: Path) -> list[Grid]:
        return [table.extract() for page in pdfspine.open(str(path)) for table in page.find_tables().tables]

    return read


def _tablers() -> Run:
    from tablers import Document, find_tables

    def read(path: Path) -> list[Grid]:
        document = Document(str(path))
        tables = [table for page in document.pages() for table in find_tables(page, extract_text=True)]
        return [[[cell and cell.text for cell in row.cells] for row in table.rows] for table in tables]

    return read


def _camelot() -> Run:
    from camelot.io import read_pdf

    def read(path: Path) -> list[Grid]:
        return [table.data for table in read_pdf(str(path), pages="all", flavor="lattice")]

    return read


def _tabula() -> Run:
    import tabula

    def read(path: Path) -> list[Grid]:
        tables = tabula.read_pdf(str(path), pages="all", lattice=True, output_format="json")
        return [[[cell["text"] for cell in row] for row in table["data"]] for table in tables]

    return read


def _img2table() -> Run:
    from img2table.document import PDF

    def read(path: Path) -> list[Grid]:
        pages = PDF(str(path)).extract_tables(implicit_rows=False, borderless_tables=False)
        return [list(_spans_once(table.content)) for tables in pages.values() for table in tables]

    return read


def _spans_once(content: Mapping[int, list[Any]]) -> Iterator[list[str | None]]:
    """A cell that spans is repeated in all its places; it is kept in the first."""
    seen: set[tuple[int, int, int, int]] = set()
    for row in content.values():
        cells: list[str | None] = []
        for cell in row:
            box = (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2)
            cells.append(None if box in seen else cell.value)
            seen.add(box)
        yield cells


BASE = "pdfplumber"
"""The tool that all ratios are against: what most people use."""

TOOLS = (
    Tool("floor", "PDFium's characters and paths, by loops in C; nothing made of them", _floor, has_tables=False),
    Tool("hyoka extract", "the document: tables, lines, places, checked by a second engine", _extract),
    Tool("hyoka convert", "the whole conversion: records, tokens, Parquet", _whole, has_tables=False),
    Tool("hyoka run", "the same, all documents in one run", _whole, has_tables=False, at_once=True),
    Tool(BASE, "extract_tables", _pdfplumber),
    Tool("camelot", "lattice", _camelot),
    Tool("bolivar", "extract_tables of its pdfplumber", _pdfplumber, environment="bolivar"),
    Tool("pdfplumber-rs", "extract_tables of its pdfplumber", _pdfplumber, environment="pdfplumber-rs"),
    Tool("pdfspine", "find_tables", _pdfspine, environment="readers"),
    Tool("tablers", "find_tables, with texts", _tablers, environment="readers"),
    Tool("tabula", "lattice, in a Java machine that stays", _tabula, environment="readers"),
    Tool("img2table", "tables of the page's picture, texts of the PDF", _img2table, environment="readers"),
)


def to_line(value: object) -> str:
    """JSON on one line, as worker and parent speak it."""
    return json.dumps(value, ensure_ascii=True)
