"""The header of a progress table: its rows, the column of each label, the year groups over their leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Annotated

from normalize.document.table_grid import Grid, GridCell, header_paths
from normalize.forms.progress.columns import Role, ValueColumn, column_of, fiscal_year_of, is_year, says
from normalize.text.labels import Labels, any_of
from normalize.text.patterns import CheckedForm, Groups, PatternText


@dataclass(frozen=True, slots=True)
class ProgressForm(CheckedForm):
    """The labels of a progress table, by what they mean.

    `title` is the pattern of the line that names the plan, `furniture` that of lines and boxes that say nothing of it.
    `programme` reads a programme's cell: the groups `name`, and where the form prints them `new`, `indicator`. `issue`
    separates the issues from the report in front of them; `no_issue` is the word for none.
    """

    title: PatternText
    furniture: PatternText
    scheme: str
    policy: Labels
    measure: Labels
    program: Labels
    orgs: Labels
    aim: Labels
    state: Labels
    target: Labels
    actual: Labels
    grade: Labels
    legend: Labels
    programme: Annotated[re.Pattern[str], Groups(("name",), ("new", "indicator", "reference"))]
    issue: Annotated[re.Pattern[str], Groups()]
    no_issue: frozenset[str]

    @property
    def labels(self) -> tuple[Labels, ...]:
        return tuple(value for field in fields(self) if isinstance(value := getattr(self, field.name), Labels))


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a table: its rows, the column of each label, its columns of values, and the rows that it heads.

    `rows` also hold the rows further down that print the same header again. `idle` are the years without such a column.
    """

    rows: tuple[int, ...]
    body: tuple[int, ...]
    columns: dict[Labels, int]
    values: tuple[ValueColumn, ...]
    idle: tuple[GridCell, ...]

    def heads_like(self, other: Header) -> bool:
        """Whether another header says the same of the same columns."""
        return self.columns == other.columns and _meant(self) == _meant(other)


def headers_of(grid: Grid, form: ProgressForm) -> tuple[Header, ...]:
    """The headers of a table, from the top: rows, one below the other, that print nothing but labels and years.

    What stands above the first (a title or a box inside the frame) is no header. A year and the label of its leaf may
    stand in either order. A later header that says something else heads the rows below it; where it prints years alone,
    each stands for the columns of the year above it.
    """
    blocks = _blocks(grid, form)
    found: list[Header] = []
    for position, block in enumerate(blocks):
        end = blocks[position + 1].start if position + 1 < len(blocks) else grid.table.n_rows
        header = _header(grid, block, range(block.stop, end), form, found[-1] if found else None)
        if found and (not header.values or header.heads_like(found[-1])):
            last = found[-1]
            found[-1] = replace(last, rows=(*last.rows, *header.rows), body=(*last.body, *header.body))
        else:
            found.append(header)
    return tuple(header for header in found if header.values)


def _blocks(grid: Grid, form: ProgressForm) -> list[range]:
    """The runs of header rows."""
    blocks: list[range] = []
    for row in grid.rows:
        if not is_header_row(grid, row, form):
            continue
        if blocks and blocks[-1].stop == row:
            blocks[-1] = range(blocks[-1].start, row + 1)
        else:
            blocks.append(range(row, row + 1))
    return blocks


def _header(grid: Grid, rows: range, body: range, form: ProgressForm, above: Header | None) -> Header:
    columns: dict[Labels, int] = {}
    values: list[ValueColumn] = []
    roles: dict[Role, Labels] = {"target": form.target, "actual": form.actual, "grade": form.grade}
    years: dict[int, GridCell] = {}
    leaves = {value.col: value for value in above.values} if above else {}
    for col, path in header_paths(grid, rows).items():
        for labels in (form.policy, form.measure, form.program, form.orgs, form.aim, form.state):
            if any(says(labels, cell.text) for cell in path):
                columns.setdefault(labels, col)
        if col in columns.values():
            continue
        year = next((cell for cell in path if is_year(cell.text) and not _known(form).match(cell.text)), None)
        if year is None and values and col in leaves and col - 1 in leaves and leaves[col].year == leaves[col - 1].year:
            year = values[-1].year  # a row of years alone: the text form cannot tell a merged cell from an empty one
        if year is None:
            continue
        years.setdefault(fiscal_year_of(year), year)
        if value := column_of(col, year, path, roles):
            values.append(value)
        elif col in leaves:
            values.append(replace(leaves[col], year=year))
    used = {value.fiscal_year for value in values}
    idle = tuple(cell for year, cell in years.items() if year not in used)
    return Header(tuple(rows), tuple(body), columns or (above.columns if above else {}), tuple(values), idle)


def _meant(header: Header) -> list[tuple[int, int, str]]:
    return [(value.col, value.fiscal_year, value.role) for value in header.values]


@lru_cache(maxsize=64)
def _known(form: ProgressForm) -> Labels:
    return any_of(form.labels)


def is_header_row(grid: Grid, row: int, form: ProgressForm) -> bool:
    """Whether most of what a row prints, and more than one cell, are known labels and years.

    A heading that nobody knows does not hide the others; it is left for a finding to tell.
    """
    printed = [cell for cell in grid.row(row) if cell]
    known = [cell for cell in printed if is_heading(cell.text, form)]
    return len(known) > 1 and 2 * len(known) > len(printed)


def is_heading(text: str, form: ProgressForm) -> bool:
    """Whether a cell prints a known label, a year, or both."""
    return is_year(text) or says(_known(form), text)


def printed_cell(grid: Grid, row: int, col: int | None) -> GridCell | None:
    """The printed cell at a place, None where it is empty."""
    cell = None if col is None else grid.at(row, col)
    return cell or None
