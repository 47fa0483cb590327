"""Bytes of an office file → Document: what kind of file it is, by its content, and its reader."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import PurePosixPath

from extract.kinds import CSV, DOCX, HTML, XLS, XLSX
from extract.office.delimited import read_delimited
from extract.office.docx import read_docx
from extract.office.docx_styles import DOCUMENT_PART
from extract.office.html import read_html
from extract.office.laid import Laid
from extract.office.ods import MIME_TYPE, read_ods
from extract.office.package import OfficeError, Package
from extract.office.workbook import sheets_to_document
from extract.office.xls import MAGIC, holds_workbook, is_encrypted_package, read_xls
from extract.office.xlsx import WORKBOOK_PART, read_xlsx
from schemas.declare import Text
from schemas.document import Document, Problem
from schemas.limits import Limits
from schemas.messages import say

_OTHER_PARTS = {
    "ppt/presentation.xml": "a PowerPoint file",
    "xl/workbook.bin": "a binary Excel workbook (xlsb)",
}
_OTHER_TYPES = {
    "application/vnd.oasis.opendocument.text": "an OpenDocument text",
    "application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation",
}
_OLD_KINDS = {"WordDocument": "an old Word file", "PowerPoint Document": "an old PowerPoint file"}
_ZIP_MARK = b"PK\x03\x04"
_HTML_MARK = re.compile(rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_LOOKED_AT = 2_048


def read_office(data: bytes, source_name: str, limits: Limits | None = None) -> Document | None:
    """Read a workbook, a Word file, a web page or delimited values; None where the file is none of them.

    A damaged file, one with a password, and one that goes beyond a limit, give a document without pages and a problem
    `unreadable`; nothing is raised.
    """
    limits = limits or Limits()
    suffix = PurePosixPath(source_name).suffix.lower()
    if data.startswith(_ZIP_MARK):
        return _packed(data, source_name, limits)
    if data.startswith(MAGIC):
        if is_encrypted_package(data):
            return _unreadable(
                data, source_name, "application/x-ole-storage",
                say("The file is locked with a password. Save it without one, and convert it again."),
            )  # fmt: skip
        if holds_workbook(data):
            return _document(data, source_name, XLS, lambda: sheets_to_document(read_xls(data, limits)))
        return None
    if suffix in (".html", ".htm") or _HTML_MARK.match(data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")):
        return _document(data, source_name, HTML, lambda: read_html(data, limits))
    if suffix == ".csv":
        return _document(data, source_name, CSV, lambda: read_delimited(data, limits))
    return None


def other_kind(data: bytes) -> str | None:
    """What an office file that is not read is, in words; None where it is none.

    >>> other_kind(MAGIC + "WordDocument".encode("utf-16-le"))
    'an old Word file'
    """
    if data.startswith(MAGIC):
        return next((kind for name, kind in _OLD_KINDS.items() if name.encode("utf-16-le") in data), None)
    if not data.startswith(_ZIP_MARK):
        return None
    try:
        package = Package(data, Limits())
        kind = package.read("mimetype").decode("ascii", "replace") if "mimetype" in package else ""
    except OfficeError:
        return None
    parts = (words for part, words in _OTHER_PARTS.items() if part in package)
    return next(parts, next((words for name, words in _OTHER_TYPES.items() if kind.startswith(name)), None))


def _packed(data: bytes, source_name: str, limits: Limits) -> Document | None:
    try:
        package = Package(data, limits)
        kind = package.read("mimetype").strip() if "mimetype" in package else b""
    except OfficeError as error:
        return _unreadable(data, source_name, "application/zip", error.said)
    if WORKBOOK_PART in package:
        return _document(data, source_name, XLSX, lambda: sheets_to_document(read_xlsx(package, limits)))
    if DOCUMENT_PART in package:
        return _document(data, source_name, DOCX, lambda: read_docx(package, limits))
    if kind.startswith(MIME_TYPE):
        return _document(data, source_name, MIME_TYPE.decode(), lambda: sheets_to_document(read_ods(package, limits)))
    return None


def _document(data: bytes, source_name: str, media_type: str, read: Callable[[], Laid]) -> Document:
    try:
        laid = read()
    except OfficeError as error:
        return _unreadable(data, source_name, media_type, error.said)
    if not laid.items:
        told = Problem("unreadable", "error", say("The file shows no text; look whether it is what it should be."))
        laid = Laid((), (), (*laid.problems, told), laid.encoding)
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        source_name=source_name,
        media_type=media_type,
        size_bytes=len(data),
        pages=laid.pages,
        items=laid.items,
        problems=laid.problems,
        reader="office",
        encoding=laid.encoding,
    )


def _unreadable(data: bytes, source_name: str, media_type: str, message: Text) -> Document:
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        source_name=source_name,
        media_type=media_type,
        size_bytes=len(data),
        pages=(),
        items=(),
        problems=(Problem("unreadable", "error", message),),
        reader="office",
    )
