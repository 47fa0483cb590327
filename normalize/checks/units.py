"""unit-differs: a target in one unit, its actual in another."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.statements.statement import Remark
from normalize.text.quantities import count_alike
from schemas.codes import units
from schemas.messages import say
from schemas.records import Indicator, Observation
from schemas.rows import Tables, rows_of


def units_differ(records: Tables) -> Iterator[Remark]:
    """Numbers whose unit is not that of the indicator's target: of the same year, else the first. No unit is no other
    unit, and 人 and 名 count the same.
    """
    names = {indicator.indicator_id: indicator.indicator_text for indicator in rows_of(records, Indicator)}
    meanings = {unit.spelling: unit.unit for unit in units()}
    targets: dict[tuple[str, int | None], Observation] = {}
    first: dict[str, Observation] = {}
    for seen in rows_of(records, Observation):
        if seen.role == "target" and seen.unit:
            targets.setdefault((seen.indicator_id, seen.fiscal_year), seen)
            first.setdefault(seen.indicator_id, seen)
    for seen in rows_of(records, Observation):
        target = targets.get((seen.indicator_id, seen.fiscal_year)) or first.get(seen.indicator_id)
        if seen.role not in ("actual", "baseline") or target is None or target.unit is None or seen.unit is None:
            continue
        one, other = (meanings.get(unit, unit) for unit in (seen.unit, target.unit))
        if not count_alike(one, other):
            yield Remark(
                "unit-differs",
                "warning",
                say(
                    "{indicator}: the target is in {target}, the actual in {actual}"
                    if seen.role == "actual"
                    else "{indicator}: the target is in {target}, the baseline in {actual}",
                    indicator=names.get(seen.indicator_id, seen.indicator_id),
                    target=target.unit,
                    actual=seen.unit,
                ),
                record=seen,
                field_name="unit",
                expected=target.unit,
                observed=seen.unit,
            )
