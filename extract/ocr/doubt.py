"""What must be sure: numbers, and letters that stand alone as marks. Those that are not are left open.

A line with a number is read twice, cut out in two ways. Where both do not give the same number, or one of its
characters is not sure, the number is not said: each of its characters becomes one that nobody knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from extract.ocr.readings import Letter
from extract.pdf.model.raw_page import UNMAPPED

_UNSURE, _COARSE = 0.8, 0.2
"""A page is coarse when more than this share of its letters is less sure than the other. On scans at 130 dots to the
inch and more it was 0.05 at most, at 100 dots 0.1; at 0.3 a letter in four was wrong, also digits as sure as 0.99."""

SURE = 0.9
"""A character of a number is sure from here on."""

_NUMBER = re.compile(r"[▲△+\-−－]?[0-9０-９]+(?:[,，.．][0-9０-９]+)*")
_MARK = re.compile(r"[A-Za-z○◎●△▲×✕□■☑✓－-]")


@dataclass(frozen=True, slots=True)
class OpenNumber:
    """A number that is not sure: as it was read, and what else it may be."""

    read: str
    other: str


def has_number(letters: Sequence[Letter]) -> bool:
    """Whether a line holds what must be sure."""
    return any(True for _ in _numbers(letters))


def is_coarse(lines: Sequence[Sequence[Letter]]) -> bool:
    """Whether so many letters of a page are unsure that even the sure ones are not to be trusted."""
    sures = [letter.sure for line in lines for letter in line]
    return sum(sure < _UNSURE for sure in sures) > _COARSE * len(sures)


def left_open(
    letters: Sequence[Letter], again: Sequence[Letter], cut: frozenset[int] = frozenset(), *, every: bool = False
) -> tuple[tuple[Letter, ...], list[OpenNumber]]:
    """A line with its unsure numbers left open, and these; with `every`, all of its numbers.

    `cut` are the letters behind which ink stands that no letter is: a number does not go on there.

    >>> line = [Letter(text, 0.2 * at, 0.99) for at, text in enumerate("12人")]
    >>> left_open(line, line)[1]
    []
    >>> left_open(line, [Letter("１", 0.0, 0.95), *line[1:]])[1]
    []
    >>> unsure, found = left_open(line, [Letter("7", 0.0, 0.6), *line[1:]])
    >>> "".join(letter.text for letter in unsure), found
    ('��人', [OpenNumber(read='12', other='72')])
    """
    settled = list(letters)
    found: list[OpenNumber] = []
    spans = [*_numbers(letters)]
    for (first, stop), twin in zip(spans, _twins(letters, again), strict=True):
        number = letters[first:stop]
        read = _text(number)
        is_whole = not every and not cut & {*range(first, stop - 1)}
        is_other = twin is not None and _folded(twin) != _folded(read)
        if is_whole and twin and not is_other and all(letter.sure >= SURE for letter in number):
            continue
        found.append(OpenNumber(read, twin if twin and is_other else _second(number)))
        settled[first:stop] = [replace(letter, text=UNMAPPED) for letter in number]
    return tuple(settled), found


def _twins(letters: Sequence[Letter], again: Sequence[Letter]) -> list[str | None]:
    """What the second reading gives for each number of the first; None where it has none for it."""
    ours = [_text(letters[first:stop]) for first, stop in _numbers(letters)]
    theirs = [_text(again[first:stop]) for first, stop in _numbers(again)]
    if len(ours) == len(theirs):
        return list(theirs)
    twins: list[str | None] = [None] * len(ours)
    matcher = SequenceMatcher(None, [*map(_folded, ours)], [*map(_folded, theirs)], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        twins[a : a + size] = theirs[b : b + size]
    return twins


def _numbers(letters: Sequence[Letter]) -> Iterator[tuple[int, int]]:
    """From where to where numbers stand in a line; a mark that stands alone too."""
    text = _text(letters)
    if len(letters) == len(text):
        if len(text) == 1 and _MARK.fullmatch(text):
            yield 0, 1
        yield from (match.span() for match in _NUMBER.finditer(text))


def _second(number: Sequence[Letter]) -> str:
    """The number with its least sure character as it may also be read."""
    worst = min(range(len(number)), key=lambda place: number[place].sure)
    others = number[worst].others
    return _text(number[:worst]) + (others[0][0] if others else "?") + _text(number[worst + 1 :])


def _folded(number: str) -> str:
    """A number as it is compared: full-width and half-width forms, and all minus signs, are the same print."""
    return unicodedata.normalize("NFKC", number).translate(_MINUS)


_MINUS = str.maketrans("−－‐", "---")


def _text(letters: Sequence[Letter]) -> str:
    return "".join(letter.text for letter in letters)
