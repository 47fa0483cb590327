"""What a cell prints beside its one number, and whether that may make another number of it: 118（参考）, 最大118."""

from __future__ import annotations

import re
from typing import Final

from normalize.cells.row_words import HARMLESS_REMARK
from normalize.text.folding import narrow, squeeze
from normalize.text.periods import period_of
from normalize.text.quantities import is_noted_unit

_CLOSED: Final = re.compile(r"(?<=[^\s(])\(([^()]*)\)$")
_EXTREME: Final = re.compile(r"(?:最[大小高低多少]|ピーク時?|上限|下限)\s*[:]?\s*(?=[0-9])")
"""Words in front of a number that make it one of many: 最大17人."""

_SIGNED: Final = re.compile(r"\s*(?:\+|プラス|[△▲▽▼])\s*(?=[0-9])")
_OTHER_NUMBER: Final = re.compile(r"(?!(?:19|20)[0-9]{2}$)[0-9][0-9.,]+")
"""A number alone in brackets behind another: 118（119）. One digit is the mark of a note, a year a year."""

TAKEN: Final = re.compile(r"辞退|欠席|中止|取り?消|キャンセル|不参加|無効|未[^満来]")
"""What a remark says of a part of what was counted that did not happen: 17人（うち1人辞退）."""

_SAYS_NO_OTHER: Final = re.compile(
    r"(?:延べ?|のべ|実)(?:人数|人員|数|件数|回数)?|実数|税(?:込み?|抜き?)|概ね|約|同左|継続|過去最[多高大].*|達成|未達成?|目標(?:未?達成?|値?)"
)
"""Remarks that say how a number was counted, or what was thought of it."""


def may_be_another(text: str, *, is_goal: bool = False) -> bool:
    """Whether the words beside the number of a cell may make another number of it; of a goal 最大 is a limit.

    A remark with digits (うち新規12人, 前年110) has a number of its own; units, notes and years are no remarks.

    >>> [may_be_another(text) for text in ("118（参考）", "最大118", "118（市内のみ）")]
    [True, True, True]
    >>> [may_be_another(text) for text in ("118", "118（人）", "118（延べ）", "118※1", "118（うち新規12人）")]
    [False, False, False, False, False]
    """
    label = squeeze(text)
    if _EXTREME.match(label):
        return not is_goal
    closed = _CLOSED.search(label)
    if closed is not None and re.search("[0-9]", closed[1]) and TAKEN.search(closed[1]):
        return True
    if closed is not None and _OTHER_NUMBER.fullmatch(closed[1]):
        return True
    if closed is None or not closed[1] or re.search("[0-9]", closed[1]) or period_of(closed[0]) != "year":
        return False
    remark = closed[1]
    return not (is_noted_unit(narrow(remark)) or HARMLESS_REMARK.fullmatch(remark) or _SAYS_NO_OTHER.fullmatch(remark))


def is_signed(text: str) -> bool:
    """Whether a number has a sign, as changes have: +118, △118.

    >>> is_signed("+118"), is_signed("プラス 3"), is_signed("118")
    (True, True, False)
    """
    return _SIGNED.match(narrow(text)) is not None
