"""What a measure is about: the nouns of its passages, the telling ones first.

A BI tool can show them, and filter by them, without any Japanese processing of its own. Verbs are left out: in these
documents they are 行う and 図る, and what is done is said in nouns. The words are weighed against the other measures of
the same document only: what else is converted in the same run changes no document's rows.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schemas.codes import stop_words
from schemas.declare import Value, declaration_of
from schemas.records import Measure, Passage, Term, Token
from schemas.rows import ColumnRows, values_of

_DECIMALS = 9
"""Logarithms differ between platforms in their last digits; nine decimals do not."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The nouns of one measure by their normalised form: how often each stands there, and its commonest spelling."""

    counts: Counter[str]
    spellings: Mapping[str, str]


@dataclass(slots=True)
class _Level:
    """What the measures of one level share: how many of them have each normalised form."""

    spread: Counter[str]
    measures: int = 0

    def add(self, words: _Words) -> None:
        self.spread.update(words.counts.keys())
        self.measures += 1


def terms(measures: Iterable[Measure], passages: Iterable[Passage], tokens: Sequence[Token]) -> ColumnRows[Term]:
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
    columns: dict[str, list[Value]] = {column.name: [] for column in declaration_of(Term).columns}
    for measure in measures:
        if found := words.get(measure.measure_id):
            for name, values in _ranked(measure, found, levels[measure.measure_level]).items():
                columns[name] += values
    return ColumnRows(Term, columns)


def telling_nouns(tokens: Sequence[Token]) -> Iterator[tuple[str, str, str]]:
    """The tokens that can say what a measure is about, as passage, normalised form and surface.

    They are nouns that carry content and are no stop words.
    """
    nothing = stop_words()
    columns = (values_of(tokens, name) for name in ("passage_id", "normalized_form", "surface", "pos1", "is_content"))
    for passage_id, form, surface, pos1, is_content in zip(*columns, strict=True):
        if is_content and pos1 == "名詞" and form not in nothing:
            yield str(passage_id), str(form), str(surface)


def tf_idf(count: int, words: int, measures: int, measures_with_term: int) -> float:
    """The weight of a term: its share of the measure's nouns, times how few measures have it.

    ``count / words · (1 + ln((1 + measures) / (1 + measures_with_term)))``, the smoothed form that keeps words which
    all measures share above nought (as in scikit-learn's `TfidfTransformer`), rounded to nine decimals.

    >>> tf_idf(2, 10, measures=3, measures_with_term=3), tf_idf(2, 10, measures=3, measures_with_term=1)
    (0.2, 0.338629436)
    """
    return round(count / words * _rarity(measures, measures_with_term), _DECIMALS)


@lru_cache(maxsize=4096)
def _rarity(measures: int, measures_with_term: int) -> float:
    """How few measures have a term; a document asks for thousands of terms, and for some dozens of such numbers."""
    return 1 + math.log((1 + measures) / (1 + measures_with_term))


def _words_by_measure(
    measures: Iterable[Measure], passages: Iterable[Passage], tokens: Sequence[Token]
) -> Mapping[str, _Words]:
    parents = {measure.measure_id: measure.parent_measure_id for measure in measures}
    of_passage = {passage.passage_id: passage.measure_id for passage in passages}
    nouns: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for passage_id, form, surface in telling_nouns(tokens):
        node = of_passage.get(passage_id)
        while node is not None:
            nouns[node].append((form, surface))
            node = parents.get(node)
    return {node: _nouns_to_words(found) for node, found in nouns.items()}


def _nouns_to_words(nouns: Iterable[tuple[str, str]]) -> _Words:
    counts: Counter[str] = Counter()
    commonest: dict[str, tuple[int, str]] = {}
    for (form, surface), count in Counter(nouns).items():
        counts[form] += count
        # The first by code points among the commonest.
        commonest[form] = min(commonest.get(form, (0, "")), (-count, surface))
    return _Words(counts, {form: surface for form, (_, surface) in commonest.items()})


def _ranked(measure: Measure, words: _Words, level: _Level) -> Mapping[str, Sequence[Value]]:
    """The terms of one measure by column."""
    total = words.counts.total()
    weights = {form: tf_idf(count, total, level.measures, level.spread[form]) for form, count in words.counts.items()}
    forms = sorted(weights, key=lambda form: (-weights[form], form))
    return {
        "measure_id": [measure.measure_id] * len(forms),
        "document_id": [measure.document_id] * len(forms),
        "rank": range(1, len(forms) + 1),
        "term": [words.spellings[form] for form in forms],
        "normalized_form": forms,
        "count": [words.counts[form] for form in forms],
        "measure_count": [level.spread[form] for form in forms],
        "tf_idf": [weights[form] for form in forms],
    }
