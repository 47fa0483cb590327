"""The columns between rules across, where room alone parts them, and the texts that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.pdf.model.glyph_array import Columns
from extract.pdf.tables.rulings import Edge

ROOM = 0.4
"""The room between two columns is at least so wide, in font sizes."""

BLANK = 0.9
"""The same between two texts that were painted in one go: less is a blank."""

_APART = 0.1
"""The same between two heads that were painted apart."""

_TWO = 3
"""A table of two columns has so many rows at least: two texts side by side are none."""

_FILLED = 0.6
"""The share of the rows that hold text in two columns at least."""

_COUNTS = 0.5
"""The share of the lines of a column that are numbers, of one that counts something."""

NUMBER = re.compile(r"[△▲\-－−]?[0-9０-９][0-9０-９,，.．]*[^0-9０-９]{0,4}|[-－―ー—]")
"""What a column prints that counts something."""

_ALIGNED = 0.6
"""How far, in font sizes, the texts of a column may lie out of line."""

_NONE = frozenset("-－―ー—‐")
"""What says that there is no number."""

Point = tuple[float, float]
"""How far down the page something lies, and how far to the right."""

Span = tuple[float, float]
"""From where to where something reaches across the page."""


class TableText(NamedTuple):
    """A text on one line: the number of its row, its baseline, where it begins and ends, and its font size."""

    band: int
    level: float
    x0: float
    x1: float
    text: str
    size: float


def columns_between(stack: Sequence[Edge], glyphs: Columns, tips: Sequence[Point] = ()) -> list[Edge] | None:
    """The rules down of a table whose rules across are given: none where it is no table, None where columns of it
    cannot be told apart.

    What stands above the first rule that is drawn is its head only where each column has its own. `tips` are where
    rules across begin and end: those that part the rows of some columns alone do so between columns.
    """
    texts = texts_between(stack, glyphs)
    body = [text for text in texts if text.band > 0]
    columns = _parted(body)
    heads = _parted([text for text in texts if text.band == 0], 0.0)
    inner = [x for y, x in tips if stack[0].at < y < stack[-1].at]
    borders = [
        next((x for x in inner if start < x < end), (start + end) / 2) for start, end in _borders(columns, heads)
    ]
    if not stack[0].is_drawn and len(heads) != len(columns):
        return None if len(heads) > len(columns) > 1 else []
    bands = len(stack) - 1
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


def _borders(columns: Sequence[Span], heads: Sequence[Span]) -> list[Span]:
    """The room between each two columns, and between their heads too; none where it cannot be told which head is whose.

    Of as many heads as columns each has its own, in their order. Of fewer, one may stand over several columns, and then
    none may stand between two.
    """
    rooms = [(before[1], after[0]) for before, after in pairwise(columns)]
    if len(heads) == len(columns):
        rooms = [
            (max(start, before[1]), min(end, after[0]))
            for (start, end), (before, after) in zip(rooms, pairwise(heads), strict=True)
        ]
    elif len(heads) > len(columns) or any(start <= x0 and x1 <= end for start, end in rooms for x0, x1 in heads):
        return []
    else:
        rooms = [_beside(room, heads) for room in rooms]
    return rooms if all(start < end for start, end in rooms) else []


def _beside(room: Span, heads: Sequence[Span]) -> Span:
    """What heads that reach into some room leave of it; the whole room where one stands over all of it."""
    start, end = room
    for x0, x1 in heads:
        if x0 <= start and end <= x1:
            return room
        if x0 < start < x1:
            start = x1
        elif x0 < end < x1:
            end = x0
    return start, end


def texts_between(stack: Sequence[Edge], glyphs: Columns) -> list[TableText]:
    """The texts between rules, cut where the room between columns may be."""
    return [*_cut(stack, glyphs)]


def _cut(stack: Sequence[Edge], glyphs: Columns) -> Iterator[TableText]:
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
        if part and (line != last or _is_apart(glyphs, part[-1], number, is_head=line[0] == 0)):
            yield _text(glyphs, part, last or line)
            part = []
        part.append(number)
        last = line
    if part and last:
        yield _text(glyphs, part, last)


def _is_apart(glyphs: Columns, before: int, number: int, *, is_head: bool) -> bool:
    """Whether room parts two characters of a line."""
    least = _APART if is_head else ROOM
    room = BLANK if glyphs.orders[before] == glyphs.orders[number] else least
    return bool(glyphs.x0[number] - glyphs.x1[before] >= room * glyphs.sizes[number])


def _text(glyphs: Columns, part: Sequence[int], line: tuple[int, float]) -> TableText:
    x0, x1 = float(glyphs.x0[part].min()), float(glyphs.x1[part].max())
    return TableText(*line, x0, x1, "".join(glyphs.texts[number] for number in part), float(glyphs.sizes[part].max()))


def _parted(texts: Sequence[TableText], least: float = ROOM) -> list[Span]:
    """From where to where the columns of some texts reach: what room through all of their lines parts."""
    found: list[Span] = []
    for text in sorted(texts, key=lambda text: text.x0):
        if found and text.x0 - found[-1][1] < least * text.size:
            found[-1] = (found[-1][0], max(found[-1][1], text.x1))
        else:
            found.append((text.x0, text.x1))
    return found


def _is_table(texts: Sequence[TableText], borders: Sequence[float]) -> bool:
    """Whether most rows hold text in several columns, the texts of each column stand below each other, and some column
    but the first holds mostly numbers."""
    rows: dict[int, set[int]] = {}
    columns: dict[int, list[TableText]] = {}
    for text in texts:
        column = int(np.searchsorted(borders, (text.x0 + text.x1) / 2))
        rows.setdefault(text.band, set()).add(column)
        if text.band:
            columns.setdefault(column, []).append(text)
    filled = sum(len(of_row) > 1 for of_row in rows.values())
    counting = (
        sum(bool(NUMBER.fullmatch(text.text)) for text in of_one) / len(of_one)
        for column, of_one in columns.items()
        if column
    )
    return (
        filled >= max(2, _FILLED * len(rows))
        and any(share >= _COUNTS for share in counting)
        and all(map(_is_aligned, columns.values()))
    )


def _is_aligned(texts: Sequence[TableText]) -> bool:
    """Whether texts begin, end or have their middles below each other; what says that there is none may stand
    anywhere."""
    words = [text for text in texts if text.text not in _NONE]
    if not words:
        return True
    slack = _ALIGNED * max(text.size for text in words)
    places = ([text.x0 for text in words], [text.x1 for text in words], [(text.x0 + text.x1) / 2 for text in words])
    return any(max(of_all) - min(of_all) <= slack for of_all in places)
