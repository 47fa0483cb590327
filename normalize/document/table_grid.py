"""A table seen by its cells: who stands beside and below whom, and which labels head a column.

Cells are found by their label, never by their position. A place covered by a merged cell gives that cell; a place that
is empty gives an empty cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from normalize.document.text_span import Excerpt, Place
from normalize.text.folding import squeeze
from normalize.text.labels import Labels, any_of, label_keys
from schemas.document import Cell, Document, Table
from schemas.light import light

_STOREYS = 4
"""So many storeys of a header under a group tell whether it comes again."""


@light
class GridCell:
    """A cell and its text as an excerpt."""

    cell: Cell
    excerpt: Excerpt

    @property
    def text(self) -> str:
        return self.excerpt.text

    def __bool__(self) -> bool:
        """Whether anything is printed in it: asked twenty times of each cell, so without asking the excerpt."""
        excerpt = self.excerpt
        text = excerpt.whole[excerpt.start : excerpt.end]
        return bool(text) and not text.isspace()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with every place resolved to the cell that covers it. `item` is the table's position in the document.

    `labels` maps each spelling by which a text is compared (`label_keys`) to the indices of its cells in `cells`.
    """

    item: int
    table: Table
    cells: tuple[GridCell, ...]
    places: dict[tuple[int, int], int]
    labels: dict[str, list[int]]
    known_rows: dict[int, list[GridCell]] = field(default_factory=dict, repr=False, compare=False)
    """The rows that were asked for: they are asked for many times."""

    @property
    def rows(self) -> range:
        return range(self.table.n_rows)

    def at(self, row: int, col: int) -> GridCell | None:
        """The cell that covers a place; None where the grid has a hole."""
        index = self.places.get((row, col))
        return None if index is None else self.cells[index]

    def row(self, row: int) -> Sequence[GridCell]:
        """The cells that cover a row, from left to right, each once."""
        if row not in self.known_rows:
            indices = (self.places.get((row, col)) for col in range(self.table.n_cols))
            self.known_rows[row] = [self.cells[index] for index in dict.fromkeys(i for i in indices if i is not None)]
        return self.known_rows[row]

    def starting(self, row: int) -> list[GridCell]:
        """The cells whose first row this is, from left to right."""
        return [cell for cell in self.row(row) if cell.cell.row == row]

    def right_of(self, cell: GridCell, row: int | None = None) -> list[GridCell]:
        """The cells to the right of one, in its first row or the given one of its rows."""
        at = cell.cell.row if row is None else row
        return [other for other in self.row(at) if other.cell.col > cell.cell.col]

    def left_of(self, cell: GridCell) -> list[GridCell]:
        """The cells to the left of one in its first row, the nearest first."""
        return [other for other in reversed(self.row(cell.cell.row)) if other.cell.col < cell.cell.col]

    def find(self, labels: Labels) -> Iterator[GridCell]:
        """The cells that are such a label, in reading order."""
        found = {index for spelling in self.labels.keys() & labels.keys for index in self.labels[spelling]}
        return (self.cells[index] for index in sorted(found))


def grid_of(item: int, table: Table) -> Grid:
    """Resolve every place of a table."""
    cells = tuple(GridCell(cell, Excerpt.of(cell.text, Place(item, index))) for index, cell in enumerate(table.cells))
    places = {
        (row, col): index for index, cell in enumerate(table.cells) for row in cell.rows for col in cell.cols
    }  # fmt: skip
    labels: dict[str, list[int]] = {}
    for index, cell in enumerate(table.cells):
        for key in label_keys(cell.text):
            labels.setdefault(key, []).append(index)
    return Grid(item, table, cells, places, labels)


def grids(document: Document) -> Iterator[Grid]:
    """The grids of a document, in reading order."""
    return (grid_of(index, item) for index, item in enumerate(document.items) if isinstance(item, Table))


def values_of(grid: Grid, label: GridCell, known: Iterable[Labels]) -> list[GridCell]:
    """The printed cells beside a label: to its right, up to the next known label."""
    others = any_of(tuple(known))
    values = []
    for cell in grid.right_of(label):
        if others.match(cell.text):
            break
        if cell:
            values.append(cell)
    return values


def header_paths(grid: Grid, header_rows: range) -> dict[int, tuple[GridCell, ...]]:
    """The header cells above each column, from the top: the path from a group to its leaf.

    An empty header place belongs to the printed group on its left, because the text form cannot tell a merged group
    from an empty one; a leaf row is never filled that way. It begins a group without a name where that on its left, or
    it itself, is merged, so that spans are printed, and where what stands under the group on its left comes again.
    """
    paths: dict[int, tuple[GridCell, ...]] = {}
    printed: dict[int, GridCell] = {}  # the last one of each row so far
    under: dict[int, set[tuple[str, ...]]] = {}  # what stands under that, storey by storey
    for col in range(grid.table.n_cols):
        path: dict[int, GridCell] = {}  # by their identity: a header may be thousands of rows that are printed again
        below: tuple[str, ...] = ()
        for row in reversed(header_rows):
            cell = grid.at(row, col)
            if cell:
                if printed.get(row) is not cell:
                    under[row] = set()
                printed[row] = cell
            elif cell is not None and row + 1 in header_rows:
                if _begins_group(cell, printed.get(row), below, under.get(row, set())):
                    printed.pop(row, None)
                cell = printed.get(row)
            if any(below) and row in under:
                under[row].add(below)
            if cell and id(cell) not in path:
                path[id(cell)] = cell
                below = (squeeze(cell.text), *below[:_STOREYS])
        paths[col] = tuple(reversed(path.values()))
    return paths


def _begins_group(empty: GridCell, group: GridCell | None, below: tuple[str, ...], under: set[tuple[str, ...]]) -> bool:
    """Whether an empty place of a header is no part of the group on its left, under which all this stands already."""
    if empty.cell.row_span > 1:
        return True
    return empty.cell.col_span > 1 or (group is not None and group.cell.col_span > 1) or below in under
