"""Remembering what was made of a text: labels and cells are looked at many times, by every reader and every check."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar

MOST_TEXTS: Final = 8192
"""The cells of several long documents."""

LONGEST: Final = 1024
"""Longer texts are worked out anew: so the memory that is held stays small however long a run is."""

_T = TypeVar("_T")


def remembered(function: Callable[[str], _T]) -> Callable[[str], _T]:
    """A function of one text, with a value that nobody changes, that keeps its latest results.

    >>> @remembered
    ... def reverse(text: str) -> str:
    ...     print("worked out")
    ...     return text[::-1]
    >>> reverse("表裏"), reverse("表裏")
    worked out
    ('裏表', '裏表')
    """
    recall = lru_cache(maxsize=MOST_TEXTS)(function)

    @wraps(function)
    def of(text: str) -> _T:
        return recall(text) if len(text) <= LONGEST else function(text)

    return of
