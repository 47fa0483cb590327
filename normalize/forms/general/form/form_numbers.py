"""Indicators, their numbers and amounts of money behind the labels of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from normalize.cells.amounts import Amount, read_amount
from normalize.cells.row_words import is_total
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.general.cells.names import kind_of_indicator, name_of, reference_of, without_year
from normalize.forms.general.cells.numbered_lines import numbered_lines
from normalize.forms.general.cells.prose import SECTIONS_OF_ROLES, is_listed
from normalize.forms.general.facts import Doubt, Fact, Name, Named, Number, Text
from normalize.forms.general.form.form_values import Labelled
from normalize.text.folding import clean, squeeze
from normalize.text.periods import period_of
from normalize.text.quantities import unit_and_factor
from schemas.closed_sets import ObservationRole

_PLANNED: Final = re.compile("予算|計画|見込|要求|予定")
"""What a label says of money that is not spent."""

_DONE: Final = re.compile("実績|成果|結果")
"""What a label over numbers says that was done, where sentences stand behind it instead: 事業の実績."""

_TWO_AMOUNTS: Final = re.compile(r"[^()（）]+[(（](?P<second>[^()（）]+)[)）]\s*")
_TWO_NAMES: Final = re.compile(r"(?P<lead>[^()（）]*)[(（](?P<second>[^()（）]+)[)）]")
"""An amount with a second one in brackets, and the label that names both."""


def indicator_facts(behind: Labelled) -> Iterator[Fact]:
    """The name of an indicator, which the numbers below are of, or the unit of the one named before."""
    if behind.field == "unit":
        yield from _unit_facts(behind)
    elif behind.field == "name":
        yield from _named_facts(behind)
    elif behind.view.kind(value := behind.printed[0]) == "prose" and "。" in value.text:
        section = "done" if _DONE.search(squeeze(behind.label.text)) else "background"
        yield Text("passage", section, value.excerpt, behind.label.excerpt)


def _unit_facts(behind: Labelled) -> Iterator[Fact]:
    state, (_, value, _) = behind.form.state, _code_and_name(behind)
    state.unit = value.excerpt
    if state.indicator is not None and behind.view.kind(value) in {"unit", "words"}:
        yield Named(state.indicator, value.excerpt, kind=kind_of_indicator(*state.kind_texts))


def _named_facts(behind: Labelled) -> Iterator[Fact]:
    """The name of an indicator with its code and unit; sentences and lists in its place tell a target."""
    view, state, label = behind.view, behind.form.state, behind.label
    code, value, rest = _code_and_name(behind)
    if (named := list(_numbered_names(behind, value.excerpt))) or _heads_names(behind, value):
        state.indicator, state.unit, state.kind_texts = None, None, ()
        yield from named
        return
    if (view.kind(value) == "prose" and "。" in value.text) or is_listed(value.text):
        yield Text("passage", "target", value.excerpt, label.excerpt)
        return
    name, unit = name_of(value.excerpt) if view.kind(value) in {"words", "prose", "label"} else (None, None)
    if name is None:
        return
    units = [cell.excerpt for cell in rest if view.kind(cell) == "unit"]
    state.indicator, state.unit, state.kind_texts = name, units[0] if units else unit, (label.text,)
    yield Named(name, state.unit, kind=kind_of_indicator(label.text), reference=reference_of(label.text, code))


def _heads_names(behind: Labelled, value: GridCell) -> bool:
    """Whether what stands behind a label is itself the head over names of indicators, and no name: 指標名."""
    term = behind.view.whole(value)
    return term is not None and (term.kind, term.field) == ("indicator", "name")


def _numbered_names(behind: Labelled, value: Excerpt) -> Iterator[Named]:
    """The names of several indicators in one cell, each behind its letter or number: ア 参加者数."""
    for code, text in numbered_lines(value):
        name, unit = name_of(text)
        if name is not None:
            kind, called = kind_of_indicator(behind.label.text), reference_of(behind.label.text, code)
            yield Named(name, unit, kind=kind, reference=called)


def _code_and_name(behind: Labelled) -> tuple[str, GridCell, list[GridCell]]:
    """The code in front of a name, the cell of the name, and those behind it."""
    first, *rest = behind.printed
    if rest and (behind.view.kind(first) == "code" or re.fullmatch(r"\d{1,2}", squeeze(first.text))):
        return first.text, rest[0], rest[1:]
    return "", first, rest


def _unit_behind(behind: Labelled) -> Excerpt | None:
    """The unit in a cell of its own behind a number."""
    units = (cell.excerpt for cell in behind.printed[1:] if behind.view.kind(cell) == "unit")
    return next(units, None)


def role_facts(behind: Labelled) -> Iterator[Fact]:
    """A number behind a role is of the indicator named last; prose behind one is prose."""
    value, role, label = behind.printed[0], behind.head.role, behind.label
    amount = read_amount(value.text, behind.view.sense)
    if amount is None:
        if behind.view.kind(value) == "prose" and role in SECTIONS_OF_ROLES:
            yield Text("passage", SECTIONS_OF_ROLES[role], value.excerpt, label.excerpt)
        return
    name = behind.form.state.indicator
    if name is None or role is None or role == "ratio" or role == "difference":
        return
    periods = {period_of(label.text), amount.period}
    if behind.head.is_period or periods & {"part", "total"}:
        yield Doubt(value.excerpt, "one year", "several years or a part of one")
        return
    is_expected = role == "actual" and "forecast" in periods
    yield _number_of_role(behind, name, "forecast" if is_expected else role, amount)


def _number_of_role(behind: Labelled, name: Name, role: ObservationRole, amount: Amount) -> Number:
    value, label, state = behind.printed[0], behind.label, behind.form.state
    unit = _unit_behind(behind) or state.unit
    number, of = amount.within(clean(unit.text) if unit else None)
    year = amount.year if amount.has_year else behind.head.year
    return Number(
        name, value.excerpt.strip(), year, role, number, of, amount.comparator,
        year_source=(value if amount.has_year else label).excerpt if year is not None else None,
        role_source=label.excerpt, unit_source=unit if amount.unit is None else None,
        kind=kind_of_indicator(*state.kind_texts),
    )  # fmt: skip


def is_money(behind: Labelled) -> bool:
    """Whether a label tells money and its unit, or a unit of money before an amount: 予算案 経費、単位（千円）."""
    head = behind.head
    if head.unit is None or head.is_money:
        return head.unit is not None
    is_in_yen = "円" in head.unit and head.term is None
    return is_in_yen and read_amount(behind.printed[0].text, behind.view.sense) is not None


@dataclass(frozen=True, slots=True)
class _Money:
    """What the labels say of an amount of money: its role, the label that names its year, and its unit."""

    role: ObservationRole
    year: int | None
    year_source: Excerpt | None
    unit: str | None
    unit_source: Excerpt | None


def cost_facts(behind: Labelled) -> Iterator[Fact]:
    """An amount behind the name of a cost, and the one that stands in brackets behind it."""
    value = behind.printed[0]
    amount = read_amount(value.text, behind.view.sense)
    name, unit_of_name = name_of(behind.label.excerpt)
    if amount is None or name is None or behind.head.is_period:
        return
    if amount.unit is None and _is_of_points(behind):
        return
    if _is_of_columns(behind):
        yield Doubt(value.excerpt, "the sum of one column", "the sum of another")
        return
    money = _money(behind, unit_of_name)
    if amount.unit is None and money.unit is None:
        return
    number, of = amount.within(money.unit)
    if not behind.head.words:
        name = Name(without_year(name.text), name.sources)  # 令和4年度決算額
    yield Number(
        name, value.excerpt.strip(), amount.year if amount.has_year else money.year, money.role, number,
        of or (unit_and_factor(money.unit)[0] if money.unit else None), amount.comparator, is_cost=True,
        year_source=money.year_source, unit_source=money.unit_source if amount.unit is None else None, kind="input",
    )  # fmt: skip
    yield from _cost_in_brackets(behind, name, money)


def _is_of_points(behind: Labelled) -> bool:
    """Whether a sum stands under a judgement: it adds up points, and no money."""
    label = behind.label
    over = behind.view.grid.at(label.cell.row - 1, label.cell.col) if label.cell.row else None
    term = behind.view.whole(over) if over else None
    return is_total(label.text) and term is not None and term.kind in {"grade", "evaluator", "direction"}


def _is_of_columns(behind: Labelled) -> bool:
    """Whether amounts behind a label are each of a column that nothing names here: 合計 | 計画額 | 90 | 120."""
    amounts = [cell for cell in behind.printed if behind.view.kind(cell) == "amount"]
    is_sum = is_total(behind.label.text) or any(is_total(group.text) for group in behind.groups)
    return len(amounts) > 1 and (is_sum or len(amounts) == len(behind.printed))


def _money(behind: Labelled, unit_of_name: Excerpt | None) -> _Money:
    """What a label, the nearest of its groups that does, or else the table says of money."""
    setting = behind.form.setting
    labels = (behind.label, *behind.groups)
    heads = [behind.view.head(label) for label in labels]
    is_planned = setting.plans_money or _PLANNED.search(squeeze(behind.label.text)) is not None
    roles: list[ObservationRole] = [
        head.role for head in heads if head.role == "actual" or head.role == "forecast" or head.role == "target"
    ]
    dated = next((at for at, head in enumerate(heads) if head.year is not None), None)
    own = _unit_behind(behind)
    printed = own if own is not None else unit_of_name
    return _Money(
        roles[0] if roles else "forecast" if is_planned else "actual",
        heads[dated].year if dated is not None else None,
        labels[dated].excerpt if dated is not None else None,
        clean(printed.text) if printed else behind.head.unit or setting.unit,
        printed or setting.unit_source,
    )


def _cost_in_brackets(behind: Labelled, name: Name, money: _Money) -> Iterator[Fact]:
    """The second amount of a cell, where the label names a second cost in brackets as well: 事業費（うち一般財源）."""
    value = behind.printed[0]
    pair, names = _TWO_AMOUNTS.fullmatch(value.text.strip()), _TWO_NAMES.fullmatch(name.text)
    amount = read_amount(pair["second"], behind.view.sense) if pair is not None else None
    if pair is None or names is None or amount is None:
        return
    start = value.text.find(pair["second"])
    number, of = amount.within(money.unit)
    yield Number(
        Name(names["second"], name.sources), value.excerpt.slice(start, start + len(pair["second"])),
        money.year, money.role, number, of, amount.comparator, is_cost=True, year_source=money.year_source,
        unit_source=money.unit_source, kind="input",
    )  # fmt: skip
