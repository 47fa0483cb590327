"""Legends: what a document prints of its own grades."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.grid import Grid
from normalize.statements import Label, Statement


def legend_to_statements(grid: Grid) -> Iterator[Statement]:
    """A legend's cells say what the marks mean; they are no values of a measure."""
    return (Label(cell.excerpt) for cell in grid.cells)
