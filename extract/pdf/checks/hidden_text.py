"""What is said of text that is no part of a page's print: what nobody sees, is struck through or laid over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from extract.pdf.model.glyph_array import Columns
from extract.pdf.page.drawn_cells import is_legend
from extract.pdf.page.page_layout import PageContent
from extract.pdf.text.boxed_line import BoxedLine
from extract.pdf.text.fake_bold import without_twins
from extract.pdf.text.runs import Run, glyphs_to_runs
from schemas.document import Problem
from schemas.messages import say

_MOST = 40
"""So many texts of a page that are struck through are told one by one."""

_BESIDE = 6.0
"""A text no further away than this, in font sizes, stands beside another."""

_NEXT = 1.0
"""Digits of one number stand no further apart than this, in points."""

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


def cut_problems(contents: Sequence[PageContent]) -> Iterator[Problem]:
    """The numbers of which some digits are seen and others are not: a cell that is too narrow, or a picture over it."""
    for content in contents:
        page, hidden = content.page.number, content.hidden
        at = [number for number, text in enumerate(hidden.texts) if text.isdigit()]
        for order in sorted({*hidden.orders[at].tolist()}):
            for whole, seen in _cut_numbers(hidden, content.glyphs, order):
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


def _cut_numbers(hidden: Columns, shown: Columns, order: float) -> Iterator[tuple[str, str]]:
    """The numbers of one painted text that are cut, and what is seen of them."""
    gone, left = hidden.take(np.flatnonzero(hidden.orders == order)), shown.take(np.flatnonzero(shown.orders == order))
    every = sorted(
        [*((glyph.x0, glyph.x1, glyph.text, False) for glyph in gone), *((g.x0, g.x1, g.text, True) for g in left)]
    )
    if any(glyph.direction for glyph in gone) or not len(left):
        return
    number: list[tuple[float, float, str, bool]] = []
    for part in [*every, None]:
        is_of_number = part is not None and (part[2].isdigit() or part[2] in ",，.．")
        if part is not None and is_of_number and (not number or part[0] <= number[-1][1] + _NEXT):
            number.append(part)
            continue
        seen = "".join(text for _, _, text, is_seen in number if is_seen)
        whole = "".join(text for _, _, text, _ in number)
        if seen != whole and any(map(str.isdigit, seen)):
            yield whole, seen
        number = []


def aside_problems(contents: Sequence[PageContent]) -> Iterator[Problem]:
    """What is struck through on each page, with what stands beside it, what is laid over it, and readings in cells."""
    for content in contents:
        for run in [*glyphs_to_runs(without_twins(content.struck))][:_MOST]:
            yield Problem(
                "struck-text",
                "warning",
                say(
                    "{text} on page {page} is struck through and was not read; beside it stands {other}",
                    text=run.text.strip(),
                    page=content.page.number,
                    other=(beside := _beside(run, content.glyphs)) or "-",
                ),
                content.page.number,
                expected=beside or None,
                observed=run.text.strip(),
            )
        for stamp in content.stamped[:_MOST]:
            yield Problem(
                "unclaimed-text",
                "warning",
                say(
                    "{text} is stamped on {other} on page {page}; it was read as no part of it, and may take it back: "
                    "look at the page",
                    text=stamp.text,
                    other=stamp.other[:_QUOTED],
                    page=content.page.number,
                ),
                content.page.number,
                expected=stamp.other[:_QUOTED],
                observed=stamp.text[:_QUOTED],
            )
        for ring in content.chosen[:_MOST]:
            yield Problem(
                "ambiguous",
                "warning",
                say(
                    "a ring is drawn around {text} on page {page}, in the row {row}; if it marks a choice, that was "
                    "not read",
                    text=ring.text,
                    page=content.page.number,
                    row=ring.other[:_QUOTED],
                ),
                content.page.number,
                expected=ring.other[:_QUOTED],
                observed=ring.text[:_QUOTED],
            )
        for row in content.drawn[:_MOST]:
            yield Problem(
                "no-text-layer",
                "note",
                say(
                    "a cell of page {page} holds a picture or curves and no text, in the row {row}; what it shows was "
                    "not read: look at the page",
                    page=content.page.number,
                    row=row[:_QUOTED],
                ),
                content.page.number,
                observed=row[:_QUOTED],
            )
        for number in content.signed[:_MOST]:
            yield Problem(
                "ambiguous",
                "warning",
                say(
                    "something is drawn before {text} on page {page} that may be its sign; it was read without one: "
                    "look at the page",
                    text=number,
                    page=content.page.number,
                ),
                content.page.number,
                observed=number,
            )
        legend = next(filter(is_legend, _lines(content)), "")
        for row in content.coloured[:_MOST]:
            yield Problem(
                "unclaimed-text",
                "warning",
                say(
                    "a cell of page {page} has a colour and no text, in the row {row}; what the colour means was not "
                    "read (legend: {legend}): look at the page",
                    page=content.page.number,
                    row=row[:_QUOTED],
                    legend=legend or "-",
                ),
                content.page.number,
                expected=legend or None,
                observed=row[:_QUOTED],
            )
        if len(content.overlaid):
            yield Problem(
                "unclaimed-text",
                "note",
                say(
                    "{text} is laid over page {page}, large and slanted or pale; it was read as no part of its text",
                    text=(text := " ".join(_pieces(content.overlaid))[:_QUOTED]),
                    page=content.page.number,
                ),
                content.page.number,
                observed=text,
            )
        if len(content.ruby):
            yield Problem(
                "unclaimed-text",
                "note",
                say(
                    "{text} stands small above words in cells of page {page} and says how they are read; it was read "
                    "as no part of them",
                    text=(text := " ".join(_pieces(content.ruby))[:_QUOTED]),
                    page=content.page.number,
                ),
                content.page.number,
                observed=text,
            )


def _lines(content: PageContent) -> Iterator[str]:
    return (item.line.text for item in content.items if isinstance(item, BoxedLine))


def _beside(struck: Run, shown: Columns) -> str:
    """The text nearest to what is struck through: on its line, or right above or below it."""
    size = struck.size
    near = [
        (max(struck.start - run.end, run.start - struck.end, 0.0) + abs(run.level - struck.level), run.text.strip())
        for run in glyphs_to_runs(shown)
        if run.text.strip() and abs(run.level - struck.level) <= 2.0 * size
    ]
    distance, text = min(near, default=(0.0, ""))
    return text if distance <= _BESIDE * size else ""


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
