"""Costs that one cell lists, each with its amount: 委託料 6,300　需用費 120."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from normalize.cells.amounts import read_amount
from normalize.cells.heads import Head
from normalize.cells.years import YearSense
from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Name, Number, RowKey
from normalize.forms.general.rows.rows import Reading
from normalize.forms.general.rows.stubs import Setting
from normalize.text.folding import clean
from normalize.text.quantities import MONEY
from schemas.closed_sets import ObservationRole

_ENTRY: Final = re.compile(
    r"\s*(?P<name>[^\d\s、。:：△▲]{2,20}?)\s*[:：\s]\s*(?P<amount>[△▲]?[0-9０-９][0-9０-９,，]*)\s*(?P<unit>"
    + MONEY
    + r")?[\s、,]*"
)


def listed_costs(reading: Reading, row: int, key: RowKey | None, setting: Setting) -> Iterator[Number]:
    """The costs that a cell lists, each with its amount, under a head that says so: 委託料 6,300　需用費 120."""
    for column in reading.of("aside", "stub", "passage"):
        leaf, cell = column.leaf, reading.at(row, column)
        term = reading.view.term(leaf) if leaf is not None else None
        if leaf is None or cell is None or id(cell) in reading.done or term is None or term.kind != "cost":
            continue
        unit = column.unit or setting.unit
        if unit is None or column.is_period:
            continue
        found = list(costs_in(cell.excerpt, reading.view.head(leaf), leaf.excerpt, reading.view.sense, unit))
        if not found:
            continue
        reading.done.add(id(cell))
        told = column.unit_source.excerpt if column.unit_source else setting.unit_source
        role: ObservationRole = "forecast" if column.role == "forecast" else "actual"
        source = column.year_source.excerpt if column.year_source and column.year is not None else None
        for number in found:
            own = number.unit_source is None
            yield replace(
                number, year=column.year, role=role, row=key, year_source=source, unit_source=None if own else told
            )


def costs_in(text: Excerpt, head: Head, label: Excerpt, sense: YearSense, unit: str | None = None) -> Iterator[Number]:
    """The costs that a text behind a label lists, each with its amount, in `unit` where it prints none of its own."""
    role: ObservationRole = "forecast" if head.role in {"forecast", "target"} else "actual"
    for name, printed, spelling in _entries(text):
        amount = read_amount(printed.text, sense)
        if amount is None or (spelling is None and unit is None) or head.is_period:
            continue
        value, of = amount.within(spelling or unit)
        yield Number(
            Name(clean(name.text), (name,)), printed, head.year, role, value, of, "=", is_cost=True,
            year_source=label if head.year is not None else None, unit_source=None if spelling else label, kind="input",
        )  # fmt: skip


def _entries(text: Excerpt) -> Iterator[tuple[Excerpt, Excerpt, str | None]]:
    """The names and amounts of a list that is nothing else; nothing where something is left between them."""
    done = 0
    found = []
    for match in _ENTRY.finditer(text.text):
        if match.start() != done:
            return
        found.append((text.slice(*match.span("name")), text.slice(*match.span("amount")), match["unit"]))
        done = match.end()
    if done == len(text.text.rstrip()) or not text.text[done:].strip():
        yield from found
