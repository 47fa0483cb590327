"""Sheets → the pages, items and problems of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extract.office.book import Area, Sheet
from extract.office.laid import Laid
from extract.office.remarks import hidden_remark, struck_remark
from extract.office.sheet_items import outside_print, sheet_to_items, table_areas
from extract.office.sheet_places import sheet_to_places, shown_at, shown_boxes
from schemas.document import Line, Page, Problem, Table


def sheets_to_document(sheets: Iterable[tuple[Sheet, str]]) -> Laid:
    """Lay out the visible sheets, each with its state; what is hidden or does not print is told and left out."""
    pages: list[Page] = []
    items: list[Line | Table] = []
    problems: list[Problem] = []
    for sheet, state in sheets:
        texts = sorted(sheet.texts())
        if state != "visible":
            problems += hidden_remark(sheet.name, "stands on a hidden sheet", texts)
            continue
        page = len(pages) + 1
        places = sheet_to_places(sheet, page)
        unprinted = outside_print(sheet, tuple(table_areas(places))) if places and sheet.printed else frozenset()
        if unprinted:
            places = sheet_to_places(sheet, page, unprinted)
        found = [*sheet.problems, *_hidden(sheet, texts, unprinted)]
        if places:
            found = [replace(problem, page=page) for problem in found]
            pages.append(Page(page, places.xs[-1], places.ys[-1], characters=_count(sheet, texts, unprinted)))
            items += sheet_to_items(sheet, places)
        problems += found
    return Laid(tuple(pages), tuple(items), tuple(problems))


def _hidden(sheet: Sheet, texts: Sequence[tuple[int, int]], unprinted: frozenset[tuple[int, int]]) -> Iterator[Problem]:
    areas = {(area.top, area.left): area for area in sheet.merged}
    hidden = [at for at in texts if at not in unprinted and not shown_at(sheet, areas, at)]
    in_rows = [at for at in hidden if _is_hidden(areas, at, sheet.hidden_rows)]
    in_cols = [at for at in hidden if not _is_hidden(areas, at, sheet.hidden_rows)]
    yield from hidden_remark(sheet.name, "stands in hidden rows", in_rows)
    yield from hidden_remark(sheet.name, "stands in hidden columns", in_cols)
    yield from hidden_remark(sheet.name, "has the colour of its ground", sheet.unseen)
    yield from struck_remark(sheet.name, sheet.struck)
    yield from hidden_remark(sheet.name, "lies outside of the print area", sorted(unprinted))


def _is_hidden(areas: dict[tuple[int, int], Area], at: tuple[int, int], rows: frozenset[int]) -> bool:
    area = areas.get(at)
    return all(row in rows for row in (range(area.top, area.bottom + 1) if area else (at[0],)))


def _count(sheet: Sheet, texts: Sequence[tuple[int, int]], unprinted: frozenset[tuple[int, int]]) -> int:
    """The characters other than white space that a sheet shows: in cells and boxes, on its tab, at head and foot."""
    areas = {(area.top, area.left): area for area in sheet.merged}
    shown = [sheet.cells[at].text for at in texts if at not in unprinted and shown_at(sheet, areas, at)]
    drawn = [box.text for box in shown_boxes(sheet)]
    return sum(len("".join(text.split())) for text in (*shown, *drawn, sheet.name, *sheet.header, *sheet.footer))
