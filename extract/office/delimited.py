"""Values kept apart by commas, semicolons or tabs → tables and lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile

from extract.office.laid import Laid
from extract.office.package import OfficeError
from extract.office.sheet_items import printed_text
from extract.text.encodings import decode
from extract.text.gaps import goes_on_below
from extract.text.grid import rows_to_table
from schemas.document import Fragment, Line, Page, Table
from schemas.limits import Limits, over_limit
from schemas.messages import say

_DELIMITERS = (",", "\t", ";", "|")
_QUOTED = re.compile(r'="([^"]*)"')
_LEAST = 2
"""Fewer rows are no table whose every second row is empty."""

_LOOKED_AT = 200
"""So many rows tell which sign parts the values."""

_LOOKED_BELOW = 4
"""So many rows behind an empty one tell whether they go on with the table above it."""


def read_delimited(data: bytes, limits: Limits) -> Laid:
    """The tables of a file of values, parted by empty rows; a row of one value beside rows of several is a line.

    An empty value at the left of a row continues the one above it, as where merged cells of a sheet were saved so.
    Raises OfficeError.
    """
    decoded = decode(data)
    if decoded is None:
        raise OfficeError(
            say("The file is no text in UTF-8, UTF-16, CP932 (Shift JIS) or EUC-JP; save it again as UTF-8.")
        )
    if len(decoded.text) > limits.text_characters:
        said = over_limit(limits, "text_characters", len(decoded.text))
        raise OfficeError(say("This file has {what}; nothing of it was read.", what=said))
    rows = _rows(decoded.text.lstrip("\ufeff").rstrip("\x00\x1a"))
    cells = len(rows) * max(map(len, rows), default=0)
    if cells > limits.text_cells:
        raise OfficeError(
            say("This file has {what}; nothing of it was read.", what=over_limit(limits, "text_cells", cells))
        )
    items = tuple(item for block in _blocks(rows) for item in _block_items(block))
    return Laid((Page(1),) if items else (), items, encoding=decoded.encoding)


def _rows(text: str) -> list[list[str]]:
    """The rows of values under the sign that parts them most alike."""
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # one limit for the process: it may only grow
    read = [_read(text, delimiter) for delimiter in _DELIMITERS]
    return max(read, key=_evenness)


def _read(text: str, delimiter: str) -> list[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t")
    return [[printed_text(_shown(value).replace("\r\n", "\n").replace("\r", "\n")) for value in row] for row in rows]


def _shown(value: str) -> str:
    """A value as a spreadsheet program shows it: ="0123" keeps text from being taken for a number."""
    match = _QUOTED.fullmatch(value)
    return match[1] if match else value


def _evenness(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many rows have the commonest number of values, where that is more than one; then how many values."""
    lengths = [len(row) for row in rows[:_LOOKED_AT] if len(row) > 1]
    if not lengths:
        return (0, 0)
    commonest = max(sorted(set(lengths)), key=lengths.count)
    return (lengths.count(commonest), commonest)


def _blocks(rows: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """Rows that no empty row parts, or one below which the table goes on; all, where one stands between all of them."""
    if _is_spaced(rows):
        yield [row for row in rows if any(row)]
        return
    block: list[Sequence[str]] = []
    for at, row in enumerate(rows):
        if any(row):
            block.append(row)
        elif block and not goes_on_below(block, list(takewhile(any, islice(rows, at + 1, at + 1 + _LOOKED_BELOW)))):
            yield block
            block = []
    if block:
        yield block


def _is_spaced(rows: Sequence[Sequence[str]]) -> bool:
    """Whether every second row is empty: line ends that were written twice."""
    filled = [any(row) for row in rows]
    wide = [row for row in rows if sum(map(bool, row)) > 1]
    alone = not any(here and there for here, there in pairwise(filled))
    return alone and len(wide) > _LEAST and sum(filled) >= 2 * len(filled) // 5


def _block_items(rows: Sequence[Sequence[str]]) -> Iterator[Line | Table]:
    wide = [number for number, row in enumerate(rows) if sum(map(bool, row)) > 1]
    first, last = (wide[0], wide[-1] + 1) if len(wide) > 1 else (len(rows), len(rows))
    yield from _lines(rows[:first])
    if body := rows[first:last]:
        used = max(number for row in body for number, value in enumerate(row) if value) + 1
        yield rows_to_table([row[:used] for row in body])
    yield from _lines(rows[last:])


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[Line]:
    for row in rows:
        for value in row:
            for text in value.split("\n"):
                if text:
                    yield Line(text, (Fragment(1, text),))
