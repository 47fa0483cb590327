"""Columns that blanks set apart → rows of fields, as `pdftotext -layout` and typewriters print tables.

What stands over what tells the columns: places that every full row leaves blank part them. A cell goes on in the line
below where its first line was full, as those that are wrapped are. A table of which that does not tell whether such a
line belongs to the row above or below is left as lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from extract.text.line_parts import Part, is_wrapped, parts_of, width_of
from extract.text.straddled import straddle_end, unstraddled

NUMBER: Final = re.compile(r"[△▲▼+-]?\s?[0-9０-９][0-9０-９,，.．]*[%％]?|[-－―ー…]+")
_CLOSED: Final = re.compile(r"[(（\[［【]")
"""What a note over a table begins with, and no head: （単位：千円）."""

_NOTE: Final = re.compile(
    r"[(（\[［【]\s*(?:単位|金額)[^()（）\[\]［］【】]{1,12}[)）\]］】]|(?:単位|金額)\s*[:：]\s*\S{1,8}"
)
"""The unit of a table, noted over it."""

_RULE: Final = re.compile(r"[\s+|]*(?:[-=_─━―－ー═]{3,}[\s+|]*)+")
"""A line that parts heads and rows and prints nothing else."""

_WIDE: Final = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
"""A character of a label that is set wide."""

_LEAST_COLUMNS: Final = 3
_LEAST_ROWS: Final = 2
"""So many lines that fill all columns make a table."""

_LEAST_OF_WORDS: Final = 3
"""The same where no column holds numbers."""

_OFF_CENTRE: Final = 3
"""How far, in half-width columns, the middle of a head may be from the middle of what it stands over."""

_SURE: Final = 1.5
"""How much nearer the middle of what it stands over has to be than any other."""

_MOSTLY: Final = 0.6

_HEADING: Final = re.compile(r"[(（\[［【〔《〈＜<第①-⑳■●◆○◎□・※0-9０-９]")
"""What a heading or a note between rows begins with."""


def aligned_end(lines: Sequence[str], start: int) -> int:
    """Where the lines end, from `start` on, that hold several texts each, apart from each other.

    The first may hold one alone that stands right of where the next one begins: a head over some of its columns.
    """
    end = start
    if start + 1 < len(lines) and len(alone := parts_of(lines[start])) == 1 and not _CLOSED.match(alone[0].text):
        below = parts_of(lines[start + 1])
        end += len(below) > 1 and alone[0].start >= below[1].start
    while (
        end < len(lines) and "\t" not in lines[end] and (len(parts_of(lines[end])) > 1 or _is_rule(lines, start, end))
    ):
        end += 1
    return end if end > start + 1 else start + (len(parts_of(lines[start])) > 1 if start < len(lines) else 0)


def _is_rule(lines: Sequence[str], start: int, at: int) -> bool:
    """Whether a line is a rule among the lines of a table."""
    return at > start and _RULE.fullmatch(lines[at]) is not None


def aligned_rows(lines: Sequence[str]) -> tuple[tuple[str, ...], ...] | None:
    """The rows of a table whose columns are set out by blanks alone; None where lines are no table, or may be prose.

    >>> aligned_rows(["区分      計画    実績", "窓口       120      98", "電話     1,500   1,620"])
    (('区分', '計画', '実績'), ('窓口', '120', '98'), ('電話', '1,500', '1,620'))
    >>> aligned_rows(["窓口で受けた    相談は", "前の年より    多い"]) is None
    True
    """
    parts = unstraddled([parts_of(line) for line in lines if not _RULE.fullmatch(line)])
    most = max(map(len, parts), default=0)
    full = [line for line in parts if len(line) == most]
    columns = _columns([*full, *(heads := _heads_alone(parts, full))])
    if most < _LEAST_COLUMNS or len(full) + len(heads) < _LEAST_ROWS:
        return None
    if len(columns) < most or _are_labels_set_wide(full):
        return None
    parts = [[piece for part in line for piece in _split(part, columns)] for line in parts]
    counted = [col for col in range(len(columns)) if _counts(col, full, columns)]
    if (joined := _joined(parts, counted, columns)) is None:
        return None
    parts = joined
    first = next((at for at, line in enumerate(parts) if _row_counts(line, counted, columns)), len(parts))
    if any(_begins_row(parts, at, columns) for at in range(1, first)):
        return None
    if not counted and (len(full) < _LEAST_OF_WORDS or len(full) < len(parts)):
        return None
    rows: list[tuple[str, ...]] = []
    for at, line in enumerate(parts):
        row = _head(line, columns) if at < first and len(line) < most else _row(line, columns)
        if row is None or (at > first and not _row_counts(line, counted, columns)):
            return None
        rows.append(row)
    return tuple(rows)


def _heads_alone(parts: Sequence[Sequence[Part]], full: Sequence[Sequence[Part]]) -> Sequence[Sequence[Part]]:
    """The first line, where one line alone is full and it has a head over each column of that but the names'."""
    if len(full) != 1 or not any(NUMBER.fullmatch(part.text) for part in full[0]):
        return []
    columns = _columns(full)
    return [line for line in parts[:1] if _is_over_each(line, columns)]


def _is_over_each(line: Sequence[Part], columns: Sequence[range]) -> bool:
    """Whether a line has one text over each column but that of the names, and none over another."""
    return [_under(part, columns) for part in line] == [[col] for col in range(1, len(columns))]


def _are_labels_set_wide(full: Sequence[Sequence[Part]]) -> bool:
    """Whether each line begins with single characters of a label that is set wide: 目　　的    海を守る。"""
    return all(all(_WIDE.fullmatch(part.text) for part in line[:2]) for line in full)


def is_caption(line: str) -> bool:
    """Whether a line is the title of the table below it, and behind it what holds for all of the table.

    >>> is_caption("３　事業費の推移                （単位：千円）"), is_caption("区分      計画    （実績）")
    (True, False)
    """
    title, *notes = parts_of(line) or [Part("", 0, 0)]
    return bool(notes) and all(_NOTE.fullmatch(note.text) for note in notes) and not NUMBER.fullmatch(title.text)


def wrapped_end(lines: Sequence[str], start: int) -> int:
    """Where the lines of `aligned_end` end with those among them that hold but one text, which goes on from above
    or around a line without one in its place.
    """
    end = aligned_end(lines, start)
    while start < end < len(lines):
        stop = straddle_end(lines, start, end)
        if stop == end and not _goes_on(lines, start, end):
            break
        stop = max(stop, end + 1)
        end = max(stop, aligned_end(lines, stop))
    return end


def _goes_on(lines: Sequence[str], start: int, end: int) -> bool:
    """Whether a line holds but one text, which goes on from the one above it, as long as any that begins there."""
    parts = parts_of(lines[end])
    if len(parts) != 1 or _HEADING.match(parts[0].text) or end < start + _LEAST_ROWS:
        return False
    above = [part for part in parts_of(lines[end - 1]) if part.start == parts[0].start]
    others = (part for line in lines[start:] for part in parts_of(line) if part.start == parts[0].start)
    return bool(above) and is_wrapped(above[0], max(part.stop for part in others))


def _begins_row(lines: Sequence[Sequence[Part]], at: int, columns: Sequence[range]) -> bool:
    """Whether a line over the first row may begin a name that goes on in it: a text under the head of the names alone,
    that was wrapped.
    """
    (part, *others), headed = lines[at], any(line[0].start in columns[0] for line in lines[:at])
    stop = max(line[0].stop for line in lines if line[0].start in columns[0])
    return not others and part.start in columns[0] and headed and is_wrapped(part, stop)


def _joined(parts: list[list[Part]], counted: Sequence[int], columns: Sequence[range]) -> list[list[Part]] | None:
    """The lines with those that go on from the one above joined to it; None where they may belong to the one below.

    A line goes on that holds no number where the rows do. It belongs below where it begins texts that are wrapped.
    """
    more = _lines_without_number(parts, counted, columns)
    if not more:
        return parts
    alone = [at for at in more if len(parts[at]) == 1 and parts[at][0].start == columns[0].start]
    if len(alone) == 1 == len(more):
        return None  # as likely a heading of the rows below
    stops = _stops(parts)
    if all(at + 1 < len(parts) and all(is_wrapped(p, stops[p.start]) for p in parts[at]) for at in more):
        return None
    rows: list[list[Part]] = []
    above: dict[int, Part] = {}
    for at, line in enumerate(parts):
        of_line = {part.start: part for part in line}
        if at not in more:
            rows.append(list(line))
            above = of_line
        elif all(start in above and is_wrapped(above[start], stops[start]) for start in of_line):
            rows[-1] = [_with_more(part, of_line.get(part.start)) for part in rows[-1]]
            above |= of_line
        else:
            return None
    return rows


def _lines_without_number(parts: Sequence[list[Part]], counted: Sequence[int], columns: Sequence[range]) -> list[int]:
    """The lines, from the first row on that has its number, that have none."""
    counts = [_row_counts(line, counted, columns) for line in parts]
    first = counts.index(True) if counted and True in counts else len(parts)
    return [at for at in range(first, len(parts)) if not counts[at]]


def _stops(parts: Sequence[list[Part]]) -> dict[int, int]:
    """Where the longest text ends of those that begin at one place."""
    stops: dict[int, int] = {}
    for part in (part for line in parts for part in line):
        stops[part.start] = max(stops.get(part.start, 0), part.stop)
    return stops


def _with_more(part: Part, more: Part | None) -> Part:
    """A text with the one that it goes on with."""
    return part if more is None else Part(part.text + more.text, part.start, part.stop)


def _split(part: Part, columns: Sequence[range]) -> Iterator[Part]:
    """The words of a text that one blank parts, where each of them stands in a column of its own."""
    words = [
        Part(match[0], at, at + width_of(match[0]))
        for match in re.finditer(r"\S+", part.text)
        for at in (part.start + width_of(part.text[: match.start()]),)
    ]
    under = [_under(word, columns) for word in words]
    own = [cols[0] for cols in under if len(cols) == 1]
    yield from words if len(own) == len(words) == len({*own}) else [part]


def _columns(full: Sequence[Sequence[Part]]) -> list[range]:
    """The columns of lines that fill them all: what no blank place parts is one."""
    spans = sorted((part.start, part.stop) for line in full for part in line)
    columns: list[list[int]] = []
    for start, stop in spans:
        if columns and start < columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], stop)
        else:
            columns.append([start, stop])
    return [range(start, stop) for start, stop in columns]


def _under(part: Part, columns: Sequence[range]) -> list[int]:
    """The columns that a text stands in."""
    return [at for at, column in enumerate(columns) if part.start < column.stop and column.start < part.stop]


def _counts(col: int, full: Sequence[Sequence[Part]], columns: Sequence[range]) -> bool:
    """Whether most of what stands in a column are numbers."""
    texts = [part.text for line in full for part in line if _under(part, columns) == [col]]
    return sum(NUMBER.fullmatch(text) is not None for text in texts) > _MOSTLY * len(texts) - 1 and any(
        any(character.isdigit() for character in text) for text in texts if NUMBER.fullmatch(text)
    )


def _row_counts(line: Sequence[Part], counted: Sequence[int], columns: Sequence[range]) -> bool:
    """Whether a line holds a number where the others do."""
    return not counted or any(NUMBER.fullmatch(part.text) and set(_under(part, columns)) & {*counted} for part in line)


def _row(line: Sequence[Part], columns: Sequence[range]) -> tuple[str, ...] | None:
    """The fields of a line, each text in a column of its own; None where one stands in none or in several."""
    fields = [""] * len(columns)
    for part in line:
        under = _under(part, columns)
        if len(under) != 1 or fields[under[0]]:
            return None
        fields[under[0]] = part.text
    return tuple(fields)


def _head(line: Sequence[Part], columns: Sequence[range]) -> tuple[str, ...] | None:
    """The fields of a line of heads, of which one may stand over the middle of several columns: then it is their first.

    None where the place of a head does not tell which columns it heads. It is told where each column but that of the
    names has one head over it alone, also off its middle.
    """
    if _is_over_each(line, columns):
        return ("", *(part.text for part in line))
    under = [_under(part, columns) for part in line]
    if any(not cols for cols in under) or any(one[-1] >= other[0] for one, other in pairwise(under)):
        return None
    fields = [""] * len(columns)
    for at, part in enumerate(line):
        first = under[at - 1][-1] + 1 if at else 0
        stop = under[at + 1][0] if at + 1 < len(under) else len(columns)
        spans = [(one, last) for one in range(first, under[at][0] + 1) for last in range(under[at][-1], stop)]
        near, *others = sorted((_off_centre(part, columns[one], columns[last]), one) for one, last in spans)
        if near[0] > _OFF_CENTRE or any(other < near[0] + _SURE for other, _ in others):
            return None
        fields[near[1]] = part.text
    return tuple(fields)


def _off_centre(part: Part, first: range, last: range) -> float:
    """How far a head is from the middle of columns; one column may have it at its left or its right."""
    middle = abs((part.start + part.stop) / 2 - (first.start + last.stop) / 2)
    return 0.0 if first == last and (part.start == first.start or part.stop == first.stop) else middle
