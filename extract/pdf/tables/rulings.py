"""From what was drawn to edges: horizontal and vertical rules, each drawn once, without what only looks like a rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from extract.pdf.model.glyph_array import Columns
from extract.pdf.model.raw_page import Fill, RawPage, Stroke

THIN = 3.0
"""A filled rectangle up to this many points across is a rule."""

_SNAP = 0.9
"""Edges no further apart than this are one: a stroke drawn twice, or the borders of two cells that touch."""

_GAP = 1.6
"""A gap along a rule up to this many points is none."""

_DASH = 8.0
"""The longest piece, and the longest gap, of a rule of dashes or dots."""

_SHORT = 3.5
"""A rule shorter than this bounds no cell."""

_UNDERLINED = (-0.1, 0.35)
"""How far below a baseline, in font sizes, an underline of its words lies."""

REACH = 3.2
"""How far, in points, a rule may stop short of another and still meet it. Also how far two rules may lie apart and
still draw one border, as a doubled rule or the boxes of neighbouring cells do."""


class Edge(NamedTuple):
    """A rule along one axis: at `at`, from `start` to `end`, `width` points across.

    `is_drawn` is False for an edge that closes a table where none is drawn.
    """

    at: float
    start: float
    end: float
    width: float = 0.0
    is_drawn: bool = True

    @property
    def length(self) -> float:
        return self.end - self.start

    def covers(self, point: float, slack: float = 0.0) -> bool:
        return self.start - slack <= point <= self.end + slack


@dataclass(frozen=True, slots=True)
class Edges:
    """The rules of a page: `across` run from left to right, `down` from top to bottom."""

    across: tuple[Edge, ...]
    down: tuple[Edge, ...]

    def __bool__(self) -> bool:
        return bool(self.across and self.down)


def page_to_edges(page: RawPage, glyphs: Columns) -> Edges:
    """The visible rules of a page, doubled and dashed ones merged, underlines of words left out."""
    shades = page_to_shades(page)
    in_order = sorted(shades, key=_ORDER)
    above = [_Cover(shade.top, shade.bottom, shade.x0, shade.x1, shade.order) for shade in in_order]
    beside = [_Cover(shade.x0, shade.x1, shade.top, shade.bottom, shade.order) for shade in in_order]
    across: list[Edge] = []
    down: list[Edge] = []
    for paint, is_across, edge in _drawn_edges(page):
        x, y = ((edge.start + edge.end) / 2, edge.at) if is_across else (edge.at, (edge.start + edge.end) / 2)
        if not is_white_on_white(paint.lightness, paint.order, x, y, shades):
            (across if is_across else down).extend(_uncovered(edge, paint.order, above if is_across else beside))
    merged = tuple(merge_edges(across))
    return Edges(tuple(_without_underlines(merged, glyphs)), tuple(merge_edges(down)))


def page_to_shades(page: RawPage) -> list[Fill]:
    """The filled areas of a page, in the order of painting."""
    return [fill for fill in page.fills if min(fill.x1 - fill.x0, fill.bottom - fill.top) > THIN]


def fills_to_edges(fills: Iterable[Fill]) -> Edges:
    """The outlines of filled areas, for tables that are shaded and not ruled."""
    across: list[Edge] = []
    down: list[Edge] = []
    for fill in fills:
        across += [Edge(fill.top, fill.x0, fill.x1), Edge(fill.bottom, fill.x0, fill.x1)]
        down += [Edge(fill.x0, fill.top, fill.bottom), Edge(fill.x1, fill.top, fill.bottom)]
    return Edges(tuple(merge_edges(across)), tuple(merge_edges(down)))


def merge_edges(edges: Iterable[Edge]) -> Iterator[Edge]:
    """Edges on one line that touch or overlap become one; runs of dashes and dots too.

    >>> [(edge.start, edge.end) for edge in merge_edges([Edge(10, 0, 50), Edge(10.4, 50, 90), Edge(10, 200, 300)])]
    [(0, 90), (200, 300)]
    >>> [(edge.start, edge.end) for edge in merge_edges(Edge(10, x, x + 2) for x in range(0, 100, 4))]
    [(0, 98)]
    """
    for line in _on_one_line(sorted(edges)):
        yield from _merge_along(line)


def _on_one_line(edges: Sequence[Edge]) -> Iterator[list[Edge]]:
    line: list[Edge] = []
    for edge in edges:
        if line and edge.at - line[0].at > _SNAP:
            yield line
            line = []
        line.append(edge)
    if line:
        yield line


def _merge_along(line: list[Edge]) -> Iterator[Edge]:
    total = fsum(max(edge.length, 0.1) for edge in line)
    at = fsum(edge.at * max(edge.length, 0.1) for edge in line) / total
    pieces = sorted(line, key=lambda edge: (edge.start, edge.end))
    merged: list[Edge] = []
    for piece in pieces:
        if merged and piece.start - merged[-1].end <= _GAP:
            last = merged[-1]
            merged[-1] = last._replace(end=max(last.end, piece.end), width=max(last.width, piece.width))
        else:
            merged.append(Edge(at, piece.start, piece.end, piece.width, piece.is_drawn))
    for edge in _merge_dashes(merged):
        if edge.length >= _SHORT:
            yield edge


def _merge_dashes(pieces: list[Edge]) -> Iterator[Edge]:
    """Three and more short pieces with short gaps of one kind are one rule."""
    run: list[Edge] = []
    for piece in pieces:
        if run and (piece.start - run[-1].end > _DASH or piece.length > _DASH or run[-1].length > _DASH):
            yield from _close_run(run)
            run = []
        run.append(piece)
    yield from _close_run(run)


def _close_run(run: list[Edge]) -> Iterator[Edge]:
    gaps = [after.start - before.end for before, after in pairwise(run)]
    if len(run) >= 3 and max(gaps) - min(gaps) <= 2.0:
        yield run[0]._replace(end=run[-1].end)
    else:
        yield from run


@dataclass(frozen=True, slots=True)
class _Cover:
    """A filled area as a rule sees it: its extent across the rule and along it."""

    low: float
    high: float
    start: float
    end: float
    order: int


_ORDER = attrgetter("order")


def _drawn_edges(page: RawPage) -> Iterator[tuple[Stroke | Fill, bool, Edge]]:
    """Every straight stroke and thin fill along an axis; True for those that run across the page."""
    for stroke in page.strokes:
        dx, dy = abs(stroke.x1 - stroke.x0), abs(stroke.y1 - stroke.y0)
        if dy <= 0.5 or (dy <= 1.0 and dx > 40 * dy):
            start, end = sorted((stroke.x0, stroke.x1))
            yield stroke, True, Edge((stroke.y0 + stroke.y1) / 2, start, end, stroke.width)
        elif dx <= 0.5 or (dx <= 1.0 and dy > 40 * dx):
            start, end = sorted((stroke.y0, stroke.y1))
            yield stroke, False, Edge((stroke.x0 + stroke.x1) / 2, start, end, stroke.width)
    for fill in page.fills:
        width, height = fill.x1 - fill.x0, fill.bottom - fill.top
        # A dot of a dotted rule is a square: it may belong to a rule of either axis.
        if height <= THIN and width >= height - 0.5:
            yield fill, True, Edge((fill.top + fill.bottom) / 2, fill.x0, fill.x1, height)
        if width <= THIN and height >= width - 0.5:
            yield fill, False, Edge((fill.x0 + fill.x1) / 2, fill.top, fill.bottom, width)


def _uncovered(edge: Edge, order: int, shades: Sequence[_Cover]) -> Iterator[Edge]:
    """What of a rule is not painted over later; the shades are in the order of painting.

    A shade that ends near the rule belongs to a cell beside it, and the rule still shows.
    """
    later = shades[bisect_right(shades, order, key=_ORDER) :]
    hidden = sorted(
        (shade.start, shade.end)
        for shade in later
        if shade.low + 1.5 < edge.at < shade.high - 1.5 and shade.start < edge.end and shade.end > edge.start
    )
    if not hidden:
        yield edge
        return
    position = edge.start
    for start, end in hidden:
        if start > position:
            yield edge._replace(start=position, end=start)
        position = max(position, end)
    if position < edge.end:
        yield edge._replace(start=position)


def is_white_on_white(lightness: float | None, order: int, x: float, y: float, shades: Sequence[Fill]) -> bool:
    """Whether paint at a point is white and lies on nothing darker that was painted before."""
    if lightness is None or lightness < 0.99:
        return False
    return not any(
        shade.order < order
        and shade.x0 - 1 <= x <= shade.x1 + 1
        and shade.top - 1 <= y <= shade.bottom + 1
        and (shade.lightness is None or shade.lightness < 0.985)
        for shade in shades
    )


def _without_underlines(edges: Sequence[Edge], glyphs: Columns) -> Iterator[Edge]:
    """Leave out rules that begin and end with the words right above them."""
    words = np.flatnonzero((glyphs.directions == 0) & ~glyphs.blanks)
    words = words[np.argsort(glyphs.origin_y[words], kind="stable")]
    levels, sizes, x0, x1 = glyphs.origin_y[words], glyphs.sizes[words], glyphs.x0[words], glyphs.x1[words]
    places = np.array([edge.at for edge in edges])
    largest = sizes.max(initial=0.0)
    firsts = np.searchsorted(levels, places - _UNDERLINED[1] * largest).tolist()
    lasts = np.searchsorted(levels, places - _UNDERLINED[0] * largest, side="right").tolist()
    for edge, first, last in zip(edges, firsts, lasts, strict=True):
        if first == last:
            yield edge
            continue
        part = slice(first, last)
        distances = edge.at - levels[part]
        is_above = (
            (_UNDERLINED[0] * sizes[part] <= distances)
            & (distances <= _UNDERLINED[1] * sizes[part])
            & (x1[part] > edge.start + 0.5)
            & (x0[part] < edge.end - 0.5)
        )
        if not is_above.any():
            yield edge
            continue
        left, right = x0[part][is_above].min(), x1[part][is_above].max()
        if abs(left - edge.start) > 0.55 or abs(right - edge.end) > 0.55:
            yield edge
