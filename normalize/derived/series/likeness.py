"""How alike two names are, and how far the values of two things agree: what a match across editions rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from normalize.text.folding import squeeze, unquoted

AKIN = 0.25
"""Names that share less have nothing in common; those that share no more are one thing's only where the printed code
is the same too, or three different values are."""

ALIKE = 0.5
"""Names of at least this likeness may be one name and its new form, where the values of both say so too."""

VERY_ALIKE = 0.9
"""Names of at least this likeness are one name and its new form where no value says otherwise: an ending went."""

MARGIN = 0.1
"""By so much the best match must be more alike than the next, or neither is taken."""

Key = tuple[str, int]
"""A role and a fiscal year: what a value stands under."""

Values = Mapping[Key, float]

_PROOF = 3

_SAME_CORE = 0.95
"""Two names that differ only in what does not count are so alike."""

_NUMBERS = re.compile(r"[\d.,]+")
_SMALL = re.compile(r"の|等|など|及び|および|・|、|[()「」『』\[\]【】]")
_ENDINGS = re.compile(r"(?:について|に関すること|事業|業務|取組|取り組み)+$")
_COUNTS = re.compile(r"(?:件|回)数$")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of the values that two things both print for the same role and year: how many are equal, and how many differ.

    `telling` are the different numbers among the equal ones, nought aside: many things are nought in the same year.
    """

    telling: int
    equal: int
    different: int

    @property
    def speaks_for(self) -> bool:
        """Whether the values say that the two are one; a revised figure or two do not make two of them."""
        return self.telling > 0 and self.equal > self.different

    @property
    def is_proof(self) -> bool:
        """Whether the values alone nearly prove it: three different numbers equal, and at most one revised."""
        return self.telling >= _PROOF and self.different <= 1

    @property
    def speaks_against(self) -> bool:
        """Whether the values say that the two are not one."""
        return self.different > self.equal


def agreement(one: Values, other: Values) -> Agreement:
    """Count the keys that both have, as equal or different; `telling` counts the distinct equal values but 0.

    >>> agreement({("actual", 2024): 5.0, ("target", 2024): 9.0}, {("actual", 2024): 5.0, ("actual", 2025): 7.0})
    Agreement(telling=1, equal=1, different=0)
    """
    shared = one.keys() & other.keys()
    equal = [key for key in shared if one[key] == other[key]]
    return Agreement(len({one[key] for key in equal} - {0.0}), len(equal), len(shared) - len(equal))


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """What two prints of one name have in common: widths, blanks and the brackets around the whole do not count.

    >>> name_key("事業承継 セミナー") == name_key("事業承継ｾﾐﾅｰ")
    True
    """
    return squeeze(unquoted(name)).casefold()


@lru_cache(maxsize=65_536)
def goal_key(text: str) -> str:
    """The key of a goal that has no name of its own: its words without the numbers, which change every year.

    >>> goal_key("新規出店者 4社/年") == goal_key("新規出店者 12社/年")
    True
    """
    return _NUMBERS.sub("#", name_key(text))


@lru_cache(maxsize=65_536)
def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1, by what of their text they share in its order.

    Particles, and words such as 事業 that come and go at the end of a name, do not count where more is left.

    >>> likeness("開催数", "開催回数"), likeness("商店街の支援", "商店街支援事業")
    (0.95, 0.95)
    >>> likeness("小学校の改修", "中学校の改修") < VERY_ALIKE
    True
    """
    if one == other:
        return 1.0
    left, right = _core(one), _core(other)
    if left == right:
        return _SAME_CORE
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    shared = sum(block.size for block in blocks)
    # A part that stands in the place of another tells two things apart more than a part that is added.
    at = (0, 0)
    replaced = 0
    for block in blocks:
        replaced += min(block.a - at[0], block.b - at[1])
        at = (block.a + block.size, block.b + block.size)
    whole = len(left) + len(right)
    return round(max(0.0, 2 * (shared - replaced) / whole), 4) if whole else 0.0


def _core(name: str) -> str:
    small = _COUNTS.sub("数", _SMALL.sub("", name))
    return _ENDINGS.sub("", small) or small or name
