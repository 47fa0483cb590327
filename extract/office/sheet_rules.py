"""The rules of a sheet: which sides of which squares are drawn, and those that a reader adds in thought.

A table is often drawn without its outer sides, with rules between rows alone, or with a frame around its head alone.
Where the cells show where its columns are, the missing rules are put in, so that each of its cells is closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from extract.office.book import BOTTOM, LEFT, RIGHT, TOP
from extract.office.sheet_places import Places, Unit

_LIKE = 0.6
"""The share of columns that two rows must have in common to be rows of one table."""

_MOST_TITLES = 2
"""So many titles stand one below the other: a goal and its measure."""

_LEAST_ROWS = 3
"""So many rows that are alike show that blanks between rules are borders of columns."""


class Rules:
    """The drawn sides: `across[row][col]` above a square, `down[row][col]` at its left; one more row and column."""

    def __init__(self, places: Places) -> None:
        self.n_rows, self.n_cols = len(places.rows), len(places.cols)
        self.across = [bytearray(self.n_cols) for _ in range(self.n_rows + 1)]
        self.down = [bytearray(self.n_cols + 1) for _ in range(self.n_rows)]
        for (row, col), sides in places.borders.items():
            if sides & TOP:
                self.across[row][col] = 1
            if sides & BOTTOM:
                self.across[row + 1][col] = 1
            if sides & LEFT:
                self.down[row][col] = 1
            if sides & RIGHT:
                self.down[row][col + 1] = 1
        for unit in places.units:
            for row in unit.rows:
                for col in unit.cols[1:]:
                    self.down[row][col] = 0
                if row > unit.row:
                    for col in unit.cols:
                        self.across[row][col] = 0

    def sides(self, unit: Unit) -> int:
        """The sides of a unit that are drawn from end to end."""
        top = all(self.across[unit.row][col] for col in unit.cols)
        bottom = all(self.across[unit.rows.stop][col] for col in unit.cols)
        left = all(self.down[row][unit.col] for row in unit.rows)
        right = all(self.down[row][unit.cols.stop] for row in unit.rows)
        return LEFT * left | RIGHT * right | TOP * top | BOTTOM * bottom

    def draw(self, unit: Unit, sides: int) -> None:
        """Draw sides of a unit."""
        for col in unit.cols:
            if sides & TOP:
                self.across[unit.row][col] = 1
            if sides & BOTTOM:
                self.across[unit.rows.stop][col] = 1
        for row in unit.rows:
            if sides & LEFT:
                self.down[row][unit.col] = 1
            if sides & RIGHT:
                self.down[row][unit.cols.stop] = 1


def places_to_rules(places: Places) -> Rules:
    """The rules of a sheet, with those that are put in."""
    rules = Rules(places)
    units = [unit for unit in places.units if unit.text]
    filled = {(row, col) for unit in places.units for row in unit.rows for col in unit.cols}
    for unit in units:
        _close_last_side(rules, unit, filled)
    _part_columns(rules, units)
    return rules


def _close_last_side(rules: Rules, unit: Unit, filled: set[tuple[int, int]]) -> None:
    """Close a cell that three sides bound where nothing stands behind the fourth: the last column of a table."""
    sides = rules.sides(unit)
    for open_side in (LEFT, RIGHT, TOP, BOTTOM):
        if sides == (LEFT | RIGHT | TOP | BOTTOM) - open_side:
            beyond = {
                LEFT: [(row, unit.col - 1) for row in unit.rows],
                RIGHT: [(row, unit.cols.stop) for row in unit.rows],
                TOP: [(unit.row - 1, col) for col in unit.cols],
                BOTTOM: [(unit.rows.stop, col) for col in unit.cols],
            }[open_side]
            if not any(square in filled for square in beyond):
                rules.draw(unit, open_side)


def _part_columns(rules: Rules, units: Sequence[Unit]) -> None:
    """Draw the columns of rows that only rules across keep apart, where at least three of them are alike.

    A row of one text between such rows is a title across them.
    """
    strips = [*_strips(rules, units)]
    titles = {strip[0].row for strip in strips if len(strip) == 1}
    runs: list[list[list[Unit]]] = []
    for strip in strips:
        if len(strip) == 1:
            continue
        if runs and _goes_on(runs[-1][-1], strip, titles):
            runs[-1].append(strip)
        else:
            runs.append([strip])
    for run in runs:
        if len(run) < _LEAST_ROWS:
            continue
        starts = {unit.col for strip in run for unit in strip}
        ends = {unit.cols.stop for strip in run for unit in strip}
        for strip in run:
            row = strip[0].row
            spanned = {col for unit in strip for col in unit.cols[1:]}
            for col in starts - spanned:
                rules.down[row][col] = 1
            rules.down[row][max(ends)] = 1
        for row in titles & {*range(run[0][0].row, run[-1][0].row)}:
            rules.down[row][min(starts)] = rules.down[row][max(ends)] = 1


def _strips(rules: Rules, units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """The units of a row that stand between two rules across without any down between them."""
    for _, of_row in groupby((unit for unit in units if unit.row_span == 1), key=lambda unit: unit.row):
        strip: list[Unit] = []
        for unit in of_row:
            is_ruled = rules.sides(unit) & (TOP | BOTTOM) == (TOP | BOTTOM)
            if strip and (not is_ruled or _parted(rules, strip[-1], unit)):
                yield strip
                strip = []
            if is_ruled:
                strip.append(unit)
        if strip:
            yield strip


def _parted(rules: Rules, left: Unit, right: Unit) -> bool:
    return any(rules.down[left.row][col] for col in range(left.cols.stop, right.col + 1))


def _goes_on(above: Sequence[Unit], below: Sequence[Unit], titles: set[int]) -> bool:
    """Whether two strips are rows of one table: nothing but titles between them, most of their columns in common."""
    mine, theirs = {unit.col for unit in above}, {unit.col for unit in below}
    between = {*range(above[0].row + 1, below[0].row)}
    return (
        between <= titles and len(between) <= _MOST_TITLES and len(mine & theirs) >= _LIKE * min(len(mine), len(theirs))
    )


def alike(rows: Sequence[Sequence[Unit]]) -> bool:
    """Whether rows of units stand in the same columns; heads also stand in the columns of a head merged over them."""
    return all(
        max(_in_columns(above, below), _in_columns(below, above)) >= round(_LIKE * min(len(above), len(below)))
        for above, below in pairwise(rows)
    )


def _in_columns(over: Sequence[Unit], units: Sequence[Unit]) -> int:
    """How many units begin where others do, or within one that is merged over several columns."""
    starts = {col for unit in over for col in (unit.cols if unit.col_span > 1 else (unit.col,))}
    return sum(unit.col in starts for unit in units)
