"""Numbers written in little boxes, one for each digit or separator: one cell, as wide as the column they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from extract.pdf.model.glyph_array import join_columns
from extract.pdf.tables.grid import Grid, Place
from extract.pdf.text.runs import Run, glyphs_to_runs
from schemas.document import Box

_X0, _X1, _ORIGIN = 0, 2, 4
"""The rows of a glyph's values that say where it begins, ends and begins again."""

_DIGIT = re.compile(r"[0-9０-９]?")
_SEPARATOR = re.compile(r"[,，.．]")
"""May have a box of its own between digits."""

_PLACE_VALUE = re.compile("[一十百千万億兆円]{1,2}")
"""What may stand over a box: the value of its digit."""

_LEAST = 2
"""So many texts in places of their own make columns of them."""

_WIDEST = 2.6
"""A box for a digit is no wider than this, in font sizes."""

Filled = tuple[Place, Sequence[Run]]
"""A place with the text that stands in it."""


def join_digit_boxes(grid: Grid, runs: Sequence[Sequence[Run]]) -> tuple[Grid, list[Sequence[Run]]]:
    """The grid with the boxes of each number joined, and the texts of its places.

    Boxes are places side by side that hold one digit each, or none before the first, under or over a place that is as
    wide as all of them together. Where nothing but numbers is parted in this way, room beside the boxes is theirs.
    Where a row has other texts in the same places, heads or longer numbers, they are columns: 令和5年度 over A, B, C.
    """
    filled = list(zip(grid.places, runs, strict=True))
    rows = [*_rows(filled)]
    spans = {(place.col, place.col + place.col_span) for place in grid.places if place.col_span > 1}
    wide = sorted(span for span in spans if not any(_are_columns(row, span) for row in rows))
    if not wide:
        return grid, list(runs)
    loose = {span for span in wide if all(_is_whole_or_boxes(row, span) for row in rows)}
    joined = [one for row in rows for one in _joined(row, wide, loose)]
    if len(joined) == len(filled):
        return grid, list(runs)
    return replace(grid, places=tuple(place for place, _ in joined)), [texts for _, texts in joined]


def pulled_together(runs: Sequence[Run]) -> list[Run]:
    """The digits of a number as one text, as if they were set without the room that their boxes give them."""
    printed = sorted((run for run in runs if run.text.strip()), key=lambda run: run.start)
    if len(printed) < 2:
        return list(runs)
    glyphs = join_columns([run.glyphs for run in printed])
    glyphs = glyphs.take(np.flatnonzero(~glyphs.blanks))
    widths = glyphs.x1 - glyphs.x0
    left = glyphs.x0[0] + np.cumsum(widths) - widths
    values = glyphs.values.copy()
    values[[_X0, _X1, _ORIGIN]] = left, left + widths, left
    return glyphs_to_runs(replace(glyphs, values=values))


def _rows(filled: Sequence[Filled]) -> Iterator[list[Filled]]:
    row: list[Filled] = []
    for place, texts in filled:
        if row and row[-1][0].row != place.row:
            yield row
            row = []
        row.append((place, texts))
    if row:
        yield row


def _joined(row: Sequence[Filled], wide: Sequence[tuple[int, int]], loose: set[tuple[int, int]]) -> Iterator[Filled]:
    ends = {place.col + place.col_span: number for number, (place, _) in enumerate(row)}
    number = 0
    while number < len(row):
        first = row[number][0]
        last = next((ends[end] for start, end in wide if start == first.col and end in ends), number)
        part = row[number : last + 1]
        is_loose = last > number and (first.col, part[-1][0].col + part[-1][0].col_span) in loose
        if last > number and (is_loose or _are_boxes(part)):
            places = [place for place, _ in part]
            box = Box(first.box.x0, first.box.top, places[-1].box.x1, first.box.bottom)
            span = places[-1].col + places[-1].col_span - first.col
            yield replace(first, col_span=span, box=box), pulled_together([run for _, texts in part for run in texts])
            number = last + 1
        else:
            yield row[number]
            number += 1


def _are_columns(row: Sequence[Filled], span: tuple[int, int]) -> bool:
    """Whether a row parts all columns between two borders, with texts that are neither digits nor the value of one."""
    part = [(place, runs) for place, runs in row if span[0] <= place.col and place.col + place.col_span <= span[1]]
    if len(part) < span[1] - span[0]:
        return False
    texts = ["".join(run.text for run in runs).strip() for _, runs in part]
    others = [text for text in texts if not any(own.fullmatch(text) for own in (_DIGIT, _SEPARATOR, _PLACE_VALUE))]
    return len(others) >= _LEAST


def _is_whole_or_boxes(row: Sequence[Filled], span: tuple[int, int]) -> bool:
    """Whether a row has one place, or the boxes of one number with room beside them, between two borders."""
    part = [(place, runs) for place, runs in row if span[0] <= place.col and place.col + place.col_span <= span[1]]
    if len(part) < 2:
        return True
    filled = [number for number, (_, runs) in enumerate(part) if any(run.text.strip() for run in runs)]
    boxes = part[filled[0] : filled[-1] + 1] if filled else []
    return len(boxes) == len(filled) and are_digits([place for place, _ in boxes], [runs for _, runs in boxes])


def _are_boxes(part: Sequence[Filled]) -> bool:
    first = part[0][0]
    is_filled = [any(run.text.strip() for run in runs) for _, runs in part]
    return (
        is_filled == sorted(is_filled)
        and all(place.row_span == first.row_span for place, _ in part)
        and are_digits([place for place, _ in part], [runs for _, runs in part])
    )


def are_digits(places: Sequence[Place], runs: Sequence[Sequence[Run]]) -> bool:
    """Whether places hold a digit each, a separator between digits, or none, and are no wider than that takes; two of
    them hold a digit at least."""
    texts = ["".join(run.text for run in part).strip() for part in runs]
    sizes = [run.size for part in runs for run in part]
    digits = [number for number, text in enumerate(texts) if text and _DIGIT.fullmatch(text)]
    return (
        len(digits) >= 2
        and all(
            _DIGIT.fullmatch(text) or (_SEPARATOR.fullmatch(text) and digits[0] < number < digits[-1])
            for number, text in enumerate(texts)
        )
        and all(place.box.width <= _WIDEST * max(sizes) for place in places)
    )
