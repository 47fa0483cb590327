"""Notebooks on the converted tables, and how they are run."""
