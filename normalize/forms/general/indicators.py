"""Indicators of a general document: the numbers that share a node and a name → an indicator and its observations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Named, Number
from normalize.statements.numbering import UNNUMBERED, draft_id
from normalize.statements.statement import Label, Remark, Statement, entry
from normalize.text.folding import clean, squeeze
from normalize.text.quantities import indicator_measure_of, unit_and_factor
from schemas.closed_sets import IndicatorMeasure
from schemas.messages import say
from schemas.records import Indicator, Observation


@dataclass(slots=True)
class Gathered:
    """What a document prints of one indicator, in its order."""

    indicator_id: str
    measure_id: str
    name: str
    sources: list[Excerpt] = field(default_factory=list)
    units: list[tuple[str, Excerpt]] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)


class Gathering:
    """Gathers numbers by node and name; indicators keep the order in which they are first met."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Gathered] = {}

    def of(self, measure_id: str, fact: Named | Number) -> Gathered:
        """Where the facts of an indicator are gathered."""
        key = (measure_id, squeeze(fact.name.text))
        if key not in self._known:
            draft = draft_id("indicator", None, measure_id, key[1])
            self._known[key] = Gathered(draft, measure_id, fact.name.text)
        return self._known[key]

    def add(self, measure_id: str, fact: Named | Number) -> Gathered:
        """Put a fact to its indicator."""
        gathered = self.of(measure_id, fact)
        gathered.sources += [source for source in fact.name.sources if source not in gathered.sources]
        if isinstance(fact, Named):
            if fact.unit is not None:
                gathered.units.append((unit_and_factor(clean(fact.unit.text))[0], fact.unit))
        elif not any(_is_same(fact, other) for other in gathered.numbers):
            gathered.numbers.append(fact)
        return gathered

    def statements(self) -> Iterator[Statement]:
        """The indicators, each with its observations."""
        for gathered in self._known.values():
            yield from _indicator(gathered)


def _is_same(one: Number, other: Number) -> bool:
    """The same number, printed once more on another page."""
    return (one.year, one.role, one.value, squeeze(one.printed.text)) == (
        other.year, other.role, other.value, squeeze(other.printed.text),
    )  # fmt: skip


def _base_year(numbers: list[Number]) -> int | None:
    """The year of the one actual before the first target; several of them report on the way to a far target."""
    first_target = min((n.year for n in numbers if n.role == "target" and n.year is not None), default=None)
    early = {n.year for n in numbers if n.role == "actual" and n.year is not None and n.year < (first_target or n.year)}
    return early.pop() if len(early) == 1 and not any(n.role == "baseline" for n in numbers) else None


def _indicator(gathered: Gathered) -> Iterator[Statement]:
    printed = [(number.unit, number.unit_source or number.printed) for number in gathered.numbers if number.unit]
    unit, unit_source = next(iter([*gathered.units, *printed]), (None, None))
    is_cost = any(number.is_cost for number in gathered.numbers)
    has_value = any(number.value is not None for number in gathered.numbers)
    measure: IndicatorMeasure = "currency" if is_cost and unit is None else indicator_measure_of(unit)
    indicator = Indicator(
        indicator_id=gathered.indicator_id,
        measure_id=gathered.measure_id,
        indicator_name=gathered.name,
        indicator_text=" ".join(source.printed for source in gathered.sources),
        unit=unit,
        indicator_measure=measure if has_value or unit else "qualitative",
        position=UNNUMBERED,
    )
    yield entry(indicator, indicator_name=gathered.sources, indicator_text=gathered.sources, unit=unit_source)
    base_year = _base_year(gathered.numbers)
    for at, number in enumerate(gathered.numbers, start=1):
        early = number.role == "actual" and number.year is not None and number.year == base_year
        observation = Observation(
            observation_id=f"{gathered.indicator_id}-o{at}",
            indicator_id=gathered.indicator_id,
            fiscal_year=number.year,
            role="baseline" if early else number.role,
            value=None if number.value is None else float(number.value),
            value_text=number.printed.printed,
            unit=number.unit or (unit if number.value is not None else None),
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
        if not number.parsed:
            yield Remark(
                "target-unparsed",
                "warning",
                say("the cell holds a number that no rule reads: {text}", text=number.printed.printed),
                number.printed,
                observation,
                "value",
                observed=number.printed.printed,
            )
    for source in gathered.sources:
        yield Label(source)
