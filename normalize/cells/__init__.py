"""Cells on their own: one grammar that parses a text once into what it can be, whatever form it stands on."""
