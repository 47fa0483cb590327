"""Source lines that are no table → the lines of a document, those that were only wrapped joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.text.cell import field_to_paragraphs
from extract.text.markup import BLOCK_TAG, decoded, tidied, with_line_breaks, without_inline_markup
from extract.text.script import BULLETS, JAPANESE, SENTENCE_ENDS, display_width
from schemas.document import Fragment, Line

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*?)(?:\s+#+)?\s*")
_MARKER = re.compile(r"\s*[-*]\s+(?=\S)")
_RULE = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*|\s*([-*_─━―—＝=－…‥・])\2{4,}\s*")
"""A rule of Markdown, or one that a typewriter drew across the page."""
_OPENING = re.compile(rf"[{re.escape(BULLETS)}〔《]|[0-9０-９]+[.．)）]|[(（][0-9０-９ア-ンa-z][)）]|第[0-9０-９]+")
_LABELLED = re.compile(
    r"(?=[^\d０-９])[^\s、。：:]{1,16}(?:[(（][^()（）]{1,12}[)）])?\s?[：:](?![\d０-９/])"
    r"|\S{1,10}(?:[ \u3000]\S)*[ \u3000]{2,}\S"
)
"""A label with what stands behind it, by a colon or by blanks: a line of its own."""

_TOLD = re.compile(r"[^、。・：:()（）]{2,24}[(（][^()（）。]{4,24}[)）]")
"""A label with how it is to be filled in: 意図（どのような状態にしたいのか）."""

_LONGEST_PARAGRAPH = 20
"""So many lines ahead the end of a sentence is looked for; it bounds the time that a file without any takes."""
_FULL = 0.75
"""The share of the longest line beside it that a line fills which was broken for its length."""

_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class _Source:
    """What one source line prints, and what its markup says of it."""

    text: str
    marked: bool = False
    level: int = 0
    breaks: bool = False


def sources_to_lines(sources: Sequence[str]) -> Iterator[Line]:
    """The headings, list items and paragraphs of adjacent source lines.

    Markers of Markdown (``#``, ``-``) go; printed bullets and numbers stay. Two blanks at the end of a line are a
    line end on purpose. A line is joined with the next one where that has no marker and the sentence plainly goes on:
    the line ends in 、 or the text comes to its 。 on lines that are no longer than this one, which is about as long as
    the longest of the lines beside it.

    >>> [line.text for line in sources_to_lines(["## 将来像", "ひとが育ち、", "まちが育つ。", "- ・案内の充実"])]
    ['将来像', 'ひとが育ち、まちが育つ。', '・案内の充実']
    """
    lines = [line for source in sources for line in _source_to_lines(source) if line.text]
    full = _FULL * max((display_width(line.text) for line in lines), default=0)
    start = 0
    while start < len(lines):
        text, end = lines[start].text, start + 1
        while end < len(lines) and (joint := _joint(lines, end, full)) is not None:
            text, end = f"{text}{joint}{lines[end].text}", end + 1
        yield Line(text, (Fragment(1, text),), level=lines[start].level)
        start = end


def _source_to_lines(source: str) -> Iterator[_Source]:
    if _RULE.fullmatch(source):
        return
    if heading := _HEADING.fullmatch(source):
        yield _Source(_printed(BLOCK_TAG.sub("", heading[2])), marked=True, level=len(heading[1]))
        return
    text = _MARKER.sub("", source) if _MARKER.match(source) else source
    if BLOCK_TAG.search(text):
        yield from (_Source(paragraph, marked=True) for paragraph in field_to_paragraphs(text))
    else:
        yield _Source(_printed(text), marked=text != source, breaks=source.endswith("  "))


def _printed(source: str) -> str:
    return tidied(decoded(with_line_breaks(without_inline_markup(source))))


def _joint(lines: Sequence[_Source], number: int, full: float) -> str | None:
    """What stands between a line and the one before it in one text; None where they are two texts.

    `full` is the width in half-width columns from which on a line may have been broken for its length.
    """
    before, line = lines[number - 1], lines[number]
    if before.level or line.marked:
        return None
    if before.breaks:
        return "\n"
    if not _goes_on(before, lines[number : number + _LONGEST_PARAGRAPH], full):
        return None
    return " " if _is_latin(before.text[-1]) and _is_latin(line.text[0]) else ""


def _goes_on(line: _Source, following: Sequence[_Source], full: float) -> bool:
    """Whether a line was only broken for its length."""
    if line.text.endswith(tuple(SENTENCE_ENDS)) or _begins(following[0].text) or _TOLD.fullmatch(line.text):
        return False
    if line.text.endswith("、"):
        return True
    if display_width(line.text) < full:
        return False
    for after in following:
        if after.marked or _begins(after.text) or display_width(after.text) > display_width(line.text) + 2:
            return False
        if after.text.endswith(tuple(SENTENCE_ENDS)):
            return True
    return False


def _begins(text: str) -> bool:
    """Whether a line begins a text of its own: behind a bullet, a number or a label."""
    return bool(_OPENING.match(text) or _LABELLED.match(text))


def _is_latin(character: str) -> bool:
    return bool(_WORD.match(character)) and not JAPANESE.match(character)
