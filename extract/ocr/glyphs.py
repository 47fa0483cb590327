"""From letters of a line to glyphs with boxes, as an engine gives them for text that was never a picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from extract.ocr.page_picture import Mask
from extract.ocr.pieces import Piece
from extract.ocr.readings import Letter
from extract.pdf.model.raw_page import DECIMALS, Glyph

FONT = "ocr"

_EM = 1.12
"""The size of a font in heights of the ink of its lines: a kanji fills 0.9 of its square."""

_BASELINE = 0.1
"""How far above the lowest ink of a line its baseline lies, in font sizes."""

_NARROW = 0.55
"""The width of half-width letters, in font sizes; the others are one wide."""

_SHIFT = 0.3
"""How far, in font sizes, the border of two letters is moved to where no ink is."""


def letters_to_glyphs(
    piece: Piece, letters: Sequence[Letter], room: tuple[int, int, int, int], ink: Mask, size: float, scale: float
) -> Iterator[Glyph]:
    """The glyphs of a piece. `room` is what was read of the page in pixels, `size` the height of its line's ink."""
    em = size * _EM
    middles = [room[0] + letter.at * (room[2] - room[0]) for letter in letters]
    columns = (ink[piece.y0 : piece.y1, piece.x0 : piece.x1] > 0).sum(axis=0)
    borders = [float(piece.x0)]
    for before, after in pairwise(middles):
        borders.append(_border(before, after, columns, piece, em))
    borders.append(float(piece.x1))
    bottom = max(piece.y1, (piece.y0 + piece.y1) / 2 + size / 2) if piece.height < size else piece.y1
    for number, letter in enumerate(letters):
        x0, x1 = _ink_between(borders[number], borders[number + 1], columns, piece)
        # A small mark has the room of a letter of its kind around it, as in print.
        room_of = em * (_NARROW if _is_narrow(letter.text) else 1.0)
        x0, x1 = (
            max(borders[number], min(x0, middles[number] - room_of / 2)),
            min(borders[number + 1], max(x1, middles[number] + room_of / 2)),
        )
        x0, x1, top, low = (
            round(value / scale, DECIMALS) for value in (x0, max(x1, x0 + 0.1 * em), bottom - em, bottom)
        )
        level = round((bottom - _BASELINE * em) / scale, DECIMALS)
        yield Glyph(letter.text, x0, top, x1, low, x0, level, round(em / scale, DECIMALS), FONT)


def _border(
    before: float, after: float, columns: np.ndarray[tuple[int, ...], np.dtype[np.int64]], piece: Piece, em: float
) -> float:
    """Where between the middles of two letters the least ink is; the nearest place to half way."""
    half = (before + after) / 2
    reach = min(_SHIFT * em, (after - before) * 0.4)
    first, last = max(0, int(half - reach) - piece.x0), min(len(columns) - 1, int(half + reach) - piece.x0)
    if last <= first:
        return half
    places = np.arange(first, last + 1)
    costs = columns[first : last + 1] + np.abs(places + piece.x0 - half) / (em + 1)
    return float(piece.x0 + places[int(costs.argmin())])


def _ink_between(
    x0: float, x1: float, columns: np.ndarray[tuple[int, ...], np.dtype[np.int64]], piece: Piece
) -> tuple[float, float]:
    inked = np.flatnonzero(columns[max(0, int(x0) - piece.x0) : max(0, int(np.ceil(x1)) - piece.x0)])
    if not len(inked):
        return x0, x1
    first = max(piece.x0, int(x0))
    return float(first + inked[0]), float(first + inked[-1] + 1)


def _is_narrow(text: str) -> bool:
    return unicodedata.east_asian_width(text[0]) in ("Na", "H", "N")
