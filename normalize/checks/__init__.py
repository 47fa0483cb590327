"""Self-checks: what a document says, held against what it says elsewhere.

A check is a function from a document's records to remarks. It changes no value: it says what was expected, what was
observed and where. An error is a certain contradiction, a warning one that a reader has to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from normalize.checks.attributions import attributions_missing
from normalize.checks.dates import dates_outside_year
from normalize.checks.grades import grades_differ
from normalize.checks.namesakes import namesakes_differ
from normalize.checks.numbering import numbering_gaps
from normalize.checks.reprints import reprints_differ, reprints_unresolved
from normalize.checks.scores import scores_differ
from normalize.checks.sums import sums_differ
from normalize.checks.units import units_differ
from normalize.checks.years import years_impossible
from normalize.statements.statement import Remark
from schemas.rows import Tables

ALL_CHECKS: tuple[Callable[[Tables], Iterator[Remark]], ...] = (
    numbering_gaps,
    reprints_unresolved,
    reprints_differ,
    years_impossible,
    dates_outside_year,
    scores_differ,
    grades_differ,
    units_differ,
    namesakes_differ,
    sums_differ,
    attributions_missing,
)
