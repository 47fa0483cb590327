"""Lines that set labels and what stands behind them apart by blanks: 担　当　課　　商工観光課."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from normalize.cells.kinds import kind_of
from normalize.cells.vocabulary import Term, term_of
from normalize.cells.years import YearSense
from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Fact, Node, Text
from normalize.forms.general.meaning import BODY
from normalize.forms.general.names import node_name
from normalize.text.folding import squeeze

_GAP: Final = re.compile(r"\t\s*|\s{2,}")
"""One blank stands between words, and between the characters of a label that is set wide."""

_READ: Final = frozenset({"name", "org", "passage"})
"""What such a line says. A judgement behind a blank is read where its mark or word tells that it is one."""


def spaced_facts(line: Excerpt, sense: YearSense) -> Iterator[Fact]:
    """The values of a line behind their labels, each apart from the next; nothing where it is no such line.

    All parts of the line take turns, so that no row of a table and no value with a gap of its own is taken for one.
    """
    parts = line.split(_GAP)
    if len(parts) == 1 and len(words := line.split(r"\s+")) == 2 and BODY.fullmatch(squeeze(words[1].text)):
        parts = words  # a name of a body tells itself: 担当課 港湾課
    labels = [_label(part) for part in parts[::2]]
    if len(parts) % 2 or any(term is None for term in labels) or any(_is_label(part) for part in parts[1::2]):
        return
    for head, term, value in zip(parts[::2], labels, parts[1::2], strict=True):
        kind = kind_of(value.text, sense)
        if term is None:
            continue
        if term.kind == "name" and kind in {"words", "label"}:
            code, name = node_name(value, head)
            if name is not None:
                yield Node(term.field, name, code, head)
        elif (term.kind == "org" and kind in {"words", "label"}) or (term.kind == "passage" and kind == "prose"):
            yield Text(term.kind, term.field, value, head)


def _label(part: Excerpt) -> Term | None:
    term = term_of(part.text)
    return term if term is not None and term.is_whole and term.kind in _READ else None


def _is_label(part: Excerpt) -> bool:
    term = term_of(part.text)
    return term is not None and term.is_whole
