"""What a layout is, and how a document's layout is told: by what is printed on it, never by its file name."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from normalize.characters import narrow
from normalize.excerpt import Excerpt, excerpts
from normalize.grid import Labels
from normalize.statements import Statement
from schemas.document import Document

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Sign:
    """Something printed that tells a layout.

    `labels` are the spellings of one label; a cell or line that is this label shows it. `pattern` is searched in the
    narrow form of every cell and line instead (see `normalize.characters`). A sign that is not `required` only adds to
    the likeness.
    """

    name: str
    labels: Labels | None = None
    pattern: str | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """One form of one city: how it is recognised, and the reader that turns such a document into statements.

    `labels` are the labels that the reader looks for, by the field of the form that declares them (see `labels_of`).
    """

    name: str
    municipality_code: str
    signs: tuple[Sign, ...]
    read: Callable[[Document], Iterator[Statement]]
    labels: tuple[tuple[str, Labels], ...] = ()


def labels_of(form: DataclassInstance, prefix: str = "") -> tuple[tuple[str, Labels], ...]:
    """The labels that a form declares, by field; those of a form inside it as ``card.goals``."""
    found: list[tuple[str, Labels]] = []
    for field in dataclasses.fields(form):
        value = getattr(form, field.name)
        if isinstance(value, Labels):
            found.append((prefix + field.name, value))
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            found += labels_of(value, f"{prefix}{field.name}.")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How well a document fits a layout: the signs it shows and those that it lacks."""

    layout: Layout
    shown: tuple[Sign, ...]
    missing: tuple[Sign, ...]

    @property
    def fits(self) -> bool:
        return not any(sign.required for sign in self.missing)

    @property
    def share(self) -> float:
        return len(self.shown) / (len(self.shown) + len(self.missing))


def likeness(document: Document, layout: Layout) -> Likeness:
    """Look for every sign of a layout in a document."""
    texts = list(excerpts(document))
    shown = tuple(sign for sign in layout.signs if any(_shows(text, sign) for text in texts))
    return Likeness(layout, shown, tuple(sign for sign in layout.signs if sign not in shown))


def recognise(document: Document, layouts: tuple[Layout, ...]) -> tuple[Likeness, ...]:
    """Every layout's likeness, the best first. The document is of the first one, if that one fits."""
    found = [likeness(document, layout) for layout in layouts]
    return tuple(sorted(found, key=lambda like: (like.fits, like.share), reverse=True))


def _shows(text: Excerpt, sign: Sign) -> bool:
    if sign.pattern is not None:
        return re.search(sign.pattern, narrow(text.text)) is not None
    return sign.labels is not None and sign.labels.match(text.text)
