"""What the pages say of speed and growth is what was measured."""

from __future__ import annotations

import json

from benchmarks.growth import RESULTS, Fit, growth_to_lines, pairs_to_ratio, read_growth, runs_to_fit
from benchmarks.learning import SHEETS, Learning, measure
from benchmarks.national import PAGE, renewed
from benchmarks.watching import Run


def test_the_table_of_a_national_archive_follows_from_the_results() -> None:
    """Renew it with ``python -m benchmarks.national``, and see that the words around it still hold."""
    page = PAGE.read_text(encoding="utf-8")
    assert page == renewed(page)


def test_the_page_of_growth_follows_from_the_results() -> None:
    growth = read_growth(RESULTS / "growth.json")
    assert (RESULTS / "growth.md").read_text(encoding="utf-8").splitlines() == [*growth_to_lines(growth)]


def run(documents: int, seconds: float, parent_mib: float) -> Run:
    return Run(documents, documents, 2, documents, seconds, 0.0, 2 * seconds, 0.0, parent_mib, 0.0, 0, 0, 0)


def test_growth_is_told_by_what_each_further_document_takes() -> None:
    assert runs_to_fit([run(10, 1, 100), run(100, 10, 150), run(1000, 100, 180)]) == Fit(1.0, 1.0, 1.2)
    assert runs_to_fit([run(100, 10, 100), run(1000, 190, 100)]).seconds == 2.0


def test_two_workers_are_held_against_one_in_the_same_pair() -> None:
    pairs = [(run(9, 20, 1), run(9, 10, 1)), (run(9, 30, 1), run(9, 10, 1)), (run(9, 90, 1), run(9, 50, 1))]
    assert pairs_to_ratio(pairs) == 2.0


def test_a_learnt_form_is_never_read_worse_than_in_general() -> None:
    """Renew the figures with ``python -m benchmarks.learning``, and see that the words of `docs/add-a-city.md` hold."""
    general, *learnt = (Learning(**one) for one in json.loads((RESULTS / "learning.json").read_text(encoding="utf-8")))
    assert [one.sheets for one in (general, *learnt)] == [*SHEETS]
    assert all(one.recall >= general.recall for one in learnt)
    assert all(one.false <= general.false and one.silent <= general.silent for one in learnt)


def test_learning_is_measured_on_sheets_that_nothing_was_learnt_from() -> None:
    general, learnt = (measure(sheets, forms=1, seed=16) for sheets in (0, 3))
    assert (general.facts, general.forms) == (learnt.facts, 1)
    assert learnt.recall >= general.recall > 0.5
