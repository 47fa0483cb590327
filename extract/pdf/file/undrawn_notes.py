"""Notes typed or drawn onto a page of which the file has no drawing: every viewer makes one of its own, or none."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from itertools import chain

import pypdfium2
import pypdfium2.raw as raw

from extract.pdf.file.flatten_annotations import is_off, object_streams, places_off
from extract.pdf.file.layers import Rectangle
from schemas.document import Problem
from schemas.messages import say

_ASKED = re.compile(rb"/Subtype\s*/(?:FreeText|Line|PolyLine)\b")
_KINDS = frozenset({raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_POLYLINE})
"""Kinds of which PDFium makes no drawing."""

_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW

_MOST = 40
"""So many notes are told one by one."""

_QUOTED = 80
"""So many characters of a note are quoted."""


def undrawn_notes(data: bytes, password: str | None, most_pages: int) -> Iterator[Problem]:
    """The notes of a file that have no drawing, with what they say. Of a file that PDFium does not open nothing is
    said here."""
    if not any(_ASKED.search(text) for text in chain((data,), object_streams(data))):
        return
    off = places_off(data)
    try:
        with pypdfium2.PdfDocument(data, password=password) as pdf:
            left = _MOST
            for number in range(min(len(pdf), most_pages)):
                for text, is_shown in _notes(pdf, number, off):
                    if left <= 0:
                        return
                    left -= 1
                    yield _undrawn(number + 1, text) if is_shown else _switched_off(number + 1, text)
    except pypdfium2.PdfiumError:
        return


def _switched_off(number: int, text: str) -> Problem:
    message = say(
        "a note on page {page} stands in a layer that is off; it was not read: {text}", page=number, text=text or "-"
    )
    return Problem("hidden-text", "note", message, number, observed=text or None)


def _undrawn(number: int, text: str) -> Problem:
    message = say(
        "a note or a line on page {page} has no drawing in the file, and what viewers show of it was not read: {text}; "
        "look at the page",
        page=number,
        text=text or "-",
    )
    return Problem("unclaimed-text", "warning", message, number, observed=text or None)


def _notes(pdf: pypdfium2.PdfDocument, index: int, off: Sequence[Rectangle]) -> Iterator[tuple[str, bool]]:
    """What the notes of a page say that have no drawing, or whose layers are off; True for the first."""
    page = pdf[index]
    try:
        for number in range(raw.FPDFPage_GetAnnotCount(page)):
            annotation = raw.FPDFPage_GetAnnot(page, number)
            if not annotation:
                continue
            try:
                is_shown = not raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN
                if not is_shown or raw.FPDFAnnot_GetSubtype(annotation) not in _KINDS:
                    continue
                if is_off(annotation, off):
                    yield _contents(annotation), False
                elif not raw.FPDFAnnot_HasKey(annotation, b"AP"):
                    yield _contents(annotation), True
            finally:
                raw.FPDFPage_CloseAnnot(annotation)
    finally:
        page.close()


def _contents(annotation: raw.FPDF_ANNOTATION) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
    return " ".join(bytes(buffer)[: size - 2].decode("utf-16-le", "replace").split())[:_QUOTED]
