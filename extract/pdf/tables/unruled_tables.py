"""Tables without any rule or shade: lines of texts that stand below each other in columns, under a head for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.pdf.model.glyph_array import Columns, Ints
from extract.pdf.tables.columns_between import BLANK, NUMBER, ROOM
from extract.pdf.tables.grid import Grid
from extract.pdf.tables.head_storeys import with_storey
from extract.pdf.tables.rulings import Edge, Edges

_COLUMNS = 3
"""A table without rules has so many columns at least: two texts side by side are none."""

_ROWS = 4
"""And so many rows, its head among them."""

_STAGGERED = 0.75
"""Lines no further apart than this, in font sizes, are of one row: the cells beside hold more lines, or fewer."""

_FARTHEST = 4.5
"""Rows stand no further apart than this, in font sizes."""

_MARGIN = 2.0
"""How far, in points, the table reaches beyond its text."""

_ASCENT = 0.88
"""The part of a font size that stands above the baseline."""


class _Text(NamedTuple):
    x0: float
    x1: float
    text: str


class _Row(NamedTuple):
    """A row of texts: the baselines of its first and last line, its texts from left to right, their font size."""

    first: float
    last: float
    texts: list[_Text]
    size: float


def with_unruled_tables(edges: Edges, grids: Sequence[Grid], glyphs: Columns) -> Edges:
    """The rules of a page, with those that would stand around and in tables that have none; they are not drawn.

    `grids` are the tables that rules draw: what stands in them is looked at no more.
    """
    across, down = [*edges.across], [*edges.down]
    for block in _blocks(_rows(glyphs, _outside(glyphs, grids))):
        stack = _stack(block)
        if any(_crosses(edge, stack) for edge in edges.across) or any(map(_is_number, block[0].texts)):
            continue
        found, columns = with_storey(stack, glyphs)
        if columns and all(2 * len(row.texts) > len(block[0].texts) for row in block):
            across += found
            down += columns
    return Edges(tuple(across), tuple(down)) if len(across) > len(edges.across) else edges


def _outside(glyphs: Columns, grids: Sequence[Grid]) -> Ints:
    """The printed characters that run to the right and stand in no table, by their numbers."""
    x, y = glyphs.middles
    is_free = ~glyphs.blanks & (glyphs.directions == 0)
    for grid in grids:
        box = grid.box
        is_free &= ~((box.x0 < x) & (x < box.x1) & (box.top < y) & (y < box.bottom))
    return np.flatnonzero(is_free)


def _rows(glyphs: Columns, numbers: Ints) -> Iterator[_Row]:
    """The rows of some characters, from the top of the page to its bottom."""
    if not len(numbers):
        return
    levels = np.round(glyphs.origin_y[numbers], 1)
    numbers = numbers[np.lexsort((glyphs.x0[numbers], levels))]
    levels, sizes = np.round(glyphs.origin_y[numbers], 1), glyphs.sizes[numbers]
    gaps = glyphs.x0[numbers][1:] - glyphs.x1[numbers][:-1]
    is_one = np.diff(glyphs.orders[numbers]) == 0
    is_apart = (np.diff(levels) != 0) | (gaps >= np.where(is_one, BLANK, ROOM) * sizes[1:])
    starts = np.append(0, np.flatnonzero(is_apart) + 1)
    row: _Row | None = None
    for start, stop in pairwise([*starts.tolist(), len(numbers)]):
        part = numbers[start:stop]
        text = _Text(
            float(glyphs.x0[part[0]]), float(glyphs.x1[part].max()), "".join(glyphs.texts[at] for at in part.tolist())
        )
        level, size = float(levels[start]), float(sizes[start:stop].max())
        if row is not None and level - row.last <= _STAGGERED * min(size, row.size):
            row.texts.append(text)
            row = row._replace(last=level, size=max(size, row.size))
            continue
        if row is not None:
            yield row
        row = _Row(level, level, [text], size)
    if row is not None:
        yield row


def _blocks(rows: Iterator[_Row]) -> Iterator[list[_Row]]:
    """Rows below each other that have texts for several columns."""
    block: list[_Row] = []
    for row in rows:
        is_row = len(row.texts) >= _COLUMNS
        is_near = bool(block) and row.first - block[-1].last <= _FARTHEST * row.size
        if block and not (is_row and is_near):
            if len(block) >= _ROWS:
                yield block
            block = []
        if is_row:
            block.append(row)
    if len(block) >= _ROWS:
        yield block


def _stack(block: Sequence[_Row]) -> list[Edge]:
    """The rules that would stand above, between and below the rows of a table."""
    left = min(text.x0 for row in block for text in row.texts) - _MARGIN
    right = max(text.x1 for row in block for text in row.texts) + _MARGIN
    between = [
        (above.last + below.first - _ASCENT * below.size + (1 - _ASCENT) * above.size) / 2
        for above, below in pairwise(block)
    ]
    top, bottom = block[0].first - block[0].size - _MARGIN, block[-1].last + (1 - _ASCENT) * block[-1].size + _MARGIN
    return [Edge(at, left, right, is_drawn=False) for at in (top, *between, bottom)]


def _crosses(edge: Edge, stack: Sequence[Edge]) -> bool:
    """Whether a rule that is drawn runs through a table that should have none."""
    first = stack[0]
    return first.at < edge.at < stack[-1].at and edge.start < first.end and edge.end > first.start


def _is_number(text: _Text) -> bool:
    return NUMBER.fullmatch(text.text) is not None
