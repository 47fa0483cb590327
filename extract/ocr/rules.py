"""The rules of a page from its picture, as the strokes that the grid builder takes; and the picture without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.ocr.page_picture import Grey, Mask, PagePicture
from extract.ocr.pieces import letter_size
from extract.ocr.settings import OCR
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

_ROW = 1.5
"""A line of less than so many sizes of letters may be a stroke of one: a row of letters leaves room to its rules."""

_ROWS = 3.2
"""A line of so many sizes is longer than letters that touch in three rows: rules may cross it."""

_CLEAN = 0.05
"""Along no more than this share of it, its ends aside, something hangs on a line so short that is a rule; on one side,
where the line is higher than a row: what is written in a cell may begin at its border."""

_END = 2.0
"""Points. So much of either end of a line lies at the rules that it meets, with what stands beside them."""

_SHORT = 0.5
"""Points. A rule that ends at another one falls short of its edge by no more; a letter in a low row keeps clear."""

_CROSS = 2.5
"""Points. It may run over it by so much."""

_JOIN = 1.0
"""Points. A rule that crosses another one may miss its end by so much."""

_PENCIL = 0.65
"""A line that was drawn by hand is no darker than this share of the page's rules."""

_FAINT = 0.5
"""Points. A gap that grain and faint print leave in a rule."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The straight lines of a page, across and down, in points: its rules, and what somebody drew on the paper."""

    rules: tuple[Stroke, ...]
    drawn: tuple[Stroke, ...]


def picture_to_strokes(picture: PagePicture) -> tuple[Stroke, ...]:
    """The rules of a page, across and down, in points.

    >>> from extract.ocr.page_picture import to_page_picture
    >>> paper = np.full((400, 400), 255, np.uint8)
    >>> paper[100:102, 50:350] = paper[300:302, 50:350] = 0
    >>> paper[100:302, 50:52] = paper[100:302, 348:350] = 0
    >>> [(s.x0, s.y0, s.x1, s.y1) for s in picture_to_strokes(to_page_picture(paper, 2.0))]
    [(25.0, 50.5, 175.0, 50.5), (25.0, 150.5, 175.0, 150.5), (25.5, 50.0, 25.5, 151.0), (174.5, 50.0, 174.5, 151.0)]
    """
    return picture_to_lines(picture).rules


def picture_to_lines(picture: PagePicture) -> Lines:
    """The rules of a page, and the lines that were drawn on it by hand."""
    scale, ink, turned = picture.scale, picture.ink, np.ascontiguousarray(picture.ink.T)
    (across, bare), (down, bare_turned) = _straight(ink, scale), _straight(turned, scale)
    size = letter_size(ink, scale) / scale
    cut = (
        _cut(across, [*map(_turned, down)], bare, scale, size),
        _cut(down, [*map(_turned, across)], bare_turned, scale, size),
    )
    across, down = _rules(cut[0], [*map(_turned, cut[1])])
    drawn = {*_by_hand(picture.grey, across, down, scale)}
    drawn |= {*map(_turned, _by_hand(picture.grey.T, [*map(_turned, down)], [*map(_turned, across)], scale))}
    strokes = (*across, *down)
    return Lines(tuple(s for s in strokes if s not in drawn), tuple(s for s in strokes if s in drawn))


def _by_hand(grey: Grey, across: Sequence[Stroke], downs: Sequence[Stroke], scale: float) -> Iterator[Stroke]:
    """Lines that run across and were drawn on the paper: lighter than the rules of the page, and ending in a cell."""
    long = [stroke for stroke in across if stroke.x1 - stroke.x0 >= _LONG]
    darkness = {stroke: _darkness(grey, stroke, scale) for stroke in long}
    usual = float(np.median([*darkness.values()])) if long else 0.0
    for stroke in long:
        is_free = not any(_begins_at(stroke, down) for down in downs) or not any(
            _begins_at(_mirrored(stroke), _mirrored(down)) for down in downs
        )
        if is_free and darkness[stroke] < _PENCIL * usual and any(_is_met(stroke, down) for down in downs):
            yield stroke


def _darkness(grey: Grey, stroke: Stroke, scale: float) -> float:
    """How dark a line that runs across is along its middle."""
    row, left, right = round(stroke.y0 * scale), round(stroke.x0 * scale), round(stroke.x1 * scale)
    rows = grey[max(0, row - 1) : row + 2, left:right]
    return float((255.0 - rows.mean(axis=1)).max()) if rows.size else 0.0


def _rules(across: Sequence[Stroke], down: Sequence[Stroke]) -> tuple[list[Stroke], list[Stroke]]:
    """Of lines across and down those that are rules, by each other."""
    while True:
        turned = [_turned(stroke) for stroke in across]
        kept = [s for s in across if _is_rule(s, down)], [s for s in down if _is_rule(_turned(s), turned)]
        if (len(kept[0]), len(kept[1])) == (len(across), len(down)):
            return kept
        across, down = kept


def _straight(ink: Mask, scale: float) -> tuple[list[Stroke], Mask]:
    """Runs of ink from left to right that are long and thin, and the ink that is in no long run."""
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
        if height <= max(_THICK * scale, thickness + OCR.rises * width + 2):
            strokes.append(_to_stroke(x, y + height / 2, x + width, thickness, scale))
        else:
            strokes += _bands(labels[y : y + height, x : x + width] == number, x, y, scale)
    return strokes, np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(opened)), np.uint8)


def _cut(strokes: Sequence[Stroke], downs: Sequence[Stroke], bare: Mask, scale: float, size: float) -> list[Stroke]:
    """Lines that run across, each cut where it runs on over its last rule into the letters beside it; without those
    that letters hang on. `bare` is the ink that is in no line: the other line of a double rule hangs on none; `size` is
    the usual one of letters."""
    long = [down for down in downs if down.y1 - down.y0 >= _LONG]
    starts, ends = np.array([stroke.x0 for stroke in strokes]), np.array([stroke.x1 for stroke in strokes])
    result: list[Stroke] = []
    for stroke in strokes:
        met = [down.x0 for down in long if _is_met(stroke, down)]
        cut = stroke
        if met and min(met) + _LEAST <= max(met):
            left, right = min(met) - _END / 2, max(met) + _END / 2
            if 0 < left - stroke.x0 < _LONG and (
                _is_lone(stroke.x0, starts) or max(_touched(stroke, stroke.x0, left, bare, scale)) > _HANGING
            ):
                cut = cut._replace(x0=left)
            if 0 < stroke.x1 - right < _LONG and (
                _is_lone(stroke.x1, ends) or max(_touched(stroke, right, stroke.x1, bare, scale)) > _HANGING
            ):
                cut = cut._replace(x1=right)
        if cut.x1 - cut.x0 >= min(_LONG, _ROWS * size):
            is_bare = max(_touched(cut, cut.x0, cut.x1, bare, scale)) <= _HANGING
        else:
            one, other = sorted(_touched(cut, cut.x0 + _END, cut.x1 - _END, bare, scale))
            is_bare = (other if cut.x1 - cut.x0 < _ROW * size else one) <= _CLEAN and other <= _HANGING
        if is_bare:
            result.append(cut)
    return result


def _is_lone(end: float, ends: npt.NDArray[np.float64]) -> bool:
    """Whether no other line ends where a line does."""
    return bool(np.count_nonzero(np.abs(ends - end) <= _JOIN) <= 1)


def _touched(stroke: Stroke, x0: float, x1: float, bare: Mask, scale: float) -> tuple[float, float]:
    """Along which share of a stretch of a line that runs across ink hangs on it, above and below."""
    left, right, near = round(x0 * scale), round(x1 * scale), max(1, round(_NEAR * scale))
    top, bottom = round((stroke.y0 - stroke.width / 2) * scale), round((stroke.y0 + stroke.width / 2) * scale)
    above = bare[max(0, top - 2 * near) : max(0, top - near), left:right]
    below = bare[bottom + near : bottom + 2 * near, left:right]
    return _inked(above), _inked(below)


def _inked(rows: Mask) -> float:
    """The share of columns with ink."""
    return float((rows > 0).any(axis=0).mean()) if rows.size else 0.0


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
