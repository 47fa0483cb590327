"""Labels: the spellings of one printed label, and what a text may be compared with them by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from normalize.text import note_marks
from normalize.text.folding import squeeze
from normalize.text.text_cache import remembered
from schemas.codes.signs import bracket_pairs, leading
from schemas.codes.vocabulary import spellings_of

_ORNAMENTS: Final = leading("heading")
_BRACKETS: Final = bracket_pairs("lenticular", "angle", "square", "tortoise")

_NOTED: Final = re.compile(rf"(?<=\S){note_marks.BEHIND}$")

_TOLD: Final = 15
"""Spellings that a message names at most."""


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
    terms: tuple[str, ...]
    """The terms of the vocabulary whose spellings these are, as `org.responsible`."""
    also: tuple[str, ...]
    """Spellings beside those of the terms, in the order given."""
    without: tuple[str, ...]
    """Spellings of the terms that this form prints for something else."""

    def __init__(self, *also: str, terms: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> None:
        known = [spelling for term in terms for spelling in spellings_of(term)]
        surplus = [spelling for spelling in without if spelling not in known]
        doubled = [spelling for spelling in also if spelling in known]
        if surplus or doubled:
            raise ValueError(
                f"the terms {', '.join(terms)} do not have {', '.join(surplus) or 'nothing'}, which is left out, and "
                f"have {', '.join(doubled) or 'nothing'}, which is added; name only what deviates from them"
            )
        squeezed = [squeeze(spelling) for spelling in (*also, *known) if spelling not in without]
        object.__setattr__(self, "spellings", frozenset(squeezed))
        object.__setattr__(self, "keys", frozenset((*squeezed, *map(unadorned, squeezed))))
        object.__setattr__(self, "terms", terms)
        object.__setattr__(self, "also", also)
        object.__setattr__(self, "without", without)

    def __hash__(self) -> int:
        return hash(self.spellings)  # a frozenset keeps its hash; that of all fields would be reckoned at each look-up

    @classmethod
    def of(cls, *terms: str, also: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Labels:
        """The spellings of terms in `schemas/codes/vocabulary.csv`, and what one form prints otherwise.

        Raises ValueError for a term that is not in the vocabulary, and for what does not deviate from the terms.

        >>> responsible = Labels.of("org.responsible", also=("世話役",), without=("担当",))
        >>> [responsible.match(text) for text in ("担当課", "世話役", "担当")]
        [True, True, False]
        """
        return cls(*also, terms=terms, without=without)

    def also_printed(self, spelling: str) -> Labels:
        """These labels with one more spelling.

        >>> Labels.of("code.goal").also_printed("目標の番号").declaration
        'Labels.of("code.goal", also=("目標の番号",))'
        """
        return Labels(*self.also, spelling, terms=self.terms, without=self.without)

    @property
    def declaration(self) -> str:
        """The labels as a city's file says them."""
        if not self.terms:
            return f"Labels({_quoted(self.also)})"
        deviations = (("also", self.also), ("without", self.without))
        said = [f"{name}=({_quoted(words)}{',' * (len(words) == 1)})" for name, words in deviations if words]
        return f"Labels.of({', '.join((_quoted(self.terms), *said))})"

    @property
    def told(self) -> str:
        """Some spellings, for a message that says what was expected; a term may have two hundred.

        >>> Labels("所管課", "担当課").told
        '所管課 / 担当課'
        """
        first = sorted(self.spellings) if not self.terms else self._in_order()
        return " / ".join(first[:_TOLD]) + " / …" * (len(first) > _TOLD)

    def match(self, text: str) -> bool:
        """Whether a text is this label."""
        return not self.keys.isdisjoint(label_keys(text))

    def _in_order(self) -> list[str]:
        known = [spelling for term in self.terms for spelling in spellings_of(term)]
        return [*dict.fromkeys(squeeze(spelling) for spelling in (*known, *self.also) if spelling not in self.without)]


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f'"{word}"' for word in words)


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

    >>> label_keys("目標とする 姿（令和8年度）"), label_keys("担 当 課"), label_keys("実績※1")
    (('目標とする姿(令和8年度)', '目標とする姿'), ('担当課',), ('実績※1', '実績'))
    """
    squeezed = squeeze(text)
    bare = without_remark(_NOTED.sub("", squeezed))
    return tuple(dict.fromkeys((squeezed, bare, unadorned(bare), bare.replace("/", "・"))))


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
