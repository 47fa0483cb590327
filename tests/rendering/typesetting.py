"""Lines of type: where a text is wrapped, by the rules that word processors and spreadsheets keep.

A Latin word or number stays whole, no line begins with a closing mark or a small kana, none ends with an opening mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tests.rendering.printed import Paragraph

NO_START = set("、。，．・：；？！」』）)】〉》ー々ぁぃぅぇぉゃゅょっァィゥェォャュョッｧｨｩｪｫｬｭｮｯｰﾞﾟ％%～…-‐–")
NO_END = set("「『（(【〈《")
_PIECE = re.compile(r"[A-Za-z0-9][A-Za-z0-9@&.,/+-]*[A-Za-z0-9]|\s+|.", re.DOTALL)

Width = Callable[[str], float]
"""How wide a text is set, in points."""


class Row(NamedTuple):
    """One line of type: its text, how far it is indented, and the empty space above it, in lines."""

    text: str
    indent: float = 0.0
    above: float = 0.0
    is_first: bool = True


def wrap(text: str, widest: float, width: Width) -> Iterator[str]:
    """The lines of a text that is set in a measure. What is wider than the measure alone is cut, words last.

    A blank at the end of a line stays: without it, a page does not tell two words from one that was cut.

    >>> list(wrap("港の案内、THE PORT", 5, len))
    ['港の案内、', 'THE ', 'PORT']
    """
    line = ""
    for piece in _unbroken(text):
        for part in [piece] if width(piece.strip()) <= widest else _cut(piece, widest, width):
            if line and width((line + part).rstrip()) > widest:
                yield line
                line = part
            else:
                line += part
    yield line


def _unbroken(text: str) -> Iterator[str]:
    """The pieces between which a line may end."""
    piece = ""
    for part in _PIECE.findall(text):
        if piece and part[0] not in NO_START and piece[-1] not in NO_END and not part.isspace():
            yield piece
            piece = ""
        piece += part
    if piece:
        yield piece


def _cut(piece: str, widest: float, width: Width) -> Iterator[str]:
    """The parts of a piece that finds no room as a whole: its words and marks, the characters of too long a word."""
    for part in _PIECE.findall(piece):
        if width(part) <= widest:
            yield part
        else:
            yield from part


def paragraphs_to_rows(paragraphs: Sequence[Paragraph], widest: float, width: Width, hanging: float) -> list[Row]:
    """The lines of a cell; a list hangs by `hanging` behind its bullets."""
    rows: list[Row] = []
    for paragraph in paragraphs:
        above = 1.0 if paragraph.apart and rows else 0.0
        indent = hanging if paragraph.bullet else 0.0
        first, *rest = _hung(paragraph.printed, widest, width, indent)
        rows.append(Row(first, 0.0, above))
        rows += [Row(line, indent, is_first=False) for line in rest]
    return rows


def _hung(text: str, widest: float, width: Width, indent: float) -> list[str]:
    if not indent:
        return list(wrap(text, widest, width))
    first = next(wrap(text, widest, width))
    rest = text[len(first) :]
    return [first, *(wrap(rest, widest - indent, width) if rest else ())]
