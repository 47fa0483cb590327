"""One page, sorted out: its tables as drafts and its other text as lines, from the top of the page to its bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.pdf.cells import Draft, GridMap, Spot, grid_to_draft, spot_of_run
from extract.pdf.glyphs import without_twins
from extract.pdf.grid import Grid, edges_to_grids
from extract.pdf.reader import Glyph, RawPage
from extract.pdf.rulings import page_to_edges
from extract.pdf.runs import Run, TextLine, glyphs_to_box, glyphs_to_runs, runs_to_lines
from schemas.document import Box, Page

_COLUMN_GAP = 2.0
"""A gap, in font sizes, that parts two lines standing side by side outside of tables."""

_LABEL_SHARE = 0.5
"""A box with one cell is a cell when it takes up to this share of the width in use; a wider one frames a paragraph."""


@dataclass(frozen=True, slots=True)
class BoxedLine:
    """A line outside of tables. `frame` is the box drawn around its paragraph, if there is one."""

    line: TextLine
    frame: Box | None = None

    @property
    def top(self) -> float:
        return self.line.box.top


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page's items in reading order, and its characters after twins were removed."""

    page: Page
    items: tuple[BoxedLine | Draft, ...]
    glyphs: tuple[Glyph, ...]


def sort_page(raw: RawPage) -> PageContent:
    """Find the tables of a page, put its text into them, and the rest on lines."""
    glyphs = without_twins(raw.glyphs)
    points = [((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2) for glyph in glyphs]
    places = GridMap(edges_to_grids(page_to_edges(raw, glyphs), points))
    outside: list[Run] = []
    inside: dict[Spot, list[Run]] = {}
    for run in glyphs_to_runs(glyphs, places.spot_of):
        spot = spot_of_run(run, places)
        if spot is None:
            outside.append(run)
        else:
            inside.setdefault(spot, []).append(run)
    number = raw.page.number
    items: list[BoxedLine | Draft] = [BoxedLine(line) for line in runs_to_lines(outside, number, _COLUMN_GAP)]
    used = _width_in_use(glyphs, places.grids)
    for index, grid in enumerate(places.grids):
        runs = [inside.get((index, place), []) for place in range(len(grid.places))]
        items += _grid_to_items(grid, runs, number, used)
    return PageContent(raw.page, tuple(sorted(items, key=_position)), glyphs)


def _grid_to_items(grid: Grid, runs: Sequence[Sequence[Run]], page: int, used: float) -> list[BoxedLine | Draft]:
    if len(grid.places) > 1:
        return [grid_to_draft(grid, runs, page)] if any(runs) else []
    lines = runs_to_lines(runs[0], page)
    if not lines:
        return []
    if len(lines) == 1 and grid.box.width <= _LABEL_SHARE * used:
        return [grid_to_draft(grid, runs, page)]
    return [BoxedLine(line, grid.box) for line in lines]


def _width_in_use(glyphs: Sequence[Glyph], grids: Sequence[Grid]) -> float:
    boxes = [grid.box for grid in grids]
    if glyphs:
        boxes.append(glyphs_to_box(glyphs))
    return max((box.x1 for box in boxes), default=0.0) - min((box.x0 for box in boxes), default=0.0)


def _position(item: BoxedLine | Draft) -> tuple[float, float]:
    if isinstance(item, Draft):
        return item.first.box.top, item.xs[0]
    # Lines of one baseline keep their order from left to right, also where their sizes differ.
    return round(item.line.box.bottom - item.line.size, 0), item.line.box.x0
