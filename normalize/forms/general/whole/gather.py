"""Indicators of a general document: the numbers that share a node and a name → an indicator and its observations.

What cannot be true is not said: one indicator has one amount for a year and a role. Two of one name whose numbers
contradict each other are two indicators where they stand in two cells, and in doubt where they stand beside one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Doubt, Name, Named, Number
from normalize.records.odd_numbers import odd_number
from normalize.statements.numbering import UNNUMBERED, draft_id
from normalize.statements.statement import Label, Remark, Statement, entry
from normalize.text.folding import clean, squeeze
from normalize.text.quantities import indicator_measure_of, unit_and_factor
from schemas.closed_sets import Better, IndicatorKind, IndicatorMeasure
from schemas.messages import phrase, say
from schemas.records import Indicator, Observation

_SHORT: Final = 16
"""Characters of a text beside a goal that may be a number; a longer one tells something."""


@dataclass(slots=True)
class Gathered:
    """What a document prints of one indicator, in its order."""

    measure_id: str
    name: Name
    sources: list[Excerpt] = field(default_factory=list)
    units: list[tuple[str, Excerpt]] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    kinds: list[IndicatorKind] = field(default_factory=list)
    is_cost: bool = False
    counted_in: str = ""
    """The unit, where the same print of a name names another indicator in another unit."""

    @property
    def indicator_id(self) -> str:
        name = squeeze(self.name.text)
        return draft_id("indicator", next(iter(self.sources), None), self.measure_id, name, self.counted_in)


class Gathering:
    """Gathers numbers by node and name; indicators keep the order in which they are first met."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], list[Gathered]] = {}
        self._order: list[Gathered] = []
        self._differing: list[tuple[Number, Number]] = []

    def add(self, measure_id: str, fact: Named | Number) -> None:
        """Put a fact to its indicator. What a reprint says is known; where it differs, that is told."""
        if fact.reprint and (known := self._known.get((measure_id, squeeze(fact.name.text)))):
            if isinstance(fact, Number):
                told = [other for one in known for other in one.numbers if _contradicts(fact, other)]
                self._differing += [(fact, told[0])] if told else []
            return
        gathered = self._of(measure_id, fact)
        gathered.sources += [source for source in fact.name.sources if source not in gathered.sources]
        if fact.kind is not None:
            gathered.kinds.append(fact.kind)
        if isinstance(fact, Named):
            gathered.is_cost = gathered.is_cost or fact.is_cost
            if fact.unit is not None:
                gathered.units.append((unit_and_factor(clean(fact.unit.text))[0], fact.unit))
            return
        gathered.is_cost = gathered.is_cost or fact.is_cost
        if not any(_is_same(fact, other) for other in gathered.numbers):
            gathered.numbers.append(fact)

    def find(self, measure_id: str, name: Name) -> str | None:
        """The id of an indicator of a node, by its name and the cell that prints it."""
        known = self._known.get((measure_id, squeeze(name.text)), [])
        here = [one for one in known if set(one.sources) & set(name.sources)]
        found = here or known
        return found[0].indicator_id if found else None

    def _of(self, measure_id: str, fact: Named | Number) -> Gathered:
        known = self._known.setdefault((measure_id, squeeze(fact.name.text)), [])
        printed = [one for one in known if set(one.sources) & set(fact.name.sources)]
        unit = _unit_of(fact)
        other_unit = bool(printed) and isinstance(fact, Named) and all(_has_other(one, unit) for one in printed)
        here = next((one for one in printed if not _has_other(one, unit)), None)
        if here is None and not other_unit:
            here = next(iter(printed), None) or next((one for one in known if _may_be_one(one, fact)), None)
        if here is None:
            here = Gathered(measure_id, fact.name, counted_in=(unit or "") if other_unit else "")
            known.append(here)
            self._order.append(here)
        return here

    def statements(self) -> Iterator[Statement]:
        """The indicators, each with its observations."""
        for gathered in self._order:
            yield from _indicator(gathered)
        for again, first in self._differing:
            yield Remark(
                "reprint-differs",
                "warning",
                say(
                    "the programme is printed twice, with {first} and with {second}",
                    first=first.printed.printed,
                    second=again.printed.printed,
                ),
                again.printed,
                expected=first.printed.printed,
                observed=again.printed.printed,
            )

    def ids(self) -> dict[int, str]:
        return {id(one): one.indicator_id for one in self._order}


def _unit_of(fact: Named | Number) -> str | None:
    if isinstance(fact, Number):
        return fact.unit
    return unit_and_factor(clean(fact.unit.text))[0] if fact.unit is not None else None


def _has_other(one: Gathered, unit: str | None) -> bool:
    """Whether an indicator is counted in another unit, as its own column says: 居宅介護 | 時間/月, and 人/月 below."""
    units = {spelling for spelling, _ in one.units}
    return unit is not None and bool(units) and unit not in units


def _may_be_one(one: Gathered, fact: Named | Number) -> bool:
    """Whether a fact of the same name, printed elsewhere, can be of the same indicator: it repeats or adds to it."""
    if isinstance(fact, Named):
        return not one.numbers or not fact.name.sources or _is_repeated(one, fact.name)
    if one.is_cost != fact.is_cost and one.numbers:
        return False
    units = {number.unit for number in one.numbers if number.unit}
    if fact.unit is not None and units and fact.unit not in units:
        return False
    return not any(_contradicts(fact, other) for other in one.numbers)


def _is_repeated(one: Gathered, name: Name) -> bool:
    """Whether a name is printed again on another page, as the first of its table."""
    places = {source.place.item for source in one.sources}
    return all(source.place.item not in places for source in name.sources)


def _contradicts(one: Number, other: Number) -> bool:
    return (one.year, one.role) == (other.year, other.role) and not _is_same(one, other)


def _is_same(one: Number, other: Number) -> bool:
    """The same number, printed once more on another page."""
    return (one.year, one.role, one.value, squeeze(one.printed.text)) == (
        other.year, other.role, other.value, squeeze(other.printed.text),
    )  # fmt: skip


def doubtful(numbers: list[Number]) -> tuple[list[Number], list[Doubt]]:
    """The numbers of an indicator without those of which two are printed for one year and role; those are in doubt."""
    kept: list[Number] = []
    doubts: list[Doubt] = []
    for number in numbers:
        rivals = [other for other in numbers if other is not number and _contradicts(number, other)]
        if not rivals:
            kept.append(number)
        elif all(rival not in numbers[: numbers.index(number)] for rival in rivals):
            doubts.append(Doubt(number.printed, _with_role(number), _with_role(rivals[0])))
    return kept, doubts


def _with_role(number: Number) -> str:
    """A number as it is printed, behind the label that says whose or which it is."""
    label = number.role_source.printed if number.role_source is not None else ""
    return f"{label} {number.printed.printed}".strip()


def _base_year(numbers: list[Number]) -> int | None:
    """The year of the one actual before the first target; several of them report on the way to a far target."""
    first_target = min((n.year for n in numbers if n.role == "target" and n.year is not None), default=None)
    early = {n.year for n in numbers if n.role == "actual" and n.year is not None and n.year < (first_target or n.year)}
    return early.pop() if len(early) == 1 and not any(n.role == "baseline" for n in numbers) else None


def _indicator(gathered: Gathered) -> Iterator[Statement]:
    numbers, doubts = doubtful(gathered.numbers)
    printed = [(number.unit, number.unit_source or number.printed) for number in gathered.numbers if number.unit]
    unit, unit_source = next(iter([*printed, *gathered.units]), (None, None))
    has_value = any(number.value is not None for number in gathered.numbers)
    measure: IndicatorMeasure = "currency" if gathered.is_cost and unit is None else indicator_measure_of(unit)
    indicator = Indicator(
        indicator_id=gathered.indicator_id,
        measure_id=gathered.measure_id,
        indicator_name=gathered.name.text,
        indicator_text=" ".join(source.printed for source in gathered.sources[:1]) or gathered.name.text,
        unit=unit,
        indicator_measure=measure if has_value or unit else "qualitative",
        position=UNNUMBERED,
        better=_better(numbers),
        indicator_kind="input" if gathered.is_cost else next(iter(gathered.kinds), None),
    )
    yield entry(indicator, indicator_name=gathered.sources, indicator_text=gathered.sources, unit=unit_source)
    base_year = _base_year(numbers)
    spelled = unit_and_factor(clean(unit_source.text)) if unit_source is not None else (None, Decimal(1))
    factor = spelled[1] if spelled[0] == unit else Decimal(1)
    numbers = [replace(n, value=n.value * factor) if n.value is not None and not n.unit else n for n in numbers]
    for at, number in enumerate(numbers, start=1):
        early = (
            number.role == "actual" and number.year is not None and number.year == base_year and not gathered.is_cost
        )
        yield from _observation(replace(number, role="baseline") if early else number, indicator, at)
    for doubt in doubts:
        yield doubt_remark(doubt)
    for source in gathered.sources:
        yield Label(source)


def _observation(number: Number, indicator: Indicator, at: int) -> Iterator[Statement]:
    observation = Observation(
        observation_id=f"{indicator.indicator_id}-o{at}",
        indicator_id=indicator.indicator_id,
        fiscal_year=number.year,
        role=number.role,
        value=None if number.value is None else float(number.value),
        value_text=number.printed.printed,
        unit=number.unit or (indicator.unit if number.value is not None else None),
        comparator=number.comparator,
        frequency=number.frequency,
        deadline_fy=number.deadline_fy,
    )
    yield entry(
        observation,
        value=number.printed if number.value is not None else None,
        value_text=number.printed,
        fiscal_year=number.year_source,
        role=number.role_source,
        unit=number.unit_source,
    )
    if number.unsettled is not None:
        head = number.unsettled.printed
        yield Remark(
            "preliminary",
            "warning",
            say("{text} stands under {head}: the number is not final yet", text=number.printed.printed, head=head),
            number.printed,
            observation,
            "value",
            observed=number.printed.printed,
        )
    if number.is_odd and number.value is not None and number.unsettled is None:
        yield odd_number(number.printed, observation)
    if not number.parsed or (number.value is None and _holds_number(number.printed.text)):
        yield Remark(
            "target-unparsed",
            "warning",
            say("the cell holds a number that no rule reads: {text}", text=number.printed.printed),
            number.printed,
            observation,
            "value",
            observed=number.printed.printed,
        )


_NUMERAL: Final = re.compile(r"[0-9]|^[〇一二三四五六七八九十百千万億]+$|[:：/／]")
"""What shows that a text counts: a digit, or nothing but numerals."""


def _holds_number(text: str) -> bool:
    """Whether a text that became no value counts something all the same: 10～20, 二十三, but no date and no year."""
    plain = re.sub(r"(?:令和|平成|昭和|[RHS])?\d+年(?:度|\d+月(?:\d+日)?)?|\d+月", "", squeeze(text))
    return len(plain) <= _SHORT and _NUMERAL.search(plain) is not None and re.search(r"[。…]", plain) is None


def doubt_remark(doubt: Doubt) -> Remark:
    """What a finding says of a text of which two readings are possible."""
    return Remark(
        "ambiguous",
        "warning",
        say(
            "{text} can be read in two ways, so it is not said: {one}, or {other}",
            text=doubt.value.printed,
            one=phrase(doubt.one),
            other=phrase(doubt.other),
        ),
        doubt.value,
        observed=doubt.value.printed,
    )


def _better(numbers: list[Number]) -> Better | None:
    """Which way is better, where the goals say so: 以上 up, 以下 down."""
    signs = {number.comparator for number in numbers if number.role == "target"}
    up, down = bool(signs & {">=", ">"}), bool(signs & {"<=", "<"})
    if up == down:
        return None
    return "up" if up else "down"
