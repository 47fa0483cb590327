"""Boxes within a cell that are no table: a frame around a word of it, a row of boxes with a digit each."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pdf.tables.digit_boxes import are_digits, pulled_together
from extract.pdf.tables.grid import Grid, Place
from extract.pdf.tables.rulings import REACH
from extract.pdf.text.runs import Run
from schemas.document import Box


def without_frames(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """The grids but for boxes of one cell that lie in a cell of a table: their text is text of that cell."""
    return tuple(grid for grid in grids if len(grid.places) > 1 or _cell_around(grid, grids) is None)


def digits_into_cells(grids: Sequence[Grid], runs: Sequence[list[Run]]) -> None:
    """Put numbers that stand in boxes of their own, within a cell, into that cell. `runs` are those of all places, grid
    after grid."""
    places = [place for grid in grids for place in grid.places]
    start = 0
    for grid in grids:
        own = runs[start : start + len(grid.places)]
        start += len(grid.places)
        if len(grid.ys) == 2 and are_digits(grid.places, own) and (cell := _cell_around(grid, grids)) is not None:
            runs[places.index(cell)].extend(pulled_together([run for part in own for run in part]))
            for part in own:
                part.clear()


def _cell_around(grid: Grid, grids: Sequence[Grid]) -> Place | None:
    """The cell of another table that a grid lies in."""
    return next(
        (
            place
            for other in grids
            if other is not grid and len(other.places) > 1 and _lies_in(grid.box, other.box)
            for place in other.places
            if _lies_in(grid.box, place.box)
        ),
        None,
    )


def _lies_in(box: Box, around: Box) -> bool:
    return (
        around.x0 - REACH <= box.x0
        and box.x1 <= around.x1 + REACH
        and around.top - REACH <= box.top
        and box.bottom <= around.bottom + REACH
    )
