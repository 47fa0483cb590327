"""From letters of a line to glyphs with boxes, as an engine gives them for text that was never a picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extract.ocr.page_picture import Mask
from extract.ocr.pieces import Piece
from extract.ocr.readings import Letter
from extract.ocr.settings import OCR
from extract.pdf.model.raw_page import DECIMALS, Glyph

FONT = "ocr"

_EM = 1.12
"""The size of a font in heights of the ink of its lines: a kanji fills 0.9 of its square."""

_BASELINE = 0.1
"""How far above the lowest ink of a line its baseline lies, in font sizes."""

_NARROW = 0.55
"""The width of half-width letters, in font sizes; the others are one wide."""

_SPACE = 0.5
"""A gap between the ink of two letters, in font sizes, that a space was set in."""

_AFTER_NUMBER = 0.55
"""The same behind a digit, which leaves room beside it where it is set as wide as a kanji."""

_CLOSE = 0.3
"""Where half of the gaps of a line are wider than this, in font sizes, it is spread, and no gap is a space."""

_TOUCHING = 0.3
"""A gap between narrow letters, in heights of their ink, that is no space: half of the narrowest space that is set."""

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
    sides: list[tuple[float, float]] = []
    for number, letter in enumerate(letters):
        x0, x1 = _ink_between(borders[number], borders[number + 1], columns, piece)
        # A small mark has the room of a letter of its kind around it, as in print.
        room_of = em * (_NARROW if _is_narrow(letter.text) else 1.0)
        left, right = middles[number] - room_of / 2, middles[number] + room_of / 2
        sides.append((max(borders[number], min(x0, left)), min(borders[number + 1], max(x1, right))))
    level = round((bottom - _BASELINE * em) / scale, DECIMALS)
    for letter, (x0, x1) in zip(letters, _without_narrow_gaps(letters, sides, size), strict=True):
        x0, x1, top, low = (
            round(value / scale, DECIMALS) for value in (x0, max(x1, x0 + OCR.narrowest * em), bottom - em, bottom)
        )
        yield Glyph(letter.text, x0, top, x1, low, x0, level, round(em / scale, DECIMALS), FONT)


def _without_narrow_gaps(
    letters: Sequence[Letter], sides: Sequence[tuple[float, float]], size: float
) -> list[tuple[float, float]]:
    """The left and right sides of letters; digits and Latin letters that stand close touch: no space is between.

    >>> digits = [Letter(text, 0.5, 1.0) for text in "135"]
    >>> _without_narrow_gaps(digits, [(0.0, 5.0), (6.0, 11.0), (17.0, 22.0)], 8.0)
    [(0.0, 5.5), (5.5, 11.0), (17.0, 22.0)]
    """
    closed = [*sides]
    for number, (before, after) in enumerate(pairwise(letters)):
        gap = closed[number + 1][0] - closed[number][1]
        if 0 < gap <= _TOUCHING * size and _is_narrow(before.text) and _is_narrow(after.text):
            border = closed[number][1] + gap / 2
            closed[number], closed[number + 1] = (closed[number][0], border), (border, closed[number + 1][1])
    return closed


def with_spaces(
    letters: tuple[Letter, ...], piece: Piece, room: tuple[int, int, int, int], ink: Mask, size: float
) -> tuple[Letter, ...]:
    """The letters of a line, with a space where a gap between two Japanese letters is wider than those of the line.

    A gap of a whole letter is told by the places of glyphs; a narrower one only a picture shows.
    """
    em = size * _EM
    columns = np.asarray((ink[piece.y0 : piece.y1, piece.x0 : piece.x1] > 0).any(axis=0), np.bool_)
    middles = [room[0] + letter.at * (room[2] - room[0]) - piece.x0 for letter in letters]
    gaps = [_widest_gap(columns[max(0, int(a)) : max(0, int(b))]) for a, b in pairwise(middles)]
    if not gaps or np.median(gaps) > _CLOSE * em:
        return letters
    spaced = [letters[0]] if letters else []
    for before, after, gap in zip(letters, letters[1:], gaps, strict=False):
        least = _SPACE if _is_full(before.text) else _AFTER_NUMBER
        if gap > least * em and (_is_full(before.text) or before.text.isdigit()) and _is_full(after.text):
            spaced.append(Letter(" ", (before.at + after.at) / 2, 1.0))
        spaced.append(after)
    return tuple(spaced)


def ink_left_out(letters: Sequence[Letter], piece: Piece, room: tuple[int, int, int, int], ink: Mask) -> frozenset[int]:
    """The letters behind which something stands that was not read: ink that is neither theirs nor the next one's."""
    columns = np.asarray((ink[piece.y0 : piece.y1, piece.x0 : piece.x1] > 0).any(axis=0), np.bool_)
    middles = [round(room[0] + letter.at * (room[2] - room[0])) - piece.x0 for letter in letters]
    between = [columns[max(0, before) : max(0, after)] for before, after in pairwise(middles)]
    return frozenset(number for number, part in enumerate(between) if _count_runs(part) > 2)


def _count_runs(columns: npt.NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(np.diff(np.concatenate([[False], columns]).astype(np.int8)) == 1))


def _widest_gap(columns: npt.NDArray[np.bool_]) -> int:
    padded = np.concatenate([[True], columns, [True]])
    return int(np.diff(np.flatnonzero(padded)).max()) - 1


def _is_full(text: str) -> bool:
    """Whether a letter fills its square: a kanji or a kana that is not small. Marks leave room beside them."""
    return ("\u3041" <= text <= "\u30fa" and text not in _SMALL) or ("\u4e00" <= text <= "\u9fff" and text != "一")


_SMALL = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"


def _border(
    before: float, after: float, columns: np.ndarray[tuple[int, ...], np.dtype[np.int64]], piece: Piece, em: float
) -> float:
    """Where between the middles of two letters the least ink is; the nearest place to half way."""
    half = (before + after) / 2
    reach = min(_SHIFT * em, (after - before) * OCR.border_reach)
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
