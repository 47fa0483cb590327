"""Passages: one row per bullet, else per paragraph (facts/DECISIONS 24)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from normalize.document.text_span import Excerpt
from normalize.statements.numbering import UNNUMBERED, draft_id
from normalize.statements.statement import Entry, Label, Statement, entry
from normalize.text.folding import clean, without_bullet
from schemas.closed_sets import Section
from schemas.codes.signs import leading
from schemas.records import Passage

# A lone leading 。 is a slipped bullet: no sentence begins with a full stop.
BULLETED = re.compile(rf"\s*[{leading('item', 'heading', 'note')}]\s*\S|\s*[-–]\s+\S")


def items_of(text: Excerpt) -> list[Excerpt]:
    """The bullets of a text, else its paragraphs. A line without a bullet continues the item before it."""
    return [item for paragraph in text.paragraphs() for item in _bullets(paragraph)]


def line_items_of(text: Excerpt) -> list[Excerpt]:
    """The items of a list whose lines are items of their own: goals (facts/DECISIONS 13)."""
    return [line for paragraph in text.paragraphs() for line in paragraph.lines()]


def _bullets(paragraph: Excerpt) -> Iterator[Excerpt]:
    lines = paragraph.lines()
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or BULLETED.match(lines[index].text):
            first, last = lines[start], lines[index - 1]
            yield Excerpt(first.whole, first.place, first.start, last.end)
            start = index


def passages(
    items: Iterable[Excerpt],
    document_id: str,
    section: Section,
    *,
    measure_id: str | None = None,
    fiscal_year: int | None = None,
) -> Iterator[Entry]:
    """Passage records for items in order. Items count on inside a measure's section."""
    for item in items:
        yield entry(
            Passage(
                passage_id=draft_id(section, item, measure_id),
                document_id=document_id,
                measure_id=measure_id,
                section=section,
                item=UNNUMBERED,
                fiscal_year=fiscal_year,
                text=clean(without_bullet(item.text)),
                text_raw=item.printed,
            ),
            text_raw=item,
        )


def passage(
    printed: Sequence[Excerpt],
    document_id: str,
    section: Section,
    *,
    measure_id: str | None = None,
    text: Excerpt | None = None,
    item: int | None = None,
    item_source: Excerpt | None = None,
    attribution: str | None = None,
    attribution_source: Excerpt | None = None,
    fiscal_year: int | None = None,
    fiscal_year_source: Excerpt | None = None,
) -> Entry:
    """One passage. `printed` are its lines; `text` is the part of them that is its text, else all of them are.

    `item` is the number that is printed in front of it; without one, items count on inside a measure's section. What
    gives the attribution, the year and the number is named as their evidence.
    """
    words = text.text if text else "\n".join(line.text for line in printed)
    record = Passage(
        passage_id=draft_id(section, text or printed[0], measure_id),
        document_id=document_id,
        measure_id=measure_id,
        section=section,
        item=UNNUMBERED if item is None else item,
        fiscal_year=fiscal_year,
        attribution=attribution,
        text=clean(without_bullet(words)),
        text_raw=_joined_print(printed),
    )
    return entry(
        record,
        text_raw=list(printed),
        item=item_source,
        attribution=attribution_source,
        fiscal_year=fiscal_year_source,
    )


def _joined_print(lines: Sequence[Excerpt]) -> str:
    whole = "\n".join(line.text for line in lines)
    return Excerpt.of(whole, lines[0].place).printed


def syntax(whole: Excerpt, parts: Iterable[Excerpt]) -> Iterator[Statement]:
    """The characters of a text between its read parts, as labels: separators, brackets, units of the form itself."""
    done = whole.start
    for part in sorted(parts, key=lambda part: part.start):
        if part.start > done:
            yield Label(Excerpt(whole.whole, whole.place, done, part.start))
        done = max(done, part.end)
    if whole.end > done:
        yield Label(Excerpt(whole.whole, whole.place, done, whole.end))
