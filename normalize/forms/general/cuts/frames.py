"""What the header of a block tells of the rows under it: which head is over each column, and where numbers are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.cells.vocabulary import Term
from normalize.document.table_grid import GridCell
from normalize.forms.general.cuts.choice_heads import heads_options
from normalize.forms.general.cuts.headers import heads_no_numbers
from normalize.forms.general.cuts.list_heads import is_list
from normalize.forms.general.view import View

Paths = dict[int, tuple[GridCell, ...]]
"""The heads over each column, from the top."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a header tells of its columns.

    `leaves` are the lowest heads over each column, by identity; `values` the columns under a year or a role, where
    numbers are, and `counted` their lowest heads. `is_list`: each row is about something that it names. `chooses`: the
    heads are options, of which a mark chooses one in each row. `first` is the first row under the header.
    """

    first: int
    paths: Paths
    leaves: dict[int, int]
    values: frozenset[int]
    counted: frozenset[int]
    is_list: bool
    chooses: bool

    def under(self, cell: GridCell) -> set[int]:
        """The lowest heads that a cell stands under, by identity."""
        return {self.leaves[col] for col in cell.cell.cols if col in self.leaves}


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A row under a header: its printed cells, and the rows of the block above it."""

    view: View
    frame: Frame
    row: int
    printed: Sequence[GridCell]
    body: Sequence[int]


def row_at(view: View, frame: Frame, row: int, body: Sequence[int]) -> BlockRow:
    """A row under a header, below the rows that its block has so far."""
    return BlockRow(view, frame, row, view.printed(row), body)


def frame_of(view: View, header: range, paths: Paths) -> Frame:
    """What a header tells of its columns; of rows that go on from a page before, the paths are those of that header."""
    leaves = {col: id(path[-1]) for col, path in paths.items() if path}
    bare = bool(header) and heads_no_numbers(view, header.start)
    values = frozenset(col for col, path in paths.items() if not bare and _heads_values(view, path))
    return Frame(
        first=header.stop,
        paths=paths,
        leaves=leaves,
        values=values,
        counted=frozenset(leaves[col] for col in values),
        is_list=is_list(view, paths),
        chooses=bool(header) and heads_options(view, header.start, view.printed(header.start)),
    )


def _heads_values(view: View, path: Sequence[GridCell]) -> bool:
    """Whether a year or a role is over a column, or a judgement of a year: 令和5年度評価."""
    if any(view.kind(cell) in {"axis", "year"} and not view.head(cell).heads_years for cell in path):
        return True
    if not path or view.head(path[-1]).year is None:
        return False
    term = view.term(path[-1])
    return term is not None and term.kind in {"grade", "evaluator"}


def head_of_first(at: BlockRow) -> Term | None:
    """What the head of the first column is as a whole."""
    path = at.frame.paths.get(0)
    return at.view.whole(path[-1]) if path else None


def heads_name(at: BlockRow) -> bool:
    """Whether one of the lowest heads is a name."""
    heads = (at.view.whole(path[-1]) for path in at.frame.paths.values() if path)
    return any(head is not None and head.kind == "name" for head in heads)


def heads_any(at: BlockRow, *kinds: str) -> bool:
    """Whether one of the heads is a term of these kinds as a whole."""
    heads = (at.view.whole(cell) for path in at.frame.paths.values() for cell in path)
    return any(head is not None and head.kind in kinds for head in heads)
