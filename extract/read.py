"""Bytes of an input file → Document, whatever kind of file it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from extract.garbage import few_collections
from extract.kinds import OFFICE_TYPES, PICTURE_TYPES, SUFFIXES, TEXT_TYPES, UNKNOWN, Ocr, suffix_to_media_type
from extract.ocr.installed import ocr_is_installed
from extract.office.read_office import other_kind, read_office
from extract.spent import process_is_spent
from extract.text.document import read_text
from schemas.declare import Text
from schemas.document import Document, Line, Problem
from schemas.limits import Limits, over_limit
from schemas.messages import phrase, say

_PDF_MARK = re.compile(rb"%PDF-\d")
_PDF_MARK_WITHIN = 1024
"""Readers look for the mark in so many first bytes: some writers put others before it (PDF 1.7, App. H.3)."""

_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive", "application/zip"),
    (b"PK\x05\x06", "an empty ZIP archive", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office file", "application/x-ole-storage"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "image/png"),
    (b"\xff\xd8\xff", "a JPEG image", "image/jpeg"),
    (b"GIF8", "a GIF image", "image/gif"),
    (b"II*\x00", "a TIFF image", "image/tiff"),
    (b"MM\x00*", "a TIFF image", "image/tiff"),
    (b"\x1f\x8b", "a gzip archive", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "application/x-7z-compressed"),
    (b"{\\rtf", "a Rich Text file", "application/rtf"),
    (b"%!PS", "a PostScript file", "application/postscript"),
)

_SUFFIX_KINDS = {".jtd": "an Ichitaro document", ".jtt": "an Ichitaro document", ".jttc": "an Ichitaro document"}
"""What the suffix says of files whose first bytes are those of several kinds."""


def read_document(data: bytes, source_name: str, limits: Limits | None = None, ocr: Ocr = "never") -> Document:
    """Read a file of any kind that is known: by its content first, then by the suffix of its name.

    What cannot be read gives a document without pages and a problem `unreadable` that says what was met, and so does
    what goes beyond one of the `limits` (those of `schemas.limits` unless others are given); nothing is raised.
    `ocr` says which pages are read from their pictures, and whether picture files are read; where it is not installed,
    none are.

    >>> read_document(b"GIF89a", "scan.txt").problems[0].message.en[:57]
    'This is a GIF image. Files of these kinds are read: pdf, '
    """
    limits = limits or Limits()
    with few_collections():
        document = _read(data, source_name, limits, ocr if ocr_is_installed() else "never")
    long = (text for text in _texts(document) if len(text) > limits.line_characters)
    longest = max((len(line) for text in long for line in text.split("\n")), default=0)
    if longest <= limits.line_characters:
        return document
    what = over_limit(limits, "line_characters", longest)
    said = say("This file has {what}; nothing of it was read.", what=what)
    return replace(document, pages=(), items=(), problems=(Problem("unreadable", "error", said),))


def pages_of_picture(data: bytes, limits: Limits | None = None) -> bytes | None:
    """The pages of a picture file as a PDF, as large as blocks take them to be; None where it cannot be read. Nothing
    is recognised: the extra is not needed."""
    from extract.ocr.picture_file import picture_to_pdf  # Pillow is needed for pictures alone
    from extract.pdf.model.raw_page import UnreadableError

    try:
        return picture_to_pdf(data, limits or Limits())
    except UnreadableError:
        return None


def _texts(document: Document) -> Iterator[str]:
    for item in document.items:
        if isinstance(item, Line):
            yield item.text
        else:
            yield from (cell.text for cell in (*item.cells, *item.repeated))


def _read(data: bytes, source_name: str, limits: Limits, ocr: Ocr) -> Document:
    suffix = PurePosixPath(source_name).suffix.lower()
    if _PDF_MARK.search(data, 0, _PDF_MARK_WITHIN):
        if process_is_spent():
            return _read_apart(data, source_name, limits, ocr)
        if ocr != "never":
            from extract.ocr.read_scan import read_scanned_pdf  # the models take a second to load

            return read_scanned_pdf(data, source_name, limits, always=ocr == "always")
        from extract.pdf.read_pdf import read_pdf  # the PDF libraries take half a second to load

        return read_pdf(data, source_name, limits=limits)
    if (document := read_office(data, source_name, limits)) is not None:
        return document
    for signature, kind, media_type in _SIGNATURES:
        if data.startswith(signature):
            if media_type in PICTURE_TYPES.values():
                return _picture(data, source_name, limits, media_type, kind, ocr)
            named = other_kind(data) or _SUFFIX_KINDS.get(suffix, kind)
            return _unreadable(data, source_name, media_type, say("This is {kind}.", kind=phrase(named)))
    if suffix in TEXT_TYPES:
        return read_text(data, source_name, limits)
    if suffix == ".pdf":
        met = say("has no PDF header (%PDF) in its first {bytes} bytes", bytes=_PDF_MARK_WITHIN)
        return _misnamed(data, source_name, "application/pdf", met)
    if suffix in {**OFFICE_TYPES, **PICTURE_TYPES}:
        media_type = suffix_to_media_type(source_name)
        return _misnamed(data, source_name, media_type, say("does not begin as such a file does"))
    what = say("A file named {suffix}", suffix=suffix) if suffix else say("A file without a suffix")
    return _unreadable(data, source_name, UNKNOWN, say("{what} is of no known kind.", what=what))


def _read_apart(data: bytes, source_name: str, limits: Limits, ocr: Ocr) -> Document:
    from extract.fresh import FreshProcessError, in_fresh_process  # hardly ever needed

    try:
        return in_fresh_process(read_document, data, source_name, limits, ocr)
    except FreshProcessError as error:
        said = say("the process that read this file ended with {how}", how=str(error))
        nothing = _unreadable(data, source_name, "application/pdf", said)
        return replace(nothing, problems=(Problem("unreadable", "error", said),))


def _misnamed(data: bytes, source_name: str, media_type: str, met: Text) -> Document:
    """A file that is not what its name says: it is empty, or what was met in it."""
    suffix = PurePosixPath(source_name).suffix.lower()
    met = met if data else say("is empty (0 bytes)")
    said = say("The file is named {suffix}, but {met}.", suffix=suffix, met=met)
    return _unreadable(data, source_name, media_type, said)


def _picture(data: bytes, source_name: str, limits: Limits, media_type: str, kind: str, ocr: Ocr) -> Document:
    if ocr != "never":
        from extract.ocr.read_scan import read_picture_file

        return read_picture_file(data, source_name, media_type, limits)
    met = say(
        "This is {kind}; it is read where character recognition is installed (pip install hyoka[ocr]).",
        kind=phrase(kind),
    )
    return _unreadable(data, source_name, media_type, met)


def _unreadable(data: bytes, source_name: str, media_type: str, met: Text) -> Document:
    kinds = ", ".join(suffix.removeprefix(".") for suffix in SUFFIXES)
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        source_name=source_name,
        media_type=media_type,
        size_bytes=len(data),
        pages=(),
        items=(),
        problems=(
            Problem(
                "unreadable",
                "error",
                say("{met} Files of these kinds are read: {kinds}. Convert it to one of them.", met=met, kinds=kinds),
            ),
        ),
    )
