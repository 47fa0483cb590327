"""Ids follow the order of what is said, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from normalize.document.text_span import Excerpt, Place
from normalize.records.measures import node_of
from normalize.records.organisations import orgs_to_statements
from normalize.records.passages import passages
from normalize.statements.numbering import numbered
from normalize.statements.statement import Entry, Remark, Statement, entry
from schemas.messages import say
from schemas.records import Measure, MeasureOrg, Passage
from tests.strategies import text_document

DOCUMENT = text_document(())
OWN = DOCUMENT.document_id


def nodes(names: list[str]) -> list[Measure]:
    return [node_of(DOCUMENT, "measure", name=Excerpt.of(name, Place(at))) for at, name in enumerate(names)]


def records(statements: list[Statement]) -> list[object]:
    return [said.record for said in numbered(OWN, statements) if isinstance(said, Entry)]


@given(st.lists(st.sampled_from(["港", "畑", "森"]), min_size=1, max_size=6))
def test_measures_count_in_the_order_in_which_they_are_said(names: list[str]) -> None:
    made = nodes(names)
    said = records([entry(node) for node in made])
    assert [(m.measure_id, m.position) for m in said if isinstance(m, Measure)] == [
        (f"{OWN}-m{number}", number) for number in range(1, len(names) + 1)
    ]


def test_a_reference_is_numbered_before_and_behind_what_it_points_at() -> None:
    parent, child = nodes(["港", "畑"])
    below = replace(child, parent_measure_id=parent.measure_id)
    said = records([entry(below), entry(parent), entry(below)])
    assert [(m.measure_id, m.parent_measure_id) for m in said if isinstance(m, Measure)] == [
        (f"{OWN}-m1", f"{OWN}-m2"), (f"{OWN}-m2", None), (f"{OWN}-m1", f"{OWN}-m2")
    ]  # fmt: skip


def test_passages_count_in_their_section_and_bodies_in_their_role() -> None:
    [node] = nodes(["港"])
    text = Excerpt.of("・灯台を直した\n・船を数えた", Place(3))
    items = [text.slice(0, 7), text.slice(8)]
    statements: list[Statement] = [
        entry(node),
        *passages(items, OWN, "done", measure_id=node.measure_id),
        *passages(items[:1], OWN, "issue", measure_id=node.measure_id),
        *passages(items[:1], OWN, "issue"),
        *orgs_to_statements(Excerpt.of("港湾課、漁協", Place(4)), node.measure_id, "responsible"),
    ]
    said = records(statements)
    assert [(p.passage_id, p.item) for p in said if isinstance(p, Passage)] == [
        (f"{OWN}-m1-done-1", 1), (f"{OWN}-m1-done-2", 2), (f"{OWN}-m1-issue-1", 1), (f"{OWN}-issue-1", 1)
    ]  # fmt: skip
    assert [(o.org_name, o.position) for o in said if isinstance(o, MeasureOrg)] == [("港湾課", 1), ("漁協", 2)]


def test_a_remark_speaks_of_the_numbered_record() -> None:
    [node] = nodes(["港"])
    remark = Remark("label-missing", "error", say("the plan"), record=node)
    [_, said] = numbered(OWN, [entry(node), remark])
    assert isinstance(said, Remark)
    assert isinstance(said.record, Measure)
    assert said.record.measure_id == f"{OWN}-m1"


def test_a_record_that_has_its_id_and_position_keeps_them() -> None:
    [node] = nodes(["港"])
    own = replace(node, measure_id="given", position=7)
    assert records([entry(own), entry(node)])[0] == own
