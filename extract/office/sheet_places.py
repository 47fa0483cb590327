"""A sheet as it is seen: its visible rows and columns, the cells and merged cells on them, and where they lie.

What is hidden is left out here. Rows and columns without text and border are left out too, but for one in each gap,
which keeps apart what stands on both sides of it: a stray cell in the last row of a sheet costs nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from extract.office.book import BOTTOM, LEFT, RIGHT, TOP, Area, Sheet, SheetCell, TextBox, place_name
from schemas.document import Box, CellStyle, Fragment

_LARGEST: Final = 10_000.0
"""The most that a row or column takes, in points; office programs allow a fifth of it, a broken file says anything."""

_EMPTY_BEHIND = 60
"""So many rows and columns behind the last text are looked at for the borders of a box that was left empty."""

_MOST_OVERLAPS = 100
"""Merged cells lie over each other in broken files alone; after so many the rest are not looked at."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A cell or a merged cell: the visible rows and columns that it takes, and its first cell in the sheet."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    style: CellStyle | None
    at: tuple[int, int]

    @property
    def rows(self) -> range:
        return range(self.row, self.row + self.row_span)

    @property
    def cols(self) -> range:
        return range(self.col, self.col + self.col_span)


@dataclass(frozen=True, slots=True)
class Places:
    """The squares of a sheet: `rows` and `cols` are those of the sheet, -1 for a gap.

    `units` are the cells with text and the merged cells, by row and column. `borders` are the sides drawn around the
    squares that have any. `xs` and `ys` are the borders of columns and rows, in points from the sheet's corner.
    """

    sheet: str
    page: int
    rows: tuple[int, ...]
    cols: tuple[int, ...]
    units: tuple[Unit, ...]
    borders: Mapping[tuple[int, int], int]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def box(self, rows: range, cols: range) -> Box:
        """The rectangle of some rows and columns."""
        return Box(self.xs[cols.start], self.ys[rows.start], self.xs[cols.stop], self.ys[rows.stop])

    def fragment(self, unit: Unit, text: str | None = None) -> Fragment:
        """What stands in a unit, or one of its lines."""
        printed = unit.text if text is None else text
        return Fragment(self.page, printed, self.box(unit.rows, unit.cols), place_name(self.sheet, *unit.at))

    def empty(self, rows: range, cols: range) -> Fragment:
        """The fragment of an empty cell."""
        row = next((self.rows[number] for number in rows if self.rows[number] >= 0), 0)
        col = next((self.cols[number] for number in cols if self.cols[number] >= 0), 0)
        return Fragment(self.page, "", self.box(rows, cols), place_name(self.sheet, row, col))

    def row_of(self, row: int) -> int:
        """The number here of the first visible row from one of the sheet on."""
        return _first_from(self.rows, row)

    def col_of(self, col: int) -> int:
        """The number here of the first visible column from one of the sheet on."""
        return _first_from(self.cols, col)


def _first_from(lines: tuple[int, ...], line: int) -> int:
    return next((number for number, each in enumerate(lines) if each >= line), len(lines) - 1)


def shown_at(sheet: Sheet, areas: Mapping[tuple[int, int], Area], at: tuple[int, int]) -> bool:
    """Whether a cell with text is seen: it, or the merged cell that it begins, has a visible row and column."""
    area = areas.get(at)
    rows = range(area.top, area.bottom + 1) if area else range(at[0], at[0] + 1)
    cols = range(area.left, area.right + 1) if area else range(at[1], at[1] + 1)
    return any(row not in sheet.hidden_rows for row in rows) and any(col not in sheet.hidden_cols for col in cols)


def shown_boxes(sheet: Sheet) -> Iterator[TextBox]:
    """The boxes over a sheet that do not lie on hidden rows alone."""
    hidden = sheet.hidden_rows
    return (box for box in sheet.boxes if not (box.area.top in hidden and box.area.bottom in hidden))


def sheet_to_places(sheet: Sheet, page: int, left_out: frozenset[tuple[int, int]] = frozenset()) -> Places | None:
    """The squares of a sheet without the cells that are `left_out`; None where nothing is seen on it."""
    areas = {(area.top, area.left): area for area in sheet.merged}
    texts = [at for at in sheet.texts() if at not in left_out and shown_at(sheet, areas, at)]
    texts += [(box.area.top, box.area.left) for box in shown_boxes(sheet)]
    if not texts:
        return None
    inside = [areas.get(at, Area(*at, *at)) for at in texts]
    last_row = max(area.bottom for area in inside) + _EMPTY_BEHIND
    last_col = max(area.right for area in inside) + _EMPTY_BEHIND
    seen = {at for at, cell in sheet.cells.items() if (cell.text or cell.borders) and at not in left_out}
    seen |= {(box.area.top, box.area.left) for box in shown_boxes(sheet)}
    ends = {(area.bottom, area.right) for area in inside}
    rows = _lines((row for row, _ in seen | ends if row <= last_row), sheet.hidden_rows)
    cols = _lines((col for _, col in seen | ends if col <= last_col), sheet.hidden_cols)
    row_numbers = {row: number for number, row in enumerate(rows) if row >= 0}
    col_numbers = {col: number for number, col in enumerate(cols) if col >= 0}
    units = _units(sheet, left_out, rows, cols)
    borders = {
        (row_numbers[row], col_numbers[col]): cell.borders
        for (row, col), cell in sheet.cells.items()
        if cell.borders and row in row_numbers and col in col_numbers and (row, col) not in left_out
    }
    return Places(
        sheet=sheet.name,
        page=page,
        rows=rows,
        cols=cols,
        units=units,
        borders=borders | _whole_frames(sheet, units, borders),
        xs=_positions(cols, sheet.widths, sheet.default_width),
        ys=_positions(rows, sheet.heights, sheet.default_height),
    )


def _lines(used: Iterable[int], hidden: frozenset[int]) -> tuple[int, ...]:
    """The visible ones of the rows or columns in use, in order, with -1 where others stand empty between them."""
    lines: list[int] = []
    before = -1
    for line in sorted(set(used)):
        if line in hidden:
            continue
        if lines and any(between not in hidden for between in range(before + 1, line)):
            lines.append(-1)
        lines.append(line)
        before = line
    return tuple(lines)


def _units(
    sheet: Sheet, left_out: frozenset[tuple[int, int]], rows: tuple[int, ...], cols: tuple[int, ...]
) -> tuple[Unit, ...]:
    row_lines, row_at = _indexed(rows)
    col_lines, col_at = _indexed(cols)
    merged = {(area.top, area.left): area for area in sheet.merged}
    covered: set[tuple[int, int]] = set()
    overlaps = 0
    units = []
    for at, area in sorted(merged.items()):
        first_row, last_row = bisect_left(row_lines, area.top), bisect_right(row_lines, area.bottom) - 1
        first_col, last_col = bisect_left(col_lines, area.left), bisect_right(col_lines, area.right) - 1
        if first_row > last_row or first_col > last_col or at in left_out:
            continue
        top, bottom, left, right = row_at[first_row], row_at[last_row], col_at[first_col], col_at[last_col]
        squares = {(row, col) for row in range(top, bottom + 1) for col in range(left, right + 1)}
        if squares & covered:
            overlaps += 1
            if overlaps > _MOST_OVERLAPS:
                break
            continue
        covered |= squares
        cell = sheet.cells.get(at, SheetCell())
        units.append(Unit(top, left, bottom - top + 1, right - left + 1, cell.text, cell.style, at))
    row_numbers, col_numbers = dict(zip(row_lines, row_at, strict=True)), dict(zip(col_lines, col_at, strict=True))
    for (row, col), cell in sheet.cells.items():
        if cell.text and row in row_numbers and col in col_numbers and (row, col) not in left_out:
            place = row_numbers[row], col_numbers[col]
            if place not in covered:
                units.append(Unit(*place, 1, 1, cell.text, cell.style, (row, col)))
    return tuple(sorted(units, key=lambda unit: (unit.row, unit.col)))


def _indexed(lines: tuple[int, ...]) -> tuple[list[int], list[int]]:
    """The lines that are none of the gaps, and the number of each among all."""
    pairs = [(line, number) for number, line in enumerate(lines) if line >= 0]
    return [line for line, _ in pairs], [number for _, number in pairs]


def _whole_frames(
    sheet: Sheet, units: Iterable[Unit], borders: Mapping[tuple[int, int], int]
) -> dict[tuple[int, int], int]:
    """The borders of merged cells whose first cell has all four sides, which some writers set there alone."""
    found: dict[tuple[int, int], int] = {}
    whole = LEFT | RIGHT | TOP | BOTTOM
    for unit in units:
        cell = sheet.cells.get(unit.at)
        if cell is None or cell.borders != whole or unit.row_span * unit.col_span == 1:
            continue
        for row in unit.rows:
            for col in unit.cols:
                sides = (
                    (LEFT if col == unit.col else 0)
                    | (RIGHT if col == unit.cols[-1] else 0)
                    | (TOP if row == unit.row else 0)
                    | (BOTTOM if row == unit.rows[-1] else 0)
                )
                if sides:
                    found[row, col] = found.get((row, col), borders.get((row, col), 0)) | sides
    return found


def _positions(lines: tuple[int, ...], sizes: Mapping[int, float], default: float) -> tuple[float, ...]:
    """The borders of rows or columns, in points; a gap is as wide as one of them.

    >>> _positions((0, 1, 2), {1: 20.0, 2: 1e300}, 13.5)
    (0.0, 13.5, 33.5, 10033.5)
    """
    positions = [0.0]
    for line in lines:
        positions.append(round(positions[-1] + min(max(sizes.get(line, default), 0.0), _LARGEST), 2))
    return tuple(positions)
