"""From characters to runs: text that was painted in one go, in any direction of writing.

Runs and lines measure along the direction of writing (`start`, `end`) and across it (`level`, which grows from line to
line), so that vertical and turned text needs no code of its own further on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import repeat
from typing import NamedTuple

import numpy as np

from extract.pdf.model.glyph_array import Bools, Columns, Floats, Ints
from extract.pdf.model.raw_page import Direction, Glyph
from schemas.document import Box

SAME_LEVEL = 0.35
"""Characters whose baselines differ by less than this part of the font size stand on one line. Lines set solid are a
full size apart, ruby and its base more than half a size."""

_TOUCHING = 0.12
"""A gap, in font sizes, that says nothing: text goes on, also across a rule."""

HANGING = "、。，．）)」』】"
"""Marks that a typesetter lets stand over the border of a text."""
_HANGING_GAP = 0.6

WIDE_GAP = 1.0
"""A gap, in font sizes, that stands for a space where none is printed. The gap that a typesetter puts between Japanese
and Latin characters is a quarter."""

_LEAST_SIZE = 0.1

_UPPER, _LOWER = 2, 4
"""The rows of a glyph's values before these are its left and upper sides, then its right and lower ones."""

_ENDS: Mapping[Direction, int] = {0: 2, 90: 3, 180: 0, 270: 1}
"""The row of a glyph's values that says where it ends along its direction."""


class Run(NamedTuple):
    """Characters painted one after the other along one line. `gap` is the widest between two of them, in font sizes.

    They are those of `source` from the number `first` up to `stop`. A page has hundreds of runs, and as a frozen
    dataclass one takes several times as long to make.
    """

    source: Columns
    first: int
    stop: int
    text: str
    direction: Direction
    start: float
    end: float
    level: float
    size: float
    gap: float
    box: Box

    @property
    def glyphs(self) -> Columns:
        return self.source[self.first : self.stop]


def span_along(direction: Direction, box: Box | Glyph) -> tuple[float, float]:
    """Where a box starts and ends along a direction of writing."""
    if direction == 0:
        return box.x0, box.x1
    if direction == 90:
        return box.top, box.bottom
    if direction == 180:
        return -box.x1, -box.x0
    return -box.bottom, -box.top


def end_along(glyphs: Columns, number: int, direction: Direction) -> float:
    """Where one of some characters ends along a direction of writing, as `span_along` tells it."""
    end = float(glyphs.values[_ENDS[direction], number])
    return end if direction in (0, 90) else -end


class Course(NamedTuple):
    """Characters along their directions of writing: where each starts and ends, and the level that it stands on.

    The level is the baseline; for text that runs down, the middle of the column.
    """

    starts: Floats
    ends: Floats
    levels: Floats


def course_of(glyphs: Columns) -> Course:
    """Where characters stand along and across their directions of writing."""
    if not glyphs.directions.any():
        return Course(glyphs.x0, glyphs.x1, glyphs.origin_y)
    turned = [glyphs.directions == direction for direction in (90, 180, 270)]
    return Course(
        np.select(turned, [glyphs.top, -glyphs.x1, -glyphs.bottom], glyphs.x0),
        np.select(turned, [glyphs.bottom, -glyphs.x0, -glyphs.top], glyphs.x1),
        np.select(turned, [-(glyphs.x0 + glyphs.x1) / 2, -glyphs.origin_y, glyphs.origin_x], glyphs.origin_y),
    )


def gaps_between(course: Course, sizes: Floats) -> tuple[Floats, Floats]:
    """The gaps between characters that follow each other, in points, and the font size that each is measured by."""
    return course.starts[1:] - course.ends[:-1], np.maximum(np.minimum(sizes[:-1], sizes[1:]), _LEAST_SIZE)


class Pieces(NamedTuple):
    """Where characters, in the order of painting, are cut into runs, and what a `Run` has as numbers, in arrays.

    `sides` are the left, upper, right and lower sides of their boxes, `inked` tells which print something.
    """

    firsts: Ints
    stops: Ints
    directions: Ints
    starts: Floats
    ends: Floats
    levels: Floats
    sizes: Floats
    gaps: Floats
    sides: Floats
    inked: Bools


def glyphs_to_pieces(glyphs: Columns, places: Ints | None = None, parted: Bools | None = None) -> Pieces:
    """Cut the characters as `glyphs_to_runs` does, for what needs numbers alone; there must be one at least."""
    course = course_of(glyphs)
    gaps, by_size = gaps_between(course, glyphs.sizes)
    goes_on = _goes_on(glyphs, course, gaps, by_size, places)
    if parted is not None:
        goes_on &= ~parted
    firsts = np.append(0, np.flatnonzero(~goes_on) + 1)
    inner_gaps = np.append(gaps / by_size, -np.inf)
    inner_gaps[firsts[1:] - 1] = -np.inf
    stops = np.append(firsts[1:], len(glyphs))
    starts, ends, sizes, inked = course.starts, course.ends, glyphs.sizes, np.ones(len(firsts), np.bool_)
    if glyphs.blanks.any():
        inked = ~np.logical_and.reduceat(glyphs.blanks, firsts)
        # The characters that say where a run is: those that print something, or all of a run without ink.
        bare = glyphs.blanks & np.repeat(inked, stops - firsts)
        starts, ends = np.where(bare, np.inf, starts), np.where(bare, -np.inf, ends)
        sizes = np.where(bare, -np.inf, sizes)
    largest = _largest(sizes, firsts, stops)
    return Pieces(
        firsts,
        stops,
        glyphs.directions[firsts],
        np.minimum.reduceat(starts, firsts),
        np.maximum.reduceat(ends, firsts),
        course.levels[largest],
        glyphs.sizes[largest],
        np.maximum.reduceat(inner_gaps, firsts),
        np.concatenate(
            [
                np.minimum.reduceat(glyphs.values[:_UPPER], firsts, axis=1),
                np.maximum.reduceat(glyphs.values[_UPPER:_LOWER], firsts, axis=1),
            ]
        ),
        inked,
    )


def glyphs_to_runs(glyphs: Columns, places: Ints | None = None, parted: Bools | None = None) -> list[Run]:
    """Cut the characters, in the order of painting, where the text does not go on.

    `places` tells for each character the place (a cell, or none) that it lies in; between two places a run goes on only
    where no gap at all is seen. Without them all lie in one place. `parted` tells for each character but the last that
    a rule parts it from the next one.
    """
    if not len(glyphs):
        return []
    pieces = glyphs_to_pieces(glyphs, places, parted)
    begins, stops, texts = pieces.firsts.tolist(), pieces.stops.tolist(), glyphs.texts
    parts = [texts[begin:stop] for begin, stop in zip(begins, stops, strict=True)]
    rows = zip(
        repeat(glyphs),
        begins,
        stops,
        parts if isinstance(texts, str) else map("".join, parts),
        *(column.tolist() for column in pieces[2:8]),
        map(Box, *pieces.sides.tolist()),
        strict=False,
    )
    return [*map(Run._make, rows)]


def _goes_on(glyphs: Columns, course: Course, gaps: Floats, by_size: Floats, places: Ints | None) -> Bools:
    """For each character but the last, whether the text goes on with the next one."""
    widest: Floats = WIDE_GAP * by_size
    if places is not None:
        is_same_place = places[1:] == places[:-1]
        widest = np.where(is_same_place, WIDE_GAP, _TOUCHING) * by_size
        # Closing marks hang over a border, and a typesetter sets them apart to fill a line.
        for number in np.flatnonzero(~is_same_place & (gaps > _TOUCHING * by_size)).tolist():
            if glyphs.texts[number + 1] in HANGING:
                widest[number] = _HANGING_GAP * by_size[number]
    goes_on: Bools = (
        (np.abs(course.levels[:-1] - course.levels[1:]) <= SAME_LEVEL * by_size)
        & (-0.5 * by_size <= gaps)
        & (gaps <= widest)
    )
    if glyphs.directions.any():
        goes_on &= glyphs.directions[1:] == glyphs.directions[:-1]
    return goes_on


def _largest(sizes: Floats, firsts: Ints, stops: Ints) -> Ints:
    """The first of the largest characters of each run."""
    largest = np.maximum.reduceat(sizes, firsts)
    numbers = np.flatnonzero(sizes == np.repeat(largest, stops - firsts))
    found: Ints = numbers[np.searchsorted(numbers, firsts)]
    return found


def box_around(boxes: Iterable[Box]) -> Box:
    """The box around boxes."""
    every = list(boxes)
    return Box(
        min([box.x0 for box in every]),
        min([box.top for box in every]),
        max([box.x1 for box in every]),
        max([box.bottom for box in every]),
    )
