"""PDF to document: characters and rulings of each page, grids from the rulings, text from the characters."""

from extract.pdf.draw_page import draw_page
from extract.pdf.file.flatten_annotations import paint_annotations
from extract.pdf.read_again import (
    PDFIUM_NAME,
    PDFPLUMBER_NAME,
    read_boxes_with_pdfplumber,
    readers_of_pages,
)

__all__ = [
    "PDFIUM_NAME",
    "PDFPLUMBER_NAME",
    "draw_page",
    "paint_annotations",
    "read_boxes_with_pdfplumber",
    "readers_of_pages",
]
