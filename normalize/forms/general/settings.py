"""How long, how near and how many: what several steps of the general reading ask of a form, or that belongs to one
question. What one step alone asks stands in its module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FormSettings:
    """Lengths are in characters without white space, where nothing else is said.

    >>> FORMS.longest_grade < FORMS.longest_judgement < FORMS.longest_name
    True
    """

    longest_grade: int = 24
    """Words that judge are no longer; longer ones are a sentence about it (おおむね計画どおりに進んでいる has 13)."""

    longest_judgement: int = 32
    """What stands under a judgement and is longer is a finding, with or without 。."""

    longest_name: int = 60
    """The label and the name of a node in one text are no longer together."""

    longest_unit: int = 6
    """A unit that no list knows is no longer, in a column whose head says that its brackets hold units."""

    longest_date: int = 40
    """Texts that may tell a date or a year of the document are no longer, blanks included."""

    longest_line: int = 60
    """The same of lines of the body that may name its plan."""

    box_label: float = 12.0
    """A label stands no further left of its box, in heights of its line."""

    box_slack: float = 2.0
    """By how much it may reach into the box, in points."""

    known_heads: int = 3
    """Of the cells of a header one in so many is known as a whole, at least."""

    stub_columns: int = 3
    """So many columns before the values may say whose a row is."""

    legend_columns: tuple[int, ...] = (2, 3)
    """A legend has so many columns: the mark, what it means, and from where to where it reaches."""


FORMS: Final = FormSettings()
