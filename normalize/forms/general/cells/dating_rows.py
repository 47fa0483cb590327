"""Rows that date the numbers right above or below them: 時点 | R1 | R5 | R7 under 数値 | 21.4 | 18.8 | 20.0."""

from __future__ import annotations

from typing import Final

from normalize.document.table_grid import GridCell
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

_VALUES: Final = frozenset({"数値", "値", "指標値", "実績値", "実績", "現状値"})
"""What the row of the numbers may be called."""

_PAIR: Final = 2
"""Two rows of one name; and so many years are a row of them."""


def dates_above(view: View, row: int) -> dict[int, GridCell]:
    """The years of a row that date the numbers above them, by their columns; none where it is no such row.

    A cell beside is merged over both rows alone, or their labels say so. Each year stands under a number or none.
    """
    cells = view.printed(row)
    years = [cell for cell in cells if (head := view.head(cell)).year is not None and head.is_axis and not head.role]
    labels = [cell for cell in cells if cell not in years]
    if row == 0 or len(years) < _PAIR or len(labels) > 1 or (labels and labels[0] is not cells[0]):
        return {}
    if labels and not view.head(labels[0]).heads_years:
        return {}
    above = [view.grid.at(row - 1, year.cell.col) for year in years]
    are_dated = all(
        number is not None and number.cell.col == year.cell.col and view.kind(number) in {"amount", "absent"}
        for number, year in zip(above, years, strict=True)
    )
    is_pair = _is_merged_over_both(view, row) or (bool(labels) and _is_of_values(view, labels[0]))
    return {year.cell.col: year for year in years} if are_dated and is_pair else {}


def dates_below(view: View, row: int) -> dict[int, GridCell]:
    """The years of a row that date the numbers below them, by their columns; all else in it is merged over both."""
    cells = view.printed(row)
    years = [cell for cell in cells if (head := view.head(cell)).year is not None and head.is_axis and not head.role]
    others = [cell for cell in cells if cell not in years]
    if len(years) < _PAIR or not any(cell.cell.row_span == _PAIR for cell in others):
        return {}
    below = [view.grid.at(row + 1, year.cell.col) for year in years]
    are_dated = all(
        number is not None and number.cell.cols == year.cell.cols and view.kind(number) in {"amount", "absent"}
        for number, year in zip(below, years, strict=True)
    )
    is_merged = all(cell.cell.row_span >= _PAIR for cell in others)
    return {year.cell.col: year for year in years} if are_dated and is_merged else {}


def _is_merged_over_both(view: View, row: int) -> bool:
    return any(cell and cell.cell.row == row - 1 and cell.cell.row_span == _PAIR for cell in view.grid.row(row))


def _is_of_values(view: View, label: GridCell) -> bool:
    above = view.grid.at(label.cell.row - 1, label.cell.col)
    return above is not None and squeeze(above.text) in _VALUES
