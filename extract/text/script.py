"""Which characters are Japanese print, and where a blank stands for the end of a printed line.

Whoever copied a sheet into the text form got a blank for each line end of the print. Japanese prose has no blank
between words, so a blank between two Japanese characters is such a line end, and one before a bullet is one whatever
stands before it. A blank beside a Latin word or a number can be a word space and stays a blank.
"""

from __future__ import annotations

import re

BULLETS = "・･•‣◦●■□◆◇▪▫※⇒→➡①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳【"
"""Characters that begin an item or a note: a blank before one is the end of a line."""

SENTENCE_ENDS = "。．！？!?"

_JAPANESE = (
    "\u2e80-\u2fdf"  # radicals
    "\u3001-\u303f"  # 、。「」【】〜 and the like, without the wide space
    "\u3040-\u30ff\u31f0-\u31ff"  # kana, ・ー
    "\u3220-\u33ff"  # ㈱ ㊤ ㍿ ㎡
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # ideographs
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffee"  # full-width punctuation, half-width kana
    "\u2460-\u24ff\u25a0-\u25ff\u2190-\u21ff\u203b\u2026\u2025"  # ① ○ ⇒ ※ …
)
_CLOSING = "、。，．・：；）」』】〕〉》｝］”’ー々ゝゞ,.:;)\\]}!?！？％%"
"""What a line of Japanese print does not begin with (JIS X 4051), bullets aside: no line ends before it."""

JAPANESE = re.compile(f"[{_JAPANESE}]")

_BULLET_BEGINS = re.compile(rf" +(?=[{BULLETS}])")
_BETWEEN_JAPANESE = re.compile(rf"(?<=[{_JAPANESE})\]]) +(?=[{_JAPANESE}])(?![{_CLOSING}])")
_AFTER_A_SENTENCE = re.compile(r"(?<=[。）]) +(?=[A-Za-zＡ-Ｚａ-ｚ0-9０-９])")


def blanks_to_line_ends(text: str, end: str = "\n") -> str:
    """Put `end` for each blank that stands for the end of a printed line.

    >>> blanks_to_line_ends("達成指標 ・SNS の活用 ・2件 まで")
    '達成指標\\n・SNS の活用\\n・2件\\nまで'
    """
    for pattern in (_BULLET_BEGINS, _BETWEEN_JAPANESE, _AFTER_A_SENTENCE):
        text = pattern.sub(end, text)
    return text


def display_width(text: str) -> int:
    """Columns that a text takes, a Japanese character taking two."""
    return sum(2 if JAPANESE.match(character) else 1 for character in text)
