"""What is drawn around or over words: a ring around the option that was chosen, a stamp over a number.

Of options of one character each the chosen one becomes the character that Unicode has for it (A Ⓑ C); of others it is
told that a ring is drawn. A stamp is no part of the text that it is pressed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

import numpy as np

from extract.pdf.model.glyph_array import Bools, Columns, Floats, to_columns
from extract.pdf.model.raw_page import SHADED, Fill, RawPage, Ring, Stroke
from extract.pdf.page.settings import PAGES
from extract.pdf.text.runs import SAME_LEVEL, Run, glyphs_to_runs
from extract.ringed import RINGED, RINGS

_HIGHEST, _WIDEST = 3.2, 8.0
"""A ring around a word is no higher, and reaches no further beyond the word, than this, in font sizes."""

_MOST_FRAMES = 400
"""More rectangles than these on a page are cells."""

_SHARED = 1.5
"""Sides no further apart than this, in points, are one."""

_LEAST_AREA, _LARGEST_AREA = 5.0, 30.0
"""The sides of an area that marks one letter, in points."""

_BETWEEN = "・/／、,，|｜"
"""What stands between options besides blanks."""

_APART, _NEAR = 0.25, 7.0
"""Options of one row stand so far apart, in font sizes: more than the first, less than the other."""

_OTHER_INK = 0.08
"""Lightness, of 1, by which the ink of a stamp differs from that of the text."""

_STAMPED = 4.0
"""How far from a text, in font sizes, a stamp in its ring stands beside it."""

_OVER = 0.25
"""A character lies over another where they share this part of the smaller one, each way."""


@dataclass(frozen=True, slots=True)
class Over:
    """What was drawn over a text: the text, and what stands beside or under it."""

    text: str
    other: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page without what is drawn over its words.

    `chosen` are words with a ring, each with the words of its row, `stamped` the stamps, each with what stands below.
    """

    raw: RawPage
    chosen: tuple[Over, ...] = ()
    stamped: tuple[Over, ...] = ()


class _Choice(NamedTuple):
    """A ring around a word: the number of its character where it is one (-1), the word, and the others of its row."""

    ring: Ring
    mark: int
    own: list[int]
    others: list[list[int]]


def without_rings(raw: RawPage) -> Drawn:
    """The page with the options that have a ring as such, and without stamps."""
    glyphs = to_columns(raw.glyphs)
    frames, areas = [*frames_of(raw.strokes)], [*_coloured(raw.fills)]
    if not len(glyphs) or not (frames or raw.rings or areas or _may_be_over(glyphs)):
        return Drawn(raw)
    is_stamp, stamped = _stamps(glyphs, [*raw.rings, *frames])
    rest = glyphs.take(np.flatnonzero(~is_stamp)) if stamped else glyphs
    of_stamps = {ring.order for ring in frames if _is_of_stamp(glyphs, is_stamp, ring)} if stamped else set[int]()
    alone = apart([*frames, *raw.rings])
    rings = _around(rest, [*(ring for ring in alone if ring.order not in of_stamps), *areas])
    found = [*_ringed(_Print(rest, _lines_down(raw, alone)), rings)]
    if not found and not stamped:
        return Drawn(raw)
    choices = _choices(found)
    letters = [choice for choice in choices if _is_letter(rest, choice)]
    dropped = of_stamps | {choice.ring.order for choice in choices if choice.ring not in areas}
    page = replace(
        raw,
        glyphs=_with_ringed_letters(rest, letters),
        strokes=tuple(stroke for stroke in raw.strokes if stroke.order not in dropped) if dropped else raw.strokes,
    )
    words = [choice for choice in choices if choice not in letters and choice.ring in raw.rings]
    return Drawn(page, tuple(_told(rest, choice) for choice in words), stamped)


def _lines_down(raw: RawPage, frames: Sequence[Ring]) -> Floats:
    """Where the lines down the page lie, begin and end, in rows; but for those of frames."""
    framed = {ring.order for ring in frames}
    down = [line for line in raw.strokes if abs(line.x1 - line.x0) < 1.0 and line.order not in framed]
    return np.array([(line.x0, *sorted((line.y0, line.y1))) for line in down]).reshape(-1, 3).T


def _ringed(page: _Print, rings: Iterable[tuple[Ring, int]]) -> Iterator[_Choice]:
    """The rings that stand around one of several options."""
    for ring, mark in rings:
        if (row := _options(page, ring, mark)) is not None:
            yield _Choice(ring, mark, *row)


def _choices(found: Sequence[_Choice]) -> list[_Choice]:
    """The rings that choose: rings around all of a row, or most of it, are boxes."""
    ringed = {number for choice in found for number in choice.own}
    return [choice for choice in found if not any(number in ringed for other in choice.others for number in other)]


def _is_letter(glyphs: Columns, choice: _Choice) -> bool:
    """Whether a letter is chosen among letters, of which Unicode has one in a ring."""
    is_lone = len(choice.own) == 1 and all(len(other) == 1 for other in choice.others)
    return is_lone and glyphs.texts[choice.own[0]] in RINGED


def _with_ringed_letters(glyphs: Columns, letters: Sequence[_Choice]) -> Columns:
    """The characters, letters in a ring as the characters that Unicode has for them, without their rings."""
    texts = list(glyphs.texts)
    for choice in letters:
        texts[choice.own[0]] = RINGED[glyphs.texts[choice.own[0]]]
    lost = {choice.mark for choice in letters}
    kept = np.array([number for number in range(len(glyphs)) if number not in lost], np.int64)
    return replace(glyphs, texts="".join(texts) if isinstance(glyphs.texts, str) else texts).take(kept)


def _told(glyphs: Columns, choice: _Choice) -> Over:
    """A word with a ring, and the words of its row."""
    words = sorted((choice.own, *choice.others), key=_first)
    return Over(_said(glyphs, choice.own), " ".join(_said(glyphs, word) for word in words))


def _is_of_stamp(glyphs: Columns, is_stamp: Bools, ring: Ring) -> bool:
    """Whether a frame stands around a stamp, in its ink."""
    x, y = glyphs.middles
    is_in = (ring.x0 < x) & (x < ring.x1) & (ring.top < y) & (y < ring.bottom) & ~glyphs.blanks
    own = np.flatnonzero(is_in & is_stamp)
    light = ring.lightness
    return len(own) > 0 and light is not None and abs(light - float(glyphs.lightness[own[0]])) <= _OTHER_INK / 2


def _first(numbers: Sequence[int]) -> int:
    return numbers[0]


def _said(glyphs: Columns, numbers: Sequence[int]) -> str:
    return "".join(glyphs.texts[number] for number in numbers)


def frames_of(strokes: Sequence[Stroke]) -> Iterator[Ring]:
    """Rectangles that were drawn in one go."""
    for order, group in groupby(strokes, key=lambda stroke: stroke.order):
        sides = [*group]
        if len(sides) != 4:
            continue
        xs, ys = sorted({x for side in sides for x in (side.x0, side.x1)}), sorted(
            {y for side in sides for y in (side.y0, side.y1)}
        )  # fmt: skip
        if len(xs) == 2 and len(ys) == 2 and all((side.x0 == side.x1) != (side.y0 == side.y1) for side in sides):
            yield Ring(xs[0], ys[0], xs[1], ys[1], sides[0].lightness, order)


def apart(frames: Sequence[Ring]) -> list[Ring]:
    """The frames but for those that share a side with another: the cells of a table, drawn one by one."""
    if not frames or len(frames) > _MOST_FRAMES:
        return []
    x0, top, x1, bottom = np.array([frame[:4] for frame in frames]).T
    is_level = (np.minimum.outer(bottom, bottom) - np.maximum.outer(top, top)) > 0
    is_below = (np.minimum.outer(x1, x1) - np.maximum.outer(x0, x0)) > 0
    beside = is_level & (_are_near(x1, x0) | _are_near(x0, x1))
    below = is_below & (_are_near(bottom, top) | _are_near(top, bottom))
    shares = beside | below
    np.fill_diagonal(shares, val=False)
    return [frame for frame, is_cell in zip(frames, shares.any(axis=1).tolist(), strict=True) if not is_cell]


def _are_near(one: Floats, other: Floats) -> Bools:
    near: Bools = np.abs(np.subtract.outer(one, other)) <= _SHARED
    return near


def _coloured(fills: Sequence[Fill]) -> Iterator[Ring]:
    """Filled areas as small as the letter that they mark."""
    for fill in fills:
        sides = fill.x1 - fill.x0, fill.bottom - fill.top
        if min(sides) >= _LEAST_AREA and max(sides) <= _LARGEST_AREA and (fill.lightness or 0.0) < SHADED:
            yield Ring(fill.x0, fill.top, fill.x1, fill.bottom, fill.lightness, fill.order)


def _around(glyphs: Columns, rings: Sequence[Ring]) -> Iterator[tuple[Ring, int]]:
    """The rings that may stand around words, and which character each is; -1 for those that are drawn."""
    yield from ((ring, -1) for ring in rings)
    for number, text in enumerate(glyphs.texts):
        if text in RINGS:
            x0, top, x1, bottom = (float(side[number]) for side in (glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom))
            yield Ring(x0, top, x1, bottom, order=int(glyphs.orders[number])), number


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """A row of words: each by the numbers of its characters, the size of the print, and the rules that run down the
    page through it: where each lies, begins and ends."""

    words: list[list[int]]
    size: float
    lines: list[list[float]]


class _Print:
    """The characters of a page by their places, and the rows that they stand in.

    `lines` are the rules that run down the page: the rows say where each lies, begins and ends.
    """

    def __init__(self, glyphs: Columns, lines: Floats) -> None:
        self.glyphs = glyphs
        self._lines = lines
        self._x, self._y = np.where(glyphs.blanks, np.nan, glyphs.middles)
        self._is_word = ~glyphs.blanks & np.array([text not in RINGS for text in glyphs.texts], np.bool_)
        self._sides = [side.tolist() for side in (glyphs.x0, glyphs.x1, *glyphs.middles)]
        self._rows: dict[tuple[float, float], _Row] = {}

    def within(self, ring: Ring) -> list[int]:
        """The printed characters whose middles lie within a ring."""
        x, y = self._x, self._y
        found: list[int] = np.flatnonzero((ring.x0 < x) & (x < ring.x1) & (ring.top < y) & (y < ring.bottom)).tolist()
        return found

    def row(self, level: float, size: float) -> _Row:
        """The words on one baseline, in print of a size."""
        known = self._rows.get((level, size))
        if known is None:
            row = np.flatnonzero((np.abs(self.glyphs.origin_y - level) <= SAME_LEVEL * size) & self._is_word)
            ordered = row[np.argsort(self.glyphs.x0[row], kind="stable")].tolist()
            y = self._y[row]
            through = (self._lines[1] < y.max(initial=-np.inf)) & (self._lines[2] > y.min(initial=np.inf))
            lines: list[list[float]] = self._lines[:, through].T.tolist()
            known = _Row([*self._words(ordered, size, lines)], size, lines)
            self._rows[level, size] = known
        return known

    def _words(self, ordered: Sequence[int], size: float, lines: list[list[float]]) -> Iterator[list[int]]:
        """The characters of one row, from left to right, by the words that gaps, rules and marks between them part."""
        word: list[int] = []
        for number in ordered:
            is_between = self.glyphs.texts[number] in _BETWEEN
            is_apart = bool(word) and self._gap(word[-1], number) > _APART * size
            if word and (is_between or is_apart or self._is_parted(lines, word[-1], number)):
                yield word
                word = []
            if is_between:
                yield [number]
            else:
                word.append(number)
        if word:
            yield word

    def _gap(self, left: int, right: int) -> float:
        x0, x1, _, _ = self._sides
        gap: float = x0[right] - x1[left]
        return gap

    def _is_parted(self, lines: list[list[float]], left: int, right: int) -> bool:
        """Whether a rule runs down the page between two characters."""
        if not lines:
            return False
        _, _, xs, ys = self._sides
        x0, x1, y = xs[left], xs[right], ys[right]
        return any(x0 < x < x1 and top < y < bottom for x, top, bottom in lines)

    def are_near(self, row: _Row, left: Sequence[int], right: Sequence[int]) -> bool:
        """Whether two words of a row stand as near as options do."""
        is_close = self._gap(left[-1], right[0]) <= _NEAR * row.size
        return is_close and not self._is_parted(row.lines, left[-1], right[0])


def _options(page: _Print, ring: Ring, mark: int) -> tuple[list[int], list[list[int]]] | None:
    """The word within a ring and the other options of its row; None where it stands around none of several."""
    glyphs = page.glyphs
    inside = [number for number in page.within(ring) if number != mark]
    if not inside:
        return None
    size, level = float(glyphs.sizes[inside].max()), float(glyphs.origin_y[inside[0]])
    if ring.bottom - ring.top > _HIGHEST * size or not (glyphs.directions[inside] == 0).all():
        return None
    if ring.x1 - ring.x0 > float(glyphs.x1[inside].max() - glyphs.x0[inside].min()) + _WIDEST * size / 2:
        return None
    row = page.row(level, size)
    words = row.words
    own = next((number for number, word in enumerate(words) if sorted(word) == inside), None)
    if own is None:
        return None
    first, last = own, own
    while first > 0 and page.are_near(row, words[first - 1], words[first]):
        first -= 1
    while last + 1 < len(words) and page.are_near(row, words[last], words[last + 1]):
        last += 1
    others = [word for number, word in enumerate(words[first : last + 1], first) if number != own]
    others = [word for word in others if not all(glyphs.texts[number] in _BETWEEN for number in word)]
    return (words[own], others) if others else None


def _may_be_over(glyphs: Columns) -> bool:
    """Whether the text of a page has rings among its characters, or inks that differ."""
    printed = glyphs.lightness[~glyphs.blanks]
    return not RINGS.isdisjoint(glyphs.texts) or (len(printed) > 0 and bool(np.ptp(printed) > _OTHER_INK))


def _stamps(glyphs: Columns, rings: Sequence[Ring]) -> tuple[Bools, tuple[Over, ...]]:
    """The characters of texts in an ink of their own that were painted over others, or stand in a ring of their ink
    right beside others; and these texts with the others."""
    found = np.zeros(len(glyphs), np.bool_)
    told: list[Over] = []
    light = glyphs.lightness
    printed = ~glyphs.blanks
    usual = float(np.median(light[printed])) if printed.any() else 0.0
    others = np.flatnonzero(printed & (np.abs(light - usual) > _OTHER_INK))
    if not len(others):
        return found, ()
    runs = [*glyphs_to_runs(glyphs)]
    for run in runs:
        own = slice(run.first, run.stop)
        if not run.text.strip() or not (np.abs(light[own] - usual) > _OTHER_INK).all():
            continue
        under = [other for other in runs if _is_under(other, run, light)]
        if not under and (ring := _ring_of(run, rings, float(light[run.first]))):
            beside = [other for other in runs if _is_beside(other, run, ring, light)]
            under = sorted(beside, key=lambda other: (other.start > run.start, abs(other.end - run.start)))[:1]
        if under:
            found[own] = True
            told.append(Over(run.text.strip(), " ".join(_word_at(other, run) for other in under)))
    return found, tuple(told)


def _is_under(other: Run, run: Run, light: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> bool:
    """Whether a text lies under most characters of one that was painted later, in another ink."""
    if other is run or not other.text.strip() or other.first > run.first:
        return False
    if abs(light[other.first] - light[run.first]) <= _OTHER_INK or other.text.strip() == run.text.strip():
        return False
    across = min(other.box.x1, run.box.x1) - max(other.box.x0, run.box.x0)
    down = min(other.box.bottom, run.box.bottom) - max(other.box.top, run.box.top)
    if across <= 0 or down <= PAGES.stamped_over * min(other.size, run.size):
        return False
    over, below = run.glyphs, other.glyphs
    shared = np.minimum(over.x1[:, np.newaxis], below.x1) - np.maximum(over.x0[:, np.newaxis], below.x0)
    widths = np.minimum((over.x1 - over.x0)[:, np.newaxis], below.x1 - below.x0)
    is_over = (shared >= _OVER * widths) & ~over.blanks[:, np.newaxis] & ~below.blanks
    n_printed = min(int((~over.blanks).sum()), int((~below.blanks).sum()))
    return bool(2 * min(int(is_over.any(axis=1).sum()), int(is_over.any(axis=0).sum())) >= n_printed)


def _word_at(other: Run, run: Run) -> str:
    """What of a text stands at another one: up to the gaps beside it."""
    glyphs = other.glyphs
    gaps = glyphs.x0[1:] - glyphs.x1[:-1] > _APART * other.size
    words = np.split(np.arange(len(glyphs)), np.flatnonzero(gaps) + 1)
    near = [word for word in words if glyphs.x0[word[0]] < run.end and glyphs.x1[word[-1]] > run.start]
    return "".join(glyphs.texts[number] for word in near or words for number in word.tolist()).strip()


def _ring_of(run: Run, rings: Sequence[Ring], light: float) -> Ring | None:
    """The ring around a text, drawn in the same ink."""
    return next(
        (
            ring
            for ring in rings
            if ring.lightness is not None
            and abs(ring.lightness - light) <= _OTHER_INK / 2
            and ring.bottom - ring.top <= _HIGHEST * run.size
            and ring.x0 - PAGES.ring_inside * run.size <= run.box.x0
            and run.box.x1 <= ring.x1 + PAGES.ring_inside * run.size
            and ring.top <= (run.box.top + run.box.bottom) / 2 <= ring.bottom
        ),
        None,
    )


def _is_beside(other: Run, run: Run, ring: Ring, light: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> bool:
    """Whether a text in another ink reaches into a ring, or stands right beside it."""
    if other is run or not other.text.strip() or abs(light[other.first] - light[run.first]) <= _OTHER_INK:
        return False
    down = min(other.box.bottom, ring.bottom) - max(other.box.top, ring.top)
    near = _STAMPED * run.size
    return down > 0.5 * other.size and other.box.x0 < ring.x1 + near and other.box.x1 > ring.x0 - near
