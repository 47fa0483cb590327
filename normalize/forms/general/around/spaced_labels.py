"""Lines that set labels and what stands behind them apart by blanks: 担　当　課　　商工観光課."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from normalize.cells.kinds import kind_of
from normalize.cells.vocabulary import Term, term_of, unit_note
from normalize.cells.years import YearSense
from normalize.document.text_span import Excerpt
from normalize.forms.general.around.line_labels import judgement_behind
from normalize.forms.general.cells.names import node_name
from normalize.forms.general.facts import Fact, Node, Text
from normalize.forms.general.heads.meaning import BODY
from normalize.text.folding import squeeze

GAP: Final = re.compile(r"\t\s*|\s{2,}")
"""One blank stands between words, and between the characters of a label that is set wide."""

_READ: Final = frozenset({"name", "org", "passage"})
"""What such a line says. A judgement alone behind a blank is read where its mark or word tells that it is one."""

_JUDGING: Final = frozenset({"grade", "direction", "evaluator"})

_BESIDE: Final = frozenset({*_READ, "aside", "code", "document", "group"})
"""Labels beside which words behind the label of a text are told; beside a cost or a role they are one of its sides."""

_PAIR: Final = 2

_Pair = tuple[Excerpt, Term, Excerpt]


def spaced_facts(line: Excerpt, sense: YearSense) -> Iterator[Fact]:
    """The values of a line behind their labels, each apart from the next; nothing where it is no such line.

    All parts of the line are labels, each with its value, so that no row of a table and no value with a gap of its own
    is taken for one. The label of a group may lead the others: 総合計画    施策    海の安全.
    """
    parts = line.split(GAP)
    if len(parts) == 1 and len(words := line.split(r"\s+")) == _PAIR and _tells_its_label(words):
        parts = words
    parts = _with_wide_labels(line, parts)
    pairs = _pairs(line, parts, sense)
    told = {"words", "prose"} if all(term.kind in _BESIDE for _, term, _ in pairs) else {"prose"}
    for head, term, value in pairs:
        kind = kind_of(value.text, sense)
        if term.kind == "name" and kind in {"words", "label", "code", "prose"}:
            code, name = node_name(value, head)
            if name is not None:
                yield Node(term.field, name, code, head)
        elif (term.kind == "org" and kind in {"words", "prose", "label"}) or (term.kind == "passage" and kind in told):
            yield Text(term.kind, term.field, value, head)
        elif term.kind in _JUDGING and kind in {"mark", "direction", "options"}:
            yield from judgement_behind(head, term, value)
        elif term.kind in _JUDGING and kind == "prose" and "。" in value.text:
            yield Text("passage", "next_year" if term.kind == "direction" else "finding", value, head)


def _tells_its_label(words: Sequence[Excerpt]) -> bool:
    """Whether one blank parts a label from what it labels: the name of a body (担当課 港湾課), or a sentence behind a
    label of texts (評価の理由 利用者が増えた。).
    """
    head, value = words
    term = whole_term(head.text)
    is_said = term is not None and term.kind == "passage" and value.text.endswith("。")
    return is_said or BODY.fullmatch(squeeze(value.text)) is not None


def _pairs(line: Excerpt, parts: Sequence[Excerpt], sense: YearSense) -> list[_Pair]:
    """The labels of a line with what they mean and their values; nothing where a part is neither, or none is read."""
    pairs: list[_Pair] = []
    at = 0
    while at < len(parts):
        term, rest = whole_term(parts[at].text), parts[at + 1 : at + 3]
        if term is None and pairs and all(_tells_itself(pair) for pair in pairs):
            break  # behind a name or a body stands what is not known
        if term is None or not rest or unit_note(rest[0].text) is not None:
            return []  # 主要事業    （単位：千円） is a heading
        if whole_term(rest[0].text) is not None:
            if term.kind != "group":
                return []
            at += 1
            continue
        are_one = len(rest) == _PAIR and whole_term(rest[1].text) is None and _are_one(term, rest, sense)
        value = _through(line, rest if are_one else rest[:1])
        pairs.append((parts[at], term, value))
        at += 3 if are_one else 2
    says = any(term.kind in _READ for _, term, _ in pairs)
    judges = bool(pairs) and all(term.kind in _JUDGING for _, term, _ in pairs)
    return pairs if says or (judges and (len(pairs) > 1 or "。" in pairs[0][2].text)) else []


def _tells_itself(pair: _Pair) -> bool:
    """Whether the value of a label is a body, as it ends like one, or stands behind the label of a name."""
    _, term, value = pair
    return term.kind == "name" or (term.kind == "org" and BODY.fullmatch(squeeze(value.text)) is not None)


def _are_one(term: Term, parts: Sequence[Excerpt], sense: YearSense) -> bool:
    """Whether two parts of a line are one value: a code and the name behind it, a department and its section."""
    if term.kind == "org":
        return all(BODY.fullmatch(squeeze(part.text)) for part in parts)
    return kind_of(parts[0].text, sense) == "code"


def _with_wide_labels(line: Excerpt, parts: Sequence[Excerpt]) -> list[Excerpt]:
    """The parts of a line with the characters of a label that is set wide as one: 目　　的."""
    found: list[Excerpt] = []
    at = 0
    while at < len(parts):
        stop = at
        while stop < len(parts) and len(parts[stop].text) == 1 and parts[stop].text.isalpha():
            stop += 1
        wide = _through(line, parts[at:stop]) if stop > at + 1 else None
        is_label = wide is not None and whole_term(wide.text) is not None
        found.append(wide if wide is not None and is_label else parts[at])
        at = stop if is_label else at + 1
    return found


def _through(line: Excerpt, parts: Sequence[Excerpt]) -> Excerpt:
    """A line from the first of some parts of it to the last."""
    return line.slice(parts[0].start - line.start, parts[-1].end - line.start)


def whole_term(text: str) -> Term | None:
    """The term that a text as a whole is."""
    term = term_of(text)
    return term if term is not None and term.is_whole else None
