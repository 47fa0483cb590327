"""Assertions: whether a sentence states a number as what was done, in the year and by the body reported on.

Nothing is taken for granted: a number is stated only where its clause is affirmed, past or lasting, of this year and
this body, and neither a part nor a sum over years, a change, a plan or a limit. Where the words leave that open, the
verdict is `unclear`, so that a finding can name the number instead of a value.
"""

from __future__ import annotations

import re
from typing import Final

from normalize.goals.clause_words import is_of
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

_AS_NOUN: Final = {
    "訪れる": "訪問", "回る": "訪問", "配る": "配布", "配付": "配布", "開く": "開催", "催す": "開催", "作る": "作成",
    "使う": "活用", "利用": "活用", "生み出す": "創出", "受け付ける": "受け付け", "植える": "植樹", "設ける": "設置",
    "受け入れる": "受け入れ",
}  # fmt: skip
"""Verbs that say the same as a verbal noun."""

_THROUGH: Final = re.compile(r"[^。、]{0,12}(?:を通[じし]て|により|によって)")
_CLOSED: Final = re.compile(
    r"\s*[でと][、,](?!.*(?:いずれも|全て|すべて|どれも|全部|全回))"
    r"|\s*で(?:過去)?最[高多大少低]|\s*と(?=目標|計画|前年|昨年|過去|例年|大きく|大幅)"
)
_EXCEPT: Final = re.compile(r"を除[いくき]て?[^。0-9]*$|を含[まめ](?:ず|ない)[^。0-9]*$")
"""What a sentence leaves out before it counts: whether the number is the whole then is not said."""

_GIVEN: Final = re.compile(r"\s*に(?:対し(?:て)?)?、?[^、。はが]{2,12}を$")
"""What is given to those who are counted."""

_THE_REST: Final = re.compile(r"残[りるっ][^。]{0,6}[0-9]")
_EXISTS: Final = re.compile(
    r"\s*[一-龥ァ-ヶー]{0,8}(?:[者体業社店校所会人市町村区園館]|組合|グループ|ところ)[がもは](?:ある|あった|いる|いた|あり|おり)"
)
"""Bodies that a clause qualifies and of which there only are some: 開催した団体がある; whether that counts is open."""

_FOCUS: Final = re.compile(r"\s*の[はが]\s*|\s*")
"""What stands between a clause and the time that it is told of: 開催したのは昨年度である, 開催した昨年度に続き."""

_TOPIC: Final = re.compile(r"\s*は[、,]?\s*")
"""Behind a number that something is said of: 5回は令和6年度の実績."""

_SO: Final = re.compile(
    r"(?:の?(?:もの|分|実績|回数|件数|人数|数値?|値)(?:で(?:ある|す|あり|、)|。|$)|で(?:ある|す|、)|。|$)"
)
"""What stands behind a time, or a body, that the number is said to be of."""

_TOPIC_REACH: Final = 8
"""Characters behind a number up to the は of what it is said of: 10人の参加者は."""

_ONLY: Final = re.compile(r"\s*しか")


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
    governing = _around_bracket(text, start, end) or (None if _CLOSED.match(text[end:]) else _governing(text, end))
    said.append(_by_head(text, end, governing, own))
    said.append(_by_predicate(text, end, governing, own))
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
    return bool(later) and _is_done(later[-1]) and not (later[-1].negated or is_of("undone", *later[-1].words))


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


def _governing(text: str, end: int) -> Predicate | None:
    """The predicate that the number belongs to: the next one, or behind a topic (5回は、…) the next main one.

    A clause with a subject of its own (講師の都合がつかず) is passed over where another predicate follows.
    """
    words = [word for word in morphs(text) if word.begin >= end]
    found = [*predicates(words)]
    particle = next((word.surface for word in words if word.pos1 not in ("名詞", "接尾辞", "空白", "補助記号")), "")
    behind = end
    for position, predicate in enumerate(found):
        between = [word for word in words if behind <= word.begin < predicate.begin]
        subject = any(
            word.surface == "が" and index and between[index - 1].pos3 != "助数詞可能"
            for index, word in enumerate(between)
        )
        topic = particle == "は" or "は" in text[end : end + _TOPIC_REACH].split("、")[0]
        passed = (subject and position == 0 and particle not in ("が", "")) or (
            topic and predicate.form == "running" and not is_of("undone", *predicate.words)
        )
        if predicate.form == "relative" and predicate.words and not predicate.copula and position + 1 < len(found):
            passed = passed or (bool(between) and any(word.surface == "、" for word in between))
        passed = passed or (predicate.form == "relative" and predicate.words[-1].pos1 == "形容詞")
        if passed and position + 1 < len(found):
            behind = predicate.end
            continue
        return predicate
    return None


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
    if _is_own(head, own):
        return "stated"
    if is_of("asked", head) or is_of("planned", head):
        return "denied"
    return "stated" if is_of("thing", head) or is_of("done", head) or not own else "unclear"


def _by_predicate(text: str, end: int, governing: Predicate | None, own: frozenset[str]) -> Verdict:
    if governing is None:
        return "stated"  # 講座 5回: a list
    link = text[end : governing.begin]
    if link.strip() == "と" and [word.normalized_form for word in governing.words] == ["為る"]:
        return "unclear"  # 3件とした: decided, or counted
    only = _ONLY.match(link) is not None
    words = governing.words
    if _THROUGH.match(text[end:]):
        return "stated"
    if governing.copula and governing.begin <= end + 1 and not governing.negated:
        return _lasting(text, governing)
    if _GIVEN.match(link) and own and not governing.negated and deeds(text, end).isdisjoint(own):
        return "unclear"  # 出店者25人にアンケートを実施した
    if governing.negated:
        return "stated" if only else "denied"
    if is_of("undone", *words):
        return "denied"
    mine = any(_is_own(word, own) for word in words)
    if governing.unreal or governing.form == "condition":
        return "denied"
    if governing.form == "relative" and _EXISTS.match(text, governing.end):
        return "unclear"
    if governing.form == "quoted" or (governing.head is not None and is_of("instance", governing.head)):
        return "unclear"
    if is_of("planned", *words) and not mine:
        return "denied" if _stays_planned(text, governing) else "unclear"
    to_there = re.search(r"(?:に|へ|まで|と)(?:大幅に|まで)?\s*$", link) is not None
    if (is_of("changed", *words) and not to_there) or (is_of("asked", *words) and not mine):
        return "denied"
    if not (governing.past or governing.lasting):
        return _untensed(text, governing)
    if is_of("changed", *words):
        return "stated"
    if any(word.surface.endswith("中") for word in words):
        return "unclear"  # 協議中, 実施中: nothing is said to be done
    if governing.copula or mine or _is_done(governing):
        return _lasting(text, governing)
    return "unclear"


def _is_done(predicate: Predicate) -> bool:
    """Whether a predicate says that something was done; a light verb says what its noun says (確認を行った)."""
    nouns = [word for word in predicate.words if word.pos1 in ("名詞", "形状詞")]
    return is_of("done", *(nouns or predicate.words))


def _stays_planned(text: str, governing: Predicate) -> bool:
    """Whether no later clause says that the plan was carried out (5回を計画し、全て実施した)."""
    later = [*predicates([word for word in morphs(text) if word.begin >= governing.end])]
    done = [found for found in later if found.past and not found.negated and _is_done(found)]
    return not done or re.search(r"[0-9]", text[governing.end : done[0].begin]) is not None


def _untensed(text: str, governing: Predicate) -> Verdict:
    """A clause without a tense of its own takes that of the one that it runs on to: 5回開催し、好評を得た."""
    if governing.copula or any(word.normalized_form == "有る" for word in governing.words):
        return "unclear" if any(word.surface.endswith("中") for word in governing.words) else "stated"
    if governing.form != "running":
        return "denied"
    later = [*predicates([word for word in morphs(text) if word.begin >= governing.end])]
    if not later:
        return "stated" if _is_done(governing) else "unclear"
    last = later[-1]
    if is_of("changed", *governing.words) and last.past and not last.negated and _is_done(last):
        return "stated"  # 2回から3回に増やして開催した
    if last.unreal or last.form == "condition" or not (last.past or last.lasting or last.copula):
        return "unclear"
    return "stated" if _is_done(governing) else "unclear"


def _lasting(text: str, governing: Predicate) -> Verdict:
    """A stated number stays so unless the rest of the sentence takes a part of it back (うち2回は中止となった)."""
    rest = text[governing.end :]
    taken = re.search(r"(?:うち|内)[^。]{0,12}[0-9]", rest)
    if taken and any(
        found.negated or is_of("undone", *found.words)
        for found in predicates([word for word in morphs(text) if word.begin >= governing.end])
    ):
        return "unclear"
    return "unclear" if re.match(r"(?:と|とは|か|かは|かどうか)", rest) and governing.form == "quoted" else "stated"


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


def _is_own(word: Morph, own: frozenset[str]) -> bool:
    return word.normalized_form in own or word.surface in own


def deeds(text: str, end: int) -> frozenset[str]:
    """What is said to be done with the number that ends at `end` of a sentence, as verbal nouns.

    >>> [sorted(deeds(text, 5)) for text in ("企業20社を回った。", "地図50部を配った。", "地図50部を作成・配布。")]
    [['訪問'], ['配布'], ['作成', '配布']]
    """
    found = [*predicates([word for word in morphs(text) if word.begin >= end])]
    governing = _governing(text, end)
    at = next((position for position, each in enumerate(found) if governing and each.begin == governing.begin), 0)
    said: list[Morph] = []
    for predicate in found[at:] if governing else ():
        said += predicate.words
        following = re.split("[。、]", text[predicate.end :].lstrip("、"), maxsplit=1)[0]
        takes_on = predicate.form == "running" and re.search("[をがは]", following) is None
        if not (takes_on or (predicate.bare and text[predicate.end : predicate.end + 1] in ("・", "、"))):
            break
    named = [word.normalized_form for word in said if word.pos1 == "名詞"]
    named += [_AS_NOUN[word.normalized_form] for word in said if word.normalized_form in _AS_NOUN]
    objects = re.findall(r"([一-龥ァ-ヶー]{2,8}?)金?を$", text[end : governing.begin]) if governing else []
    return frozenset((*named, *objects))
