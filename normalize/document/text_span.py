"""Excerpts: text that knows where in the document it stands.

Everything that a normaliser reads is an excerpt, so whatever becomes a value can be traced to its cell or line, and
whatever nobody read can be told. Slicing an excerpt gives an excerpt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from schemas.document import Document, Table
from schemas.light import light

_LINE_END = re.compile(r"[^\S\n]*\n\s*")


def _joint(match: re.Match[str]) -> str:
    before, after = match.string[match.start() - 1], match.string[match.end()]
    return " " if before.isascii() and after.isascii() and before.isalnum() and after.isalnum() else ""


class Place(NamedTuple):
    """Where a text stands: the position of its item in the document, and of its cell in the table.

    `cell` is None for a line. Repeated header cells count on after the cells of the grid.
    """

    item: int
    cell: int | None = None


@light
class Excerpt:
    """The characters `start` to `end` of the text of one cell or line (`whole`).

    >>> e = Excerpt.of("課題：周知、集客", Place(0))
    >>> head, *rest = e.split("[：、]")
    >>> head.text, [part.text for part in rest], rest[1].start
    ('課題', ['周知', '集客'], 6)
    """

    whole: str
    place: Place
    start: int
    end: int

    @classmethod
    def of(cls, whole: str, place: Place) -> Excerpt:
        return cls(whole, place, 0, len(whole))

    @property
    def text(self) -> str:
        return self.whole[self.start : self.end]

    @property
    def printed(self) -> str:
        """The verbatim text in one line: line ends are joined, with a blank only between Latin words.

        >>> Excerpt.of("周知を\\n強化 THE\\nAWARD", Place(0)).printed
        '周知を強化 THE AWARD'
        """
        return _LINE_END.sub(_joint, self.text.strip())

    def __bool__(self) -> bool:
        """Whether anything is printed in it."""
        text = self.whole[self.start : self.end]
        return bool(text) and not text.isspace()

    def slice(self, start: int, end: int | None = None) -> Excerpt:
        """The part between two offsets of this excerpt's text."""
        length = self.end - self.start
        stop = length if end is None else min(end, length)
        return Excerpt(self.whole, self.place, self.start + start, self.start + stop)

    def strip(self) -> Excerpt:
        """Without white space at both ends."""
        text = self.text
        left = len(text) - len(text.lstrip())
        return self.slice(left, max(left, len(text.rstrip())))

    def group(self, match: re.Match[str], name: str | int = 0) -> Excerpt | None:
        """The part that a group of a match over `self.text` holds; None where it took no part or is not there."""
        if isinstance(name, str) and name not in match.re.groupindex:
            return None
        start, end = match.span(name)
        return None if start < 0 else self.slice(start, end)

    def split(self, pattern: str | re.Pattern[str]) -> list[Excerpt]:
        """The stripped parts between the matches of a pattern, empty parts left out."""
        return [part for part in self._between(pattern) if part]

    def lines(self) -> list[Excerpt]:
        """The printed lines, without the empty ones."""
        return self.split("\n")

    def paragraphs(self) -> list[Excerpt]:
        """The parts that an empty line keeps apart."""
        return self.split(r"\n[^\S\n]*\n\s*")

    def _between(self, pattern: str | re.Pattern[str]) -> Iterator[Excerpt]:
        done = 0
        for match in re.finditer(pattern, self.text):
            yield self.slice(done, match.start()).strip()
            done = match.end()
        yield self.slice(done).strip()


def excerpts(document: Document) -> Iterator[Excerpt]:
    """Every text of the document, in reading order: lines, cells, then the repeated headers of each table."""
    for item_index, item in enumerate(document.items):
        if isinstance(item, Table):
            for cell_index, cell in enumerate((*item.cells, *item.repeated)):
                yield Excerpt.of(cell.text, Place(item_index, cell_index))
        else:
            yield Excerpt.of(item.text, Place(item_index))
