"""Progress tables: a header tree of year groups over target, actual and grade; one programme per row.

The columns are found by the labels above them, so year groups and columns may come, go and change places. A hierarchy
column that is empty, or covered by a merged cell, means the same node as in the row above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from normalize.cells.row_words import is_total, without_reprint
from normalize.document.dittos import is_ditto
from normalize.document.table_grid import Grid, GridCell, grids
from normalize.document.text_span import Excerpt, excerpts
from normalize.forms.progress.columns import Doubt, YearColumns, year_groups
from normalize.forms.progress.doubts import Programmes, doubt_to_remark, unsettled_remarks
from normalize.forms.progress.header import Header, ProgressForm, headers_of, is_heading, printed_cell
from normalize.forms.progress.legend import Legend, legend_of, legend_to_statements
from normalize.records.document_row import about, cover_to_statements, plan_name_of
from normalize.records.grades import judgement
from normalize.records.measures import node_of
from normalize.records.organisations import orgs_to_statements
from normalize.records.passages import items_of, passages, syntax
from normalize.statements.numbering import UNNUMBERED, draft_id
from normalize.statements.statement import Entry, Label, Remark, Statement, entry
from normalize.text.folding import clean, fold_mark, squeeze
from normalize.text.labels import Labels
from normalize.text.quantities import Quantity, indicator_measure_of, quantity
from schemas.closed_sets import Level, ObservationRole
from schemas.document import Document, Line
from schemas.messages import say
from schemas.records import Indicator, Measure, Observation


def progress_to_statements(document: Document, form: ProgressForm) -> Iterator[Statement]:
    """Read every progress table of a document, its legend, its title and its notes."""
    legends = [grid for grid in grids(document) if any(True for _ in grid.find(form.legend))]
    legend = legend_of(legends, form.scheme, form.legend)
    tables = [
        _Section(grid, header, *year_groups(grid, header.values, header.body, legend.scheme, legend.marks))
        for grid in grids(document)
        for header in headers_of(grid, form)
    ]
    yield from _about(document, form, tables)
    if not tables:
        yield Remark(
            "label-missing",
            "error",
            say(
                "no table has a header with years over targets, actuals or grades; compare the "
                "header, or add its new spellings to the city's file"
            ),
            next((grid.cells[0].excerpt for grid in grids(document)), None),
            expected=form.target.told,
        )
    ordinals: Counter[tuple[Level, str | None]] = Counter()
    programmes = Programmes()
    path = _Path()
    for position, section in enumerate(tables):
        yield from _header_labels(section, form)
        if position and section.grid.item != tables[position - 1].grid.item:
            path = _Path()
        yield from _rows(document, section, form, legend, ordinals, path, programmes)
    for grid in legends:
        yield from legend_to_statements(grid, form.scheme, form.legend)
    first = tables[0].grid.item if tables else 0
    yield from cover_to_statements(document, first)
    yield from _lines(document, form, first)


@dataclass(frozen=True, slots=True)
class _Section:
    """A header of a table with the rows below it, and what its columns of values are."""

    grid: Grid
    header: Header
    years: tuple[YearColumns, ...]
    doubts: tuple[Doubt, ...]

    def cell(self, row: int, labels: Labels) -> GridCell | None:
        """What a row prints in the column of a label."""
        return printed_cell(self.grid, row, self.header.columns.get(labels))


def _about(document: Document, form: ProgressForm, tables: list[_Section]) -> Iterator[Statement]:
    titles = [text for text in excerpts(document) if re.search(form.title, squeeze(text.text))]
    graded = [
        (group.fiscal_year, group.header.excerpt)
        for section in tables
        for group in section.years
        if any(cell for row in section.header.body if (cell := printed_cell(section.grid, row, group.grade)))
    ]
    last = max(graded, default=None, key=lambda pair: pair[0])
    yield from about(
        document,
        title=titles[:1],
        plan_name=[plan_name_of(title) for title in titles[:1]],
        fiscal_year=last[0] if last else None,
        fiscal_year_text=[last[1]] if last else [],
    )


def _header_labels(section: _Section, form: ProgressForm) -> Iterator[Statement]:
    grid, header = section.grid, section.header
    for row in header.rows:
        for cell in grid.starting(row):
            if is_heading(cell.text, form):
                yield Label(cell.excerpt)
    for labels in (form.program, form.policy, form.measure):
        if labels not in header.columns:
            spelling = labels.told
            yield Remark(
                "label-missing",
                "error",
                say(
                    "the table has no column {label}: what stands in it was not read; compare its "
                    "header, or add the label's new spelling to the city's file",
                    label=spelling,
                ),
                grid.cells[0].excerpt,
                expected=spelling,
            )
    for year in header.idle:
        yield Remark(
            "label-missing",
            "error",
            say("no column under {header} is a target, an actual or a grade", header=year.excerpt.printed),
            year.excerpt,
            observed=year.excerpt.printed,
        )
    for doubt in section.doubts:
        yield doubt_to_remark(doubt)


@dataclass(slots=True)
class _Path:
    """Where the reading stands in the hierarchy, for the rows that print only what is new."""

    policy: Measure | None = None
    measure: Measure | None = None
    policy_cell: GridCell | None = None
    measure_cell: GridCell | None = None


def _rows(
    document: Document,
    section: _Section,
    form: ProgressForm,
    legend: Legend,
    ordinals: Counter[tuple[Level, str | None]],
    path: _Path,
    programmes: Programmes,
) -> Iterator[Statement]:
    seen: set[GridCell] = set()
    # Where a level was not read, nobody knows the codes and the parents below it.
    is_known = form.policy in section.header.columns, form.measure in section.header.columns
    for row in section.header.body:
        sums = [c for labels in (form.policy, form.measure, form.program) if (c := section.cell(row, labels))]
        if (total := next((cell for cell in sums if cell.cell.row == row and is_total(cell.text)), None)) is not None:
            yield Label(total.excerpt)  # its numbers are of no programme, and stay unread
            continue
        policy = section.cell(row, form.policy)
        if policy and _is_same(policy, path.policy_cell):
            yield Label(policy.excerpt)
        elif policy:
            node = node_of(document, "policy", name=policy.excerpt)
            path.policy = replace(node, measure_code=str(_next(ordinals, "policy", None)))
            path.policy_cell, path.measure, path.measure_cell = policy, None, None
            yield _named(path.policy, policy.excerpt)
        measure = section.cell(row, form.measure)
        if measure and _is_same(measure, path.measure_cell):
            yield Label(measure.excerpt)
        elif measure:
            parent = path.policy
            code = _code(parent, _next(ordinals, "measure", parent)) if is_known[0] else None
            node = replace(node_of(document, "measure", name=measure.excerpt), measure_code=code)
            path.measure, path.measure_cell = replace(node, parent_measure_id=_id(parent)), measure
            yield _named(path.measure, measure.excerpt)
        program = section.cell(row, form.program)
        if program and program not in seen and not is_ditto(program.text):
            seen.add(program)
            parent = path.measure or path.policy if is_known[1] else None
            code = _code(parent, _next(ordinals, "program", parent)) if all(is_known) else None
            yield from _program(document, section, row, form, legend, parent, code, program, programmes)


def _next(ordinals: Counter[tuple[Level, str | None]], level: Level, parent: Measure | None) -> int:
    """The ordinal of the next node of a level below a parent, from 1: the code of a form that prints none."""
    ordinals[level, _id(parent)] += 1
    return ordinals[level, _id(parent)]


def _is_same(cell: GridCell, above: GridCell | None) -> bool:
    """Whether a cell names the node of the rows above: the same merged cell, the same text, or a ditto mark (〃)."""
    return above is not None and (cell == above or squeeze(cell.text) == squeeze(above.text) or is_ditto(cell.text))


def _id(node: Measure | None) -> str | None:
    return node.measure_id if node else None


def _code(parent: Measure | None, ordinal: int) -> str:
    return f"{parent.measure_code}-{ordinal}" if parent else str(ordinal)


def _named(node: Measure | None, name: Excerpt, whole: Excerpt | None = None) -> Entry:
    assert node is not None
    return entry(node, measure_name=name, measure_name_text=whole or name)


def _program(
    document: Document,
    section: _Section,
    row: int,
    form: ProgressForm,
    legend: Legend,
    parent: Measure | None,
    code: str | None,
    cell: GridCell,
    programmes: Programmes,
) -> Iterator[Statement]:
    whole = cell.excerpt.strip()
    match = form.programme.fullmatch(without_reprint(whole.text))
    name = (whole.group(match, "name") if match else None) or whole
    new = whole.group(match, "new") if match else None
    indicator_name = whole.group(match, "indicator") if match else None
    node = replace(
        replace(node_of(document, "program", name=name), measure_code=code),
        parent_measure_id=_id(parent),
        measure_name_text=whole.printed,
        is_new=new is not None,
    )
    programme = programmes.of(node, indicator_name or name, whole.text)
    if programme.original is not None:
        node = replace(node, reprint_of_measure_id=programme.original)
    yield entry(node, measure_name=name, measure_name_text=whole, is_new=new)
    if orgs := section.cell(row, form.orgs):
        yield from orgs_to_statements(orgs.excerpt, node.measure_id, "participating", middle_dot=True)
    if aim := section.cell(row, form.aim):
        items = items_of(aim.excerpt)
        yield from passages(items, document.document_id, "aim", measure_id=node.measure_id)
    if state := section.cell(row, form.state):
        yield from _state(document, state.excerpt, form, node)
    for statement in _indicator(document, section, row, legend, node, indicator_name or name):
        yield statement
        if isinstance(statement, Entry) and isinstance(statement.record, Observation):
            yield from programme.differs(statement.record, statement.evidence[0].excerpt)


def _state(document: Document, text: Excerpt, form: ProgressForm, node: Measure) -> Iterator[Statement]:
    """The report, then the issues behind their label, one passage each."""
    match = form.issue.search(text.text)
    report = text.slice(0, match.start()).strip() if match else text
    if report:
        yield from passages([report], document.document_id, "done", measure_id=node.measure_id)
    if match is None:
        return
    yield Label(text.slice(match.start(), match.end()))
    listed = text.slice(match.end())
    issues = _outside_brackets(listed)
    if squeeze(listed.text) in form.no_issue:
        yield Label(listed)
        return
    yield from passages(issues, document.document_id, "issue", measure_id=node.measure_id)
    yield from syntax(listed, issues)


def _outside_brackets(text: Excerpt) -> list[Excerpt]:
    """The parts between 、 that stand in no bracket."""
    depth, start, parts = 0, 0, []
    for offset, character in enumerate(text.text):
        if character in "(（「『【[":
            depth += 1
        elif character in ")）」』】]":
            depth = max(0, depth - 1)
        elif character in "、，" and depth == 0:
            parts.append(text.slice(start, offset).strip())
            start = offset + 1
    return [part for part in (*parts, text.slice(start).strip()) if part]


_COLUMNS: Final[tuple[ObservationRole, ...]] = ("target", "actual")

_Printed = dict[tuple[int, ObservationRole], tuple[GridCell, Quantity | None]]
"""The cells of targets and actuals that print something, by year and column, with the amount that each is read as."""


def _indicator(
    document: Document,
    section: _Section,
    row: int,
    legend: Legend,
    node: Measure,
    name: Excerpt,
) -> Iterator[Statement]:
    """The indicator of a row: its observations and its grade, year by year."""
    grid, years = section.grid, section.years
    read = _printed(section, row)
    units = [amount.unit for _, amount in read.values() if amount is not None and amount.unit]
    indicator = Indicator(
        indicator_id=draft_id("indicator", name, node.measure_id),
        measure_id=node.measure_id,
        indicator_name=clean(name.text),
        indicator_text=clean(name.text),
        unit=units[0] if units else None,
        indicator_measure=indicator_measure_of(units[0]) if units else "count" if read else "qualitative",
        position=UNNUMBERED,
    )
    yield entry(indicator, indicator_name=name, indicator_text=name)
    first_target = _first_target(years, read)
    for group in years:
        for column, col in zip(_COLUMNS, (group.target, group.actual), strict=True):
            cell = printed_cell(grid, row, col)
            if cell is None:
                continue
            if (group.fiscal_year, column) not in read:
                yield Label(cell.excerpt)  # a dash: none
                continue
            role = _actual_role(group, first_target) if column == "actual" else "target"
            yield from _observation(indicator, group, role, cell, read[group.fiscal_year, column][1])
        mark = printed_cell(grid, row, group.grade)
        if mark is None:
            continue
        target, actual = (read.get((group.fiscal_year, role), (None, None))[1] for role in _COLUMNS)
        yield from judgement(
            document,
            mark.excerpt,
            legend.scheme,
            measure_id=node.measure_id,
            indicator_id=indicator.indicator_id,
            fiscal_year=group.fiscal_year,
            grade_recomputed=_recomputed(target, actual, legend),
            explained=legend.marks,
        )


def _printed(section: _Section, row: int) -> _Printed:
    """What the columns of targets and actuals print in a row; a dash prints nothing."""
    return {
        (group.fiscal_year, column): (cell, quantity(cell.text))
        for group in section.years
        for column, col in zip(_COLUMNS, (group.target, group.actual), strict=True)
        if (cell := printed_cell(section.grid, row, col)) and fold_mark(cell.text, "-") is None
    }


def _first_target(years: Sequence[YearColumns], read: _Printed) -> int | None:
    """The first year with a target; without any, the first with a column for one, or for a grade."""
    printed = [year for year, column in read if column == "target"]
    columns = [group.fiscal_year for group in years if group.target is not None or group.grade is not None]
    return min(printed or columns, default=None)


def _actual_role(group: YearColumns, first_target: int | None) -> ObservationRole:
    """What a number under 実績 is: expected where its head says so, the baseline before the first target."""
    if group.expected:
        return "forecast"
    return "baseline" if first_target is not None and group.fiscal_year < first_target else "actual"


def _recomputed(target: Quantity | None, actual: Quantity | None, legend: Legend) -> str | None:
    if target is None or actual is None or not target.value:
        return None
    return legend.grade_of(target.value, actual.value)


def _observation(
    indicator: Indicator, group: YearColumns, role: ObservationRole, cell: GridCell, amount: Quantity | None
) -> Iterator[Statement]:
    seen = Observation(
        observation_id=f"{indicator.indicator_id}-{role}-{group.fiscal_year}",
        indicator_id=indicator.indicator_id,
        fiscal_year=group.fiscal_year,
        role=role,
        value=float(amount.value) if amount else None,
        value_text=cell.excerpt.printed,
        unit=amount.unit if amount else None,
        comparator=amount.comparator if amount else None,
    )
    yield entry(
        seen,
        value=cell.excerpt if amount else None,
        value_text=cell.excerpt,
        fiscal_year=group.header.excerpt,
    )
    yield from unsettled_remarks(seen, group, cell, indicator.indicator_name or "")
    if amount is None:
        yield Remark(
            "target-unparsed",
            "warning",
            say("{text} is no number with a unit", text=cell.excerpt.printed),
            cell.excerpt,
            seen,
            "value",
            expected="a number with its unit, as 30人",
            observed=cell.excerpt.printed,
        )


def _lines(document: Document, form: ProgressForm, first: int) -> Iterator[Statement]:
    """Lines outside the tables: furniture, notes below the first table. The title is read already."""
    for text in excerpts(document):
        if re.fullmatch(form.furniture, squeeze(text.text)):
            yield Label(text)
        elif text.place.item >= first and _is_note(document, text, form):
            yield from passages(items_of(text), document.document_id, "background")


def _is_note(document: Document, text: Excerpt, form: ProgressForm) -> bool:
    item = document.items[text.place.item]
    return isinstance(item, Line) and item.role == "body" and not re.search(form.title, squeeze(text.text))
