"""What is read in one go: a piece of a line, or the letters that stand one below the other, set side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np

from extract.ocr.page_picture import Grey
from extract.ocr.pieces import Piece, reading_room
from extract.ocr.readings import Letter
from extract.ocr.settings import OCR

_WIDE = 1.5
"""A letter of a column is no wider than so many sizes, whatever stands beside it."""

_ASIDE = 0.4
"""How far, in sizes, the middles of letters of one column lie apart."""

_PITCH = 2.2
"""How far, in sizes, letters of one column follow each other."""

_LEAST = 2
"""So many letters one below the other in one cell are a column; values of two cells are in two."""

_SHORT = 2.6
"""A piece of up to so many sizes is read behind the end of the line that it goes on from."""

_LONG = 4.0
"""A line that something goes on from is so many sizes long at least."""

_LEAD = 8.0
"""So many sizes of it are read along."""

Room = tuple[int, int, int, int]
"""What is cut out of a page: left, top, right, bottom, in pixels."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Pieces that are read together, and what of the page is cut out for each.

    `lead` is the end of the line before, where a piece is too short to be read without what it goes on from; its own
    letters are read with that line.
    """

    pieces: tuple[Piece, ...]
    rooms: tuple[Room, ...]
    lead: Room | None = None

    def picture(self, grey: Grey) -> Grey:
        """The pieces side by side."""
        parts = [grey[top:bottom, left:right] for left, top, right, bottom in self._all_rooms()]
        if len(parts) == 1:
            return parts[0]
        height = max(part.shape[0] for part in parts)
        return np.hstack([_as_high(part, height) for part in parts])

    def share(self, letters: Sequence[Letter]) -> list[tuple[Letter, ...]]:
        """The letters of each piece, placed along its own room."""
        widths = [right - left for left, _, right, _ in self._all_rooms()]
        borders = np.concatenate([[0], np.cumsum(widths)]) / max(1, sum(widths))
        shared: list[list[Letter]] = [[] for _ in widths]
        for letter in letters:
            number = min(len(widths) - 1, int(np.searchsorted(borders, letter.at, side="right")) - 1)
            start, end = borders[number], borders[number + 1]
            shared[number].append(replace(letter, at=float((letter.at - start) / (end - start))))
        return [tuple(part) for part in shared[0 if self.lead is None else 1 :]]

    def _all_rooms(self) -> tuple[Room, ...]:
        return self.rooms if self.lead is None else (self.lead, *self.rooms)


def _as_high(part: Grey, height: int) -> Grey:
    above = (height - part.shape[0]) // 2
    below = height - part.shape[0] - above
    return np.pad(part, ((above, below), (0, 0)), constant_values=255)


def pieces_to_strips(
    pieces: Sequence[Piece], size: float, shape: tuple[int, int], margins: tuple[float, float]
) -> Iterator[Strip]:
    """The strips of a page, in the order of its pieces. `margins` is the room around a piece, in its heights."""
    for place, group in groupby(pieces, key=lambda piece: piece.place):
        every = list(group)
        if place >= 0 and _is_column(every, size):
            ordered = sorted(every, key=lambda piece: piece.y0)
            yield Strip(tuple(ordered), tuple(reading_room(piece, size, shape, margins) for piece in ordered))
        else:
            for piece in every:
                room = reading_room(piece, size, shape, margins)
                line = _line_before(piece, every, size)
                lead = None if line is None else _end_of(reading_room(line, size, shape, margins), line, size)
                yield Strip((piece,), (room,), lead)


def _line_before(piece: Piece, others: Sequence[Piece], size: float) -> Piece | None:
    """The line that a short piece goes on from: a longer one right above it, from the same left border."""
    if piece.place < 0 or piece.width > _SHORT * size:
        return None
    above = [
        other
        for other in others
        if 0 < piece.y0 + piece.y1 - other.y0 - other.y1 <= 2 * _PITCH * size
        and other.y1 <= piece.y0 + OCR.touching * size
        and other.width > _LONG * size
        and abs(other.x0 - piece.x0) <= size
    ]
    return max(above, key=lambda other: other.y1, default=None)


def _end_of(room: Room, line: Piece, size: float) -> Room:
    left, top, _, bottom = room
    return max(left, round(line.x1 - _LEAD * size)), top, round(line.x1 + OCR.behind_end * size), bottom


def _is_column(pieces: Sequence[Piece], size: float) -> bool:
    """Whether all that stands in a cell is one letter below the other."""
    if len(pieces) < _LEAST or any(piece.width > _WIDE * size for piece in pieces):
        return False
    ordered = sorted(pieces, key=lambda piece: piece.y0)
    middles = [(piece.x0 + piece.x1) / 2 for piece in ordered]
    follow = all(after.y1 - before.y0 <= 2 * _PITCH * size for before, after in pairwise(ordered))
    return max(middles) - min(middles) <= _ASIDE * size and follow
