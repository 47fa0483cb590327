"""The first broken files of the campaign: whatever is wrong with a file, it ends with a status and a reason."""

from __future__ import annotations

import pytest

from tests.fuzzing.campaign import Tally, run
from tests.fuzzing.inputs import make_input
from tests.fuzzing.judge import judge_conversion, judge_reading


@pytest.mark.parametrize("number", range(60))
def test_a_broken_file_is_read_or_says_why_not(number: int) -> None:
    assert judge_reading(*make_input(1, number)[:2]).defect is None


@pytest.mark.parametrize("number", range(60, 90))
def test_a_broken_file_is_converted_or_says_why_not(number: int) -> None:
    assert judge_conversion(*make_input(1, number)[:2]).defect is None


def test_a_campaign_judges_each_input_once_and_names_what_takes_too_long() -> None:
    tally = Tally()
    kinds = list(run("reading", 1, range(6), tally, workers=2, seconds=60, memory=4096))
    assert (len(kinds), tally.defects) == (6, [])
    assert list(run("reading", 1, range(1), tally, workers=1, seconds=0, memory=4096)) == ["killed"]
    assert tally.defects == [(0, "more than 0 s")]
