"""Tables that only rules across keep apart: the borders of their columns, from where their texts stand.

Rules that begin and end together, one below the other, and that no rule down meets, part rows. Where the texts of most
rows leave the same places blank, these are the borders of columns. A row of one text is a title across the table, and
a head over several columns is not parted by the borders between them. Where rows do not agree so well, `open_columns`
asks for less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile
from typing import Final

import numpy as np

from extract.pdf.model.glyph_array import Columns
from extract.pdf.tables.crossings import crossings
from extract.pdf.tables.rulings import REACH, Edge, Edges

_LEAST_RULES: Final = 4
"""So many rules close three rows: fewer may be those over and under a heading."""

_LEAST_COLUMNS: Final = 3
"""Rows of two texts may be labels with their values, each a form of its own."""

_LEAST_ROWS: Final = 3
"""So many rows with a text in each column tell where the columns are."""

_GAP: Final = 1.2
"""Texts of one line that stand so far apart, in font sizes, stand in two columns."""

_SAME_LINE: Final = 0.4
"""Baselines no further apart than this part of a font size are one."""

_OFF_CENTRE: Final = 0.5
"""How far, in font sizes, a head may be from the side or the middle of what it stands over."""

_CENTRED: Final = 0.3
"""The same of one that reaches into several columns, which has to stand over their middle."""

_TALLER: Final = 3.0
"""A band so many times as tall as most lies between two tables."""


_Part = tuple[float, float, float, float, str]
"""A character: its baseline, where it begins and ends, its size, itself."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text on one line: from where to where it runs, its baseline, the size of its characters, whether they are a
    number."""

    start: float
    end: float
    level: float
    size: float
    counts: bool


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two rules of a stack: its lines of texts."""

    top: float
    bottom: float
    lines: tuple[tuple[_Text, ...], ...]

    @property
    def texts(self) -> list[_Text]:
        return [text for line in self.lines for text in line]

    @property
    def width(self) -> int:
        """How many texts its fullest line has."""
        return max(map(len, self.lines), default=0)

    @property
    def spans(self) -> list[tuple[float, float]]:
        """The stretches that its texts take, from left to right, whatever their lines."""
        return _joined((text.start, text.end) for text in self.texts)


def with_columns(edges: Edges, glyphs: Columns) -> Edges:
    """The rules of a page, and the borders of columns in stacks of rules across that no rule down meets."""
    found = [edge for stack in _stacks(edges) for edge in _borders(stack, edges.across, glyphs)]
    return Edges(edges.across, (*edges.down, *found)) if found else edges


def _stacks(edges: Edges) -> Iterator[list[Edge]]:
    """Rules across that begin and end together, from the top, and meet no rule down."""
    if len(edges.across) < _LEAST_RULES:
        return
    met = crossings(edges.across, edges.down)
    free = [edge for edge, of_edge in zip(edges.across, met, strict=True) if not of_edge.any()]
    free.sort(key=lambda edge: (round(edge.start / REACH), round(edge.end / REACH), edge.at))
    for _, group in groupby(free, key=lambda edge: (round(edge.start / REACH), round(edge.end / REACH))):
        stack = [*group]
        if len(stack) >= _LEAST_RULES:
            yield stack


def _borders(stack: Sequence[Edge], across: Sequence[Edge], glyphs: Columns) -> Iterator[Edge]:
    """The borders of the columns of each table of a stack."""
    bands = [_band(upper, lower, glyphs) for upper, lower in pairwise(stack)]
    usual = float(np.median([band.bottom - band.top for band in bands]))
    start, end = min(edge.start for edge in stack), max(edge.end for edge in stack)
    for between, run in groupby(bands, key=lambda band: _lies_between(band, usual)):
        if not between:
            yield from _borders_of_table([*run], start, end, across)


def _borders_of_table(bands: Sequence[_Band], start: float, end: float, across: Sequence[Edge]) -> Iterator[Edge]:
    """The borders of the columns of one table, and its sides; none where its rows do not agree."""
    columns = _columns(bands, start, end)
    if not columns or any(text.counts for text in bands[0].texts):
        return  # the head of numbers right below the first rule stands above it
    borders = [_gutter(left[1], right[0], bands, across) for left, right in pairwise(columns)]
    heads = [*takewhile(lambda band: band.width < len(columns), bands)]
    over = _over_several(heads, columns, [start, *borders, end])
    if over is None:
        return
    yield from (Edge(x, bands[0].top, bands[-1].bottom, is_drawn=False) for x in (start, end))
    for x in borders:
        yield from _border(x, bands, across, over)


def _lies_between(band: _Band, usual: float) -> bool:
    """Whether a band lies between two tables: nothing in it stands beside something else, on several lines or far
    below the rule."""
    if any(len(line) > 1 for line in band.lines):
        return False
    return len(band.lines) > 1 or band.bottom - band.top > _TALLER * usual or not band.lines


def _band(upper: Edge, lower: Edge, glyphs: Columns) -> _Band:
    """The texts between two rules, by lines from the top."""
    xs, ys = glyphs.middles
    inside = (ys > upper.at) & (ys < lower.at) & (xs > upper.start) & (xs < upper.end)
    inside &= ~glyphs.blanks & (glyphs.directions == 0)
    numbers = np.flatnonzero(inside)
    parts = sorted(
        (float(glyphs.origin_y[n]), float(glyphs.x0[n]), float(glyphs.x1[n]), float(glyphs.sizes[n]), glyphs.texts[n])
        for n in numbers.tolist()
    )
    lines: list[list[_Part]] = []
    for part in parts:
        if lines and part[0] - lines[-1][0][0] <= _SAME_LINE * part[3]:
            lines[-1].append(part)
        else:
            lines.append([part])
    return _Band(upper.at, lower.at, tuple(tuple(_texts(line)) for line in lines))


def _texts(line: Sequence[_Part]) -> Iterator[_Text]:
    """The texts of a line, from left to right: what no wide gap parts is one."""
    parts: list[list[_Part]] = []
    for part in sorted(line, key=lambda part: part[1]):
        if parts and part[1] - max(before[2] for before in parts[-1]) <= _GAP * part[3]:
            parts[-1].append(part)
        else:
            parts.append([part])
    for of_text in parts:
        is_number = all(part[4].isdigit() or part[4] in ",.，．" for part in of_text)
        yield _Text(of_text[0][1], max(part[2] for part in of_text), of_text[0][0], of_text[0][3], is_number)


def _joined(spans: Iterator[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _columns(bands: Sequence[_Band], start: float, end: float) -> list[tuple[float, float]]:
    """The stretches that the texts of most rows take; none where the rows do not agree."""
    counts = Counter(len(band.spans) for band in bands)
    most = max((count for count, times in counts.items() if times >= _LEAST_ROWS), default=0)
    full = [band for band in bands if len(band.spans) == most]
    if most < _LEAST_COLUMNS or any(band.width > most + 1 for band in bands):
        return []
    columns = _joined(span for band in full for span in band.spans)
    if len(columns) != most or columns[0][0] < start - REACH or columns[-1][1] > end + REACH:
        return []
    return columns


def _gutter(left: float, right: float, bands: Sequence[_Band], across: Sequence[Edge]) -> float:
    """The border between two columns: where a rule under a group of heads ends between them, else the middle."""
    top, bottom = bands[0].top, bands[-1].bottom
    ends = {x for edge in across if top < edge.at < bottom for x in edge[1:3] if left < x < right}
    return min(ends) if ends and max(ends) - min(ends) <= REACH else (left + right) / 2


def _over_several(
    heads: Sequence[_Band], columns: Sequence[tuple[float, float]], borders: Sequence[float]
) -> dict[_Text, tuple[float, float]] | None:
    """The heads that stand over the middle of several columns and at no side or middle of one, and those columns.

    None where one reaches into several columns and does not stand over their middle and their own heads: nothing tells
    whose it is.
    """
    found: dict[_Text, tuple[float, float]] = {}
    for line in (line for band in heads if len(band.texts) > 1 for line in band.lines):
        under = [[at for at, (left, right) in enumerate(pairwise(borders)) if left < text.end and text.start < right]
                 for text in line]  # fmt: skip
        for at, text in enumerate(line):
            first = under[at - 1][-1] + 1 if at and under[at - 1] else 0
            stop = under[at + 1][0] if at + 1 < len(line) and under[at + 1] else len(columns)
            middle, slack = (text.start + text.end) / 2, _OFF_CENTRE * text.size
            if not under[at]:
                continue
            if len(under[at]) > 1:
                reach = borders[under[at][0]], borders[under[at][-1] + 1]
                below = [other for band in heads for other in band.texts if other.level > text.level]
                led = [other for other in below if reach[0] < (other.start + other.end) / 2 < reach[1]]
                if abs(sum(reach) / 2 - middle) > _CENTRED * text.size or len(led) < len(under[at]):
                    return None
                found[text] = reach
                continue
            if _fits(text, *columns[under[at][0]], borders[under[at][0] : under[at][0] + 2]):
                continue
            spans = [
                (borders[one], borders[last + 1])
                for one in range(first, under[at][0] + 1) for last in range(under[at][0], stop)
                if last > one and abs((borders[one] + borders[last + 1]) / 2 - middle) <= slack
            ]  # fmt: skip
            if len(spans) == 1:
                found[text] = spans[0]
    return found


def _fits(text: _Text, start: float, end: float, borders: Sequence[float]) -> bool:
    """Whether a head stands at the left, the right or the middle of a column, or of the texts in it."""
    slack, middle = _OFF_CENTRE * text.size, (text.start + text.end) / 2
    ends = abs(text.start - start), abs(text.end - end)
    return min(*ends, *(abs(sum(pair) / 2 - middle) for pair in ((start, end), borders))) <= slack


def _border(
    x: float, bands: Sequence[_Band], across: Sequence[Edge], heads: Mapping[_Text, tuple[float, float]]
) -> Iterator[Edge]:
    """The stretches of a border of columns that no text crosses, and that lie in no title across the table.

    `heads` are those that stand over more columns than their text takes.
    """
    for band in bands:
        if len(band.texts) < 2:
            continue
        inner = [edge.at for edge in across if band.top + REACH < edge.at < band.bottom - REACH and edge.covers(x)]
        for top, bottom in pairwise([band.top, *sorted(inner), band.bottom]):
            here = [text for text in band.texts if top < text.level - text.size / 2 < bottom]
            reach = [heads.get(text, (text.start, text.end)) for text in here]
            if not any(start < x < end for start, end in reach):
                yield Edge(x, top, bottom, is_drawn=False)
