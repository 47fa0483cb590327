"""Whose document it is: the municipality that its title, header or issuer names, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from normalize.document.text_span import Excerpt
from normalize.text.folding import INVISIBLE, narrow, squeeze
from schemas.codes import municipality_rows, prefectures
from schemas.records import Municipality

# What a name may follow within a word: an ordinal (第7次), a prefecture or county, a date or an edition.
_BEFORE = "次期度版年月日県都府道郡・、。)）】』」》〉"


_UNSEEN = re.compile(f"[{INVISIBLE}\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Characters that show nothing, and those that choose the shape of the one before."""


_VARIANTS = str.maketrans("ヶ竜釜鯵桧﨑髙槙舘渕曾條冨薮淺", "ケ龍竈鰺檜崎高槇館淵曽条富藪浅")
"""Shapes of one character that names of municipalities are printed with: 龍ヶ崎 and 竜ケ崎 are one."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A municipality's name where it is printed, and the municipalities of that name."""

    printed: Excerpt
    candidates: tuple[Municipality, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """The municipality of a document and where it is named; or None, and the names that compete."""

    municipality: Municipality | None
    printed: tuple[Excerpt, ...]
    rivals: tuple[str, ...] = ()


def municipality_of(groups: Sequence[Sequence[Excerpt]], everything: Iterable[str]) -> Finding:
    """The municipality that the texts name, the texts that say most first: a labelled value, titles, issuers.

    The first group with a name decides. A name that several municipalities share is settled by the prefecture, if the
    document names the prefecture of one of them alone; two different municipalities of one group compete, and none is
    taken.

    >>> from normalize.document.text_span import Place
    >>> found = municipality_of([[Excerpt.of("第2次府中市総合計画", Place(0))]], ["広島県"])
    >>> found.municipality.municipality_code, municipality_of([[Excerpt.of("府中市", Place(0))]], []).rivals
    ('342084', ('府中市 (JP-13)', '府中市 (JP-34)'))
    """
    texts = tuple(everything)
    for group in groups:
        mentions = [mention for text in group for mention in mentions_in(text)]
        if not mentions:
            continue
        settled = [(mention, _settled(mention.candidates, texts)) for mention in mentions]
        found = {row.municipality_code: row for _, rows in settled for row in rows}
        if len(found) == 1:
            return Finding(next(iter(found.values())), tuple(mention.printed for mention in mentions))
        names = tuple(f"{row.municipality_name} ({row.prefecture_iso})" for row in found.values())
        return Finding(None, (), names)
    return Finding(None, ())


def mentions_in(text: Excerpt) -> Iterator[Mention]:
    """The names of municipalities in a text, the longest at each place; a part of another word is none.

    >>> from normalize.document.text_span import Place
    >>> [mention.printed.text for mention in mentions_in(Excerpt.of("東大阪市と第3期柏市、大宮市場", Place(0)))]
    ['東大阪市', '柏市']
    """
    places = [at for at, character in enumerate(text.text) if not _UNSEEN.match(character)]
    plain = _plain("".join(text.text[at] for at in places))
    for match in _pattern().finditer(plain):
        before = plain[: match.start()]
        joins = before and (before[-1].isalpha() or before[-1] in "々ー") and before[-1] not in _BEFORE
        if not joins or re.search(r"[一-龥](?:と|及び|や|の)$", before) or _ends_in_prefecture(before):
            yield Mention(text.slice(places[match.start()], places[match.end() - 1] + 1), _named()[match[0]])


def _ends_in_prefecture(text: str) -> bool:
    return any(text.endswith(name) for name in prefectures().values())


def _settled(candidates: tuple[Municipality, ...], texts: tuple[str, ...]) -> tuple[Municipality, ...]:
    if len(candidates) < 2:
        return candidates
    named = prefectures()
    near = tuple(row for row in candidates if any(named[row.prefecture_iso] in squeeze(text) for text in texts))
    return near or candidates


def _plain(text: str) -> str:
    return narrow(text).translate(_VARIANTS)


@cache
def _named() -> dict[str, tuple[Municipality, ...]]:
    rows: dict[str, tuple[Municipality, ...]] = {}
    for row in municipality_rows():
        name = _plain(row.municipality_name)
        rows[name] = (*rows.get(name, ()), row)
    return rows


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_named(), key=lambda name: (-len(name), name))
    # 市場, 町内, 村民 and 区分 go on from the name's last character; 市民 and 町民 tell the name's own people.
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?![場内外街営有道民立]|分(?!野))")
