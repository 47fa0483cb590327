"""The rest of a sentence: what it says of a number beside the clause that the number stands in.

A clause that reads as done may be no result all the same: it only describes who is meant (18社を訪問した担当者),
tells what a group did (修了者27人が開業した) or what somebody has experience in, was undone later
(11基を設置した後、3基を撤去した), or is called provisional in a bracket at the end.
"""

from __future__ import annotations

import re
from typing import Final

from normalize.goals.clause_words import is_of, stem
from normalize.goals.predicates import Predicate, predicates
from normalize.language.tokens import morphs
from normalize.text.quantities import quantities_in

_CLOSED: Final = re.compile(r"\(([^()0-9]*)\)")
_REFERENCE: Final = re.compile(r"参考|仮(?!設)|概算|速報|推計|推定|暫定|概数|未確定|確定前|見込|予定|予測|見通し")
"""What a bracket says of a number that is not settled."""

_BRACKET_BEHIND: Final = re.compile(r"。?\s*(\([^()。]*\))")
_BUT: Final = re.compile(r"[。\s]*((?:ただし|但し|なお|しかし|その後|このうち|うち)[^。\n]*)")
"""A sentence that goes on from the one before it."""

_GROUP: Final = re.compile(r"(?:人|名|社|店|店舗|団体|組|世帯|校|事業者|企業|家族|者)\s*が(?!、)")
"""Those who are counted as who does something; a share (9割が) is none."""
_EXPERIENCED: Final = re.compile(
    r"の?[^、。0-9]{0,14}(?:実績|経験|ノウハウ)(?:が|の|を|も)?(?:ある|あった|有する|有した|持つ|もつ|豊富な|多い)\s*[一-龥ァ-ヶ]"
)
"""What makes a number the experience of somebody: 7校の受入れ実績がある会社."""

_AGENT: Final = re.compile(
    r"\s*(?P<noun>[一-龥ァ-ヶー]{0,10}(?:[者体業社店校所人市町村区園館課部員]|組合|グループ|企業|自治体|商店会|協議会|自治会|町内会))(?=[がはをにでとへのも、])"
)
"""Bodies or persons that a clause in front of them describes: 18社を訪問した担当者が."""


def with_bracket_behind(said: str, behind: str) -> str:
    """A sentence with the bracket behind its full stop, which says when or how it was counted, not another number.

    >>> [with_bracket_behind("4件を実施した", behind) for behind in ("。(R7.10.31現在)次に", "。(前年度3件)")]
    ['4件を実施した(R7.10.31現在)', '4件を実施した']
    """
    bracket = _BRACKET_BEHIND.match(behind)
    return said if bracket is None or quantities_in(bracket[1]) else said + bracket[1]


def is_taken_back_behind(behind: str, unit: str, own: frozenset[str]) -> bool:
    """Whether the next sentence takes some of what is counted away again: ただし、1件は取り消しとなった.

    >>> is_taken_back_behind("。ただし、1件は取り消しとなった。", "件", frozenset())
    True
    """
    following = _BUT.match(behind)
    return following is not None and is_taken_back(f"、{following[1]}", 0, unit, own, later_only=False)


def is_provisional(rest: str) -> bool:
    """Whether a bracket in the rest of a sentence says that its numbers are not settled.

    >>> is_provisional("であった(速報値)"), is_provisional("であった(12社増)"), is_provisional("を開いた(会場:駅前)")
    (True, False, False)
    """
    return any(_REFERENCE.search(match[1]) for match in _CLOSED.finditer(rest))


def is_experience(rest: str) -> bool:
    """Whether the rest of a sentence says that a number is what somebody has done before.

    >>> is_experience("の受入れ実績がある会社と結んだ"), is_experience("の実績があった。")
    (True, False)
    """
    return _EXPERIENCED.match(rest) is not None


def is_of_an_agent(rest: str, governing: Predicate, counted: frozenset[str], own: frozenset[str]) -> bool:
    """Whether the clause of a number only says which body or person is meant, by `rest`, the text behind the clause."""
    agent = _AGENT.match(rest) if governing.form == "relative" else None
    if agent is None:
        return False
    nouns = [word for word in morphs(agent["noun"]) if word.pos1 == "名詞"][-1:]
    known = counted | own
    return not any(is_of("thing", word) or {word.surface, word.normalized_form, stem(word)} & known for word in nouns)


def is_deed_of_a_group(unit: str, rest: str, governing: Predicate, own: frozenset[str]) -> bool:
    """Whether those who are counted only do something, so that there may be more: 修了者27人が開業した."""
    if _GROUP.match(unit + rest) is None or governing.copula or governing.form == "relative":
        return False
    if is_of("there", *governing.words) or is_of("thing", *governing.words):
        return False
    return not any({word.surface, word.normalized_form, stem(word)} & own for word in governing.words)


def is_taken_back(text: str, end: int, unit: str, own: frozenset[str], *, later_only: bool = True) -> bool:
    """Whether a later clause takes some of what is counted away again: 11基を設置した後、3基を撤去した.

    >>> is_taken_back("案内板11基を設置した後、3基を撤去した。", 9, "基", frozenset())
    True
    """
    if re.search(rf"[0-9]\s*{re.escape(unit)}", text[end:]) is None:
        return False
    later = [*predicates([word for word in morphs(text) if word.begin >= end])][1 if later_only else 0 :]
    taken = [found.words for found in later if is_of("removed", *found.words) and not found.negated]
    return any(own.isdisjoint(word.normalized_form for word in words) for words in taken)
