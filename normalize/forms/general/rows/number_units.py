"""The unit of a number: in its row, its name, its column, its block or the caption."""

from __future__ import annotations

import re
from typing import Final

from normalize.cells.vocabulary import term_of
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.names import name_of
from normalize.forms.general.facts import Name
from normalize.forms.general.heads.meaning import Column, counts_money, counts_no_money
from normalize.forms.general.rows.rows import Reading
from normalize.forms.general.rows.stubs import Setting, Stub
from normalize.text.folding import clean, squeeze
from normalize.text.quantities import indicator_measure_of

_SHARE: Final = re.compile("(?:率|割合|比|度)(?:[(（][^()（）]*[)）])?$")
"""How a name ends that counts a share, whatever the unit of its table is."""


def unit_of(
    reading: Reading,
    column: Column,
    name: Name,
    name_unit: Excerpt | None,
    stub: Stub,
    setting: Setting,
    *,
    is_money: bool,
) -> tuple[str | None, Excerpt | None]:
    """The unit that the row, the name, the column or the caption gives, in this order."""
    is_priced = is_money and column.unit is not None and indicator_measure_of(column.unit) == "currency"
    if stub.unit is not None and not is_priced:
        return clean(stub.unit.text), stub.unit
    if name_unit is not None:
        return clean(name_unit.text), name_unit
    counts = counts_no_money(name.text)
    of_column = column.unit is not None and not (counts and indicator_measure_of(column.unit) == "currency")
    if of_column and column.unit_source is not None:
        return column.unit, column.unit_source.excerpt
    if stub.head_unit is not None:
        spelling = stub.head_unit[0]
        in_money = indicator_measure_of(spelling) == "currency"
        if not in_money or (is_money and not counts):
            return spelling, stub.head_unit[1]
    if is_money and (of_whole := _unit_of_whole(reading, name)) is not None:
        return clean(of_whole.text), of_whole
    if column.kind == "value" and (of_block := _unit_of_block(reading)) is not None:
        return clean(of_block.text), of_block
    term = term_of(name.text)
    is_money = is_money or (term is not None and term.is_whole and term.kind == "cost") or counts_money(name.text)
    if setting.unit is None:
        return None, None
    in_money = indicator_measure_of(setting.unit) == "currency"
    fits = is_money and not counts if in_money else _SHARE.search(name.text) is None
    return (setting.unit, setting.unit_source) if fits else (None, None)


def _unit_of_whole(reading: Reading, name: Name) -> Excerpt | None:
    """The unit of the amount that a row right above names, for a part of it: 補助金額（千円） over うち一般財源."""
    if not name.text.startswith("うち"):
        return None
    above: Excerpt | None = None
    for row in reading.block.body:
        cell = next((cell for cell in reading.view.grid.starting(row) if cell), None)
        if cell is None:
            continue
        if cell.excerpt in name.sources:
            return above
        if not squeeze(cell.text).startswith("うち"):
            unit = name_of(cell.excerpt)[1]
            above = unit if unit is not None and indicator_measure_of(clean(unit.text)) == "currency" else None
    return None


def _unit_of_block(reading: Reading) -> Excerpt | None:
    """The unit that a row of a block with one indicator names behind its label, for all its rows: 単位 | 人."""
    view = reading.view
    named = [
        cell
        for row in reading.block.body
        for column in reading.of("indicator", "name")
        if (cell := reading.at(row, column)) is not None and cell.cell.row not in reading.block.header
    ]
    if named or reading.of("cost") or reading.holds_costs():
        return None
    units = {}
    for row in reading.block.body:
        for cell in view.grid.starting(row):
            term = view.whole(cell) if cell else None
            if term is not None and (term.kind, term.field) == ("indicator", "unit"):
                behind = next((other for other in view.grid.right_of(cell, row) if other), None)
                if behind is None or view.kind(behind) not in {"unit", "words"}:
                    return None
                units[squeeze(behind.text)] = behind.excerpt
    return next(iter(units.values())) if len(units) == 1 else None
