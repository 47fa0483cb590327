"""Conditions: what is said behind a judgement that takes a part of it back."""

from __future__ import annotations

import re
from typing import Final

from normalize.text.folding import squeeze

_CONDITION: Final = re.compile(
    r"(?:条件|留保|但し?書き?)付き?(?:で|の)?.*|(?:ただし|但し).*|要(?:観察|経過観察|再?確認|再?検討|精査|注意|注視)"
)
"""What is said behind a judgement that takes a part of it back: A（条件付き）, A、ただし要観察."""

_BEHIND: Final = re.compile(r"\S+?\s*[、,（(]\s*(?P<rest>.+?)[)）]?\s*")


def is_on_condition(text: str) -> bool:
    """Whether what stands behind a judgement takes a part of it back.

    >>> is_on_condition("A、ただし要観察"), is_on_condition("A（要観察）"), is_on_condition("A、順調")
    (True, True, False)
    """
    behind = _BEHIND.fullmatch(text.strip())
    return behind is not None and _CONDITION.fullmatch(squeeze(behind["rest"])) is not None
