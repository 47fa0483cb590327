"""What a generated form is made of: lines and grids as a page shows them, and the facts that they state.

A grid is placed on a measure of `WIDTH` steps: where its columns run follows from where its cells begin and end, so
that blocks with other columns can be glued below or beside each other, as they are on real sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

WIDTH = 120
"""How many steps the width of the text area has."""

Align = Literal["left", "center", "right"]
Field = Literal[
    "municipality_code",
    "document_fiscal_year",
    "measure_name",
    "policy_name",
    "responsible_org",
    "participating_org",
    "indicator",
    "target",
    "actual",
    "expected",
    "difference",
    "cost",
    "grade",
    "direction",
    "passage",
]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell from step `x0` to step `x1`, over `rows` rows. `head` cells are shaded where a form shades its labels."""

    row: int
    x0: int
    x1: int
    text: str = ""
    rows: int = 1
    head: bool = False
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table. Its first `heads` rows are printed again where it goes on over a page."""

    cells: tuple[Cell, ...]
    heads: int = 0

    @property
    def n_rows(self) -> int:
        return max(cell.row + cell.rows for cell in self.cells)

    @property
    def cuts(self) -> tuple[int, ...]:
        """Where its columns begin and end."""
        return tuple(sorted({x for cell in self.cells for x in (cell.x0, cell.x1)}))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text between tables; `level` is that of a heading, 0 for text."""

    text: str
    level: int = 0


Item = Grid | Line


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a form says. `also` facts may be said by a reader, and need not be.

    `value` is the number as plain digits, or the mark of a grade; `text` what makes a number more than a number
    (`50件以上`), the kind of column of a cost (`決算`), the print of a grade, the text of a passage. `labels` are
    printed labels that may stand before the name, one in brackets a heading over several names. `unit` of a grade is
    the indicator that it judges. `printed` is what the page prints of it, where `text` does not say.
    """

    field: Field
    name: str = ""
    year: int | None = None
    value: str = ""
    unit: str = ""
    text: str = ""
    measure: str = ""
    labels: tuple[str, ...] = ()
    also: bool = False
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What one kind of block prints, and the facts of it."""

    kind: str
    items: tuple[Item, ...]
    facts: tuple[Fact, ...] = ()

    @property
    def texts(self) -> Iterator[str]:
        """Everything it prints."""
        for item in self.items:
            if isinstance(item, Line):
                yield item.text
            else:
                yield from (cell.text for cell in item.cells if cell.text)


@dataclass(frozen=True, slots=True)
class Form:
    """A whole document: its blocks as they were made, and the items as they are printed, glued and set side by side."""

    number: int
    blocks: tuple[Block, ...]
    items: tuple[Item, ...]
    wide: bool = False

    @property
    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Each fact behind the kind of block that states it."""
        for block in self.blocks:
            yield from ((block.kind, fact) for fact in block.facts)


@dataclass(slots=True)
class Drawing:
    """A grid in the making. Rows are counted from 0; `put` places one cell, `row` a whole row from left to right."""

    cells: list[Cell] = field(default_factory=list)
    at: int = 0

    def put(
        self, x0: int, x1: int, text: str, *, rows: int = 1, head: bool = False, align: Align = "left", row: int = -1
    ) -> None:
        self.cells.append(Cell(self.at if row < 0 else row, x0, x1, text, rows, head, align))

    def row(self, cells: Iterable[tuple[int, str, str]], x: int = 0) -> None:
        """A row of `(width, text, look)`; a look is made of h (head), c (centred), r (right), or is empty."""
        for width, text, look in cells:
            align: Align = "center" if "c" in look else "right" if "r" in look else "left"
            self.put(x, x + width, text, head="h" in look, align=align)
            x += width
        self.at += 1

    def grid(self, heads: int = 0) -> Grid:
        return Grid(tuple(self.cells), heads)


def below(upper: Grid, lower: Grid) -> Grid:
    """Two grids glued, the second under the first."""
    return Grid((*upper.cells, *(replace(cell, row=cell.row + upper.n_rows) for cell in lower.cells)), upper.heads)


def beside(left: Grid, right: Grid, gap: int = 4) -> Grid:
    """Two grids squeezed into the halves of the page, with nothing between them. Their rows are those of one page."""
    half = (WIDTH - gap) // 2
    return Grid(tuple(_squeezed(left, 0, half)) + tuple(_squeezed(right, WIDTH - half, WIDTH)))


def _squeezed(grid: Grid, start: int, end: int) -> Iterator[Cell]:
    """The cells between two steps; no column vanishes."""
    cuts = grid.cuts
    places = [start + round((cut - cuts[0]) * (end - start) / (cuts[-1] - cuts[0])) for cut in cuts]
    for at in range(1, len(places)):
        places[at] = max(places[at], places[at - 1] + 1)
    place = dict(zip(cuts, places, strict=True))
    for cell in grid.cells:
        yield replace(cell, x0=place[cell.x0], x1=place[cell.x1])


def shares(widths: Sequence[float], total: int = WIDTH) -> list[int]:
    """Whole steps in the proportion of `widths`, at least 1 each, together `total`.

    >>> shares([1, 1, 2], 120), shares([3, 1], 10)
    ([30, 30, 60], [8, 2])
    """
    cuts = [round(sum(widths[:n]) * total / sum(widths)) for n in range(len(widths) + 1)]
    return [max(1, after - before) for before, after in pairwise(cuts)]
