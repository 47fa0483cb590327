"""How a page was turned to be read, and where on the page as it lies what was read stands."""

from __future__ import annotations

import math
from dataclasses import dataclass

from schemas.document import Box

POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class Turn:
    """A page of `width` and `height` (points, as it lies) turned counter-clockwise by quarters, then by degrees
    clockwise around its middle. Where it holds two pages, the one right of the `gutter` (points from the left, once the
    sheet is turned by quarters) is put below the other before it is turned by degrees."""

    width: float
    height: float
    quarters: int = 0
    degrees: float = 0.0
    gutter: float | None = None

    @property
    def is_none(self) -> bool:
        return not self.quarters and not self.degrees and self.gutter is None

    @property
    def _sheet(self) -> tuple[float, float]:
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    @property
    def upright_size(self) -> tuple[float, float]:
        """Width and height of the page once it is upright."""
        width, height = self._sheet
        return (width, height) if self.gutter is None else (max(self.gutter, width - self.gutter), 2 * height)

    def back(self, box: Box) -> Box:
        """Map a box of the upright page back onto the page as it was scanned.

        A quarter turn swaps the sides of the box; a small slant only moves its middle.

        >>> Turn(100.0, 200.0, quarters=1).back(Box(10, 20, 40, 30))
        Box(x0=70.0, top=10.0, x1=80.0, bottom=40.0)
        >>> Turn(100.0, 200.0, quarters=2).back(Box(10, 20, 40, 30))
        Box(x0=60.0, top=170.0, x1=90.0, bottom=180.0)
        >>> Turn(100.0, 200.0, quarters=3).back(Box(10, 20, 40, 30))
        Box(x0=20.0, top=160.0, x1=30.0, bottom=190.0)
        >>> Turn(200.0, 100.0, gutter=90.0).back(Box(10, 120, 40, 130))
        Box(x0=100.0, top=20.0, x1=130.0, bottom=30.0)
        """
        width, height = self.upright_size
        x, y = (box.x0 + box.x1) / 2 - width / 2, (box.top + box.bottom) / 2 - height / 2
        sine, cosine = math.sin(math.radians(self.degrees)), math.cos(math.radians(self.degrees))
        x, y = cosine * x + sine * y + width / 2, cosine * y - sine * x + height / 2
        if self.gutter is not None and y > self._sheet[1]:
            x, y = x + self.gutter, y - self._sheet[1]
        half, tall = box.width / 2, box.height / 2
        if self.quarters % 2:
            half, tall = tall, half
        if self.quarters == 1:
            x, y = self.width - y, x
        elif self.quarters == 2:
            x, y = self.width - x, self.height - y
        elif self.quarters == 3:
            x, y = y, self.height - x
        return Box(*(round(value, 2) + 0.0 for value in (x - half, y - tall, x + half, y + tall)))
