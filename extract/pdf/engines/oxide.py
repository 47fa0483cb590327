"""A second engine's characters: what the fast reader's are held against, and where spaces and widths are taken from.

PDFium reaches with some characters as far as their ink, and cuts the fractions off widths. It keeps no more than one of
the spaces that follow each other, and none that is painted alone. pdf_oxide keeps them all; but it also puts in some
that nobody painted, in fonts named by their place in the page's resources.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Protocol

import numpy as np
import pdf_oxide

from extract.pdf.engines.pdfium.text import UnusualPageError
from extract.pdf.model.glyph_array import Floats, Ints, are_codes_blank, from_codes, known_places, to_codes

# What it warns of (characters that a font does not map, and the like) is told by the pages themselves.
logging.getLogger("pdf_oxide").setLevel(logging.CRITICAL)

_CHARACTER, _BOX = attrgetter("char"), attrgetter("bbox")


class _Character(Protocol):
    """A character as pdf_oxide gives it. Its box begins where the character does, on the baseline; it is as wide as
    the character and as high as its font is large."""

    @property
    def char(self) -> str: ...

    @property
    def bbox(self) -> tuple[float, float, float, float]: ...

    @property
    def font_name(self) -> str: ...

    @property
    def rotation_degrees(self) -> float: ...


@dataclass(frozen=True, slots=True, eq=False)
class OtherText:
    """The characters of a page as pdf_oxide has them, by lines from the top and along each line.

    `letters` are their code points, `x` is where each begins on its baseline `y`, in points from the top left corner.
    `printed` and `spaces` are the numbers of those that are no white space, and of those that are.
    """

    letters: Ints
    x: Floats
    y: Floats
    widths: Floats
    printed: Ints
    spaces: Ints
    _found: Sequence[_Character]

    @property
    def text(self) -> str:
        """What is printed, without white space."""
        return from_codes(self.letters[self.printed])

    def characters(self) -> Iterator[tuple[str, float, float]]:
        """Each character that is printed, with where it begins."""
        return zip(self.text, self.x[self.printed].tolist(), self.y[self.printed].tolist(), strict=True)

    def check_spaces(self, fonts: Collection[str]) -> None:
        """Raise UnusualPageError unless all spaces are those of the print and run to the right.

        `fonts` are the names of the page's fonts without marks of subsets. They must print the spaces, or a font that
        prints something else too.
        """
        found = [self._found[number] for number in self.spaces.tolist()]
        names = {character.font_name for character in found}
        unknown = {name for name in names if name not in fonts and name.partition("+")[2] not in fonts}
        if unknown and unknown - {character.font_name for character in self._found if not character.char.isspace()}:
            raise UnusualPageError("pdf_oxide puts spaces between its characters")
        if any(character.rotation_degrees for character in found) or (self.widths[self.spaces] <= 0).any():
            raise UnusualPageError("it has text that does not run to the right")


def _to_unusual(what: str, error: BaseException) -> UnusualPageError:
    """What pdf_oxide raised, as ours. A panic of Rust comes as a class that cannot be imported, and is no Exception."""
    if isinstance(error, Exception):
        return UnusualPageError(f"{what} ({error})")
    if type(error).__name__ == "PanicException":
        _HEALTH.has_panicked = True
        return UnusualPageError(f"{what} ({error})")
    raise error


@dataclass(slots=True)
class _Health:
    """Whether pdf_oxide has panicked in this process: its tables may be locked since, and it reads other things."""

    has_panicked: bool = False


_HEALTH = _Health()


def has_panicked() -> bool:
    """Whether pdf_oxide has panicked in this process: it is asked nothing any more, and files lack their witness."""
    return _HEALTH.has_panicked


class OxideDocument:
    """A PDF opened with pdf_oxide. Raises UnusualPageError where pdf_oxide cannot open it."""

    def __init__(self, data: bytes) -> None:
        if _HEALTH.has_panicked:
            raise UnusualPageError("pdf_oxide broke down over another file")
        try:
            self._document = pdf_oxide.PdfDocument.from_bytes(data)
            self._page_count = int(self._document.page_count)
        except BaseException as error:
            raise _to_unusual("pdf_oxide cannot open the file", error) from error

    @property
    def page_count(self) -> int:
        return self._page_count

    def text(self, number: int, corner: tuple[float, float]) -> OtherText:
        """The text of a page (counted from 1). `corner` is its top left one in PDF's coordinates.

        Raises UnusualPageError.
        """
        try:
            found = self._document.extract_chars(number - 1)
        except BaseException as error:
            raise _to_unusual("pdf_oxide cannot read it", error) from error
        letters = to_codes("".join(map(_CHARACTER, found)))
        if len(letters) != len(found):
            raise UnusualPageError("pdf_oxide takes several characters for one")
        boxes = np.fromiter(chain.from_iterable(map(_BOX, found)), np.float64, 4 * len(found))
        x, y, widths, _ = known_places(boxes).reshape(-1, 4).T
        blanks = are_codes_blank(letters)
        printed, spaces = np.flatnonzero(~blanks), np.flatnonzero(blanks)
        return OtherText(letters, x - corner[0], corner[1] - y, widths, printed, spaces, found)
