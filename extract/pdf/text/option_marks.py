"""Options in a row, each behind its mark, with texts of one and of two lines: ○達成 ●おおむね/達成 ○未達成.

The mark stands beside the middle of its text and shares a baseline with the other marks, so that reading along the
baselines would part every mark from its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extract.pdf.text.runs import Run
from schemas.codes import printed_marks

_MARKS: Final = "".join(mark.printed for mark in printed_marks() if mark.family)
_SAME_LEVEL: Final = 0.3
"""Font sizes between baselines that are one: a mark may be of another font than its text."""


def by_option(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs of an area by the options that they are of: each mark, then the text that stands beside it.

    One part with all runs where no mark stands beside a text of two lines, or a text reaches over the next mark.
    """
    ink = [run for run in runs if run.text.strip()]
    marks = _marks_in_row(ink)
    strips = [] if marks is None else _strips(ink, marks)
    options = list(zip(marks or (), strips, strict=False))
    if not any(_is_beside(mark, run) for mark, strip in options for run in strip):
        return [list(runs)]
    return [part for mark, strip in options for part in _mark_first(mark, strip)]


def _marks_in_row(ink: Sequence[Run]) -> list[Run] | None:
    """The runs that begin with a mark, from left to right; None where they are fewer than two, not all on one
    baseline, or behind another run."""
    marks = sorted(
        (run for run in ink if run.direction == 0 and run.text.strip()[0] in _MARKS), key=lambda run: run.start
    )
    if len(marks) < 2 or any(run.start < marks[0].start for run in ink):
        return None
    on_baseline = all(abs(mark.level - marks[0].level) <= _SAME_LEVEL * mark.size for mark in marks)
    return marks if on_baseline else None


def _strips(ink: Sequence[Run], marks: Sequence[Run]) -> list[list[Run]]:
    """The runs from each mark to the next one; none where a text reaches over the next mark."""
    borders = [*pairwise([*(mark.start for mark in marks), float("inf")])]
    strips = [[run for run in ink if left <= run.start < right] for left, right in borders]
    reaches_over = any(run.end > right for strip, (_, right) in zip(strips, borders, strict=True) for run in strip)
    return [] if reaches_over else strips


def _mark_first(mark: Run, strip: list[Run]) -> list[list[Run]]:
    """A lone mark apart from its text, if that is set on other lines."""
    rest = [run for run in strip if run is not mark]
    if not any(_is_beside(mark, run) for run in rest):
        return [strip]
    return [[mark], rest]


def _is_beside(mark: Run, run: Run) -> bool:
    """Whether a run stands at the height of a mark, but on a line of its own."""
    shared = min(mark.box.bottom, run.box.bottom) - max(mark.box.top, run.box.top)
    return run is not mark and shared > 0 and abs(mark.level - run.level) > _SAME_LEVEL * mark.size
