"""Tables whose rows are parted by rules or shades and whose columns are parted by room alone.

Rules that begin and end together with no rule down between them are taken for such a table where the same gaps run
through all of its rows, and some column counts something. Prose between rules has no such gaps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from extract.pdf.model.glyph_array import Columns, Floats
from extract.pdf.tables.columns_between import texts_between
from extract.pdf.tables.head_storeys import with_storey
from extract.pdf.tables.rulings import REACH, Edge, Edges, merge_edges

_RULES = 3
"""A table has so many rules across at least: above and below its head, and at its foot."""

_INSIDE = 0.3
"""A rule down along this share of a row parts it."""


_HEAD = 2.2
"""A head that no rule closes above stands no further above the first rule, in font sizes."""


def with_open_columns(edges: Edges, outlines: Edges, glyphs: Columns) -> Edges:
    """The rules of a page, with those that close the columns of tables that have rules across alone.

    The head may stand above the first rule. `outlines` are the sides of shades: every other row may have none, and the
    last may have none below.
    """
    every = Edges(tuple(merge_edges((*edges.across, *outlines.across))), (*edges.down, *outlines.down))
    across, down = [*edges.across], [*edges.down]
    tips = [(edge.at, tip) for edge in edges.across for tip in (edge.start, edge.end)]
    for stack in _stacks(every):
        is_shaded = bool(outlines) and not _begins_table(stack[-1], edges)
        for rows in _bounded(stack, glyphs, is_shaded=is_shaded):
            found, columns = with_storey(rows, glyphs, tips)
            if columns:
                down += columns
                across += [edge for edge in found if edge not in edges.across]
            if columns != []:
                break
    return Edges(tuple(across), tuple(down)) if len(down) > len(edges.down) else edges


def _begins_table(rule: Edge, edges: Edges) -> bool:
    """Whether rules down begin at a rule across, away from its ends: what stands below is parted already."""
    return any(
        abs(edge.start - rule.at) <= REACH and rule.start + REACH < edge.at < rule.end - REACH for edge in edges.down
    )


def _bounded(stack: Sequence[Edge], glyphs: Columns, *, is_shaded: bool) -> Iterator[Sequence[Edge]]:
    """The rules of a table with one above a head that has none, and below a last row that has none; as they are."""
    first, last = stack[0], stack[-1]
    above = first._replace(at=first.at - _HEAD * _size(stack, glyphs), is_drawn=False)
    below = last._replace(at=2 * last.at - stack[-2].at, is_drawn=False)
    if is_shaded and texts_between([last, below], glyphs):
        yield [*stack, below]
    if len({text.x0 for text in texts_between([above, first], glyphs)}) > 2:
        yield [above, *stack]
    yield stack


def _size(stack: Sequence[Edge], glyphs: Columns) -> float:
    return max((text.size for text in texts_between(stack, glyphs)), default=0.0)


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
