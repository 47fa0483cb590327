"""The judge: a record that says something else than its form is false, named by what is wrong, silent unless told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from extract import read_document
from normalize import read_records
from schemas.records import DocumentRow, Finding, Grade, Measure, MeasureOrg, Observation, Passage, Record
from schemas.rows import Tables
from tests.forms.comparing import names_fit, scaled
from tests.forms.compose import compose
from tests.forms.judge import Verdict, judge
from tests.forms.model import Form
from tests.forms.press import press

Change = Callable[[Record], Record]


@cache
def read_whole() -> tuple[Form, Tables]:
    """A list of indicators that is read without a fault."""
    for number in range(2000):
        form = compose(number)
        if not any(block.kind.startswith("KPI list: storeys") for block in form.blocks):
            continue
        records = read_records(read_document(press(form, "text"), "form.txt"))
        verdict = judge(form, records)
        if not verdict.missing and not verdict.false and records["grades"] and not verdict.warned:
            return form, records
    raise AssertionError("no list of indicators is read without a fault")


def changed(table: str, change: Change) -> tuple[Form, Verdict]:
    """The verdict when the first record of a table says something else."""
    form, records = read_whole()
    first, *others = records[table]
    return form, judge(form, {**records, table: (change(first), *others)})


def year_later(record: Record) -> Record:
    assert isinstance(record, Observation)
    return replace(record, fiscal_year=(record.fiscal_year or 0) + 40)


def other_role(record: Record) -> Record:
    assert isinstance(record, Observation)
    return replace(record, role="forecast")


def other_amount(record: Record) -> Record:
    assert isinstance(record, Observation)
    return replace(record, value=(record.value or 0.0) + 0.5)


def other_unit(record: Record) -> Record:
    assert isinstance(record, Observation)
    return replace(record, unit="光年")


def other_sign(record: Record) -> Record:
    assert isinstance(record, Observation)
    return replace(record, comparator="<" if record.comparator != "<" else ">")


def other_mark(record: Record) -> Record:
    assert isinstance(record, Grade)
    return replace(record, grade="優", grade_text="優")


def other_name(record: Record) -> Record:
    assert isinstance(record, Measure)
    return replace(record, measure_name="どこにもない名")


def other_body(record: Record) -> Record:
    assert isinstance(record, MeasureOrg)
    return replace(record, role="participating")


def other_year(record: Record) -> Record:
    assert isinstance(record, DocumentRow)
    return replace(record, fiscal_year=1951)


CHANGES = [
    ("observations", year_later, "year"),
    ("observations", other_role, "role"),
    ("observations", other_amount, "amount"),
    ("observations", other_unit, "unit"),
    ("observations", other_sign, "amount"),
    ("grades", other_mark, "mark"),
    ("measures", other_name, "invented"),
    ("measure_orgs", other_body, "role"),
    ("documents", other_year, "value"),
]


@pytest.mark.parametrize(("table", "change", "wrong"), CHANGES, ids=lambda value: getattr(value, "__name__", value))
def test_what_is_said_otherwise_is_false(table: str, change: Change, wrong: str) -> None:
    _, verdict = changed(table, change)
    own = [false for false in verdict.false if false.said.table == table]
    assert own, verdict
    assert wrong in own[0].wrong
    assert own[0].is_silent
    assert verdict.missing


def test_a_record_said_twice_is_false_once() -> None:
    form, records = read_whole()
    first = records["observations"][0]
    assert isinstance(first, Observation)
    twice = (*records["observations"], replace(first, observation_id=f"{first.observation_id}x"))
    verdict = judge(form, {**records, "observations": twice})
    assert [false.wrong for false in verdict.false] == ["again"]
    assert not verdict.missing


def test_a_finding_on_a_record_makes_it_told_or_warned_of() -> None:
    form, records = read_whole()
    first = records["observations"][0]
    assert isinstance(first, Observation)
    finding = Finding(
        finding_id="f", document_id="d", rule="unit-differs", severity="warning", message="m",
        table_name="observations", record_id=first.observation_id,
    )  # fmt: skip
    with_finding = {**records, "findings": (*records["findings"], finding)}
    assert len(judge(form, with_finding).warned) == 1
    wrong = {**with_finding, "observations": (year_later(first), *records["observations"][1:])}
    verdict = judge(form, wrong)
    assert verdict.false
    assert not verdict.silent


def test_a_passage_that_nobody_printed_is_false() -> None:
    form, records = read_whole()
    document = records["documents"][0]
    assert isinstance(document, DocumentRow)
    text = "灯台は青い。"
    passage = Passage(
        passage_id="p", document_id=document.document_id, section="background", item=1, text=text, text_raw=text
    )
    verdict = judge(form, {**records, "passages": (*records["passages"], passage)})
    assert [(false.said.table, false.wrong) for false in verdict.false] == [("passages", "invented")]


@pytest.mark.parametrize(
    ("printed", "given", "fits"),
    [
        ("利用者数", "① 利用者数（人）", True),
        ("参加者数（累計）", "参加者数", True),
        ("事業費(A)", "事業費", True),
        ("利用者数", "利用者数の増減", False),
        ("事業費", "総事業費", False),
        ("一般財源", "", False),
    ],
)
def test_names_fit_but_for_codes_and_remarks(printed: str, given: str, fits: bool) -> None:
    assert names_fit(printed, given) is fits


def test_units_are_multiples() -> None:
    assert [scaled(unit) for unit in ("千円", "百万円", "万人", "件", "千")] == [
        (1000.0, "円"), (1000000.0, "円"), (10000.0, "人"), (1.0, "件"), (1.0, "千"),
    ]  # fmt: skip
