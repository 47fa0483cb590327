"""Words that a form prints down its first column, one character a row: 総, 合, 計, 画 beside the levels of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from normalize.cells.vocabulary import term_of
from normalize.document.table_grid import Grid, GridCell
from normalize.document.text_span import Excerpt
from normalize.text.folding import squeeze

_LETTER: Final = re.compile("[一-龥ぁ-んァ-ヶー]")
_LEAST: Final = 3
"""So many characters one below the other can be a word; two may be 有 and 無."""


def without_vertical_words(grid: Grid) -> tuple[Grid, list[GridCell]]:
    """The grid with a blank cell in place of each such word, which heads all its rows, and the cells of the word."""
    cells, places, removed = list(grid.cells), dict(grid.places), list[GridCell]()
    for run in _runs(grid):
        if not _is_word(grid, run):
            continue
        first = run[0]
        merged = replace(first.cell, row_span=len(run), text="")
        index = places[first.cell.row, first.cell.col]
        cells[index] = GridCell(merged, Excerpt("", first.excerpt.place, 0, 0))
        places |= {(row, col): index for row in merged.rows for col in merged.cols}
        removed += run
    if not removed:
        return grid, []
    kept = sorted(set(places.values()))
    number = {old: new for new, old in enumerate(kept)}
    shown = tuple(cells[at] for at in kept)
    table = replace(grid.table, cells=tuple(cell.cell for cell in shown))
    return Grid(grid.item, table, shown, {place: number[old] for place, old in places.items()}, {}), removed


def _runs(grid: Grid) -> Iterator[list[GridCell]]:
    """The cells of one character each that stand one below the other in the first column."""
    run: list[GridCell] = []
    for row in (*grid.rows, grid.table.n_rows):
        cell = grid.at(row, 0) if row < grid.table.n_rows else None
        is_letter = cell is not None and cell.cell.row_span == 1 and _LETTER.fullmatch(squeeze(cell.text)) is not None
        if cell is not None and is_letter and (not run or run[0].cell.cols == cell.cell.cols):
            run.append(cell)
            continue
        if len(run) >= _LEAST:
            yield run
        run = [cell] if cell is not None and is_letter else []


def _is_word(grid: Grid, run: list[GridCell]) -> bool:
    """Whether characters are a word that is known, or stand beside labels, as no names of rows do (東, 西, 南, 北)."""
    if term_of("".join(squeeze(cell.text) for cell in run)) is not None:
        return True
    beside = [next(iter(grid.right_of(cell)), None) for cell in run]
    labels = [term_of(cell.text) for cell in beside if cell is not None and cell]
    return sum(term is not None and term.is_whole for term in labels) * 2 > len(run)
