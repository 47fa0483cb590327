"""What stands behind a label of a form: a name, a body, a judgement, prose, an amount."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from normalize.cells.choices import Options
from normalize.cells.vocabulary import Term
from normalize.document.table_grid import GridCell
from normalize.forms.general.cells.answers import is_mark
from normalize.forms.general.facts import Fact, Text
from normalize.forms.general.form.form_judgements import (
    body_direction,
    is_in_points,
    judged_facts,
    passage_facts,
    point_facts,
    unknown_facts,
)
from normalize.forms.general.form.form_names import is_below_section, labelled_nodes, name_facts, node_facts
from normalize.forms.general.form.form_numbers import cost_facts, indicator_facts, is_money, role_facts
from normalize.forms.general.form.form_values import Form, Labelled, labelled
from normalize.forms.general.heads.meaning import BODY
from normalize.forms.general.rows.listed import costs_in
from normalize.text.folding import squeeze

_PLAN_LEVEL: Final = Term("name", "measure-group", is_whole=True)
"""What 項 is under 節: a level of the plan."""

_SPENT: Final = frozenset({"actual", "forecast"})
"""Roles that name money alone, where no indicator is named before: 決算額, 予算額."""

_CHOOSING: Final = frozenset({"grade", "direction", "evaluator", "passage", ""})
"""Kinds of labels behind which an option may be chosen, with prose beside it."""

_EARLIER: Final = re.compile("(?:前|昨)(?:年度?|回)")
"""When something was judged before."""

_Reading = Callable[[Labelled], Iterator[Fact]]


def facts_behind_label(
    form: Form, labels: Sequence[GridCell], values: Sequence[GridCell], around: Sequence[GridCell],
    answer: Options | None,
) -> Iterator[Fact]:  # fmt: skip
    """What the values behind a label say; without a label, the names that they print with their own."""
    if not any(values):
        return
    if not labels:
        for cell in values:
            if cell:
                yield from labelled_nodes(cell.excerpt)
        return
    behind = labelled(form, labels, values, around, answer)
    if behind.kind == "org" and behind.is_directed:
        yield body_direction(behind)
    elif is_in_points(behind):
        yield from point_facts(behind)
    elif listed := _costs_listed(behind):
        yield from listed
    else:
        yield from _reading_of(behind)(behind)
        yield from _told_beside_answer(behind)


def _costs_listed(behind: Labelled) -> list[Fact]:
    """The costs that one cell lists behind 内訳, if it does."""
    if "内訳" not in behind.label.text:
        return []
    return list(costs_in(behind.printed[0].excerpt, behind.head, behind.label.excerpt, behind.view.sense))


def _reading_of(behind: Labelled) -> _Reading:
    """How to read what stands behind a label: as its kind tells, unless it has a role, or money, for its value."""
    if _EARLIER.fullmatch(squeeze(behind.label.text)) and behind.view.kind(behind.printed[0]) in {"mark", "direction"}:
        return _judged_before
    if behind.kind in _NAMING:
        return _NAMING[behind.kind]
    if squeeze(behind.label.text) == "項" and is_below_section(behind.view, behind.label):
        return _plan_level
    if behind.head.role is not None and not behind.head.words:
        is_cost = behind.head.is_money and behind.head.role in _SPENT and behind.form.state.indicator is None
        return cost_facts if is_cost else role_facts
    if behind.kind == "cost" or is_money(behind):
        return cost_facts
    return _TELLING.get(behind.kind, unknown_facts)


def _judged_before(behind: Labelled) -> Iterator[Fact]:
    """What was judged the time before, beside what is judged now: 評価結果 | Ａ | 前回 | Ｂ."""
    value = behind.printed[0]
    kind = "direction" if behind.view.kind(value) == "direction" else "grade"
    if not is_mark(value):
        yield Text(kind, kind, value.excerpt, behind.label.excerpt)


def _names(behind: Labelled) -> Iterator[Fact]:
    if behind.term is not None:
        yield from name_facts(behind.view, behind.label, behind.term, behind.printed)


def _plan_level(behind: Labelled) -> Iterator[Fact]:
    """項 under 節."""
    yield from name_facts(behind.view, behind.label, _PLAN_LEVEL, behind.printed)


def _bodies(behind: Labelled) -> Iterator[Fact]:
    """The body behind its label, and others beside it that end like one: 課, 係."""
    for at, cell in enumerate(behind.printed):
        is_said = behind.view.kind(cell) in {"words", "label", "prose"}
        if is_said and (at == 0 or BODY.fullmatch(squeeze(cell.text))):
            yield Text("org", behind.field, cell.excerpt, behind.label.excerpt)


def _as_printed(behind: Labelled) -> Iterator[Fact]:
    """A code, or what a label says of the document."""
    yield Text(behind.kind, behind.field, behind.printed[0].excerpt, behind.label.excerpt)


def _section_of_plan(behind: Labelled) -> Iterator[Fact]:
    """The name behind 項 in a row with 章 and 節: a level of a plan, and no item of an account."""
    view, label, last = behind.view, behind.label, behind.printed[-1]
    if squeeze(label.text) != "項" or view.kind(last) != "words":
        return
    if {"章", "節"} <= {squeeze(cell.text) for cell in view.grid.row(label.cell.row)}:
        yield from node_facts(label.excerpt, last.excerpt, "measure")


def _told_beside_answer(behind: Labelled) -> Iterator[Fact]:
    """The prose beside cells that choose an option."""
    if behind.answer is None or not behind.answer.chosen or behind.kind not in _CHOOSING:
        return
    section = {"direction": "next_year", "passage": behind.field}.get(behind.kind, "finding")
    for cell in behind.told:
        yield Text("passage", section, cell.excerpt, behind.label.excerpt)


_NAMING: Final[Mapping[str, _Reading]] = {
    "name": _names, "org": _bodies, "code": _as_printed, "document": _as_printed, "indicator": indicator_facts,
}  # fmt: skip
"""Kinds of labels that name something, also where they name a role or a unit of money."""

_TELLING: Final[Mapping[str, _Reading]] = {
    "grade": judged_facts, "direction": judged_facts, "evaluator": judged_facts, "passage": passage_facts,
    "aside": _section_of_plan,
}  # fmt: skip
"""Kinds of labels behind which something is judged or told."""
