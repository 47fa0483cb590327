"""Labels: the spellings of one printed label, and what a text may be compared with them by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from normalize.text.folding import squeeze
from normalize.text.text_cache import remembered

_ORNAMENTS: Final = "■□◆◇●▼▽▶►★☆"
_BRACKETS: Final = {"【": "】", "〈": "〉", "《": "》", "<": ">", "[": "]", "〔": "〕"}


@dataclass(frozen=True, slots=True)
class Labels:
    """The spellings of one label, compared without white space and width, without a mark in front and the brackets or
    colon that set it off; a bracketed remark behind one is ignored.

    >>> Labels("担当課", "所管課").match("担 当 課"), Labels("審議会報告事項").match("審議会報告事項 (産業振興課記載)")
    (True, True)
    >>> Labels("【良い点】").match("■良い点"), Labels("課題").match("〈課題〉："), Labels("課題").match("・課題")
    (True, True, False)
    """

    spellings: frozenset[str]
    keys: frozenset[str]

    def __init__(self, *spellings: str) -> None:
        squeezed = [*map(squeeze, spellings)]
        object.__setattr__(self, "spellings", frozenset(squeezed))
        object.__setattr__(self, "keys", frozenset((*squeezed, *map(unadorned, squeezed))))

    def match(self, text: str) -> bool:
        """Whether a text is this label."""
        return not self.keys.isdisjoint(label_keys(text))


@lru_cache(maxsize=256)
def any_of(labels: tuple[Labels, ...]) -> Labels:
    """What is one of several labels.

    >>> any_of((Labels("担当課"), Labels("目標"))).match("目 標")
    True
    """
    return Labels(*(spelling for label in labels for spelling in label.spellings))


@remembered()
def label_keys(text: str) -> tuple[str, ...]:
    """What a text may be compared with labels by: its squeezed form, and that without a remark or what sets it off.

    >>> label_keys("目標とする 姿（令和8年度）"), label_keys("担 当 課")
    (('目標とする姿(令和8年度)', '目標とする姿'), ('担当課',))
    """
    squeezed = squeeze(text)
    bare = without_remark(squeezed)
    return tuple(dict.fromkeys((squeezed, bare, unadorned(bare))))


def unadorned(text: str) -> str:
    """A squeezed heading without what sets it off: a mark in front, brackets around it, a colon behind.

    >>> unadorned("■課題"), unadorned("【課題】"), unadorned("(2)課題")
    ('課題', '課題', '(2)課題')
    """
    plain = text.lstrip(_ORNAMENTS).rstrip(":")
    if len(plain) > 2 and _BRACKETS.get(plain[0]) == plain[-1]:
        plain = plain[1:-1]
    return plain or text


def without_remark(text: str) -> str:
    """A squeezed text without the bracketed remark at its end.

    >>> without_remark("目標とする姿(令和8年度)")
    '目標とする姿'
    """
    if text.endswith(")") and "(" in text[1:]:
        return text[: text.index("(", 1)]
    return text
