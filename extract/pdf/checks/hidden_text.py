"""What is said of text that a page paints and nobody sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from extract.pdf.model.glyph_array import Columns, Ints
from extract.pdf.page.page_layout import PageContent
from extract.pdf.page.settings import PAGES
from extract.pdf.text.runs import glyphs_to_runs
from schemas.document import Problem
from schemas.messages import say

_NEXT = 1.0
"""Digits of one number stand no further apart than this, in points."""

_SAME_LINE = 0.02
"""The baselines of what stands on one line lie no further apart than this, in font sizes."""

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
        pieces = [*pieces_of(hidden)]
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


def cut_problems(contents: Sequence[PageContent]) -> Iterator[Problem]:
    """The numbers of which some digits are seen and others are not: a cell that is too narrow, or a picture over it."""
    for content in contents:
        page, hidden = content.page.number, content.hidden
        digits = [glyph for glyph in hidden if glyph.text.isdigit() and not glyph.direction]
        for level, size in sorted({(glyph.origin_y, glyph.size) for glyph in digits}):
            for whole, seen in _cut_numbers(hidden, content.glyphs, level, size):
                yield Problem(
                    "hidden-text",
                    "warning",
                    say(
                        "{text} on page {page} is cut: {seen} of it is seen and was read; look at the page",
                        text=whole,
                        page=page,
                        seen=seen,
                    ),
                    page,
                    expected=seen,
                    observed=whole,
                )


def _cut_numbers(hidden: Columns, shown: Columns, level: float, size: float) -> Iterator[tuple[str, str]]:
    """The numbers on one line that are cut, and what is seen of them; hidden characters in whose place others are seen
    belong to none."""
    gone, left = (part.take(_on_line(part, level, size)) for part in (hidden, shown))
    over = np.minimum(gone.x1[:, None], left.x1) - np.maximum(gone.x0[:, None], left.x0)
    gone = gone.take(np.flatnonzero((over <= _NEXT).all(axis=1)))
    every = sorted(
        [*((glyph.x0, glyph.x1, glyph.text, False) for glyph in gone), *((g.x0, g.x1, g.text, True) for g in left)]
    )
    number: list[tuple[float, float, str, bool]] = []
    for part in [*every, None]:
        is_of_number = part is not None and (part[2].isdigit() or part[2] in ",，.．")
        if part is not None and is_of_number and (not number or abs(part[0] - number[-1][1]) <= _NEXT):
            number.append(part)
            continue
        seen = "".join(text for _, _, text, is_seen in number if is_seen)
        whole = "".join(text for _, _, text, _ in number)
        if seen != whole and any(map(str.isdigit, seen)):
            yield whole, seen
        number = [part] if part is not None and is_of_number else []


def _on_line(glyphs: Columns, level: float, size: float) -> Ints:
    """The numbers of the characters of a size that stand upright on a line."""
    return np.flatnonzero(
        (np.abs(glyphs.origin_y - level) <= _SAME_LINE * size) & (glyphs.sizes == size) & (glyphs.directions == 0)
    )


def pieces_of(hidden: Columns) -> Iterator[str]:
    """The texts that were painted in one go."""
    return (text for run in glyphs_to_runs(hidden) if (text := run.text.strip()))


def _overlaps(hidden: Columns, shown: Columns) -> bool:
    """Whether print stands in the place of hidden text."""
    for glyph in hidden:
        if not glyph.text.isspace():
            size = glyph.size
            over = (
                (np.minimum(shown.x1, glyph.x1 + size) > np.maximum(shown.x0, glyph.x0 - size))
                & (np.minimum(shown.bottom, glyph.bottom) - np.maximum(shown.top, glyph.top) > PAGES.overlap * size)
                & ~shown.blanks
            )
            if over.any():
                return True
    return False
