"""Marks among marks: the option that a form's writer chose, ● among ○, ■ among □, ☑ among ☐."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from normalize.excerpt import Excerpt

_FAMILIES: Final = (("●⚫⬤◉⦿", "○◯〇⚪◎"), ("■◼⬛☑☒✅▣✓✔レ", "□☐▢◻⬜"))
_MARK: Final = re.compile("[" + "".join(chosen + open_ for chosen, open_ in _FAMILIES) + "]".replace("レ", ""))


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a cell, and those of them that are marked. `marks` are the marks themselves."""

    chosen: tuple[Excerpt, ...]
    others: tuple[Excerpt, ...]
    marks: tuple[Excerpt, ...]


def options_of(text: Excerpt) -> Options | None:
    """The options that a cell prints, each behind its mark; None where it prints no set of options.

    A set has at least two marks of one family. Where none is filled in, nothing is chosen.

    >>> from normalize.excerpt import Place
    >>> options = options_of(Excerpt.of("○ 拡充　● 継続\\n○ 縮小", Place(0)))
    >>> [option.text for option in options.chosen], [option.text for option in options.others]
    (['継続'], ['拡充', '縮小'])
    >>> options_of(Excerpt.of("○ 概ね達成", Place(0))) is None
    True
    """
    for filled, hollow in _FAMILIES:
        marks = [match for match in re.finditer(f"[{filled}{hollow}]", text.text) if _stands_alone(text.text, match)]
        if len(marks) < 2 or not any(match[0] in hollow for match in marks):
            continue
        if text.text[: marks[0].start()].strip():
            continue
        ends = [match.start() for match in marks[1:]] + [len(text.text)]
        options = [(match, text.slice(match.end(), end).strip()) for match, end in zip(marks, ends, strict=True)]
        return Options(
            tuple(option for match, option in options if match[0] in filled and option),
            tuple(option for match, option in options if match[0] not in filled and option),
            tuple(text.slice(*match.span()) for match in marks),
        )
    return None


def options_among(cells: Sequence[Excerpt]) -> Options | None:
    """The options that stand in cells of their own, each behind its mark or beside the cell of its mark.

    None where the cells print no mark at all.

    >>> from normalize.excerpt import Place
    >>> row = [Excerpt.of(text, Place(0, at)) for at, text in enumerate(("", "拡充", "○", "継続", "", "縮小"))]
    >>> [option.text for option in options_among(row).chosen]
    ['継続']
    """
    chosen: list[Excerpt] = []
    others: list[Excerpt] = []
    marks: list[Excerpt] = []
    mark: Excerpt | None = None
    told = {text.text.strip()[0] for text in cells if text}
    among = next(((filled, hollow) for filled, hollow in _FAMILIES if told & set(filled) and told & set(hollow)), None)
    for text in cells:
        match = re.match(r"\s*(\S)", text.text)
        first = match[1] if match else ""
        is_mark = any(first in filled + hollow for filled, hollow in _FAMILIES)
        if match is None:
            mark = None
        elif is_mark and len(text.text.strip()) == 1:
            mark = text
            marks.append(text)
        elif is_mark:
            marks.append(text.slice(*match.span(1)))
            is_chosen = first in among[0] if among else False
            (chosen if is_chosen else others).append(text.slice(match.end()).strip())
        else:
            is_chosen = mark is not None and (among is None or mark.text.strip() in among[0])
            (chosen if is_chosen else others).append(text.strip())
            mark = None
    return Options(tuple(chosen), tuple(others), tuple(marks)) if marks and (chosen or others) else None


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a mark leads an option: not レ inside a word, not ○ that counts something (○○市)."""
    before, after = text[: match.start()], text[match.end() :]
    if match[0] == "レ":
        return not before.strip(" \\n　") or before[-1].isspace()
    return not (after[:1] == match[0] or before[-1:] == match[0])
