"""Remembering what was made of a text: labels and cells are looked at many times, by every reader and every check."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, ParamSpec, TypeVar

MOST_TEXTS: Final = 8192
"""The cells of several long documents."""

LONGEST: Final = 1024
"""The length up to which a text is remembered: so the memory that is held stays small however long a run is."""

_T = TypeVar("_T")
_P = ParamSpec("_P")


_FORGET: Final[list[Callable[[], None]]] = []


def forget() -> None:
    """Forget all that is remembered, as if no document had been read yet: for whoever measures how long one takes."""
    for clear in _FORGET:
        clear()


def kept(most: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Let a function of several values keep its latest results, until `forget` is called."""

    def decorate(function: Callable[_P, _T]) -> Callable[_P, _T]:
        recall = lru_cache(maxsize=most)(function)
        _FORGET.append(recall.cache_clear)
        return wraps(function)(recall)  # type: ignore[return-value]  # lru_cache hides the parameters

    return decorate


def remembered(most: int = MOST_TEXTS, longest: int = LONGEST) -> Callable[[Callable[[str], _T]], Callable[[str], _T]]:
    """Let a function of one text, with a value that nobody changes, keep its latest results.

    It keeps at most `most`, and none for a text of more than `longest` characters.

    >>> @remembered()
    ... def reverse(text: str) -> str:
    ...     print("worked out")
    ...     return text[::-1]
    >>> reverse("表裏"), reverse("表裏")
    worked out
    ('裏表', '裏表')
    """

    def decorate(function: Callable[[str], _T]) -> Callable[[str], _T]:
        recall = lru_cache(maxsize=most)(function)
        _FORGET.append(recall.cache_clear)

        @wraps(function)
        def of(text: str) -> _T:
            return recall(text) if len(text) <= longest else function(text)

        return of

    return decorate
