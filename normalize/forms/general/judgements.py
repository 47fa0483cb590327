"""Judgements of a general document: a mark, a chosen option or words → grades and directions, else prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.choices import MARKS, options_listed, options_of
from normalize.forms.general.facts import Text
from normalize.forms.general.sketch import is_dash, is_prose
from normalize.records.passages import items_of
from normalize.statements.numbering import draft_id
from normalize.statements.statement import Label, Remark, Statement, entry
from normalize.text.folding import clean, enumerator, fold_mark, squeeze, without_bullet
from schemas.closed_sets import EVALUATORS
from schemas.codes import directions
from schemas.document import Document
from schemas.messages import say
from schemas.records import Grade

SCHEME: Final = "general"
"""Marks, letters and options as they are printed: nothing is known of their rank."""

DIRECTION_SCHEME: Final = "general-direction"

_HEAD: Final = re.compile(
    r"\s*(?P<mark>\S)\s*(?:[.:：．、，)）]|\s|(?=[一-龥ぁ-んァ-ヶ(（]))\s*(?P<words>\S.*)?", re.DOTALL
)
_LONGEST: Final = 32
_UNANSWERED: Final = 3
"""So many options side by side are the form's, and the one that was meant is drawn around or not printed."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a judgement is about: the node, the indicator where it judges one, and the year judged."""

    measure_id: str
    indicator_id: str | None
    fiscal_year: int | None


def is_judgement(text: str) -> bool:
    """Whether a cell beside 評価 holds a judgement rather than the prose about it, a rate, a question, or its options.

    >>> is_judgement("B.順調に推移していない"), is_judgement("参加者が増え、目標を上回った。"), is_judgement("85％")
    (True, False, False)
    >>> is_judgement("目的を達しているか"), is_judgement("高い・普通・低い")
    (False, False)
    """
    squeezed = squeeze(text)
    if (
        not squeezed
        or is_prose(text)
        or is_dash(text)
        or re.fullmatch(r"[\d.,]+%|.*(?:[るいたなき]か\??|\?)", squeezed)
    ):
        return False
    if len(options_listed(Excerpt.of(text.strip(), Place(0)))) >= _UNANSWERED:
        return False
    return len(squeezed) <= _LONGEST or mark_of(text) is not None


def mark_of(text: str) -> str | None:
    """The letter or mark that a judgement prints, alone or before its words.

    >>> mark_of("Ａ"), mark_of("B.改善の余地がある"), mark_of("〇 概ね達成"), mark_of("順調")
    ('A', 'B', '○', None)
    """
    alone = fold_mark(text, MARKS)
    if alone is not None:
        return alone
    match = _HEAD.fullmatch(text)
    if match is None or not match["words"]:
        return None
    mark = fold_mark(match["mark"], MARKS)
    is_letter = mark is not None and mark.isascii()
    is_parted = not re.match(r"\s*\S[A-Za-zァ-ヶ]", text)
    return mark if mark is not None and (is_parted or not is_letter) else None


def judgement_statements(document: Document, fact: Text, whose: Whose) -> Iterator[Statement]:
    """The grades or directions of a cell: its chosen options, else each of its bullets, else all of it."""
    options = fact.options or options_of(fact.value)
    if options is not None:
        for part in (*options.others, *options.marks):
            yield Label(part)
        for chosen in options.chosen:
            yield from _grade(document, fact, chosen, whose, is_option=True)
        return
    for item in items_of(fact.value):
        yield from _grade(document, fact, item, whose, is_option=False)


def _grade(document: Document, fact: Text, printed: Excerpt, whose: Whose, *, is_option: bool) -> Iterator[Statement]:
    mark = mark_of(printed.text)
    words = clean(without_bullet(printed.text))
    if fact.kind == "direction":
        scheme, grade = DIRECTION_SCHEME, direction_of(printed.text)
    elif mark is not None:
        scheme, grade = SCHEME, mark
    elif is_option:
        scheme, grade = SCHEME, words
    else:
        scheme, grade = SCHEME, None
    record = Grade(
        grade_id=draft_id("grade", printed, whose.measure_id, whose.indicator_id, fact.evaluator),
        document_id=document.document_id,
        measure_id=whose.measure_id,
        indicator_id=whose.indicator_id,
        fiscal_year=whose.fiscal_year,
        grade_scheme_id=scheme,
        grade=grade,
        grade_text=printed.printed,
        subject=clean("".join(part.text for part in fact.subject)) or None,
        evaluator=EVALUATORS.get(fact.evaluator or ""),
    )
    yield entry(
        record,
        grade=printed if grade is not None else None,
        grade_text=printed,
        subject=list(fact.subject),
        fiscal_year=fact.year_source if whose.fiscal_year == fact.year else None,
    )
    if grade is None and fact.kind == "direction":
        yield Remark(
            "grade-unknown",
            "note",
            say(
                "{word} is no direction that the words of directions.csv tell; its print is kept", word=printed.printed
            ),
            printed,
            record,
            "grade",
            observed=printed.printed,
        )


def direction_of(text: str) -> str | None:
    """The code of a direction, an enumerator or a letter before it aside; None for words that the data does not hold.

    >>> direction_of("現状維持"), direction_of("Ａ 拡充"), direction_of("１．縮小"), direction_of("別途検討")
    ('continue', 'expand', 'reduce', None)
    """
    known = {squeeze(word): code for word, code in directions().items()}
    words = without_bullet(text)
    numbered = enumerator(words)
    shapes = [words, numbered[1] if numbered else words, re.sub(r"^\s*\S\s*[.:：．、\s)）]\s*", "", words)]
    shapes += [re.sub(r"[(（].*[)）]$", "", shape) for shape in shapes]
    return next((known[key] for shape in shapes if (key := squeeze(shape)) in known), None)
