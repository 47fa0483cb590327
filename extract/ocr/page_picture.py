"""The picture of a page as numbers: grey, set upright, and what of it is ink."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
"""Rows and columns of grey, 0 (black) to 255 (white)."""

Mask = npt.NDArray[np.uint8]
"""255 where something is, 0 elsewhere."""

POINTS_PER_INCH = 72.0

_WINDOW = 24.0
"""Ink is darker than the mean of a square of so many points around it: two lines of text, with the paper between."""

_DARKER = 24
"""By so many of 255 levels. The grain of a scanner is about 10."""

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
    """What is darker than the ground around it, on white paper or on a shade."""
    window = max(3, round(_WINDOW * scale)) | 1
    mean = cv2.boxFilter(grey, cv2.CV_16S, (window, window), borderType=cv2.BORDER_REPLICATE)
    ink: Mask = np.where(grey.astype(np.int16) < mean - _DARKER, 255, 0).astype(np.uint8)
    return ink


def ink_to_turn(ink: Mask) -> float:
    """By how many degrees rules and lines of text rise to the right; 0 where nothing tells.

    Seen along the right direction, ink lies in few rows: the sum of squares of the rows' ink is the largest.
    """
    ys, xs = np.nonzero(ink)
    if len(xs) < 100:
        return 0.0
    step = max(1, len(xs) // _SAMPLE)
    across, down = xs[::step].astype(np.float64), ys[::step].astype(np.float64)
    best, width = 0.0, _WIDEST_TURN
    for fineness in (0.25, 0.05, 0.01):
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
