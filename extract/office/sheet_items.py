"""A sheet → the tables and lines of a document, in reading order, laid out as one page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extract.office.book import Area, Sheet, place_name
from extract.office.sheet_places import Places, Unit, shown_boxes
from extract.office.sheet_regions import Region, Regions, closed_regions
from extract.office.sheet_rules import alike, places_to_rules
from schemas.document import Box, Cell, CellStyle, Fragment, Line, Table

_LABEL_SHARE = 0.5
"""A frame with one cell is a table where it takes up to this share of the sheet's width; a wider one frames text."""

_FILLED = 0.4
"""The least share of squares with text in a table without rules."""

_FILLER = re.compile(r"[ \u3000\xa0]{8,}")
"""Blanks that people put to get to the next line of a cell."""
_EDGE_BLANKS = re.compile(r"[^\S\n]*\n[^\S\n]*")


@dataclass(frozen=True, slots=True)
class _Placed:
    """An item with where it begins."""

    row: int
    col: int
    item: Line | Table


def printed_text(text: str) -> str:
    """A cell's text by its lines, without blanks at their ends; blanks that fill up a line are the end of it.

    >>> printed_text("　主な事業　\\n　周知" + "　" * 20 + "広報 ")
    '主な事業\\n周知\\n広報'
    """
    return _EDGE_BLANKS.sub("\n", _FILLER.sub("\n", text.replace("\t", " "))).strip()


def sheet_to_items(sheet: Sheet, places: Places) -> tuple[Line | Table, ...]:
    """The items of a sheet, from its top to its bottom: its name, its running titles, tables, lines, text boxes."""
    rules = places_to_rules(places)
    regions = closed_regions(places, rules)
    placed = [*_tables(places, regions), *_loose_items(places, regions), *_boxes(sheet, places)]
    placed.sort(key=lambda each: (each.row, each.col))
    head = (_title(sheet.name, places), *(_running(text, "header", places) for text in sheet.header))
    foot = (_running(text, "footer", places) for text in sheet.footer)
    return (*head, *(each.item for each in placed), *foot)


def _title(name: str, places: Places) -> Line:
    """The name on the sheet's tab: it stands over the sheet, and no print shows it."""
    return Line(name, (Fragment(places.page, name, place=name),), role="header")


def _running(text: str, role: str, places: Places) -> Line:
    return Line(text, (Fragment(places.page, text),), role="header" if role == "header" else "footer")


def _tables(places: Places, regions: Regions) -> Iterator[_Placed]:
    used = places.xs[-1]
    for cells in regions.tables:
        only = cells[0]
        if len(cells) == 1:
            width = places.xs[only.cols.stop] - places.xs[only.col]
            is_short = len(only.units) == 1 and "\n" not in printed_text(only.units[0].text)
            if not is_short or width > _LABEL_SHARE * used:
                yield from _unit_lines(places, only.units)
                continue
        table = _regions_to_table(places, cells)
        yield _Placed(only.row, only.col, table)


def _regions_to_table(places: Places, regions: Sequence[Region]) -> Table:
    """A table whose rows and columns are those that some cell really has; empty rows at its end are left out."""
    last = max(region.rows.stop for region in regions if region.units)
    kept = [region for region in regions if region.row < last]
    rows = _numbers([(region.row, min(region.rows.stop, last)) for region in kept])
    cols = _numbers([(region.col, region.cols.stop) for region in kept])
    cells = [
        Cell(
            row=rows[region.row],
            col=cols[region.col],
            row_span=rows[min(region.rows.stop, last)] - rows[region.row],
            col_span=cols[region.cols.stop] - cols[region.col],
            text=_region_text(region),
            fragments=_region_fragments(places, region),
            style=region.units[0].style if region.units else None,
        )
        for region in kept
    ]
    return Table(max(rows.values()), max(cols.values()), tuple(cells))


def _numbers(spans: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Number the borders that cells have; two are one where no cell lies between them."""
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    used = sorted(starts | ends)
    numbers = {used[0]: 0}
    for before, line in pairwise(used):
        is_gap = before not in starts and line not in ends
        numbers[line] = numbers[before] + (0 if is_gap else 1)
    return numbers


def _region_text(region: Region) -> str:
    """The texts of a cell: those of one row beside each other, rows one below the other."""
    rows = groupby(region.units, key=lambda unit: unit.row)
    lines = ("\u3000".join(filter(None, (printed_text(unit.text) for unit in of_row))) for _, of_row in rows)
    return "\n".join(line for line in lines if line)


def _region_fragments(places: Places, region: Region) -> tuple[Fragment, ...]:
    """What stands in a cell, each text with its own place in the sheet and the box of the whole cell."""
    return tuple(
        places.fragment(
            Unit(region.row, region.col, region.row_span, region.col_span, printed_text(unit.text), unit.style, unit.at)
        )
        for unit in region.units
    ) or (places.empty(region.rows, region.cols),)


def _unit_lines(places: Places, units: Sequence[Unit]) -> Iterator[_Placed]:
    """The lines of cells outside of tables."""
    for unit in units:
        for line in _lines(unit.text, places.fragment(unit)):
            yield _Placed(unit.row, unit.col, line)


def _lines(text: str, whole: Fragment) -> Iterator[Line]:
    """The lines of a text, each in its strip of the box that all have together."""
    texts = [line for line in printed_text(text).split("\n") if line]
    for number, line in enumerate(texts):
        box = whole.box
        if box is not None and len(texts) > 1:
            height = box.height / len(texts)
            box = Box(box.x0, box.top + number * height, box.x1, box.top + (number + 1) * height)
        yield Line(line, (replace(whole, text=line, box=box),))


def _boxes(sheet: Sheet, places: Places) -> Iterator[_Placed]:
    """The lines of boxes that are drawn over the sheet, where they begin."""
    for box in shown_boxes(sheet):
        area = box.area
        row, col = places.row_of(area.top), places.col_of(area.left)
        rows = range(row, max(row, places.row_of(area.bottom)) + 1)
        cols = range(col, max(col, places.col_of(area.right)) + 1)
        name = place_name(sheet.name, area.top, area.left)
        if (area.bottom, area.right) != (area.top, area.left):
            name = f"{name}:{place_name('', area.bottom, area.right)[1:]}"
        for line in _lines(box.text, Fragment(places.page, box.text, places.box(rows, cols), name)):
            yield _Placed(row, col, line)


def _loose_items(places: Places, regions: Regions) -> Iterator[_Placed]:
    """What stands outside of closed cells: tables without rules, told by rows that stand in the same columns."""
    ruled = {row for table in regions.tables for region in table for row in region.rows}
    band: list[list[Unit]] = []
    end = -1
    for row, of_row in groupby(regions.loose, key=lambda unit: unit.row):
        units = [*of_row]
        if band and (row > end or row in ruled):
            yield from _band_items(places, band)
            band = []
        if row in ruled:
            yield from _unit_lines(places, units)
            continue
        band.append(units)
        end = max(unit.rows.stop for units_of_row in band for unit in units_of_row)
    yield from _band_items(places, band)


def _band_items(places: Places, band: Sequence[Sequence[Unit]]) -> Iterator[_Placed]:
    """The items of adjacent rows: lines above, a table where there is one, lines below."""
    wide = [number for number, row in enumerate(band) if len(row) > 1]
    first, last = (wide[0], wide[-1] + 1) if wide else (0, 0)
    body = band[first:last]
    if not _is_table(body):
        first = last = len(band)
        body = []
    for row in band[:first]:
        yield from _unit_lines(places, row)
    if body:
        yield _band_table(places, body)
    for row in band[last:]:
        yield from _unit_lines(places, row)


def _is_table(rows: Sequence[Sequence[Unit]]) -> bool:
    """Whether rows are a table: at least two of two texts or more, in the same columns, most squares filled."""
    wide = [row for row in rows if len(row) > 1]
    columns = {unit.col for row in rows for unit in row}
    filled = sum(len(row) for row in rows)
    return len(wide) > 1 and alike(wide) and filled >= _FILLED * len(rows) * len(columns)


def _band_table(places: Places, rows: Sequence[Sequence[Unit]]) -> _Placed:
    units = [unit for row in rows for unit in row]
    taken = {(row, col) for unit in units for row in unit.rows for col in unit.cols}
    starts = sorted({unit.col for unit in units})
    ends = [*starts[1:], max(unit.cols.stop for unit in units)]
    tops = sorted({unit.row for unit in units})
    bottoms = [*tops[1:], max(unit.rows.stop for unit in units)]
    regions = []
    by_place = {(unit.row, unit.col): unit for unit in units}
    for top, bottom in zip(tops, bottoms, strict=True):
        for col, end in zip(starts, ends, strict=True):
            if unit := by_place.get((top, col)):
                stop = max((e for e in ends if e <= max(unit.cols.stop, end)), default=end)
                below = max((b for b in bottoms if b <= max(unit.rows.stop, bottom)), default=bottom)
                regions.append(Region(top, col, below - top, stop - col, (unit,)))
            elif (top, col) not in taken:
                regions.append(Region(top, col, bottom - top, end - col))
    return _Placed(tops[0], starts[0], _regions_to_table(places, regions))


def outside_print(sheet: Sheet, table_areas: Sequence[Area]) -> frozenset[tuple[int, int]]:
    """The cells with text that do not print: outside of the print areas and of what lies over their borders.

    A table that only begins in a print area is one that people read on the screen; it is kept whole.
    """
    if not sheet.printed:
        return frozenset()
    kept = [*sheet.printed, *(area for area in table_areas if any(area.meets(print_) for print_ in sheet.printed))]
    return frozenset(at for at in sheet.texts() if not any(area.holds(*at) for area in kept))


def table_areas(places: Places) -> Iterator[Area]:
    """The rectangles of the sheet that its ruled tables take, in its own rows and columns."""
    regions = closed_regions(places, places_to_rules(places))
    for table in regions.tables:
        rows = [places.rows[row] for region in table for row in region.rows if places.rows[row] >= 0]
        cols = [places.cols[col] for region in table for col in region.cols if places.cols[col] >= 0]
        if rows and cols:
            yield Area(min(rows), min(cols), max(rows), max(cols))


__all__ = ["CellStyle", "outside_print", "printed_text", "sheet_to_items", "table_areas"]
