"""What a page paints, object by object, as PDFium has it: strokes, filled rectangles, pictures.

Every question is put for all paths of a page at once, and their points are columns of numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter
from typing import Any

import numpy as np

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.engines.pdfium.clips import clipped_fills, clipped_strokes, seen_rings, windows_by_order
from extract.pdf.engines.pdfium.loops import Handles, fill_rows, handles_at, numbers_of, parts_of
from extract.pdf.engines.pdfium.objects import Matrix, Objects, matrices_of, moved, products
from extract.pdf.model.glyph_array import Bools, Floats, Ints
from extract.pdf.model.raw_page import DECIMALS, Fill, Ring, Stroke
from extract.pdf.model.wide_strokes import wide_strokes_as_fills
from schemas.document import Box

_TEXT, _PATH, _IMAGE, _SHADING, _FORM = 1, 2, 3, 4, 5
_LINE, _BEZIER, _MOVE = 0, 1, 2

_FORM_DEPTH = 12
"""Forms within forms deeper than this are taken for a loop."""

_THIN = 3.0
"""A filled area no wider than this is a rule, whatever its shape."""

_OFF = 0.5
"""How far a corner of a rectangle may lie off the sides of its box, in points."""

_STRAIGHT = 0.2
"""A curve whose points lie no further off the line between its ends, in points, is a straight line."""


@dataclass(frozen=True, slots=True)
class Painted:
    """The paths and pictures of a page, in points from its top left corner.

    `image_orders` are the places of the pictures in the order of painting, `texts` the text objects,
    `shapes` the boxes around filled areas that are no rectangles, `rings` the closed curves that are drawn as lines.
    """

    strokes: tuple[Stroke, ...]
    fills: tuple[Fill, ...]
    images: tuple[Box, ...]
    image_orders: tuple[int, ...]
    texts: Objects
    shapes: tuple[Ring, ...] = ()
    rings: tuple[Ring, ...] = ()


def page_to_painted(page: int, base: Matrix) -> Painted:
    """The paths and pictures of a page; `base` moves what stands on it to where it is displayed."""
    matrices, veils = [base], [False]
    parts = [*_objects(page, call.count_objects, call.page_object, matrices, veils)]
    kinds, items, forms = (np.concatenate([part[number] for part in parts]) for number in range(3))
    known = np.flatnonzero((kinds == _TEXT) | (kinds == _PATH) | (kinds == _IMAGE) | (kinds == _SHADING))
    kinds = kinds[known]
    every = Objects(items[known], np.arange(len(known)), forms[known], np.array(matrices), np.array(veils))
    paths, images = every.take(kinds == _PATH), every.take(kinds == _IMAGE)
    strokes, fills, shapes, rings = _read_paths(paths) if len(paths) else ([], [], [], [])
    windows = windows_by_order(paths) if len(paths) else {}
    strokes, areas = wide_strokes_as_fills(strokes)
    strokes, fills = [*clipped_strokes(strokes, windows)], [*clipped_fills([*fills, *areas], windows)]
    shapes, rings = [*seen_rings(shapes, windows)], [*seen_rings(rings, windows)]
    boxes = tuple(_extents(images) if len(images) else ())
    orders = tuple(images.orders.tolist())
    # Some programs draw rules as pictures of one pixel.
    fills += [
        Fill(box.x0, box.top, box.x1, box.bottom, 0.0, order)
        for box, order in zip(boxes, orders, strict=True)
        if min(box.width, box.height) <= _THIN
    ]
    fills += _shadings(every.take(kinds == _SHADING))
    fills.sort(key=attrgetter("order"))
    texts = every.take(kinds == _TEXT)
    return Painted(tuple(strokes), tuple(fills), boxes, orders, texts, tuple(shapes), tuple(rings))


_Found = tuple[Ints, Handles, Ints]
"""Kinds of objects, their handles, and the numbers of the matrices of their forms."""


def _objects(
    container: int,
    count_of: Callable[..., Any],
    get: Callable[..., Any],
    matrices: list[Matrix],
    veils: list[bool],
    depth: int = 0,
) -> Iterator[_Found]:
    """The objects of a page or form in the order of painting, those of its forms in the place of these.

    The last of the `matrices` and `veils` are those of the container; those of its forms are added.
    """
    own, n = len(matrices) - 1, max(count_of(container), 0)
    if depth:
        items = np.fromiter(map(get, repeat(container), range(n)), np.uintp, n)
    else:
        items = handles_at(get, container, np.arange(n))
    kinds = numbers_of(call.object_type, items).astype(np.int64)
    start = 0
    for at in np.flatnonzero(kinds == _FORM).tolist() if depth < _FORM_DEPTH else ():
        yield kinds[start:at], items[start:at], np.full(at - start, own)
        start = at + 1
        inner = np.zeros((1, 6), np.float32)
        fill_rows(call.object_matrix, items[at:start], inner)
        (product,) = products(np.array([matrices[own]]), inner.astype(np.float64)).tolist()
        matrices.append(tuple(product))
        veils.append(veils[own] or bool(call.has_transparency(int(items[at]))))
        yield from _objects(int(items[at]), call.count_form_objects, call.form_object, matrices, veils, depth + 1)
    yield kinds[start:], items[start:], np.full(n - start, own)


def _read_paths(every: Objects) -> tuple[list[Stroke], list[Fill], list[Ring], list[Ring]]:
    """The straight lines, filled rectangles, other areas and rings of some paths, given in the order of painting."""
    modes = np.zeros((len(every), 2), np.int32)
    fill_rows(call.draw_mode, every.items, modes, parts=2)
    drawn = np.flatnonzero(modes.any(axis=1))
    paths = every.take(drawn)
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


def _read_points(paths: Objects) -> _Points:
    lengths = np.maximum(numbers_of(call.count_segments, paths.items), 0).astype(np.int64)
    owners = np.repeat(np.arange(len(paths)), lengths)
    segments = parts_of(call.segment, paths.items, lengths)
    points = np.zeros((len(segments), 2), np.float32)
    fill_rows(call.segment_point, segments, points, parts=2)
    kinds = numbers_of(call.segment_type, segments)
    is_last = numbers_of(call.segment_closes, segments) != 0
    a, b, c, d, e, f = matrices_of(paths).T[:, owners]
    x, y = points.astype(np.float64).T
    x, y = np.round(a * x + c * y + e, DECIMALS), np.round(b * x + d * y + f, DECIMALS)
    # Of the three points of a curve, the last is on the path.
    is_curve = kinds == _BEZIER
    kept = np.flatnonzero(~is_curve | (np.cumsum(is_curve) % 3 == 0))
    kinds[_straight(x, y, kept[is_curve[kept]])] = _LINE
    x, y, owners, kinds, is_last = x[kept], y[kept], owners[kept], kinds[kept], is_last[kept]
    is_first = (kinds == _MOVE) | (np.diff(owners, prepend=-1) != 0)
    firsts = np.maximum.accumulate(np.where(is_first, np.arange(len(kept)), 0))
    is_bent = ~is_first & (kinds == _BEZIER)
    return _Points(x, y, owners, firsts, ~is_first & (kinds == _LINE), is_bent, is_last & ~is_first)


def _straight(x: Floats, y: Floats, ends: Ints) -> Ints:
    """Those of the `ends` of curves whose curves are straight lines: the two points before lie on the way from the
    third, where the curve begins."""
    starts = np.maximum(ends - 3, 0)
    across, along = x[ends] - x[starts], y[ends] - y[starts]
    lengths = np.hypot(across, along)
    is_straight = lengths > _STRAIGHT
    for before in (1, 2):
        dx, dy = x[ends - before] - x[starts], y[ends - before] - y[starts]
        on_way = dx * across + dy * along
        is_straight &= np.abs(across * dy - along * dx) <= _STRAIGHT * lengths
        is_straight &= (on_way >= 0) & (on_way <= lengths**2)
    return ends[is_straight]


def _strokes(points: _Points, is_stroked: Bools, paths: Objects) -> list[Stroke]:
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
    stroked = paths.take(used)
    widths = np.zeros((len(stroked), 1), np.float32)
    fill_rows(call.stroke_width, stroked.items, widths)
    light = _known(call.colours_of(call.stroke_colour, stroked.items).lightness[at])
    columns = (x[starts], y[starts], x[ends], y[ends], widths[at, 0])
    rows = zip(*(column.tolist() for column in columns), light, stroked.orders[at].tolist(), strict=True)
    return [*map(Stroke._make, rows)]


def _fills(points: _Points, is_filled: Bools, paths: Objects) -> tuple[list[Fill], list[Ring]]:
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
    owners = paths.take(points.owners[is_filled][heads[taken]])
    colours = call.colours_of(call.fill_colour, owners.items)
    orders = owners.orders.tolist()
    hues, of_hue = np.unique(colours.values[:, :3] @ (1 << 16, 1 << 8, 1), return_inverse=True)
    of_each = [f"#{hue:06x}" for hue in hues.tolist()]
    names = [of_each[number] for number in of_hue.tolist()]
    are_clear = (numbers_of(call.has_transparency, owners.items) != 0).tolist()
    sides = (side[taken].tolist() for side in (x0, top, x1, bottom))
    others = np.setdiff1d(np.flatnonzero(counts > 1), taken)
    of = paths.orders[points.owners[is_filled][heads[others]]].tolist()
    columns = (side[others].tolist() for side in outer)
    shapes = [*map(Ring, *columns, repeat(None), of)]
    return [*map(Fill, *sides, _known(colours.lightness), orders, names, are_clear)], shapes


def _rings(points: _Points, is_drawn: Bools, paths: Objects) -> list[Ring]:
    """The closed parts with curves of the paths that are stroked and not filled."""
    bent = np.unique(points.firsts[points.is_bent & is_drawn])
    if not len(bent):
        return []
    x, y, heads = points.x, points.y, np.flatnonzero(np.diff(points.firsts, prepend=-1))
    lasts = np.append(heads[1:], len(x)) - 1
    is_closed = points.is_last[lasts] | ((np.abs(x[lasts] - x[heads]) < _OFF) & (np.abs(y[lasts] - y[heads]) < _OFF))
    taken = np.flatnonzero(np.isin(heads, bent) & is_closed)
    owners = paths.take(points.owners[heads[taken]])
    light = _known(call.colours_of(call.stroke_colour, owners.items).lightness)
    sides = (np.minimum.reduceat(x, heads), np.minimum.reduceat(y, heads))
    others = (np.maximum.reduceat(x, heads), np.maximum.reduceat(y, heads))
    columns = (side[taken].tolist() for side in (*sides, *others))
    return [*map(Ring, *columns, light, owners.orders.tolist())]


def _shadings(shaded: Objects) -> Iterator[Fill]:
    """Areas that change their colour from side to side, in the boxes that their clipping paths leave of them."""
    if not len(shaded):
        return
    sides = np.zeros((len(shaded), 4), np.float32)
    fill_rows(call.object_bounds, shaded.items, sides, parts=4)
    left, bottom, right, top = sides.astype(np.float64).T
    boxes = np.round(moved(shaded.within, np.array([left, top, right, bottom])), DECIMALS)
    for (x0, upper, x1, lower), order in zip(boxes.T.tolist(), shaded.orders.tolist(), strict=True):
        yield Fill(x0, upper, x1, lower, None, order)


def _known(light: Floats) -> list[float | None]:
    """Lightness as strokes and fills have it: None where it is unknown."""
    return [value if value == value else None for value in light.tolist()]


def _extents(images: Objects) -> Iterable[Box]:
    """The boxes of pictures: a picture fills the unit square, moved to its place."""
    a, b, c, d, e, f = matrices_of(images).T
    x = np.round([e, a + e, c + e, a + c + e], DECIMALS)
    y = np.round([f, b + f, d + f, b + d + f], DECIMALS)
    sides = (x.min(axis=0), y.min(axis=0), x.max(axis=0), y.max(axis=0))
    return map(Box, *(side.tolist() for side in sides))
