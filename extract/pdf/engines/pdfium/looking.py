"""Texts that may not be seen, looked at: pictures of the page with and without them tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.engines.pdfium.drawing import PagePictures, differences
from extract.pdf.engines.pdfium.fonts import outline
from extract.pdf.engines.pdfium.text import PrintedText
from extract.pdf.model.glyph_array import Bools, Floats, Ints
from schemas.document import Box

_INK = 0.04
"""A character is seen where its picture differs in this share of the box around its ink."""

_CUT = 0.3
"""A character of which this share of its width is clipped away cannot be told."""

_ASKED = 3
"""So many characters of a font tell whether it draws any."""

_RIM = 0.2
"""The rim of a text, as a share of its smaller side: what shares no more with another does not overlap it."""

_ROUNDS = 4
"""Texts that overlap are tested in turn, in so many rounds at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Which texts of a page are looked at: those of the `known` objects that are `asked` for.

    `boxes` are those of the known objects, `windows` what clipping paths leave open around them, sides in rows;
    `images` the pictures of the page, `empty` its fonts that seem to draw nothing.
    """

    text: PrintedText
    known: Ints
    asked: Bools
    boxes: Floats
    windows: Floats
    images: Sequence[Box]
    empty: Sequence[int]


def look(page: Any, size: tuple[float, float], question: Question) -> Iterator[tuple[int, Ints, Ints]]:
    """Of the text objects that are asked for those that are not seen, or not all of them, with the characters that are
    not, and with those in whose place a picture shows something: what that shows is the character.

    They are taken away in rounds of such as do not overlap. Other text that overlaps them is away all the time: what
    is printed twice, to look bold or to have an outline, covers itself.
    """
    pictures = PagePictures(page, size, question.boxes[:, question.asked])
    text, known, asked = question.text, question.known, np.flatnonzero(question.asked)
    overlaps = _overlaps(question.boxes, asked)
    for members in _rounds(overlaps, asked):
        of_round = asked[members]
        others = np.setdiff1d(np.flatnonzero(overlaps[members].any(axis=0)), of_round)
        away = text.items[known[others]].tolist()
        own = text.items[known[of_round]].tolist()
        bare = pictures.draw([*away, *own])
        differs = differences(pictures.draw(away), bare)
        for place in of_round.tolist():
            numbers = numbers_in(text, known[place])
            ink = text.ink_boxes(numbers)
            unseen, shown = [], []
            columns = (lie_on(ink, question.images).tolist(), _are_cut(ink, question.windows[:, place]).tolist())
            for character, box, is_on, is_cut in zip(numbers.tolist(), ink.T, *columns, strict=True):
                if pictures.shows(differs, box, _INK) and not is_cut:
                    continue
                if is_on and pictures.has_ink(bare, box):
                    shown.append(character)
                elif int(text.fonts[known[place]]) in question.empty or _has_outline(text, known[place], character):
                    unseen.append(character)
            if unseen or shown:
                yield known[place], np.array(unseen, np.int64), np.array(shown, np.int64)


def _are_cut(ink: Floats, window: Floats) -> Bools:
    """Which characters a clipping path cuts off at their sides so far that they may be others."""
    seen = np.minimum(ink[2], window[2]) - np.maximum(ink[0], window[0])
    are_cut: Bools = seen < (1 - _CUT) * (ink[2] - ink[0])
    return are_cut


def _overlaps(boxes: Floats, asked: Ints) -> Bools:
    """A row for each of the boxes asked for, a column for each box: do the two overlap by more than their rims?"""
    left, top, right, bottom = boxes
    margin = _RIM * np.minimum(bottom - top, right - left)
    left, top, right, bottom = left + margin, top + margin, right - margin, bottom - margin
    overlaps: Bools = (
        (left[asked, np.newaxis] < right)
        & (right[asked, np.newaxis] > left)
        & (top[asked, np.newaxis] < bottom)
        & (bottom[asked, np.newaxis] > top)
    )
    overlaps[np.arange(len(asked)), asked] = False
    return overlaps


def _rounds(overlaps: Bools, asked: Ints) -> Iterator[list[int]]:
    """Places among the boxes asked for, so that no two of a round overlap; in the last round some may."""
    among = overlaps[:, asked]
    rounds: list[list[int]] = []
    for place in range(len(asked)):
        for number, members in enumerate(rounds):
            if number == _ROUNDS - 1 or not among[place, members].any():
                members.append(place)
                break
        else:
            rounds.append([place])
    yield from rounds


def _has_outline(text: PrintedText, number: int, character: int) -> bool:
    """Whether PDFium can draw a character: of fonts that it does not have nothing is seen on its picture."""
    code = int(text.letters[np.searchsorted(text.numbers, character)])
    font = int(text.fonts[number])
    path = call.glyph_path(font, code, 1.0) if font else 0
    return bool(path) and call.count_glyph_segments(path) > 0


def lie_on(boxes: Floats, images: Sequence[Box]) -> Bools:
    """Whether the middle of each box lies on a picture."""
    x, y = (boxes[0] + boxes[2]) / 2, (boxes[1] + boxes[3]) / 2
    found = np.zeros(len(x), np.bool_)
    for image in images:
        found |= (image.x0 <= x) & (x <= image.x1) & (image.top <= y) & (y <= image.bottom)
    return found


def numbers_in(text: PrintedText, number: int) -> Ints:
    """The characters of a text object, by PDFium's count."""
    return text.numbers[text.starts[number] : text.starts[number] + text.counts[number]]


def empty_fonts(text: PrintedText) -> list[int]:
    """The fonts that are embedded and seem to draw nothing for the characters that they print."""
    return [int(text.fonts[number]) for number in text.kinds if _is_empty(text, number)]


def _is_empty(text: PrintedText, number: int) -> bool:
    """Whether the font of a text draws nothing for its first characters, though it is there to be drawn with."""
    font = int(text.fonts[number])
    letters = text.letters[text.starts[number] : text.starts[number] + min(text.counts[number], _ASKED)].tolist()
    return bool(font) and call.is_embedded(font) == 1 and not any(outline(font, code) for code in letters)
