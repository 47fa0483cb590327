"""Times that a sheet's labels print: goals of another year, reports of a part of the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.document.table_grid import Grid, GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.sheet.actions import Action
from normalize.statements.statement import Remark
from normalize.text.calendar import fiscal_year
from normalize.text.folding import squeeze
from normalize.text.labels import Labels
from normalize.text.periods import period_of
from schemas.messages import say


def goal_year_of(grid: Grid, goals: Labels, attained: Labels, year: int | None) -> int | None:
    """The year of a sheet's goals: the one that their label prints (達成指標（令和9年度）), else the sheet's."""
    labels = [label for label in grid.find(goals) if not attained.match(label.text)]
    stated = {found for label in labels if (found := fiscal_year(squeeze(label.text))) is not None}
    return stated.pop() if len(stated) == 1 else year


def is_of_year(label: GridCell | None, year: int | None) -> bool:
    """Whether the label of a report says nothing else than that it is of the sheet's whole year."""
    if label is None:
        return True
    return period_of(label.text) == "year" and fiscal_year(squeeze(label.text)) in (None, year)


def sheet_of_part(year_text: Excerpt | None) -> Iterator[Remark]:
    """A finding where the year of a sheet is only a part of it: 令和7年度（中間）."""
    if year_text is not None and period_of(year_text.text) not in ("year", "total"):
        yield Remark(
            "part-year",
            "warning",
            say("the sheet is of {year}: what it reports may not be of the whole year", year=year_text.printed),
            year_text,
            observed=year_text.printed,
        )


def reports_of_other_times(actions: Sequence[Action], year: int | None) -> Iterator[Remark]:
    """A finding for each label of reports that are not of the whole year: 実施（10月末時点）."""
    for label in dict.fromkeys(action.label for action in actions if action.label and action.done):
        if not is_of_year(label, year):
            told = label.excerpt.printed
            yield Remark(
                "part-year",
                "warning",
                say("what stands under {label} is not of the whole year of the sheet: no result was read", label=told),
                label.excerpt,
                observed=told,
            )
