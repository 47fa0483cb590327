"""What a document prints, before anybody has set it: its lines and tables, without a font, a page or a tab."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Words(NamedTuple):
    """A text in the widths that a document prints, and what it says: letters and digits half width, kana full."""

    printed: str
    clean: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a cell, with its bullet. `apart` asks for an empty line in front of it."""

    text: str
    bullet: str = ""
    apart: bool = False

    @property
    def printed(self) -> str:
        return self.bullet + self.text


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its first row and column, with what stands in it. `centred` is for labels and marks, `right` for sums.

    A `shaded` cell has a ground of its own, as labels have on many forms.
    """

    row: int
    col: int
    paragraphs: tuple[Paragraph, ...] = ()
    row_span: int = 1
    col_span: int = 1
    centred: bool = False
    right: bool = False
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; `widths` are shares of the text's width. The first `header_rows` may be printed again."""

    widths: tuple[float, ...]
    cells: tuple[Cell, ...]
    header_rows: int = 0

    @property
    def n_rows(self) -> int:
        return max(cell.row + cell.row_span for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph outside of tables. `level` is that of a heading (from 1), `bullet` that of a list."""

    text: str
    level: int = 0
    bullet: str = ""

    @property
    def printed(self) -> str:
        return self.bullet + self.text


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own, where there are pages."""


Item = Line | Table | NewPage
Print = tuple[Item, ...]


def texts(*printed: str) -> tuple[Paragraph, ...]:
    """Lines of a cell, each ended on purpose."""
    return tuple(Paragraph(text) for text in printed if text)


def bulleted(items: Iterable[str], bullet: str) -> tuple[Paragraph, ...]:
    """A list; without a bullet, paragraphs with an empty line between them."""
    return tuple(Paragraph(text, bullet, apart=not bullet and at > 0) for at, text in enumerate(items))
