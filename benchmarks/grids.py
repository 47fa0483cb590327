"""Tables as every tool can give them, and how well those of a page agree with what a person typed."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

Grid = Sequence[Sequence[str | None]]
"""Rows of cells; None where a cell that spans covers the place, or where there is nothing."""

Told = TypeVar("Told", str, tuple[str, str, str])


class Scores(NamedTuple):
    """F1 from 0 to 1: of the cells' texts, and of which text stands beside or above which."""

    cells: float
    neighbours: float


class Placed(NamedTuple):
    """A cell with its place, as documents and typed tables have it."""

    row: int
    col: int
    text: str


class TypedCell(NamedTuple):
    """A cell as a person typed it: its first row and column from 0, and how many it covers."""

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str


class TypedTable(NamedTuple):
    """A table as a person typed it."""

    n_rows: int
    n_cols: int
    cells: Sequence[TypedCell]


def placed_to_grid(cells: Iterable[Placed]) -> Grid:
    """Each text at its cell's first row and column.

    >>> placed_to_grid([Placed(0, 0, "年度"), Placed(0, 2, "評価"), Placed(1, 0, "R7")])
    [['年度', None, '評価'], ['R7', None, None]]
    """
    every = list(cells)
    n_cols = 1 + max((cell.col for cell in every), default=-1)
    grid: list[list[str | None]] = [[None] * n_cols for _ in range(1 + max((cell.row for cell in every), default=-1))]
    for cell in every:
        grid[cell.row][cell.col] = cell.text
    return grid


def read_truth(path: Path) -> list[TypedTable]:
    """The tables that a person typed from a document: see the folder `truth` of the shared corpus."""
    tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
    return [
        TypedTable(table["n_rows"], table["n_cols"], [TypedCell(**cell) for cell in table["cells"]]) for table in tables
    ]


def typed_to_grid(table: TypedTable) -> Grid:
    """The texts of a typed table at their places."""
    return placed_to_grid(Placed(cell.row, cell.col, cell.text) for cell in table.cells)


def score(found: Sequence[Grid], truth: Sequence[Grid]) -> Scores:
    """Hold the tables that a tool found against the true ones; line ends, blanks and widths of characters aside.

    Tools cut tables at pages and number rows in their own ways, so nothing is asked about places: `cells` compares the
    texts of all cells, `neighbours` the pairs of texts with only empty cells between them, to the right and below (the
    measure of the ICDAR 2013 table competition).

    >>> score([[["課", "産業振興課"]]], [[["課", "産業振興課"]]])
    Scores(cells=1.0, neighbours=1.0)
    >>> score([[["課産業", "振興課"]]], [[["課", "産業振興課"]]])
    Scores(cells=0.0, neighbours=0.0)
    """
    return Scores(
        _f1(Counter(_texts(found)), Counter(_texts(truth))),
        _f1(Counter(_neighbours(found)), Counter(_neighbours(truth))),
    )


def _f1(found: Counter[Told], truth: Counter[Told]) -> float:
    total = found.total() + truth.total()
    return 2 * (found & truth).total() / total if total else 1.0


def _texts(grids: Sequence[Grid]) -> Iterator[str]:
    for grid in grids:
        for row in grid:
            yield from filter(None, map(_plain, row))


def _neighbours(grids: Sequence[Grid]) -> Iterator[tuple[str, str, str]]:
    for grid in grids:
        for row in grid:
            yield from (("right", *pair) for pair in pairwise(filter(None, map(_plain, row))))
        for number in range(max(map(len, grid), default=0)):
            column = (row[number] if number < len(row) else None for row in grid)
            yield from (("below", *pair) for pair in pairwise(filter(None, map(_plain, column))))


def _plain(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())
