"""One page, sorted out: its tables as drafts and its other text as lines, from the top of the page to its bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from extract.pdf.model.glyph_array import NO_CHARACTERS, Columns, to_columns
from extract.pdf.model.raw_page import RawPage
from extract.pdf.page.drawn_boxes import with_drawn_boxes
from extract.pdf.page.drawn_cells import coloured_cells, drawn_cells, is_legend
from extract.pdf.page.drawn_signs import drawn_signs
from extract.pdf.page.inked_marks import inked_marks
from extract.pdf.page.rings import Over, without_rings
from extract.pdf.page.set_aside import set_aside
from extract.pdf.page.sideways import upright
from extract.pdf.page.straight import straight
from extract.pdf.tables.cell_assignment import Draft, GridMap, grid_to_draft, spots_of_runs
from extract.pdf.tables.character_rules import with_character_rules
from extract.pdf.tables.digit_boxes import join_digit_boxes
from extract.pdf.tables.grid import Grid, edges_to_grids
from extract.pdf.tables.nested import digits_into_cells, without_frames
from extract.pdf.tables.open_columns import with_open_columns
from extract.pdf.tables.overflow import settle_overflow
from extract.pdf.tables.parting import parted_by_rules
from extract.pdf.tables.rules_across import with_columns
from extract.pdf.tables.rulings import Edges, fills_to_edges, page_to_edges
from extract.pdf.tables.shaded_areas import bounding_shades
from extract.pdf.tables.typed_rules import with_typed_rules
from extract.pdf.tables.unruled_rows import with_unruled_rows
from extract.pdf.tables.unruled_tables import with_unruled_tables
from extract.pdf.text.boxed_line import BoxedLine
from extract.pdf.text.fake_bold import without_twins
from extract.pdf.text.lines import runs_to_lines
from extract.pdf.text.note_marks import with_note_marks
from extract.pdf.text.reading_order import is_ruby, readings
from extract.pdf.text.runs import Run, glyphs_to_runs
from extract.pdf.text.vertical import with_vertical
from schemas.document import Box, Page

_COLUMN_GAP = 2.0
"""A gap, in font sizes, that parts two lines standing side by side outside of tables."""

_LABEL_SHARE = 0.5
"""A box with one cell is a cell when it takes up to this share of the width in use; a wider one frames a paragraph."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page's items in reading order, its characters after twins were removed, and what is no part of its text: what
    nobody sees, what is struck through, what is laid over it.

    `drawn` has, for each cell without a text that holds a picture or curves, what its row says; `coloured` has that of
    those that their colours alone tell apart. `chosen` are words with a ring drawn around them, among others, and
    `stamped` what is stamped over other text. `sideways` says which way its text runs on the displayed page, where it
    was turned to be read, `askew` how many degrees it was off that; then all of this is turned. `ruby` says in cells
    how the words below it are read. `signed` are numbers beside which something is drawn that may be their sign or a
    digit, `inked` marks that their ink tells apart.
    """

    page: Page
    items: tuple[BoxedLine | Draft, ...]
    glyphs: Columns
    hidden: Columns = NO_CHARACTERS
    struck: Columns = NO_CHARACTERS
    overlaid: Columns = NO_CHARACTERS
    drawn: tuple[str, ...] = ()
    coloured: tuple[str, ...] = ()
    chosen: tuple[Over, ...] = ()
    stamped: tuple[Over, ...] = ()
    sideways: int = 0
    askew: float = 0.0
    ruby: Columns = NO_CHARACTERS
    signed: tuple[str, ...] = ()
    inked: tuple[Over, ...] = ()


def sort_page(raw: RawPage) -> PageContent:
    """Find the tables of a page, put its text into them, and the rest on lines."""
    raw, struck, overlaid = set_aside(with_typed_rules(with_character_rules(straight(upright(raw)))))
    marked = without_rings(with_drawn_boxes(raw))
    raw = marked.raw
    glyphs = with_note_marks(without_twins(raw.glyphs))
    places = GridMap(without_frames(_grids(raw, glyphs)))
    spots = places.spots_at(glyphs.middles)
    runs = glyphs_to_runs(with_vertical(glyphs, spots), spots, parted_by_rules(glyphs, spots, places))
    outside: list[Run] = []
    inside: list[list[Run]] = [[] for _ in places.places]
    for run, spot in zip(runs, settle_overflow(runs, spots_of_runs(runs, spots, places), places), strict=True):
        (outside if spot is None else inside[spot]).append(run)
    glyphs, ruby = _without_ruby(glyphs, inside)
    digits_into_cells(places.grids, inside)
    number = raw.page.number
    items: list[BoxedLine | Draft] = [BoxedLine(line) for line in runs_to_lines(outside, number, _COLUMN_GAP)]
    used = _width_in_use(glyphs, places.grids)
    of_places = iter(inside)
    inked: list[Over] = []
    for grid in places.grids:
        of_grid = [*islice(of_places, len(grid.places))]
        inked += inked_marks(grid, of_grid)
        items += _grid_to_items(grid, of_grid, number, used)
    tables = [item for item in items if isinstance(item, Draft)]
    has_legend = any(is_legend(item.line.text) for item in items if isinstance(item, BoxedLine))
    drawn, coloured = tuple(drawn_cells(tables, raw)), tuple(coloured_cells(tables, raw, has_legend=has_legend))
    return PageContent(
        raw.page,
        tuple(_mark_ruby(_in_reading_order(items))),
        glyphs,
        to_columns(raw.hidden),
        struck,
        overlaid,
        drawn,
        coloured,
        marked.chosen,
        marked.stamped,
        raw.sideways,
        raw.askew,
        ruby,
        tuple(drawn_signs(raw, inside)),
        tuple(inked),
    )


def _without_ruby(glyphs: Columns, inside: list[list[Run]]) -> tuple[Columns, Columns]:
    """The characters without those that say in cells how words are read, and these; `inside` loses their runs."""
    found = [run for runs in inside if len(runs) > 1 for run in readings(runs)]
    if not found:
        return glyphs, glyphs[:0]
    gone = {*map(id, found)}
    for runs in inside:
        runs[:] = [run for run in runs if id(run) not in gone]
    numbers = sorted(number for run in found for number in range(run.first, run.stop))
    return glyphs.take(np.setdiff1d(np.arange(len(glyphs)), numbers)), glyphs.take(numbers)


def _mark_ruby(items: Sequence[BoxedLine | Draft]) -> Iterator[BoxedLine | Draft]:
    for number, item in enumerate(items):
        if isinstance(item, BoxedLine):
            below = (other.line for other in items[number + 1 : number + 4] if isinstance(other, BoxedLine))
            if any(is_ruby(item.line, line) for line in below):
                yield replace(item, is_ruby=True)
                continue
        yield item


def _grids(raw: RawPage, glyphs: Columns) -> tuple[Grid, ...]:
    """The grids that rules draw; then, last, those that need the edges of filled areas too."""
    edges = with_columns(page_to_edges(raw, glyphs), glyphs)
    ruled = edges_to_grids(edges, glyphs.middles)
    outlines = fills_to_edges(bounding_shades(raw, ruled, edges))
    opened = with_unruled_tables(with_open_columns(edges, outlines, glyphs), ruled, glyphs)
    if opened is edges and not outlines:
        return ruled
    every = Edges((*opened.across, *outlines.across), (*opened.down, *outlines.down))
    return edges_to_grids(every, glyphs.middles)


def _grid_to_items(grid: Grid, runs: Sequence[Sequence[Run]], page: int, used: float) -> Iterator[BoxedLine | Draft]:
    """A table, or the lines of a box with one cell unless it is small and holds a single line."""
    if not any(runs):
        return
    grid, runs = with_unruled_rows(*join_digit_boxes(grid, runs))
    lines = runs_to_lines(runs[0], page, _COLUMN_GAP)
    if len(grid.places) > 1 or (len(lines) == 1 and grid.box.width <= _LABEL_SHARE * used):
        yield grid_to_draft(grid, runs, page)
    else:
        yield from (BoxedLine(line, grid.box) for line in lines)


def _width_in_use(glyphs: Columns, grids: Sequence[Grid]) -> float:
    boxes = [grid.box for grid in grids]
    if glyphs:
        boxes.append(glyphs.box)
    return max((box.x1 for box in boxes), default=0.0) - min((box.x0 for box in boxes), default=0.0)


def _in_reading_order(items: Sequence[BoxedLine | Draft]) -> list[BoxedLine | Draft]:
    """From top to bottom; on a page written downwards, from right to left."""
    lines = [item.line for item in items if isinstance(item, BoxedLine)]
    is_downwards = sum(line.direction == 90 for line in lines) * 2 > len(items)
    return sorted(items, key=_position_downwards) if is_downwards else _beside_tables(sorted(items, key=_position))


def _beside_tables(items: list[BoxedLine | Draft]) -> list[BoxedLine | Draft]:
    """The items with the lines over the right one of two tables side by side behind the left one: each its own."""
    for at, item in enumerate(items):
        right = items[at + 1] if at + 1 < len(items) else None
        if not (isinstance(item, Draft) and isinstance(right, Draft)):
            continue
        left_box, right_box = _box(item), _box(right)
        if right_box.x0 < left_box.x1 or right_box.top >= left_box.bottom:
            continue
        first = at
        while first and isinstance(items[first - 1], BoxedLine):
            box = _box(items[first - 1])
            if _is_over(box, left_box) is _is_over(box, right_box):
                break
            first -= 1
        over = items[first:at]
        moved = [line for line in over if _is_over(_box(line), right_box)]
        items[first : at + 1] = [*(line for line in over if line not in moved), item, *moved]
    return items


def _is_over(box: Box, other: Box) -> bool:
    """Whether one box stands over a part of the width of another."""
    return box.x0 < other.x1 and other.x0 < box.x1


def _box(item: BoxedLine | Draft) -> Box:
    return item.box_on(item.first.page) if isinstance(item, Draft) else item.line.box


def _position(item: BoxedLine | Draft) -> tuple[float, float]:
    if isinstance(item, Draft):
        return item.first.box.top, item.xs[0]
    box, line = item.line.box, item.line
    # Lines of one baseline keep their order from left to right, also where their sizes differ.
    return (round(line.level - line.size) if line.direction == 0 else box.top), box.x0


def _position_downwards(item: BoxedLine | Draft) -> tuple[float, float]:
    box = item.first.box if isinstance(item, Draft) else item.line.box
    return -round((box.x0 + box.x1) / 2), box.top
