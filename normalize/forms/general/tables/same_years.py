"""Rows of costs right under a block of indicators, which print no heads of their own: the years above are theirs."""

from __future__ import annotations

from normalize.document.table_grid import GridCell
from normalize.forms.general.cuts.blocks import Block
from normalize.forms.general.cuts.header_shapes import LEAST
from normalize.forms.general.view import View


def under_same_years(view: View, row: int, before: Block) -> Block | None:
    """The rows of costs that go on under the years of the block that ends right above; None where none do.

    指標 | 単位 | R3 | R4 over 経費（千円） | 事業費 | 420 | 440: the first label names a cost, and each number stands
    in the column of a year.
    """
    if row != before.stop or not before.header:
        return None
    dated = {col for col, path in before.paths.items() if any(view.head(cell).year is not None for cell in path)}
    body: list[int] = []
    for at in range(row, view.grid.table.n_rows):
        if not _counts_costs(view, at, dated):
            break
        body.append(at)
    if not body or not _names_cost(view, row, dated):
        return None
    paths: dict[int, tuple[GridCell, ...]] = {col: path if col in dated else () for col, path in before.paths.items()}
    return Block(range(0), tuple(body), paths, {}, {}, {}, body[-1] + 1)


def _counts_costs(view: View, row: int, dated: set[int]) -> bool:
    """Whether a row is labels, and then numbers that each stand in the column of a year."""
    printed = [cell for cell in view.grid.starting(row) if cell]
    numbers = [cell for cell in printed if view.kind(cell) in {"amount", "absent"}]
    labels = [cell for cell in printed if cell not in numbers]
    alone = all(cell.cell.col_span == 1 or {*cell.cell.cols} <= dated for cell in numbers)
    return (
        bool(labels)
        and len([cell for cell in numbers if view.kind(cell) == "amount"]) >= LEAST
        and alone
        and all(cell.cell.col in dated for cell in numbers)
        and all(view.kind(cell) in {"label", "words", "unit"} and not dated & {*cell.cell.cols} for cell in labels)
    )


def _names_cost(view: View, row: int, dated: set[int]) -> bool:
    labels = [cell for cell in view.grid.row(row) if cell and not dated & {*cell.cell.cols}]
    return any((term := view.whole(cell)) is not None and term.kind == "cost" for cell in labels)
