"""Ink of a line that no letter stands for: what a reader of lines left out without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extract.ocr.page_picture import Mask
from extract.ocr.pieces import Piece
from extract.ocr.readings import Letter
from extract.ocr.strips import Room
from extract.pdf.model.raw_page import UNMAPPED

_REACH = 0.6
"""How far from the middle that a reader gives of a letter its ink may lie, in heights of the line."""

_LEAST, _LOWEST = 0.5, 0.42
"""Ink is a letter from these shares of the line's height on, across and down: a raised ※ is so low, dots are lower."""

_FREE = 0.6
"""Ink belongs to no letter where this share of it lies out of reach of all."""

_JOINED = 0.12
"""A gap in the ink of one letter, in heights of the line."""

_SECOND = 0.5
"""A letter that one reading of two gives is no surer than this."""


def with_unread(
    letters: tuple[Letter, ...],
    piece: Piece,
    room: Room,
    again: Sequence[Letter],
    other_room: Room,
    ink: Mask,
    size: float,
) -> tuple[Letter, ...]:
    """The letters of a line, and for ink that no letter stands for what the second reading gives there; where it gives
    nothing either, a letter that nobody knows. `size` is the height of the line's ink.

    >>> ink = np.zeros((20, 100), np.uint8)
    >>> for left in (2, 22, 42):
    ...     ink[2:18, left : left + 16] = 255
    >>> piece, room = Piece(2, 2, 58, 18, 0), (0, 0, 100, 20)
    >>> line = (Letter("創", 0.1, 0.99), Letter("希", 0.5, 0.99))
    >>> [letter.text for letter in with_unread(line, piece, room, line, room, ink, 16)]
    ['創', '\ufffd', '希']
    >>> whole = (line[0], Letter("業", 0.3, 0.99), line[1])
    >>> [letter.text for letter in with_unread(line, piece, room, whole, room, ink, 16)]
    ['創', '業', '希']
    """
    width = max(1, room[2] - room[0])
    added: list[Letter] = []
    for x0, x1 in _left_out(_middles(letters, room), piece, ink, size):
        middle = (x0 + x1) / 2
        there = [
            letter
            for letter in again
            if abs(other_room[0] + letter.at * (other_room[2] - other_room[0]) - middle) <= size / 2
        ]
        at = (middle - room[0]) / width
        if len(there) == 1:
            added.append(replace(there[0], at=at, sure=min(there[0].sure, _SECOND)))
        else:
            added.append(Letter(UNMAPPED, at, 0.0))
    return tuple(sorted((*letters, *added), key=lambda letter: letter.at)) if added else letters


def has_unread(letters: Sequence[Letter], piece: Piece, room: Room, ink: Mask, size: float) -> bool:
    """Whether there is ink in a line that no letter stands for."""
    return any(True for _ in _left_out(_middles(letters, room), piece, ink, size))


def _middles(letters: Sequence[Letter], room: Room) -> list[float]:
    return [room[0] + letter.at * max(1, room[2] - room[0]) for letter in letters]


def _left_out(middles: Sequence[float], piece: Piece, ink: Mask, size: float) -> Iterator[tuple[int, int]]:
    """From where to where ink lies that is out of reach of all letters, in pixels of the page."""
    own = np.asarray(ink[piece.y0 : piece.y1, piece.x0 : piece.x1] > 0, np.bool_)
    claimed = np.zeros(own.shape[1], np.bool_)
    for middle in middles:
        first, stop = (round(middle + way * _REACH * size) - piece.x0 for way in (-1, 1))
        claimed[max(0, first) : max(0, stop)] = True
    for first, stop in _runs(np.asarray(own.any(axis=0), np.bool_), round(_JOINED * size)):
        free = ~claimed[first:stop]
        if stop - first > 2 * size:  # letters that touch: of those, what lies free in one stretch
            stretches = [*_runs(np.asarray(free & own[:, first:stop].any(axis=0), np.bool_), 0)]
            for left, right in stretches:
                if right - left >= _LEAST * size and _is_high(own[:, first + left : first + right], size):
                    yield piece.x0 + first + left, piece.x0 + first + right
        elif stop - first >= _LEAST * size and free.mean() >= _FREE and _is_high(own[:, first:stop], size):
            yield piece.x0 + first, piece.x0 + stop


def _is_high(own: npt.NDArray[np.bool_], size: float) -> bool:
    rows = np.flatnonzero(own.any(axis=1))
    return len(rows) > 0 and bool(rows[-1] + 1 - rows[0] >= _LOWEST * size)


def _runs(flags: npt.NDArray[np.bool_], gap: int) -> Iterator[tuple[int, int]]:
    """Stretches that are set, over gaps of so many places."""
    padded = np.concatenate([[0], flags.astype(np.int8), [0]])
    changes = np.flatnonzero(np.diff(padded)).tolist()
    spans = [*zip(changes[::2], changes[1::2], strict=True)]
    if not spans:
        return
    start = spans[0][0]
    for (_, stop), (after, _) in pairwise(spans):
        if after - stop > gap:
            yield start, stop
            start = after
    yield start, spans[-1][1]
