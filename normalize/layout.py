"""What a layout is, and how a document's layout is told: by what is printed on it, never by its file name."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from normalize.document.text_span import excerpts
from normalize.statements.statement import Statement
from normalize.text.calendar import without_year
from normalize.text.folding import narrow
from normalize.text.labels import Labels, any_of, label_keys
from normalize.text.patterns import compiled
from schemas.codes import municipality_name
from schemas.document import Document

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Sign:
    """Something printed that tells a layout.

    `labels` are the spellings of one label; a cell or line that is this label shows it. `pattern` is searched in the
    narrow form of every cell and line instead (see `normalize.text.folding`). A sign that is not `required` only adds
    to the likeness.
    """

    name: str
    labels: Labels | None = None
    pattern: str | None = None
    required: bool = True

    def __post_init__(self) -> None:
        if (self.labels is None) == (self.pattern is None):
            raise ValueError(f"sign {self.name}: expected either labels or a pattern, met both or neither")
        if self.pattern is not None:
            compiled(self.pattern, f"sign {self.name}")


@dataclass(frozen=True, slots=True)
class Layout:
    """One form of one city: how it is recognised, and the reader that turns such a document into statements.

    `labels` are the labels that the reader looks for, by the field of the form that declares them (see `labels_of`).
    Raises ValueError for a municipality that is not in the list.
    """

    name: str
    municipality_code: str
    signs: tuple[Sign, ...]
    read: Callable[[Document], Iterator[Statement]]
    labels: tuple[tuple[str, Labels], ...] = ()

    def __post_init__(self) -> None:
        if municipality_name(self.municipality_code) is None:
            raise ValueError(
                f"layout {self.name}: no municipality has the code {self.municipality_code!r}; take the five digits "
                f"from schemas/codes/municipalities.csv and put the check digit behind them (132071 for 13207)"
            )

    def is_label(self, text: str) -> bool:
        """Whether a text is one of the labels."""
        return any_of(tuple(labels for _, labels in self.labels)).match(text)


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
        """Whether all required signs are shown. A label may be renamed: one may lack where everything else is shown."""
        required = [sign for sign in self.missing if sign.required]
        return not required or (len(self.missing) == 1 and required[0].labels is not None)

    @property
    def is_near(self) -> bool:
        """Whether the form may be this one: every label that it must show is there, of another city or not."""
        return self.fits or not any(sign.required and sign.labels is not None for sign in self.missing)

    @property
    def share(self) -> float:
        return len(self.shown) / (len(self.shown) + len(self.missing))


def likeness(document: Document, layout: Layout) -> Likeness:
    """Look for every sign of a layout in a document."""
    return _likeness(_printed(document), layout)


def recognise(document: Document, layouts: tuple[Layout, ...]) -> tuple[Likeness, ...]:
    """Every layout's likeness, the best first. The document is of the first one, if that one fits."""
    printed = _printed(document)
    found = [_likeness(printed, layout) for layout in layouts]
    return tuple(sorted(found, key=lambda like: (like.fits, like.share), reverse=True))


@dataclass(frozen=True, slots=True)
class _Printed:
    """What a document prints, each text once: in its narrow form, and as the label that it may be."""

    narrowed: tuple[str, ...]
    labels: frozenset[str]


def _printed(document: Document) -> _Printed:
    texts = dict.fromkeys(excerpt.whole for excerpt in excerpts(document))
    return _Printed(
        narrowed=tuple(dict.fromkeys(map(narrow, texts))),
        labels=frozenset(key for text in texts for words in {text, without_year(text)} for key in label_keys(words)),
    )


def _likeness(printed: _Printed, layout: Layout) -> Likeness:
    shown = tuple(sign for sign in layout.signs if _shows(printed, sign))
    return Likeness(layout, shown, tuple(sign for sign in layout.signs if sign not in shown))


def _shows(printed: _Printed, sign: Sign) -> bool:
    if sign.pattern is not None:
        search = re.compile(sign.pattern).search
        return any(map(search, printed.narrowed))
    return sign.labels is not None and not sign.labels.keys.isdisjoint(printed.labels)
