"""Summaries of a plan's progress: per goal its measures, one line of counts with a score, good points and issues.

What stands before the first goal explains the marks: a legend. A line of counts there is an example, unless it stands
under a heading that says it is of the whole plan.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Annotated

from normalize.document.sections import UNKNOWN, Heading, Part, divide, flow
from normalize.document.text_span import Excerpt
from normalize.forms.summary.attribution import Attributions, attributed, is_attribution
from normalize.forms.summary.grade_counts import (
    AsOf,
    CountForm,
    counts_to_statements,
    legend_weights,
    weights_to_statements,
)
from normalize.records.document_row import about, plan_name_of
from normalize.records.measures import called, node_of, under
from normalize.records.passages import items_of, passage, passages
from normalize.statements.statement import Label, Remark, Statement, entry
from normalize.text.calendar import fiscal_year, month_mentions
from normalize.text.folding import narrow, squeeze
from normalize.text.labels import Labels
from normalize.text.patterns import CheckedForm, CodeAndName, Groups, PatternText
from schemas.closed_sets import SECTIONS
from schemas.document import Document
from schemas.edition import LATEST_REPORT
from schemas.messages import say
from schemas.records import Measure


@dataclass(frozen=True, slots=True)
class SummaryForm(CheckedForm):
    """How a summary prints.

    `title` is the pattern of the line that names the plan. `goal` and `measure` have the groups `code` and `name`.
    `as_of` has the group `year`: the year of the scores in brackets. `captions` stand over the counts.
    """

    title: PatternText
    goal: CodeAndName
    measure: CodeAndName
    legend: Labels
    whole_plan: Labels
    captions: Labels
    good_points: Labels
    issues: Labels
    as_of: Annotated[re.Pattern[str], Groups(("year",))]
    counts: CountForm
    attributions: Attributions

    @property
    def headings(self) -> tuple[Heading, ...]:
        return (
            Heading("goal", pattern=self.goal),
            Heading("measure", pattern=self.measure),
            Heading("good_point", labels=self.good_points),
            Heading("issue", labels=self.issues),
            Heading("legend", labels=self.legend),
            Heading("plan", labels=self.whole_plan),
            UNKNOWN,
        )


@dataclass(frozen=True, slots=True)
class Legend:
    """What a document says of its counts: the weights of its marks, the year of the scores in brackets."""

    weights: Mapping[str, Fraction]
    as_of: AsOf | None


def summary_to_statements(document: Document, form: SummaryForm) -> Iterator[Statement]:
    """Read a summary: its legend, then goal by goal."""
    lines = [step for step in flow(document) if isinstance(step, Excerpt)]
    titles = [line for line in lines if re.search(form.title, squeeze(line.text))][:1]
    yield from about(document, title=titles, plan_name=[plan_name_of(title) for title in titles])
    groups = _groups(divide(document, (line for line in lines if line not in titles), form.headings))
    explained = [line for parts in groups if parts[0].kind != "goal" for part in parts for line in part.lines]
    as_of = _as_of(lines, form)
    if as_of is not None and as_of.fiscal_year > LATEST_REPORT:
        yield Remark(
            "impossible-year",
            "error",
            say("no score can be of {year}: that year has yet to come", year=as_of.source.printed),
            as_of.source,
            observed=as_of.source.printed,
        )
        as_of = None
    legend = Legend(legend_weights(explained, form.counts.scheme), as_of)
    yield from weights_to_statements(legend.weights, form.counts.scheme, next(iter(explained), None))
    doubled = frozenset(_second_counts(groups, form))
    for parts in groups:
        if parts[0].kind == "goal":
            yield from _goal(document, parts, form, legend, doubled)
        else:
            for part in parts:
                yield from _explanation(document, part, form, legend, doubled)


def _groups(parts: Iterable[Part]) -> list[list[Part]]:
    """Each goal with the parts under it; the legend and what is of the whole plan stand apart."""
    groups: list[list[Part]] = []
    for part in parts:
        if part.kind in ("", "goal", "legend", "plan"):
            groups.append([])
        groups[-1].append(part)
    return groups


def _second_counts(groups: Iterable[Sequence[Part]], form: SummaryForm) -> Iterator[Excerpt]:
    """The lines of counts after the first one of each goal, and after the first one of the whole plan."""
    of_plan: list[Excerpt] = []
    for parts in groups:
        of_goal = parts[0].kind == "goal"
        counted = [
            line
            for part in parts
            if of_goal or part.kind == "plan"
            for line, _ in _views_of(part, form)
            if part.kind != UNKNOWN.kind and _is_counts(line, form)
        ]
        if of_goal:
            yield from counted[1:]
        else:
            of_plan += counted
    yield from of_plan[1:]


def _as_of(lines: Iterable[Excerpt], form: SummaryForm) -> AsOf | None:
    for line in lines:
        match = form.as_of.search(narrow(line.text))
        printed = line.group(match, "year") if match else None
        if printed:
            year = fiscal_year(printed.text)
            months = [mention.fiscal_year for mention in month_mentions(printed.text)]
            if year is not None or months:
                return AsOf(year if year is not None else months[0], printed)
    return None


def _explanation(
    document: Document, part: Part, form: SummaryForm, legend: Legend, doubled: Collection[Excerpt]
) -> Iterator[Statement]:
    """What stands before the goals: labels and formulas of the legend; sentences and ※ notes are background."""
    if part.kind == "measure":
        yield from _named(node_of(document, "measure", part.group("code"), part.group("name"), at=part.heading), part)
    elif part.heading:
        yield Label(part.heading)
    for line, behind in _views_of(part, form):
        if part.kind in ("good_point", "issue"):
            yield from _views(document, part, line, behind, form, None)
        elif _is_counts(line, form) and part.kind == "plan":
            yield from _counts(document, line, form, None, legend, doubled)
        elif _is_counts(line, form) and part.kind != "legend":
            continue  # nobody knows whether it is of the whole plan or an example: it is told as unread
        elif not form.as_of.search(narrow(line.text)) and (line.text.startswith("※") or line.text.endswith("。")):
            yield from passages(items_of(line), document.document_id, "background")
        else:
            yield Label(line)


def _goal(
    document: Document, parts: list[Part], form: SummaryForm, legend: Legend, doubled: Collection[Excerpt]
) -> Iterator[Statement]:
    goal = node_of(document, "policy", parts[0].group("code"), parts[0].group("name"), at=parts[0].heading)
    yield from _named(goal, parts[0])
    for part in parts:
        if part.kind == UNKNOWN.kind:
            continue  # nobody knows what it says; a finding tells of it
        if part.kind == "measure":
            measure = node_of(document, "measure", part.group("code"), part.group("name"), at=part.heading)
            yield from _named(under(measure, goal), part)
        elif part.heading:
            yield Label(part.heading)
        yield from _body(document, part, form, legend, goal, doubled)
    yield from _missing(parts, form, goal)


def _named(node: Measure, part: Part) -> Iterator[Statement]:
    name = part.group("name")
    if part.heading:
        yield Label(part.heading)
    yield entry(node, measure_code=part.group("code"), measure_name=name, measure_name_text=name)


def _body(
    document: Document, part: Part, form: SummaryForm, legend: Legend, goal: Measure, doubled: Collection[Excerpt]
) -> Iterator[Statement]:
    """The lines under one heading of a goal."""
    for line, behind in _views_of(part, form):
        if _is_counts(line, form):
            yield from _counts(document, line, form, goal, legend, doubled)
        elif form.captions.match(line.text):
            yield Label(line)
        elif match := form.as_of.search(narrow(line.text)):
            yield Label(line.group(match) or line)
        else:
            yield from _views(document, part, line, behind, form, goal)


def _counts(
    document: Document,
    line: Excerpt,
    form: SummaryForm,
    goal: Measure | None,
    legend: Legend,
    doubled: Collection[Excerpt],
) -> Iterator[Statement]:
    """A line of counts; a second one of the same goal is not read, because it can only contradict the first."""
    if line in doubled:
        yield Remark(
            "counts-differ",
            "error",
            say("{whose} has a second line of counts, which was not read", whose=called(goal)),
            line,
            goal,
            observed=line.printed,
        )
    else:
        yield from counts_to_statements(document, line, form.counts, goal, legend.weights, legend.as_of)


def _is_counts(line: Excerpt, form: SummaryForm) -> bool:
    return form.counts.line.fullmatch(narrow(line.text)) is not None


def _views_of(part: Part, form: SummaryForm) -> Iterator[tuple[Excerpt, Excerpt | None]]:
    """The lines of a part; where a page break cut the attribution of one off, that goes with it."""
    lines = [*part.lines]
    while lines:
        line = lines.pop(0)
        has_none = part.kind in ("good_point", "issue") and attributed(line, form.attributions).source is None
        is_cut = has_none and bool(lines) and is_attribution(lines[0], form.attributions)
        yield line, lines.pop(0) if is_cut else None


def _views(
    document: Document,
    part: Part,
    line: Excerpt,
    behind: Excerpt | None,
    form: SummaryForm,
    goal: Measure | None,
) -> Iterator[Statement]:
    """The views of a line. The attribution `behind` it is that of the last."""
    section = SECTIONS[part.kind] if part.kind in ("good_point", "issue") else "background"
    items = items_of(line)
    for item in items:
        view = attributed(item, form.attributions)
        if behind is not None and item is items[-1]:
            view = replace(attributed(behind, form.attributions), text=item)
        yield passage(
            [item, behind] if behind is not None and item is items[-1] else [item],
            document.document_id,
            section,
            measure_id=goal.measure_id if goal else None,
            text=view.text,
            attribution=view.attribution,
            attribution_source=view.source,
        )


def _missing(parts: list[Part], form: SummaryForm, goal: Measure) -> Iterator[Statement]:
    kinds = {part.kind for part in parts}
    counted = any(_is_counts(line, form) for part in parts for line in part.lines)
    expected = [] if counted else ["a line of counts"]
    for kind, labels in (("good_point", form.good_points), ("issue", form.issues)):
        if kind not in kinds:
            expected.append(labels.told)
    for spelling in expected:
        yield Remark(
            "label-missing",
            "error",
            say(
                "{goal} has no {label}: what belongs to it was not read; compare the page, or add "
                "the label's new spelling to the city's file",
                goal=goal.measure_name,
                label=spelling,
            ),
            parts[0].heading,
            goal,
            expected=spelling,
        )
