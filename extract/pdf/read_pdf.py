"""From the bytes of a PDF to the document model: the one way into this package."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from extract.pdf.checks.aside_text import aside_problems
from extract.pdf.checks.character_census import census_problems, printed_characters
from extract.pdf.checks.file_problems import file_problems
from extract.pdf.checks.hidden_text import cut_problems, hidden_problems
from extract.pdf.checks.page_problems import cells_excess, document_problems, page_excess, page_problems
from extract.pdf.contents_to_items import contents_to_items
from extract.pdf.engines.checked import CheckedReader
from extract.pdf.file.flatten_annotations import AnnotationsError, with_shown_annotations
from extract.pdf.file.undrawn_notes import undrawn_notes
from extract.pdf.model.glyph_array import NO_CHARACTERS
from extract.pdf.model.raw_page import RawPage, Reader, UnreadableError
from extract.pdf.page.page_layout import PageContent, sort_page
from extract.pdf.page.sideways import displayed, turned_back
from extract.pdf.page.straight import turned_askew
from extract.pdf.page.unseen import without_unseen
from schemas.declare import Text
from schemas.document import Document, Fragment, Line, Problem, Table
from schemas.limits import Limits, over_limit
from schemas.messages import say

MEDIA_TYPE = "application/pdf"


@np.errstate(over="ignore", invalid="ignore")  # broken files place characters beyond what a number holds
def read_pdf(
    data: bytes,
    source_name: str,
    password: str | None = None,
    reader: Reader | None = None,
    limits: Limits | None = None,
) -> Document:
    """The document that a PDF holds: tables and lines in reading order, each with its place on the page.

    Nothing is raised for a bad file: a document without items and an `unreadable` problem of severity `error` says
    what was met. `reader` is the library that gives the characters: PDFium for every page that it can load and
    pdfplumber for others, unless another one is given. The document says which read it, in the order of its pages.
    Of a page that goes beyond one of the `limits` nothing is kept but a problem that says so; of a document with too
    many pages, nothing at all.

    >>> document = read_pdf(b"no PDF", "sheet.pdf")
    >>> document.items, [(problem.rule, problem.severity) for problem in document.problems]
    ((), [('unreadable', 'error')])
    """
    limits = limits or Limits()
    chosen: Reader = reader or CheckedReader(limits)
    contents: list[PageContent] = []
    problems: list[Problem] = []
    readers: dict[str, None] = {}
    try:
        if not data:
            raise UnreadableError(say("the file is empty; fetch it again"))
        shown, unshown = _as_shown(data, password, limits)
        problems += unshown
        problems += file_problems(data, password)
        problems += undrawn_notes(data, password, limits.pages)
        for raw in chosen(shown, password):
            if raw.page.number > limits.pages:
                contents, problems = [], []
                raise UnreadableError(
                    say("this file has {what}; nothing of it was read", what=over_limit(limits, "pages"))
                )
            readers[raw.reader or chosen.name] = None
            excess = page_excess(raw, limits)
            content, damage = _sorted(raw) if excess is None else (PageContent(raw.page, (), NO_CHARACTERS), None)
            if excess := excess or cells_excess(content, limits):
                contents.append(PageContent(raw.page, (), NO_CHARACTERS))
                problems.append(_too_much(raw.page.number, excess))
                continue
            contents.append(content)
            problems += page_problems(replace(raw, damage=damage), content.glyphs)
    except UnreadableError as error:
        problems.append(Problem("unreadable", "error", error.said))
    items = tuple(_displayed(contents_to_items(contents), contents))
    printed = {content.page.number: printed_characters(content.glyphs.text) for content in contents}
    problems += hidden_problems(contents)
    problems += cut_problems(contents)
    problems += aside_problems(contents)
    problems += census_problems(items, printed)
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        source_name=source_name,
        media_type=MEDIA_TYPE,
        size_bytes=len(data),
        pages=tuple(
            replace(page, characters=printed[page.number].total())
            for page in (displayed(c.page, c.sideways) for c in contents)
        ),
        items=items,
        problems=tuple(document_problems(problems, contents)),
        reader=", ".join(readers) or None,
    )


def _as_shown(data: bytes, password: str | None, limits: Limits) -> tuple[bytes, Sequence[Problem]]:
    """The file with its annotations painted in; where that fails as it is, and a problem."""
    try:
        return with_shown_annotations(data, password, limits.pages), ()
    except AnnotationsError as error:
        message = say(
            "the form fields and notes of this file cannot be painted into its pages ({why}); what they show was "
            "not read: compare it with the print",
            why=str(error),
        )
        return data, (Problem("unclaimed-text", "warning", message),)


def _sorted(raw: RawPage) -> tuple[PageContent, str | None]:
    """A page sorted out, and what of it could not be read. A page that no one thought of must not stop the others."""
    try:
        return sort_page(without_unseen(raw)), raw.damage
    except Exception as error:
        damage = f"its content cannot be sorted out: {type(error).__name__}: {error}"
        return PageContent(raw.page, (), NO_CHARACTERS), damage


def _too_much(number: int, excess: Text) -> Problem:
    return Problem(
        "unreadable", "error", say("page {page} has {what}; nothing of it was read", page=number, what=excess), number
    )


def _on_display(part: Fragment, content: PageContent) -> Fragment:
    """A piece of a page that was turned to be read, where it is displayed."""
    return turned_back(turned_askew(part, content.page, content.askew), content.page, content.sideways)


def _displayed(items: Iterable[Line | Table], contents: Sequence[PageContent]) -> Iterator[Line | Table]:
    """The items with their boxes where they are displayed, those of pages that were turned to be read too."""
    turned = {content.page.number: content for content in contents if content.sideways or content.askew}
    if not turned:
        yield from items
        return

    def back(fragments: tuple[Fragment, ...]) -> tuple[Fragment, ...]:
        return tuple(_on_display(part, turned[part.page]) if part.page in turned else part for part in fragments)

    for item in items:
        if isinstance(item, Line):
            yield replace(item, fragments=back(item.fragments))
        else:
            cells = tuple(replace(cell, fragments=back(cell.fragments)) for cell in item.cells)
            repeated = tuple(replace(cell, fragments=back(cell.fragments)) for cell in item.repeated)
            yield replace(item, cells=cells, repeated=repeated)
