"""Reports between two halves of a plan: the review of the first, cards for the second, a matrix of its years.

The reading goes by headings: a policy's heading is followed by its aims and then by its cards, each with a table, a
description and a schedule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from normalize.document.plan_term import plan_term
from normalize.document.sections import UNKNOWN, Heading, Part, Step, divide, flow, given_back, is_contents, with_body
from normalize.document.table_grid import Grid
from normalize.document.text_span import Excerpt
from normalize.forms.report.cards import Card, CardForm, card_of, card_to_statements, codes_of, is_card_table, originals
from normalize.forms.report.policies import Policy, policy_of, policy_to_statements, prose_of, without_false_policies
from normalize.forms.report.review_table import ReviewForm, is_review, review_to_statements
from normalize.forms.report.year_matrix import YearColumns, matrix_to_statements, row_labels, year_columns
from normalize.records.document_row import about, plan_name_of
from normalize.records.passages import items_of, passages
from normalize.records.plan_terms import terms_of_another_length
from normalize.statements.statement import Label, Remark, Statement
from normalize.text.calendar import fiscal_years, month_mentions
from normalize.text.folding import clean, narrow, squeeze
from normalize.text.labels import Labels
from normalize.text.patterns import CheckedForm, CodeAndName, Groups, PatternText
from schemas.closed_sets import SECTIONS
from schemas.document import Document
from schemas.messages import say
from schemas.records import Measure


@dataclass(frozen=True, slots=True)
class ReportForm(CheckedForm):
    """How a report prints.

    `title` is the pattern of the line that names the plan. `review_heading` and `plan_heading` may have the group
    `phase`; the phases in the form stand in where a heading has none. `policy` has the groups `code` and `name`, `aim`
    has `number` and `name`. `measures` stands over the cards of a policy.
    """

    title: PatternText
    preface: Labels
    review_heading: Annotated[re.Pattern[str], Groups(optional=("phase",))]
    plan_heading: Annotated[re.Pattern[str], Groups(optional=("phase",))]
    review_phase: str
    plan_phase: str
    policy: CodeAndName
    aim: Annotated[re.Pattern[str], Groups(("number", "name"))]
    measures: Labels
    description: Labels
    schedule: Labels
    review: ReviewForm
    card: CardForm

    @property
    def headings(self) -> tuple[Heading, ...]:
        return (
            Heading("card", pattern=self.card.heading),
            Heading("description", labels=self.description),
            Heading("schedule", labels=self.schedule),
            Heading("measures", labels=self.measures),
            Heading("preface", labels=self.preface),
            Heading("review", pattern=self.review_heading),
            Heading("plan", pattern=self.plan_heading),
            Heading("policy", pattern=self.policy),
            UNKNOWN,
            Heading("other", level=True),
        )


@dataclass(frozen=True, slots=True)
class Nodes:
    """What the parts of a report hold, by the position of the part. Reviews are read already, as statements."""

    reviews: Mapping[int, tuple[Statement, ...]]
    policies: Mapping[int, Policy]
    cards: Mapping[int, Card]


def report_to_statements(document: Document, form: ReportForm) -> Iterator[Statement]:
    """Read a report. Its nodes are gathered first: a reprint may stand before its original."""
    steps = list(flow(document, lambda grid: _is_form(grid, form)))
    contents = [step for step in steps if isinstance(step, Excerpt) and is_contents(step)]
    yield from map(Label, contents)
    steps = [step for step in steps if step not in contents]
    divided = list(_without_marked_text(divide(document, steps, form.headings), form))
    parts = list(_one_table_each(without_false_policies(divided, form.aim), form))
    matrices = [(grid, years) for grid in _grids(parts) if (years := _matrix(grid, form))]
    nodes = _nodes(document, parts, form, matrices)
    yield from _about(document, parts, form)
    yield from _cover(document, parts[0])
    owners = {squeeze(policy.node.measure_name or ""): policy.node for policy in nodes.policies.values()}
    of_reprint, by_code = originals(list(nodes.cards.values())), codes_of(list(nodes.cards.values()))
    policy: Measure | None = None
    card: Measure | None = None
    for at, part in enumerate(parts):
        if part.kind == UNKNOWN.kind and card is not None:
            continue  # nobody knows what it says of the card; a finding tells of it
        if part.heading:
            yield from [] if part.kind == "card" else [Label(part.heading)]
        if found := nodes.policies.get(at):
            policy, card = found.node, None
            yield from policy_to_statements(document, found, form.aim, _heading_of(parts, at, "plan"))
        elif read := nodes.cards.get(at):
            card = read.node
            original = of_reprint.get(read.node.measure_id)
            yield from card_to_statements(document, read, form.card, by_code, original)
            yield from prose_of(document, part.lines, "background", card)
        elif part.kind in ("description", "schedule"):
            yield from prose_of(document, part.lines, SECTIONS[part.kind], card or policy)
        elif at > 0:
            policy = policy if part.kind in ("measures", "other") else None
            card = None
            yield from prose_of(document, part.lines, "background", policy)
        yield from nodes.reviews.get(at, ())
        for grid, years in matrices:
            if grid in part.grids:
                yield from matrix_to_statements(document, grid, years, owners)
    yield from _bodiless(parts, nodes, form)


def _is_form(grid: Grid, form: ReportForm) -> bool:
    return is_review(grid, form.review) or is_card_table(grid, form.card) or year_columns(grid) is not None


def _matrix(grid: Grid, form: ReportForm) -> YearColumns | None:
    of_measures = is_review(grid, form.review) or is_card_table(grid, form.card)
    return None if of_measures else year_columns(grid)


def _grids(parts: Iterable[Part]) -> Iterator[Grid]:
    return (grid for part in parts for grid in part.grids)


def _without_marked_text(parts: Sequence[Part], form: ReportForm) -> Iterator[Part]:
    """Give back to the text what a source marks as a heading and the form does not: the lines of the cover, aims.

    A heading before all known ones is of the cover, unless sentences stand under it.
    """
    kept = parts[0]
    for part in parts[1:]:
        heading = part.heading.text if part.kind == "other" and part.heading else None
        is_cover = kept.kind == "" and not any("。" in line.text for line in part.lines)
        is_aim = kept.kind == "policy" and heading is not None and form.aim.fullmatch(narrow(heading))
        if heading is not None and (is_cover or is_aim):
            kept = given_back(kept, part)
        else:
            yield kept
            kept = part
    yield kept


def _one_table_each(parts: Iterable[Part], form: ReportForm) -> Iterator[Part]:
    """Give each card's table a part of its own, also where no heading with a code stands above it."""
    for part in parts:
        current, body = part, list[Step]()
        taken = part.kind != "card"
        for step in part.body:
            if isinstance(step, Grid) and is_card_table(step, form.card):
                if taken:
                    yield with_body(current, body)
                    current, body = Part("card", None, None, ()), []
                taken = True
            body.append(step)
        yield with_body(current, body)


def _nodes(
    document: Document,
    parts: Sequence[Part],
    form: ReportForm,
    matrices: Sequence[tuple[Grid, YearColumns]],
) -> Nodes:
    labels = [label for grid, years in matrices for _, label in row_labels(grid, years)]
    reviews: dict[int, tuple[Statement, ...]] = {}
    policies: dict[int, Policy] = {}
    cards: dict[int, Card] = {}
    policy: Policy | None = None
    last: dict[str, Part] = {}
    for at, part in enumerate(parts):
        last[part.kind] = part
        heading = last.get("review")
        phase = _phase(heading, form.review_phase)
        source = heading.group("phase") if heading else None
        read = [grid for grid in part.grids if is_review(grid, form.review)]
        if read:
            reviews[at] = tuple(
                statement
                for grid in read
                for statement in review_to_statements(document, grid, form.review, phase, source)
            )
        plan_phase = _phase(last.get("plan"), form.plan_phase)
        if part.kind == "policy":
            policy = policy_of(document, part, labels, plan_phase)
            policies[at] = policy
        elif part.kind == "card":
            card = card_of(document, part, form.card)
            parent = policy.node.measure_id if policy else None
            cards[at] = replace(card, node=replace(card.node, parent_measure_id=parent, plan_phase=plan_phase))
    return Nodes(reviews, policies, cards)


def _heading_of(parts: Sequence[Part], at: int, kind: str) -> Part | None:
    """The last part of a kind up to a position."""
    return next((part for part in reversed(parts[: at + 1]) if part.kind == kind), None)


def _phase(part: Part | None, otherwise: str) -> str:
    printed = part.group("phase") if part else None
    return clean(printed.text) if printed else otherwise


def _about(document: Document, parts: Sequence[Part], form: ReportForm) -> Iterator[Statement]:
    lines = [line for part in parts for line in part.lines]
    titles = [line for line in lines if _is_title(line, form)][:1]
    told = [line for part in parts if part.kind not in ("description", "schedule") for line in part.lines]
    term = plan_term(told)
    issued = next((line for line in parts[0].lines if _is_date(line)), None)
    yield from about(
        document,
        title=titles,
        plan_name=[plan_name_of(title) for title in titles],
        plan_start_fy=term.start_fy if term else None,
        plan_end_fy=term.end_fy if term else None,
        term=[term.source] if term else [],
        issued_text=issued,
    )
    yield from terms_of_another_length(told)


def _is_title(line: Excerpt, form: ReportForm) -> bool:
    return re.search(form.title, squeeze(line.text)) is not None and "。" not in line.text


def _is_date(line: Excerpt) -> bool:
    dates = [mention.text for mention in month_mentions(line.text)] + [year.text for year in fiscal_years(line.text)]
    return bool(dates) and squeeze(dates[0]) == re.sub(r"(?:発行|作成|策定)$", "", squeeze(line.text))


def _cover(document: Document, cover: Part) -> Iterator[Statement]:
    """The lines before the first heading: title, date, issuer; sentences are background."""
    for line in cover.lines:
        if "。" in line.text:
            yield from passages(items_of(line), document.document_id, "background")
        else:
            yield Label(line)


def _bodiless(parts: Sequence[Part], nodes: Nodes, form: ReportForm) -> Iterator[Statement]:
    """A remark for each card of a measure that prints no description or no schedule; a reprint (再掲) need not."""
    for at, card in nodes.cards.items():
        if card.reprint is not None:
            continue
        kinds = set()
        for part in parts[at + 1 :]:
            if part.kind not in ("description", "schedule", UNKNOWN.kind):
                break
            kinds.add(part.kind)
        for kind, labels in (("description", form.description), ("schedule", form.schedule)):
            if kind not in kinds:
                spelling = labels.told
                yield Remark(
                    "label-missing",
                    "error",
                    say(
                        "the card {card} has no {label}: what belongs to it was not read; compare the page, "
                        "or add the label's new spelling to the city's file",
                        card=card.node.measure_code,
                        label=spelling,
                    ),
                    card.part.heading or card.name,
                    expected=spelling,
                )
