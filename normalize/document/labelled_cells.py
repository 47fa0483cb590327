"""Small tables by their labels: the row or column of labels first, the values below or beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normalize.document.table_grid import Grid, GridCell, values_of
from normalize.text.labels import Labels


def label_cells(grid: Grid, known: Iterable[Labels]) -> dict[Labels, GridCell]:
    """The first cell of each label that a table prints."""
    cells = ((labels, next(grid.find(labels), None)) for labels in known)
    return {labels: cell for labels, cell in cells if cell is not None}


def rows_below(grid: Grid, known: Iterable[Labels]) -> Iterator[dict[Labels, GridCell]]:
    """The printed cells of each row below the labels, by the label of their column; each cell once.

    A row that prints the labels again is left out.
    """
    heads = label_cells(grid, known)
    last = max((cell.cell.row for cell in heads.values()), default=grid.table.n_rows)
    seen: set[tuple[int, int]] = set()
    for row in range(last + 1, grid.table.n_rows):
        found = {}
        for labels, head in heads.items():
            cell = grid.at(row, head.cell.col)
            if cell and (cell.cell.row, cell.cell.col) not in seen and not labels.match(cell.text):
                seen.add((cell.cell.row, cell.cell.col))
                found[labels] = cell
        if found:
            yield found


def fields_of(grid: Grid, known: Iterable[Labels]) -> dict[Labels, list[GridCell]]:
    """The printed cells of each label: below it where the labels stand side by side, else to its right."""
    known = tuple(known)
    heads = label_cells(grid, known)
    rows = [head.cell.row for head in heads.values()]
    if len(rows) < 2 or len(set(rows)) == len(rows):
        return {labels: values_of(grid, head, known) for labels, head in heads.items()}
    below = list(rows_below(grid, known))
    return {labels: [row[labels] for row in below if labels in row] for labels in heads}


def all_labels(grid: Grid, known: Iterable[Labels]) -> Iterator[GridCell]:
    """Every cell that is one of the labels, as often as it is printed."""
    for labels in known:
        yield from grid.find(labels)
