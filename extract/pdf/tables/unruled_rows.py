"""Rows that no rule parts: a band of a table in which the texts of all columns stand on the same lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from extract.pdf.tables.grid import Grid, Place
from extract.pdf.tables.settings import CELLS
from extract.pdf.text.runs import SAME_LEVEL, Run

_COLUMNS = 3
"""So many columns with a text on each line tell rows; fewer may be two texts of several lines."""

_ROWS = 3
"""So many lines are rows at any distance; two that stand close may be two storeys of one row."""

_APART = 1.9
"""Two lines that stand so far apart, in font sizes, are rows."""

_NUMBER = re.compile(r"[△▲\-－−]?\s*[0-9０-９][0-9０-９,，.．]*\s*[^\s0-9０-９()（）]{0,3}|[-－―ー—]")
"""What a column of numbers prints on each line."""

_ASCENT = 0.88
"""The part of a font size that stands above the baseline."""

Filled = tuple[Place, Sequence[Run]]
"""A place with the text that stands in it."""


def with_unruled_rows(grid: Grid, runs: Sequence[Sequence[Run]]) -> tuple[Grid, list[Sequence[Run]]]:
    """The grid with a row for each line of the bands that hold several, and the texts of its places."""
    filled = list(zip(grid.places, runs, strict=True))
    levels = {
        row: found
        for row, group in groupby(filled, key=lambda one: one[0].row)
        if (found := _lines_of_band([*group])) is not None
    }
    covered = {
        row for place in grid.places if place.row_span > 1 for row in range(place.row, place.row + place.row_span)
    }
    levels = {row: found for row, found in levels.items() if row not in covered}
    if not levels:
        return grid, list(runs)
    ys: list[float] = []
    begins: list[int] = []
    for row, top in enumerate(grid.ys):
        begins.append(len(ys))
        ys += [top, *levels.get(row, ())]
    parted = [one for place, texts in filled for one in _parted(place, texts, begins, ys)]
    parted.sort(key=lambda one: (one[0].row, one[0].col))
    places = tuple(place for place, _ in parted)
    return Grid(grid.xs, tuple(ys), places), [texts for _, texts in parted]


def _lines_of_band(band: Sequence[Filled]) -> list[float] | None:
    """The heights between the lines of a band that stand for rows; None where they do not."""
    texts = [[run for run in runs if run.text.strip()] for _, runs in band]
    texts = [part for part in texts if part]
    if len(texts) < _COLUMNS or any(run.direction for part in texts for run in part):
        return None
    size = max(run.size for part in texts for run in part)
    lines = [[*_levels(part)] for part in texts]
    common = max(lines, key=len)
    if len(common) < 2 or any(not _stands_on(level, common, size) for part in lines for level in part):
        return None
    whole = [part for part, levels in zip(texts, lines, strict=True) if len(levels) == len(common)]
    if len(whole) < _COLUMNS or len(lines[0]) < len(common) or not any(_counts(part) for part in whole):
        return None
    if any(2 * len(part) < len(common) for part in lines):
        return None  # a text in the middle of the band may belong to all of it
    pitch = min(lower - upper for upper, lower in pairwise(common))
    if len(common) < _ROWS and pitch < _APART * size:
        return None
    return [lower - _ASCENT * size - (lower - upper - size) / 2 for upper, lower in pairwise(common)]


def _levels(runs: Sequence[Run]) -> Iterator[float]:
    """The heights of the lines of a text, from the top."""
    last = None
    for run in sorted(runs, key=lambda run: run.level):
        if last is None or run.level - last > SAME_LEVEL * run.size:
            yield run.level
            last = run.level


def _stands_on(level: float, common: Sequence[float], size: float) -> bool:
    return any(abs(level - other) <= SAME_LEVEL * size for other in common)


def _counts(runs: Sequence[Run]) -> bool:
    """Whether each run of a text is a number."""
    return all(_NUMBER.fullmatch(run.text.strip()) for run in runs)


def _parted(place: Place, runs: Sequence[Run], begins: Sequence[int], ys: Sequence[float]) -> Iterator[Filled]:
    """A place at its new row; one for each line where its row was parted."""
    first, stop = begins[place.row], begins[place.row + place.row_span]
    if place.row_span > 1 or stop - first == 1:
        yield replace(place, row=first, row_span=stop - first), runs
        return
    for row in range(first, stop):
        top, bottom = ys[row], ys[row + 1]
        own = [run for run in runs if _row_of(run, ys, first, stop) == row]
        yield (
            Place(
                row, place.col, 1, place.col_span, replace(place.box, top=top, bottom=bottom),
                place.is_open_above and row == first, place.is_open_below and row == stop - 1,
            ),
            own,
        )  # fmt: skip


def _row_of(run: Run, ys: Sequence[float], first: int, stop: int) -> int:
    """The row of a run: the last that begins above its baseline."""
    return max(
        (row for row in range(first + 1, stop) if ys[row] < run.level - CELLS.row_begins * run.size), default=first
    )
