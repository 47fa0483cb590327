"""What a reader of lines gives: letters with how sure it is of each, and what else each may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from extract.ocr.page_picture import Grey


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a line. `at` is where it stands along the picture, from 0 (left) to 1; `sure` from 0 to 1.

    `others` are what else it may be, the likeliest first, each with its share.
    """

    text: str
    at: float
    sure: float
    others: tuple[tuple[str, float], ...] = ()


class LineReader(Protocol):
    """Reads pictures of single lines of text, dark on light, from left to right."""

    @property
    def name(self) -> str: ...

    def read(self, lines: Sequence[Grey]) -> list[tuple[Letter, ...]]:
        """The letters of each line, in the order of the lines. The same lines give the same letters."""
        ...
