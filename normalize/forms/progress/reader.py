"""Progress tables: a header tree of year groups over target, actual and grade; one programme per row.

The columns are found by the labels above them, so year groups and columns may come, go and change places. A hierarchy
column that is empty, or covered by a merged cell, means the same node as in the row above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import Final

from normalize.cells.row_words import is_reference, is_total, without_reprint
from normalize.document.dittos import is_ditto
from normalize.document.footnotes import footnotes, without_note
from normalize.document.table_grid import Grid, GridCell, grids
from normalize.document.text_span import Excerpt, excerpts
from normalize.forms.progress.columns import year_groups
from normalize.forms.progress.doubts import Programmes, doubt_to_remark
from normalize.forms.progress.header import ProgressForm, headers_of, is_heading, printed_cell
from normalize.forms.progress.legend import Legend, legend_of, legend_to_statements
from normalize.forms.progress.values import Section, indicator_to_statements
from normalize.records.document_row import about, cover_to_statements, plan_name_of
from normalize.records.measures import node_of
from normalize.records.organisations import orgs_to_statements
from normalize.records.passages import items_of, passages, syntax
from normalize.statements.statement import Entry, Label, Remark, Statement, entry
from normalize.text.folding import enumerator, squeeze
from schemas.closed_sets import Level
from schemas.document import Document, Line
from schemas.messages import say
from schemas.records import Measure, Observation


def progress_to_statements(document: Document, form: ProgressForm) -> Iterator[Statement]:
    """Read every progress table of a document, its legend, its title and its notes."""
    legends = [grid for grid in grids(document) if any(True for _ in grid.find(form.legend))]
    legend = legend_of(legends, form.scheme, form.legend)
    notes = footnotes(excerpts(document))
    tables = [
        Section(grid, header, *year_groups(grid, header.values, header.body, legend.scheme, legend.marks, notes), notes)
        for grid in grids(document)
        if not _is_for_reference(document, grid)
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


def _is_for_reference(document: Document, grid: Grid) -> bool:
    """Whether the lines between a table and the one above it say that it is for comparison alone: 参考：隣の市.

    Of the first table it is the whole document that is so called.
    """
    above = document.items[: grid.item]
    last = next((at for at in range(len(above) - 1, -1, -1) if not isinstance(above[at], Line)), None)
    between = above[last:] if last is not None else ()
    return any(isinstance(item, Line) and is_reference(item.text) for item in between)


def _about(document: Document, form: ProgressForm, tables: list[Section]) -> Iterator[Statement]:
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


def _header_labels(section: Section, form: ProgressForm) -> Iterator[Statement]:
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
    program: Measure | None = None
    policy_cell: GridCell | None = None
    measure_cell: GridCell | None = None


def _rows(
    document: Document,
    section: Section,
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
        apart = (cell for cell in sums if cell.cell.row == row and (is_total(cell.text) or is_reference(cell.text)))
        if (head := next(apart, None)) is not None:
            yield Label(head.excerpt)  # its numbers are of no programme of the plan, and stay unread
            continue
        policy = section.cell(row, form.policy)
        if policy and _is_same(policy, path.policy_cell):
            yield Label(policy.excerpt)
        elif policy:
            named = _without_number(policy.excerpt)
            node = node_of(document, "policy", name=named)
            path.policy = replace(node, measure_code=str(_next(ordinals, "policy", None)))
            path.policy_cell, path.measure, path.measure_cell = policy, None, None
            yield _named(path.policy, named, policy.excerpt)
        measure = section.cell(row, form.measure)
        if measure and _is_same(measure, path.measure_cell):
            yield Label(measure.excerpt)
        elif measure:
            parent = path.policy
            code = _code(parent, _next(ordinals, "measure", parent)) if is_known[0] else None
            named = _without_number(measure.excerpt)
            # A cell that reaches over the end of its policy is a node of each of the two.
            node = replace(node_of(document, "measure", name=named, key=_id(parent)), measure_code=code)
            path.measure, path.measure_cell = replace(node, parent_measure_id=_id(parent)), measure
            yield _named(path.measure, named, measure.excerpt)
        program = section.cell(row, form.program)
        if program is None or program in seen or is_ditto(program.text):
            continue
        seen.add(program)
        parent = path.measure or path.policy if is_known[1] else None
        further = _ONLY_INDICATOR.fullmatch(program.text)
        if further is not None and path.program is not None and path.program.parent_measure_id == _id(parent):
            name = program.excerpt.slice(*further.span("name"))
            yield from indicator_to_statements(document, section, row, legend, path.program, name)
            continue
        code = _code(parent, _next(ordinals, "program", parent)) if all(is_known) else None
        path.program = yield from _program(document, section, row, form, legend, parent, code, program, programmes)


_ONLY_INDICATOR: Final = re.compile(r"\s*[(（〔［\[]\s*(?P<name>[^()（）〔〕［］\[\]]+?)\s*[)）〕］\]]\s*")
"""A cell with nothing but an indicator: it is a further one of the programme above."""


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
    section: Section,
    row: int,
    form: ProgressForm,
    legend: Legend,
    parent: Measure | None,
    code: str | None,
    cell: GridCell,
    programmes: Programmes,
) -> Generator[Statement, None, Measure]:
    """A programme's row: its node, its texts and its indicator."""
    whole = cell.excerpt.strip()
    numbered = _without_number(whole)
    match = form.programme.fullmatch(without_note(without_reprint(numbered.text)))
    name = (numbered.group(match, "name") if match else None) or numbered
    new = numbered.group(match, "new") if match else None
    indicator_name = numbered.group(match, "indicator") if match else None
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
    for statement in indicator_to_statements(document, section, row, legend, node, indicator_name or name):
        yield statement
        if isinstance(statement, Entry) and isinstance(statement.record, Observation):
            yield from programme.differs(statement.record, statement.evidence[0].excerpt)
    return node


def _without_number(name: Excerpt) -> Excerpt:
    """A name without the number in front of it: (1) 朝市."""
    counted = enumerator(name.text)
    return name.slice(len(name.text.rstrip()) - len(counted[1])) if counted and counted[1] else name


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
