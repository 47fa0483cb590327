"""From the contents of all pages to the items of a document: tables over page breaks, paragraphs, furniture.

An item of a page has no name of its own, and two may print the same: the dictionaries here are by the `id` of the item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from extract.pdf.page.headers_footers import furniture_roles, repeated_captions
from extract.pdf.page.page_layout import PageContent
from extract.pdf.tables.cell_assignment import Draft, draft_to_table
from extract.pdf.tables.page_stitching import append_page, is_continued
from extract.pdf.tables.side_stitching import append_columns, goes_on_beside
from extract.pdf.text.boxed_line import BoxedLine
from extract.pdf.text.line_breaks import usual_leading
from extract.pdf.text.paragraphs import Measures, lines_to_paragraphs, measure
from schemas.document import Fragment, Line, LineRole, Page, Table

_NOTE = re.compile(r"[(（][^()（）]{1,12}[)）]")
"""A short remark in brackets: the unit of the table under it."""


def contents_to_items(contents: Sequence[PageContent]) -> Iterator[Line | Table]:
    """The lines and tables of a document, in reading order, page after page.

    A table that goes on over a page break is one, where it begins. Lines of the body that follow each other are
    paragraphs; headers and footers stay lines and say what they are.
    """
    roles = furniture_roles(contents)
    whole = _whole_tables([_without(content, roles) for content in contents])
    roles |= dict.fromkeys(whole.captions, "header")
    found = dict(_body([_without(content, roles) for content in contents], whole.tables))
    for content in contents:
        for item in content.items:
            if (role := roles.get(id(item))) is not None and isinstance(item, BoxedLine):
                yield Line(item.line.text, (Fragment(content.page.number, item.line.text, item.line.box),), role)
            elif id(item) in found:
                yield found[id(item)]


def _without(content: PageContent, roles: Mapping[int, LineRole]) -> PageContent:
    """The body of a page."""
    return replace(content, items=tuple(item for item in content.items if id(item) not in roles))


def _body(bodies: Sequence[PageContent], tables: Mapping[int, Draft]) -> Iterator[tuple[int, Line | Table]]:
    """Tables and paragraphs, each with the `id` of the item that it begins with."""
    measures = _measures(bodies)
    leading = usual_leading(part.lines for table in tables.values() for cell in table.cells for part in cell.parts)
    stretch: list[tuple[BoxedLine, float]] = []
    for body in bodies:
        for item in body.items:
            if isinstance(item, BoxedLine):
                stretch.append((item, body.page.width or 0.0))
            elif (table := tables.get(id(item))) is not None:
                yield from ((id(first), line) for first, line in lines_to_paragraphs(stretch, measures))
                yield id(item), draft_to_table(table, leading)
                stretch = []
    yield from ((id(first), line) for first, line in lines_to_paragraphs(stretch, measures))


@dataclass(slots=True)
class _WholeTables:
    """The tables of a document with what goes on on later pages."""

    tables: dict[int, Draft]
    """By the table as its first page shows it. What goes on is no table of its own."""
    captions: list[int] = field(default_factory=list)
    """The lines over what goes on that are printed again."""


class _PageBreak(NamedTuple):
    """A table at the end of a page, and what may be its rest on the next one."""

    last: Draft
    captions: tuple[BoxedLine, ...]
    """What stands over `below` as it stood over the table."""
    below: Draft | None
    """Its rows may go on."""
    beside: Draft | None
    """Its columns may go on."""


def _whole_tables(bodies: Sequence[PageContent]) -> _WholeTables:
    tables = {id(item): item for body in bodies for item in body.items if isinstance(item, Draft)}
    found = _WholeTables(tables)
    bottoms = _body_bottoms(bodies)
    heads: dict[int, int] = {}  # the table that one on a later page goes on
    for before, after in pairwise(bodies):
        cut = _page_break(before, after)
        if cut is None:
            continue
        head = heads.get(id(cut.last), id(cut.last))
        room = bottoms[_shape(before.page)] - cut.last.box_on(before.page.number).bottom
        below, beside = cut.below, cut.beside
        if below is not None and is_continued(tables[head], below, room, has_caption=bool(cut.captions)):
            tables[head] = append_page(tables[head], below)
            heads[id(below)] = head
            del tables[id(below)]
        elif beside is not None and tables[head] is cut.last and goes_on_beside(cut.last, beside):
            tables[head] = append_columns(cut.last, beside)
            heads[id(beside)] = head
            del tables[id(beside)]
        else:
            continue
        found.captions += map(id, cut.captions)
    return found


def _page_break(before: PageContent, after: PageContent) -> _PageBreak | None:
    """What meets at a page break; None where no table ends there, or none begins behind it."""
    last = before.items[-1] if before.items else None
    if not isinstance(last, Draft) or not after.items:
        return None
    captions = repeated_captions(before, after)
    below = after.items[len(captions)] if captions is not None else None
    beside = _under_note(after.items[len(captions or ()) :])
    if below is None and not isinstance(beside, Draft):
        return None
    return _PageBreak(
        last,
        captions or (),
        below if isinstance(below, Draft) else None,
        beside if isinstance(beside, Draft) else None,
    )


def _under_note(items: Sequence[BoxedLine | Draft]) -> BoxedLine | Draft:
    """The first item of a page; the table where that is a short note in brackets over it: （単位：千円）."""
    first = items[0]
    if isinstance(first, Draft) or len(items) < 2 or not isinstance(items[1], Draft):
        return first
    return items[1] if _NOTE.fullmatch(first.line.text.strip()) else first


def _shape(page: Page) -> tuple[int, int]:
    return round(page.width or 0), round(page.height or 0)


def _body_bottoms(bodies: Sequence[PageContent]) -> dict[tuple[int, int], float]:
    """How far down the body reaches, on pages of each size."""
    bottoms: dict[tuple[int, int], float] = {}
    for body in bodies:
        for item in body.items:
            bottom = item.line.box.bottom if isinstance(item, BoxedLine) else item.box_on(body.page.number).bottom
            shape = _shape(body.page)
            bottoms[shape] = max(bottoms.get(shape, 0.0), bottom)
    return bottoms


def _measures(bodies: Sequence[PageContent]) -> Measures:
    lines = [
        (item, body.page.width or 0.0)
        for body in bodies
        for item in body.items
        if isinstance(item, BoxedLine) and item.frame is None
    ]
    ends = [(item.xs[-1], body.page.width or 0.0) for body in bodies for item in body.items if isinstance(item, Draft)]
    return measure(lines, ends)
