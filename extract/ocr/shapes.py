"""Marks of forms told by the shape of their ink: squares, triangles and dots, filled or not, and ticked boxes."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extract.ocr.page_picture import Grey
from extract.ocr.settings import OCR

_ALIKE = 0.15
"""How much the width and the height of a mark may differ."""

_SQUARE = 0.92
"""The least share of its box that the outline of a square encloses. 口 and 国 with feet enclose as much."""

_DISC = (0.9, 1.04)
"""What the outline of a dot encloses, as a share of the ellipse in its box."""

_TRIANGLE = (0.4, 0.62)
"""What the outline of a triangle encloses, as a share of its box."""

_POINTED = 0.82
"""The least share of the narrowest triangle around it that an outline of a triangle fills."""

_BORDER = 0.2
"""The border of a mark, as a share of its side; what lies within is filled, empty, or ticked."""

_SOLID = 0.75
"""A mark is filled where it is so dark all over within, as a share of its darkest part. A dense kanji has gaps."""

_EMPTY = 0.1
"""It is empty where it is no darker than this."""

_TICK = (0.12, 0.6)
"""A tick within a box makes it so dark."""

_STROKE = 0.7
"""A stroke of a letter runs straight through so much of what is within a box; a tick is slanting."""

_DARK = 0.5
"""Ink within a box is so dark, as a share of its darkest part."""

SOLID = "●■▲▼"
OPEN = "□△▽"
TICKED = "☑"
RING = "○"

TAKEN_FOR = {"□": "□☐", "△": "△Aム厶∆", "▽": "▽V∇", TICKED: "☑☒□☐"}
"""What a reader takes an open mark for; a filled one is like no letter."""


def shape_of(grey: Grey, contour: npt.NDArray[np.int32]) -> str | None:
    """The mark whose outline a contour is, from its picture; None where it is none. A ring may be a letter, too.

    >>> def told(paper):
    ...     contours, _ = cv2.findContours(255 - paper, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    ...     return shape_of(paper, contours[0])
    >>> box, dot, tick = np.zeros((24, 24), np.uint8), np.full((23, 23), 255, np.uint8), np.zeros((24, 24), np.uint8)
    >>> box[3:-3, 3:-3] = tick[3:-3, 3:-3] = 255
    >>> _ = cv2.circle(dot, (11, 11), 11, 0, -1), cv2.line(tick, (5, 10), (10, 16), 0, 2)
    >>> _ = cv2.line(tick, (10, 16), (18, 6), 0, 2)
    >>> [told(paper) for paper in (box, dot, tick)]
    ['□', '●', '☑']
    """
    height, width = grey.shape
    if min(height, width) < OCR.least_mark or abs(width - height) > _ALIKE * max(width, height):
        return None
    area = cv2.contourArea(contour)
    dark = 255.0 - grey.astype(np.float64)
    dark /= max(1.0, float(np.percentile(dark, OCR.darkest_percentile)))
    inside = cv2.drawContours(np.zeros((height, width), np.uint8), [contour - contour.min(axis=(0, 1))], -1, 255, -1)
    edge = max(2, round(_BORDER * min(height, width)))
    within = cv2.erode(inside, np.ones((2 * edge + 1, 2 * edge + 1), np.uint8), borderValue=0) > 0
    if not within.any():
        return None
    level = float(dark[within].mean())
    is_solid = float(np.percentile(dark[within], OCR.lightest_percentile)) >= _SOLID
    share = area / ((width - 1) * (height - 1))
    if share >= _SQUARE:
        return "■" if is_solid else _square(dark, level, edge)
    if is_solid and _DISC[0] <= share * 4 / np.pi <= _DISC[1]:
        return "●"
    if level <= _EMPTY and _DISC[0] <= share * 4 / np.pi <= _DISC[1]:
        return RING
    if _TRIANGLE[0] <= share <= _TRIANGLE[1] and _is_pointed(contour, area):
        rows = inside.sum(axis=1)
        is_upright = rows[: height // 2].sum() < rows[height // 2 :].sum()
        if is_solid:
            return "▲" if is_upright else "▼"
        return ("△" if is_upright else "▽") if level <= _EMPTY else None
    return None


def _square(dark: npt.NDArray[np.float64], level: float, edge: int) -> str | None:
    rim = (dark[0:edge].max(axis=0), dark[-edge:].max(axis=0), dark[:, 0:edge].max(axis=1), dark[:, -edge:].max(axis=1))
    if any(float((side >= _DARK).mean()) < OCR.letter_filled for side in rim):
        return None
    if level <= _EMPTY:
        return "□"
    inner = dark[edge:-edge, edge:-edge] >= _DARK
    is_stroke = max(inner.mean(axis=0).max(), inner.mean(axis=1).max()) >= _STROKE
    return TICKED if _TICK[0] <= level <= _TICK[1] and not is_stroke else None


def _is_pointed(contour: npt.NDArray[np.int32], area: float) -> bool:
    around, _ = cv2.minEnclosingTriangle(contour.astype(np.float32))
    return bool(area >= _POINTED * around)
