"""A form's profile: the labels of its sheets and what each means. Data alone, for a person to read and to correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from normalize.cells.vocabulary import Term
from normalize.text.form_key import form_key
from schemas.codes.vocabulary import vocabulary

SCHEMA: Final = 1
"""The version of the profiles that are written; others are refused."""

UNKNOWN: Final = "?"
"""The meaning of a label that nobody has told yet: prose beside it is background, and the rest is read as it looks."""

VALUE: Final = "value"
"""The meaning of a text that stands on all sheets and is no label: a frequent option, a common answer."""


@dataclass(frozen=True, slots=True)
class ProfileLabel:
    """A label of a form as it was first printed, and its meaning: ``kind.field`` of the vocabulary, ``?`` or ``value``.

    `support` is the share of the sheets that print it. `holds_prose` says that sentences stand beside an unknown one.
    """

    text: str
    meaning: str
    support: float = 1.0
    holds_prose: bool = False

    @property
    def key(self) -> str:
        return form_key(self.text)

    @property
    def term(self) -> Term | None:
        """What the label is taken for in reading; None for a value, and for an unknown label that heads no prose."""
        if self.meaning == UNKNOWN:
            return Term("passage", "background", is_whole=True) if self.holds_prose else None
        return meanings().get(self.meaning)


@dataclass(frozen=True, slots=True)
class Profile:
    """A form that was learnt: its name, whose it is where a person said so, and its labels."""

    name: str
    labels: tuple[ProfileLabel, ...]
    municipality_code: str | None = None

    @property
    def by_key(self) -> Mapping[str, ProfileLabel]:
        return {label.key: label for label in self.labels}

    def terms(self) -> Mapping[str, Term | None]:
        """What each of its texts means, for `normalize.cells.vocabulary.own_terms`.

        >>> labels = ProfileLabel("目あて", "passage.aim"), ProfileLabel("直営", "value"), ProfileLabel("様式", "?")
        >>> Profile("minato-1", labels).terms()
        {'目あて': Term(kind='passage', field='aim', is_whole=True), '直営': None}
        """
        return {label.key: label.term for label in self.labels if label.meaning != UNKNOWN or label.holds_prose}


@cache
def meanings() -> Mapping[str, Term]:
    """Every meaning that a label may have, by its name in a profile.

    >>> meanings()["name.program"]
    Term(kind='name', field='program', is_whole=True)
    """
    return {word.term: Term(word.kind, word.field, is_whole=True) for word in vocabulary()}
