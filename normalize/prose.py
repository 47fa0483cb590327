"""Passages whose print says more than their text: a number in front, an attribution behind, a year above."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.characters import clean, without_bullet
from normalize.excerpt import Excerpt
from normalize.numbering import Numbering
from normalize.statements import Entry, entry
from schemas.records import Passage


def passage(
    printed: Sequence[Excerpt],
    document_id: str,
    section: str,
    number: Numbering,
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
    position = number("passage", measure_id, section)
    words = text.text if text else "\n".join(line.text for line in printed)
    record = Passage(
        passage_id=f"{measure_id or document_id}-{section}-{position}",
        document_id=document_id,
        measure_id=measure_id,
        section=section,
        item=position if item is None else item,
        fiscal_year=fiscal_year,
        attribution=attribution,
        text=clean(without_bullet(words)),
        text_raw=_printed(printed),
    )
    return entry(
        record,
        text_raw=list(printed),
        item=item_source,
        attribution=attribution_source,
        fiscal_year=fiscal_year_source,
    )


def _printed(lines: Sequence[Excerpt]) -> str:
    whole = "\n".join(line.text for line in lines)
    return Excerpt.of(whole, lines[0].place).printed
