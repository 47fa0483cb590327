"""Sums that costs keep: sources of funds make up the cost of a project, project and personnel the whole.

A sum is evidence and changes no value. Which cost the sources add up to differs from form to form: some take the
general funds from the whole cost. A form's own years tell it: where the sum holds for one, it is what the form adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Final

from normalize.text.folding import squeeze
from schemas.closed_sets import CostKind
from schemas.records import Indicator, Observation

_FUNDS: Final[frozenset[CostKind]] = frozenset({"national", "prefectural", "bond", "other", "general"})
_JOINT: Final = re.compile("国庫?(?:支出金)?(?:・|と|及び|/)?[都道府県]{1,4}(?:支出金|補助金|負担金|費)?等?")
"""State and prefecture in one row: 国・県支出金, 国県支出金."""

_LEAST_FUNDS: Final = 2
"""So many sources are needed to tell a breakdown from a part that is named alone (うち一般財源)."""

_GRAINS: Final = (1_000_000.0, 10_000.0, 1_000.0, 1.0)
"""Yen: what the amounts of a form may be rounded to, from the coarsest."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed total with the printed parts that it is said to be made of. `expected` is the sum of these."""

    total: Observation
    parts: tuple[Observation, ...]
    expected: float
    holds: bool


def sums_of(indicators: Sequence[Indicator], observations: Sequence[Observation]) -> Iterator[Sum]:
    """The sums among the costs of each measure, year and role.

    A total is held to sources of funds only where the same breakdown holds for another year of it, or holds itself; to
    project and personnel always. Amounts may differ by as much as rounding each part can make.
    """
    by_measure: dict[str, list[Indicator]] = {}
    for one in indicators:
        if one.cost_kind is not None or _is_joint(one):
            by_measure.setdefault(one.measure_id, []).append(one)
    told: dict[str, list[Observation]] = {}
    for seen in observations:
        if seen.value is not None:
            told.setdefault(seen.indicator_id, []).append(seen)
    for costs in by_measure.values():
        yield from _of_measure(costs, told)


def _of_measure(costs: Sequence[Indicator], told: Mapping[str, Sequence[Observation]]) -> Iterator[Sum]:
    of = {
        kind: [one for one in costs if one.cost_kind == kind] for kind in ("project", "personnel", "total", "general")
    }
    funds = [one for one in costs if (one.cost_kind in _FUNDS or _is_joint(one)) and not _is_part(one)]
    breaks_down = len(funds) >= _LEAST_FUNDS and len([one for one in of["general"] if one in funds]) == 1
    for kind in ("project", "total"):
        if breaks_down and len(of[kind]) == 1:
            found = list(_sums(of[kind][0], funds, told, _LEAST_FUNDS))
            if any(one.holds for one in found):
                yield from found
    both = [*of["project"], *of["personnel"]]
    if len(of["total"]) == len(of["project"]) == len(of["personnel"]) == 1:
        found = list(_sums(of["total"][0], both, told, len(both)))
        if any(one.holds for one in found):
            yield from found


def _is_joint(one: Indicator) -> bool:
    """Whether a cost is of the state and the prefecture together, which is a source of funds of neither kind."""
    named = squeeze(one.indicator_name or one.indicator_text)
    return one.cost_kind is None and one.indicator_measure == "currency" and _JOINT.fullmatch(named) is not None


def _is_part(one: Indicator) -> bool:
    return squeeze(one.indicator_name or one.indicator_text).startswith("うち")


def _sums(
    total: Indicator, parts: Sequence[Indicator], told: Mapping[str, Sequence[Observation]], least: int
) -> Iterator[Sum]:
    """The sums of a total, one for each year and role in which it and enough of its parts are printed once."""
    for whole in told.get(total.indicator_id, ()):
        key = (whole.fiscal_year, whole.role, whole.unit)
        found = [
            [seen for seen in told.get(part.indicator_id, ()) if (seen.fiscal_year, seen.role, seen.unit) == key]
            for part in parts
        ]
        if any(len(each) > 1 for each in found):
            continue
        printed = tuple(seen for each in found for seen in each)
        values = [seen.value for seen in printed if seen.value is not None]
        if len(values) < least or whole.value is None:
            continue
        expected = fsum(values)
        yield Sum(whole, printed, expected, abs(expected - whole.value) <= _rounding([whole.value, *values]))


def _rounding(values: Sequence[float]) -> float:
    """How far a sum may be off: half of the grain that all amounts are printed in, for each; nothing for yen."""
    grain = next((grain for grain in _GRAINS if all(value % grain == 0 for value in values)), 0.0)
    return grain * len(values) / 2 if grain > 1 else 0.0


def with_confirmed(indicators: Sequence[Indicator], observations: Sequence[Observation]) -> Iterator[Observation]:
    """The observations; `confirmed_by` is `sum` where a printed sum holds that has more than zeros in it."""
    confirmed = {
        seen.observation_id
        for one in sums_of(indicators, observations)
        if one.holds and one.expected
        for seen in (one.total, *one.parts)
    }
    for seen in observations:
        is_new = seen.observation_id in confirmed and seen.confirmed_by is None
        yield replace(seen, confirmed_by="sum") if is_new else seen
