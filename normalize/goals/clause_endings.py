"""Phrases: what a clause of a target or a report ends in, and the noun phrase in front of a number. By SudachiPy."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from normalize.goals.predicates import is_verbal
from normalize.language.tokens import Morph, morphs

_MARKS: Final = ("補助記号", "空白", "記号")
_NOUNS: Final = ("名詞", "接頭辞", "接尾辞", "形状詞", "代名詞")
_LINKS: Final = ("の", "・", "「", "」", "/", "ー", "&")
_BEFORE_NO: Final = ("で", "へ", "と", "から", "まで")
_SET_OFF: Final = ("は", "が", "も", "を", ":", " ")
_TERMS: Final = ("年間", "年", "か年", "カ年", "ヵ年", "箇年", "年度", "か月", "カ月")
_BLANK_NOUNS: Final = ("こと", "事", "もの", "予定", "見込み", "方針")


def ends_as_statement(text: str) -> bool:
    """Whether a clause says something of its own: it ends in a verbal noun (…の達成) or a finite verb (…を図る。).

    A plain noun, a particle or a continuative (…を行い) leans on what follows.

    >>> [ends_as_statement(text) for text in ("計画の達成", "案をまとめる。", "調査を行い", "飲食店を中心に", "商店会")]
    [True, True, False, False, False]
    """
    words = _words(text)
    if not words:
        return False
    last = words[-1]
    return is_verbal(last) or last.conjugation.startswith("終止形")


def is_verbal_noun(text: str) -> bool:
    """Whether a text is one noun phrase that names an action.

    >>> is_verbal_noun("実施"), is_verbal_noun("に実施した"), is_verbal_noun("")
    (True, False, False)
    """
    words = _words(text)
    return bool(words) and all(word.pos1 in _NOUNS for word in words) and is_verbal(words[-1])


def qualifies_a_noun(text: str) -> bool:
    """Whether a text holds a verb that qualifies a noun, so that what stands before the verb is said of that noun.

    >>> [qualifies_a_noun(text) for text in ("に策定した計画を推進", "までに新たな資源を発掘", "に行うこと")]
    [True, False, False]
    """
    words = _words(text)
    for word, following in pairwise(words):
        verb = word.pos1 == "動詞" or word.normalized_form in ("た", "れる", "られる", "せる", "させる", "ない")
        if verb and following.pos1 in _NOUNS and following.normalized_form not in _BLANK_NOUNS:
            return word.conjugation.startswith(("連体形", "終止形"))
    return False


def noun_phrase_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that ends at `end`, a particle, colon or blank between them aside; from `start` at the earliest.

    A phrase that begins with の belongs to what stands before `start`; it is none.

    >>> text = "事業見直しの件数: 2件以上"
    >>> noun_phrase_before(text, 0, 10), noun_phrase_before("20組の親子 40人", 3, 7)
    ((0, 8), None)
    """
    words = [word._replace(begin=word.begin + start, end=word.end + start) for word in morphs(text[start:end])]
    while words and words[-1].surface.strip(" :") == "":
        words.pop()
    if words and words[-1].surface in _SET_OFF:
        words.pop()
    chain: list[Morph] = []
    while words and _belongs(words, chain):
        chain.insert(0, words.pop())
    if chain and words and words[-1].pos2 == "数詞" and chain[0].surface in _TERMS:  # 5年間累計
        chain.pop(0)
    linked = bool(chain) and chain[0].surface == "の"
    while chain and (chain[0].surface in _BEFORE_NO + _LINKS[:2] or chain[0].surface.isspace()):
        chain.pop(0)
    if linked or not chain or not any(word.pos1 == "名詞" for word in chain):
        return None
    return chain[0].begin, chain[-1].end


def _belongs(words: list[Morph], chain: list[Morph]) -> bool:
    """Whether the last word is part of the noun phrase whose later words are in the chain."""
    word = words[-1]
    if word.pos1 in _NOUNS and word.pos2 != "数詞":
        return True
    if word.pos2 == "数詞":  # 65歳以上, 20代の参加者, 4K映像: a name is not cut behind its number
        return bool(chain) and chain[0].begin == word.end and chain[0].surface not in _TERMS
    if word.surface in "~～":  # 20～30代
        return bool(chain) and chain[0].pos2 == "数詞" and len(words) > 1 and words[-2].pos2 == "数詞"
    if word.surface in _BEFORE_NO:
        return bool(chain) and chain[0].surface == "の"
    return bool(chain) and word.surface in _LINKS


def _words(text: str) -> list[Morph]:
    return [word for word in morphs(text) if word.pos1 not in _MARKS]
