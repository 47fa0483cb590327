"""The signs of print: marks in front of lines, brackets, words that make a number a limit; one file each."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from schemas.closed_sets import COMPARATORS, Comparator

MarkUse = Literal["dot", "sign", "item", "heading", "value", "note"]
BracketKind = Literal["round", "square", "tortoise", "lenticular", "angle", "quote"]
Side = Literal["before", "after"]
Where = Literal["number", "band"]


@cache
def _mark_uses() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((row["mark"], frozenset(row["uses"].split())) for row in _rows("bullets.csv"))


@cache
def leading(*uses: MarkUse, never: tuple[MarkUse, ...] = ()) -> str:
    """The marks of `bullets.csv` that have one of the uses, in the order of the file.

    A mark leads an ``item`` of a list, a ``heading`` or a ``note``. A ``dot`` also stands between words. A ``sign`` is
    a mark in front only where items are sought (。会議). A ``value`` may be a grade or an option instead: ○, □, △.

    >>> leading("note"), leading("note", never=("sign",)), leading("heading", never=("value",))
    ('※＊*', '※', '●■◆◇▶▷►➢➤▼▽★')
    """
    return "".join(mark for mark, its in _mark_uses() if its & {*uses} and its.isdisjoint(never))


@cache
def bracket_pairs(*kinds: BracketKind) -> Mapping[str, str]:
    """The brackets of `brackets.csv` of some kinds, else all: what closes each.

    >>> bracket_pairs("lenticular", "square")
    {'[': ']', '［': '］', '【': '】'}
    """
    return {row["opening"]: row["closing"] for row in _rows("brackets.csv") if not kinds or row["kind"] in kinds}


def opening(*kinds: BracketKind) -> str:
    """The opening brackets, for a class of characters in a pattern: ``[`` is escaped.

    >>> opening("square"), closing("square")
    ('\\\\[［', '\\\\]］')
    """
    return "".join(_in_class(one) for one in bracket_pairs(*kinds))


def closing(*kinds: BracketKind) -> str:
    """The closing brackets, for a class of characters in a pattern."""
    return "".join(_in_class(one) for one in bracket_pairs(*kinds).values())


@dataclass(frozen=True, slots=True)
class LimitWord:
    """A word before or behind a number that makes it a limit, or about so much (~), and where it does."""

    word: str
    side: Side
    comparator: Comparator


@cache
def limit_words(side: Side, where: Where) -> tuple[LimitWord, ...]:
    """The words of `comparators.csv` on one side of a number, or of a bound of a band that a legend prints.

    >>> [word.word for word in limit_words("after", "band") if word.comparator == "<="]
    ['以下', '以内', 'まで']
    """
    return tuple(
        LimitWord(row["word"], side, COMPARATORS[row["comparator"]])
        for row in _rows("comparators.csv")
        if row["side"] == side and row["where"] in (where, "both")
    )


def _in_class(character: str) -> str:
    return "\\" + character if character in "[]" else character


def _rows(name: str) -> csv.DictReader[str]:
    return csv.DictReader(files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines())
