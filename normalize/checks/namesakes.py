"""ambiguous: an indicator that a document prints twice, with another value for the same year."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.statements.statement import Remark
from normalize.text.folding import squeeze
from schemas.messages import say
from schemas.records import Indicator, Observation
from schemas.rows import Tables, rows_of

_Key = tuple[object, ...]


def namesakes_differ(records: Tables) -> Iterator[Remark]:
    """Values of indicators of one measure that have one name, unit and kind, and differ for one year and role.

    Both stand as they are printed: which of them is right, or what tells the two apart, the document does not say.
    """
    keys = {one.indicator_id: _key(one) for one in rows_of(records, Indicator) if one.indicator_name}
    seen: dict[_Key, list[Observation]] = {}
    for told in rows_of(records, Observation):
        if told.value is not None and told.fiscal_year is not None and told.indicator_id in keys:
            seen.setdefault((keys[told.indicator_id], told.fiscal_year, told.role), []).append(told)
    for group in seen.values():
        first = group[0]
        if all(other.value == first.value or other.indicator_id == first.indicator_id for other in group):
            continue
        for told in group:
            other = next(each for each in group if each.value != told.value)
            yield Remark(
                "ambiguous",
                "warning",
                say(
                    "two indicators of one measure have this name; for the same year one prints {value}, the other "
                    "{other}",
                    value=told.value_text,
                    other=other.value_text,
                ),
                record=told,
                field_name="value",
                expected=other.value_text,
                observed=told.value_text,
            )


def _key(one: Indicator) -> _Key:
    return (one.measure_id, squeeze(one.indicator_name or ""), one.unit, one.cost_kind, one.indicator_kind)
