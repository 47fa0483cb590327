"""The findings' messages in Japanese.

The tables hold each message in English. `schemas/codes/messages.csv` says it in Japanese, as a message catalogue does:
``{name}`` stands for what differs from finding to finding and is carried over as it is; ``{=name}`` stands for a phrase
that the catalogue says as well, where it does.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files

from schemas.declare import Text

_PART = re.compile(r"\{(=?)(\w+)\}")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A message of the catalogue: its English as a pattern, the parts that are phrases, its Japanese with places."""

    pattern: re.Pattern[str]
    phrases: frozenset[str]
    japanese: str


def message_text(message: str) -> Text:
    """A message in both languages; English in both where the catalogue does not know it.

    >>> message_text("令和29年度 cannot be meant; 平成29年度 may be").ja
    '令和29年度はありえません。平成29年度の可能性があります'
    >>> message_text("there is no measure 商-7 between 商-6 and 商-8").ja
    '商-6と商-8の間に施策商-7がありません'
    """
    return Text(_to_japanese(message) or message, message)


def _to_japanese(message: str) -> str | None:
    for entry in _catalogue():
        if found := entry.pattern.fullmatch(message):
            return _PART.sub(partial(_part, found, entry.phrases), entry.japanese)
    return None


def _part(found: re.Match[str], phrases: frozenset[str], place: re.Match[str]) -> str:
    name = place[2]
    return (name in phrases and _to_japanese(found[name])) or found[name]


@cache
def _catalogue() -> tuple[_Entry, ...]:
    """The entries, those with more words of their own first: a short one may fit a longer message as well."""
    return tuple(_entries(sorted(catalogue(), key=lambda said: -len(_PART.sub("", said.en)))))


def catalogue() -> Iterator[Text]:
    """The messages and phrases of the catalogue, with their places."""
    text = files("schemas.codes").joinpath("messages.csv").read_text(encoding="utf-8")
    return (Text(row["ja"], row["en"]) for row in csv.DictReader(text.splitlines()))


def _entries(said: Iterable[Text]) -> Iterator[_Entry]:
    for text in said:
        pieces = _PART.split(text.en)  # words, mark, name, words, mark, name, … words
        pattern = "".join(
            re.escape(words) + (f"(?P<{name}>.+?)" if name else "")
            for words, name in zip(pieces[::3], [*pieces[2::3], ""], strict=True)
        )
        phrases = frozenset(name for mark, name in _PART.findall(text.en) if mark)
        yield _Entry(re.compile(pattern, re.DOTALL), phrases, text.ja)
