"""What the review needs of a snapshot, loaded once: each document's view, the charts, the files of the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pypdfium2

from pipeline.review.charts import Charts, draw_charts
from pipeline.review.evidence import DocumentView, document_view
from pipeline.review.html import NO_EVIDENCE, Evidence
from pipeline.review.pictures import Pages, find_sources
from pipeline.snapshot import read_table, snapshot_files
from pipeline.verify import by_document
from schemas.arrow import table_to_records
from schemas.records import TABLES, DocumentRow, GradeScheme, Record, Result
from schemas.validate import Tables

_NOT_SHOWN = frozenset({"tokens", "terms"})
_PDFIUM = Lock()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The documents of a snapshot by id, in the order of their names, their tables, and the PDFs that were found."""

    documents: Mapping[str, DocumentView]
    tables: Mapping[str, Tables]
    charts: Charts
    sources: Mapping[str, Path]


def load_snapshot(out: Path, inputs: Sequence[Path]) -> Snapshot:
    """The snapshot in a folder, with its sources where the inputs hold them.

    Raises UsageError where the folder holds no tables or an input does not exist.
    """
    tables: dict[str, tuple[Record, ...]] = {
        files.declaration.name: table_to_records(read_table(out, files), files.declaration)
        for files in snapshot_files(out)
        if files.declaration in TABLES and files.declaration.name not in _NOT_SHOWN
    }
    rows = [row for row in tables.get("documents", ()) if isinstance(row, DocumentRow)]
    by_id: dict[str, Tables] = {}
    for part in by_document(tables):
        for row in part.get("documents", ()):
            if isinstance(row, DocumentRow):
                by_id[row.document_id] = part
    return Snapshot(
        documents={identity: document_view(part) for identity, part in by_id.items()},
        tables=by_id,
        charts=draw_charts(
            rows,
            [row for row in tables.get("results", ()) if isinstance(row, Result)],
            [row for row in tables.get("grade_schemes", ()) if isinstance(row, GradeScheme)],
        ),
        sources=find_sources(rows, inputs),
    )


def evidence_of(snapshot: Snapshot, document_id: str, address: str) -> Evidence:
    """What the source of a document adds: an address for each page's picture (`address` has a place for the page).

    Nothing where the source was not found, is no PDF, or cannot be opened by PDFium.
    """
    view = snapshot.documents[document_id]
    with _pages(snapshot, document_id) as pages:
        if pages is None:
            return NO_EVIDENCE
        second: dict[int, str] = {}
        pictures: dict[int, str] = {}
        for page in view.pages:
            if not page.width:
                continue
            pictures[page.number] = address.format(page.number)
            numbers = {block.block.block_id: block.number for block in page.blocks}
            try:
                seen = pages.second_reading([block.block for block in page.blocks])
            except (pypdfium2.PdfiumError, IndexError):
                del pictures[page.number]
                continue
            second.update({numbers[identity]: text for identity, text in seen.items()})
    return Evidence(pictures, second, has_second=True)


def picture_of(snapshot: Snapshot, document_id: str, page: int) -> bytes | None:
    """The picture of a page; None where there is none."""
    with _pages(snapshot, document_id) as pages:
        try:
            return pages.picture(page) if pages else None
        except (pypdfium2.PdfiumError, IndexError):
            return None


@contextmanager
def _pages(snapshot: Snapshot, document_id: str) -> Iterator[Pages | None]:
    path = snapshot.sources.get(document_id)
    view = snapshot.documents.get(document_id)
    if path is None or view is None or view.row.media_type != "application/pdf":
        yield None
        return
    with _PDFIUM:
        try:
            pages = Pages(path)
        except (pypdfium2.PdfiumError, OSError):
            yield None
            return
        try:
            yield pages
        finally:
            pages.close()
