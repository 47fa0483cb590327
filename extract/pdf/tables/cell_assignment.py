"""Which cell a run of text belongs to, and the table that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise

import numpy as np

from extract.pdf.model.glyph_array import Floats, Ints
from extract.pdf.model.raw_page import Direction
from extract.pdf.tables.grid import Grid, Place
from extract.pdf.tables.settings import CELLS
from extract.pdf.text.line_breaks import (
    EMPTY_LINE,
    SENTENCE_ENDS,
    Area,
    ends_on_purpose,
    is_word_cut,
    is_wrapped,
    item_marks,
    join_wrapped,
    lines_to_text,
    text_area,
    usual_leading,
)
from extract.pdf.text.lines import TextLine, runs_to_lines
from extract.pdf.text.option_marks import by_option
from extract.pdf.text.reading_order import ruby_last, side_by_side
from extract.pdf.text.runs import Run, box_around, span_along
from extract.pdf.text.settings import LINES
from schemas.document import Box, Cell, Fragment, Table
from schemas.light import light

_PADDING = 3.0
"""The padding of cells, in points, where no text stands at a border."""

_ASCENT = 0.9
"""The part of a font size that stands above the baseline."""

Spot = int
"""A place on the page: its number among the places of all grids, one grid after the other."""

_NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class GridMap:
    """The grids of a page, with a way to look up the places at points."""

    grids: tuple[Grid, ...]
    places: tuple[Place, ...] = field(init=False)
    _squares: tuple[Ints, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", tuple(place for grid in self.grids for place in grid.places))
        numbers = count()
        object.__setattr__(self, "_squares", tuple(_number_squares(grid, numbers) for grid in self.grids))

    def spots_at(self, points: Floats) -> Ints:
        """The place at each point: of a grid within a grid, the inner one's; -1 outside of all.

        `points` has their x in its first row and their y in the second.
        """
        xs, ys = points
        found = np.full(len(xs), _NOWHERE)
        by_size = sorted(enumerate(self.grids), key=lambda pair: (-pair[1].box.width * pair[1].box.height, -pair[0]))
        for number, grid in by_size:
            rows = np.searchsorted(grid.ys, ys, side="right")
            cols = np.searchsorted(grid.xs, xs, side="right")
            spots = self._squares[number][rows, cols]
            found = np.where(spots == _NOWHERE, found, spots)
        return found


def _number_squares(grid: Grid, numbers: Iterator[int]) -> Ints:
    """The place on each square of a grid, with a rim around it where none is."""
    squares = np.full((len(grid.ys) + 1, len(grid.xs) + 1), _NOWHERE)
    for place in grid.places:
        row, col = place.row + 1, place.col + 1
        squares[row : row + place.row_span, col : col + place.col_span] = next(numbers)
    return squares


def spots_of_runs(runs: Sequence[Run], spots: Ints, places: GridMap) -> list[Spot | None]:
    """The cell that each run belongs to. The runs are all those of a page, and `spots` those of its characters."""
    if not runs:
        return []
    firsts, blanks = np.array([run.first for run in runs]), runs[0].source.blanks
    lowest = np.minimum.reduceat(np.where(blanks, len(places.places), spots), firsts)
    highest = np.maximum.reduceat(np.where(blanks, _NOWHERE, spots), firsts)
    found = [
        (None if high == _NOWHERE else high)
        if low >= high
        else _spot_of_run(run, spots[run.first : run.stop].tolist(), places)
        for run, low, high in zip(runs, lowest.tolist(), highest.tolist(), strict=True)
    ]
    for number in np.flatnonzero((lowest < highest) & (lowest != _NOWHERE)).tolist():
        found[number] = _beside_others(number, runs, found, spots[runs[number].first : runs[number].stop])
    return found


def _beside_others(number: int, runs: Sequence[Run], found: Sequence[Spot | None], spots: Ints) -> Spot | None:
    """The cell of a run that lies in several: where its cell has a text of its own on the same line, an empty one."""
    run = runs[number]
    taken = {
        spot
        for other, spot in zip(runs, found, strict=True)
        if other is not run and other.text.strip() and abs(other.level - run.level) <= 0.5 * run.size
    }
    if found[number] not in taken:
        return found[number]
    free = [spot for spot in spots.tolist() if spot != _NOWHERE and spot not in taken]
    return max(free, key=free.count) if free else found[number]


def _spot_of_run(run: Run, spots_of_glyphs: Sequence[int], places: GridMap) -> Spot:
    """The cell that a run belongs to as a whole, where it runs over the borders of cells.

    Text overflows to the far side of where it is aligned: what begins at a cell's left border belongs there, however
    far it runs; what ends at a right border, there; what stands around the middle of a cell, there; else where most of
    it lies.
    """
    spots: dict[Spot, float] = {}
    for glyph, spot in zip(run.glyphs, spots_of_glyphs, strict=True):
        if not glyph.text.isspace():
            start, end = span_along(run.direction, glyph)
            spots[spot] = spots.get(spot, 0.0) + (end - start)
    inner = [spot for spot in spots if spot != _NOWHERE]
    starts = {spot: span_along(run.direction, places.places[spot].box) for spot in inner}
    near = CELLS.at_border * run.size
    first = min(inner, key=lambda spot: starts[spot][0])
    if -CELLS.over_border * run.size <= run.start - starts[first][0] <= near:
        return first
    last = max(inner, key=lambda spot: starts[spot][1])
    if -CELLS.over_border * run.size <= starts[last][1] - run.end <= near:
        return last
    middle = (run.start + run.end) / 2
    for spot in inner:
        if abs(sum(starts[spot]) / 2 - middle) <= CELLS.in_middle * run.size:
            return spot
    return max(inner, key=lambda spot: (spots[spot], -starts[spot][0]))


@light
class Part:
    """What one page holds of a cell: its rectangle, its lines, and whether no rule closes it above or below."""

    page: int
    box: Box
    lines: tuple[TextLine, ...]
    is_open_above: bool = False
    is_open_below: bool = False

    @property
    def plain(self) -> str:
        """Its characters without white space."""
        lines = self.lines
        text = lines[0].text if len(lines) == 1 else "".join([line.text for line in lines])
        return "".join(text.split())


@light
class DraftCell:
    """A cell whose text is not put together yet: one part for each page that it stands on."""

    row: int
    col: int
    row_span: int
    col_span: int
    parts: tuple[Part, ...]

    @property
    def rows(self) -> range:
        return range(self.row, self.row + self.row_span)

    @property
    def cols(self) -> range:
        return range(self.col, self.col + self.col_span)

    @property
    def is_empty(self) -> bool:
        return not any(part.lines for part in self.parts)

    @property
    def plain(self) -> str:
        """Its characters without white space: how cells are compared."""
        parts = self.parts
        return parts[0].plain if len(parts) == 1 else "".join([part.plain for part in parts])


@dataclass(frozen=True, slots=True)
class Draft:
    """A table whose texts are not put together yet. `xs` are the borders of its columns on its first page."""

    n_rows: int
    xs: tuple[float, ...]
    cells: tuple[DraftCell, ...]
    repeated: tuple[DraftCell, ...] = ()

    @property
    def n_cols(self) -> int:
        return len(self.xs) - 1

    @property
    def first(self) -> Part:
        return self.cells[0].parts[0]

    def box_on(self, page: int) -> Box:
        return box_around(
            [part.box for cell in (*self.cells, *self.repeated) for part in cell.parts if part.page == page]
        )


def grid_to_draft(grid: Grid, runs: Sequence[Sequence[Run]], page: int) -> Draft:
    """The draft of a grid; `runs` holds the runs of each of its places."""
    cells = tuple(
        DraftCell(
            place.row,
            place.col,
            place.row_span,
            place.col_span,
            (_to_part(place, group, page),),
        )
        for place, group in zip(grid.places, runs, strict=True)
    )
    return Draft(len(grid.ys) - 1, grid.xs, cells)


def _to_part(place: Place, runs: Sequence[Run], page: int) -> Part:
    if len(runs) < 2:
        return Part(page, place.box, tuple(runs_to_lines(runs, page)), place.is_open_above, place.is_open_below)
    blocks = [block for option in by_option(runs) for block in side_by_side(option)]
    lines = tuple(line for block in blocks for line in _reading_order(runs_to_lines(block, page)))
    return Part(page, place.box, lines, place.is_open_above, place.is_open_below)


def draft_to_table(draft: Draft, leading: float) -> Table:
    """The table of a draft: its texts put together, wrapped lines joined, over page breaks too.

    `leading` is the usual distance between lines in the tables of the document, in font sizes.
    """
    parts = [part for cell in draft.cells for part in cell.parts]
    padding = usual_padding(parts)
    setting = Setting(_leading(parts, padding, leading), padding)
    return Table(
        draft.n_rows,
        draft.n_cols,
        tuple(_to_cell(cell, setting) for cell in draft.cells),
        tuple(_to_cell(cell, setting) for cell in draft.repeated),
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """How text is set in a table: the distance between lines in font sizes, the padding of cells in points."""

    leading: float
    padding: float


def _leading(parts: Sequence[Part], padding: float, usual: float) -> float:
    """The distance between lines in a table, in font sizes.

    Where it is that of an empty line in other tables, only wrapped lines tell: paragraphs stand below each other.
    """
    own = usual_leading(part.lines for part in parts)
    if own <= EMPTY_LINE * usual:
        return own
    wrapped = [
        (before, after)
        for part in parts
        for before, after in pairwise(part.lines)
        if is_wrapped(before, after, part_area(part, padding))
    ]
    return usual_leading(wrapped) if wrapped else usual


def usual_padding(parts: Iterable[Part]) -> float:
    """The padding of the cells of a table: the least that many lines keep from the left border."""
    gaps = sorted(
        gap
        for part in parts
        for line in part.lines
        if line.direction == 0 and 0.0 <= (gap := line.start - part.box.x0) <= LINES.widest_padding
    )
    return gaps[len(gaps) // 10] if gaps else _PADDING


def _to_cell(cell: DraftCell, setting: Setting) -> Cell:
    if len(cell.parts) == 1:
        (part,) = cell.parts
        text = _part_to_text(part, setting, frozenset())
        return Cell(cell.row, cell.col, cell.row_span, cell.col_span, text, (Fragment(part.page, text, part.box),))
    marks = _marks(cell.parts, setting)
    fragments = tuple(Fragment(part.page, _part_to_text(part, setting, marks), part.box) for part in cell.parts)
    text = fragments[0].text
    last = cell.parts[0]
    for part, fragment in zip(cell.parts[1:], fragments[1:], strict=True):
        if text and fragment.text:
            text = _join_parts(text, fragment.text, last, part, setting, marks)
        else:
            text += fragment.text
        last = part if part.lines else last
    return Cell(cell.row, cell.col, cell.row_span, cell.col_span, text, fragments)


def _marks(parts: Sequence[Part], setting: Setting) -> frozenset[str]:
    """The item marks that the parts of a cell may know from each other: items begin alike on all its pages."""
    every = (item_marks(part.lines, part_area(part, setting.padding)) for part in parts if part.lines)
    return frozenset(mark for marks in every for mark in marks)


def _join_parts(text: str, following: str, before: Part, after: Part, setting: Setting, marks: frozenset[str]) -> str:
    line = before.lines[-1]
    has_more = goes_on(before, after, marks=marks)
    if _begins_lower(after, setting) and (not has_more or line.text[-1] in SENTENCE_ENDS):
        return f"{text}\n\n{following}"
    if not has_more:
        return f"{text}\n{following}"
    cut = is_word_cut(line, after.lines[0], part_area(before))
    return join_wrapped(text, following, has_space=line.has_space_after, is_word_cut=cut)


def _begins_lower(part: Part, setting: Setting) -> bool:
    """Whether an empty line stands above the first line of a part, and its lines do not stand in its middle."""
    first, last = part.lines[0], part.lines[-1]
    if first.direction != 0 or last.direction != 0:
        return False
    above = first.level - _ASCENT * first.size - part.box.top
    below = part.box.bottom - last.level - (1 - _ASCENT) * last.size
    line = setting.leading * first.size
    least, most = CELLS.empty_line
    is_empty_line = least * line < above - setting.padding < most * line
    return is_empty_line and abs(above - below) > CELLS.off_middle * line


def goes_on(
    before: Part, after: Part, padding: float = LINES.widest_padding, marks: frozenset[str] = frozenset()
) -> bool:
    """Whether the last line of one part was wrapped into the first line of the next. `marks` are known item marks."""
    if not before.lines or not after.lines:
        return False
    last, first = before.lines[-1], after.lines[0]
    area = part_area(before, padding)
    marks |= item_marks(before.lines, area)
    return last.direction == first.direction and not ends_on_purpose(last, first, area, marks)


def part_area(part: Part, padding: float = LINES.widest_padding) -> Area:
    """Where the lines of a part may run, in the direction of its last line."""
    direction = part.lines[-1].direction
    lines = [line for line in part.lines if line.direction == direction]
    return text_area(lines, *span_along(direction, part.box), padding)


def _part_to_text(part: Part, setting: Setting, marks: frozenset[str]) -> str:
    if len(part.lines) < 2:
        return part.lines[0].text if part.lines else ""
    return lines_to_text(part.lines, part_area(part, setting.padding), setting.leading, marks)


def _reading_order(lines: list[TextLine]) -> list[TextLine]:
    """Lines of one direction keep together; the group that begins higher comes first."""
    if len(lines) < 2:
        return lines
    groups: dict[Direction, list[TextLine]] = {}
    for line in lines:
        groups.setdefault(line.direction, []).append(line)
    ordered = sorted(groups.values(), key=lambda group: min((line.box.top, line.box.x0) for line in group))
    return ruby_last([line for group in ordered for line in group])
