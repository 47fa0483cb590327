"""The order of text in one area: blocks that stand side by side, and ruby."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extract.pdf.text.lines import TextLine
from extract.pdf.text.runs import Run
from extract.pdf.text.settings import LINES

_GUTTER = 2.0
"""The least gap, in font sizes, between blocks that stand side by side."""

_RUBY_SIZE = 0.65
"""Ruby is at most this part of the size of the text that it stands above."""

_READING: Final = re.compile(r"[ぁ-ゖァ-ヺー・﹅﹆•◦\s]+")
_READ: Final = re.compile(r"[々㐀-鿿豈-﫿]")
"""A reading is written in kana, above Chinese characters; marks of emphasis stand there too."""


def side_by_side(runs: Sequence[Run]) -> list[list[Run]]:
    """Parts of a text that stand beside each other without sharing lines, from left to right.

    Parts whose lines are level with each other are columns of one text, and stay together: they are read line by line.
    """
    across = [run for run in runs if run.direction == 0 and run.text.strip()]
    if len(across) <= 2 or len(across) < len(runs):
        return [list(runs)]
    ordered = sorted(across, key=lambda run: run.start)
    end = ordered[0].end
    for index, run in enumerate(ordered[1:], start=1):
        left, right = ordered[:index], ordered[index:]
        if run.start - end > _GUTTER * run.size and _overlap(left, right) and not _share_lines(left, right):
            return [left, *side_by_side(right)]
        end = max(end, run.end)
    return [list(runs)]


def _overlap(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether both parts stand at the same height."""
    lows = max(min(run.box.top for run in part) for part in (left, right))
    highs = min(max(run.box.bottom for run in part) for part in (left, right))
    return highs > lows


def _share_lines(left: Sequence[Run], right: Sequence[Run]) -> bool:
    if _is_set_apart(left, right):
        return False
    fewer, more = sorted((left, right), key=len)
    level = sum(any(abs(run.level - other.level) <= LINES.level_with * run.size for other in more) for run in fewer)
    return 2 * level >= len(fewer)


def _is_set_apart(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether both parts have lines of their own, in type of another size: a note of two lines beside a long name."""
    sizes = [max(run.size for run in part) for part in (left, right)]
    levels = [max(run.level for run in part) - min(run.level for run in part) for part in (left, right)]
    return max(sizes) > LINES.set_apart * min(sizes) and min(levels) > LINES.least_height * min(sizes)


def ruby_last(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with those of ruby behind the others, so that a sentence is not interrupted by its readings."""
    ruby = {id(upper) for upper, lower in pairwise(lines) if is_ruby(upper, lower)}
    return [line for line in lines if id(line) not in ruby] + [line for line in lines if id(line) in ruby]


def readings(runs: Sequence[Run]) -> list[Run]:
    """The runs of one cell that say in kana how the words below them are read."""
    small = [run for run in runs if _READING.fullmatch(run.text) and run.text.strip()]
    return [run for run in small if any(is_ruby(run, other) and _READ.search(other.text) for other in runs)]


def is_ruby(upper: TextLine | Run, lower: TextLine | Run) -> bool:
    """Whether a line holds the readings of the line below: small, close above it, and within its length."""
    return (
        upper.direction == lower.direction
        and upper.size <= _RUBY_SIZE * lower.size
        and LINES.ruby[0] * lower.size <= lower.level - upper.level <= LINES.ruby[1] * lower.size
        and lower.start - lower.size <= upper.start
        and upper.end <= lower.end + lower.size
    )
