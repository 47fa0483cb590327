"""What a progress table leaves open: columns in doubt, rows that are no programme, programmes that are told twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from normalize.cells.row_words import is_reprint, without_correction
from normalize.document.footnotes import Sense
from normalize.document.table_grid import GridCell
from normalize.document.text_span import Excerpt
from normalize.forms.progress.columns import Doubt, Why, YearColumns
from normalize.statements.statement import Remark
from normalize.text.folding import squeeze
from normalize.text.periods import period_of
from schemas.closed_sets import Rule, Severity
from schemas.declare import Text
from schemas.messages import say
from schemas.records import Measure, Observation


def doubt_to_remark(doubt: Doubt) -> Remark:
    """The finding on a doubt, at the first of its headings."""
    names = " / ".join(cell.excerpt.printed for cell in doubt.heads)
    rule, severity, expected = _FINDINGS[doubt.why]
    return Remark(rule, severity, _message(doubt.why, names), doubt.heads[0].excerpt, expected=expected, observed=names)


_FINDINGS: Final[Mapping[Why, tuple[Rule, Severity, str | None]]] = {
    "part-of-year": ("part-year", "warning", "numbers of one whole fiscal year"),
    "year-out-of-line": ("impossible-year", "error", None),
    "calendar-year": ("ambiguous", "warning", "a fiscal year, as the others"),
    "other-thing": ("ambiguous", "warning", None),
    "other-year": ("ambiguous", "warning", "one year"),
    "noted": ("ambiguous", "warning", None),
    "by-content": ("ambiguous", "note", None),
    "claimed-twice": ("ambiguous", "warning", "one column each of targets, actuals and grades"),
}
"""Of each doubt the rule and severity of its finding, and what was expected."""


def _message(why: Why, names: str) -> Text:
    if why == "part-of-year":
        return say(
            "the numbers below {names} are of a part of the year or of several years; they were not read", names=names
        )
    if why == "year-out-of-line":
        return say(
            "{names} does not fit the sequence of the years in the header; "
            "the numbers below it were not read. Compare the year with the page",
            names=names,
        )
    if why == "calendar-year":
        return say("{names} may be a calendar year among fiscal years; what stands below it was not read", names=names)
    if why == "other-thing":
        return say("the remark in {names} makes another number of it; what stands below it was not read", names=names)
    if why == "other-year":
        return say("{names} print two years; what stands below was not read", names=names)
    if why == "noted":
        return say("the note of {names} says what the numbers below it count; compare it with the rows", names=names)
    if why == "by-content":
        return say("{names} may be a grade or an actual; it holds numbers, and was read as the actual", names=names)
    return say("{names}: it is not clear which of the columns of the year this is; it was not read", names=names)


def unsettled_remarks(seen: Observation, group: YearColumns, cell: GridCell, indicator_name: str) -> Iterator[Remark]:
    """Findings on a number that is not the settled one of its year: a provisional one, a sum over several years."""
    if seen.role == "actual" and group.unsettled is not None:
        head = group.unsettled.excerpt.printed
        yield Remark(
            "preliminary",
            "warning",
            say("{text} stands under {head}: the number is not final yet", text=seen.value_text, head=head),
            cell.excerpt,
            seen,
            "value",
            observed=seen.value_text,
        )
    if seen.value is not None and period_of(cell.text) == "total" and period_of(indicator_name) != "total":
        yield Remark(
            "part-year",
            "warning",
            say("{text} is a sum over several years among the numbers of single years", text=seen.value_text),
            cell.excerpt,
            seen,
            "value",
            observed=seen.value_text,
        )


def noted_remarks(seen: Observation, cell: GridCell, sense: Sense, note: str) -> Iterator[Remark]:
    """The finding on a number that its cell or its footnote says something else of than the heading does."""
    if sense in ("part", "total"):
        yield Remark(
            "part-year",
            "warning",
            say(
                "{text} was not read: its note says that it is not of one whole year: {note}",
                text=seen.value_text,
                note=note,
            ),
            cell.excerpt,
            seen,
            "value",
            observed=seen.value_text,
        )
    elif sense == "unsettled" or (sense == "forecast" and seen.role != "forecast"):
        yield Remark(
            "preliminary",
            "warning",
            say("{text} is not final yet: {note}", text=seen.value_text, note=note),
            cell.excerpt,
            seen,
            "value",
            observed=seen.value_text,
        )
    elif sense == "other":
        yield Remark(
            "ambiguous",
            "warning",
            say(
                "the note of {text} says what was counted: {note}; compare it with the name",
                text=seen.value_text,
                note=note,
            ),
            cell.excerpt,
            seen,
            "value",
            observed=seen.value_text,
        )


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as far as it is read: the values of an earlier row of its name, and its own, by year and role."""

    original: str | None
    is_reprint: bool
    before: dict[tuple[int | None, str], Observation] | None
    told: dict[tuple[int | None, str], Observation]

    def differs(self, seen: Observation, where: Excerpt) -> Iterator[Remark]:
        """A finding where an earlier row of the same programme prints another value for the same year."""
        key = seen.fiscal_year, seen.role
        self.told.setdefault(key, seen)
        first = self.before.get(key) if self.before else None
        if first is None or (first.value, first.value_text) == (seen.value, seen.value_text):
            return
        yield Remark(
            "reprint-differs" if self.is_reprint else "ambiguous",
            "warning",
            say(
                "the programme is printed twice, with {first} and with {second}",
                first=first.value_text,
                second=seen.value_text,
            ),
            where,
            seen,
            "value",
            expected=first.value_text,
            observed=seen.value_text,
        )


@dataclass(slots=True)
class Programmes:
    """The programmes of a document by name and indicator, for telling the rows that repeat one."""

    _told: dict[tuple[str, str], tuple[str, dict[tuple[int | None, str], Observation]]] = field(default_factory=dict)

    def of(self, node: Measure, indicator: Excerpt, printed: str) -> Programme:
        """The programme of a row; `printed` is the whole of its cell. A reprint points at the first of its name."""
        key = squeeze(without_correction(node.measure_name or "")), squeeze(indicator.text)
        reprint = is_reprint(printed)
        known = self._told.get(key)
        if known is None:
            own: dict[tuple[int | None, str], Observation] = {}
            self._told[key] = node.measure_id, own
            return Programme(None, reprint, None, own)
        return Programme(known[0] if reprint else None, reprint, known[1], {})
