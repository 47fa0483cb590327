"""Whether the rows behind an empty one go on with the table above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from extract.text.aligned import NUMBER

_YEAR: Final = re.compile(r"(?:19|20)\d\d")

_LEAST_NUMBERS: Final = 2
"""So many numbers under those of the row above make a row of its table."""


def goes_on_below(above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]) -> bool:
    """Whether rows that an empty one parts from those above have no heads of their own, but are of their table.

    The first of them that holds more than a heading tells: its numbers, which are no years, stand where the last row
    above has its own, and a row of heads stands over that one.

    >>> above = [["事業", "R5", "R6"], ["道路", "12", "13"]]
    >>> goes_on_below(above, [["公園", "8", "9"]]), goes_on_below(above, [["事業", "R7", "R8"], ["道路", "14", "15"]])
    (True, False)
    >>> goes_on_below(above, [["２ みどり"], ["公園", "8", "9"]]), goes_on_below(above, [["年", "2020", "2021"]])
    (True, False)
    """
    headings = len(list(takewhile(_is_heading, below)))
    if headings == len(below) or not above or not any(_heads(row) for row in above[:-1]):
        return False
    row = [field.strip() for field in below[headings]]
    numbers = _numbered(row)
    are_years = all(_YEAR.fullmatch(row[at]) for at in numbers)
    return bool(row[0]) and len(numbers) >= _LEAST_NUMBERS and numbers <= _numbered(above[-1]) and not are_years


def _is_heading(row: Sequence[str]) -> bool:
    """Whether a row holds one text at its left and nothing else."""
    return bool(row[0].strip()) and not any(field.strip() for field in row[1:])


def _heads(row: Sequence[str]) -> bool:
    """Whether a row may be one of heads: several texts, and no number."""
    return sum(1 for field in row if field.strip()) > 1 and not _numbered(row)


def _numbered(row: Sequence[str]) -> set[int]:
    """The columns of a row that hold a number."""
    fields = enumerate(field.strip() for field in row)
    return {at for at, field in fields if NUMBER.fullmatch(field) and any(map(str.isdigit, field))}
