"""`series`, `matches` and what they find: the documents of one municipality and plan, told as one course over years."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from normalize.derived.series.editions import Edition, Print, match_editions
from normalize.derived.series.given import GivenMatch
from normalize.derived.series.likeness import name_key
from normalize.derived.series.tracks import Doubt, Track
from schemas.declare import Text
from schemas.messages import say
from schemas.records import DocumentRow, Finding, Match, Series

_ID_DIGITS = 16
"""Hex digits of a series' id: as many as of a document's."""


@dataclass(frozen=True, slots=True)
class Across:
    """What documents say together: the rows of `series` and `matches`, and findings about what they print."""

    series: tuple[Series, ...]
    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Whose documents may be editions of each other: those of one municipality and plan. Where one of the two is not
    known, a document stands alone, and `document_id` is its own."""

    municipality_code: str | None
    plan_key: str | None
    document_id: str | None = None


def family_of(document: DocumentRow) -> Family:
    """The family of a document.

    >>> row = DocumentRow(document_id="d", sha256="d", source_name="a.pdf", media_type="application/pdf",
    ...                   size_bytes=1, status="converted")
    >>> family_of(row)
    Family(municipality_code=None, plan_key=None, document_id='d')
    """
    code, plan = document.municipality_code, document.plan_name
    alone = None if code and plan else document.document_id
    return Family(code, name_key(plan) if plan else None, alone)


def series_of(family: Family, editions: Sequence[Edition], given: Sequence[GivenMatch] = ()) -> Across:
    """The series of the documents of one family, in the order in which they are first printed.

    A series has a row for each fiscal year and role that some edition prints, with the value of the latest one. Where
    an earlier one prints another value, the row is `revised`, and a note tells both prints. What may be one thing over
    two editions and is not certain stays two series, and a note tells that. `given` are the matches that a user gives.
    """
    own = [one for one in given if one.speaks_of(family.municipality_code, family.plan_key)]
    matched = match_editions(editions, own)
    documents = {edition.document.document_id: edition.document for edition in editions}
    order = {
        record_id: place
        for place, record_id in enumerate(
            record_id
            for edition in editions
            for record_id in (
                *(measure.measure_id for measure in edition.measures),
                *(indicator.indicator_id for indicator in edition.indicators),
            )
        )
    }
    tracks = sorted(matched.measures + matched.indicators, key=lambda track: order[track.first.record_id])
    ids = _ids(family, tracks)
    seen: dict[str, list[Print]] = {}
    for edition in editions:
        for observation in edition.observations:
            seen.setdefault(observation.indicator_id, []).append(observation)
    are_indicators = {id(track) for track in matched.indicators}
    series: list[Series] = []
    matches: list[Match] = []
    findings: list[Finding] = []
    for track in tracks:
        of_indicators = id(track) in are_indicators
        matches.extend(
            Match(
                series_id=ids[id(track)],
                table_name="indicators" if of_indicators else "measures",
                record_id=member.thing.record_id,
                method=member.method,
                similarity=member.similarity,
            )
            for member in track.members
        )
        if of_indicators:
            rows = [*_rows(track, ids[id(track)], seen, documents)]
            series.extend(row.row for row in rows)
            findings.extend(finding for row in rows for finding in _revised(row, documents))
    findings.extend(_doubted(matched.doubts, are_indicators, documents))
    return Across(tuple(series), tuple(matches), tuple(findings))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a series, the print that it holds, and the last earlier one with another value."""

    row: Series
    latest: tuple[str, Print]
    other: tuple[str, Print] | None


def _rows(
    track: Track, series_id: str, seen: Mapping[str, Sequence[Print]], documents: Mapping[str, DocumentRow]
) -> Iterator[_Row]:
    prints: dict[tuple[int | None, str], dict[str, Print]] = {}
    open_years: set[tuple[int | None, str, str]] = set()
    for member in track.members:  # oldest edition first
        for observation in seen.get(member.thing.record_id, ()):
            year, role, document_id = observation.fiscal_year, observation.role, member.thing.document_id
            first = prints.setdefault((year, role), {}).setdefault(document_id, observation)
            undated = year is None and observation.deadline_fy is None and first.deadline_fy is None
            if undated and (first.value, first.value_text) != (observation.value, observation.value_text):
                open_years.add((year, role, document_id))
    for key in open_years:  # several of one document, of years that only their place tells
        del prints[key[:2]][key[2]]
    for (year, _), by_document in sorted(prints.items(), key=lambda pair: (pair[0][0] or 0, pair[0][1])):
        if not by_document:
            continue
        # What lies here in two forms was printed once: the original stands.
        told = [one for one in by_document.items() if documents[one[0]].same_as_document_id is None]
        told = told or [*by_document.items()]
        document_id, latest = told[-1]
        # Without a year, two prints need not speak of the same one.
        others = [one for one in told if year is not None and _differ(one[1], latest)]
        document = documents[document_id]
        yield _Row(
            Series(
                series_id=series_id,
                municipality_code=document.municipality_code,
                plan_name=document.plan_name,
                measure_name=(track.parent.latest.label or None) if track.parent else None,
                indicator_name=track.latest.label or None,
                unit=latest.unit,
                fiscal_year=year,
                role=latest.role,
                value=latest.value,
                value_text=latest.value_text,
                observation_id=latest.observation_id,
                document_id=document_id,
                editions=len(told),
                revised=bool(others),
                first_value=told[0][1].value,
            ),
            told[-1],
            others[-1] if others else None,
        )


def _differ(one: Print, other: Print) -> bool:
    return one.value is not None and other.value is not None and one.value != other.value


def _revised(row: _Row, documents: Mapping[str, DocumentRow]) -> Iterator[Finding]:
    if row.other is None:
        return
    (document_id, latest), (earlier_id, earlier) = row.latest, row.other
    yield _note(
        document_id,
        "revised",
        say(
            "an earlier edition, {name}, prints another value for the same year ({role} of {year}); the later one "
            "stands in series",
            name=documents[earlier_id].source_name,
            role=latest.role,
            year=latest.fiscal_year,
        ),
        ("observations", latest.observation_id, "value"),
        expected=earlier.value_text,
        observed=latest.value_text,
    )


def _doubted(
    doubts: Iterable[Doubt], are_indicators: set[int], documents: Mapping[str, DocumentRow]
) -> Iterator[Finding]:
    for doubt in doubts:
        near = doubt.tracks[0]
        table, field = ("measures", "measure_name")
        if id(near) in are_indicators:
            table, field = ("indicators", "indicator_name")
        other = documents[near.latest.document_id].source_name
        yield _note(
            doubt.thing.document_id,
            "ambiguous",
            say(
                "this may be what {name} prints as “{label}”; names, codes and values do not settle it, so it is a "
                "series of its own",
                name=other,
                label=near.latest.label,
            ),
            (table, doubt.thing.record_id, field),
            expected=near.latest.label or None,
            observed=doubt.thing.label or None,
        )


def _note(
    document_id: str,
    rule: Literal["revised", "ambiguous"],
    message: Text,
    about: tuple[str, str, str],
    *,
    expected: str | None,
    observed: str | None,
) -> Finding:
    table, record, field = about
    return Finding(
        finding_id="", document_id=document_id, rule=rule, severity="note", table_name=table, record_id=record,
        field_name=field, message=message.en, expected=expected, observed=observed, message_ja=message.ja,
    )  # fmt: skip


def _ids(family: Family, tracks: Iterable[Track]) -> Mapping[int, str]:
    """The id of each track: a digest of names, with the printed code and a number where names are not enough."""
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for track in tracks:
        names = [*reversed([*_names(track)])]
        told: list[object] = [family.municipality_code, family.plan_key, family.document_id, names]
        found = _digest(told)
        number = 1
        while found in taken:
            found = _digest([*told, track.first.code, number])
            number += 1
        taken.add(found)
        ids[id(track)] = found
    return ids


def _names(track: Track) -> Iterator[str]:
    """The names from the track up, as the earliest edition prints them; an indicator's unit belongs to its name."""
    node: Track | None = track
    while node is not None:
        yield f"{node.first.scope}/{node.first.name}"
        node = node.origin


def _digest(told: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode()).hexdigest()[:_ID_DIGITS]
