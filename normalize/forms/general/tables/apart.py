"""Tables that a source without rules gives as one: two blocks side by side, with nothing printed between them.

A text, a web page or a workbook has one grid for both. A blank column alone parts nothing, for it may be the rest of a
merged cell on its left: both sides must open as a block of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from normalize.cells.marks import direction_of
from normalize.cells.years import YearSense
from normalize.document.table_grid import Grid, GridCell
from normalize.forms.general.cells.answers import is_mark
from normalize.forms.general.cuts.blocks import Block, block_at
from normalize.forms.general.cuts.header_shapes import heads_costs_of_one_year, names_cost
from normalize.forms.general.form.form_values import QUESTION
from normalize.forms.general.tables.sides import part
from normalize.forms.general.tables.spans import tells_spans, with_left_merged, with_spans
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

_Opening = Literal["table", "named", "form", "boxes", "stack", "sentences"]
"""How a block begins: with heads, with an indicator and its unit over heads, with a label and its value, with labels
over sentences, with labels over options in cells, with sentences alone."""

_LEAST_COLUMNS: Final = 4
"""Two blocks, one of which may be a single column of sentences, and what is blank between them."""

_NAME_AND_UNIT: Final = 4
"""The cells of a row that names an indicator and its unit, each behind its label."""

_LABEL_AND_TEXT: Final = 2
"""The rows of labels over sentences."""

_VALUES: Final = frozenset({"prose", "direction", "mark", "options"})
"""What stands behind the label of a form, and under no head."""

_BESIDE: Final = {
    frozenset(pair)
    for pair in (
        ("table", "named"), ("table", "form"), ("table", "boxes"), ("table", "stack"), ("table", "sentences"),
        ("stack", "form"), ("stack", "boxes"), ("stack", "sentences"), ("form", "boxes"),
    )
}  # fmt: skip
"""The openings that no one block has in one row."""


def apart(grid: Grid, sense: YearSense) -> Iterator[Grid]:
    """The blocks of a table from top to bottom and left to right: mostly the table itself."""
    for row in grid.rows if grid.table.n_cols >= _LEAST_COLUMNS else ():
        for left, right, stop in _seams(grid, row):
            sides = _side(grid, range(row, stop), left), _side(grid, range(row, stop), right)
            if not _are_two(View(with_spans(sides[0], sense), sense), View(with_spans(sides[1], sense), sense)):
                continue
            if row:
                yield part(grid, range(row), range(grid.table.n_cols))
            yield from (sides[0], *apart(sides[1], sense))
            if stop < grid.table.n_rows:
                yield from apart(_below(grid, stop), sense)
            return
    yield grid


def _below(grid: Grid, stop: int) -> Grid:
    """The rows under two blocks. Where the source prints no merged cells, none goes on from the blocks above."""
    below = part(grid, range(stop, grid.table.n_rows), range(grid.table.n_cols))
    if tells_spans(grid):
        return below
    above = {id(cell.excerpt) for cell in grid.cells if cell.cell.row < stop}
    cells = tuple(
        GridCell(replace(c.cell, text=""), c.excerpt.slice(0, 0)) if id(c.excerpt) in above else c for c in below.cells
    )
    return replace(below, cells=cells, table=replace(below.table, cells=tuple(cell.cell for cell in cells)))


def _seams(grid: Grid, row: int) -> Iterator[tuple[range, range, int]]:
    """The columns on both sides of each blank strip that begins in a row, and the row behind its end."""
    blank = [_is_blank(grid, row, col) for col in range(grid.table.n_cols)]
    for col in range(1, grid.table.n_cols - 1):
        if not blank[col] or all(blank[:col]) or all(blank[col + 1 :]):
            continue
        stop = row + 1
        ended = [False, False]
        while stop < grid.table.n_rows and _is_blank(grid, stop, col):
            cells = [cell.cell.col for cell in grid.starting(stop) if cell]
            said = any(at < col for at in cells), any(at > col for at in cells)
            if any(end and again for end, again in zip(ended, said, strict=True)):
                break  # a side that had ended: another block begins under both
            ended = [not one for one in said]
            stop += 1
        rows = range(row, stop)
        if len(rows) < 2 or (row and _is_blank(grid, row - 1, col)):
            continue
        if any(not _is_blank(grid, at, col + 1) for at in rows):
            first = col
            while first > 1 and all(_is_blank(grid, at, first - 1) for at in rows):
                first -= 1
            yield range(first), range(col + 1, grid.table.n_cols), stop


def _side(grid: Grid, rows: range, cols: range) -> Grid:
    """The cells of a side up to its last printed row. Where the source prints no merged cells, a blank place at its
    left goes on from the cell above, as it does at the left of a text's table."""
    printed = (row for row in rows if any(cell and cell.cell.col in cols for cell in grid.starting(row)))
    stop = max(printed, default=rows.start) + 1
    side = part(grid, range(rows.start, stop), cols)
    return with_left_merged(side) if cols.start and not tells_spans(grid) else side


def _is_blank(grid: Grid, row: int, col: int) -> bool:
    cell = grid.at(row, col)
    return not cell


def _are_two(left: View, right: View) -> bool:
    """Whether what stands on the left and on the right of a blank strip are two blocks."""
    one, other = opening(left), opening(right)
    if one is None or other is None:
        return False
    if one == other == "table":
        is_next = _has_stub(right) or (heads_costs_of_one_year(right, 0, right.printed(0)) and not _tells_costs(left))
        return _counts(left) and not _lists_names(left) and is_next
    if {one, other} == {"table", "boxes"}:
        boxes, table = (left, right) if one == "boxes" else (right, left)
        if heads_costs_of_one_year(table, 0, table.printed(0)):
            return True
        height = boxes.grid.table.n_rows
        if height > _LABEL_AND_TEXT:
            return _is_stack_of_boxes(boxes)
        if height >= table.grid.table.n_rows:
            return False  # one more column of the table: 評価 | 説明
    if one == other == "named":
        return True
    if one == other == "form":
        return _is_judged_by(left) and _is_judged_by(right)
    if one == "form" and other == "table" and _names_indicator(left):
        return False
    return frozenset((one, other)) in _BESIDE


def opening(view: View) -> _Opening | None:
    """How a block begins; None where it begins as none does."""
    cells = [cell for cell in view.grid.starting(0) if cell]
    if not cells:
        return None
    below = [cell for cell in view.grid.starting(1) if cell] if view.grid.table.n_rows > 1 else []
    return next((begins for asks, begins in _OPENINGS if asks(view, cells, below)), None)


def _asks_over_boxes(view: View, cells: Sequence[GridCell], below: Sequence[GridCell]) -> bool:
    """Whether labels, or one box, stand over sentences."""
    is_told = len(below) >= len(cells) and all(view.kind(cell) == "prose" for cell in below)
    return is_told and bool(below) and (all(_asks(view, cell) for cell in cells) or _is_one_box(view))


def _has_header(view: View, _cells: Sequence[GridCell], _below: Sequence[GridCell]) -> bool:
    return block_at(view, 0) is not None


def _names_first(view: View, cells: Sequence[GridCell], _below: Sequence[GridCell]) -> bool:
    return _names_what_is_counted(view, cells)


def _is_sentence(view: View, cells: Sequence[GridCell]) -> bool:
    return len(cells) == 1 and view.kind(cells[0]) == "prose" and "。" in cells[0].text


def _is_only_sentence(view: View, cells: Sequence[GridCell], _below: Sequence[GridCell]) -> bool:
    return _is_sentence(view, cells) and sum(bool(cell) for cell in view.grid.cells) == 1


def _asks_over_marks(view: View, cells: Sequence[GridCell], below: Sequence[GridCell]) -> bool:
    """Whether labels, and no values, stand over marks."""
    if _is_sentence(view, cells) or not _asks(view, cells[0]):
        return False
    values = _VALUES - {"direction"}
    return any(is_mark(cell) for cell in below) and not any(view.kind(cell) in values for cell in cells)


def _answers_behind_label(view: View, cells: Sequence[GridCell], _below: Sequence[GridCell]) -> bool:
    """Whether a row of a form begins the block: a label, and at its end what it asks for."""
    first, last = cells[0], cells[-1]
    if _is_sentence(view, cells) or not _asks(view, first) or all(_asks(view, cell) for cell in cells):
        return False
    is_said = view.kind(last) in _VALUES or direction_of(last.text) is not None or _is_judged_by(view)
    return is_said and all(cell.cell.col >= first.cell.col for cell in view.grid.cells if cell)  # else it cuts a block


_OPENINGS: Final[tuple[tuple[Callable[[View, Sequence[GridCell], Sequence[GridCell]], bool], _Opening], ...]] = (
    (_asks_over_boxes, "boxes"),
    (_has_header, "table"),
    (_names_first, "named"),
    (_is_only_sentence, "sentences"),
    (_asks_over_marks, "stack"),
    (_answers_behind_label, "form"),
)
"""How a block may begin, by what is asked of the cells of its first row and of those below; the first that holds."""


def _names_what_is_counted(view: View, cells: Sequence[GridCell]) -> bool:
    """Whether a row names an indicator and its unit, over heads of its numbers: 成果指標 | 見学者数 | 単位 | 人."""
    if len(cells) != _NAME_AND_UNIT or view.grid.table.n_rows < 2 or block_at(view, 1) is None:
        return False
    label, unit = view.whole(cells[0]), view.whole(cells[2])
    is_label = label is not None and label.kind == "indicator"
    return is_label and unit is not None and (unit.kind, unit.field) == ("indicator", "unit")


def _is_stack_of_boxes(view: View) -> bool:
    """Whether a block is one column of labels, each over its sentences."""
    rows = [view.printed(row) for row in view.grid.rows]
    if len(rows) % 2 or any(len(row) != 1 or row[0].cell.col for row in rows):
        return False
    return all(_asks(view, row[0]) for row in rows[::2]) and all(view.kind(row[0]) == "prose" for row in rows[1::2])


def _is_one_box(view: View) -> bool:
    """Whether a block is words alone over sentences: a box of the form, called by a label that nobody knows."""
    printed = [cell for cell in view.grid.cells if cell]
    if len(printed) != _LABEL_AND_TEXT or view.grid.table.n_cols > 1:
        return False
    label, text = printed
    return view.kind(label) == "words" and view.kind(text) == "prose" and "。" in text.text


def _asks(view: View, cell: GridCell) -> bool:
    """Whether a cell is a label, or asks something."""
    return view.whole(cell) is not None or QUESTION.search(squeeze(cell.text)) is not None


def _counts(view: View) -> bool:
    """Whether the rows of a table hold numbers, marks or judgements."""
    block = block_at(view, 0)
    rows = block.body if block is not None else ()
    return any(view.kind(cell) in {"amount", "mark", "options"} for row in rows for cell in view.grid.row(row) if cell)


def _lists_names(view: View) -> bool:
    """Whether a table lists names of the hierarchy: what stands on its right is said of them."""
    block = block_at(view, 0)
    terms = [view.whole(path[-1]) for path in block.paths.values() if path] if block is not None else []
    return any(term is not None and term.kind == "name" for term in terms)


def _tells_costs(view: View) -> bool:
    """Whether a label of the first row of a block is one of costs."""
    return any(names_cost(view, cell) for cell in view.printed(0))


def _has_stub(view: View) -> bool:
    """Whether the first column of a table names its rows: its head says so, or is left blank over words.

    A column of numerals alone before it only counts them.
    """
    block = block_at(view, 0)
    if block is None or len(block.paths) < 2:
        return False
    if not block.paths.get(0) and _counts_rows(view, block):
        return _has_stub(View(part(view.grid, view.grid.rows, range(1, view.grid.table.n_cols)), view.sense))
    if _lists_costs(view, block):
        return True
    path = block.paths.get(0, ())
    if not path:
        cells = [cell for row in block.body if (cell := view.grid.at(row, 0))]
        is_first = bool(block.body) and bool(view.grid.at(block.body[0], 0))
        return is_first and len(cells) > 1 and all(view.kind(cell) in {"words", "label"} for cell in cells)
    term = view.whole(path[-1])
    if (head := view.head(path[-1])).heads_years and head.role is None:
        return True  # 年度, but not 目標年度: the goal of the rows on the left
    return term is not None and ((term.kind, term.field) == ("indicator", "name") or term.kind == "group")


def _is_judged_by(view: View) -> bool:
    """Whether a form is one judgement by those who judge, one below the other: 今後の方向性 | 一次評価 | 廃止."""
    cells = view.printed(0)
    if len(cells) <= 2 or view.grid.table.n_rows < 2:
        return False
    label, by = view.whole(cells[0]), view.whole(cells[1])
    return label is not None and label.kind in {"grade", "direction"} and by is not None and by.kind == "evaluator"


def _lists_costs(view: View, block: Block) -> bool:
    """Whether the first column of a block names costs, whatever its head says: 事業費(千円) | 2024."""
    cells = [cell for row in block.body if (cell := view.grid.at(row, 0))]
    terms = [view.whole(cell) for cell in cells]
    return bool(terms) and all(term is not None and term.kind in {"cost", "group"} for term in terms)


def _counts_rows(view: View, block: Block) -> bool:
    """Whether the first column of a block holds numerals alone, one for each row or for some rows together."""
    cells = [cell for row in block.body if (cell := view.grid.at(row, 0))]
    return bool(cells) and all(view.kind(cell) == "code" for cell in cells)


def _names_indicator(view: View) -> bool:
    """Whether a form begins with the name of an indicator, whose numbers stand beside it."""
    term = view.whole(next(cell for cell in view.grid.starting(0) if cell))
    return term is not None and term.kind in {"indicator", "axis"}
