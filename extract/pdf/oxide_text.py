"""A second engine's characters: what the fast reader's are held against, and where the spaces are taken from.

PDFium keeps no more than one of the spaces that follow each other, and none that is painted alone. pdf_oxide keeps
them all; but it also puts in some that nobody painted, in fonts named by their place in the page's resources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from operator import attrgetter

import pdf_oxide

from extract.pdf.pdfium_reader import UnusualPageError
from extract.pdf.reader import DECIMALS, Glyph

_NEAR = 0.5
"""How far apart, in points, both engines may put the same character."""

_SQUARE = 2.0

_character = attrgetter("char")


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

    def with_spaces(self, number: int, glyphs: Sequence[Glyph], height: float, fonts: Collection[str]) -> list[Glyph]:
        """The characters of a page (counted from 1, `height` points high) with the spaces between them.

        `fonts` are the names of the page's fonts without marks of subsets. Raises UnusualPageError where this engine
        reads other characters.
        """
        try:
            found = self._document.extract_chars(number - 1)
        except Exception as error:
            raise UnusualPageError(f"pdf_oxide cannot read it ({error})") from error
        text = [*map(_character, found)]
        seen = Counter(text)
        spaces = [position for position, character in enumerate(text) if character.isspace()]
        for character in {text[position] for position in spaces}:
            del seen[character]
        if seen != Counter(glyph.text for glyph in glyphs):
            raise UnusualPageError("two engines read different characters")
        if not spaces:
            return list(glyphs)
        places, known = _Places(glyphs), set(fonts)
        after: dict[int, list[Glyph]] = {}
        for position in spaces:
            space = found[position]
            if space.font_name not in known:
                known |= {other.font_name for other in found if not other.char.isspace()}
            name = space.font_name
            if name not in known and name.partition("+")[2] not in known:
                raise UnusualPageError("pdf_oxide puts spaces between its characters")
            x, y, width, _ = space.bbox
            if width <= 0 or space.rotation_degrees:
                raise UnusualPageError("it has text that does not run to the right")
            neighbour = _left_neighbour(text, position)
            if neighbour is None or abs((before := found[neighbour]).bbox[1] - y) > _NEAR:
                continue
            index = places.find(before.char, before.bbox[0], height - before.bbox[1])
            if index is None:
                raise UnusualPageError("two engines put a character at different places")
            base = glyphs[index]
            x0, x1 = round(x, DECIMALS), round(x + width, DECIMALS)
            after.setdefault(index, []).append(base._replace(text=text[position], x0=x0, x1=x1, origin_x=x0))
        return list(_merged(glyphs, after))


def _left_neighbour(text: Sequence[str], position: int) -> int | None:
    """The last character before a space that is none; both engines' lines run from left to right."""
    while position and text[position].isspace():
        position -= 1
    return None if text[position].isspace() else position


def _merged(glyphs: Sequence[Glyph], after: dict[int, list[Glyph]]) -> Iterator[Glyph]:
    for index, glyph in enumerate(glyphs):
        yield glyph
        yield from after.get(index, ())


class _Places:
    """Where each character stands, to be found by its character and place."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._glyphs = glyphs
        self._index: dict[tuple[str, int, int], list[int]] = {}
        for index, glyph in enumerate(glyphs):
            key = glyph.text, int(glyph.x0 // _SQUARE), int(glyph.origin_y // _SQUARE)
            self._index.setdefault(key, []).append(index)

    def find(self, text: str, x: float, y: float) -> int | None:
        columns = {int((x - _NEAR) // _SQUARE), int((x + _NEAR) // _SQUARE)}
        rows = {int((y - _NEAR) // _SQUARE), int((y + _NEAR) // _SQUARE)}
        for column in columns:
            for row in rows:
                for index in self._index.get((text, column, row), ()):
                    glyph = self._glyphs[index]
                    if abs(glyph.x0 - x) <= _NEAR and abs(glyph.origin_y - y) <= _NEAR:
                        return index
        return None
