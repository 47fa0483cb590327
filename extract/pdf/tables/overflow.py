"""Text that runs over the upper or lower border of its cell, as in prints of spreadsheets whose rows are too low."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.pdf.model.glyph_array import Bools, Floats
from extract.pdf.tables.cell_assignment import GridMap, Spot
from extract.pdf.text.runs import Run
from extract.pdf.text.settings import LINES

_LOOK_BACK = 6
"""How many runs before or after are searched for the neighbouring line: a line may be painted in several runs."""

_CUT = 0.2
"""A line is cut by a border when this part of a font size of it lies beyond."""

_APART = 0.1
"""A line outside of the table that ends further from its border, in font sizes, is none that the border cuts."""

_FULL = 2.0
"""A line fills its cell that ends at most so many font sizes before its right border."""

_ALIGNED = 0.3

_LEAST_SIZE = 0.1
"""Text of a broken page may have no size."""

_PITCH = (0.85, 1.6)
"""How far apart, in font sizes, the lines of one text may be."""


def settle_overflow(runs: Sequence[Run], spots: Sequence[Spot | None], places: GridMap) -> list[Spot | None]:
    """The places of runs, those of a text kept together that a border cuts through.

    `runs` are in the order of painting. A line that is cut by the border of its place belongs to the place of the line
    painted before or after it, when both stand as lines of one text do; so do the lines that follow it.
    """
    settled = list(spots)
    before, after = _neighbours(runs)
    for numbers, neighbours in ((range(len(runs)), before), (range(len(runs) - 1, -1, -1), after)):
        for number in numbers:
            neighbour = neighbours[number]
            if neighbour is None or settled[neighbour] is None or settled[neighbour] == settled[number]:
                continue
            was_moved = settled[neighbour] != spots[neighbour]
            at_top = neighbours is before
            lines = runs[number], runs[neighbour]
            if was_moved or _is_cut(lines, settled[number], settled[neighbour], places, at_top=at_top):
                settled[number] = settled[neighbour]
    return settled


def _neighbours(runs: Sequence[Run]) -> tuple[list[int | None], list[int | None]]:
    """For each run the one of the line before and of the line after in the same text, the nearest in painting."""
    before: list[int | None] = [None] * len(runs)
    after: list[int | None] = [None] * len(runs)
    values = [(run.direction, run.start, run.end, run.level, run.size) for run in runs]
    columns = np.array(values, np.float64).reshape(-1, 5).T
    # Each run beside those painted after it, the furthest first: what is nearer takes the place of what is further.
    steps = np.arange(min(_LOOK_BACK, len(runs) - 1), 0, -1)[:, np.newaxis]
    numbers = np.arange(len(runs)) + steps
    is_next = _are_next_lines(columns[:, np.newaxis], columns[:, np.minimum(numbers, len(runs) - 1)])
    for step, upper in zip(*np.nonzero(is_next & (numbers < len(runs))), strict=True):
        lower = int(numbers[step, upper])
        after[upper], before[lower] = lower, int(upper)
    return before, after


def _are_next_lines(upper: Floats, lower: Floats) -> Bools:
    """Which of some runs have the next line of their text in the run beside them."""
    direction, start, end, level, size = upper
    other_direction, other_start, other_end, other_level, other_size = lower
    distance = (other_level - level) / np.maximum(size, _LEAST_SIZE)
    middles = np.abs((start + end) / 2 - (other_start + other_end) / 2)
    are_next: Bools = (
        (direction == 0)
        & (other_direction == 0)
        & (np.abs(size - other_size) <= LINES.same_size * size)
        & (distance >= _PITCH[0])
        & (distance <= _PITCH[1])
        & (np.minimum(np.abs(start - other_start), middles) <= _ALIGNED * size)
    )
    return are_next


def _is_cut(lines: tuple[Run, Run], spot: Spot | None, other: Spot | None, places: GridMap, *, at_top: bool) -> bool:
    """Whether the border towards the other place, above (or below), cuts a line; the two places touch there.

    `lines` are that line and its neighbour in the other place. A line outside of the table that the border hardly cuts
    goes on from one that fills its cell; what stands below a short one is the heading of what follows.
    """
    if other is None:
        return False
    run, beside = lines
    neighbour, box = places.places[other].box, run.box
    edge = neighbour.bottom if at_top else neighbour.top
    reach = edge - box.top if at_top else box.bottom - edge
    if spot is None:
        is_full = neighbour.x1 - beside.end <= _FULL * run.size or not at_top
        return reach > (-_APART if is_full else _CUT) * run.size
    own = places.places[spot].box
    is_beside = abs((own.top if at_top else own.bottom) - edge) <= run.size
    return is_beside and reach > _CUT * run.size
