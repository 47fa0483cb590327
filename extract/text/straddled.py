"""Cells of two lines around the line of their row: what a text layer prints of texts set in the middle of their cells.

    全国学力調査で全国平均を
                                 教科     1     2
    上回った教科の数

The row leaves the places blank that the lines over and under it fill, and they fill no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extract.text.line_parts import Part, is_wrapped, parts_of

_LINES: Final = 3
"""The upper line, the row, and the lower line."""

_LEAST: Final = 2
"""So many texts of a line make it a row."""


def straddle_end(lines: Sequence[str], start: int, at: int) -> int:
    """Where three such lines end that begin at `at`, behind a line or more of a table; `at` itself where none do.

    None do either where a row follows that leaves the same place blank: the lower line may be the upper one of it.
    """
    around = [parts_of(line) for line in lines[at : at + 3]]
    if len(around) < _LINES or at == start:
        return at
    next_row = parts_of(lines[at + _LINES]) if at + _LINES < len(lines) else []
    is_shared = len(next_row) >= _LEAST and next_row[0].start > around[0][0].start
    stops = _stops([parts_of(line) for line in lines[start:]])
    above, row, below = around
    return at + _LINES if not is_shared and _straddles(above, row, below, stops) else at


def unstraddled(lines: list[list[Part]]) -> list[list[Part]]:
    """The lines with each row joined to the lines over and under it that fill its blank places; each joins one row."""
    stops = _stops(lines)
    rows = [at for at in range(1, len(lines) - 1) if _straddles(lines[at - 1], lines[at], lines[at + 1], stops)]
    apart = [at for at in rows if at - 2 not in rows and at + 2 not in rows]
    gone = {at + beside for at in apart for beside in (-1, 1)}
    return [
        _joined(lines[at - 1], line, lines[at + 1]) if at in apart else line
        for at, line in enumerate(lines)
        if at not in gone
    ]


def _stops(lines: Sequence[Sequence[Part]]) -> dict[int, int]:
    """Where the longest of the texts ends that begin at a place."""
    stops: dict[int, int] = {}
    for part in (part for line in lines for part in line):
        stops[part.start] = max(stops.get(part.start, 0), part.stop)
    return stops


def _straddles(above: Sequence[Part], row: Sequence[Part], below: Sequence[Part], stops: dict[int, int]) -> bool:
    """Whether the lines over and under a row fill nothing but the same blank places of it, the upper ones wholly."""
    if len(row) < max(_LEAST, len(above)) or not above or [p.start for p in above] != [p.start for p in below]:
        return False
    are_blank = all(
        part.stop <= upper.start or part.start >= max(upper.stop, lower.stop)
        for upper, lower in zip(above, below, strict=True)
        for part in row
    )
    return are_blank and all(is_wrapped(part, stops[part.start]) for part in above)


def _joined(above: Sequence[Part], row: Sequence[Part], below: Sequence[Part]) -> list[Part]:
    cells = [Part(one.text + two.text, one.start, one.stop) for one, two in zip(above, below, strict=True)]
    return sorted([*row, *cells], key=lambda part: part.start)
