"""Brackets behind the number of a goal: whether what they say leaves open that the number is what is aimed at.

What only tells which things are counted (市内, 製造業, 春・秋) changes nothing of it. A deed that is said of the number
itself (内定, 廃止予定) is doubted unless it is known to be harmless, and so is another bound (最低10件).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from normalize.goals.clause_words import Sense, is_of
from normalize.goals.goal_words import OPEN_REMARK, TARGET_WORDS
from normalize.goals.predicates import is_verbal
from normalize.language.tokens import morphs
from normalize.text.folding import narrow

_OTHER_BOUND: Final = re.compile(
    r"(?:(?:最[大小低高多少]|少なくとも|上限|下限|ピーク時?)[^0-9]{0,4}(?:[0-9].*)?|[^、]{0,6}平均値?(?:[0-9].*)?)"
)
"""Another bound, or a mean, than the number in front of the bracket says: 15件（最低10件）, 15件（3年平均）."""

_KNOWN: Final = re.compile(
    r"再掲|再|累計|合計|総計|小計|継続|先着|公募|抽選|税込み?|税抜き?|(?:未)?達成|未達|必達|同左|毎年|重複.*"
)
"""Deeds in a bracket that say how a number is counted, or what was thought of it."""

_BRACKETS: Final = " ()[]【】〔〕〈〉"
_NOUNS: Final = ("名詞", "形状詞")
_UNSETTLED: Final[tuple[Sense, ...]] = ("planned", "undone", "removed", "changed")
_DEEDS: Final[tuple[Sense, ...]] = ("done", "there", *_UNSETTLED)


def leaves_open(remark: str) -> bool:
    """Whether a bracket behind a number, with or without its brackets, says that the number is open, or another.

    >>> [leaves_open(text) for text in ("仮", "内定", "要検討", "廃止予定", "最低10件")]
    [True, True, True, True, True]
    >>> [leaves_open(text) for text in ("市内", "製造業", "個別相談", "事業計画", "累計", "うち新規5件")]
    [False, False, False, False, False, False]
    """
    text = narrow(remark).strip(_BRACKETS)
    if OPEN_REMARK.fullmatch(text) or _OTHER_BOUND.fullmatch(text):
        return True
    if not text or re.search("[0-9]", text) or _KNOWN.fullmatch(text) or text in TARGET_WORDS:
        return False
    return _is_deed(text.removeprefix("要"))


def _is_deed(text: str) -> bool:
    """Whether a text is a deed that may unsettle a number: one in no list, or one that is planned or undone."""
    words = [word for word in morphs(text) if word.pos1 not in ("空白", "補助記号", "接尾辞")]
    if not words or any(word.pos1 not in _NOUNS for word in words):
        return False
    if len(words) == 1 and is_verbal(words[0]):
        return any(is_of(sense, words[0]) for sense in _UNSETTLED) or not any(is_of(s, words[0]) for s in _DEEDS)
    deeds = all(any(is_of(sense, word) for sense in _DEEDS) for word, _ in pairwise(words))
    return deeds and any(is_of(sense, words[-1]) for sense in _UNSETTLED)
