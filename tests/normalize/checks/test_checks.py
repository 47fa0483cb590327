"""Self-checks: each planted fault gives its finding, with what was expected and observed; sound records give none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.checks import ALL_CHECKS
from normalize.statements.statement import Remark
from schemas.closed_sets import ObservationRole, Section
from schemas.declare import declaration_of
from schemas.records import (
    Block,
    Grade,
    Indicator,
    Measure,
    MeasureLink,
    Observation,
    Passage,
    Provenance,
    Record,
    Score,
)
from schemas.rows import Tables as Records


def tables(*rows: Record) -> Records:
    found: dict[str, tuple[Record, ...]] = {}
    for row in rows:
        name = declaration_of(row).name
        found[name] = (*found.get(name, ()), row)
    return found


def checked(*rows: Record) -> list[Remark]:
    return [remark for check in ALL_CHECKS for remark in check(tables(*rows))]


def brief(*rows: Record) -> list[tuple[str, str, str | None, str | None]]:
    return [(r.rule, r.severity, r.expected, r.observed) for r in checked(*rows)]


def measure(code: str | None, name: str = "朝市", parent: str | None = None, year: int | None = None) -> Measure:
    return Measure(
        measure_id=f"m-{code}-{name}",
        document_id="d",
        parent_measure_id=parent,
        measure_level="measure",
        measure_code=code,
        measure_name=name,
        position=1,
        fiscal_year=year,
    )


def passage(text: str, section: Section, owner: Measure | None = None, attribution: str | None = None) -> Passage:
    return Passage(
        passage_id=f"p-{section}-{text}-{owner.measure_id if owner else ''}",
        document_id="d",
        measure_id=owner.measure_id if owner else None,
        section=section,
        item=1,
        attribution=attribution,
        text=text,
        text_raw=text,
    )


def series(*numbers: int, prefix: str = "港-") -> list[Measure]:
    return [measure(f"{prefix}{number}", f"名{place}") for place, number in enumerate(numbers)]


def test_a_number_left_out_is_named() -> None:
    assert brief(*series(1, 2, 4)) == [("numbering-gap", "warning", "港-3", None)]
    (remark,) = checked(*series(1, 2, 4))
    assert remark.record == series(1, 2, 4)[2]


def test_a_number_beyond_all_others_is_one_finding() -> None:
    assert brief(*series(1, 10**40)) == [("numbering-gap", "warning", f"港-2～港-{10**40 - 1}", None)]


def test_nine_numbers_left_out_are_named_each_and_more_as_a_span() -> None:
    assert [expected for _, _, expected, _ in brief(*series(1, 11))] == [f"港-{number}" for number in range(2, 11)]
    assert [expected for _, _, expected, _ in brief(*series(1, 12))] == ["港-2～港-11"]


def test_a_gap_is_told_with_its_level_and_its_neighbours() -> None:
    assert [remark.message.en for remark in checked(*series(1, 2, 4))] == [
        "there is no measure 港-3 between 港-2 and 港-4"
    ]


def test_a_series_with_a_prefix_begins_at_one() -> None:
    assert brief(*series(2, 3)) == [("numbering-gap", "warning", "港-1", None)]
    assert brief(*series(6, 7, prefix="")) == []
    assert brief(*series(7)) == []  # a sheet of its own is no series


def test_a_number_printed_twice_is_said() -> None:
    assert brief(*series(1, 2, 2)) == [("numbering-gap", "warning", None, "港-2")]


def test_a_list_that_begins_again_with_its_first_number_is_a_series_of_its_own() -> None:
    assert brief(*series(1, 2, 3, 1, 2, prefix="")) == []
    assert brief(*series(1, 2, 1, 2, 4, prefix="")) == [("numbering-gap", "warning", "3", None)]
    assert brief(*series(1, 2, 1, prefix="")) == [("numbering-gap", "warning", None, "1")]
    assert brief(*series(1, 2, 1, 2)) != []
    assert brief(*series(1, 1, 2, prefix="")) == [("numbering-gap", "warning", None, "1")]


def test_series_of_another_year_phase_or_parent_are_apart() -> None:
    first, second = measure("1", "甲", "p"), measure("1", "乙", "q")
    assert brief(first, second, replace(first, measure_id="x", fiscal_year=2025)) == []


@given(st.sets(st.integers(1, 40), min_size=2))
def test_every_gap_is_reported_once(numbers: set[int]) -> None:
    found = [remark.expected or "" for remark in checked(*series(*numbers))]
    missing = set(range(1, max(numbers))) - numbers
    spans = [code.partition("～") for code in found]
    told = [
        number
        for first, _, last in spans
        for number in range(int(first.rpartition("-")[2]), int((last or first).rpartition("-")[2]) + 1)
    ]
    assert sorted(told) == sorted(missing)


@given(st.permutations(range(1, 8)))
def test_the_order_of_a_full_series_does_not_matter(numbers: list[int]) -> None:
    assert brief(*series(*numbers)) == []


ORIGINAL = measure("港-1", "朝市の 開催")
REPRINT = replace(measure("店-1", "朝市の開催"), reprint_of_measure_id=ORIGINAL.measure_id)


def test_a_faithful_reprint_passes() -> None:
    goals = passage("年 4回", "target", ORIGINAL), passage("年4回", "target", REPRINT)
    body = passage("朝に開く", "description", ORIGINAL)
    assert brief(ORIGINAL, REPRINT, *goals, body) == []


def test_a_reprint_under_another_name_is_said() -> None:
    renamed = replace(REPRINT, measure_name="夜市")
    assert brief(ORIGINAL, renamed) == [("reprint-differs", "warning", "朝市の 開催", "夜市")]


@pytest.mark.parametrize("section", ["target", "description", "schedule"])
def test_a_reprint_with_another_goal_or_body_is_said(section: Section) -> None:
    texts = passage("四回", section, ORIGINAL), passage("五回", section, REPRINT)
    assert brief(ORIGINAL, REPRINT, *texts) == [("reprint-differs", "warning", "四回", "五回")]


def test_a_reprint_without_an_original_is_said() -> None:
    link = MeasureLink(measure_id=ORIGINAL.measure_id, kind="reprint", target_text="再掲")
    assert brief(ORIGINAL, link) == [("reprint-unresolved", "warning", None, "再掲")]
    assert brief(ORIGINAL, replace(link, kind="related")) == []


def test_an_impossible_year_is_an_error_at_each_place() -> None:
    texts = [passage(text, "finding") for text in ("令和29年度～令和元年度に補助", "令和2年度に、令和29年度の分を")]
    years = [passage(text, "finding") for text in ("平成29年度", "平成30年度", "令和3年度", "令和4年度")]
    found = brief(*texts, *years)
    assert found == [("impossible-year", "error", "平成29年度", "令和29年度")] * 2


def test_a_year_in_a_cell_that_is_no_passage_counts_too() -> None:
    node = measure("1", year=2025)
    block = Block(block_id="b", document_id="d", page=3, kind="cell", text="令和0年度", role="value")
    source = Provenance(
        table_name="measures",
        record_id=node.measure_id,
        field_name="fiscal_year",
        block_id="b",
        document_id="d",
        page=3,
    )
    (remark,) = checked(node, block, source)
    assert (remark.rule, remark.record, remark.observed) == ("impossible-year", node, "令和0年度")
    assert checked(node, replace(block, role="unclaimed"), source) == []


def test_a_year_in_a_cell_is_said_of_the_passage_whose_text_it_is_and_of_no_second_one() -> None:
    text = passage("令和0年度に開いた。", "finding")
    block = Block(block_id="b", document_id="d", page=1, kind="cell", text=text.text_raw, role="value")
    source = Provenance(
        table_name="passages", record_id=text.passage_id, field_name="text_raw", block_id="b", document_id="d", page=1,
    )  # fmt: skip
    assert [(remark.record, remark.field_name) for remark in checked(text, block, source)] == [(text, "text_raw")]
    head = replace(block, text="令和0年度")
    told = checked(text, head, replace(source, field_name="fiscal_year"))
    assert [(remark.record, remark.field_name) for remark in told] == [(text, "text_raw"), (text, "fiscal_year")]


@pytest.mark.parametrize(
    ("text", "expected", "observed"),
    [
        ("令和7年1月末時点で七千枚", "令和8年1月", "令和7年1月"),
        ("2025年3月現在で三軒", "2026年3月", "2025年3月"),
        ("令和6年11月時点で三軒", "令和7年11月", "令和6年11月"),
        ("令和6年4月時点で三軒", "令和7年4月", "令和6年4月"),
    ],
)
def test_an_as_of_date_before_the_year_is_said(text: str, expected: str, observed: str) -> None:
    node = measure("1", year=2025)
    assert brief(node, passage(text, "done", node)) == [("date-outside-year", "warning", expected, observed)]


@pytest.mark.parametrize(
    "text", ["令和8年1月末時点", "令和7年4月現在", "令和6年度末時点", "令和7年1月に開始", "1月末時点"]
)
def test_other_dates_are_left_alone(text: str) -> None:
    node = measure("1", year=2025)
    assert brief(node, passage(text, "finding", node)) == []
    assert brief(node, passage("令和7年1月末時点", "planned", node)) == []


@pytest.mark.parametrize(
    ("score", "text", "found"), [(85.0, "85", 0), (86.0, "86", 1), (85.4, "85.4", 0), (85.3, "85.3", 1)]
)
def test_a_score_may_differ_by_its_rounding_only(score: float, text: str, found: int) -> None:
    row = Score(document_id="d", score=score, score_max=100.0, score_text=text, score_recomputed=85.365853)
    remarks = brief(row)
    assert len(remarks) == found
    if found:
        assert remarks[0][:2] == ("score-differs", "error")


def test_a_score_may_be_off_by_half_its_last_digit_and_is_told_with_its_measure() -> None:
    row = Score(document_id="d", score=85.4, score_max=100.0, score_text="85.4", score_recomputed=85.352)
    assert brief(row) == []
    node = measure("1", "朝市")
    (remark,) = checked(node, replace(row, measure_id=node.measure_id, score_recomputed=85.0))
    assert remark.message.en == "the published score of 1 is 85.4, its counts and weights give 85.0"


def test_a_score_without_a_recomputation_is_not_judged() -> None:
    assert brief(Score(document_id="d", score=12.0, score_text="12")) == []


def test_a_grade_that_its_numbers_do_not_give_is_an_error() -> None:
    row = Grade(
        grade_id="g",
        document_id="d",
        fiscal_year=2025,
        grade_scheme_id="s",
        grade="A",
        grade_text="A",
        grade_recomputed="B",
    )
    assert brief(row) == [("grade-differs", "error", "B", "A")]
    assert brief(replace(row, grade_recomputed="A")) == brief(replace(row, grade_recomputed=None)) == []
    node = measure("1", "朝市")
    (remark,) = checked(node, replace(row, measure_id=node.measure_id))
    assert remark.message.en == "the grade of 1 in fiscal year 2025 is A, its target and actual give B"


def observation(role: ObservationRole, unit: str | None, year: int | None = 2025) -> Observation:
    return Observation(
        observation_id=f"o-{role}-{unit}-{year}", indicator_id="i", fiscal_year=year, role=role, unit=unit
    )


def test_an_actual_in_another_unit_is_said() -> None:
    indicator = Indicator(
        indicator_id="i", measure_id="m", indicator_text="朝市", indicator_measure="count", position=1
    )
    rows = indicator, observation("target", "回")
    assert brief(*rows, observation("actual", "人")) == [("unit-differs", "warning", "回", "人")]
    assert brief(*rows, observation("actual", "回")) == brief(*rows, observation("actual", None)) == []
    assert brief(*rows, observation("actual", "人", 2024)) == [("unit-differs", "warning", "回", "人")]
    assert brief(*rows, observation("baseline", "人", 2020)) == [("unit-differs", "warning", "回", "人")]
    assert brief(indicator, observation("target", "人"), observation("actual", "名")) == []
    told = checked(*rows, observation("actual", "人"), observation("baseline", "人", 2020))
    assert [remark.message.en for remark in told] == [
        "朝市: the target is in 回, the actual in 人", "朝市: the target is in 回, the baseline in 人"
    ]  # fmt: skip


def test_a_text_without_the_attribution_of_its_siblings_is_quoted() -> None:
    issues = [passage(f"課題{number}", "issue", attribution="市") for number in range(3)]
    (remark,) = checked(*issues, passage("名もない課題である", "issue"))
    assert (remark.rule, remark.severity, remark.expected, remark.observed) == ("label-missing", "warning", None, None)
    assert "名もない課題である" in remark.message.en


def test_most_texts_of_a_section_with_an_attribution_ask_the_others_for_one() -> None:
    issues = [passage(f"課題{number}", "issue", attribution="市") for number in range(3)]
    assert len(checked(*issues, passage("甲", "issue"), passage("乙", "issue"))) == 2


def test_sections_that_print_no_attribution_lack_none() -> None:
    assert brief(passage("甲", "issue"), passage("乙", "issue"), passage("丙", "issue", attribution="市")) == []
