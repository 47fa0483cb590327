"""What a document says of the pages that were read from their pictures: how sure its print is, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from extract.ocr.confidence import SeenPage, TwoReadings, open_numbers, unsure_words
from extract.ocr.page_reader import ReadPage
from extract.ocr.turn import Turn
from schemas.document import Document, Fragment, Line, Problem, Table
from schemas.messages import phrase, say


def as_seen(document: Document, pages: Mapping[int, ReadPage]) -> Document:
    """The document with the confidence of its print, and a problem for what is not sure, by the pages that were read
    from their pictures. What stands on a page that was turned to be read is put where it stands on the page as it lies.
    """
    seen = {number: SeenPage(page) for number, page in pages.items()}
    items = tuple(_with_fragments(item, lambda part: _with_confidence(part, seen)) for item in document.items)
    turns = {number: page.turn for number, page in pages.items() if not page.turn.is_none}
    return replace(
        document,
        pages=tuple(
            replace(page, width=turns[page.number].width, height=turns[page.number].height)
            if page.number in turns
            else page
            for page in document.pages
        ),
        items=tuple(_with_fragments(item, lambda part: _turned_back(part, turns)) for item in items),
        problems=(*document.problems, *_problems(document, seen)),
    )


def _with_confidence(fragment: Fragment, pages: Mapping[int, SeenPage]) -> Fragment:
    return pages[fragment.page].with_confidence(fragment) if fragment.page in pages else fragment


def _turned_back(fragment: Fragment, turns: Mapping[int, Turn]) -> Fragment:
    if fragment.page not in turns or fragment.box is None:
        return fragment
    return replace(fragment, box=turns[fragment.page].back(fragment.box))


def _with_fragments(item: Line | Table, change: Callable[[Fragment], Fragment]) -> Line | Table:
    if isinstance(item, Line):
        return replace(item, fragments=tuple(map(change, item.fragments)))
    return replace(
        item,
        cells=tuple(replace(cell, fragments=tuple(map(change, cell.fragments))) for cell in item.cells),
        repeated=tuple(replace(cell, fragments=tuple(map(change, cell.fragments))) for cell in item.repeated),
    )


def _problems(document: Document, pages: Mapping[int, SeenPage]) -> Iterator[Problem]:
    for number, page in sorted(pages.items()):
        yield Problem(
            "no-text-layer",
            "note",
            say(
                "page {page} was read from its picture, by character recognition; compare what matters with the print",
                page=number,
            ),
            number,
        )
        if page.read.is_coarse:
            yield Problem(
                "ocr-uncertain",
                "error",
                say(
                    "page {page} is too coarse or too faint to be read surely, so none of its numbers was; scan it at "
                    "200 dots to the inch or more",
                    page=number,
                ),
                number,
            )
    for item in document.items:
        for fragment in _fragments(item):
            if fragment.page in pages:
                yield from _doubts(fragment, pages[fragment.page])


def _fragments(item: Line | Table) -> Iterator[Fragment]:
    if isinstance(item, Line):
        yield from item.fragments
    else:
        for cell in (*item.cells, *item.repeated):
            yield from cell.fragments


def _doubts(fragment: Fragment, page: SeenPage) -> Iterator[Problem]:
    """What is not sure of a piece of print: each number that was left open, and once what its words may be."""
    readings = page.readings_of(fragment)
    for number in open_numbers(readings):
        if page.read.is_coarse:
            break  # all of its numbers are open, and it was said
        yield _doubt(
            "page {page} prints {read} or {other}: the picture does not tell; nothing was read there, look at "
            "the print",
            fragment,
            number,
        )
    if words := unsure_words(readings):
        yield _doubt(
            "page {page} prints {read} or {other}: the picture does not tell; the first was taken, look at the print",
            fragment,
            words,
        )


def _doubt(said: str, fragment: Fragment, two: TwoReadings) -> Problem:
    other = two.other or None  # the only letter of a line may be none
    message = say(said, page=fragment.page, read=two.read, other=other or phrase("no letter"))
    return Problem("ocr-uncertain", "warning", message, fragment.page, expected=other, observed=fragment.text)
