"""unit-differs: a target in one unit, its actual in another."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.statements.statement import Remark
from schemas.codes import units
from schemas.messages import say
from schemas.records import Indicator, Observation
from schemas.rows import Tables, rows_of


def units_differ(records: Tables) -> Iterator[Remark]:
    """Actuals whose unit is not that of the target of the same indicator and year. No unit is no other unit."""
    names = {indicator.indicator_id: indicator.indicator_text for indicator in rows_of(records, Indicator)}
    meanings = {unit.spelling: unit.unit for unit in units()}
    targets: dict[tuple[str, int | None], Observation] = {}
    for seen in rows_of(records, Observation):
        if seen.role == "target" and seen.unit:
            targets.setdefault((seen.indicator_id, seen.fiscal_year), seen)
    for seen in rows_of(records, Observation):
        target = targets.get((seen.indicator_id, seen.fiscal_year))
        if seen.role != "actual" or target is None or target.unit is None or seen.unit is None:
            continue
        if meanings.get(seen.unit, seen.unit) != meanings.get(target.unit, target.unit):
            yield Remark(
                "unit-differs",
                "warning",
                say(
                    "{indicator}: the target is in {target}, the actual in {actual}",
                    indicator=names.get(seen.indicator_id, seen.indicator_id),
                    target=target.unit,
                    actual=seen.unit,
                ),
                record=seen,
                field_name="unit",
                expected=target.unit,
                observed=seen.unit,
            )
