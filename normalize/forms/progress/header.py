"""The header of a progress table: its rows, the column of each label, the year groups over their leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Annotated

from normalize.document.table_grid import Grid, GridCell, header_paths
from normalize.text.calendar import fiscal_year, without_year
from normalize.text.folding import squeeze
from normalize.text.labels import Labels, any_of
from normalize.text.patterns import Groups, PatternText, check_patterns
from normalize.text.text_cache import remembered


@dataclass(frozen=True, slots=True)
class ProgressForm:
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

    def __post_init__(self) -> None:
        check_patterns(self)

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
    """A table's header: its rows, the column of each label, the year groups from left to right.

    `repeated` are the rows below it that print it again.
    """

    rows: range
    repeated: frozenset[int]
    columns: dict[Labels, int]
    years: tuple[YearColumns, ...]


def header_of(grid: Grid, form: ProgressForm) -> Header:
    """The header: the first rows, one below the other, that print nothing but labels and years.

    What stands above them (a title or a box inside the frame) is no header. A year and the label of its leaf may stand
    in either order.
    """
    start = next((row for row in grid.rows if is_header_row(grid, row, form)), grid.table.n_rows)
    end = start
    while end < grid.table.n_rows and is_header_row(grid, end, form):
        end += 1
    rows = range(start, end)
    columns: dict[Labels, int] = {}
    groups: dict[int, YearColumns] = {}
    for col, path in header_paths(grid, rows).items():
        for labels in (form.policy, form.measure, form.program, form.orgs, form.aim, form.state):
            if any(_says(labels, cell.text) for cell in path):
                columns.setdefault(labels, col)
        if col in columns.values():
            continue
        printed = [cell for cell in path if is_year(cell.text) and not _is_label(cell.text, form)]
        year = fiscal_year(squeeze(printed[0].text)) if printed else None
        if year is None:
            continue
        group = groups.get(year, YearColumns(year, printed[0]))
        if any(_says(form.target, cell.text) for cell in path):
            group = replace(group, target=col)
        elif any(_says(form.actual, cell.text) for cell in path):
            group = replace(group, actual=col)
        elif any(_says(form.grade, cell.text) for cell in path):
            group = replace(group, grade=col)
        groups[year] = group
    repeated = frozenset(row for row in range(end, grid.table.n_rows) if is_header_row(grid, row, form))
    return Header(rows, repeated, columns, tuple(groups.values()))


def _is_label(text: str, form: ProgressForm) -> bool:
    return _known(form).match(text)


@lru_cache(maxsize=64)
def _known(form: ProgressForm) -> Labels:
    return any_of(form.labels)


def _says(labels: Labels, text: str) -> bool:
    """Whether a heading is a label, alone or behind its year: 令和7年度実績, 令和8年度の目標とする姿."""
    return labels.match(text) or labels.match(without_year(squeeze(text)))


def is_header_row(grid: Grid, row: int, form: ProgressForm) -> bool:
    """Whether most of what a row prints, and more than one cell, are known labels and years.

    A heading that nobody knows does not hide the others; it is left for a finding to tell.
    """
    printed = [cell for cell in grid.row(row) if cell]
    known = [cell for cell in printed if is_heading(cell.text, form)]
    return len(known) > 1 and 2 * len(known) > len(printed)


def is_heading(text: str, form: ProgressForm) -> bool:
    """Whether a cell prints a known label, a year, or both."""
    return is_year(text) or _says(_known(form), text)


@remembered()
def is_year(text: str) -> bool:
    """Whether a header cell prints a year and hardly anything else."""
    return fiscal_year(squeeze(text)) is not None and len(squeeze(text)) < 16


def data_rows(grid: Grid, header: Header) -> Iterator[int]:
    """The rows below the header that are no header printed again."""
    return (row for row in range(header.rows.stop, grid.table.n_rows) if row not in header.repeated)


def printed_cell(grid: Grid, row: int, col: int | None) -> GridCell | None:
    """The printed cell at a place, None where it is empty."""
    cell = None if col is None else grid.at(row, col)
    return cell or None
