"""From a PDF with pages that are pictures, or from a picture, to the document model: the way into this package."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from extract.ocr.reader import OcrReader
from extract.pdf.engines.checked import CheckedReader
from extract.pdf.model.raw_page import UnreadableError
from extract.pdf.read_pdf import read_pdf
from schemas.document import Document, Problem
from schemas.limits import Limits


def read_scanned_pdf(data: bytes, source_name: str, limits: Limits, always: bool = False) -> Document:
    """The document that a PDF holds; pages that are pictures, or all with `always`, read from their pictures.

    What was read from a picture has a confidence, what is not sure a problem `ocr-uncertain` and no characters.
    """
    reader = OcrReader(CheckedReader(limits), always)
    document = read_pdf(data, source_name, reader=reader, limits=limits)
    if not reader.pages:
        return document
    from extract.ocr.problems import as_seen  # what reads pictures is loaded where one was

    return as_seen(document, reader.pages)


def read_picture_file(data: bytes, source_name: str, media_type: str, limits: Limits) -> Document:
    """The document that a picture shows (PNG, JPEG, TIFF with a page or several). Raises nothing for a bad file."""
    from extract.ocr.picture_file import picture_to_pdf  # Pillow is needed for pictures alone

    identity = Document(hashlib.sha256(data).hexdigest(), source_name, media_type, len(data), (), ())
    try:
        pdf = picture_to_pdf(data, limits)
    except UnreadableError as error:
        return replace(identity, problems=(Problem("unreadable", "error", error.said),))
    read = read_scanned_pdf(pdf, source_name, limits, always=True)
    return replace(read, sha256=identity.sha256, media_type=media_type, size_bytes=len(data))
