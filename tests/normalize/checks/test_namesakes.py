"""Two indicators of one measure that have one name."""

from __future__ import annotations

from dataclasses import replace

from normalize.checks.namesakes import namesakes_differ
from schemas.records import Indicator, Observation


def indicator(number: int, measure: str, **more: str) -> Indicator:
    return Indicator(
        indicator_id=f"i{number}", measure_id=measure, indicator_name="参加者 数" if number % 2 else "参加者数",
        indicator_text="参加者数", unit=more.get("unit", "人"), indicator_measure="count", position=number,
    )  # fmt: skip


def observation(number: int, indicator_id: str, year: int | None, value: float) -> Observation:
    return Observation(
        observation_id=f"o{number}", indicator_id=indicator_id, fiscal_year=year, role="actual", value=value,
        value_text=f"{value:.0f}人", unit="人", comparator="=",
    )  # fmt: skip


def test_values_of_namesakes_that_differ_are_both_told() -> None:
    indicators = (indicator(1, "m"), indicator(2, "m"), indicator(3, "other"), indicator(4, "m", unit="回"))
    observations = (
        observation(1, "i1", 2023, 580), observation(2, "i2", 2023, 560),
        observation(3, "i1", 2024, 600), observation(4, "i2", 2024, 600),
        observation(5, "i3", 2023, 10), observation(6, "i4", 2023, 20),
        observation(7, "i1", None, 1), observation(8, "i2", None, 2),
    )  # fmt: skip
    told = [*namesakes_differ({"indicators": indicators, "observations": observations})]
    assert [(each.record, each.observed, each.expected) for each in told] == [
        (observations[0], "580人", "560人"),
        (observations[1], "560人", "580人"),
    ]


def test_indicators_with_other_names_may_count_otherwise() -> None:
    one, other = indicator(1, "m"), replace(indicator(2, "m"), indicator_name="見学者数")
    observations = (observation(1, "i1", 2023, 580), observation(2, "i2", 2023, 560))
    assert not [*namesakes_differ({"indicators": (one, other), "observations": observations})]
