"""What of a page is its text, and what is drawn over it: tolerances in font sizes where no other unit is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PageSettings:
    """Tolerances of what is set aside from the text of a page.

    >>> PAGES.number_apart < 0 < PAGES.furniture_apart
    True
    """

    furniture_size: float = 1.05
    """Running heads are at most so many times as large as the text: rounding, and no title."""

    furniture_apart: float = 1.0
    """So far from the text stands what comes back on each page."""

    number_apart: float = -0.2
    """The same of a page number, whose box may reach into that of the line beside it."""

    sign_height: float = 0.4
    """The line of a drawn sign is at most so high, as a share of its length: what is higher is an area."""

    ring_inside: float = 0.2
    """By how much a word may reach over the ring around it."""

    stamped_over: float = 0.4
    """What is stamped over a text shares at least so much of the smaller one's height."""

    struck: float = 0.6
    """The part of a line through a text that characters take, at least: less is a rule between them."""

    overlap: float = 0.2
    """What is printed in the place of hidden text shares more than so much of its height."""


PAGES: Final = PageSettings()
