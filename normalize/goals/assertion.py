"""Assertions: whether a sentence states a number as what was done, in the year and by the body reported on.

Nothing is taken for granted: a number is stated only where its clause is affirmed, past or lasting, of this year and
this body, and neither a part nor a sum over years, a change, a plan or a limit. Where the words leave that open, the
verdict is `unclear`, so that a finding can name the number instead of a value.
"""

from __future__ import annotations

import re
from typing import Final

from normalize.goals.clause_words import is_of
from normalize.goals.governed import by_predicate, governing_of, is_done, is_own
from normalize.goals.number_frames import REMARK, Verdict, by_frame, by_remark, is_total
from normalize.goals.predicates import Predicate, predicates
from normalize.goals.scope_marks import Mark, Reporter, governs, marks_in
from normalize.goals.sentence_rest import (
    is_deed_of_a_group,
    is_experience,
    is_of_an_agent,
    is_provisional,
    is_taken_back,
)
from normalize.language.tokens import Morph, morphs

_CLOSED: Final = re.compile(
    r"\s*[でと][、,](?!.*(?:いずれも|全て|すべて|どれも|全部|全回))"
    r"|\s*で(?:過去)?最[高多大少低]|\s*と(?=目標|計画|前年|昨年|過去|例年|大きく|大幅)"
)
_EXCEPT: Final = re.compile(r"を除[いくき]て?[^。0-9]*$|を含[まめ](?:ず|ない)[^。0-9]*$")
"""What a sentence leaves out before it counts: whether the number is the whole then is not said."""

_THE_REST: Final = re.compile(r"残[りるっ][^。]{0,6}[0-9]")
_FOCUS: Final = re.compile(r"\s*の[はが]\s*|\s*")
"""What stands between a clause and the time that it is told of: 開催したのは昨年度である, 開催した昨年度に続き."""

_TOPIC: Final = re.compile(r"\s*は[、,]?\s*")
"""Behind a number that something is said of: 5回は令和6年度の実績."""

_SO: Final = re.compile(
    r"(?:の?(?:もの|分|実績|回数|件数|人数|数値?|値)(?:で(?:ある|す|あり|、)|。|$)|で(?:ある|す|、)|。|$)"
)
"""What stands behind a time, or a body, that the number is said to be of."""


def verdict(
    text: str,
    span: tuple[int, int],
    counted: frozenset[str],
    own: frozenset[str],
    reporter: Reporter,
) -> Verdict:
    """What a sentence says of the number that stands at `span` of it; `text` is narrow and has no line ends.

    `counted` are the nouns that the number counts, `own` those of the goal: what the goal itself names (申請件数) is no
    mere wish when it is stated. `reporter` says of which year and which bodies the report is told.

    >>> said = lambda text: verdict(text, (2, 4), frozenset({"講座"}), frozenset(), Reporter(2025))
    >>> said("講座5回を開いた。"), said("講座5回を見送った。"), said("講座5回を改めた。")
    ('stated', 'denied', 'unclear')
    """
    start, end = span
    before, after = text[:start], text[end:]
    framed = by_frame(before, text[start:end], after, own)
    if framed == "unclear" and _by_marks(text, start, end, None, counted, reporter) == "denied":
        return "denied"  # 前年度の38人を上回った
    if framed is not None:
        return framed
    said = [by_remark(after, reporter), _by_modifier(before), "unclear" if _EXCEPT.search(before) else "stated"]
    text = before + text[start:end] + REMARK.sub(lambda match: " " * len(match[0]), after, count=1)
    governing = _around_bracket(text, start, end) or (None if _CLOSED.match(text[end:]) else governing_of(text, end))
    said.append(_by_head(text, end, governing, own))
    said.append(by_predicate(text, end, governing, own))
    said.append(_by_marks(text, start, end, governing, counted, reporter))
    if _is_continued(text, end) or _is_left_open(text, span, governing, counted, own):
        said.append("unclear")
    return next((worst for worst in ("denied", "unclear", "so-far", "as-of") if worst in said), "stated")


def _is_left_open(
    text: str, span: tuple[int, int], governing: Predicate | None, counted: frozenset[str], own: frozenset[str]
) -> bool:
    """Whether the rest of the sentence leaves open that a number is the result, though its own clause states it."""
    unit, rest = text[slice(*span)].lstrip("約計0123456789,. "), text[span[1] :]
    if is_provisional(rest) or is_experience(rest) or is_taken_back(text, span[1], unit, own):
        return True
    if governing is None or governing.negated:
        return False
    agent = is_of_an_agent(text[governing.end :], governing, counted, own)
    return agent or is_deed_of_a_group(unit, rest, governing, own)


def _is_continued(text: str, end: int) -> bool:
    """Whether the rest of a sentence says that what was left was done as well: 1回開催し、残り2回は書面で実施した."""
    rest = _THE_REST.search(text, end)
    later = [*predicates([word for word in morphs(text) if word.begin >= rest.end()])] if rest else []
    return bool(later) and is_done(later[-1]) and not (later[-1].negated or is_of("undone", *later[-1].words))


def _by_modifier(before: str) -> Verdict:
    """What a clause says that qualifies the number's noun: 中止となった講座5回, 実施できなかった講座5回."""
    words = [word for word in morphs(before) if word.pos1 != "空白"]
    last = next((found for found in reversed([*predicates(words)]) if found.form == "relative"), None)
    if last is None or any(
        word.pos1 in ("助詞", "補助記号") and word.surface not in ("の", "・")
        for word in words
        if word.begin >= last.end
    ):
        return "stated"
    return "denied" if last.negated or is_of("undone", *last.words) else "stated"


def _around_bracket(text: str, start: int, end: int) -> Predicate | None:
    """The predicate in front of a bracket that holds nothing but the number and ends the clause: 実施した（25社）。"""
    opening = text[:start].rstrip()
    closing = text[end:].lstrip()
    if not opening.endswith("(") or re.match(r"\)\s*(?:[。、]|$)", closing) is None:
        return None
    before = [*predicates(morphs(opening[:-1]))]
    return before[-1] if before and before[-1].end == len(opening[:-1].rstrip()) else None


def _by_head(text: str, end: int, governing: Predicate | None, own: frozenset[str]) -> Verdict:
    """What the noun says that の puts behind the number: 5回の申込み is no 5回の開催."""
    limit = governing.begin if governing else len(text)
    words = [word for word in morphs(text) if end <= word.begin < max(limit, end) and word.pos1 != "空白"]
    if not words or words[0].surface != "の":
        return "stated"
    nouns: list[Morph] = []
    for word in words[1:]:
        if word.pos1 not in ("名詞", "接頭辞", "接尾辞", "形状詞") and word.surface not in ("の", "・"):
            break
        nouns.append(word)
    nouns = [word for word in nouns if word.pos1 in ("名詞", "形状詞")]
    if not nouns:
        return "stated"
    head = nouns[-1]
    if is_of("undone", head):
        return "denied"
    if is_own(head, own):
        return "stated"
    if is_of("asked", head) or is_of("planned", head):
        return "denied"
    return "stated" if is_of("thing", head) or is_of("done", head) or not own else "unclear"


def _by_marks(
    text: str,
    start: int,
    end: int,
    governing: Predicate | None,
    counted: frozenset[str],
    reporter: Reporter,
) -> Verdict:
    """What the words of time and the names of bodies say, of which the last in front of the number counts."""
    marks = marks_in(text, reporter)
    said: list[Verdict] = []
    for kinds in (("this-year", "other-year", "many-years", "part-year"), ("other-body", "partner")):
        for mark in reversed([mark for mark in marks if mark.kind in kinds and mark.end <= start]):
            told = governs(mark, text, start, counted)
            if told is False or (mark.kind == "part-year" and is_total(text[start:end])):
                continue
            said.append(_of_mark(mark, sure=told is True))
            break
    limit = governing.begin if governing else end
    said += [_of_mark(mark, sure=True) for mark in marks if _is_focus(mark, text, end, governing)]
    for mark in marks:
        if mark.kind == "as-of":
            said.append("as-of" if mark.begin >= end and _is_bracketed(text, mark) else "so-far")
        elif end <= mark.begin < limit and mark.kind != "this-year":
            told = governs(mark, text, limit, counted) if limit > mark.end else True
            said += [] if told is False else [_of_mark(mark, sure=True)]
    return next((worst for worst in ("denied", "unclear", "so-far", "as-of") if worst in said), "stated")


def _is_focus(mark: Mark, text: str, end: int, governing: Predicate | None) -> bool:
    """Whether a number, or the clause that holds it, is said to be of a time or body behind: 5回は令和6年度の実績."""
    if governing is not None and governing.form in ("relative", "nominal"):
        focus = _FOCUS.match(text, governing.end)
        return focus is not None and mark.begin == focus.end()
    topic = _TOPIC.match(text, end)
    return topic is not None and mark.begin == topic.end() and _SO.match(text, mark.end) is not None


def _is_bracketed(text: str, mark: Mark) -> bool:
    """Whether a mark stands in a bracket: 33件を認定した（12月末時点）."""
    return text.rfind("(", 0, mark.begin) > text.rfind(")", 0, mark.begin)


def _of_mark(mark: Mark, *, sure: bool) -> Verdict:
    if mark.kind == "this-year":
        return "stated"
    if mark.kind in ("part-year", "partner") or not sure:
        return "unclear"
    return "denied"
