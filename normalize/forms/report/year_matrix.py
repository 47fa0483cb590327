"""Year by year matrices: a header row of fiscal years, a row for each policy, what is done in each year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from normalize.document.table_grid import Grid, GridCell
from normalize.document.text_span import Excerpt
from normalize.records.passages import BULLETED, items_of, line_items_of, passage
from normalize.statements.statement import Label, Statement
from normalize.text.calendar import fiscal_years
from normalize.text.folding import squeeze
from schemas.document import Document
from schemas.records import Measure


@dataclass(frozen=True, slots=True)
class YearColumns:
    """The row that prints the years, and the year and cell above each column."""

    row: int
    columns: Mapping[int, tuple[int, GridCell]]


def year_columns(grid: Grid) -> YearColumns | None:
    """The years of a matrix: the first row in which two cells or more are nothing but a fiscal year; None without."""
    for row in grid.rows:
        years = {cell: year for cell in grid.starting(row) if (year := _only_year(cell.text)) is not None}
        if len(years) > 1:
            columns = {col: (year, cell) for cell, year in years.items() for col in cell.cell.cols}
            return YearColumns(row, columns)
    return None


def row_labels(grid: Grid, years: YearColumns) -> Iterator[tuple[int, GridCell]]:
    """The label of each row below the years: its first printed cell on the left of them."""
    first = min(years.columns)
    for row in range(years.row + 1, grid.table.n_rows):
        for cell in grid.row(row):
            if cell and cell.cell.col < first:
                yield row, cell
                break


def matrix_to_statements(
    document: Document, grid: Grid, years: YearColumns, owners: Mapping[str, Measure]
) -> Iterator[Statement]:
    """Read a matrix. `owners` are the policies by the squeezed label of their row; other rows belong to no measure.

    A cell over several years is dated by the first of them: where it begins.
    """
    for row in range(years.row + 1):
        for cell in grid.starting(row):
            yield Label(cell.excerpt)
    for row, label in row_labels(grid, years):
        owner = owners.get(squeeze(label.text))
        yield Label(label.excerpt)
        for cell in grid.starting(row):
            if cell and cell.cell.col in years.columns:
                year, header = years.columns[cell.cell.col]
                yield from _cell(document, cell.excerpt, owner, year, header.excerpt)


def _cell(document: Document, text: Excerpt, owner: Measure | None, year: int, header: Excerpt) -> Iterator[Statement]:
    for item in _items(text):
        yield passage(
            [item],
            document.document_id,
            "schedule",
            measure_id=owner.measure_id if owner else None,
            fiscal_year=year,
            fiscal_year_source=header,
        )


def _items(text: Excerpt) -> list[Excerpt]:
    """The bullets of a cell; without any, each line is an item (facts/DECISIONS 30)."""
    return items_of(text) if any(BULLETED.match(line.text) for line in text.lines()) else line_items_of(text)


def _only_year(text: str) -> int | None:
    mentions = fiscal_years(squeeze(text))
    if len(mentions) != 1 or squeeze(mentions[0].text) != squeeze(text):
        return None
    return mentions[0].year
