"""Ids and positions, given in one place: where the statements of a document are put together, in their order.

Until then a record is told by a draft id, which names the print that it was read from (`draft_id`). So a reader keeps
no counter, and an id does not depend on when a generator is consumed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from normalize.document.text_span import Excerpt
from normalize.statements.statement import Entry, Remark, Statement
from schemas.records import (
    Grade,
    GradeCount,
    Indicator,
    Measure,
    MeasureLink,
    MeasureOrg,
    Observation,
    Passage,
    Record,
    Score,
)

UNNUMBERED: Final = 0
"""The position of a record that has none yet; positions count from 1."""

_DRAFT: Final = "~"


def draft_id(kind: str, printed: Excerpt | None, *parts: str | None) -> str:
    """The id of a record until it is numbered: its kind, the span that it was read from, and what else tells it apart.

    >>> from normalize.document.text_span import Place
    >>> draft_id("policy", Excerpt.of("農業", Place(4, 2))), draft_id("measure", None)
    ('~policy@4.2.0-2', '~measure')
    """
    place = "" if printed is None else f"@{printed.place.item}.{printed.place.cell}.{printed.start}-{printed.end}"
    return "".join((_DRAFT, kind, place, *(f"|{part}" for part in parts)))


def numbered(document_id: str, statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements, their records with ids and positions in place of draft ids.

    Measures and grades count through the document, indicators through their measure, passages through a section of
    their measure, bodies through a role of their measure; each from 1, in the order in which they are first said. What
    has an id of its own keeps it.
    """
    said = tuple(statements)
    ids = _Ids(document_id)
    for statement in said:
        if isinstance(statement, Entry):
            ids.meet(statement)
    return map(ids.renumbered, said)


@dataclass(slots=True)
class _Ids:
    """The ids and positions that were given, by draft id."""

    document_id: str
    given: dict[str, str] = field(default_factory=dict)
    positions: dict[Hashable, int] = field(default_factory=dict)
    counts: Counter[Hashable] = field(default_factory=Counter)

    def meet(self, said: Entry) -> None:
        """Number the record of an entry where it is said for the first time."""
        record = said.record
        match record:
            case Measure(measure_id=draft):
                self._give(draft, self.document_id, "m", "measure")
            case Grade(grade_id=draft):
                self._give(draft, self.document_id, "g", "grade")
            case Indicator(indicator_id=draft):
                self._give(draft, self._known(record.measure_id), "i", ("indicator", record.measure_id))
            case Passage(passage_id=draft):
                owner = self._known(record.measure_id) if record.measure_id else self.document_id
                kind = ("passage", record.measure_id, record.section)
                self._give(draft, owner, f"{record.section}-", kind)
            case MeasureOrg(position=position) if position == UNNUMBERED and record not in self.positions:
                self.positions[record] = self._next(("org", record.measure_id, record.role))
            case _:
                pass

    def renumbered(self, statement: Statement) -> Statement:
        """A statement whose record, where it has one, stands as in the tables."""
        if isinstance(statement, Entry):
            return Entry(self.final(statement.record), statement.evidence)
        if isinstance(statement, Remark) and statement.record is not None:
            return replace(statement, record=self.final(statement.record))
        return statement

    def final(self, record: Record) -> Record:
        """A record as it stands in the tables."""
        match record:
            case Measure():
                return replace(
                    record,
                    measure_id=self._known(record.measure_id),
                    parent_measure_id=self._known_or_none(record.parent_measure_id),
                    reprint_of_measure_id=self._known_or_none(record.reprint_of_measure_id),
                    position=record.position or self.positions.get(record.measure_id, UNNUMBERED),
                )
            case Indicator():
                return replace(
                    record,
                    indicator_id=self._known(record.indicator_id),
                    measure_id=self._known(record.measure_id),
                    position=record.position or self.positions.get(record.indicator_id, UNNUMBERED),
                )
            case Observation():
                own = self._known(record.indicator_id)
                suffix = record.observation_id.removeprefix(record.indicator_id)
                return replace(record, indicator_id=own, observation_id=f"{own}{suffix}")
            case Grade():
                return replace(
                    record,
                    grade_id=self._known(record.grade_id),
                    measure_id=self._known_or_none(record.measure_id),
                    indicator_id=self._known_or_none(record.indicator_id),
                )
            case Passage():
                return replace(
                    record,
                    passage_id=self._known(record.passage_id),
                    measure_id=self._known_or_none(record.measure_id),
                    item=record.item or self.positions.get(record.passage_id, UNNUMBERED),
                )
            case MeasureOrg():
                return replace(
                    record,
                    measure_id=self._known(record.measure_id),
                    position=record.position or self.positions.get(record, UNNUMBERED),
                )
            case MeasureLink():
                return replace(
                    record,
                    measure_id=self._known(record.measure_id),
                    target_measure_id=self._known_or_none(record.target_measure_id),
                )
            case GradeCount() | Score():
                return replace(record, measure_id=self._known_or_none(record.measure_id))
            case _:
                return record

    def _give(self, draft: str, owner: str, letter: str, kind: Hashable) -> None:
        if draft.startswith(_DRAFT) and draft not in self.given:
            self.positions[draft] = self._next(kind)
            self.given[draft] = f"{owner}-{letter}{self.positions[draft]}"

    def _next(self, kind: Hashable) -> int:
        self.counts[kind] += 1
        return self.counts[kind]

    def _known(self, draft: str) -> str:
        return self.given.get(draft, draft)

    def _known_or_none(self, draft: str | None) -> str | None:
        return None if draft is None else self._known(draft)
