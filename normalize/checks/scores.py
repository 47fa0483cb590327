"""score-differs: a published score that its own counts and weights do not give."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.records.measures import called
from normalize.statements.statement import Remark
from normalize.text.folding import narrow
from schemas.messages import say
from schemas.records import Measure, Score
from schemas.rows import Tables, rows_of

_ROUNDING = 1e-9
"""What is left of reckoning with floats."""


def scores_differ(records: Tables) -> Iterator[Remark]:
    """Scores that differ from their recomputation by more than the rounding of their last printed digit."""
    measures = {measure.measure_id: measure for measure in rows_of(records, Measure)}
    for score in rows_of(records, Score):
        if score.score_recomputed is None:
            continue
        decimals = len(narrow(score.score_text).partition(".")[2])
        if abs(score.score_recomputed - score.score) > 0.5 * 10**-decimals + _ROUNDING:
            whose = called(measures.get(score.measure_id or ""))
            expected = f"{score.score_recomputed:.{decimals}f}"
            yield Remark(
                "score-differs",
                "error",
                say(
                    "the published score of {whose} is {score}, its counts and weights give {other}",
                    whose=whose,
                    score=score.score_text,
                    other=expected,
                ),
                record=score,
                field_name="score",
                expected=expected,
                observed=score.score_text,
            )
