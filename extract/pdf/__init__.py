"""PDF to document: characters and rulings of each page, grids from the rulings, text from the characters."""

from extract.pdf.draw_page import draw_page
from extract.pdf.file.flatten_annotations import paint_annotations

__all__ = ["draw_page", "paint_annotations"]
