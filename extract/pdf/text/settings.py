"""What makes characters lines and lines paragraphs: the tolerances that several steps of the text share or that belong
to one question. What one step alone asks stands in its module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class LineSettings:
    """Tolerances of lines, in font sizes where no other unit is named.

    Fonts round their sizes, programs set characters by hundredths of a font size, and a person tells two places apart
    from about a third of a character on.

    >>> LINES.same_size < LINES.other_size
    True
    """

    same_size: float = 0.05
    """Two sizes that differ by less, as a share of the first, are one: what is left of rounding."""

    other_size: float = 0.15
    """From this share on, the next line is set in another size, and is another text."""

    widest_padding: float = 8.0
    """The padding of a cell or a frame in points, at most. What stands further in is set in on purpose."""

    over_border: float = 0.1
    """Points by which a line may run over the end of its cell and still tell where text ends: rounding."""

    aligned: float = 0.15
    """Lines begin, end or have their middles below each other where these differ by no more."""

    nearly_aligned: float = 0.4
    """The same where the lines are not of one length: centred lines differ by half a character."""

    off_middle: float = 0.3
    """Lines of one length stand in the middle of their cell where they are no further from it."""

    least_hanging: float = 0.5
    """The lines of an item behind its mark begin so far behind it at least: a mark is no narrower."""

    usual_leading: float = 1.2
    """The distance between lines where no two tell it: what programs set where nobody says otherwise."""

    leadings: tuple[float, float] = (0.8, 3.0)
    """Distances between two lines that tell the usual one: nearer ones overlap, wider ones part texts."""

    raised: float = 0.55
    """How far above its line an exponent or a note mark stands at most."""

    lowered: float = 0.4
    """How far below it an index stands at most."""

    touching: float = 0.4
    """How far apart small print and its line may stand, or overlap."""

    spread_gap: float = 0.5
    """The least gap between the characters of a line that is spread evenly (担　当　課)."""

    spread_differs: float = 0.35
    """By how much the gaps of such a line differ at most."""

    overlapping: float = 0.3
    """By how much a note mark may begin before its text ends."""

    mark_level: float = 0.1
    """The characters of one note mark stand on baselines no further apart."""

    mark_grows: float = 1.1
    """A character of a note mark is at most so many times as large as the one before."""

    level_with: float = 0.3
    """Lines of two texts beside each other are level where their baselines are no further apart."""

    set_apart: float = 1.15
    """Texts beside each other whose sizes differ by this factor are two, whatever their baselines."""

    least_height: float = 0.5
    """A text that is set apart has two lines: their baselines are so far from each other at least."""

    ruby: tuple[float, float] = (0.4, 1.5)
    """How far above the baseline of what it reads a line of ruby has its own."""


LINES: Final = LineSettings()


@dataclass(frozen=True, slots=True)
class TwinSettings:
    """When a character is printed a second time to look bold, in shares of what is named.

    >>> TWINS.of_box < 0.5
    True
    """

    of_box: float = 0.45
    """The second print lies no further from the first than this part of the character's own width and height: the
    next character of 一一 lies further."""

    reach: float = 1.1
    """How much further than the furthest twin characters are looked for: for what rounding takes away."""


TWINS: Final = TwinSettings()


@dataclass(frozen=True, slots=True)
class ParagraphSettings:
    """Tolerances of paragraphs, in font sizes where no other unit is named.

    >>> PARAGRAPHS.indent[0] < PARAGRAPHS.indent[1]
    True
    """

    one_end: float = 1.2
    """Full lines end within so much of each other: one character and what justifying leaves."""

    lines_beyond: int = 3
    """So many full lines end at the border for each that runs beyond it, and so many at least."""

    exact_end: float = 0.35
    """Two full lines alone tell the border where they end no further apart."""

    distances: tuple[float, float] = (0.8, 2.6)
    """Distances between two lines that may be of one paragraph: nearer ones overlap, wider ones are empty lines."""

    widest_leading: float = 1.8
    """The distance within paragraphs, at most, where no line of the document tells it."""

    same_indent: float = 0.7
    """The lines of a paragraph begin no further apart."""

    indent: tuple[float, float] = (0.7, 1.4)
    """How far in the first line of a new paragraph begins: one character, as Japanese paragraphs do."""

    widest_outdent: float = 2.6
    """How far in the first line of a paragraph may stand before its second: a number and its bracket take as much."""


PARAGRAPHS: Final = ParagraphSettings()
