"""Words and sentences of our own: a harbour town's, so that nothing in them is a form's label or a real text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from hypothesis import strategies as st

from normalize.text.labels import Labels
from normalize.text.periods import period_of
from tests.rendering.printed import Words

NOUNS = (
    "港", "桟橋", "朝市", "灯台", "漁船", "遊歩道", "案内板", "直売所", "工房", "空き倉庫", "水産加工", "観光船",
    "ガイド", "マップ", "ベンチ", "ポスター", "潮風通り", "船員食堂", "ボート", "網の修繕", "塩づくり", "海藻", "屋台",
)  # fmt: skip
LATIN = ("SNS", "PR", "Wi-Fi", "DX", "IT", "WEB", "HARBOR LAB", "Bay@Port", "R&D", "CO2", "No.1")
DOINGS = ("再生", "整備", "活用", "発信", "連携", "普及", "保全", "改修", "開発", "継承")
BODIES = (
    "港湾課", "みなと観光課", "漁業協同組合", "商工会", "灯台保存会", "（公財）海の公社", "市(環境部、企画部)",
    "船員・船主組合", "Bay@Port", "潮風信用金庫", "教育委員会",
)  # fmt: skip
LEADS = ("引き続き、", "関係者と話し合い、", "天候を見ながら、", "若い担い手とともに、", "「海の日」に合わせて、", "")
ENDS = (
    "進めた。",
    "見直した。",
    "広げている。",
    "続けていく。",
    "試みることとした。",
    "支えた。",
    "まとめる予定である。",
)
# None of these begins an item where a line happens to end in front of it.
SIGNS = ("㎡", "～", "・", "「」", "（仮称）", "＋", "／", "…", "№", "㈱")

_WIDE = {code: chr(code + 0xFEE0) for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
_MARKS = {"\u3099": "ﾞ", "\u309a": "ﾟ"}
_HALF: dict[str, str] = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
_VOICED = {
    full: _HALF[parts[0]] + _MARKS[parts[1]]
    for full in map(chr, range(0x30AB, 0x30FB))
    if len(parts := unicodedata.normalize("NFD", full)) == 2 and parts[0] in _HALF
}


def wide(text: str) -> str:
    """Letters and digits full width."""
    return text.translate(_WIDE)


def half(text: str) -> str:
    """Katakana half width, with its sound marks behind it.

    >>> half("ガイドブック")
    'ｶﾞｲﾄﾞﾌﾞｯｸ'
    """
    return "".join(_VOICED.get(character) or _HALF.get(character, character) for character in text)


@st.composite
def widths(draw: st.DrawFn, text: str) -> Words:
    """A text as it may be printed: as it is, with wide letters and digits, or with half-width katakana."""
    form = draw(st.sampled_from(("as it is", "as it is", "wide", "half")))
    # A blank between wide letters is no word space once a line is wrapped there.
    if form == "wide" and not re.search("[A-Za-z] [A-Za-z]", text):
        return Words(wide(text), text)
    return Words(half(text) if form == "half" else text, text)


@cache
@st.composite
def names(draw: st.DrawFn) -> Words:
    """A short name: 灯台の整備, 朝市・屋台のPR活用."""
    first, doing = draw(st.sampled_from(NOUNS)), draw(st.sampled_from(DOINGS))
    link = draw(st.sampled_from(("の", "の", "における", "・")))
    second = draw(st.sampled_from((*NOUNS, *LATIN)))
    return draw(widths(f"{first}{link}{second}{'の' if second[-1] < 'z' else ''}{doing}"))


def _sentence(parts: tuple[str, str, str, str, str, str]) -> str:
    lead, first, sign, second, doing, end = parts
    return f"{lead}{first}{sign}と{second}の{doing}を{end}"


@cache
def sentences() -> st.SearchStrategy[str]:
    """One sentence of prose without a number."""
    things = st.sampled_from((*NOUNS, *LATIN))
    parts = st.tuples(
        st.sampled_from(LEADS), things, st.sampled_from(("", "", *SIGNS)), things,
        st.sampled_from(DOINGS), st.sampled_from(ENDS),
    )  # fmt: skip
    return parts.map(_sentence)


@cache
@st.composite
def prose(draw: st.DrawFn, longest: int = 3) -> Words:
    """One paragraph; seldom a very long one."""
    count = draw(st.integers(1, longest))
    if draw(st.integers(0, 19)) == 19:
        count = 12
    first, *others = (draw(sentences()) for _ in range(count))
    # Where a line ends behind a full stop and the next begins with a Latin word, nothing on the page tells whether the
    # word had no room or a paragraph begins.
    return draw(widths("".join((first, *(f"また、{text}" if text[0] < "z" else text for text in others)))))


@cache
@st.composite
def bodies(draw: st.DrawFn, most: int = 3) -> tuple[Words, ...]:
    """Names of bodies, each once."""
    found = draw(st.lists(st.sampled_from(BODIES), min_size=1, max_size=most, unique=True))
    return tuple(draw(widths(body)) for body in found)


def spread(label: str) -> str:
    """A label with blanks between its characters: 担 当 課."""
    return " ".join(label)


def spellings_of(*forms: Any) -> dict[str, list[str]]:
    """The labels of each field of some forms that speak of the document's own time; under others a finding is right."""
    return {
        field.name: sorted(spelling for spelling in value.spellings if period_of(spelling) == "year")
        for form in forms
        for field in fields(form)
        if isinstance(value := getattr(form, field.name), Labels)
    }


@st.composite
def labels(draw: st.DrawFn, spellings: Sequence[str]) -> str:
    """One spelling of a label, seldom spread or with a remark behind it."""
    label = draw(st.sampled_from(list(spellings)))
    form = draw(st.integers(0, 9))
    if form == 9 and len(label) < 5:
        return spread(label)
    return label
