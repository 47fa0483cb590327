"""The records of one document made comparable: ids, evidence and what belongs to the file aside."""

from __future__ import annotations

import dataclasses
import datetime

from normalize.text.folding import without_bullet
from schemas.records import TABLES, DocumentRow, Record
from schemas.rows import Tables as Records

LEFT_OUT = {"blocks", "provenance", "tokens", "terms"}
OF_THE_FILE = {"sha256", "source_name", "media_type", "size_bytes", "page_count", "page", "reader"}
PRINTED = {"text_raw", "message", "expected", "observed", "indicator_text"}

Row = dict[str, object]


def comparable(records: Records) -> dict[str, list[Row]]:
    """Each table's rows by column, nulls left out. The document's id reads ``document``.

    White space and bullets in verbatim columns do not count: where a line ends is the page's matter, and the text form
    may mark a list where the page prints bullets. Tokens and terms are left out: they follow from the passages.
    """
    (document,) = records["documents"]
    assert isinstance(document, DocumentRow)
    return {
        table.name: [_row(record, document.document_id) for record in records[table.name]]
        for table in TABLES
        if table.name not in LEFT_OUT and table.name in records
    }


def _row(record: Record, document_id: str) -> Row:
    row: Row = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name in OF_THE_FILE or value is None:
            continue
        if isinstance(value, datetime.date):
            value = value.isoformat()
        if isinstance(value, str):
            value = value.replace(document_id, "document")
            if field.name.endswith("_text") or field.name in PRINTED:
                value = "".join(without_bullet(value).split())
        row[field.name] = value
    return row
