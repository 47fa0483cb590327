"""A table seen by its cells: who stands beside and below whom, and which labels head a column.

Cells are found by their label, never by their position. A place covered by a merged cell gives that cell; a place that
is empty gives an empty cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from normalize.characters import squeeze
from normalize.excerpt import Excerpt, Place
from normalize.remember import remembered
from schemas.document import Cell, Document, Table

_ORNAMENTS: Final = "■□◆◇●▼▽▶►★☆"
_BRACKETS: Final = {"【": "】", "〈": "〉", "《": "》", "<": ">", "[": "]", "〔": "〕"}


@dataclass(frozen=True, slots=True)
class Labels:
    """The spellings of one label, compared without white space and width, without a mark in front and the brackets or
    colon that set it off; a bracketed remark behind one is ignored.

    >>> Labels("担当課", "所管課").match("担 当 課"), Labels("審議会報告事項").match("審議会報告事項 (産業振興課記載)")
    (True, True)
    >>> Labels("【良い点】").match("■良い点"), Labels("課題").match("〈課題〉："), Labels("課題").match("・課題")
    (True, True, False)
    """

    spellings: frozenset[str]
    keys: frozenset[str]

    def __init__(self, *spellings: str) -> None:
        squeezed = [*map(squeeze, spellings)]
        object.__setattr__(self, "spellings", frozenset(squeezed))
        object.__setattr__(self, "keys", frozenset((*squeezed, *map(unadorned, squeezed))))

    def match(self, text: str) -> bool:
        """Whether a text is this label."""
        return not self.keys.isdisjoint(label_keys(text))


@lru_cache(maxsize=256)
def any_of(labels: tuple[Labels, ...]) -> Labels:
    """What is one of several labels.

    >>> any_of((Labels("担当課"), Labels("目標"))).match("目 標")
    True
    """
    return Labels(*(spelling for label in labels for spelling in label.spellings))


@remembered()
def label_keys(text: str) -> tuple[str, ...]:
    """What a text may be compared with labels by: its squeezed form, and that without a remark or what sets it off.

    >>> label_keys("目標とする 姿（令和8年度）"), label_keys("担 当 課")
    (('目標とする姿(令和8年度)', '目標とする姿'), ('担当課',))
    """
    squeezed = squeeze(text)
    bare = without_remark(squeezed)
    return tuple(dict.fromkeys((squeezed, bare, unadorned(bare))))


def unadorned(text: str) -> str:
    """A squeezed heading without what sets it off: a mark in front, brackets around it, a colon behind.

    >>> unadorned("■課題"), unadorned("【課題】"), unadorned("(2)課題")
    ('課題', '課題', '(2)課題')
    """
    plain = text.lstrip(_ORNAMENTS).rstrip(":")
    if len(plain) > 2 and _BRACKETS.get(plain[0]) == plain[-1]:
        plain = plain[1:-1]
    return plain or text


def without_remark(text: str) -> str:
    """A squeezed text without the bracketed remark at its end.

    >>> without_remark("目標とする姿(令和8年度)")
    '目標とする姿'
    """
    if text.endswith(")") and "(" in text[1:]:
        return text[: text.index("(", 1)]
    return text


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and its text as an excerpt."""

    cell: Cell
    excerpt: Excerpt

    @property
    def text(self) -> str:
        return self.excerpt.text

    def __bool__(self) -> bool:
        """Whether anything is printed in it."""
        return bool(self.excerpt)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with every place resolved to the cell that covers it. `item` is the table's position in the document.

    `labels` are the positions of the cells by what they may be compared with labels by (see `label_keys`).
    """

    item: int
    table: Table
    cells: tuple[GridCell, ...]
    places: dict[tuple[int, int], int]
    labels: dict[str, list[int]]
    known_rows: dict[int, list[GridCell]] = field(default_factory=dict, repr=False, compare=False)
    """The rows that were asked for: they are asked for many times."""

    @property
    def rows(self) -> range:
        return range(self.table.n_rows)

    def at(self, row: int, col: int) -> GridCell | None:
        """The cell that covers a place; None where the grid has a hole."""
        index = self.places.get((row, col))
        return None if index is None else self.cells[index]

    def row(self, row: int) -> Sequence[GridCell]:
        """The cells that cover a row, from left to right, each once."""
        if row not in self.known_rows:
            indices = (self.places.get((row, col)) for col in range(self.table.n_cols))
            self.known_rows[row] = [self.cells[index] for index in dict.fromkeys(i for i in indices if i is not None)]
        return self.known_rows[row]

    def starting(self, row: int) -> list[GridCell]:
        """The cells whose first row this is, from left to right."""
        return [cell for cell in self.row(row) if cell.cell.row == row]

    def right_of(self, cell: GridCell, row: int | None = None) -> list[GridCell]:
        """The cells to the right of one, in its first row or the given one of its rows."""
        at = cell.cell.row if row is None else row
        return [other for other in self.row(at) if other.cell.col > cell.cell.col]

    def left_of(self, cell: GridCell) -> list[GridCell]:
        """The cells to the left of one in its first row, the nearest first."""
        return [other for other in reversed(self.row(cell.cell.row)) if other.cell.col < cell.cell.col]

    def find(self, labels: Labels) -> Iterator[GridCell]:
        """The cells that are such a label, in reading order."""
        found = {index for spelling in labels.keys for index in self.labels.get(spelling, ())}
        return (self.cells[index] for index in sorted(found))


def grid_of(item: int, table: Table) -> Grid:
    """Resolve every place of a table."""
    cells = tuple(GridCell(cell, Excerpt.of(cell.text, Place(item, index))) for index, cell in enumerate(table.cells))
    places = {
        (row, col): index for index, cell in enumerate(table.cells) for row in cell.rows for col in cell.cols
    }  # fmt: skip
    labels: dict[str, list[int]] = {}
    for index, cell in enumerate(table.cells):
        for key in label_keys(cell.text):
            labels.setdefault(key, []).append(index)
    return Grid(item, table, cells, places, labels)


def grids(document: Document) -> Iterator[Grid]:
    """The grids of a document, in reading order."""
    return (grid_of(index, item) for index, item in enumerate(document.items) if isinstance(item, Table))


def values_of(grid: Grid, label: GridCell, known: Iterable[Labels]) -> list[GridCell]:
    """The printed cells beside a label: to its right, up to the next known label."""
    others = any_of(tuple(known))
    values = []
    for cell in grid.right_of(label):
        if others.match(cell.text):
            break
        if cell:
            values.append(cell)
    return values


def header_paths(grid: Grid, header_rows: range) -> dict[int, tuple[GridCell, ...]]:
    """The header cells above each column, from the top: the path from a group to its leaf.

    An empty header place belongs to the printed group on its left, because the text form cannot tell a merged group
    from an empty one; a leaf row is never filled that way.
    """
    paths: dict[int, tuple[GridCell, ...]] = {}
    printed: dict[int, GridCell] = {}  # the last one of each row so far
    for col in range(grid.table.n_cols):
        path: dict[int, GridCell] = {}  # by their identity: a header may be thousands of rows that are printed again
        for row in header_rows:
            cell = grid.at(row, col)
            if cell:
                printed[row] = cell
            elif cell is not None and row + 1 in header_rows:
                cell = printed.get(row)
            if cell:
                path[id(cell)] = cell
        paths[col] = tuple(path.values())
    return paths
