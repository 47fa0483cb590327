"""Outlines of a plan: policies and directions as headings, and what is said under them. No goal, no grade.

A policy's heading is printed again over its survey; whatever stands under a heading that names no policy belongs to
the plan as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from normalize.document.plan_term import plan_term
from normalize.document.sections import UNKNOWN, Heading, Part, divide, flow, joined, with_body
from normalize.document.text_span import Excerpt
from normalize.records.document_row import about, plan_name_of
from normalize.records.measures import node_of, under
from normalize.records.passages import items_of, passage, passages
from normalize.records.plan_terms import terms_of_another_length
from normalize.statements.statement import Label, Remark, Statement, entry
from normalize.text.folding import enumerator, squeeze, unquoted
from normalize.text.labels import Labels
from normalize.text.patterns import CheckedForm, CodeAndName, Groups, PatternText
from schemas.closed_sets import Section
from schemas.document import Document
from schemas.messages import say
from schemas.records import Measure

# A line between wave dashes is the subtitle of the line above it.
_SUBTITLE = "～〜~"


@dataclass(frozen=True, slots=True)
class OutlineForm(CheckedForm):
    """How the headings of an outline print.

    `title` is the pattern of the line that names the plan. `policy` and `survey` have the groups `code` and `name`,
    `direction` has them too, for the lines under a policy. `others` are headings over prose on no policy.
    """

    title: PatternText
    policy: CodeAndName
    direction: CodeAndName
    survey: Annotated[re.Pattern[str], Groups(("name",), ("code",))]
    issues: Labels
    aims: Labels
    others: tuple[re.Pattern[str], ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        return (
            Heading("policy", pattern=self.policy),
            Heading("survey", pattern=self.survey),
            Heading("issue", labels=self.issues),
            Heading("aim", labels=self.aims),
            *(Heading("background", pattern=pattern) for pattern in self.others),
            UNKNOWN,
            Heading("background", level=True),
        )


@dataclass(frozen=True, slots=True)
class Branch:
    """A node, the heading that names it, the lines right under it, and the directions under those."""

    node: Measure
    part: Part
    directions: tuple[Branch, ...] = ()


def outline_to_statements(document: Document, form: OutlineForm) -> Iterator[Statement]:
    """Read an outline: its policies and directions first, because surveys name them wherever they stand."""
    lines = [step for step in flow(document) if isinstance(step, Excerpt)]
    titles = [line for line in lines if re.search(form.title, squeeze(line.text))][:1]
    first = titles[0].place.item if titles else 0
    parts = divide(document, (line for line in lines if line not in titles), form.headings)
    cover = [line for line in parts[0].lines if line.place.item < first and "。" not in line.text]
    parts[0] = with_body(parts[0], (line for line in parts[0].lines if line not in cover))
    yield from map(Label, cover)
    branches = {at: _branch(document, part, form) for at, part in enumerate(parts) if part.kind == "policy"}
    yield from _about(document, titles, lines, bool(branches))
    by_name = {squeeze(branch.node.measure_name or ""): branch.node for branch in branches.values()}
    current: Measure | None = None
    for at, part in enumerate(parts):
        if part.kind == UNKNOWN.kind and current is not None:
            continue  # nobody knows what it says of the policy; a finding tells of it
        if part.heading:
            yield Label(part.heading)
        if branch := branches.get(at):
            current = branch.node
            yield from _branch_statements(document, branch)
        elif part.kind == "survey":
            name = part.group("name")
            owner = by_name.get(squeeze(unquoted(name.text))) if name else None
            yield from _listed(document, part, "survey", owner)
        elif part.kind == "issue":
            yield from _listed(document, part, "issue", current)
        else:
            current = None
            yield from _prose(document, part)


def _about(document: Document, titles: list[Excerpt], lines: list[Excerpt], has_policies: bool) -> Iterator[Statement]:
    term = plan_term(lines)
    yield from about(
        document,
        title=titles,
        plan_name=[plan_name_of(title) for title in titles],
        plan_start_fy=term.start_fy if term else None,
        plan_end_fy=term.end_fy if term else None,
        term=[term.source] if term else [],
    )
    yield from terms_of_another_length(lines)
    if not has_policies:
        yield Remark(
            "label-missing",
            "error",
            say(
                "no heading of the outline names a policy: its hierarchy was not read; compare the "
                "headings, or add their new spelling to the city's file"
            ),
            lines[0] if lines else None,
        )


def _branch(document: Document, part: Part, form: OutlineForm) -> Branch:
    policy = node_of(document, "policy", part.group("code"), part.group("name"), at=part.heading)
    opening, *parts = divide(document, part.body, (Heading("direction", pattern=form.direction),))
    directions = (_direction(document, below, policy) for below in parts)
    return Branch(policy, with_body(part, opening.body), tuple(directions))


def _direction(document: Document, part: Part, policy: Measure) -> Branch:
    node = node_of(document, "measure", part.group("code"), part.group("name"), at=part.heading)
    return Branch(under(node, policy), part)


def _branch_statements(document: Document, branch: Branch) -> Iterator[Statement]:
    """A node and its state, then its directions and theirs."""
    part, node = branch.part, branch.node
    name = part.group("name")
    if part.heading:
        yield Label(part.heading)
    yield entry(node, measure_code=part.group("code"), measure_name=name, measure_name_text=name)
    items = (item for line in part.lines for item in items_of(line))
    yield from passages(items, document.document_id, "state", measure_id=node.measure_id)
    for direction in branch.directions:
        yield from _branch_statements(document, direction)


def _listed(document: Document, part: Part, section: Section, owner: Measure | None) -> Iterator[Statement]:
    """The items of a list. A number in front of an item only counts; it is print, not text."""
    for item in (item for line in part.lines for item in items_of(line)):
        counted = enumerator(item.text)
        text = item.slice(len(item.text.rstrip()) - len(counted[1])) if counted else item
        measure_id = owner.measure_id if owner else None
        yield passage([item], document.document_id, section, measure_id=measure_id, text=text)


def _prose(document: Document, part: Part) -> Iterator[Statement]:
    """The plan's aim is one sentence, however many lines it takes; other prose is a row per bullet or paragraph."""
    if part.kind == "aim":
        for group in joined(part.lines, lambda line, _: not line.text.endswith("。")):
            yield passage(group, document.document_id, "aim")
        return
    for group in joined(part.lines, lambda _, line: line.text[:1] in _SUBTITLE):
        if len(group) > 1:
            yield passage(group, document.document_id, "background")
        else:
            yield from passages(items_of(group[0]), document.document_id, "background")
