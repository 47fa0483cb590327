"""What follows from the records of a document, in one place: tokens, terms, results."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.derived.results import results
from normalize.derived.terms import terms
from normalize.language.tokens import tokenize
from schemas.records import Measure, Passage, Record, Token
from schemas.rows import Tables, rows_of


def derive(tables: Tables, *, tokens: Sequence[Token] | None = None) -> dict[str, Sequence[Record]]:
    """The tables of one document with everything that follows from its records, derived anew.

    `tokens` are the tokens of the passages where they are known and the passages have not changed: cutting a text into
    words is the dearest part.
    """
    passages = rows_of(tables, Passage)
    cut = tokenize((passage.passage_id, passage.text) for passage in passages) if tokens is None else tokens
    derived = {**tables, "tokens": cut, "terms": terms(rows_of(tables, Measure), passages, cut)}
    return {**derived, "results": tuple(results(derived))}
