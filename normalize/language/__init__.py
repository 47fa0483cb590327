"""Morphemes: Sudachi and the words of the field that it does not know."""
