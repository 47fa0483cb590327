"""Text form → Document: tab-separated tables and marked-up lines."""

from extract.text.document import read_text

__all__ = ["read_text"]
