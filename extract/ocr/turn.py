"""How a page was turned to be read, and where on the page as it lies what was read stands."""

from __future__ import annotations

import math
from dataclasses import dataclass

from schemas.document import Box


@dataclass(frozen=True, slots=True)
class Turn:
    """A page of `width` and `height` (points, as it lies) turned counter-clockwise by quarters, then by degrees
    clockwise around its middle."""

    width: float
    height: float
    quarters: int = 0
    degrees: float = 0.0

    @property
    def is_none(self) -> bool:
        return not self.quarters and not self.degrees

    @property
    def upright_size(self) -> tuple[float, float]:
        """Width and height of the page once it is upright."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def back(self, box: Box) -> Box:
        """A box of the upright page where it stands on the page as it lies: as wide and as high, its middle moved.

        >>> Turn(100.0, 200.0, quarters=1).back(Box(10, 20, 40, 30))
        Box(x0=70.0, top=10.0, x1=80.0, bottom=40.0)
        >>> Turn(100.0, 200.0, quarters=2).back(Box(10, 20, 40, 30))
        Box(x0=60.0, top=170.0, x1=90.0, bottom=180.0)
        >>> Turn(100.0, 200.0, quarters=3).back(Box(10, 20, 40, 30))
        Box(x0=20.0, top=160.0, x1=30.0, bottom=190.0)
        """
        width, height = self.upright_size
        x, y = (box.x0 + box.x1) / 2 - width / 2, (box.top + box.bottom) / 2 - height / 2
        sine, cosine = math.sin(math.radians(self.degrees)), math.cos(math.radians(self.degrees))
        x, y = cosine * x + sine * y + width / 2, cosine * y - sine * x + height / 2
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
