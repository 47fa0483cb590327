"""The documents that drift: one base for each layout, made of `data/sources`, and what a perfect conversion holds."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from data.sources.build import FORMS
from data.sources.facts import COLUMNS, Content, Fact
from schemas.records import Finding
from schemas.rows import Tables as Records
from tests.facts import COMPARED, MATTERS_OF_TASTE, Row, as_facts, differences, plain

BASES: Mapping[str, str] = {
    "musashino.sheet": "musashino-sheets-r7",
    "musashino.summary": "musashino-summary",
    "akiruno.progress": "akiruno-progress",
    "akishima.report": "akishima-report",
    "nishitokyo.outline": "nishitokyo-outline",
}

Facts = Mapping[str, Sequence[Row]]
Change = Callable[[str], str]
_CONTENT = Path(__file__).parents[2] / "data" / "sources" / "content"


@cache
def _content(layout: str) -> Content:
    return tomllib.loads((_CONTENT / f"{BASES[layout]}.toml").read_text(encoding="utf-8"))


def content_of(layout: str) -> Content:
    """What the base of a layout says, to be changed at will."""
    return copy.deepcopy(_content(layout))


def content_to_text(layout: str, content: Content) -> str:
    """The text form of a document."""
    text: str = FORMS[BASES[layout]].text(content)
    return text


def content_to_facts(layout: str, content: Content) -> Facts:
    """What a perfect conversion of a document holds, table by table. A document without an `unit` has that of none."""
    return facts_by_table(FORMS[BASES[layout]].facts(content))


def facts_by_table(facts: Iterable[Fact]) -> Facts:
    """Facts as `tests.facts` compares them."""
    rows: dict[str, list[Row]] = {table: [] for table in (*COMPARED, "findings")}
    for fact in facts:
        rows[fact.table].append({column: plain(fact.row.get(column)) for column in COLUMNS[fact.table]})
    return rows


def faults(records: Records, expected: Facts) -> list[str]:
    """Every difference between what was read and what should be."""
    return [
        f"{table}: {difference}"
        for table in COMPARED
        for difference in differences(list(expected[table]), as_facts(records, table, COLUMNS[table]))
    ]


def wrong_values(records: Records, expected: Facts) -> list[str]:
    """What was read and is not so. What is missing, as a row or as an empty field, is not wrong."""
    return [f"{table}: {row}" for table in COMPARED for row in _contradicting(records, table, list(expected[table]))]


def _contradicting(records: Records, table: str, left: list[Row]) -> Iterable[Row]:
    found = as_facts(records, table, COLUMNS[table])
    # Whole rows first, so that no row with empty fields takes the place of another.
    for row in sorted(found, key=lambda row: sum(not value for value in row.values())):
        said = next((other for other in left if _agrees(row, other)), None)
        if said is None:
            yield row
        else:
            left.remove(said)


def _agrees(row: Row, fact: Row) -> bool:
    """Whether a row contradicts no fact. That nothing was found to be a reprint says nothing either."""
    return all(
        not value
        or value == fact[column]
        or (column in MATTERS_OF_TASTE and not fact[column])
        or (column == "is_reprint" and value == "false")
        for column, value in row.items()
    )


def told(records: Records) -> list[Finding]:
    """The findings that ask for a look: warnings and errors."""
    return [row for row in records["findings"] if isinstance(row, Finding) and row.severity != "note"]
