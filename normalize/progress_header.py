"""The header of a progress table: its rows, the column of each label, the year groups over their leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from normalize.calendar import fiscal_year
from normalize.characters import squeeze
from normalize.grid import Grid, GridCell, Labels, header_paths


@dataclass(frozen=True, slots=True)
class ProgressForm:
    """The labels of a progress table, by what they mean.

    `title` is the pattern of the line that names the plan, `furniture` that of lines and boxes that say nothing of it.
    `programme` reads a programme's cell: the groups `name`, `new`, `indicator`, `reference`. `issue` separates the
    issues from the report in front of them; `no_issue` is the word for none.
    """

    title: str
    furniture: str
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
    programme: re.Pattern[str]
    issue: re.Pattern[str]
    no_issue: frozenset[str]

    @property
    def labels(self) -> tuple[Labels, ...]:
        return tuple(value for field in fields(self) if isinstance(value := getattr(self, field.name), Labels))


@dataclass(frozen=True, slots=True)
class YearColumns:
    """The columns of one year group. A column that the table does not print is None."""

    fiscal_year: int
    header: GridCell
    target: int | None = None
    actual: int | None = None
    grade: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header: its number of rows, the column of each label, the year groups from left to right."""

    rows: int
    columns: dict[Labels, int]
    years: tuple[YearColumns, ...]


def header_of(grid: Grid, form: ProgressForm) -> Header:
    """The header rows are those above the first row that prints something else than labels and years."""
    rows = 0
    while rows < grid.table.n_rows and is_header_row(grid, rows, form):
        rows += 1
    paths = header_paths(grid, rows)
    columns: dict[Labels, int] = {}
    groups: dict[int, YearColumns] = {}
    for col, path in paths.items():
        if not path:
            continue
        year = fiscal_year(path[0].text) if len(path) > 1 else None
        if year is None:
            for labels in (form.policy, form.measure, form.program, form.orgs, form.aim, form.state):
                if labels.match(path[-1].text):
                    columns.setdefault(labels, col)
            continue
        group = groups.get(year, YearColumns(year, path[0]))
        leaf = path[-1].text
        if form.target.match(leaf):
            group = replace(group, target=col)
        elif form.actual.match(leaf):
            group = replace(group, actual=col)
        elif form.grade.match(leaf):
            group = replace(group, grade=col)
        groups[year] = group
    return Header(rows, columns, tuple(groups.values()))


def is_header_row(grid: Grid, row: int, form: ProgressForm) -> bool:
    """Whether a row prints nothing but known labels and years."""
    printed = [cell for cell in grid.row(row) if cell]
    return bool(printed) and all(
        any(labels.match(cell.text) for labels in form.labels) or _is_year(cell.text) for cell in printed
    )


def _is_year(text: str) -> bool:
    return fiscal_year(text) is not None and len(squeeze(text)) < 16


def data_rows(grid: Grid, header: Header, form: ProgressForm) -> Iterator[int]:
    """The rows below the header that are no header printed again."""
    return (row for row in range(header.rows, grid.table.n_rows) if not is_header_row(grid, row, form))


def printed_cell(grid: Grid, row: int, col: int | None) -> GridCell | None:
    """The printed cell at a place, None where it is empty."""
    cell = None if col is None else grid.at(row, col)
    return cell or None
