"""What a page paints, object by object, as PDFium has it: strokes, filled rectangles, pictures."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice, repeat
from typing import Any, NamedTuple

import numpy as np

from extract.pdf import pdfium_calls as call
from extract.pdf.reader import DECIMALS, Fill, Stroke
from schemas.document import Box

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE, _BEZIER, _MOVE = 0, 1, 2

_FORM_DEPTH = 12
"""Forms within forms deeper than this are taken for a loop."""

_THIN = 3.0
"""A filled area no wider than this is a rule, whatever its shape."""

_MATRIX = (ctypes.c_float * 6)()
_AT_MATRIX = ctypes.addressof(_MATRIX)

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
"""A transformation in PDF's order: x' = a·x + c·y + e, y' = b·x + d·y + f."""


@dataclass(frozen=True, slots=True)
class Painted:
    """The paths and pictures of a page, in points from its top left corner.

    `texts` are PDFium's handles of the text objects, in the order of painting.
    """

    strokes: tuple[Stroke, ...]
    fills: tuple[Fill, ...]
    images: tuple[Box, ...]
    texts: tuple[int, ...]


def page_to_painted(page: int, left: float, top: float) -> Painted:
    """The paths and pictures of a page; `left` and `top` are its corner in PDF's coordinates."""
    shift: Matrix = (1.0, 0.0, 0.0, -1.0, -left, top)
    texts: list[int] = []
    images: list[_Placed] = []
    paths: list[_Placed] = []
    for order, (kind, item, within) in enumerate(_objects(page, call.count_objects, call.page_object, shift)):
        if kind == _TEXT:
            texts.append(item)
        else:
            (images if kind == _IMAGE else paths).append(_Placed(item, order, within))
    strokes: list[Stroke] = []
    fills: list[Fill] = []
    for path in _read_paths(paths):
        for points, lines in _subpaths(path.segments):
            if path.is_stroked:
                strokes += [Stroke(x0, y0, x1, y1, path.width, path.stroke, path.order) for (x0, y0), (x1, y1) in lines]
            if path.is_filled:
                box = _extent(points)
                if min(box.width, box.height) <= _THIN or _is_rectangle(points, box):
                    fills.append(Fill(box.x0, box.top, box.x1, box.bottom, path.fill, path.order))
    corners = ((0, 0), (1, 0), (0, 1), (1, 1))
    boxes = [_extent([_moved(matrix, x, y) for x, y in corners]) for matrix in _matrices(images)]
    return Painted(tuple(strokes), tuple(fills), tuple(boxes), tuple(texts))


class _Placed(NamedTuple):
    """PDFium's handle of a path or picture, its place in the order of painting, and what transforms its form."""

    item: int
    order: int
    within: Matrix


class _Path(NamedTuple):
    """A path that is painted: its segments, and how. A lightness that is unknown or not used is None."""

    segments: list[_Segment]
    order: int
    is_filled: bool
    is_stroked: bool
    fill: float | None
    stroke: float | None
    width: float


class _Segment(NamedTuple):
    """The end of a piece of a path, on the page. `is_last` says that a line closes the path from there."""

    point: Point
    kind: int
    is_last: int


def _read_paths(placed: Sequence[_Placed]) -> Iterator[_Path]:
    """The painted ones of some paths. Each question is put for all of them at once."""
    modes = np.empty((len(placed), 2), np.int32)
    at = modes.ctypes.data
    deque(map(call.draw_mode, [path.item for path in placed], count(at, 8), count(at + 4, 8)), maxlen=0)
    drawn = np.flatnonzero(modes.any(axis=1)).tolist()
    paths = [placed[number] for number in drawn]
    items = [path.item for path in paths]
    widths = np.empty((len(items), 1), np.float32)
    call.fill_rows(call.stroke_width, widths, items)
    lengths = [*map(call.count_segments, items)]
    ends = iter(_ends(items, lengths))
    rows = zip(
        paths,
        _matrices(paths),
        lengths,
        (modes[drawn] != 0).tolist(),
        call.lightness_of(call.fill_colour, items).tolist(),
        call.lightness_of(call.stroke_colour, items).tolist(),
        widths[:, 0].tolist(),
        strict=True,
    )
    for path, matrix, length, (is_filled, is_stroked), fill, stroke, width in rows:
        segments = [_Segment(_moved(matrix, x, y), kind, is_last) for x, y, kind, is_last in islice(ends, length)]
        yield _Path(
            segments,
            path.order,
            is_filled,
            is_stroked,
            fill if is_filled and fill == fill else None,
            stroke if is_stroked and stroke == stroke else None,
            width,
        )


def _ends(items: Sequence[int], lengths: Sequence[int]) -> Iterable[tuple[float, float, int, int]]:
    """Of all segments of some paths, one after the other: the end as PDFium has it, the kind, whether it closes."""
    owners = chain.from_iterable(map(repeat, items, lengths))
    segments = [*map(call.segment, owners, chain.from_iterable(map(range, lengths)))]
    points = np.empty((len(segments), 2), np.float32)
    at = points.ctypes.data
    deque(map(call.segment_point, segments, count(at, 8), count(at + 4, 8)), maxlen=0)
    xs, ys = points.T.tolist()
    return zip(xs, ys, map(call.segment_type, segments), map(call.segment_closes, segments), strict=True)


def _matrices(placed: Sequence[_Placed]) -> Iterator[Matrix]:
    """What moves each path or picture to its place on the page."""
    matrices = np.empty((len(placed), 6), np.float32)
    call.fill_rows(call.object_matrix, matrices, [item.item for item in placed])
    return map(_product, (item.within for item in placed), matrices.tolist())


def _objects(
    container: int, count: Callable[..., Any], get: Callable[..., Any], within: Matrix, depth: int = 0
) -> Iterator[tuple[int, int, Matrix]]:
    """Text, paths and pictures in the order of painting, those in forms too, with what transforms their forms."""
    items = [*map(get, repeat(container), range(count(container)))]
    for item, kind in zip(items, map(call.object_type, items), strict=True):
        if kind in (_TEXT, _PATH, _IMAGE):
            yield kind, item, within
        elif kind == _FORM and depth < _FORM_DEPTH:
            call.object_matrix(item, _AT_MATRIX)
            inner = _product(within, (*_MATRIX,))
            yield from _objects(item, call.count_form_objects, call.form_object, inner, depth + 1)


def _subpaths(segments: Sequence[_Segment]) -> Iterator[tuple[list[Point], list[tuple[Point, Point]]]]:
    """The points of each part of a path, and its straight lines. Curved pieces only move the pen."""
    points: list[Point] = []
    lines: list[tuple[Point, Point]] = []
    curved = 0
    for point, kind, is_last in segments:
        if kind == _MOVE:
            if len(points) > 1:
                yield points, lines
            points, lines = [point], []
            continue
        if kind == _BEZIER:
            curved += 1
            if curved % 3:
                continue
        elif points:
            lines.append((points[-1], point))
        points.append(point)
        if is_last and point != points[0]:
            lines.append((point, points[0]))
            points.append(points[0])
    if len(points) > 1:
        yield points, lines


def _is_rectangle(points: list[Point], box: Box) -> bool:
    """Whether a path runs along the sides of its own box."""
    return all(
        (abs(x - box.x0) < 0.5 or abs(x - box.x1) < 0.5) and (abs(y - box.top) < 0.5 or abs(y - box.bottom) < 0.5)
        for x, y in points
    )


def _extent(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _moved(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return round(a * x + c * y + e, DECIMALS), round(b * x + d * y + f, DECIMALS)


def _product(outer: Matrix, inner: Sequence[float]) -> Matrix:
    """What does `inner` first, then `outer`."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f
