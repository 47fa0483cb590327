"""From characters to runs: text that was painted in one go, in any direction of writing.

Runs and lines measure along the direction of writing (`start`, `end`) and across it (`level`, which grows from line to
line), so that vertical and turned text needs no code of its own further on.
"""

from __future__ import annotations

from collections.abc import Iterable
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


def glyphs_to_runs(glyphs: Columns, places: Ints | None = None, parted: Bools | None = None) -> list[Run]:
    """Cut the characters, in the order of painting, where the text does not go on.

    `places` tells for each character the place (a cell, or none) that it lies in; between two places a run goes on only
    where no gap at all is seen. Without them all lie in one place. `parted` tells for each character but the last that
    a rule parts it from the next one.
    """
    if not len(glyphs):
        return []
    places = np.zeros(len(glyphs), np.int64) if places is None else places
    course = course_of(glyphs)
    gaps, by_size = gaps_between(course, glyphs.sizes)
    goes_on = _goes_on(glyphs, course, gaps, by_size, places)
    if parted is not None:
        goes_on &= ~parted
    firsts = np.append(0, np.flatnonzero(~goes_on) + 1)
    inner_gaps = np.append(gaps / by_size, -np.inf)
    inner_gaps[firsts[1:] - 1] = -np.inf
    ink = _ink(glyphs.blanks, firsts)
    largest = _largest(np.where(ink, glyphs.sizes, -np.inf), firsts)
    begins, stops = firsts.tolist(), np.append(firsts[1:], len(glyphs)).tolist()
    texts = glyphs.texts
    rows = zip(
        repeat(glyphs),
        begins,
        stops,
        ["".join(texts[begin:stop]) for begin, stop in zip(begins, stops, strict=True)],
        glyphs.directions[firsts].tolist(),
        np.minimum.reduceat(np.where(ink, course.starts, np.inf), firsts).tolist(),
        np.maximum.reduceat(np.where(ink, course.ends, -np.inf), firsts).tolist(),
        course.levels[largest].tolist(),
        glyphs.sizes[largest].tolist(),
        np.maximum.reduceat(inner_gaps, firsts).tolist(),
        map(
            Box,
            np.minimum.reduceat(glyphs.x0, firsts).tolist(),
            np.minimum.reduceat(glyphs.top, firsts).tolist(),
            np.maximum.reduceat(glyphs.x1, firsts).tolist(),
            np.maximum.reduceat(glyphs.bottom, firsts).tolist(),
        ),
        strict=False,
    )
    return [*map(Run._make, rows)]


def _goes_on(glyphs: Columns, course: Course, gaps: Floats, by_size: Floats, places: Ints) -> Bools:
    """For each character but the last, whether the text goes on with the next one."""
    is_same_place = places[1:] == places[:-1]
    widest = np.where(is_same_place, WIDE_GAP, _TOUCHING)
    # Closing marks hang over a border, and a typesetter sets them apart to fill a line.
    for number in np.flatnonzero(~is_same_place & (gaps > _TOUCHING * by_size)).tolist():
        if glyphs.texts[number + 1] in HANGING:
            widest[number] = _HANGING_GAP
    goes_on: Bools = (
        (np.diff(glyphs.directions) == 0)
        & (np.abs(course.levels[:-1] - course.levels[1:]) <= SAME_LEVEL * by_size)
        & (-0.5 * by_size <= gaps)
        & (gaps <= widest * by_size)
    )
    return goes_on


def _ink(blanks: Bools, firsts: Ints) -> Bools:
    """The characters that say where a run is: those that print something, or all of a run without ink."""
    if not blanks.any():
        return ~blanks
    is_bare = np.logical_and.reduceat(blanks, firsts)
    ink: Bools = ~blanks | np.repeat(is_bare, np.diff(np.append(firsts, len(blanks))))
    return ink


def _largest(sizes: Floats, firsts: Ints) -> Ints:
    """The first of the largest characters of each run."""
    largest = np.repeat(np.maximum.reduceat(sizes, firsts), np.diff(np.append(firsts, len(sizes))))
    numbers = np.where(sizes == largest, np.arange(len(sizes)), len(sizes))
    found: Ints = np.minimum.reduceat(numbers, firsts)
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
