"""What stands in the tables for an input that could not be converted: its row, and a finding that says why."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from schemas.declare import Text, declaration_of
from schemas.records import DocumentRow, Finding
from schemas.rows import Tables

_ROOMS = ("schemas", "extract", "normalize", "pipeline")


def failure_records(
    source_name: str,
    sha256: str,
    message: Text,
    *,
    size_bytes: int = 0,
    media_type: str = "application/octet-stream",
    observed: str | None = None,
) -> Tables:
    """A `documents` row with status ``unreadable`` and its finding.

    >>> tables = failure_records("sheet.pdf", "0f" * 32, Text("ほかで閉じてください。", "Close it elsewhere."))
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
        message=message.en,
        observed=observed,
        message_ja=message.ja,
    )
    return {declaration_of(DocumentRow).name: (document,), declaration_of(Finding).name: (finding,)}


def error_to_text(error: BaseException) -> str:
    """What was raised and where in our own rooms, without a path or an address of the machine.

    >>> error_to_text(ValueError("no such year: 令和0年"))
    'ValueError: no such year: 令和0年'
    """
    text = re.sub(r"0x[0-9a-fA-F]{6,}", "0x…", f"{type(error).__name__}: {error}")
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if _room_path(frame.filename)]
    return f"{text} (in {_room_path(own[-1].filename)}, {own[-1].name})" if own else text


def _room_path(filename: str) -> str | None:
    """The path of one of our modules below the folder of the rooms; None for any other file."""
    home = Path(__file__).parents[1]
    if not Path(filename).is_relative_to(home):
        return None
    path = Path(filename).relative_to(home)
    return path.as_posix() if path.parts[0] in _ROOMS else None
