"""A matrix of two directions: 成果 by コスト, with one mark where the row and the column meet that were chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from normalize.cells.choices import Options
from normalize.cells.marks import direction_of
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.answers import is_mark
from normalize.forms.general.facts import Doubt, Fact, Text
from normalize.forms.general.view import View

_LEAST: Final = 2
"""So many rows and columns make a matrix."""

_HEADS: Final = frozenset({"words", "label", "direction", "absent"})
"""What a row or a column of a matrix can be called; 廃止 is also what is printed where there is no number."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """What a matrix says, its cells that are labels, and the row behind it."""

    facts: tuple[Fact, ...]
    labels: tuple[GridCell, ...]
    stop: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a matrix: what it is called, and the places for the mark."""

    axis: GridCell | None
    head: GridCell
    slots: tuple[GridCell, ...]


def matrix_at(view: View, row: int) -> Matrix | None:
    """The matrix that begins at a row, its columns named above or below; None where none does."""
    for start in range(row, min(row + 3, view.grid.table.n_rows)):
        if body := _body(view, start):
            return _read(view, row, start, body)
        if not _names_columns(view, start):
            return None
    return None


def _read(view: View, first: int, start: int, body: Sequence[_Row]) -> Matrix | None:
    above = range(first, start)
    below = range(start + len(body), min(start + len(body) + 2, view.grid.table.n_rows))
    rows = above if above else below
    heads, axis = _heads(view, rows, [slot.cell.cols for slot in body[0].slots])
    marked = [(line, at) for line in body for at, slot in enumerate(line.slots) if slot]
    if len(heads) != len(body[0].slots) or body[0].axis is None or axis is None:
        return None  # without the names of both sides it is a list of options, one of which each row marks
    line, at = marked[0]
    mark = line.slots[at]
    facts: list[Fact] = []
    if len(marked) == 1:
        facts.append(_said(body[0].axis, line.head, [one.head for one in body], mark))
        facts.append(_said(axis, heads[at], heads, mark))
    else:
        other, beside = marked[1]
        facts.append(Doubt(mark.excerpt, _place(line, heads[at]), _place(other, heads[beside])))
    labels = [*heads, *(one.head for one in body), mark, axis, body[0].axis]
    last = max(cell.cell.row for cell in (*heads, axis))
    return Matrix(tuple(facts), tuple(labels), max(start + len(body), last + 1))


def _place(line: _Row, head: GridCell) -> str:
    return f"{line.head.text.strip()} × {head.text.strip()}"


def _said(axis: GridCell, chosen: GridCell, among: Sequence[GridCell], mark: GridCell) -> Fact:
    """What was chosen of one side."""
    kind = "direction" if any(direction_of(cell.text) for cell in among) else "grade"
    others = tuple(cell.excerpt.strip() for cell in among if cell is not chosen)
    options = Options((chosen.excerpt.strip(),), others, (mark.excerpt,))
    return Text(kind, kind, chosen.excerpt.strip(), axis.excerpt, subject=(axis.excerpt,), options=options)


def _body(view: View, start: int) -> list[_Row]:
    """The rows of a matrix from a row on: each a name, and places that are blank or hold the mark."""
    found: list[_Row] = []
    for row in range(start, view.grid.table.n_rows):
        line = _row(view, row, found[0] if found else None)
        if line is None:
            break
        found.append(line)
    if len(found) < _LEAST:
        return []
    axis = found[0].axis
    if axis is not None and axis.cell.row + axis.cell.row_span != start + len(found):
        return []
    return found if any(slot for line in found for slot in line.slots) else []


def _row(view: View, row: int, first: _Row | None) -> _Row | None:
    cells = view.grid.starting(row)
    marks = [cell for cell in cells if cell and is_mark(cell)]
    words = [cell for cell in cells if cell and not is_mark(cell)]
    if not 1 <= len(words) <= (1 if first else 2) or len(marks) > 1 or view.kind(words[-1]) not in _HEADS:
        return None
    slots = tuple(cell for cell in cells if cell.cell.col > words[-1].cell.col)
    if len(slots) < _LEAST or any(mark not in slots for mark in marks):
        return None
    if first is not None and [slot.cell.cols for slot in slots] != [slot.cell.cols for slot in first.slots]:
        return None
    return _Row(words[0] if len(words) == _LEAST else _axis_above(view, row, words[0]), words[-1], slots)


def _axis_above(view: View, row: int, head: GridCell) -> GridCell | None:
    """What the rows of a matrix are of, where it begins beside the names of the columns: the nearest on the left."""
    left = [cell for cell in view.grid.row(row) if cell and cell.cell.row < row and cell.cell.col < head.cell.col]
    return left[-1] if left and view.kind(left[-1]) in _HEADS else None


def _names_columns(view: View, row: int) -> bool:
    """Whether a row can name the columns of a matrix, or what they are of."""
    cells = [cell for cell in view.grid.starting(row) if cell]
    return bool(cells) and all(view.kind(cell) in _HEADS and not is_mark(cell) for cell in cells)


def _heads(view: View, rows: range, slots: Sequence[range]) -> tuple[list[GridCell], GridCell | None]:
    """The names of the columns, and what they are of: a cell over or under all of them."""
    heads: list[GridCell] = []
    axis: GridCell | None = None
    for row in rows:
        cells = [cell for cell in view.grid.starting(row) if cell]
        exact = [cell for cell in cells if cell.cell.cols in slots]
        if len(exact) == len(slots) and not heads:
            heads = exact
        else:
            over = [cell for cell in cells if set(cell.cell.cols) >= {col for slot in slots for col in slot}]
            axis = over[0] if len(over) == 1 else axis
    return heads, axis
