"""The areas that the rules of a sheet close → the cells of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extract.office.sheet_places import Places, Unit
from extract.office.sheet_rules import Rules, alike

_BULLET = re.compile(r"[\W_]{0,2}[0-9０-９①-⑳ア-ンa-zA-Z]{0,2}[\W_]{0,2}")
"""What stands before the text of an item, in a cell of its own."""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of squares that is one cell of a table, with the units whose text it shows."""

    row: int
    col: int
    row_span: int
    col_span: int
    units: tuple[Unit, ...] = ()

    @property
    def rows(self) -> range:
        return range(self.row, self.row + self.row_span)

    @property
    def cols(self) -> range:
        return range(self.col, self.col + self.col_span)


@dataclass(frozen=True, slots=True)
class Regions:
    """The cells of each table, and the units that stand in none."""

    tables: tuple[tuple[Region, ...], ...]
    loose: tuple[Unit, ...]


def closed_regions(places: Places, rules: Rules) -> Regions:
    """The tables that rules close, from the top of the sheet to its bottom."""
    labels, squares, is_open = _flooded(rules)
    of_label: dict[int, list[Unit]] = {}
    for unit in places.units:
        if unit.text:
            of_label.setdefault(labels[unit.row][unit.col], []).append(unit)
    closed: dict[int, tuple[Region, ...]] = {}
    loose: list[Unit] = []
    for label, region in enumerate(squares):
        units = of_label.get(label, [])
        cells = () if is_open[label] else tuple(_region_to_cells(region, units, labels))
        if cells:
            closed[label] = cells
        else:
            loose += units
    groups = _adjacent(labels, closed)
    tables = [
        tuple(sorted((cell for label in group for cell in closed[label]), key=lambda cell: (cell.row, cell.col)))
        for group in groups
    ]
    told = [table for table in tables if any(cell.units for cell in table)]
    loose.sort(key=lambda unit: (unit.row, unit.col))
    return Regions(tuple(sorted(told, key=lambda table: (table[0].row, table[0].col))), tuple(loose))


Square = tuple[int, int]


def _flooded(rules: Rules) -> tuple[list[list[int]], list[list[Square]], list[bool]]:
    """The area of each square, the squares of each area, and whether it is open to the outside."""
    n_rows, n_cols, across, down = rules.n_rows, rules.n_cols, rules.across, rules.down
    labels = [[-1] * n_cols for _ in range(n_rows)]
    squares: list[list[Square]] = []
    is_open: list[bool] = []
    for first_row in range(n_rows):
        for first_col in range(n_cols):
            if labels[first_row][first_col] >= 0:
                continue
            label = len(squares)
            labels[first_row][first_col] = label
            region, stack, leaks = [], [(first_row, first_col)], False
            while stack:
                row, col = stack.pop()
                region.append((row, col))
                for drawn, near_row, near_col in (
                    (across[row][col], row - 1, col),
                    (across[row + 1][col], row + 1, col),
                    (down[row][col], row, col - 1),
                    (down[row][col + 1], row, col + 1),
                ):
                    if drawn:
                        continue
                    if not (0 <= near_row < n_rows and 0 <= near_col < n_cols):
                        leaks = True
                    elif labels[near_row][near_col] < 0:
                        labels[near_row][near_col] = label
                        stack.append((near_row, near_col))
            squares.append(region)
            is_open.append(leaks)
    return labels, squares, is_open


def _adjacent(labels: list[list[int]], closed: dict[int, tuple[Region, ...]]) -> list[list[int]]:
    """Closed areas that touch along a side, group by group."""
    parent = {label: label for label in closed}

    def root(label: int) -> int:
        while parent[label] != label:
            parent[label] = parent[parent[label]]
            label = parent[label]
        return label

    for row, line in enumerate(labels):
        below = labels[row + 1] if row + 1 < len(labels) else None
        for col, label in enumerate(line):
            if label not in parent:
                continue
            for other in (line[col + 1] if col + 1 < len(line) else -1, below[col] if below else -1):
                if other != label and other in parent:
                    parent[root(other)] = root(label)
    groups: dict[int, list[int]] = {}
    for label in closed:
        groups.setdefault(root(label), []).append(label)
    return list(groups.values())


def _region_to_cells(
    squares: Sequence[Square], units: Sequence[Unit], labels: Sequence[Sequence[int]]
) -> Iterator[Region]:
    """A closed area as cells: one where it is a rectangle that reads as one; none where it frames others.

    Rows and columns without rules are a table of their own where they stand alone, and the body of a table where
    several heads stand above; else they are the text of one cell.
    """
    top, left = min(row for row, _ in squares), min(col for _, col in squares)
    bottom, right = max(row for row, _ in squares), max(col for _, col in squares)
    whole = Region(top, left, bottom - top + 1, right - left + 1, tuple(units))
    if len(squares) < whole.row_span * whole.col_span:
        return  # other cells stand inside its frame, or a side of it is missing: its text stands beside them
    rows = [[*row] for _, row in groupby(units, key=lambda unit: unit.row)]
    above = {labels[top - 1][col] for col in whole.cols} if top else set()
    beside = {labels[row][left - 1] for row in whole.rows} if left else set()
    if _is_grid(rows) and (len(above) > 1 or len(beside) <= 1):
        yield from _grid_cells(whole, rows)
    else:
        yield whole


def _is_grid(rows: Sequence[Sequence[Unit]]) -> bool:
    """Whether the texts of one area are a small table: rows of at least two, in the same columns, no list of items."""
    wide = [row for row in rows if len(row) > 1]
    return len(wide) > 1 and alike(wide) and not all(_BULLET.fullmatch(row[0].text) for row in wide)


def _grid_cells(whole: Region, rows: Sequence[Sequence[Unit]]) -> Iterator[Region]:
    """The cells of a small table without rules: from each text's column to the next one's."""
    starts = sorted({whole.col, *(unit.col for row in rows for unit in row)})
    tops = [whole.row, *(row[0].row for row in rows[1:])]
    for number, row in enumerate(rows):
        bottom = tops[number + 1] if number + 1 < len(tops) else whole.rows.stop
        by_col = {unit.col: unit for unit in row}
        for place, col in enumerate(starts):
            end = starts[place + 1] if place + 1 < len(starts) else whole.cols.stop
            unit = by_col.get(col)
            yield Region(tops[number], col, bottom - tops[number], end - col, (unit,) if unit else ())
