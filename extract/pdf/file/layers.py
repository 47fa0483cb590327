"""Which layers of a PDF are switched off, and which notes stand in them (ISO 32000-2, 8.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Rectangle = tuple[float, float, float, float]
"""The sides of a note as its file tells them: left, lower, right, upper."""

_SIDES = 4
_NUMBER = re.compile(rb"\s*(\d{1,10})\s+\d{1,5}\s+obj\b")
_GROUP = re.compile(rb"/Type\s*/OCG\b")
_MEMBERS = re.compile(rb"/OCGs\s*(?:\[([^\]]*)\]|(\d{1,10}\s+\d{1,5}\s+R))")
_ALL_OFF = re.compile(rb"/BaseState\s*/OFF\b")
_OFF = re.compile(rb"/OFF\s*\[([^\]]*)\]")
_ON = re.compile(rb"/ON\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R\b")
_OF_LAYER = re.compile(rb"/OC\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_RECTANGLE = re.compile(rb"/Rect\s*\[\s*([-+0-9.\s]{7,120})\]")
_EXPRESSION = re.compile(rb"/VE\s*\[|/P\s*/(?!AnyOn\b)")
"""Says that a set of layers is shown by a rule of its own; that is not followed."""


def notes_in_layers_off(objects: Sequence[bytes]) -> Iterator[Rectangle]:
    """The places of the notes of a file that stand in layers that are off; `objects` are all of its objects.

    >>> group, note = b"1 0 obj <</Type/OCG>>", b"2 0 obj <</Subtype/Stamp/Rect[0 0 9 9]/OC 1 0 R>>"
    >>> [*notes_in_layers_off((group, note, b"3 0 obj <</OCProperties<</OCGs[1 0 R]/D<</OFF[1 0 R]>>>>>>"))]
    [(0.0, 0.0, 9.0, 9.0)]
    """
    notes = [(text, int(found[1])) for text in objects if (found := _OF_LAYER.search(text)) and b"/Rect" in text]
    if not notes:
        return
    off = _layers_off(objects)
    for text, layer in notes:
        place = _RECTANGLE.search(text)
        sides = place[1].split() if place else []
        if layer in off and len(sides) == _SIDES:
            left, lower, right, upper = map(float, sides)
            yield min(left, right), min(lower, upper), max(left, right), max(lower, upper)


def _layers_off(objects: Sequence[bytes]) -> set[int]:
    """The numbers of layers, and of sets of layers, that are off where the file is opened."""
    numbered = {int(found[1]): text for text in objects if (found := _NUMBER.match(text))}
    groups = {number for number, text in numbered.items() if _GROUP.search(text)}
    said = [text for text in objects if _OFF.search(text) or _ALL_OFF.search(text)]
    off = {number for text in said for number in _numbers(_OFF, text)}
    if any(map(_ALL_OFF.search, said)):
        off |= groups - {number for text in said for number in _numbers(_ON, text)}
    sets = {
        number
        for number, text in numbered.items()
        if (members := _MEMBERS.search(text)) and b"/OCMD" in text and not _EXPRESSION.search(text)
        if (layers := {*map(int, _REFERENCE.findall(members[1] or members[2]))}) and layers <= off
    }
    return off | sets


def _numbers(array: re.Pattern[bytes], text: bytes) -> Iterator[int]:
    return (int(number) for found in array.finditer(text) for number in _REFERENCE.findall(found[1]))
