"""What the review needs of a snapshot, loaded once: each document's view, the charts, the files of the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from pipeline.review.charts import Charts, draw_charts
from pipeline.review.evidence import DocumentView, document_view
from pipeline.review.html import NO_EVIDENCE, Evidence
from pipeline.review.pictures import PDF, find_sources, opened
from pipeline.review.second import second_reading, to_script
from pipeline.snapshot import read_table, whole_snapshot
from pipeline.verify import by_document
from schemas.arrow import table_to_records
from schemas.records import TABLES, DocumentRow, GradeScheme, Record, Result
from schemas.rows import Tables

_NOT_SHOWN = frozenset({"tokens", "terms"})


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
        for files in whole_snapshot(out)
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


def evidence_of(snapshot: Snapshot, document_id: str, pictures: str, second: str) -> Evidence:
    """The addresses of what a document's source adds: its pages' pictures (`pictures` has a place for the page), and
    its second reading, which a picture has none of. Nothing where the source was not found, has no pages, or cannot be
    opened by PDFium.
    """
    source = source_of(snapshot, document_id)
    if source is None:
        return NO_EVIDENCE
    with opened(*source) as pdf:
        if pdf is None:
            return NO_EVIDENCE
        pages = [page.number for page in snapshot.documents[document_id].pages if page.width]
        drawn = {number: pictures.format(number) for number in pages if pdf.has(number)}
        return Evidence(drawn, second if source[1] == PDF else None)


def picture_of(snapshot: Snapshot, document_id: str, page: int) -> bytes | None:
    """The picture of a page; None where there is none."""
    source = source_of(snapshot, document_id)
    if source is None:
        return None
    with opened(*source) as pdf:
        try:
            return pdf.picture(page) if pdf else None
        except (pypdfium2.PdfiumError, IndexError):
            return None


def second_script_of(snapshot: Snapshot, document_id: str) -> bytes | None:
    """The second reading of a document as the page loads it; None without its source, and of a picture. Raises
    OSError."""
    source = source_of(snapshot, document_id)
    if source is None or source[1] != PDF:
        return None
    return to_script(second_reading(snapshot.documents[document_id], source[0])).encode()


def source_of(snapshot: Snapshot, document_id: str) -> tuple[Path, str] | None:
    """The source of a document with its media type, where it was found and has pages: a PDF, or a picture file."""
    view, path = snapshot.documents.get(document_id), snapshot.sources.get(document_id)
    if view is None or path is None:
        return None
    has_pages = view.row.media_type == PDF or view.row.media_type.startswith("image/")
    return (path, view.row.media_type) if has_pages else None
