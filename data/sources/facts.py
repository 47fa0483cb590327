"""The facts of our own documents: what a perfect conversion holds, with codes and names in place of ids.

A form's `facts` yields one `Fact` per row; the tables and their columns are those that the project's documents are
scored by, so a folder of facts can stand beside those of the real documents.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Content = dict[str, Any]  # one file of content/, as read: each form says in its file what it holds
Value = str | int | float | None
Level = Literal["policy", "measure", "program", "action"]

MEASURE = ("measure_level", "measure_code", "measure_name")
COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": ("layout", "municipality_code", "plan_name", "fiscal_year", "plan_start_fy", "plan_end_fy"),
    "measures": (*MEASURE, "parent_name", "plan_phase", "is_new", "is_reprint", "reprint_of"),
    "measure_orgs": (*MEASURE, "role", "org_name"),
    "indicators": (*MEASURE, "indicator_name", "unit", "indicator_measure", "indicator_text"),
    "observations": (
        *MEASURE, "indicator_name", "fiscal_year", "role", "value", "unit", "comparator", "frequency", "deadline_fy",
    ),
    "grades": (*MEASURE, "indicator_name", "fiscal_year", "grade_scheme_id", "grade", "grade_text", "score"),
    "grade_counts": (*MEASURE, "fiscal_year", "grade_scheme_id", "grade", "count"),
    "scores": (*MEASURE, "fiscal_year", "score", "score_max"),
    "passages": (*MEASURE, "section", "item", "fiscal_year", "attribution", "text"),
    "findings": ("rule", "locator", "expected", "observed"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the hierarchy, by its natural key. Whole documents' rows stand on `NOWHERE`."""

    level: Level | None = None
    code: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of one table; columns that are not named are empty."""

    table: str
    row: dict[str, Value]


NOWHERE = Node()


def fact(table: str, node: Node | None = None, **columns: Value) -> Fact:
    """A row of `table`, about `node` where the table is about one."""
    key = {} if node is None else {"measure_level": node.level, "measure_code": node.code, "measure_name": node.name}
    return Fact(table, {**key, **columns})


def document(content: Content) -> Fact:
    """The row of the document itself, from the head of its content."""
    return fact("documents", **{name: content.get(name) for name in COLUMNS["documents"]})


def measure(node: Node, parent: Node = NOWHERE, *, phase: str | None = None, new: bool = False, of: str = "") -> Fact:
    """A node's own row. `of` is the code of the card that it prints again."""
    flags = {"is_new": str(new).lower(), "is_reprint": str(bool(of)).lower()}
    return fact("measures", node, parent_name=parent.name, plan_phase=phase, **flags, reprint_of=of)


def orgs(node: Node, role: Literal["responsible", "participating"], names: Iterable[str]) -> Iterator[Fact]:
    """One row per body."""
    return (fact("measure_orgs", node, role=role, org_name=name) for name in names)


def passages(node: Node, section: str, texts: Iterable[str], first: int = 1, year: int | None = None) -> Iterator[Fact]:
    """One row per text, counted from `first`; emphasis and the bullet are no part of a passage."""
    for item, text in enumerate(texts, first):
        bare = text.replace("**", "").removeprefix("・")
        yield fact("passages", node, section=section, item=item, fiscal_year=year, text=bare)


def amount(printed: str) -> tuple[int, str]:
    """A printed count as value and unit.

    >>> amount("27,000部")
    (27000, '部')
    """
    digits = re.match(r"[\d,]+", printed)
    assert digits, f"no number: {printed}"
    return int(digits[0].replace(",", "")), printed[digits.end() :]


def unquoted(name: str) -> str:
    """A name without quotation marks that enclose the whole of it.

    >>> unquoted("「農業を通じた交流」"), unquoted("「水」の構築・PR")
    ('農業を通じた交流', '「水」の構築・PR')
    """
    return name[1:-1] if name[0] + name[-1] == "「」" and "「" not in name[1:] else name


def write_facts(facts: Iterable[Fact], folder: Path) -> None:
    """Write every table of the facts, also those without a row."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(facts)
    for table, columns in COLUMNS.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(item.row for item in rows if item.table == table)
