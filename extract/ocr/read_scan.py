"""From a PDF with pages that are pictures, or from a picture, to the document model: the way into this package."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from extract.ocr.reader import OcrReader
from extract.pdf.engines.checked import CheckedReader
from extract.pdf.model.glyph_array import to_columns
from extract.pdf.model.raw_page import UnreadableError
from extract.pdf.read_pdf import read_pdf
from schemas.document import Cell, Document, Fragment, Line, Problem, Table
from schemas.limits import Limits
from schemas.messages import say

if TYPE_CHECKING:
    from extract.ocr.page_reader import ReadPage

_CERTAIN = 3
"""Decimals of a confidence: more would tell one processor from another."""


def read_scanned_pdf(data: bytes, source_name: str, limits: Limits, always: bool = False) -> Document:
    """The document that a PDF holds; pages that are pictures, or all with `always`, read from their pictures.

    What was read from a picture has a confidence, what is not sure a problem `ocr-uncertain` and no characters.
    """
    reader = OcrReader(CheckedReader(limits), always)
    document = read_pdf(data, source_name, reader=reader, limits=limits)
    if not reader.pages:
        return document
    return replace(
        document,
        items=tuple(_with_confidence(item, reader.pages) for item in document.items),
        problems=(*document.problems, *_problems(reader.pages)),
    )


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


def _problems(pages: Mapping[int, ReadPage]) -> Iterator[Problem]:
    for number, page in sorted(pages.items()):
        yield Problem(
            "no-text-layer",
            "note",
            say(
                "page {page} was read from its picture, by character recognition; compare what matters with the print",
                page=number,
            ),
            number,
        )
        if page.is_coarse:
            yield Problem(
                "ocr-uncertain",
                "error",
                say(
                    "page {page} is too coarse or too faint to be read surely, so none of its numbers was; scan it at "
                    "200 dots to the inch or more",
                    page=number,
                ),
                number,
            )
            continue
        for unsure in page.open_numbers:
            yield Problem(
                "ocr-uncertain",
                "warning",
                say(
                    "page {page} prints {read} or {other}: the picture does not tell; nothing was read there, look at "
                    "the print",
                    page=number,
                    read=unsure.read,
                    other=unsure.other,
                ),
                number,
                expected=unsure.other,
                observed=unsure.read,
            )


def _with_confidence(item: Line | Table, pages: Mapping[int, ReadPage]) -> Line | Table:
    if isinstance(item, Line):
        return replace(item, fragments=tuple(_sure(fragment, pages) for fragment in item.fragments))
    return replace(
        item,
        cells=tuple(_cell_with_confidence(cell, pages) for cell in item.cells),
        repeated=tuple(_cell_with_confidence(cell, pages) for cell in item.repeated),
    )


def _cell_with_confidence(cell: Cell, pages: Mapping[int, ReadPage]) -> Cell:
    return replace(cell, fragments=tuple(_sure(fragment, pages) for fragment in cell.fragments))


def _sure(fragment: Fragment, pages: Mapping[int, ReadPage]) -> Fragment:
    """A piece of print with the confidence of its least sure letter; as it is where no picture was read."""
    page = pages.get(fragment.page)
    if page is None or fragment.box is None or not fragment.text.strip():
        return fragment
    xs, ys = to_columns(page.raw.glyphs).middles
    box = fragment.box
    inside = (box.x0 <= xs) & (xs <= box.x1) & (box.top <= ys) & (ys <= box.bottom)
    sures = [page.letters[number].sure for number in np.flatnonzero(inside).tolist()]
    return replace(fragment, confidence=round(min(sures), _CERTAIN) if sures else 0.0)
