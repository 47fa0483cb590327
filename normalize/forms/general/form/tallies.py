"""Tables that count judgements: how many of each policy were judged Ａ, Ｂ, Ｃ. They judge nothing, and name nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from normalize.cells.row_words import is_total
from normalize.document.table_grid import GridCell
from normalize.forms.general.form.matrices import Matrix
from normalize.forms.general.view import View
from normalize.text.folding import squeeze

_LEAST: Final = 3
"""So many judgements side by side are counted; two may be what is judged and by whom."""

_DEGREE: Final = re.compile("概ね|おおむね|やや|順調|遅れ|達成")
_DEGREES: Final = 2
"""So many words for degrees, and a sum behind them, head counts of judgements in words."""

_JUDGED: Final = frozenset({"mark", "direction"})
_COUNT: Final = re.compile(r"[0-9]{1,5}(?:件|事業|施策|指標|項目)?")


def tally_at(view: View, row: int) -> Matrix | None:
    """The table of counts that begins at a row; None where none does.

    Judgements head its columns, in a row of their own or under groups of them (令和5年度 over Ａ, Ｂ, Ｃ), and nothing
    but counts stands under them.
    """
    heads = view.printed(row)
    leaves = view.printed(row + 1) if _are_groups(view, heads, view.printed(row + 1)) else heads
    judged = [cell for cell in leaves if view.kind(cell) in _JUDGED and cell.cell.col_span == 1]
    if not judged and leaves is heads:
        judged = _degrees_with_sum(view, row, heads)
    if len({squeeze(cell.text) for cell in judged}) < _LEAST or any(view.kind(cell) == "amount" for cell in leaves):
        return None
    stop = first = leaves[0].cell.row + 1
    stubs: list[GridCell] = []
    while stop < view.grid.table.n_rows and _counts(view, stop, judged):
        stubs += [cell for cell in view.printed(stop) if cell.cell.col < judged[0].cell.col]
        stop += 1
    return Matrix((), (*heads, *leaves, *stubs), stop) if stop > first else None


def _degrees_with_sum(view: View, row: int, heads: Sequence[GridCell]) -> list[GridCell]:
    """The words for degrees that head columns before their sum, which every row keeps: 順調 | 遅れ | 未着手 | 計."""
    total = next((at for at, cell in enumerate(heads) if is_total(cell.text)), 0)
    words = [cell for cell in heads[1:total] if view.kind(cell) in {"words", "label", "direction"}]
    if sum(_DEGREE.search(squeeze(cell.text)) is not None for cell in words) < _DEGREES or len(words) != total - 1:
        return []
    for below in range(row + 1, view.grid.table.n_rows):
        counts = [_count_at(view, below, cell) for cell in (*words, heads[total])]
        known = [count for count in counts if count is not None]
        if len(known) < len(counts) or sum(known[:-1]) != known[-1]:
            return []
    return words


def _count_at(view: View, row: int, head: GridCell) -> int | None:
    cell = view.grid.at(row, head.cell.col)
    if not cell or view.kind(cell) == "absent":
        return 0
    text = squeeze(cell.text)
    return int(re.sub(r"\D", "", text)) if _COUNT.fullmatch(text) else None


def _are_groups(view: View, heads: Sequence[GridCell], leaves: Sequence[GridCell]) -> bool:
    """Whether every judgement of the second row stands with others under one head of the first."""
    judged = [cell for cell in leaves if view.kind(cell) in _JUDGED]
    groups = [head for head in heads if any(cell.cell.col in head.cell.cols for cell in judged)]
    return bool(groups) and all(head.cell.col_span > 1 and view.kind(head) not in _JUDGED for head in groups)


def _counts(view: View, row: int, judged: Sequence[GridCell]) -> bool:
    """Whether a row has a name, and a count, or nothing, under each judgement."""
    places = [view.grid.at(row, cell.cell.col) for cell in judged]
    printed = [cell for cell in places if cell]
    named = any(cell.cell.col < judged[0].cell.col for cell in view.grid.row(row) if cell)
    return (
        named
        and len(printed) * 2 >= len(judged)
        and all(cell.cell.cols == head.cell.cols for cell, head in zip(places, judged, strict=True) if cell)
        and all(_COUNT.fullmatch(squeeze(cell.text)) or view.kind(cell) == "absent" for cell in printed)
        and any(_COUNT.fullmatch(squeeze(cell.text)) for cell in printed)
    )
