"""What a PDF library has to tell about a page: raw characters and painted rules, as frozen values.

Everything after this module works on these values alone, so a second library is one function more and nothing else.
All coordinates are points from the top left corner of the page as it is displayed, after its rotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Literal, NamedTuple, Protocol

from schemas.declare import Text
from schemas.document import Box, Page
from schemas.limits import LimitName

Direction = Literal[0, 90, 180, 270]
"""Where the text runs: 0 to the right, 90 down (vertical writing, or turned clockwise), 180 to the left, 270 up."""

DECIMALS = 2
"""Coordinates are kept to 0.01 pt. Libraries compute them in other precisions, and where a producer sets two things at
exactly the same distance, one more bit must not tell them apart."""

SHADED = 0.985
"""What is less light than this is seen as a shade on white paper; what is lighter, nobody sees."""

WHITE = 0.99
"""What is as light as this is white."""

UNMAPPED = "\ufffd"
"""Stands for a character that is painted, but whose font does not say which character it is."""


class Glyph(NamedTuple):
    """One painted character, its box, and the point on the baseline where it begins.

    `lightness` runs from 0 (black) to 1 (white) and is None where the colour is unknown. `order` is that of strokes:
    characters of one text object have the same. `slant` says how many degrees it runs off its direction. A page has
    thousands of characters, and a frozen dataclass takes five times as long to make as this tuple.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    origin_x: float
    origin_y: float
    size: float
    font: str
    direction: Direction = 0
    lightness: float | None = 0.0
    order: int = 0
    slant: float = 0.0


class Stroke(NamedTuple):
    """A straight line as it was drawn, from one end to the other. `order` counts what the page paints, from 0."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    lightness: float | None = 0.0
    order: int = 0


OF_PATTERNS = "#bfbfbf"
"""The colour that PDFium tells of an area filled with a pattern, which may paint text."""


class Fill(NamedTuple):
    """A filled rectangle. A thin one is a rule in disguise. `order` is that of strokes, `colour` is "#rrggbb" where its
    reader tells it. `is_clear` says that what was painted before shows through, as under a marker."""

    x0: float
    top: float
    x1: float
    bottom: float
    lightness: float | None = 0.0
    order: int = 0
    colour: str | None = None
    is_clear: bool = False


class Ring(NamedTuple):
    """The box around a closed line with curves, as it is drawn around a word that was chosen. `order` is that of
    strokes."""

    x0: float
    top: float
    x1: float
    bottom: float
    lightness: float | None = 0.0
    order: int = 0


class Dispute(NamedTuple):
    """Characters that were read, and what something else says in their place: another engine, or the font itself."""

    read: str
    other: str
    severity: Literal["warning", "note"] = "warning"


@dataclass(frozen=True, slots=True)
class RawPage:
    """Everything that one page paints. `glyphs` are in the order in which they were painted.

    `images` are the rectangles of pictures, `shapes` those around filled areas of other shapes, `rings` those around
    closed curves, where a reader tells them. `damage` says what of the page could not be read, `reader` who read it.
    `excess` names the limit at which the reader stopped; such a page comes without content. `hidden` are characters
    that it paints and nobody sees; they are not among the others. `is_recognised` says that invisible text lies over a
    picture: characters that were recognised in it. `disputes` are the readings of which another is possible. `sideways`
    says that nearly all text runs down (90) or up (270) the page, or is upside down (180), `askew` how many degrees
    clockwise it ran off that before the page was turned straight.
    """

    page: Page
    glyphs: Sequence[Glyph]
    strokes: tuple[Stroke, ...] = ()
    fills: tuple[Fill, ...] = ()
    images: tuple[Box, ...] = ()
    damage: str | None = None
    reader: str = ""
    excess: LimitName | None = None
    hidden: Sequence[Glyph] = ()
    is_recognised: bool = False
    disputes: tuple[Dispute, ...] = ()
    shapes: tuple[Box, ...] = ()
    sideways: Direction = 0
    rings: tuple[Ring, ...] = ()
    askew: float = 0.0

    @property
    def image_share(self) -> float:
        """The share of the page that pictures cover, from 0 to 1."""
        area = (self.page.width or 0.0) * (self.page.height or 0.0)
        return min(1.0, fsum(box.width * box.height for box in self.images) / area) if area else 0.0


class UnreadableError(Exception):
    """The file as a whole cannot be read. `said` is what was met and what to do."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.en)
        self.said = said


class Reader(Protocol):
    """Gives the pages of a PDF one by one. Raises UnreadableError for a file of which no page can be read."""

    @property
    def name(self) -> str: ...

    def __call__(self, data: bytes, password: str | None = None) -> Iterator[RawPage]: ...
