"""What stands in the tables for an input that could not be converted: its row, and a finding that says why."""

from __future__ import annotations

import re
import traceback
from pathlib import PurePosixPath

from schemas.declare import declaration_of
from schemas.records import DocumentRow, Finding
from schemas.validate import Tables


def failure_records(
    source_name: str,
    sha256: str,
    message: str,
    *,
    size_bytes: int = 0,
    media_type: str = "application/octet-stream",
    observed: str | None = None,
) -> Tables:
    """A `documents` row with status ``unreadable`` and its finding.

    >>> tables = failure_records("sheet.pdf", "0f" * 32, "Close it elsewhere.")
    >>> tables["documents"][0].status, tables["findings"][0].message
    ('unreadable', 'Close it elsewhere.')
    """
    document = DocumentRow(
        document_id=sha256[:16],
        sha256=sha256,
        source_name=source_name,
        media_type=media_type,
        size_bytes=size_bytes,
        status="unreadable",
    )
    finding = Finding(
        finding_id=f"{document.document_id}-f1",
        document_id=document.document_id,
        rule="unreadable",
        severity="error",
        message=message,
        observed=observed,
    )
    return {declaration_of(DocumentRow).name: (document,), declaration_of(Finding).name: (finding,)}


def error_to_text(error: BaseException) -> str:
    """What was raised and where, without a path or an address of the machine.

    >>> error_to_text(ValueError("no such year: 令和0年"))
    'ValueError: no such year: 令和0年'
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = f" (in {frames[-1].name}, {PurePosixPath(frames[-1].filename).name})" if frames else ""
    return re.sub(r"0x[0-9a-fA-F]{6,}", "0x…", f"{type(error).__name__}: {error}") + place
