"""The lines of a text → tables and paragraphs, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from extract.text.cell import field_to_text
from extract.text.grid import rows_to_table
from extract.text.markup import BLOCK_TAG, with_line_breaks, without_entities, without_inline_markup
from extract.text.script import BULLETS, SENTENCE_ENDS, display_width
from schemas.document import Fragment, Line, Table

_LINE_END = re.compile("\r\n|[\n\r\u0085\u2028\u2029\v\f]")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*")
_LIST_MARKER = re.compile(r"\s*-\s+(?=\S)")
_OPENING = re.compile(rf"\s*(?:[{BULLETS}〔《○◎「『(（<＜]|[0-9０-９]+[.．)）])")


def text_to_items(text: str) -> Iterator[Line | Table]:
    """Adjacent lines with tabs are a table; what is left are paragraphs, one or more lines each."""
    for kind, group in groupby(_LINE_END.split(text), _kind):
        if kind == "table":
            yield rows_to_table([[field_to_text(field) for field in line.split("\t")] for line in group])
        elif kind == "lines":
            yield from _lines(list(group))


def _kind(line: str) -> str:
    if not line.strip():
        return "empty"
    return "table" if "\t" in line else "lines"


@dataclass(frozen=True, slots=True)
class _Source:
    """One line of the source, its marker taken off."""

    text: str
    marked: bool
    level: int
    hard_break: bool


def _lines(sources: list[str]) -> Iterator[Line]:
    paragraph: list[_Source] = []
    joined = ""
    lines = [_source(line) for line in sources]
    for number, line in enumerate(lines):
        if not paragraph:
            paragraph, joined = [line], line.text
        elif paragraph[-1].hard_break and not line.marked:
            paragraph, joined = [*paragraph, line], f"{joined}\n{line.text}"
        elif _wraps(paragraph[-1], lines[number:]):
            paragraph, joined = [*paragraph, line], f"{joined}{line.text}"
        else:
            yield _line(joined, paragraph[0].level)
            paragraph, joined = [line], line.text
    yield _line(joined, paragraph[0].level)


def _line(text: str, level: int) -> Line:
    return Line(text, (Fragment(1, text),), level=level)


def _source(line: str) -> _Source:
    hard_break = line.endswith("  ")
    if heading := _HEADING.fullmatch(line):
        return _Source(_plain(heading[2]), True, len(heading[1]), False)
    text = _LIST_MARKER.sub("", line, count=1)
    return _Source(_plain(text), text != line, 0, hard_break)


def _plain(line: str) -> str:
    return without_entities(BLOCK_TAG.sub("", with_line_breaks(without_inline_markup(line)))).strip()


def _wraps(line: _Source, following: list[_Source]) -> bool:
    """Whether a line was only broken for its length: the sentence goes on, to its end, on lines that are not longer."""
    after = following[0]
    if line.level or after.marked or _OPENING.match(after.text) or line.text.endswith(tuple(SENTENCE_ENDS)):
        return False
    if line.text.endswith("、"):
        return True
    return after.text.endswith(tuple(SENTENCE_ENDS)) and display_width(line.text) >= display_width(after.text) - 2
