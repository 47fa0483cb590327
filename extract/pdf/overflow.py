"""Text that runs over the upper or lower border of its cell, as in prints of spreadsheets whose rows are too low."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pdf.cells import GridMap, Spot
from extract.pdf.runs import Run

_LOOK_BACK = 6
"""How many runs before or after are searched for the neighbouring line: a line may be painted in several runs."""

_CUT = 0.2
"""A line is cut by a border when this part of a font size of it lies beyond."""

_ALIGNED = 0.3


def settle_overflow(runs: Sequence[Run], spots: Sequence[Spot | None], places: GridMap) -> list[Spot | None]:
    """The places of runs, those of a text kept together that a border cuts through.

    `runs` are in the order of painting. A line that is cut by the border of its place belongs to the place of the line
    painted before or after it, when both stand as lines of one text do; so do the lines that follow it.
    """
    settled = list(spots)
    for numbers, is_downwards in ((range(len(runs)), True), (range(len(runs) - 1, -1, -1), False)):
        for number in numbers:
            neighbour = _neighbour(runs, number, -1 if is_downwards else 1)
            if neighbour is None or settled[neighbour] is None or settled[neighbour] == settled[number]:
                continue
            was_moved = settled[neighbour] != spots[neighbour]
            if was_moved or _is_cut(runs[number], settled[number], settled[neighbour], places, at_top=is_downwards):
                settled[number] = settled[neighbour]
    return settled


def _neighbour(runs: Sequence[Run], number: int, step: int) -> int | None:
    """The run of the line before (step -1) or after (1) in the same text."""
    run = runs[number]
    for other in range(number + step, number + step * (_LOOK_BACK + 1), step):
        if not 0 <= other < len(runs):
            return None
        if _is_next_line(runs[other], run) if step < 0 else _is_next_line(run, runs[other]):
            return other
    return None


def _is_next_line(upper: Run, lower: Run) -> bool:
    if upper.direction != 0 or lower.direction != 0 or abs(upper.size - lower.size) > 0.05 * upper.size:
        return False
    if not 0.85 <= (lower.level - upper.level) / upper.size <= 1.6:
        return False
    middles = (upper.start + upper.end) / 2, (lower.start + lower.end) / 2
    return min(abs(upper.start - lower.start), abs(middles[0] - middles[1])) <= _ALIGNED * upper.size


def _is_cut(run: Run, spot: Spot | None, other: Spot | None, places: GridMap, *, at_top: bool) -> bool:
    """Whether the border towards the other place, above (or below), cuts the line; the two places touch there."""
    if other is None:
        return False
    neighbour, box = places.places[other].box, run.box
    edge = neighbour.bottom if at_top else neighbour.top
    reach = edge - box.top if at_top else box.bottom - edge
    if spot is None:
        return reach > -0.5 * run.size
    own = places.places[spot].box
    is_beside = abs((own.top if at_top else own.bottom) - edge) <= run.size
    return is_beside and reach > _CUT * run.size
