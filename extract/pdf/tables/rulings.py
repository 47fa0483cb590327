"""From what was drawn to edges: horizontal and vertical rules, each drawn once, without what only looks like a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from extract.pdf.model.glyph_array import Columns, Floats
from extract.pdf.model.raw_page import SHADED, WHITE, Fill, RawPage, Stroke
from extract.pdf.tables.settings import GRIDS

THIN = 3.0
"""A filled rectangle up to this many points across is a rule."""

_SNAP = 0.9
"""Edges no further apart than this are one: a stroke drawn twice, or the borders of two cells that touch."""

_GAP = 1.6
"""A gap along a rule up to this many points is none."""

_DASH = 8.0
"""The longest piece, and the longest gap, of a rule of dashes or dots."""

_EVEN = 2.0
"""The gaps of a rule of dashes differ by no more than this, in points."""

_SHORT = 3.5
"""A rule shorter than this bounds no cell."""

_UNDERLINED = (-0.1, 0.35)
"""How far below a baseline, in font sizes, an underline of its words lies."""

_AT_ONCE = 500_000
"""So many comparisons are made at once: a few megabytes."""

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
    hiding = [(shade.top, shade.bottom, shade.x0, shade.x1, shade.order) for shade in shades if not shade.is_clear]
    covers = np.array(hiding).reshape(-1, 5)
    across: list[Edge] = []
    down: list[Edge] = []
    orders_across: list[int] = []
    orders_down: list[int] = []
    for paint, is_across, edge in _drawn_edges(page):
        if paint.lightness is not None and paint.lightness >= WHITE:
            x, y = ((edge.start + edge.end) / 2, edge.at) if is_across else (edge.at, (edge.start + edge.end) / 2)
            if is_white_on_white(paint.lightness, paint.order, x, y, shades):
                continue
        (across if is_across else down).append(edge)
        (orders_across if is_across else orders_down).append(paint.order)
    across = [*_uncovered(across, orders_across, covers)]
    down = [*_uncovered(down, orders_down, covers[:, [2, 3, 0, 1, 4]])]
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
    lengths = [max(end - start, GRIDS.least_length) for _, start, end, _, _ in line]
    at = fsum([edge.at * length for edge, length in zip(line, lengths, strict=True)]) / fsum(lengths)
    pieces = sorted(line, key=_START_AND_END) if len(line) > 1 else line
    merged: list[Edge] = []
    for _, start, end, width, is_drawn in pieces:
        if merged and start - merged[-1].end <= _GAP:
            last = merged[-1]
            merged[-1] = Edge(at, last.start, max(last.end, end), max(last.width, width), last.is_drawn)
        else:
            merged.append(Edge(at, start, end, width, is_drawn))
    for edge in _merge_dashes(merged) if len(merged) > 1 else merged:
        if edge.length >= _SHORT:
            yield edge


def _merge_dashes(pieces: list[Edge]) -> Iterator[Edge]:
    """Three and more short pieces with short gaps of one kind are one rule."""
    runs: list[list[Edge]] = []
    for piece in pieces:
        last = runs[-1][-1] if runs else None
        if last is None or piece.start - last.end > _DASH or piece.length > _DASH or last.length > _DASH:
            runs.append([])
        runs[-1].append(piece)
    gap, before = 0.0, None
    for run in runs:
        gaps = [after.start - first.end for first, after in pairwise(run)]
        is_dashed = len(run) >= GRIDS.least_dashes and max(gaps) - min(gaps) <= _EVEN
        for edge in [run[0]._replace(end=run[-1].end)] if is_dashed else run:
            own = max(gaps) if is_dashed else 0.0
            # The first dash, or the last, may touch a longer piece of the same line.
            if before is not None and (own or gap) and edge.start - before.end <= max(own, gap) + _EVEN / 2:
                before = before._replace(end=edge.end)
            else:
                if before is not None:
                    yield before
                before = edge
            gap = own
    if before is not None:
        yield before


_START_AND_END = attrgetter("start", "end")


def _is_level(rise: float, run: float) -> bool:
    """Whether a stroke that rises, or runs off to a side, by so much over its length lies along an axis."""
    return rise <= GRIDS.level or (rise <= GRIDS.nearly_level and run > GRIDS.slope * rise)


def _drawn_edges(page: RawPage) -> Iterator[tuple[Stroke | Fill, bool, Edge]]:
    """Every straight stroke and thin fill along an axis; True for those that run across the page."""
    for stroke in page.strokes:
        x0, y0, x1, y1, width, *_ = stroke
        dx, dy = abs(x1 - x0), abs(y1 - y0)
        if _is_level(dy, dx):
            yield stroke, True, Edge((y0 + y1) / 2, min(x0, x1), max(x0, x1), width)
        elif _is_level(dx, dy):
            yield stroke, False, Edge((x0 + x1) / 2, min(y0, y1), max(y0, y1), width)
    for fill in page.fills:
        width, height = fill.x1 - fill.x0, fill.bottom - fill.top
        # A dot of a dotted rule is a square: it may belong to a rule of either axis.
        if height <= THIN and width >= height - 0.5:
            yield fill, True, Edge((fill.top + fill.bottom) / 2, fill.x0, fill.x1, height)
        if width <= THIN and height >= width - 0.5:
            yield fill, False, Edge((fill.x0 + fill.x1) / 2, fill.top, fill.bottom, width)


def _uncovered(edges: Sequence[Edge], orders: Sequence[int], covers: Floats) -> Iterator[Edge]:
    """What of some rules is not painted over later. `orders` are the places of the rules in the order of painting;
    `covers` tells of each filled area its extent across the rules, that along them, and its place.

    An area that ends near a rule belongs to a cell beside it, and the rule still shows.
    """
    if not edges or not len(covers):
        yield from edges
        return
    low, high, start, end, order = covers.T[:, :, np.newaxis]
    step = max(1, _AT_ONCE // len(covers))
    for first in range(0, len(edges), step):
        part = edges[first : first + step]
        at, begins, ends = np.array([*zip(*part, strict=True)][:3])
        later = order > np.array(orders[first : first + step])
        hides = later & (low + GRIDS.covers < at) & (at < high - GRIDS.covers) & (start < ends) & (end > begins)
        for edge, is_hidden, over in zip(part, hides.any(axis=0).tolist(), hides.T, strict=True):
            if is_hidden:
                yield from _parts_between(edge, sorted(map(tuple, covers[over, 2:4].tolist())))
            else:
                yield edge


def _parts_between(edge: Edge, hidden: Sequence[tuple[float, ...]]) -> Iterator[Edge]:
    """What is left of a rule beside stretches that are hidden, given in their order."""
    position = edge.start
    for start, end in hidden:
        if start > position:
            yield edge._replace(start=position, end=start)
        position = max(position, end)
    if position < edge.end:
        yield edge._replace(start=position)


def is_white_on_white(lightness: float | None, order: int, x: float, y: float, shades: Sequence[Fill]) -> bool:
    """Whether paint at a point is white and lies on nothing darker that was painted before."""
    if lightness is None or lightness < WHITE:
        return False
    return not any(
        shade.order < order
        and shade.x0 - 1 <= x <= shade.x1 + 1
        and shade.top - 1 <= y <= shade.bottom + 1
        and (shade.lightness is None or shade.lightness < SHADED)
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
        if abs(left - edge.start) > GRIDS.underlined or abs(right - edge.end) > GRIDS.underlined:
            yield edge
