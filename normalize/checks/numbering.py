"""numbering-gap: a number that siblings leave out, or print twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from normalize.statements.statement import Remark
from schemas.messages import say
from schemas.records import Measure
from schemas.rows import Tables, rows_of

_CODE = re.compile(r"(?P<prefix>.*?)(?P<number>\d+)")
_ID = re.compile(r"\d{4}$")
"""Codes that all end in four digits or more (0572, 8521) are ids that nobody counts."""
_LONG = 9
"""A run of more missing numbers than this is one finding."""


def numbering_gaps(records: Tables) -> Iterator[Remark]:
    """Numbers left out and numbers printed twice among siblings: the codes of one level with one prefix.

    A series with a prefix (工-1, 2-6-1) begins at 1. One without (施策 5, 6, 7 of a policy) may go on from the series
    of another policy, and may begin again in another list of the document.
    """
    series: dict[tuple[str | None, ...], list[tuple[int, Measure]]] = {}
    for measure in rows_of(records, Measure):
        match = _CODE.fullmatch(measure.measure_code or "")
        if match is None:
            continue
        key = (
            measure.measure_level,
            match["prefix"],
            None if match["prefix"] else measure.parent_measure_id,
            measure.plan_phase,
            str(measure.fiscal_year),
        )
        series.setdefault(key, []).append((int(match["number"]), measure))
    for (level, prefix, *_), siblings in series.items():
        if all(_ID.search(measure.measure_code or "") for _, measure in siblings):
            continue
        for run in [siblings] if prefix else _runs(siblings):
            yield from _gaps(level or "", prefix or "", run)
            yield from _doubles(run)


def _runs(siblings: list[tuple[int, Measure]]) -> list[list[tuple[int, Measure]]]:
    """The series apart that begin again with the first number, and go on from it: 1, 2, 3 and 1, 2."""
    (first, _), *_ = siblings
    runs: list[list[tuple[int, Measure]]] = [[]]
    for at, sibling in enumerate(siblings):
        number, behind = sibling[0], [other for other, _ in siblings[at + 1 : at + 2]]
        if runs[-1] and number == first and runs[-1][-1][0] > first and behind == [first + 1]:
            runs.append([])
        runs[-1].append(sibling)
    return runs


def _gaps(level: str, prefix: str, siblings: list[tuple[int, Measure]]) -> Iterator[Remark]:
    first_with = dict(reversed(siblings))
    numbers = sorted(first_with)
    if prefix and len(numbers) > 1:  # one alone (a sheet of its own) is no series
        numbers = [0, *numbers]
    for before, after in pairwise(numbers):
        if after - before - 1 <= _LONG:
            reports = [f"{prefix}{number}" for number in range(before + 1, after)]
        else:
            reports = [f"{prefix}{before + 1}～{prefix}{after - 1}"]
        for code in reports:
            place = (
                say("between {before} and {after}", before=f"{prefix}{before}", after=f"{prefix}{after}")
                if before
                else say("before {after}", after=f"{prefix}{after}")
            )
            yield Remark(
                "numbering-gap",
                "warning",
                say("there is no {level} {code} {place}", level=say(level), code=code, place=place),
                record=first_with[after],
                field_name="measure_code",
                expected=code,
            )


def _doubles(siblings: list[tuple[int, Measure]]) -> Iterator[Remark]:
    seen: dict[int, Measure] = {}
    for number, measure in siblings:
        first = seen.setdefault(number, measure)
        if first is not measure:
            yield Remark(
                "numbering-gap",
                "warning",
                say(
                    "{code} is printed twice: for {first} and for {second}",
                    code=measure.measure_code,
                    first=first.measure_name,
                    second=measure.measure_name,
                ),
                record=measure,
                field_name="measure_code",
                observed=measure.measure_code,
            )
