"""Judgements of a general document → grades and directions, else the prose about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from normalize.cells.choices import MARKS, one_marked_line, options_of
from normalize.cells.marks import DIRECTION_SCHEME, SCHEME, direction_of, is_unsettled, mark_of
from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Fact, Node, Text
from normalize.forms.general.settings import FORMS
from normalize.records.passages import items_of
from normalize.statements.numbering import draft_id
from normalize.statements.statement import Label, Remark, Statement, entry
from normalize.text.folding import clean, fold_mark, squeeze, without_bullet
from schemas.closed_sets import EVALUATORS
from schemas.declare import Text as Message
from schemas.document import Document
from schemas.messages import say
from schemas.records import Grade

Context = tuple[Node, ...]
"""The names over a fact."""

_MANAGER: Final = "指定管理者"
"""Who runs a facility for the municipality."""

_HIMSELF: Final = "自己"

_BETWEEN: Final = re.compile(r"[\s・/／、,，]+")
_TOLD_MARK: Final = re.compile(
    r"\s*(?:(?P<mark>\S)\s*[(（][^()（）]+[)）]|[一-龥ぁ-ん]{1,8}\s*[:：]?\s*(?P<behind>\S)(?=[\s、,，・/／]|$))\s*[、,，・/／]?"
)
"""A mark and what is said of it, among others of the kind: A（自己）B（外部）, 自己A 外部B."""

_YEAR_BEFORE: Final = re.compile("(?:前|昨)年度?")

_POINTS: Final = re.compile(r"(\d+)点?(?:[/／]\d+点?)?")
"""Points, alone or of how many: 4, 4点, 4／5."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a judgement is about: the node, the indicator where it judges one, and the year judged."""

    measure_id: str
    indicator_id: str | None
    fiscal_year: int | None


def judged_by_both(facts: Iterable[tuple[Fact, Context]]) -> list[tuple[Fact, Context]]:
    """The facts, where one judges himself and the department judges him too: it is no second self.

    指定管理者自己評価 and 所管課評価, in whatever tables; 自己評価 beside 所管課評価 in one table.
    """
    placed = list(facts)
    own = [fact for fact, _ in placed if isinstance(fact, Text) and _is_by_himself(fact)]
    is_managed = any(_says(fact, _MANAGER) for fact in own)
    tables = {fact.value.place.item for fact in own}
    return [
        (replace(fact, evaluator="internal"), context)
        if isinstance(fact, Text) and fact.evaluator == "self" and not _is_by_himself(fact)
        and (is_managed or fact.value.place.item in tables)
        else (fact, context)
        for fact, context in placed
    ]  # fmt: skip


def _is_by_himself(fact: Text) -> bool:
    """Whether a label says that one judges himself: 自己評価, 指定管理者評価."""
    return fact.evaluator == "self" and (_says(fact, _MANAGER) or _says(fact, _HIMSELF))


def _says(fact: Text, word: str) -> bool:
    return any(word in squeeze(text.text) for text in (fact.label, *fact.subject) if text is not None)


def judgement_statements(document: Document, fact: Text, whose: Whose) -> Iterator[Statement]:
    """The grades or directions of a cell: its chosen options, else each of its bullets, else all of it."""
    options = fact.options or options_of(fact.value) or one_marked_line(fact.value)
    if options is not None:
        for part in (*options.others, *options.marks):
            yield Label(part)
        if len(options.chosen) > 1 and all(mark_of(chosen.text) is not None for chosen in options.chosen):
            yield _two_boxes(fact, options.chosen)
            return
        for chosen in options.chosen:
            yield from _grade(document, fact, chosen, whose, is_option=True)
        return
    if fact.kind == "grade" and len(marks := _marks_of(fact.value.strip())) > 1:
        yield _two_boxes(fact, marks)
        return
    for item in items_of(fact.value):
        if is_unsettled(item.text):
            yield unsettled(item)
            continue
        yield from _grade(document, fact, item, whose, is_option=False)


def _marks_of(text: Excerpt) -> Sequence[Excerpt]:
    """The marks of a scale that a cell prints and nothing else: A・B, or ABC without anything between them.

    Nothing where it prints something else. AA is a mark of its own.
    """
    told = [*_TOLD_MARK.finditer(text.text)]
    if len(told) > 1 and sum(len(one[0]) for one in told) == len(text.text):
        return _of_scale([text.slice(*one.span("mark" if one["mark"] else "behind")) for one in told])
    parts = text.split(_BETWEEN)
    if len(parts) == 1 and len({*text.text}) == len(text.text):
        parts = [text.slice(at, at + 1) for at in range(len(text.text))]
    return _of_scale(parts)


def _of_scale(parts: Sequence[Excerpt]) -> Sequence[Excerpt]:
    return parts if all(fold_mark(part.text, MARKS) is not None for part in parts) else ()


def _two_boxes(fact: Text, chosen: Sequence[Excerpt]) -> Remark:
    """A scale of marks or letters with more than one of them chosen: which was meant is not said."""
    marks = ", ".join(one.printed for one in chosen)
    return Remark(
        "ambiguous",
        "warning",
        say(
            "{text}: more than one mark of one scale is chosen ({marks}), so none is said",
            text=fact.value.printed,
            marks=marks,
        ),
        fact.value,
        observed=fact.value.printed,
    )


def is_year_before(label: Excerpt | None) -> bool:
    """Whether a label says of a judgement only that it is of the year before: Ａ | 前年度 | Ｂ."""
    return label is not None and _YEAR_BEFORE.fullmatch(squeeze(label.text)) is not None


def no_grade(text: Excerpt) -> Remark:
    """What a finding says of a number that stands where a judgement is expected: 12.5%."""
    return Remark(
        "grade-unknown",
        "warning",
        say("{text} stands where a judgement is expected, and is none", text=text.printed),
        text,
        observed=text.printed,
    )


def unsettled(text: Excerpt) -> Remark:
    """What a finding says of a judgement that is not settled, or between two: A（仮）, Aに近いB."""
    return _doubt(text, say("{text} is no settled judgement of the whole year; none is said", text=text.printed))


def left_open(text: Excerpt) -> Remark:
    """What a finding says of options of which none is marked: the ring around one is drawn, or none was chosen."""
    return _doubt(text, say("{text} are options, and nothing tells which is chosen; none is said", text=text.printed))


def _doubt(text: Excerpt, message: Message) -> Remark:
    return Remark("ambiguous", "warning", message, text, observed=text.printed)


def _grade(document: Document, fact: Text, printed: Excerpt, whose: Whose, *, is_option: bool) -> Iterator[Statement]:
    mark = mark_of(printed.text)
    words = clean(without_bullet(printed.text)).rstrip("。")
    points = squeeze(printed.text)
    if fact.kind == "direction":
        scheme, grade = DIRECTION_SCHEME, direction_of(printed.text)
    elif mark is not None:
        scheme, grade = SCHEME, mark
    elif (of := _POINTS.fullmatch(points)) is not None:
        scheme, grade = SCHEME, of[1]
    else:
        scheme, grade = SCHEME, words if is_option or len(words) <= FORMS.longest_grade else None
    record = Grade(
        grade_id=draft_id(
            "grade", printed, whose.measure_id, whose.indicator_id, fact.evaluator, str(fact.value.place)
        ),
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
