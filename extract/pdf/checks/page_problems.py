"""What went wrong with a page or a document, in words that a user can act on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from extract.pdf.model.characters import count_unmapped, is_unmapped
from extract.pdf.model.glyph_array import Columns
from extract.pdf.model.raw_page import Dispute, RawPage
from extract.pdf.page.page_layout import PageContent
from extract.pdf.tables.cell_assignment import Draft
from extract.pdf.text.runs import glyphs_to_runs
from schemas.declare import Text
from schemas.document import Problem
from schemas.limits import Limits, over_limit
from schemas.messages import say

_MOSTLY = 0.5
"""From this share of unmapped characters on, a page has no text layer worth the name."""

_NAMED = 5
"""So many texts with unknown characters are told."""

_PICTURE = 0.05
"""The least share of a page that a picture covers when the page is said to be a picture."""

_STAMP = 20
"""No more characters than these on a picture are a page number or a stamp, and not what the picture shows."""


def page_excess(raw: RawPage, limits: Limits) -> Text | None:
    """What a page has more of than it may have."""
    if raw.excess is not None:
        return over_limit(limits, raw.excess)
    if len(raw.glyphs) > limits.characters:
        return over_limit(limits, "characters", len(raw.glyphs))
    if (drawn := len(raw.strokes) + len(raw.fills)) > limits.rulings:
        return over_limit(limits, "rulings", drawn)
    return None


def cells_excess(content: PageContent, limits: Limits) -> Text | None:
    """The same of what was made of a page."""
    cells = sum(len(item.cells) for item in content.items if isinstance(item, Draft))
    return over_limit(limits, "cells", cells) if cells > limits.cells else None


def page_problems(raw: RawPage, glyphs: Columns) -> Iterator[Problem]:
    """The problems of one page."""
    if raw.damage is not None:
        yield _damaged(raw.page.number, raw.damage, len(glyphs))
    if raw.reader == "ocr":
        return  # read from its picture: what is not sure was said there
    yield from (_disputed(raw.page.number, dispute) for dispute in raw.disputes)
    if raw.is_recognised:
        yield _recognised(raw.page.number)
    yield from _pictures(raw, glyphs)
    yield from _unmapped(raw.page.number, glyphs)


def _damaged(number: int, why: str, read: int) -> Problem:
    kept = say("{count} characters of it were read", count=read) if read else say("nothing of it was read")
    message = say(
        "page {page} is damaged ({why}); {kept}; compare it with the print or fetch the file again",
        page=number,
        why=why,
        kept=kept,
    )
    return Problem("unreadable", "error", message, number)


def _disputed(number: int, dispute: Dispute) -> Problem:
    """A character or number that the two engines, or the file itself, say differently."""
    message = say(
        "page {page} was read as {read}, but may print {other}: the file says both; look at the print",
        page=number,
        read=dispute.read,
        other=dispute.other,
    )
    return Problem("readers-disagree", dispute.severity, message, number, expected=dispute.read, observed=dispute.other)


def _recognised(number: int) -> Problem:
    message = say(
        "page {page} is a picture with recognised characters laid over it; they were read as the page's text: "
        "compare numbers with the picture",
        page=number,
    )
    return Problem("ocr-uncertain", "note", message, number)


def _pictures(raw: RawPage, glyphs: Columns) -> Iterator[Problem]:
    """What pictures may show and no text says: the whole of a page, or a good part of it."""
    number = raw.page.number
    if glyphs.blanks.all():
        if raw.damage is None and raw.image_share >= _PICTURE:
            message = say(
                "page {page} holds a picture and no text; "
                "read the file by character recognition (`pip install hyoka[ocr]`)",
                page=number,
            )
            yield Problem("no-text-layer", "warning", message, number)
    elif (share := _bare_picture_share(raw, glyphs)) >= _PICTURE:
        message = say(
            "pictures without text cover {share} of page {page}; what they show was not read: "
            "look at them, and read the file by character recognition (`pip install hyoka[ocr]`) if they show text",
            share=format(share, ".0%"),
            page=number,
        )
        yield Problem("no-text-layer", "note", message, number, observed=f"{share:.0%} of the page")


def _unmapped(number: int, glyphs: Columns) -> Iterator[Problem]:
    """Characters of which the file does not say what they are: most of the page's, or some."""
    printed = len(glyphs) - int(glyphs.blanks.sum())
    unmapped = count_unmapped(glyphs.texts)
    if printed and unmapped > _MOSTLY * printed:
        message = say(
            "{count} of {all} characters of page {page} are in fonts that do not say which "
            "characters they print; read the file by character recognition (`pip install hyoka[ocr]`)",
            count=unmapped,
            all=printed,
            page=number,
        )
        yield Problem("no-text-layer", "warning", message, number, observed=f"{unmapped} of {printed}")
    elif unmapped:
        named = zip(glyphs.texts, glyphs.fonts, strict=True)
        fonts = sorted({font for text, font in named if is_unmapped(text)})
        message = say(
            "{count} of {all} characters of page {page} are unknown to their font ({fonts}); the page shows which",
            count=unmapped,
            all=printed,
            page=number,
            fonts=", ".join(fonts[:3]),
        )
        yield Problem(
            "unreadable",
            "warning",
            message,
            number,
            expected=", ".join(islice(_texts_with_unknown(glyphs), _NAMED)) or None,
            observed=f"{unmapped} of {printed}",
        )


def _texts_with_unknown(glyphs: Columns) -> Iterator[str]:
    """The texts that hold characters that nobody can tell."""
    return (run.text.strip() for run in glyphs_to_runs(glyphs) if any(map(is_unmapped, run.text)))


def _bare_picture_share(raw: RawPage, glyphs: Columns) -> float:
    """The share of a page, from 0 to 1, under pictures with no text of their own.

    A picture with a text on it is a background, or a scan with recognised characters over it.
    """
    if not raw.images:
        return 0.0
    xs, ys = (middles[~glyphs.blanks] for middles in glyphs.middles)
    bare = [
        box
        for box in raw.images
        if np.count_nonzero((box.x0 <= xs) & (xs <= box.x1) & (box.top <= ys) & (ys <= box.bottom)) <= _STAMP
    ]
    return replace(raw, images=tuple(bare)).image_share


def document_problems(problems: Sequence[Problem], contents: Sequence[PageContent]) -> Iterator[Problem]:
    """The problems of all pages; where no page has text, that is an error of the document."""
    bare = {problem.page for problem in problems if problem.rule == "no-text-layer" and problem.severity == "warning"}
    filled = [content for content in contents if not content.glyphs.blanks.all()]
    if bare and all(content.page.number in bare for content in filled):
        yield Problem(
            "no-text-layer",
            "error",
            say(
                "none of {pages} pages has text that can be read; "
                "read the file by character recognition (`pip install hyoka[ocr]`)",
                pages=len(contents),
            ),
            observed=f"{len(bare)} of {len(contents)} pages",
        )
    elif not filled and not problems:
        yield Problem(
            "no-text-layer",
            "error",
            say(
                "none of {pages} pages prints a character: they are blank, or their letters are "
                "drawn as lines; look at them, and "
                "read the file by character recognition (`pip install hyoka[ocr]`) if they show text",
                pages=len(contents),
            ),
            observed=f"0 of {len(contents)} pages",
        )
    yield from problems
