"""What a layout is, and how a document's layout is told: by what is printed on it, never by its file name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from normalize.characters import narrow, squeeze
from normalize.excerpt import Excerpt, excerpts
from normalize.statements import Statement
from schemas.document import Document


@dataclass(frozen=True, slots=True)
class Sign:
    """Something printed that tells a layout.

    `labels` are spellings of one label; a cell or line whose text, squeezed, is one of them shows it. `pattern` is
    searched in the narrow form of every cell and line instead (see `normalize.characters`). A sign that is not
    `required` only adds to the likeness.
    """

    name: str
    labels: tuple[str, ...] = ()
    pattern: str | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """One form of one city: how it is recognised, and the reader that turns such a document into statements."""

    name: str
    municipality_code: str
    signs: tuple[Sign, ...]
    read: Callable[[Document], Iterator[Statement]]


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
    return squeeze(text.text) in map(squeeze, sign.labels)
