"""What clipping paths leave of what is painted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.engines.pdfium.loops import handles_of, numbers_of, windows_of
from extract.pdf.engines.pdfium.objects import Objects, moved
from extract.pdf.model.glyph_array import Bools, Floats
from extract.pdf.model.raw_page import Fill, Ring, Stroke

_SLACK = 0.5
"""How far beside what is left open a line may lie, in points, and still be seen: half of its width."""

_LEAST = 0.05
"""Less of an area, in points, is nothing."""

_CORNERS = 6
"""A path of more segments than these is no rectangle."""

Window = tuple[float, float, float, float]
"""What is open: its left, upper, right and lower side on the displayed page, in points."""


def windows_around(placed: Objects) -> Floats:
    """What clipping paths leave open around each object, sides in rows; without end where there is no such path."""
    found = np.array([[-np.inf], [-np.inf], [np.inf], [np.inf]]).repeat(len(placed), axis=1)
    clips = handles_of(call.clip_path, placed.items)
    counts = numbers_of(call.count_clips, clips)  # below nought where there is no path
    rows = np.flatnonzero(counts > 0)
    windows = windows_of(call.count_clip_segments, call.clip_segment, call.segment_point, clips[rows], counts[rows])
    windows[:, 2:] = np.maximum(windows[:, 2:], windows[:, :2])  # of paths that share nothing, nothing is left open
    is_window = windows[:, 0] > -np.inf
    rows = rows[is_window]
    if len(rows):
        found[:, rows] = moved(placed.within[rows], windows[is_window].T)
    return found


def are_clipped_oddly(placed: Objects) -> Bools:
    """Whether each object has a clipping path that is no rectangle: what it leaves open may have holes."""
    clips = handles_of(call.clip_path, placed.items)
    counts = numbers_of(call.count_clips, clips)
    odd = np.zeros(len(placed), np.bool_)
    for row in np.flatnonzero(counts > 0).tolist():
        clip = int(clips[row])
        odd[row] = any(call.count_clip_segments(clip, number) > _CORNERS for number in range(int(counts[row])))
    return odd


def windows_by_order(placed: Objects) -> dict[int, Window]:
    """The same by the places of the objects in the order of painting, for those that have such a path."""
    windows = windows_around(placed)
    at = np.flatnonzero(windows[0] > -np.inf)
    orders = placed.orders[at].tolist()
    return {
        order: (left, top, right, bottom)
        for order, (left, top, right, bottom) in zip(orders, windows[:, at].T.tolist(), strict=True)
    }


def clipped_strokes(strokes: Iterable[Stroke], windows: Mapping[int, Window]) -> Iterator[Stroke]:
    """What is left of straight lines."""
    for stroke in strokes:
        window = windows.get(stroke.order)
        if window is None:
            yield stroke
            continue
        slack = max(_SLACK, stroke.width / 2)
        x0, x1 = sorted((stroke.x0, stroke.x1))
        top, bottom = sorted((stroke.y0, stroke.y1))
        left, upper, right, lower = window
        if x1 < left - slack or x0 > right + slack or bottom < upper - slack or top > lower + slack:
            continue
        if stroke.y0 == stroke.y1:
            stroke = stroke._replace(x0=min(max(stroke.x0, left), right), x1=min(max(stroke.x1, left), right))
        elif stroke.x0 == stroke.x1:
            stroke = stroke._replace(y0=min(max(stroke.y0, upper), lower), y1=min(max(stroke.y1, upper), lower))
        yield stroke


def clipped_fills(fills: Iterable[Fill], windows: Mapping[int, Window]) -> Iterator[Fill]:
    """What is left of filled rectangles."""
    for fill in fills:
        window = windows.get(fill.order)
        if window is None:
            yield fill
            continue
        left, upper, right, lower = window
        x0, top, x1, bottom = max(fill.x0, left), max(fill.top, upper), min(fill.x1, right), min(fill.bottom, lower)
        if x1 - x0 >= min(_LEAST, fill.x1 - fill.x0) and bottom - top >= min(_LEAST, fill.bottom - fill.top):
            yield fill._replace(x0=x0, top=top, x1=x1, bottom=bottom)


def seen_rings(rings: Iterable[Ring], windows: Mapping[int, Window]) -> Iterator[Ring]:
    """The boxes around curves but for those of which nothing is left."""
    for ring in rings:
        window = windows.get(ring.order)
        if window is None or (
            ring.x1 > window[0] and ring.x0 < window[2] and ring.bottom > window[1] and ring.top < window[3]
        ):
            yield ring
