"""Merged cells of a table whose source prints none: a text puts a merged cell into its first field, the rest is blank.

Rows that were drawn as one block share their columns. A column in which no row of the block prints anything is no
column of it: its blanks are the rest of the cell on their left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from normalize.cells.kinds import CellKind
from normalize.cells.years import YearSense
from normalize.document.table_grid import Grid, GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.answers import is_mark
from normalize.forms.general.cells.names import labelled_name
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

_NUMBERS: Final[frozenset[CellKind]] = frozenset({"amount", "absent"})
_TEXTS: Final[frozenset[CellKind]] = frozenset({"words", "label", "prose"})
_HEADS: Final[frozenset[CellKind]] = frozenset({"words", "label", "axis", "year", "unit"})
_OPTIONS: Final = 2
"""So many words in a row with marks are no options of it: its labels."""
_LONGEST_OPTION: Final = 16
"""Characters of an option beside its mark."""

_ALIKE: Final = 0.75
"""The share of the columns of a header in which the first row under it prints something; or of the columns of that row,
if it holds numbers, that the header has: the last years may be blank."""

_AXES: Final[frozenset[CellKind]] = frozenset({"axis", "year"})
_LEAST_AXES: Final = 2


@dataclass(slots=True)
class _Rows:
    """Rows that share their columns: those in which anything is printed, and those of them that hold numbers."""

    start: int
    stop: int
    columns: set[int] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    kinds: set[CellKind] = field(default_factory=set)


def with_spans(grid: Grid, sense: YearSense) -> Grid:
    """A grid of a source without merged cells, with the cells merged that must have been; any other grid as it is."""
    if grid.table.n_cols < 2 or tells_spans(grid):
        return grid
    grid = _with_sentences_alone(_with_first_slots(grid))
    view = View(grid, sense)
    wider: dict[int, int] = {}
    for rows in _blocks(view):
        for row in range(rows.start, rows.stop):
            wider |= _across(view, row) or _widths(view, row, rows)
    return _widened(grid, wider) if wider else grid


def tells_spans(grid: Grid) -> bool:
    """Whether the source of a grid says which cells are merged: a page, a workbook, a web page."""
    return any(
        cell.cell.col_span > 1 or cell.cell.fragments[0].box or cell.cell.fragments[0].place for cell in grid.cells
    )


def with_left_merged(grid: Grid) -> Grid:
    """The grid with the blank places at the left of each row merged into the cells above them."""
    cells, places = list(grid.cells), dict(grid.places)
    for row in range(1, grid.table.n_rows):
        for col in range(grid.table.n_cols):
            below, above = places.get((row, col)), places.get((row - 1, col))
            if below is None or above is None or below == above or cells[below]:
                break
            cells[above] = GridCell(
                replace(cells[above].cell, row_span=row + 1 - cells[above].cell.row), cells[above].excerpt
            )
            places[row, col] = above
    return _numbered(grid, cells, places)


def _blocks(view: View) -> Iterator[_Rows]:
    """The rows of a grid, parted where they no longer share their columns."""
    block = _Rows(0, 0)
    for row in view.grid.rows:
        printed = {cell.cell.col: view.kind(cell) for cell in view.grid.starting(row) if cell}
        if block.columns and printed and not _goes_on(view, row, printed, block):
            yield block
            block = _Rows(row, row)
        block.stop = row + 1
        block.columns |= printed.keys()
        block.columns |= {cell.cell.col for cell in view.grid.row(row) if cell and cell.cell.row >= block.start}
        block.numbers |= {col for col, kind in printed.items() if kind == "amount"}
        block.kinds |= set(printed.values())
    yield block


def _goes_on(view: View, row: int, printed: dict[int, CellKind], block: _Rows) -> bool:
    """Whether a row is one more of a block."""
    columns = printed.keys()
    if block.numbers and _heads_again(printed):
        return False
    first = min(columns)
    beside = {col for col in block.columns if col >= first}
    heads = block.kinds <= _HEADS and first in block.columns
    is_alone = not beside and "prose" in block.kinds  # under a box of sentences
    if first > 0 and not is_alone and (heads or len(columns & beside) * 2 >= min(len(beside), len(columns))):
        return True  # a cell of the row above stands beside it
    if columns <= block.columns:
        if columns == block.columns:
            return True
        tells = any(kind in _TEXTS for col, kind in printed.items() if col in block.numbers)
        counts = any(kind in _NUMBERS for kind in printed.values())
        return not (tells and not counts) and not _opens_box(view, row, printed)
    is_header = block.kinds <= _HEADS and bool(block.kinds & _AXES)
    shared = len(block.columns & columns)
    if sum(kind in _NUMBERS for kind in printed.values()) >= _LEAST_AXES:
        return is_header and shared >= _ALIKE * min(len(block.columns), len(columns))
    return is_header and shared >= _ALIKE * len(block.columns)


def _heads_again(printed: dict[int, CellKind]) -> bool:
    """Whether a row of heads, with two years or roles, stands under numbers: those of the next table."""
    kinds = list(printed.values())
    return set(kinds) <= _HEADS and sum(kind in _AXES for kind in kinds) >= _LEAST_AXES


def _opens_box(view: View, row: int, printed: dict[int, CellKind]) -> bool:
    """Whether a row is sentences across the table, or the label over some."""
    if printed.keys() != {0}:
        return False
    if printed[0] == "prose":
        return True
    below = [cell for cell in view.grid.starting(row + 1) if cell] if row + 1 < view.grid.table.n_rows else []
    return len(below) == 1 and below[0].cell.col == 0 and view.kind(below[0]) == "prose"


def _widths(view: View, row: int, rows: _Rows) -> dict[int, int]:
    """By its column, how many columns each widened cell of a row takes."""
    cells = view.grid.starting(row)
    first = {cell.cell.col for cell in view.grid.starting(rows.start) if cell} if row > rows.start else set()
    under = {cell.cell.col for cell in cells if cell} <= first
    under = under and sum(bool(cell) and not is_mark(cell) for cell in cells) <= _OPTIONS
    if any(cell and is_mark(cell) for cell in cells) and not under and not _begins_with_mark(cells):
        return {}  # its blanks may be places for marks
    below = _heads_below(view, row, rows)
    found: dict[int, int] = {}
    at = 0
    while at < len(cells):
        cell, stop = cells[at], at + 1
        width = 1
        heads = {below.get(cell.cell.col)}
        while stop < len(cells) and _is_rest(cells[stop], cell, width):
            head = below.get(cells[stop].cell.col)
            if cells[stop].cell.col in rows.columns and (not cell or head is None or head in heads):
                break
            heads.add(head)
            width += 1
            stop += 1
        if stop - at > 1 and rows.stop - rows.start == 1 and _has_blank_value(view, cell, cells[stop:]):
            stop = at + 1
        if stop - at > 1:
            found[view.grid.places[row, cell.cell.col]] = stop - at
        at = stop
    return found


def _across(view: View, row: int) -> dict[int, int]:
    """The width of a name of the plan behind its label that stands alone in its row: 基本目標1　海を守る."""
    printed = view.printed(row)
    if len(printed) != 1 or printed[0].cell.col or printed[0].cell.row_span > 1:
        return {}
    (cell,) = printed
    named = labelled_name(cell.excerpt)
    is_numbered = named is not None and re.search(r"[0-9IVX①-⑳]", squeeze(cell.text)) is not None
    return {view.grid.places[row, 0]: view.grid.table.n_cols} if is_numbered and row else {}


def _begins_with_mark(cells: Sequence[GridCell]) -> bool:
    """Whether the first of the options of a row is marked, so that no blank in front of one can be the place of it."""
    printed = [cell for cell in cells if cell]
    marks = [at for at, cell in enumerate(printed) if is_mark(cell)]
    return len(marks) == 1 and marks[0] <= 1 and len(printed) > marks[0] + 1 and cells[0] is printed[0]


def _with_first_slots(grid: Grid) -> Grid:
    """The grid with an empty cell for a mark restored before the first option of a question.

    The question above was merged down over it, for a blank at the left continues the cell above:
    民間活用の可能性 over (blank) | 高い | ○ | 低い.
    """
    cells, places = list(grid.cells), dict(grid.places)
    for row in grid.rows:
        starting = grid.starting(row)
        first = starting[0] if starting else None
        if first is None or not first or first.cell.col < 1 or is_mark(first):
            continue
        marked = [cell for cell in starting if cell and is_mark(cell)]
        words = [cell for cell in starting if cell and not is_mark(cell)]
        index = places.get((row, first.cell.col - 1))
        if len(marked) != 1 or len(words) < 2 or index is None or any(not _is_option(cell) for cell in words):
            continue
        over = cells[index]
        if over.cell.col == 0 or over.cell.rows != range(row - 1, row + 1):
            continue
        cells[index] = GridCell(replace(over.cell, row_span=1), over.excerpt)
        slot = replace(over.cell, row=row, row_span=1, text="")
        places[row, first.cell.col - 1] = len(cells)
        cells.append(GridCell(slot, Excerpt("", over.excerpt.place, 0, 0)))
    table = replace(grid.table, cells=tuple(cell.cell for cell in cells))
    return Grid(grid.item, table, tuple(cells), places, {})


def _with_sentences_alone(grid: Grid) -> Grid:
    """The grid with empty cells restored under sentences that are all that their row prints.

    They are a box of the form, and no label of the rows below: the blank corner of a header was merged into them.
    """
    cells, places = list(grid.cells), dict(grid.places)
    for index, cell in enumerate(grid.cells):
        rows = cell.cell.rows
        alone = [other for other in grid.starting(rows.start) if other] == [cell]
        if cell.cell.col or len(rows) == 1 or "。" not in cell.text or not alone:
            continue
        cells[index] = GridCell(replace(cell.cell, row_span=1), cell.excerpt)
        for row in rows[1:]:
            places[row, 0] = len(cells)
            blank = replace(cell.cell, row=row, row_span=1, text="")
            cells.append(GridCell(blank, Excerpt("", cell.excerpt.place, 0, 0)))
    table = replace(grid.table, cells=tuple(cell.cell for cell in cells))
    return Grid(grid.item, table, tuple(cells), places, {})


def _is_option(cell: GridCell) -> bool:
    return len(squeeze(cell.text)) <= _LONGEST_OPTION and "。" not in cell.text


def _is_rest(blank: GridCell, cell: GridCell, distance: int) -> bool:
    beside = blank.cell.col == cell.cell.col + distance
    return not blank and beside and blank.cell.row_span == cell.cell.row_span


def _heads_below(view: View, row: int, rows: _Rows) -> dict[int, str]:
    """The heads under the groups of a row, by their columns: a group takes those up to the one that comes again."""
    printed = [cell for cell in view.grid.starting(row) if cell]
    below = [cell for cell in view.grid.starting(row + 1) if cell] if row + 1 < rows.stop else []
    if not printed or not below or below[0].cell.col < printed[0].cell.col:
        return {}
    if below[0].cell.col == printed[0].cell.col and (printed[0].cell.col == 0 or not view.head(printed[0]).is_axis):
        return {}
    if any(view.kind(cell) not in _HEADS for cell in (*printed, *below)):
        return {}
    return {cell.cell.col: squeeze(cell.text) for cell in below}


def _has_blank_value(view: View, cell: GridCell, behind: Sequence[GridCell]) -> bool:
    """Whether the blank behind a label can be its value: another label follows, or nothing."""
    if view.kind(cell) != "label" or (cell.cell.col == 0 and not behind):
        return False
    following = next((other for other in behind if other), None)
    return following is None or view.kind(following) == "label"


def _widened(grid: Grid, wider: dict[int, int]) -> Grid:
    """The grid with some cells, by their position, as wide as said. What they cover is blank."""
    cells = list(grid.cells)
    places = dict(grid.places)
    for index, width in wider.items():
        cell = GridCell(replace(cells[index].cell, col_span=width), cells[index].excerpt)
        cells[index] = cell
        places |= {(row, col): index for row in cell.cell.rows for col in cell.cell.cols}
    return _numbered(grid, cells, places)


def _numbered(grid: Grid, cells: Sequence[GridCell], places: dict[tuple[int, int], int]) -> Grid:
    """A grid of the cells that still cover a place."""
    kept = sorted(set(places.values()))
    number = {old: new for new, old in enumerate(kept)}
    shown = tuple(cells[at] for at in kept)
    table = replace(grid.table, cells=tuple(cell.cell for cell in shown))
    return Grid(grid.item, table, shown, {place: number[old] for place, old in places.items()}, {})
