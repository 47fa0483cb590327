"""Goals: one printed item → its indicators, their targets, and the actual that the same action's report states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalize.document.text_span import Excerpt
from normalize.goals.goal_parser import Goal, companions, parse_target
from normalize.goals.prose_actuals import actual_in_prose
from normalize.goals.scope_marks import Reporter
from normalize.statements.numbering import UNNUMBERED, draft_id
from normalize.statements.statement import Remark, Statement, entry
from normalize.text.folding import clean, without_bullet
from normalize.text.quantities import in_printed_unit, indicator_measure_of
from schemas.messages import say
from schemas.records import Indicator, Observation

_LETTER = r"[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_WRAP = re.compile(rf"(?<={_LETTER})[^\S\n]*\n\s*(?={_LETTER})")


def goal_to_statements(
    item: Excerpt,
    measure_id: str,
    *,
    fiscal_year: int | None = None,
    reports: Sequence[Excerpt] = (),
    bodies: frozenset[str] = frozenset(),
    unit: str | None = None,
) -> Iterator[Statement]:
    """Read one goal: an indicator and a target for each number in it, or one qualitative indicator.

    `fiscal_year` is the year of the sheet, where the goal itself prints none and is of one year. `reports` are the
    texts of the same action in which an actual may stand (facts/DECISIONS 22): of two that answer the goal the first
    counts. `bodies` are the names of the city and of those that act with it. `unit` is the one that a heading prints,
    for a number without its own.
    """
    item = item.strip()
    body = item.slice(len(item.text) - len(without_bullet(item.text))).strip()
    text, offsets = _unwrapped(body.text)
    goals = [_in_unit(goal, unit) for goal in parse_target(text)]
    for goal in goals:
        if goal.role != "target":
            continue
        part = body.slice(offsets[goal.start], offsets[goal.end - 1] + 1)
        indicator = Indicator(
            indicator_id=draft_id("indicator", part, measure_id),
            measure_id=measure_id,
            indicator_name=goal.name,
            indicator_text=clean(body.text),
            unit=goal.unit,
            indicator_measure="qualitative" if goal.value is None else indicator_measure_of(goal.unit),
            position=UNNUMBERED,
        )
        yield entry(indicator, indicator_text=body)
        target = Observation(
            observation_id=f"{indicator.indicator_id}-target",
            indicator_id=indicator.indicator_id,
            fiscal_year=goal.fiscal_year if goal.fiscal_year or goal.deadline_fy or goal.over_years else fiscal_year,
            role="target",
            value=None if goal.value is None else float(goal.value),
            value_text=part.printed,
            unit=goal.unit,
            comparator=goal.comparator,
            frequency=goal.frequency,
            deadline_fy=goal.deadline_fy,
        )
        yield entry(target, value=part if goal.value is not None else None, value_text=part)
        if not goal.parsed:
            yield Remark(
                "target-unparsed",
                "warning",
                say("the goal holds a number that no rule of the target grammar reads: {text}", text=part.printed),
                part,
                target,
                "value",
                observed=part.printed,
            )
        for beside in companions(goal, goals):
            printed = body.slice(offsets[beside.start], offsets[beside.end - 1] + 1)
            yield _beside(beside, indicator, printed)
        if goal.value is not None:
            yield from _actual(goal, indicator, reports, Reporter(fiscal_year, bodies))


def _in_unit(goal: Goal, unit: str | None) -> Goal:
    if goal.value is None:
        return goal
    value, of = in_printed_unit(goal.value, goal.unit, unit)
    return replace(goal, value=value, unit=of)


def _beside(goal: Goal, indicator: Indicator, printed: Excerpt) -> Statement:
    """What a goal's own text gives beside its target: where it stands now, or what was reached."""
    told = Observation(
        observation_id=f"{indicator.indicator_id}-{goal.role}-told",
        indicator_id=indicator.indicator_id,
        fiscal_year=goal.fiscal_year,
        role=goal.role,
        value=None if goal.value is None else float(goal.value),
        value_text=printed.printed,
        unit=goal.unit,
        comparator=goal.comparator,
    )
    return entry(told, value=printed, value_text=printed)


def _unwrapped(text: str) -> tuple[str, list[int]]:
    """A text without the line ends between two Japanese letters, and the offset that each of its characters had.

    Such a line end stands inside a word as often as between two: a narrow cell breaks イベント参加者 anywhere.
    """
    ends = [range(*match.span()) for match in _WRAP.finditer(text)]
    offsets = [offset for offset in range(len(text)) if not any(offset in end for end in ends)]
    return "".join(text[offset] for offset in offsets), offsets


def _actual(goal: Goal, indicator: Indicator, reports: Sequence[Excerpt], reporter: Reporter) -> Iterator[Statement]:
    answers = [(report, actual_in_prose(goal, report.text, reporter)) for report in reports]
    said = [(report, answer) for report, answer in answers if answer.actual is not None or answer.unclear]
    if not said:
        return
    report, answer = next((each for each in said if each[1].actual is not None), said[0])
    for start, end in dict.fromkeys(answer.unclear):
        told = report.slice(start, end).strip()
        yield Remark(
            "ambiguous",
            "warning",
            say(
                "{text}: the report does not say whether this is the result of the fiscal year, so no value was taken",
                text=told.printed,
            ),
            told,
            expected=goal.text,
            observed=told.printed,
        )
    if answer.actual is None:
        return
    printed = report.slice(answer.actual.start, answer.actual.end)
    actual = Observation(
        observation_id=f"{indicator.indicator_id}-actual",
        indicator_id=indicator.indicator_id,
        fiscal_year=reporter.fiscal_year,
        role="actual",
        value=float(answer.actual.value),
        value_text=printed.printed,
        unit=answer.actual.unit,
        comparator=answer.actual.comparator,
    )
    yield entry(actual, value=printed, value_text=printed)
    if answer.as_of or answer.so_far:
        yield Remark(
            "part-year",
            "warning" if answer.so_far else "note",
            say("the number is told up to a day of the year, not for the whole of it: {text}", text=printed.printed),
            printed,
            actual,
            "value",
            observed=printed.printed,
        )
