"""Which characters are Japanese print, and which blanks stand for the end of a printed line.

Whoever copied a sheet into the text form got a blank for each line end of the print. Japanese prose has no blank
between words, so a blank between two Japanese characters is such a line end, and so is one before a bullet. A blank
beside a Latin word or a number can be a word space, and one around a lone sign (``A → B``) is part of the print; they
stay. What no Japanese line begins or ends with follows JIS X 4051.
"""

from __future__ import annotations

import re

from schemas.codes import printed_as
from schemas.codes.signs import leading

BULLETS = leading("item", "note", never=("sign", "value")) + "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳【"
"""Characters that begin an item or a note."""

SENTENCE_ENDS = "。．！？!?"

_MARKS = leading("value") + printed_as("★×")
"""Marks that can be a bullet, but also a grade."""
_SIGNS = "・･:：;；/／|｜→⇒➡←↔=＝≒<>＜＞+＋-－*＊×÷～〜~&＆"
"""Signs that stand between two things when there are blanks on both of their sides."""
_NOT_FIRST = "、。，．,.：；:;）)」』】〕〉》｝}］]”’ー々ゝゞヽヾ！？!?％%"
_NOT_LAST = "（(「『【〔〈《｛{［[“‘：:"

_JAPANESE = (
    "\u2e80-\u2fdf"  # radicals
    "\u3001-\u3003\u3005-\u303f"  # 、。々「」【】〜; not the wide space
    "\u3040-\u30ff\u31f0-\u31ff"  # kana, ・ー
    "\u3220-\u33ff"  # ㈱ ㊤ ㎡
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # ideographs
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f"  # full-width punctuation, half-width kana
    "\u2460-\u24ff\u25a0-\u25ff\u203b\u2025\u2026"  # ① ○ ※ …
)
JAPANESE = re.compile(f"[{_JAPANESE}]")

_BLANKS = re.compile(r"(?<=\S) +(?=\S)")
_BULLET = re.compile(rf"[{re.escape(BULLETS)}]|[{_MARKS}](?=[{_JAPANESE}])")
_LONE_SIGN = re.compile(rf"[{re.escape(_SIGNS)}] ")


def blanks_to_line_ends(text: str) -> str:
    """Put a line end for each blank that stands for one.

    >>> blanks_to_line_ends("達成指標 ・SNS の活用 ・2件 3月まで 計画 → 実施")
    '達成指標\\n・SNS の活用\\n・2件 3月まで\\n計画 → 実施'
    """
    return _BLANKS.sub(lambda blank: "\n" if _ends_line(text, blank.start(), blank.end()) else blank[0], text)


def display_width(text: str) -> int:
    """Columns that a text takes, a Japanese character taking two."""
    return sum(2 if JAPANESE.match(character) else 1 for character in text)


def _ends_line(text: str, start: int, end: int) -> bool:
    """Whether the blank between two offsets stands for the end of a printed line."""
    before, after = text[start - 1], text[end]
    lone_before = start == 1 or text[start - 2].isspace()
    lone_after = bool(_LONE_SIGN.match(text, end)) and text[:2] != text[end : end + 2]
    if before in SENTENCE_ENDS and JAPANESE.match(before):
        return after not in _NOT_FIRST
    if before in _NOT_LAST or (lone_before and (before in _SIGNS or _BULLET.match(before) or before in _MARKS)):
        return before not in _NOT_LAST and bool(_BULLET.match(text, end)) and not lone_after
    if before == "】":
        return True
    if lone_after:
        return False
    if _BULLET.match(text, end):
        return True
    if after in _NOT_FIRST:
        return False
    if before == "）" and after.isascii() and after.isalpha():
        return True
    return bool((JAPANESE.match(before) or before in ")]") and JAPANESE.match(after))
