"""Running numbers: the position of a record among its kind, from 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable


class Numbering:
    """Counts each key by itself.

    >>> next_number = Numbering()
    >>> next_number("a"), next_number("a"), next_number("b")
    (1, 2, 1)
    """

    def __init__(self) -> None:
        self._count: Counter[Hashable] = Counter()

    def __call__(self, *key: Hashable) -> int:
        self._count[key] += 1
        return self._count[key]
