"""From characters to runs and lines, in any direction of writing.

A run is text that was painted in one go. A line is what stands on one baseline of one area. Both measure along the
direction of writing (`start`, `end`) and across it (`level`, which grows from line to line), so that vertical and
turned text needs no code of its own further on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from extract.pdf.reader import Direction, Glyph
from schemas.document import Box

_SAME_LEVEL = 0.35
"""Characters whose baselines differ by less than this part of the font size stand on one line. Lines set solid are a
full size apart, ruby and its base more than half a size."""

_TOUCHING = 0.12
"""A gap, in font sizes, that says nothing: text goes on, also across a rule."""

_HANGING = "、。，．）)」』】"
_HANGING_GAP = 0.6

_WIDE_GAP = 1.0
"""A gap, in font sizes, that stands for a space where none is printed. The gap that a typesetter puts between Japanese
and Latin characters is a quarter."""

_LATIN_GAP = 0.18

_SIZE = attrgetter("size")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters painted one after the other along one line."""

    glyphs: tuple[Glyph, ...]
    direction: Direction
    start: float
    end: float
    level: float
    size: float

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def box(self) -> Box:
        return glyphs_to_box(self.glyphs)


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line: its text, stripped, and the characters that make it, without outer spaces.

    `has_space_after` says that a space is printed at its end, `space_after` how wide it is.
    """

    text: str
    glyphs: tuple[Glyph, ...]
    page: int
    direction: Direction
    start: float
    end: float
    level: float
    size: float
    has_space_after: bool = False
    space_after: float = 0.0

    @property
    def width(self) -> float:
        return self.end - self.start

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2

    @property
    def box(self) -> Box:
        return glyphs_to_box(self.glyphs)


def span_along(direction: Direction, box: Box | Glyph) -> tuple[float, float]:
    """Where a box starts and ends along a direction of writing."""
    if direction == 0:
        return box.x0, box.x1
    if direction == 90:
        return box.top, box.bottom
    if direction == 180:
        return -box.x1, -box.x0
    return -box.bottom, -box.top


def level_of(glyph: Glyph) -> float:
    """The baseline across the direction of writing; for text that runs down, the middle of the column."""
    if glyph.direction == 0:
        return glyph.origin_y
    if glyph.direction == 90:
        return -(glyph.x0 + glyph.x1) / 2
    return -glyph.origin_y if glyph.direction == 180 else glyph.origin_x


def glyphs_to_box(glyphs: Iterable[Glyph]) -> Box:
    """The box around characters."""
    _, x0, top, x1, bottom, *_ = zip(*glyphs, strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def glyphs_to_runs(glyphs: Iterable[Glyph], place_of: Callable[[Glyph], Hashable]) -> Iterator[Run]:
    """Cut the characters, in the order of painting, where the text does not go on.

    `place_of` tells the place (a cell, or None) that a character lies in; between two places a run goes on only where
    no gap at all is seen.
    """
    current: list[Glyph] = []
    place: Hashable = None
    for glyph in glyphs:
        here = place_of(glyph)
        if current and not _goes_on(current[-1], glyph, is_same_place=here == place):
            yield _to_run(current)
            current = []
        current.append(glyph)
        place = here
    if current:
        yield _to_run(current)


def _goes_on(before: Glyph, after: Glyph, *, is_same_place: bool) -> bool:
    direction = after.direction
    if before.direction != direction:
        return False
    size = max(min(before.size, after.size), 0.1)
    if direction == 0:  # by far the most text, and this is asked of every character
        shift, gap = before.origin_y - after.origin_y, after.x0 - before.x1
    else:
        shift = level_of(before) - level_of(after)
        gap = span_along(direction, after)[0] - span_along(direction, before)[1]
    if abs(shift) > _SAME_LEVEL * size:
        return False
    # Closing marks hang over a border, and a typesetter sets them apart to fill a line.
    widest = _WIDE_GAP if is_same_place else _HANGING_GAP if after.text in _HANGING else _TOUCHING
    return -0.5 * size <= gap <= widest * size


def _to_run(glyphs: list[Glyph]) -> Run:
    ink = [glyph for glyph in glyphs if not glyph.text.isspace()] or glyphs
    direction = glyphs[0].direction
    start, end = _extent(direction, ink)
    largest = max(ink, key=_SIZE)
    return Run(tuple(glyphs), direction, start, end, level_of(largest), largest.size)


def _extent(direction: Direction, glyphs: Sequence[Glyph]) -> tuple[float, float]:
    """Where characters start and end along a direction of writing."""
    if direction == 0:
        return min([glyph.x0 for glyph in glyphs]), max([glyph.x1 for glyph in glyphs])
    spans = [span_along(direction, glyph) for glyph in glyphs]
    return min(start for start, _ in spans), max(end for _, end in spans)


def runs_to_lines(runs: Iterable[Run], page: int, widest_gap: float | None = None) -> list[TextLine]:
    """Runs of one area, put on lines and read along them: one list for each direction, one after the other.

    Where a gap of more than `widest_gap` font sizes parts two runs, each is a line of its own.
    """
    by_direction: dict[Direction, list[Run]] = {}
    for run in runs:
        by_direction.setdefault(run.direction, []).append(run)
    return [
        line
        for _, group in sorted(by_direction.items())
        for band in _bands(group)
        for part in _parts(band, widest_gap)
        if (line := _to_line(part, page))
    ]


def _parts(band: list[Run], widest_gap: float | None) -> Iterator[list[Run]]:
    part: list[Run] = []
    for run in band:
        if part and widest_gap is not None:
            gap = run.start - max(other.end for other in part)
            if gap > widest_gap * max(run.size, part[-1].size):
                yield part
                part = []
        part.append(run)
    yield part


def _bands(runs: list[Run]) -> Iterator[list[Run]]:
    """Runs that share a baseline, from line to line. Small raised print belongs to the line that it touches."""
    bands: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.level, run.start)):
        if bands and abs(bands[-1][0].level - run.level) <= _SAME_LEVEL * min(run.size, bands[-1][0].size):
            bands[-1].append(run)
        else:
            bands.append([run])
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
        yield sorted(line, key=lambda run: run.start)


def _is_raised(run: Run, line: list[Run]) -> bool:
    """Whether a run is an exponent or a note mark of the line below: small, half beside it, and touching it."""
    base = max(line, key=lambda other: other.size)
    return run.size <= 0.8 * base.size and 0 < base.level - run.level <= 0.55 * base.size and _touches(run, line)


def _is_lowered(run: Run, line: list[Run]) -> bool:
    base = max(line, key=lambda other: other.size)
    return run.size <= 0.8 * base.size and 0 < run.level - base.level <= 0.4 * base.size and _touches(run, line)


def _touches(run: Run, line: list[Run]) -> bool:
    near = 0.4 * run.size
    overlaps = any(run.start < other.end - near and other.start < run.end - near for other in line)
    return not overlaps and any(
        abs(run.start - other.end) <= near or abs(other.start - run.end) <= near for other in line
    )


def _to_line(band: list[Run], page: int) -> TextLine | None:
    glyphs = [glyph for run in band for glyph in run.glyphs]
    printed = [number for number, glyph in enumerate(glyphs) if not glyph.text.isspace()]
    if not printed:
        return None
    first, last = printed[0], printed[-1]
    inner = tuple(glyphs[first : last + 1])
    direction = inner[0].direction
    start, end = _extent(direction, [glyphs[number] for number in printed])
    main = max(band, key=lambda run: (run.size, run.end - run.start))
    return TextLine(
        glyphs_to_text(inner).strip(),
        inner,
        page,
        direction,
        start,
        end,
        main.level,
        main.size,
        last + 1 < len(glyphs) or glyphs[last].text[-1].isspace(),
        sum(end - start for start, end in (span_along(direction, glyph) for glyph in glyphs[last + 1 :])),
    )


def glyphs_to_text(glyphs: Sequence[Glyph]) -> str:
    """The text of one line: its characters, and a space where a wide gap stands for one.

    A gap as wide as a character parts two words, unless the whole line is spread evenly (担　当　課). Between Latin
    words a narrower gap does.
    """
    gaps = [_gap(before, after) for before, after in pairwise(glyphs)]
    is_spread = len(gaps) >= 2 and min(gaps) >= 0.5 and max(gaps) - min(gaps) <= 0.35
    if is_spread or max(gaps, default=0.0) < _LATIN_GAP:
        return "".join([glyph.text for glyph in glyphs])
    parts = [glyph.text for glyph in glyphs[:1]]
    for gap, (before, after) in zip(gaps, pairwise(glyphs), strict=True):
        if gap >= _LATIN_GAP and not before.text[-1:].isspace() and not after.text[:1].isspace():
            is_latin = _is_latin(before.text) and _is_latin(after.text)
            if gap >= (_LATIN_GAP if is_latin else _WIDE_GAP):
                parts.append(" ")
        parts.append(after.text)
    return "".join(parts)


def _gap(before: Glyph, after: Glyph) -> float:
    """The gap between two characters, in font sizes."""
    if before.direction == after.direction == 0:
        space = after.x0 - before.x1
    else:
        space = span_along(after.direction, after)[0] - span_along(before.direction, before)[1]
    return space / max(min(before.size, after.size), 0.1)


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalnum()
