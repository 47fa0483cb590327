"""Two pages on one picture: where they part, and the picture with the right one below the left one."""

from __future__ import annotations

import numpy as np

from extract.ocr.page_picture import Grey, grey_to_ink

_WIDE = 1.2
"""A picture of two pages is so many times as wide as high at least."""

_MIDDLE = 0.06
"""How far from the middle of the picture, as a share of its width, the two pages part."""

_GUTTER = 0.03
"""The least width without ink between two pages, as a share of the picture's: their margins."""

_SPECKS = 0.002
"""Dust in a column of the picture, as a share of its height."""

_PRINTED = 0.004
"""The least share of ink on a page: less is an empty side of the sheet, or a stamp beside the page."""


def gutter_of(grey: Grey, scale: float) -> int | None:
    """Where the second of two pages begins, in pixels from the left; None where there is one page.

    >>> paper = np.full((400, 600), 255, np.uint8)
    >>> paper[50:350:10, 40:270] = paper[50:350:10, 330:560] = 0
    >>> gutter_of(paper, 2.0)
    300
    >>> paper[20, 200:400] = 0
    >>> gutter_of(paper, 2.0)
    """
    height, width = grey.shape
    if width < _WIDE * height:
        return None
    ink = grey_to_ink(grey, scale) > 0
    empty = ink.sum(axis=0) <= _SPECKS * height
    first, stop = int(width * (0.5 - _MIDDLE)), int(width * (0.5 + _MIDDLE))
    runs = np.flatnonzero(np.diff(np.concatenate([[0], empty[first:stop].astype(np.int8), [0]])))
    widest = max(
        zip(runs[::2].tolist(), runs[1::2].tolist(), strict=True), key=lambda run: run[1] - run[0], default=None
    )
    if widest is None or widest[1] - widest[0] < _GUTTER * width:
        return None
    gutter = first + (widest[0] + widest[1]) // 2
    if min(ink[:, :gutter].mean(), ink[:, gutter:].mean()) < _PRINTED:
        return None
    return int(gutter)


def stacked(grey: Grey, gutter: int) -> Grey:
    """The page right of a gutter below the one left of it, on paper as wide as the wider one."""
    width = max(gutter, grey.shape[1] - gutter)
    pages = grey[:, :gutter], grey[:, gutter:]
    return np.vstack([np.pad(page, ((0, 0), (0, width - page.shape[1])), constant_values=255) for page in pages])
