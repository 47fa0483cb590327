"""Tables too wide for one page: columns that go on on the next page, row beside row, become columns of the first."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from extract.pdf.tables.cell_assignment import Draft, DraftCell

_SAME_ROW = 1.5
"""The borders of rows on two pages are the same when they lie no further apart than this, in points."""

_LEAST = 3
"""A head and two rows: fewer may be alike by chance."""

_VALUE = re.compile(r"[-▲△+±約]?[\d.,:/()（）%~～]*\w{0,3}|\W{1,2}|[A-Z]{1,2}")
"""A number with its unit, a mark, a grade: what stands in columns that say nothing without those on the left."""


def goes_on_beside(left: Draft, right: Draft) -> bool:
    """Whether a table has the columns that another one, on the page before, has no more room for.

    Its rows lie as high as the other's, its heads are others, and below them it has numbers and marks alone; or its
    first column says the same names again.
    """
    if left.n_rows != right.n_rows or left.n_rows < _LEAST or not _are_rows_alike(left, right):
        return False
    names = _names_again(left, right)
    rest = [cell for cell in right.cells if cell not in names]
    heads = {cell.plain for cell in left.cells if cell.row == 0} - {""}
    if not rest or heads & {cell.plain for cell in rest if cell.row == 0}:
        return False
    values = [cell for cell in rest if cell.row > 0 and not cell.is_empty]
    return bool(values) and (bool(names) or all(_is_value(cell) for cell in values if not _is_head(cell, rest)))


def append_columns(left: Draft, right: Draft) -> Draft:
    """The two drafts as one table: the columns of the second beside those of the first. Names that are printed again
    are set aside."""
    names = _names_again(left, right)
    n_names = 1 if names else 0
    shift = left.n_cols - n_names
    moved = [replace(cell, col=cell.col + shift) for cell in right.cells if cell not in names]
    start = left.xs[-1] - right.xs[n_names]
    cells = sorted((*left.cells, *moved), key=lambda cell: (cell.row, cell.col))
    return replace(
        left,
        xs=(*left.xs, *(x + start for x in right.xs[n_names + 1 :])),
        cells=tuple(cells),
        repeated=(*left.repeated, *names),
    )


def _are_rows_alike(left: Draft, right: Draft) -> bool:
    return all(
        abs(one - other) <= _SAME_ROW for one, other in zip(_row_borders(left), _row_borders(right), strict=True)
    )


def _row_borders(draft: Draft) -> list[float]:
    """The lower borders of rows from the top of the first on, so far as a cell of one row tells them."""
    bottoms = [0.0] * draft.n_rows
    top = draft.first.box.top
    for cell in draft.cells:
        last = cell.rows[-1]
        bottoms[last] = max(bottoms[last], cell.parts[0].box.bottom - top)
    return bottoms


def _names_again(left: Draft, right: Draft) -> tuple[DraftCell, ...]:
    """The cells of the first column of a table, where it is printed again on the next page."""
    one, other = _column(left), _column(right)
    texts = [cell.plain for cell in other]
    is_same = [cell.plain for cell in one] == texts and len({*texts}) == len(texts) and "" not in texts
    return tuple(other) if is_same and len(texts) >= _LEAST else ()


def _column(draft: Draft) -> list[DraftCell]:
    return [cell for cell in draft.cells if cell.col == 0 and cell.col_span == 1]


def _is_head(cell: DraftCell, cells: list[DraftCell]) -> bool:
    """Whether a cell lies below a head that spans several columns: it is a head of the second storey."""
    return cell.row == 1 and any(other.row == 0 and other.col_span > 1 and cell.col in other.cols for other in cells)


def _is_value(cell: DraftCell) -> bool:
    return _VALUE.fullmatch(unicodedata.normalize("NFKC", cell.plain)) is not None
