"""What the pages say of speed and growth is what was measured."""

from __future__ import annotations

from benchmarks.growth import RESULTS, Fit, growth_to_lines, pairs_to_ratio, read_growth, runs_to_fit
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
