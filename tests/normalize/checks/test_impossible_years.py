"""Years that cannot be meant, judged by the document's own years and never by a clock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.checks.impossible_years import Horizon, horizon_of, impossible_years

REPORT = ["平成29年度から令和8年度まで", "令和3年度に開始", "令和5年3月", "令和元年度"]


@pytest.mark.parametrize(
    ("text", "observed", "reason", "suggestion"),
    [
        ("令和29年度に作成した", "令和29年度", "beyond-horizon", "平成29年度"),
        ("令和29年度～令和元年度", "令和29年度", "beyond-horizon", "平成29年度"),
        ("令和20年度～令和元年度", "令和20年度", "range-backwards", "平成20年度"),
        ("令和0年度", "令和0年度", "no-such-year", None),
        ("令和32年度に塗った", "令和32年度", "beyond-horizon", "昭和32年度"),  # no year 32 of 平成
        ("平成35年度", "平成35年度", "no-such-year", "令和5年度"),
        ("昭和70年", "昭和70年", "no-such-year", "平成7年"),
        ("令和6（2025）年度", "令和6（2025）年度", "no-such-year", "2025年度"),
    ],
)
def test_slips_are_told_with_what_may_be_meant(text: str, observed: str, reason: str, suggestion: str | None) -> None:
    (found,) = impossible_years(text, horizon_of([*REPORT, text]))
    assert (found.mention.text, found.reason, found.suggestion) == (observed, reason, suggestion)


@pytest.mark.parametrize(
    "text",
    [
        "平成31年度",
        "令和8年度",
        "令和15（2033）年度",
        "令和25（2043）年度",
        "2050年",
        "昭和64年",
        "令和6年度～令和8年度",
        "R64",
    ],
)
def test_what_can_be_meant_is_let_be(text: str) -> None:
    assert impossible_years(text, horizon_of([*REPORT, text])) == []


@pytest.mark.parametrize(
    "text",
    [
        "令和32年には港で働く人が半分になると推計される。",
        "令和29年度の見通しを示す。",
        "令和32年\t12,000人",
        "カーボンニュートラルを令和32年度までにめざす",
    ],
)
def test_a_projection_looks_far_ahead(text: str) -> None:
    assert impossible_years(text, horizon_of([*REPORT, text])) == []


def test_only_the_sentence_itself_makes_a_year_a_projection() -> None:
    text = "将来の港を推計した。令和29年に灯台を直した。令和32年度に塗った。"
    found = impossible_years(text, horizon_of([*REPORT, text]))
    assert [year.mention.text for year in found] == ["令和29年", "令和32年度"]


def test_an_old_plan_may_count_on_in_its_own_era() -> None:
    old = ["平成25年度から平成34年度まで", "平成26年3月"]
    assert impossible_years(old[0], horizon_of(old)) == []


def test_a_year_is_too_far_from_twenty_years_after_the_middle_one_on() -> None:
    horizon = horizon_of(["令和元年度", "令和3年度", "令和5年度"])
    assert horizon.latest == 2041
    assert [len(impossible_years(text, horizon)) for text in ("令和23年度", "令和24年度")] == [0, 1]


def test_a_document_of_one_year_is_judged_by_the_edition() -> None:
    text = "令和29年度"
    (found,) = impossible_years(text, horizon_of([text]))
    assert found.suggestion == "平成29年度"


@given(st.lists(st.integers(1, 12), min_size=3, max_size=20), st.integers(40, 200))
def test_one_wrong_year_does_not_move_the_horizon_past_itself(numbers: list[int], wrong: int) -> None:
    texts = [f"令和{number}年度" for number in numbers]
    slip = f"令和{wrong}年度"
    assert [y.mention.text for y in impossible_years(slip, horizon_of([*texts, slip]))] == [slip]


@given(st.integers(1, 60), st.integers(2000, 2100))
def test_a_suggestion_is_possible_itself(number: int, latest: int) -> None:
    horizon = Horizon(latest)
    for found in impossible_years(f"令和{number}年度", horizon):
        if found.suggestion:
            assert impossible_years(found.suggestion, horizon) == []
