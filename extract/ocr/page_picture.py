"""The picture of a page as numbers: grey, set upright, and what of it is ink."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.ocr.settings import OCR

Grey = npt.NDArray[np.uint8]
"""Rows and columns of grey, 0 (black) to 255 (white)."""

Mask = npt.NDArray[np.uint8]
"""255 where something is, 0 elsewhere."""

_WINDOW = 24.0
"""Ink is darker than the mean of a square of so many points around it: two lines of text, with the paper between."""

_DARKER = 24
"""By so many of 255 levels. The grain of a scanner is about 10."""

_GROUND = 13
"""Points (odd). The ground of a place is the grey that most of a square of this side has; strokes are thinner."""

_BORDER = 5
"""Points (odd): the breadth of the border between two grounds. What is as light as the darker of them is no ink."""

_WIDEST_TURN = 6.0
"""Degrees. A page that lies more askew than this was not put on the glass with care, and is left as it is."""

_SAMPLE = 60_000
"""Points of ink by which the turn of a page is told."""

_ALIKE = 0.9995
"""Angles with nearly the best score are all as good: the middle of them is taken."""

_UPRIGHT = 0.03
"""Degrees. Over an A3 page, a rule turned by less rises by less than half a millimetre."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page set upright. `scale` is pixels to the point, `turn` by how many degrees it was turned back."""

    grey: Grey
    ink: Mask
    scale: float
    turn: float = 0.0


def to_page_picture(grey: Grey, scale: float) -> PagePicture:
    """The page upright, and its ink.

    >>> paper = np.full((400, 400), 255, np.uint8)
    >>> paper[200:202, 50:350] = 0
    >>> picture = to_page_picture(paper, 2.0)
    >>> picture.turn, int(picture.ink[200, 100]), int(picture.ink[100, 100])
    (0.0, 255, 0)
    """
    ink = grey_to_ink(grey, scale)
    turn = ink_to_turn(ink)
    if abs(turn) < _UPRIGHT:
        return PagePicture(grey, ink, scale)
    turned = turned_by(grey, turn)
    return PagePicture(turned, grey_to_ink(turned, scale), scale, turn)


def grey_to_ink(grey: Grey, scale: float) -> Mask:
    """What is darker than the ground around it, on white paper or on a shade.

    The end of a shade is no ink, though it is darker than the paper beside it.

    >>> paper = np.full((400, 400), 255, np.uint8)
    >>> paper[100:200] = 170
    >>> paper[140:144, 100:200] = 30
    >>> ink = grey_to_ink(paper, 2.0)
    >>> [int(ink[y, 150]) for y in (50, 101, 142, 198)]
    [0, 0, 255, 0]
    """
    window = max(3, round(_WINDOW * scale)) | 1
    mean = cv2.blur(grey, (window, window), borderType=cv2.BORDER_REPLICATE)
    darker = small_ground(grey, scale)
    shaded = cv2.erode(darker, np.ones((_BORDER, _BORDER), np.uint8))
    ground = cv2.min(mean, _as_large(np.asarray(shaded, np.uint8), grey))
    ink: Mask = np.where(cv2.subtract(ground, grey) > _DARKER, 255, 0).astype(np.uint8)
    return ink


def small_ground(grey: Grey, scale: float) -> Grey:
    """The ground of a page at each point: the grey that most of what lies around it has."""
    height, width = grey.shape
    size = max(_GROUND, round(width / scale)), max(_GROUND, round(height / scale))
    return np.asarray(cv2.medianBlur(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), _GROUND), np.uint8)


def ground_of(grey: Grey, scale: float) -> Grey:
    """The ground of a page at each of its pixels."""
    return _as_large(small_ground(grey, scale), grey)


def _as_large(small: Grey, grey: Grey) -> Grey:
    height, width = grey.shape
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def ink_to_turn(ink: Mask) -> float:
    """By how many degrees rules and lines of text rise to the right; 0 where nothing tells.

    Seen along the right direction, ink lies in few rows: the sum of squares of the rows' ink is the largest.
    """
    ys, xs = np.nonzero(ink)
    if len(xs) < OCR.least_ink:
        return 0.0
    step = max(1, len(xs) // _SAMPLE)
    across, down = xs[::step].astype(np.float64), ys[::step].astype(np.float64)
    best, width = 0.0, _WIDEST_TURN
    for fineness in OCR.finenesses:
        angles = np.arange(best - width, best + width + fineness / 2, fineness)
        scores = [_concentration(across, down, angle) for angle in angles.tolist()]
        alike = angles[np.array(scores) >= _ALIKE * max(scores)]
        best, width = float(alike.mean()), fineness
    return round(best, 2) + 0.0 if abs(best) < _WIDEST_TURN else 0.0


def _concentration(xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64], angle: float) -> float:
    rows = ys + xs * math.tan(math.radians(angle))
    counts = np.bincount((rows - rows.min()).astype(np.int64))
    return float((counts.astype(np.float64) ** 2).sum())


def turned_by(grey: Grey, turn: float) -> Grey:
    """The picture turned clockwise by degrees around its middle; what comes in from outside is white."""
    height, width = grey.shape
    around = cv2.getRotationMatrix2D((width / 2, height / 2), -turn, 1.0)
    turned = cv2.warpAffine(grey, around, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(turned, np.uint8)
