"""Where the lines of text stand: pieces of ink in one cell, or outside of all, that are read in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from extract.ocr.page_picture import Mask
from extract.ocr.settings import OCR

_LETTERS = (4.0, 30.0)
"""Points. The heights of ink that may be a letter; the usual size of letters is told from these."""

_USUAL = 9.0
"""Points. The size of letters where nothing tells."""

_GAP = 0.7
"""A gap, in sizes of letters, over which one piece goes on."""

_WIDER = 1.1
"""The same for neighbours of one line, in their own height."""

_TWO_LINES = 1.55
"""A piece from so many letters of height on may be lines that touch."""

_PITCH = 1.15
"""How far apart, in sizes, lines that touch follow each other."""

_NEAR = 0.4
"""How far, in sizes, from where a line should begin it may begin."""

_VALLEY = 0.6
"""The share of a line's usual ink that a row between two lines that touch has at most."""

_COLUMN, _BETWEEN = 1.25, 0.2
"""Two letters that touch one below the other are no wider than so many sizes, and have so much ink between them."""

_CLEAR = 0.2
"""Two lines lie in a piece, however low, where a row between them has no more than this share of its usual ink."""

_LOWEST = 0.4
"""Lines that are told so are this share of the usual size high at least: what lies clear of a line may be a mark."""

_ALONG = 2.0
"""A piece is so many times as wide as high at least to be told so: the strokes of a letter lie clear, too."""

_DUST = 0.22
"""A piece smaller than this share of the usual size each way, with nothing beside it, is dust."""

_REST, _THIN = 4.0, 0.3
"""A piece so many sizes long, and no higher than so many, is what is left of a rule: a dash is shorter."""

_SLASH = 1.3
"""A line that crosses out a cell is so many sizes high and wide at least: a / of a text is narrower."""

_OFF, _ASKEW = 0.2, 0.03
"""How far its ink lies from the straight line between the corners: half a thickness in sizes, a share of the cell."""

_FLAT = 0.62
"""A piece lower than this share of the usual size is a mark (ー, 、, ・): read with the room of a letter around it."""


Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of text or a part of one: its ink in pixels, the place (a cell, or -1) that it lies in."""

    x0: int
    y0: int
    x1: int
    y1: int
    place: int

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    @property
    def width(self) -> int:
        return self.x1 - self.x0


def find_pieces(ink: Mask, rules: Mask, places: npt.NDArray[np.int64], scale: float) -> list[Piece]:
    """The pieces of text of a page without rules and dust, by place, from top to bottom and left to right.

    `rules` are where the rules were: no piece goes on over one. `places` gives the number of the place of each pixel
    row and column of a coarse map of one point a side.
    """
    size = letter_size(ink, scale)
    reach = max(1, round(_GAP * size))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((round(OCR.closed_rows * size) | 1, reach | 1), np.uint8))
    joined[rules > 0] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found: list[Piece] = []
    for number in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[number])
        own = (labels[y : y + height, x : x + width] == number) & (ink[y : y + height, x : x + width] > 0)
        if _is_slash(own, size):
            continue
        for top, bottom in _lines(own, size):
            if (box := _ink_box(own[top:bottom])) is not None:
                x0, y0, x1, y1 = box
                middle = (x + (x0 + x1) / 2, y + top + (y0 + y1) / 2)
                place = _place_at(places, *middle, scale)
                found.append(Piece(x + x0, y + top + y0, x + x1, y + top + y1, place))
    whole = [piece for piece in _merged(found, size) if not _is_no_text(piece, size)]
    return sorted(whole, key=lambda piece: (piece.place, piece.y0 + piece.y1, piece.x0))


def _is_no_text(piece: Piece, size: float) -> bool:
    """Whether a piece is dust, or the rest of a rule."""
    is_rest = piece.height <= _THIN * size and piece.width >= _REST * size
    return is_rest or max(piece.width, piece.height) < _DUST * size


def _is_slash(own: npt.NDArray[np.bool_], size: float) -> bool:
    """Whether a blob is one line from corner to corner of a cell, which says that nothing is to be written there."""
    height, width = own.shape
    if min(height, width) < _SLASH * size:
        return False
    ys, xs = np.nonzero(own)
    down, up = np.abs(ys / height - xs / width), np.abs(ys / height - 1 + xs / width)
    off = min(float(np.percentile(down, OCR.slash_percentile)), float(np.percentile(up, OCR.slash_percentile)))
    return bool(off <= _OFF * size / height + _ASKEW)


def letter_size(ink: Mask, scale: float) -> float:
    """The usual height of letters, in pixels: that of the larger half of what may be letters."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT] / scale
    letters = heights[(heights >= _LETTERS[0]) & (heights <= _LETTERS[1])]
    return (float(np.percentile(letters, OCR.letter_percentile)) if len(letters) else _USUAL) * scale


def _lines(own: npt.NDArray[np.bool_], size: float) -> Iterator[tuple[int, int]]:
    """The stretches of rows of one blob that are lines: one, unless it is so high that lines touch in it.

    Lines are cut where the least ink lies near where the next one must begin. Where as much ink lies there as
    anywhere, it is one large letter; but letters one below the other are no wider than one.
    """
    rows = own.sum(axis=1).astype(np.float64)
    for top, bottom in _touching(rows, own.shape[1], size):
        yield from _apart(rows, top, bottom, own.shape[1], size)


def _apart(rows: Floats, top: int, bottom: int, width: int, size: float) -> Iterator[tuple[int, int]]:
    """The stretches of rows between `top` and `bottom` with next to no ink between them."""
    part = rows[top:bottom]
    least = round(_LOWEST * size)
    if width >= _ALONG * (bottom - top) and bottom - top > 2 * least and part.any():
        middle = part[least : len(part) - least]
        if middle.min() <= _CLEAR * float(np.median(part[part > 0])):
            lowest = np.flatnonzero(middle == middle.min())
            cut = top + least + int(lowest[len(lowest) // 2])
            yield from _apart(rows, top, cut, width, size)
            yield from _apart(rows, cut, bottom, width, size)
            return
    yield top, bottom


def _touching(rows: Floats, width: int, size: float) -> Iterator[tuple[int, int]]:
    """The stretches of rows of lines that touch in one blob."""
    height = len(rows)
    count = round(height / (_PITCH * size)) if height >= _TWO_LINES * size else 1
    valley = _VALLEY if width > _TWO_LINES * size else 1.0
    if count < 2 and height >= _TWO_LINES * size and width <= _COLUMN * size:
        count, valley = round(height / size), _BETWEEN  # a large digit is as high and narrow, and no row of it so bare
    if count < 2:
        yield 0, height
        return
    usual = float(np.median(rows[rows > 0]))
    cuts = [0]
    for number in range(1, count):
        middle = cuts[-1] + (height - cuts[-1]) / (count - number + 1)
        first, last = round(middle - _NEAR * size), round(middle + _NEAR * size)
        window = rows[max(cuts[-1] + 1, first) : min(height - 1, last) + 1]
        if not len(window) or window.min() > valley * usual:
            continue
        lowest = np.flatnonzero(window == window.min())
        cuts.append(max(cuts[-1] + 1, first) + int(lowest[len(lowest) // 2]))
    yield from pairwise([*cuts, height])


def _ink_box(own: npt.NDArray[np.bool_]) -> tuple[int, int, int, int] | None:
    columns, rows = np.flatnonzero(own.any(axis=0)), np.flatnonzero(own.any(axis=1))
    if not len(columns):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _place_at(places: npt.NDArray[np.int64], x: float, y: float, scale: float) -> int:
    row, col = min(int(y / scale), places.shape[0] - 1), min(int(x / scale), places.shape[1] - 1)
    return int(places[row, col])


def _merged(pieces: Iterable[Piece], size: float) -> list[Piece]:
    """Pieces of one line that stand beside each other put together; marks joined to the line that they belong to."""
    by_place: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_place.setdefault(piece.place, []).append(piece)
    result: list[Piece] = []
    for group in by_place.values():
        left = sorted(group, key=lambda piece: piece.x0)
        while True:
            merged = _merge_once(left, size)
            if len(merged) == len(left):
                break
            left = merged
        result += left
    return result


def _merge_once(pieces: Sequence[Piece], size: float) -> list[Piece]:
    merged: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        for number, other in enumerate(merged):
            if _belong_together(other, piece, size):
                merged[number] = Piece(
                    min(other.x0, piece.x0),
                    min(other.y0, piece.y0),
                    max(other.x1, piece.x1),
                    max(other.y1, piece.y1),
                    piece.place,
                )
                break
        else:
            merged.append(piece)
    return merged


def _belong_together(one: Piece, other: Piece, size: float) -> bool:
    low, high = sorted((one, other), key=lambda piece: piece.height)
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    gap = max(one.x0, other.x0) - min(one.x1, other.x1)
    whole = max(one.y1, other.y1) - min(one.y0, other.y0)
    reach = max(high.height, min(size, 2 * high.height))
    line = max(high.height, OCR.least_line * size)
    if whole > _TWO_LINES * line or gap > _WIDER * reach:
        return False
    return overlap >= OCR.shared_height * low.height and whole <= OCR.one_line * line


def reading_room(
    piece: Piece, size: float, shape: tuple[int, int], margins: tuple[float, float]
) -> tuple[int, int, int, int]:
    """What of the page to cut out to read a piece: its ink with a margin; of a mark, the room of a letter.

    `margins` are those above and below a piece, and beside it, in its heights.
    """
    height = max(piece.height, _FLAT * size)
    x0, y0 = piece.x0 - margins[1] * height, piece.y0 - margins[0] * height
    x1, y1 = piece.x1 + margins[1] * height, piece.y1 + margins[0] * height
    if piece.height < _FLAT * size:
        middle = (piece.y0 + piece.y1) / 2
        y0, y1 = min(y0, middle - OCR.mark_room * size), max(y1, middle + OCR.mark_room * size)
    return max(0, round(x0)), max(0, round(y0)), min(shape[1], round(x1)), min(shape[0], round(y1))
