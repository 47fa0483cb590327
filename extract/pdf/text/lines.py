"""From runs to lines: what stands on one baseline of one area, and its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from math import fsum
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from extract.pdf.model.glyph_array import Columns, Floats, join_columns
from extract.pdf.model.raw_page import Direction
from extract.pdf.text.runs import SAME_LEVEL, WIDE_GAP, Run, box_around, course_of, gaps_between
from extract.pdf.text.settings import LINES
from schemas.document import Box

_LATIN_GAP = 0.18
"""The least gap, in font sizes, that parts two Latin words."""

_OVERPRINT = 0.3
"""How far, in font sizes, a character may reach into the next one: kerning and marks that are set close do."""

_SMALL = 0.8
"""Raised and lowered print is at most this part of the size of the line that it belongs to."""

_OF_NUMBERS = frozenset("0123456789０１２３４５６７８９.,．，-－▲△%％")
_LEAST_DIGITS = 3
_SPREAD = 0.8
"""Digits that are spread begin so far apart at least, in font sizes; set as usual, about half of one."""

_EVEN = 0.15
"""How much the distances of evenly set digits differ at most, in font sizes."""

_LEVEL_AND_START = attrgetter("level", "start")
_START = attrgetter("start")


class TextLine(NamedTuple):
    """One printed line: its text, stripped, and the characters that make it, without outer spaces.

    They are those of `source` from the number `first` up to `stop`. `has_space_after` says that a space is printed at
    its end, `space_after` how wide it is.
    """

    text: str
    source: Columns
    first: int
    stop: int
    box: Box
    page: int
    direction: Direction
    start: float
    end: float
    level: float
    size: float
    has_space_after: bool = False
    space_after: float = 0.0

    @property
    def glyphs(self) -> Columns:
        return self.source[self.first : self.stop]

    @property
    def width(self) -> float:
        return self.end - self.start

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def runs_to_lines(runs: Iterable[Run], page: int, widest_gap: float | None = None) -> list[TextLine]:
    """Runs of one area, put on lines and read along them: one list for each direction, one after the other.

    Where a gap of more than `widest_gap` font sizes parts two runs, each is a line of its own.
    """
    every = list(runs)
    if not every:
        return []
    if len(every) == 1:
        line = _to_line(every, page)
        return [line] if line else []
    by_direction: dict[Direction, list[Run]] = {}
    for run in every:
        by_direction.setdefault(run.direction, []).append(run)
    return [
        line
        for _, group in sorted(by_direction.items())
        for band in _bands(group)
        for part in _parts(band, widest_gap)
        if (line := _to_line(part, page))
    ]


def _parts(band: list[Run], widest_gap: float | None) -> Iterator[list[Run]]:
    if widest_gap is None:
        yield band
        return
    part: list[Run] = []
    end = 0.0
    for run in band:
        if part and run.start - end > widest_gap * max(run.size, part[-1].size):
            yield part
            part = []
        end = max(end, run.end) if part else run.end
        part.append(run)
    yield part


def _bands(runs: list[Run]) -> Iterator[list[Run]]:
    """Runs that share a baseline, from line to line. Small raised print belongs to the line that it touches."""
    if len(runs) == 1:
        yield runs
        return
    bands: list[list[Run]] = []
    for run in sorted(runs, key=_LEVEL_AND_START):
        if bands and abs(bands[-1][0].level - run.level) <= SAME_LEVEL * min(run.size, bands[-1][0].size):
            bands[-1].append(run)
        else:
            bands.append([run])
    sizes = [run.size for run in runs]
    if min(sizes) > _SMALL * max(sizes):
        yield from (sorted(band, key=_START) for band in bands)
        return
    lines: list[list[Run]] = []
    pending: list[Run] = []
    for band in bands:
        if lines and all(_is_lowered(run, lines[-1]) for run in band):
            lines[-1].extend(band)
            continue
        raised = [run for run in pending if _is_raised(run, band)]
        if pending and len(raised) == len(pending) and lines and lines[-1] is pending:
            lines.pop()
            band = [*band, *raised]
        lines.append(band)
        pending = band
    for line in lines:
        yield sorted(line, key=_START)


def _is_raised(run: Run, line: list[Run]) -> bool:
    """Whether a run is an exponent or a note mark of the line below: small, half beside it, and touching it."""
    base = max(line, key=lambda other: other.size)
    return (
        run.size <= _SMALL * base.size
        and 0 < base.level - run.level <= LINES.raised * base.size
        and _touches(run, line)
    )


def _is_lowered(run: Run, line: list[Run]) -> bool:
    base = max(line, key=lambda other: other.size)
    return (
        run.size <= _SMALL * base.size
        and 0 < run.level - base.level <= LINES.lowered * base.size
        and _touches(run, line)
    )


def _touches(run: Run, line: list[Run]) -> bool:
    near = LINES.touching * run.size
    overlaps = any(run.start < other.end - near and other.start < run.end - near for other in line)
    return not overlaps and any(
        abs(run.start - other.end) <= near or abs(other.start - run.end) <= near for other in line
    )


def _to_line(band: list[Run], page: int) -> TextLine | None:
    if len(band) == 1 and (run := band[0]).gap < _LATIN_GAP:
        if not run.text[0].isspace() and not run.text[-1].isspace():
            return TextLine(run.text, *run[:3], run.box, page, run.direction, run.start, run.end, run.level, run.size)
        if isinstance(run.source.texts, str):
            return _without_blanks(run, page)
    glyphs = _glyphs_of(band)
    printed = np.flatnonzero(~glyphs.blanks)
    if not len(printed):
        return None
    first, last = int(printed[0]), int(printed[-1])
    is_whole = last - first + 1 == len(glyphs)  # no white space around it
    inner = glyphs if is_whole else glyphs[first : last + 1]
    main = max(band, key=lambda run: (run.size, run.end - run.start))
    inked = [run for run in band if run.text.strip()]
    return TextLine(
        glyphs_to_text(inner).strip(),
        inner,
        0,
        len(inner),
        box_around(run.box for run in band) if is_whole else inner.box,
        page,
        main.direction,
        min(run.start for run in inked),
        max(run.end for run in inked),
        main.level,
        main.size,
        last + 1 < len(glyphs) or glyphs.texts[last][-1].isspace(),
        _room(glyphs, last + 1, len(glyphs), main.direction),
    )


def _without_blanks(run: Run, page: int) -> TextLine | None:
    """The line of a run alone that has blanks around it and no gap that stands for one."""
    text = run.text.strip()
    if not text:
        return None
    source, start = run.source, run.first + len(run.text) - len(run.text.lstrip())
    stop = start + len(text)
    room = _room(source, stop, run.stop, run.direction)
    place = (run.direction, run.start, run.end, run.level, run.size)
    return TextLine(text, source, start, stop, source.box_of(start, stop), page, *place, stop < run.stop, room)


def _room(glyphs: Columns, first: int, stop: int, direction: Direction) -> float:
    """The lengths of characters from a number up to another one, along a direction, added up."""
    if first == stop:
        return 0.0
    low, high = (glyphs.x0, glyphs.x1) if direction in (0, 180) else (glyphs.top, glyphs.bottom)
    return fsum((high[first:stop] - low[first:stop]).tolist())


def _glyphs_of(band: list[Run]) -> Columns:
    """The characters of runs, one run after the other; those that were painted into the gaps of a run stand there."""
    reached = list(accumulate((run.end for run in band), max))
    is_apart = all(run.start >= end - _OVERPRINT * run.size for run, end in zip(band[1:], reached, strict=False))
    follow = (before.source is after.source and before.stop == after.first for before, after in pairwise(band))
    if is_apart and all(follow):
        return band[0].source[band[0].first : band[-1].stop]
    glyphs = _joined(band)
    return glyphs if is_apart else _in_gaps(glyphs)


def _joined(band: list[Run]) -> Columns:
    source = band[0].source
    if all(run.source is source for run in band):
        return source.take([number for run in band for number in range(run.first, run.stop)])
    return join_columns([run.glyphs for run in band])


def _in_gaps(glyphs: Columns) -> Columns:
    """The characters by where they start, unless some stand upon others: then they are no text that has one order.

    A space may be as wide as what was painted into it: a mark of another font among options.
    """
    sorted_ = glyphs.take(np.argsort(course_of(glyphs).starts, kind="stable"))
    course = course_of(sorted_)
    gaps, by_size = gaps_between(course, sorted_.sizes)
    # What stands upon a space alone, within it, was painted into it.
    within = sorted_.blanks[:-1] & ~sorted_.blanks[1:] & (course.ends[1:] <= course.ends[:-1] + _OVERPRINT * by_size)
    return sorted_ if bool(((gaps >= -_OVERPRINT * by_size) | within).all()) else glyphs


def glyphs_to_text(glyphs: Columns) -> str:
    """The text of one line: its characters, and a space where a wide gap stands for one.

    A gap as wide as a character parts two words, unless the whole line is spread evenly (担　当　課). Between Latin
    words a narrower gap does.
    """
    course = course_of(glyphs)
    space, by_size = gaps_between(course, glyphs.sizes)
    gaps = space / by_size
    widest = gaps.max(initial=0.0)
    if widest < _LATIN_GAP:
        return glyphs.text
    least = gaps.min()
    is_spread = len(gaps) >= 2 and least >= LINES.spread_gap and widest - least <= LINES.spread_differs
    if is_spread or _is_even(glyphs, course.starts):
        return glyphs.text
    parts = list(glyphs.texts)
    for number in np.flatnonzero(gaps >= _LATIN_GAP).tolist():
        before, after = glyphs.texts[number], glyphs.texts[number + 1]
        if not before[-1:].isspace() and not after[:1].isspace():
            is_latin = _is_latin(before) and _is_latin(after)
            if gaps[number] >= (_LATIN_GAP if is_latin else WIDE_GAP):
                parts[number] += " "
    return "".join(parts)


def _is_even(glyphs: Columns, starts: Floats) -> bool:
    """Whether three digits at least and their marks begin at even distances, wider than they are set (7,  9  1  5)."""
    if len(glyphs) < _LEAST_DIGITS or not all(text in _OF_NUMBERS for text in glyphs.texts):
        return False
    pitches = np.diff(starts) / glyphs.sizes[1:]
    return bool(pitches.min() >= _SPREAD and pitches.max() - pitches.min() <= _EVEN)


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalnum()
