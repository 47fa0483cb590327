"""A workbook as read: sheets of cells with what they show, whatever kind of file they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from schemas.document import CellStyle, Problem

LEFT, RIGHT, TOP, BOTTOM = 1, 2, 4, 8
"""The sides of a cell that have a border, as bits."""


class Area(NamedTuple):
    """A rectangle of cells: the first and last row and column, from 0, both included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, col: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= col <= self.right

    def meets(self, other: Area) -> bool:
        """Whether both share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What one cell shows: its text, the sides that have a border (bits), how it is set."""

    text: str = ""
    borders: int = 0
    style: CellStyle | None = None


@dataclass(frozen=True, slots=True)
class TextBox:
    """Text drawn over a sheet: the cells that it lies over, and what it says."""

    area: Area
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `widths` (of columns) and `heights` (of rows) are in points, where they are not the default.

    `printed` are the print areas; none: everything prints. `unseen` are cells whose text has the colour of its ground;
    they are among `cells` without it. `struck` are the texts that are struck out, and no part of their cells' text.
    `problems` were met while the sheet was read.
    """

    name: str
    cells: Mapping[tuple[int, int], SheetCell]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    default_width: float = 48.0
    default_height: float = 13.5
    printed: tuple[Area, ...] = ()
    boxes: tuple[TextBox, ...] = ()
    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    unseen: tuple[tuple[int, int], ...] = ()
    struck: Mapping[tuple[int, int], str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def texts(self) -> Iterator[tuple[int, int]]:
        """The places of the cells that show something."""
        return (at for at, cell in self.cells.items() if cell.text)


def column_letters(col: int) -> str:
    """The letters of a column, counted from 0.

    >>> column_letters(0), column_letters(27), column_letters(209)
    ('A', 'AB', 'HB')
    """
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_name(sheet: str, row: int, col: int) -> str:
    """A cell as workbooks name it.

    >>> place_name("Sheet1", 3, 1)
    'Sheet1!B4'
    """
    return f"{sheet}!{column_letters(col)}{row + 1}"


def reference_to_place(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a reference such as ``$B$4``; None where it is none.

    >>> reference_to_place("HB409"), reference_to_place("B")
    ((408, 209), None)
    """
    letters = reference.replace("$", "").rstrip("0123456789")
    digits = reference.replace("$", "")[len(letters) :]
    if not digits or not 0 < len(letters) <= 3 or not (letters.isascii() and letters.isalpha()) or len(digits) > 7:
        return None
    return int(digits) - 1, letters_to_column(letters)


@lru_cache(maxsize=20_000)
def letters_to_column(letters: str) -> int:
    """The number of a column, from 0, that letters name; -1 for what names none.

    >>> letters_to_column("HB"), letters_to_column("")
    (209, -1)
    """
    col = 0
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return -1
    for letter in letters.upper():
        col = col * 26 + ord(letter) - ord("A") + 1
    return col - 1


def reference_to_area(reference: str) -> Area | None:
    """The rectangle that a reference such as ``A1:C3`` or ``B4`` names; None where it names none.

    >>> reference_to_area("$C$2:$BR$498")
    Area(top=1, left=2, bottom=497, right=69)
    """
    first, _, last = reference.partition(":")
    start, end = reference_to_place(first), reference_to_place(last or first)
    if start is None or end is None:
        return None
    return Area(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
