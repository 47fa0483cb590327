"""Lists: tables whose header names a level of the hierarchy, so that each row says something of a node of its own."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.document.table_grid import GridCell
from normalize.forms.general.coordinates import above
from normalize.forms.general.facts import RowKey
from normalize.forms.general.sketch import Sketch
from normalize.forms.general.tree import DEPTHS


@dataclass(frozen=True, slots=True)
class ListRow:
    """The names of the nodes that a row of a list is of, from the top of the hierarchy: field and cell.

    `header` is the last row of the header over it.
    """

    key: RowKey
    names: tuple[tuple[str, GridCell], ...]
    header: int


def list_row(sketch: Sketch, cell: GridCell) -> ListRow | None:
    """The row of a list that a value stands in; None for a value of a form or of a table of numbers.

    A name that is not printed again, or covers several rows, is that of the rows below it too.
    """
    header = above(sketch, cell).header
    if not header or _is_heading(sketch, cell):
        return None
    bottom = max(head.cell.row + head.cell.row_span for head in header) - 1
    columns = _name_columns(sketch, bottom)
    if not columns or (cell.cell.cols.start < min(columns.values()) and len(columns) == 1 and cell.cell.row_span > 1):
        return None
    names = []
    deepest = None
    for field, col in sorted(columns.items(), key=lambda item: DEPTHS[item[0]][0]):
        found = _carried(sketch, cell.cell.row, col, bottom)
        if found is not None:
            names.append((field, found))
            deepest = found
    if deepest is None:
        return None
    return ListRow((sketch.grid.item, deepest.cell.row), tuple(names), bottom)


def _is_heading(sketch: Sketch, cell: GridCell) -> bool:
    """Whether a cell stands across the whole table, between rows: a heading of those under it."""
    return cell.cell.col_span == sketch.grid.table.n_cols > 1


def _name_columns(sketch: Sketch, bottom: int) -> dict[str, int]:
    """The first column of each level that the header ending in a row names."""
    columns: dict[str, int] = {}
    directions: list[int] = []
    row = bottom
    while row >= 0 and row in sketch.header_rows:
        for cell in sketch.grid.row(row):
            term = sketch.term(cell)
            if term is not None and term.kind == "name" and sketch.is_header(cell):
                columns.setdefault(term.field, cell.cell.col)
            elif term is not None and term.kind == "direction" and sketch.is_header(cell):
                directions.append(cell.cell.col)
        row -= 1
    # 方向性 in front of all names is the policy that they belong to, not what is decided of them.
    if columns and directions and min(directions) < min(columns.values()):
        columns.setdefault("policy", min(directions))
    return columns


def _carried(sketch: Sketch, row: int, col: int, header: int) -> GridCell | None:
    while row > header:
        cell = sketch.grid.at(row, col)
        if cell is None or not sketch.is_value(cell) or _is_heading(sketch, cell):
            return None
        if cell:
            return cell
        row = cell.cell.row - 1
    return None
