"""Words and their opposites, which a form prints to choose from: ある and ない, 高い and 低い, 適切 and 不適切."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

_LEAST: Final = 2
"""So many words are opposites; so many characters behind two of them are the same word."""

_MOST: Final = 5
"""Words from one to its opposite, with what lies between."""

_OPPOSITES: Final = ({"有", "無"}, {"可", "否"}, {"適", "否"}, {"要", "否"}, {"あり", "なし"}, {"有り", "無し"},
    {"ある", "ない"}, {"いる", "いない"}, {"高い", "低い"}, {"高", "低"}, {"大", "小"}, {"必要", "不要"},
    {"はい", "いいえ"})  # fmt: skip

_ENDS: Final = ({"る", "ない"}, {"い", "くない"}, {"できる", "できない"}, {"である", "でない"})
"""How a word and its opposite end that begin alike: 上がっている, 上がっていない."""

_NO: Final = "不非未"
"""What makes a word its opposite: 不適切."""


def end_in_opposites(words: Sequence[str]) -> bool:
    """Whether the first and the last of a few squeezed words are opposites; between them stands what lies between.

    >>> end_in_opposites(["ある", "ない"]), end_in_opposites(["十分である", "不十分である"])
    (True, True)
    >>> end_in_opposites(["上がっている", "変わらない", "上がっていない"]), end_in_opposites(["概ね達成", "している"])
    (True, False)
    """
    if not _LEAST <= len(words) <= _MOST:
        return False
    one, other = words[0], words[-1]
    if one == other or not one or not other:
        return False
    return _begin_alike(one, other) or _end_alike(one, other) or _are_negated(one, other)


def _begin_alike(one: str, other: str) -> bool:
    """Whether what two words end in, behind what they begin with, is opposite."""
    alike = _alike(one, other)
    ends = [{one[at:], other[at:]} for at in range(alike + 1)]
    return any(end in _OPPOSITES or end in _ENDS for end in ends)


def _end_alike(one: str, other: str) -> bool:
    """Whether two words are opposite before what both end in: 高水準, 低水準."""
    behind = _alike(one[::-1], other[::-1])
    fronts = {one[: len(one) - behind], other[: len(other) - behind]}
    return behind >= _LEAST and fronts in _OPPOSITES


def _alike(one: str, other: str) -> int:
    """How many characters two words begin with alike."""
    return len([*takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))])


def _are_negated(one: str, other: str) -> bool:
    return any({word, no + word} == {one, other} for word in (one, other) for no in _NO)
