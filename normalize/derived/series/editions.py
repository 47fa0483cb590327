"""The documents of one plan, edition by edition: their measures and indicators put on tracks from the top down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from normalize.derived.series.given import GivenMatch, names_given, thing_key
from normalize.derived.series.likeness import Key, Values, agreement, name_key
from normalize.derived.series.tracks import Doubt, Thing, Track, Tracks
from schemas.closed_sets import ObservationRole
from schemas.light import light
from schemas.records import DocumentRow, Indicator, Measure, Observation


@light
class Print:
    """An observation, as far as series need it: of a plan's thousands of sheets, all are in memory at a time."""

    observation_id: str
    indicator_id: str
    fiscal_year: int | None
    role: ObservationRole
    value: float | None
    value_text: str | None
    unit: str | None
    deadline_fy: int | None = None

    @classmethod
    def of(cls, seen: Observation) -> Print:
        """The same of a whole record."""
        return cls(
            seen.observation_id, seen.indicator_id, seen.fiscal_year, seen.role, seen.value, seen.value_text, seen.unit,
            seen.deadline_fy,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edition:
    """One document, as far as series need it. `printed_codes` are the ids of the measures whose code is printed: one
    that only counts rows says nothing of another edition's rows."""

    document: DocumentRow
    measures: Sequence[Measure]
    indicators: Sequence[Indicator]
    observations: Sequence[Print]
    printed_codes: frozenset[str]

    @property
    def year(self) -> int | None:
        """The fiscal year of the document, or the last one that it prints an actual of; null where there is none."""
        if self.document.fiscal_year is not None:
            return self.document.fiscal_year
        return max(
            (seen.fiscal_year for seen in self.observations if seen.role == "actual" and seen.fiscal_year), default=None
        )


@dataclass(slots=True)
class Matched:
    """What the editions of a plan hold: the tracks of measures and of indicators, oldest first, and the doubts."""

    measures: list[Track] = field(default_factory=list)
    indicators: list[Track] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def match_editions(editions: Iterable[Edition], given: Sequence[GivenMatch] = ()) -> Matched:
    """Match measures, then indicators, over the editions. Documents of one year are one edition. `given` is what
    a user says."""
    of_measures, of_indicators = names_given(given, "measures"), names_given(given, "indicators")
    by_year: dict[int | None, list[Edition]] = {}
    for edition in editions:
        by_year.setdefault(edition.year, []).append(edition)
    years = sorted(by_year, key=lambda year: (year is not None, year or 0))
    measures: dict[int, Tracks] = {}
    indicators: dict[int, Tracks] = {}
    for number, year in enumerate(years):
        group = sorted(by_year[year], key=lambda edition: edition.document.source_name)
        taken: dict[str, Track] = {}
        for generation in _generations(group, of_measures):
            taken |= _taken(generation, taken, measures, number, adopts=True)
        own = [
            (thing, parent)
            for edition in group
            for thing, parent in _indicator_things(edition, of_indicators)
            if parent in taken
        ]
        _taken(own, taken, indicators, number, adopts=False)
    found = Matched()
    for tracks, kept in ((measures, found.measures), (indicators, found.indicators)):
        kept.extend(track for below in tracks.values() for track in below.tracks)
        found.doubts.extend(doubt for below in tracks.values() for doubt in below.doubts)
    return found


def _taken(
    things: Sequence[tuple[Thing, str | None]],
    parents: Mapping[str, Track],
    tracks: dict[int, Tracks],
    edition: int,
    *,
    adopts: bool,
) -> dict[str, Track]:
    """The tracks of things, each with its parent's id. `tracks` are those known so far, by their parent's identity."""
    below: dict[int, list[Thing]] = {}
    for thing, parent_id in things:
        parent = parents.get(parent_id or "")
        below.setdefault(id(parent), []).append(thing)
        tracks.setdefault(id(parent), Tracks(parent))
    for key, track in _moved(below, tracks, is_enough=adopts):
        old = tracks[id(track.parent)]
        old.tracks.remove(track)
        tracks[key].adopt(track)
    taken: dict[str, Track] = {}
    for key, own in below.items():
        taken |= tracks[key].take(own, edition)
    return taken


def _moved(
    below: Mapping[int, Sequence[Thing]], tracks: Mapping[int, Tracks], *, is_enough: bool
) -> Iterator[tuple[int, Track]]:
    """The tracks that stand elsewhere now: the only ones of their name, below another parent, where it is gone.

    With `is_enough` the name is enough where no value says otherwise. A name such as 参加者数 is not: the values must
    speak for it.
    """
    places: dict[tuple[object, str], list[tuple[int, Thing]]] = {}
    for key, own in below.items():
        for thing in own:
            places.setdefault((thing.scope, thing.name), []).append((key, thing))
    if not any(name for _, name in places):
        return
    known: dict[tuple[object, str], list[Track]] = {}
    for standing in tracks.values():
        for track in standing.tracks:
            for name in track.names:
                known.setdefault((track.first.scope, name), []).append(track)
    for (scope, name), found in places.items():
        old = known.get((scope, name), [])
        keys = {key for key, _ in found}
        if not name or len(old) != 1 or len(keys) != 1 or id(old[0].parent) in keys:
            continue
        seen = agreement(old[0].values, found[0][1].values)
        if seen.speaks_for or (is_enough and not seen.speaks_against):
            yield keys.pop(), old[0]


def _generations(
    group: Sequence[Edition], given: Mapping[str, frozenset[str]]
) -> Iterator[list[tuple[Thing, str | None]]]:
    """The measures of an edition from the top down, each with its parent's id; reprints and what is below them aside.

    >>> [*_generations([], {})]
    []
    """
    generations: list[list[tuple[Thing, str | None]]] = []
    for edition in group:
        depths: dict[str, int] = {}
        values = _measure_values(edition)
        for measure in edition.measures:
            parent = measure.parent_measure_id
            if measure.reprint_of_measure_id or (parent is not None and parent not in depths):
                continue
            depth = depths[parent] + 1 if parent is not None else 0
            depths[measure.measure_id] = depth
            while len(generations) <= depth:
                generations.append([])
            generations[depth].append((_measure_thing(measure, edition, values, given), parent))
    yield from generations


def _measure_thing(
    measure: Measure, edition: Edition, values: Mapping[str, Values], given: Mapping[str, frozenset[str]]
) -> Thing:
    key = thing_key(measure)
    return Thing(
        record_id=measure.measure_id,
        document_id=measure.document_id,
        scope=(measure.measure_level, measure.plan_phase),
        name=key,
        label=measure.measure_name or "",
        code=name_key(measure.measure_code or "") or None if measure.measure_id in edition.printed_codes else None,
        values=values.get(measure.measure_id, {}),
        given=given.get(key, frozenset()),
    )


def _indicator_things(edition: Edition, given: Mapping[str, frozenset[str]]) -> Iterator[tuple[Thing, str]]:
    values = _indicator_values(edition)
    for indicator in edition.indicators:
        yield (
            Thing(
                record_id=indicator.indicator_id,
                document_id=edition.document.document_id,
                scope=(indicator.unit, indicator.cost_kind, indicator.indicator_kind),
                name=thing_key(indicator),
                label=indicator.indicator_name or indicator.indicator_text,
                code=None,
                values=values.get(indicator.indicator_id, {}),
                given=given.get(thing_key(indicator), frozenset()),
            ),
            indicator.measure_id,
        )  # fmt: skip


@lru_cache(maxsize=4_096)
def _key(role: str, year: int) -> Key:
    """The key of a value; thousands of sheets have the same ones, and hold them once."""
    return role, year


def _indicator_values(edition: Edition) -> dict[str, dict[tuple[str, int], float]]:
    found: dict[str, dict[tuple[str, int], float]] = {}
    for seen in edition.observations:
        if seen.value is not None and seen.fiscal_year is not None:
            found.setdefault(seen.indicator_id, {}).setdefault(_key(seen.role, seen.fiscal_year), seen.value)
    return found


def _measure_values(edition: Edition) -> dict[str, dict[tuple[str, int], float]]:
    """The values of a measure's own indicators. Of several with one unit, the name tells them apart."""
    of_measure: dict[str, list[Indicator]] = {}
    for indicator in edition.indicators:
        of_measure.setdefault(indicator.measure_id, []).append(indicator)
    values = _indicator_values(edition)
    found: dict[str, dict[tuple[str, int], float]] = {}
    for measure_id, own in of_measure.items():
        units = [indicator.unit for indicator in own]
        merged = found.setdefault(measure_id, {})
        for indicator in own:
            mark = indicator.unit or ""
            if units.count(indicator.unit) > 1:
                mark += "/" + name_key(indicator.indicator_name or indicator.indicator_text)
            for (role, year), value in values.get(indicator.indicator_id, {}).items():
                merged[_key(f"{role}/{mark}", year)] = value
    return found
