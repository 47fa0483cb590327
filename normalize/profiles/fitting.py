"""Which learnt form a document is on, and how it differs: labels that it lacks, and those that it words otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from normalize.cells.kinds import kind_of
from normalize.cells.vocabulary import Term, term_of
from normalize.cells.years import ANY_YEAR
from normalize.document.table_grid import grid_of
from normalize.document.text_span import Excerpt, excerpts
from normalize.profiles.learning import FIRM
from normalize.profiles.profile import UNKNOWN, VALUE, Profile, ProfileLabel
from normalize.profiles.sheets import may_be_label
from normalize.statements.statement import Entry, Label, Remark, Statement
from normalize.text.form_key import form_key
from schemas.document import Document, Table
from schemas.messages import say
from schemas.records import Grade, Passage

FITS: Final = 0.6
"""The share of a form's firm labels that a sheet of it shows, next year's included."""

_HEADS: Final = frozenset({"axis", "year", "unit"})
"""Kinds of cells that only say what others are: where those are read or empty, nothing is left of them to read."""

_BESIDE_ALL: Final = frozenset({("aside", "none"), ("document", "issued")})
"""Meanings of labels beside which nothing stands that a record of the sheet's could hold."""

_FEWEST: Final = 5
"""So many labels tell a form."""

RENAMED: Final = 0.7
"""The likeness, as the share of characters in common and in order, from which a new text is an old label."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A document on a learnt form: `lacking` are labels that it does not print, `renamed` those it words otherwise."""

    profile: Profile
    share: float
    lacking: tuple[ProfileLabel, ...]
    renamed: Mapping[str, ProfileLabel]

    def terms(self) -> Mapping[str, Term | None]:
        """What the document's texts mean, those that are worded otherwise included."""
        own = dict(self.profile.terms())
        return own | {key: own[label.key] for key, label in self.renamed.items() if label.key in own}

    def statements(self, document: Document) -> Iterator[Statement]:
        """The labels of the form on the document, and how the document differs from the profile."""
        labels = {key for key, label in self.profile.by_key.items() if label.meaning != VALUE} | {*self.renamed}
        for text in excerpts(document):
            if form_key(text.text) in labels or kind_of(text.text, ANY_YEAR) in _HEADS:
                yield Label(text)
        yield from map(Label, self._asides(document))
        if self.lacking or self.renamed:
            yield self._remark(document)

    def _asides(self, document: Document) -> Iterator[Excerpt]:
        """What stands beside the labels that have nothing to do with the evaluation: who filled the sheet in, where."""
        own = self.terms()
        for at, item in enumerate(document.items):
            if not isinstance(item, Table):
                continue
            grid = grid_of(at, item)
            for cell in grid.cells:
                key = form_key(cell.text)
                term = own[key] if key in own else term_of(cell.text)
                if term is not None and term.is_whole and (term.kind, term.field) in _BESIDE_ALL:
                    yield from (other.excerpt for other in [*grid.right_of(cell)][:1] if other)

    def without_labels(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        """The statements but for what takes a label of the form for a value: what all sheets print says nothing of one.

        A label whose meaning nobody told may be a mark or an option that all sheets show, so only passages are held
        against it.
        """
        labels = {key: label.meaning for key, label in self.profile.by_key.items() if label.meaning != VALUE}
        for said in statements:
            match said:
                case Entry(Passage() as record) if form_key(record.text_raw) in labels:
                    continue
                case Entry(Grade() as record) if labels.get(form_key(record.grade_text or ""), UNKNOWN) != UNKNOWN:
                    continue
                case _:
                    yield said

    def _remark(self, document: Document) -> Remark:
        printed = {form_key(text.text): text for text in excerpts(document)}
        renamed = "、".join(f"{label.text} → {printed[key].printed}" for key, label in self.renamed.items())
        lacking = "、".join(label.text for label in self.lacking)
        return Remark(
            "profile-stale",
            "note",
            say(
                "the sheet differs from the profile {name}: renamed {renamed}; not printed {lacking}. Learn the form "
                "again from this year's sheets, or mend the profile",
                name=self.profile.name, renamed=renamed or None, lacking=lacking or None,
            ),
            expected=lacking or None,
            observed=renamed or None,
        )  # fmt: skip


def fit_of(document: Document, profiles: Iterable[Profile]) -> Fit | None:
    """The learnt form that a document shows most of; None where it fits none."""
    printed = {form_key(text.text): text for text in excerpts(document) if may_be_label(text.text)}
    fits = [fit for profile in profiles if (fit := _fit(profile, printed)) is not None]
    return max(fits, key=lambda fit: (fit.share, len(fit.profile.labels)), default=None)


def _fit(profile: Profile, printed: Mapping[str, Excerpt]) -> Fit | None:
    firm = [label for label in profile.labels if label.support >= FIRM and label.meaning != VALUE]
    missing = [label for label in firm if label.key not in printed]
    if len(firm) < _FEWEST or len(missing) > (1 - FITS) * len(firm):
        return None
    known = profile.by_key
    renamed = dict(_renamed(missing, [key for key in printed if key not in known]))
    lacking = tuple(label for label in missing if label not in renamed.values())
    return Fit(profile, 1 - len(missing) / len(firm), lacking, renamed)


def _renamed(missing: Iterable[ProfileLabel], new: list[str]) -> Iterator[tuple[str, ProfileLabel]]:
    """New texts that are labels worded otherwise: each the likest of the other."""
    pairs = sorted(
        ((SequenceMatcher(None, label.key, key, autojunk=False).ratio(), label.text, key, label)
         for label in missing for key in new),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )  # fmt: skip
    used: set[str] = set()
    for likeness, text, key, label in pairs:
        if likeness < RENAMED:
            return
        if text not in used and key not in used:
            used |= {text, key}
            yield key, label
