"""A table with the kind of each of its cells known, and what its labels say as heads."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from normalize.cells.heads import Head, read_head
from normalize.cells.kinds import CellKind, kind_of
from normalize.cells.vocabulary import Term
from normalize.cells.years import YearSense
from normalize.document.table_grid import Grid, GridCell


@dataclass(frozen=True, slots=True)
class View:
    """A grid, how years are to be taken in its document, and the one year that the document names as its own."""

    grid: Grid
    sense: YearSense
    this_year: int | None = None
    used: set[int] = field(default_factory=set, compare=False)
    """The identities of cells that are labels: understood as such, though no record holds them."""

    def kind(self, cell: GridCell) -> CellKind:
        return kind_of(cell.text, self.sense)

    def head(self, cell: GridCell) -> Head:
        head = read_head(cell.text, self.sense)
        if head.relative is None or self.this_year is None:
            return head
        return replace(head, year=self.this_year + head.relative, is_period=False)

    def term(self, cell: GridCell) -> Term | None:
        return self.head(cell).term if cell else None

    def whole(self, cell: GridCell) -> Term | None:
        """The term of a label that the vocabulary holds as a whole; None where it knows its last word, or nothing."""
        term = self.term(cell)
        return term if term is not None and term.is_whole else None

    def printed(self, row: int) -> list[GridCell]:
        """The printed cells whose first row this is, from left to right; none behind the last row."""
        return [cell for cell in self.grid.starting(row) if cell]

    def is_full(self, cell: GridCell) -> bool:
        """Whether a cell is as wide as its table."""
        return cell.cell.col_span == self.grid.table.n_cols > 1

    def mark(self, *cells: GridCell) -> None:
        """Remember labels."""
        self.used.update(id(cell) for cell in cells)
