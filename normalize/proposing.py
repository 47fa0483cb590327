"""Proposals: which print of a drifted sheet may be which label of the nearest layout, and the line to add for it.

A proposal is for a person to judge; nothing is read by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from normalize.cells.vocabulary import term_of
from normalize.document.text_span import excerpts
from normalize.layout import Layout
from normalize.statements.ledger import account
from normalize.statements.merging import merged
from normalize.text.folding import squeeze
from normalize.text.labels import Labels
from schemas.document import Document

LIKE = 0.5
"""The least likeness of two spellings, as the share of characters that they have in common and in order."""

LONGEST = 20
"""Characters; a longer text is no label."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A label that the document does not print, and a text nobody read that may be it."""

    field: str
    known: Labels
    printed: str
    likeness: float

    @property
    def line(self) -> str:
        """The line of the city's file with the new spelling in it."""
        return f"{self.field.rsplit('.', 1)[-1]}={self.known.also_printed(squeeze(self.printed)).declaration},"


def proposals(document: Document, layout: Layout, unread: Iterable[str] | None = None) -> Iterator[Proposal]:
    """The best text for each label that a document lacks, each text once, the likeliest pairs first.

    `unread` are the texts that the layout left unread, where the document was read by it; else it is read so.
    """
    texts = list(excerpts(document))
    absent = [(field, labels) for field, labels in layout.labels if not any(labels.match(t.text) for t in texts)]
    left = list(_unread(document, layout) if unread is None else filter(_is_short, unread))
    order = {text: at for at, text in reversed([*enumerate(left)])}
    unread_by_key = {squeeze(text): text for text in left}
    pairs = sorted(
        (
            (_likeness(labels, squeezed), field, labels, text)
            for field, labels in absent
            for squeezed, text in unread_by_key.items()
        ),
        key=lambda pair: (-pair[0], pair[1], order[pair[3]]),
    )
    fields: set[str] = set()
    used: set[str] = set()
    for likeness, field, labels, text in pairs:
        if likeness >= LIKE and field not in fields and text not in used:
            fields.add(field)
            used.add(text)
            yield Proposal(field, labels, text, likeness)


def _unread(document: Document, layout: Layout) -> Iterator[str]:
    """The short texts that the layout's own reader leaves unread."""
    ledger = account(document, merged(document.document_id, layout.read(document)))
    for left in ledger.unclaimed:
        if _is_short(left.text) and squeeze(left.text) == squeeze(left.whole):
            yield left.text


def _is_short(text: str) -> bool:
    return 0 < len(squeeze(text)) <= LONGEST


def _likeness(labels: Labels, squeezed: str) -> float:
    """1 where the field's vocabulary gives both one meaning, 0 where it gives the text another; else the share of
    characters in common."""
    term = term_of(squeezed)
    terms = {(known.kind, known.field) for spelling in labels.spellings if (known := term_of(spelling))}
    if term and (term.kind, term.field) in terms:
        return 1.0
    if term and term.is_whole and terms:
        return 0.0
    return max(SequenceMatcher(None, spelling, squeezed, autojunk=False).ratio() for spelling in labels.spellings)
