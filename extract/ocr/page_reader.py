"""A page that is a picture → what an engine gives of a page, and how sure each of its letters is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from extract.ocr.context import by_context, by_marks
from extract.ocr.doubt import Reading, is_coarse, settled
from extract.ocr.glyphs import ink_left_out, letters_to_glyphs, with_spaces
from extract.ocr.marks import as_zero, marks_in, with_marks
from extract.ocr.page_picture import Grey, Mask, to_page_picture
from extract.ocr.pieces import Piece, find_pieces, letter_size
from extract.ocr.readings import Letter, LineReader
from extract.ocr.rules import picture_to_strokes, without_rules
from extract.ocr.strips import Room, Strip, pieces_to_strips
from extract.pdf.model.glyph_array import NO_CHARACTERS
from extract.pdf.model.raw_page import Glyph, RawPage
from extract.pdf.tables.cell_assignment import GridMap
from extract.pdf.tables.grid import edges_to_grids
from extract.pdf.tables.rulings import page_to_edges
from schemas.document import Page

READER = "ocr"

_MARGINS = (0.12, 0.4)
_OTHER_MARGINS = (0.2, 0.25)
"""The margins of a line that is read again: above and below, and beside it, in its heights."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as read: its content, and of each glyph how it was read. Of a coarse page all numbers are left open."""

    raw: RawPage
    readings: tuple[Reading, ...]
    is_coarse: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A piece with its letters, and the part of the page that they were read from."""

    piece: Piece
    room: Room
    letters: tuple[Letter, ...]


def read_picture(grey: Grey, page: Page, scale: float, reader: LineReader) -> ReadPage:
    """Read a page. `scale` is the pixels of `grey` to the point."""
    picture = to_page_picture(grey, scale)
    strokes = picture_to_strokes(picture)
    bare, ink, rules = without_rules(picture, strokes)
    size = letter_size(ink, scale)
    pieces = find_pieces(ink, rules, _map_of_places(RawPage(page, (), strokes)), scale)
    lines = _read(pieces, bare, ink, size, _MARGINS, reader)
    again = [line.letters for line in _read(pieces, bare, ink, size, _OTHER_MARGINS, reader)]
    coarse = is_coarse([line.letters for line in lines])
    glyphs: list[Glyph] = []
    readings: list[Reading] = []
    heights = _heights([line.piece for line in lines], size)
    for line, other, height in zip(lines, again, heights, strict=True):
        letters = with_spaces(line.letters, line.piece, line.room, ink, height)
        cut = ink_left_out(letters, line.piece, line.room, ink)
        said = settled(letters, other, cut, every=coarse)
        readings += said
        glyphs += letters_to_glyphs(line.piece, [part.letter for part in said], line.room, ink, height, scale)
    return ReadPage(RawPage(page, tuple(glyphs), strokes, reader=READER), tuple(readings), coarse)


def _read(
    pieces: Sequence[Piece], grey: Grey, ink: Mask, size: float, margins: tuple[float, float], reader: LineReader
) -> list[_Line]:
    strips = [*pieces_to_strips(pieces, size, (grey.shape[0], grey.shape[1]), margins)]
    read = reader.read([strip.picture(grey) for strip in strips])
    lines = [
        line
        for strip, letters, before in zip(strips, read, _lines_before(strips, read), strict=True)
        for line in _lines(strip, by_context(letters, before), grey, ink, size)
    ]
    alone = by_marks([line.letters for line in lines], [_is_bar(line.piece, size) for line in lines])
    return [_Line(line.piece, line.room, letters) for line, letters in zip(lines, alone, strict=True)]


def _lines_before(strips: Sequence[Strip], read: Sequence[Sequence[Letter]]) -> Iterator[str]:
    """The last letter of the line before each, where both stand in one cell."""
    last, where = "", -1
    for strip, letters in zip(strips, read, strict=True):
        place = strip.pieces[0].place
        yield last if place == where and place >= 0 and strip.lead is None else ""
        last, where = letters[-1].text if letters else "", place


def _lines(strip: Strip, letters: Sequence[Letter], grey: Grey, ink: Mask, size: float) -> Iterable[_Line]:
    shared = strip.share(letters)
    for piece, room, own in zip(strip.pieces, strip.rooms, shared, strict=True):
        marked = with_marks(own, marks_in(piece, grey, ink, size), room[0], room[2])
        yield _Line(piece, room, as_zero(marked, piece))


def _is_bar(piece: Piece, size: float) -> bool:
    """Whether a piece is one stroke across and nothing else."""
    return piece.height < 0.25 * size and piece.width > 0.25 * size


def _map_of_places(page: RawPage) -> npt.NDArray[np.int64]:
    """The number of the place at each point of a page, in rows and columns of a point."""
    grids = GridMap(edges_to_grids(page_to_edges(page, NO_CHARACTERS)))
    height, width = int(page.page.height or 0) + 1, int(page.page.width or 0) + 1
    ys, xs = np.mgrid[0:height, 0:width] + 0.5
    return grids.spots_at(np.array([xs.ravel(), ys.ravel()])).reshape(height, width)


def _heights(pieces: Sequence[Piece], usual: float) -> list[float]:
    """The height of the ink of each piece's line; pieces of one place of about one height have the same.

    A piece may hold only low letters: then the height of its neighbours is its own.
    """
    heights: list[float] = []
    for _, group in groupby(pieces, key=lambda piece: piece.place):
        own = [float(piece.height) for piece in group]
        middle = float(np.median([height for height in own if height >= 0.6 * usual] or [usual]))
        heights += [middle if height < 1.3 * middle else height for height in own]
    return heights
