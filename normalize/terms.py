"""What a measure is about: the nouns of its passages, the telling ones first.

A BI tool can show them, and filter by them, without any Japanese processing of its own. Verbs are left out: in these
documents they are 行う and 図る, and what is done is said in nouns. The words are weighed against the other measures of
the same document only: what else is converted in the same run changes no document's rows.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from schemas.codes import stop_words
from schemas.records import Measure, Passage, Term, Token

_DECIMALS = 9
"""Logarithms differ between platforms in their last digits; nine decimals do not."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The nouns of one measure: how often each normalised form stands there, and in which spellings."""

    counts: Counter[str]
    surfaces: Mapping[str, Counter[str]]


@dataclass(slots=True)
class _Level:
    """What the measures of one level share: how many of them have each normalised form."""

    spread: Counter[str]
    measures: int = 0

    def add(self, words: _Words) -> None:
        self.spread.update(words.counts.keys())
        self.measures += 1


def terms(measures: Iterable[Measure], passages: Iterable[Passage], tokens: Iterable[Token]) -> Iterator[Term]:
    """The terms of each measure, in the measures' order; a measure without a telling noun has none.

    The words of a passage count for its measure and for every measure above it: a policy is about what its measures do.
    Spellings of one word are one term. Terms of equal weight stand in the order of their code points.
    """
    measures = tuple(measures)
    words = _words_by_measure(measures, passages, tokens)
    levels: dict[str, _Level] = {}
    for measure in measures:
        if found := words.get(measure.measure_id):
            levels.setdefault(measure.measure_level, _Level(Counter())).add(found)
    for measure in measures:
        if found := words.get(measure.measure_id):
            yield from _ranked(measure, found, levels[measure.measure_level])


def is_telling(token: Token) -> bool:
    """Whether a token can say what a measure is about: a noun that carries content and is no stop word."""
    return token.is_content and token.pos1 == "名詞" and token.normalized_form not in stop_words()


def tf_idf(count: int, words: int, measures: int, measures_with_term: int) -> float:
    """The weight of a term: its share of the measure's nouns, times how few measures have it.

    ``count / words · (1 + ln((1 + measures) / (1 + measures_with_term)))``, the smoothed form that keeps words which
    all measures share above nought (as in scikit-learn's `TfidfTransformer`), rounded to nine decimals.

    >>> tf_idf(2, 10, measures=3, measures_with_term=3), tf_idf(2, 10, measures=3, measures_with_term=1)
    (0.2, 0.338629436)
    """
    return round(count / words * (1 + math.log((1 + measures) / (1 + measures_with_term))), _DECIMALS)


def _words_by_measure(
    measures: tuple[Measure, ...], passages: Iterable[Passage], tokens: Iterable[Token]
) -> Mapping[str, _Words]:
    parents = {measure.measure_id: measure.parent_measure_id for measure in measures}
    of_passage = {passage.passage_id: passage.measure_id for passage in passages}
    surfaces: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for token in tokens:
        node = of_passage.get(token.passage_id) if is_telling(token) else None
        while node is not None:
            surfaces[node][token.normalized_form][token.surface] += 1
            node = parents.get(node)
    return {
        node: _Words(Counter({form: spellings.total() for form, spellings in found.items()}), found)
        for node, found in surfaces.items()
    }


def _ranked(measure: Measure, words: _Words, level: _Level) -> Iterator[Term]:
    total = words.counts.total()
    weights = {form: tf_idf(count, total, level.measures, level.spread[form]) for form, count in words.counts.items()}
    for rank, form in enumerate(sorted(weights, key=lambda form: (-weights[form], form)), start=1):
        yield Term(
            measure_id=measure.measure_id,
            document_id=measure.document_id,
            rank=rank,
            term=_commonest(words.surfaces[form]),
            normalized_form=form,
            count=words.counts[form],
            measure_count=level.spread[form],
            tf_idf=weights[form],
        )


def _commonest(spellings: Counter[str]) -> str:
    """The first by code points among the commonest."""
    most = max(spellings.values())
    return min(spelling for spelling, count in spellings.items() if count == most)
