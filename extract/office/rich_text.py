"""Texts of a workbook whose parts are set in their own ways: what of them shows, and what is struck out or unseen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.note_mark import raised
from extract.office.colours import colour
from extract.office.package import Node, attribute, child, is_on, local

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a cell's text. Where `is_struck` is null, and with no `ink` of its own, it is set as its cell is."""

    text: str
    is_struck: bool | None = None
    ink: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a text shows, and what of it stands there unread: struck out, or in the colour of its ground."""

    text: str = ""
    struck: str = ""
    unseen: str = ""


Rich = str | tuple[Run, ...]
"""A text that is set as its cell is, or its runs."""


def rich_text(node: Node | None, theme: Sequence[str]) -> Rich:
    """The text of a string item, without the readings of its characters (``rPh``). Raised marks of notes are told."""
    runs = [*_runs(node, theme)]
    if any(run.is_struck or run.ink for run in runs) or len({run.is_struck for run in runs}) > 1:
        return tuple(runs)
    return unescaped("".join(run.text for run in runs))


def _runs(node: Node | None, theme: Sequence[str]) -> Iterable[Run]:
    for part in node if node is not None else ():
        if local(part) == "t":
            yield Run(part.text or "")
        elif local(part) == "r":
            text = "".join(each.text or "" for each in part if local(each) == "t")
            look = child(part, "rPr")
            if attribute(child(look, "vertAlign"), "val") == "superscript":
                text = raised(text)
            struck = is_on(child(look, "strike")) if look is not None else None
            yield Run(text, struck, colour(child(look, "color"), theme))


def told(rich: Rich, *, is_struck: bool, is_unseen: bool, ground: str) -> Told:
    """What shows of a text in a cell that is set so, on a ground of this colour.

    >>> runs = (Run("120", is_struck=True), Run("118", is_struck=False))
    >>> told(runs, is_struck=False, is_unseen=False, ground="#ffffff")
    Told(text='118', struck='120', unseen='')
    """
    runs = (Run(rich),) if isinstance(rich, str) else rich
    shown, struck, unseen = [], [], []
    for run in runs:
        if is_struck if run.is_struck is None else run.is_struck:
            struck.append(run.text)
        elif is_unseen if run.ink is None else run.ink == ground:
            unseen.append(run.text)
        else:
            shown.append(run.text)
    return Told(*(unescaped("".join(texts)) for texts in (shown, struck, unseen)))


def unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold in place of their escapes; a carriage return is a line's end.

    >>> unescaped("ア：名称_x000D_")
    'ア：名称'
    """
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
