"""A second engine's characters: what the fast reader's are held against, and where spaces and widths are taken from.

PDFium reaches with some characters as far as their ink, and cuts the fractions off widths. It keeps no more than one of
the spaces that follow each other, and none that is painted alone. pdf_oxide keeps them all; but it also puts in some
that nobody painted, in fonts named by their place in the page's resources.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple, Protocol

import numpy as np
import pdf_oxide

from extract.pdf.columns import Bools, Columns, Floats, Ints, which_are_blank
from extract.pdf.pdfium_reader import UnusualPageError
from extract.pdf.reader import DECIMALS

_NEAR = 0.15
"""How far apart, in font sizes, both engines may put the same character: PDFium has its ink where that begins before
the character does."""

_BESIDE = 0.5
"""How far apart, in points, the baselines of a space and of the character before it may lie."""

_LINE = 0.1
"""Baselines no further apart than this, in points, are one."""

_CHARACTER = attrgetter("char")
_X, _Y, _WIDTH = map(attrgetter, ("origin_x", "origin_y", "advance_width"))


class _Character(Protocol):
    """A character as pdf_oxide gives it."""

    @property
    def char(self) -> str: ...

    @property
    def font_name(self) -> str: ...

    @property
    def rotation_degrees(self) -> float: ...


class OxideDocument:
    """A PDF opened with pdf_oxide. Raises UnusualPageError where pdf_oxide cannot open it."""

    def __init__(self, data: bytes) -> None:
        try:
            self._document = pdf_oxide.PdfDocument.from_bytes(data)
            self._page_count = int(self._document.page_count)
        except Exception as error:
            raise UnusualPageError(f"pdf_oxide cannot open the file ({error})") from error

    @property
    def page_count(self) -> int:
        return self._page_count

    def checked(
        self, number: int, glyphs: Columns, corner: tuple[float, float], fonts: Collection[str]
    ) -> Columns:  # fmt: skip
        """The characters of a page (counted from 1) as wide as they are, with spaces between.

        `glyphs` are without white space, `corner` is the page's top left one in PDF's coordinates, and `fonts` are the
        names of the page's fonts without marks of subsets. Raises UnusualPageError unless this engine reads the same
        characters at the same places.
        """
        try:
            found = self._document.extract_chars(number - 1)
        except Exception as error:
            raise UnusualPageError(f"pdf_oxide cannot read it ({error})") from error
        every = _to_other(found, corner)
        spaces = np.flatnonzero(every.blanks).tolist()
        printed = np.flatnonzero(~every.blanks)
        same = _pair(glyphs, every, printed)
        if not len(same):
            return glyphs
        placed = replace(glyphs, values=glyphs.values.copy())
        placed.x0[same] = placed.origin_x[same] = np.round(every.x0[printed], DECIMALS)
        placed.x1[same] = np.round(every.x0[printed] + every.widths[printed], DECIMALS)
        if not spaces:
            return placed
        _check_fonts({found[position].font_name for position in spaces}, fonts, found)
        if any(found[position].rotation_degrees for position in spaces) or (every.widths[spaces] <= 0).any():
            raise UnusualPageError("it has text that does not run to the right")
        return _with_spaces(placed, every, spaces, dict(zip(printed.tolist(), same.tolist(), strict=True)))


class _Other(NamedTuple):
    """The other engine's characters: where each begins on its baseline, in points from the top left, and its width."""

    texts: list[str]
    blanks: Bools
    x0: Floats
    y: Floats
    widths: Floats


def _to_other(found: Sequence[_Character], corner: tuple[float, float]) -> _Other:
    texts = [*map(_CHARACTER, found)]
    x0, y, widths = (np.array([*map(get, found)]) for get in (_X, _Y, _WIDTH))
    return _Other(texts, which_are_blank(texts), x0 - corner[0], corner[1] - y, widths)


def _pair(glyphs: Columns, other: _Other, printed: Ints) -> Ints:
    """For each printed character of the other engine, which of `glyphs` it is. Raises UnusualPageError.

    Both are put in the same order: by character, by line, and along the line. Baselines in one place are one line.
    """
    if len(printed) != len(glyphs):
        raise UnusualPageError("two engines read different characters")
    numbers: dict[str, int] = {}
    ours = np.array([numbers.setdefault(text, len(numbers)) for text in glyphs.texts], np.int64)
    theirs = np.array([numbers.setdefault(other.texts[at], len(numbers)) for at in printed.tolist()], np.int64)
    levels = np.concatenate([glyphs.origin_y, other.y[printed]])
    upwards = np.argsort(levels, kind="stable")
    lines = np.empty(len(levels), np.int64)
    lines[upwards] = np.append(0, np.cumsum(np.diff(levels[upwards]) > _LINE))[: len(levels)]
    our_lines, their_lines = lines[: len(ours)], lines[len(ours) :]
    our_order = np.lexsort((glyphs.x0, our_lines, ours))
    their_order = np.lexsort((other.x0[printed], their_lines, theirs))
    if (ours[our_order] != theirs[their_order]).any():
        raise UnusualPageError("two engines read different characters")
    distances = np.abs(glyphs.x0[our_order] - other.x0[printed][their_order])
    if (our_lines[our_order] != their_lines[their_order]).any() or (distances > _NEAR * glyphs.sizes[our_order]).any():
        raise UnusualPageError("two engines put a character at different places")
    pairs = np.empty(len(ours), np.int64)
    pairs[their_order] = our_order
    return pairs


def _check_fonts(names: Iterable[str], fonts: Collection[str], found: Iterable[_Character]) -> None:
    """Raise UnusualPageError unless fonts of the page print the spaces, or a font that prints something else too."""
    unknown = {name for name in names if name not in fonts and name.partition("+")[2] not in fonts}
    if unknown and unknown - {other.font_name for other in found if not other.char.isspace()}:
        raise UnusualPageError("pdf_oxide puts spaces between its characters")


def _with_spaces(glyphs: Columns, other: _Other, spaces: Sequence[int], same: Mapping[int, int]) -> Columns:
    """The characters with the spaces behind them, each like the character before it but for its place and width.

    `same` tells which of `glyphs` a printed character of the other engine is, by its number.
    """
    neighbours = [(position, _left_neighbour(other.blanks, position)) for position in spaces]
    pairs = [
        (same[neighbour], position)
        for position, neighbour in neighbours
        if neighbour is not None and abs(other.y[neighbour] - other.y[position]) <= _BESIDE
    ]
    pairs.sort()
    bases, positions = np.array(pairs, np.int64).reshape(-1, 2).T
    merged = glyphs.take(np.insert(np.arange(len(glyphs)), bases + 1, bases))
    at = bases + 1 + np.arange(len(bases))
    texts = list(merged.texts)
    for place, position in zip(at.tolist(), positions.tolist(), strict=True):
        texts[place] = other.texts[position]
    merged.x0[at] = merged.origin_x[at] = np.round(other.x0[positions], DECIMALS)
    merged.x1[at] = np.round(other.x0[positions] + other.widths[positions], DECIMALS)
    merged.blanks[at] = True
    return replace(merged, texts=texts)


def _left_neighbour(blanks: Bools, position: int) -> int | None:
    """The last character before a space that is none; both engines' lines run from left to right."""
    while position and blanks[position]:
        position -= 1
    return None if blanks[position] else position
