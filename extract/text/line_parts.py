"""The texts of a line that blanks set apart, and the half-width columns that they take."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_GAP: Final = re.compile(r"[ \u3000]{2,}")

_WRAPPED: Final = 2
"""A text is wrapped that is no more half-width columns shorter than the longest of its column."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a line and the half-width columns that it takes."""

    text: str
    start: int
    stop: int


def parts_of(line: str) -> list[Part]:
    """The texts of a line that two blanks or more set apart."""
    found: list[Part] = []
    done = 0
    for gap in (*_GAP.finditer(line), None):
        end = gap.start() if gap else len(line)
        text = line[done:end]
        if text.strip():
            at = width_of(line[:done]) + width_of(text) - width_of(text.lstrip())
            found.append(Part(text.strip(), at, at + width_of(text.strip())))
        done = gap.end() if gap else end
    return found


def width_of(text: str) -> int:
    """The half-width columns that a text takes; a character whose width is open (△, ①) takes two in Japanese."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def is_wrapped(part: Part, stop: int) -> bool:
    """Whether a text was parted at the right of its column, whose longest text ends at `stop`."""
    return stop - part.stop <= _WRAPPED and not part.text.endswith("。")
