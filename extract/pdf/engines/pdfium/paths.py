"""What a page paints, object by object, as PDFium has it: strokes, filled rectangles, pictures.

Every question is put for all paths of a page at once, and their points are columns of numbers.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, repeat
from typing import Any, NamedTuple

import numpy as np

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.model.glyph_array import Bools, Floats, Ints
from extract.pdf.model.raw_page import DECIMALS, Fill, Ring, Stroke
from schemas.document import Box

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE, _BEZIER, _MOVE = 0, 1, 2

_FORM_DEPTH = 12
"""Forms within forms deeper than this are taken for a loop."""

_THIN = 3.0
"""A filled area no wider than this is a rule, whatever its shape."""

_OFF = 0.5
"""How far a corner of a rectangle may lie off the sides of its box, in points."""

_MATRIX = (ctypes.c_float * 6)()
_AT_MATRIX = ctypes.addressof(_MATRIX)

Matrix = tuple[float, float, float, float, float, float]
"""A transformation in PDF's order: x' = a·x + c·y + e, y' = b·x + d·y + f."""


@dataclass(frozen=True, slots=True)
class Painted:
    """The paths and pictures of a page, in points from its top left corner.

    `image_orders` are the places of the pictures in the order of painting, `texts` the text objects,
    in that order, by PDFium's handle, `shapes` the boxes around filled areas that are no rectangles, `rings` the closed
    curves that are drawn as lines.
    """

    strokes: tuple[Stroke, ...]
    fills: tuple[Fill, ...]
    images: tuple[Box, ...]
    image_orders: tuple[int, ...]
    texts: Mapping[int, Placed]
    shapes: tuple[Ring, ...] = ()
    rings: tuple[Ring, ...] = ()


def page_to_painted(page: int, base: Matrix) -> Painted:
    """The paths and pictures of a page; `base` moves what stands on it to where it is displayed."""
    texts: dict[int, Placed] = {}
    paths: list[Placed] = []
    images: list[Placed] = []
    for order, (kind, item, within) in enumerate(_objects(page, call.count_objects, call.page_object, base)):
        placed = Placed(item, within, order)
        if kind == _TEXT:
            texts[item] = placed
        else:
            (images if kind == _IMAGE else paths).append(placed)
    strokes, fills, shapes, rings = _read_paths(paths) if paths else ([], [], [], [])
    boxes = tuple(_extents(images) if images else ())
    orders = tuple(image.order for image in images)
    # Some programs draw rules as pictures of one pixel.
    fills += [
        Fill(box.x0, box.top, box.x1, box.bottom, 0.0, order)
        for box, order in zip(boxes, orders, strict=True)
        if min(box.width, box.height) <= _THIN
    ]
    return Painted(tuple(strokes), tuple(fills), boxes, orders, texts, tuple(shapes), tuple(rings))


class Placed(NamedTuple):
    """PDFium's handle of an object, what transforms its form, and its place in the order of painting."""

    item: int
    within: Matrix
    order: int


def _objects(
    container: int, count_of: Callable[..., Any], get: Callable[..., Any], within: Matrix, depth: int = 0
) -> Iterator[tuple[int, int, Matrix]]:
    """Text, paths and pictures in the order of painting, those in forms too: kind, handle, what transforms its form."""
    items = [*map(get, repeat(container), range(count_of(container)))]
    for kind, item in zip(map(call.object_type, items), items, strict=True):
        if kind in (_TEXT, _PATH, _IMAGE):
            yield kind, item, within
        elif kind == _FORM and depth < _FORM_DEPTH:
            call.object_matrix(item, _AT_MATRIX)
            inner = np.array([_MATRIX[:]], np.float64)
            (product,) = _products(np.array([within]), inner).tolist()
            yield from _objects(item, call.count_form_objects, call.form_object, tuple(product), depth + 1)


def _read_paths(placed: Sequence[Placed]) -> tuple[list[Stroke], list[Fill], list[Ring], list[Ring]]:
    """The straight lines, filled rectangles, other areas and rings of some paths, given in the order of painting."""
    modes = np.empty((len(placed), 2), np.int32)
    at = modes.ctypes.data
    deque(map(call.draw_mode, [path.item for path in placed], count(at, 8), count(at + 4, 8)), maxlen=0)
    drawn = np.flatnonzero(modes.any(axis=1))
    paths = [placed[number] for number in drawn.tolist()]
    is_filled, is_stroked = (modes[drawn] != 0).T
    points = _read_points(paths)
    strokes = _strokes(points, is_stroked[points.owners], paths)
    fills, shapes = _fills(points, is_filled[points.owners], paths)
    return strokes, fills, shapes, _rings(points, is_stroked[points.owners] & ~is_filled[points.owners], paths)


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """The points of paths on the page, one after the other, those that only bend a curve left out.

    `owners` tells the path of each, `firsts` the number of the first point of its part of the path. A line runs from
    the point before to each that `is_line`, a curve to each that `is_bent`, and a line from each that `is_last` back to
    the first.
    """

    x: Floats
    y: Floats
    owners: Ints
    firsts: Ints
    is_line: Bools
    is_bent: Bools
    is_last: Bools


def _read_points(paths: Sequence[Placed]) -> _Points:
    items = [path.item for path in paths]
    lengths = [*map(call.count_segments, items)]
    owners = np.repeat(np.arange(len(items)), lengths)
    segments = [
        *map(call.segment, chain.from_iterable(map(repeat, items, lengths)), chain.from_iterable(map(range, lengths)))
    ]
    points = np.empty((len(segments), 2), np.float32)
    at = points.ctypes.data
    deque(map(call.segment_point, segments, count(at, 8), count(at + 4, 8)), maxlen=0)
    kinds = np.fromiter(map(call.segment_type, segments), np.int64, len(segments))
    is_last = np.fromiter(map(call.segment_closes, segments), np.bool_, len(segments))
    a, b, c, d, e, f = matrices_of(paths).T[:, owners]
    x, y = points.astype(np.float64).T
    x, y = np.round(a * x + c * y + e, DECIMALS), np.round(b * x + d * y + f, DECIMALS)
    # Of the three points of a curve, the last is on the path.
    is_curve = kinds == _BEZIER
    kept = np.flatnonzero(~is_curve | (np.cumsum(is_curve) % 3 == 0))
    x, y, owners, kinds, is_last = x[kept], y[kept], owners[kept], kinds[kept], is_last[kept]
    is_first = (kinds == _MOVE) | (np.diff(owners, prepend=-1) != 0)
    firsts = np.maximum.accumulate(np.where(is_first, np.arange(len(kept)), 0))
    is_bent = ~is_first & (kinds == _BEZIER)
    return _Points(x, y, owners, firsts, ~is_first & (kinds == _LINE), is_bent, is_last & ~is_first)


def _strokes(points: _Points, is_stroked: Bools, paths: Sequence[Placed]) -> list[Stroke]:
    """The straight lines of the paths that are stroked."""
    x, y, firsts = points.x, points.y, points.firsts
    before = np.arange(len(x)) - 1
    before = np.where(points.is_last[before], firsts[before], before)
    lines = np.flatnonzero(points.is_line & is_stroked)
    closing = np.flatnonzero(points.is_last & is_stroked & ((x != x[firsts]) | (y != y[firsts])))
    starts, ends = np.append(before[lines], closing), np.append(lines, firsts[closing])
    in_order = np.argsort(np.append(2 * lines, 2 * closing + 1))
    starts, ends = starts[in_order], ends[in_order]
    if not len(starts):
        return []
    of = points.owners[starts]
    used, at = np.unique(of, return_inverse=True)
    stroked = [paths[number].item for number in used.tolist()]
    orders = [paths[number].order for number in used.tolist()]
    widths = np.empty((len(stroked), 1), np.float32)
    call.fill_rows(call.stroke_width, widths, stroked)
    light = _known(call.colours_of(call.stroke_colour, stroked).lightness)
    columns = (x[starts], y[starts], x[ends], y[ends], widths[at, 0])
    of_lines = at.tolist()
    rows = zip(
        *(column.tolist() for column in columns),
        [light[number] for number in of_lines],
        [orders[number] for number in of_lines],
        strict=True,
    )
    return [*map(Stroke._make, rows)]


def _fills(points: _Points, is_filled: Bools, paths: Sequence[Placed]) -> tuple[list[Fill], list[Ring]]:
    """The rectangles, and whatever is thin, of the paths that are filled; and the boxes around all else."""
    if not is_filled.any():
        return [], []
    x, y, firsts = points.x[is_filled], points.y[is_filled], points.firsts[is_filled]
    heads = np.flatnonzero(np.diff(firsts, prepend=-1))
    counts = np.diff(heads, append=len(x))
    x0, top, x1, bottom = (
        np.minimum.reduceat(x, heads),
        np.minimum.reduceat(y, heads),
        np.maximum.reduceat(x, heads),
        np.maximum.reduceat(y, heads),
    )
    outer = (x0, top, x1, bottom)
    left, upper, right, lower = (np.repeat(side, counts) for side in outer)
    is_on_sides = ((np.abs(x - left) < _OFF) | (np.abs(x - right) < _OFF)) & (
        (np.abs(y - upper) < _OFF) | (np.abs(y - lower) < _OFF)
    )
    is_thin = np.minimum(x1 - x0, bottom - top) <= _THIN
    taken = np.flatnonzero((counts > 1) & (is_thin | np.logical_and.reduceat(is_on_sides, heads)))
    owners = [paths[owner] for owner in points.owners[is_filled][heads[taken]].tolist()]
    colours = call.colours_of(call.fill_colour, [owner.item for owner in owners])
    orders = [owner.order for owner in owners]
    names = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue, _ in colours.values.tolist()]
    sides = (side[taken].tolist() for side in (x0, top, x1, bottom))
    others = np.setdiff1d(np.flatnonzero(counts > 1), taken)
    of = [paths[owner].order for owner in points.owners[is_filled][heads[others]].tolist()]
    columns = (side[others].tolist() for side in outer)
    shapes = [*map(Ring, *columns, repeat(None), of)]
    return [*map(Fill, *sides, _known(colours.lightness), orders, names)], shapes


def _rings(points: _Points, is_drawn: Bools, paths: Sequence[Placed]) -> list[Ring]:
    """The closed parts with curves of the paths that are stroked and not filled."""
    bent = np.unique(points.firsts[points.is_bent & is_drawn])
    if not len(bent):
        return []
    x, y, heads = points.x, points.y, np.flatnonzero(np.diff(points.firsts, prepend=-1))
    lasts = np.append(heads[1:], len(x)) - 1
    is_closed = points.is_last[lasts] | ((np.abs(x[lasts] - x[heads]) < _OFF) & (np.abs(y[lasts] - y[heads]) < _OFF))
    taken = np.flatnonzero(np.isin(heads, bent) & is_closed)
    owners = [paths[owner] for owner in points.owners[heads[taken]].tolist()]
    light = _known(call.colours_of(call.stroke_colour, [owner.item for owner in owners]).lightness)
    sides = (np.minimum.reduceat(x, heads), np.minimum.reduceat(y, heads))
    others = (np.maximum.reduceat(x, heads), np.maximum.reduceat(y, heads))
    columns = (side[taken].tolist() for side in (*sides, *others))
    return [*map(Ring, *columns, light, [owner.order for owner in owners])]


def _known(light: Floats) -> list[float | None]:
    """Lightness as strokes and fills have it: None where it is unknown."""
    return [value if value == value else None for value in light.tolist()]


def matrices_of(placed: Sequence[Placed]) -> Floats:
    """What moves each object to its place on the page, a row for each."""
    matrices = np.empty((len(placed), 6), np.float32)
    call.fill_rows(call.object_matrix, matrices, [item.item for item in placed])
    return _products(np.array([item.within for item in placed]), matrices.astype(np.float64))


def _products(outer: Floats, inner: Floats) -> Floats:
    """What does `inner` first, then `outer`, row by row."""
    a, b, c, d, e, f = outer.T
    p, q, r, s, t, u = inner.T
    return np.array(
        [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f]
    ).T


def moved(within: Floats, boxes: Floats) -> Floats:
    """Boxes moved to their places on the page, each by its row of `within`: around their corners, sides in rows."""
    a, b, c, d, e, f = within.T
    xs, ys = boxes[[0, 2, 0, 2]], boxes[[1, 1, 3, 3]]
    x, y = a * xs + c * ys + e, b * xs + d * ys + f
    return np.array([x.min(axis=0), y.min(axis=0), x.max(axis=0), y.max(axis=0)])


def _extents(images: Sequence[Placed]) -> Iterable[Box]:
    """The boxes of pictures: a picture fills the unit square, moved to its place."""
    a, b, c, d, e, f = matrices_of(images).T
    x = np.round([e, a + e, c + e, a + c + e], DECIMALS)
    y = np.round([f, b + f, d + f, b + d + f], DECIMALS)
    sides = (x.min(axis=0), y.min(axis=0), x.max(axis=0), y.max(axis=0))
    return map(Box, *(side.tolist() for side in sides))
