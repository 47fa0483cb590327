"""A picture of a page with what was read drawn on it: how a person checks a reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

from extract.pdf.tables.rulings import page_to_edges
from extract.pdf.text.fake_bold import without_twins
from schemas.document import Box, Document, Table

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

SCALE = 2.0
"""Pixels to the point."""

_CELL = (0, 90, 220)
_COVERING = (150, 0, 200)
_REPEATED = (0, 150, 120)
_RULE = (230, 60, 0)
_LINE = (0, 150, 0)
_FURNITURE = (130, 130, 130)


def draw_page(data: bytes, document: Document, page: int, password: str | None = None) -> Image.Image:
    """The picture of a page (from 1), twice as many pixels as points, with the document drawn on it.

    Rules are orange, cells blue, cells that span several rows or columns violet, repeated header cells green blue,
    lines green, furniture gray. Each cell tells its row and column. Raises IndexError for a page that is not there.
    """
    from PIL import ImageDraw

    pdf = pypdfium2.PdfDocument(data, password=password)
    try:
        pdf.init_forms()
        if not 1 <= page <= len(pdf):
            raise IndexError(f"page {page} of a document of {len(pdf)} pages")
        image: Image.Image = pdf[page - 1].render(scale=SCALE).to_pil().convert("RGB")
    finally:
        pdf.close()
    pen = ImageDraw.Draw(image)
    _draw_rules(pen, data, page, password)
    for item in document.items:
        if isinstance(item, Table):
            for cell in (*item.cells, *item.repeated):
                colour = _COVERING if cell.row_span * cell.col_span > 1 else _CELL
                colour = _REPEATED if cell in item.repeated else colour
                for fragment in cell.fragments:
                    if fragment.page == page and fragment.box is not None:
                        _draw_box(pen, fragment.box, colour, f"{cell.row},{cell.col}", inset=1.0)
        else:
            for fragment in item.fragments:
                if fragment.page == page and fragment.box is not None:
                    colour = _LINE if item.role == "body" else _FURNITURE
                    _draw_box(pen, fragment.box, colour, "" if item.role == "body" else item.role, inset=-1.0)
    return image


def _draw_rules(pen: ImageDraw.ImageDraw, data: bytes, page: int, password: str | None) -> None:
    from extract.pdf.engines.pdfplumber.reader import OpenedPdf

    with OpenedPdf(data, password) as pdf:
        raw = pdf.page(page)
    edges = page_to_edges(raw, without_twins(raw.glyphs))
    for edge in edges.across:
        pen.line([value * SCALE for value in (edge.start, edge.at, edge.end, edge.at)], fill=_RULE, width=1)
    for edge in edges.down:
        pen.line([value * SCALE for value in (edge.at, edge.start, edge.at, edge.end)], fill=_RULE, width=1)


def _draw_box(pen: ImageDraw.ImageDraw, box: Box, colour: tuple[int, int, int], label: str, inset: float) -> None:
    x0, top, x1, bottom = box.x0 + inset, box.top + inset, box.x1 - inset, box.bottom - inset
    if x1 > x0 and bottom > top:
        pen.rectangle([value * SCALE for value in (x0, top, x1, bottom)], outline=colour, width=2)
    if label:
        pen.text((x0 * SCALE + 3, top * SCALE + 1), label, fill=colour)
