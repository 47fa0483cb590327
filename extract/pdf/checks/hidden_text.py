"""What is said of text that a page paints and nobody sees: it is no print, so no value is read of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from extract.pdf.model.glyph_array import Columns
from extract.pdf.page.page_layout import PageContent
from extract.pdf.text.runs import glyphs_to_runs
from schemas.document import Problem
from schemas.messages import say

_QUOTED = 80
"""So many characters are quoted; the message counts them all."""


def hidden_problems(contents: Sequence[PageContent]) -> Iterator[Problem]:
    """The hidden text of each page: a warning where something else is printed in its place, which may be what the
    hidden text was taken out for; else a note, as of a cell that is cut by the page break and printed whole beside."""
    for number, content in enumerate(contents):
        hidden = content.hidden
        printed = [glyph for glyph in hidden if not glyph.text.isspace()]
        if not printed:
            continue
        beside = [
            "".join("".join(other.glyphs.texts).split())
            for other in contents[max(0, number - 1) : number + 2]
            if other is not content
        ]
        pieces = [*_pieces(hidden)]
        is_told = all(any("".join(piece.split()) in text for text in beside) for piece in pieces)
        has_other = bool(_overlaps(hidden, content.glyphs)) and not is_told
        yield Problem(
            "hidden-text",
            "warning" if has_other else "note",
            say(
                "{hidden} characters of page {page} are painted but not seen on the print (a layer that is off, "
                "clipped, covered, transparent or as light as the ground); they were not read: look at the page",
                hidden=len(printed),
                page=content.page.number,
            ),
            content.page.number,
            observed=" ".join(pieces)[:_QUOTED],
        )


def _pieces(hidden: Columns) -> Iterator[str]:
    """The texts that were painted in one go."""
    return (text for run in glyphs_to_runs(hidden) if (text := run.text.strip()))


def _overlaps(hidden: Columns, shown: Columns) -> bool:
    """Whether print stands in the place of hidden text."""
    for glyph in hidden:
        if not glyph.text.isspace():
            size = glyph.size
            over = (
                (np.minimum(shown.x1, glyph.x1 + size) > np.maximum(shown.x0, glyph.x0 - size))
                & (np.minimum(shown.bottom, glyph.bottom) - np.maximum(shown.top, glyph.top) > 0.2 * size)
                & ~shown.blanks
            )
            if over.any():
                return True
    return False
