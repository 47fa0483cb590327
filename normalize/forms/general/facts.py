"""What a document says, part by part: plain facts, each with its text, its label and whom it is said of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from normalize.document.text_span import Excerpt
from normalize.forms.general.choices import Options
from schemas.closed_sets import Comparator, Frequency

RowKey = tuple[int, int]
"""A row of a list: the position of its table in the document, and the row."""


@dataclass(frozen=True, slots=True)
class Text:
    """A value that a label names: a name, a code, an organisation, something of the document, prose, a judgement.

    `kind` and `field` are the label's. `row` is the row of a list that it is said of; None in a form. `subject` are the
    labels that say what is judged, from the widest. `year` is the year of its column, `evaluator` who judges, `options`
    what it was chosen from, where the options stand in several cells.
    """

    kind: str
    field: str
    value: Excerpt
    label: Excerpt | None = None
    row: RowKey | None = None
    subject: tuple[Excerpt, ...] = ()
    year: int | None = None
    year_source: Excerpt | None = None
    evaluator: str | None = None
    options: Options | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an indicator as it will be read: from these texts, in this order."""

    text: str
    sources: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number of an indicator or a cost: its name, year and role, its value in `unit`. `value` is None for words.

    `sources` are the header cells and captions that give year, role and unit.
    """

    name: Name
    printed: Excerpt
    year: int | None
    role: Literal["baseline", "target", "actual", "forecast"]
    value: Decimal | None
    unit: str | None
    comparator: Comparator | None
    is_cost: bool
    year_source: Excerpt | None
    role_source: Excerpt | None
    unit_source: Excerpt | None
    row: RowKey | None = None
    frequency: Frequency | None = None
    deadline_fy: int | None = None
    parsed: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator that is named, with or without numbers."""

    name: Name
    unit: Excerpt | None
    row: RowKey | None = None


Fact = Text | Number | Named
