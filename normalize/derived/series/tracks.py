"""Which thing of one edition is which of another: tracks, each a thing and its members in the editions that print it.

Editions come oldest first. Of each, everything that has the name of a track goes to it first; then what has its printed
code; then what is alike and whose values agree. Where two tracks, or two things, claim each other with equal right,
none is taken: they stay apart, and are told. A thing whose edition prints it apart from its namesake is never merged.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from normalize.derived.series.likeness import (
    AKIN,
    ALIKE,
    MARGIN,
    VERY_ALIKE,
    Agreement,
    Key,
    Values,
    agreement,
    likeness,
)
from schemas.closed_sets import MatchMethod
from schemas.light import light

_K = TypeVar("_K", bound=Hashable)


@light
class Thing:
    """A measure or an indicator of one document. `scope` is what it must share with a track to be compared at all (its
    level or unit), `code` its printed code, `name` its key, `label` its print,
    `given` the earlier names that a user says it had."""

    record_id: str
    document_id: str
    scope: Hashable
    name: str
    label: str
    code: str | None
    values: Values
    given: frozenset[str] = frozenset()


Unit = Sequence[Thing]
"""What is one thing in an edition, printed once or several times."""


@light
class Member:
    """A thing on a track, and what its place there rests on."""

    thing: Thing
    edition: int
    method: MatchMethod
    similarity: float


@dataclass(slots=True, eq=False)
class Track:
    """One thing over the editions. Grows while editions are matched; a part of it never leaves.

    `parent` is what it stands below now, `origin` what it stood below first.
    """

    parent: Track | None
    origin: Track | None
    members: list[Member] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    values: dict[Key, float] = field(default_factory=dict)
    last: int = -1

    @property
    def first(self) -> Thing:
        return self.members[0].thing

    @property
    def latest(self) -> Thing:
        return self.members[-1].thing

    def take(self, unit: Unit, edition: int, method: MatchMethod, similarity: float = 1.0) -> None:
        """Take in what is one thing in an edition. Of a value that two editions print, the later one stands."""
        for thing in unit:
            self.members.append(Member(thing, edition, method, similarity))
            self.names.add(thing.name)
            if thing.code:
                self.codes.add(thing.code)
            self.values |= thing.values
        self.last = edition


@dataclass(frozen=True, slots=True)
class Doubt:
    """A thing that may be what the tracks hold, and was not matched: its namesakes or its likenesses."""

    thing: Thing
    tracks: tuple[Track, ...]


@dataclass(slots=True)
class Tracks:
    """The tracks below one parent, and what was left in doubt while they grew."""

    parent: Track | None
    tracks: list[Track] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def take(self, things: Sequence[Thing], edition: int) -> dict[str, Track]:
        """Put the things of one edition on tracks, old or new: the track of each, by its record's id."""
        units = [*_units(things)]
        taken: dict[int, Track] = {}
        for step in (self._by_given, self._by_name, self._by_code, self._by_likeness):
            step([unit for unit in units if id(unit) not in taken], edition, taken)
        for unit in units:
            if id(unit) not in taken:
                track = taken[id(unit)] = Track(self.parent, self.parent)
                self.tracks.append(track)
                track.take(unit, edition, "name" if unit[0].name else "code")
        matched = {unit[0].record_id for unit in units if taken[id(unit)].members[0].edition < edition}
        self.doubts = [doubt for doubt in self.doubts if doubt.thing.record_id not in matched]
        return {thing.record_id: taken[id(unit)] for unit in units for thing in unit}

    def adopt(self, track: Track) -> None:
        """Take over a track that stood below another parent until now."""
        track.parent = self.parent
        self.tracks.append(track)

    def _by_given(self, units: Sequence[Unit], edition: int, taken: dict[int, Track]) -> None:
        """What a user says had another name before, where one track alone has that name."""
        for unit in units:
            given = frozenset[str]().union(*(thing.given for thing in unit))
            old = [track for track in self.tracks if track.names & given and track.last < edition]
            if len(old) == 1:
                taken[id(unit)] = old[0]
                old[0].take(unit, edition, "given")
            elif old:
                self.doubts.append(Doubt(unit[0], tuple(old)))

    def _by_name(self, units: Sequence[Unit], edition: int, taken: dict[int, Track]) -> None:
        for (scope, name), same in _grouped((unit[0].scope, unit[0].name) for unit in units):
            own = [units[index] for index in same]
            old = [t for t in self.tracks if t.first.scope == scope and name in t.names and t.last < edition]
            for unit in own if old else ():
                if len(own) == len(old) == 1:
                    # A namesake that has another code, and values that say otherwise, is another thing.
                    is_other = _other_code(unit, old[0]) and agreement(old[0].values, _values(unit)).speaks_against
                    track = None if is_other else old[0]
                else:
                    track = _claimed(unit, old, [other for other in own if other is not unit])
                if track is None:
                    self.doubts.append(Doubt(unit[0], tuple(old)))
                else:
                    taken[id(unit)] = track
                    track.take(unit, edition, "name" if name else "code")

    def _by_code(self, units: Sequence[Unit], edition: int, taken: dict[int, Track]) -> None:
        """The same printed code, and a name or values that have something in common: a code may be given anew."""
        for (scope, code), same in _grouped((unit[0].scope, _code(unit)) for unit in units):
            old = [t for t in self.tracks if t.first.scope == scope and code in t.codes and t.last < edition]
            if code is None or len(old) != 1 or len(same) != 1:
                continue
            unit = units[same[0]]
            seen = agreement(old[0].values, _values(unit))
            alike = _nearest(unit, old[0])
            if (alike >= AKIN and not seen.speaks_against) or seen.speaks_for:
                taken[id(unit)] = old[0]
                old[0].take(unit, edition, "code", alike)
            else:
                self.doubts.append(Doubt(unit[0], tuple(old)))

    def _by_likeness(self, units: Sequence[Unit], edition: int, taken: dict[int, Track]) -> None:
        """A new name beside an old one that is gone, each the other's likeliest by a margin."""
        gone = [track for track in self.tracks if track.last < edition]
        pairs = sorted((pair for unit in units for pair in _pairs(unit, gone)), key=lambda pair: -pair.weight)
        for pair in pairs:
            if id(pair.unit) in taken or pair.track.last == edition:
                continue
            rivals = [
                other for other in pairs
                if other is not pair and (other.unit is pair.unit or other.track is pair.track)
                and other.weight > pair.weight - MARGIN
                and id(other.unit) not in taken and other.track.last < edition
            ]  # fmt: skip
            if pair.is_sure and not rivals:
                taken[id(pair.unit)] = pair.track
                pair.track.take(pair.unit, edition, "renamed", pair.likeness)
            elif not any(doubt.thing is pair.unit[0] for doubt in self.doubts):
                self.doubts.append(Doubt(pair.unit[0], (pair.track,)))


@dataclass(frozen=True, slots=True)
class _Pair:
    unit: Unit
    track: Track
    likeness: float
    seen: Agreement

    @property
    def weight(self) -> float:
        """The likeness, and before all likeness what the values prove."""
        return self.likeness + (1.0 if self.seen.is_proof else 0.5 if self.seen.speaks_for else 0.0)

    @property
    def is_sure(self) -> bool:
        if self.seen.speaks_against:
            return False
        return self.likeness >= VERY_ALIKE or self.seen.is_proof or (self.likeness >= ALIKE and self.seen.speaks_for)


def _pairs(unit: Unit, tracks: Sequence[Track]) -> Iterator[_Pair]:
    """The tracks that a thing may belong to: those that are sure, and those worth a doubt."""
    for track in tracks:
        if track.first.scope != unit[0].scope or not unit[0].name or _other_code(unit, track):
            continue
        alike = _nearest(unit, track)
        if alike < AKIN:
            continue
        pair = _Pair(unit, track, alike, agreement(track.values, _values(unit)))
        if pair.is_sure or alike >= VERY_ALIKE or (alike >= ALIKE and not pair.seen.speaks_against):
            yield pair


def _nearest(unit: Unit, track: Track) -> float:
    return max(likeness(name, unit[0].name) for name in track.names)


def _units(things: Sequence[Thing]) -> Iterator[Unit]:
    """The things of one edition, those that are one put together.

    Namesakes of different printed codes are two. Two of one document are one where they print equal values and none
    that differ, or have the same printed code; those of two documents are one unless their values say otherwise.
    """
    for _, same in _grouped((thing.scope, thing.name) for thing in things):
        units: list[_Growing] = []
        for thing in (things[index] for index in same):
            found = next((unit for unit in units if unit.holds(thing)), None)
            if found is None:
                found = _Growing()
                units.append(found)
            found.add(thing)
        yield from (unit.things for unit in units)


@dataclass(slots=True)
class _Growing:
    """A unit while it is put together: of thousands of documents that print one thing, none is looked at twice."""

    things: list[Thing] = field(default_factory=list)
    code: str | None = None
    values: dict[Key, float] = field(default_factory=dict)
    of_document: dict[str, list[Thing]] = field(default_factory=dict)

    def holds(self, thing: Thing) -> bool:
        if self.code and thing.code and self.code != thing.code:
            return False
        if own := self.of_document.get(thing.document_id):
            return all(_is_printed_twice(thing, other) for other in own)
        return not agreement(self.values, thing.values).speaks_against

    def add(self, thing: Thing) -> None:
        self.things.append(thing)
        self.code = self.code or thing.code
        for key, value in thing.values.items():
            self.values.setdefault(key, value)
        self.of_document.setdefault(thing.document_id, []).append(thing)


def _is_printed_twice(one: Thing, other: Thing) -> bool:
    """Whether two namesakes of one document are one thing on two pages."""
    seen = agreement(one.values, other.values)
    return seen.different == 0 and (seen.telling > 0 or (one.code is not None and one.code == other.code))


def _claimed(unit: Unit, old: Sequence[Track], others: Iterable[Unit]) -> Track | None:
    """The one track among namesakes that has the thing's code, or whose values speak for it and for no other."""
    by_code = [track for track in old if _code(unit) in track.codes]
    if len(by_code) == 1:
        return by_code[0]
    by_values = [track for track in old if agreement(track.values, _values(unit)).speaks_for]
    if len(by_values) == 1 and not any(agreement(by_values[0].values, _values(other)).speaks_for for other in others):
        return by_values[0]
    return None


def _code(unit: Unit) -> str | None:
    """The printed code of a thing: where two documents of an edition print two, it has none that tells."""
    codes = {thing.code for thing in unit if thing.code}
    return codes.pop() if len(codes) == 1 else None


def _other_code(unit: Unit, track: Track) -> bool:
    """Whether both have printed codes, and none in common."""
    codes = {thing.code for thing in unit if thing.code}
    return bool(codes and track.codes and not codes & track.codes)


def _values(unit: Unit) -> Values:
    merged: dict[Key, float] = {}
    for thing in reversed(unit):
        merged |= thing.values
    return merged


def _grouped(keys: Iterable[_K]) -> Iterator[tuple[_K, list[int]]]:
    groups: dict[_K, list[int]] = {}
    for index, key in enumerate(keys):
        groups.setdefault(key, []).append(index)
    yield from groups.items()
