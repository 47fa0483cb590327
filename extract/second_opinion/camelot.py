"""What camelot reads on one page: grids of regions, in the coordinates of our documents."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.document import Box


class OtherReaderError(Exception):
    """The other reader is not there, or could not read the page; its message says why."""


@dataclass(frozen=True, slots=True)
class OtherGrid:
    """One table as camelot sees it: its extent, and its cells, merged ones whole, with their text."""

    box: Box
    n_rows: int
    n_cols: int
    regions: tuple[tuple[Box, str], ...]


class _Place(Protocol):
    """A place of camelot's grid: corners counted from the page's bottom left, and which sides have a rule."""

    x1: float
    y1: float
    x2: float
    y2: float
    left: bool
    right: bool
    top: bool
    bottom: bool

    @property
    def text(self) -> str: ...


def other_grids(data: bytes, page: int, password: str | None = None) -> list[OtherGrid]:
    """The tables that camelot finds on a page (counted from 1) by their rules, drawn or seen.

    Raises OtherReaderError where camelot is missing or fails. camelot takes a second to load, and is loaded here; it
    renders with pdfium and needs no Ghostscript.
    """
    try:
        from camelot.io import read_pdf
    except ImportError as error:
        raise OtherReaderError(f"camelot-py cannot be loaded ({error}); install it") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = read_pdf(_page_alone(data, page, password), use_fallback=False, suppress_stdout=True)
    except Exception as error:  # whatever a damaged page makes it raise
        raise OtherReaderError(f"camelot failed on it ({type(error).__name__}: {error})") from error
    if any(table.rotation for table in tables):
        raise OtherReaderError("camelot turned it to read it, so its places are not those of the page")
    return [_grid(table.cells, float(table.pdf_size[1])) for table in tables]


def _page_alone(data: bytes, page: int, password: str | None) -> bytes:
    """A PDF of this page only, its media box the part that is displayed.

    camelot renders the displayed part, but counts from the corner of the whole: on a cropped page its rules would not
    be where its characters are.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(data, password=password) as source, pypdfium2.PdfDocument.new() as alone:
        alone.import_pages(source, [page - 1])
        leaf = alone[0]
        leaf.set_mediabox(*leaf.get_cropbox())
        file = io.BytesIO()
        alone.save(file)
        return file.getvalue()


def _grid(rows: Sequence[Sequence[_Place]], height: float) -> OtherGrid:
    regions = tuple(
        (_box([rows[row][col] for row, col in places], height), "".join(rows[row][col].text for row, col in places))
        for places in _merged(rows)
    )
    every = [place for row in rows for place in row]
    return OtherGrid(_box(every, height), len(rows), len(rows[0]) if rows else 0, regions)


def _box(places: Sequence[_Place], height: float) -> Box:
    return Box(
        min(place.x1 for place in places),
        height - max(place.y2 for place in places),
        max(place.x2 for place in places),
        height - min(place.y1 for place in places),
    )


def _merged(rows: Sequence[Sequence[_Place]]) -> Iterator[list[tuple[int, int]]]:
    """The places of the grid between which there is no rule, each group in reading order."""
    group = {(row, col): (row, col) for row, places in enumerate(rows) for col in range(len(places))}

    def head(place: tuple[int, int]) -> tuple[int, int]:
        while group[place] != place:
            place = group[place]
        return place

    def join(one: tuple[int, int], other: tuple[int, int]) -> None:
        first, last = sorted((head(one), head(other)))
        group[last] = first

    for row, col in list(group):
        here = rows[row][col]
        if col + 1 < len(rows[row]) and not (here.right or rows[row][col + 1].left):
            join((row, col), (row, col + 1))
        if row + 1 < len(rows) and not (here.bottom or rows[row + 1][col].top):
            join((row, col), (row + 1, col))
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in group:
        members.setdefault(head(place), []).append(place)
    yield from members.values()
