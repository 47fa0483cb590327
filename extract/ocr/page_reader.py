"""A page that is a picture → what an engine gives of a page, and how sure each of its letters is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import numpy.typing as npt

from extract.ocr.context import by_columns, by_context, by_marks
from extract.ocr.doubt import SURE, Reading, is_coarse, is_plain, settled
from extract.ocr.glyphs import ink_left_out, letters_to_glyphs, with_spaces
from extract.ocr.grounds import without_fills
from extract.ocr.marks import as_arrow, as_zero, marks_in, with_marks
from extract.ocr.page_picture import Grey, Mask, to_page_picture
from extract.ocr.pieces import Piece, find_pieces, letter_size
from extract.ocr.readings import Letter, LineReader
from extract.ocr.rules import picture_to_lines, without_rules
from extract.ocr.settings import OCR
from extract.ocr.specks import without_specks
from extract.ocr.spread import gutter_of, stacked
from extract.ocr.strips import Room, Strip, pieces_to_strips
from extract.ocr.turn import Turn
from extract.ocr.unread import has_unread, with_unread
from extract.pdf.model.glyph_array import NO_CHARACTERS
from extract.pdf.model.raw_page import Glyph, RawPage, Stroke
from extract.pdf.tables.cell_assignment import GridMap
from extract.pdf.tables.grid import edges_to_grids
from extract.pdf.tables.rulings import page_to_edges
from schemas.document import Page

READER = "ocr"

_MARGINS = (0.12, 0.4)
_OTHER_MARGINS = (0.2, 0.25)
"""The margins of a line that is read again: above and below, and beside it, in its heights."""

_DOUBTFUL = 0.12
"""From this share of unsure letters on, a page may lie on its side or on its head. Upright ones had 0.1 at most."""

_BETTER = 1.3
"""Turned, so many times as many of its letters must be sure."""

_SAMPLE = 24
"""So many pieces, the widest, tell which way up a page lies."""

_FEW = 12
"""Fewer letters tell nothing."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as read: its content as it stands upright, of each glyph how it was read, and how it was turned.

    Of a coarse page all numbers are left open.
    """

    raw: RawPage
    readings: tuple[Reading, ...]
    is_coarse: bool
    turn: Turn


@dataclass(frozen=True, slots=True)
class _Line:
    """A piece with its letters, and the part of the page that they were read from."""

    piece: Piece
    room: Room
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A page set upright, its rules, and what is left without them: where text stands on it."""

    page: Page
    turn: Turn
    strokes: tuple[Stroke, ...]
    bare: Grey
    ink: Mask
    size: float
    pieces: list[Piece]


def read_picture(grey: Grey, page: Page, scale: float, reader: LineReader) -> ReadPage:
    """Read a page, whichever way up it lies. `scale` is the pixels of `grey` to the point."""
    plain = without_fills(grey, scale)
    prepared = _prepare(plain, page, scale, 0)
    lines = _read(prepared, prepared.pieces, _MARGINS, reader)
    if _unsure_share(lines) > _DOUBTFUL:
        turned = _rightly_turned(plain, page, scale, reader, lines)
        if turned is not None:
            prepared, lines = turned, _read(turned, turned.pieces, _MARGINS, reader)
    heights = _heights([line.piece for line in lines], prepared.size)
    sure = {
        line.piece: line
        for line, height in zip(lines, heights, strict=True)
        if is_plain(line.letters) and not has_unread(line.letters, line.piece, line.room, prepared.ink, height)
    }
    again = _read(prepared, prepared.pieces, _OTHER_MARGINS, reader, sure)
    coarse = is_coarse([line.letters for line in lines])
    glyphs: list[Glyph] = []
    readings: list[Reading] = []
    for line, other, height in zip(lines, again, heights, strict=True):
        whole = with_unread(line.letters, line.piece, line.room, other.letters, other.room, prepared.ink, height)
        letters = with_spaces(whole, line.piece, line.room, prepared.ink, height)
        cut = ink_left_out(letters, line.piece, line.room, prepared.ink)
        said = settled(letters, other.letters, cut, every=coarse)
        readings += said
        glyphs += letters_to_glyphs(line.piece, [part.letter for part in said], line.room, prepared.ink, height, scale)
    raw = RawPage(prepared.page, tuple(glyphs), prepared.strokes, reader=READER)
    return ReadPage(raw, tuple(readings), coarse, prepared.turn)


def _prepare(grey: Grey, page: Page, scale: float, quarters: int) -> _Prepared:
    """A page turned counter-clockwise by quarters and set upright. Pages read so have the size of the upright one."""
    sheet = np.ascontiguousarray(np.rot90(grey, quarters))
    gutter = gutter_of(sheet, scale)
    picture = to_page_picture(sheet if gutter is None else stacked(sheet, gutter), scale)
    left = None if gutter is None else gutter / scale
    turn = Turn(page.width or 0.0, page.height or 0.0, quarters, picture.turn, left)
    width, height = turn.upright_size
    upright = replace(page, width=width, height=height)
    lines = picture_to_lines(picture)
    strokes = lines.rules
    bare, ink, rules = without_rules(picture, (*strokes, *lines.drawn))
    bare, ink = without_specks(bare, ink, scale, letter_size(ink, scale))
    pieces = find_pieces(ink, rules, _map_of_places(RawPage(upright, (), strokes)), scale)
    return _Prepared(upright, turn, strokes, bare, ink, letter_size(ink, scale), pieces)


def _rightly_turned(
    grey: Grey, page: Page, scale: float, reader: LineReader, lines: Sequence[_Line]
) -> _Prepared | None:
    """The page turned by quarters as its letters are read best; None where that is as it lies.

    Only its widest pieces are read, and only where the page as it lies gives little that is sure.
    """
    widest = sorted(lines, key=lambda line: -line.piece.width)[:_SAMPLE]
    best, most = None, _BETTER * max(_FEW, _surely_read(widest))
    for quarters in (1, 3, 2):
        prepared = _prepare(grey, page, scale, quarters)
        wide = {*sorted(prepared.pieces, key=lambda piece: -piece.width)[:_SAMPLE]}
        sample = [piece for piece in prepared.pieces if piece in wide]
        read = _surely_read(_read(prepared, sample, _MARGINS, reader))
        if read > most:
            best, most = prepared, read
    return best


def _surely_read(lines: Sequence[_Line]) -> int:
    """How many letters are sure, less those that are not. Bars and marks are no letters: they lie on any side."""
    letters = [letter for line in lines for letter in line.letters if letter.text.isalnum()]
    unsure = sum(letter.sure < SURE for letter in letters)
    return len(letters) - 2 * unsure


def _unsure_share(lines: Sequence[_Line]) -> float:
    """The share of letters of which the reader is not sure; all where there are none."""
    sures = [letter.sure for line in lines for letter in line.letters]
    return sum(sure < SURE for sure in sures) / len(sures) if sures else 1.0


def _read(
    page: _Prepared,
    pieces: Sequence[Piece],
    margins: tuple[float, float],
    reader: LineReader,
    known: Mapping[Piece, _Line] | None = None,
) -> list[_Line]:
    """The lines of a page; what is `known` of them is not read anew."""
    known = known or {}
    grey, ink, size = page.bare, page.ink, page.size
    strips = [*pieces_to_strips(pieces, size, (grey.shape[0], grey.shape[1]), margins)]
    read = iter(reader.read([strip.picture(grey) for strip in strips if not _is_known(strip, known)]))
    lines: list[_Line] = []
    last, where = "", -1
    for strip in strips:
        place = strip.pieces[0].place
        if _is_known(strip, known):
            own = [known[piece] for piece in strip.pieces]
        else:  # a line goes on from the one before in its cell
            before = last if place == where and place >= 0 and strip.lead is None else ""
            own = [*_lines(strip, by_context(next(read), before), grey, ink, size)]
        lines += own
        last, where = own[-1].letters[-1].text if own[-1].letters else "", place
    alone = by_marks([line.letters for line in lines], [_is_bar(line.piece, ink, size) for line in lines])
    alone = by_columns(alone, [(line.piece.x0 + line.piece.x1) / 2 for line in lines], size)
    in_place = Counter(piece.place for piece in page.pieces)
    return [
        _Line(line.piece, line.room, _unless_beside(letters, in_place[line.piece.place] > 1 and line.piece.place >= 0))
        for line, letters in zip(lines, alone, strict=True)
    ]


def _is_known(strip: Strip, known: Mapping[Piece, _Line]) -> bool:
    return all(piece in known for piece in strip.pieces)


def _unless_beside(letters: tuple[Letter, ...], has_others: bool) -> tuple[Letter, ...]:
    """A dash that stands alone is one where its cell holds no more; beside other lines it may be the rest of a rule."""
    if has_others and len(letters) == 1 and letters[0].text == "－":
        return (replace(letters[0], sure=min(letters[0].sure, 0.5)),)
    return letters


def _lines(strip: Strip, letters: Sequence[Letter], grey: Grey, ink: Mask, size: float) -> Iterable[_Line]:
    shared = strip.share(letters)
    for piece, room, own in zip(strip.pieces, strip.rooms, shared, strict=True):
        marked = with_marks(own, marks_in(piece, grey, ink, size), room[0], room[2])
        yield _Line(piece, room, as_arrow(as_zero(marked, piece), piece))


def _is_bar(piece: Piece, ink: Mask, size: float) -> bool:
    """Whether a piece is one stroke across and nothing else: dots in a row are none."""
    own = ink[piece.y0 : piece.y1, piece.x0 : piece.x1] > 0
    is_low = piece.height < OCR.bar * size and piece.width > OCR.bar * size
    return is_low and bool(own.mean() >= OCR.bar_filled)


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
        middle = float(np.median([height for height in own if height >= OCR.of_usual * usual] or [usual]))
        heights += [middle if height < OCR.one_height * middle else height for height in own]
    return heights
