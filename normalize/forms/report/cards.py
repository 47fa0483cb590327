"""Cards: one measure each, under a heading with its code, with a small table of its goals and who takes part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from normalize.cells.vocabulary import unit_note
from normalize.document.labelled_cells import all_labels, fields_of, label_cells
from normalize.document.sections import Part
from normalize.document.table_grid import Grid, GridCell
from normalize.document.text_span import Excerpt
from normalize.records.indicators import goal_to_statements
from normalize.records.measures import called, code_or_place, node_of
from normalize.records.organisations import orgs_to_statements
from normalize.records.passages import passages, syntax
from normalize.statements.statement import Label, Remark, Statement, entry
from normalize.text.calendar import fiscal_year
from normalize.text.folding import clean, narrow, squeeze, unquoted
from normalize.text.labels import Labels
from normalize.text.patterns import CheckedForm, Groups
from normalize.text.periods import period_of
from schemas.closed_sets import LinkKind
from schemas.document import Document
from schemas.messages import say
from schemas.records import Measure, MeasureLink


@dataclass(frozen=True, slots=True)
class CardForm(CheckedForm):
    """How a card prints.

    `heading` has the groups `code` and `remarks`. In the remarks, `related` has the group `codes`, in which `code`
    finds each; `new` and `reprint` mark what they say. `aim` finds the numbers of goals in a cell.
    """

    heading: Annotated[re.Pattern[str], Groups(("code", "remarks"))]
    related: Annotated[re.Pattern[str], Groups(("codes",))]
    code: Annotated[re.Pattern[str], Groups(("code",))]
    new: Annotated[re.Pattern[str], Groups(("mark",))]
    reprint: Annotated[re.Pattern[str], Groups(("mark",))]
    aim: Annotated[re.Pattern[str], Groups()]
    name: Labels
    aims: Labels
    orgs: Labels
    goals: Labels

    @property
    def labels(self) -> tuple[Labels, ...]:
        return (self.name, self.aims, self.orgs, self.goals)


@dataclass(frozen=True, slots=True)
class Card:
    """A card before its references are resolved: its node, and where each thing about it is printed."""

    node: Measure
    part: Part
    code: Excerpt | None
    name: Excerpt | None
    at: Excerpt | None
    fields: Mapping[Labels, list[GridCell]]
    related: tuple[Excerpt, ...]
    new: Excerpt | None
    reprint: Excerpt | None


def is_card_table(grid: Grid, form: CardForm) -> bool:
    """Whether a table is a card's: it names the measure, and its goals or who takes part. One label may be renamed."""
    found = label_cells(grid, form.labels)
    return (form.name in found and len(found) > 1) or len(found) == len(form.labels) - 1


def card_of(document: Document, part: Part, form: CardForm) -> Card:
    """The card under a heading."""
    code, remarks = part.group("code"), part.group("remarks")
    grid = _table(part, form)
    fields = fields_of(grid, form.labels) if grid else {}
    names = fields.get(form.name, [])
    at = grid.cells[0].excerpt if grid else part.heading
    name = names[0].excerpt if names else None
    new, reprint = _marked(remarks, form.new), _marked(remarks, form.reprint)
    return Card(
        node=replace(
            node_of(document, "measure", code, name, at=at),
            is_new=new is not None,
        ),
        part=part,
        code=code,
        name=name,
        at=at,
        fields=fields,
        related=tuple(_related(remarks, form)),
        new=new,
        reprint=reprint,
    )


def originals(cards: Sequence[Card]) -> dict[str, Measure]:
    """The original of each reprint, by the reprint's id: the card that it refers to, else one of its name.

    An original is no reprint itself: a reference to a reprint leads on to that one's original.
    """
    by_code = {key: card for card in reversed(cards) if (key := _key(card.code))}
    by_name = {_name(card): card for card in reversed(cards) if card.reprint is None and _name(card)}
    found: dict[str, Measure] = {}
    for card in cards:
        if card.reprint is None:
            continue
        original = _followed(card, by_code) or by_name.get(_name(card))
        if original is not None:
            found[card.node.measure_id] = original.node
    return found


def _table(part: Part, form: CardForm) -> Grid | None:
    return next((grid for grid in part.grids if is_card_table(grid, form)), None)


def _followed(card: Card, by_code: Mapping[str, Card]) -> Card | None:
    seen: list[Card] = []
    following = [card]
    while following:
        step = following.pop(0)
        if step in seen:
            continue
        seen.append(step)
        if step.reprint is None:
            return step
        following += [by_code[key] for code in step.related if (key := _key(code)) in by_code]
    return None


def card_to_statements(
    document: Document,
    card: Card,
    form: CardForm,
    by_code: Mapping[str, Measure],
    original: Measure | None,
) -> Iterator[Statement]:
    """Read one card; `card.node` has its parent and phase already."""
    node = replace(card.node, reprint_of_measure_id=original.measure_id if original else None)
    yield from _heading(card, form)
    yield entry(
        node,
        measure_code=code_or_place(card.code, card.name, card.at),
        measure_name=card.name,
        measure_name_text=card.name,
        is_new=card.new,
        reprint_of_measure_id=card.reprint,
    )
    yield from _links(card, node, by_code, original)
    grid = _table(card.part, form)
    if grid:
        for cell in all_labels(grid, form.labels):
            yield Label(cell.excerpt)
    yield from _missing(card, form, node)
    for cell in card.fields.get(form.aims, []):
        yield from _aims(cell.excerpt, form, node)
    for cell in card.fields.get(form.orgs, []):
        yield from orgs_to_statements(cell.excerpt, node.measure_id, "participating")
    head = label_cells(grid, form.labels).get(form.goals) if grid else None
    year = fiscal_year(squeeze(head.text)) if head else None
    for cell in card.fields.get(form.goals, []):
        goals = [cell.excerpt]
        yield from passages(goals, document.document_id, "target", measure_id=node.measure_id)
        unit = unit_note(head.text) if head else None
        yield from goal_to_statements(cell.excerpt, node.measure_id, fiscal_year=year, unit=unit)
        if head and period_of(head.text) != "year":
            yield Remark(
                "part-year",
                "warning",
                say("{head} is no target for the end of the plan", head=head.excerpt.printed),
                cell.excerpt,
                node,
                observed=head.excerpt.printed,
            )


def codes_of(cards: Sequence[Card]) -> dict[str, Measure]:
    """The cards' nodes by their squeezed codes; the first of two with one code."""
    return {key: card.node for card in reversed(cards) if (key := _key(card.code))}


def _heading(card: Card, form: CardForm) -> Iterator[Statement]:
    """What a heading prints of known signs. Any other remark stays unread, and is reported as such."""
    heading, remarks = card.part.heading, card.part.group("remarks")
    if heading is None:
        return
    yield Label(heading.slice(0, len(heading.text) - len(remarks.text)) if remarks else heading)
    for pattern in (form.related, form.new, form.reprint):
        for match in pattern.finditer(narrow(remarks.text)) if remarks else ():
            assert remarks is not None
            yield Label(remarks.slice(*match.span()))


def _links(card: Card, node: Measure, by_code: Mapping[str, Measure], original: Measure | None) -> Iterator[Statement]:
    for code in card.related:
        target = by_code.get(_key(code))
        yield _link(node, "related", code, target)
    if card.reprint:
        yield _link(node, "reprint", card.reprint, original)


def _link(node: Measure, kind: LinkKind, printed: Excerpt, target: Measure | None) -> Statement:
    record = MeasureLink(
        measure_id=node.measure_id,
        kind=kind,
        target_text=printed.printed,
        target_measure_id=target.measure_id if target else None,
    )
    return entry(record, target_text=printed)


def _aims(cell: Excerpt, form: CardForm, node: Measure) -> Iterator[Statement]:
    parts = [cell.slice(*match.span()) for match in form.aim.finditer(narrow(cell.text))]
    for part in parts:
        yield _link(node, "goal", part, None)
    if parts:
        yield from syntax(cell, parts)


def _missing(card: Card, form: CardForm, node: Measure) -> Iterator[Statement]:
    if card.code is None:
        yield Remark(
            "label-missing",
            "error",
            say("the card {card} has no heading with a code above its table", card=called(node)),
            card.name,
            node,
            "measure_code",
            expected="a heading with a code, as 【A - 1】",
        )
    grid = _table(card.part, form)
    known = label_cells(grid, form.labels) if grid else {}
    for labels in form.labels:
        if labels not in known:
            spelling = labels.told
            yield Remark(
                "label-missing",
                "error",
                say(
                    "the card {card} has no label {label}: what belongs to it was not read; compare the "
                    "page, or add the label's new spelling to the city's file",
                    card=called(node),
                    label=spelling,
                ),
                card.part.heading,
                node,
                expected=spelling,
            )


def _marked(remarks: Excerpt | None, pattern: re.Pattern[str]) -> Excerpt | None:
    match = pattern.search(narrow(remarks.text)) if remarks else None
    return remarks.group(match, "mark") if remarks and match else None


def _related(remarks: Excerpt | None, form: CardForm) -> Iterator[Excerpt]:
    for match in form.related.finditer(narrow(remarks.text)) if remarks else ():
        assert remarks is not None
        codes = remarks.slice(*match.span("codes"))
        for code in form.code.finditer(narrow(codes.text)):
            yield codes.slice(*code.span("code"))


def _key(code: Excerpt | None) -> str:
    return squeeze(code.text) if code else ""


def _name(card: Card) -> str:
    return squeeze(unquoted(clean(card.name.text))) if card.name else ""
