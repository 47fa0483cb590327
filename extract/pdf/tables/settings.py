"""What makes lines a grid and puts text into its cells: the tolerances that belong to one question or that several
steps share. What one step alone asks stands in its module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class GridSettings:
    """Tolerances of rules and areas, in points where no other unit is named.

    Programs draw the sides of one cell a rounding apart, and a person does not see half a point.

    >>> GRIDS.level < GRIDS.nearly_level
    True
    """

    level: float = 0.5
    """A stroke that rises by no more is a rule across, whatever its length."""

    nearly_level: float = 1.0
    """A stroke that rises by no more is one where it is long: scanned and turned pages lie askew."""

    slope: float = 40.0
    """Such a stroke is so many times as long as it rises."""

    least_length: float = 0.1
    """A piece of a rule counts for so long at least where the places of pieces are weighed: dots have no length."""

    least_dashes: int = 3
    """So many pieces make a rule of dashes: two may be two rules."""

    covers: float = 1.5
    """What is painted later hides a rule that lies so far inside it: the rule at its own side stays to be seen."""

    underlined: float = 0.55
    """An underline begins and ends with its words, this far apart at most."""

    touching: float = 0.6
    """Two filled areas of one colour whose sides are no further apart are one: cells filled one by one."""

    least_loose: int = 3
    """So many rules that end together without a rule down ask for one that closes them."""

    same_form: int = 4
    """So many texts say what a table is about, at least, before two tables are held to be one form."""


GRIDS: Final = GridSettings()


@dataclass(frozen=True, slots=True)
class CellSettings:
    """Tolerances of the text in cells, in font sizes where no other unit is named.

    >>> CELLS.over_border < CELLS.at_border
    True
    """

    at_border: float = 0.6
    """What begins or ends no further from a border of its cell is aligned with it, and may run over the other one."""

    over_border: float = 0.2
    """By how much it may run over the border that it is aligned with: the side bearing of a character."""

    in_middle: float = 0.25
    """What stands in the middle of a cell is no further from it."""

    empty_line: tuple[float, float] = (0.75, 1.5)
    """The room above the first line of a part that begins lower, in distances between lines: one empty line."""

    off_middle: float = 0.5
    """Such a part is not centred: the rooms above and below differ by more than this many distances."""

    least_size: float = 0.1
    """No character is taken for smaller, in points, where gaps are counted in font sizes: some fonts say 0."""

    rule_height: float = 0.35
    """How far above the baseline the ink of a typed rule (----) lies."""

    rule_filled: float = 0.6
    """The part of a typed rule that its characters fill, at least, between its ends."""

    row_begins: float = 0.3
    """A text is of the row whose upper side lies at least so far above its baseline."""


CELLS: Final = CellSettings()
