"""Facts in prose: labels in brackets inside a value, and indicators with their goals inside a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from normalize.cells.vocabulary import Term, term_of
from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Name, Named, Number, RowKey, Text
from normalize.goals.goal_parser import parse_target
from normalize.records.passages import items_of
from normalize.text.folding import clean, narrow, squeeze, without_bullet
from schemas.codes.signs import leading

_INNER_LABEL: Final = re.compile(r"(?m)^[^\S\n]*[【\[<＜〈≪](?P<label>[^【】\[\]<>＜＞〈〉≪≫\n]+)[】\]>＞〉≫][^\S\n]*")
_INNER: Final = r"[^【】〈〉＜＞≪≫《》\[\]]"
_CLOSED: Final = re.compile(rf"[【〈＜≪《\[](?:{_INNER}|[【〈＜≪《\[]{_INNER}*[】〉＞≫》\]])+[】〉＞≫》\]]")
"""A label in brackets, which may hold a remark in brackets: 【事業の目的【どのような結果を得るか】】."""

_JUDGED_OR_COUNTED: Final = frozenset({"grade", "direction", "evaluator", "cost", "indicator", "name", "org"})
_LONGEST_LABEL: Final = 40
_SHORTEST_TEXT: Final = 6
"""Characters of what stands under a label in its cell."""

_BRACKETS: Final = re.compile(r"[(（][^()（）]*[)）]")
"""What a label says of how to fill the place in."""

_INDICATOR: Final = re.compile(
    r"""(?:指標|KPI)[0-9①-⑨]? (?:\([^()\n]*\))? \s*:\s*
        (?P<name> [^【】\[\]\n]+? ) \s*
        [【\[(] \s* (?:数値)?目標(?:値|数値)? \s*:\s* (?P<goal> (?: [^()【】\[\]\n] | \([0-9]{4}\) )+ )""",
    re.VERBOSE,
)


SECTIONS_OF_ROLES: Final = {"target": "target", "actual": "done", "forecast": "planned", "baseline": "state"}
"""The section of words that stand under a role instead of numbers: a goal, a report, a plan."""


def section_under(term: Term | None) -> str:
    """The section of sentences under a heading that is such a term."""
    if term is None:
        return "background"
    if term.kind == "axis":
        return SECTIONS_OF_ROLES.get(term.field, "background")
    of_kind = {"passage": term.field, "direction": "next_year", "grade": "finding", "evaluator": "finding"}
    return of_kind.get(term.kind, "background")


def parts_of(value: Excerpt) -> list[tuple[Excerpt | None, Term | None, Excerpt]]:
    """The value of a form cell, then what stands in it behind known labels in brackets: label, term, text.

    >>> from normalize.document.text_span import Place
    >>> parts = parts_of(Excerpt.of("販路の開拓\\n【実施期間】\\n令和5年度～7年度", Place(0)))
    >>> [(label.text if label else None, text.text) for label, _, text in parts]
    [(None, '販路の開拓'), ('【実施期間】', '令和5年度～7年度')]
    """
    found = [
        (match, term)
        for match in _INNER_LABEL.finditer(value.text)
        if (term := term_of(match["label"])) is not None and term.is_whole
    ]
    starts = [match.start() for match, _ in found] + [len(value.text)]
    parts: list[tuple[Excerpt | None, Term | None, Excerpt]] = []
    if head := value.slice(0, starts[0]).strip():
        parts.append((None, None, head))
    for (match, term), end in zip(found, starts[1:], strict=True):
        parts.append((value.slice(*match.span()).strip(), term, value.slice(match.end(), end).strip()))
    return parts


def boxed_facts(value: Excerpt) -> list[Text]:
    """The texts of a box behind the labels that stand in it on lines of their own, known or in brackets.

    An empty list if the box does not begin with such a label, or a label is one of judgements, costs, indicators, names
    or organisations.

    >>> from normalize.document.text_span import Place
    >>> box = "【現状】\\n参加者が減っている。\\n【まちの声】\\n冬も開いてほしい。"
    >>> [(fact.field, fact.value.text) for fact in boxed_facts(Excerpt.of(box, Place(0, 0)))]
    [('state', '参加者が減っている。'), ('background', '冬も開いてほしい。')]
    """
    labels = [line for line in value.lines() if _is_box_label(line)]
    if not labels or value.text[: labels[0].start - value.start].strip():
        return []
    ends = [*(label.start for label in labels[1:]), value.end]
    found: list[Text] = []
    for label, end in zip(labels, ends, strict=True):
        text = value.slice(label.end - value.start, end - value.start).strip()
        term = term_of(label.text)
        if not text:
            continue
        if term is not None and term.is_whole and term.kind in _JUDGED_OR_COUNTED:
            return []
        found.append(Text("passage", section_under(term), text, label))
    return found


def is_listed(text: str) -> bool:
    """Whether a text is a list by the bullets of its lines: goals in words, no name of an indicator.

    >>> is_listed("・相談会の開催 4回/年\\n・手引きの改訂"), is_listed("相談件数（件）")
    (True, False)
    """
    return without_bullet(text.strip()) != text.strip()


def headed_text(value: Excerpt) -> Text | None:
    """The text of a cell that prints its own label on its first line: 達成指標, and the list of them under it.

    >>> from normalize.document.text_span import Place
    >>> fact = headed_text(Excerpt.of("達成指標\\n・相談会の開催\\n・手引きの改訂", Place(0, 0)))
    >>> fact.label.text, fact.field, fact.value.text
    ('達成指標', 'target', '・相談会の開催\\n・手引きの改訂')
    >>> headed_text(Excerpt.of("関連計画\\n・例規", Place(0, 0))) is None
    True
    """
    first, _, rest = value.text.partition("\n")
    term = term_of(first)
    if len(squeeze(rest)) < _SHORTEST_TEXT or ((whole := term_of(value.text)) is not None and whole.is_whole):
        return None  # a label on two lines
    if term is None or not term.is_whole or not (is_listed(rest) or "。" in _BRACKETS.sub("", rest)):
        return None
    is_goal = (term.kind, term.field) == ("indicator", "name") and is_listed(rest)
    if term.kind != "passage" and not is_goal:
        return None
    text = value.slice(len(first) + 1).strip()
    return Text("passage", "target" if is_goal else term.field, text, value.slice(0, len(first)).strip())


def _is_box_label(line: Excerpt) -> bool:
    plain = line.text.strip()
    if not plain or len(plain) > _LONGEST_LABEL or "。" in plain:
        return False
    if _CLOSED.fullmatch(plain):
        return True
    term = term_of(plain)
    return term is not None and term.kind == "passage" and (term.is_whole or plain[0] in leading("heading"))


def indicators_in(text: Excerpt, row: RowKey | None = None) -> Iterator[Number | Named]:
    """The indicators that a text names with a goal behind each: 指標：支援企業数【数値目標：10社(…)】.

    >>> from normalize.document.text_span import Place
    >>> text = Excerpt.of("・指標：支援企業数【数値目標：10社(延べ)】", Place(0))
    >>> [(fact.name.text, str(fact.value), fact.unit) for fact in indicators_in(text) if isinstance(fact, Number)]
    [('支援企業数', '10', '社')]
    """
    for match in _INDICATOR.finditer(narrow(text.text)):
        words = text.slice(*match.span("name")).strip()
        name = Name(clean(without_bullet(words.text)), (words,))
        goal_text = text.slice(*match.span("goal")).strip()
        goals = parse_target(goal_text.text)
        if not goals:
            yield Named(name, None, row)
        for goal in goals:
            yield Number(
                name=name,
                printed=goal_text.slice(goal.start, goal.end).strip(),
                year=goal.fiscal_year,
                role="target",
                value=goal.value,
                unit=goal.unit,
                comparator=goal.comparator,
                is_cost=False,
                year_source=goal_text if goal.fiscal_year is not None else None,
                role_source=None,
                unit_source=None,
                row=row,
                frequency=goal.frequency,
                deadline_fy=goal.deadline_fy,
                parsed=goal.parsed,
            )


def goals_of(fact: Text) -> list[Excerpt]:
    """The items of a text that lists goals (目標・指標); sentences are none, nor is a text that names its indicators.

    >>> from normalize.document.text_span import Place
    >>> label = Excerpt.of("目標・指標", Place(0, 0))
    >>> fact = Text("passage", "target", Excerpt.of("・出店数 4社/年\\n・市民に広く知らせる。", Place(0, 1)), label)
    >>> [item.text for item in goals_of(fact)]
    ['・出店数 4社/年']
    """
    if fact.field != "target" or fact.label is None or "指標" not in fact.label.text:
        return []
    if any(True for _ in indicators_in(fact.value)):
        return []
    return [item for item in items_of(fact.value) if "。" not in item.text]
