"""Tables that no rule closes on some side: at the left and right by style, above and below where a page breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.pdf.rulings import REACH, Edge, Point

_OVERHANG = 4.0
"""Rules that run on for less than this many points beyond the last crossing close nothing."""

_CROSSED = 0.6
"""The share of the rules of a table that runs open at a side which one rule inside it crosses. The bars of a chart
cross fewer of its lines."""


@dataclass(frozen=True, slots=True)
class _Loose:
    """An edge with a tip beyond the last edge that it meets."""

    edge: Edge
    tip: float
    met: tuple[Edge, ...]


def close_sides(across: Sequence[Edge], down: Sequence[Edge], points: Sequence[Point]) -> tuple[list[Edge], list[Edge]]:
    """The edges, and those that close tables where rules end together without meeting one.

    At the left and right, three rules across that end together are enough, when a rule inside crosses most of them.
    Above and below, two rules down are, when text (`points`) stands in the part that they would close.
    """
    all_down = [*down]
    for at_end in (False, True):
        for group in _loose_groups(across, down, at_end=at_end):
            if len(group) >= 3 and _has_spine(group, across):
                all_down.append(_closing(group, at_end=at_end))
    all_across = [*across]
    for at_end in (False, True):
        for group in _loose_groups(all_down, across, at_end=at_end):
            if len(group) >= 2 and _holds_text(group, points, at_end=at_end):
                all_across.append(_closing(group, at_end=at_end))
    return all_across, all_down


def _loose_groups(edges: Sequence[Edge], crossing: Sequence[Edge], *, at_end: bool) -> Iterator[list[_Loose]]:
    """Edges whose tips lie on one line and that hang together by the edges they cross."""
    loose: list[_Loose] = []
    for edge in edges:
        met = tuple(other for other in crossing if edge.covers(other.at, REACH) and other.covers(edge.at, REACH))
        if met:
            tip = edge.end if at_end else edge.start
            last = met_limit(met, at_end=at_end)
            if abs(tip - last) > _OVERHANG:
                loose.append(_Loose(edge, tip, met))
    loose.sort(key=lambda item: item.tip)
    while loose:
        tip = loose[0].tip
        yield from _hanging_together([item for item in loose if item.tip - tip <= REACH])
        loose = [item for item in loose if item.tip - tip > REACH]


def met_limit(met: Sequence[Edge], *, at_end: bool) -> float:
    """The last of the crossing edges, towards the end or the start."""
    positions = [other.at for other in met]
    return max(positions) if at_end else min(positions)


def _hanging_together(group: list[_Loose]) -> Iterator[list[_Loose]]:
    rest = sorted(group, key=lambda item: item.edge.at)
    while rest:
        part, crossed = [rest[0]], set(rest[0].met)
        for item in rest[1:]:
            if not crossed.isdisjoint(item.met):
                part.append(item)
                crossed.update(item.met)
        yield part
        rest = [item for item in rest if item not in part]


def _has_spine(group: Sequence[_Loose], across: Sequence[Edge]) -> bool:
    """Whether one rule, away from both ends, crosses most of the rules that begin or end with the group."""
    low, high = min(item.edge.at for item in group), max(item.edge.at for item in group)
    start, end = max(item.edge.start for item in group), min(item.edge.end for item in group)
    rules = [
        edge for edge in across if low - REACH <= edge.at <= high + REACH and edge.start < end and edge.end > start
    ]
    candidates = {other for item in group for other in item.met if start + REACH < other.at < end - REACH}
    return any(
        sum(other.covers(edge.at, REACH) and edge.covers(other.at, REACH) for edge in rules)
        >= max(3, _CROSSED * len(rules))
        for other in candidates
    )


def _holds_text(group: Sequence[_Loose], points: Sequence[Point], *, at_end: bool) -> bool:
    low, high = min(item.edge.at for item in group), max(item.edge.at for item in group)
    inner = met_limit([other for item in group for other in item.met], at_end=at_end)
    top, bottom = sorted((inner, _tip(group, at_end=at_end)))
    return any(low < x < high and top < y < bottom for x, y in points)


def _tip(group: Sequence[_Loose], *, at_end: bool) -> float:
    return max(item.tip for item in group) if at_end else min(item.tip for item in group)


def _closing(group: Sequence[_Loose], *, at_end: bool) -> Edge:
    places = [item.edge.at for item in group]
    return Edge(_tip(group, at_end=at_end), min(places), max(places), is_drawn=False)
