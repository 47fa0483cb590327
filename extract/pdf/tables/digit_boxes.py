"""Numbers written in little boxes, one for each digit: one cell, as wide as the column they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.pdf.tables.grid import Grid, Place
from extract.pdf.text.runs import Run
from schemas.document import Box

_DIGIT = re.compile(r"[0-9０-９]?")
_WIDEST = 2.6
"""A box for a digit is no wider than this, in font sizes."""

Filled = tuple[Place, Sequence[Run]]
"""A place with the text that stands in it."""


def join_digit_boxes(grid: Grid, runs: Sequence[Sequence[Run]]) -> tuple[Grid, list[Sequence[Run]]]:
    """The grid with the boxes of each number joined, and the texts of its places.

    Boxes are places side by side that hold one digit each, or none before the first, under or over a place that is as
    wide as all of them together.
    """
    wide = {(place.col, place.col + place.col_span) for place in grid.places if place.col_span > 1}
    if not wide:
        return grid, list(runs)
    filled = list(zip(grid.places, runs, strict=True))
    joined = [one for row in _rows(filled) for one in _joined(row, wide)]
    if len(joined) == len(filled):
        return grid, list(runs)
    return replace(grid, places=tuple(place for place, _ in joined)), [texts for _, texts in joined]


def _rows(filled: Sequence[Filled]) -> Iterator[list[Filled]]:
    row: list[Filled] = []
    for place, texts in filled:
        if row and row[-1][0].row != place.row:
            yield row
            row = []
        row.append((place, texts))
    if row:
        yield row


def _joined(row: Sequence[Filled], wide: set[tuple[int, int]]) -> Iterator[Filled]:
    number = 0
    while number < len(row):
        first = row[number][0]
        ends = {end: number for number, (place, _) in enumerate(row) for end in [place.col + place.col_span]}
        last = next((ends[end] for start, end in sorted(wide) if start == first.col and end in ends), number)
        part = row[number : last + 1]
        if last > number and _are_boxes(part):
            places = [place for place, _ in part]
            box = Box(first.box.x0, first.box.top, places[-1].box.x1, first.box.bottom)
            span = places[-1].col + places[-1].col_span - first.col
            yield replace(first, col_span=span, box=box), [run for _, texts in part for run in texts]
            number = last + 1
        else:
            yield row[number]
            number += 1


def _are_boxes(part: Sequence[Filled]) -> bool:
    texts = ["".join(run.text for run in runs).strip() for _, runs in part]
    sizes = [run.size for _, runs in part for run in runs]
    first = part[0][0]
    is_filled = [bool(text) for text in texts]
    return (
        sum(is_filled) >= 2
        and is_filled == sorted(is_filled)
        and all(_DIGIT.fullmatch(text) for text in texts)
        and all(place.box.width <= _WIDEST * max(sizes) and place.row_span == first.row_span for place, _ in part)
    )
