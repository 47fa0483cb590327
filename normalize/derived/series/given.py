"""What a user says of editions: which measure or indicator of a later one is which of an earlier one, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from normalize.derived.series.likeness import goal_key, name_key
from schemas.records import Indicator, Match, Measure

MatchedTable = Literal["measures", "indicators"]


@dataclass(frozen=True, slots=True)
class GivenMatch:
    """A later name and an earlier one of the same thing, as keys. It speaks of one municipality and plan where it names
    them, else of all. The earlier name is that of any edition before."""

    table: MatchedTable
    name: str
    same_as: str
    municipality_code: str | None = None
    plan_key: str | None = None

    def speaks_of(self, municipality_code: str | None, plan_key: str | None) -> bool:
        """Whether it is about the documents of this municipality and plan."""
        return self.municipality_code in (None, municipality_code) and self.plan_key in (None, plan_key)


def given_match(
    table: MatchedTable, name: str, same_as: str, municipality_code: str | None = None, plan_name: str | None = None
) -> GivenMatch:
    """A match from names as they are printed.

    >>> given_match("indicators", "新規出店 者数", "出店者数").name
    '新規出店者数'
    """
    return GivenMatch(
        table, name_key(name), name_key(same_as), municipality_code, name_key(plan_name) if plan_name else None
    )


def thing_key(one: Measure | Indicator) -> str:
    """What the name of a measure or an indicator is compared by."""
    if isinstance(one, Measure):
        return name_key(one.measure_name or "")
    return name_key(one.indicator_name) if one.indicator_name else goal_key(one.indicator_text)


def given_again(
    matches: Iterable[Match], keys: Mapping[str, tuple[str, str | None, str | None]]
) -> Iterator[GivenMatch]:
    """The matches that a user gave, told from the rows that say so: what was given once goes on to hold.

    `keys` are the key, the municipality and the plan's key of the records, by their id. A row follows those of the
    earlier editions of its series.
    """
    earlier: dict[str, list[str]] = {}
    for match in matches:
        before = earlier.setdefault(match.series_id, [])
        told = keys.get(match.record_id)
        if match.method == "given" and before and told is not None and before[-1] in keys:
            table: MatchedTable = "measures" if match.table_name == "measures" else "indicators"
            yield GivenMatch(table, told[0], keys[before[-1]][0], told[1], told[2])
        before.append(match.record_id)


def names_given(given: Sequence[GivenMatch], table: MatchedTable) -> dict[str, frozenset[str]]:
    """The earlier names by the later ones."""
    found: dict[str, set[str]] = {}
    for one in given:
        if one.table == table:
            found.setdefault(one.name, set()).add(one.same_as)
    return {name: frozenset(earlier) for name, earlier in found.items()}
