"""A second storey of heads over a table that no rule closes above: a year over 目標 and 実績."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.pdf.model.glyph_array import Columns
from extract.pdf.tables.columns_between import Point, TableText, columns_between, texts_between
from extract.pdf.tables.rulings import Edge

_HIGH = 2.2
"""A storey stands no further above the one below it, in font sizes."""

_LINE = 0.95
"""How high the line of a head is, above its baseline, in font sizes."""

_MOST = 0.5
"""A text over more than this share of the columns is a title of the table, and heads none of them."""

_CENTRED = 2.0
"""How far, in font sizes, the middle of a head may lie off the middle of the columns under it."""

_BRACKETS = "(（[［【"
"""What begins a remark to the table: its unit, its source."""


def with_storey(
    stack: Sequence[Edge], glyphs: Columns, tips: Sequence[Point] = ()
) -> tuple[list[Edge], list[Edge] | None]:
    """The rules across and down of a table, given those across, with a storey of heads above it where there is one.

    The rules down are what `columns_between` says of them. `tips` are where rules of the page begin and end.
    """
    if not stack[0].is_drawn:
        low = _lowest_storey(stack, glyphs)
        columns = columns_between(low, glyphs, tips)
        storey = _storey_above(low, columns, glyphs) if columns else None
        if storey is not None:
            return storey
    return [*stack], columns_between(stack, glyphs, tips)


def _lowest_storey(stack: Sequence[Edge], glyphs: Columns) -> Sequence[Edge]:
    """The rules of a table, the first right above the lowest line of its head."""
    heads = texts_between(stack[:2], glyphs)
    if not heads:
        return stack
    lowest = max(heads, key=lambda text: text.level)
    return [stack[0]._replace(at=max(stack[0].at, lowest.level - _LINE * lowest.size)), *stack[1:]]


def _storey_above(
    stack: Sequence[Edge], columns: Sequence[Edge], glyphs: Columns
) -> tuple[list[Edge], list[Edge]] | None:
    """The rules across and down of a table, with those of a storey of heads above the first; None without a storey.

    Each head of that storey stands over two columns at least, in their middle, and nothing else stands beside it. Heads
    of the other columns are as high as both storeys.
    """
    first = stack[0]
    inner = sorted({edge.at for edge in columns if first.start < edge.at < first.end and edge.start == first.at})
    borders = [first.start, *inner, first.end]
    size = max((text.size for text in texts_between([first, stack[1]], glyphs)), default=0.0)
    above = first._replace(at=first.at - _HIGH * size)
    headed = [_columns_under(text, borders) for text in texts_between([above, first], glyphs)]
    spans = [span for span in headed if span is not None]
    if not headed or len(spans) < len(headed):
        return None
    under = [first._replace(start=borders[left], end=borders[right]) for left, right in spans]
    free = {at for number, at in enumerate(borders) if not any(left < number < right for left, right in spans)}
    reaching = [
        edge._replace(start=above.at) if edge.start == first.at and edge.at in free else edge for edge in columns
    ]
    return [above, *under, *stack[1:]], reaching


def _columns_under(text: TableText, borders: Sequence[float]) -> tuple[int, int] | None:
    """The borders of the columns that a text stands in the middle over; None where it heads none, or most of them."""
    if text.text[0] in _BRACKETS:
        return None
    ends = np.searchsorted(borders, (text.x0, text.x1)).tolist()
    left, right = ends[0] - 1, ends[1]
    if left < 0 or right >= len(borders) or not 2 <= right - left <= max(2, _MOST * (len(borders) - 1)):
        return None
    middle = (borders[left] + borders[right]) / 2
    return (left, right) if abs((text.x0 + text.x1) / 2 - middle) <= _CENTRED * text.size else None
