"""Bytes → Document. Knows geometry and characters; knows no city, no measure, no grade.

What is exported here is the door, with `extract.pdf` and `extract.second_opinion` for what needs their libraries: other
rooms use nothing else of this one. A name is loaded when it is asked for: the process that leads a run reads no file.
"""

from schemas.door import door

HOMES = {
    "garbage": ("few_collections",),
    "kinds": (
        "SUFFIXES",
        "Ocr",
        "suffix_to_media_type",
    ),
    "ocr.installed": ("ocr_is_installed",),
    "read": (
        "pages_of_picture",
        "read_document",
    ),
    "spent": ("process_is_spent",),
    "text": (
        "document_to_text",
        "read_text",
    ),
}
"""The modules of this room, and the names that each gives; `__init__.pyi` says the same to whoever checks types."""

__all__ = sorted(name for names in HOMES.values() for name in names)
__getattr__ = door(__name__, HOMES)
