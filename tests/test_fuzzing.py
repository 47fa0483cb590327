"""The first broken files of the campaign: whatever is wrong with a file, it ends with a status and a reason."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms.compose import compose
from tests.forms.press import How
from tests.fuzzing import form_mutations, office_bases, office_mutations, pdf_mutations, text_mutations
from tests.fuzzing.bases import GROUPS
from tests.fuzzing.campaign import Tally, run
from tests.fuzzing.inputs import make_input
from tests.fuzzing.judge import judge_conversion, judge_reading
from tests.fuzzing.meaning import CHANGES, defects, known, traps
from tests.fuzzing.seams import SEAMS


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


@pytest.mark.parametrize("name", SEAMS)
def test_a_seam_takes_sound_input_before_it_is_broken(name: str) -> None:
    take, seeds = SEAMS[name]
    for seed in seeds():
        take(seed)


@given(st.text(max_size=40))
def test_any_words_in_a_cell_are_years_amounts_and_goals_or_nothing(words: str) -> None:
    SEAMS["words"].take(words.encode("utf-8", "surrogatepass"))


def test_the_campaign_breaks_files_in_every_way_there_is() -> None:
    made = [make_input(1, number) for number in range(3_000)]
    seen = Counter(name for broken in made for name in broken.mutations)
    modules = (pdf_mutations, text_mutations, office_mutations, form_mutations)
    every = {mutate.__name__ for module in modules for mutate in module.MUTATIONS}
    assert not {name for name in every if seen[name] < 5}
    office = {f"office file {name.rpartition('.')[2]}" for name, _ in (*office_bases.packages(), *office_bases.texts())}
    forms = {f"form {kind}" for kind in form_mutations.KINDS}
    assert {broken.base for broken in made} == office | forms | {base.group for group in GROUPS for base in group()}


@pytest.mark.parametrize(("number", "how"), [(12, "text"), (7, "html"), (22, "html"), (10, "xlsx")])
def test_what_a_changed_form_no_more_says_is_not_said_without_a_finding(number: int, how: How) -> None:
    form = compose(number, 1)
    made = [*traps(number, 1, how)]
    assert {trap.name for trap in made} <= {change.__name__ for change in CHANGES}
    assert made
    before = known(form, how)
    assert not [(trap.name, defect) for trap in made for defect in defects(trap, how, before)]


def test_every_change_can_be_made() -> None:
    """A sum under a list and a shifted number fit few forms; a number is covered in a workbook alone."""
    made = {trap.name for number in range(300) for trap in traps(number, 2, "html")}
    made |= {trap.name for number in range(8) for trap in traps(number, 2, "xlsx")}
    assert not {change.__name__ for change in CHANGES} - made
