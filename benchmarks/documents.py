"""The documents that are measured: real ones where they lie beside the checkout, else our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.grids import Grid, Placed, TypedTable, placed_to_grid, read_truth, typed_to_grid
from benchmarks.prints import print_by_browser, print_by_reportlab
from extract import read_document

_PROJECT = Path(__file__).parents[1]
_CORPUS = _PROJECT.parent / "shared" / "corpus"
_OWN = _PROJECT / "data" / "raw"

FIVE, PRINTS, REAL = GROUPS = ("five", "prints", "real")
"""The sets: five documents with typed tables; those tables printed by other programs; files that cities publish."""
TYPED = (FIVE, PRINTS)
"""The sets whose tables are known."""

_PRINTERS: dict[str, Callable[[Sequence[TypedTable]], bytes]] = {
    "reportlab": print_by_reportlab,
    "browser": print_by_browser,
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A PDF, the set it belongs to, its number of pages, and its tables as they ought to come out, where known."""

    pdf: Path
    group: str
    n_pages: int
    truth: Sequence[Grid] | None

    @property
    def name(self) -> str:
        return self.pdf.stem


def find_samples(folder: Path) -> list[Sample]:
    """The corpus with the tables that a person typed; without it `data/raw`, against the tables of each text form.

    What other programs print of the typed tables is written into the folder; a browser that is missing prints nothing.
    """
    if not _CORPUS.is_dir():
        return [_sample(pdf, FIVE, _text_tables(pdf.with_suffix(".txt"))) for pdf in _pdfs(_OWN)]
    typed = {pdf: read_truth(_CORPUS / "truth" / f"{pdf.stem}.json") for pdf in _pdfs(_CORPUS / "pdf")}
    return [
        *(_sample(pdf, FIVE, [*map(typed_to_grid, tables)]) for pdf, tables in typed.items()),
        *(one for pdf, tables in typed.items() if tables for one in _printed(pdf.stem, tables, folder)),
        *(_sample(pdf, REAL, None) for pdf in _pdfs(_CORPUS / "real")),
    ]


def _pdfs(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.pdf"))


def _printed(name: str, tables: Sequence[TypedTable], folder: Path) -> Iterator[Sample]:
    for printer, print_tables in _PRINTERS.items():
        target = folder / f"{name}.{printer}.pdf"
        try:
            target.write_bytes(print_tables(tables))
        except FileNotFoundError:
            continue
        yield _sample(target, PRINTS, [*map(typed_to_grid, tables)])


def _sample(pdf: Path, group: str, truth: Sequence[Grid] | None) -> Sample:
    with pdfium.PdfDocument(pdf) as document:
        return Sample(pdf, group, len(document), truth)


def _text_tables(path: Path) -> list[Grid]:
    document = read_document(path.read_bytes(), path.name)
    return [placed_to_grid(Placed(c.row, c.col, c.text) for c in table.cells) for table in document.tables]
