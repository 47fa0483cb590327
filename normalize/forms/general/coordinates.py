"""Where a cell stands among the labels: what is printed above it and on its left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from normalize.document.table_grid import GridCell
from normalize.forms.general.axis import Axis
from normalize.forms.general.sketch import Above, Sketch, index_of, is_number, is_prose


@dataclass(frozen=True, slots=True)
class Left:
    """What stands on the left of a cell in its row: axes, the names of the row (the nearest first), the unit."""

    axes: tuple[GridCell, ...]
    names: tuple[GridCell, ...]
    unit: GridCell | None


def above(sketch: Sketch, cell: GridCell) -> Above:
    """Look up through the values of a column until the rows of its header.

    A cell that is wider than the one asked for, and no label, is a caption of the rows under it. The way ends at a
    label of a form: what is above it heads something else.
    """
    if not sketch.header_rows and not sketch.axes:
        return Above((), ())
    at = index_of(cell)
    if at not in sketch.known_above:
        sketch.known_above[at] = _above(sketch, cell)
    return sketch.known_above[at]


def _above(sketch: Sketch, cell: GridCell) -> Above:
    grid, col = sketch.grid, cell.cell.col
    captions: list[GridCell] = []
    row = cell.cell.row - 1
    while row >= 0:
        at = grid.at(row, col)
        if at is not None and at.cell.row in sketch.header_rows and (sketch.heads(at) or not at):
            return Above(tuple(_header(sketch, row, col)), tuple(captions))
        if at is None:
            return Above((), tuple(captions))
        if at and not is_number(at.text):
            axis = sketch.axis(at)
            if axis is not None and not (sketch.label_of(at) or _heads_its_row(sketch, at)):
                return Above(tuple(_header(sketch, row, col)), tuple(captions))
            if sketch.term(at) is not None and not _is_row_name(sketch, at):
                return Above((), tuple(captions))
            if at.cell.col_span > cell.cell.col_span and sketch.term(at) is None:
                captions.append(at)
        if known := _known(sketch, at, cell):
            return Above(known.header, (*captions, *known.captions))
        row = at.cell.row - 1
    return Above((), tuple(captions))


def _known(sketch: Sketch, at: GridCell, below: GridCell) -> Above | None:
    """What was found above a cell, where it is the same for the cell below it: long columns are gone up once."""
    same_column = (at.cell.col, at.cell.col_span) == (below.cell.col, below.cell.col_span)
    return sketch.known_above.get(index_of(at)) if same_column else None


def left(sketch: Sketch, cell: GridCell) -> Left:
    """Look along a row to the left, over the values of the same group of columns, to the names of the row."""
    axes: list[GridCell] = []
    names: list[GridCell] = []
    unit: GridCell | None = None
    for other in sketch.grid.left_of(cell):
        if not other:
            if _column_field(sketch, other) == ("indicator", "name") and not names:
                break
            continue
        if sketch.axis(other) is not None:
            axes.append(other)
        elif _is_unit(sketch, other):
            unit = unit or other
        elif is_number(other.text):
            if names:
                break
        elif is_prose(other.text):
            break
        elif (term := sketch.term(other)) is not None or _may_name(sketch, other):
            names.append(other)
            if term is not None and term.kind in _HEADS_A_TEXT:
                break
    return Left(tuple(axes), tuple(names), unit or _unit_on_the_right(sketch, cell))


_HEADS_A_TEXT: Final = frozenset({"grade", "direction", "passage", "org", "document", "code"})
"""Kinds of labels that head a text of their own, so that what is further left heads something else."""


def axes_of(sketch: Sketch, cells: tuple[GridCell, ...]) -> Iterator[tuple[GridCell, Axis]]:
    """The axes among cells, each with its cell."""
    for cell in cells:
        axis = sketch.axis(cell)
        if axis is not None:
            yield cell, axis


def _header(sketch: Sketch, row: int, col: int) -> Iterator[GridCell]:
    """The header cells over a column from a row upwards. An empty place belongs to the printed group on its left."""
    seen: set[GridCell] = set()
    bottom = row
    while row >= 0:
        at = sketch.grid.at(row, col)
        if at is None or (row not in sketch.header_rows and (sketch.is_value(at) or row != bottom)):
            return
        if not at and row < bottom:
            at = next((cell for left in range(col, -1, -1) if (cell := sketch.grid.at(row, left))), None)
        if at and at not in seen and not (at.cell.row not in sketch.header_rows and is_number(at.text)):
            seen.add(at)
            yield at
        row = (at.cell.row if at else row) - 1


def _heads_its_row(sketch: Sketch, cell: GridCell) -> bool:
    """Whether an axis stands at the head of a row of numbers (実績 | 25 | 24), not over a column."""
    after = next(iter(sketch.grid.right_of(cell)), None)
    return after is not None and sketch.is_value(after)


def _is_row_name(sketch: Sketch, cell: GridCell) -> bool:
    """Whether a term is the name of a row of numbers above the one asked for."""
    after = next((other for other in sketch.grid.right_of(cell) if other), None)
    return after is not None and (is_number(after.text) or sketch.axis(after) is not None)


def column_field(sketch: Sketch, cell: GridCell) -> tuple[str, str] | None:
    """Kind and field of the term that heads the column of a cell, if any."""
    return _column_field(sketch, cell)


def _column_field(sketch: Sketch, cell: GridCell) -> tuple[str, str] | None:
    for head in above(sketch, cell).header:
        term = sketch.term(head)
        if term is not None:
            return term.kind, term.field
    return None


def _is_unit(sketch: Sketch, cell: GridCell) -> bool:
    label = sketch.label_of(cell)
    term = sketch.term(label) if label else None
    if term is not None and (term.kind, term.field) == ("indicator", "unit"):
        return True
    return sketch.is_value(cell) and _column_field(sketch, cell) == ("indicator", "unit")


def _unit_on_the_right(sketch: Sketch, cell: GridCell) -> GridCell | None:
    for other in sketch.grid.right_of(cell):
        if other and _is_unit(sketch, other):
            return other
        term = sketch.term(other)
        if other and not is_number(other.text) and not (term and (term.kind, term.field) == ("indicator", "unit")):
            return None
    return None


def _may_name(sketch: Sketch, cell: GridCell) -> bool:
    """Whether a value can be the name of a row: it stands beside the label of an indicator, or beside none."""
    label = sketch.label_of(cell)
    term = sketch.term(label) if label else None
    if term is not None and term.kind not in {"indicator", "cost"}:
        return False
    field = _column_field(sketch, cell)
    return field is None or field[0] in {"indicator", "cost", "group", "axis", "name"}
