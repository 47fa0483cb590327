"""A label of a form with what stands behind it, and what a form hands on from one row to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from normalize.cells.choices import Options, options_of
from normalize.cells.heads import Head
from normalize.cells.vocabulary import Term
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.answers import chosen_of
from normalize.forms.general.facts import Name
from normalize.forms.general.rows.stubs import Setting
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

_NAMES: Final = frozenset({"名称", "名", "名前"})
"""What the name of a thing is called beside its code."""

QUESTION: Final = re.compile(r"(?:[るいたなきの一-龥]か|か[?？]|[?？]|余地|有無|[^ではには]は)$")
"""How a label ends that asks: 対象は適切か, 成果の向上余地."""

POINTS_OF: Final = re.compile(r"\d{1,3}点?[/／]\d{1,3}点?")
"""Points of how many: 4 ／ 5."""

QUESTION_WORD: Final = re.compile(r"(?:誰|だれ|何|どの|どう|どこ|いつ|なぜ)[^。]{0,12}")
"""A label that is the start of a sentence: 誰が, どのような状態に."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading that a table or a line stands under, and what the vocabulary makes of it."""

    excerpt: Excerpt
    term: Term | None
    numbered: bool = False


@dataclass(slots=True)
class FormState:
    """What one row leaves to the next: a label without a value of its own, the indicator named last."""

    pending: list[GridCell]
    indicator: Name | None = None
    unit: Excerpt | None = None
    kind_texts: tuple[str, ...] = ()
    taken: set[int] = field(default_factory=set)
    """The rows that were read together with one above them."""


@dataclass(frozen=True, slots=True)
class Form:
    """The rows of a form, what is around them, and what was read of them so far."""

    view: View
    rows: Sequence[int]
    setting: Setting
    heading: Heading | None
    state: FormState


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label, the labels of its groups from the nearest on, and the cells behind it.

    `values` are these cells with the blank ones among them, `printed` those that print something: one at least. `term`
    is what the label means here, also by its group. `answer` are the options where cells side by side or one below the
    other choose among them, and `told` is the prose beside such cells.
    """

    form: Form
    label: GridCell
    groups: tuple[GridCell, ...]
    values: Sequence[GridCell]
    printed: Sequence[GridCell]
    term: Term | None
    answer: Options | None
    told: Sequence[GridCell]

    @property
    def view(self) -> View:
        return self.form.view

    @property
    def head(self) -> Head:
        return self.view.head(self.label)

    @property
    def kind(self) -> str:
        """The kind of what the label means; empty where nobody knows."""
        return self.term.kind if self.term is not None else ""

    @property
    def field(self) -> str:
        """The field of what the label means; empty where nobody knows."""
        return self.term.field if self.term is not None else ""

    @property
    def judge(self) -> str | None:
        """The evaluator that the label, a group or the heading names, the nearest first."""
        heading = self.form.heading
        terms = [self.view.term(label) for label in (self.label, *self.groups)] + [heading.term if heading else None]
        return next((term.field for term in terms if term is not None and term.kind == "evaluator"), None)

    @property
    def is_directed(self) -> bool:
        """Whether a direction stands behind the label of somebody or something in a group of directions."""
        return bool(self.groups) and _is_directed(self.view, self.groups[0], self.printed[0])


def labelled(
    form: Form, labels: Sequence[GridCell], values: Sequence[GridCell], around: Sequence[GridCell],
    answer: Options | None,
) -> Labelled:  # fmt: skip
    """The last of some labels with the values behind it, of which one at least is printed.

    `around` are labels of groups that stand before all of them; `answer` is what the row below chooses, if it does.
    """
    printed = [cell for cell in values if cell]
    *groups, label = labels
    outer = (*reversed(groups), *reversed(around))
    told: list[GridCell] = []
    if answer is None and len(values) > 1 and not any(options_of(cell.excerpt) for cell in printed):
        told = [cell for cell in printed if form.view.kind(cell) == "prose"]
        answer = chosen_of([cell for cell in values if cell not in told])
    term = _meaning(form.view, label, outer[0] if outer else None, printed[0])
    return Labelled(form, label, outer, values, printed, term, answer, told)


def _meaning(view: View, label: GridCell, group: GridCell | None, value: GridCell) -> Term | None:
    """What a label means in its group, before its first value."""
    term = view.term(label)
    if term is not None and not term.is_whole and term.kind in {"name", "code"}:
        term = None
    over = view.whole(group) if group is not None else None
    if group is None or over is None:
        return term
    if (over.kind == "name" or (over.kind, over.field) == ("indicator", "name")) and squeeze(label.text) in _NAMES:
        return over  # 事務事業 | コード | … | 名称 | …; 指標１ | 名称 | …
    is_asked = over.kind == "passage" or _is_directed(view, group, value)
    if term is None and is_asked and view.head(label).unit is None:
        return over  # one of several questions of a heading: 事業の目的 | 誰を | …
    return term


def _is_directed(view: View, group: GridCell, value: GridCell) -> bool:
    over = view.whole(group)
    return over is not None and over.kind == "direction" and view.kind(value) == "direction"
