"""Pictures of a page with and without some of its text."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from math import ceil, floor
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.model.glyph_array import Bools, Floats

Picture = NDArray[np.uint8]
"""A row for each row of pixels, four numbers for each pixel: the amounts of three colours, and one of no use."""

_TOLD = 24
"""Two pictures differ in a pixel from this difference of a colour on, of 255."""

_STROKES = 60
"""How much the strokes of a letter differ from the ground in a colour, of 255, where a picture shows one."""

_RIM = 0.15
"""How far around a letter, in parts of its longer side, its ground is looked at too."""

_DRAWN = 0.08
"""The least share of the box around a letter that its strokes take, and that they leave."""

_SCALE = 2.0
"""Pixels to the point: the ink of small print is some pixels wide."""

_MOST = 4000
"""The longest side of a picture, in pixels: larger pages are drawn smaller."""


class PagePictures:
    """Draws the part of an open page that some boxes lie in; `size` is that of the displayed page, in points."""

    def __init__(self, page: Any, size: tuple[float, float], boxes: Floats) -> None:
        self._page = page
        self._scale = min(_SCALE, _MOST / max(*size, 1.0))
        whole = [max(1, round(side * self._scale)) for side in size]
        left, top = (max(0, floor(value * self._scale)) for value in boxes[:2].min(axis=1).tolist())
        right, bottom = (ceil(value * self._scale) for value in boxes[2:].max(axis=1).tolist())
        self._whole = whole
        self._left, self._top = min(left, whole[0] - 1), min(top, whole[1] - 1)
        self._width = max(1, min(right, whole[0]) - self._left)
        self._height = max(1, min(bottom, whole[1]) - self._top)

    def draw(self, without: Sequence[int] = ()) -> Picture:
        """The picture, the text objects with some handles left out. They are part of the page again afterwards."""
        bitmap = raw.FPDFBitmap_Create(self._width, self._height, 0)
        try:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, self._width, self._height, 0xFFFFFFFF)
            for item in without:
                call.set_active(item, 0)
            raw.FPDF_RenderPageBitmap(bitmap, self._page, -self._left, -self._top, *self._whole, 0, 0)
            stride = raw.FPDFBitmap_GetStride(bitmap)
            pixels = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * self._height)
        finally:
            for item in without:
                call.set_active(item, 1)
            raw.FPDFBitmap_Destroy(bitmap)
        return np.frombuffer(pixels, np.uint8).reshape(self._height, stride)

    @property
    def scale(self) -> float:
        """Pixels to the point."""
        return self._scale

    def grey(self) -> Picture:
        """The picture in one level for each pixel, from 0 (black) to 255."""
        picture = self.draw()[:, : 4 * self._width].reshape(self._height, self._width, 4)[:, :, :3]
        levels: Picture = picture.min(axis=2)
        return levels

    def pixels(self, box: Floats) -> tuple[int, int, int, int]:
        """The left, upper, right and lower sides of a box of the page in the picture."""
        left, top, right, bottom = (box * self._scale).tolist()
        x0, x1 = (min(max(0, side - self._left), self._width) for side in (floor(left), ceil(right)))
        y0, y1 = (min(max(0, side - self._top), self._height) for side in (floor(top), ceil(bottom)))
        return x0, y0, x1, y1

    def shows(self, differs: Bools, box: Floats, share: float) -> bool:
        """Whether at least a share of the pixels of a box on the page are marked in `differs`."""
        x0, y0, x1, y1 = self.pixels(box)
        part = differs[y0:y1, x0:x1]
        return bool(part.size) and bool(np.count_nonzero(part) >= max(1.0, share * part.size))

    def has_ink(self, picture: Picture, box: Floats) -> bool:
        """Whether a picture has strokes in a box: some of it is much darker or lighter than the rest."""
        rim = _RIM * max(box[2] - box[0], box[3] - box[1])
        x0, y0, x1, y1 = self.pixels(box + np.array([-rim, -rim, rim, rim]))
        part = picture[y0:y1, 4 * x0 : 4 * x1].reshape(y1 - y0, -1, 4)[:, :, :3]
        if not part.size:
            return False
        low, high = part.min(axis=(0, 1)).astype(np.int64), part.max(axis=(0, 1)).astype(np.int64)
        shares = (part < (low + high) / 2).mean(axis=(0, 1))
        return bool(((high - low >= _STROKES) & (shares >= _DRAWN) & (shares <= 1 - _DRAWN)).any())


def differences(one: Picture, other: Picture) -> Bools:
    """The pixels that differ between two pictures of one page, by row and column."""
    told = np.maximum(one, other) - np.minimum(one, other) >= _TOLD
    differs: Bools = told.view(np.uint32) != 0
    return differs
