"""The records of two forms of one document, made comparable: ids, evidence and the page aside."""

from __future__ import annotations

import dataclasses

from normalize.reading import Records
from schemas.records import TABLES, DocumentRow, Record

EVIDENCE = {"blocks", "provenance"}
OF_THE_FILE = {"sha256", "source_name", "media_type", "size_bytes", "page_count", "page"}

Row = tuple[str, ...]


def comparable(records: Records) -> dict[str, list[Row]]:
    """Each table's rows as text, without what belongs to the file; the document's id reads ``document``.

    White space in verbatim columns does not count: where a line ends is the page's matter.
    """
    (document,) = records["documents"]
    assert isinstance(document, DocumentRow)
    return {
        table.name: [_row(record, document.document_id) for record in records[table.name]]
        for table in TABLES
        if table.name not in EVIDENCE
    }


def _row(record: Record, document_id: str) -> Row:
    cells = []
    for field in dataclasses.fields(record):
        if field.name in OF_THE_FILE:
            continue
        text = str(getattr(record, field.name)).replace(document_id, "document")
        verbatim = field.name.endswith("_text") or field.name in ("text_raw", "message", "expected", "observed")
        cells.append(f"{field.name}={''.join(text.split()) if verbatim else text}")
    return tuple(cells)
