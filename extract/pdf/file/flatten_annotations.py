"""Text that stands on a page without being part of its content: form fields, typed notes, stamps.

A form that was filled in, and what somebody typed onto a page or covered there, are printed like everything else, but
the libraries that read a page's content do not see them. PDFium can paint them into the pages; after that every reader
does.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import sub

import pypdfium2
import pypdfium2.raw as raw

from extract.pdf.file.layers import Rectangle, notes_in_layers_off
from extract.pdf.file.scan import contains_itself, objects_of

_SHOWN = re.compile(
    rb"/Subtype\s*/(?:Widget|FreeText|Stamp|Watermark|Highlight|Line|PolyLine|Square|Circle|Polygon|Ink|Redact)\b"
)
"""Annotations that show text or may cover it."""

_ENCRYPTED = re.compile(rb"/Encrypt\b")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b.{,1000}?stream\r?\n", re.DOTALL)
_LARGEST = 1 << 26
"""So many bytes of object streams are looked through; those of real files have some hundred thousands."""

_MOST_ANNOTATIONS = 5_000
"""Annotations of a page that are painted: PDFium takes the square of their number, and a form has some hundreds."""

_OF_LAYER = re.compile(rb"/OC\s+\d")
_ROUNDED = 0.01
"""How far the sides of an annotation may lie off where its file tells them, in points: they are rounded."""

_SHOWN_KINDS = frozenset({
    raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WATERMARK,
    raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_POLYLINE,
    raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_REDACT,
})  # fmt: skip


class AnnotationsError(Exception):
    """The file has annotations that show text, and they cannot be painted into its pages. The message says why."""


def with_shown_annotations(data: bytes, password: str | None = None, most_pages: int | None = None) -> bytes:
    """The PDF with what its form fields, typed notes, stamps and boxes show painted into its pages.

    Hidden ones and notes that only open when clicked on are left out, as on the screen. Without any of these the
    file comes back as it is, and so does one of more pages than `most_pages`. Raises AnnotationsError.

    >>> with_shown_annotations(b"no annotation")
    b'no annotation'
    """
    are_seen = any(_SHOWN.search(text) for text in chain((data,), object_streams(data)))
    # What an encrypted file packs into streams cannot be looked at: PDFium is asked of its pages.
    if not are_seen and not _ENCRYPTED.search(data):
        return data
    if are_seen and contains_itself(data):
        raise AnnotationsError("forms or fields contain each other")
    try:
        pdf = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if not are_seen:
            return data  # whoever reads it will tell
        raise AnnotationsError(str(error)) from error
    try:
        with pdf:
            pdf.init_forms()  # which also draws the fields that only hold a value
            if most_pages is not None and len(pdf) > most_pages:
                return data
            off = places_off(data)
            painted = [paint_annotations(pdf, number, off) for number in range(len(pdf))]
            if not any(painted):
                return data
            file = io.BytesIO()
            pdf.save(file, flags=raw.FPDF_REMOVE_SECURITY)
            return file.getvalue()
    except pypdfium2.PdfiumError as error:
        raise AnnotationsError(str(error)) from error


def object_streams(data: bytes) -> Iterator[bytes]:
    """What the streams that hold objects say; of one that cannot be inflated nothing, as whoever reads it will tell."""
    left = _LARGEST
    for match in _OBJECT_STREAM.finditer(data):
        try:
            text = zlib.decompressobj().decompress(memoryview(data)[match.end() :], left)
        except zlib.error:
            continue
        yield text
        left -= len(text)
        if left <= 0:
            return


def paint_annotations(pdf: pypdfium2.PdfDocument, index: int, off: Sequence[Rectangle] = ()) -> bool:
    """Paint the annotations of a page (from 0) into it where one of them shows text, and say whether it was so.

    `off` are the places of those that stand in layers that are off; PDFium would paint them too.

    Load the page anew to see them. `init_forms` must have been called. Raises PdfiumError.
    """
    page = pdf[index]
    try:
        if _SHOWN_KINDS.isdisjoint(_kinds(page)):
            return False
        if (count := raw.FPDFPage_GetAnnotCount(page)) > _MOST_ANNOTATIONS:
            raise pypdfium2.PdfiumError(f"page {index + 1} has {count:,} of them")
        if off:
            _hide(page, off)
        marks = [*_undrawn_strikes(page)]
        if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_FAIL:
            raise pypdfium2.PdfiumError("PDFium cannot paint them")
        _strike_again(page, marks)
        return True
    finally:
        page.close()


def places_off(data: bytes) -> list[Rectangle]:
    """The places of the annotations of a file that stand in layers that are off."""
    may_be = _OF_LAYER.search(data) or _OBJECT_STREAM.search(data)
    return [*notes_in_layers_off(objects_of(data))] if may_be else []


def is_off(annotation: raw.FPDF_ANNOTATION, off: Sequence[Rectangle]) -> bool:
    """Whether an annotation stands in a layer, at one of the places of those whose layers are off."""
    place = raw.FS_RECTF()
    if not off or not raw.FPDFAnnot_HasKey(annotation, b"OC") or not raw.FPDFAnnot_GetRect(annotation, place):
        return False
    own = (place.left, place.bottom, place.right, place.top)
    return any(max(map(abs, map(sub, own, other))) <= _ROUNDED for other in off)


def _hide(page: pypdfium2.PdfPage, off: Sequence[Rectangle]) -> None:
    """Set the flag of hidden ones on the annotations of a page whose layers are off."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if annotation:
            if is_off(annotation, off):
                flags = raw.FPDFAnnot_GetFlags(annotation) | raw.FPDF_ANNOT_FLAG_HIDDEN
                raw.FPDFAnnot_SetFlags(annotation, flags)
            raw.FPDFPage_CloseAnnot(annotation)


def _undrawn_strikes(page: pypdfium2.PdfPage) -> Iterator[raw.FS_QUADPOINTSF]:
    """What is struck out by annotations that have no drawing: painting the others takes these away."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        is_strike = raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STRIKEOUT
        if is_strike and not raw.FPDFAnnot_HasKey(annotation, b"AP"):
            for part in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
                quad = raw.FS_QUADPOINTSF()
                if raw.FPDFAnnot_GetAttachmentPoints(annotation, part, quad):
                    yield quad
        raw.FPDFPage_CloseAnnot(annotation)


def _strike_again(page: pypdfium2.PdfPage, marks: Sequence[raw.FS_QUADPOINTSF]) -> None:
    for quad in marks:
        annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_STRIKEOUT)
        if annotation:
            raw.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
            raw.FPDFPage_CloseAnnot(annotation)


def _kinds(page: pypdfium2.PdfPage) -> Iterator[int]:
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        if annotation := raw.FPDFPage_GetAnnot(page, number):
            yield raw.FPDFAnnot_GetSubtype(annotation)
            raw.FPDFPage_CloseAnnot(annotation)
