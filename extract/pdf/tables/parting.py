"""Where a rule parts a text: between two characters that stand on both sides of it, however close they are."""

from __future__ import annotations

import numpy as np

from extract.pdf.model.glyph_array import Bools, Columns, Floats, Ints
from extract.pdf.tables.cell_assignment import GridMap
from extract.pdf.tables.settings import CELLS
from extract.pdf.text.runs import HANGING

_OVER = 0.06
"""How far a character may reach over the border of its cell, in font sizes, and still stand within it."""

_SET_APART = 0.03
"""A gap at a rule that is wider by so much, in font sizes, than the widest beside it parts a text painted in one go."""

_NEXT = 0.2
"""Of two texts in a cell, of which the first ran over the border from the cell before, the second begins so far from
the end of the first, in font sizes, or lies over it."""

_BELOW, _OTHERS = 0.2, 2
"""It is another text at any distance where it begins below the texts of so many other cells, within so many points."""

_WIDE_BLANK = 0.6
"""A blank over a rule that is as wide as this, in font sizes, was set to reach the next column."""


def parted_by_rules(glyphs: Columns, spots: Ints, places: GridMap) -> Bools:
    """For each character but the last, whether a rule parts it from the next one. `spots` tells the cell of each.

    A rule parts two texts painted one after the other. One text painted in one go is parted by it where it has a gap
    there; a text without one runs over its border, and belongs to one cell as a whole. What stands behind it in the
    cell that it runs into is another text.
    """
    parted = _behind_overrun(glyphs, spots)
    at = np.flatnonzero((spots[:-1] != spots[1:]) & (spots[:-1] >= 0) & (spots[1:] >= 0))
    at = at[(glyphs.directions[at] == 0) & (glyphs.directions[at + 1] == 0)]
    if not len(at):
        return parted
    boxes = np.array([(place.box.x0, place.box.x1) for place in places.places])
    near = _OVER * glyphs.sizes[at]
    left, right = boxes[spots[at]], boxes[spots[at + 1]]
    is_beside = (left[:, 1] <= right[:, 0] + near) & (right[:, 0] > left[:, 0])
    is_within = (glyphs.x1[at] <= left[:, 1] + near) & (glyphs.x0[at + 1] >= right[:, 0] - near)
    is_blank = glyphs.blanks[at] | glyphs.blanks[at + 1]
    hangs = np.array([glyphs.texts[number + 1] in HANGING for number in at.tolist()], np.bool_)
    is_other_text = glyphs.orders[at] != glyphs.orders[at + 1]
    is_parted = np.where(is_blank, _is_wide_blank(glyphs, at), is_within & (is_other_text | _is_gap(glyphs, at)))
    reaches_over = np.zeros(len(glyphs) - 1, np.bool_)
    reaches_over[at[~is_blank & ~is_within]] = True
    is_parted |= _begins_below(glyphs, spots, reaches_over)[at]
    parted[at] |= is_beside & ~hangs & is_parted
    return parted


def _behind_overrun(glyphs: Columns, spots: Ints) -> Bools:
    """For each character but the last, whether its text ran into this cell from another, and the next one's did not."""
    if len(glyphs) < 2:
        return np.zeros(max(len(glyphs) - 1, 0), np.bool_)
    is_other = (np.diff(glyphs.orders) != 0) & (spots[:-1] == spots[1:]) & (spots[:-1] >= 0)
    is_other &= (glyphs.directions[:-1] == 0) & (glyphs.directions[1:] == 0)
    begins = np.append(True, np.diff(glyphs.orders) != 0)
    firsts = np.maximum.accumulate(np.where(begins, np.arange(len(glyphs)), 0))[:-1]
    gaps = (glyphs.x0[1:] - glyphs.x1[:-1]) / np.maximum(glyphs.sizes[1:], CELLS.least_size)
    behind: Bools = is_other & (spots[firsts] != spots[:-1]) & (spots[firsts] >= 0)
    return behind & ((np.abs(gaps) >= _NEXT) | _begins_below(glyphs, spots, behind))


def _begins_below(glyphs: Columns, spots: Ints, asked: Bools) -> Bools:
    """For each character but the last, of those asked for, whether a gap parts it from a text that begins below the
    texts of other cells: it stands at the place where its column begins."""
    found = np.zeros(len(glyphs) - 1, np.bool_)
    at = np.flatnonzero(asked)
    if not len(at):
        return found
    begins = np.append(True, np.diff(glyphs.orders) != 0)
    starts, places = glyphs.x0[begins], spots[begins]
    for number in at[_is_gap(glyphs, at) & begins[at + 1]].tolist():
        below = (np.abs(starts - glyphs.x0[number + 1]) <= _BELOW) & (places >= 0) & (places != spots[number + 1])
        found[number] = np.count_nonzero(below) >= _OTHERS
    return found


def _is_wide_blank(glyphs: Columns, at: Ints) -> Bools:
    """Whether the blanks around two characters, of which one is blank, are wide together."""
    numbers = np.arange(len(glyphs))
    before = np.maximum.accumulate(np.where(glyphs.blanks, -1, numbers))
    after = np.minimum.accumulate(np.where(glyphs.blanks, len(glyphs), numbers)[::-1])[::-1]
    left, right = before[at], np.minimum(after[at + 1], len(glyphs) - 1)
    wide: Bools = glyphs.x0[right] - glyphs.x1[np.maximum(left, 0)] >= _WIDE_BLANK * glyphs.sizes[at]
    return wide


def _is_gap(glyphs: Columns, at: Ints) -> Bools:
    """Whether the gap behind a character is wider than those before and behind it."""
    gaps: Floats = (glyphs.x0[1:] - glyphs.x1[:-1]) / np.maximum(glyphs.sizes[1:], CELLS.least_size)
    padded = np.concatenate([[-np.inf], gaps, [-np.inf]])
    is_gap: Bools = gaps[at] - np.maximum(padded[at], padded[at + 2]) >= _SET_APART
    return is_gap
