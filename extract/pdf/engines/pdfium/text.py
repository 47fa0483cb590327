"""The printed text of a page as PDFium has it: each character, where it stands, and which text object printed it.

PDFium is asked per character only for what cannot be told from its text object: the fewer calls, the faster. All places
are those of the page as it is displayed: text in any direction, on pages that are turned, is told the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extract.pdf.engines.pdfium import bindings as call
from extract.pdf.engines.pdfium.clips import Window
from extract.pdf.engines.pdfium.contested import corrected, doubted
from extract.pdf.engines.pdfium.dingbats import pictures_of
from extract.pdf.engines.pdfium.fonts import Fonts
from extract.pdf.engines.pdfium.loops import (
    Handles,
    fill_rows,
    fill_rows_at,
    handles_at,
    handles_of,
    numbers_at,
    reals_at,
)
from extract.pdf.engines.pdfium.objects import Matrix, Objects, matrices_of
from extract.pdf.model.characters import plain_text
from extract.pdf.model.glyph_array import (
    Bools,
    Floats,
    Ints,
    Names,
    are_codes_blank,
    from_codes,
    known_places,
    to_codes,
)
from extract.pdf.model.raw_page import UNMAPPED, Dispute

_FLAT = 1e-3
"""The part of a matrix that may be off its axis."""

_HANGS = 0.5
"""Text that is written downwards hangs from the place of its object: PDFium has its first character so far below, in
font sizes, or further. Other text stands on it, or is raised and lowered by less."""

SLANTED = 3.0
"""Text that runs so many degrees off an axis of the page, or more, was turned on purpose."""

_OPAQUE = 255

_UNKNOWN = ord(UNMAPPED)
_HYPHEN = 2
"""What PDFium calls a hyphen at the end of a line."""


class UnusualPageError(Exception):
    """A page that an engine does not read. The message says why."""


@dataclass(frozen=True, slots=True, eq=False)
class PrintedText:
    """The characters of a page in PDFium's order, which goes along each line from left to right.

    `letters` are the code points of those that are no white space; `spaces` are the painted blanks that PDFium keeps,
    `blanks` their code points, and `lone` what is painted of blanks alone, which PDFium leaves out. `numbers` and
    `spaces` are PDFium's numbers of its characters. The characters of one text object follow each other: of those,
    `starts` are the numbers of their first characters, `counts` how many they have, `items` PDFium's handles, `ranks`
    tell where in the order of painting each stands. `x` and `y` are where an object stands, which is where its first
    character begins unless a space comes before it; `size` is the height of its characters and `descent` how far they
    reach below the baseline, in points; `light` their lightness (NaN where unknown), `opacity` that of what fills them
    (up to 255), `fonts` the font of each.
    `directions` and `slants` say where they run, `is_vertical` that their font writes downwards, `is_upright` that they
    stand upright on a page that is not turned, as nearly all text does. `windows` are what clipping paths leave open of
    the objects that reach over them.
    """

    letters: Ints
    starts: Ints
    counts: Ints
    items: Handles
    ranks: Ints
    x: Floats
    y: Floats
    size: Floats
    descent: Floats
    up: Floats
    light: Floats
    opacity: Ints
    fonts: Handles
    names: Names
    directions: Ints
    slants: Floats
    is_vertical: Bools
    is_upright: bool
    numbers: Ints
    spaces: Ints
    blanks: Ints
    lone: LoneBlanks
    disputes: tuple[Dispute, ...]
    _handle: int
    _base: Matrix
    windows: Mapping[int, Window] = field(default_factory=dict)

    @property
    def kinds(self) -> list[int]:
        """The number of one object of each font."""
        return [*{font: number for number, font in enumerate(self.fonts.tolist())}.values()]

    def only(self, numbers: Ints) -> PrintedText:
        """The same of some characters alone, by PDFium's count."""
        return self._kept(np.isin(self.numbers, numbers), np.zeros(len(self.spaces), np.bool_))

    def but(self, numbers: Ints) -> PrintedText:
        """The same without some characters."""
        return self._kept(~np.isin(self.numbers, numbers), np.ones(len(self.spaces), np.bool_))

    def places(self, numbers: Ints) -> set[tuple[int, float, float]]:
        """The objects of some characters, and where each begins."""
        return {place for place, is_one in zip(self.placed(), np.isin(self.numbers, numbers), strict=True) if is_one}

    def placed(self) -> list[tuple[int, float, float]]:
        """The object of each character, and where it begins."""
        x, y = self.origins(self.numbers)
        return [*zip(np.repeat(self.items, self.counts).tolist(), x.tolist(), y.tolist(), strict=True)]

    def _kept(self, characters: Bools, spaces: Bools) -> PrintedText:
        owners = np.repeat(np.arange(len(self.starts)), self.counts)[characters]
        kept, starts, counts = np.unique(owners, return_index=True, return_counts=True)
        return replace(
            self,
            letters=self.letters[characters],
            numbers=self.numbers[characters],
            starts=starts,
            counts=counts,
            items=self.items[kept],
            ranks=self.ranks[kept],
            x=self.x[kept],
            y=self.y[kept],
            size=self.size[kept],
            descent=self.descent[kept],
            up=self.up[kept],
            light=self.light[kept],
            opacity=self.opacity[kept],
            fonts=self.fonts[kept],
            names=self.names[kept],
            directions=self.directions[kept],
            slants=self.slants[kept],
            is_vertical=self.is_vertical[kept],
            spaces=self.spaces[spaces],
            blanks=self.blanks[spaces],
            lone=self.lone if spaces.any() else NO_BLANKS,
        )

    def left_sides(self, characters: Ints) -> Floats:
        """The left sides of some characters, by their numbers: where they begin, or their ink does if that is before.

        To be asked while the page is open.
        """
        sides: Floats = self.boxes(self.numbers[characters])[0]
        return sides

    def boxes(self, numbers: Ints) -> Floats:
        """The left, upper, right and lower sides of characters on the displayed page, a row for each side."""
        found = np.zeros((len(numbers), 4), np.float32)  # left, top, right, bottom, with y upwards
        fill_rows_at(call.loose_box, self._handle, numbers, found)
        left, top, right, bottom = found.astype(np.float64).T
        xs, ys = _moved(self._base, np.array([left, right]), np.array([top, bottom]))
        return np.array([xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)])

    def ink_boxes(self, numbers: Ints) -> Floats:
        """The sides of the ink of characters, as of their boxes."""
        found = np.zeros((len(numbers), 4), np.float64)  # left, right, bottom, top, with y upwards
        fill_rows_at(call.ink_box, self._handle, numbers, found, parts=4)
        left, right, bottom, top = found.T
        xs, ys = _moved(self._base, np.array([left, right]), np.array([top, bottom]))
        sides: Floats = np.array([xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)])
        return sides

    def origins(self, numbers: Ints) -> tuple[Floats, Floats]:
        """Where characters begin on their baselines."""
        points = np.zeros((len(numbers), 2), np.float64)
        fill_rows_at(call.origin, self._handle, numbers, points, parts=2)
        return _moved(self._base, *points.T)


def _moved(base: Matrix, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    a, b, c, d, e, f = base
    x, y = known_places(x), known_places(y)
    return a * x + c * y + e, b * x + d * y + f


def page_to_text(text_page: Any, base: Matrix, objects: Objects, fonts: Fonts) -> PrintedText:
    """The text of an open page. `base` moves what stands on it to where it is displayed, `objects` are its text
    objects."""
    handle = call.address_of(text_page)
    codes, is_rest = _whole_codes(_page_characters(handle, text_page))
    are_blank = are_codes_blank(codes)
    blanks = np.flatnonzero(are_blank)
    # The number of a glyph is no blank, even if a blank has that number.
    are_blank[blanks] = numbers_at(call.has_map_error, handle, blanks) == 0
    numbers, blanks = np.flatnonzero(~are_blank & ~is_rest), np.flatnonzero(are_blank)
    painted = blanks[numbers_at(call.is_generated, handle, blanks) == 0]
    owners = handles_at(call.text_object, handle, numbers)
    starts = np.flatnonzero(np.diff(owners, prepend=owners[:1] + np.uintp(1)))
    items, firsts = owners[starts], numbers[starts]
    matrices, points = np.zeros((len(items), 6), np.float32), np.zeros((len(items), 2), np.float64)
    fill_rows_at(call.text_matrix, handle, firsts, matrices)
    fill_rows_at(call.origin, handle, firsts, points, parts=2)
    sizes = reals_at(call.size_of, handle, firsts)
    font_of = handles_of(call.font_of, items)  # 0 for no object
    a, b, c, d, e, f = known_places(matrices.astype(np.float64)).T
    sizes = known_places(sizes)
    turn = np.array(base[:4]).reshape(2, 2).T  # columns: where x and y go
    (ax, ay), (cx, cy) = turn @ np.array([a * sizes, b * sizes]), turn @ np.array([c * sizes, d * sizes])
    x, y = _moved(base, e, f)
    first_x, first_y = _moved(base, *points.T)
    height = np.hypot(cx, cy)
    hang = -((first_x - x) * cx + (first_y - y) * cy) / np.maximum(height, 1e-9)
    is_vertical = hang > _HANGS * height
    along_x, along_y = np.where(is_vertical, -cx, ax), np.where(is_vertical, -cy, ay)
    directions, slants = _directions(along_x, along_y)
    is_flat = (directions == 0) | (directions == 180)
    size = np.where(is_vertical | (slants >= SLANTED), height, np.where(is_flat, np.abs(cy), np.abs(cx)))
    # Which way the tops of letters point: up the page, or to its right where the text runs down or up it.
    up = np.where(is_flat, np.where(cy <= 0, 1.0, -1.0), np.where(cx >= 0, 1.0, -1.0))
    is_level = (np.abs(ay) <= _FLAT * ax) & (np.abs(cx) <= -_FLAT * cy)
    kinds, kind_of = np.unique(font_of, return_inverse=True)
    known_codes = _known_codes(handle, codes[numbers], numbers, starts, font_of, fonts)
    letters, disputes = corrected(_letters(handle, known_codes, numbers), starts, font_of, fonts)
    doubts = doubted(letters, starts, font_of, fonts)
    descents = np.array([fonts.descent(font) for font in kinds.tolist()])
    names = np.array([fonts.name(font) for font in kinds.tolist()], np.object_)
    light, opacity = _light(items)
    places = objects.places_of(items)
    last = int(objects.orders.max(initial=0)) + 1
    is_lone = np.ones(len(objects), np.bool_)
    is_lone[places[places >= 0]] = False
    return PrintedText(
        letters=letters,
        starts=starts,
        counts=np.diff(starts, append=len(numbers)),
        items=items,
        ranks=np.where(places >= 0, np.append(objects.orders, last)[places], last),
        x=x,
        y=y,
        size=size,
        descent=descents[kind_of] * size * -1.0,
        up=up,
        light=light,
        opacity=opacity,
        fonts=font_of,
        names=names[kind_of],
        directions=directions,
        slants=slants,
        is_vertical=is_vertical,
        is_upright=bool((is_level & (ax > 0) & (cy < 0) & ~is_vertical).all()) and base[:4] == (1.0, 0.0, 0.0, -1.0),
        numbers=numbers,
        spaces=painted,
        blanks=codes[painted],
        lone=_lone_blanks(objects.take(is_lone), font_of[is_vertical]),
        disputes=(*disputes, *doubts),
        _handle=handle,
        _base=base,
    )


@dataclass(frozen=True, slots=True, eq=False)
class LoneBlanks:
    """Text objects of which PDFium gives no character: where each stands, how large it is, when it was painted."""

    x: Floats
    y: Floats
    size: Floats
    directions: Ints
    is_vertical: Bools
    ranks: Ints


NO_BLANKS = LoneBlanks(*np.empty((3, 0)), *np.empty((3, 0), np.int64))


def _lone_blanks(placed: Objects, vertical_fonts: Handles) -> LoneBlanks:
    if not len(placed):
        return NO_BLANKS
    points = np.zeros((len(placed), 1), np.float32)
    fill_rows(call.font_size, placed.items, points)
    a, b, c, d, e, f = matrices_of(placed).T
    is_vertical = np.isin(handles_of(call.font_of, placed.items), vertical_fonts)
    directions, _ = _directions(np.where(is_vertical, -c, a), np.where(is_vertical, -d, b))
    return LoneBlanks(e, f, np.hypot(c, d) * points[:, 0], directions, is_vertical, placed.orders)


def _directions(x: Floats, y: Floats) -> tuple[Ints, Floats]:
    """Where vectors point on a page whose y grows downwards, as directions of text, and how many degrees off."""
    angles = np.degrees(np.arctan2(y, x))
    nearest = np.round(angles / 90.0)
    return (nearest.astype(np.int64) % 4) * 90, np.abs(angles - 90.0 * nearest)


def _light(items: Handles) -> tuple[Floats, Ints]:
    """The lightness of text objects on paper, NaN where PDFium does not know the object or its colour, and their
    opacity."""
    light, opacity = np.full(len(items), np.nan), np.full(len(items), 255)
    known = np.flatnonzero(items)
    if len(known):
        colours = call.colours_of(call.fill_colour, items[known])
        opacity[known] = colours.opacity
        light[known] = 1.0 - (1.0 - colours.lightness) * opacity[known] / _OPAQUE
    return light, opacity


def _whole_codes(codes: Ints) -> tuple[Ints, Bools]:
    """Characters beyond the first 65,536, which PDFium gives in two halves, whole; and which are second halves."""
    is_high = (codes >= 0xD800) & (codes < 0xDC00)
    is_rest = np.zeros(len(codes), np.bool_)
    if not is_high.any():
        return codes, is_rest
    is_low = (codes >= 0xDC00) & (codes < 0xE000)
    firsts = np.flatnonzero(is_high[:-1] & is_low[1:])
    whole = codes.copy()
    whole[firsts] = 0x10000 + ((codes[firsts] - 0xD800) << 10) + codes[firsts + 1] - 0xDC00
    is_rest[firsts + 1] = True
    return whole, is_rest


def _known_codes(handle: int, codes: Ints, numbers: Ints, starts: Ints, font_of: Handles, fonts: Fonts) -> Ints:
    """The characters, those that PDFium cannot tell read from the font itself. PDFium gives their glyphs' numbers."""
    is_unknown = numbers_at(call.has_map_error, handle, numbers) != 0
    kinds = {*font_of.tolist()}
    misnumbered = [font for font in kinds if fonts.is_misnumbered(font) or fonts.is_nameless(font)]
    pictures = {font: found for font in kinds if (found := pictures_of(fonts.name(font))) is not None}
    if not is_unknown.any() and not misnumbered and not pictures:
        return codes
    owners = np.repeat(font_of, np.diff(starts, append=len(numbers)))
    known = codes.copy()
    known[np.isin(owners, misnumbered)] = _UNKNOWN
    for font, found in pictures.items():
        at = np.flatnonzero(owners == font)
        known[at] = [found.get(code, code) or _UNKNOWN for code in codes[at].tolist()]
    for font in {*owners[is_unknown].tolist()}:
        of_one = owners == font
        at = np.flatnonzero(of_one if fonts.is_silent(font) else of_one & is_unknown)
        own = fonts.own_characters(font)
        known[at] = [own.get(code, _UNKNOWN) for code in codes[at].tolist()]
    return known


def _letters(handle: int, codes: Ints, numbers: Ints) -> Ints:
    """Code points with PDFium's hyphen marks as "-", and control codes and lone surrogates replaced."""
    hyphens = np.flatnonzero(codes == _HYPHEN)
    if len(hyphens):
        are = numbers_at(call.is_hyphen, handle, numbers[hyphens]) != 0
        codes = codes.copy()
        codes[hyphens[are]] = ord("-")
    characters = from_codes(codes)
    if characters.isprintable() and "\u0336" not in characters:
        return codes
    return to_codes("".join(map(plain_text, characters)))


def _page_characters(handle: int, text_page: Any) -> Ints:
    """The characters of a page, one for each number that PDFium counts."""
    places = np.arange(max(raw.FPDFText_CountChars(text_page), 0))
    return numbers_at(call.unicode_of, handle, places).astype(np.int64)
