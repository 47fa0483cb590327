"""What is said of print that is no cell's text: struck through, stamped, laid over it, drawn, told by colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.pdf.checks.hidden_text import pieces_of
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

_QUOTED = 80
"""So many characters are quoted; the message counts them all."""


def aside_problems(contents: Sequence[PageContent]) -> Iterator[Problem]:
    """What is struck through on each page, with what stands beside it, what is laid over it, and readings in cells."""
    for content in contents:
        for told in (_struck, _stamped, _chosen, _drawn, _signed, _inked, _coloured, _overlaid, _ruby):
            yield from told(content)


def _struck(content: PageContent) -> Iterator[Problem]:
    """Text that is struck through, with what stands beside it."""
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


def _stamped(content: PageContent) -> Iterator[Problem]:
    """Stamps, with what they are pressed on."""
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


def _chosen(content: PageContent) -> Iterator[Problem]:
    """Words with a ring drawn around them."""
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


def _drawn(content: PageContent) -> Iterator[Problem]:
    """Rows with a cell that shows something and has no text."""
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


def _signed(content: PageContent) -> Iterator[Problem]:
    """Numbers with something drawn right beside them."""
    for number in content.signed[:_MOST]:
        yield Problem(
            "ambiguous",
            "warning",
            say(
                "something is drawn right beside {text} on page {page} that may be its sign or a digit of it; it was "
                "read without: look at the page",
                text=number,
                page=content.page.number,
            ),
            content.page.number,
            observed=number,
        )


def _inked(content: PageContent) -> Iterator[Problem]:
    """Marks that their ink alone tells apart."""
    for mark in content.inked[:_MOST]:
        yield Problem(
            "ambiguous",
            "warning",
            say(
                "{text} is printed in several colours on page {page}, in the row {row}; what they mean was not "
                "read: look at the page",
                text=mark.text,
                page=content.page.number,
                row=mark.other[:_QUOTED],
            ),
            content.page.number,
            expected=mark.text,
            observed=mark.other[:_QUOTED],
        )


def _coloured(content: PageContent) -> Iterator[Problem]:
    """Rows with a cell that says something by its colour alone."""
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


def _overlaid(content: PageContent) -> Iterator[Problem]:
    """What is laid over the page."""
    if len(content.overlaid):
        yield Problem(
            "unclaimed-text",
            "note",
            say(
                "{text} is laid over page {page}, large and slanted or pale; it was read as no part of its text",
                text=(text := " ".join(pieces_of(content.overlaid))[:_QUOTED]),
                page=content.page.number,
            ),
            content.page.number,
            observed=text,
        )


def _ruby(content: PageContent) -> Iterator[Problem]:
    """Readings of words in cells."""
    if len(content.ruby):
        yield Problem(
            "unclaimed-text",
            "note",
            say(
                "{text} stands small above words in cells of page {page} and says how they are read; it was read "
                "as no part of them",
                text=(text := " ".join(pieces_of(content.ruby))[:_QUOTED]),
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
