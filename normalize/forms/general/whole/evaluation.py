"""Whether the facts of a document make an evaluation: something that is named is counted, judged or told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from normalize.cells.vocabulary import term_of
from normalize.forms.general.facts import Doubt, Fact, Named, Node, Number, Text
from normalize.forms.general.whole.placing import Draft
from normalize.text.folding import squeeze

_SECTIONS: Final = frozenset("章節款項目編")

_LAW: Final = frozenset({"node", "passage", "row", "code", "org", "document"})
"""Kinds of facts that a law, a rule or a list of fees has too: its sections and its prose."""

_LEAST: Final = 2
"""So many indicators make a list."""

_ABOUT: Final = frozenset({"code", "document", "org"})
"""Kinds of facts that say what a document is, and evaluate nothing."""


def says_something(draft: Draft) -> bool:
    """Whether the facts make an evaluation: besides names, codes and bodies something is counted, judged or told."""
    facts = draft.facts
    numbers = [fact for fact in facts if isinstance(fact, Number)]
    kinds = {_kind_of(fact) for fact in facts if not isinstance(fact, Doubt)}
    if kinds <= _LAW and not any(map(_is_labelled, facts)):
        return False
    if kinds <= {"number", "node"} and (_holds_plans(numbers) or _lists_indicators(facts)):
        return True
    roles = {number.role for number in numbers}
    names = any(isinstance(fact, Node) or (isinstance(fact, Named) and not fact.is_cost) for fact in facts)
    if not (names or draft.rows or kinds & {"grade", "direction"} or roles & {"target", "baseline"}):
        return False  # numbers by year and prose about nothing named, as a report of salaries has them
    is_said = bool(numbers) or any(isinstance(fact, Text) and fact.kind not in _ABOUT for fact in facts)
    is_compared = "target" in roles and bool(roles & {"actual", "baseline"})
    return is_said and (len(kinds) > 1 or is_compared or bool(draft.rows))


def _kind_of(fact: Fact) -> str:
    if isinstance(fact, Text):
        return fact.kind
    return "node" if isinstance(fact, Node) else "number"


def _is_labelled(fact: Fact) -> bool:
    """Whether a name or a text stands behind a label that the vocabulary knows, which is no number of a section."""
    if not isinstance(fact, Node | Text) or fact.label is None:
        return False
    if isinstance(fact, Text) and fact.kind in _ABOUT:
        return False
    term = term_of(fact.label.text)
    return term is not None and term.is_whole and fact.label.text.strip() not in _SECTIONS


def _holds_plans(numbers: Iterable[Number]) -> bool:
    """Whether what was expected and what was found in one year stand together in a table: 量の見込み and 実績."""
    roles: dict[tuple[int, int], set[str]] = {}
    for number in numbers:
        if not number.is_cost and number.year is not None:
            roles.setdefault((number.printed.place.item, number.year), set()).add(number.role)
    return any(found >= {"forecast", "actual"} for found in roles.values())


def _lists_indicators(facts: Iterable[Fact]) -> bool:
    """Whether a table lists several indicators under a head that says so, each with what was found in a year."""
    named = {squeeze(fact.name.text) for fact in facts if isinstance(fact, Named) and not fact.is_cost}
    found = {
        squeeze(fact.name.text) for fact in facts
        if isinstance(fact, Number) and fact.role == "actual" and fact.year is not None and fact.value is not None
    }  # fmt: skip
    return len(named & found) >= _LEAST
