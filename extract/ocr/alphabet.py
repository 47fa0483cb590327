"""Which characters a Japanese page can hold, and which characters of a reader stand for them."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_ALSO = "✓✔☑☐☒✕⭕⇒➡↗↘↖↙·•〜⑴⑵⑶➀➁➂"
"""Marks of forms that the Japanese code page lacks."""

_SAME = {
    "·": "・",
    "•": "・",
    "⭕": "○",
    "◯": "○",
    "✔": "✓",
    "➡": "→",
    "〜": "～",
    "~": "～",
    "‘": "'",
    "“": '"',
    "”": '"',
}
"""Characters that print alike on a Japanese page, and the one that Japanese print means."""

_HALF_WIDTH = range(0xFF61, 0xFFA0)
"""Half-width katakana (JIS X 0201): no font of today sets them, and they look like the usual ones."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The characters of a reader by number, as Japanese print has them. None: no character of Japanese print.

    `blank` is the number that stands between letters.
    """

    characters: tuple[str | None, ...]
    blank: int = 0

    def fold(self, shares: Iterable[tuple[int, float]]) -> dict[str, float]:
        """The shares of characters by number as shares of Japanese characters; those of all others are left out.

        >>> Alphabet(("", "値", "値", None)).fold([(1, 0.5), (2, 0.25), (3, 0.2)])
        {'値': 0.75}
        """
        folded: dict[str, float] = {}
        for number, share in shares:
            if (character := self.characters[number]) is not None:
                folded[character] = folded.get(character, 0.0) + share
        return folded


def alphabet_of(characters: tuple[str, ...]) -> Alphabet:
    """The alphabet of a reader: its characters, the blank before and the space behind them.

    >>> alphabet_of(("産", "产", "決", "决", "龥", "A")).characters
    ('', '産', '産', '決', '決', None, 'A', ' ')
    """
    return Alphabet(("", *(_meant(character) for character in characters), " "))


def _meant(character: str) -> str | None:
    if meant := variants().get(character) or _SAME.get(character):
        return meant
    return character if is_japanese(character) else None


def is_japanese(character: str) -> bool:
    """Whether Japanese print has a character: the code page 932, which is JIS X 0208 with the extensions of vendors.

    >>> [is_japanese(character) for character in "髙値值ｱа"]
    [True, True, False, False, False]
    """
    if character in _ALSO:
        return True
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    name = unicodedata.name(character, "")
    return ord(character) not in _HALF_WIDTH and not name.startswith(("CYRILLIC", "GREEK", "BOX DRAWINGS"))


@cache
def variants() -> dict[str, str]:
    """Forms that a reader trained on Chinese gives, and the Japanese characters of the same print (`variants.csv`),
    with old forms of characters that stand in no names: pages of today do not print them."""
    return dict(_rows(files("extract.ocr").joinpath("variants.csv").read_text(encoding="utf-8")))


def _rows(text: str) -> Iterator[tuple[str, str]]:
    for row in csv.DictReader(text.splitlines()):
        yield row["read"], row["means"]
