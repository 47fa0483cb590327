"""The table of a register: its columns, its rows, and what is printed over its groups of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from normalize.document.text_span import Excerpt, Place
from normalize.forms.register.columns import Column, heads_to_columns, section_of
from normalize.text.calendar import fiscal_year, fiscal_years
from normalize.text.folding import squeeze
from schemas.closed_sets import ObservationRole
from schemas.codes import eras
from schemas.document import Box, Document, Line, Table

_LEAST_COLUMNS, _LEAST_ROWS = 20, 2
_TARGET, _FORECAST = re.compile(r"目標|計画"), re.compile(r"見込|予算|想定")
_COVERED: Final = 0.8
"""The share of a group's width that a box over it takes at least."""
_ABOVE: Final = 40.0
"""So many points above the heads a box may end that says something of them."""
_PROSE: Final = 15
"""The mean length of the cells of a column, in characters, from which on they are sentences."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of columns: the year and role that are printed for it, and where."""

    year: int | None
    role: ObservationRole
    source: Excerpt | None


WHOLE_PLAN: Final = Group(None, "target", None)
"""What is planned for all years at once."""


@dataclass(frozen=True, slots=True)
class Register:
    """The table of a register: its place in the document, its columns, their heads, and the cells of each row."""

    document: Document
    item: int
    columns: tuple[Column, ...]
    heads: tuple[Excerpt, ...]
    rows: tuple[Mapping[int, Excerpt], ...]
    groups: tuple[Group, ...]

    def of_kind(self, *kinds: str) -> list[Column]:
        return [column for column in self.columns if column.kind in kinds]


def table_to_register(document: Document, index: int, table: Table) -> Register | None:
    """The register that a table is; None where it is none.

    It has a row of twenty heads or more: one names the project, others an indicator, and others hold its values.
    """
    if table.n_cols < _LEAST_COLUMNS or table.n_rows <= _LEAST_ROWS:
        return None
    texts = [Excerpt.of(cell.text, Place(index, number)) for number, cell in enumerate(table.cells)]
    heads = {cell.col: text for cell, text in zip(table.cells, texts, strict=True) if cell.row == 0}
    if len(heads) < table.n_cols:
        return None
    columns = heads_to_columns([heads[col].text for col in range(table.n_cols)])
    kinds = {column.kind for column in columns}
    named = any(column.kind == "name" and column.field == "action" for column in columns)
    if not named or not {"indicator_name", "value"} <= kinds:
        return None
    rows: list[dict[int, Excerpt]] = [{} for _ in range(table.n_rows - 1)]
    for cell, text in zip(table.cells, texts, strict=True):
        if cell.row and text:
            rows[cell.row - 1][cell.col] = text
    groups = _groups(document, table, columns)
    columns = tuple(_with_prose(column, heads[column.col], rows) for column in columns)
    return Register(document, index, columns, tuple(heads[col] for col in range(table.n_cols)), tuple(rows), groups)


def _with_prose(column: Column, head: Excerpt, rows: Sequence[Mapping[int, Excerpt]]) -> Column:
    """A column that nothing else is known of, as prose where its cells are sentences."""
    lengths = [len(squeeze(row[column.col].text)) for row in rows if column.col in row]
    if column.kind != "aside" or not lengths or sum(lengths) < _PROSE * len(lengths):
        return column
    return replace(column, kind="passage", field=section_of(head.text))


def _groups(document: Document, table: Table, columns: Sequence[Column]) -> tuple[Group, ...]:
    """What is printed over each group of columns; nothing where not every group has a year of its own."""
    count = max((column.group for column in columns if column.group is not None), default=-1) + 1
    boxes = {cell.col: cell.fragments[0].box for cell in table.cells if cell.row == 0}
    found: list[Group] = []
    for number in range(count):
        own = [box for column in columns if column.group == number and (box := boxes[column.col])]
        over = [text for text, box in _boxed_lines(document) if own and _stands_over(box, own)]
        years = {mention.year for text in over for mention in fiscal_years(text.text)}
        if len(over) != 1 or len(years) != 1:
            break
        role: ObservationRole = "target" if _TARGET.search(over[0].text) else (
            "forecast" if _FORECAST.search(over[0].text) else "actual"
        )  # fmt: skip
        found.append(Group(years.pop(), role, over[0]))
    if len(found) < count or len({group.year for group in found}) < count:
        return tuple(Group(None, "actual", None) for _ in range(count))
    return tuple(found)


def years_agree(groups: Sequence[Group], given: int | None) -> bool:
    """Whether the years over the groups are those of a document of the given fiscal year: one of them, or the next.

    >>> [years_agree([Group(2023, "actual", None), Group(2024, "target", None)], year) for year in (None, 2025, 2027)]
    [False, True, False]
    """
    years = [group.year for group in groups if group.year is not None]
    return given is not None and bool(years) and (given in years or given == max(years) + 1)


def _boxed_lines(document: Document) -> Iterator[tuple[Excerpt, Box]]:
    for index, item in enumerate(document.items):
        if isinstance(item, Line) and item.role == "body" and (box := item.fragments[0].box):
            yield Excerpt.of(item.text, Place(index)), box


def _stands_over(box: Box, heads: Sequence[Box]) -> bool:
    """Whether a text stands over these heads, in their row or close above, and over no others."""
    left, right = min(head.x0 for head in heads), max(head.x1 for head in heads)
    top, bottom = min(head.top for head in heads), max(head.bottom for head in heads)
    shared = min(right, box.x1) - max(left, box.x0)
    return shared >= _COVERED * max(right - left, box.width) and box.top < bottom and box.bottom >= top - _ABOVE


def document_year(register: Register) -> tuple[int | None, list[Excerpt]]:
    """The year of the column 年度 where all rows agree: printed whole, or the one that the groups' years leave open."""
    columns = register.of_kind("year")
    printed = [row[columns[0].col] for row in register.rows if columns and columns[0].col in row]
    texts = {squeeze(text.text) for text in printed}
    if len(texts) != 1:
        return None, []
    text = texts.pop()
    whole = fiscal_year(text if text.endswith("年度") else f"{text}年度")
    if whole is not None:
        return whole, printed[:1]
    years = [group.year for group in register.groups if group.year is not None]
    if not years or not text.isdigit():
        return None, []
    possible = {fiscal_year(f"{era.name}{text}年度") for era in eras()}
    within = [each for each in possible if each is not None and min(years) <= each <= max(years) + 1]
    return (within[0], printed[:1]) if len(within) == 1 else (None, [])
