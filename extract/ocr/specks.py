"""Dust of a scanner and of a fax: single points of ink, and small ones with no print beside them."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extract.ocr.page_picture import Grey, Mask
from extract.ocr.settings import OCR

_AROUND = 3
"""A speck with one pixel around each of its own: what lies there is its edge."""

_SPECK = 0.35
"""Points. Ink of less than this each way is dust, wherever it lies."""

_LONE = 1.1
"""Points. Ink of less than this each way is dust where nothing larger is near: a stop has print beside it."""

_BESIDE, _ABOVE = 1.0, 0.4
"""So near print, in sizes of letters beside it and above or below, a small point may be one of it: ・ has half a letter
of room on both sides."""

_DUSTY = 40
"""So many points that lie apart are dust; fewer may be all that is printed there."""


def without_specks(grey: Grey, ink: Mask, scale: float, size: float) -> tuple[Grey, Mask]:
    """A page without its rules: its grey, without the dust that lies apart, and its ink without any dust.

    `size` is the usual height of its letters, in pixels.

    >>> paper = np.full((300, 300), 255, np.uint8)
    >>> paper[100:130, 100:130] = paper[115:118, 140:143] = 0
    >>> paper[10:90:10, 10:90:10] = 0
    >>> grey, ink = without_specks(paper, 255 - paper, 300 / 72, 30.0)
    >>> [(int(grey[y, x]), int(ink[y, x])) for y, x in ((115, 115), (116, 141), (20, 20))]
    [(0, 255), (0, 255), (255, 0)]
    """
    _count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    is_speck = _set_but_ground(sides <= max(OCR.least_side, _SPECK * scale))
    is_small = _set_but_ground(sides <= max(OCR.least_side, _LONE * scale))
    print_: Mask = np.where((~is_small)[labels] & (ink > 0), 255, 0).astype(np.uint8)
    around = np.ones((2 * round(_ABOVE * size) + 1, 2 * round(_BESIDE * size) + 1), np.uint8)
    near = cv2.dilate(print_, around) > 0
    lone = is_small[labels] & ~near
    if len(np.unique(labels[lone])) < _DUSTY:
        lone[:] = False
    cleaned: Mask = np.where(lone | is_speck[labels], 0, ink).astype(np.uint8)
    edge = cv2.dilate(lone.astype(np.uint8), np.ones((_AROUND, _AROUND), np.uint8)) > 0
    return np.where(edge & ~near, 255, grey).astype(np.uint8), cleaned


def _set_but_ground(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Flags of areas of ink, without the first, which is the ground."""
    flags[0] = False
    return flags
