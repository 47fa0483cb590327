"""What a document says, part by part: plain facts, each with its text, its label and whom it is said of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from normalize.cells.choices import Options
from normalize.document.text_span import Excerpt
from schemas.closed_sets import Comparator, Frequency, IndicatorKind, ObservationRole
from schemas.light import light

RowKey = tuple[int, int]
"""A row of a list: the position of its table in the document, and the row."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it will be read: from these texts, in this order."""

    text: str
    sources: tuple[Excerpt, ...]


@light
class Node:
    """A name of the hierarchy: the field of its label (goal … action), its text and code.

    `own` tells a name that a row of a list has for itself: two such rows are two nodes, even of one name. `title` tells
    a heading or a title between rows that no label calls a name: it names only what nothing else does.
    """

    field: str
    value: Excerpt
    code: Excerpt | None = None
    label: Excerpt | None = None
    own: RowKey | None = None
    title: bool = False


@light
class Text:
    """A value that a label names: an organisation, something of the document, prose, a judgement.

    `kind` and `field` are the label's. `row` is the row of a list that it is said of; None in a form. `subject` are the
    labels that say what is judged. `year` is the year of its column, `evaluator` who judges, `options` what it was
    chosen from where the options stand in several cells, `indicator` the indicator that it judges. `body` is who says
    so, where several bodies stand beside one name, each in a row of its own.
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
    indicator: Name | None = None
    body: Excerpt | None = None


@light
class Number:
    """A number of an indicator or a cost: its name, year and role, its value in `unit`. `value` is None for words.

    The sources are the header cells and captions that give year, role and unit. `unsettled` is the one that says that
    the number is not final, `reprint` whether its row prints an earlier one again, `is_odd` whether what stands beside
    it in its cell may make another number of it.
    """

    name: Name
    printed: Excerpt
    year: int | None
    role: ObservationRole
    value: Decimal | None
    unit: str | None
    comparator: Comparator | None
    is_cost: bool = False
    year_source: Excerpt | None = None
    role_source: Excerpt | None = None
    unit_source: Excerpt | None = None
    row: RowKey | None = None
    kind: IndicatorKind | None = None
    frequency: Frequency | None = None
    deadline_fy: int | None = None
    parsed: bool = True
    unsettled: Excerpt | None = None
    reprint: bool = False
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator that is named, with or without numbers.

    `reference` is what another table calls it by, where it does not print the name again: 活動指標ア.
    """

    name: Name
    unit: Excerpt | None = None
    row: RowKey | None = None
    kind: IndicatorKind | None = None
    is_cost: bool = False
    reference: str | None = None
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text of which two readings are possible, so that neither is said. `one` and `other` say which."""

    value: Excerpt
    one: str
    other: str


Fact = Node | Text | Number | Named | Doubt
