"""Blocks: a grid that was drawn, cut into the parts that were meant.

A block is a header, which says what its columns hold, and the rows under it. A row is a header by what its cells are:
years, roles, labels, words, and no numbers, marks or sentences. The block ends at the next header, at a title across
the table, and where a row's cells no longer keep to the header's columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from normalize.document.table_grid import GridCell, header_paths
from normalize.forms.general.cuts.bare_years import are_amounts_under_heads
from normalize.forms.general.cuts.block_ends import ends, goes_behind
from normalize.forms.general.cuts.choice_heads import options_over_marks
from normalize.forms.general.cuts.frames import BlockRow, Paths, frame_of, row_at
from normalize.forms.general.cuts.header_shapes import LEAST, heads_alike, heads_group, may_head
from normalize.forms.general.cuts.headers import KNOWN, formulas, is_header
from normalize.forms.general.cuts.kept_columns import keeps_to
from normalize.forms.general.cuts.told_rows import Told, tells_of_form, told_under
from normalize.forms.general.view import View
from normalize.text.folding import squeeze
from normalize.text.note_marks import BEGINS
from schemas.codes.signs import closing, leading, opening

_LONGEST_CAPTION: Final = 50
"""Characters of a name that stands over the numbers of a row."""

_NO_MONEY: Final = frozenset({"grade", "direction", "evaluator", "org", "passage", "name"})
"""What is under no head of money that does not stand over it."""

_RESUMED: Final = 4
"""So many cells of a row show that it stands under the heads of a list further up."""

_NOTE: Final = re.compile(BEGINS)
_OPENING: Final = opening("lenticular", "angle")
_CLOSING: Final = closing("lenticular", "angle")
_TITLE: Final = re.compile(
    rf"\s*(?:[{_OPENING}][^{_OPENING}{_CLOSING}]+[{_CLOSING}]|[{leading('heading', never=('value',))}]\s*\S.*)\s*"
)
"""A title between the rows of a list whose table tells no spans."""


@dataclass(frozen=True, slots=True)
class Block:
    """The header rows, the rows under it, and the header cells over each column from the top.

    `sections` are the titles that stand across the table between its rows: by the row that follows. `captions` are the
    names that stand over the numbers of rows: by row. `told` are the labels and the sentences that stand across the
    table under a row of a list and tell of it: by that row. `stop` is the row behind the block.
    """

    header: range
    body: tuple[int, ...]
    paths: Paths
    sections: dict[int, tuple[GridCell, ...]]
    captions: dict[int, GridCell]
    told: dict[int, list[Told]]
    stop: int


def block_at(view: View, row: int) -> Block | None:
    """The block whose header begins at a row; None where no header stands there, or nothing under it."""
    if not is_header(view, row):
        return None
    stop = row + 1
    while stop < view.grid.table.n_rows and _goes_on(view, row, stop):
        stop += 1
    header = range(row, stop)
    letters = {id(cell) for row in header for cell in _letters(view, row)}
    paths = {
        col: _own(view, col, _without(tuple(cell for cell in path if cell.cell.row in header), letters))
        for col, path in header_paths(view.grid, header).items()  # what begins above is beside
    }
    block = _block(view, header, paths)
    return block if block.body else None


def _letters(view: View, row: int) -> list[GridCell]:
    """The letters of a row that its columns are reckoned by; none where they are grades to choose from."""
    cells = view.printed(row)
    return [] if options_over_marks(view, row, cells) else formulas(cells)


def _without(path: tuple[GridCell, ...], letters: set[int]) -> tuple[GridCell, ...]:
    """The heads over a column without the letters that it is reckoned by, where others tell what it is."""
    return tuple(cell for cell in path if id(cell) not in letters) or path


def _own(view: View, col: int, path: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    """The heads over a column without the money that a blank place on its right is not of: 予算額 |  over R6 | 評価."""
    term = view.whole(path[-1]) if path else None
    if term is None or term.kind not in _NO_MONEY:
        return path
    return tuple(cell for cell in path if col in cell.cell.cols or not view.head(cell).is_money)


def continued(view: View, before: View, block: Block) -> Block | None:
    """The block of a table that goes on from a page before: it prints no header, and keeps to the same columns."""
    if view.grid.table.n_cols != before.grid.table.n_cols:
        return None
    rest = _block(view, range(0), block.paths)
    return rest if rest.body and rest.body[0] == 0 else None


def resumed(view: View, row: int, block: Block) -> Block | None:
    """The rows of a list that go on behind a row that is none of it; None where a row does not keep to its columns.

    So many cells stand each under a head of the list, with numbers where it has numbers, that it is no row of a form.
    """
    frame = frame_of(view, range(row, row), block.paths)
    at = row_at(view, frame, row, block.body)
    if not frame.is_list or len(at.printed) < _RESUMED or not keeps_to(at) or is_header(view, row):
        return None
    counted = [cell for cell in at.printed if cell.cell.col in frame.values]
    numbers = [cell for cell in counted if view.kind(cell) == "amount"]
    if len(numbers) < LEAST or any(view.kind(cell) in {"label", "prose"} for cell in counted):
        return None
    rest = _block(view, range(row, row), block.paths)
    return rest if rest.body and rest.body[0] == row else None


def _goes_on(view: View, first: int, row: int) -> bool:
    """Whether a row is one more row of the header that begins at `first`."""
    cells = view.printed(row)
    if not cells or any(view.is_full(cell) for cell in cells):
        return False
    reckoned = [*formulas(cells), *options_over_marks(view, row, cells)]
    if any(not may_head(view, cell) and cell not in reckoned for cell in cells):
        return False
    if any(_crosses_heads(view, row - 1, cell) for cell in cells):
        return False
    heads = [[head for at in range(first, row) if (head := view.grid.at(at, cell.cell.col))] for cell in cells]
    if are_amounts_under_heads(view, cells, heads):
        return False
    if row == first + 1 and (_heads_groups(view, first) or _is_completed(view, first, cells)):
        return True
    beside = [
        cell for cell in view.grid.row(row)
        if cell and first <= cell.cell.row < row and (view.kind(cell) in KNOWN or cell.cell.col > 0)
    ]  # fmt: skip
    over = [view.grid.at(row - 1, cell.cell.col) for cell in cells]
    if beside and all(_is_under(cell, above) for cell, above in zip(cells, over, strict=True)):
        known = [cell for cell in cells if view.kind(cell) in KNOWN or cell in reckoned]
        return _has_axis(view, cells) or _is_split(over) or _is_known(cells, known, beside)
    return _leads_to_axes(view, cells, over)


def _heads_groups(view: View, row: int) -> bool:
    """Whether a row of heads needs the next one: a year or a role over its heads, or groups over the same ones."""
    cells = view.printed(row)
    return heads_alike(view, row, cells) or heads_group(view, row, cells)


def _is_completed(view: View, row: int, cells: Sequence[GridCell]) -> bool:
    """Whether a row of heads that leaves the place over the stub blank, and prints no spans, needs the next one: its
    heads stand over those of the same columns, and half of the heads there are known.

    決算額 | 予算額 |  | 今後の over No | 事業名 | R5 | R6 | 評価 | 方向性, as a text has them.
    """
    upper = view.grid.starting(row)
    over = [cell for cell in upper if cell]
    cols = {cell.cell.col for cell in cells}
    if not upper or upper[0] or any(cell.cell.col_span > 1 or cell.cell.row_span > 1 for cell in (*upper, *cells)):
        return False
    known = [cell for cell in cells if view.kind(cell) in KNOWN]
    return len(over) < len(cells) and all(cell.cell.col in cols for cell in over) and len(known) * 2 >= len(cells)


def _has_axis(view: View, cells: Sequence[GridCell]) -> bool:
    return any(view.kind(cell) in {"axis", "year"} for cell in cells)


def _is_known(cells: Sequence[GridCell], known: Sequence[GridCell], beside: Sequence[GridCell]) -> bool:
    """Whether half of the cells of a row are known heads; two of them, where heads are merged over its stub alone."""
    is_stub_alone = max(cell.cell.col for cell in beside) < min(cell.cell.col for cell in cells)
    return len(known) * 2 >= len(cells) and (not is_stub_alone or len(known) >= LEAST)


def _leads_to_axes(view: View, cells: Sequence[GridCell], over: Sequence[GridCell | None]) -> bool:
    """Whether two years or roles end a row, with labels before them, under what is merged, known or blank."""
    axes = [cell for cell in cells if view.kind(cell) in {"axis", "year"}]
    stubs = [cell for cell in cells if cell not in axes]
    if len(axes) < LEAST or any(cell.cell.col > axes[0].cell.col or view.kind(cell) != "label" for cell in stubs):
        return False
    return all(not above or above.cell.col_span > 1 or view.kind(above) in KNOWN for above in over)


def _crosses_heads(view: View, row: int, cell: GridCell) -> bool:
    """Whether a cell goes over the border of two that are printed in a row: heads lie under one head, or under none."""
    above = {id(head) for col in cell.cell.cols if (head := view.grid.at(row, col))}
    return len(above) > 1


def _is_under(cell: GridCell, above: GridCell | None) -> bool:
    return above is not None and set(cell.cell.cols) <= set(above.cell.cols)


def _is_split(over: Sequence[GridCell | None]) -> bool:
    """Whether several cells stand under one: the upper one is their group."""
    groups = [id(cell) for cell in over if cell is not None]
    return len(groups) >= LEAST and len(set(groups)) < len(groups)


@dataclass(slots=True)
class _Cut:
    """What a block has so far: its rows, and what stands between them. `titles` and `caption` are of the next row.

    `is_of_row` tells that what is told stands beside what is merged over the row that it is told of.
    """

    stop: int
    body: list[int] = field(default_factory=list)
    sections: dict[int, tuple[GridCell, ...]] = field(default_factory=dict)
    captions: dict[int, GridCell] = field(default_factory=dict)
    told: dict[int, list[Told]] = field(default_factory=dict)
    titles: list[GridCell] = field(default_factory=list)
    caption: GridCell | None = None
    is_of_row: bool = False

    def add(self, at: BlockRow) -> None:
        """Add a row, under the titles and the caption over it."""
        if self.titles:
            self.sections[at.row], self.titles = tuple(self.titles), []
        if self.caption is not None and _ends_caption(at, self.caption):
            self.caption = None
        if self.caption is not None:
            self.captions[at.row] = self.caption
        self.body.append(at.row)
        self.stop = at.row + 1

    def tell(self, at: BlockRow, sentences: Told) -> None:
        """Add what is told of the last row."""
        self.told.setdefault(self.body[-1], []).append(sentences)
        self.is_of_row = self.is_of_row or not tells_of_form(at, sentences)
        self.stop = at.row + 1

    def block(self, header: range, paths: Paths) -> Block:
        """The block; what is told under its last row alone is of the form, and not of that row."""
        if len(self.body) > 1 and set(self.told) == {self.body[-1]} and not self.is_of_row:
            return Block(header, tuple(self.body), paths, self.sections, self.captions, {}, self.body[-1] + 1)
        return Block(header, tuple(self.body), paths, self.sections, self.captions, self.told, self.stop)


def _block(view: View, header: range, paths: Paths) -> Block:
    """The rows that keep to the columns of a header."""
    frame = frame_of(view, header, paths)
    cut = _Cut(stop=frame.first)
    for row in range(frame.first, view.grid.table.n_rows):
        at = row_at(view, frame, row, cut.body)
        if (sentences := told_under(at)) is not None:
            cut.tell(at, sentences)
        elif _is_title(at):
            if _NOTE.match(at.printed[0].text):
                continue  # what is noted of a row names no group of the next ones, and ends nothing
            if not frame.is_list and not _resumes(row_at(view, frame, row + 1, cut.body)):
                break
            cut.titles.append(at.printed[0])
        elif goes_behind(at):
            break
        elif (caption := _caption(at)) is not None:
            cut.caption = caption
        elif ends(at):
            break
        else:
            cut.add(at)
    return cut.block(header, paths)


def _is_title(at: BlockRow) -> bool:
    """Whether the one text of a row is a title: across the table, or in a list that tells no spans."""
    if len(at.printed) != 1:
        return False
    return at.view.is_full(at.printed[0]) or (at.frame.is_list and _is_title_by_words(at))


def _is_title_by_words(at: BlockRow) -> bool:
    """Whether a text is a title by its words, in a row that is blank besides: 【地球環境】, 活動指標."""
    (cell,) = at.printed
    if cell.cell.col or len(at.view.grid.row(at.row)) < at.view.grid.table.n_cols:
        return False
    term = at.view.whole(cell)
    return _TITLE.fullmatch(cell.text) is not None or (term is not None and term.kind == "indicator")


def _resumes(at: BlockRow) -> bool:
    """Whether the row below a title across a table of numbers is one more of its rows: a name, and numbers."""
    values = at.frame.values
    if not values or not at.printed or is_header(at.view, at.row):
        return False
    name = at.printed[0]
    if name.cell.col in values or at.view.kind(name) not in {"words", "label"}:
        return False
    counted = [cell for cell in at.printed if not values.isdisjoint(cell.cell.cols)]
    is_counted = all(at.view.kind(cell) in {"amount", "absent"} for cell in counted)
    return is_counted and len(counted) * 2 >= len(at.frame.counted) and keeps_to(at)


def _caption(at: BlockRow) -> GridCell | None:
    """The one text of a row that stands over all its numbers: the name of what the next rows count."""
    values = at.frame.values
    printed = [cell for cell in at.printed if not values.isdisjoint(cell.cell.cols)]
    if at.frame.is_list or len(printed) != 1 or len(values) < LEAST or not values.issubset(printed[0].cell.cols):
        return None
    (caption,) = printed
    if at.view.kind(caption) not in {"words", "label", "prose"} or len(squeeze(caption.text)) > _LONGEST_CAPTION:
        return None
    below = [at.view.grid.at(at.row + 1, col) for col in values]
    numbers = [cell for cell in below if cell is not None and at.view.kind(cell) in {"amount", "absent"}]
    return caption if len(numbers) >= LEAST else None


def _ends_caption(at: BlockRow, caption: GridCell) -> bool:
    """Whether a name over numbers names this row no more: its place is left blank, or the label beside it ended."""
    over = at.view.grid.at(at.row, min(at.frame.values))
    if over is not None and not over and at.frame.values.issubset(over.cell.cols):
        return True
    beside = at.view.grid.at(caption.cell.row, 0)
    return beside is not None and beside.cell.row_span > 1 and at.row not in beside.cell.rows
