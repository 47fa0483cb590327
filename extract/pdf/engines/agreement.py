"""Two engines' characters of a page held against each other, and what both know of them put together."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from extract.pdf.engines.oxide import OtherText
from extract.pdf.engines.pdfium.text import PrintedText, UnusualPageError
from extract.pdf.model.glyph_array import NO_CHARACTERS, Columns, Floats, Ints, from_codes
from extract.pdf.model.raw_page import DECIMALS

_NEAR = 0.15
"""How far apart, in font sizes, both engines may put the same character: PDFium has its ink where that begins before
the character does."""

_SAME = 0.03
"""How far apart, in font sizes, both may put the start of a text, which both know exactly."""

_BESIDE = 0.5
"""How far apart, in points, the baselines of a space and of the character before it may lie."""

_LINE = 0.1
"""Baselines no further apart than this, in points, are one."""

_LEVEL = 0.02
"""The same for texts of which both engines know the place exactly: one rounds it to 0.01."""

_ALONG = np.array([[0], [2], [4]])
"""The rows of a glyph's values that say where it begins, ends and begins again."""

_WIDEST = 1e6
"""More than any page is wide, in points."""


def texts_to_glyphs(text: PrintedText, other: OtherText, fonts: Collection[str]) -> Columns:
    """The characters of a page in the order of painting, as wide as they are, with spaces between.

    Raises UnusualPageError unless both engines read the same characters at the same places. `fonts` are the names of
    the page's fonts without marks of subsets.
    """
    if not text.is_upright:
        raise UnusualPageError("it has text that does not run to the right")
    if len(text.letters) != len(other.printed):
        raise UnusualPageError("two engines read different characters")
    if not len(text.letters):
        return NO_CHARACTERS
    same = _pair_along_lines(text, other)
    if same is None:
        same = _pair(text, other)
    # The objects in the order of painting, then their characters.
    objects = np.argsort(text.ranks, kind="stable")
    counts = text.counts[objects]
    ends = np.cumsum(counts)
    characters = np.repeat(text.starts[objects] - ends + counts, counts) + np.arange(len(text.letters))
    partners = other.printed[same[characters]]
    x0 = np.round(other.x[partners], DECIMALS)
    x1 = np.round(other.x[partners] + other.widths[partners], DECIMALS)
    lowest = text.y + text.descent
    upper, lower = np.round(lowest - text.size, DECIMALS), np.round(lowest, DECIMALS)
    levels = np.array([upper, lower, np.round(text.y, DECIMALS), lower - upper, text.light, text.ranks, text.slants])[
        :, objects
    ]
    top, bottom, y, *others = np.repeat(levels, counts, axis=1)
    values = np.array([x0, top, x1, bottom, x0, y, *others])
    letters, blanks = text.letters[characters], np.zeros(len(characters), np.bool_)
    of = np.repeat(objects, counts)
    if len(other.spaces):
        other.check_spaces(fonts)
        bases, spaces = _places_of_spaces(other, partners)
        at = bases + 1 + np.arange(len(bases))
        values = values[:, np.insert(np.arange(len(letters)), bases + 1, bases)]
        letters = np.insert(letters, bases + 1, other.letters[spaces])
        x0 = np.round(other.x[spaces], DECIMALS)
        x1 = np.round(other.x[spaces] + other.widths[spaces], DECIMALS)
        values[_ALONG, at] = x0, x1, x0
        blanks = np.insert(blanks, bases + 1, True)
        of = np.insert(of, bases + 1, of[bases])
    n = len(letters)
    return Columns(from_codes(letters), values, np.zeros(n, np.int64), text.names[of], blanks)


def _pair_along_lines(text: PrintedText, other: OtherText) -> Ints | None:
    """For each character, which of the other engine's printed ones it is; None where it cannot be told this way.

    Where an object begins, a character of the other engine must begin, and those that follow it along the line must be
    the object's. Where they end, and where the objects of some font begin, PDFium is asked for its characters' sides.
    """
    x, y = other.x[other.printed], other.y[other.printed]
    lines = np.append(0, np.cumsum(np.diff(y) > _LEVEL))
    along = lines * _WIDEST + x
    if (np.diff(y) < -_LEVEL).any() or (np.diff(along) < 0).any():
        return None
    heads = np.append(0, np.flatnonzero(np.diff(lines)) + 1)
    own_lines = np.maximum(np.searchsorted(y[heads] - _LEVEL, text.y, side="right") - 1, 0)
    firsts = np.searchsorted(along, own_lines * _WIDEST + text.x - _SAME * text.size)
    same = np.repeat(firsts - text.starts, text.counts) + np.arange(len(x))
    if same.max() >= len(x) or (np.bincount(same, minlength=len(x)) != 1).any():
        return None
    if (abs(y[same] - np.repeat(text.y, text.counts)) > _LEVEL).any():
        return None
    if (other.letters[other.printed[same]] != text.letters).any():
        return None
    return same if _are_sides_alike(text, x[same]) else None


def _are_sides_alike(text: PrintedText, x: Floats) -> bool:
    """Whether the texts of all objects begin and end where PDFium says. `x` is where each character begins."""
    begun = np.abs(x[text.starts] - text.x) > _SAME * text.size
    begun[text.kinds] = True
    long = np.flatnonzero(text.counts > 1)
    objects = np.flatnonzero(begun)
    asked = np.append(text.starts[objects], text.starts[long] + text.counts[long] - 1)
    sides = text.left_sides(asked)
    near: bool = (np.abs(sides - x[asked]) <= _NEAR * np.append(text.size[objects], text.size[long])).all().item()
    return near


def _pair(text: PrintedText, other: OtherText) -> Ints:
    """The same where lines of text overlap, as those of fake bold do. Raises UnusualPageError.

    Both are put in the same order: by character, by line, and along the line. Baselines in one place are one line.
    """
    left = text.left_sides(np.arange(len(text.letters)))
    their_x, their_y = other.x[other.printed], other.y[other.printed]
    sizes, own_y = np.repeat(text.size, text.counts), np.repeat(text.y, text.counts)
    ours, theirs = text.letters, other.letters[other.printed]
    levels = np.concatenate([own_y, their_y])
    upwards = np.argsort(levels, kind="stable")
    lines = np.empty(len(levels), np.int64)
    lines[upwards] = np.append(0, np.cumsum(np.diff(levels[upwards]) > _LINE))
    our_lines, their_lines = lines[: len(ours)], lines[len(ours) :]
    our_order = np.lexsort((np.round(left, DECIMALS), our_lines, ours))
    their_order = np.lexsort((their_x, their_lines, theirs))
    if (ours[our_order] != theirs[their_order]).any():
        raise UnusualPageError("two engines read different characters")
    distances = np.abs(left[our_order] - their_x[their_order])
    if (our_lines[our_order] != their_lines[their_order]).any() or (distances > _NEAR * sizes[our_order]).any():
        raise UnusualPageError("two engines put a character at different places")
    same = np.empty(len(ours), np.int64)
    same[our_order] = their_order
    return same


def _places_of_spaces(other: OtherText, partners: Ints) -> tuple[Ints, Ints]:
    """Which character each space of the print stands behind, in the order of painting, and the numbers of the spaces.

    `partners` are the numbers of the other engine's characters in the order of painting. Its lines run from left to
    right, so a space stands behind the printed character before it, and is like it but for its place and width.
    """
    before = np.searchsorted(other.printed, other.spaces) - 1
    spaces, before = other.spaces[before >= 0], other.printed[before[before >= 0]]
    is_beside = np.abs(other.y[before] - other.y[spaces]) <= _BESIDE
    spaces, before = spaces[is_beside], before[is_beside]
    painted = np.empty(len(other.letters), np.int64)
    painted[partners] = np.arange(len(partners))
    bases = painted[before]
    order = np.argsort(bases, kind="stable")
    return bases[order], spaces[order]
