"""Tables that run over pages become one: repeated headers set aside, a row cut in two rejoined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.pdf.cells import Draft, DraftCell, goes_on

_SAME_BORDER = 3.0
"""Borders of columns on two pages are the same when they differ by up to this many points."""

_SAME_FORM = 0.4
"""Two tables of which this share of the filled cells says the same are one form printed twice, not one table."""

_SPARE = 20.0
"""Room for the next row and this many points more was left on the page: the table had ended."""


def is_continued(before: Draft, after: Draft, room: float) -> bool:
    """Whether a table at the top of a page goes on with the one at the bottom of the page before.

    `room` is the height, in points, that was left below the first one.
    """
    if not _same_columns(before.xs, after.xs) or before.n_cols < 2:
        return False
    n_header = _repeated_rows(before, after)
    if _is_same_form(before, after, n_header):
        return False
    if n_header:
        return True
    first_row = min((part.box.height for cell in after.cells if cell.row == 0 for part in cell.parts), default=0.0)
    return room < first_row + _SPARE


def append_page(before: Draft, after: Draft) -> Draft:
    """The two drafts as one table: the rows of the second below those of the first."""
    n_header = _repeated_rows(before, after)
    repeated = tuple(cell for cell in after.cells if cell.row < n_header)
    rest = [cell for cell in after.cells if cell.row >= n_header]
    is_cut = _is_row_cut(before, [cell for cell in rest if cell.row == n_header])
    shift = before.n_rows - n_header - (1 if is_cut else 0)
    moved = [replace(cell, row=cell.row + shift) for cell in rest]
    cells = list(before.cells)
    if is_cut:
        cells, moved = _rejoin(cells, moved, before.n_rows)
    n_rows = before.n_rows + after.n_rows - n_header - (1 if is_cut else 0)
    ordered = sorted((*cells, *moved), key=lambda cell: (cell.row, cell.col))
    return replace(before, n_rows=n_rows, cells=tuple(ordered), repeated=(*before.repeated, *repeated))


def _same_columns(before: Sequence[float], after: Sequence[float]) -> bool:
    """The same borders; both pages may be shifted as a whole, as left and right pages are."""
    return len(before) == len(after) and all(
        abs((one - before[0]) - (other - after[0])) <= _SAME_BORDER for one, other in zip(before, after, strict=True)
    )


def _repeated_rows(before: Draft, after: Draft) -> int:
    """How many rows at the top of both tables are the same, cell by cell: the header printed again."""
    most = min(before.n_rows, after.n_rows - 1)
    found = 0
    for n_rows in range(1, most + 1):
        ones, others = _head(before, n_rows), _head(after, n_rows)
        if ones != others:
            break
        reaches_over = any(row + row_span > n_rows for row, _, row_span, *_ in ones)
        if not reaches_over and any(text for *_, text in ones):
            found = n_rows
    return found


def _head(draft: Draft, n_rows: int) -> list[tuple[int, int, int, int, str]]:
    """What the cells that begin in the first rows say, and where."""
    return [(*_shape(cell), cell.plain) for cell in draft.cells if cell.row < n_rows]


def _is_same_form(before: Draft, after: Draft, n_header: int) -> bool:
    ones = {_shape(cell): cell.plain for cell in before.cells if cell.row >= n_header and not cell.is_empty}
    others = {_shape(cell): cell.plain for cell in after.cells if cell.row >= n_header and not cell.is_empty}
    if min(len(ones), len(others)) < 4:
        return False
    same = sum(ones.get(shape) == text for shape, text in others.items())
    return same >= _SAME_FORM * min(len(ones), len(others))


def _shape(cell: DraftCell) -> tuple[int, int, int, int]:
    return cell.row, cell.col, cell.row_span, cell.col_span


def _is_row_cut(before: Draft, first_row: Sequence[DraftCell]) -> bool:
    """Whether the first new row is the rest of the last one.

    It is when a text goes on in the middle of a line, or when the label column, filled in every other row, is empty.
    """
    last_row = {cell.col: cell for cell in before.cells if cell.row + cell.row_span == before.n_rows}
    if {(cell.col, cell.col_span) for cell in first_row} != {
        (cell.col, cell.col_span) for cell in last_row.values()
    } or any(cell.row_span > 1 for cell in first_row):
        return False
    pairs = [(last_row[cell.col], cell) for cell in first_row]
    label, new_label = min(pairs, key=lambda pair: pair[0].col)
    if not new_label.is_empty and not label.is_empty and not _goes_on_in_word(label, new_label):
        return False
    if any(_goes_on_in_word(one, other) for one, other in pairs):
        return True
    labels = [cell for cell in before.cells if cell.col == label.col]
    return (
        new_label.is_empty
        and not all(other.is_empty for _, other in pairs)
        and all(not cell.is_empty for cell in labels)
        and all(not one.is_empty for one, other in pairs if not other.is_empty)
    )


def _goes_on_in_word(before: DraftCell, after: DraftCell) -> bool:
    last, first = before.parts[-1], after.parts[0]
    return goes_on(last, first) and last.lines[-1].text[-1] not in "。．."


def _rejoin(
    cells: Sequence[DraftCell], moved: Sequence[DraftCell], n_rows: int
) -> tuple[list[DraftCell], list[DraftCell]]:
    rests = {cell.col: cell for cell in moved if cell.row == n_rows - 1}
    joined = [
        replace(cell, parts=(*cell.parts, *rests[cell.col].parts))
        if cell.row + cell.row_span == n_rows and cell.col in rests
        else cell
        for cell in cells
    ]
    return joined, [cell for cell in moved if cell.row != n_rows - 1]
