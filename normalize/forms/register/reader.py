"""A register → statements: each row a project with its place in the plan, indicators, costs, grades and passages.

Groups of columns with the same heads are years. Their heads print none, so the year is null and one finding for the
form says so; no group is merged with another. Text boxes drawn over the groups may name years: a box belongs to no
cell, so they are taken where the user gives the year of the document and they agree with it, and else quoted there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from normalize.document.text_span import Excerpt
from normalize.forms.register.columns import Column
from normalize.forms.register.nodes import Nodes
from normalize.forms.register.table import WHOLE_PLAN, Register, document_year, table_to_register, years_agree
from normalize.records.document_row import about
from normalize.records.organisations import orgs_to_statements
from normalize.records.passages import items_of, passages
from normalize.statements.numbering import UNNUMBERED, draft_id
from normalize.statements.statement import Label, Remark, Statement, entry
from normalize.text.folding import clean, squeeze
from normalize.text.quantities import indicator_measure_of, quantity
from schemas.closed_sets import ORG_ROLES, SECTIONS
from schemas.codes import directions
from schemas.document import Document, Table
from schemas.messages import say
from schemas.records import Grade, Indicator, Measure, Observation

_SCHEME, _DIRECTION_SCHEME = "general", "general-direction"
_ABSENT: Final = frozenset({"", "-", "―", "ー", "－", "…", "/", "／"})
_NUMBERED: Final = re.compile(r"^(?:[①-⑳]|[(（]?[0-9０-９]{1,2}[)）.．]?)\s*(?=[^\W\d_])")
_LONGEST_GRADE = 20
_NAMED = 12
_NO_MONEY: Final = re.compile(r"人数|時間|人工|人員|日数")


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """What was read of a register."""

    layout: Literal["general.register"]
    municipality_code: None
    statements: tuple[Statement, ...]


def register_reading(document: Document, given_year: int | None = None) -> RegisterReading | None:
    """Read a document whose table is a register: one row for each project, its columns named by paths of heads.

    None where it has no such table. `given_year` is the fiscal year that the user gives for the document.
    """
    register = next(
        (found for index, item in enumerate(document.items) if isinstance(item, Table)
         and (found := table_to_register(document, index, item)) is not None),
        None,
    )  # fmt: skip
    if register is None:
        return None
    return RegisterReading("general.register", None, tuple(_statements(register, given_year)))


def _statements(register: Register, given_year: int | None) -> Iterator[Statement]:
    year, sources = document_year(register)
    dated = years_agree(register.groups, given_year)
    yield from about(register.document, fiscal_year=year, fiscal_year_text=sources)
    yield from (Label(head) for head in register.heads if head)
    yield from (Label(group.source) for group in register.groups if group.source)
    nodes = Nodes(register)
    nameless = 0
    grades: list[tuple[Grade, Excerpt]] = []
    for number, row in enumerate(register.rows):
        node = nodes.of_row(number, row)
        if node is None:
            continue
        yield from nodes.statements(number, row)
        yield from _orgs(register, row, node)
        told, missed = _numbers(register, row, node, dated=dated)
        nameless += missed
        yield from told
        for grade, text, head in _judgements(register, row, node):
            yield entry(grade, grade=text if grade.grade else None, grade_text=text, subject=head)
            grades.append((grade, text))
        yield from _passages(register, row, node)
    yield from nodes.remarks()
    yield from _unknown_directions(grades)
    yield from _remarks(register, nameless, dated=dated)


def _orgs(register: Register, row: Mapping[int, Excerpt], node: Measure) -> Iterator[Statement]:
    for column in register.of_kind("org"):
        if column.col in row:
            yield from orgs_to_statements(row[column.col], node.measure_id, ORG_ROLES[column.field])


def _numbers(
    register: Register, row: Mapping[int, Excerpt], node: Measure, *, dated: bool
) -> tuple[list[Statement], int]:
    """The indicators and costs of a row with their values; and how many values have an indicator without a name."""
    names = {column.key: row.get(column.col) for column in register.of_kind("indicator_name")}
    units = {column.key: row.get(column.col) for column in register.of_kind("indicator_unit")}
    columns: dict[tuple[str, str], list[Column]] = {}
    for column in register.of_kind("value", "cost"):
        columns.setdefault((column.kind, column.key), []).append(column)
    out: list[Statement] = []
    missed = 0
    for (kind, key), of_key in columns.items():
        told = [(column, row[column.col]) for column in of_key if column.col in row and not _is_absent(row[column.col])]
        name = register.heads[of_key[0].col] if kind == "cost" else names.get(key)
        if name is None or _is_number(name) or (kind == "cost" and not told):
            missed += sum(1 for _, text in told if squeeze(text.text) != "0")
            continue
        unit = units.get(key) if kind == "value" else None
        indicator = _indicator(node, kind, key, name, unit, of_key[0])
        out.append(entry(indicator, indicator_text=name, indicator_name=name, unit=unit))
        out += (_observation(register, indicator, column, text, dated=dated) for column, text in told)
    return out, missed


def _is_absent(text: Excerpt) -> bool:
    return squeeze(text.text) in _ABSENT


def _is_number(text: Excerpt) -> bool:
    """Whether a name or a judgement is the 0 that a formula shows for an empty cell, or another number."""
    return re.fullmatch(r"[\d.,]+", squeeze(text.text)) is not None


def _indicator(node: Measure, kind: str, key: str, name: Excerpt, unit: Excerpt | None, column: Column) -> Indicator:
    spelled = clean(unit.text) if unit else None
    return Indicator(
        indicator_id=draft_id("indicator", name, node.measure_id, key),
        measure_id=node.measure_id,
        indicator_name=" ".join(clean(name.text).split()),
        indicator_text=clean(name.text),
        unit=spelled,
        indicator_measure=(
            "currency" if kind == "cost" and not _NO_MONEY.search(name.text) else indicator_measure_of(spelled)
        ),
        position=UNNUMBERED,
        indicator_kind="input" if kind == "cost" else column.indicator_kind,
    )


def _observation(register: Register, indicator: Indicator, column: Column, text: Excerpt, *, dated: bool) -> Statement:
    group = WHOLE_PLAN if column.is_whole_plan else register.groups[column.group or 0]
    amount = quantity(text.text, money=True)  # a minus sign in a column of numbers is one
    record = Observation(
        observation_id=f"{indicator.indicator_id}-{group.role}-{(column.group or 0) + 1}",
        indicator_id=indicator.indicator_id,
        fiscal_year=group.year if dated else None,
        role=group.role,
        value=float(amount.value) if amount else None,
        value_text=text.printed,
        unit=(amount.unit if amount else None) or indicator.unit,
        comparator=amount.comparator if amount else None,
    )
    return entry(record, value=text if amount else None, value_text=text, fiscal_year=group.source if dated else None)


def _judgements(
    register: Register, row: Mapping[int, Excerpt], node: Measure
) -> Iterator[tuple[Grade, Excerpt, Excerpt]]:
    """The grades and directions of a row, each with its print and its head."""
    known = {squeeze(word): code for word, code in directions().items()}
    for column in register.of_kind("grade", "direction"):
        text = row.get(column.col)
        if text is None or _is_absent(text) or _is_number(text) or len(squeeze(text.text)) > _LONGEST_GRADE:
            continue
        words = clean(text.text)
        is_direction = column.kind == "direction"
        yield (
            Grade(
                grade_id=draft_id("grade", text, node.measure_id),
                document_id=register.document.document_id,
                measure_id=node.measure_id,
                grade_scheme_id=_DIRECTION_SCHEME if is_direction else _SCHEME,
                grade=known.get(squeeze(_NUMBERED.sub("", words))) if is_direction else words,
                grade_text=text.printed,
                subject=column.key,
                evaluator="internal" if re.search(r"[課部局所]長", column.field) else None,
            ),
            text,
            register.heads[column.col],
        )


def _unknown_directions(grades: Iterable[tuple[Grade, Excerpt]]) -> Iterator[Statement]:
    """A note on each word for a direction that the data does not know, where it first stands."""
    first: dict[str, tuple[Grade, Excerpt]] = {}
    for grade, text in grades:
        if grade.grade is None:
            first.setdefault(squeeze(grade.grade_text), (grade, text))
    for grade, text in first.values():
        yield Remark(
            "grade-unknown", "note",
            say("{word} is no direction that the words of directions.csv tell; its print is kept", word=text.printed),
            text, grade, "grade", observed=text.printed,
        )  # fmt: skip


def _passages(register: Register, row: Mapping[int, Excerpt], node: Measure) -> Iterator[Statement]:
    for column in register.of_kind("passage"):
        text = row.get(column.col)
        if text is not None and not _is_absent(text):
            yield from passages(
                items_of(text), register.document.document_id, SECTIONS[column.field], measure_id=node.measure_id
            )


def _remarks(register: Register, nameless: int, *, dated: bool) -> Iterator[Statement]:
    boxes = "、".join(group.source.printed for group in register.groups if group.source) or None
    n = len(register.groups)
    if dated:
        yield Remark(
            "label-missing", "note",
            say("the heads of {n} groups of columns print no year; it was taken from the boxes drawn over them", n=n),
            observed=boxes,
        )  # fmt: skip
    elif boxes:
        yield Remark(
            "label-missing", "warning",
            say(
                "the heads of {n} groups of columns print no year, so their values have none; boxes drawn over them "
                "name years: give the fiscal year of the document in sources.csv, and they are taken where they agree "
                "with it",
                n=n,
            ),
            observed=boxes,
        )  # fmt: skip
    elif register.groups:
        yield Remark(
            "label-missing", "warning",
            say("the heads of {n} groups of columns print no year, so their values have none", n=n),
        )  # fmt: skip
    if nameless:
        yield Remark(
            "label-missing", "warning",
            say("{n} values stand for indicators whose names are empty; they were not read", n=nameless),
        )  # fmt: skip
    unread = [register.heads[column.col] for column in register.of_kind("aside") if register.heads[column.col]]
    unread = [head for head in unread if any(_holds(register, column) for column in _of_head(register, head))]
    if unread:
        listed = "、".join(" ".join(head.printed.split()) for head in unread[:_NAMED])
        more = f" and {len(unread) - _NAMED} more" if len(unread) > _NAMED else ""
        yield Remark(
            "layout-unknown", "note", say("columns of which nothing was read: {columns}", columns=listed + more),
            observed=listed,
        )  # fmt: skip


def _of_head(register: Register, head: Excerpt) -> list[Column]:
    return [column for column in register.of_kind("aside") if register.heads[column.col].place == head.place]


def _holds(register: Register, column: Column) -> bool:
    return any(column.col in row for row in register.rows)
