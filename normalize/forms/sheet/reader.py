"""Evaluation sheets: one form per measure, its actions with plan, report and goals, and the outlook for next year.

Everything is found by label. The goals' label may stand beside the actions, once for the whole sheet, inside its own
cell, or in rows after the actions; see facts/DECISIONS 13 and 14 for whose goals they are.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from normalize.cells.choices import MARKS
from normalize.document.table_grid import Grid, GridCell, grids, values_of
from normalize.document.text_span import Excerpt, excerpts
from normalize.forms.sheet.actions import Action, actions_of, attained_cells, findings_to_statements
from normalize.forms.sheet.times import goal_year_of, is_of_year, reports_of_other_times, sheet_of_part
from normalize.records.document_row import about, cover_to_statements, plan_name_of
from normalize.records.grades import judgement
from normalize.records.indicators import goal_to_statements
from normalize.records.measures import code_or_place, node_of
from normalize.records.organisations import orgs_to_statements
from normalize.records.passages import items_of, line_items_of, passages
from normalize.statements.statement import Label, Remark, Statement, entry
from normalize.text.calendar import date_of, fiscal_year
from normalize.text.folding import fold_mark, squeeze
from normalize.text.labels import Labels, any_of
from normalize.text.organisations import split_organisations
from normalize.text.patterns import CheckedForm, PatternText
from normalize.text.quantities import quantity
from normalize.text.text_cache import remembered
from schemas.closed_sets import OrgRole, Section
from schemas.document import Document
from schemas.messages import say
from schemas.records import Measure


@dataclass(frozen=True, slots=True)
class SheetForm(CheckedForm):
    """The labels of an evaluation sheet, one field for each meaning.

    `title` is the pattern of the line that names the form. `city` is no label: it is the name of the municipality that
    reports, which tells its results from those of its partners.
    """

    title: PatternText
    city: str | None
    direction_scheme: str
    fiscal_year: Labels
    responsible: Labels
    participating: Labels
    set_on: Labels
    reviewed_on: Labels
    evaluated_on: Labels
    dates: Labels
    policy_code: Labels
    policy_name: Labels
    measure_code: Labels
    measure_name: Labels
    actions: Labels
    planned: Labels
    done: Labels
    goals: Labels
    attained: Labels
    finding: Labels
    next_year: Labels
    direction: Labels
    next_year_text: Labels
    council_report: Labels
    council_opinion: Labels

    @property
    def labels(self) -> tuple[Labels, ...]:
        return tuple(value for field in fields(self) if isinstance(value := getattr(self, field.name), Labels))

    @property
    def required(self) -> tuple[Labels, ...]:
        """The labels without which a sheet is not whole."""
        return (
            self.fiscal_year, self.responsible, self.policy_code, self.policy_name, self.measure_code,
            self.measure_name, self.planned, self.done, self.goals, self.finding, self.direction, self.next_year_text,
        )  # fmt: skip


def sheets_to_statements(document: Document, form: SheetForm) -> Iterator[Statement]:
    """Read every sheet of a document. A policy that several sheets print is one node."""
    sheets = [grid for grid in grids(document) if _is_sheet(grid, form)]
    titles = [text for text in excerpts(document) if re.search(form.title, squeeze(text.text))]
    years = [year for grid in sheets if (year := _value(grid, form, form.fiscal_year))]
    printed = {fiscal_year(squeeze(year.text)) for year in years}
    yield from about(
        document,
        title=titles,
        plan_name=[plan_name_of(title) for title in titles],
        fiscal_year=printed.pop() if len(printed) == 1 else None,
        fiscal_year_text=years,
    )
    if not sheets:
        yield Remark(
            "label-missing",
            "error",
            say("no table has the labels of a sheet; compare the page, or add their new spellings to the city's file"),
            next((grid.cells[0].excerpt for grid in grids(document)), None),
            expected=form.measure_name.told,
        )
    policies: dict[str, Measure] = {}
    yield from cover_to_statements(document, sheets[0].item if sheets else 0)
    for grid in sheets:
        yield from _sheet(document, grid, form, policies)


def _is_sheet(grid: Grid, form: SheetForm) -> bool:
    return any(True for _ in grid.find(form.measure_name)) or any(True for _ in grid.find(form.actions))


def _value(grid: Grid, form: SheetForm, labels: Labels) -> Excerpt | None:
    """The print beside the first such label. What stands further right may be of a label that is not known."""
    values = next((values_of(grid, label, form.labels) for label in grid.find(labels)), [])
    return values[0].excerpt if values else None


def _sheet(document: Document, grid: Grid, form: SheetForm, policies: dict[str, Measure]) -> Iterator[Statement]:
    for labels in form.labels:
        for cell in grid.find(labels):
            yield Label(cell.excerpt)
    yield from _missing_labels(grid, form)

    year_text = _value(grid, form, form.fiscal_year)
    year = fiscal_year(squeeze(year_text.text)) if year_text else None
    if year_text and year is None:
        yield Remark(
            "impossible-year",
            "error",
            say("no fiscal year can be read from {text}", text=year_text.printed),
            year_text,
            expected="a fiscal year with its era, such as 令和7年度 or R7",
            observed=year_text.printed,
        )
    yield from sheet_of_part(year_text)
    policy = yield from _policy(document, grid, form, policies)
    measure = yield from _measure(document, grid, form, policy, year)
    bodies: tuple[tuple[OrgRole, Labels], ...] = (
        ("responsible", form.responsible),
        ("participating", form.participating),
    )
    for role, labels in bodies:
        if value := _value(grid, form, labels):
            yield from orgs_to_statements(value, measure.measure_id, role)

    actions = list(actions_of(grid, form.planned, form.done, form.goals))
    nodes: list[Measure] = []
    numbered: dict[str, Measure] = {}
    for ordinal, action in enumerate(actions, start=1):
        node = yield from _action(document, action, ordinal, policy, measure)
        nodes.append(node)
        numbered.setdefault(squeeze(action.number.text) if action.number else "", node)
    yield from _goals(document, grid, form, actions, nodes, measure, year)
    if value := _value(grid, form, form.finding):
        yield from findings_to_statements(document, value, measure, numbered)
    yield from _outlook(document, grid, form, measure, year)


def _missing_labels(grid: Grid, form: SheetForm) -> Iterator[Statement]:
    for labels in form.required:
        if _has_label(grid, labels):
            continue
        spelling = labels.told
        yield Remark(
            "label-missing",
            "error",
            say(
                "the sheet has no label {label}: what belongs to it was not read; compare the page, "
                "or add the label's new spelling to the city's file",
                label=spelling,
            ),
            grid.cells[0].excerpt,
            expected=spelling,
        )


def _has_label(grid: Grid, labels: Labels) -> bool:
    """Whether a cell is a label or opens with it."""
    return any(True for _ in grid.find(labels)) or any(_opens_with(cell.excerpt, labels) for cell in grid.cells)


def _policy(
    document: Document, grid: Grid, form: SheetForm, policies: dict[str, Measure]
) -> Generator[Statement, None, Measure]:
    code, name = _value(grid, form, form.policy_code), _value(grid, form, form.policy_name)
    key = squeeze(f"{code.text if code else ''} {name.text if name else ''}")
    if key not in policies:
        policies[key] = node_of(document, "policy", code, name, at=grid.cells[0].excerpt)
    at = code_or_place(code, name, grid.cells[0].excerpt)
    yield entry(policies[key], measure_code=at, measure_name=name, measure_name_text=name)
    return policies[key]


def _measure(
    document: Document, grid: Grid, form: SheetForm, policy: Measure, year: int | None
) -> Generator[Statement, None, Measure]:
    code, name = _value(grid, form, form.measure_code), _value(grid, form, form.measure_name)
    dates = {
        field: _value(grid, form, labels)
        for field, labels in (
            ("set_on", form.set_on), ("reviewed_on", form.reviewed_on), ("evaluated_on", form.evaluated_on)
        )
    }  # fmt: skip
    node = replace(
        node_of(document, "measure", code, name, at=grid.cells[0].excerpt),
        parent_measure_id=policy.measure_id,
        fiscal_year=year,
        set_on=_date(dates["set_on"]),
        reviewed_on=_date(dates["reviewed_on"]),
        evaluated_on=_date(dates["evaluated_on"]),
    )
    year_text = _value(grid, form, form.fiscal_year)
    yield entry(
        node,
        measure_code=code_or_place(code, name, grid.cells[0].excerpt),
        measure_name=name,
        measure_name_text=name,
        fiscal_year=year_text,
        set_on=dates["set_on"],
        reviewed_on=dates["reviewed_on"],
        evaluated_on=dates["evaluated_on"],
    )
    for text in dates.values():
        if text and date_of(text.text) is None:
            yield Remark(
                "impossible-year",
                "error",
                say("no date can be read from {text}", text=text.printed),
                text,
                node,
                expected="a date such as 2025/6/19 or 令和7年6月19日",
                observed=text.printed,
            )
    return node


def _date(text: Excerpt | None) -> datetime.date | None:
    return date_of(text.text) if text else None


def _action(
    document: Document, action: Action, ordinal: int, policy: Measure, measure: Measure
) -> Generator[Statement, None, Measure]:
    source = action.number or action.planned or action.done
    printed = squeeze(action.number.text) if action.number else None
    parts = (policy.measure_code, measure.measure_code, printed)
    code = "-".join(part for part in parts if part) if all(parts) else None
    node = replace(
        node_of(document, "action", at=source.excerpt if source else None, key=f"{measure.measure_id}|{ordinal}"),
        measure_code=code,
        parent_measure_id=measure.measure_id,
        fiscal_year=measure.fiscal_year,
    )
    yield entry(node, measure_code=source.excerpt if source else None)
    texts: tuple[tuple[Section, GridCell | None], ...] = (("planned", action.planned), ("done", action.done))
    for section, cell in texts:
        if cell:
            yield from passages([cell.excerpt], document.document_id, section, measure_id=node.measure_id)
    return node


def _goals(
    document: Document,
    grid: Grid,
    form: SheetForm,
    actions: list[Action],
    nodes: list[Measure],
    measure: Measure,
    year: int | None,
) -> Iterator[Statement]:
    """The goals of the sheet and of its actions (facts/DECISIONS 14).

    One cell that opens with the label, or that spans more than one action, holds the goals of the sheet.
    """
    if not all(_has_label(grid, labels) for labels in (form.planned, form.done, form.goals)):
        return  # nobody knows which cells are goals, whose they are, and which one is a label that is not known
    bodies = frozenset([form.city] if form.city else []) | _partners(grid, form)
    goal_year = goal_year_of(grid, form.goals, form.attained, year)
    told = attained_cells(grid, [cell for action in actions for cell in action.goals], form.goals, form.attained)
    beside = [
        (cell, action, node)
        for action, node in zip(actions, nodes, strict=True) for cell in action.goals if cell not in told
    ]  # fmt: skip
    for cell, action, node in beside:
        opens = _opens_with(cell.excerpt, form.goals)
        text = _after_label(cell.excerpt, form.goals)
        if opens:
            yield Label(cell.excerpt.slice(0, text.start - cell.excerpt.start))
        own_rows = {row for part in (action.planned, action.done) if part is not None for row in part.cell.rows}
        of_sheet = (len(beside) == 1 and (opens or len(actions) > 1)) or not set(cell.cell.rows) <= own_rows
        owner = measure if of_sheet else node
        reports = [*(other for other in action.goals if other in told), *((action.done,) if action.done else ())]
        if of_sheet or goal_year != year or not is_of_year(action.label, year):
            reports = []
        yield from _goal_list(document, text, owner, goal_year, reports, bodies)
    yield from reports_of_other_times(actions, year)
    for action, node in zip(actions, nodes, strict=True):
        results = [cell.excerpt for cell in action.goals if cell in told]
        yield from passages(results, document.document_id, "done", measure_id=node.measure_id)
    for cell, is_result in _goals_below(grid, form, actions):
        if not is_result:
            yield from _goal_list(document, cell.excerpt, measure, goal_year, [], bodies)
        elif fold_mark(cell.text, MARKS) is None:  # a mark alone is a grade of no known scheme: it is told as unread
            yield from passages([cell.excerpt], document.document_id, "done", measure_id=measure.measure_id)


def _partners(grid: Grid, form: SheetForm) -> frozenset[str]:
    """The bodies that act with the city on what a sheet reports."""
    printed = _value(grid, form, form.participating)
    return frozenset(name for name, _, _ in split_organisations(printed.text)) if printed else frozenset()


def _goals_below(grid: Grid, form: SheetForm, actions: list[Action]) -> Iterator[tuple[GridCell, bool]]:
    """The goal cells in rows after the actions, and whether they tell what was attained.

    They stand beside the label, and in rows below without a label of their own. A label that may mean either
    (達成状況) is that of the goals only where the sheet has no other.
    """
    heads = list(grid.find(form.goals))
    has_goals = not all(form.attained.match(label.text) for label in heads)
    action_rows = {
        row
        for action in actions
        for part in (action.planned, action.done)
        if part is not None
        for row in part.cell.rows
    }
    for label in heads:
        if set(label.cell.rows) & action_rows:
            continue
        is_result = has_goals and form.attained.match(label.text)
        for row in range(label.cell.row, grid.table.n_rows):
            cells = [cell for cell in grid.starting(row) if cell and cell != label]
            if row not in label.cell.rows and any(any_of(form.labels).match(cell.text) for cell in cells):
                return
            yield from ((cell, is_result) for cell in cells)


def _goal_list(
    document: Document,
    text: Excerpt,
    owner: Measure,
    year: int | None,
    reports: Sequence[GridCell],
    bodies: frozenset[str],
) -> Iterator[Statement]:
    items = [item for item in line_items_of(text) if fold_mark(item.text, MARKS) is None]
    yield from passages(items, document.document_id, "target", measure_id=owner.measure_id)
    # A bare number does not say which of several goals it answers.
    told = [cell.excerpt for cell in reports if len(items) == 1 or quantity(cell.text) is None]
    for item in items:
        yield from goal_to_statements(item, owner.measure_id, fiscal_year=year, reports=told, bodies=bodies)


def _opens_with(text: Excerpt, labels: Labels) -> bool:
    return _lines_of_label(text, labels) > 0


def _lines_of_label(text: Excerpt, labels: Labels) -> int:
    """How many lines at the top of a text are its label: one, or more where it is spread (達 成 指 標); else 0."""
    return next((count for count, head in enumerate(_heads(text.text), start=1) if labels.match(head)), 0)


@remembered()
def _heads(text: str) -> tuple[str, ...]:
    """The first line of a text, its first two lines joined, and so on up to eight, but never the whole of it."""
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    return tuple("".join(lines[:count]) for count in range(1, min(len(lines), 9)))


def _after_label(text: Excerpt, labels: Labels) -> Excerpt:
    count = _lines_of_label(text, labels)
    return text.slice(text.lines()[count].start - text.start) if count else text


def _outlook(
    document: Document, grid: Grid, form: SheetForm, measure: Measure, year: int | None
) -> Iterator[Statement]:
    if value := _value(grid, form, form.direction):
        yield from judgement(document, value, form.direction_scheme, measure_id=measure.measure_id, fiscal_year=year)
    sections: tuple[tuple[Section, Labels], ...] = (
        ("next_year", form.next_year_text),
        ("council_report", form.council_report),
        ("council_opinion", form.council_opinion),
    )
    for section, labels in sections:
        if value := _value(grid, form, labels):
            items = items_of(value)
            yield from passages(items, document.document_id, section, measure_id=measure.measure_id)
