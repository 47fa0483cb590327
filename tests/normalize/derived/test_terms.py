"""Terms: every telling noun of a measure is counted, and what sets a measure apart stands first."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from normalize.derived.terms import telling_nouns, terms, tf_idf
from normalize.language.tokens import tokenize
from schemas.closed_sets import Level
from schemas.records import Measure, Passage, Term, Token

SENTENCES = (
    "市は創業支援を進める。",
    "商店会と創業支援を行う。",
    "買物弱者を支える。",
    "買い物弱者を助ける。",
    "、。",
    "",
)


def measure(identity: str, parent: str | None = None, level: Level = "measure") -> Measure:
    return Measure(measure_id=identity, document_id="d", parent_measure_id=parent, measure_level=level, position=1)


def said(*texts: tuple[str | None, str]) -> tuple[tuple[Passage, ...], Sequence[Token]]:
    """Passages by (measure, text) and their tokens."""
    passages = tuple(
        Passage(passage_id=f"p{n}", document_id="d", measure_id=node, section="done", item=1, text=text, text_raw=text)
        for n, (node, text) in enumerate(texts)
    )
    return passages, tokenize((passage.passage_id, passage.text) for passage in passages)


def terms_of(measures: Sequence[Measure], *texts: tuple[str | None, str]) -> list[Term]:
    return list(terms(measures, *said(*texts)))


def test_what_only_one_measure_says_weighs_more_than_what_all_say() -> None:
    found = terms_of([measure("a"), measure("b")], ("a", "創業支援と商店会"), ("b", "商店会"))
    assert [(term.measure_id, term.term, term.rank, term.measure_count) for term in found] == [
        ("a", "創業支援", 1, 1),
        ("a", "商店会", 2, 2),
        ("b", "商店会", 1, 2),
    ]


def test_spellings_of_one_word_are_one_term_shown_as_printed_most() -> None:
    found = terms_of([measure("a")], ("a", "買物弱者、買い物弱者、買物弱者"))
    assert [(term.term, term.normalized_form, term.count) for term in found] == [("買物弱者", "買い物弱者", 3)]


def test_verbs_counters_and_the_words_of_every_sheet_tell_nothing() -> None:
    found = terms_of([measure("a")], ("a", "今後、農地を借りる事業を3件検討すること。"))
    assert [term.term for term in found] == ["農地"]


def test_words_below_count_for_the_measures_above() -> None:
    found = terms_of([measure("a", level="policy"), measure("b", parent="a")], ("b", "商店会"), (None, "創業支援"))
    assert [(term.measure_id, term.term) for term in found] == [("a", "商店会"), ("b", "商店会")]


def test_levels_are_weighed_apart() -> None:
    found = terms_of([measure("a", level="policy"), measure("b", parent="a")], ("b", "商店会"))
    assert {term.measure_count for term in found} == {1}


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c", None]), st.sampled_from(SENTENCES)), max_size=6))
def test_every_telling_noun_is_counted_once_for_its_measure(texts: list[tuple[str | None, str]]) -> None:
    passages, tokens = said(*texts)
    found = list(terms([measure(identity) for identity in "abc"], passages, tokens))
    of_measure = {passage.passage_id for passage in passages if passage.measure_id}
    telling = [noun for passage_id, *noun in telling_nouns(tokens) if passage_id in of_measure]
    assert sum(term.count for term in found) == len(telling)
    for identity in "abc":
        own = [term for term in found if term.measure_id == identity]
        assert [term.rank for term in own] == list(range(1, len(own) + 1))
        assert sorted((-term.tf_idf, term.normalized_form) for term in own) == [
            (-term.tf_idf, term.normalized_form) for term in own
        ]


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1, 99))
def test_a_term_that_all_measures_have_weighs_its_share(count: int, more: int, measures: int) -> None:
    assert tf_idf(count, count + more, measures, measures) == round(count / (count + more), 9)
