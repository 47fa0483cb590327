"""The generator of forms: the same number gives the same form, every fact is printed; and a few forms are read back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract import read_document
from normalize import read_records
from tests.forms.comparing import fold
from tests.forms.compose import compose
from tests.forms.judge import judge
from tests.forms.model import Cell, Fact, Grid, below, beside
from tests.forms.press import How, facts_to_csv, press
from tests.forms.run import Figures, judged

MADE = range(80)
READ: dict[How, range] = {"text": range(60), "reportlab": range(20)}
RECALL = 0.97
"""What is read of these forms at least. Raise it whenever the reader is better."""
FALSE = 0.01
"""The largest share of their records that is false. Lower it whenever the reader is better."""


@pytest.mark.parametrize("how", ["text", "reportlab"])
def test_a_number_gives_the_same_form_again(how: How) -> None:
    assert press(compose(7), how) == press(compose(7), how)
    assert facts_to_csv(compose(7)) == facts_to_csv(compose(7))
    assert press(compose(7, seed=1), how) != press(compose(7), how)


@pytest.mark.parametrize("number", MADE)
def test_every_fact_is_printed(number: int) -> None:
    form = compose(number)
    text = fold(press(form, "text").decode().replace("<br>", ""))
    for _, fact in form.facts:
        if fact.field != "document_fiscal_year" or fact.printed:
            printed = fact.printed or fact.text or fact.name
            assert fold(printed.replace("\n", "")) in text, fact
        for name in (fact.name, fact.measure):
            assert fold(name) in text, fact


@pytest.mark.parametrize("number", MADE)
def test_no_two_cells_of_a_grid_overlap(number: int) -> None:
    for item in compose(number).items:
        if isinstance(item, Grid):
            places = [
                (row, x)
                for cell in item.cells
                for row in range(cell.row, cell.row + cell.rows)
                for x in range(cell.x0, cell.x1)
            ]
            assert len(places) == len({*places})


@pytest.mark.parametrize("number", MADE)
def test_amounts_of_one_name_year_and_role_are_one(number: int) -> None:
    said: dict[tuple[object, ...], str] = {}
    for _, fact in compose(number).facts:
        if fact.field in ("target", "actual", "expected", "cost"):
            key = (
                fact.field,
                fact.labels,
                fact.name,
                fact.measure,
                fact.year,
                fact.text if fact.field == "cost" else "",
            )
            assert said.setdefault(key, fact.value) == fact.value, fact


def test_grids_are_glued_and_set_side_by_side() -> None:
    one = Grid((Cell(0, 0, 120, "一"),))
    two = Grid((Cell(0, 0, 60, "二"), Cell(0, 60, 120, "三")))
    assert [(cell.row, cell.text) for cell in below(one, two).cells] == [(0, "一"), (1, "二"), (1, "三")]
    assert [(cell.x0, cell.x1) for cell in beside(one, two).cells] == [(0, 58), (62, 91), (91, 120)]


def test_a_judge_finds_what_is_missing_false_and_told() -> None:
    form = next(form for form in map(compose, range(100)) if any("budget list" in block.kind for block in form.blocks))
    records = read_records(read_document(press(form, "text"), "form.txt"))
    verdict = judge(form, records)
    facts = [fact for _, fact in form.facts]
    assert len(verdict.asked) == sum(not fact.also for fact in facts)
    assert len(verdict.found) + len(verdict.missing) == len(verdict.asked)
    assert verdict.found
    nothing = judge(replace(form, blocks=()), records)
    assert not nothing.asked
    assert len(nothing.false) == len(verdict.right) + len(verdict.false)
    other = tuple(replace(block, facts=tuple(map(_doubled, block.facts))) for block in form.blocks)
    worse = judge(replace(form, blocks=other), records)
    assert len(worse.found) < len(verdict.found)
    assert any("amount" in false.wrong for false in worse.false)


def _doubled(fact: Fact) -> Fact:
    return replace(fact, value=str(2 * int(fact.value) + 1)) if fact.field == "cost" else fact


@pytest.mark.parametrize("how", READ)
def test_forms_are_read_as_well_as_before(how: How) -> None:
    figures = Figures()
    for number in READ[how]:
        at, kinds, verdict = judged(number, 0, how)
        figures.add(at, verdict, kinds)
    whole = figures.whole
    print(*figures.lines(), *figures.fault_lines(), sep="\n")
    assert not figures.broken
    assert whole.recall >= RECALL
    assert whole.false / (whole.right + whole.false) <= FALSE


def test_a_form_without_facts_has_none() -> None:
    forms = [
        form for form in map(compose, range(200)) if any(block.kind.startswith("nothing") for block in form.blocks)
    ]
    assert forms
    assert all(fact.also for form in forms for _, fact in form.facts)
