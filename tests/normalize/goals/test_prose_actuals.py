"""Actuals in prose: stated numbers are taken; denied, planned, earlier, other bodies' and partial ones never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.goals.goal_parser import parse_target
from normalize.goals.prose_actuals import Answer, actual_in_prose
from normalize.goals.scope_marks import Reporter
from tests.normalize.goals.sentences import Told, not_stated, stated


def answer(goal: str, report: str) -> Answer:
    (only,) = parse_target(goal)
    return actual_in_prose(only, report, Reporter(2025, frozenset({"武蔵野市"})))


@given(stated())
def test_a_stated_number_is_taken(told: Told) -> None:
    found = answer(told.goal, told.report)
    assert found.actual is not None, told
    assert found.actual.text == told.number
    assert told.report[found.actual.start : found.actual.end] == told.number


@given(not_stated())
def test_a_number_that_is_not_stated_of_this_year_is_never_taken(told: Told) -> None:
    assert answer(told.goal, told.report).actual is None, told


@pytest.mark.parametrize(
    "report",
    [
        "見学会を4回または5回開催した。",
        "見学会9回のうち5回を終えた。",
        "見学会を月5回開催した。",
        "上半期に見学会を5回開催した。",
        "見学会を5回開催したとは言えない。",
        "見学会の参加は延べ9回、実数5回であった。",
        "見学会は延べ9回、実回数5回であった。",
        "見学会を3地区で各5回開催した。",
        "見学会を5回開催した。見学会を6回開催した。",
        "見学会5回について協議の記録を改めた。",
        "見学会を5回開催したが、うち2回は途中で中止となった。",
        "見学会5回を計画し、全て開催した。",
        "見学会は5回とした。",
        "参考値：見学会5回",
        "商工会が見学会を5回開催した。",
        "目標の見学会5回を達成した。",
        "東京都の事業として見学会が5回開催された。",
        "県の主催で見学会を5回開催した。",
        "町内会が見学会を5回開催した。",
        "見学会を5回開催した団体がある。",
        "本市を含む3市で見学会を5回開催した。",
        "見学会を春に5回、秋に5回開催した。",
    ],
)
def test_a_number_that_the_words_leave_open_is_named_and_not_taken(report: str) -> None:
    found = answer("見学会の開催:5回", report)
    assert found.actual is None
    assert found.unclear
    assert all("回" in report[start:end] for start, end in found.unclear)


@pytest.mark.parametrize(
    ("report", "number"),
    [
        ("【令和6年度】\n見学会を4回開催した。\n【令和7年度】\n見学会を5回開催した。", "5回"),
        ("昨年度の取組：\n・見学会4回を開催", None),
        ("見学会を5回開催で\nきなかった。", None),
        ("見学会を5回 開催した。", "5回"),
        ("見学会を4、5回開催した。", None),
        ("見学会を上期に3回、下期に2回、計5回開催した。", "計5回"),
        ("見学会を5回（屋内2回、屋外3回）開催した。", "5回"),
        ("見学会（全5回）を開催した。", "全5回"),
        ("見学会を開催した（5回）。", "5回"),
        ("見学会を中止した（5回）。", None),
        ("見学会の開催は5回で、昨年度より1回増えた。", "5回"),
        ("見学会は5回で、いずれも中止となった。", None),
        ("見学会5回の開催により、理解が深まった。", "5回"),
        ("見学会5回の中止により、目標に届かなかった。", None),
        ("見学会5回（予定）", None),
        ("見学会5回（令和6年度）", None),
        ("見学会5回（うち1回は夜間）を開催した。", "5回"),
        ("中止となった見学会5回の代わりに資料を配った。", None),
        ("昨年度は4回だったが、今年度は見学会を5回開催した。", "5回"),
        ("昨年度より1回多い見学会5回を開催した。", "5回"),
        ("令和6年度は見学会を4回開催した。令和7年度は5回であった。", "5回"),
    ],
)
def test_headings_lines_and_brackets(report: str, number: str | None) -> None:
    found = answer("見学会の開催:9回", report)
    assert (found.actual.text if found.actual else None) == number


def test_a_number_up_to_a_day_of_the_year_is_told_as_such() -> None:
    found = answer("見学会の開催:9回", "見学会を5回開催した（令和8年1月9日時点）。")
    assert found.actual is not None
    assert found.as_of
    assert not answer("見学会の開催:9回", "見学会を5回開催した。").as_of


def test_a_sum_over_years_answers_only_a_goal_for_such_a_sum() -> None:
    found = answer("累計40社の訪問", "訪問は累計32社となった。")
    assert found.actual is not None
    assert found.actual.value == 32
    assert answer("累計40社の訪問", "訪問は8社となった。").actual is None
    assert answer("40社の訪問", "訪問は累計32社となった。").actual is None


def test_what_a_body_does_that_acts_with_the_city_is_counted() -> None:
    (goal,) = parse_target("見学会の開催:9回")
    report = "商工会が見学会を5回開催した。"
    reporter = Reporter(2025, frozenset({"武蔵野市", "商工会"}))
    assert actual_in_prose(goal, report, reporter).actual is not None
    alone = actual_in_prose(goal, "商工会では、独自に見学会を5回開催した。", reporter)
    assert alone.actual is None
    assert alone.unclear


@pytest.mark.parametrize(
    "report",
    [
        "見学会を5回開催したのは前年度である。",
        "見学会5回は令和6年度の実績である。",
        "見学会を5回開催した昨年度に続き、今年度も開いた。",
        "見学会を5回開催したわけではない。",
        "見学会を5回開催したわけではありません。",
        "見学会の開催は、これで5回となった。",
    ],
)
def test_what_a_clause_is_said_to_be_of_counts_too(report: str) -> None:
    assert answer("見学会の開催:9回", report).actual is None


@pytest.mark.parametrize(
    "report",
    [
        "見学会を5回開催したのは今年度の成果である。",
        "見学会5回は今年度の実績である。",
        "見学会を5回開催した効果がある。",
    ],
)
def test_this_year_behind_its_clause_is_no_other(report: str) -> None:
    assert answer("見学会の開催:9回", report).actual is not None


@pytest.mark.parametrize("report", ["前回調査の4回から5回に増やした。", "昨年度の見学会4回から5回に増加した。"])
def test_what_a_number_rose_from_is_not_the_result(report: str) -> None:
    found = answer("見学会の開催:9回", f"見学会は{report}" if report.startswith("前回") else report)
    assert found.actual is not None
    assert found.actual.value == 5


PIECES = (
    "見学会", "苗木", "の", "を", "は", "が", "に", "と", "で", "5回", "３回", "2本", "開催", "配布", "した", "しない",
    "できず", "こと", "予定", "中止", "令和6年度", "今年度", "これまで", "他市", "、", "。", "\n", " ", "（", "）",
    "【", "】", "：", "うち", "または", "から", "計", "約", "①", "・", "昨年度", "目標", "12月末", "時点", "しか",
    "月", "%", "/", "△",
)  # fmt: skip
"""Pieces of reports: joined at random they meet each other as no one writes them."""


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_every_report_is_answered_with_what_it_prints(report: str) -> None:
    found = answer("見学会の開催:5回", report)
    if found.actual is not None:
        assert report[found.actual.start : found.actual.end] == found.actual.text
        assert found.actual.unit == "回"
        assert not found.unclear
    assert all(0 <= start < end <= len(report) for start, end in found.unclear)
