"""Text form → Document: tab-separated tables and marked-up lines; and the text form of a document."""

from extract.text.document import read_text
from extract.text.layout_text import document_to_text

__all__ = ["document_to_text", "read_text"]
