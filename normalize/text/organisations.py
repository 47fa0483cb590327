"""Organisations: one cell of names → the bodies that it names."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from normalize.text.folding import BULLETS, MIDDLE_DOTS, clean, fold_mark, unquoted, without_bullet

_OPENING: Final = "(（「『[【〔《〈"
_CLOSING: Final = ")）」』]】〕》〉"
_COMMAS: Final = "、，,､"
_NOBODY: Final = ("なし", "無し", "無", "該当なし", "特になし", "未定")


class Organisation(NamedTuple):
    """A body's clean name, and where it is printed."""

    name: str
    start: int
    end: int


def split_organisations(text: str, *, middle_dot: bool = False) -> list[Organisation]:
    """The bodies that a cell names, in its order.

    Names end at 、 and commas and, in a list set one to a line, at line ends; a line end inside a name is a wrap.
    Nothing is split inside brackets. ・ separates only where `middle_dot` says so, for it is part of many names
    (多文化共生・交流課). A dash, なし and the like name nobody.

    >>> [body.name for body in split_organisations("商工会、（公財）公社、\\n市(環境部、企画部)、多文化共生・交流課")]
    ['商工会', '（公財）公社', '市(環境部、企画部)', '多文化共生・交流課']
    >>> [body.name for body in split_organisations("商工会・市", middle_dot=True)], split_organisations("―")
    (['商工会', '市'], [])
    """
    bodies = []
    for start, end in _spans(text, _COMMAS + (MIDDLE_DOTS if middle_dot else "")):
        printed = text[start:end]
        name = unquoted(clean(without_bullet(printed)))
        if name and not _is_nobody(name):
            offset = start + len(printed) - len(printed.lstrip())
            bodies.append(Organisation(name, offset, start + len(printed.rstrip())))
    return bodies


def _spans(text: str, separators: str) -> list[tuple[int, int]]:
    """The parts between the separators that stand outside brackets."""
    line_ends = _is_list_of_lines(text)
    depth, start, spans = 0, 0, []
    for offset, character in enumerate(text):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and (character in separators or (character == "\n" and line_ends)):
            spans.append((start, offset))
            start = offset + 1
    return [*spans, (start, len(text))]


def _is_list_of_lines(text: str) -> bool:
    """Whether line ends separate names: no comma is printed, or every line but the last ends in one or is bulleted."""
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    if all(line[0] in BULLETS for line in lines):
        return True
    outside = re.sub(rf"[{re.escape(_OPENING)}][^{re.escape(_CLOSING)}]*", "", text)
    return not any(comma in outside for comma in _COMMAS) or all(line[-1] in _COMMAS for line in lines[:-1])


def _is_nobody(name: str) -> bool:
    return name in _NOBODY or fold_mark(name, ("-",)) is not None
