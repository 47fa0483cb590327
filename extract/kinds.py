"""The kinds of files that are read, by the suffixes of their names."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

Ocr = Literal["never", "auto", "always"]
"""Which pages are read from their pictures, by character recognition: none; those that are pictures, and those whose
text says not which characters it prints; all."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLS, HTML, CSV = "application/vnd.ms-excel", "text/html", "text/csv"
UNKNOWN = "application/octet-stream"

PDF_TYPES = {".pdf": "application/pdf"}
TEXT_TYPES = {".txt": "text/plain", ".tsv": "text/tab-separated-values", ".md": "text/markdown"}
"""Text files; all are read alike."""

OFFICE_TYPES = {
    ".xlsx": XLSX,
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xls": XLS,
    ".ods": ODS,
    ".docx": DOCX,
    ".html": HTML,
    ".htm": HTML,
    ".csv": CSV,
}

PICTURE_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}

_TYPES = {**PDF_TYPES, **OFFICE_TYPES, **TEXT_TYPES, **PICTURE_TYPES}

SUFFIXES = tuple(_TYPES)
"""The suffixes of files that are read."""


def suffix_to_media_type(source_name: str) -> str:
    """What the suffix of a name says of a file, where the file itself was not looked at.

    >>> suffix_to_media_type("a/sheet.PDF"), suffix_to_media_type("sheet")
    ('application/pdf', 'application/octet-stream')
    """
    return _TYPES.get(PurePosixPath(source_name).suffix.lower(), UNKNOWN)
