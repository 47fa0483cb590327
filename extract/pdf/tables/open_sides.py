"""Tables that no rule closes on some side: at the left and right by style, above and below where a page breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extract.pdf.model.glyph_array import Floats
from extract.pdf.tables.crossings import crossings
from extract.pdf.tables.rulings import REACH, Edge
from extract.pdf.tables.settings import GRIDS

_OVERHANG = 4.0
"""Rules that run on for less than this many points beyond the last crossing close nothing."""

_WRITTEN = 0.6
"""The share of the rows at an open side that hold text. Beside the last bar of a chart there is next to none."""

_CROSSED = 0.6
"""The share of the rules of a table that runs open at a side which one rule inside it crosses. The bars of a chart
cross fewer of its lines."""

NO_POINTS: Floats = np.empty((2, 0))


@dataclass(frozen=True, slots=True)
class _Tip:
    """The end of an edge on the side in question. It is loose when the edge meets none there."""

    edge: Edge
    at: float
    met: tuple[Edge, ...]
    is_loose: bool


def close_sides(across: Sequence[Edge], down: Sequence[Edge], points: Floats) -> tuple[list[Edge], list[Edge]]:
    """The edges, and those that close tables where rules end together without meeting one.

    At the left and right, three rules across that end together are enough, when a rule inside crosses most of them, or
    when text stands in most of the rows that they would close.
    Above and below, two rules down are, when other rules end closed at the same height, as beside a cell that a page
    break cuts, or when text (`points`) stands in the part that they would close.
    """
    all_down = [*down]
    for at_end in (False, True):
        for group in _groups(across, down, at_end=at_end):
            loose = [tip for tip in group if tip.is_loose and tip.met]
            if len(loose) >= GRIDS.least_loose and (
                _has_spine(loose, across) or _is_written_in(loose, points, at_end=at_end)
            ):
                places = [tip.edge.at for tip in loose]
                all_down.append(Edge(_limit(group, at_end=at_end), min(places), max(places), is_drawn=False))
    all_across = [*across]
    for at_end in (False, True):
        for group in _groups(all_down, across, at_end=at_end):
            all_across += _gaps(group, across, points, at_end=at_end)
    return all_across, all_down


def _groups(edges: Sequence[Edge], crossing: Sequence[Edge], *, at_end: bool) -> Iterator[list[_Tip]]:
    """Tips that lie on one line, of edges that hang together by the edges they cross; some of them loose."""
    every = sorted(_tips(edges, crossing, at_end=at_end), key=lambda tip: tip.at)
    lonely = [tip for tip in every if not tip.met]
    tips = [tip for tip in every if tip.met]
    while tips:
        first = tips[0].at
        for group in _hanging_together([tip for tip in tips if tip.at - first <= REACH]):
            beside = [tip for tip in lonely if abs(tip.at - first) <= REACH and _runs_along(tip.edge, group)]
            if beside or any(tip.is_loose for tip in group):
                yield [*group, *beside]
        tips = [tip for tip in tips if tip.at - first > REACH]


def _runs_along(edge: Edge, group: Sequence[_Tip]) -> bool:
    """Whether an edge that meets none begins and ends with others: the side of a cell that fills the page."""
    return any(abs(tip.edge.start - edge.start) <= REACH for tip in group) and any(
        abs(tip.edge.end - edge.end) <= REACH for tip in group
    )


def _tips(edges: Sequence[Edge], crossing: Sequence[Edge], *, at_end: bool) -> list[_Tip]:
    """The ends of edges on one side; none where all of them meet another edge there."""
    meet = crossings(edges, crossing)
    tips = [edge.end if at_end else edge.start for edge in edges]
    places = np.array([other.at for other in crossing])
    if at_end:
        lasts = np.where(meet, places, -np.inf).max(axis=1, initial=-np.inf)
    else:
        lasts = np.where(meet, places, np.inf).min(axis=1, initial=np.inf)
    is_loose = np.abs(np.array(tips) - lasts) > _OVERHANG
    if not is_loose.any():
        return []
    return [
        _Tip(edge, tip, tuple(crossing[number] for number in np.flatnonzero(row).tolist()), loose)
        for edge, tip, row, loose in zip(edges, tips, meet, is_loose.tolist(), strict=True)
    ]


def _hanging_together(group: list[_Tip]) -> Iterator[list[_Tip]]:
    rest = sorted(group, key=lambda tip: tip.edge.at)
    while rest:
        part, crossed = [rest[0]], set(rest[0].met)
        for tip in rest[1:]:
            if not crossed.isdisjoint(tip.met):
                part.append(tip)
                crossed.update(tip.met)
        yield part
        taken = {id(tip) for tip in part}
        rest = [tip for tip in rest if id(tip) not in taken]


def _has_spine(group: Sequence[_Tip], across: Sequence[Edge]) -> bool:
    """Whether one rule, away from both ends, crosses most of the rules that begin or end with the group."""
    low, high = min(tip.edge.at for tip in group), max(tip.edge.at for tip in group)
    start, end = max(tip.edge.start for tip in group), min(tip.edge.end for tip in group)
    rules = [
        edge for edge in across if low - REACH <= edge.at <= high + REACH and edge.start < end and edge.end > start
    ]
    candidates = {other for tip in group for other in tip.met if start + REACH < other.at < end - REACH}
    return any(
        sum(other.covers(edge.at, REACH) and edge.covers(other.at, REACH) for edge in rules)
        >= max(GRIDS.least_loose, _CROSSED * len(rules))
        for other in candidates
    )


def _is_written_in(group: Sequence[_Tip], points: Floats, *, at_end: bool) -> bool:
    """Whether most rows between rules that end together hold text beyond the last rule down."""
    rows = list(pairwise(sorted(group, key=lambda tip: tip.edge.at)))
    limit = _limit(group, at_end=at_end)
    written = 0
    for upper, lower in rows:
        middle = (upper.edge.at + lower.edge.at) / 2
        crossings = [other.at for other in upper.met if other.covers(middle)]
        if crossings:
            start, end = sorted((max(crossings) if at_end else min(crossings), limit))
            written += _any_within(points, start, upper.edge.at, end, lower.edge.at)
    return written >= max(2, _WRITTEN * len(rows))


def _gaps(group: Sequence[_Tip], across: Sequence[Edge], points: Floats, *, at_end: bool) -> Iterator[Edge]:
    """What closes the places between neighbouring edges of a group, where one of them is loose."""
    limit = _limit(group, at_end=at_end)
    has_closed = not all(tip.is_loose for tip in group)
    neighbours = list(pairwise(sorted(group, key=lambda tip: tip.edge.at)))
    open_ones = [
        (a.edge.at, b.edge.at)
        for a, b in neighbours
        if a.is_loose or b.is_loose or not _is_ruled(a.edge.at, b.edge.at, limit, across)
    ]
    if has_closed or any(_holds_text(low, high, limit, across, points, at_end=at_end) for low, high in open_ones):
        for low, high in open_ones:
            yield Edge(limit, low, high, is_drawn=False)


def _is_ruled(low: float, high: float, limit: float, across: Sequence[Edge]) -> bool:
    """Whether a rule closes the place between two edges: the cells on both sides may be closed, and this one not."""
    middle = (low + high) / 2
    return any(abs(edge.at - limit) <= _OVERHANG and edge.covers(middle) for edge in across)


def _holds_text(low: float, high: float, limit: float, across: Sequence[Edge], points: Floats, *, at_end: bool) -> bool:
    """Whether text stands between two edges, and between their tips and the last rule before."""
    middle = (low + high) / 2
    before = [edge.at for edge in across if edge.covers(middle) and (edge.at < limit) == at_end]
    if not before:
        return False
    top, bottom = sorted((max(before) if at_end else min(before), limit))
    return _any_within(points, low, top, high, bottom)


def _any_within(points: Floats, x0: float, top: float, x1: float, bottom: float) -> bool:
    xs, ys = points
    return bool(((x0 < xs) & (xs < x1) & (top < ys) & (ys < bottom)).any())


def _limit(group: Sequence[_Tip], *, at_end: bool) -> float:
    return max(tip.at for tip in group) if at_end else min(tip.at for tip in group)
