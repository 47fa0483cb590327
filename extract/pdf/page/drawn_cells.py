"""Cells without a text that show something all the same: a picture, or letters drawn as curves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.pdf.model.raw_page import RawPage
from extract.pdf.tables.cell_assignment import Draft
from schemas.document import Box

_LEAST = 3.5
"""The least height, in points, of what may be a letter: less is the tip of an arrow or a dot of a rule."""

_RIM = 0.5
"""How far, in points, a drawing may reach over the border of its cell."""


def drawn_cells(tables: Sequence[Draft], raw: RawPage) -> Iterator[str]:
    """What the rows of empty cells say that hold a picture, or two curved areas at least."""
    if not raw.images and not raw.shapes:
        return
    for table in tables:
        for cell in table.cells:
            if cell.is_empty:
                box = cell.parts[0].box
                pictures = sum(_is_within(image, box) for image in raw.images)
                shapes = sum(_is_within(shape, box) for shape in raw.shapes)
                if pictures or shapes >= 2:
                    row = (other.plain for other in table.cells if other.row in cell.rows and not other.is_empty)
                    yield " ".join(row)


def _is_within(drawing: Box, cell: Box) -> bool:
    return (
        drawing.height >= _LEAST
        and cell.x0 - _RIM <= drawing.x0
        and drawing.x1 <= cell.x1 + _RIM
        and cell.top - _RIM <= drawing.top
        and drawing.bottom <= cell.bottom + _RIM
    )
