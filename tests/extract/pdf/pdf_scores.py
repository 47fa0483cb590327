"""How well a document agrees with what a person typed from the print."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.pdf.engines.checked import CheckedReader
from extract.pdf.model.raw_page import RawPage
from extract.pdf.read_pdf import read_pdf
from schemas.document import Cell, Document, Table

NAMES = (
    "akiruno-r7-progress",
    "akishima-r4-report",
    "musashino-dai2-summary",
    "musashino-r7-sheets",
    "nishitokyo-plan-outline",
)


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell as it was typed: its place, its spans, its text with the line ends that the source has."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A document as it was typed: the cells of its tables, and the lines outside of tables."""

    tables: tuple[tuple[TypedCell, ...], ...]
    lines: tuple[str, ...]


@cache
def raw_pages(path: Path) -> tuple[RawPage, ...]:
    """What the reader gives of a file, read once for all tests."""
    return tuple(CheckedReader()(path.read_bytes()))


@cache
def read_cached(path: Path) -> Document:
    """The document of a file, read once for all tests."""
    return read_pdf(path.read_bytes(), path.name, reader=Replay(raw_pages(path)))


@dataclass(frozen=True, slots=True)
class Replay:
    """A reader that gives pages which are there already."""

    pages: tuple[RawPage, ...]
    name: str = "replay"

    def __call__(self, data: bytes, password: str | None = None) -> Iterator[RawPage]:  # noqa: ARG002
        return iter(self.pages)


def read_truth(path: Path) -> Typed:
    source = json.loads(path.read_text(encoding="utf-8"))
    tables = tuple(
        tuple(TypedCell(c["row"], c["col"], c["rowspan"], c["colspan"], c["text"]) for c in table["cells"])
        for table in source["tables"]
    )
    return Typed(tables, tuple(block["text"] for block in source["blocks"] if block["kind"] != "table"))


def plain(text: str) -> str:
    """Text as it is compared: NFKC, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def cell_f1(tables: Sequence[Table], truth: Sequence[Sequence[TypedCell]]) -> float:
    """The F1 of cells, equal by table, row, column, spans and plain text; 1 where there are none on both sides.

    >>> cell_f1([], [])
    1.0
    """
    found = Counter(_key(number, cell) for number, table in enumerate(tables) for cell in table.cells)
    expected = Counter(_key(number, cell) for number, cells in enumerate(truth) for cell in cells)
    total = found.total() + expected.total()
    return 2 * (found & expected).total() / total if total else 1.0


def _key(table: int, cell: Cell | TypedCell) -> tuple[int, int, int, int, int, str]:
    return table, cell.row, cell.col, cell.row_span, cell.col_span, plain(cell.text)


def printed_lines(text: str) -> list[str]:
    """The lines of a text that say something, as they are compared."""
    return [plain(line) for line in text.split("\n") if plain(line)]
