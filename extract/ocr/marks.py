"""Marks told by their shape, circles and others: readers of text take them for letters, or for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extract.ocr.mark_letters import CIRCLES
from extract.ocr.page_picture import Grey, Mask
from extract.ocr.pieces import Piece
from extract.ocr.readings import Letter
from extract.ocr.settings import OCR
from extract.ocr.shapes import RING, SOLID, TAKEN_FOR, shape_of

_LEAST = 0.55
"""The least height of a circle, in sizes of letters; a 。 is lower."""

_ROUND = 0.1
"""How much the width and the height of a circle may differ."""

_ZERO = 0.86
"""A zero is narrower than this share of its height; the circles of forms are round."""

_WIDE_DIGIT = 0.9
"""The digits of no font are wider than this share of their height."""

_ALMOST_ROUND = 0.92
"""What is no narrower than this may be a circle; between the two, it is what it was read as."""

_FILLED = (0.9, 1.08)
"""What the outline of a circle encloses, as a share of the ellipse in its box."""

_BANDS = 20
"""So many rings of one width, from the middle of a circle to its outline and a little beyond, are looked at."""

_BEYOND = 1.05

_EVEN = 0.25
"""How much the ink along a circle may vary: its spread, as a share of its darkness. A letter has gaps."""

_DARK = 0.35
"""A ring with so much of the darkest ring's ink, and less on both sides, is a line of the circle."""

_RISE = 0.2
"""Between two lines of a circle it is lighter by so much of the darkest ring's ink at least."""

_OUTLINE = 0.72
"""The outer line of a circle lies at so much of half its width at least."""


class Mark(NamedTuple):
    """A mark in a piece: what it is, and from where to where it stands, in pixels of the page. A ring that is not even
    may be a letter; it is a mark where none was read."""

    text: str
    x0: int
    x1: int
    is_even: bool = True


def marks_in(piece: Piece, grey: Grey, ink: Mask, size: float) -> Iterator[Mark]:
    """The marks in a piece of ink, from left to right.

    >>> paper = np.full((60, 120), 255, np.uint8)
    >>> _ = cv2.circle(paper, (30, 30), 20, 0, 2), cv2.circle(paper, (30, 30), 11, 0, 2)
    >>> _ = cv2.circle(paper, (90, 30), 20, 0, 2)
    >>> [mark.text for mark in marks_in(Piece(9, 9, 112, 52, 0), paper, 255 - paper, 40.0)]
    ['◎', '○']
    """
    own = np.ascontiguousarray(ink[piece.y0 : piece.y1, piece.x0 : piece.x1])
    contours, _ = cv2.findContours(own, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found = []
    for contour in contours:
        x, y, width, height = cv2.boundingRect(contour)
        left, top = piece.x0 + x, piece.y0 + y
        if height < _LEAST * size:
            continue
        shape = shape_of(grey[top : top + height, left : left + width], np.asarray(contour, np.int32))
        if shape is not None and shape != RING:
            found.append(Mark(shape, left, left + width))
            continue
        if abs(width - height) > max(OCR.least_side, _ROUND * max(width, height)):
            continue
        # An outline runs through the middles of its points: half a point less on each side.
        ellipse = np.pi / 4 * (width - 1) * (height - 1)
        if not _FILLED[0] * ellipse <= cv2.contourArea(contour) <= _FILLED[1] * ellipse:
            continue
        text = circle_of(grey[top : top + height, left : left + width])
        if text is not None or shape == RING:
            found.append(Mark(text or RING, left, left + width, is_even=text is not None))
    yield from sorted(found, key=lambda mark: mark.x0)


def circle_of(grey: Grey) -> str | None:
    """What circle fills a square of grey: ○, ◎ or none, by the darkness of rings around its middle."""
    height, width = grey.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float64)
    radii = np.hypot((xs - (width - 1) / 2) / (width / 2), (ys - (height - 1) / 2) / (height / 2))
    dark = 255.0 - grey.astype(np.float64)
    bands = np.minimum((radii / _BEYOND * _BANDS).astype(np.int64), _BANDS)
    counts = np.bincount(bands.ravel(), minlength=_BANDS + 1)[:_BANDS]
    if (counts[_BANDS // OCR.inner_part :] == 0).any():
        return None
    sums = np.bincount(bands.ravel(), dark.ravel(), minlength=_BANDS + 1)[:_BANDS]
    filled = np.flatnonzero(counts)
    profile = np.interp(np.arange(_BANDS), filled, sums[filled] / counts[filled])
    lines = _lines(profile)
    if not lines or lines[-1] < _OUTLINE * _BANDS / _BEYOND or not _is_even(dark, xs, ys, lines[-1] / _BANDS * _BEYOND):
        return None
    if len(lines) == 1 and profile[: lines[0] // 2].max() < _DARK * profile.max():
        return "○"
    is_double = len(lines) == 2 and _is_even(dark, xs, ys, lines[0] / _BANDS * _BEYOND)
    return "◎" if is_double else None


def _lines(profile: npt.NDArray[np.float64]) -> list[int]:
    """The rings that are lines: dark, with lighter ones between them. From the middle outwards."""
    most = float(profile.max())
    lines: list[int] = []
    for ring in range(_BANDS):
        low, high = max(0, ring - 1), min(_BANDS - 1, ring + 1)
        if profile[ring] < _DARK * most or profile[ring] < max(profile[low], profile[high]):
            continue
        if lines and min(profile[lines[-1] : ring + 1]) > min(profile[lines[-1]], profile[ring]) - _RISE * most:
            if profile[ring] > profile[lines[-1]]:
                lines[-1] = ring
        else:
            lines.append(ring)
    return lines


def _is_even(
    dark: npt.NDArray[np.float64], xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64], radius: float
) -> bool:
    """Whether as much ink lies along a circle everywhere. The ink is taken in twelve directions."""
    height, width = dark.shape
    x, y = (xs - (width - 1) / 2) / (width / 2), (ys - (height - 1) / 2) / (height / 2)
    near = np.abs(np.hypot(x, y) - radius) <= OCR.circle_width / (min(width, height) / 2)
    sectors = ((np.arctan2(y, x) + np.pi) / (2 * np.pi) * OCR.sectors).astype(np.int64) % OCR.sectors
    most = np.zeros(OCR.sectors)
    np.maximum.at(most, sectors[near], dark[near])
    return bool(most.min() > 0 and most.std() <= _EVEN * most.mean())


_CIRCLES = CIRCLES + "0"
"""What a reader takes a circle for."""

_DOUBLE = "◎曰回日目@"
"""What a reader takes a double circle for."""


def with_marks(letters: Sequence[Letter], marks: Iterable[Mark], left: int, right: int) -> tuple[Letter, ...]:
    """The letters of a line between two places of the page, with the marks that its ink shows.

    A circle beside Latin letters or digits is one of them.

    >>> line = [Letter("O", 0.1, 0.6), Letter("：", 0.4, 0.9)]
    >>> [letter.text for letter in with_marks(line, [Mark("◎", 5, 15)], 0, 100)]
    ['◎', '：']
    """
    settled = list(letters)
    for mark in marks:
        start, end = (mark.x0 - left) / (right - left), (mark.x1 - left) / (right - left)
        there = [number for number, letter in enumerate(settled) if start <= letter.at <= end]
        read = "".join(settled[number].text for number in there)
        beside = [
            settled[number + step].text for number in there for step in (-1, 1) if 0 <= number + step < len(settled)
        ]
        if _may_be(mark.text, read, beside) and (mark.is_even or not read):
            own = Letter(mark.text, (start + end) / 2, 1.0)
            kept = [letter for number, letter in enumerate(settled) if number not in there]
            settled = sorted([*kept, own], key=lambda letter: letter.at)
    return tuple(settled)


def _may_be(mark: str, read: str, beside: Sequence[str]) -> bool:
    """Whether what was read as a letter or not at all may be a mark that has the same shape."""
    if len(read) > 1:
        return False
    if mark in SOLID or read == mark:  # a dense kanji looks filled where print is small
        return not read.isalpha() or read.isascii()
    if mark in TAKEN_FOR:
        return read in TAKEN_FOR[mark]
    return read in _CIRCLES + (_DOUBLE if mark == "◎" else "") and not any(map(_is_latin, beside))


def as_arrow(letters: tuple[Letter, ...], piece: Piece) -> tuple[Letter, ...]:
    """A digit that stands alone, in doubt where it is as wide as high: ↗ in small print reads as a 7.

    >>> [as_arrow((Letter("7", 0.5, 0.99),), Piece(0, 0, width, 18, 0))[0].sure for width in (11, 18)]
    [0.99, 0.5]
    """
    if len(letters) != 1 or not letters[0].text.isdigit() or piece.width <= _WIDE_DIGIT * piece.height:
        return letters
    others = (("↗", OCR.twin),) if letters[0].text == "7" else ()
    return (replace(letters[0], sure=min(letters[0].sure, OCR.unsure), others=others),)


def as_zero(letters: tuple[Letter, ...], piece: Piece) -> tuple[Letter, ...]:
    """A letter that stands alone, read as a zero where it is one by its shape, narrower than high.

    A round one that is no circle of a form, as far as its picture tells, may be a zero or one of them.

    >>> as_zero((Letter("O", 0.5, 0.6, (("0", 0.4),)),), Piece(0, 0, 10, 18, 0))[0].text
    '0'
    >>> as_zero((Letter("0", 0.5, 0.99),), Piece(0, 0, 18, 18, 0))[0].sure
    0.5
    """
    if len(letters) != 1 or letters[0].text not in _CIRCLES or letters[0].text == "○":
        return letters
    if _ZERO * piece.height < piece.width <= _ALMOST_ROUND * piece.height:
        return letters
    if piece.width > _ZERO * piece.height:
        others = (("◎", OCR.of_two), ("○", OCR.of_two))
        return (replace(letters[0], sure=min(letters[0].sure, OCR.unsure), others=others),)
    both = letters[0].sure + sum(share for other, share in letters[0].others if other in _CIRCLES)
    return (Letter("0", letters[0].at, min(1.0, both)),)


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalnum()
