"""The rules of a page from its picture, as the strokes that the grid builder takes; and the picture without them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.ocr.page_picture import Grey, Mask, PagePicture
from extract.pdf.model.raw_page import DECIMALS, Stroke

_LEAST = 9.0
"""A rule is so many points long at least: the side of the smallest cell."""

_LONG = 26.0
"""A rule from so many points on that meets another one is no stroke of a letter."""

_ALONE = 80.0
"""The same of one that meets none: longer than the strokes of a title's letters."""

_THICK = 3.0
"""Points. What is thicker is a dark area."""

_NEAR = 0.4
"""Points. So far from a line, beyond its own grey edge, it is seen what hangs on it."""

_HANGING = 0.3
"""The share of a line's length along which something hangs on it, when it is made of letters."""

_SHORT = 0.5
"""Points. A rule that ends at another one falls short of its edge by no more; a letter in a low row keeps clear."""

_CROSS = 2.5
"""Points. It may run over it by so much."""

_JOIN = 1.0
"""Points. A rule that crosses another one may miss its end by so much."""

_FAINT = 0.5
"""Points. A gap that grain and faint print leave in a rule."""


def picture_to_strokes(picture: PagePicture) -> tuple[Stroke, ...]:
    """The straight lines of a page, across and down, in points.

    >>> from extract.ocr.page_picture import to_page_picture
    >>> paper = np.full((400, 400), 255, np.uint8)
    >>> paper[100:102, 50:350] = paper[300:302, 50:350] = 0
    >>> paper[100:302, 50:52] = paper[100:302, 348:350] = 0
    >>> [(s.x0, s.y0, s.x1, s.y1) for s in picture_to_strokes(to_page_picture(paper, 2.0))]
    [(25.0, 50.5, 175.0, 50.5), (25.0, 150.5, 175.0, 150.5), (25.5, 50.0, 25.5, 151.0), (174.5, 50.0, 174.5, 151.0)]
    """
    across = _straight(picture.ink, picture.scale)
    down = [_turned(stroke) for stroke in _straight(np.ascontiguousarray(picture.ink.T), picture.scale)]
    while True:
        turned = [_turned(stroke) for stroke in across]
        kept = [s for s in across if _is_rule(s, down)], [s for s in down if _is_rule(_turned(s), turned)]
        if (len(kept[0]), len(kept[1])) == (len(across), len(down)):
            return (*across, *down)
        across, down = kept


def _straight(ink: Mask, scale: float) -> list[Stroke]:
    """Runs of ink from left to right that are long and thin."""
    gap = round(_FAINT * scale) + 1
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap | 1), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, round(_LEAST * scale) | 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    strokes: list[Stroke] = []
    for number in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[number])
        thickness = area / width
        if thickness > _THICK * scale:
            continue
        if _is_written_on(ink[:, x : x + width], y, y + height, scale):
            continue
        if height <= max(_THICK * scale, thickness + 0.004 * width + 2):
            strokes.append(_to_stroke(x, y + height / 2, x + width, thickness, scale))
        else:
            strokes += _bands(labels[y : y + height, x : x + width] == number, x, y, scale)
    return strokes


def _is_written_on(columns: Mask, top: int, bottom: int, scale: float) -> bool:
    """Whether ink hangs on a line all along one of its sides, as on the strokes of a row of letters."""
    near = max(1, round(_NEAR * scale))
    above = columns[max(0, top - 2 * near) : max(0, top - near)]
    below = columns[bottom + near : bottom + 2 * near]
    return any((side > 0).any(axis=0).mean() > _HANGING for side in (above, below) if len(side))


def _bands(inside: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], x: int, y: int, scale: float) -> list[Stroke]:
    """The strokes of several rules that touch each other: each stretch of rows with ink of its own."""
    rows = inside.sum(axis=1)
    strokes: list[Stroke] = []
    for first, stop in _runs(rows > 0.5 * rows.max()):
        columns = np.flatnonzero(inside[first:stop].any(axis=0))
        if stop - first <= _THICK * scale and columns[-1] - columns[0] >= _LEAST * scale:
            left, right = x + int(columns[0]), x + int(columns[-1]) + 1
            strokes.append(_to_stroke(left, y + (first + stop) / 2, right, stop - first, scale))
    return strokes


def _runs(flags: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    padded = np.concatenate([[0], flags.astype(np.int8), [0]])
    changes = np.flatnonzero(np.diff(padded))
    return [(int(a), int(b)) for a, b in zip(changes[::2], changes[1::2], strict=True)]


def _to_stroke(x0: float, y: float, x1: float, width: float, scale: float) -> Stroke:
    left, level, right, thick = (round(value / scale, DECIMALS) for value in (x0, y, x1, width))
    return Stroke(left, level, right, level, thick)


def _turned(stroke: Stroke) -> Stroke:
    return stroke._replace(x0=stroke.y0, y0=stroke.x0, x1=stroke.y1, y1=stroke.x1)


def _is_rule(stroke: Stroke, downs: Sequence[Stroke]) -> bool:
    """Whether a stroke that runs across bounds cells or stands under words, and is none of a letter."""
    length = stroke.x1 - stroke.x0
    long = [down for down in downs if down.y1 - down.y0 >= _LONG]
    if length >= _ALONE:
        return True
    if length >= _LONG and any(_is_met(stroke, down) for down in long):
        return True
    # A low box has long rules above and below, and short ones at both of their ends.
    others = downs if length >= _LONG else long
    return any(_begins_at(stroke, down) for down in others) and any(
        _begins_at(_mirrored(stroke), _mirrored(down)) for down in others
    )


def _begins_at(stroke: Stroke, down: Stroke) -> bool:
    """Whether a stroke begins at a rule that runs down: it may cross it, and hardly falls short of it."""
    short, reach = _SHORT + down.width / 2, _JOIN + down.width
    is_beside = -_CROSS <= stroke.x0 - down.x0 <= short
    return is_beside and down.y0 - reach <= stroke.y0 <= down.y1 + reach


def _mirrored(stroke: Stroke) -> Stroke:
    return stroke._replace(x0=-stroke.x1, x1=-stroke.x0)


def _is_met(stroke: Stroke, down: Stroke) -> bool:
    reach = _JOIN + down.width
    between = stroke.x0 - reach <= down.x0 <= stroke.x1 + reach
    return between and down.y0 - reach <= stroke.y0 <= down.y1 + reach


def without_rules(picture: PagePicture, strokes: Sequence[Stroke]) -> tuple[Grey, Mask, Mask]:
    """The page without its rules: its grey, its ink, and where the rules were."""
    scale = picture.scale
    across = np.zeros_like(picture.ink)
    down = np.zeros_like(picture.ink)
    for stroke in strokes:
        is_across = stroke.x1 - stroke.x0 > stroke.y1 - stroke.y0
        margin = stroke.width / 2 + _BESIDE
        x, y = (_EDGE, margin) if is_across else (margin, _EDGE)
        left, top = max(0, round((stroke.x0 - x) * scale)), max(0, round((stroke.y0 - y) * scale))
        right, bottom = round((stroke.x1 + x) * scale) + 1, round((stroke.y1 + y) * scale) + 1
        (across if is_across else down)[top:bottom, left:right] = 255
    piece = round(_LEAST * scale) | 1
    across[cv2.morphologyEx(picture.ink, cv2.MORPH_OPEN, np.ones((1, piece), np.uint8)) == 0] = 0
    down[cv2.morphologyEx(picture.ink, cv2.MORPH_OPEN, np.ones((piece, 1), np.uint8)) == 0] = 0
    edge = 2 * max(1, round(_EDGE * scale)) + 1
    rules = cv2.dilate(across | down, np.ones((edge, edge), np.uint8))
    grey, ink = picture.grey.copy(), picture.ink.copy()
    grey[rules > 0], ink[rules > 0] = 255, 0
    return grey, ink, np.asarray(rules, np.uint8)


_EDGE = 0.36
"""The grey edge of a rule, in points."""

_BESIDE = 0.6
"""How far, in points, a rule of a page that is not quite flat runs beside its straight line."""
