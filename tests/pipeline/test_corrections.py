"""Corrections: written as text, applied to the print they were made against, refused where that has changed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.checks.grades import grades_differ
from pipeline.cli import main
from pipeline.correcting import corrected
from pipeline.correction import Correction
from pipeline.corrections import read_corrections, settled, write_file
from pipeline.sources import UsageError
from pipeline.verify.evidence import fields_without_print, pointers_astray, records_without_evidence
from pipeline.verify.meaning import (
    results_that_differ,
    terms_that_differ,
    tokens_off_text,
    twins_off_print,
    values_off_print,
)
from schemas.declare import declaration_of
from schemas.records import (
    Finding,
    Grade,
    Indicator,
    Measure,
    Observation,
    Passage,
    Provenance,
    Result,
)
from schemas.rows import Tables
from schemas.validate import violations
from tests.pipeline.review.made import FORMULA, SOURCE, tables

_R = TypeVar("_R")
DOCUMENT = str(getattr(tables()["documents"][0], "document_id", ""))
TARGET = Correction(
    document_id=DOCUMENT, source_name=SOURCE, table="observations", record=f"{DOCUMENT}-m1-i1-target-2025",
    field="value", printed="20 firms", decision="correct", value="25", reason="as printed", reviewer="佐藤",
)  # fmt: skip
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40).map(str.strip)


def of(found: Tables, kind: type[_R]) -> tuple[_R, ...]:
    return tuple(row for row in found[declaration_of(kind).name] if isinstance(row, kind))


def broken(found: Tables) -> list[str]:
    return [str(place) for place in violations(found) if "grade_schemes" not in str(place)]


def test_a_corrected_value_stands_in_the_tables_and_in_what_follows_from_them() -> None:
    found = corrected(tables(), [TARGET])
    assert of(found, Observation)[0].value == 25.0
    assert of(found, Observation)[0].value_text == "20 firms"
    assert [row.target_value for row in of(found, Result) if row.indicator_id] == [25.0]
    assert not [*broken(found), *results_that_differ(found), *values_off_print(found), *twins_off_print(found)]


def test_provenance_says_who_corrected_what_and_why() -> None:
    marked = [row for row in of(corrected(tables(), [TARGET]), Provenance) if row.method]
    assert [(row.field_name, row.method, row.note) for row in marked] == [
        ("value", "corrected", "read as 20: as printed (佐藤)")
    ]


def test_a_field_without_a_place_of_its_own_gets_its_record_s() -> None:
    found = corrected(tables(), [replace(TARGET, field="unit", value="社")])
    (marked,) = (row for row in of(found, Provenance) if row.method)
    assert (marked.field_name, marked.page) == ("unit", 1)
    assert not broken(found)


def test_an_accepted_value_stays_and_says_so() -> None:
    found = corrected(tables(), [replace(TARGET, decision="accept", value="20", reason="")])
    assert of(found, Observation)[0].value == 20.0
    assert [row.note for row in of(found, Provenance) if row.method == "accepted"] == ["(佐藤)"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"printed": "30 firms"}, "the printed text has changed"),
        ({"record": f"{DOCUMENT}-m9"}, "its record is not read any more"),
        ({"decision": "accept", "value": "19"}, "it accepted 19, but now 20 is read"),
    ],
)
def test_a_stale_correction_is_not_applied_and_told(change: Mapping[str, str], reason: str) -> None:
    found = corrected(tables(), [replace(TARGET, **change)])  # type: ignore[arg-type]
    assert of(found, Observation) == of(tables(), Observation)
    assert not [row for row in of(found, Provenance) if row.method]
    (told,) = (row for row in of(found, Finding) if row.rule == "correction-stale")
    assert reason in told.message
    assert told.severity == "warning"
    assert not broken(found)


def test_a_correction_of_an_earlier_file_of_the_same_name_holds_while_the_print_does() -> None:
    earlier = replace(TARGET, document_id="0" * 16, record=f"{'0' * 16}-m1-i1-target-2025")
    assert of(corrected(tables(), [earlier]), Observation)[0].value == 25.0
    changed = corrected(tables(), [replace(earlier, printed="19 firms")])
    assert of(changed, Observation)[0].value == 20.0
    assert [row.rule for row in of(changed, Finding)][-1] == "correction-stale"


def test_corrections_of_another_document_change_nothing() -> None:
    other = replace(TARGET, document_id="0" * 16, source_name="other.pdf")
    assert corrected(tables(), [other]) == tables()


def test_a_corrected_passage_is_cut_into_words_anew() -> None:
    passage = f"{DOCUMENT}-m1-issue-1"
    printed = of(tables(), Passage)[1].text_raw
    made = replace(TARGET, table="passages", record=passage, field="text", printed=printed, value="周知が足りない。")
    found = corrected(tables(), [made])
    assert not [place for place in tokens_off_text(found) if passage in place]
    assert any(getattr(row, "passage_id", "") == passage for row in found["tokens"])


def test_a_contradiction_that_a_correction_ends_is_told_no_more_and_a_new_one_is_told() -> None:
    doubtful = {**tables(), "grades": tuple(replace(row, grade_recomputed="B") for row in of(tables(), Grade))}
    (remark,) = grades_differ({name: tuple(rows) for name, rows in doubtful.items()})
    told = replace(of(tables(), Finding)[0], message=remark.message.en)
    made = replace(TARGET, table="grades", record=f"{DOCUMENT}-g1", field="grade", printed="A", value="B")
    settled = corrected({**doubtful, "findings": (told,)}, [made])
    assert of(settled, Finding) == ()
    again = corrected({**settled, "provenance": tables()["provenance"]}, [replace(made, value="C")])
    assert [(row.rule, row.observed, row.page) for row in of(again, Finding)] == [("grade-differs", "C", 1)]


@given(value=texts, reason=texts.filter(bool), reviewer=texts, printed=texts)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, value: str, reason: str, reviewer: str, printed: str
) -> None:
    folder = tmp_path_factory.mktemp("corrections")
    made = replace(TARGET, field="unit", value=value, reason=reason, reviewer=reviewer, printed=printed)
    write_file(folder, DOCUMENT, [made])
    assert read_corrections(folder) == (made,)
    assert write_file(folder, DOCUMENT, [made]).read_bytes() == (folder / f"{DOCUMENT}.yaml").read_bytes()
    write_file(folder, DOCUMENT, [])
    assert read_corrections(folder) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("corrections: 5", "expected the keys"),
        ("- 1", "expected the keys"),
        ("corrections: [{table: observations}]", "entry 1: no record, field, printed, decision"),
        ("corrections: [{table: t, record: r, field: f, printed: p, decision: accept}]", "no table t"),
        (
            "corrections: [{table: observations, record: r, field: value_text, printed: p, decision: accept}]",
            "cannot be corrected",
        ),
        (
            "corrections: [{table: observations, record: r, field: value, printed: p, decision: correct, "
            "value: 2024-04-01, reason: x}]",
            "expected a number",
        ),
        ("corrections: [{table: observations, record: r, field: value, printed: p, decision: maybe}]", "decision"),
        ("corrections: [{table: observations, who: me}]", "unknown keys who"),
        ("{", "no YAML"),
        ("!!python/object/apply:os.getcwd []", "expected the keys"),
    ],
)
def test_a_malformed_file_is_told_with_its_name(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "made.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message) as told:
        read_corrections(tmp_path)
    assert "made.yaml" in str(told.value)


def test_a_missing_folder_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        read_corrections(tmp_path / "nowhere")


def test_an_id_that_is_none_is_no_file_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no document id"):
        write_file(tmp_path, "../elsewhere", [TARGET])


def test_one_malformed_file_costs_itself_alone(tmp_path: Path) -> None:
    write_file(tmp_path, DOCUMENT, [TARGET])
    (tmp_path / "bad.yaml").write_text("corrections: [", encoding="utf-8")
    (tmp_path / "deep.yaml").write_text("[" * 50_000, encoding="utf-8")
    troubles: list[str] = []
    assert read_corrections(tmp_path, troubles) == (TARGET,)
    assert [trouble.partition(" is no YAML")[0] for trouble in troubles] == ["“bad.yaml”", "“deep.yaml”"]


@pytest.mark.parametrize("value", ["9" * 400, "1" + "0" * 309, "9" * 5000])
def test_a_number_beyond_what_a_column_holds_is_refused(tmp_path: Path, value: str) -> None:
    write_file(tmp_path, DOCUMENT, [replace(TARGET, value=value)])
    with pytest.raises(UsageError, match="value: expected a number, met"):
        read_corrections(tmp_path)


def test_corrections_that_contradict_each_other_are_told_and_none_is_applied() -> None:
    other = replace(TARGET, field="unit", value="社")
    troubles: list[str] = []
    found = settled([TARGET, other, replace(TARGET, value="26", reviewer="田中"), other], troubles)
    assert found == (other, other)
    assert len(troubles) == 1
    assert "contradict each other: correct 25 and correct 26. None of them is applied" in troubles[0]


def test_a_run_tells_what_it_could_not_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("町内会だより", encoding="utf-8")
    folder = tmp_path / "corrections"
    write_file(folder, DOCUMENT, [TARGET, replace(TARGET, field="unit", value="社")])
    (folder / "bad.yaml").write_text("corrections: [", encoding="utf-8")
    arguments = ["convert", str(tmp_path / "letter.txt"), "--out", str(tmp_path / "out"), "--workers", "0"]
    assert main([*arguments, "--corrections", str(folder), "--fail-on", "error"]) == 1
    printed = capsys.readouterr()
    assert "hyoka: “bad.yaml” is no YAML file" in printed.err
    assert f"2 corrections not used: {SOURCE} was not read" in printed.out


def test_ten_thousand_corrections_are_written_and_read_in_seconds(tmp_path: Path) -> None:
    many = [replace(TARGET, record=f"{DOCUMENT}-r{number}") for number in range(10_000)]
    began = time.process_time()
    write_file(tmp_path, DOCUMENT, many)
    assert read_corrections(tmp_path) == tuple(many)
    assert time.process_time() - began < 10


ISSUE = replace(
    TARGET, table="passages", record=f"{DOCUMENT}-m1-issue-1", field="", printed=FORMULA, decision="remove", value="",
    reason="a formula, no issue",
)  # fmt: skip
LEFT = replace(
    TARGET, table="passages", record=f"{DOCUMENT}-m1", field="", printed="left over", decision="add", value="",
    block=f"{DOCUMENT}-b6", values=(("section", "issue"),),
)  # fmt: skip


def problems(found: Tables) -> set[str]:
    return {
        *broken(found), *results_that_differ(found), *tokens_off_text(found), *terms_that_differ(found),
        *values_off_print(found), *twins_off_print(found), *records_without_evidence(found), *pointers_astray(found),
        *fields_without_print(found),
    }  # fmt: skip


def holds(found: Tables) -> bool:
    """Whether the tables hold together as much as before the corrections (the made ones have no tokens)."""
    return problems(found) <= problems(tables())


def test_a_record_that_was_removed_is_gone_with_its_evidence() -> None:
    found = corrected(tables(), [ISSUE])
    assert [row.section for row in of(found, Passage)] == ["done"]
    assert not [row for row in of(found, Provenance) if row.record_id == ISSUE.record]
    assert holds(found)


def test_an_indicator_takes_what_hangs_on_it_along() -> None:
    gone = replace(ISSUE, table="indicators", record=f"{DOCUMENT}-m1-i1", printed="20 firms")
    found = corrected(tables(), [gone, TARGET])
    assert not of(found, Observation)
    assert not [row for row in of(found, Finding) if row.rule == "correction-stale"]
    assert holds(found)


def test_a_record_that_was_added_points_at_its_print_and_says_who_added_it() -> None:
    found = corrected(tables(), [LEFT])
    (added,) = (row for row in of(found, Passage) if row.text == "left over")
    assert (added.section, added.item, added.measure_id) == ("issue", 2, f"{DOCUMENT}-m1")
    assert {row.note for row in of(found, Provenance) if row.record_id == added.passage_id} == {
        "added: as printed (佐藤)"
    }
    assert not [row for row in of(found, Finding) if row.rule == "unclaimed-text" and row.observed == "left over"]
    assert holds(found)


@pytest.mark.parametrize(
    ("value", "unit"), [("2,979", "千円"), ("2,979千円", ""), ("２，９７９千円", "円"), ("2979000", "円")]
)
def test_an_amount_that_is_added_is_in_the_unit_of_the_tables(value: str, unit: str) -> None:
    said = {"role": "actual", "fiscal_year": "R6", "value": value, "unit": unit}
    added = replace(LEFT, table="observations", record=f"{DOCUMENT}-m1-i1", values=tuple(said.items()))
    (made,) = (row for row in of(corrected(tables(), [added]), Observation) if row.reading == "corrected")
    assert (made.value, made.unit, made.fiscal_year) == (2_979_000.0, "円", 2024)


@pytest.mark.parametrize(
    ("table", "record", "values", "seen"),
    [
        ("observations", "-m1-i1", {"role": "actual", "fiscal_year": "2024", "value": "31", "unit": "firms"}, 31.0),
        ("grades", "-m1", {"grade": "B", "fiscal_year": "2024"}, "B"),
        ("measure_orgs", "-m1", {"role": "responsible", "org_name": "港湾課"}, "港湾課"),
        ("indicators", "-m1", {"indicator_name": "船の数", "indicator_measure": "count"}, "船の数"),
        ("measures", "-m1", {"measure_name": "港の整備", "measure_level": "program"}, "港の整備"),
        ("measures", "", {"measure_name": "港の整備", "measure_level": "policy", "measure_code": "2"}, "港の整備"),
    ],
)
def test_records_of_each_kind_are_added(table: str, record: str, values: Mapping[str, str], seen: object) -> None:
    added = replace(LEFT, table=table, record=f"{DOCUMENT}{record}", values=tuple(values.items()))
    found = corrected(tables(), [added])
    assert len(found[table]) == len(tables().get(table, ())) + 1
    assert seen in {getattr(found[table][-1], name) for name in values}
    assert holds(found)


def test_a_measure_takes_what_hangs_on_it_along_and_what_lies_under_it_moves_up() -> None:
    (measure,) = of(tables(), Measure)
    under = replace(measure, measure_id=f"{DOCUMENT}-m2", parent_measure_id=measure.measure_id, position=2)
    gone = replace(ISSUE, table="measures", record=measure.measure_id, printed=measure.measure_name_text or "")
    place = next(row for row in of(tables(), Provenance) if row.record_id == measure.measure_id)
    twice = {
        **tables(), "measures": (measure, under),
        "provenance": (*tables()["provenance"], replace(place, record_id=under.measure_id)),
    }  # fmt: skip
    found = corrected(twice, [gone])
    assert of(found, Measure) == (replace(under, parent_measure_id=None),)
    assert not [*of(found, Observation), *of(found, Passage), *of(found, Grade), *of(found, Indicator)]
    assert not [row for row in of(found, Finding) if row.rule == "correction-stale"]
    assert holds(found)


def test_a_record_may_be_added_to_one_that_was_added_whatever_their_order() -> None:
    added = replace(
        LEFT, table="measures", record=DOCUMENT, values=(("measure_name", "港の整備"), ("measure_level", "program"))
    )
    beneath = replace(LEFT, record=f"{DOCUMENT}-m-b6")
    found = corrected(tables(), [beneath, added])
    assert [row.measure_id for row in of(found, Passage) if row.text == "left over"] == [f"{DOCUMENT}-m-b6"]
    assert holds(found)


@pytest.mark.parametrize(
    ("correction", "reason"),
    [
        (replace(ISSUE, printed="another text"), "the printed text has changed"),
        (replace(ISSUE, record=f"{DOCUMENT}-m1-issue-9"), "its record is not read any more"),
        (replace(LEFT, printed="another text"), "the printed text has changed"),
        (replace(LEFT, record=f"{DOCUMENT}-m9"), "what it hangs on is not read any more"),
        (
            replace(
                LEFT, table="observations", record=f"{DOCUMENT}-m1-i1",
                values=(("role", "target"), ("value", "1"), ("fiscal_year", "2025")),
            ),
            "the same record exists already; nothing was added",
        ),
    ],
)  # fmt: skip
def test_what_was_said_of_a_record_does_not_hold_where_the_print_is_another(
    correction: Correction, reason: str
) -> None:
    found = corrected(tables(), [correction])
    (told,) = (row for row in of(found, Finding) if row.rule == "correction-stale")
    assert reason in told.message
    assert [len(found[name]) for name in ("passages", "observations")] == [2, 1]


def test_records_are_added_and_removed_by_hand_too(tmp_path: Path) -> None:
    for one in (ISSUE, LEFT):
        write_file(tmp_path, DOCUMENT, [ISSUE, LEFT])
        assert one in read_corrections(tmp_path)
    text = (tmp_path / f"{DOCUMENT}.yaml").read_text(encoding="utf-8")
    assert "decision: add" in text
    assert "section: issue" in text


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{table: findings, record: r, printed: p, decision: remove, reason: x}", "records of findings cannot be"),
        ("{table: passages, record: r, printed: p, decision: add, block: b, values: {}, reason: x}", "no section"),
        (
            "{table: passages, record: r, printed: p, decision: add, block: b, values: {section: none}, reason: x}",
            "expected one of",
        ),
        ("{table: passages, record: r, printed: p, decision: add, values: {}, reason: x}", "no block"),
        ("{table: passages, record: r, printed: p, decision: remove}", "reason"),
    ],
)
def test_an_entry_about_a_record_that_cannot_be_meant_is_told(tmp_path: Path, entry: str, said: str) -> None:
    (tmp_path / "made.yaml").write_text(f"document: '{DOCUMENT}'\ncorrections: [{entry}]\n", encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_corrections(tmp_path)
