"""The facts of a list of goals: an indicator and a target for each, the actual that a report states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tests.rendering.amounts import Amount
from tests.rendering.facts import Fact, fact
from tests.rendering.goals import Item


def goals_to_facts(
    items: Iterable[Item],
    measure: str,
    *,
    fiscal_year: int | None = None,
    actuals: Mapping[str, Amount] | None = None,
) -> Iterator[Fact]:
    """Indicators and observations. `actuals` are those that a report states, by the name of the goal."""
    position = 0
    for item in items:
        for goal in item.goals:
            position += 1
            yield fact(
                "indicators", measure=measure, position=position, name=goal.name, indicator_text=narrowed(item.printed),
                unit=goal.unit, indicator_measure=goal.kind,
            )  # fmt: skip
            own = f"{measure}#{position}"
            dated = goal.fiscal_year is not None or goal.deadline_fy is not None
            yield fact(
                "observations", indicator=own, role="target",
                fiscal_year=goal.fiscal_year if dated else fiscal_year,
                value=None if goal.value is None else float(goal.value), value_text=goal.printed, unit=goal.unit,
                comparator=goal.comparator, frequency=goal.frequency, deadline_fy=goal.deadline_fy,
            )  # fmt: skip
            if actual := (actuals or {}).get(goal.name or ""):
                yield fact(
                    "observations", indicator=own, role="actual", fiscal_year=fiscal_year, value=float(actual.value),
                    unit=actual.unit, comparator=actual.comparator, value_text=actual.printed,
                )  # fmt: skip


def narrowed(text: str) -> str:
    """A text with narrow letters and digits; blanks only between Latin words."""
    narrow = text.translate(
        {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
    )
    parts = narrow.split(" ")
    joined = parts[0]
    for part in parts[1:]:
        joined += (" " if joined[-1:].isascii() and part[:1].isascii() else "") + part
    return joined
