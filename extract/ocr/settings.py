"""Tolerances of a page that is a picture: what several steps share, or that belongs to one question. What one step
alone asks stands in its module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """Tolerances in heights of letters where no other unit is named; shares are of 1.

    >>> OCR.unsure < OCR.letter_filled
    True
    """

    # How sure a reading is that may be another one.
    unsure: float = 0.5
    """How sure a letter is at most that its picture does not tell from another one."""

    twin: float = 0.4
    """The share of the other one, where there is one: less than what is said, more than by chance."""

    of_two: float = 0.25
    """The share of each, where there are two."""

    # The page.
    least_ink: int = 100
    """Pixels of ink that tell how a page is turned, at least: a page with less is blank."""

    finenesses: tuple[float, ...] = (0.25, 0.05, 0.01)
    """Degrees by which the turn of a page is looked for, coarse first: 0.01 is a pixel over a page."""

    page_picture: float = 0.3
    """A picture that takes so much of the page's width is a scan, and says how fine the page is."""

    half_dark: int = 128
    """What is darker than this, of 255, is ink on a page whose fills were taken out."""

    paper_percentile: float = 90.0
    """The paper is as light as this percentile of the page: what is lighter is gloss."""

    fill_inside: float = 3.0
    """Points that a fill goes on beyond its sides at least where it is surely one: letters are thinner."""

    # Letters and their pieces.
    narrowest: float = 0.1
    """A letter is at least so wide, in ems."""

    border_reach: float = 0.4
    """How far from half way between two letters their border may lie, as a share of the way."""

    closed_rows: float = 0.12
    """Ink so far apart, up and down, is of one line: the dots of ! and of 心."""

    slash_percentile: float = 95.0
    """So many percent of the ink of a slash lie along it; the rest is dust."""

    letter_percentile: float = 70.0
    """The usual letter is as high as this percentile of what may be letters: kana and signs are lower."""

    least_line: float = 0.8
    """A line is taken to be so high at least, where two pieces are held together: 一 is low."""

    one_line: float = 1.35
    """Two pieces of one line are together at most so many times as high as the higher one."""

    shared_height: float = 0.5
    """They share so much of the lower one's height at least."""

    mark_room: float = 0.55
    """So much of the page is read above and below the middle of a low mark."""

    bar: float = 0.25
    """A stroke alone is lower than this, and wider."""

    bar_filled: float = 0.5
    """So much of its box is ink."""

    of_usual: float = 0.6
    """Pieces lower than this share of the usual height hold low letters only, and do not tell the height of others."""

    one_height: float = 1.3
    """Pieces of one place whose heights differ by no more than this factor have one height."""

    touching: float = 0.3
    """By how much the line above may reach into the next one."""

    behind_end: float = 0.1
    """So much behind the end of a line is read with it: the ink of its last letter."""

    # Rules and marks.
    least_side: float = 1.5
    """Pixels by which a circle may be wider than high, and a speck wide, at least: what a picture cannot show."""

    circle_width: float = 1.5
    """Ink is on a circle where it is no further from it, in pixels."""

    sectors: int = 12
    """Directions in which the ink of a circle is looked at."""

    inner_part: int = 4
    """Within this part of its radius, one in so many, a circle may have no pixel of its own."""

    rises: float = 0.004
    """By how much a rule may rise, as a share of its length: a quarter of a degree."""

    least_mark: int = 8
    """Pixels of the sides of a mark at least; in fewer a tick and a dot look alike."""

    darkest_percentile: float = 98.0
    """The darkest part of a mark is as dark as this percentile of it: single pixels are noise."""

    lightest_percentile: float = 5.0
    """The lightest part of what lies within a mark is as dark as this percentile of it."""

    letter_filled: float = 0.95
    """The part of each side of a box that is drawn, at least: strokes of letters are shorter."""


OCR: Final = OcrSettings()
