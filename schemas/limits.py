"""How much of anything one document may take: every limit, with its default and its words, in one place.

Files come from the web. A limit keeps one of them from costing more than it may; the defaults are well above what any
real document needs. What goes beyond one is a finding that names the limit and the option that raises it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Literal

from schemas.declare import Text
from schemas.messages import say

LimitName = Literal[
    "bytes",
    "pages",
    "characters",
    "text_characters",
    "text_cells",
    "unpacked",
    "line_characters",
    "content",
    "rulings",
    "cells",
    "seconds",
    "memory",
]

_SUFFIXES = {"K": 2**10, "M": 2**20, "G": 2**30}


def _limit(default: int, what: str, meaning: str) -> int:
    declared: int = field(default=default, metadata={"what": what, "meaning": meaning})
    return declared


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one document may have or take. Raises ValueError where a limit is not above zero."""

    bytes: int = _limit(512 * 2**20, "bytes", "size of a file")
    pages: int = _limit(5_000, "pages", "pages of a PDF")
    characters: int = _limit(100_000, "characters", "characters on a page of a PDF")
    text_characters: int = _limit(10_000_000, "characters", "characters of a text document")
    text_cells: int = _limit(500_000, "table cells", "table cells of a text document or workbook, the empty ones too")
    unpacked: int = _limit(512 * 2**20, "bytes unpacked", "size of the parts of an office file, unpacked")
    line_characters: int = _limit(10_000, "characters in a line", "characters in one line of a paragraph or a cell")
    content: int = _limit(16 * 2**20, "bytes of content", "size of the content of a page of a PDF, unpacked")
    rulings: int = _limit(200_000, "lines and areas drawn", "lines and areas drawn on a page of a PDF")
    cells: int = _limit(50_000, "table cells", "table cells on a page of a PDF")
    seconds: int = _limit(600, "seconds", "time for one document")
    memory: int = _limit(4 * 2**30, "bytes of memory", "memory of the process that reads a document")

    def __post_init__(self) -> None:
        for declared in fields(self):
            if getattr(self, declared.name) <= 0:
                raise ValueError(f"{declared.name}: a limit is above 0, met {getattr(self, declared.name)}")


def limit_option(name: LimitName) -> str:
    """The option that sets a limit.

    >>> limit_option("text_characters")
    '--max-text-characters'
    """
    return f"--max-{name.replace('_', '-')}"


def limit_meanings() -> dict[LimitName, tuple[str, int]]:
    """What each limit limits, and its default, for the help."""
    return {declared.name: (declared.metadata["meaning"], declared.default) for declared in fields(Limits)}  # type: ignore[misc]  # the names of the fields are the literals


def over_limit(limits: Limits, name: LimitName, met: int | None = None) -> Text:
    """Words for what went beyond a limit: what was met, the limit, and how to raise it.

    >>> over_limit(Limits(), "pages", 6_000).en
    '6,000 pages, more than the limit of 5,000 (--max-pages raises it)'
    """
    what = say(next(declared.metadata["what"] for declared in fields(Limits) if declared.name == name))
    limit, option = limit_to_text(getattr(limits, name)), limit_option(name)
    if met is None:
        return say("more {what} than the limit of {limit} ({option} raises it)", what=what, limit=limit, option=option)
    return say(
        "{count} {what}, more than the limit of {limit} ({option} raises it)",
        count=f"{met:,}",
        what=what,
        limit=limit,
        option=option,
    )


def limit_to_text(limit: int) -> str:
    """A limit as it may be typed, and as people read it.

    >>> limit_to_text(2**32), limit_to_text(5_000)
    ('4G', '5,000')
    """
    for suffix, factor in reversed(_SUFFIXES.items()):
        if limit % factor == 0:
            return f"{limit // factor}{suffix}"
    return f"{limit:,}"


def text_to_limit(text: str) -> int:
    """A limit as it is typed: a whole number, with K, M or G for 1024, 1024² and 1024³. Raises ValueError.

    >>> text_to_limit("900"), text_to_limit("2G")
    (900, 2147483648)
    """
    digits, factor = (text[:-1], _SUFFIXES[text[-1]]) if text[-1:] in _SUFFIXES else (text, 1)
    if not (digits.isascii() and digits.isdigit()) or int(digits) == 0:
        raise ValueError(f"{text}: expected a whole number above 0, with K, M or G behind it for 1024, 1024² or 1024³")
    return int(digits) * factor
