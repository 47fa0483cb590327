"""A second engine's characters: what the fast reader's are held against, and where the spaces are taken from.

PDFium keeps no more than one of the spaces that follow each other, and none that is painted alone. pdf_oxide keeps
them all; but it also puts in some that nobody painted, in fonts named by their place in the page's resources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple, Protocol

import numpy as np
import pdf_oxide

from extract.pdf.columns import Columns
from extract.pdf.pdfium_reader import UnusualPageError
from extract.pdf.reader import DECIMALS

_NEAR = 0.5
"""How far apart, in points, both engines may put the same character."""

_SQUARE = 2.0

_AFTER = attrgetter("after")
_character = attrgetter("char")


class _Character(Protocol):
    """A character as pdf_oxide gives it."""

    @property
    def char(self) -> str: ...

    @property
    def font_name(self) -> str: ...


class OxideDocument:
    """A PDF opened with pdf_oxide. Raises UnusualPageError where pdf_oxide cannot open it."""

    def __init__(self, data: bytes) -> None:
        try:
            self._document = pdf_oxide.PdfDocument.from_bytes(data)
            self._page_count = int(self._document.page_count)
        except Exception as error:
            raise UnusualPageError(f"pdf_oxide cannot open the file ({error})") from error

    @property
    def page_count(self) -> int:
        return self._page_count

    def with_spaces(self, number: int, glyphs: Columns, height: float, fonts: Collection[str]) -> Columns:
        """The characters of a page (counted from 1, `height` points high) with the spaces between them.

        `glyphs` are without white space, and `fonts` the names of their fonts without marks of subsets. Raises
        UnusualPageError where this engine reads other characters.
        """
        try:
            found = self._document.extract_chars(number - 1)
        except Exception as error:
            raise UnusualPageError(f"pdf_oxide cannot read it ({error})") from error
        text = [*map(_character, found)]
        seen = Counter(text)
        blank = {character for character in seen if character.isspace()}
        for character in blank:
            del seen[character]
        if seen != Counter(glyphs.texts):
            raise UnusualPageError("two engines read different characters")
        if not blank:
            return glyphs
        spaces = [position for position, character in enumerate(text) if character in blank]
        _check_fonts({found[position].font_name for position in spaces}, fonts, found)
        neighbours = [_left_neighbour(text, position) for position in spaces]
        places = _Places(glyphs, {text[neighbour] for neighbour in neighbours if neighbour is not None})
        after: list[_Space] = []
        for position, neighbour in zip(spaces, neighbours, strict=True):
            x, y, width, _ = found[position].bbox
            if width <= 0 or found[position].rotation_degrees:
                raise UnusualPageError("it has text that does not run to the right")
            if neighbour is None or abs((before := found[neighbour]).bbox[1] - y) > _NEAR:
                continue
            index = places.find(before.char, before.bbox[0], height - before.bbox[1])
            if index is None:
                raise UnusualPageError("two engines put a character at different places")
            after.append(_Space(index, text[position], round(x, DECIMALS), round(x + width, DECIMALS)))
        return _merged(glyphs, after)


def _check_fonts(names: Iterable[str], fonts: Collection[str], found: Iterable[_Character]) -> None:
    """Raise UnusualPageError unless fonts of the page print the spaces, or a font that prints something else too."""
    unknown = {name for name in names if name not in fonts and name.partition("+")[2] not in fonts}
    if unknown and unknown - {other.font_name for other in found if not other.char.isspace()}:
        raise UnusualPageError("pdf_oxide puts spaces between its characters")


def _left_neighbour(text: Sequence[str], position: int) -> int | None:
    """The last character before a space that is none; both engines' lines run from left to right."""
    while position and text[position].isspace():
        position -= 1
    return None if text[position].isspace() else position


class _Space(NamedTuple):
    """White space that follows the character at an index, and where it starts and ends."""

    after: int
    text: str
    x0: float
    x1: float


def _merged(glyphs: Columns, spaces: Sequence[_Space]) -> Columns:
    """The characters with the spaces between them, each like the character before it but for its width."""
    ordered = sorted(spaces, key=_AFTER)
    bases = np.array([space.after for space in ordered], np.int64)
    order = np.insert(np.arange(len(glyphs)), bases + 1, bases)
    merged = glyphs.take(order)
    at = bases + 1 + np.arange(len(bases))
    texts = list(merged.texts)
    for position, space in zip(at.tolist(), ordered, strict=True):
        texts[position] = space.text
    x0 = [space.x0 for space in ordered]
    merged.x0[at], merged.origin_x[at], merged.x1[at] = x0, x0, [space.x1 for space in ordered]
    merged.blanks[at] = True
    return replace(merged, texts=texts)


class _Places:
    """Where some characters of a page stand, to be found by the character and its place."""

    def __init__(self, glyphs: Columns, characters: Collection[str]) -> None:
        self._index: dict[tuple[str, int, int], list[tuple[int, float, float]]] = {}
        rows = zip(glyphs.texts, glyphs.x0.tolist(), glyphs.origin_y.tolist(), strict=True)
        for index, (text, x, y) in enumerate(rows):
            if text in characters:
                self._index.setdefault((text, int(x // _SQUARE), int(y // _SQUARE)), []).append((index, x, y))

    def find(self, text: str, x: float, y: float) -> int | None:
        columns = {int((x - _NEAR) // _SQUARE), int((x + _NEAR) // _SQUARE)}
        rows = {int((y - _NEAR) // _SQUARE), int((y + _NEAR) // _SQUARE)}
        for column in columns:
            for row in rows:
                for index, known_x, known_y in self._index.get((text, column, row), ()):
                    if abs(known_x - x) <= _NEAR and abs(known_y - y) <= _NEAR:
                        return index
        return None
