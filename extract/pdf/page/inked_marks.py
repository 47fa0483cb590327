"""Marks that their ink alone tells apart: ● in several colours down a column, ★★★★★ of which some are pale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.pdf.page.rings import Over
from extract.pdf.tables.grid import Grid, Place
from extract.pdf.text.runs import Run

_MARKS = frozenset("●■★◆▲▼⬤◼♦")
"""Filled marks: the same one may stand for several things."""

_INK = 0.001
"""Inks whose lightness differs by more than this, of 1, are two."""

Filled = tuple[Place, Sequence[Run]]
"""A place with the text that stands in it."""


def inked_marks(grid: Grid, runs: Sequence[Sequence[Run]]) -> Iterator[Over]:
    """The marks in cells of a table that differ from each other by their ink alone, each with what its row says."""
    filled = list(zip(grid.places, runs, strict=True))
    marked = [(place, inside) for place, inside in filled if _is_mark(_said(inside))]
    for place, inside in marked:
        column = [other for at, other in marked if at.col == place.col and _said(other)[0] == _said(inside)[0]]
        inks = [ink for other in column for ink in _inks(other)]
        if max(inks) - min(inks) > _INK:
            row = (_said(other) for at, other in filled if at.row <= place.row < at.row + at.row_span and at != place)
            yield Over(_said(inside), " ".join(filter(None, row)))


def _said(runs: Sequence[Run]) -> str:
    return "".join("".join(run.text.split()) for run in runs)


def _is_mark(text: str) -> bool:
    return bool(text) and text[0] in _MARKS and len(set(text)) == 1


def _inks(runs: Sequence[Run]) -> list[float]:
    """The lightness of each printed character."""
    return [float(ink) for run in runs for ink in run.glyphs.lightness[~run.glyphs.blanks]]
