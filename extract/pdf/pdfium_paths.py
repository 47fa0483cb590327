"""What a page paints, object by object, as PDFium has it: strokes, filled rectangles, pictures, colours of text."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

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
_PAIR = (ctypes.c_float * 2)()
_INTS = (ctypes.c_int * 2)()
_COLOUR = (ctypes.c_uint * 4)()
_AT_MATRIX, _AT_PAIR = ctypes.addressof(_MATRIX), ctypes.addressof(_PAIR)
_AT_INTS, _AT_COLOUR = ctypes.addressof(_INTS), ctypes.addressof(_COLOUR)

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
"""A transformation in PDF's order: x' = a·x + c·y + e, y' = b·x + d·y + f."""

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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
    strokes: list[Stroke] = []
    fills: list[Fill] = []
    images: list[Box] = []
    texts: list[int] = []
    shift: Matrix = (1.0, 0.0, 0.0, -1.0, -left, top)
    for order, (kind, item, within) in enumerate(_objects(page, call.count_objects, call.page_object, shift)):
        if kind == _TEXT:
            texts.append(item)
            continue
        call.object_matrix(item, _AT_MATRIX)
        matrix = _product(within, (*_MATRIX,))
        if kind == _IMAGE:
            images.append(_extent([_moved(matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]))
            continue
        call.draw_mode(item, _AT_INTS, _AT_INTS + 4)
        is_filled, is_stroked = bool(_INTS[0]), bool(_INTS[1])
        if not (is_filled or is_stroked):
            continue
        gray, shade = (
            _lightness(item, call.stroke_colour, is_used=is_stroked),
            _lightness(item, call.fill_colour, is_used=is_filled),
        )
        call.stroke_width(item, _AT_PAIR)
        width = _PAIR[0]
        for points, lines in _subpaths(item, matrix):
            if is_stroked:
                strokes += [Stroke(x0, y0, x1, y1, width, gray, order) for (x0, y0), (x1, y1) in lines]
            if is_filled:
                box = _extent(points)
                if min(box.width, box.height) <= _THIN or _is_rectangle(points, box):
                    fills.append(Fill(box.x0, box.top, box.x1, box.bottom, shade, order))
    return Painted(tuple(strokes), tuple(fills), tuple(images), tuple(texts))


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


def _subpaths(item: int, matrix: Matrix) -> Iterator[tuple[list[Point], list[tuple[Point, Point]]]]:
    """The points of each part of a path, and its straight lines. Curved pieces only move the pen."""
    points: list[Point] = []
    lines: list[tuple[Point, Point]] = []
    curved = 0
    for number in range(call.count_segments(item)):
        segment = call.segment(item, number)
        kind = call.segment_type(segment)
        call.segment_point(segment, _AT_PAIR, _AT_PAIR + 4)
        point = _moved(matrix, *_PAIR)
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
        if call.segment_closes(segment) and point != points[0]:
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


def _lightness(item: int, colour: Callable[..., Any], *, is_used: bool) -> float | None:
    """From 0 (black) to 1 (white); None where nothing is painted with it, or with a pattern."""
    if not is_used or not colour(item, _AT_COLOUR, _AT_COLOUR + 4, _AT_COLOUR + 8, _AT_COLOUR + 12):
        return None
    red, green, blue, _ = _COLOUR
    return round((0.299 * red + 0.587 * green + 0.114 * blue) / 255, 6)


def _moved(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return round(a * x + c * y + e, DECIMALS), round(b * x + d * y + f, DECIMALS)


def _product(outer: Matrix, inner: tuple[float, ...]) -> Matrix:
    """What does `inner` first, then `outer`."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f
