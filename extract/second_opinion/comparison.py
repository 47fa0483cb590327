"""A second reader's opinion: camelot's grids beside ours, every difference said and none of them settled.

camelot finds rules on the rendered page as well as among the drawn lines, and reads the characters with a parser of
its own; so what both read alike is seldom wrong. Its cells are matched with ours by where they are on the page, never
by row and column: one rule more or less would shift every number after it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extract.pdf.file.flatten_annotations import AnnotationsError, with_shown_annotations
from extract.second_opinion.camelot import OtherReaderError, other_grids
from schemas.declare import Text
from schemas.document import Box, Cell, Document, Fragment, Problem, Table
from schemas.messages import say

RULE: Final = "readers-disagree"

_SAME_CELL = 0.5
"""Two rectangles that share this much of the area they cover together are one cell."""
_SAME_TABLE = 0.5
"""Two tables of which the smaller one is covered to this share are one table."""
_MOST_CELLS = 10
"""So many differing cells of one table are said one by one; what follows is counted."""

_FOLDED = str.maketrans(
    {sign: group[0] for group in ("-‐‑‒–—―−－﹣─", "~〜～∼˜", "・･·‧•∙⋅") for sign in group}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff", "")
)
"""Dashes, tildes and dots that readers choose between for one printed sign, and characters that print nothing."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What a cell of ours prints on one page."""

    cell: Cell
    fragment: Fragment
    box: Box


def second_opinion(data: bytes, document: Document, password: str | None = None) -> tuple[Problem, ...]:
    """Read every page of a PDF with camelot too, and say where its tables differ from the document's.

    Each difference is a note `readers-disagree` with our text as `expected` and camelot's as `observed`: one for a
    cell, at most ten for a table and then one that counts the rest; one for a table that only one of the two sees. Text
    is compared without white space, width, and the kinds of dash, tilde and dot. A page that camelot cannot read is
    such a note too; nothing is raised. A document without pages, or a text, gives none.
    """
    if document.media_type != "application/pdf":
        return ()
    try:
        shown = with_shown_annotations(data, password)
    except AnnotationsError:
        shown = data
    return tuple(
        problem for page in document.pages for problem in _page_problems(shown, document, page.number, password)
    )


def _page_problems(data: bytes, document: Document, page: int, password: str | None) -> Iterator[Problem]:
    try:
        grids = other_grids(data, page, password)
    except OtherReaderError as error:
        yield Problem(RULE, "note", say("Page {page} has no second opinion: {why}.", page=page, why=str(error)), page)
        return
    seen: set[int] = set()
    for index, table in enumerate(document.tables):
        parts = list(_parts(table, page))
        if len(parts) < 2:  # a frame around one text is no grid, to camelot neither
            seen |= {number for number, grid in enumerate(grids) if parts and _overlap(parts[0].box, grid.box) > 0}
            continue
        extent = _extent([part.box for part in parts])
        same = [number for number, grid in enumerate(grids) if _overlap(extent, grid.box) >= _SAME_TABLE]
        seen |= set(same)
        if same:
            regions = [region for number in same for region in grids[number].regions]
            yield from _bounded(list(_cell_problems(index, parts, regions)), index, page)
        else:
            size = _size(len({part.cell.row for part in parts}), len({part.cell.col for part in parts}))
            message = say(
                "Table {table} on page {page} ({place}): camelot sees no table here. Look at the page.",
                table=index,
                page=page,
                place=_place(extent),
            )
            yield Problem(RULE, "note", message, page, expected=size, observed="no table")
    for number, grid in enumerate(grids):
        if number not in seen and any(text for _, text in grid.regions):
            message = say(
                "Page {page} ({place}): camelot sees a table where none was read. Look at the page.",
                page=page,
                place=_place(grid.box),
            )
            yield Problem(RULE, "note", message, page, expected="no table", observed=_size(grid.n_rows, grid.n_cols))


def _parts(table: Table, page: int) -> Iterator[_Part]:
    for cell in (*table.cells, *table.repeated):
        for fragment in cell.fragments:
            if fragment.page == page and fragment.box is not None:
                yield _Part(cell, fragment, fragment.box)


def _cell_problems(index: int, parts: Sequence[_Part], regions: Sequence[tuple[Box, str]]) -> Iterator[Problem]:
    for part in parts:
        observed, how = _counterpart(part, regions)
        ours = _folded(part.fragment.text)
        theirs = _folded("".join(observed))
        if (how is None and ours == theirs) or not (ours or theirs):
            continue
        message = say(
            "Table {table}, row {row}, column {column} on page {page} ({place}): camelot {how}. Compare both with "
            "the page.",
            table=index,
            row=part.cell.row,
            column=part.cell.col,
            page=part.fragment.page,
            place=_place(part.box),
            how=how or say("reads other characters"),
        )
        yield Problem(
            RULE,
            "note",
            message,
            part.fragment.page,
            expected=part.fragment.text or None,
            observed=" | ".join(text.strip() for text in observed) or None,
        )


def _counterpart(part: _Part, regions: Sequence[tuple[Box, str]]) -> tuple[list[str], Text | None]:
    """What camelot reads where a cell of ours is, and how its grid differs there; None where it has the same cell."""
    best = max(regions, key=lambda region: _shared(part.box, region[0]), default=None)
    if best is not None and _shared(part.box, best[0]) >= _SAME_CELL:
        return [best[1]], None
    inside = [text for box, text in regions if _holds(part.box, box)]
    if len(inside) > 1:
        return inside, say("sees {count} cells", count=len(inside))
    around = [text for box, text in regions if _holds(box, part.box)]
    if around:
        return around, say("sees one cell that reaches further")
    return inside, say("sees another cell") if inside else say("sees no cell")


def _bounded(problems: Sequence[Problem], index: int, page: int) -> Iterator[Problem]:
    yield from problems[:_MOST_CELLS]
    if len(problems) > _MOST_CELLS:
        more = len(problems) - _MOST_CELLS
        message = say(
            "Table {table} on page {page}: {more} more cells differ. Compare the whole table with the page.",
            table=index,
            page=page,
            more=more,
        )
        yield Problem(RULE, "note", message, page)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text.translate(_FOLDED)).translate(_FOLDED).split())


def _size(n_rows: int, n_cols: int) -> str:
    return f"{n_rows} rows × {n_cols} columns"


def _place(box: Box) -> str:
    return f"x {box.x0:.0f}–{box.x1:.0f}, y {box.top:.0f}–{box.bottom:.0f} pt"


def _extent(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def _common(one: Box, other: Box) -> float:
    """The area, in square points, that two rectangles share."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(width, 0.0) * max(height, 0.0)


def _area(box: Box) -> float:
    return box.width * box.height


def _shared(one: Box, other: Box) -> float:
    """The share of the area that two rectangles cover together which both cover."""
    common = _common(one, other)
    return common / (_area(one) + _area(other) - common) if common else 0.0


def _overlap(one: Box, other: Box) -> float:
    """The share of the smaller rectangle that the other one covers."""
    smaller = min(_area(one), _area(other))
    return _common(one, other) / smaller if smaller else 0.0


def _holds(box: Box, other: Box) -> bool:
    """Whether the centre of the other rectangle is in this one."""
    x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom
