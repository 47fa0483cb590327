"""From edges to grids: which rectangles the rules close, and how many rows and columns each of them spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import fsum

import numpy as np

from extract.pdf.model.glyph_array import Floats, Ints
from extract.pdf.tables.crossings import crossings, meetings, positions
from extract.pdf.tables.open_sides import NO_POINTS, close_sides
from extract.pdf.tables.rulings import REACH, Edge, Edges
from schemas.document import Box
from schemas.light import light

_SLIVER = 4.0
"""Borders this close, in points, are one when no cell lies between them: drawn a little out of line."""

_GAP = 20.0
"""From where cells end and none begins to where cells begin and none ends, up to this many points are the gap between
boxes that stand apart."""


@light
class Place:
    """One rectangle of a grid, at its first row and column, with the rows and columns that it spans.

    `is_open_above` and `is_open_below` say that no rule closes it there: the rest is on another page.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    is_open_above: bool = False
    is_open_below: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The places that a set of rules closes, in reading order. `xs` and `ys` are the borders of columns and rows.

    Where rules leave a part of the rectangle open, there is no place.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    places: tuple[Place, ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def edges_to_grids(edges: Edges, points: Floats = NO_POINTS) -> tuple[Grid, ...]:
    """Every grid that the edges close, from the top of the page to its bottom.

    `points` are where text stands, x in the first row and y in the second: rules that run on beyond the last row close
    a further row when text stands there.

    >>> rules = [Edge(y, 0, 90) for y in (0, 20, 40)]
    >>> grid, = edges_to_grids(Edges(tuple(rules), (Edge(0, 0, 40), Edge(30, 0, 20), Edge(90, 0, 40))))
    >>> [(place.row, place.col, place.col_span) for place in grid.places]
    [(0, 0, 1), (0, 1, 1), (1, 0, 2)]
    """
    across, down = _prune(*close_sides(edges.across, edges.down, points))
    grids = (grid for part in _components(across, down) if (grid := _component_to_grid(*part)))
    return tuple(sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0])))


def _prune(across: list[Edge], down: list[Edge]) -> tuple[list[Edge], list[Edge]]:
    """Cut every edge back to the outermost edges it meets, and drop those that meet fewer than two others."""
    of_across, of_down = np.arange(len(across)), np.arange(len(down))
    places, others = positions(across), positions(down)
    while True:
        kept, shorter = _cut(places, others)
        other_kept, other_shorter = _cut(others, shorter)
        is_done = len(kept) == len(of_across) and len(other_kept) == len(of_down)
        of_across, places, of_down, others = of_across[kept], shorter, of_down[other_kept], other_shorter
        if is_done:
            return _cut_back(across, of_across, places), _cut_back(down, of_down, others)


def _cut(edges: Floats, others: Floats) -> tuple[Ints, Floats]:
    """The numbers of the edges that meet two others, and their positions, cut back. Both are given by positions."""
    meet = meetings(edges, others)
    firsts = np.where(meet, others[0], np.inf).min(axis=1, initial=np.inf)
    lasts = np.where(meet, others[0], -np.inf).max(axis=1, initial=-np.inf)
    kept = np.flatnonzero(lasts - firsts > REACH)
    return kept, np.array([edges[0], firsts, lasts])[:, kept]


def _cut_back(edges: Sequence[Edge], numbers: Ints, places: Floats) -> list[Edge]:
    """Some of the edges, from where to where their positions say."""
    return [
        Edge(at, start, end, edges[number].width, edges[number].is_drawn)
        for number, (at, start, end) in zip(numbers.tolist(), places.T.tolist(), strict=True)
    ]


def _components(across: list[Edge], down: list[Edge]) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Edges that hang together; each edge meets others. The lowest number of an edge spreads to all that it meets."""
    if not across or not down:
        return
    meet = crossings(across, down)
    labels, before = np.arange(len(across)), None
    while before is None or (labels != before).any():
        before = labels
        down_labels = np.where(meet, labels[:, np.newaxis], len(across)).min(axis=0)
        labels = np.where(meet, down_labels, len(across)).min(axis=1)
    for label in sorted(set(labels.tolist())):
        yield (
            [edge for edge, own in zip(across, labels.tolist(), strict=True) if own == label],
            [edge for edge, own in zip(down, down_labels.tolist(), strict=True) if own == label],
        )


def _component_to_grid(across: list[Edge], down: list[Edge]) -> Grid | None:
    xs, ys = _borders(down), _borders(across)
    if len(xs) < 2 or len(ys) < 2:
        return None
    ruled = _border_bits(ys, across, xs)
    regions = _closed_regions(ruled, _border_bits(xs, down, ys), len(ys) - 1, len(xs) - 1)
    rectangles = sorted(rectangle for region in regions for rectangle in _to_rectangles(region))
    if not rectangles:
        return None
    drawn = ruled
    if not all(edge.is_drawn for edge in across):
        drawn = _border_bits(ys, [edge for edge in across if edge.is_drawn], xs)
    return _to_grid(rectangles, xs, ys, drawn)


def _borders(edges: Iterable[Edge]) -> list[float]:
    """The positions of edges, those of one border taken together: the weighted middle of a doubled rule."""
    groups: list[list[Edge]] = []
    for edge in sorted(edges):
        if groups and _is_same_border(groups[-1], edge):
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return [fsum(edge.at * edge.length for edge in group) / fsum(edge.length for edge in group) for group in groups]


def _is_same_border(group: Sequence[Edge], edge: Edge) -> bool:
    """Whether an edge draws the border that others draw."""
    return edge.at - group[-1].at <= REACH and edge.at - group[0].at <= 2 * REACH


def _border_bits(borders: list[float], edges: Sequence[Edge], crossings_of: list[float]) -> list[list[bool]]:
    """For each border and each stretch between two crossings of it: is a rule drawn there?"""
    middles = np.array([(before + after) / 2 for before, after in pairwise(crossings_of)])
    bits = np.zeros((len(borders), len(middles)), np.bool_)
    if edges:
        at, starts, ends = positions(edges)[:, :, np.newaxis]
        nearest = np.abs(at - np.array(borders)).argmin(axis=1)
        np.logical_or.at(bits, nearest, (starts <= middles) & (middles <= ends))
    return bits.tolist()


Square = tuple[int, int]


def _closed_regions(
    across: list[list[bool]], down: list[list[bool]], n_rows: int, n_cols: int
) -> Iterator[set[Square]]:
    """Sets of (row, column) that no rule parts, without those that are open to the outside."""
    seen: set[Square] = set()
    for first in ((row, col) for row in range(n_rows) for col in range(n_cols)):
        if first in seen:
            continue
        region, stack, is_open = {first}, [first], False
        while stack:
            row, col = stack.pop()
            steps = (
                (across[row][col], row - 1, col),
                (across[row + 1][col], row + 1, col),
                (down[col][row], row, col - 1),
                (down[col + 1][row], row, col + 1),
            )
            for is_ruled, next_row, next_col in steps:
                if is_ruled:
                    continue
                if not (0 <= next_row < n_rows and 0 <= next_col < n_cols):
                    is_open = True
                elif (next_row, next_col) not in region:
                    region.add((next_row, next_col))
                    stack.append((next_row, next_col))
        seen |= region
        if not is_open:
            yield region


Rectangle = tuple[int, int, int, int]
"""Row, column, rows, columns."""


def _to_rectangles(region: set[Square]) -> Iterator[Rectangle]:
    """A region as rectangles: one, unless a rule ends inside it."""
    left = set(region)
    if len(left) == 1:
        yield (*left.pop(), 1, 1)
    while left:
        row, col = min(left)
        n_cols = 1
        while (row, col + n_cols) in left:
            n_cols += 1
        n_rows = 1
        while all((row + n_rows, col + offset) in left for offset in range(n_cols)):
            n_rows += 1
        left -= {(row + down, col + right) for down in range(n_rows) for right in range(n_cols)}
        yield row, col, n_rows, n_cols


def _to_grid(rectangles: list[Rectangle], xs: list[float], ys: list[float], drawn: list[list[bool]]) -> Grid:
    """Number rows and columns by the borders that some place really has."""
    rows = _lines([(row, n_rows) for row, _, n_rows, _ in rectangles], ys, _has_hole(rectangles, len(xs) - 1))
    turned = [(col, row, n_cols, n_rows) for row, col, n_rows, n_cols in rectangles]
    cols = _lines([(col, n_cols) for _, col, _, n_cols in rectangles], xs, _has_hole(turned, len(ys) - 1))
    places = (
        Place(
            rows[row],
            cols[col],
            rows[row + n_rows] - rows[row],
            cols[col + n_cols] - cols[col],
            Box(xs[col], ys[row], xs[col + n_cols], ys[row + n_rows]),
            not any(drawn[row][col : col + n_cols]),
            not any(drawn[row + n_rows][col : col + n_cols]),
        )
        for row, col, n_rows, n_cols in rectangles
    )
    return Grid(
        tuple(_positions(cols, xs)), tuple(_positions(rows, ys)), tuple(sorted(places, key=lambda p: (p.row, p.col)))
    )


def _lines(spans: list[tuple[int, int]], positions: list[float], has_hole: Callable[[int], bool]) -> dict[int, int]:
    """Number the borders that places have. Two that only a sliver parts, in which no place lies, are one."""
    starts, ends = {first for first, _ in spans}, {first + length for first, length in spans}
    used = sorted(starts | ends)
    numbers = {used[0]: 0}
    for before, line in pairwise(used):
        width = positions[line] - positions[before]
        is_gap = any(map(has_hole, range(before, line))) and (before not in starts and line not in ends)
        is_filled = any(first == before and first + length == line for first, length in spans)
        is_one = width <= (_GAP if is_gap else _SLIVER) and not is_filled
        numbers[line] = numbers[before] + (0 if is_one else 1)
    return numbers


def _has_hole(rectangles: list[Rectangle], n_squares: int) -> Callable[[int], bool]:
    """Tells whether some square of a row belongs to no rectangle."""
    filled: dict[int, int] = {}
    for row, _, n_rows, n_cols in rectangles:
        for line in range(row, row + n_rows):
            filled[line] = filled.get(line, 0) + n_cols
    return lambda line: filled.get(line, 0) < n_squares


def _positions(numbers: dict[int, int], positions: list[float]) -> Iterator[float]:
    for _, lines in groupby(numbers, key=numbers.__getitem__):
        of_one = [positions[line] for line in lines]
        yield fsum(of_one) / len(of_one)
