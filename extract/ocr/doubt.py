"""What is not sure. A number or a mark that is not is left open; of a word it is told what else it may be.

Every line is read twice, cut out in two ways. Where both do not give the same number, or one of its characters is not
sure, the number is not said: each of its characters becomes one that nobody knows. Of two words that of which both
readings together are surer is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from extract.ocr.context import look_alikes
from extract.ocr.mark_letters import MARKS
from extract.ocr.readings import Letter
from extract.ocr.settings import OCR
from extract.pdf.model.raw_page import UNMAPPED

_UNSURE, _COARSE = 0.8, 0.2
"""A page is coarse when more than this share of its letters is less sure than the other. On scans at 130 dots to the
inch and more it was 0.05 at most, at 100 dots 0.1; at 0.3 a letter in four was wrong, also digits as sure as 0.99."""

SURE = 0.9
"""A character of a number is sure from here on."""

_PLAIN = 0.98
"""Words are sure from here on: on three scans the second reading of such lines was other in three, and never right."""

_NUMBER = re.compile(r"[▲△+\-−－]?[0-9０-９]+(?:[,，.．][0-9０-９]+)*")
_MARK = re.compile(rf"[A-Za-z{MARKS}－-]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter of the page: what is said of it, how it was read, and what else it may be; the same where it is sure.

    What is said of an open number is that nobody knows it. `other` is empty where the letter may not be there.
    """

    letter: Letter
    read: str
    other: str


def is_coarse(lines: Sequence[Sequence[Letter]]) -> bool:
    """Whether so many letters of a page are unsure that even the sure ones are not to be trusted."""
    sures = [letter.sure for line in lines for letter in line]
    return sum(sure < _UNSURE for sure in sures) > _COARSE * len(sures)


def is_plain(letters: Sequence[Letter]) -> bool:
    """Whether a line is words of which the reader is so sure that a second reading would tell nothing.

    >>> [is_plain([Letter(text, 0.5, 0.99) for text in line]) for line in ("事業", "3件", "転入一転出")]
    [True, False, False]
    """
    is_sure = all(letter.sure >= _PLAIN and letter.text != "一" for letter in letters)
    return bool(letters) and is_sure and not any(True for _ in _numbers(letters))


def settled(
    letters: Sequence[Letter], again: Sequence[Letter], cut: frozenset[int] = frozenset(), *, every: bool = False
) -> tuple[Reading, ...]:
    """A line with its unsure numbers left open, and what else its unsure letters may be; with `every`, no number is
    sure.

    `cut` are the letters behind which ink stands that no letter is: a number does not go on there.

    >>> line = [Letter(text, 0.2 * at, 0.99) for at, text in enumerate("12人")]
    >>> said = settled(line, [Letter("7", 0.0, 0.6), *line[1:]])
    >>> [(part.letter.text, part.read, part.other) for part in said]
    [('\ufffd', '1', '7'), ('\ufffd', '2', '2'), ('人', '人', '人')]
    >>> all(part.read == part.other for part in settled(line, [Letter("１", 0.0, 0.95), *line[1:]]))
    True
    """
    letters = _likelier(letters, again)
    others = _others(letters, again)
    spans = [*_numbers(letters)]
    said = [*letters]
    for (first, stop), twin in zip(spans, _twins(letters, again), strict=True):
        number = letters[first:stop]
        is_whole = not every and not cut & {*range(first, stop - 1)}
        is_same = twin is not None and _folded(twin) == _folded(_text(number))
        if is_whole and is_same and all(letter.sure >= SURE for letter in number):
            others[first:stop] = [letter.text for letter in number]
            continue
        said[first:stop] = [replace(letter, text=UNMAPPED) for letter in number]
        if others[first:stop] == [letter.text for letter in number]:
            worst = min(range(first, stop), key=lambda place: letters[place].sure)
            others[worst] = letters[worst].others[0][0] if letters[worst].others else NOBODY_KNOWS
    return tuple(Reading(*parts) for parts in zip(said, (letter.text for letter in letters), others, strict=True))


def _likelier(letters: Sequence[Letter], again: Sequence[Letter]) -> list[Letter]:
    """The first reading, with each kanji or kana that the second reads otherwise as both together are surer of it.

    >>> line = [Letter("産", 0.3, 0.6, (("業", 0.3),)), Letter("1", 0.6, 0.5)]
    >>> other = [Letter("業", 0.3, 0.9), Letter("7", 0.6, 0.9)]
    >>> [(letter.text, letter.others) for letter in _likelier(line, other)]
    [('業', (('産', 0.6),)), ('1', ())]
    """
    chosen = [*letters]
    if len(_text(letters)) != len(letters) or len(_text(again)) != len(again):
        return chosen
    matcher = SequenceMatcher(None, _text(letters), _text(again), autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "replace" or b - a != d - c:
            continue
        for number, twin in zip(range(a, b), again[c:d], strict=True):
            letter = letters[number]
            if not _is_letter(letter.text) or not _is_letter(twin.text) or _alike(letter.text) == _alike(twin.text):
                continue
            if _share(letter.text, twin) + letter.sure < _share(twin.text, letter) + twin.sure:
                others = tuple(other for other in twin.others if other[0] != letter.text)
                chosen[number] = Letter(
                    twin.text, letter.at, min(twin.sure, OCR.unsure), ((letter.text, letter.sure), *others)
                )
    return chosen


def _is_letter(text: str) -> bool:
    return text.isalpha() and not text.isascii()


def _share(text: str, letter: Letter) -> float:
    """How sure a reading is that its letter is another one."""
    return dict(letter.others).get(text, 0.0)


def _others(letters: Sequence[Letter], again: Sequence[Letter]) -> list[str]:
    """What else each letter may be: what the second reading gives, or what comes next where either is not sure."""
    others = [letter.text for letter in letters]
    ours = [number for number, letter in enumerate(letters) if letter.text.strip()]
    theirs = [letter for letter in again if letter.text.strip()]
    matcher = SequenceMatcher(
        None,
        [_alike(letters[number].text) for number in ours],
        [_alike(letter.text) for letter in theirs],
        autojunk=False,
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            for number, twin in zip(ours[a:b], theirs[c:d], strict=True):
                others[number] = _unless_sure(letters[number], twin)
        elif b == a:
            if ours and _is_word(told := _text(theirs[c:d])):
                beside = ours[a - 1] if a else ours[0]
                others[beside] = others[beside] + told if a else told + others[beside]
        elif _is_word(_text(theirs[c:d]) + "".join(letters[number].text for number in ours[a:b])):
            parts = [letter.text for letter in theirs[c:d]]
            for place, number in enumerate(ours[a:b]):
                is_last = place == b - a - 1
                others[number] = "".join(parts[place:]) if is_last else "".join(parts[place : place + 1])
    return others


def _unless_sure(letter: Letter, twin: Letter) -> str:
    """What else a letter may be that both readings give alike: the next likely one, where either is not sure of it."""
    if letter.text == "一" and any(text in _DASHES for text, _ in (*letter.others, *twin.others)):
        return "－"  # 転入－転出 with a one for its minus says something else, and no word tells
    if min(map(_sure_of_kind, (letter, twin))) >= SURE or not _is_word(letter.text):
        return letter.text
    told = [(share, text) for text, share in (*letter.others, *twin.others) if _alike(text) != _alike(letter.text)]
    return max(told, default=(0.0, NOBODY_KNOWS))[1]


def _sure_of_kind(letter: Letter) -> float:
    """How sure a letter is, with those that print alike: which of them it is, the picture does not say."""
    return letter.sure + sum(share for text, share in letter.others if _alike(text) == _alike(letter.text))


NOBODY_KNOWS = "?"
"""Stands for what else a letter may be where its reader names nothing."""


_DASHES = "－−-―—"


def _is_word(text: str) -> bool:
    """Whether a text says something: a comma, a bracket or a dot more or less is no other word."""
    return any(character.isalnum() or character in MARKS for character in text)


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


def _folded(number: str) -> str:
    """A number as it is compared: full-width and half-width forms, and all minus signs, are the same print."""
    return unicodedata.normalize("NFKC", number).translate(_MINUS)


def _alike(text: str) -> str:
    """A letter as it is compared: forms that print alike are told by what stands beside them, not by the picture."""
    folded = _folded(text)
    return look_alikes().get(folded, folded)


_MINUS = str.maketrans("−－‐", "---")


def _text(letters: Sequence[Letter]) -> str:
    return "".join(letter.text for letter in letters)
