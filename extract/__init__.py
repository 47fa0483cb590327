"""Bytes → Document. Knows geometry and characters; knows no city, no measure, no grade.

What is exported here is the door, with `extract.pdf` and `extract.second_opinion` for what needs their libraries: other
rooms use nothing else of this one.
"""

from extract.few_collections import few_collections
from extract.ocr.installed import ocr_is_installed
from extract.read import SUFFIXES, Ocr, pages_of_picture, process_is_spent, read_document, suffix_to_media_type
from extract.text import document_to_text, read_text

__all__ = [
    "SUFFIXES",
    "Ocr",
    "document_to_text",
    "few_collections",
    "ocr_is_installed",
    "pages_of_picture",
    "process_is_spent",
    "read_document",
    "read_text",
    "suffix_to_media_type",
]
