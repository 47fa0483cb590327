"""The finding on a number whose cell prints something that may make another number of it."""

from __future__ import annotations

from normalize.document.text_span import Excerpt
from normalize.statements.statement import Remark
from schemas.messages import say
from schemas.records import Observation


def odd_number(printed: Excerpt, seen: Observation) -> Remark:
    """The finding on an observation: 118（参考）, 最大118. Its value stays."""
    return Remark(
        "ambiguous",
        "warning",
        say(
            "what stands beside the number in {text} may make another number of it; compare it with the heads",
            text=printed.printed,
        ),
        printed,
        seen,
        "value",
        observed=printed.printed,
    )
