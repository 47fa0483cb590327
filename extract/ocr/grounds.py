"""Dark fills made paper: what is printed on them, mostly white, stands dark on white then."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extract.ocr.page_picture import Grey, Mask, ground_of
from extract.ocr.settings import OCR

_SHADE = 0.5
"""A ground is a fill where it has no more than this share of the paper's grey. Dense text on coarse scans has 0.6."""

_NEARBY = 4.3
"""Points: a third of the square that tells a ground. So far from where it is dark, a fill may end."""

_FILLED = 7.0
"""Points. A fill is so wide and high at least: lower than a line of text, wider than a rule."""

_STROKES = 8.0
"""Points. Strokes on a fill are thinner."""

_PLAIN = 40
"""Levels of grey, of 255, that print differs from its ground by at least."""

_MOSTLY = 3.0
"""Print is white where so many times as much of a fill is lighter than its ground as is darker."""

_RULE = 20.0
"""Points: a rule is so long at least."""

_NEAR = 1.5
"""Points: so near a rule, the end of a fill is that rule."""

_EDGE = 0.5
"""Points: the width of the line that is drawn where a fill ends: it bounds a cell as a rule does."""


def without_fills(grey: Grey, scale: float) -> Grey:
    """The page with its fills made white, each with a line around it; white print on them made black.

    >>> paper = np.full((400, 400), 255, np.uint8)
    >>> paper[100:200, 100:300] = 40
    >>> paper[140:160, 140:150] = 250
    >>> plain = without_fills(paper, 2.0)
    >>> [int(plain[y, x]) for y, x in ((50, 50), (120, 200), (150, 145), (100, 200))]
    [255, 255, 5, 0]
    """
    ground = ground_of(grey, scale)
    paper = float(np.percentile(ground, OCR.paper_percentile))
    dark = np.where(ground < _SHADE * paper, 255, 0).astype(np.uint8)
    if not dark.any():
        return grey
    plain = grey.copy()
    for fill in _fills(grey, dark, paper, scale):
        rows, columns = fill[1]
        part, inside = grey[rows, columns], fill[0]
        plain[rows, columns] = _on_white(part, inside, plain[rows, columns], scale)
    return plain


Region = tuple[npt.NDArray[np.bool_], tuple[slice, slice]]


def _fills(grey: Grey, dark: Mask, paper: float, scale: float) -> list[Region]:
    """The areas of fills, each with the part of the page that it lies in.

    The ground tells roughly where they are, the picture itself where they end.
    """
    near = cv2.dilate(dark, _square(_NEARBY * scale))
    below = np.where((grey < (_SHADE + 1) / 2 * paper) & (near > 0), 255, 0).astype(np.uint8)
    surely = cv2.erode(dark, _square(OCR.fill_inside * scale))
    closed = cv2.morphologyEx(below, cv2.MORPH_CLOSE, _square(_STROKES * scale))
    closed[(below == 0) & (surely == 0)] = 0
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, _square(_FILLED * scale))
    opened[near == 0] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=4)
    found: list[Region] = []
    for number in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[number])
        at = slice(y, y + height), slice(x, x + width)
        inside = labels[at] == number
        if (dark[at][inside] > 0).mean() > 0.5:
            found.append((inside, at))
    return found


def _square(side: float) -> Mask:
    return np.ones((round(side) | 1, round(side) | 1), np.uint8)


def _on_white(part: Grey, inside: npt.NDArray[np.bool_], plain: Grey, scale: float) -> Grey:
    """A fill as print on white, with a line where it ends; around it the page as it is."""
    level = float(np.median(part[inside]))
    values = part.astype(np.float64)
    # Not the rules that bound it.
    within = values[cv2.erode(inside.astype(np.uint8), _square(2 * _NEAR * scale), borderValue=0) > 0]
    lighter, darker = (within > level + _PLAIN).sum(), (within < level - _PLAIN).sum()
    if lighter > _MOSTLY * darker:
        white = 255 - (values - level) * 255 / max(1.0, 255 - level)
    else:
        white = values * 255 / max(1.0, level)
    result = np.where(inside, np.clip(white, 0, 255), plain).astype(np.uint8)
    result[_edge(result, inside, scale)] = 0
    return result


def _edge(plain: Grey, inside: npt.NDArray[np.bool_], scale: float) -> npt.NDArray[np.bool_]:
    """Where a fill ends straight and no rule says so already."""
    contours, _ = cv2.findContours(inside.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    edge = cv2.drawContours(np.zeros_like(plain), contours, -1, 255, max(1, round(_EDGE * scale)))
    ink = np.where(plain < OCR.half_dark, 255, 0).astype(np.uint8)
    down = _straight(np.asarray(edge.T, np.uint8), np.asarray(ink.T, np.uint8), scale).T
    return _straight(np.asarray(edge, np.uint8), ink, scale) | down


def _straight(edge: Mask, ink: Mask, scale: float) -> npt.NDArray[np.bool_]:
    """The parts of an edge that run across, a little longer at their ends, without those beside a rule."""
    along = cv2.morphologyEx(edge, cv2.MORPH_OPEN, np.ones((1, round(_FILLED * scale) | 1), np.uint8))
    rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(_RULE * scale) | 1), np.uint8))
    beside = cv2.dilate(rules, np.ones((round(2 * _NEAR * scale) | 1, 1), np.uint8))
    along[beside > 0] = 0
    return np.asarray(cv2.dilate(along, np.ones((1, round(_NEAR * scale) | 1), np.uint8)) > 0, np.bool_)
