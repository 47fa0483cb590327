"""sum-differs: a printed cost that is not the sum of its printed parts, on a form where it is for another year."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.records.sums import sums_of
from normalize.statements.statement import Remark
from schemas.messages import say
from schemas.records import Indicator, Observation
from schemas.rows import Tables, rows_of


def sums_differ(records: Tables) -> Iterator[Remark]:
    """Totals that their parts do not add up to. One of them is misprinted or misread; which, nothing tells."""
    said: set[str] = set()
    for one in sums_of(rows_of(records, Indicator), rows_of(records, Observation)):
        if one.holds or one.total.observation_id in said:
            continue
        said.add(one.total.observation_id)
        yield Remark(
            "sum-differs",
            "warning",
            say(
                "the parts that are printed for {value} ({parts}) add up to {expected}",
                value=one.total.value_text,
                parts=", ".join(part.value_text or "" for part in one.parts),
                expected=f"{one.expected:,.0f}",
            ),
            record=one.total,
            field_name="value",
            expected=f"{one.expected:,.0f}",
            observed=one.total.value_text,
        )
