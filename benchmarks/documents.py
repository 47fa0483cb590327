"""The documents that are measured: real ones where they lie beside the checkout, else our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.grids import Grid, Placed, placed_to_grid, read_truth
from extract import read_document

_PROJECT = Path(__file__).parents[1]
_CORPUS = _PROJECT.parent / "shared" / "corpus"
_OWN = _PROJECT / "data" / "raw"


@dataclass(frozen=True, slots=True)
class Sample:
    """A PDF, its number of pages, and its tables as they ought to come out."""

    pdf: Path
    n_pages: int
    truth: Sequence[Grid]

    @property
    def name(self) -> str:
        return self.pdf.stem


def find_samples() -> list[Sample]:
    """The corpus with the tables that a person typed; without it `data/raw`, against the tables of each text form."""
    if _CORPUS.is_dir():
        return [_sample(pdf, read_truth(_CORPUS / "truth" / f"{pdf.stem}.json")) for pdf in _pdfs(_CORPUS / "pdf")]
    return [_sample(pdf, _text_tables(pdf.with_suffix(".txt"))) for pdf in _pdfs(_OWN)]


def _pdfs(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.pdf"))


def _sample(pdf: Path, truth: Sequence[Grid]) -> Sample:
    with pdfium.PdfDocument(pdf) as document:
        return Sample(pdf, len(document), truth)


def _text_tables(path: Path) -> list[Grid]:
    document = read_document(path.read_bytes(), path.name)
    return [placed_to_grid(Placed(c.row, c.col, c.text) for c in table.cells) for table in document.tables]
