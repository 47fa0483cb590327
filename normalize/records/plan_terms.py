"""What is wrong with the term that a document states for its plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normalize.document.plan_term import stated_terms
from normalize.document.text_span import Excerpt
from normalize.statements.statement import Remark
from schemas.messages import say


def terms_of_another_length(texts: Iterable[Excerpt]) -> Iterator[Remark]:
    """A finding for each term that is longer or shorter than the text says: 令和7年度から令和9年度の5年間."""
    for term, length in stated_terms(texts):
        if length not in (None, term.length):
            yield Remark(
                "ambiguous",
                "warning",
                say(
                    "{text} are {years} years, the text says {length}; no term was read from it",
                    text=term.source.printed,
                    years=term.length,
                    length=length,
                ),
                term.source,
                expected=str(length),
                observed=f"{term.source.printed} ({length})",
            )
