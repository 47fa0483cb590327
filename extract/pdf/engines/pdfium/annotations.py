"""Annotations that change what print says: a reader's or an author's strike-out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as raw

from extract.pdf.engines.pdfium.objects import Matrix
from extract.pdf.model.raw_page import DECIMALS, Stroke

_WIDTH = 0.5
"""The width of such a line, in points."""

_MIDDLE = 0.5
"""A strike-out runs through the middle of the text that it marks."""


def struck_through(page: Any, base: Matrix) -> Iterator[Stroke]:
    """The strike-outs of an open page as the lines that a viewer draws. `base` moves what stands on the page to where
    it is displayed."""
    a, b, c, d, e, f = base
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STRIKEOUT:
            quad = raw.FS_QUADPOINTSF()
            for part in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
                if raw.FPDFAnnot_GetAttachmentPoints(annotation, part, quad):
                    xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                    y = min(ys) + _MIDDLE * (max(ys) - min(ys))
                    ends = [(a * x + c * y + e, b * x + d * y + f) for x in (min(xs), max(xs))]
                    (x0, y0), (x1, y1) = ([round(side, DECIMALS) for side in end] for end in ends)
                    yield Stroke(x0, y0, x1, y1, _WIDTH)
        raw.FPDFPage_CloseAnnot(annotation)
