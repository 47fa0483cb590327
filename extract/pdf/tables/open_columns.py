"""Tables whose rows are parted by rules or shades and whose columns are parted by room alone.

Rules that begin and end together with no rule down between them are taken for such a table where the same gaps run
through all of its rows, and some column counts something. Prose between rules has no such gaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.pdf.model.glyph_array import Columns, Floats
from extract.pdf.tables.rulings import REACH, Edge, Edges

_RULES = 3
"""A table has so many rules across at least: above and below its head, and at its foot."""

_ROOM = 0.6
"""The room between two columns is at least so wide, in font sizes."""

_APART = 0.15
"""The same between two texts of a head that were painted apart."""

_TWO = 3
"""A table of two columns has so many rows at least: two texts side by side are none."""

_INSIDE = 0.3
"""A rule down along this share of a row parts it."""

_FILLED = 0.6
"""The share of the rows that hold text in two columns at least."""

_COUNTS = 0.5
"""The share of the lines of a column that are numbers, of one that counts something."""

_NUMBER = re.compile(r"[△▲\-－−]?[0-9０-９][0-9０-９,，.．]*[^0-9０-９]{0,4}|[-－―ー—]")
"""What a column prints that counts something."""


class _Text(NamedTuple):
    """A text on one line: the number of its row, its baseline, where it begins and ends, and its font size."""

    band: int
    level: float
    x0: float
    x1: float
    text: str
    size: float


def with_open_columns(edges: Edges, glyphs: Columns, *, is_shaded: bool = False) -> Edges:
    """The rules of a page, with those down that close the columns of tables that have rules across alone.

    `is_shaded` says that some of the rules are the sides of shades: every other row has none, and the last may have
    none below.
    """
    across, down = [*edges.across], [*edges.down]
    for stack in _stacks(edges):
        last = _last_row(stack) if is_shaded else None
        columns = _columns_of([*stack, last], glyphs) if last else []
        if last and len({text.x0 for text in _texts([stack[-1], last], glyphs)}) > 1 and columns:
            across.append(last)
        else:
            columns = _columns_of(stack, glyphs)
        down += columns
    return Edges(tuple(across), tuple(down)) if len(down) > len(edges.down) else edges


def _last_row(stack: Sequence[Edge]) -> Edge:
    """Where a row below the last rule would end that is as high as the one before."""
    above, below = stack[-2:]
    return below._replace(at=2 * below.at - above.at, is_drawn=False)


def _stacks(edges: Edges) -> Iterator[list[Edge]]:
    """Rules below each other that begin and end together, with no rule down between them, from the top."""
    left = sorted(edges.across, key=lambda edge: (edge.start, edge.at))
    down = np.array([(edge.at, edge.start, edge.end) for edge in edges.down]).reshape(-1, 3).T
    while left:
        first = left[0]
        alike = [edge for edge in left if edge.start - first.start <= REACH and abs(edge.end - first.end) <= REACH]
        taken = {id(edge) for edge in alike}
        left = [edge for edge in left if id(edge) not in taken]
        if len(alike) >= _RULES:
            yield from _uncrossed(sorted(alike), down)


def _uncrossed(rules: Sequence[Edge], down: Floats) -> Iterator[list[Edge]]:
    stack = [rules[0]]
    for above, below in pairwise(rules):
        at, start, end = down
        is_between = (at > above.start + REACH) & (at < above.end - REACH)
        along = np.minimum(end, below.at) - np.maximum(start, above.at)
        if (is_between & (along >= _INSIDE * (below.at - above.at))).any():
            if len(stack) >= _RULES:
                yield stack
            stack = []
        stack.append(below)
    if len(stack) >= _RULES:
        yield stack


def _columns_of(stack: Sequence[Edge], glyphs: Columns) -> list[Edge]:
    """The rules down of a table whose rules across are given; none where it is no table."""
    texts = [*_texts(stack, glyphs)]
    body = [text for text in texts if text.band > 0]
    parts = _parted(body)
    if len(parts) < 2:
        return []
    # What stands over several columns is the head of all of them, and parts none.
    heads = [text for text in texts if text.band == 0 and sum(_is_over(text, part) for part in parts) < 2]
    borders = [(before[1] + after[0]) / 2 for before, after in pairwise(_parted([*body, *heads]))]
    for before, after in pairwise(parts):
        if not any(before[1] < border < after[0] for border in borders):
            borders += _between((before[1], after[0]), heads)
    borders.sort()
    bands = len(stack) - 1
    borders = _used(
        borders, [[(text.x0 + text.x1) / 2 for text in texts if text.band == band] for band in range(bands)]
    )
    if not borders or (len(borders) < 2 and bands < _TWO) or not _is_table(texts, borders):
        return []
    top, bottom = stack[0].at, stack[-1].at
    sides = (min(edge.start for edge in stack), max(edge.end for edge in stack))
    closed = [Edge(at, top, bottom, is_drawn=False) for at in sides]
    return closed + [
        Edge(border, above.at, below.at, is_drawn=False)
        for band, (above, below) in enumerate(pairwise(stack))
        for border in borders
        if not any(text.band == band and text.x0 < border < text.x1 for text in texts)
    ]


def _texts(stack: Sequence[Edge], glyphs: Columns) -> Iterator[_Text]:
    """The texts between rules, cut where the room between columns may be."""
    x, y = glyphs.middles
    left, right = min(edge.start for edge in stack), max(edge.end for edge in stack)
    ys = np.array([edge.at for edge in stack])
    within = (x > left) & (x < right) & (y > ys[0]) & (y < ys[-1]) & ~glyphs.blanks & (glyphs.directions == 0)
    numbers = np.flatnonzero(within)
    bands = np.searchsorted(ys, y[numbers]) - 1
    levels = np.round(glyphs.origin_y[numbers], 1)
    order = np.lexsort((glyphs.x0[numbers], levels, bands))
    part: list[int] = []
    last: tuple[int, float] | None = None
    for at in order.tolist():
        number = int(numbers[at])
        line = (int(bands[at]), float(levels[at]))
        if part and (line != last or _is_apart(glyphs, part[-1], number)):
            yield _text(glyphs, part, last or line)
            part = []
        part.append(number)
        last = line
    if part and last:
        yield _text(glyphs, part, last)


def _is_apart(glyphs: Columns, before: int, number: int) -> bool:
    """Whether room parts two characters of a line; less is enough where they were painted apart."""
    room = _ROOM if glyphs.orders[before] == glyphs.orders[number] else _APART
    return bool(glyphs.x0[number] - glyphs.x1[before] >= room * glyphs.sizes[number])


def _text(glyphs: Columns, part: Sequence[int], line: tuple[int, float]) -> _Text:
    x0, x1 = float(glyphs.x0[part].min()), float(glyphs.x1[part].max())
    return _Text(*line, x0, x1, "".join(glyphs.texts[number] for number in part), float(glyphs.sizes[part].max()))


def _parted(texts: Sequence[_Text]) -> list[tuple[float, float]]:
    """From where to where the columns of some texts reach: what room through all of their lines parts."""
    found: list[tuple[float, float]] = []
    for text in sorted(texts, key=lambda text: text.x0):
        if found and text.x0 - found[-1][1] < _ROOM * text.size:
            found[-1] = (found[-1][0], max(found[-1][1], text.x1))
        else:
            found.append((text.x0, text.x1))
    return found


def _between(gap: tuple[float, float], heads: Sequence[_Text]) -> list[float]:
    """The middle of the widest room that heads leave of a gap between columns; none where they leave none."""
    sides = sorted([(gap[0], gap[0]), (gap[1], gap[1]), *((text.x0, text.x1) for text in heads if _is_over(text, gap))])
    rooms = [(after[0] - before[1], (after[0] + before[1]) / 2) for before, after in pairwise(sides)]
    room, middle = max(rooms)
    return [middle] if room > 0 else []


def _is_over(text: _Text, part: tuple[float, float]) -> bool:
    return text.x0 < part[1] and part[0] < text.x1


def _used(borders: Sequence[float], rows: Sequence[Sequence[float]]) -> list[float]:
    """The borders but for those that part no row: a head on the left of its column, numbers on its right."""
    kept = list(borders)
    for border in borders:
        at = kept.index(border)
        low = kept[at - 1] if at else -np.inf
        high = kept[at + 1] if at + 1 < len(kept) else np.inf
        if not any(any(low < x < border for x in row) and any(border < x < high for x in row) for row in rows):
            kept.remove(border)
    return kept


def _is_table(texts: Sequence[_Text], borders: Sequence[float]) -> bool:
    """Whether most rows hold text in several columns, and some column but the first holds mostly numbers."""
    rows: dict[int, set[int]] = {}
    columns: dict[int, list[str]] = {}
    for text in texts:
        column = int(np.searchsorted(borders, (text.x0 + text.x1) / 2))
        rows.setdefault(text.band, set()).add(column)
        if text.band and column:
            columns.setdefault(column, []).append(text.text)
    filled = sum(len(of_row) > 1 for of_row in rows.values())
    counting = (sum(bool(_NUMBER.fullmatch(text)) for text in of_one) / len(of_one) for of_one in columns.values())
    return filled >= max(2, _FILLED * len(rows)) and any(share >= _COUNTS for share in counting)
