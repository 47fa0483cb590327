"""Tables that characters rule → their cells: ┌─┬─┐ │ │ └─┴─┘ and +---+ | | +---+.

Where a rule's character stands, in half-width columns, tells which cells it parts; so a cell may span rows and columns.
A character of a rule takes one column or two, as the font of its writer had it: that width is right with which the
lines of the table end alike. Where they do not, each line has to have as many cells as all others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from extract.text.aligned import NUMBER
from extract.text.cell import field_to_text
from schemas.document import Cell, Fragment, Table

_ACROSS: Final = frozenset("─━═╌╍┄┅┈┉-=－")
_DOWN: Final = frozenset("│┃║╎╏┆┇┊┋|｜")
_CROSSING: Final = frozenset(
    "┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫╭╮╯╰+＋"
)
_BOTTOM: Final = frozenset("└┕┖┗╚╘╙╰")
"""What the last rule of a table begins with."""

_BARS: Final = re.compile("[" + "".join(sorted(_DOWN)) + "]")

_LEAST_RULE: Final = 3
"""So many characters of a rule in one line are a rule, and no dash of a text."""

_LEAST_LINES: Final = 3
"""A table has a rule over and a rule under its first row."""

_LEAST_ROWS: Final = 2
"""So many lines between two rules with a number each in one column are rows of their own."""

_FULL: Final = 2
"""A line that leaves fewer half-width columns of its cell free was wrapped there; the next one goes on in it."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A line by its half-width columns: the character that begins in each; a second column of one holds nothing."""

    at: tuple[str, ...]

    def is_down(self, x: int) -> bool:
        return x < len(self.at) and self.at[x] in _DOWN | _CROSSING

    def is_across(self, start: int, stop: int) -> bool:
        """Whether a rule takes all of the columns between two crossings."""
        part = [character for character in self.at[start:stop] if character]
        return bool(part) and all(character in _ACROSS | _CROSSING for character in part)

    def text(self, start: int, stop: int) -> str:
        return "".join(self.at[start:stop])


class _Band(NamedTuple):
    """The lines of a row, and whether no rule parts it from the row before."""

    lines: range
    goes_on: bool = False


def ruled_end(lines: Sequence[str], start: int) -> int:
    """Where a table ends that begins with a rule at `start`; `start` itself where none does."""
    if not _is_rule(lines[start]):
        return start
    end = start + 1
    while end < len(lines) and "\t" not in lines[end] and (_is_rule(lines[end]) or set(lines[end]) & _DOWN):
        end += 1
        if _is_rule(lines[end - 1]) and lines[end - 1].strip()[0] in _BOTTOM:
            break
    return end if end - start >= _LEAST_LINES else start


def ruled_table(lines: Sequence[str]) -> Table | None:
    """The table that rules of characters draw; None where they draw none whose cells are rectangles.

    >>> table = ruled_table(["┌─┬─┐", "│区│２│", "│　├─┤", "│　│３│", "└─┴─┘"])
    >>> [(cell.row, cell.col, cell.row_span, cell.text) for cell in table.cells]
    [(0, 0, 2, '区'), (0, 1, 1, '２'), (1, 1, 1, '３')]
    """
    for width in (2, 1):
        drawn = [_drawn(line, width) for line in lines]
        if len({len(line.at) for line in drawn}) == 1 and (table := _table(drawn)) is not None:
            return table
    even = _even(lines)
    return _table([_drawn(line, 1) for line in even]) if even is not None else None


def _is_rule(line: str) -> bool:
    marks = line.strip()
    return (
        bool(marks)
        and all(character in _ACROSS | _CROSSING for character in marks)
        and sum(character in _ACROSS for character in marks) >= _LEAST_RULE
        and any(character in _CROSSING for character in marks)
    )


def _drawn(line: str, width: int) -> _Drawn:
    """A line whose characters of rules take so many columns, where their width is open."""
    at: list[str] = []
    for character in line.rstrip():
        is_open = character in _ACROSS | _DOWN | _CROSSING and unicodedata.east_asian_width(character) == "A"
        at += [character, *[""] * ((width if is_open else _width(character)) - 1)]
    return _Drawn(tuple(at))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def _even(lines: Sequence[str]) -> list[str] | None:
    """Lines that have as many cells each, parted by bars, drawn so that they end alike; None where they do not."""
    rows = [line.strip() for line in lines]
    texts = [re.split(_BARS, row[1:-1]) for row in rows if not _is_rule(row)]
    is_closed = all(row[0] in _DOWN and row[-1] in _DOWN for row in rows if not _is_rule(row))
    crossings = {sum(character in _CROSSING for character in row) - 1 for row in rows if _is_rule(row)}
    if not texts or not is_closed or crossings | {len(fields) for fields in texts} != {len(texts[0])}:
        return None
    widths = [max(_width(fields[col]) for fields in texts) for col in range(len(texts[0]))]
    rule = "+" + "+".join("-" * width for width in widths) + "+"
    padded = iter(
        "|" + "|".join(field + " " * (width - _width(field)) for field, width in zip(fields, widths, strict=True)) + "|"
        for fields in texts
    )
    return [rule if _is_rule(row) else next(padded) for row in rows]


def _table(drawn: Sequence[_Drawn]) -> Table | None:
    xs = sorted({x for line in drawn for x in range(len(line.at)) if _parts(drawn, line, x)})
    gaps = [(one + 1, other) for one, other in pairwise(xs)]
    across = [[line.is_across(*gap) for gap in gaps] for line in drawn]
    bands = [part for band in _bands(across) for part in _rows(drawn, band, gaps)]
    if not gaps or not bands:
        return None
    joined = _joined(drawn, xs, across, bands)
    cells: list[Cell] = []
    for top, left in sorted({*joined.values()}):
        places = [place for place, first in joined.items() if first == (top, left)]
        bottom, right = max(row for row, _ in places), max(col for _, col in places)
        if len(places) != (bottom - top + 1) * (right - left + 1):
            return None
        lines = range(bands[top].lines.start, bands[bottom].lines.stop)
        start, stop = gaps[left][0], gaps[right][1]
        parts = [drawn[at].text(start, stop).strip() for at in lines if not across[at][left]]
        text = field_to_text(_wrapped(parts, stop - start))
        cells.append(Cell(top, left, bottom - top + 1, right - left + 1, text, (Fragment(1, text),)))
    return Table(len(bands), len(gaps), tuple(cells))


def _parts(drawn: Sequence[_Drawn], line: _Drawn, x: int) -> bool:
    """Whether a character parts columns: a crossing of a rule, or a bar that another line goes on with."""
    if not line.is_down(x):
        return False
    return line.at[x] in _CROSSING or any(other.is_down(x) for other in drawn if other is not line)


def _bands(across: Sequence[Sequence[bool]]) -> Iterator[range]:
    """The lines between rules."""
    start: int | None = None
    for at, rules in enumerate([*across, [True]]):
        if any(rules):
            if start is not None:
                yield range(start, at)
            start = None
        elif start is None:
            start = at


def _rows(drawn: Sequence[_Drawn], band: range, gaps: Sequence[tuple[int, int]]) -> Iterator[_Band]:
    """The rows of the lines between two rules: one, or one for each number of a column that holds several."""
    counts = [[at for at in band if NUMBER.fullmatch(drawn[at].text(*gap).strip())] for gap in gaps]
    starts = sorted({at for lines in counts if len(lines) >= _LEAST_ROWS for at in lines})
    if not starts or starts[0] != band.start:
        yield _Band(band)
        return
    for start, stop in pairwise([*starts, band.stop]):
        yield _Band(range(start, stop), start > band.start)


def _joined(
    drawn: Sequence[_Drawn], xs: Sequence[int], across: Sequence[Sequence[bool]], bands: Sequence[_Band]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place of the grid the first place of its cell: no bar stands between them, and no rule.

    Rows without a rule between them share what stands on the left of both, as an empty place there says.
    """
    cols = range(len(xs) - 1)
    first = {(row, col): (row, col) for row in range(len(bands)) for col in cols}

    def join(one: tuple[int, int], other: tuple[int, int]) -> None:
        low, high = sorted((first[one], first[other]))
        for place, begins in first.items():
            if begins == high:
                first[place] = low

    for row, (band, goes_on) in enumerate(bands):
        for col in cols[1:]:
            if not any(drawn[at].is_down(xs[col]) for at in band):
                join((row, col - 1), (row, col))
        is_left = goes_on
        for col in cols if row else ():
            is_left = is_left and not any(drawn[at].text(xs[col] + 1, xs[col + 1]).strip() for at in band)
            between = range(bands[row - 1].lines.stop, band.start)
            if is_left if goes_on else not any(across[at][col] for at in between):
                join((row - 1, col), (row, col))
    return first


def _wrapped(lines: Sequence[str], width: int) -> str:
    """The text of a cell of some width; a line that is as wide goes on in the next one, but no number does."""
    text = ""
    is_full = False
    for line in filter(None, lines):
        counts = line[0].isdigit() and text[-1:].isdigit()
        text += ("" if not text or (is_full and not counts) else "<br>") + line
        is_full = width - _width(line) < _FULL
    return text
